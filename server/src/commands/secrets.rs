//! `server secrets`.

use super::CommandError;
use crate::config::Rotation;
use backend::seal::{self, Rotated};
use backend::{Backend, SystemClock};
use clap::Subcommand;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use std::io::Write;
use std::sync::Arc;

/// What can be done with the secrets that are stored.
#[derive(Debug, Subcommand)]
pub enum SecretsCommand {
    /// Seal every stored secret anew, which OLD_SECRET_KEY opens, with SECRET_KEY.
    ///
    /// All of them or, where one does not open, none. What SECRET_KEY opens already is left as it is, so it can be run again.
    /// Restart the servers with the new SECRET_KEY right afterwards: until then they go on with the connection they have, but
    /// one that is saved meanwhile is sealed with the old key; run this again then. Afterwards destroy the old key.
    Rotate,
}

/// `server secrets …`
pub async fn run(command: SecretsCommand) -> Result<(), CommandError> {
    match command {
        SecretsCommand::Rotate => {
            let Rotation { database_url, old, new } = Rotation::from_env()?;
            let pool = PgPool::connect(database_url.expose_secret()).await?;
            let backend = Backend::new(pool, Arc::new(SystemClock));
            let Rotated { resealed, kept } = seal::rotate(&backend, &old, &new).await?;
            let mut out = std::io::stdout().lock();
            writeln!(out, "sealed anew: {resealed}")?;
            writeln!(out, "sealed with this key already: {kept}")?;
            Ok(())
        }
    }
}
