//! The stand-in marketplace.

use super::{Logged, Options, POLL};
use crate::build::programs::Programs;
use crate::failure::{Failure, Result};
use crate::processes::{check_interrupted, tied_to_us};
use std::thread::sleep;

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
const ANNOUNCED: [(&str, &str); 5] = [
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
    let mut variables = loop {
        if let Some(variables) = connection(&simulator.log()) {
            break variables;
        }
        if let Some(status) = simulator.ended()? {
            check_interrupted()?;
            let said = simulator.last_words();
            return Err(Failure::new(format!("the stand-in marketplace ended ({status}):\n{said}")));
        }
        sleep(POLL);
    };
    // The same patience on both sides.
    variables.push(("MARKETPLACE_CALLS_PER_MINUTE".to_owned(), rate_per_minute.to_string()));
    variables.push(("MARKETPLACE_CALLS_PER_DAY".to_owned(), "0".to_owned()));
    variables.push(("UNDO_DAYS".to_owned(), UNDO_DAYS.to_owned()));
    Ok((simulator, variables))
}

/// The server's variables, once all of them were printed as whole lines.
fn connection(printed: &str) -> Option<Vec<(String, String)>> {
    let value = |prefix: &str| {
        let mut lines = printed.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        lines.find_map(|line| line.strip_prefix(prefix)).map(|value| value.trim().to_owned())
    };
    ANNOUNCED.iter().map(|(prefix, variable)| Some(((*variable).to_owned(), value(prefix)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "url: http://127.0.0.1:1/marketplace/eu\nmarketplace: eu\nusername: someone\npassword: p: w\nsubscription-key: k\n";

    #[test]
    fn every_announced_line_becomes_a_variable() {
        let variables = connection(PRINTED).unwrap();
        assert!(variables.contains(&("MARKETPLACE_URL".to_owned(), "http://127.0.0.1:1/marketplace/eu".to_owned())));
        assert!(variables.contains(&("MARKETPLACE_PASSWORD".to_owned(), "p: w".to_owned())));
        assert_eq!(variables.len(), 5);
    }

    #[test]
    fn a_line_that_is_not_finished_does_not_count() {
        assert_eq!(connection(PRINTED.trim_end()), None);
    }
}
