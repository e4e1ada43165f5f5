//! What the tests share.
#![allow(dead_code, reason = "each test uses its part of the lab")]

pub mod certificates;
pub mod chromium;
pub mod customer;
pub mod daemon;
pub mod dovecot;
pub mod lab;
pub mod mailbox;
pub mod place;
pub mod policy;
pub mod ports;
pub mod postfix;
pub mod postgres;
pub mod sink;
pub mod store;
pub mod web;
pub mod wire;
