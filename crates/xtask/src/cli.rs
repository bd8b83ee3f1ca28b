//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The project's commands. Each sets up what it needs and says so; each can be repeated.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build and start Seatboard with a private Postgres and a stand-in marketplace; Ctrl-C stops all of it
    Run(RunOptions),
    /// Build what an installation runs: the optimised server and what it sends to browsers
    Build,
    /// Run every test, the browser's included
    Test(TestOptions),
    /// Check formatting, lints, dependencies and types
    Lint,
    /// Measure list pages against the budget of ARCHITECTURE.md
    Bench(BenchOptions),
    /// Place orders in random runs of faults, double posts and kills, and judge what came of each
    Soak(SoakOptions),
    /// Feed everything that reads untrusted text with damaged samples, and count what breaks
    Fuzz(FuzzOptions),
    /// Write down what is shipped and what it is made of, as CycloneDX
    Sbom,
    /// Write the checked SQL queries to .sqlx again, after a query or a migration changed
    Prepare,
    /// Install what is missing on this machine and stop
    Setup,
}

/// `cargo xtask run`
#[derive(Args, Debug)]
pub(crate) struct RunOptions {
    /// Port to serve on
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,
    /// Customers in the stand-in marketplace
    #[arg(long, default_value_t = 120)]
    pub(crate) customers: u32,
    /// Resellers below the account in the stand-in marketplace, each with customers of its own; an ordinary account has none
    #[arg(long, default_value_t = 2)]
    pub(crate) resellers: u32,
    /// Build optimised, with the smallest wasm and compressed files
    #[arg(long)]
    pub(crate) release: bool,
    /// Calls a minute that the stand-in marketplace answers; 0 for no limit
    #[arg(long, default_value_t = 600)]
    pub(crate) rate_per_minute: u32,
    /// How many times faster than life orders complete in the stand-in marketplace
    #[arg(long)]
    pub(crate) speed: Option<f64>,
    /// Show what the started programs log
    #[arg(long)]
    pub(crate) verbose: bool,
}

/// `cargo xtask test`
#[derive(Args, Debug)]
pub(crate) struct TestOptions {
    /// Only tests with this in their name
    pub(crate) filter: Option<String>,
    /// Only these tests
    #[arg(long)]
    pub(crate) only: Option<Stage>,
}

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Unit and integration tests, and whether .sqlx is fresh
    Rust,
    /// The optimised build, driven through a browser
    Browser,
}

/// `cargo xtask bench`
#[derive(Args, Debug)]
pub(crate) struct BenchOptions {
    /// Customers in the measured database
    #[arg(long, default_value_t = 10_000)]
    pub(crate) customers: u32,
}

/// `cargo xtask fuzz`
#[derive(Args, Debug)]
pub(crate) struct FuzzOptions {
    /// Minutes for all readers together, after the build
    #[arg(long, default_value_t = 10)]
    pub(crate) minutes: u64,
    /// The seed that every input follows from. A random one unless it is given
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

/// `cargo xtask soak`
#[derive(Args, Debug)]
pub(crate) struct SoakOptions {
    /// How many runs, each with a seed of its own
    #[arg(long, default_value_t = 1_000)]
    pub(crate) runs: u32,
    /// Orders that are placed in each run
    #[arg(long, default_value_t = 200)]
    pub(crate) intents: u32,
    /// The first run's seed, as a failing run prints it; the next ones count on from there. A random one unless it is given
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Runs that are played at the same time
    #[arg(long, default_value_t = 2)]
    pub(crate) threads: u32,
}
