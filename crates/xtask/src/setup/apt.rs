//! Debian's packages, the way out where the ordinary source of a tool cannot be reached.

use crate::commands::{find, output};
use crate::failure::{Failure, Result};
use crate::say;
use rustix::process::geteuid;
use std::process::Command;

/// Installs packages; fails with a remedy where this person or this system cannot.
pub(crate) fn install(packages: &[&str]) -> Result {
    let by_hand = format!("sudo apt-get install {}", packages.join(" "));
    if find("apt-get").is_none() {
        return Err(Failure::new(format!("{} is missing and this system has no apt-get", packages.join(" "))));
    }
    if !geteuid().is_root() {
        return Err(Failure::new(format!("{} is missing", packages.join(" "))).remedy(by_hand));
    }
    say::step(format!("apt-get install {}", packages.join(" ")));
    let install = || output(apt_get("install").arg("--no-install-recommends").args(packages));
    install()
        .or_else(|_| {
            // The lists of a fresh machine are empty or old.
            output(&mut apt_get("update"))?;
            install()
        })
        .map(drop)
        .map_err(|failure| failure.remedy(by_hand))
}

fn apt_get(action: &str) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args([action, "--yes"]);
    command
}
