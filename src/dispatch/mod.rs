//! EDGE. Outgoing mail: SMTP and Maildir. Every server's answer is closed into an enum of ours before anybody decides on it.
