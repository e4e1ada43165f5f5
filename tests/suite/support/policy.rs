//! What Postfix is to say to a recipient, changed by the test while Postfix runs (its policy delegation protocol).

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One RCPT that Postfix asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRecipient {
    pub recipient: String,
    pub sender: String,
    /// Port of the client's end of the connection: the same port twice is a connection used again.
    pub client_port: String,
    pub sasl_username: String,
}

#[derive(Debug)]
struct Rule {
    pattern: String,
    /// `550 5.1.1 text` or the like.
    answer: String,
    /// How often it is still given.
    times: u32,
}

#[derive(Debug, Default)]
struct Rules {
    rules: Vec<Rule>,
    asked: Vec<AskedRecipient>,
}

/// The policy server; it lives in the test's own process.
#[derive(Debug, Clone)]
pub struct Policy {
    rules: Arc<Mutex<Rules>>,
    port: u16,
}

impl Policy {
    pub fn start() -> Policy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a loopback port");
        let port = listener.local_addr().expect("it is bound").port();
        let rules = Arc::new(Mutex::new(Rules::default()));
        let served = Arc::clone(&rules);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let rules = Arc::clone(&served);
                std::thread::spawn(move || serve(stream, &rules));
            }
        });
        Policy { rules, port }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The next `times` recipients that contain `pattern` are answered with `answer`.
    pub fn add(&self, pattern: &str, answer: &str, times: u32) {
        let rule = Rule {
            pattern: pattern.to_owned(),
            answer: answer.to_owned(),
            times,
        };
        self.rules
            .lock()
            .expect("no thread panics with it")
            .rules
            .push(rule);
    }

    pub fn clear(&self) {
        self.rules.lock().expect("no thread panics with it").rules.clear();
    }

    pub fn asked(&self) -> Vec<AskedRecipient> {
        self.rules.lock().expect("no thread panics with it").asked.clone()
    }
}

fn serve(stream: TcpStream, rules: &Mutex<Rules>) {
    let mut reader = BufReader::new(stream);
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        match line.trim_end().split_once('=') {
            Some((name, value)) => attributes.push((name.to_owned(), value.to_owned())),
            None => {
                let action = answer(&std::mem::take(&mut attributes), rules);
                if reader
                    .get_mut()
                    .write_all(format!("action={action}\n\n").as_bytes())
                    .is_err()
                {
                    return;
                }
            }
        }
    }
}

fn answer(attributes: &[(String, String)], rules: &Mutex<Rules>) -> String {
    let value = |wanted: &str| {
        let found = attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let recipient = value("recipient");
    let mut rules = rules.lock().expect("no thread panics with it");
    rules.asked.push(AskedRecipient {
        recipient: recipient.clone(),
        sender: value("sender"),
        client_port: value("client_port"),
        sasl_username: value("sasl_username"),
    });
    let rule = rules
        .rules
        .iter_mut()
        .find(|rule| rule.times > 0 && recipient.contains(&rule.pattern));
    match rule {
        Some(rule) => {
            rule.times -= 1;
            rule.answer.clone()
        }
        None => "DUNNO".to_owned(),
    }
}
