//! PURE. How long to wait after the n-th failure in a row, and what waits.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Between two attempts to connect.
pub const RECONNECT: Backoff = Backoff {
    first: Duration::from_secs(1),
    max: Duration::from_secs(300),
};
/// Between two attempts for one message that could not be fetched or kept. The first is short: most often the connection broke.
pub const MESSAGE: Backoff = Backoff {
    first: Duration::from_secs(1),
    max: Duration::from_secs(3600),
};

/// Waits that double from `first` to `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    pub first: Duration,
    pub max: Duration,
}

impl Backoff {
    /// The wait after `failures` (1 or more) in a row; `jitter` in 0..1 spreads it over 80 to 120 %.
    pub fn wait(&self, failures: u32, jitter: f64) -> Duration {
        let factor = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
        let wait = self.first.saturating_mul(factor).min(self.max);
        wait.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0))
    }

    pub fn next(&self, failures: u32, jitter: f64, now: Timestamp) -> Timestamp {
        let wait = SignedDuration::try_from(self.wait(failures, jitter)).unwrap_or(SignedDuration::MAX);
        now.checked_add(wait).unwrap_or(Timestamp::MAX)
    }
}

/// Things that failed and wait for their next attempt.
#[derive(Debug, Clone)]
pub struct Waiting<K> {
    entries: BTreeMap<K, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    failures: u32,
    next: Timestamp,
}

impl<K> Default for Waiting<K> {
    fn default() -> Waiting<K> {
        Waiting {
            entries: BTreeMap::new(),
        }
    }
}

impl<K: Ord> Waiting<K> {
    /// Notes a failure; gives how many there were in a row.
    pub fn failed(&mut self, key: K, now: Timestamp, jitter: f64) -> u32 {
        let entry = self.entries.entry(key).or_insert(Entry {
            failures: 0,
            next: now,
        });
        entry.failures = entry.failures.saturating_add(1);
        entry.next = MESSAGE.next(entry.failures, jitter, now);
        entry.failures
    }

    pub fn succeeded(&mut self, key: &K) {
        self.entries.remove(key);
    }

    /// Whether it may be tried now; what never failed may.
    pub fn is_due(&self, key: &K, now: Timestamp) -> bool {
        self.entries.get(key).is_none_or(|entry| entry.next <= now)
    }

    /// When the first of them is due.
    pub fn next(&self) -> Option<Timestamp> {
        self.entries.values().map(|entry| entry.next).min()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets what is not there any more.
    pub fn retain(&mut self, is_there: impl Fn(&K) -> bool) {
        self.entries.retain(|key, _| is_there(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap_and_never_overflow() {
        let seconds: Vec<u64> = (1..12)
            .map(|failures| RECONNECT.wait(failures, 0.5).as_secs())
            .collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(RECONNECT.wait(u32::MAX, 1.0), Duration::from_secs(360));
        assert_eq!(RECONNECT.wait(0, 0.0), Duration::from_millis(800));
        assert_eq!(RECONNECT.next(1, 0.5, Timestamp::MAX), Timestamp::MAX);
    }

    #[test]
    fn what_failed_waits_longer_each_time_and_what_succeeded_is_forgotten() {
        let now = Timestamp::UNIX_EPOCH;
        let mut waiting = Waiting::default();
        assert!(waiting.is_due(&7, now));
        assert_eq!(waiting.failed(7, now, 0.5), 1);
        assert!(!waiting.is_due(&7, now));
        assert!(waiting.is_due(&7, now + SignedDuration::from_secs(1)));
        assert_eq!(waiting.failed(7, now, 0.5), 2);
        assert_eq!(waiting.next(), Some(now + SignedDuration::from_secs(2)));
        waiting.succeeded(&7);
        assert!(waiting.is_empty() && waiting.is_due(&7, now));
    }
}
