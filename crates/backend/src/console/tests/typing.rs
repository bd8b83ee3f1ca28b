use super::World;
use crate::Error;
use crate::console::{LARGEST_BODY, Typed, address, ask};
use crate::test_support::backend;
use crate::test_support::staff;
use domain::{Permission, Role};
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_cannot_be_a_call_is_refused_before_anything_is_kept_or_sent(pool: PgPool) {
    let world = World::new(pool).await;
    let calls = world.marketplace.stats().calls;
    for (typed, field) in [
        (Typed::new("PUT", "/orders/1", "{}"), "method"),
        (Typed::new("GET", "https://other.example/", ""), "path"),
        (Typed::new("POST", "/token", "{\"marketplace\": \"us\"}"), "path"),
        (Typed::new("POST", "/orders", "no JSON"), "body"),
        (Typed::new("POST", "/orders", &" {} ".repeat(LARGEST_BODY)), "body"),
    ] {
        let refused = ask(&world.backend, &world.admin, &typed).await;
        assert!(matches!(&refused, Err(Error::Invalid(fields)) if fields[0].field == field), "{field}: {refused:?}");
    }
    assert_eq!(world.marketplace.stats().calls, calls);
    assert!(world.trail().await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn neither_viewer_nor_technician_uses_the_console(pool: PgPool) {
    let world = World::new(pool).await;
    for role in [Role::Viewer, Role::Technician] {
        let person = staff(&world.backend, role).await;
        let refused = ask(&world.backend, &person, &Typed::new("GET", "/customers", "")).await;
        assert!(matches!(refused, Err(Error::Forbidden(Permission::UseConsole))), "{refused:?}");
    }
    assert!(world.trail().await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_a_marketplace_nothing_is_asked(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    for typed in [Typed::new("GET", "/customers", ""), super::report()] {
        assert!(matches!(ask(&backend, &admin, &typed).await, Err(Error::NotConnected)));
    }
    assert_eq!(address(&backend, "/customers"), None);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_address_of_a_call_is_the_marketplaces(pool: PgPool) {
    let world = World::new(pool).await;
    let expected = format!("{}/orders/a%20b?x=1", world.marketplace.url());
    assert_eq!(address(&world.backend, "/orders/a%20b?x=1"), Some(expected));
    assert_eq!(address(&world.backend, "//other.example/"), None);
}
