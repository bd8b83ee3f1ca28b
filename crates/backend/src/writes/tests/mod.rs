//! Every write that is no order, against a real Postgres and a marketplace over HTTP that fails in every way.

mod faults;
mod forms;
mod killed;
mod looking;
mod wish;

use super::worker::step;
use super::{OpenWrite, open};
use crate::staff::Staff;
use crate::test_support::{client_with, copied, staff};
use crate::{Backend, ManualClock, Result, activity};
use domain::{Role, WriteState};
use marketplace::{Client, Options, RetryPolicy, Timeouts};
use marketplace_sim::{Fault, FaultRule, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration as Wait;
use time::Duration;
use uuid::Uuid;
use wish::{Way, Wish, ask};

struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    marketplace: Simulator,
    admin: Staff,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let (backend, clock, marketplace) = copied(pool).await;
        backend.link.replace(Some(impatient(&marketplace)));
        let admin = staff(&backend, Role::Admin).await;
        Self { backend, clock, marketplace, admin }
    }

    /// A client of its own, which sees what is true at the marketplace.
    fn eye(&self) -> Client {
        crate::test_support::client(&self.marketplace)
    }

    async fn find(&self, query: &'static str) -> String {
        sqlx::query_scalar(query).fetch_one(&self.backend.pool).await.unwrap()
    }

    async fn ask(&self, wish: &Wish, token: Uuid) -> Result<()> {
        ask(&self.backend, &self.admin, wish, token).await
    }

    fn calls(&self, operation: &str) -> u64 {
        self.marketplace.stats().calls.get(operation).copied().unwrap_or(0)
    }

    fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.marketplace.advance(by);
    }

    /// Lets time pass and the worker work until nothing is open, for forty minutes at most.
    async fn settle(&self) {
        for _ in 0..20 {
            if self.open().await.iter().all(|write| !write.state.is_open()) {
                return;
            }
            self.advance(Duration::minutes(2));
            while step(&self.backend).await.unwrap_or(true) {}
        }
    }

    async fn open(&self) -> Vec<OpenWrite> {
        open(&self.backend, None).await.unwrap()
    }

    async fn state(&self, token: Uuid) -> WriteState {
        let state = sqlx::query_scalar!("select state from write where form_token = $1 order by id desc", token);
        state.fetch_one(&self.backend.pool).await.unwrap().parse().unwrap()
    }

    /// What the trail says since the row `after`, the oldest first, of changes only.
    async fn trail(&self, after: i64) -> Vec<String> {
        let rows = activity::page(&self.backend, None, 50).await.unwrap();
        rows.into_iter().rev().filter(|row| row.id > after).map(|row| row.action).collect()
    }

    async fn last_row(&self) -> i64 {
        sqlx::query_scalar!(r#"select coalesce(max(id), 0) as "id!" from activity"#)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap()
    }
}

/// A client that waits so briefly for writes that a test can.
fn impatient(marketplace: &Simulator) -> Client {
    let timeouts = Timeouts { write: Wait::from_millis(1500), ..Timeouts::default() };
    client_with(marketplace, Options { timeouts, retry: RetryPolicy::never() })
}

/// Lets others work until `reached`.
async fn until(what: &str, reached: impl AsyncFn() -> bool) {
    let waiting = async {
        while !reached().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Wait::from_mins(1), waiting).await.unwrap_or_else(|_| panic!("{what} never came"));
}
