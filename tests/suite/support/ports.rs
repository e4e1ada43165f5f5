//! Free loopback ports, held for as long as a test needs them, against tests in other processes too.

use std::fs::{self, File};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the range the kernel gives to outgoing connections, so that none of those takes a port between two restarts.
const PORT_FIRST: u16 = 20_000;
const PORT_LAST: u16 = 31_999;

static NEXT_OFFSET: AtomicU16 = AtomicU16::new(0);

/// A port of 127.0.0.1 that nobody else of the suite uses while this lives.
#[derive(Debug)]
pub struct Port {
    pub number: u16,
    _lock: File,
}

impl Port {
    /// Finds a port that is free now and locks it for this process.
    pub fn free() -> Port {
        let folder = std::env::temp_dir().join("estafette-test-ports");
        fs::create_dir_all(&folder).expect("the temporary folder takes a folder for port locks");
        let span = PORT_LAST - PORT_FIRST + 1;
        let start = (std::process::id() % u32::from(span)) as u16;
        for _ in 0..span {
            let offset = NEXT_OFFSET.fetch_add(1, Ordering::Relaxed);
            let number = PORT_FIRST + (start.wrapping_mul(37).wrapping_add(offset)) % span;
            let lock = File::create(folder.join(number.to_string())).expect("a port lock can be made");
            if lock.try_lock().is_ok() && TcpListener::bind(("127.0.0.1", number)).is_ok() {
                return Port { number, _lock: lock };
            }
        }
        panic!("no free port between {PORT_FIRST} and {PORT_LAST}");
    }
}

impl std::fmt::Display for Port {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.number.fmt(f)
    }
}
