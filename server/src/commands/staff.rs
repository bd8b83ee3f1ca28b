//! `server staff`.

use super::CommandError;
use crate::config;
use backend::{Backend, SystemClock};
use clap::Subcommand;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use std::io::Write;
use std::sync::Arc;

/// What can be done with staff members.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Create or reset the four demo staff members, one per role, and print how they sign in.
    Demo {
        /// The environment variable that holds their password.
        #[arg(long, value_name = "NAME")]
        password_env: String,
    },
}

/// `server staff …`
pub async fn run(command: StaffCommand) -> Result<(), CommandError> {
    let pool = PgPool::connect(config::database_url()?.expose_secret()).await?;
    let backend = Backend::new(pool, Arc::new(SystemClock));
    match command {
        StaffCommand::Demo { password_env } => {
            let password = config::secret(&password_env)?;
            let staff = backend::staff::upsert_demo(&backend, &password).await?;
            let mut out = std::io::stdout().lock();
            for person in staff {
                writeln!(out, "sign in: {} {} ({})", person.email, password.expose_secret(), person.role)?;
            }
            Ok(())
        }
    }
}
