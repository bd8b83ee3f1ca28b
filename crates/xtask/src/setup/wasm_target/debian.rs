//! Debian's Rust, for machines that reach a Debian mirror but not rustup's server.
//!
//! Debian ships a recent compiler and the sources of the standard library, but no compiled one for wasm. So it is
//! compiled here, once, and put where the compiler looks for it. Compiler and library must be of one version, which is
//! why the ordinary toolchain's compiler cannot use it.

use super::{TARGET, file_name, libraries};
use crate::commands::{output, run};
use crate::failure::{Context, Failure, Result};
use crate::setup::apt;
use crate::{repo, say};
use std::env::var_os;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
/// `lld` brings the linker that Debian's compiler looks for under the name `rust-lld`.
const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
/// The crate whose build compiles the standard library.
const CARRIER: &str = "carrier";

/// Debian's compiler.
pub(super) fn rustc() -> Command {
    without_other_toolchain(RUSTC)
}

/// Debian's cargo with Debian's compiler.
pub(super) fn cargo() -> Command {
    let mut command = without_other_toolchain(CARGO);
    let path = var_os("PATH").unwrap_or_default();
    // For `cargo clippy`, which looks for its parts on PATH.
    let debian_first = ["/usr/bin:".into(), path].into_iter().collect::<OsString>();
    command.env("RUSTC", RUSTC).env("PATH", debian_first);
    command
}

/// Whether Debian's compiler is there and can compile this workspace.
pub(super) fn is_new_enough() -> bool {
    let version = Path::new(RUSTC).exists().then(|| output(rustc().arg("--version")).ok()).flatten();
    version.is_some_and(|version| minor(&version) >= minor(concat!("rustc ", env!("CARGO_PKG_RUST_VERSION"))))
}

/// Installs Debian's compiler and gives it the target.
pub(super) fn install() -> Result {
    apt::install(&PACKAGES)?;
    if !is_new_enough() {
        return Err(Failure::new("the Rust compiler in Debian's packages is too old for this project"));
    }
    say::step(format!("compiling Rust's standard library for {TARGET} with Debian's compiler, once"));
    let folder = repo::target_dir().join("wasm-std");
    write_carrier(&folder)?;
    let mut build = cargo();
    build.current_dir(&folder).env("RUSTC_BOOTSTRAP", "1").env_remove("CARGO_TARGET_DIR");
    build.args(["build", "--quiet", "--release", "-Zbuild-std=std,panic_abort", "--target", TARGET]);
    run(&mut build)?;
    publish(&folder.join("target").join(TARGET).join("release/deps"))
}

fn write_carrier(folder: &Path) -> Result {
    let manifest = format!("[package]\nname = \"{CARRIER}\"\nedition = \"2024\"\n\n[workspace]\n");
    let doing = || format!("writing to {}", folder.display());
    fs::create_dir_all(folder.join("src")).context(doing())?;
    fs::write(folder.join("Cargo.toml"), manifest).context(doing())?;
    fs::write(folder.join("src/lib.rs"), "").context(doing())
}

/// Puts the compiled libraries where the compiler looks for them.
fn publish(built: &Path) -> Result {
    let destination = PathBuf::from(output(rustc().args(["--print", "target-libdir", "--target", TARGET]))?);
    let doing = || format!("copying the standard library to {}", destination.display());
    fs::create_dir_all(&destination).context(doing())?;
    for library in libraries(built).iter().filter(|path| !file_name(path).starts_with(&format!("lib{CARRIER}-"))) {
        fs::copy(library, destination.join(file_name(library))).context(doing())?;
    }
    Ok(())
}

/// `cargo run` names its own toolchain in the environment of what it starts.
fn without_other_toolchain(program: &str) -> Command {
    let mut command = Command::new(program);
    for variable in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "LD_LIBRARY_PATH"] {
        command.env_remove(variable);
    }
    command
}

/// The number after the first dot: 96 of `rustc 1.96.0 (…)`.
fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_minor_number() {
        assert_eq!(minor("rustc 1.96.0 (Debian 1.96.0+dfsg1)"), 96);
        assert!(minor("rustc 1.100.0") > minor("rustc 1.95"));
        assert_eq!(minor("something else"), 0);
    }
}
