//! A real browser, driven over the DevTools protocol through a pipe: NUL-ended JSON, no network and no driver between.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Messages that may come before the answer to a command, or before a page is loaded.
const MESSAGES_MAX: usize = 2000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    On,
    Off,
}

pub struct Chromium {
    process: Child,
    to: File,
    from: BufReader<File>,
    last_id: u64,
    session: String,
    _folder: TempDir,
}

impl Chromium {
    /// A browser with one page, `width` CSS pixels wide.
    pub fn start(width: u32, script: Script) -> Chromium {
        let folder = TempDir::new().expect("a temporary folder");
        let pipes = ["to", "from"].map(|name| folder.path().join(name));
        let made = Command::new("mkfifo").args(&pipes).status().expect("mkfifo");
        assert!(made.success());
        // The shell opens the pipes as the descriptors that Chromium reads and writes.
        let line = "exec chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
                    --remote-debugging-pipe --user-data-dir=\"$1/profile\" about:blank 3<\"$1/to\" 4>\"$1/from\"";
        let process = Command::new("sh")
            .args(["-c", line, "sh"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromium (Debian: apt install chromium)");
        let to = OpenOptions::new().write(true).open(&pipes[0]).expect("our pipe");
        let from = File::open(&pipes[1]).expect("our pipe");
        let mut browser = Chromium {
            process,
            to,
            from: BufReader::new(from),
            last_id: 0,
            session: String::new(),
            _folder: folder,
        };
        let target = browser.command("Target.createTarget", json!({"url": "about:blank"}));
        let attached = browser.command(
            "Target.attachToTarget",
            json!({"targetId": target["targetId"], "flatten": true}),
        );
        browser.session = attached["sessionId"].as_str().expect("a session").to_owned();
        browser.command("Page.enable", json!({}));
        let off = script == Script::Off;
        browser.command("Emulation.setScriptExecutionDisabled", json!({"value": off}));
        browser.command(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": true}),
        );
        browser
    }

    /// Opens a page and waits until it is loaded.
    pub fn open(&mut self, url: &str) {
        // Answered once the new page has begun: a load before that is the one of the page before.
        self.command("Page.navigate", json!({"url": url}));
        self.wait_for_load();
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        self.evaluate(expression, false)
    }

    /// The same of a promise, once it is kept.
    pub fn promised(&mut self, expression: &str) -> Value {
        self.evaluate(expression, true)
    }

    fn evaluate(&mut self, expression: &str, promise: bool) -> Value {
        let answer = self.command(
            "Runtime.evaluate",
            json!({"expression": expression, "returnByValue": true, "awaitPromise": promise}),
        );
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    pub fn text(&mut self, selector: &str) -> String {
        let expression =
            format!("(document.querySelector({selector:?}) || {{textContent: ''}}).textContent.trim()");
        self.value(&expression).as_str().unwrap_or_default().to_owned()
    }

    /// As wide as that, in the colours of the day or of the night.
    pub fn look(&mut self, width: u32, scheme: &str) {
        self.command(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}),
        );
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.command("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// The whole page as PNG.
    pub fn picture(&mut self) -> Vec<u8> {
        let shot = self.command(
            "Page.captureScreenshot",
            json!({"format": "png", "captureBeyondViewport": true}),
        );
        let text = shot["data"].as_str().expect("a picture");
        data_encoding::BASE64.decode(text.as_bytes()).expect("base64")
    }

    /// Types as an input method does: where the focus is.
    pub fn write(&mut self, text: &str) {
        self.command("Input.insertText", json!({"text": text}));
    }

    pub fn press(&mut self, key: Key) {
        let mut letter = [0; 4];
        let (name, code, text) = match key {
            Key::Tab => ("Tab", 9, ""),
            Key::Space => (" ", 32, " "),
            Key::Enter => ("Enter", 13, "\r"),
            Key::Escape => ("Escape", 27, ""),
            Key::Letter(sign) => {
                let text: &str = sign.encode_utf8(&mut letter);
                (text, sign.to_ascii_uppercase() as u32, text)
            }
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            self.send(
                "Input.dispatchKeyEvent",
                json!({"type": kind, "key": name, "windowsVirtualKeyCode": code, "text": text}),
            );
        }
    }

    /// Presses Tab until the focus is on the element of that selector.
    pub fn tab_to(&mut self, selector: &str) {
        for _ in 0..40 {
            self.press(Key::Tab);
            let expression = format!("document.activeElement === document.querySelector({selector:?})");
            if self.value(&expression) == true {
                return;
            }
        }
        panic!("no way to {selector} by keyboard");
    }

    /// Presses a key that leaves the page, and waits for the next one.
    pub fn press_and_load(&mut self, key: Key) {
        self.press(key);
        self.wait_for_load();
    }

    fn wait_for_load(&mut self) {
        for _ in 0..MESSAGES_MAX {
            if self.receive()["method"] == "Page.loadEventFired" {
                return;
            }
        }
        panic!("the page does not load");
    }

    fn send(&mut self, method: &str, parameters: Value) -> u64 {
        self.last_id += 1;
        let mut message = json!({"id": self.last_id, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("chromium listens");
        self.last_id
    }

    fn command(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.send(method, parameters);
        for _ in 0..MESSAGES_MAX {
            let message = self.receive();
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
        }
        panic!("no answer to {method}");
    }

    fn receive(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("chromium answers");
        bytes.pop();
        serde_json::from_slice(&bytes).expect("chromium speaks JSON until it ends")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Tab,
    Space,
    Enter,
    Escape,
    /// A letter, digit or sign, as it is typed.
    Letter(char),
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
