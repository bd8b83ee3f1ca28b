//! How many tests passed, as each runner says it.

use crate::failure::{Failure, Result};
use serde_json::Value;
use std::fmt;
use std::ops::AddAssign;

/// What a test run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
    /// Of those that passed, how many did so at the second try only.
    pub(super) at_second_try: u64,
}

impl Counts {
    /// Adds what a line of `cargo test` says: `test result: ok. 10 passed; 0 failed; 1 ignored; …`
    pub(super) fn add_cargo_line(&mut self, line: &str) {
        let Some((_, results)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for result in results.split("; ") {
            match result.split_once(' ').map(|(number, word)| (number.parse::<u64>(), word)) {
                Some((Ok(number), "passed")) => self.passed += number,
                Some((Ok(number), "failed")) => self.failed += number,
                Some((Ok(number), "ignored")) => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Reads Playwright's JSON report.
    pub(super) fn from_playwright(report: &str) -> Result<Self> {
        let unreadable = || Failure::new("Playwright's report cannot be read");
        let report: Value = serde_json::from_str(report).map_err(|_| unreadable())?;
        let stat = |name: &str| report["stats"][name].as_u64().ok_or_else(unreadable);
        let at_second_try = stat("flaky")?;
        let passed = stat("expected")? + at_second_try;
        Ok(Self { passed, failed: stat("unexpected")?, skipped: stat("skipped")?, at_second_try })
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.at_second_try += other.at_second_try;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        // Whoever reads the line alone should know that there is something to look into.
        if self.at_second_try > 0 {
            write!(formatter, " ({} of the passed only at the second try)", self.at_second_try)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_line_of_cargo_is_added() {
        let mut counts = Counts::default();
        for line in [
            "test result: ok. 10 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.06s",
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.06s",
            "test a_test_named_failed ... ok",
        ] {
            counts.add_cargo_line(line);
        }
        assert_eq!(counts, Counts { passed: 12, failed: 3, skipped: 1, at_second_try: 0 });
    }

    #[test]
    fn a_browser_test_that_passed_at_the_second_try_is_told_apart() {
        let report = r#"{ "stats": { "expected": 4, "unexpected": 1, "flaky": 1, "skipped": 2, "duration": 1.5 } }"#;
        let counts = Counts::from_playwright(report).unwrap();
        assert_eq!(counts, Counts { passed: 5, failed: 1, skipped: 2, at_second_try: 1 });
        assert_eq!(counts.to_string(), "5 passed, 1 failed, 2 skipped (1 of the passed only at the second try)");
    }

    #[test]
    fn a_report_without_numbers_is_refused() {
        assert!(Counts::from_playwright("{}").is_err());
    }

    #[test]
    fn skipped_tests_are_told_only_if_there_are_any() {
        assert_eq!(Counts { passed: 2, ..Counts::default() }.to_string(), "2 passed, 0 failed");
        let counts = Counts { passed: 2, failed: 1, skipped: 3, ..Counts::default() };
        assert_eq!(counts.to_string(), "2 passed, 1 failed, 3 skipped");
    }
}
