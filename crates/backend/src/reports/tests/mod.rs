//! On a real Postgres, and where the marketplace is called on the stand-in over HTTP.

mod contents;
mod following;
mod fuzzing;
mod listing;
mod scheduling;

use super::NewReport;
use crate::test_support::client;
use crate::{Backend, ManualClock};
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;
use uuid::Uuid;

/// A backend connected to a stand-in marketplace; both clocks stand at the same moment.
struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    marketplace: Simulator,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let marketplace = Simulator::start(Config { customers: 3, ..Config::for_tests() }).await.unwrap();
        let clock = Arc::new(ManualClock::at(marketplace.now()));
        let backend = Backend::new(pool, clock.clone());
        backend.link.replace(Some(client(&marketplace)));
        Self { backend, clock, marketplace }
    }

    fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.marketplace.advance(by);
    }

    /// The actions in the trail, the oldest first.
    async fn trail(&self) -> Vec<String> {
        let rows = crate::activity::page(&self.backend, None, 100).await.unwrap();
        rows.into_iter().rev().map(|row| row.action).collect()
    }
}

/// October's billing details.
fn october(format: &str) -> NewReport {
    NewReport {
        name: "Billing details".to_owned(),
        format: format.to_owned(),
        from: "2026-10-01".to_owned(),
        to: "2026-10-31".to_owned(),
        form_token: Uuid::new_v4(),
    }
}
