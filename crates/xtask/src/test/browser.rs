//! The tests that drive the optimised build through a browser.

use super::counts::Counts;
use crate::build::{Optimised, programs, site};
use crate::commands::name;
use crate::failure::{Context, Result};
use crate::postgres::{Postgres, free_port};
use crate::processes::{Running, check_interrupted};
use crate::setup::{chromium, npm};
use crate::stack::{Options, PASSWORD, SimulatorOptions, Stack};
use crate::{random, repo, say};
use rustix::process::Signal;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const DATABASE: &str = "seatboard_end2end";

/// Tests wait for what they expect to see, so orders complete quickly and no call is refused for its frequency.
const SIMULATOR: SimulatorOptions =
    SimulatorOptions { customers: 120, resellers: 2, rate_per_minute: 0, speed: Some(60.0) };

/// Starts everything on a clean database and runs Playwright against it.
pub(super) fn run(filter: Option<&str>) -> Result<Counts> {
    npm::ensure()?;
    let browser = chromium::ensure()?;
    let programs = programs::build_with_tests()?;
    let site = site::build(&programs, Optimised::Yes)?;
    let postgres = Postgres::open()?;
    let options = Options {
        port: free_port()?,
        database: postgres.with_server(DATABASE, postgres.fresh_database(DATABASE)?)?,
        site,
        password: random::hex(8)?,
        simulator: SIMULATOR,
        single_sign_on: true,
        verbose: false,
    };
    let stack = Stack::start(&programs, &options)?;
    say::step("running the browser tests");
    let report = repo::target_dir().join("end2end.json");
    let counts = playwright(filter, &report, &browser, &stack, &options);
    drop(stack);
    counts
}

fn playwright(filter: Option<&str>, report: &Path, browser: &Path, stack: &Stack, options: &Options) -> Result<Counts> {
    let mut command = Command::new(npm::program("playwright"));
    command.current_dir(repo::end2end_dir()).args(["test", "--reporter=list,json", "--pass-with-no-tests"]);
    if let Some(filter) = filter {
        command.args(["--grep", &literal(filter)]);
    }
    command.env("PLAYWRIGHT_JSON_OUTPUT_FILE", report).env("CHROMIUM_PATH", browser);
    command.env("BASE_URL", &stack.url).env(PASSWORD, &options.password);
    // Some tests take the stand-in marketplace down, others connect it.
    command.envs(stack.marketplace.clone());
    if report.exists() {
        fs::remove_file(report).context("removing the last report")?;
    }
    // Playwright closes its browsers on this signal; they are in process groups of their own.
    let running = Running::start_stopped_by(command.stdin(Stdio::null()), Signal::INT);
    running.and_then(|mut running| running.wait()).context(name(&command))?;
    check_interrupted()?;
    Counts::from_playwright(&fs::read_to_string(report).context("reading Playwright's report")?)
}

/// A regular expression that matches just this text.
fn literal(text: &str) -> String {
    let escaped = |character: char| if character.is_alphanumeric() { vec![character] } else { vec!['\\', character] };
    text.chars().flat_map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_taken_literally() {
        assert_eq!(literal("seats (3.5)"), "seats\\ \\(3\\.5\\)");
    }
}
