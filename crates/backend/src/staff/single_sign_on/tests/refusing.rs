//! What does not come back signed in.

use super::super::delete_expired;
use super::*;
use crate::test_support::staff;
use domain::Role;
use oidc_sim::Lie;
use secrecy::ExposeSecret;
use time::Duration;

fn is_lost(refused: &Result<Finished, SignOnError>) -> bool {
    matches!(refused, Err(SignOnError::Lost))
}

/// A world in which Ida is bound to somebody.
async fn with_ida(pool: PgPool) -> World {
    let mut world = World::new(pool, None).await;
    let ana = staff(&world.backend, Role::Viewer).await;
    world.bind(&ana, &ida(&[])).await.unwrap();
    world
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_way_ends_once(pool: PgPool) {
    let mut world = with_ida(pool).await;
    world.provider.lie(Lie::TakesCodesTwice);
    let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    assert!(world.come_back(&returned, None).await.is_ok());
    assert!(is_lost(&world.come_back(&returned, None).await), "even where the provider takes the code again");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_two_who_come_back_at_once_one_is_let_in(pool: PgPool) {
    let mut world = with_ida(pool).await;
    world.provider.lie(Lie::TakesCodesTwice);
    let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let (one, other) = tokio::join!(world.come_back(&returned, None), world.come_back(&returned, None));
    assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1, "{one:?} {other:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_another_browser_began_signs_nobody_in(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let own = world.browser.take();
    assert!(is_lost(&world.come_back(&returned, None).await), "no cookie");
    world.browser = Some("0".repeat(64).into());
    assert!(is_lost(&world.come_back(&returned, None).await), "another cookie");
    world.browser = Some("nonsense".into());
    assert!(is_lost(&world.come_back(&returned, None).await), "no cookie of ours");
    world.browser = own;
    assert!(world.come_back(&returned, None).await.is_ok(), "the browser that began it still can");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_tabs_do_not_get_into_each_others_way(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let one = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let other = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    assert!(world.come_back(&one, None).await.is_ok());
    assert!(world.come_back(&other, None).await.is_ok());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_code_of_another_way_is_worth_nothing(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let victim = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let attacker = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let injected = Returned { code: victim.code.clone(), ..attacker };
    let refused = world.come_back(&injected, None).await;
    assert!(matches!(refused, Err(SignOnError::Provider(oidc::Error::Refused(_)))), "by PKCE: {refused:?}");

    world.provider.lie(Lie::IgnoresVerifier);
    let victim = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let attacker = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let injected = Returned { code: victim.code.clone(), ..attacker };
    let refused = world.come_back(&injected, None).await;
    assert!(
        matches!(refused, Err(SignOnError::Provider(oidc::Error::Token(oidc::TokenProblem::Nonce)))),
        "by the nonce, where the provider does not look at PKCE: {refused:?}"
    );
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_way_is_over_after_ten_minutes_and_forgotten(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let in_time = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let late = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    world.clock.advance(Duration::minutes(10) - Duration::SECOND);
    world.provider.advance(Duration::minutes(10) - Duration::SECOND);
    assert!(world.come_back(&in_time, None).await.is_ok());
    world.clock.advance(Duration::SECOND);
    assert!(is_lost(&world.come_back(&late, None).await));
    let left = async || {
        let left = sqlx::query_scalar!(r#"select count(*) as "left!" from single_sign_on_attempt"#);
        left.fetch_one(&world.backend.pool).await.unwrap()
    };
    assert_eq!(left().await, 1);
    delete_expired(&world.backend).await.unwrap();
    assert_eq!(left().await, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_token_that_lies_signs_nobody_in_and_leaves_a_row(pool: PgPool) {
    let mut world = with_ida(pool).await;
    for lie in [Lie::Nonce, Lie::Audience, Lie::Issuer, Lie::Expired, Lie::Unsigned, Lie::Signature, Lie::Nobody] {
        world.provider.lie(lie);
        let refused = world.sign_in(&ida(&[])).await;
        assert!(matches!(refused, Err(SignOnError::Provider(oidc::Error::Token(_)))), "{lie:?}: {refused:?}");
        let row = world.recorded().await.remove(0);
        assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.sign_in_failed", "single sign-on"), "{lie:?}");
        world.provider.be_honest();
    }
    assert!(world.sign_in(&ida(&[])).await.is_ok());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_no_at_the_provider_and_another_issuer_are_no_sign_in_and_leave_nothing(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let before = world.recorded().await.len();
    let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let denied = Returned { code: None, error: Some("access_denied".to_owned()), ..returned };
    let refused = world.come_back(&denied, None).await;
    assert!(matches!(&refused, Err(SignOnError::Denied(why)) if why == "access_denied"), "{refused:?}");

    let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let forged = Returned { code: None, error: Some("<b>\nERROR".to_owned()), ..returned };
    let refused = world.come_back(&forged, None).await.unwrap_err();
    assert!(!refused.to_string().contains('<'), "{refused}");

    let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
    let mixed_up = Returned { issuer: Some("https://evil.example".to_owned()), ..returned };
    assert!(is_lost(&world.come_back(&mixed_up, None).await));
    assert_eq!(world.recorded().await.len(), before, "anybody can cause them");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn codes_that_are_worth_nothing_are_counted_by_network(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let caller = Caller { network: Some("192.0.2.7".parse().unwrap()), browser: None };
    let mut looked_at = 0;
    for _ in 0..60 {
        let returned = world.go(Intent::SignIn, &ida(&[])).await.unwrap();
        let guessed = Returned { code: Some("guessed".into()), ..returned };
        match finish(&world.backend, &caller, world.browser.as_ref(), &guessed, None).await {
            Err(SignOnError::Provider(oidc::Error::Refused(_))) => looked_at += 1,
            Err(SignOnError::TooSoon { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((looked_at, world.provider.asked("/token")), (50, 51), "one of them bound Ida");
    assert!(world.sign_in(&ida(&[])).await.is_ok(), "other networks are let in");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nothing_in_the_database_finishes_a_way(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let begun = begin(&world.backend, None, None, Intent::SignIn, "/").await.unwrap();
    let dump = sqlx::query_scalar!(r#"select string_agg(a::text, ' ') as "dump!" from single_sign_on_attempt a"#);
    let dump = dump.fetch_one(&world.backend.pool).await.unwrap();
    let query = begun.location.split_once('?').unwrap().1;
    let secrets = query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value);
    for secret in secrets.filter(|value| value.len() >= 43 && value.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        assert!(!dump.contains(secret), "{secret} is in {dump}");
    }
    assert!(!dump.contains(begun.browser.expose_secret()));
    world.browser = Some(begun.browser);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_a_thousand_ways_begun_from_one_network_few_leave_a_row_and_those_that_end_count_no_more(pool: PgPool) {
    let mut world = with_ida(pool).await;
    let here = Caller { network: Some("2001:db8:1:2::7".parse().unwrap()), browser: None };
    let rows = async |world: &World| {
        let count = sqlx::query_scalar!(r#"select count(*) as "count!" from single_sign_on_attempt"#);
        count.fetch_one(&world.backend.pool).await.unwrap()
    };
    let way = async |world: &World, network| begin(&world.backend, network, None, Intent::SignIn, "/").await;
    for _ in 0..80 {
        let begun = begin(&world.backend, here.network, None, Intent::SignIn, "/orders").await.unwrap();
        let back = world.provider.consent(&begun.location, &ida(&[]));
        let returned = Returned { state: Some(back.state.into()), code: Some(back.code.into()), ..Returned::default() };
        finish(&world.backend, &here, Some(&begun.browser), &returned, None).await.unwrap();
    }
    assert_eq!(rows(&world).await, 0, "an office whose people come back begins as many as it likes");
    let mut begun = 0;
    for host in 0..1_000_u16 {
        let address = format!("2001:db8:1:2::{host:x}").parse().unwrap();
        match way(&world, Some(address)).await {
            Ok(_) => begun += 1,
            Err(SignOnError::TooSoon { wait }) => assert!(wait <= Duration::minutes(2), "{wait}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((begun, rows(&world).await), (50, 50));
    assert!(way(&world, Some("192.0.2.7".parse().unwrap())).await.is_ok(), "other networks begin theirs");
    assert!(world.sign_in(&ida(&[])).await.is_ok());
    world.clock.advance(Duration::minutes(11));
    crate::housekeeping::tidy_up(&world.backend).await.unwrap();
    assert_eq!(rows(&world).await, 0, "what nobody came back from is thrown away");
    assert!(way(&world, here.network).await.is_ok(), "some more by then");
}
