//! `server migrate`.

use super::CommandError;
use crate::config;
use backend::schema;
use clap::Args;
use secrecy::ExposeSecret;
use sqlx::PgPool;

/// How to migrate.
#[derive(Debug, Args)]
pub struct MigrateOptions {
    /// Also let this database role serve. It may then do all that serving needs, but of the activity only read and add rows:
    /// it can neither change nor delete one, nor switch off what refuses that. Create it first (`create role … login`);
    /// give its address to `server serve`, and the owner's to `server migrate` only.
    #[arg(long, value_name = "ROLE")]
    grant_to: Option<String>,
}

/// `server migrate`
pub async fn run(options: MigrateOptions) -> Result<(), CommandError> {
    let pool = PgPool::connect(config::database_url()?.expose_secret()).await?;
    schema::ensure(&pool).await?;
    if let Some(role) = options.grant_to {
        schema::grant_to(&pool, &role).await?;
    }
    Ok(())
}
