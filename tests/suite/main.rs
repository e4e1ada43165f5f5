//! The daemon from outside, against real servers; one file a trouble.

mod api;
mod corpus;
mod desk;
mod hostile_messages;
mod letters;
mod mail_lab;
mod mail_programs;
mod mime_of_customers;
mod reading;
mod store_contract;
mod support;
