//! `cargo xtask bench`: the list page against its budget, in a database of its own that is kept for the next time.

use crate::build::cargo;
use crate::cli::BenchOptions;
use crate::commands::run;
use crate::failure::Result;
use crate::postgres::Postgres;
use crate::say;

const DATABASE: &str = "seatboard_bench";

/// Runs the benchmark, which fills the database where needed and prints what it measured.
pub(crate) fn bench(options: &BenchOptions) -> Result {
    let postgres = Postgres::open()?;
    let database_url = postgres.database(DATABASE)?;
    say::step("measuring list pages, optimised build");
    let mut bench = cargo();
    bench.env("DATABASE_URL", database_url).args(["bench", "-p", "server", "--bench", "list_page", "--"]);
    run(bench.args(["--customers", &options.customers.to_string()]))
}
