//! `cargo xtask`: run, test, lint, measure. `cargo xtask --help` says more.

mod bench;
mod build;
mod cli;
mod commands;
mod failure;
mod fuzz;
mod lint;
mod postgres;
mod prepare;
mod processes;
mod random;
mod repo;
mod run;
mod say;
mod sbom;
mod setup;
mod soak;
mod stack;
mod test;

use clap::Parser;
use cli::{Cli, Command};
use failure::{Context, Result};
use std::process::ExitCode;

/// What shells report for a program ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let done = processes::pass_on_signals().context("listening for signals").and_then(|()| carry_out(&command));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whatever failed after that, failed because of it.
        Err(_) if processes::interrupted() => ExitCode::from(INTERRUPTED),
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: &Command) -> Result {
    match command {
        Command::Run(options) => run::run(options),
        Command::Build => build::shipped::build(),
        Command::Test(options) => test::test(options),
        Command::Lint => lint::lint(),
        Command::Bench(options) => bench::bench(options),
        Command::Soak(options) => soak::soak(options),
        Command::Fuzz(options) => fuzz::fuzz(options),
        Command::Sbom => sbom::sbom(),
        Command::Prepare => prepare::prepare(),
        Command::Setup => setup::everything(),
    }
}
