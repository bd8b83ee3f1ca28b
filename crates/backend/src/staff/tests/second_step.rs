//! The second step of signing in.

use super::factor::{sealing, set_up};
use super::{EMAIL, PASSWORD, ana, newest, recorded, try_sign_in};
use crate::staff::factor::shown;
use crate::staff::{Caller, Entered, SignInError, browser, second_step, sign_in};
use crate::test_support::staff;
use crate::{Backend, activity};
use domain::Role;
use secrecy::SecretString;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

/// Longer than a code is shown.
const STEP: Duration = Duration::seconds(30);

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_password_is_half_of_it_and_a_code_the_other(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let ana = ana(&backend).await;
    assert!(enter(&backend).await.browser.is_some(), "without a second factor the password is enough");
    let (key, _) = set_up(&backend, &ana).await;
    clock.advance(STEP);
    let half = enter(&backend).await;
    assert_eq!((half.staff, half.browser.is_none()), (ana.clone(), true));
    assert_eq!(newest(&backend).await.action, "staff.password_accepted");
    let now = backend.clock.now();
    let entered = show(&backend, ana.id, &shown(&key, now)).await.unwrap();
    assert_eq!((entered.staff, entered.browser.is_some()), (ana.clone(), true));
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str(), row.at), ("staff.signed_in", "Ana Reyes", now));
    assert_eq!(row.after.unwrap()["factor"], "authenticator app");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_code_is_taken_once_whichever_server_is_asked(pool: PgPool) {
    let (backend, clock) = sealing(pool.clone());
    let (another, its_clock) = sealing(pool);
    let ana = ana(&backend).await;
    let (key, _) = set_up(&backend, &ana).await;
    let at_set_up = shown(&key, backend.clock.now());
    assert_refused(&show(&backend, ana.id, &at_set_up).await);
    clock.advance(STEP);
    its_clock.advance(STEP);
    let code = shown(&key, backend.clock.now());
    let at_once = tokio::join!(show(&backend, ana.id, &code), show(&another, ana.id, &code));
    assert_eq!([at_once.0.is_ok(), at_once.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
    assert_refused(&show(&another, ana.id, &code).await);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_recovery_code_is_taken_once_and_leaves_a_row_without_it(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let ana = ana(&backend).await;
    let (_, codes) = set_up(&backend, &ana).await;
    let copied = codes[3].to_uppercase().replace('-', " ");
    let at_once = tokio::join!(show(&backend, ana.id, &copied), show(&backend, ana.id, &copied));
    assert_eq!([at_once.0.is_ok(), at_once.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
    assert_refused(&show(&backend, ana.id, &codes[3]).await);
    let rows = activity::page(&backend, None, 100).await.unwrap();
    let used: Vec<_> = rows.iter().filter(|row| row.action == "staff.recovery_code_used").collect();
    assert_eq!(used.len(), 1);
    assert_eq!(used[0].after.as_ref().unwrap()["codes_left"], 9);
    assert!(!format!("{rows:?}").contains(&codes[3]));
    show(&backend, ana.id, &codes[4]).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whatever_is_wrong_gets_the_same_answer(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let ana = ana(&backend).await;
    assert_refused(&show(&backend, ana.id, "123456").await);
    let (key, codes) = set_up(&backend, &ana).await;
    clock.advance(STEP);
    let late = shown(&key, backend.clock.now() - STEP * 2);
    let other = if codes[0].starts_with('z') { 'y' } else { 'z' };
    let of_nobody = format!("{other}{}", &codes[0][1..]);
    // What succeeds between them lets nothing come too soon.
    for (wrong, right) in ["", &late, &of_nobody, "\0"].into_iter().zip(&codes[1..]) {
        assert_refused(&show(&backend, ana.id, wrong).await);
        show(&backend, ana.id, right).await.unwrap();
    }
    assert_refused(&show(&backend, Uuid::nil(), &shown(&key, backend.clock.now())).await);
    crate::staff::sql::disable(&backend.pool, EMAIL, backend.clock.now()).await.unwrap();
    assert_refused(&show(&backend, ana.id, &shown(&key, backend.clock.now())).await);
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.after, row.note), ("staff.code_refused", None, None));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_ten_thousand_guesses_few_are_looked_at_and_the_owner_gets_in(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let ana = ana(&backend).await;
    let known = Caller { browser: enter(&backend).await.browser, ..Caller::default() };
    let (key, _) = set_up(&backend, &ana).await;
    let mut looked_at = 0;
    for _ in 0..10_000 {
        match show(&backend, ana.id, "letters").await {
            Err(SignInError::Refused { .. }) => looked_at += 1,
            Err(SignInError::TooSoon { wait }) => assert!(wait <= Duration::minutes(15), "{wait}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked_at, 5);
    assert_eq!(recorded(&backend, "staff.code_refused").await, 5);
    clock.advance(STEP);
    let code = SecretString::from(shown(&key, backend.clock.now()));
    assert!(second_step(&backend, &known, ana.id, &code).await.is_ok(), "in a browser that is known");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_right_password_does_not_give_more_guesses_of_the_code(pool: PgPool) {
    let (backend, _) = sealing(pool);
    let ana = ana(&backend).await;
    set_up(&backend, &ana).await;
    for _ in 0..5 {
        enter(&backend).await;
        assert!(matches!(show(&backend, ana.id, "letters").await, Err(SignInError::Refused { .. })));
    }
    assert_eq!(try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap(), ana);
    assert!(matches!(show(&backend, ana.id, "letters").await, Err(SignInError::TooSoon { .. })));
}

async fn enter(backend: &Backend) -> Entered {
    sign_in(backend, &Caller::default(), EMAIL, &SecretString::from(PASSWORD)).await.unwrap()
}

async fn show(backend: &Backend, staff_id: Uuid, typed: &str) -> Result<Entered, SignInError> {
    second_step(backend, &Caller::default(), staff_id, &typed.into()).await
}

fn assert_refused(answer: &Result<Entered, SignInError>) {
    assert!(matches!(answer, Err(SignInError::Refused { wait: None })), "{answer:?}");
}

/// Lets somebody else sign in with the browser, which exchanges its cookie for everybody it is known for.
async fn exchanged(backend: &Backend, browser: &SecretString, other: Uuid) -> SecretString {
    let caller = Caller { browser: Some(browser.clone()), network: None };
    let mut db = backend.pool.begin().await.unwrap();
    let browser = browser::remember(&mut db, &caller, other, backend.clock.now()).await.unwrap();
    db.commit().await.unwrap();
    browser
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn somebody_who_signs_in_between_guesses_in_a_shared_browser_gets_no_more_of_them(pool: PgPool) {
    let (backend, clock) = sealing(pool);
    let (ana, ben) = (ana(&backend).await, staff(&backend, Role::Viewer).await);
    let elsewhere = Caller { browser: enter(&backend).await.browser, ..Caller::default() };
    let mut shared = enter(&backend).await.browser.unwrap();
    let (key, _) = set_up(&backend, &ana).await;
    let (mut looked_at, mut longest) = (0, Duration::ZERO);
    for _ in 0..3_000 {
        shared = exchanged(&backend, &shared, ben.id).await;
        let caller = Caller { browser: Some(shared.clone()), network: None };
        match second_step(&backend, &caller, ana.id, &"letters".into()).await {
            Err(SignInError::Refused { .. }) => looked_at += 1,
            Err(SignInError::TooSoon { wait }) => longest = longest.max(wait),
            other => panic!("{other:?}"),
        }
        clock.advance(Duration::seconds(10));
    }
    println!("3,000 guesses of a code in 8 hours from a shared browser: {looked_at} looked at, waits up to {longest}");
    assert!((5..=50).contains(&looked_at), "{looked_at}");
    assert_eq!(recorded(&backend, "staff.code_refused").await, looked_at);
    assert!(longest <= Duration::minutes(15), "{longest}");

    let code = SecretString::from(shown(&key, backend.clock.now()));
    assert!(second_step(&backend, &elsewhere, ana.id, &code).await.is_ok(), "at once from their other browser");
    clock.advance(Duration::minutes(15));
    let code = SecretString::from(shown(&key, backend.clock.now()));
    let here = Caller { browser: Some(shared), network: None };
    assert!(second_step(&backend, &here, ana.id, &code).await.is_ok(), "and in this one after a quarter of an hour");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_holds_for_guesses_of_the_password(pool: PgPool) {
    let (backend, _) = sealing(pool);
    ana(&backend).await;
    let ben = staff(&backend, Role::Viewer).await;
    let mut shared = enter(&backend).await.browser.unwrap();
    for guess in 0..7 {
        shared = exchanged(&backend, &shared, ben.id).await;
        let caller = Caller { browser: Some(shared.clone()), network: None };
        let refused = sign_in(&backend, &caller, EMAIL, &"seven quiet badgers".into()).await.unwrap_err();
        assert_eq!(matches!(refused, SignInError::TooSoon { .. }), guess >= 5, "{guess}: {refused:?}");
    }
}
