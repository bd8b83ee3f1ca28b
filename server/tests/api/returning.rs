//! Two people at one subscription, and whoever comes back after closing the laptop.

use super::browser::{Browser, field};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use app::paths::segment;
use axum::http::{Request, StatusCode, header};
use domain::Role;
use sqlx::PgPool;

async fn run(world: &Connected, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&world.site.backend.pool).await.unwrap();
}

/// The hidden fields of a review as its button posts them.
fn form(page: &str, names: &[&str]) -> String {
    let value = |name: &&str| {
        let value = field(page, name).unwrap_or_else(|| panic!("no {name} in the review: {page}"));
        format!("{name}={}", segment(&value))
    };
    names.iter().map(value).collect::<Vec<_>>().join("&")
}

/// One seat more is ordered; answers with the subscription.
async fn order_a_seat(world: &Connected, browser: &mut Browser) -> String {
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let path = format!("/subscriptions/{subscription}/seats");
    let seats: u32 = field(&browser.get(&path).await.body, "seats").unwrap().parse().unwrap();
    let review = browser.get(&format!("{path}?line=1&seats={}&po_number=&step=review", seats + 1)).await.body;
    let fields = ["subscription", "line", "seats", "po_number", "shown", "form_token"];
    let placed = browser.post("/api/place_seat_change", &form(&review, &fields)).await;
    assert!(placed.location.is_some_and(|path| path.starts_with("/orders/")));
    subscription
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn two_people_at_one_subscription_see_each_other(pool: PgPool) {
    let world = Connected::new(pool).await;
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let (page, seats, renew) = (
        format!("/subscriptions/{subscription}"),
        format!("/subscriptions/{subscription}/seats"),
        format!("/subscriptions/{subscription}/renew"),
    );
    let technician = world.find("select name from staff where role = 'technician'").await;
    let manager = world.find("select name from staff where role = 'account_manager'").await;
    let told = |name: &str| format!("{name} had a form of this subscription open");
    let mut one = world.site.signed_in(Role::Technician).await;
    let mut other = world.site.signed_in(Role::AccountManager).await;

    assert!(!other.get(&page).await.body.contains("had a form"), "looking at the page is no form");
    let look = Request::get(&seats).header(header::ACCEPT, "text/html").header("x-unattended", "1");
    one.send(look, "").await;
    assert!(!other.get(&page).await.body.contains("had a form"), "nobody is there when a page looks by itself");
    assert!(!one.get(&seats).await.body.contains("had a form"), "nobody sees themselves");
    assert!(other.get(&page).await.body.contains(&told(&technician)));
    assert!(other.get(&renew).await.body.contains(&told(&technician)));
    assert!(one.get(&seats).await.body.contains(&told(&manager)));

    let at = "at 09:00 UTC";
    let asked = other.get(&page).await.body;
    assert!(asked.contains(at) && asked.contains("They may have left it since. Ask them before you both"), "{asked}");
    let looked_at = world.site.signed_in(Role::Viewer).await.get(&page).await.body;
    assert!(looked_at.contains(at) && looked_at.contains(&told(&technician)), "{looked_at}");
    assert!(!looked_at.contains("Ask them before"), "who changes nothing has nothing to ask");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_placed_what_is_under_way_stands_on_the_subscription_and_on_its_forms(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut one = world.site.signed_in(Role::Technician).await;
    let mut other = world.site.signed_in(Role::AccountManager).await;
    let subscription = order_a_seat(&world, &mut one).await;
    let technician = world.find("select name from staff where role = 'technician'").await;
    let order = world.find("select '/orders/' || id from intent").await;
    for path in ["", "/seats", "/renew"] {
        let page = other.get(&format!("/subscriptions/{subscription}{path}")).await.body;
        assert!(page.contains("seats under way") && page.contains(&format!("href=\"{order}\"")), "{path}: {page}");
        assert!(page.contains(&format!("Placed by {technician}, ")), "{path}: {page}");
        assert!(!page.contains("had a form"), "whoever placed it has left the form: {path}");
    }
    let own = one.get(&format!("/subscriptions/{subscription}")).await.body;
    assert!(own.contains("Placed by you, "));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_closed_the_laptop_finds_the_truth_on_the_overview(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    assert!(browser.get("/").await.body.contains("No order placed here is under way."));
    order_a_seat(&world, &mut browser).await;

    let mut returned = world.site.signed_in(Role::Technician).await;
    let page = returned.get("/").await.body;
    assert!(page.contains("waits to be sent") && page.contains("Placed by you, "), "{page}");
    let mut colleague = world.site.signed_in(Role::Viewer).await;
    assert!(colleague.get("/").await.body.contains("waits to be sent"));
    run(&world, "update intent set state = 'unknown'").await;
    assert!(
        returned.get("/").await.body.contains("We do not know yet whether the marketplace has this order: Change: ")
    );
    run(&world, "update intent set state = 'failed', settled_at = '2026-03-02 09:00Z', problem = 'It was refused.'")
        .await;
    let page = returned.get("/").await.body;
    assert!(page.contains("What became of your orders"), "{page}");
    assert!(page.contains("failed: nothing was ordered") && page.contains("It was refused."), "{page}");
    assert!(!colleague.get("/").await.body.contains("What became of your orders"), "theirs is not hers");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_same_order_a_minute_later_is_pointed_at_the_first_and_wants_a_tick(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let review_path = format!("/subscriptions/{subscription}/renew");
    let fields = ["subscription", "act", "choice", "shown", "form_token"];
    let review = browser.get(&review_path).await.body;
    assert!(!review.contains("You placed the same order"), "{review}");
    let first = browser.post("/api/place_act", &form(&review, &fields)).await.location.unwrap();
    assert!(first.starts_with("/orders/"), "{first}");
    run(&world, "update intent set state = 'completed'").await;

    let review = browser.get(&review_path).await.body;
    assert!(review.contains("You placed the same order a moment ago"), "{review}");
    assert!(review.contains(&format!("href=\"{first}\"")), "it leads to the first one");
    assert!(review.contains("name=\"another\" type=\"checkbox\" value=\"yes\" required"), "{review}");
    let refused = browser.post("/api/place_act", &form(&review, &fields)).await.location.unwrap();
    assert_eq!(refused, review_path);
    let review = browser.get(&review_path).await;
    assert_eq!(review.status, StatusCode::OK);
    assert!(
        review.body.contains("href=\"#another\"") && review.body.contains("id=\"another-error\""),
        "{}",
        review.body
    );
    let ticked = browser.post("/api/place_act", &format!("{}&another=yes", form(&review.body, &fields))).await;
    let second = ticked.location.unwrap();
    assert!(second.starts_with("/orders/") && second != first, "{second}");
}
