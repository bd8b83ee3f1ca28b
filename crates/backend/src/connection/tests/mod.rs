//! The connection on a real database, against the stand-in marketplace and against things that are none.

mod copying;
mod outcomes;
mod saving;
mod secrecy;
mod watching;

use super::{Form, Outcome, Saved, Setup, Wishes, current, open, save, test};
use crate::budget::Limits;
use crate::seal::SealingKey;
use crate::staff::Staff;
use crate::test_support::{backend_and_clock, staff};
use crate::{Backend, Error, ManualClock};
use axum::Router;
use domain::Role;
use marketplace::Connection;
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// A server process without a connection, an admin, and a stand-in marketplace to connect.
struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    admin: Staff,
    marketplace: Simulator,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        Self::with(pool, Config { customers: 6, ..Config::for_tests() }).await
    }

    async fn with(pool: PgPool, config: Config) -> Self {
        let (backend, clock) = process(pool, Setup { sealing_key: Some(key('a')), ..Setup::default() });
        let admin = staff(&backend, Role::Admin).await;
        let marketplace = Simulator::start(config).await.unwrap();
        clock.advance(marketplace.now() - crate::test_support::START);
        Self { backend, clock, admin, marketplace }
    }

    /// The form as it is filled in rightly.
    fn form(&self) -> Form {
        form_of(&self.marketplace)
    }

    async fn test(&self, form: &Form) -> Outcome {
        test(&self.backend, &self.admin, form).await.unwrap().outcome
    }

    async fn save(&self, form: &Form) -> Result<Saved, Error> {
        save(&self.backend, &self.admin, form, Wishes::default()).await
    }

    /// Saves what must be saved.
    async fn saved(&self, form: &Form) {
        let saved = self.save(form).await.unwrap();
        assert!(matches!(saved, Saved::Yes(_)), "{saved:?}");
    }

    /// Saves it, and agrees to forget the copy.
    async fn save_and_forget(&self, form: &Form) -> Result<Saved, Error> {
        save(&self.backend, &self.admin, form, Wishes { forget_copy: true, ..Wishes::default() }).await
    }

    /// The activity, the newest first: action, before, after, note.
    async fn trail(&self) -> Vec<(String, String, String, String)> {
        let rows = crate::activity::page(&self.backend, None, 100).await.unwrap();
        let text = |json: Option<serde_json::Value>| json.map(|json| json.to_string()).unwrap_or_default();
        rows.into_iter()
            .map(|row| (row.action, text(row.before), text(row.after), row.note.unwrap_or_default()))
            .collect()
    }

    async fn count(&self, table: &str) -> i64 {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        sqlx::query_scalar(query).fetch_one(&self.backend.pool).await.unwrap()
    }
}

/// A server process on the database, without limits.
fn process(pool: PgPool, setup: Setup) -> (Backend, Arc<ManualClock>) {
    let (mut backend, clock) = backend_and_clock(pool);
    backend.limits = Limits { per_minute: None, per_day: None };
    backend.connecting = Arc::new(setup);
    (backend, clock)
}

fn key(digit: char) -> SealingKey {
    crate::test_support::sealing_key(digit)
}

fn form_of(marketplace: &Simulator) -> Form {
    let Connection { base_url: url, marketplace: code, username, password, subscription_key } = reach(marketplace);
    Form { url, code, username, password, subscription_key }
}

/// The stand-in, as an environment names it.
fn reach(marketplace: &Simulator) -> Connection {
    let credentials = marketplace.credentials();
    Connection {
        base_url: marketplace.url(),
        marketplace: credentials.marketplace.clone(),
        username: credentials.username.clone(),
        password: credentials.password.as_str().into(),
        subscription_key: credentials.subscription_key.as_str().into(),
    }
}

/// Serves the router on this machine and answers with its origin.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}

/// The fields at fault.
fn fields<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
        other => panic!("nothing was wrong with any field: {other:?}"),
    }
}

/// Waits for something that must happen soon.
async fn soon<T>(happens: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), happens).await.unwrap()
}
