//! The rarer kinds of orders, with plain forms from the first page to the last.

use super::browser::{Answer, Browser, field};
use super::connected::Connected;
use app::paths::segment;
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

/// A yearly subscription that may be moved up to the next plan.
const STANDARD: &str = "select s.id from subscription s join customer c on c.id = s.customer_id \
    join product_line l on l.subscription_id = s.id and l.line = 1 \
    where s.status = 'active' and c.status = 'active' and s.term_type = 'year' and s.billing_period_type = 'month' \
    and l.mpn = 'NWC0S1LH:0001' and l.seats > 2 \
    and not exists (select from marketplace_order o where o.subscription_id = s.id \
        and o.status in ('submitted', 'processing')) \
    order by s.id limit 1";

const PREMIUM: &str = "select key from product where mpn = 'NWC0P1LH:0001' and term_type = 'year' \
    and billing_period_type = 'month'";

const CUSTOMER: &str = "select id from customer where status = 'active' order by id limit 1";

/// The page, which is there.
async fn get(browser: &mut Browser, path: &str) -> Answer {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// The hidden fields of a review as its button posts them.
fn form(page: &Answer, names: &[&str]) -> String {
    let value = |name: &&str| {
        let value = field(&page.body, name).unwrap_or_else(|| panic!("no {name} in the review: {}", page.body));
        format!("{name}={}", segment(&value))
    };
    names.iter().map(value).collect::<Vec<_>>().join("&")
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn seats_are_moved_to_another_product_and_a_refused_number_stays_in_its_field(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let (subscription, premium) = (world.find(STANDARD).await, world.find(PREMIUM).await);
    let path = format!("/subscriptions/{subscription}/move");
    let page = get(&mut browser, &format!("/subscriptions/{subscription}")).await.body;
    assert!(page.contains(&format!("href=\"{path}\"")), "the subscription's page leads there");
    let page = get(&mut browser, &path).await.body;
    assert!(page.contains("Business Premium, 1 year") && page.contains("A new subscription that ends with this one"));
    let page = get(&mut browser, &format!("{path}?find=Frontline")).await.body;
    assert!(page.contains("Frontline F1, 1 month") && !page.contains("Business Premium, 1 year"), "it was searched");

    let query = |seats: &str| format!("{path}?line=1&product={}&seats={seats}&into=new&step=review", segment(&premium));
    let page = get(&mut browser, &query("9999")).await.body;
    assert!(page.contains("href=\"#seats\"") && page.contains("the seats there are"), "the summary leads to the field");
    assert_eq!(field(&page, "seats").as_deref(), Some("9999"));
    let page = get(&mut browser, &query("2").replace(&segment(&premium), "gone")).await.body;
    assert!(page.contains("href=\"#product\"") && page.contains("Choose what the seats become"));

    let review = get(&mut browser, &query("2")).await;
    assert!(review.body.contains("Place order: move 2 seats"), "{}", review.body);
    assert!(review.body.contains("a new subscription, which ends with this one"));
    let form = form(&review, &["subscription", "act", "choice", "shown", "form_token"]);
    let placed = browser.post("/api/place_act", &form).await.location.unwrap();
    let order = get(&mut browser, &placed).await.body;
    assert!(order.contains("Business Standard") && order.contains("Business Premium"), "{order}");
    let kind =
        world.find("select body->>'placementType' || ' ' || (body->'products'->0->>'quantity') from intent").await;
    assert_eq!(kind, "MOVE 2");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_review_of_a_switch_names_the_start_that_was_chosen_and_the_order_what_was_switched(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let active = sqlx::query_scalar("select id from subscription where status = 'active' order by id");
    let active: Vec<String> = active.fetch_all(&world.site.backend.pool).await.unwrap();
    let (keeps, begins) = ("The switch keeps the start of the present term", "A new term begins with the switch");
    let mut reviewed = None;
    for id in active {
        let path = format!("/subscriptions/{id}/switch");
        let Some(to) = field(&get(&mut browser, &path).await.body, "to") else { continue };
        let review = |start: &str| format!("{path}?to={}&start={start}", segment(&to));
        let kept = get(&mut browser, &review("keep")).await;
        if !kept.body.contains("Place order: switch") {
            continue;
        }
        assert!(kept.body.contains(keeps) && !kept.body.contains(begins), "{}", kept.body);
        let restarted = get(&mut browser, &review("now")).await;
        assert!(restarted.body.contains(begins) && !restarted.body.contains(keeps), "{}", restarted.body);
        assert!(restarted.body.contains("What it costs per period afterwards is not told before the switch."));
        reviewed = Some(restarted);
        break;
    }
    let review = reviewed.expect("a subscription that can be switched");
    let form = form(&review, &["subscription", "act", "choice", "shown", "form_token"]);
    let placed = browser.post("/api/place_act", &form).await.location.unwrap();
    let order = get(&mut browser, &placed).await.body;
    assert!(order.contains("<dt>Switch</dt>") && order.contains(" → ") && order.contains(begins), "{order}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_review_without_a_number_of_seats_asks_for_it_beside_its_field(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let path = format!("/subscriptions/{}/seats?line=1&seats=&step=review", world.find(STANDARD).await);
    let page = get(&mut browser, &path).await.body;
    assert!(page.contains("Enter the number of seats") && page.contains("href=\"#seats\""), "{page}");
    assert!(!page.contains("already has"), "{page}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_subscription_is_migrated_and_every_refused_field_says_so(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let (customer, product) = (world.find(CUSTOMER).await, world.find(PREMIUM).await);
    let page = get(&mut browser, "/orders/migrate").await.body;
    assert!(page.contains(&format!("href=\"/orders/migrate?customer={customer}\"")), "the customer can be chosen");
    let page = get(&mut browser, &format!("/orders/migrate?customer={customer}&search=Premium")).await.body;
    assert!(page.contains("aria-label=\"Choose Business Premium, "), "{page}");
    let chosen = format!("/orders/migrate?customer={customer}&product={}", segment(&product));
    let page = get(&mut browser, &chosen).await.body;
    assert!(page.contains("Term began on") && page.contains("Automatic renewal"));

    let refused = get(&mut browser, &format!("{chosen}&seats=none&started_on=2027-01-01&step=review")).await.body;
    for id in ["seats", "started_on", "expires_on"] {
        assert!(refused.contains(&format!("href=\"#{id}\"")), "{id}");
    }
    assert_eq!(field(&refused, "seats").as_deref(), Some("none"), "what was typed stays");

    let term = "seats=8&started_on=2025-09-10&expires_on=2026-09-10&renews=no&step=review";
    let review = get(&mut browser, &format!("{chosen}&{term}")).await;
    assert!(review.body.contains("Place order: migrate 8 seats, 0.00 USD now"), "{}", review.body);
    assert!(review.body.contains("Ends with its term"));
    let form = form(&review, &["order", "shown", "form_token"]);
    let placed = browser.post("/api/place_migration", &form).await.location.unwrap();
    assert!(get(&mut browser, &placed).await.body.contains("Business Premium"));
    let body = world
        .find("select kind || ' ' || (body->>'expirationDate') || ' ' || (body->>'autorenewal') from intent")
        .await;
    assert_eq!(body, "migration 2026-09-10 false");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_special_price_is_agreed_in_a_new_order_beside_the_seats(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let customer = world.find(CUSTOMER).await;
    // Asks for no activation parameters.
    let product = world.find("select key from product where mpn = 'OS-OFF26-PP'").await;
    let query = |price: &str| {
        format!("/orders/new?customer={customer}&product-0={}&seats-0=4&price-0={price}&step=review", segment(&product))
    };
    let refused = get(&mut browser, &query("4,25")).await.body;
    assert!(refused.contains("href=\"#price-0\""), "{refused}");
    assert_eq!(field(&refused, "price-0").as_deref(), Some("4,25"));
    let review = get(&mut browser, &query("4.25")).await.body;
    assert!(review.contains("Special price: 4.25 per seat") && review.contains("17.00 USD now"), "{review}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_changes_a_subscription_reads_that_its_customer_cannot_order(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let subscription = world.find(STANDARD).await;
    let told = "The customer's status is credit hold";
    let pages = ["", "/seats", "/renew", "/move"].map(|page| format!("/subscriptions/{subscription}{page}"));
    for path in &pages {
        assert!(!get(&mut browser, path).await.body.contains(told), "{path}");
    }
    sqlx::raw_sql("update customer set status = 'creditHold'").execute(&world.site.backend.pool).await.unwrap();
    for path in &pages {
        assert!(get(&mut browser, path).await.body.contains(told), "{path}");
    }
}
