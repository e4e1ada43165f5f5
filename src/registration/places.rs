//! Belgian postal codes, municipalities and localities: the tables of `data/`, compiled in.
