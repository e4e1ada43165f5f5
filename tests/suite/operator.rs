//! What an operator meets: faults of the configuration, servers that are away, bad lines in an import.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::customer;
use crate::support::daemon::{Home, PATIENCE};
use crate::support::lab::MailLab;
use crate::support::place::wait_until;
use crate::support::ports::Port;

fn estafette(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_estafette"))
        .args(arguments)
        .output()
        .expect("the binary")
}

#[test]
fn a_bad_configuration_says_all_its_faults_at_once_and_ends_with_2() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(
        file.path(),
        "[store]\nurl = \"mysql://x\"\n[mail]\nfrm = \"x\"\n[http]\nlisten = \"nowhere\"\n",
    )
    .unwrap();

    let output = estafette(&["serve", "--config", file.path().to_str().unwrap()]);

    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    for key in [
        "store.url",
        "mail.from",
        "mail.frm",
        "mail.incoming",
        "mail.outgoing",
        "http.listen",
    ] {
        assert!(words.contains(key), "{key} in:\n{words}");
    }
    assert!(words.contains("Did you mean `from`?"), "{words}");
}

#[test]
fn a_configuration_that_is_not_there_is_named() {
    let output = estafette(&["serve", "--config", "no/such/file.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("no/such/file.toml")
    );
}

#[test]
fn servers_that_are_away_are_named_by_readyz_and_nothing_is_lost() {
    let (imap, smtp) = (Port::free(), Port::free());
    let incoming = format!("imap://care%40example.test:secret@127.0.0.1:{imap}/INBOX");
    let home = Home::with_urls(
        &incoming,
        &format!("smtp://127.0.0.1:{smtp}"),
        "sqlite:estafette.db",
        "",
    );
    let daemon = home.start();

    let reference = daemon.submit(&customer::without_ean("helene@customer.example"));
    let failing = wait_until("readyz names both", PATIENCE, || {
        let (status, body) = daemon.get("/readyz");
        let failing: Vec<String> = body["parts"]
            .as_array()?
            .iter()
            .filter(|part| part["status"] == "failing")
            .map(|part| part["name"].as_str().unwrap().to_owned())
            .collect();
        (status == 503 && failing.len() == 2).then_some(failing)
    });
    assert_eq!(failing, ["mailbox", "smtp"]);
    let registration = daemon.wait_for_state(&reference, "blocked");
    let letters = registration["letters"].as_array().expect("letters");
    assert_eq!(letters.len(), 2, "both letters wait: {registration:#}");
    assert!(
        daemon.terminate().success(),
        "it ends when told to, whatever is away"
    );
}

#[test]
fn a_store_that_is_away_is_named_by_readyz_and_waited_for() {
    let port = Port::free();
    let incoming = "imap://care%40example.test:secret@127.0.0.1:1/INBOX";
    let url = format!("postgres://estafette@127.0.0.1:{port}/estafette");
    let home = Home::with_urls(incoming, "smtp://127.0.0.1:1", &url, "");
    let daemon = home.start_without_store();
    let (status, body) = wait_until("readyz says what the store said", PATIENCE, || {
        let (status, body) = daemon.get("/readyz");
        (body["parts"][0]["detail"] != "starting").then_some((status, body))
    });
    assert_eq!(status, 503);
    assert_eq!(body["parts"][0]["name"], "store", "{body}");
    assert!(daemon.terminate().success());
}

#[test]
fn an_import_takes_the_good_lines_in_and_lists_the_bad_ones_by_line_and_field() {
    let home = Home::with_urls("maildir:care", "maildir:customers", "sqlite:estafette.db", "");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("registrations.ndjson");
    let good = customer::registration("helene@customer.example");
    let mut bad = good.clone();
    bad["language"] = Value::from("es");
    std::fs::write(&file, format!("{good}\n{{ not json\n{bad}\n")).unwrap();
    let config = home.config_file();
    let arguments = [
        "import",
        "--config",
        config.to_str().unwrap(),
        file.to_str().unwrap(),
    ];

    let output = estafette(&arguments);
    let (said, complained) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert_eq!(output.status.code(), Some(2), "{said}{complained}");
    assert!(
        said.contains("1 taken in, 0 taken in before, 2 refused"),
        "{said}"
    );
    assert!(
        complained.contains("line 2") && complained.contains("line 3: language"),
        "{complained}"
    );

    let again = estafette(&arguments);
    assert!(
        String::from_utf8_lossy(&again.stdout).contains("0 taken in, 1 taken in before, 2 refused"),
        "{again:?}"
    );
}

#[test]
fn reconcile_names_what_is_in_the_mailbox_and_not_in_the_store() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    lab.deliver(
        "care@example.test",
        b"From: lena@customer.example\r\nSubject: one\r\n\r\nhello\r\n",
    );
    let config = home.config_file();
    let arguments = ["reconcile", "--config", config.to_str().unwrap()];

    let before = estafette(&arguments);
    let said = String::from_utf8_lossy(&before.stdout).into_owned();
    assert_eq!(before.status.code(), Some(1), "{before:?}");
    assert!(
        said.contains("1 of 1 messages are not in the store") && said.contains("UID 1"),
        "{said}"
    );

    let daemon = home.start();
    wait_until("it was fetched", PATIENCE, || {
        daemon.get("/api/v1/messages").1["messages"]
            .as_array()
            .is_some_and(|all| all.len() == 1)
            .then_some(())
    });
    assert!(daemon.terminate().success());
    let after = estafette(&arguments);
    assert!(after.status.success(), "{after:?}");
    assert!(
        String::from_utf8_lossy(&after.stdout).contains("all 1 messages are in the store"),
        "{after:?}"
    );
}

#[test]
fn doctor_says_what_is_wrong_and_how_to_mend_it() {
    let lab = MailLab::start();
    let home = Home::new(&lab, "sqlite:estafette.db", "");
    let config = home.config_file();
    let output = estafette(&["doctor", "--config", config.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("ok      store") && said.contains("ok      mailbox") && said.contains("ok      smtp"),
        "{said}"
    );
    assert!(said.contains("ok      files"), "{said}");
    assert!(
        said.contains("FAULT   letters") && said.contains("[brand] has no address"),
        "{said}"
    );

    let home = Home::with_urls(
        "imap://u:wrong@127.0.0.1:1/INBOX",
        "smtp://127.0.0.1:1",
        "sqlite:estafette.db",
        "",
    );
    let output = estafette(&["doctor", "--config", home.config_file().to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("FAULT   mailbox") && said.contains("FAULT   smtp") && !said.contains("wrong"),
        "{said}"
    );
}

#[test]
fn every_command_explains_itself() {
    for command in [
        "serve",
        "demo",
        "doctor",
        "import",
        "agent",
        "read",
        "interpret",
        "eval",
    ] {
        let output = estafette(&[command, "--help"]);
        assert!(output.status.success(), "{command}");
        assert!(String::from_utf8(output.stdout).unwrap().len() > 100, "{command}");
    }
}
