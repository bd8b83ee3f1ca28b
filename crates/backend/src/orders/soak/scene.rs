//! One run's world: a marketplace, a database, and two servers that know nothing of each other.

use super::judge::Finding;
use super::sql;
use super::stage::{Stage, config};
use super::tally::Tally;
use crate::budget::Limits;
use crate::test_support::{START, client_with};
use crate::{Backend, Clock, ManualClock, pool};
use marketplace::{Options, RetryPolicy, Timeouts};
use marketplace_sim::Simulator;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration as Wait;
use time::Duration;
use uuid::Uuid;

/// Tests of one process play the same seeds at the same time, and must not take each other's database away.
static OPENED: AtomicU64 = AtomicU64::new(0);

pub(super) struct Scene<'a> {
    pub(super) stage: &'a Stage,
    pub(super) marketplace: Simulator,
    pub(super) servers: [Backend; 2],
    /// The judge's own way to the database.
    pub(super) pool: PgPool,
    /// The intents that people were told of.
    pub(super) promised: Vec<Uuid>,
    pub(super) findings: Vec<Finding>,
    /// What was played and what came of it, a line for each move.
    pub(super) journal: Vec<String>,
    pub(super) tally: Tally,
    clock: Arc<ManualClock>,
    database: PgConnectOptions,
    name: String,
    kills: u32,
}

impl<'a> Scene<'a> {
    pub(super) async fn open(stage: &'a Stage, seed: u64) -> Self {
        let name = format!("soak_{}_{seed}_{}", std::process::id(), OPENED.fetch_add(1, Ordering::Relaxed));
        let database = stage.database(&name).await.unwrap();
        let marketplace = Simulator::start(config()).await.unwrap();
        let clock = Arc::new(ManualClock::at(START));
        clock.advance(marketplace.now() - START);
        let servers = [(), ()].map(|()| server(connections(&database), &clock, &marketplace));
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(database.clone());
        Self {
            stage,
            marketplace,
            servers,
            pool,
            promised: Vec::new(),
            findings: Vec::new(),
            journal: Vec::new(),
            tally: Tally { runs: 1, ..Tally::default() },
            clock,
            database,
            name,
            kills: 0,
        }
    }

    /// Everybody's time passes.
    pub(super) fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.marketplace.advance(by);
    }

    /// The server is gone with all that it held, and another one takes its place. Every fourth time its connections to
    /// Postgres are cut as well; otherwise the next server inherits them, with whatever was under way rolled back, because
    /// most of a run would be spent on connecting.
    pub(super) async fn replace(&mut self, which: usize) {
        self.kills += 1;
        let dead = &self.servers[which].pool;
        let pool = if self.kills.is_multiple_of(4) {
            dead.close().await;
            connections(&self.database)
        } else {
            dead.clone()
        };
        self.servers[which] = server(pool, &self.clock, &self.marketplace);
    }

    /// The state in which the intent is now.
    pub(super) async fn state(&self, intent: Uuid) -> String {
        sql::state(&self.pool, intent).await.unwrap()
    }

    /// The intent that the next step of a worker is about.
    pub(super) async fn due(&self) -> Option<Uuid> {
        sql::due(&self.pool, self.clock.now()).await.unwrap()
    }

    pub(super) async fn close(self) -> Tally {
        for server in &self.servers {
            server.pool.close().await;
        }
        self.pool.close().await;
        self.stage.clear(&self.name).await.unwrap();
        self.tally
    }
}

/// A server that was just started. Its calls are not counted against a budget: a budget waits in real time.
fn server(pool: PgPool, clock: &Arc<ManualClock>, marketplace: &Simulator) -> Backend {
    let mut backend = Backend::new(pool, clock.clone());
    let timeouts = Timeouts { read: Wait::from_millis(150), write: Wait::from_millis(150), ..Timeouts::default() };
    let options = Options { timeouts, retry: RetryPolicy::never() };
    backend.link.replace(Some(client_with(marketplace, options)));
    backend.limits = Limits { per_minute: None, per_day: None };
    backend
}

fn connections(database: &PgConnectOptions) -> PgPool {
    pool::open(database.clone(), 4)
}
