//! Proving once more that it is oneself.

use super::factor::{sealing, set_up};
use super::{EMAIL, PASSWORD, ana, newest, recorded, try_sign_in};
use crate::Backend;
use crate::activity;
use crate::staff::factor::shown;
use crate::staff::{Caller, FRESH, Means, SignInError, Staff, is_fresh, means, prove};
use crate::test_support::{START, backend, backend_and_clock};
use sqlx::PgPool;
use time::Duration;

async fn show(backend: &Backend, staff: &Staff, typed: &str) -> Result<(), SignInError> {
    prove(backend, &Caller::default(), staff, &typed.into()).await
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_proof_counts_for_five_minutes_and_not_a_moment_longer(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    assert_eq!(FRESH, Duration::minutes(5));
    assert!(is_fresh(&backend, Some(START)));
    clock.advance(FRESH - Duration::MICROSECOND);
    assert!(is_fresh(&backend, Some(START)));
    clock.advance(Duration::MICROSECOND);
    assert!(!is_fresh(&backend, Some(START)));
    assert!(!is_fresh(&backend, None), "who never proved it has not");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_a_second_factor_the_password_proves_it_and_leaves_a_row(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    assert_eq!(means(&backend, &ana).await.unwrap(), Means::Password);
    show(&backend, &ana, PASSWORD).await.unwrap();
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.proved", "Ana Reyes"));
    assert_eq!(row.after.unwrap()["by"], "password");

    let refused = show(&backend, &ana, "seven quiet badgers").await;
    assert!(matches!(refused, Err(SignInError::Refused { wait: None })), "{refused:?}");
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.proof_refused", "Ana Reyes"));
    assert!(!format!("{row:?}").contains("badgers"), "{row:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_wrong_password_counts_as_a_guess_like_one_at_the_sign_in(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let ana = ana(&backend).await;
    for _ in 0..3 {
        assert!(show(&backend, &ana, "seven quiet badgers").await.is_err());
    }
    for _ in 0..2 {
        assert!(try_sign_in(&backend, EMAIL, "seven quiet badgers").await.is_err());
    }
    let refused = show(&backend, &ana, PASSWORD).await;
    assert!(matches!(refused, Err(SignInError::TooSoon { wait }) if wait == Duration::SECOND), "{refused:?}");
    assert_eq!(recorded(&backend, "staff.proof_refused").await, 3, "what comes too soon leaves nothing");
    clock.advance(Duration::SECOND);
    show(&backend, &ana, PASSWORD).await.unwrap();
    for _ in 0..4 {
        assert!(show(&backend, &ana, "seven quiet badgers").await.is_err());
    }
    show(&backend, &ana, PASSWORD).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn who_has_a_second_factor_proves_it_by_that_alone_once_for_each_code(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let ana = ana(&backend).await;
    let (key, codes) = set_up(&backend, &ana).await;
    clock.advance(Duration::seconds(30));
    assert_eq!(means(&backend, &ana).await.unwrap(), Means::Factor);
    assert!(show(&backend, &ana, PASSWORD).await.is_err(), "the password proves nothing");
    let code = shown(&key, backend.clock.now());
    show(&backend, &ana, &code).await.unwrap();
    assert_eq!(newest(&backend).await.after.unwrap()["by"], "authenticator app");
    assert!(show(&backend, &ana, &code).await.is_err(), "it is used up");
    show(&backend, &ana, &codes[0]).await.unwrap();
    let rows = activity::page(&backend, None, 2).await.unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["staff.proved", "staff.recovery_code_used"]);
    assert!(show(&backend, &ana, &codes[0]).await.is_err());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn guesses_at_a_code_are_few(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let ana = ana(&backend).await;
    let (key, _) = set_up(&backend, &ana).await;
    clock.advance(Duration::seconds(30));
    for _ in 0..5 {
        assert!(show(&backend, &ana, "000000").await.is_err());
    }
    let refused = show(&backend, &ana, &shown(&key, backend.clock.now())).await;
    assert!(matches!(refused, Err(SignInError::TooSoon { .. })), "{refused:?}");
    assert_eq!(recorded(&backend, "staff.proof_refused").await, 5);
}
