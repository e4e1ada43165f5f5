//! Getting to a mailbox, being sent away, and coming back.

use std::time::Duration;

use estafette::config::{Incoming, MailSettings, Tls};
use estafette::mailbox::{self, Status};

use crate::support::certificates::NameOnCertificate;
use crate::support::dovecot::DovecotOptions;
use crate::support::lab::ImapLab;
use crate::support::mailbox::{USER, Watched, account, message, settings};

/// Over TLS to `localhost`, trusting the lab's authority.
fn encrypted(lab: &ImapLab, tls: Tls) -> MailSettings {
    let mut account = account(&lab.dovecot);
    account.host = "localhost".to_owned();
    account.tls = tls;
    if tls == Tls::Implicit {
        account.port = lab.dovecot.imaps_port();
    }
    let mut settings = settings(&lab.dovecot);
    settings.incoming = Incoming::Imap(account);
    settings.ca_file = Some(lab.ca_file().to_owned());
    settings
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_works_with_the_authority_we_were_given_and_not_without() {
    let lab = ImapLab::start();
    for tls in [Tls::Required, Tls::Implicit] {
        let mut settings = encrypted(&lab, tls);
        let report = mailbox::check(&settings).await.expect("the certificate is good");
        assert!(report.seen[0].contains("0 messages"), "{report:?}");
        settings.ca_file = None;
        let fault = mailbox::check(&settings)
            .await
            .expect_err("nobody knows this authority");
        assert!(
            fault.what.contains("UnknownIssuer") && fault.remedy.contains("mail.ca_file"),
            "{fault}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name_is_refused() {
    let lab = ImapLab::start_with(NameOnCertificate::Another, &DovecotOptions::default());
    for tls in [Tls::Required, Tls::Implicit] {
        let fault = mailbox::check(&encrypted(&lab, tls))
            .await
            .expect_err("the name is not ours");
        assert!(fault.what.contains("not valid for name"), "{fault}");
        assert!(
            fault.remedy.contains("name that the certificate bears"),
            "{fault}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_password_goes_out_where_starttls_is_wanted_and_not_offered() {
    let options = DovecotOptions {
        more: "ssl = no".to_owned(),
        ..DovecotOptions::default()
    };
    let lab = ImapLab::start_with(NameOnCertificate::Ours, &options);
    let fault = mailbox::check(&encrypted(&lab, Tls::Required))
        .await
        .expect_err("no STARTTLS there");
    assert!(fault.what.contains("does not offer STARTTLS"), "{fault}");
    let log = lab.log();
    assert!(
        !log.contains(&format!("user=<{USER}>")),
        "somebody tried to log in: {log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_login_is_said_plainly_and_without_the_password() {
    let lab = ImapLab::start();
    let mut wrong = account(&lab.dovecot);
    wrong.password = "wrong-and-private".into();
    let mut settings = settings(&lab.dovecot);
    settings.incoming = Incoming::Imap(wrong);
    let fault = mailbox::check(&settings)
        .await
        .expect_err("the password is wrong");
    assert!(
        fault.what.contains("refuses the login of care@example.test"),
        "{fault}"
    );
    assert!(fault.remedy.contains("password in mail.incoming"), "{fault}");
    assert!(!fault.to_string().contains("wrong-and-private"), "{fault}");

    let watched = Watched::start(settings).await;
    let status = watched
        .wait_for_status("a failure", |status| matches!(status, Status::Failing { .. }))
        .await;
    let Status::Failing {
        error,
        since,
        next_attempt,
    } = status
    else {
        unreachable!()
    };
    assert!(
        error.what.contains("refuses the login") && next_attempt > since,
        "{error}"
    );
    watched.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_at_the_port_and_a_folder_that_is_not_there_are_told_apart() {
    let lab = ImapLab::start();
    let mut absent = account(&lab.dovecot);
    absent.folder = "Nowhere".to_owned();
    let mut settings = settings(&lab.dovecot);
    settings.incoming = Incoming::Imap(absent);
    let fault = mailbox::check(&settings)
        .await
        .expect_err("there is no such folder");
    assert!(fault.what.contains("folder Nowhere cannot be opened"), "{fault}");

    let mut nobody = account(&lab.dovecot);
    nobody.port = crate::support::ports::Port::free().number;
    settings.incoming = Incoming::Imap(nobody);
    let fault = mailbox::check(&settings).await.expect_err("nobody listens");
    assert!(fault.what.contains("cannot be reached"), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_kicked_comes_back_by_itself() {
    let lab = ImapLab::start();
    let watched = Watched::start(settings(&lab.dovecot)).await;
    watched.wait_until_connected().await;
    watched
        .wait_until("the session", async || lab.dovecot.is_logged_in(USER))
        .await;
    lab.dovecot.kick(USER);
    watched
        .wait_for_status("the loss", |status| !status.is_ready())
        .await;
    lab.dovecot.deliver(USER, &message("after-the-kick"));
    watched.wait_for_kept(&["after-the-kick"]).await;
    watched.wait_until_connected().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_away_is_found_again() {
    let lab = ImapLab::start();
    let watched = Watched::start(settings(&lab.dovecot)).await;
    watched.wait_until_connected().await;
    lab.dovecot.stop();
    let refused = |status: &Status| matches!(status, Status::Failing { error, .. } if error.what.contains("cannot be reached"));
    watched.wait_for_status("the server's absence", refused).await;
    lab.dovecot.start_again();
    lab.dovecot.deliver(USER, &message("after-the-restart"));
    watched.wait_for_kept(&["after-the-restart"]).await;
    watched.wait_until_connected().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_accepts_and_says_nothing_does_not_hold_up_the_end() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let lab = ImapLab::start();
    let mut account = account(&lab.dovecot);
    account.port = silent.local_addr().expect("bound").port();
    let mut settings = settings(&lab.dovecot);
    settings.incoming = Incoming::Imap(account);
    let watched = Watched::start(settings).await;
    let (_held, _) = silent.accept().expect("it connects");
    tokio::time::timeout(Duration::from_secs(5), watched.stop())
        .await
        .expect("it ends at once");
}
