//! What is kept of calls, for how long, and without what.

use super::{World, json, report, text};
use crate::Error;
use crate::console::{Typed, draft, get, history, prune};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn calls_are_kept_for_thirty_days(pool: PgPool) {
    let world = World::new(pool).await;
    let old = world.look("/plans?limit=1").await.summary;
    world.draft(&report()).await;
    world.clock.advance(Duration::days(30));
    assert_eq!(history(&world.backend, &world.manager).await.unwrap().len(), 1);
    world.clock.advance(Duration::seconds(1));
    assert!(history(&world.backend, &world.manager).await.unwrap().is_empty(), "even before the rows are gone");
    assert!(matches!(get(&world.backend, &world.manager, old.id).await, Err(Error::NotFound("call"))));
    world.marketplace.advance(Duration::days(30));
    world.look("/orders?limit=1").await;
    prune(&world.backend).await.unwrap();
    let rows = sqlx::query_scalar!("select path from console_call").fetch_all(&world.backend.pool).await.unwrap();
    assert_eq!(rows, ["/orders"]);
    let drafts =
        sqlx::query_scalar!("select count(*) from console_draft").fetch_one(&world.backend.pool).await.unwrap();
    assert_eq!(drafts, Some(0));
    assert_eq!(world.trail().await.len(), 2, "the activity stays");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_history_shows_fifty_calls(pool: PgPool) {
    let world = World::new(pool).await;
    for number in 0..51 {
        world.clock.advance(Duration::seconds(1));
        world.look(&format!("/plans/{number}")).await;
    }
    let calls = history(&world.backend, &world.manager).await.unwrap();
    assert_eq!((calls.len(), calls[0].path.as_str(), calls[49].path.as_str()), (50, "/plans/50", "/plans/1"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn no_secret_is_kept_in_history_or_activity(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.first("/reports?status=completed").await;
    let report = world.look(&format!("/reports/{id}")).await;
    assert!(text(&report).contains("\"downloadUrl\": \"[hidden]\""), "{}", text(&report));
    world.look("/customers?subscription-key=typed-by-mistake").await;
    let body = r#"{
      "name": "Tarrow Looms", "language": "en_US",
      "address": {"streetAddress": "1 Kiln Street", "city": "Reno", "postalCode": "89501", "state": "NV", "countryCode": "US"},
      "contactPersons": [{"type": "admin", "firstName": "Ines", "lastName": "Hexley", "email": "ines@tarrow.example",
        "phoneNumber": "1#775#5550100#", "login": "ines.hexley", "password": "Opensesame#12"}],
      "attributes": {"clientSecret": "typed-by-mistake"}
    }"#;
    let never_sent = body.replace("Tarrow", "Wendell").replace("Kiln Street", "Weir Lane");
    world.draft(&Typed::new("POST", "/customers?subscription-key=typed-by-mistake", &never_sent)).await;
    let waiting = world.draft(&Typed::new("POST", "/customers", body)).await;
    let call = get(&world.backend, &world.admin, world.confirm(waiting).await.unwrap()).await.unwrap();
    assert_eq!(call.summary.status, Some(200), "the marketplace got the values: {}", text(&call));
    assert_eq!(json(&call)["name"], "Tarrow Looms");
    assert!(call.body.as_ref().is_some_and(|body| body.contains("Kiln Street") && body.contains("[hidden]")));
    assert!(draft(&world.backend, &world.admin, waiting).await.is_ok());

    let everything = sqlx::query_scalar!(
        r#"select concat((select string_agg(c::text, ' ') from console_call c),
           (select string_agg(a::text, ' ') from activity a), (select string_agg(d::text, ' ') from console_draft d)) as "all!""#
    );
    let everything = everything.fetch_one(&world.backend.pool).await.unwrap();
    assert!(everything.contains("Kiln Street"), "{everything}");
    let credentials = world.marketplace.credentials();
    let secrets = [
        "ines.hexley",
        "Opensesame#12",
        "typed-by-mistake",
        "sig=",
        &credentials.password,
        &credentials.subscription_key,
    ];
    for secret in secrets {
        assert!(!everything.contains(secret), "{secret} is kept");
    }
}
