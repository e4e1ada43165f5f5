//! Arguments, then one call into [`estafette::commands`].

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    estafette::commands::run(estafette::commands::Arguments::parse())
}
