//! A Chromium for the browser tests.

use crate::commands::{find, output, run, succeeds};
use crate::failure::{Failure, Result};
use crate::setup::{apt, npm};
use crate::{repo, say};
use std::env::var_os;
use std::path::{Path, PathBuf};
use std::process::Command;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The path of a browser that starts. Needs the npm packages.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(named) = var_os("CHROMIUM_PATH").map(PathBuf::from) {
        let unusable = || Failure::new(format!("CHROMIUM_PATH is set to {}, which does not start", named.display()));
        return if starts(&named) { Ok(named) } else { Err(unusable()) };
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    say::step("no Chromium found, which the browser tests drive");
    say::note("playwright install chromium");
    let download = run(Command::new(npm::program("playwright")).args(["install", "chromium"]));
    if let (Ok(()), Some(found)) = (download, installed()) {
        return Ok(found);
    }
    apt::install(&["chromium"])?;
    installed().ok_or_else(|| {
        Failure::new("Chromium was installed but does not start").remedy("set CHROMIUM_PATH to a Chromium that does")
    })
}

fn installed() -> Option<PathBuf> {
    let named = NAMES.iter().filter_map(|name| find(name)).find(|path| starts(path));
    named.or_else(|| downloaded().filter(|path| starts(path)))
}

/// Where Playwright puts the browser that it downloads.
fn downloaded() -> Option<PathBuf> {
    let ask = "console.log(require('playwright-core').chromium.executablePath())";
    let mut node = Command::new("node");
    output(node.current_dir(repo::end2end_dir()).args(["--eval", ask])).ok().map(PathBuf::from)
}

/// Only running it shows that its libraries are there too.
fn starts(browser: &Path) -> bool {
    succeeds(Command::new(browser).arg("--version"))
}
