//! The programs that run on this machine.

use super::{Optimised, cargo};
use crate::commands::run;
use crate::failure::Result;
use crate::{repo, say};
use std::path::PathBuf;

/// The built programs.
#[derive(Debug)]
pub(crate) struct Programs {
    /// Seatboard.
    pub(crate) server: PathBuf,
    /// The stand-in marketplace.
    pub(crate) simulator: PathBuf,
    /// Makes the browser's files out of compiled wasm. Never optimised: that would take longer than it runs.
    pub(super) wasm_bundle: PathBuf,
}

/// Builds the programs.
pub(crate) fn build(optimised: Optimised) -> Result<Programs> {
    let debug = repo::target_dir().join("debug");
    let wasm_bundle = debug.join("wasm-bundle");
    if optimised == Optimised::No {
        say::step("building the server and the stand-in marketplace");
        run(cargo().args(["build", "-p", "server", "-p", "marketplace-sim", "-p", "wasm-bundle"]))?;
        return Ok(Programs { server: debug.join("server"), simulator: debug.join("marketplace-sim"), wasm_bundle });
    }
    say::step("building the server and the stand-in marketplace, optimised");
    run(cargo().args(["build", "-p", "wasm-bundle"]))?;
    run(cargo().args(["build", "--release", "-p", "server", "-p", "marketplace-sim"]))?;
    let release = repo::target_dir().join("release");
    Ok(Programs { server: release.join("server"), simulator: release.join("marketplace-sim"), wasm_bundle })
}
