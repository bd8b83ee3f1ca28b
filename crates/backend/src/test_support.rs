//! What tests of several folders need: a [`Backend`] whose clock they move, staff members to act, and a client of
//! the stand-in marketplace.

use crate::accounts::{AccountForm, ContactForm};
use crate::budget::Limits;
use crate::seal::SealingKey;
use crate::staff::Staff;
use crate::sync::{self, Rhythm};
use crate::{Backend, ManualClock};
use domain::Role;
use marketplace::{Client, Connection, Options, RetryPolicy};
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// Where every test's clock stands at first: a Monday morning.
pub(crate) const START: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

/// A backend on the test's database, its clock standing at [`START`].
pub(crate) fn backend(pool: PgPool) -> Backend {
    backend_and_clock(pool).0
}

/// The same, with the clock to move.
pub(crate) fn backend_and_clock(pool: PgPool) -> (Backend, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(START));
    (Backend::new(pool, clock.clone()), clock)
}

/// A backend with a complete copy of a stand-in marketplace; both clocks stand at the same moment, and no budget holds.
pub(crate) async fn copied(pool: PgPool) -> (Backend, Arc<ManualClock>, Simulator) {
    copied_from(pool, Config::for_tests()).await
}

/// The same, of a stand-in marketplace with that configuration.
pub(crate) async fn copied_from(pool: PgPool, config: Config) -> (Backend, Arc<ManualClock>, Simulator) {
    let marketplace = Simulator::start(config).await.unwrap();
    let (mut backend, clock) = backend_and_clock(pool);
    clock.advance(marketplace.now() - START);
    backend.link.replace(Some(client(&marketplace)));
    backend.limits = Limits { per_minute: None, per_day: None };
    sync::catch_up(&backend, &Rhythm::default()).await.unwrap();
    (backend, clock, marketplace)
}

/// A key like a random one; each digit makes another.
pub(crate) fn sealing_key(digit: char) -> SealingKey {
    format!("{digit}bd3c6f6d2c23af5982f8d53e3ee9fc7d0d58763f17183317b2275bcc210768e").parse().unwrap()
}

/// The form of an account that can be sent.
pub(crate) fn account_form() -> AccountForm {
    let contact = ContactForm {
        kind: "admin".to_owned(),
        first_name: "Ana".to_owned(),
        last_name: "Silva".to_owned(),
        email: "ana@aldgate.example".to_owned(),
        phone: "020 7946 0958".to_owned(),
    };
    AccountForm {
        name: "Aldgate Dental".to_owned(),
        external_id: "K-4711".to_owned(),
        language: "en_US".to_owned(),
        street: "1 High Street".to_owned(),
        postal_code: "E1 7PT".to_owned(),
        city: "London".to_owned(),
        country: "GB".to_owned(),
        contacts: vec![contact],
        attributes: vec![("segment".to_owned(), "health".to_owned())],
        ..AccountForm::default()
    }
}

/// A new staff member of that role. Cheap: nothing is hashed, so no password signs them in.
pub(crate) async fn staff(backend: &Backend, role: Role) -> Staff {
    let id = Uuid::new_v4();
    let email = format!("{role}-{}@seatboard.example", id.simple()).replace(' ', "-");
    let staff = Staff { id, email, name: format!("Test {role}"), role: role.into() };
    let mut db = backend.pool.acquire().await.unwrap();
    crate::staff::sql::insert(&mut db, &staff, Some("no hash"), backend.clock.now()).await.unwrap();
    staff
}

/// A client of the stand-in that asks once, so that no test waits for a repetition.
pub(crate) fn client(marketplace: &Simulator) -> Client {
    client_with(marketplace, Options { retry: RetryPolicy::never(), ..Options::default() })
}

/// A client of the stand-in with options of its own.
pub(crate) fn client_with(marketplace: &Simulator, options: Options) -> Client {
    let credentials = marketplace.credentials();
    let connection = Connection {
        base_url: marketplace.url(),
        marketplace: credentials.marketplace.clone(),
        username: credentials.username.clone(),
        password: credentials.password.as_str().into(),
        subscription_key: credentials.subscription_key.as_str().into(),
    };
    Client::new(connection, options).unwrap()
}
