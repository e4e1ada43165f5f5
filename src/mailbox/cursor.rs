//! PURE. Which messages of a mailbox are due, and how far everything is done.
//!
//! The cursor in the store says: every UID up to this one was kept. One message that cannot be kept holds the stored cursor
//! back, but not the others: what is done above it is remembered here and, after a restart, fetched again and known.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::backoff::Waiting;
use crate::store::MailboxCursor;

/// How a mailbox relates to what we remember of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Never read before.
    First,
    Continued,
    /// Another UIDVALIDITY: the UIDs mean other messages now (RFC 3501, 2.3.1.1), all are fetched again.
    Renumbered,
}

/// How far one mailbox is read, in memory.
#[derive(Debug, Clone)]
pub struct Progress {
    uid_validity: u32,
    /// Every UID up to this one is done.
    last_uid: u32,
    /// Done, but with an undone one below.
    done: BTreeSet<u32>,
    waiting: Waiting<u32>,
}

impl Progress {
    /// Takes up where the stored cursor stands, if it is of this UIDVALIDITY.
    pub fn open(stored: Option<MailboxCursor>, uid_validity: u32) -> (Progress, Opened) {
        let (last_uid, opened) = match stored {
            None => (0, Opened::First),
            Some(cursor) if cursor.uid_validity == uid_validity => (cursor.last_uid, Opened::Continued),
            Some(_) => (0, Opened::Renumbered),
        };
        let progress = Progress {
            uid_validity,
            last_uid,
            done: BTreeSet::new(),
            waiting: Waiting::default(),
        };
        (progress, opened)
    }

    pub fn uid_validity(&self) -> u32 {
        self.uid_validity
    }

    /// The lowest UID to ask the server for. None when the mailbox has used its last UID.
    pub fn first_wanted(&self) -> Option<u32> {
        self.last_uid.checked_add(1)
    }

    /// Of the UIDs that the mailbox holds, those to fetch now, in order. The server may list too many: `UID FETCH n:*` always
    /// gives the last message.
    pub fn due(&self, listed: &[u32], now: Timestamp) -> Vec<u32> {
        let wanted: BTreeSet<u32> = listed.iter().copied().filter(|uid| self.is_open(*uid)).collect();
        wanted
            .into_iter()
            .filter(|uid| self.waiting.is_due(uid, now))
            .collect()
    }

    fn is_open(&self, uid: u32) -> bool {
        uid > self.last_uid && !self.done.contains(&uid)
    }

    /// Kept in the store, and the mailbox was told.
    pub fn done(&mut self, uid: u32) {
        self.waiting.succeeded(&uid);
        if uid > self.last_uid {
            self.done.insert(uid);
        }
    }

    /// Could not be fetched or kept; gives how often that was so in a row.
    pub fn failed(&mut self, uid: u32, now: Timestamp, jitter: f64) -> u32 {
        self.waiting.failed(uid, now, jitter)
    }

    /// Moves the cursor up to just below the first listed UID that is not done; gives it when it moved. `listed` is what the
    /// mailbox holds from [`Progress::first_wanted`] on: a UID that is not in it is gone and waits for nobody.
    pub fn advance(&mut self, listed: &[u32]) -> Option<MailboxCursor> {
        let listed: BTreeSet<u32> = listed
            .iter()
            .copied()
            .filter(|uid| *uid > self.last_uid)
            .collect();
        self.waiting.retain(|uid| listed.contains(uid));
        let first_open = listed.iter().copied().find(|uid| !self.done.contains(uid));
        let reached = match first_open {
            Some(uid) => uid - 1,
            None => listed.last().copied().unwrap_or(self.last_uid),
        };
        if reached <= self.last_uid {
            return None;
        }
        self.last_uid = reached;
        self.done.retain(|uid| *uid > reached);
        Some(MailboxCursor {
            uid_validity: self.uid_validity,
            last_uid: reached,
        })
    }

    /// How many messages could not be fetched or kept yet.
    pub fn troubled(&self) -> usize {
        self.waiting.len()
    }

    /// When the first of those is tried again.
    pub fn next_retry(&self) -> Option<Timestamp> {
        self.waiting.next()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const MIDDLE: f64 = 0.5;

    fn at(last_uid: u32) -> Progress {
        Progress::open(
            Some(MailboxCursor {
                uid_validity: 1,
                last_uid,
            }),
            1,
        )
        .0
    }

    #[test]
    fn another_uid_validity_begins_anew() {
        let stored = MailboxCursor {
            uid_validity: 1,
            last_uid: 40,
        };
        let (progress, opened) = Progress::open(Some(stored.clone()), 2);
        assert_eq!((progress.first_wanted(), opened), (Some(1), Opened::Renumbered));
        let (progress, opened) = Progress::open(Some(stored), 1);
        assert_eq!((progress.first_wanted(), opened), (Some(41), Opened::Continued));
        assert_eq!(Progress::open(None, 1).1, Opened::First);
    }

    #[test]
    fn the_last_message_that_a_server_always_lists_is_not_new() {
        assert!(at(40).due(&[40], NOW).is_empty());
        assert_eq!(at(40).due(&[42, 41, 40], NOW), [41, 42]);
    }

    #[test]
    fn a_message_that_fails_holds_the_cursor_but_not_the_others() {
        let mut progress = at(0);
        let listed = [1, 2, 3];
        progress.done(1);
        progress.failed(2, NOW, MIDDLE);
        progress.done(3);
        assert_eq!(progress.advance(&listed).map(|cursor| cursor.last_uid), Some(1));
        assert!(progress.due(&listed, NOW).is_empty(), "3 is done, 2 waits");
        assert_eq!(progress.due(&listed, NOW + SignedDuration::from_secs(2)), [2]);
        progress.done(2);
        assert_eq!(progress.advance(&listed).map(|cursor| cursor.last_uid), Some(3));
        assert_eq!(progress.troubled(), 0);
    }

    #[test]
    fn a_message_that_was_deleted_meanwhile_holds_nothing() {
        let mut progress = at(0);
        progress.failed(1, NOW, MIDDLE);
        progress.done(2);
        assert_eq!(progress.advance(&[2]).map(|cursor| cursor.last_uid), Some(2));
        assert_eq!(progress.troubled(), 0);
    }

    #[test]
    fn the_highest_uid_does_not_overflow() {
        let mut progress = at(u32::MAX - 1);
        progress.done(u32::MAX);
        assert_eq!(
            progress.advance(&[u32::MAX]).map(|cursor| cursor.last_uid),
            Some(u32::MAX)
        );
        assert_eq!(progress.first_wanted(), None);
    }

    proptest! {
        /// Whatever is listed, done and failed in whatever order: no listed message at or below the cursor is undone.
        #[test]
        fn the_cursor_never_passes_an_undone_message(
            mailbox in prop::collection::btree_set(1_u32..40, 0..20),
            steps in prop::collection::vec((1_u32..40, any::<bool>(), any::<bool>()), 0..60),
        ) {
            let listed: Vec<u32> = mailbox.iter().copied().collect();
            let mut progress = Progress::open(None, 1).0;
            let mut kept = BTreeSet::new();
            let mut cursor = 0;
            for (uid, works, advances) in steps {
                if mailbox.contains(&uid) {
                    if works {
                        kept.insert(uid);
                        progress.done(uid);
                    } else if !kept.contains(&uid) {
                        progress.failed(uid, NOW, MIDDLE);
                    }
                }
                if advances && let Some(moved) = progress.advance(&listed) {
                    prop_assert!(moved.last_uid > cursor);
                    cursor = moved.last_uid;
                }
                prop_assert!(listed.iter().filter(|uid| **uid <= cursor).all(|uid| kept.contains(uid)));
                let due = progress.due(&listed, Timestamp::MAX);
                prop_assert!(due.iter().all(|uid| !kept.contains(uid)));
                prop_assert_eq!(due.len(), mailbox.len() - kept.len());
            }
        }
    }
}
