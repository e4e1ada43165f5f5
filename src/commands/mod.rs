//! One file a subcommand.

pub mod read;
