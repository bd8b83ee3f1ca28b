//! Orders placed here that the marketplace has none of, in the list of orders.

use super::connected::Connected;
use super::settling::lost;
use domain::Role;
use sqlx::PgPool;

const FOUND: &str = "No order at the marketplace matches";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_became_of_an_order_the_marketplace_does_not_have_is_found_by_its_po_number(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    let link = format!("href=\"{order}\"");
    let mut browser = world.site.signed_in(Role::Viewer).await;
    for (became, says) in [
        ("update intent set po_number = 'LOST-503'", "unknown"),
        ("update intent set state = 'drafted', next_look_at = null", "waiting for approval"),
        ("update intent set state = 'cancelled', decision = 'rejected'", "rejected"),
    ] {
        sqlx::raw_sql(became).execute(&world.site.backend.pool).await.unwrap();
        let page = browser.get("/orders?search=lost-503").await.body.replace("<!>", "");
        assert!(page.contains(">Placed here</h2>") && page.contains(&link), "{says}: {page}");
        assert!(page.contains("PO number LOST-503") && page.contains(&format!(">{says}</span>")), "{says}: {page}");
        assert!(page.contains(FOUND) && !page.contains("No order matches"), "{says}: {page}");
    }
    let customer = world.find("select customer_id from intent").await;
    let page = browser.get(&format!("/orders?customer={customer}")).await.body;
    assert!(page.contains(">Placed here</h2>") && page.contains(&link), "{page}");
    for elsewhere in ["/orders?search=lost-504", "/orders?search=lost-503&customer=nobody"] {
        let page = browser.get(elsewhere).await.body;
        assert!(page.contains("No order matches") && !page.contains(&link), "{elsewhere}: {page}");
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn without_a_search_the_list_is_beside_what_is_under_way(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    let mut browser = world.site.signed_in(Role::Viewer).await;
    for path in ["/orders", "/orders?status=completed"] {
        let page = browser.get(path).await.body;
        assert!(page.contains("Under way, or failed lately") && page.contains(&order), "{path}: {page}");
        assert!(!page.contains(">Placed here</h2>"), "{path}: {page}");
    }
}
