//! `marketplace-sim`: runs the stand-in marketplace until Ctrl-C or SIGTERM.
//!
//! What a client needs to connect goes to stdout, one value a line; everything else goes to stderr.

use clap::Parser;
use marketplace_sim::{Config, Pace, Simulator};
use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use tokio::signal::unix::{SignalKind, signal};

/// A stand-in marketplace with invented data. Prints how to connect, then serves until it is stopped.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where the API listens; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How many customers to invent.
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..=50_000))]
    customers: u32,
    /// How many resellers below the account to invent, each with customers, subscriptions and orders of its own. What the
    /// account has itself stays as it is without them. An ordinary account has none.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=20))]
    resellers: u32,
    /// The same seed on the same day gives the same data.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Calls allowed in any minute; 0 is unlimited.
    #[arg(long, default_value_t = 60)]
    rate_per_minute: u32,
    /// Calls allowed in 24 hours; 0 is unlimited. 5000, or unlimited where the minute is.
    #[arg(long)]
    calls_per_day: Option<u32>,
    /// How many times as fast as real time orders, reports and tokens age.
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    speed: f64,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(io::stderr().is_terminal()).init();
    let simulator = Simulator::start(config(&Arguments::parse())).await?;
    print_connection(&simulator)?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    let stats = simulator.stats();
    tracing::info!("stopped; {} rate limited, {} out of quota", stats.rate_limited, stats.out_of_quota);
    Ok(())
}

fn config(arguments: &Arguments) -> Config {
    let calls_per_day = arguments.calls_per_day.unwrap_or(if arguments.rate_per_minute == 0 { 0 } else { 5_000 });
    Config {
        listen: arguments.listen,
        customers: arguments.customers,
        resellers: arguments.resellers,
        seed: arguments.seed,
        rate_per_minute: arguments.rate_per_minute,
        calls_per_day,
        pace: Pace::Running { speed: arguments.speed },
        ..Config::default()
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed: &f64| speed.is_finite() && *speed > 0.0);
    speed.ok_or_else(|| format!("`{text}` is not a number above 0"))
}

fn print_connection(simulator: &Simulator) -> io::Result<()> {
    let credentials = simulator.credentials();
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "url: {}", simulator.url())?;
    writeln!(stdout, "marketplace: {}", credentials.marketplace)?;
    writeln!(stdout, "username: {}", credentials.username)?;
    writeln!(stdout, "password: {}", credentials.password)?;
    writeln!(stdout, "subscription-key: {}", credentials.subscription_key)?;
    stdout.flush()
}
