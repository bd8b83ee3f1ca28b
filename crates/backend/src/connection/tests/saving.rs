//! What is stored, and when it is not.

use super::super::change::store;
use super::super::trial::tried;
use super::super::{Source, forget};
use super::{Form, Outcome, Saved, Setup, Wishes, World, current, fields, key, open, process, save};
use crate::seal::OpenError;
use crate::test_support::staff;
use crate::{Error, budget};
use domain::Role;
use marketplace::CustomerFilter;
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_works_is_stored_and_in_use_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    let client = world.backend.marketplace().unwrap();
    assert_eq!(client.page(&CustomerFilter::default(), 0, 1).await.unwrap().total(), Some(6));

    let current = current(&world.backend, &world.admin).await.unwrap().in_use.unwrap();
    let Source::Settings { since: _, by, key_hint } = &current.source else { panic!("{current:?}") };
    assert_eq!(by, "Test admin");
    assert!(world.marketplace.credentials().subscription_key.ends_with(key_hint) && key_hint.len() == 4);
    assert_eq!((current.url, current.code), (world.marketplace.url(), "us".to_owned()));

    let trail = world.trail().await;
    let actions: Vec<&str> = trail.iter().map(|(action, ..)| action.as_str()).collect();
    assert_eq!(actions, ["connection.changed", "connection.tested"]);
    assert!(trail[0].2.contains(r#""password_changed":true"#) && trail[0].2.contains("demo.API"), "{}", trail[0].2);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_does_not_work_is_stored_only_if_that_was_wished_for(pool: PgPool) {
    let world = World::new(pool).await;
    let not_yet = Form { subscription_key: "f".repeat(32).into(), ..world.form() };
    let saved = world.save(&not_yet).await.unwrap();
    assert!(matches!(&saved, Saved::No(report) if report.outcome == Outcome::KeyRefused), "{saved:?}");
    assert!(!world.backend.link.is_connected());
    assert_eq!(world.count("marketplace_connection").await, 0);

    let wishes = Wishes { although_failed: true, ..Wishes::default() };
    let saved = save(&world.backend, &world.admin, &not_yet, wishes).await.unwrap();
    assert!(matches!(saved, Saved::Yes(_)), "{saved:?}");
    assert!(world.backend.link.is_connected());
    assert_eq!(world.trail().await[0].3, "Saved although the test failed: key refused.");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn empty_secrets_keep_those_in_use_while_everything_else_stays(pool: PgPool) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    let kept = Form { password: "".into(), subscription_key: "".into(), ..world.form() };
    world.saved(&kept).await;
    assert!(!world.trail().await[0].2.contains("_changed"), "{}", world.trail().await[0].2);
    world.saved(&Form { url: format!(" {}/ ", kept.url), ..kept.clone() }).await;
    world.saved(&Form { password: world.form().password, ..kept.clone() }).await;
    let wrong = Form { password: "not it".into(), ..kept };
    let saved = world.save(&wrong).await.unwrap();
    assert!(matches!(&saved, Saved::No(report) if report.outcome == Outcome::SignInRefused), "{saved:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn kept_secrets_go_to_no_other_place_or_user(pool: PgPool) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    let kept = Form { password: "".into(), subscription_key: "".into(), ..world.form() };
    let both = ["password", "subscription_key"];
    let received = world.marketplace.stats().calls;
    for elsewhere in [
        Form { url: "https://elsewhere.example/marketplace/us".into(), ..kept.clone() },
        Form { url: kept.url.replace("127.0.0.1", "localhost"), ..kept.clone() },
        Form { url: format!("{}/other", kept.url), ..kept.clone() },
        Form { code: "eu".into(), ..kept.clone() },
        Form { username: "other.API".into(), ..kept.clone() },
    ] {
        assert_eq!(fields(super::test(&world.backend, &world.admin, &elsewhere).await), both, "{elsewhere:?}");
        assert_eq!(fields(world.save(&elsewhere).await), both, "{elsewhere:?}");
    }
    let half = Form { username: "other.API".into(), password: "typed".into(), ..kept };
    let refused = world.save(&half).await;
    assert!(
        matches!(&refused, Err(Error::Invalid(problems)) if problems[0].message.contains("never sent anywhere else"))
    );
    assert_eq!(fields(refused), ["subscription_key"]);
    assert_eq!(world.marketplace.stats().calls, received, "nothing was tried");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn with_another_secret_key_nothing_is_asked_until_the_secrets_are_typed_again(pool: PgPool) {
    let world = World::new(pool.clone()).await;
    world.saved(&world.form()).await;
    let (other, _) = process(pool, Setup { sealing_key: Some(key('b')), ..Setup::default() });
    open(&other).await.unwrap();
    assert!(!other.link.is_connected());
    let in_use = current(&other, &world.admin).await.unwrap().in_use.unwrap();
    assert_eq!(in_use.unreadable, Some(OpenError::OtherKey));

    let kept = Form { password: "".into(), subscription_key: "".into(), ..world.form() };
    let refused = save(&other, &world.admin, &kept, Wishes::default()).await;
    assert!(
        matches!(&refused, Err(Error::Invalid(problems)) if problems[0].message.contains("SECRET_KEY")),
        "{refused:?}"
    );
    assert_eq!(fields(refused), ["password", "subscription_key"]);
    save(&other, &world.admin, &world.form(), Wishes::default()).await.unwrap();
    assert!(other.link.is_connected());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten(pool: PgPool) {
    let world = World::new(pool).await;
    let complete = world.form().complete(&world.backend).await.unwrap();
    let trial = tried(&world.backend, &world.admin, &complete).await.unwrap();
    world.saved(&world.form()).await;
    let refused = store(&world.backend, &world.admin, &complete, &trial, Wishes::default()).await;
    assert!(matches!(&refused, Err(Error::Conflict(message)) if message.starts_with("Somebody else")), "{refused:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_key_does_not_wait_for_the_patience_of_the_one_before(pool: PgPool) {
    let world = World::new(pool).await;
    let old = Form { subscription_key: "f".repeat(32).into(), ..world.form() };
    let although_failed = Wishes { although_failed: true, ..Wishes::default() };
    save(&world.backend, &world.admin, &old, although_failed).await.unwrap();
    world.backend.budget().close_for(time::Duration::DAY).await.unwrap();
    let same = Form { password: "".into(), subscription_key: "".into(), ..old };
    save(&world.backend, &world.admin, &same, although_failed).await.unwrap();
    assert!(budget::usage(&world.backend).await.unwrap().closed_until.is_some(), "the same key has to wait");
    save(&world.backend, &world.admin, &world.form(), although_failed).await.unwrap();
    assert_eq!(budget::usage(&world.backend).await.unwrap().closed_until, None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_admins_see_change_and_forget_the_connection(pool: PgPool) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let forbidden = |refused: Result<(), Error>| assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    forbidden(current(&world.backend, &manager).await.map(drop));
    forbidden(save(&world.backend, &manager, &world.form(), Wishes::default()).await.map(drop));
    forbidden(forget(&world.backend, &manager, true).await.map(drop));
}
