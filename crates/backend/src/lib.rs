//! What Seatboard does: it keeps a copy of the marketplace in Postgres, answers every page from it, and carries
//! people's estimates and orders through. Knows nothing of web pages.
//!
//! One folder per subject. Each `sql.rs` holds all the SQL of its folder; nothing else does, except [`list`], which
//! builds the queries of every list in one place.

pub mod accounts;
pub mod activity;
pub mod approvals;
mod attributes;
pub mod budget;
pub mod catalogue;
mod clock;
pub mod connection;
pub mod console;
pub mod customers;
pub mod drafts;
mod error;
pub mod export;
mod formula;
#[cfg(test)]
mod fuzzing;
pub mod health;
pub mod housekeeping;
pub mod list;
pub mod live;
pub mod matching;
pub mod order_list;
pub mod order_log;
pub mod orders;
pub mod overview;
mod patience;
pub mod pool;
pub mod presence;
pub mod reports;
pub mod resellers;
pub mod roles;
pub mod schema;
pub mod seal;
pub mod search;
pub mod session_store;
pub mod staff;
mod stored;
pub mod subscriptions;
pub mod sync;
#[cfg(test)]
mod test_support;
mod typed_amount;
pub mod under_way;
pub mod writes;

pub use clock::{Clock, ManualClock, SystemClock};
pub use error::{Error, FieldError, Result};
pub use stored::{Period, status_in_words};

use domain::UndoWindows;
use sqlx::{Connection, PgPool};
use std::sync::Arc;
use tokio_util::task::TaskTracker;

/// The database schema, applied by `server migrate` and by every test.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// Everything the services need, built once at start. Cheap to clone.
#[derive(Clone)]
pub struct Backend {
    /// The copy, staff, intents and activity.
    pub pool: PgPool,
    /// The marketplace, while a connection is configured. Services ask through [`Backend::marketplace`].
    pub link: connection::Link,
    /// What this process brings along for the connection.
    pub connecting: Arc<connection::Setup>,
    /// What the marketplace allows, the same for every process.
    pub limits: budget::Limits,
    /// Whether the marketplace answers, as this process last read it.
    pub health: health::Memory,
    /// How long sessions live.
    pub session_limits: session_store::Limits,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Until when vendors take seats back.
    pub undo_windows: Arc<UndoWindows>,
    /// Wakes the worker that sends intents as soon as there is one.
    pub intents_waiting: Arc<tokio::sync::Notify>,
    /// News of what changes, for open pages.
    pub live: live::Hub,
    /// The address people type; links that are handed over begin with it.
    pub public_url: Arc<str>,
    /// How people sign in at a provider, where that is set up.
    pub single_sign_on: Option<Arc<staff::single_sign_on::SingleSignOn>>,
    /// Tasks that go on when whoever asked for them hangs up; who stops the process waits for them.
    pub outliving: TaskTracker,
}

impl Backend {
    /// With the usual limits and undo windows, and no marketplace.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self {
            pool,
            link: connection::Link::default(),
            connecting: Arc::default(),
            limits: budget::Limits::default(),
            health: health::Memory::default(),
            session_limits: session_store::Limits::default(),
            clock,
            undo_windows: Arc::default(),
            intents_waiting: Arc::default(),
            live: live::Hub::default(),
            public_url: "http://127.0.0.1:3000".into(),
            single_sign_on: None,
            outliving: TaskTracker::new(),
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.pool.acquire().await?.ping().await.map_err(Error::from)
    }

    /// The budget that every call to the marketplace comes out of.
    pub fn budget(&self) -> budget::Budget {
        budget::Budget::new(self.pool.clone(), self.clock.clone(), self.limits)
    }

    /// The marketplace, as it is connected now; fails where no connection is configured.
    pub fn marketplace(&self) -> Result<marketplace::Client> {
        self.link.client().ok_or(Error::NotConnected)
    }
}
