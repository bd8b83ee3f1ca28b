//! Node.js and the npm packages of `end2end`: Playwright for the browser tests, binaryen to optimise the wasm.

use crate::commands::{find, output, run, succeeds};
use crate::failure::{Failure, Result};
use crate::setup::apt;
use crate::{repo, say};
use std::path::PathBuf;
use std::process::Command;

/// The oldest Node.js that the packages accept.
const OLDEST_NODE: u32 = 20;

/// Installs the packages exactly as locked, unless they are there.
pub(crate) fn ensure() -> Result {
    ensure_node()?;
    // Compares what is in node_modules with the lock file.
    if succeeds(npm().args(["ls", "--all"])) {
        return Ok(());
    }
    say::step("npm ci: Playwright, axe and binaryen for the browser tests and the optimised wasm");
    run(npm().arg("ci").arg("--no-fund").arg("--no-audit"))
}

/// A program that one of the packages brought.
pub(crate) fn program(name: &str) -> PathBuf {
    repo::end2end_dir().join("node_modules/.bin").join(name)
}

fn ensure_node() -> Result {
    if find("node").is_none() || find("npm").is_none() {
        say::step("Node.js is missing; the browser tests and wasm-opt need it");
        apt::install(&["nodejs", "npm"])?;
    }
    let version = output(Command::new("node").arg("--version"))?;
    if major(&version) < OLDEST_NODE {
        let failure = Failure::new(format!("Node.js {version} is too old: {OLDEST_NODE} or newer is needed"));
        return Err(failure.remedy("install a newer Node.js and put it first on PATH"));
    }
    Ok(())
}

/// `npm` in the folder of the browser tests.
pub(crate) fn npm() -> Command {
    let mut command = Command::new("npm");
    command.current_dir(repo::end2end_dir()).arg("--loglevel=error");
    command
}

/// The first number: 20 of `v20.11.1`.
fn major(version: &str) -> u32 {
    version.trim_start_matches('v').split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.11.1"), 20);
        assert_eq!(major("unexpected"), 0);
    }
}
