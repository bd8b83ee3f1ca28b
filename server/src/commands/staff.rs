//! `server staff`.

use super::CommandError;
use crate::config;
use backend::staff::{self, Invitation, NewStaff};
use backend::{Backend, SystemClock};
use clap::Subcommand;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use std::io::Write;
use std::sync::Arc;

/// What can be done with staff members.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Add a staff member and print a link, which works once and for a day, to set their password: so the first admin
    /// comes to be (PUBLIC_URL begins the link).
    Invite {
        /// The e-mail address they sign in with.
        email: String,
        /// The name colleagues see.
        name: String,
        /// viewer, technician, `reports_manager`, `account_manager`, approver or admin.
        role: String,
    },
    /// Print a link, which works once and for a day, to set a new password of somebody who is there already.
    Link {
        /// The e-mail address they sign in with.
        email: String,
    },
    /// Remove the second factor of somebody who has lost it, and sign them out everywhere.
    RemoveSecondFactor {
        /// The e-mail address they sign in with.
        email: String,
    },
    /// Create or reset the demo staff members, each with another role, and print how they sign in.
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
        StaffCommand::Invite { email, name, role } => {
            tell_of(&staff::set_up(&backend, &NewStaff { email, name, role }).await?)
        }
        StaffCommand::Link { email } => tell_of(&staff::make_link_for(&backend, &email).await?),
        StaffCommand::RemoveSecondFactor { email } => {
            let staff = staff::remove_factor_for(&backend, &email).await?;
            writeln!(std::io::stdout().lock(), "{} signs in with the password alone now", staff.email)?;
            Ok(())
        }
        StaffCommand::Demo { password_env } => {
            let password = config::secret(&password_env)?;
            let staff = staff::upsert_demo(&backend, &password).await?;
            let mut out = std::io::stdout().lock();
            for person in staff {
                writeln!(out, "sign in: {} {} ({})", person.email, password.expose_secret(), person.role)?;
            }
            Ok(())
        }
    }
}

/// The link is told this once; only its hash is stored.
fn tell_of(invitation: &Invitation) -> Result<(), CommandError> {
    let Invitation { staff, link } = invitation;
    let base = config::public_url();
    let path = app::paths::welcome(link.token.expose_secret());
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} ({}) sets the password here, once, until {}:", staff.email, staff.role, link.expires_at)?;
    writeln!(out, "link: {}{path}", base.trim_end_matches('/'))?;
    Ok(())
}
