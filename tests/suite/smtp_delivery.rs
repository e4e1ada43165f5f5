//! Letters handed to real SMTP servers: what each answer becomes, and what it does to the letters beside it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use estafette::config::{SmtpServer, Tls};
use estafette::dispatch::{Dispatcher, Limits, Outcome, Schedule, SmtpKeeper, Timeouts};
use estafette::store::LetterState;
use estafette::tls::Trust;
use estafette::workers::outbox::Outbox;
use estafette::workers::{Bells, Shift};
use tokio_util::sync::CancellationToken;

use crate::store_contract::registrations;
use crate::support::daemon::PATIENCE;
use crate::support::store::{Place, reference};

use crate::support::certificates::NameOnCertificate;
use crate::support::dovecot::{DovecotOptions, PASSWORD};
use crate::support::lab::MailLab;
use crate::support::ports::Port;
use crate::support::sink::Sink;

const SENDER: &str = "care+token@example.test";
const LETTER: &[u8] = b"From: care@example.test\r\nTo: lena@customer.example\r\nMessage-ID: <1@example.test>\r\nSubject: hello\r\n\r\n.dot\r\nlast line\r\n";

fn server(host: &str, port: u16, tls: Tls) -> SmtpServer {
    SmtpServer {
        host: host.to_owned(),
        port,
        tls,
        credentials: None,
    }
}

fn with_login(mut server: SmtpServer, password: &str) -> SmtpServer {
    server.credentials = Some(("care@example.test".to_owned(), password.into()));
    server
}

fn keeper(server: SmtpServer, ca_file: Option<&Path>) -> SmtpKeeper {
    let trust = Trust::load(ca_file).expect("the lab's authority is a certificate");
    SmtpKeeper::new(server, &trust, Limits::default(), short_timeouts()).expect("the settings are sound")
}

fn plain(port: u16) -> SmtpKeeper {
    keeper(server("127.0.0.1", port, Tls::None), None)
}

/// So short that a test sees them pass, so long that a busy machine keeps them.
fn short_timeouts() -> Timeouts {
    let short = Duration::from_secs(3);
    Timeouts {
        tcp: short,
        greeting: short,
        mail: short,
        rcpt: Duration::from_secs(10),
        data: short,
        content: short,
        final_dot: Duration::from_secs(1),
        courtesy: short,
        check: Duration::from_secs(10),
    }
}

fn is_accepted(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Accepted { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_arrives_unchanged_and_the_connection_is_used_again() {
    let lab = MailLab::start();
    let keeper = plain(lab.postfix.smtp_port());
    for number in 0..5 {
        let outcome = keeper
            .deliver(SENDER, &format!("lena{number}@customer.example"), LETTER)
            .await;
        let Outcome::Accepted { response } = outcome else {
            panic!("{outcome:?}")
        };
        assert!(response.contains("queued as"), "{response}");
    }
    let connections: BTreeSet<String> = lab
        .asked_recipients()
        .into_iter()
        .map(|asked| asked.client_port)
        .collect();
    assert_eq!(connections.len(), 1, "five letters over one connection");

    let messages = lab.wait_for_messages("lena4@customer.example", 1, Duration::from_secs(15));
    assert_eq!(
        messages[0].header("Return-Path").as_deref(),
        Some("<care+token@example.test>")
    );
    assert!(
        messages[0]
            .text()
            .replace("\r\n", "\n")
            .ends_with("\n\n.dot\nlast line\n"),
        "{}",
        messages[0].text()
    );
    keeper.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_letters_at_once_share_the_few_connections() {
    let lab = MailLab::start();
    let keeper = plain(lab.postfix.smtp_port());
    let letters = (0..20).map(|number| {
        let (keeper, recipient) = (&keeper, format!("user{number}@customer.example"));
        async move { keeper.deliver(SENDER, &recipient, LETTER).await }
    });
    let outcomes = futures_util::future::join_all(letters).await;
    assert!(outcomes.iter().all(is_accepted), "{outcomes:?}");
    let connections: BTreeSet<String> = lab
        .asked_recipients()
        .into_iter()
        .map(|asked| asked.client_port)
        .collect();
    assert!(
        connections.len() <= Limits::default().connections_max,
        "{} connections",
        connections.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_recipient_stops_no_other() {
    let lab = MailLab::start();
    lab.refuse("unknown@", "550 5.1.1 no such user here");
    let keeper = plain(lab.postfix.smtp_port());
    assert!(is_accepted(
        &keeper.deliver(SENDER, "lena@customer.example", LETTER).await
    ));
    let outcome = keeper.deliver(SENDER, "unknown@customer.example", LETTER).await;
    let Outcome::PermanentRefusal(refusal) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        (refusal.code, refusal.enhanced.as_deref()),
        (Some(550), Some("5.1.1"))
    );
    assert!(refusal.text.contains("no such user here"), "{refusal}");
    assert!(is_accepted(
        &keeper.deliver(SENDER, "tom@customer.example", LETTER).await
    ));
    let connections: BTreeSet<String> = lab
        .asked_recipients()
        .into_iter()
        .map(|asked| asked.client_port)
        .collect();
    assert_eq!(connections.len(), 1, "the connection survives the refusal");
    lab.wait_for_messages("tom@customer.example", 1, Duration::from_secs(15));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greylisted_letter_is_accepted_later() {
    let lab = MailLab::start();
    lab.refuse_times("grey@", "450 4.2.0 greylisted, come back", 1);
    let keeper = plain(lab.postfix.smtp_port());
    let outcome = keeper.deliver(SENDER, "grey@customer.example", LETTER).await;
    let Outcome::TransientRefusal(refusal) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        (refusal.code, refusal.enhanced.as_deref()),
        (Some(450), Some("4.2.0"))
    );
    assert!(is_accepted(
        &keeper.deliver(SENDER, "grey@customer.example", LETTER).await
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_died_at_rest_costs_nothing() {
    let lab = MailLab::start();
    let keeper = plain(lab.postfix.smtp_port());
    assert!(is_accepted(
        &keeper.deliver(SENDER, "lena@customer.example", LETTER).await
    ));
    lab.postfix.stop();
    let outcome = keeper.deliver(SENDER, "lena@customer.example", LETTER).await;
    assert!(matches!(outcome, Outcome::Unreachable { .. }), "{outcome:?}");
    lab.postfix.start_again();
    assert!(is_accepted(
        &keeper.deliver(SENDER, "lena@customer.example", LETTER).await
    ));
    lab.postfix.stop();
    lab.postfix.start_again();
    assert!(
        is_accepted(&keeper.deliver(SENDER, "lena@customer.example", LETTER).await),
        "a fresh one was made"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn starttls_and_smtps_with_a_login() {
    let lab = MailLab::start();
    let submission = server("localhost", lab.postfix.submission_port(), Tls::Required);
    let smtps = server("localhost", lab.postfix.smtps_port(), Tls::Implicit);
    for server in [submission, smtps] {
        let keeper = keeper(with_login(server.clone(), PASSWORD), Some(lab.ca_file()));
        let report = keeper.check().await.expect("it works");
        assert!(
            report.seen.iter().any(|line| line.contains("encrypted")),
            "{report:?}"
        );
        assert!(is_accepted(
            &keeper.deliver(SENDER, "lena@customer.example", LETTER).await
        ));
        assert_eq!(
            lab.asked_recipients()
                .last()
                .map(|asked| asked.sasl_username.clone())
                .as_deref(),
            Some("care@example.test")
        );

        let wrong = self::keeper(with_login(server, "wrong-and-private"), Some(lab.ca_file()));
        let fault = wrong.check().await.expect_err("the password is wrong");
        assert!(
            fault.what.contains("refuses our login") && !fault.to_string().contains("private"),
            "{fault}"
        );
        let outcome = wrong.deliver(SENDER, "lena@customer.example", LETTER).await;
        assert!(
            matches!(outcome, Outcome::Unreachable { .. }),
            "no letter fails for a wrong password: {outcome:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_an_unknown_authority_or_for_another_name_is_refused() {
    let lab = MailLab::start_with(NameOnCertificate::Another, &DovecotOptions::default());
    let submission = server("localhost", lab.postfix.submission_port(), Tls::Required);
    for (ca_file, words) in [
        (Some(lab.ca_file()), "not valid for name"),
        (None, "UnknownIssuer"),
    ] {
        let keeper = keeper(with_login(submission.clone(), PASSWORD), ca_file);
        let fault = keeper.check().await.expect_err("not to be trusted");
        assert!(
            fault.what.contains(words) && fault.remedy.contains("mail.ca_file"),
            "{fault}"
        );
        let outcome = keeper.deliver(SENDER, "lena@customer.example", LETTER).await;
        assert!(matches!(outcome, Outcome::Unreachable { .. }), "{outcome:?}");
    }
    assert!(
        lab.asked_recipients().is_empty(),
        "nothing was said to that server"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_in_clear_where_tls_is_wanted() {
    let sink = Sink::start(&[]);
    let keeper = keeper(server("127.0.0.1", sink.port(), Tls::Required), None);
    let outcome = keeper.deliver(SENDER, "lena@customer.example", LETTER).await;
    let Outcome::Unreachable { why } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(why.contains("STARTTLS"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_after_the_final_dot_is_unknown_and_before_it_certainly_not_sent() {
    let cases: [(&[&str], &str); 9] = [
        (&["-q", "."], "unknown"),
        (&["-W", ".:5"], "unknown"),
        (&["-q", "DATA"], "unreachable"),
        (&["-q", "RCPT"], "unreachable"),
        (&["-q", "CONNECT"], "unreachable"),
        (&["-r", "."], "transient"),
        (&["-f", "."], "permanent"),
        (&["-Q", "RCPT"], "transient"),
        (&["-f", "DATA"], "permanent"),
    ];
    for (options, expected) in cases {
        let sink = Sink::start(options);
        let outcome = plain(sink.port())
            .deliver(SENDER, "lena@customer.example", LETTER)
            .await;
        let became = match &outcome {
            Outcome::Accepted { .. } => "accepted",
            Outcome::TransientRefusal(_) => "transient",
            Outcome::PermanentRefusal(_) => "permanent",
            Outcome::Unreachable { .. } => "unreachable",
            Outcome::Unknown { .. } => "unknown",
        };
        assert_eq!(became, expected, "smtp-sink {options:?}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_time_out_the_next_letter_does_not_read_its_replies() {
    let lab = MailLab::start();
    lab.refuse("slow@", "sleep 6");
    let mut timeouts = short_timeouts();
    timeouts.rcpt = Duration::from_secs(2);
    let trust = Trust::load(None).expect("no file to read");
    let server = server("127.0.0.1", lab.postfix.smtp_port(), Tls::None);
    let keeper = SmtpKeeper::new(server, &trust, Limits::default(), timeouts).expect("sound");
    let outcome = keeper.deliver(SENDER, "slow@customer.example", LETTER).await;
    assert!(matches!(outcome, Outcome::Unreachable { .. }), "{outcome:?}");
    let outcome = keeper.deliver(SENDER, "lena@customer.example", LETTER).await;
    let Outcome::Accepted { response } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(
        response.contains("queued as"),
        "its own reply, not one of the letter before: {response}"
    );
    lab.wait_for_messages("lena@customer.example", 1, Duration::from_secs(15));
    assert!(
        lab.messages("slow@customer.example").is_empty(),
        "nothing was sent, as it said"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn impossible_addresses_fail_for_good_and_an_absent_server_does_not() {
    let lab = MailLab::start();
    let keeper = plain(lab.postfix.smtp_port());
    for recipient in [
        "",
        "no-at-sign",
        "a@b@c",
        "lena@customer.example\r\nRCPT TO:<other@customer.example>",
        "léna@customer.example",
    ] {
        let outcome = keeper.deliver(SENDER, recipient, LETTER).await;
        assert!(
            matches!(outcome, Outcome::PermanentRefusal(_)),
            "{recipient:?}: {outcome:?}"
        );
    }
    assert!(lab.asked_recipients().is_empty());
    let nobody = Port::free();
    let keeper = plain(nobody.number);
    let outcome = keeper.deliver(SENDER, "lena@customer.example", LETTER).await;
    assert!(matches!(outcome, Outcome::Unreachable { .. }), "{outcome:?}");
    assert!(keeper.check().await.is_err());
}

/// Twice as many letters as go out at once: those that are not on their way when the server turns out to be away cost no attempt.
#[tokio::test(flavor = "multi_thread")]
async fn while_our_server_is_away_letters_wait_without_being_tried() {
    let place = Place::sqlite();
    let store = place.open().await;
    for number in 0..40 {
        registrations::submit(&store, number).await;
    }
    // Freed again at once: nobody listens there.
    let nobody = Port::free().number;
    let shutdown = CancellationToken::new();
    let outbox = Outbox {
        store: store.clone(),
        dispatcher: Arc::new(Dispatcher::Smtp(Box::new(plain(nobody)))),
        schedule: Schedule::default(),
        traffic: Arc::default(),
        shift: Shift {
            worker: "worker".into(),
            bells: Bells::default(),
            shutdown: shutdown.clone(),
        },
    };
    let traffic = outbox.traffic.clone();
    let running = tokio::spawn(outbox.run());
    let states = async || {
        let mut states = Vec::new();
        for number in 0..40 {
            let letter = store.letters_of(&reference(number)).await.unwrap().remove(0);
            states.push((letter.state, letter.attempts));
        }
        states
    };
    let deadline = Instant::now() + PATIENCE;
    let seen = loop {
        let seen = states().await;
        let is_stopped = traffic.lock().unwrap().room(estafette::clock::now()) == 0;
        if is_stopped && seen.iter().all(|(state, _)| *state != LetterState::Sending) {
            break seen;
        }
        assert!(Instant::now() < deadline, "{seen:?}");
        tokio::task::yield_now().await;
    };
    let untried = seen
        .iter()
        .filter(|seen| **seen == (LetterState::Queued, 0))
        .count();
    let deferred = seen
        .iter()
        .filter(|seen| **seen == (LetterState::Deferred, 1))
        .count();
    assert_eq!(untried + deferred, 40, "{seen:?}");
    assert!(untried >= 20, "{seen:?}");
    shutdown.cancel();
    running.await.unwrap();
}
