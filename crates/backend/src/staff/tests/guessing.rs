//! How far guesses get. No test hashes more often than the guesses that are looked at.

use super::*;
use crate::ManualClock;
use crate::test_support::backend_and_clock;
use std::net::IpAddr;
use time::Duration;

const WRONG: &str = "seven quiet badgers";
const GUESSES: u16 = 10_000;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_wait_doubles_and_is_the_same_for_an_address_that_nobody_has(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    ana(&backend).await;
    let mut told = Vec::new();
    for address in [EMAIL, "nobody@seatboard.example"] {
        let mut waits = Vec::new();
        for _ in 0..8 {
            let SignInError::Refused { wait } = guess(&backend, address, None).await else {
                panic!("it was not looked at")
            };
            waits.push(wait.map_or(0, Duration::whole_seconds));
            if let Some(wait) = wait {
                clock.advance(wait - Duration::SECOND);
                let early = guess(&backend, &address.to_uppercase(), None).await;
                assert!(matches!(early, SignInError::TooSoon { wait } if wait == Duration::SECOND), "{early:?}");
                clock.advance(Duration::SECOND);
            }
        }
        told.push(waits);
    }
    assert_eq!(told[0], [0, 0, 0, 0, 1, 2, 4, 8]);
    assert_eq!(told[1], told[0]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_success_and_a_day_of_peace_forget_what_was_counted(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    ana(&backend).await;
    for _ in 0..4 {
        guess(&backend, EMAIL, None).await;
    }
    try_sign_in(&backend, EMAIL, PASSWORD).await.unwrap();
    for _ in 0..5 {
        assert!(matches!(guess(&backend, EMAIL, None).await, SignInError::Refused { .. }));
    }
    clock.advance(Duration::DAY);
    assert!(matches!(guess(&backend, EMAIL, None).await, SignInError::Refused { wait: None }));
    clock.advance(Duration::DAY);
    delete_expired(&backend).await.unwrap();
    let left = sqlx::query_scalar!(r#"select count(*) as "left!" from guess_counter"#).fetch_one(&backend.pool).await;
    assert_eq!(left.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn many_guesses_at_the_same_moment_are_no_more_than_one_after_the_other(pool: PgPool) {
    let backend = backend(pool);
    ana(&backend).await;
    let guesses = futures::future::join_all((0..20).map(|_| guess(&backend, EMAIL, None))).await;
    let looked_at = guesses.iter().filter(|error| matches!(error, SignInError::Refused { .. })).count();
    assert_eq!(looked_at, 5, "{guesses:?}");
    assert_eq!(recorded(&backend, "staff.sign_in_failed").await, 5);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_cookie_of_a_browser_is_exchanged_and_counts_for_its_own_person_only(pool: PgPool) {
    let backend = backend(pool);
    let ana = ana(&backend).await;
    let first = enter(&backend, None, None).await.unwrap().browser.unwrap();
    let second = enter(&backend, Some(&first), None).await.unwrap().browser.unwrap();
    block(&backend, EMAIL).await;
    let stolen = enter(&backend, Some(&first), None).await;
    assert!(matches!(stolen, Err(SignInError::TooSoon { .. })), "an old cookie is worth nothing: {stolen:?}");
    block(&backend, "nobody@seatboard.example").await;
    let caller = Caller { browser: Some(second.clone()), network: None };
    let other = sign_in(&backend, &caller, "nobody@seatboard.example", &WRONG.into()).await;
    assert!(matches!(other, Err(SignInError::TooSoon { .. })), "{other:?}");
    let third = enter(&backend, Some(&second), None).await.unwrap();
    assert_eq!(third.staff, ana);

    let admin = staff(&backend, Role::Admin).await;
    disable(&backend, &admin, ana.id).await.unwrap();
    enable(&backend, &admin, ana.id).await.unwrap();
    let forgotten = enter(&backend, third.browser.as_ref(), None).await;
    assert!(matches!(forgotten, Err(SignInError::TooSoon { .. })), "{forgotten:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn guesses_from_a_known_browser_are_slowed_down_too(pool: PgPool) {
    let backend = backend(pool);
    ana(&backend).await;
    let browser = enter(&backend, None, None).await.unwrap().browser.unwrap();
    let caller = Caller { browser: Some(browser), network: None };
    for _ in 0..5 {
        let guess = sign_in(&backend, &caller, EMAIL, &WRONG.into()).await;
        assert!(matches!(guess, Err(SignInError::Refused { .. })), "{guess:?}");
    }
    let guess = sign_in(&backend, &caller, EMAIL, &PASSWORD.into()).await;
    assert!(matches!(guess, Err(SignInError::TooSoon { .. })), "{guess:?}");
    assert!(enter(&backend, None, None).await.is_ok(), "other browsers are counted apart");
}

/// From as many networks as there are guesses, so that only the account's counter slows them down.
#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_10000_guesses_against_one_account_a_few_get_through_and_its_owner_still_signs_in(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let ana = ana(&backend).await;
    let browser = enter(&backend, None, None).await.unwrap().browser.unwrap();
    let attack = attack(&backend, &clock, |n| (EMAIL.to_owned(), Some(network(n, 1)))).await;
    println!("10,000 guesses against one account, one a second: {attack:?}");
    assert!(attack.looked_at <= 30, "{attack:?}");
    assert_eq!(
        attack.looked_at,
        recorded(&backend, "staff.sign_in_failed").await,
        "nothing else was hashed or recorded"
    );

    let owner = enter(&backend, Some(&browser), None).await.unwrap();
    assert_eq!(owner.staff, ana, "at once, from the browser they always use");
    let Err(SignInError::TooSoon { wait }) = enter(&backend, None, None).await else { panic!("the attack goes on") };
    println!("the owner signs in at once from a known browser, and from a new one after {} s", wait.whole_seconds());
    assert!(wait <= Duration::minutes(15));
    clock.advance(wait);
    assert_eq!(enter(&backend, None, None).await.unwrap().staff, ana);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_10000_accounts_tried_with_one_password_a_few_are_looked_at_and_others_still_sign_in(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let ana = ana(&backend).await;
    let (office, home) = (Some(network(1, 1)), Some(network(1, 2)));
    let browser = enter(&backend, None, office).await.unwrap().browser.unwrap();
    let attack = attack(&backend, &clock, |n| (format!("person{n}@seatboard.example"), office)).await;
    println!("10,000 accounts against one password from one network, one a second: {attack:?}");
    assert!(attack.looked_at <= 140, "{attack:?}");
    assert_eq!(attack.looked_at, recorded(&backend, "staff.sign_in_failed").await);

    assert_eq!(enter(&backend, None, home).await.unwrap().staff, ana, "from another network");
    assert_eq!(
        enter(&backend, Some(&browser), office).await.unwrap().staff,
        ana,
        "from a known browser in the same one"
    );
}

#[derive(Debug, Default)]
struct Attack {
    looked_at: usize,
    too_soon: usize,
    let_in: usize,
}

/// One guess a second, at the account and from the network that `target` names.
async fn attack(backend: &Backend, clock: &ManualClock, target: impl Fn(u16) -> (String, Option<IpAddr>)) -> Attack {
    let mut attack = Attack::default();
    for n in 0..GUESSES {
        let (address, network) = target(n);
        let caller = Caller { network, browser: None };
        match sign_in(backend, &caller, &address, &WRONG.into()).await {
            Err(SignInError::Refused { .. }) => attack.looked_at += 1,
            Err(SignInError::TooSoon { .. }) => attack.too_soon += 1,
            Err(SignInError::Failed(error)) => panic!("{error}"),
            Ok(_) => attack.let_in += 1,
        }
        clock.advance(Duration::SECOND);
    }
    assert_eq!((attack.let_in, attack.looked_at + attack.too_soon), (0, usize::from(GUESSES)));
    attack
}

fn network(n: u16, host: u8) -> IpAddr {
    let [high, low] = n.to_be_bytes();
    IpAddr::from([10, high, low, host])
}

async fn guess(backend: &Backend, address: &str, network: Option<IpAddr>) -> SignInError {
    sign_in(backend, &Caller { network, browser: None }, address, &WRONG.into()).await.unwrap_err()
}

/// Guesses until each further try has to wait.
async fn block(backend: &Backend, address: &str) {
    while !matches!(guess(backend, address, None).await, SignInError::TooSoon { .. }) {}
}

async fn enter(
    backend: &Backend,
    browser: Option<&SecretString>,
    network: Option<IpAddr>,
) -> Result<Entered, SignInError> {
    sign_in(backend, &Caller { network, browser: browser.cloned() }, EMAIL, &PASSWORD.into()).await
}
