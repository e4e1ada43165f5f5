//! A PostgreSQL of our own: one server a test process, on a free port of the loopback, a fresh database a test.
//!
//! A watchdog stops the server when the test process ends, however it ends: it waits for the end of a pipe that only the
//! test process holds.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::ports::Port;

/// How long the server may take to start on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// Where Debian puts the programs of each version.
const DEBIAN_PROGRAMS: &str = "/usr/lib/postgresql";

/// `$0` the server's folder, the rest its command line.
const WATCHDOG: &str = r#"
folder=$0
"$@" >"$folder/log" 2>&1 &
server=$!
read -r _
kill -QUIT "$server"
wait "$server"
rm -rf "$folder"
"#;

struct Server {
    port: Port,
    /// Held open as long as this process lives.
    _pipe: ChildStdin,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The URL of a fresh, empty database.
pub async fn database() -> String {
    let server = SERVER.get_or_init(start);
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let port = server.port.number;
    let mut connection = PgConnection::connect(&url(port, "postgres"))
        .await
        .expect("PostgreSQL answers");
    let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection
        .execute(create)
        .await
        .expect("a database can be created");
    url(port, &name)
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://estafette@127.0.0.1:{port}/{database}?sslmode=disable")
}

fn start() -> Server {
    let programs = programs();
    let user = user();
    let folder = tempfile::Builder::new()
        .prefix("estafette-postgres-")
        .tempdir()
        .expect("a temporary folder")
        // The watchdog removes it: a static is never dropped.
        .keep();
    if let Some(user) = user {
        chown(&folder, Some(user), None).expect("root may give the folder away");
    }
    let data = folder.join("data");
    let initdb = as_user(&programs.join("initdb"), user, &folder)
        .args([
            "--no-sync",
            "--auth=trust",
            "--username=estafette",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-D",
        ])
        .arg(&data)
        .output()
        .expect("initdb runs");
    assert!(
        initdb.status.success(),
        "initdb: {}",
        String::from_utf8_lossy(&initdb.stderr)
    );
    let port = Port::free();
    let pipe = start_server(&programs, user, &folder, &data, port.number);
    await_ready(&data, &folder);
    Server { port, _pipe: pipe }
}

#[expect(
    clippy::zombie_processes,
    reason = "the watchdog outlives this process, which never waits for it"
)]
fn start_server(programs: &Path, user: Option<u32>, folder: &Path, data: &Path, port: u16) -> ChildStdin {
    let mut watchdog = as_user(Path::new("/bin/sh"), user, folder)
        .arg("-c")
        .arg(WATCHDOG)
        .arg(folder)
        .arg(programs.join("postgres"))
        .arg("-D")
        .arg(data)
        .arg("-k")
        .arg(folder)
        .args([
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Who kills the group of the tests must not kill the one that cleans up after them.
        .process_group(0)
        .spawn()
        .expect("the watchdog starts");
    watchdog.stdin.take().expect("the pipe was asked for")
}

/// Waits until the server takes connections.
fn await_ready(data: &Path, folder: &Path) {
    let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
    let started = Instant::now();
    while started.elapsed() < START_TIMEOUT && !log().contains("FATAL:") {
        // The last line of the file says what the server does.
        let status = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        if status.lines().any(|line| line.trim() == "ready") {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("PostgreSQL did not start: {}", log());
}

/// The folder of the server's programs, of the newest version.
fn programs() -> PathBuf {
    let versions = fs::read_dir(DEBIAN_PROGRAMS).into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs.join("initdb").exists().then_some((version, programs))
        })
        .collect();
    folders.sort();
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
    };
    folders
        .pop()
        .map(|(_, programs)| programs)
        .or_else(on_path)
        .expect("PostgreSQL is missing: install Debian's package `postgresql`")
}

/// PostgreSQL refuses to run as root: then it runs as the user of Debian's package.
fn user() -> Option<u32> {
    let own = fs::metadata("/proc/self").expect("/proc is there").uid();
    if own != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let id = line.and_then(|line| line.split(':').nth(2)?.parse().ok());
    Some(id.expect("there is no user `postgres`: install Debian's package `postgresql`"))
}

fn as_user(program: &Path, user: Option<u32>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    // The folder of the tests may be closed to that user.
    command.current_dir(folder).stdin(Stdio::null());
    if let Some(user) = user {
        command.uid(user);
    }
    command
}
