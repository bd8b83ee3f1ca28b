//! Matching, on a real database and against a stand-in marketplace.

mod applying;
mod checking;
mod filtering;
mod fuzzing;
mod judging;
mod managing;
mod reading;
mod sending;

use super::{BatchRow, RowState, apply, check, get};
use crate::staff::Staff;
use crate::test_support::{copied_from, staff};
use crate::{Backend, ManualClock};
use domain::Role;
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

/// A copy of 32 customers, and somebody who may edit them.
struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    marketplace: Simulator,
    manager: Staff,
    /// The customers' ids.
    customers: Vec<String>,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let config = Config { customers: 32, ..Config::for_tests() };
        let (backend, clock, marketplace) = copied_from(pool, config).await;
        let manager = staff(&backend, Role::AccountManager).await;
        let customers = sqlx::query_scalar!("select id from customer order by id");
        let customers = customers.fetch_all(&backend.pool).await.unwrap();
        Self { backend, clock, marketplace, manager, customers }
    }

    async fn check(&self, csv: &str) -> Uuid {
        check(&self.backend, &self.manager, csv).await.unwrap()
    }

    async fn rows(&self, batch: Uuid) -> Vec<BatchRow> {
        get(&self.backend, &self.manager, batch).await.unwrap().rows
    }

    async fn states(&self, batch: Uuid) -> Vec<RowState> {
        self.rows(batch).await.into_iter().map(|row| row.state).collect()
    }

    /// Checks and applies.
    async fn apply(&self, csv: &str) -> Uuid {
        let batch = self.check(csv).await;
        apply(&self.backend, &self.manager, batch).await.unwrap();
        batch
    }

    /// The newest first: what was done and to which customer.
    async fn trail(&self) -> Vec<(String, String)> {
        let rows = crate::activity::page(&self.backend, None, 1_000).await.unwrap();
        rows.into_iter().map(|row| (row.action, row.subject_id)).collect()
    }

    /// The external id in the copy.
    async fn copied_number(&self, customer: &str) -> Option<String> {
        crate::customers::get(&self.backend, customer).await.unwrap().external_id
    }

    /// The external id at the marketplace.
    async fn number_at_the_marketplace(&self, customer: &str) -> Option<String> {
        self.backend.marketplace().unwrap().customer(&customer.into()).await.unwrap().external_id
    }

    fn updates(&self) -> u64 {
        self.marketplace.stats().calls.get("updateCustomer").copied().unwrap_or_default()
    }
}
