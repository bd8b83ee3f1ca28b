//! `cargo xtask run`: from a fresh clone to a Seatboard that people can sign in to.

use crate::build::{Optimised, programs, site};
use crate::cli::RunOptions;
use crate::failure::{Context, Failure, Result};
use crate::postgres::{Database, Postgres};
use crate::stack::{Options, PASSWORD, SimulatorOptions, Stack};
use crate::{random, say};
use std::env::var_os;
use std::net::TcpListener;

/// Builds and starts everything; returns when a person asks for the end.
pub(crate) fn run(options: &RunOptions) -> Result {
    check_port(options.port)?;
    let optimised = if options.release { Optimised::Yes } else { Optimised::No };
    let programs = programs::build(optimised)?;
    let site = site::build(&programs, optimised)?;
    let (postgres, database) = database(options.port)?;
    let mut stack = Stack::start(
        &programs,
        &Options {
            port: options.port,
            database,
            site,
            password: password()?,
            simulator: SimulatorOptions {
                customers: options.customers,
                resellers: options.resellers,
                rate_per_minute: options.rate_per_minute,
                speed: options.speed,
            },
            single_sign_on: false,
            verbose: options.verbose,
        },
    )?;
    println!("ready: {}\n{}", stack.url, stack.sign_ins);
    let ended = stack.keep_running();
    say::step("stopping");
    drop(stack);
    drop(postgres);
    match ended {
        // Ctrl-C is how this command is meant to end.
        Err(Failure::Interrupted) => Ok(()),
        other => other,
    }
}

/// The database that the environment names, or one in the private Postgres.
fn database(port: u16) -> Result<(Option<Postgres>, Database)> {
    if let Some(url) = var_os("DATABASE_URL") {
        say::step("using the database that DATABASE_URL names");
        return Ok((None, Database { owner: url.to_string_lossy().into_owned(), server: None }));
    }
    say::step("starting the private Postgres");
    let postgres = Postgres::open()?;
    // The stand-in marketplace forgets everything when it stops; a copy of what it was would tell of orders that are gone.
    let stand_in = var_os("MARKETPLACE_URL").is_none();
    // One for each port: a second demo beside the first must not empty its database.
    let name = format!("seatboard_{port}");
    let url = if stand_in { postgres.fresh_database(&name)? } else { postgres.database(&name)? };
    let database = postgres.with_server(&name, url)?;
    Ok((Some(postgres), database))
}

fn password() -> Result<String> {
    var_os(PASSWORD).map_or_else(|| random::hex(8), |password| Ok(password.to_string_lossy().into_owned()))
}

/// Before minutes of building, not after.
fn check_port(port: u16) -> Result {
    let free = TcpListener::bind(("127.0.0.1", port)).context(format!("port {port} cannot be used"));
    free.map(drop).map_err(|failure| failure.remedy("stop what listens there, or choose another with --port"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_refused_with_a_remedy() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let failure = check_port(port).unwrap_err().to_string();
        assert!(failure.contains(&port.to_string()) && failure.contains("--port"), "{failure}");
    }
}
