//! A short folder that servers of other users can reach, and the promise that nothing keeps running in it.

use std::fs;
use std::io::{Read, Seek, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// UNIX socket paths end at 107 characters; the longest name a server adds needs about 40.
const PATH_CHARACTERS_MAX: usize = 60;

/// Ends every process whose working folder lies in `$1`, then removes it. Servers and their children sit in their own folders
/// there, so this finds them by pid and touches nobody else. It starts when its standard input closes: when the test
/// drops the place, and also when the test process was killed.
const GUARD: &str = r#"
read -r _ignored
sitting_here() { for p in /proc/[0-9]*; do case "$(readlink "$p/cwd" 2>/dev/null)/" in "$1"/*) echo "${p#/proc/}";; esac; done; }
pids=$(sitting_here "$1"); [ -z "$pids" ] || kill -TERM $pids 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -z "$(sitting_here "$1")" ] && break; sleep 0.1; done
pids=$(sitting_here "$1"); [ -z "$pids" ] || kill -KILL $pids 2>/dev/null
rm -rf "$1"
"#;

/// A folder of a test; at drop its processes are ended and it is removed.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    guard: Child,
}

impl Place {
    pub fn new() -> Place {
        need_root();
        let folder = tempfile::Builder::new()
            .prefix("el")
            .rand_bytes(5)
            .tempdir()
            .expect("a temporary folder");
        let path = folder.keep();
        assert!(
            path.as_os_str().len() <= PATH_CHARACTERS_MAX,
            "{} is too long for UNIX sockets in it: set TMPDIR to a shorter folder",
            path.display()
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("we own the folder");
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&path)
            .current_dir("/")
            // Its own group: a runner that gives up on a test ends the test's whole group, and the guard must outlive it.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell for the guard");
        Place { path, guard }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder in it, made if it is not there.
    pub fn folder(&self, name: &str) -> PathBuf {
        let path = self.path.join(name);
        fs::create_dir_all(&path).expect("a folder in our own folder");
        path
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.print_logs();
        }
        if let Some(mut stdin) = self.guard.stdin.take() {
            let _ = stdin.write_all(b"\n");
        }
        let _ = self.guard.wait();
    }
}

impl Place {
    /// What the servers said, for a test that failed.
    fn print_logs(&self) {
        for name in ["dovecot.log", "postfix.log"] {
            if let Ok(log) = fs::read_to_string(self.path.join(name)) {
                let lines: Vec<&str> = log.lines().collect();
                eprintln!("---- {name}, last lines");
                for line in &lines[lines.len().saturating_sub(30)..] {
                    eprintln!("{line}");
                }
            }
        }
    }
}

fn need_root() {
    let status = fs::read_to_string("/proc/self/status").expect("the tests with mail servers run on Linux");
    let root = status
        .lines()
        .any(|line| line.starts_with("Uid:") && line.split_whitespace().nth(2) == Some("0"));
    assert!(
        root,
        "the tests with real mail servers start Dovecot and Postfix and must run as root (a container will do)"
    );
}

/// Runs a server's own start or control program to its end.
///
/// # Panics
/// With the Debian package to install when the program is missing, with its words when it fails.
pub fn run(program: &str, package: &str, arguments: &[&str]) -> String {
    // Files, not pipes: a server that goes into the background keeps them open, and a pipe would never end.
    let mut output = tempfile::tempfile().expect("a temporary file");
    let status = command(program)
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a second handle"))
        .stderr(output.try_clone().expect("a third handle"))
        .status();
    let status = match status {
        Ok(status) => status,
        Err(error) => {
            panic!("{program}: {error}. Install it: apt-get install --no-install-recommends {package}")
        }
    };
    let mut words = Vec::new();
    output.rewind().expect("a file can be rewound");
    output.read_to_end(&mut words).expect("a file can be read");
    let words = String::from_utf8_lossy(&words).into_owned();
    assert!(
        status.success(),
        "{program} {} failed: {words}",
        arguments.join(" ")
    );
    words
}

/// A command that also finds programs in `/usr/sbin`, which is not on every user's path.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{path}:/usr/sbin:/sbin"));
    command
}

/// The user's id and group, as `uid:gid` for chown.
pub fn give_to(user: &str, package: &str, path: &Path) {
    run(
        "chown",
        package,
        &["-R", user, path.to_str().expect("our paths are ASCII")],
    );
}

/// Waits until `condition` gives something; looks again every few milliseconds.
///
/// # Panics
/// After `limit`, naming what was waited for.
pub fn wait_until<T>(what: &str, limit: Duration, mut condition: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = condition() {
            return found;
        }
        assert!(Instant::now() < end, "waited {limit:?} for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until a server greets on `port` of the loopback.
pub fn wait_for_port(port: u16, what: &str) {
    wait_until(what, Duration::from_secs(20), || {
        std::net::TcpStream::connect(("127.0.0.1", port)).ok()
    });
}
