//! `cargo xtask fuzz`: the runs of every reader of untrusted text, for minutes instead of some thousand inputs each.

use crate::build::{SERVER_SIDE, cargo};
use crate::cli::FuzzOptions;
use crate::commands::name;
use crate::failure::{Context, Failure, Result};
use crate::postgres::Postgres;
use crate::processes::{Running, check_interrupted};
use crate::{random, say};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

/// Where the runs that need a database keep their books.
const DATABASE: &str = "seatboard_fuzz";

/// In the name of every such test.
const FILTER: &str = "fuzzing";

/// Test programs that hold such tests: they run one after the other, the readers of each at the same time.
const PROGRAMS: u64 = 4;

/// Plays them; fails if one broke or stood still.
pub(crate) fn fuzz(options: &FuzzOptions) -> Result {
    let postgres = Postgres::open()?;
    let seed = options.seed.map_or_else(random::seed, Ok)?;
    let seconds = (options.minutes * 60 / PROGRAMS).max(1);
    say::step(format_args!("{} minutes of damaged input from seed {seed}", options.minutes));
    let mut command = cargo();
    command.args(["test", "--no-fail-fast", "--lib", "--test", "api"]).args(SERVER_SIDE);
    command.args([FILTER, "--", "--nocapture"]);
    command.env("DATABASE_URL", postgres.database(DATABASE)?);
    command.env("FUZZ_SECONDS", seconds.to_string()).env("FUZZ_SEED", seed.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let begun = Instant::now();
    let mut running = Running::start(&mut command).context(name(&command))?;
    let output = running.child().stdout.take();
    let mut told = Told::default();
    for line in output.into_iter().flat_map(|output| BufReader::new(output).lines()).map_while(std::result::Result::ok)
    {
        if told.add(&line) {
            println!("{line}");
        }
    }
    let status = running.wait().context(name(&command))?;
    check_interrupted()?;
    let Told { readers, inputs, crashes } = told;
    println!(
        "{readers} readers, {inputs} inputs, {crashes} crashes, {} s in all, seed {seed}",
        begun.elapsed().as_secs()
    );
    if status.success() && readers > 0 {
        return Ok(());
    }
    let failure = Failure::new(format!("{crashes} inputs broke a reader, or it could not be run ({status})"));
    Err(failure.remedy(format!("cargo xtask fuzz --minutes {} --seed {seed} plays the same again", options.minutes)))
}

/// What the readers said of themselves.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    readers: u64,
    inputs: u64,
    crashes: u64,
}

impl Told {
    /// Adds a line such as `fuzz: money: 3000 inputs, 0 crashes, 0.1 s, …`; whether it is worth showing.
    fn add(&mut self, line: &str) -> bool {
        // Tests that run at the same time write into each other's lines.
        let Some((_, said)) = line.split_once("fuzz: ") else { return false };
        let parts = said.rsplit_once(": ").map_or("", |(_, parts)| parts).split(", ");
        let numbers: Vec<(&str, u64)> = parts
            .filter_map(|part| part.split_once(' ').and_then(|(number, of)| Some((of, number.parse().ok()?))))
            .collect();
        if let [("inputs", inputs), ("crashes", crashes), ..] = *numbers {
            self.readers += 1;
            self.inputs += inputs;
            self.crashes += crashes;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_readers_say_is_added_and_nothing_else() {
        let mut told = Told::default();
        assert!(told.add("fuzz: money: 3000 inputs, 0 crashes, 0.1 s, slowest 0.2 ms, seed 1"));
        assert!(
            told.add("test fuzzing::money ... fuzz: the client's: error reader: 12 inputs, 2 crashes, 0.1 s, seed 1")
        );
        assert!(told.add("fuzz: requests by status: 200 5, 403 7"));
        assert!(!told.add("test fuzzing::money ... ok"));
        assert_eq!(told, Told { readers: 2, inputs: 3012, crashes: 2 });
    }
}
