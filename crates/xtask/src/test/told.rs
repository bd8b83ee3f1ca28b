//! What `cargo test` tells, line by line.

use super::counts::Counts;
use std::collections::BTreeSet;

/// More failures than this are no accident, and nobody waits for them a second time.
const MOST_ACCIDENTS: usize = 5;

/// What a run of `cargo test` told.
#[derive(Debug, Default)]
pub(super) struct Told {
    counts: Counts,
    passed: BTreeSet<String>,
    failed: BTreeSet<String>,
    /// Test programs that began and have not said how they ended.
    unfinished: u64,
}

impl Told {
    /// Takes one line of it.
    pub(super) fn add(&mut self, line: &str) {
        self.counts.add_cargo_line(line);
        if is_beginning(line) {
            self.unfinished += 1;
        } else if line.starts_with("test result: ") {
            self.unfinished = self.unfinished.saturating_sub(1);
        } else if let Some((name, result)) = line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... ")) {
            match result {
                "ok" => self.passed.insert(name.to_owned()),
                "FAILED" => self.failed.insert(name.to_owned()),
                _ => false,
            };
        }
    }

    /// The counts; a test program that broke off is one more failure.
    pub(super) fn counts(&self) -> Counts {
        Counts { failed: self.counts.failed + self.unfinished, ..self.counts }
    }

    /// The tests that may be tried again: none where it is not certain that they are all that went wrong.
    pub(super) fn to_try_again(&self) -> Vec<&str> {
        let all_named = self.counts.failed == self.failed.len() as u64;
        if self.unfinished > 0 || !all_named || self.failed.len() > MOST_ACCIDENTS {
            return Vec::new();
        }
        self.failed.iter().map(String::as_str).collect()
    }

    /// The counts of this run after `second` has tried its failed tests again.
    pub(super) fn counts_after(&self, second: &Self) -> Counts {
        let mut counts = self.counts();
        let passes_now = |name: &&String| second.passed.contains(*name) && !second.failed.contains(*name);
        let accidents = self.failed.iter().filter(passes_now).count() as u64;
        counts.failed -= accidents;
        counts.passed += accidents;
        counts.at_second_try += accidents;
        // What broke off may have been any of them.
        counts.failed += second.unfinished;
        counts
    }
}

/// `running 12 tests`
fn is_beginning(line: &str) -> bool {
    let number = line.strip_prefix("running ").and_then(|rest| rest.split_once(" test"));
    number.is_some_and(|(number, _)| number.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Told {
        let mut told = Told::default();
        for line in lines {
            told.add(line);
        }
        told
    }

    const ONE_FAILED: [&str; 4] = [
        "running 2 tests",
        "test a::holds ... ok",
        "test b::holds ... FAILED",
        "test result: FAILED. 1 passed; 1 failed",
    ];

    #[test]
    fn a_test_that_passes_at_the_second_try_is_counted_apart() {
        let first = told(&ONE_FAILED);
        assert_eq!(first.to_try_again(), ["b::holds"]);
        let second = told(&["running 1 test", "test b::holds ... ok", "test result: ok. 1 passed; 0 failed"]);
        let counts = first.counts_after(&second);
        assert_eq!(counts, Counts { passed: 2, failed: 0, skipped: 0, at_second_try: 1 });
    }

    #[test]
    fn a_test_that_fails_twice_or_is_not_run_again_stays_failed() {
        let first = told(&ONE_FAILED);
        for second in [told(&["running 1 test", "test b::holds ... FAILED"]), told(&["running 0 tests"]), told(&[])] {
            assert!(first.counts_after(&second).failed >= 1);
            assert_eq!(first.counts_after(&second).at_second_try, 0);
        }
    }

    #[test]
    fn a_program_that_broke_off_is_a_failure_and_nothing_is_tried_again() {
        let first = told(&["running 2 tests", "test b::holds ... FAILED"]);
        assert_eq!(first.counts().failed, 1);
        assert!(first.to_try_again().is_empty());
        let other = told(&[
            "running 2 tests",
            "test result: FAILED. 1 passed; 1 failed",
            "test b::holds ... FAILED",
            "running 1 test",
        ]);
        assert_eq!(other.counts().failed, 2);
        assert!(other.to_try_again().is_empty());
    }

    #[test]
    fn many_failures_are_no_accident() {
        let mut lines = vec!["test result: FAILED. 0 passed; 6 failed".to_owned()];
        lines.extend((0..6).map(|number| format!("test number_{number} ... FAILED")));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert!(told(&lines).to_try_again().is_empty());
    }
}
