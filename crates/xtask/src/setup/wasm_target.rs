//! A compiler that can make wasm for the browser.

mod debian;

use crate::commands::{find, output, run};
use crate::failure::Result;
use crate::{repo, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The browser's target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A cargo and the compiler it uses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// What `cargo` means in this folder.
    Ordinary,
    /// Debian's pair in `/usr/bin`.
    Debian,
}

impl Toolchain {
    /// This toolchain's cargo, to run in the working copy.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = match self {
            Self::Ordinary => Command::new("cargo"),
            Self::Debian => debian::cargo(),
        };
        // Queries are checked against .sqlx, never against a database that happens to be named in the environment.
        cargo.current_dir(repo::root()).env("SQLX_OFFLINE", "true");
        cargo
    }

    fn has_target(&self) -> bool {
        let mut rustc = match self {
            Self::Ordinary => Command::new("rustc"),
            Self::Debian => debian::rustc(),
        };
        let folder = output(rustc.args(["--print", "target-libdir", "--target", TARGET]));
        folder.is_ok_and(|folder| has_standard_library(Path::new(&folder)))
    }
}

/// Finds a compiler with the target, or gives one the target.
pub(crate) fn ensure() -> Result<Toolchain> {
    if Toolchain::Ordinary.has_target() {
        return Ok(Toolchain::Ordinary);
    }
    if debian::is_new_enough() && Toolchain::Debian.has_target() {
        return Ok(Toolchain::Debian);
    }
    say::step(format!("the Rust compiler lacks {TARGET}, which the browser's part is compiled for"));
    if add_with_rustup() {
        return Ok(Toolchain::Ordinary);
    }
    debian::install().map_err(|failure| {
        failure.remedy(format!("rustup target add {TARGET}, or your distribution's package of Rust's {TARGET} library"))
    })?;
    Ok(Toolchain::Debian)
}

fn add_with_rustup() -> bool {
    if find("rustup").is_none() {
        return false;
    }
    say::note(format!("rustup target add {TARGET}"));
    run(Command::new("rustup").args(["target", "add", TARGET])).is_ok() && Toolchain::Ordinary.has_target()
}

fn has_standard_library(folder: &Path) -> bool {
    libraries(folder).iter().any(|path| file_name(path).starts_with("libstd-"))
}

/// The compiled Rust libraries in a folder; none where there is no folder.
fn libraries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "rlib")).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
