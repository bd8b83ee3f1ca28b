//! The tests that need no browser.

use super::counts::Counts;
use super::told::Told;
use crate::build::{SERVER_SIDE, cargo};
use crate::commands::name;
use crate::failure::{Context, Failure, Result};
use crate::postgres::Postgres;
use crate::processes::{Running, check_interrupted};
use crate::{prepare, say};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Where `#[sqlx::test]` keeps its books; each test gets a database of its own beside it.
const DATABASE: &str = "seatboard_test";

/// Runs unit tests, integration tests and documentation tests. As in the browser, what failed is tried a second time: a
/// busy machine does things to tests with many processes and deadlines that no user sees.
pub(super) fn run(filter: Option<&str>) -> Result<Counts> {
    let postgres = Postgres::open()?;
    let database = postgres.database(DATABASE)?;
    say::step("running the tests that need no browser");
    let first = cargo_test(&database, filter.as_slice())?;
    let failed = first.to_try_again();
    if failed.is_empty() {
        return Ok(first.counts());
    }
    say::step("trying again what failed");
    let again = [&["--", "--exact"], failed.as_slice()].concat();
    Ok(first.counts_after(&cargo_test(&database, &again)?))
}

/// Runs `cargo test` with those arguments to its end.
fn cargo_test(database: &str, arguments: &[&str]) -> Result<Told> {
    let mut command = cargo();
    command.args(["test", "--no-fail-fast"]).args(SERVER_SIDE).args(arguments);
    command.env("DATABASE_URL", database).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut running = Running::start(&mut command).context(name(&command))?;
    let mut told = Told::default();
    let output = running.child().stdout.take();
    for line in output.into_iter().flat_map(|output| BufReader::new(output).lines()).map_while(std::result::Result::ok)
    {
        told.add(&line);
        println!("{line}");
    }
    let status = running.wait().context(name(&command))?;
    check_interrupted()?;
    if !status.success() && told.counts().failed == 0 {
        return Err(Failure::new(format!("{} failed ({status})", name(&command))));
    }
    Ok(told)
}

/// One test more: whether `.sqlx` is what the queries and the migrations of today make.
pub(super) fn queries_are_fresh() -> Result<Counts> {
    let differences = prepare::differences()?;
    if differences.is_empty() {
        println!("test sqlx_is_fresh ... ok");
        return Ok(Counts { passed: 1, ..Counts::default() });
    }
    println!("test sqlx_is_fresh ... FAILED");
    Err(Failure::new(format!(".sqlx is not what the queries make:\n{}", differences.join("\n")))
        .remedy("cargo xtask prepare, and commit what it changes"))
}
