//! The demo as a visitor meets it: started, watched, stopped, started again, and written to as a customer.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use scraper::{Html, Selector};

use super::support::place::wait_until;
use super::support::ports::Port;

/// Long enough for the slowest machine; a condition that holds is seen at once.
const PATIENCE: Duration = Duration::from_secs(120);
const SAMPLES: usize = 40;

/// A folder and an address for a demo, over several runs.
struct Visit {
    folder: tempfile::TempDir,
    port: Port,
}

struct Demo<'a> {
    child: Child,
    visit: &'a Visit,
}

impl Visit {
    fn new() -> Visit {
        Visit {
            folder: tempfile::tempdir().unwrap(),
            port: Port::free(),
        }
    }

    fn command(&self, port: &Port) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_estafette"));
        command
            .arg("demo")
            .args(["--pace", "10", "--listen", &format!("127.0.0.1:{port}")]);
        command.arg("--dir").arg(self.demo_folder()).stdin(Stdio::null());
        command
    }

    fn demo_folder(&self) -> std::path::PathBuf {
        self.folder.path().join("demo")
    }

    fn start(&self) -> Demo<'_> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .unwrap();
        let child = self
            .command(&self.port)
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let demo = Demo { child, visit: self };
        wait_until("the demo's page", PATIENCE, || demo.try_page("/demo"));
        demo
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("---- the demo's words\n{}", self.log());
        }
    }
}

impl Demo<'_> {
    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.visit.port)
    }

    fn try_page(&self, path: &str) -> Option<Html> {
        let mut response = ureq::get(self.url(path)).call().ok()?;
        Some(Html::parse_document(&response.body_mut().read_to_string().ok()?))
    }

    fn page(&self, path: &str) -> Html {
        self.try_page(path).unwrap_or_else(|| panic!("no page at {path}"))
    }

    /// Sends a form as a browser does, and gives the page it leads to.
    fn post(&self, path: &str, form: &[(&str, &str)]) -> Html {
        let request = ureq::post(self.url(path)).header("Origin", self.url(""));
        let mut response = request.send_form(form.iter().copied()).unwrap();
        Html::parse_document(&response.body_mut().read_to_string().unwrap())
    }

    /// A number at the head of the live page.
    fn number(&self, name: &str) -> usize {
        let text = text(&self.page("/demo"), &format!(".n-{name} strong"));
        text.split_whitespace()
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0)
    }

    fn references(&self) -> BTreeSet<String> {
        attributes(&self.page("/demo"), ".rows li[data-version]", "id")
            .into_iter()
            .collect()
    }

    fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        let status = wait_until("the demo ends", PATIENCE, || self.child.try_wait().unwrap());
        assert!(status.success(), "{status}");
    }
}

impl Drop for Demo<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The text of the first element.
fn text(page: &Html, of: &str) -> String {
    let element = page.select(&selector(of)).next();
    element
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .unwrap_or_default()
}

fn attributes(page: &Html, of: &str, name: &str) -> Vec<String> {
    page.select(&selector(of))
        .filter_map(|element| Some(element.attr(name)?.to_owned()))
        .collect()
}

/// The Message-ID lines of every mail in a Maildir.
fn message_ids(maildir: &Path) -> Vec<String> {
    let files = ["new", "cur"].map(|part| fs::read_dir(maildir.join(part)).unwrap());
    let mails = files
        .into_iter()
        .flatten()
        .map(|file| fs::read(file.unwrap().path()).unwrap());
    mails
        .map(|mail| {
            let mail = String::from_utf8_lossy(&mail).into_owned();
            mail.lines()
                .find(|line| line.starts_with("Message-ID:"))
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn stopped_in_the_middle_it_goes_on_where_it_was() {
    let visit = Visit::new();
    let demo = visit.start();
    wait_until("some registrations", PATIENCE, || {
        (demo.number("all") >= 12).then_some(())
    });
    demo.stop();

    let demo = visit.start();
    let before = demo.references();
    assert!(before.len() >= 12, "{before:?}");
    wait_until("all registrations", PATIENCE, || {
        (demo.number("all") == SAMPLES).then_some(())
    });
    wait_until("most contracts and a case for the agent", PATIENCE, || {
        (demo.number("contract") >= 25 && demo.number("awaits_agent") >= 1).then_some(())
    });
    assert!(demo.number("blocked") >= SAMPLES / 4);
    assert!(demo.number("settled_alone") >= 1);
    let after = demo.references();
    assert_eq!(after.len(), SAMPLES, "a registration came in twice");
    assert!(before.is_subset(&after));
    let page = demo.page("/demo");
    assert!(
        attributes(&page, ".news .reply, .news li.good", "class").len() > 1,
        "no news"
    );
    demo.stop();

    for maildir in ["customers", "care"] {
        let ids = message_ids(&visit.demo_folder().join(maildir));
        let distinct: BTreeSet<&String> = ids.iter().collect();
        assert!(ids.len() > 10, "only {} mails in {maildir}", ids.len());
        assert_eq!(distinct.len(), ids.len(), "a mail in {maildir} was sent twice");
    }
    assert!(
        visit
            .log()
            .contains(&format!("http://127.0.0.1:{}/demo", visit.port))
    );
}

#[test]
fn the_visitor_answers_as_a_customer_and_sees_what_it_does() {
    let visit = Visit::new();
    let demo = visit.start();
    let path = wait_until("a customer who never answers is asked", PATIENCE, || {
        let page = demo.page("/demo/customers");
        let row = page
            .select(&selector(".choices tr"))
            .find(|row| row.text().any(|text| text.contains("never answers")))?;
        row.select(&selector("a")).next()?.attr("href").map(str::to_owned)
    });
    let (page, letter) = wait_until("the letter is there", PATIENCE, || {
        let page = demo.page(&path);
        let letter = attributes(&page, "input[name=letter]", "value").pop()?;
        Some((page, letter))
    });
    let value = text(&page, ".at-hand dd");
    let label = text(&page, ".at-hand dt");
    assert!(!value.is_empty(), "nothing at hand");
    let frame = attributes(&page, "iframe", "src").remove(0);
    assert!(
        !text(&demo.page(&frame), "h2").is_empty(),
        "the letter is not shown"
    );

    let answer = format!("Bonjour,\n\nVoici la date de début : {value}\n\nCordialement,");
    let page = demo.post(
        &path,
        &[
            ("letter", letter.as_str()),
            ("text", answer.as_str()),
            ("program", "phone"),
        ],
    );
    assert!(text(&page, "h1").starts_with("You are"));
    let verdict = wait_until("the answer is read", PATIENCE, || {
        let verdict = text(&demo.page(&path), ".verdict strong");
        (!verdict.is_empty()).then_some(verdict)
    });
    assert_eq!(verdict, format!("applied without a person: {label} corrected"));
    wait_until("the contract comes", PATIENCE, || {
        text(&demo.page(&path), ".inbox .pill")
            .starts_with("supply from")
            .then_some(())
    });

    assert_eq!(text(&demo.page("/"), "h1"), text(&demo.page("/demo"), "h1"));

    // The visitor may be somebody new, too, who is asked and waits for the visitor alone.
    let page = demo.post("/demo/customers", &[]);
    assert!(text(&page, "h1").starts_with("You are"));
    let newcomer = text(&page, ".heading a[href^='/demo/registrations/']");
    assert!(!newcomer.is_empty());

    // A form of another site changes nothing.
    let foreign = ureq::post(demo.url(&path))
        .header("Origin", "http://evil.example")
        .send_form([("letter", "1"), ("text", "x")]);
    assert!(
        matches!(foreign, Err(ureq::Error::StatusCode(403))),
        "{foreign:?}"
    );
}

#[test]
fn a_taken_address_and_a_taken_folder_are_said_with_the_remedy() {
    let visit = Visit::new();
    let taken = TcpListener::bind(("127.0.0.1", visit.port.number)).unwrap();
    let output = visit.command(&visit.port).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(words.contains("--listen"), "{words}");
    drop(taken);

    let _demo = visit.start();
    let other = Port::free();
    let output = visit.command(&other).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(words.contains("--dir"), "{words}");
}
