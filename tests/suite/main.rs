//! The daemon from outside, against real servers; one file a trouble.

mod mail_lab;
mod reading;
mod store_contract;
mod support;
