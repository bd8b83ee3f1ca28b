//! `server activity`.

use super::CommandError;
use crate::config;
use backend::activity::{self, Head, Verdict};
use backend::{Backend, SystemClock};
use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use sqlx::PgPool;
use std::io::Write;
use std::sync::Arc;

/// What can be done with the activity.
#[derive(Debug, Subcommand)]
pub enum ActivityCommand {
    /// Check that no row of the activity was changed, removed, put in or moved since it was written.
    ///
    /// Every row is sealed into a chain of hashes when it is committed. This computes all of them again, prints how many rows
    /// there are and the last position with its hash, and fails with the name of the first row that is not as it was written.
    ///
    /// Whoever owns the whole database could change a row and make the whole chain anew. So write the line `head:` down
    /// somewhere else from time to time, and give it to `--expect` later: a chain that was made anew does not lead there.
    Verify(VerifyOptions),
}

/// How to check.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// A head that an earlier check printed: the chain must have led there.
    #[arg(long, value_name = "POSITION:HASH")]
    expect: Option<Head>,
}

/// `server activity …`
pub async fn run(command: ActivityCommand) -> Result<(), CommandError> {
    let pool = PgPool::connect(config::database_url()?.expose_secret()).await?;
    let backend = Backend::new(pool, Arc::new(SystemClock));
    match command {
        ActivityCommand::Verify(options) => match activity::verify(&backend, options.expect.as_ref()).await? {
            Verdict::Intact(head) => {
                let mut out = std::io::stdout().lock();
                writeln!(out, "rows: {}", head.position)?;
                writeln!(out, "last position: {}", head.position)?;
                writeln!(out, "head: {head}")?;
                Ok(())
            }
            Verdict::Broken(broken) => Err(format!("the activity is not as it was written: {broken}").into()),
        },
    }
}
