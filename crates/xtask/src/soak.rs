//! `cargo xtask soak`: random runs of everything that can go wrong while orders are placed. Each run has a seed, which is
//! printed where a promise was broken and plays the run again.

use crate::build::cargo;
use crate::cli::SoakOptions;
use crate::commands::run;
use crate::failure::Result;
use crate::postgres::Postgres;
use crate::{random, say};

/// Where the test keeps its books; each run gets a database of its own beside it.
const DATABASE: &str = "seatboard_soak";

/// The test that plays as many runs as it is told to.
const TEST: &str = "orders::soak::as_many_random_runs_as_are_asked_for";

/// Plays the runs in an optimised build; fails if one of them ordered twice, lost something or showed what is not so.
pub(crate) fn soak(options: &SoakOptions) -> Result {
    let postgres = Postgres::open()?;
    let database_url = postgres.database(DATABASE)?;
    let seed = options.seed.map_or_else(random::seed, Ok)?;
    say::step(format_args!("{} runs of {} orders from seed {seed}, optimised build", options.runs, options.intents));
    let mut test = cargo();
    test.env("DATABASE_URL", database_url).env("SOAK_SEED", seed.to_string());
    test.env("SOAK_RUNS", options.runs.to_string()).env("SOAK_INTENTS", options.intents.to_string());
    test.env("SOAK_THREADS", options.threads.to_string());
    test.args(["test", "--release", "-p", "backend", "--lib", "--"]);
    run(test.args(["--ignored", "--exact", TEST, "--nocapture"]))
}
