//! The copy is of one marketplace and never of two.

use super::super::copy::Place;
use super::super::sql::forget as forget_copy;
use super::{Form, Saved, Wishes, World, fields, form_of, save, serve};
use crate::sync::{self, Rhythm};
use crate::test_support::START;
use crate::{Error, sync::store_customer};
use axum::routing::any;
use axum::{Json, Router};
use marketplace::CustomerFilter;
use marketplace::models::Customer;
use marketplace_sim::{Config, Simulator};
use serde_json::json;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;
use tokio_util::sync::CancellationToken;

/// Tables that outlive the copy. Every other one is forgotten with it.
const KEPT: [&str; 28] = [
    "_sqlx_migrations",
    "activity",
    "activity_head",
    "activity_seal",
    "approval_rule",
    "console_call",
    "form_being_placed",
    "guess_counter",
    "intent",
    "intent_comment",
    "intent_look",
    "known_browser",
    "marketplace_call",
    "marketplace_connection",
    "marketplace_copy",
    "marketplace_health",
    "marketplace_patience",
    "order_proof",
    "recovery_code",
    "role",
    "second_factor",
    "second_factor_policy",
    "session",
    "single_sign_on_attempt",
    "staff",
    "staff_identity",
    "staff_link",
    "write",
];

/// A world whose marketplace was copied, and another marketplace with nine customers.
async fn copied(pool: PgPool) -> (World, Simulator) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    catch_up(&world).await;
    let other = Simulator::start(Config { customers: 9, seed: 2, ..Config::for_tests() }).await.unwrap();
    (world, other)
}

async fn catch_up(world: &World) {
    sync::catch_up(&world.backend, &Rhythm::default()).await.unwrap();
}

/// Puts an order into the world that has come to no end.
async fn open_order(world: &World) {
    sqlx::query!(
        "insert into intent (id, kind, state, customer_id, order_number, body, lines, estimate, estimated_at,
             requested_by, form_token, created_at)
         values (gen_random_uuid(), 'sales', 'processing', '1', 'SO000017', '{}', '[]', '{}', $1, $2,
             gen_random_uuid(), $1)",
        START,
        world.admin.id,
    )
    .execute(&world.backend.pool)
    .await
    .unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_marketplace_needs_a_tick_and_then_the_copy_begins_anew(pool: PgPool) {
    let (world, other) = copied(pool).await;
    let form = form_of(&other);
    assert_eq!(fields(world.save(&form).await), ["forget_copy"]);
    assert_eq!(world.count("customer").await, 6, "nothing is forgotten without the tick");
    assert_eq!(
        world.backend.marketplace().unwrap().page(&CustomerFilter::default(), 0, 1).await.unwrap().total(),
        Some(6)
    );

    world.save_and_forget(&form).await.unwrap();
    for table in ["customer", "subscription", "product_line", "marketplace_order", "sync_progress"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
    assert!(world.trail().await[0].2.contains(r#""copy_forgotten":true"#));
    assert_eq!(world.count("staff").await, 1);
    catch_up(&world).await;
    assert_eq!(world.count("customer").await, 9);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_marketplace_keeps_its_copy_even_with_the_tick(pool: PgPool) {
    let (world, _) = copied(pool).await;
    world.save_and_forget(&world.form()).await.unwrap();
    assert_eq!(world.count("customer").await, 6);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn while_nothing_was_read_another_address_needs_no_tick(pool: PgPool) {
    let world = World::new(pool).await;
    world.saved(&world.form()).await;
    let other = Simulator::start(Config { seed: 2, ..Config::for_tests() }).await.unwrap();
    world.saved(&form_of(&other)).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_account_at_the_same_address_is_noticed_by_its_customers(pool: PgPool) {
    let world = World::new(pool).await;
    let customer =
        json!({"id": "7", "resellerId": "1000001", "name": "Fabrikam", "status": "active", "contactPersons": []});
    let answer = move |query: axum::extract::RawQuery| {
        let stranger = query.0.is_some_and(|query| query.contains("limit=1"));
        let customer = if stranger { json!({"id": "8", "resellerId": "1000002"}) } else { customer.clone() };
        async move { Json(json!({"data": [customer], "pagination": {"offset": 0, "limit": 1, "total": 1}})) }
    };
    let token = Json(json!({"token": "t", "expiresInSeconds": 1500}));
    let router = Router::new().route("/token", any(async move || token)).route("/customers", any(answer));
    let form = Form { url: serve(router).await, ..world.form() };
    world.saved(&form).await;
    let read = world.backend.marketplace().unwrap().page(&CustomerFilter::default(), 0, 500).await.unwrap();
    let mut db = world.backend.pool.acquire().await.unwrap();
    store_customer(&mut db, &read.data[0], START + Duration::weeks(100)).await.unwrap();
    assert_eq!(fields(world.save(&form).await), ["forget_copy"]);
    world.save_and_forget(&form).await.unwrap();
    assert_eq!(world.count("customer").await, 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn open_orders_stand_in_the_way_and_are_listed(pool: PgPool) {
    let (world, other) = copied(pool).await;
    open_order(&world).await;
    let refused = world.save_and_forget(&form_of(&other)).await;
    assert!(
        matches!(&refused, Err(Error::Invalid(problems)) if problems[0].message.contains("SO000017")),
        "{refused:?}"
    );
    assert_eq!(fields(refused), ["forget_copy"]);
    assert_eq!(world.count("customer").await, 6);
    let listed = super::current(&world.backend, &world.admin).await.unwrap().open_intents;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].label(), "SO000017 for 1");
    world.saved(&world.form()).await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_asked_of_the_old_marketplace_is_not_stored_as_the_new_one_s(pool: PgPool) {
    let (world, other) = copied(pool).await;
    let old = world.backend.marketplace().unwrap();
    let asked_at = crate::Clock::now(&*world.clock);
    let answer: Vec<Customer> = old.page(&CustomerFilter::default(), 0, 1).await.unwrap().data;
    world.clock.advance(Duration::SECOND);
    world.save_and_forget(&form_of(&other)).await.unwrap();

    let mut db = world.backend.pool.acquire().await.unwrap();
    let refused = store_customer(&mut db, &answer[0], asked_at).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    assert_eq!(world.count("customer").await, 0);
    let calls = world.marketplace.stats().calls;
    let refused = old.page(&CustomerFilter::default(), 0, 1).await.unwrap_err();
    assert_eq!(*refused.kind(), marketplace::ErrorKind::Refused, "{refused}");
    assert_eq!(world.marketplace.stats().calls, calls, "nobody asks the old one any more");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_copy_begins_anew_by_itself(pool: PgPool) {
    let (world, other) = copied(pool).await;
    let stop = CancellationToken::new();
    let keeping = tokio::spawn(sync::run(world.backend.clone(), Rhythm::default(), stop.clone()));
    world.save_and_forget(&form_of(&other)).await.unwrap();
    super::soon(async {
        while world.count("customer").await != 9 || world.count("subscription where detailed_at is not null").await == 0
        {
            tokio::task::yield_now().await;
        }
    })
    .await;
    stop.cancel();
    keeping.await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_failed_with_the_connection_before_does_not_wait_with_the_new_one(pool: PgPool) {
    let world = World::new(pool).await;
    let wrong = Form { password: "not it".into(), ..world.form() };
    let although_failed = Wishes { although_failed: true, ..Wishes::default() };
    save(&world.backend, &world.admin, &wrong, although_failed).await.unwrap();
    let stop = CancellationToken::new();
    let keeping = tokio::spawn(sync::run(world.backend.clone(), Rhythm::default(), stop.clone()));
    let failed = "sync_progress where collection = 'reports' and state = 'failed'";
    super::soon(async {
        while world.count(failed).await == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    // The clock stands, so the time to try again never comes.
    world.saved(&world.form()).await;
    super::soon(async {
        while world.count("report").await == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    stop.cancel();
    keeping.await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_table_is_either_kept_or_forgotten(pool: PgPool) {
    let files = async || -> BTreeSet<String> {
        let files: Vec<String> = sqlx::query_scalar(
            "select relname || ' ' || relfilenode from pg_class
             where relkind = 'r' and relnamespace = 'public'::regnamespace",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        files.into_iter().collect()
    };
    let before = files().await;
    let place = Place { url: "https://host.example".into(), code: "us".into() };
    forget_copy(&mut pool.acquire().await.unwrap(), &place, START).await.unwrap();
    // Emptying gives a table a new file.
    let after = files().await;
    let kept: Vec<&str> = before.intersection(&after).filter_map(|file| file.split(' ').next()).collect();
    assert_eq!(kept, KEPT, "a new table is either named here or emptied in `sql::forget`");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_copy_that_is_being_read_for_long_is_not_waited_for(pool: PgPool) {
    let (world, other) = copied(pool).await;
    let mut reading = world.backend.pool.begin().await.unwrap();
    sqlx::raw_sql("lock table customer in access share mode").execute(&mut *reading).await.unwrap();
    let refused = world.save_and_forget(&form_of(&other)).await;
    assert!(matches!(&refused, Err(Error::Conflict(message)) if message.contains("backup")), "{refused:?}");
    drop(reading);
    let saved = world.save_and_forget(&form_of(&other)).await.unwrap();
    assert!(matches!(saved, Saved::Yes(_)));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_user_whose_test_fails_may_be_of_another_account(pool: PgPool) {
    let (world, _) = copied(pool).await;
    let although = |forget_copy| Wishes { although_failed: true, forget_copy };
    let wrong_key = Form { subscription_key: "0".repeat(32).as_str().into(), ..world.form() };
    save(&world.backend, &world.admin, &wrong_key, although(false)).await.expect("the same user is the same account");
    assert_eq!(world.count("customer").await, 6);
    let stranger = Form { username: "stranger.API".to_owned(), ..wrong_key };
    let refused = save(&world.backend, &world.admin, &stranger, although(false)).await;
    assert_eq!(fields(refused), ["forget_copy"]);
    assert_eq!(world.count("customer").await, 6);
    save(&world.backend, &world.admin, &stranger, although(true)).await.unwrap();
    assert_eq!(world.count("customer").await, 0);
}
