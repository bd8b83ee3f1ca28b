//! The stand-in marketplace.

use super::{Logged, Options, announced};
use crate::build::programs::Programs;
use crate::failure::Result;
use crate::processes::tied_to_us;

/// How the stand-in marketplace behaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SimulatorOptions {
    /// How many customers it has.
    pub(crate) customers: u32,
    /// How many resellers it has below the account.
    pub(crate) resellers: u32,
    /// Calls a minute that it answers; 0 for no limit.
    pub(crate) rate_per_minute: u32,
    /// How many times faster than life its orders complete.
    pub(crate) speed: Option<f64>,
}

/// What it prints when it listens, and the server's variable that wants it.
const ANNOUNCED: [announced::Line; 5] = [
    ("url: ", "MARKETPLACE_URL"),
    ("marketplace: ", "MARKETPLACE_CODE"),
    ("username: ", "MARKETPLACE_USERNAME"),
    ("password: ", "MARKETPLACE_PASSWORD"),
    ("subscription-key: ", "MARKETPLACE_SUBSCRIPTION_KEY"),
];

/// The one vendor of the stand-in that takes seats back for a week.
const UNDO_DAYS: &str = "Northwind Cloud=7";

/// Starts it on a free port and returns the server's variables that lead to it.
pub(super) fn start(programs: &Programs, options: &Options) -> Result<(Logged, Vec<(String, String)>)> {
    let SimulatorOptions { customers, resellers, rate_per_minute, speed } = options.simulator;
    let mut command = tied_to_us(&programs.simulator);
    command.args(["--listen", "127.0.0.1:0"]);
    command.args(["--customers", &customers.to_string(), "--resellers", &resellers.to_string()]);
    // No daily limit: a demo that is started again and again would use up a day's calls in an hour.
    command.args(["--rate-per-minute", &rate_per_minute.to_string(), "--calls-per-day", "0"]);
    if let Some(speed) = speed {
        command.args(["--speed", &speed.to_string()]);
    }
    let mut simulator = Logged::start("simulator", &mut command, options.verbose)?;
    let mut variables = announced::wait(&mut simulator, "the stand-in marketplace", &ANNOUNCED)?;
    // The same patience on both sides.
    variables.push(("MARKETPLACE_CALLS_PER_MINUTE".to_owned(), rate_per_minute.to_string()));
    variables.push(("MARKETPLACE_CALLS_PER_DAY".to_owned(), "0".to_owned()));
    variables.push(("UNDO_DAYS".to_owned(), UNDO_DAYS.to_owned()));
    Ok((simulator, variables))
}
