//! Postfix's smtp-sink: an SMTP server that misbehaves as asked.

use std::process::{Child, Stdio};

use super::place::{Place, command, wait_for_port};
use super::ports::Port;

const PACKAGES: &str = "postfix";
const BACKLOG: &str = "100";

#[derive(Debug)]
pub struct Sink {
    port: Port,
    child: Child,
    _place: Place,
}

impl Sink {
    /// Starts it with further options, such as `-q .`: drop the line after the final dot without a reply.
    pub fn start(options: &[&str]) -> Sink {
        let place = Place::new();
        let port = Port::free();
        let child = command("smtp-sink")
            .args(["-u", "nobody"])
            .args(options)
            .args([&format!("127.0.0.1:{port}"), BACKLOG])
            .current_dir(place.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("smtp-sink: {error}. Install it: apt-get install --no-install-recommends {PACKAGES}")
            });
        wait_for_port(port.number, "smtp-sink");
        Sink {
            port,
            child,
            _place: place,
        }
    }

    pub fn port(&self) -> u16 {
        self.port.number
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
