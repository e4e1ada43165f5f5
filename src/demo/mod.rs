//! PURE. The people of `estafette demo`: invented registrations, how their customers answer, what their distributors
//! decide. The command that runs them is an edge; this room draws nothing from the clock or from chance.
//!
//! Everything here is invented: the people, the companies, the addresses at `.example`. The numbers are valid by their
//! check digits and may therefore belong to somebody: they never leave the demo.

pub mod dice;
pub mod names;
pub mod samples;

pub use dice::Dice;
pub use samples::{Breakage, DistributorAnswer, Sample, Scenario, samples};
