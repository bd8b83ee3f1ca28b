//! Progress, on the standard error stream; the standard output is kept for what scripts read.

use std::fmt::Display;

/// Says what is about to be done, and why.
pub(crate) fn step(text: impl Display) {
    eprintln!("» {text}");
}

/// Says something worth knowing about the step before.
pub(crate) fn note(text: impl Display) {
    eprintln!("  {text}");
}
