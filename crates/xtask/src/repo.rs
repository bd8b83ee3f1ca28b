//! Where things are in the working copy.

use std::env::var_os;
use std::path::PathBuf;

/// The root of the working copy.
pub(crate) fn root() -> PathBuf {
    // Set by `cargo run`; the second path serves a binary that is started by itself.
    let manifest_dir = var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest_dir.ancestors().nth(2).map_or(manifest_dir.clone(), PathBuf::from)
}

/// Cargo's output folder.
pub(crate) fn target_dir() -> PathBuf {
    root().join(var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// What the commands keep between two runs: the private Postgres, logs, the secret key.
pub(crate) fn data_dir() -> PathBuf {
    root().join(".data")
}

/// The browser tests and the npm packages.
pub(crate) fn end2end_dir() -> PathBuf {
    root().join("end2end")
}
