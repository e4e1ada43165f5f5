//! One file a subcommand.

pub mod eval;
pub mod interpret;
pub mod read;
