//! `cargo xtask lint`: everything a machine can say about the code without running it.

use crate::build::{SERVER_SIDE, cargo};
use crate::commands::{find, run, succeeds};
use crate::failure::{Failure, Result};
use crate::processes::check_interrupted;
use crate::setup::{npm, wasm_target};
use crate::{repo, say};
use std::path::PathBuf;
use std::process::Command;

/// What is checked, and how.
type Check = (&'static str, fn() -> Result);

/// Runs every check, also after one failed; fails if any did.
pub(crate) fn lint() -> Result {
    let checks: [Check; 6] = [
        ("formatting", formatting),
        ("clippy, the server's side", server_side),
        ("clippy, the browser's side", browser_side),
        ("dependencies", dependencies),
        ("npm packages", npm_packages),
        ("types of the browser tests", types),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        say::step(name);
        if let Err(failure) = check() {
            check_interrupted()?;
            eprintln!("error: {failure}");
            failed.push(name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::new(format!("not clean: {}", failed.join(" · ")))) }
}

fn formatting() -> Result {
    run(cargo().args(["fmt", "--all", "--check"])).map_err(|failure| failure.remedy("cargo fmt --all"))
}

fn server_side() -> Result {
    run(cargo().args(["clippy", "--all-targets"]).args(SERVER_SIDE).args(["--", "-D", "warnings"]))
}

fn browser_side() -> Result {
    let toolchain = wasm_target::ensure()?;
    let target_dir = repo::target_dir().join("wasm");
    let mut clippy = toolchain.cargo();
    clippy.args(["clippy", "-p", "frontend", "-p", "app", "--features", "app/hydrate"]);
    clippy.args(["--target", wasm_target::TARGET, "--target-dir"]).arg(target_dir);
    run(clippy.args(["--", "-D", "warnings"]))
}

/// Licences, sources and doubled versions; known vulnerabilities where their list can be fetched.
fn dependencies() -> Result {
    let deny = cargo_deny()?;
    let check = |what: &[&str]| {
        run(Command::new(&deny).current_dir(repo::root()).args(["check", "--hide-inclusion-graph"]).args(what))
    };
    check(&["bans", "licenses", "sources"])?;
    if succeeds(Command::new(&deny).current_dir(repo::root()).args(["fetch", "db"])) {
        return check(&["advisories"]);
    }
    say::note("NOT checked: known vulnerabilities. The RustSec advisory database cannot be fetched from here.");
    Ok(())
}

fn cargo_deny() -> Result<PathBuf> {
    if let Some(installed) = find("cargo-deny") {
        return Ok(installed);
    }
    let tools = repo::data_dir().join("tools");
    let ours = tools.join("bin/cargo-deny");
    if !ours.exists() {
        say::note("cargo install cargo-deny, once: takes some minutes");
        let mut install = cargo();
        install.args(["install", "cargo-deny", "--locked", "--quiet", "--root"]).arg(&tools);
        run(&mut install).map_err(|failure| failure.remedy("install cargo-deny another way and put it on PATH"))?;
    }
    Ok(ours)
}

/// Known vulnerabilities of the npm packages, where the registry says which there are. Nothing of them is shipped: they test,
/// and optimise the wasm.
fn npm_packages() -> Result {
    npm::ensure()?;
    // With this level it fails only where there is no answer.
    if succeeds(npm::npm().args(["audit", "--audit-level=none"])) {
        return run(npm::npm().args(["audit", "--audit-level=low"]));
    }
    say::note("NOT checked: known vulnerabilities of the npm packages. The registry that is set here offers no audit.");
    Ok(())
}

fn types() -> Result {
    npm::ensure()?;
    run(Command::new(npm::program("tsc")).current_dir(repo::end2end_dir()).arg("--noEmit"))
}
