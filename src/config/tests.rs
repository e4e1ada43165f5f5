use std::path::Path;

use secrecy::ExposeSecret;

use super::*;

const MINIMAL: &str = r#"
[store]
url = "sqlite:estafette.db"
[mail]
from = "Service Client <care@example.test>"
incoming = "imap://care%40example.test:secret@127.0.0.1:10143/INBOX"
outgoing = "smtp://127.0.0.1:10025"
[http]
listen = "127.0.0.1:8025"
[api]
tokens = ["a-long-enough-token"]
"#;

fn parse(text: &str) -> Result<Config, Vec<Fault>> {
    Config::parse(text, Path::new("/etc/estafette"), &[])
}

#[test]
fn the_fixed_keys_suffice() {
    let config = parse(MINIMAL).unwrap();
    assert_eq!(
        config.store.url.expose_secret(),
        "sqlite:/etc/estafette/estafette.db"
    );
    assert_eq!(config.mail.from_address, "care@example.test");
    let Incoming::Imap(account) = config.mail.incoming else {
        panic!("an IMAP account")
    };
    assert_eq!(
        (account.user.as_str(), account.password.expose_secret()),
        ("care@example.test", "secret")
    );
    assert_eq!(
        (account.port, account.tls, account.folder.as_str()),
        (10143, Tls::None, "INBOX")
    );
}

#[test]
fn every_fault_is_reported_at_once_with_its_key() {
    let text = r#"
stray = 1
[store]
url = "mysql://host/db"
[mail]
from = "nobody"
incoming = "pop3://user:hunter2@host"
outgoing = "smtp://host?tls=maybe"
pol_seconds = 5
poll_seconds = 0
[http]
listen = "here"
[api]
tokens = "one"
[lettres]
"#;
    let faults = parse(text).unwrap_err();
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    let expected = [
        "stray",
        "store.url",
        "mail.from",
        "mail.incoming",
        "mail.outgoing",
        "mail.poll_seconds",
        "mail.pol_seconds",
        "http.listen",
        "api.tokens",
        "[lettres]",
    ];
    assert_eq!(keys, expected);
    let said = faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n");
    assert!(
        said.contains("Did you mean `poll_seconds`?") && said.contains("Did you mean `letters`?"),
        "{said}"
    );
    assert!(
        !said.contains("hunter2"),
        "a password must not be repeated: {said}"
    );
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    let faults = parse("[store\nurl=").unwrap_err();
    assert!(faults[0].what.contains("line 1"), "{}", faults[0]);
}

#[test]
fn the_environment_is_laid_over_the_file() {
    let environment = [
        ("ESTAFETTE__MAIL__POLL_SECONDS".to_owned(), "7".to_owned()),
        (
            "ESTAFETTE__API__TOKENS".to_owned(),
            r#"["from-the-environment"]"#.to_owned(),
        ),
        (
            "ESTAFETTE__STORE__URL".to_owned(),
            "postgres://u:p@db/estafette".to_owned(),
        ),
        ("PATH".to_owned(), "/bin".to_owned()),
    ];
    let config = Config::parse(MINIMAL, Path::new("."), &environment).unwrap();
    assert_eq!(config.mail.poll_interval.as_secs(), 7);
    assert_eq!(config.api.tokens[0].expose_secret(), "from-the-environment");
    assert_eq!(config.store.url.expose_secret(), "postgres://u:p@db/estafette");
}

#[test]
fn secrets_come_from_files_too() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("smtp"),
        "smtp://user:from-file@mail.example.test:587\n",
    )
    .unwrap();
    let text = MINIMAL.replace(
        "outgoing = \"smtp://127.0.0.1:10025\"",
        "outgoing_file = \"smtp\"",
    );
    let config = Config::parse(&text, folder.path(), &[]).unwrap();
    let Outgoing::Smtp(server) = config.mail.outgoing else {
        panic!("an SMTP server")
    };
    assert_eq!(server.credentials.unwrap().1.expose_secret(), "from-file");
    assert_eq!(
        server.tls,
        Tls::Required,
        "away from loopback, TLS is a must unless it is said otherwise"
    );
}

#[test]
fn the_example_configuration_is_sound_and_names_every_key() {
    let text = include_str!("../../config/estafette.toml");
    if let Err(faults) = parse(text) {
        panic!(
            "{}",
            faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
        );
    }
    // With every commented key switched on but those that stand for another one, it is still sound: no key is misspelled.
    let all: String = text
        .lines()
        .map(|line| line.strip_prefix("#: ").unwrap_or(line))
        .filter(|line| !line.contains("_file = ") || line.starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect();
    if let Err(faults) = parse(&all) {
        panic!(
            "{}",
            faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
        );
    }
}
