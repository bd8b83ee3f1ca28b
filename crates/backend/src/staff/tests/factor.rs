//! Setting a second factor up, and what is stored of it.

use super::{ana, fields, newest, recorded};
use crate::connection::Setup;
use crate::session_store::{PostgresSessionStore, STAFF_ID};
use crate::staff::Staff;
use crate::staff::factor::{self, CODES, State, shown};
use crate::test_support::{START, backend_and_clock, sealing_key, staff};
use crate::{Backend, Error, ManualClock};
use domain::Role;
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;
use std::collections::HashMap;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

/// A backend that can seal, and its clock.
pub(super) fn sealing(pool: PgPool) -> (Backend, Arc<ManualClock>) {
    let (mut backend, clock) = backend_and_clock(pool);
    backend.connecting = Arc::new(Setup { sealing_key: Some(sealing_key('a')), ..Setup::default() });
    (backend, clock)
}

/// The key that the person's app reads.
pub(super) async fn key(backend: &Backend, staff: &Staff) -> SecretString {
    match factor::state(backend, staff).await.unwrap() {
        State::Begun(key) => key,
        other => panic!("{other:?}"),
    }
}

/// Sets one up, and answers with its key and its recovery codes.
pub(super) async fn set_up(backend: &Backend, staff: &Staff) -> (SecretString, Vec<String>) {
    factor::begin(backend, staff).await.unwrap();
    let key = key(backend, staff).await;
    let code = shown(&key, backend.clock.now());
    let codes = factor::confirm(backend, staff, Id::default(), &code.into()).await.unwrap();
    (key, codes.expose_secret().lines().map(ToOwned::to_owned).collect())
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_code_of_the_app_puts_it_in_use_and_nothing_else_does(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let ana = ana(&backend).await;
    assert!(matches!(factor::state(&backend, &ana).await.unwrap(), State::None));
    factor::begin(&backend, &ana).await.unwrap();
    let key = key(&backend, &ana).await;
    for wrong in ["", "000000", &shown(&key, START + Duration::minutes(5)), "letters"] {
        let refused = factor::confirm(&backend, &ana, Id::default(), &wrong.into()).await;
        assert!(matches!(refused, Err(Error::Invalid(fields)) if fields[0].field == "code"), "{wrong}");
    }
    let spaced = shown(&key, START);
    let spaced = format!(" {} {} ", &spaced[..3], &spaced[3..]);
    let codes = factor::confirm(&backend, &ana, Id::default(), &spaced.into()).await.unwrap();
    assert_eq!(codes.expose_secret().lines().count(), CODES);
    let state = factor::state(&backend, &ana).await.unwrap();
    assert!(matches!(state, State::InUse { since, codes_left: 10 } if since == START), "{state:?}");
    assert_eq!(newest(&backend).await.action, "staff.factor_set_up");
    assert!(matches!(factor::begin(&backend, &ana).await, Err(Error::Conflict(_))), "one is enough");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_begun_and_not_confirmed_is_forgotten_after_half_an_hour(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let ana = ana(&backend).await;
    factor::begin(&backend, &ana).await.unwrap();
    let key = key(&backend, &ana).await;
    clock.advance(Duration::minutes(30));
    assert!(matches!(factor::state(&backend, &ana).await.unwrap(), State::None));
    let late = factor::confirm(&backend, &ana, Id::default(), &shown(&key, backend.clock.now()).into()).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_dump_shows_neither_the_key_nor_a_recovery_code(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let ana = ana(&backend).await;
    let (key, codes) = set_up(&backend, &ana).await;
    let dump = sqlx::query_scalar!(
        r#"select (select string_agg(f::text, ' ') from second_factor f) || (select string_agg(c::text, ' ') from recovery_code c)
           || (select string_agg(a::text, ' ') from activity a) as "dump!""#
    );
    let dump = dump.fetch_one(&backend.pool).await.unwrap();
    assert!(dump.contains(&ana.id.to_string()));
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    for secret in codes.iter().map(String::as_str).chain([key.expose_secret()]) {
        assert!(!dump.contains(secret) && !dump.contains(&hex(secret)), "{secret}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_key_opens_for_its_person_only(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (ana, ben) = (ana(&backend).await, staff(&backend, Role::Admin).await);
    factor::begin(&backend, &ana).await.unwrap();
    factor::begin(&backend, &ben).await.unwrap();
    sqlx::query!(
        "update second_factor set sealed_seed = (select sealed_seed from second_factor where staff_id = $1) where staff_id = $2",
        ben.id,
        ana.id,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    assert!(matches!(factor::state(&backend, &ana).await.unwrap(), State::None));
    assert!(matches!(factor::state(&backend, &ben).await.unwrap(), State::Begun(_)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn setting_up_and_removing_end_every_other_session(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let ana = ana(&backend).await;
    let (kept, other) = (session(&backend, &ana).await, session(&backend, &ana).await);
    factor::begin(&backend, &ana).await.unwrap();
    let code = shown(&key(&backend, &ana).await, START);
    let codes = factor::confirm(&backend, &ana, kept, &code.clone().into()).await.unwrap();
    assert_eq!((is_there(&backend, kept).await, is_there(&backend, other).await), (true, false));
    let other = session(&backend, &ana).await;
    for wrong in ["letters", &code] {
        assert_eq!(fields(factor::remove(&backend, &ana, kept, &wrong.into()).await), ["code"], "{wrong}");
    }
    let recovery: SecretString = codes.expose_secret().lines().next().unwrap().into();
    factor::remove(&backend, &ana, kept, &recovery).await.unwrap();
    assert_eq!((is_there(&backend, kept).await, is_there(&backend, other).await), (true, false));
    assert!(matches!(factor::state(&backend, &ana).await.unwrap(), State::None));
    assert_eq!(newest(&backend).await.action, "staff.factor_removed");
    assert_eq!(fields(factor::remove(&backend, &ana, kept, &recovery).await), ["code"]);
    assert_eq!(recorded(&backend, "staff.factor_removed").await, 1, "what is not there is not removed");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn new_recovery_codes_take_the_place_of_the_old_ones(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let ana = ana(&backend).await;
    assert_eq!(
        fields(factor::renew_codes(&backend, &ana, &"letters".into()).await),
        ["code"],
        "there is no factor yet"
    );
    let (_, before) = set_up(&backend, &ana).await;
    assert_eq!(fields(factor::renew_codes(&backend, &ana, &"letters".into()).await), ["code"]);
    let after = factor::renew_codes(&backend, &ana, &before[1].as_str().into()).await.unwrap();
    assert!(before.iter().all(|code| !after.expose_secret().contains(code)));
    let mut db = backend.pool.begin().await.unwrap();
    assert_eq!(factor::accept(&mut db, &backend, ana.id, &before[0].as_str().into()).await.unwrap(), None);
    let newer = after.expose_secret().lines().next().unwrap();
    let proof = factor::accept(&mut db, &backend, ana.id, &newer.into()).await.unwrap();
    assert_eq!(proof, Some(factor::Proof::Recovery { left: 9 }));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn codes_are_handed_over_to_their_person_only(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let (ana, ben) = (ana(&backend).await, staff(&backend, Role::Admin).await);
    let sealed = factor::hand_over(&backend, &ana, &"one\ntwo".into()).unwrap();
    assert!(!sealed.contains("one"));
    let codes = factor::handed_over(&backend, &ana, &sealed).unwrap();
    assert_eq!(codes.iter().map(ExposeSecret::expose_secret).collect::<Vec<_>>(), ["one", "two"]);
    assert!(factor::handed_over(&backend, &ben, &sealed).is_none());
    assert!(factor::handed_over(&backend, &ana, "nonsense").is_none());
}

async fn session(backend: &Backend, staff: &Staff) -> Id {
    let data = [
        (STAFF_ID, serde_json::to_value(staff.id)),
        ("signed_in_at", serde_json::to_value(START)),
        ("last_seen_at", serde_json::to_value(START)),
    ];
    let data: HashMap<_, _> = data.into_iter().map(|(key, value)| (key.to_owned(), value.unwrap())).collect();
    let mut record = Record { id: Id::default(), data, expiry_date: OffsetDateTime::UNIX_EPOCH };
    PostgresSessionStore::new(backend).create(&mut record).await.unwrap();
    record.id
}

async fn is_there(backend: &Backend, id: Id) -> bool {
    PostgresSessionStore::new(backend).load(&id).await.unwrap().is_some()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_key_that_is_confirmed_while_another_tab_begins_anew_is_not_replaced(pool: PgPool) {
    let (backend, _) = sealing(pool);
    for _ in 0..8 {
        let ben = staff(&backend, Role::Viewer).await;
        factor::begin(&backend, &ben).await.unwrap();
        let first = key(&backend, &ben).await;
        let code = SecretString::from(shown(&first, START));
        let (begun, confirmed) =
            tokio::join!(factor::begin(&backend, &ben), factor::confirm(&backend, &ben, Id::default(), &code));
        let row = sqlx::query!("select sealed_seed, confirmed_at from second_factor where staff_id = $1", ben.id);
        let row = row.fetch_one(&backend.pool).await.unwrap();
        match (&begun, &confirmed) {
            (Err(Error::Conflict(_)), Ok(_)) => assert!(row.confirmed_at.is_some()),
            (Ok(()), Err(Error::Invalid(_))) => assert!(row.confirmed_at.is_none(), "the first key is gone"),
            other => panic!("{other:?}"),
        }
        if confirmed.is_ok() {
            let again = factor::begin(&backend, &ben).await;
            assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
            let kept = sqlx::query_scalar!("select sealed_seed from second_factor where staff_id = $1", ben.id);
            assert_eq!(kept.fetch_one(&backend.pool).await.unwrap(), row.sealed_seed);
        }
    }
}
