//! The daemon from outside, against real servers; one file a trouble.

mod api;
mod mail_lab;
mod reading;
mod store_contract;
mod support;
