//! Composition root: builds the edges, starts the workers, waits for shutdown.
