//! The console on a real Postgres, against the stand-in over HTTP.

mod asking;
mod changing;
mod fuzzing;
mod keeping;
mod typing;

use super::{Call, Stage, Typed, ask, get, send};
use crate::connection::Setup;
use crate::staff::Staff;
use crate::test_support::{client, sealing_key, staff};
use crate::{Backend, ManualClock, Result, activity};
use async_trait::async_trait;
use domain::Role;
use marketplace::{CallGate, CallInfo, CallOutcome, Refusal};
use marketplace_sim::{Config, Simulator};
use serde_json::Value;
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    marketplace: Simulator,
    manager: Staff,
    admin: Staff,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let marketplace = Simulator::start(Config { customers: 3, ..Config::for_tests() }).await.unwrap();
        let clock = Arc::new(ManualClock::at(marketplace.now()));
        let mut backend = Backend::new(pool, clock.clone());
        backend.connecting = Arc::new(Setup { sealing_key: Some(sealing_key('a')), ..Setup::default() });
        backend.link.replace(Some(client(&marketplace)));
        let manager = staff(&backend, Role::AccountManager).await;
        let admin = staff(&backend, Role::Admin).await;
        Self { backend, clock, marketplace, manager, admin }
    }

    /// The manager asks with a `GET`.
    async fn look(&self, path: &str) -> Call {
        self.question(&Typed::new("GET", path, "")).await
    }

    async fn question(&self, typed: &Typed) -> Call {
        match ask(&self.backend, &self.manager, typed).await {
            Ok(Stage::Sent(id)) => get(&self.backend, &self.manager, id).await.unwrap(),
            other => panic!("{typed:?}: {other:?}"),
        }
    }

    /// The admin types a change, which waits for its confirmation.
    async fn draft(&self, typed: &Typed) -> Uuid {
        match ask(&self.backend, &self.admin, typed).await {
            Ok(Stage::Waiting { id, typed: kept }) if kept == *typed => id,
            other => panic!("{typed:?}: {other:?}"),
        }
    }

    async fn confirm(&self, draft: Uuid) -> Result<Uuid> {
        send(&self.backend, &self.admin, draft, true).await
    }

    /// The admin makes a change.
    async fn change(&self, method: &str, path: &str, body: &str) -> Call {
        let id = self.confirm(self.draft(&Typed::new(method, path, body)).await).await.unwrap();
        get(&self.backend, &self.admin, id).await.unwrap()
    }

    /// The identifier of the first of a list at the marketplace.
    async fn first(&self, list: &str) -> String {
        let answer = json(&self.look(list).await);
        answer["data"][0]["id"].as_str().unwrap_or_else(|| panic!("{list} is empty")).to_owned()
    }

    /// From now on no call is let in.
    fn close_the_gate(&self) {
        let client = self.backend.link.client().unwrap();
        self.backend.link.replace(Some(client.with_gate(Arc::new(Closed))));
    }

    /// The actions in the trail, the oldest first.
    async fn trail(&self) -> Vec<String> {
        let rows = activity::page(&self.backend, None, 100).await.unwrap();
        rows.into_iter().rev().map(|row| row.action).collect()
    }
}

/// Lets nothing in.
struct Closed;

#[async_trait]
impl CallGate for Closed {
    async fn admit(&self, _call: &CallInfo) -> Result<(), Refusal> {
        Err(Refusal { reason: "the day's calls are used up".into(), retry_after: None })
    }

    async fn observe(&self, _call: &CallInfo, _outcome: &CallOutcome) {}
}

/// A report that can be had.
fn report() -> Typed {
    let period = r#""startDate": "2026-10-01T00:00:00Z", "endDate": "2026-10-31T00:00:00Z""#;
    Typed::new("POST", "/reports", &format!(r#"{{"name": "Billing details", "format": "csv", {period}}}"#))
}

/// The answer as it is kept.
fn text(call: &Call) -> &str {
    &call.answer.as_ref().unwrap_or_else(|| panic!("no answer: {call:?}")).text
}

fn json(call: &Call) -> Value {
    serde_json::from_str(text(call)).unwrap()
}
