//! Building the server, the stand-in marketplace and what the browser loads.

mod css;
pub(crate) mod programs;
pub(crate) mod shipped;
pub(crate) mod site;
mod wasm;

use crate::setup::wasm_target::Toolchain;
use std::process::Command;

/// How much the compiler and wasm-opt try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Optimised {
    /// Quick to build.
    No,
    /// Quick to run and small to load.
    Yes,
}

/// Everything but the browser's part, as arguments of cargo. The frontend wants other features of the same crates.
pub(crate) const SERVER_SIDE: [&str; 3] = ["--workspace", "--exclude=frontend", "--features=app/ssr"];

/// A `cargo` command in the working copy.
pub(crate) fn cargo() -> Command {
    Toolchain::Ordinary.cargo()
}
