//! The daemon as an operator runs it: the real binary, a configuration file, signals, HTTP.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::lab::MailLab;
use super::place::wait_until;
use super::ports::Port;

pub const TOKEN: &str = "a-token-for-tests";
/// Long enough for the slowest machine; a condition that holds is seen at once.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A configuration and everything that outlives one run of the daemon.
pub struct Home {
    folder: tempfile::TempDir,
    port: Port,
}

impl Home {
    /// A daemon for `care@example.test` of the lab. `more` is added to `[mail]`.
    pub fn new(lab: &MailLab, store_url: &str, more: &str) -> Home {
        Home::with_urls(
            &lab.imap_url("care@example.test"),
            &lab.smtp_url(),
            store_url,
            more,
        )
    }

    pub fn with_urls(incoming: &str, outgoing: &str, store_url: &str, more: &str) -> Home {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = Port::free();
        let configuration = format!(
            "[store]\nurl = \"{store_url}\"\n\
             [mail]\nfrom = \"Service Client <care@example.test>\"\nincoming = \"{incoming}\"\noutgoing = \"{outgoing}\"\n\
             poll_seconds = 1\n{more}\n\
             [http]\nlisten = \"127.0.0.1:{port}\"\n[api]\ntokens = [\"{TOKEN}\"]\n[log]\nfilter = \"debug\"\n"
        );
        fs::write(folder.path().join("estafette.toml"), configuration).expect("our own folder");
        Home { folder, port }
    }

    pub fn config_file(&self) -> PathBuf {
        self.folder.path().join("estafette.toml")
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the daemon and waits until its store is open.
    pub fn start(&self) -> Daemon<'_> {
        let daemon = self.start_without_store();
        wait_until("the store is open", PATIENCE, || {
            (daemon.get("/readyz").1["parts"][0]["status"] == "ready").then_some(())
        });
        daemon
    }

    /// Starts the daemon and waits until it answers, whatever it says.
    pub fn start_without_store(&self) -> Daemon<'_> {
        let mut daemon = self.spawn(None);
        wait_until("the daemon answers", PATIENCE, || {
            assert!(
                daemon.child.try_wait().unwrap().is_none(),
                "the daemon ended:\n{}",
                self.log()
            );
            ureq::get(format!("{}/healthz", self.url())).call().ok()
        });
        daemon
    }

    /// Starts a daemon that ends itself at that point of its work.
    pub fn start_crashing_at(&self, point: &str) -> Daemon<'_> {
        self.spawn(Some(point))
    }

    fn spawn(&self, crash_at: Option<&str>) -> Daemon<'_> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .expect("our own folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_estafette"));
        command.args(["serve", "--config"]).arg(self.config_file());
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log);
        match crash_at {
            Some(point) => command.env("ESTAFETTE_CRASH_AT", point),
            None => command.env_remove("ESTAFETTE_CRASH_AT"),
        };
        Daemon {
            child: command.spawn().expect("the daemon's binary"),
            home: self,
        }
    }

    /// What the daemon logged in all its runs.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!(
                "---- the daemon's log, last lines\n{}",
                lines[lines.len().saturating_sub(60)..].join("\n")
            );
        }
    }
}

/// A running daemon; killed at drop.
pub struct Daemon<'a> {
    child: Child,
    home: &'a Home,
}

impl Daemon<'_> {
    pub fn get(&self, path: &str) -> (u16, Value) {
        let request = agent()
            .get(format!("{}{path}", self.home.url()))
            .header("Authorization", format!("Bearer {TOKEN}"));
        let mut response = request.call().expect("the daemon answers");
        (
            response.status().as_u16(),
            response.body_mut().read_json().unwrap_or(Value::Null),
        )
    }

    pub fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = agent()
            .post(format!("{}{path}", self.home.url()))
            .header("Authorization", format!("Bearer {TOKEN}"));
        let mut response = request.send_json(body).expect("the daemon answers");
        (
            response.status().as_u16(),
            response.body_mut().read_json().unwrap_or(Value::Null),
        )
    }

    /// Submits a registration and gives its reference.
    pub fn submit(&self, registration: &Value) -> String {
        wait_until("the store is open", PATIENCE, || {
            (self.get("/readyz").1["parts"][0]["status"] == "ready").then_some(())
        });
        let (status, body) = self.post("/api/v1/registrations", registration);
        assert_eq!(status, 201, "{body}");
        body["reference"].as_str().expect("a reference").to_owned()
    }

    pub fn registration(&self, reference: &str) -> Value {
        let (status, body) = self.get(&format!("/api/v1/registrations/{reference}"));
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Waits until the registration is in that state.
    pub fn wait_for_state(&self, reference: &str, state: &str) -> Value {
        wait_until(&format!("{reference} is {state}"), PATIENCE, || {
            let registration = self.registration(reference);
            (registration["state"] == state).then_some(registration)
        })
    }

    /// Waits until the history holds an event of that name; gives the registration.
    pub fn wait_for_event(&self, reference: &str, event: &str) -> Value {
        wait_until(&format!("{reference} has {event}"), PATIENCE, || {
            let registration = self.registration(reference);
            (count_events(&registration, event) > 0).then_some(registration)
        })
    }

    pub fn wait_until_ready(&self) {
        wait_until("the daemon is ready", PATIENCE, || {
            (self.get("/readyz").0 == 200).then_some(())
        });
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGTERM, and how it ended.
    pub fn terminate(mut self) -> ExitStatus {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(status.is_ok_and(|status| status.success()));
        wait_until("the daemon ends", PATIENCE, || self.child.try_wait().unwrap())
    }

    /// Waits until it ended itself at the point it was told.
    pub fn wait_for_crash(mut self) {
        let status = wait_until("the daemon crashes", PATIENCE, || self.child.try_wait().unwrap());
        assert!(
            status.signal().is_some(),
            "it ended by itself: {status}\n{}",
            self.home.log()
        );
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.child.kill().expect("our own child");
        self.child.wait().expect("our own child");
    }
}

impl Drop for Daemon<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

pub fn count_events(registration: &Value, event: &str) -> usize {
    let history = registration["history"].as_array().expect("a history");
    history.iter().filter(|entry| entry["event"] == event).count()
}
