//! `cargo xtask build`: what an installation runs.

use super::{Optimised, programs, site};
use crate::failure::Result;

/// Builds the optimised server and what it sends to browsers, and prints where they are.
pub(crate) fn build() -> Result {
    let programs = programs::build(Optimised::Yes)?;
    let site = site::build(&programs, Optimised::Yes)?;
    println!("server: {}", programs.server.display());
    println!("site: {}", site.display());
    Ok(())
}
