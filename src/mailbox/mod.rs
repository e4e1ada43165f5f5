//! EDGE. Incoming mail: IMAP and Maildir. Raw bytes go to the store before the mailbox is told.
