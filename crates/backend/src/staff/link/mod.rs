//! One-time links, by which people set a password: the first admin's from the command line, an invitation, a reset. There is
//! no mail server: whoever has the link made hands it over. It is told once, and only its hash is stored.

mod handover;
mod sql;
mod use_link;

pub use handover::{hand_over, handed_over};
pub(super) use sql::use_up;
pub(super) use use_link::open_to_newcomers;
pub use use_link::{OpenLink, Used, open_link, use_link};

use super::{Staff, token};
use crate::{Error, Result};
use secrecy::SecretString;
use sqlx::PgConnection;
use std::str::FromStr;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Made on the command line, for the first admin.
    SetUp,
    /// Made by an admin for somebody new.
    Invitation,
    /// Made by an admin for somebody who cannot sign in.
    Reset,
}

impl Purpose {
    /// The name it is stored by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// How long it can be used: somebody new may not be at work yet.
    fn lifetime(self) -> Duration {
        match self {
            Self::Invitation => Duration::days(3),
            Self::SetUp | Self::Reset => Duration::DAY,
        }
    }
}

impl FromStr for Purpose {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let all = [Self::SetUp, Self::Invitation, Self::Reset];
        let found = all.into_iter().find(|purpose| purpose.as_str() == text);
        found.ok_or_else(|| Error::Stored(format!("`{text}` is no purpose of a link")))
    }
}

/// A link that was just made. Nobody can be told its token again.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// Until when it can be used.
    pub expires_at: OffsetDateTime,
    /// What makes it work.
    pub token: SecretString,
}

/// Makes a link for the person, in place of the one they have. The person's row is to be locked.
pub(super) async fn make(
    db: &mut PgConnection,
    staff_id: Uuid,
    purpose: Purpose,
    by: Option<&Staff>,
    now: OffsetDateTime,
) -> Result<Link> {
    let link = Link { purpose, expires_at: now + purpose.lifetime(), token: token::new()? };
    withdraw(db, staff_id, now).await?;
    let hash = token::hash(&link.token).unwrap_or_default();
    sql::insert(db, &hash, staff_id, &link, by.map(|staff| staff.id), now).await?;
    Ok(link)
}

/// Makes the person's open link worthless, if there is one.
pub(super) async fn withdraw(db: &mut PgConnection, staff_id: Uuid, now: OffsetDateTime) -> Result<()> {
    sql::withdraw(db, staff_id, now).await
}
