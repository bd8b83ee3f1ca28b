//! `server migrate`.

use super::CommandError;
use crate::config;
use secrecy::ExposeSecret;
use sqlx::PgPool;

/// `server migrate`
pub async fn run() -> Result<(), CommandError> {
    let pool = PgPool::connect(config::database_url()?.expose_secret()).await?;
    backend::MIGRATOR.run(&pool).await?;
    Ok(())
}
