//! The daemon from outside, against real servers; one file a trouble.

mod api;
mod architecture;
mod attachments;
mod corpus;
mod crash;
mod demo;
mod desk;
mod hostile_messages;
mod imap_connection;
mod imap_watch;
mod journey;
mod letters;
mod mail_lab;
mod mail_programs;
mod maildir_watch;
mod mime_of_customers;
mod one_bad_thing;
mod operator;
mod own_text;
mod properties;
mod reading;
mod replies;
mod robots;
mod smtp_delivery;
mod store_contract;
mod support;
