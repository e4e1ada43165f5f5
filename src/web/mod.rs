//! EDGE.
