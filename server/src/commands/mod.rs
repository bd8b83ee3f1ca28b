//! The command line.

pub mod activity;
pub mod migrate;
pub mod secrets;
pub mod serve;
pub mod staff;

use clap::{Parser, Subcommand};

/// Seatboard: a dashboard for the staff of an IT reseller. Configured by environment variables; see `.env.example`.
#[derive(Debug, Parser)]
#[command(name = "server", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the server can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the dashboard (needs DATABASE_URL, SECRET_KEY, SITE_ROOT; migrates the database first where its role may).
    Serve,
    /// Bring the database's schema up to date (needs DATABASE_URL, of the database's owner).
    Migrate(migrate::MigrateOptions),
    /// Manage staff members (needs DATABASE_URL).
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Look after the activity (needs DATABASE_URL).
    #[command(subcommand)]
    Activity(activity::ActivityCommand),
    /// Look after the secrets that are stored (needs DATABASE_URL, OLD_SECRET_KEY, SECRET_KEY).
    #[command(subcommand)]
    Secrets(secrets::SecretsCommand),
}

/// Why a command failed.
pub type CommandError = Box<dyn std::error::Error + Send + Sync>;
