//! A Maildir as the mailbox.

use std::path::Path;
use std::time::Duration;

use estafette::config::{AfterProcessing, Incoming, MailSettings, Outgoing};
use estafette::dispatch::{MaildirDrop, Outcome};
use estafette::mailbox::{self, Status};

use crate::support::mailbox::{Watched, message};

fn settings(folder: &Path) -> MailSettings {
    MailSettings {
        from_name: None,
        from_address: "care@example.test".to_owned(),
        incoming: Incoming::Maildir(folder.to_owned()),
        outgoing: Outgoing::Maildir(folder.to_owned()),
        ca_file: None,
        after_processing: AfterProcessing::Flag,
        poll_interval: Duration::from_millis(100),
        message_bytes_max: 10_000,
        letters_per_domain_a_minute_max: 120,
        trusted_authserv_ids: Vec::new(),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn put(folder: &Path, name: &str, raw: &[u8]) {
    std::fs::create_dir_all(folder.parent().expect("a parent").join("cur")).expect("cur/");
    std::fs::create_dir_all(folder).expect("the folder");
    std::fs::write(folder.join(name), raw).expect("a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn new_files_are_kept_and_then_moved_to_cur_with_the_flag_s() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (new, cur) = (folder.path().join("new"), folder.path().join("cur"));
    put(&new, "1.a.host", &message("new"));
    put(&cur, "2.b.host:2,F", &message("left-in-cur"));
    put(&cur, "3.c.host:2,S", &message("done-before"));
    let mut large = message("large");
    large.extend(vec![b'x'; 20_000]);
    put(&new, "4.d.host", &large);

    let watched = Watched::start(settings(folder.path())).await;
    watched.wait_for_kept(&["large", "left-in-cur", "new"]).await;
    let processed = ["1.a.host:2,S", "2.b.host:2,FS", "3.c.host:2,S", "4.d.host:2,S"];
    watched
        .wait_until("the flags", async || names(&cur) == processed)
        .await;
    assert!(names(&new).is_empty());
    let page = watched
        .store
        .messages(None, None, 10)
        .await
        .expect("the store answers");
    let sizes: Vec<u64> = page.items.iter().map(|message| message.size_bytes).collect();
    assert!(sizes.contains(&(large.len() as u64)), "{sizes:?}");
    watched.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_kept_stays_and_stops_no_other() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let new = folder.path().join("new");
    put(&new, "1.a.host", &message("stubborn"));
    put(&new, "2.b.host", &message("fine"));
    let watched = Watched::start_refusing(settings(folder.path()), "stubborn", 2).await;
    watched
        .wait_for_status("one in trouble", |s| {
            matches!(s, Status::Connected { troubled: 1, .. })
        })
        .await;
    assert_eq!(
        (watched.kept().await, names(&new)),
        (vec!["fine".to_owned()], vec!["1.a.host".to_owned()])
    );
    watched.wait_for_kept(&["fine", "stubborn"]).await;
    watched
        .wait_for_status("all well", |s| matches!(s, Status::Connected { troubled: 0, .. }))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_dropped_into_it_comes_out_with_its_recipient() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dropped = MaildirDrop::new(folder.path().to_owned());
    let outcome = dropped
        .deliver(
            "lena@customer.example",
            "care+token@example.test",
            &message("answer"),
        )
        .await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    let watched = Watched::start(settings(folder.path())).await;
    watched.wait_for_kept(&["answer"]).await;
    let page = watched
        .store
        .messages(None, None, 10)
        .await
        .expect("the store answers");
    let raw = watched
        .store
        .raw_message(&page.items[0].key)
        .await
        .expect("the store answers")
        .expect("its bytes");
    assert!(String::from_utf8_lossy(&raw).contains("Delivered-To: care+token@example.test\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_maildir_that_cannot_be_is_said_with_a_remedy() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").expect("a file");
    let fault = mailbox::check(&settings(&file))
        .await
        .expect_err("a file is no Maildir");
    assert!(
        fault.what.contains("cannot be read") && !fault.remedy.is_empty(),
        "{fault}"
    );
    let watched = Watched::start(settings(&file)).await;
    watched
        .wait_for_status("the failure", |status| matches!(status, Status::Failing { .. }))
        .await;
    std::fs::remove_file(&file).expect("the file goes");
    watched.wait_until_connected().await;
}
