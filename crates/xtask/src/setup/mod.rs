//! What a machine needs before anything can be built or started.
//!
//! Each module looks at the real thing (does the compiler have the target? does the program run?), does nothing when
//! it is there, otherwise tries the ordinary way first, then Debian's packages, and ends with a remedy.

mod apt;
pub(crate) mod chromium;
pub(crate) mod npm;
pub(crate) mod postgres;
pub(crate) mod wasm_target;

use crate::failure::Result;
use crate::say;

/// Installs everything that any command needs.
pub(crate) fn everything() -> Result {
    wasm_target::ensure()?;
    postgres::ensure(None)?;
    npm::ensure()?;
    let browser = chromium::ensure()?;
    say::step(format!("nothing is missing (browser: {})", browser.display()));
    Ok(())
}
