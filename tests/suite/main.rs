//! The daemon from outside, against real servers; one file a trouble.

mod support;
