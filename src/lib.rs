//! Estafette carries the correspondence between an energy supplier's After-Sales team and the customers whose
//! registrations are stuck.
//!
//! ```text
//! mailbox --raw--> [ledger] --> read --> match --> understand --> decide --> apply (one transaction)
//!   IMAP IDLE /      store        who,     which      what it       apply /     fields + events + letters
//!   poll, Maildir                 what     regis-     answers,      review /    + requeue; or review case
//!                                 kind     tration    with spans    ignore
//! ```
//!
//! Who may import whom (a test reads every `use crate::` line):
//!
//! - `registration` imports nothing of ours; `reading` may import `registration` (for languages and fields).
//! - `verification` and `contract` import `registration`; `letters` imports both `registration` and `contract`; `matching` and `understanding` import `registration` and `reading`;
//!   `decision` imports all of these. None of them is async, reads the clock, or draws a random number.
//! - the edges `attachments`, `mailbox`, `dispatch`, `store`, `web` import the pure modules, `config`, `clock`, `randomness`, `diagnosis` and `tls`; of the edges only
//!   `store` may be imported by another. `workers` join the rest.
//! - `demo` plays people around the running daemon; `app`, `commands` and `demo` see everything, and nothing else imports them.

pub mod app;
pub mod attachments;
pub mod calendar;
pub mod clock;
pub mod commands;
pub mod config;
pub mod contract;
pub mod crash;
pub mod decision;
pub mod demo;
pub mod diagnosis;
pub mod dispatch;
pub mod letters;
pub mod mailbox;
pub mod matching;
pub mod randomness;
pub mod reading;
pub mod registration;
pub mod store;
pub mod telemetry;
pub mod tls;
pub mod understanding;
pub mod verification;
pub mod web;
pub mod workers;
