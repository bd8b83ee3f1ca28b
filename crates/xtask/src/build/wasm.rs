//! The browser's script and wasm module.

use super::Optimised;
use super::programs::Programs;
use crate::commands::run;
use crate::failure::{Failure, Result};
use crate::setup::{npm, wasm_target};
use crate::{repo, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The two files, under the names wasm-bindgen gives them.
#[derive(Debug)]
pub(super) struct Bundle {
    /// The ES module that loads the other one.
    pub(super) script: PathBuf,
    /// The wasm module.
    pub(super) module: PathBuf,
}

/// Compiles the frontend and makes the two files. Optimising needs the npm packages.
pub(super) fn build(programs: &Programs, optimised: Optimised) -> Result<Bundle> {
    let toolchain = wasm_target::ensure()?;
    let profile = if optimised == Optimised::Yes { "wasm-release" } else { "wasm-dev" };
    say::step(format!("building the browser's part ({profile})"));
    // A folder of its own, because the two builds want different features of the same crates.
    let folder = repo::target_dir().join("wasm");
    let mut build = toolchain.cargo();
    build.args(["build", "-p", "frontend", "--target", wasm_target::TARGET, "--profile", profile, "--target-dir"]);
    run(build.arg(&folder))?;
    let compiled = folder.join(wasm_target::TARGET).join(profile).join("frontend.wasm");
    let bundled = folder.join("bundle").join(profile);
    let bundle = Bundle { script: bundled.join("frontend.js"), module: bundled.join("frontend_bg.wasm") };
    let sources = [compiled.as_path(), &programs.wasm_bundle];
    if !is_newer(&bundle.script, &sources) || !is_newer(&bundle.module, &sources) {
        run(Command::new(&programs.wasm_bundle).arg(&compiled).arg(&bundled))?;
    }
    refuse_snippets(&bundled)?;
    if optimised == Optimised::No { Ok(bundle) } else { shrink(bundle) }
}

fn shrink(bundle: Bundle) -> Result<Bundle> {
    let smaller = bundle.module.with_file_name("frontend_opt.wasm");
    if !is_newer(&smaller, &[&bundle.module]) {
        say::step("wasm-opt");
        npm::ensure()?;
        run(Command::new(npm::program("wasm-opt")).arg("-Oz").arg(&bundle.module).arg("--output").arg(&smaller))?;
    }
    Ok(Bundle { module: smaller, ..bundle })
}

/// Crates may ask for scripts of their own beside the module. None of ours does, and the names of such files are not
/// hashed, so that the server would tell browsers to keep them for good.
fn refuse_snippets(bundled: &Path) -> Result {
    if bundled.join("snippets").exists() {
        return Err(Failure::new(
            "a dependency of the frontend brings inline JavaScript, which the site does not serve",
        ));
    }
    Ok(())
}

/// Whether a file is there and was written after all of its sources.
fn is_newer(made: &Path, sources: &[&Path]) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    let made = written(made).unwrap_or(SystemTime::UNIX_EPOCH);
    sources.iter().all(|source| written(source).is_ok_and(|source| source <= made))
}
