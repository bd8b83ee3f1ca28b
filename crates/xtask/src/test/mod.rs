//! `cargo xtask test`: every test of every kind, and one closing line that counts them all.

mod browser;
mod counts;
mod rust;
mod told;

use crate::cli::{Stage, TestOptions};
use crate::failure::{Failure, Result};
use crate::processes::check_interrupted;
use counts::Counts;

/// Runs the tests; fails if any failed.
pub(crate) fn test(options: &TestOptions) -> Result {
    let filter = options.filter.as_deref();
    let wanted = |stage| options.only.is_none_or(|only| only == stage);
    let mut counts = Counts::default();
    if wanted(Stage::Rust) {
        counts += counted(rust::run(filter))?;
        // A name selects tests; the check of .sqlx has none.
        if filter.is_none() {
            counts += counted(rust::queries_are_fresh())?;
        }
    }
    if wanted(Stage::Browser) {
        counts += counted(browser::run(filter))?;
    }
    println!("{counts}");
    match counts {
        Counts { failed: 0, passed: 0, .. } => Err(Failure::new("no test has this in its name")),
        Counts { failed: 0, .. } => Ok(()),
        Counts { failed, .. } => Err(Failure::new(format!("{failed} failed"))),
    }
}

/// What stops one stage, such as code that does not compile, counts as a failed test, so that the others still run.
fn counted(stage: Result<Counts>) -> Result<Counts> {
    check_interrupted()?;
    match stage {
        Err(failure @ Failure::Failed { .. }) => {
            eprintln!("error: {failure}");
            Ok(Counts { failed: 1, ..Counts::default() })
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_breaks_counts_as_one_failed_test() {
        assert_eq!(counted(Err(Failure::new("it does not compile"))).unwrap().failed, 1);
    }

    #[test]
    fn an_interruption_is_not_a_failed_test() {
        assert!(matches!(counted(Err(Failure::Interrupted)), Err(Failure::Interrupted)));
    }
}
