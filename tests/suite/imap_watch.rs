//! What comes into a real mailbox is kept once, then told to the mailbox, whatever happens between.

use std::time::{Duration, Instant};

use estafette::config::AfterProcessing;
use estafette::mailbox::Status;

use crate::support::certificates::NameOnCertificate;
use crate::support::dovecot::DovecotOptions;
use crate::support::lab::ImapLab;
use crate::support::mailbox::{USER, Watched, message, settings};

fn doveadm_flags(lab: &ImapLab) -> String {
    lab.dovecot.doveadm(&[
        "fetch",
        "-u",
        USER,
        "flags hdr.subject",
        "mailbox",
        "INBOX",
        "all",
    ])
}

fn no_extensions() -> DovecotOptions {
    DovecotOptions {
        imap_capability: Some("IMAP4rev1"),
        ..DovecotOptions::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_announced_kept_and_then_flagged() {
    let lab = ImapLab::start();
    lab.dovecot.deliver(USER, &message("before"));
    let watched = Watched::start(settings(&lab.dovecot)).await;
    watched.wait_for_kept(&["before"]).await;
    watched.wait_until_connected().await;

    let delivered = Instant::now();
    lab.dovecot.deliver(USER, &message("pushed"));
    tokio::time::timeout(Duration::from_secs(10), async {
        // One permit may be left of the first message; the reader looks and waits again.
        while watched.kept().await.len() < 2 {
            watched.signals.kept.notified().await;
        }
    })
    .await
    .expect("the reader is woken");
    let latency = delivered.elapsed();
    assert!(latency < Duration::from_secs(5), "announced after {latency:?}");

    watched
        .wait_until("the flags", async || {
            doveadm_flags(&lab).matches("\\Seen").count() == 2
        })
        .await;
    assert_eq!(
        doveadm_flags(&lab).matches("$Estafette").count(),
        2,
        "{}",
        doveadm_flags(&lab)
    );
    watched
        .wait_until("the cursor", async || {
            watched.witness.last_cursor().is_some_and(|c| c.last_uid == 2)
        })
        .await;
    let place = watched.stop().await;

    let again = Watched::start_on(place, settings(&lab.dovecot), None).await;
    again.wait_until_connected().await;
    assert_eq!(
        again.witness.times_handed_over("before"),
        0,
        "the cursor was kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_idle_is_polled_and_without_move_copied() {
    let lab = ImapLab::start_with(NameOnCertificate::Ours, &no_extensions());
    let mut settings = settings(&lab.dovecot);
    settings.poll_interval = Duration::from_millis(300);
    settings.after_processing = AfterProcessing::MoveTo("Done".to_owned());
    let watched = Watched::start(settings).await;
    watched.wait_until_connected().await;
    lab.dovecot.deliver(USER, &message("polled"));
    watched.wait_for_kept(&["polled"]).await;
    // Without UIDPLUS the original must stay, marked as deleted: EXPUNGE would take other people's with it.
    watched
        .wait_until("the copy", async || {
            let messages = lab.dovecot.messages(USER);
            let copied = messages.iter().any(|found| found.folder == "Done");
            copied
                && messages
                    .iter()
                    .any(|found| found.folder == "INBOX" && found.flags.contains('T'))
        })
        .await;
    lab.dovecot.deliver(USER, &message("next"));
    watched.wait_for_kept(&["next", "polled"]).await;
    assert_eq!(watched.witness.times_handed_over("polled"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn processed_mail_is_moved_to_a_folder_that_is_made() {
    let lab = ImapLab::start();
    let mut settings = settings(&lab.dovecot);
    settings.after_processing = AfterProcessing::MoveTo("Traités".to_owned());
    for number in 0..25 {
        lab.dovecot.deliver(USER, &message(&format!("m{number:02}")));
    }
    let watched = Watched::start(settings).await;
    watched
        .wait_until("all moved", async || {
            let messages = lab.dovecot.messages(USER);
            // Modified UTF-7, as the folder is named on disk.
            messages.len() == 25
                && messages
                    .iter()
                    .all(|found| found.folder == "Trait&AOk-s" && found.flags.contains('S'))
        })
        .await;
    assert_eq!(watched.kept().await.len(), 25);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_may_only_lie_below_inbox_is_made_there() {
    let more = "namespace inbox {\n  prefix = INBOX.\n  separator = .\n}\n".to_owned();
    let options = DovecotOptions {
        more,
        ..DovecotOptions::default()
    };
    let lab = ImapLab::start_with(NameOnCertificate::Ours, &options);
    let mut settings = settings(&lab.dovecot);
    settings.after_processing = AfterProcessing::MoveTo("Done".to_owned());
    lab.dovecot.deliver(USER, &message("moved"));
    let watched = Watched::start(settings).await;
    watched
        .wait_until("the move", async || {
            let messages = lab.dovecot.messages(USER);
            messages.len() == 1 && messages[0].folder == "Done"
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_has_read_is_fetched_all_the_same() {
    let lab = ImapLab::start();
    lab.dovecot.deliver(USER, &message("read-by-a-person"));
    lab.dovecot
        .doveadm(&["flags", "add", "-u", USER, "\\Seen", "mailbox", "INBOX", "all"]);
    let watched = Watched::start(settings(&lab.dovecot)).await;
    watched.wait_for_kept(&["read-by-a-person"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_too_large_is_kept_by_its_header() {
    let lab = ImapLab::start();
    let mut large = message("large");
    large.extend(b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n".repeat(3_000));
    lab.dovecot.deliver(USER, &large);
    lab.dovecot.deliver(USER, &message("small"));
    let mut settings = settings(&lab.dovecot);
    settings.message_bytes_max = 100_000;
    let watched = Watched::start(settings).await;
    watched.wait_for_kept(&["large", "small"]).await;
    let page = watched
        .store
        .messages(None, None, 10)
        .await
        .expect("the store answers");
    let kept = page
        .items
        .iter()
        .max_by_key(|message| message.size_bytes)
        .expect("two messages");
    let raw = watched
        .store
        .raw_message(&kept.key)
        .await
        .expect("the store answers")
        .expect("its bytes");
    assert!(
        kept.size_bytes > 190_000 && raw.len() < 2_000,
        "{} of {} bytes",
        raw.len(),
        kept.size_bytes
    );
    assert!(raw.ends_with(b"\r\n\r\n"), "the header ends with its empty line");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renumbered_mailbox_is_read_again_and_nothing_is_kept_twice() {
    let lab = ImapLab::start();
    lab.dovecot.deliver(USER, &message("one"));
    lab.dovecot.deliver(USER, &message("two"));
    let watched = Watched::start(settings(&lab.dovecot)).await;
    watched.wait_for_kept(&["one", "two"]).await;
    watched
        .wait_until("the cursor", async || {
            watched.witness.last_cursor().is_some_and(|c| c.last_uid == 2)
        })
        .await;

    lab.dovecot.stop();
    lab.dovecot.change_uid_validity(USER);
    lab.dovecot.start_again();
    lab.dovecot.deliver(USER, &message("three"));
    watched.wait_for_kept(&["one", "three", "two"]).await;
    watched
        .wait_until("the cursor of the new numbers", async || {
            watched
                .witness
                .last_cursor()
                .is_some_and(|cursor| cursor.uid_validity == 7_777_777 && cursor.last_uid == 3)
        })
        .await;
    assert_eq!(watched.witness.times_handed_over("one"), 2, "fetched again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_kept_stops_no_other_and_comes_later() {
    let lab = ImapLab::start();
    for subject in ["first", "stubborn", "third"] {
        lab.dovecot.deliver(USER, &message(subject));
    }
    let watched = Watched::start_refusing(settings(&lab.dovecot), "stubborn", 3).await;
    let troubled = |status: &Status| matches!(status, Status::Connected { troubled: 1, .. });
    watched
        .wait_for_status("the report of one message in trouble", troubled)
        .await;
    assert_eq!(watched.kept().await, ["first", "third"]);
    assert_eq!(
        watched.witness.last_cursor().map(|cursor| cursor.last_uid),
        Some(1),
        "it holds the cursor back"
    );

    watched.wait_for_kept(&["first", "stubborn", "third"]).await;
    watched
        .wait_for_status("all well", |status| {
            matches!(status, Status::Connected { troubled: 0, .. })
        })
        .await;
    assert_eq!(
        watched.witness.last_cursor().map(|cursor| cursor.last_uid),
        Some(3)
    );
    assert_eq!(
        (
            watched.witness.times_handed_over("third"),
            watched.witness.times_handed_over("stubborn")
        ),
        (1, 4)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_before_the_mailbox_was_told_loses_and_doubles_nothing() {
    let lab = ImapLab::start();
    let mut place = None;
    for round in 0..5_u64 {
        lab.dovecot.deliver(USER, &message(&format!("r{round}")));
        let started = match place.take() {
            Some(place) => Watched::start_on(place, settings(&lab.dovecot), None).await,
            None => Watched::start(settings(&lab.dovecot)).await,
        };
        // Not to wait for anything: cut off at another moment each time, before, amid and after keeping and telling.
        tokio::time::sleep(Duration::from_millis(round * 15)).await;
        place = Some(started.crash().await);
    }
    let watched = Watched::start_on(place.expect("five rounds"), settings(&lab.dovecot), None).await;
    watched.wait_for_kept(&["r0", "r1", "r2", "r3", "r4"]).await;
    watched
        .wait_until("all flagged", async || {
            doveadm_flags(&lab).matches("$Estafette").count() == 5
        })
        .await;
}
