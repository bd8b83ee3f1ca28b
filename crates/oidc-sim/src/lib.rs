//! A stand-in for an OpenID Connect provider, over HTTP on this machine. It is honest until a test tells it how to lie. It
//! shares no code with the client, so that one mistake cannot hide in both.

mod key;
mod lie;
mod person;
mod routes;
mod state;

pub use lie::Lie;
pub use person::Person;

use serde_json::Value;
use state::{Grant, State};
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::{Duration, OffsetDateTime};

/// The one client that it knows.
pub const CLIENT_ID: &str = "seatboard";

/// What that client proves itself by.
pub const CLIENT_SECRET: &str = "a secret: with / and %";

/// The provider; it goes on until the test's runtime ends.
#[derive(Clone, Debug)]
pub struct Provider {
    issuer: String,
    state: Arc<Mutex<State>>,
}

/// What the browser brings back from the provider.
#[derive(Clone, Debug)]
pub struct Back {
    /// The code to redeem.
    pub code: String,
    /// What the browser took there.
    pub state: String,
}

impl Provider {
    /// Starts on a free port; its clock stands at `now`.
    pub async fn start(now: OffsetDateTime) -> io::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let issuer = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State::new(issuer.clone(), now)?));
        let router = routes::router(state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { issuer, state })
    }

    /// Its name for itself.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The person signs in at the address that the browser was sent to, and comes back.
    pub fn consent(&self, address: &str, person: &Person) -> Back {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let query: HashMap<String, String> = serde_urlencoded::from_str(query).unwrap_or_default();
        let value = |name: &str| query.get(name).cloned().unwrap_or_default();
        let grant = Grant {
            person: person.clone(),
            nonce: value("nonce"),
            challenge: value("code_challenge"),
            redirect_uri: value("redirect_uri"),
        };
        let code = self.locked().grant(grant);
        Back { code, state: value("state") }
    }

    /// From now on it lies like that.
    pub fn lie(&self, lie: Lie) {
        self.locked().lies.insert(lie);
    }

    /// From now on it is honest.
    pub fn be_honest(&self) {
        self.locked().lies.clear();
    }

    /// Signs with another key, which it publishes in place of the one before.
    pub fn rotate_key(&self) -> io::Result<()> {
        self.locked().rotate()
    }

    /// Moves its clock.
    pub fn advance(&self, by: Duration) {
        self.locked().now += by;
    }

    /// What its metadata say beside the usual.
    pub fn say_of_itself(&self, name: &str, value: Value) {
        self.locked().metadata.insert(name.to_owned(), value);
    }

    /// How often that path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.locked().asked.get(path).copied().unwrap_or_default()
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
