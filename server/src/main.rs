//! The Seatboard server's command.

use clap::Parser;
use server::commands::{self, Cli, Command};
use server::telemetry;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    telemetry::start();
    let outcome = match Cli::parse().command {
        Command::Serve => commands::serve::run().await,
        Command::Migrate(options) => commands::migrate::run(options).await,
        Command::Staff(command) => commands::staff::run(command).await,
        Command::Activity(command) => commands::activity::run(command).await,
        Command::Secrets(command) => commands::secrets::run(command).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
