//! The Seatboard server.

mod assets;
mod commands;
mod config;
mod middleware;
mod router;
mod telemetry;

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    telemetry::start();
    let outcome = match commands::Cli::parse().command {
        commands::Command::Serve => commands::serve::run().await,
        commands::Command::Migrate => commands::migrate::run().await,
        commands::Command::Staff(command) => commands::staff::run(command).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
