//! Setting a password by a one-time link.

use super::*;
use crate::session_store::{PostgresSessionStore, STAFF_ID};
use crate::test_support::backend_and_clock;
use secrecy::ExposeSecret;
use time::Duration;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_first_admin_sets_a_password_by_the_link_and_signs_in(pool: PgPool) {
    let backend = backend(pool);
    let first = NewStaff { role: "admin".to_owned(), ..new(EMAIL) };
    let Invitation { staff, link } = set_up(&backend, &first).await.unwrap();
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.invited", "command line"));
    let after = serde_json::json!({ "email": EMAIL, "name": "Ana Reyes", "role": "admin" });
    assert_eq!(row.after, Some(after));

    let open = open_link(&backend, &link.token).await.unwrap().unwrap();
    assert_eq!((open.staff, open.purpose, open.expires_at), (staff.clone(), Purpose::SetUp, START + Duration::DAY));
    assert!(try_sign_in(&backend, EMAIL, PASSWORD).await.is_err(), "not before");
    use_it(&backend, &link).await.unwrap();
    assert_eq!(newest(&backend).await.action, "staff.password_set");
    assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), staff);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_link_works_once(pool: PgPool) {
    let backend = backend(pool);
    let link = set_up(&backend, &new(EMAIL)).await.unwrap().link;
    use_it(&backend, &link).await.unwrap();
    assert_gone(&backend, &link).await;
    assert_eq!(recorded(&backend, "staff.password_set").await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_many_who_use_a_link_at_once_one_wins(pool: PgPool) {
    let backend = backend(pool);
    let link = set_up(&backend, &new(EMAIL)).await.unwrap().link;
    let passwords: Vec<SecretString> = (0..6).map(|n| format!("seven quiet otters {n}").into()).collect();
    let caller = Caller::default();
    let uses = passwords.iter().map(|password| use_link(&backend, &caller, &link.token, password));
    let outcomes = futures::future::join_all(uses).await;
    let winner = outcomes.iter().position(Result::is_ok).unwrap();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|e| matches!(e, Error::NotFound("link"))));
    assert_eq!(recorded(&backend, "staff.password_set").await, 1);
    assert!(try_sign_in(&backend, EMAIL, passwords[winner].expose_secret()).await.is_ok());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_link_that_expired_or_was_replaced_or_is_of_somebody_disabled_is_as_good_as_one_that_never_was(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let link = set_up(&backend, &new(EMAIL)).await.unwrap().link;
    clock.advance(Duration::DAY - Duration::SECOND);
    assert!(open_link(&backend, &link.token).await.unwrap().is_some());
    clock.advance(Duration::SECOND);
    assert_gone(&backend, &link).await;

    let older = make_link_for(&backend, EMAIL).await.unwrap().link;
    let newer = make_link_for(&backend, EMAIL).await.unwrap().link;
    assert_gone(&backend, &older).await;
    assert!(open_link(&backend, &newer.token).await.unwrap().is_some());

    sql::disable(&backend.pool, EMAIL, START).await.unwrap();
    assert_gone(&backend, &newer).await;
    assert_gone(&backend, &Link { token: "0".repeat(64).into(), ..newer.clone() }).await;
    assert_gone(&backend, &Link { token: "nonsense".into(), ..newer }).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_password_that_cannot_be_used_leaves_the_link_open(pool: PgPool) {
    let backend = backend(pool);
    let link = set_up(&backend, &new(EMAIL)).await.unwrap().link;
    for bad in ["eleven char", "unbelievable", "Ana Reyes 2026"] {
        let refused = use_link(&backend, &Caller::default(), &link.token, &bad.into()).await;
        assert_eq!(fields(refused), ["password"], "{bad}");
    }
    use_it(&backend, &link).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn setting_a_password_by_link_ends_every_session_and_the_waiting(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    let store = PostgresSessionStore::new(&backend);
    let data = [(STAFF_ID.to_owned(), serde_json::json!(ana.id))].into();
    let mut session = Record { id: Id::default(), data, expiry_date: START + Duration::HOUR };
    store.create(&mut session).await.unwrap();
    for _ in 0..5 {
        try_sign_in(&backend, EMAIL, "seven quiet badgers").await.unwrap_err();
    }
    assert!(matches!(try_sign_in(&backend, EMAIL, PASSWORD).await, Err(SignInError::TooSoon { .. })));

    let link = make_link_for(&backend, EMAIL).await.unwrap().link;
    use_link(&backend, &Caller::default(), &link.token, &"four loud herons".into()).await.unwrap();
    assert_eq!(store.load(&session.id).await.unwrap(), None);
    assert!(try_sign_in(&backend, EMAIL, PASSWORD).await.is_err(), "the old password");
    assert_eq!(try_sign_in(&backend, EMAIL, "four loud herons").await.unwrap(), ana);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nothing_that_is_stored_opens_a_link(pool: PgPool) {
    let mut backend = backend(pool);
    let sealing_key = Some(crate::test_support::sealing_key('a'));
    backend.connecting = std::sync::Arc::new(crate::connection::Setup { sealing_key, ..Default::default() });
    let link = set_up(&backend, &new(EMAIL)).await.unwrap().link;
    let dump: String =
        sqlx::query_scalar("select string_agg(l::text, ' ') from staff_link l").fetch_one(&backend.pool).await.unwrap();
    let stored = dump.split("\\x").nth(1).unwrap()[..64].to_owned();
    assert_ne!(stored, link.token.expose_secret());
    assert_gone(&backend, &Link { token: stored.into(), ..link.clone() }).await;

    let sealed = hand_over(&backend, &link).unwrap();
    assert!(!sealed.contains(link.token.expose_secret()));
    assert_eq!(handed_over(&backend, &sealed).unwrap().expose_secret(), link.token.expose_secret());
    for damaged in ["", "zz", &sealed[2..], &format!("{sealed}00"), "é€"] {
        assert!(handed_over(&backend, damaged).is_none(), "{damaged}");
    }
}

async fn use_it(backend: &Backend, link: &Link) -> Result<Used> {
    use_link(backend, &Caller::default(), &link.token, &PASSWORD.into()).await
}

async fn assert_gone(backend: &Backend, link: &Link) {
    assert_eq!(open_link(backend, &link.token).await.unwrap(), None);
    let refused = use_it(backend, link).await;
    assert!(matches!(refused, Err(Error::NotFound("link"))), "{refused:?}");
}
