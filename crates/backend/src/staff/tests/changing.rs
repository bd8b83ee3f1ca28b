//! Changing one's own password.

use super::*;
use crate::session_store::{PostgresSessionStore, STAFF_ID};
use crate::test_support::backend_and_clock;
use time::Duration;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

const NEW: &str = "four loud herons";

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_other_sessions_and_the_open_link_end_with_the_old_password(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    let store = PostgresSessionStore::new(&backend);
    let session = || Record {
        id: Id::default(),
        data: [(STAFF_ID.to_owned(), serde_json::json!(ana.id))].into(),
        expiry_date: START + Duration::HOUR,
    };
    let (mut here, mut elsewhere) = (session(), session());
    store.create(&mut here).await.unwrap();
    store.create(&mut elsewhere).await.unwrap();
    let link = make_link_for(&backend, EMAIL).await.unwrap().link;

    change(&backend, &ana, here.id, PASSWORD, NEW).await.unwrap();
    assert!(store.load(&here.id).await.unwrap().is_some());
    assert_eq!(store.load(&elsewhere.id).await.unwrap(), None);
    assert_eq!(open_link(&backend, &link.token).await.unwrap(), None);
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.password_changed", "Ana Reyes"));
    assert!(try_sign_in(&backend, EMAIL, PASSWORD).await.is_err());
    assert_eq!(try_sign_in(&backend, EMAIL, NEW).await.unwrap(), ana);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_at_fault_is_named_and_nothing_changes(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    for (current, new, field) in [
        ("seven quiet badgers", NEW, "current"),
        (PASSWORD, "too short", "new"),
        (PASSWORD, "unbelievable", "new"),
        (PASSWORD, PASSWORD, "new"),
    ] {
        assert_eq!(fields(change(&backend, &ana, Id::default(), current, new).await), [field], "{new}");
    }
    assert_eq!(recorded(&backend, "staff.password_refused").await, 1);
    assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), ana);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_sits_down_at_an_open_session_cannot_try_passwords_as_they_like(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let ana = ana(&backend).await;
    for _ in 0..200 {
        change(&backend, &ana, Id::default(), "seven quiet badgers", NEW).await.unwrap_err();
    }
    assert_eq!(recorded(&backend, "staff.password_refused").await, 5, "the others were not looked at");
    assert_eq!(fields(change(&backend, &ana, Id::default(), PASSWORD, NEW).await), ["current"], "nor is the right one");
    assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), ana, "signing in is counted apart");
    clock.advance(Duration::SECOND);
    change(&backend, &ana, Id::default(), PASSWORD, NEW).await.unwrap();
}

async fn change(backend: &Backend, staff: &Staff, kept: Id, current: &str, new: &str) -> Result<SecretString> {
    change_password(backend, staff, &Caller::default(), kept, &current.into(), &new.into()).await
}
