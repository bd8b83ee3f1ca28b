//! The programs that run on this machine.

use super::{Optimised, SERVER_SIDE, cargo};
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

impl Programs {
    fn debug() -> Self {
        let folder = repo::target_dir().join("debug");
        let program = |name| folder.join(name);
        Self { server: program("server"), simulator: program("marketplace-sim"), wasm_bundle: program("wasm-bundle") }
    }
}

/// Builds the programs.
pub(crate) fn build(optimised: Optimised) -> Result<Programs> {
    if optimised == Optimised::No {
        say::step("building the server and the stand-in marketplace");
        run(cargo().args(["build", "-p", "server", "-p", "marketplace-sim", "-p", "wasm-bundle"]))?;
        return Ok(Programs::debug());
    }
    say::step("building the server and the stand-in marketplace, optimised");
    run(cargo().args(["build", "-p", "wasm-bundle"]))?;
    run(cargo().args(["build", "--release", "-p", "server", "-p", "marketplace-sim"]))?;
    let release = repo::target_dir().join("release");
    Ok(Programs { server: release.join("server"), simulator: release.join("marketplace-sim"), ..Programs::debug() })
}

/// Builds the programs the way `cargo test` does, which leaves nothing to do for whichever of the two comes second.
/// Built by themselves they lack what only tests depend on, and cargo would compile most dependencies once more.
pub(crate) fn build_with_tests() -> Result<Programs> {
    say::step("building the programs and the tests");
    run(cargo().args(["build", "--bins", "--tests"]).args(SERVER_SIDE))?;
    Ok(Programs::debug())
}
