//! Subscriptions and orders whose detail was never read: opened by people, by pages themselves, and by browsers ahead of
//! people.

use super::browser::{Answer, Browser};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use axum::http::{Request, StatusCode, header};
use domain::Role;
use marketplace_sim::{Fault, FaultRule};
use sqlx::PgPool;
use std::time::Duration;

const BEING_READ: &str = "Reading seats, prices and product lines from the marketplace.";

/// A connected site, and a subscription of it of which only the list was read.
async fn with_unread(pool: PgPool) -> (Connected, String) {
    let connected = Connected::new(pool).await;
    let id = connected.find(RUNNING_SUBSCRIPTION).await;
    let forget = format!(
        "delete from product_line where subscription_id = '{id}';
         update subscription set detailed_at = null, detail_key = null, seats = null, vendor = null where id = '{id}'"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(forget)).execute(&connected.site.backend.pool).await.unwrap();
    (connected, id)
}

fn details(connected: &Connected) -> u64 {
    connected.marketplace.stats().calls.get("getSubscription").copied().unwrap_or(0)
}

/// As the page itself does, or a browser before anybody asked for it.
async fn ahead(browser: &mut Browser, path: &str, name: &str, value: &str) -> Answer {
    browser.send(Request::get(path).header(header::ACCEPT, "text/html").header(name, value), "").await
}

/// The page, looked for as it does itself, once it says so no more.
async fn once_read(browser: &mut Browser, path: &str, says: &str) -> String {
    let read = async {
        loop {
            let answer = ahead(browser, path, "x-unattended", "1").await;
            if !answer.body.contains(says) {
                return answer.body;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), read).await.unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn change_seats_of_a_subscription_never_read_comes_alive(pool: PgPool) {
    let (connected, id) = with_unread(pool).await;
    let before = details(&connected);
    let mut browser = connected.site.signed_in(Role::Technician).await;
    let path = format!("/subscriptions/{id}/seats?line=1");
    let first = browser.get(&path).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.body.contains(BEING_READ) && first.body.contains("data-refresh=\"1\""), "{}", first.body);
    assert!(first.body.contains("data-then-load"), "the form is loaded once it is there");
    assert!(first.body.contains("Load this page again to see it."), "without scripts");
    let form = once_read(&mut browser, &path, BEING_READ).await;
    assert!(form.contains("name=\"seats\"") && !form.contains("id=\"reading\""), "{form}");
    assert_eq!(details(&connected) - before, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn its_page_says_that_it_is_being_read_and_then_shows_it(pool: PgPool) {
    let (connected, id) = with_unread(pool).await;
    let mut browser = connected.site.signed_in(Role::Technician).await;
    let path = format!("/subscriptions/{id}");
    let first = browser.get(&path).await.body;
    assert!(first.contains(BEING_READ) && first.contains("Seats are being read from the marketplace."));
    let page = once_read(&mut browser, &path, BEING_READ).await;
    let seats = format!("/subscriptions/{id}/seats?line=1");
    assert!(page.contains("Table of product lines") && page.contains(&seats), "{page}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn only_a_person_who_opens_it_has_it_read(pool: PgPool) {
    let (connected, id) = with_unread(pool).await;
    let before = details(&connected);
    let mut browser = connected.site.signed_in(Role::AccountManager).await;
    let pages = ["", "/seats", "/seats-at-renewal", "/price"].map(|page| format!("/subscriptions/{id}{page}"));
    for (name, value) in [("x-unattended", "1"), ("sec-purpose", "prefetch"), ("sec-purpose", "prefetch;prerender")] {
        for path in &pages {
            let page = ahead(&mut browser, path, name, value).await;
            assert!(!page.body.contains(BEING_READ), "{path} {name}: {value}");
        }
    }
    let wanted = "select count(*) from subscription where detail_wanted_at is not null";
    let wanted: i64 = sqlx::query_scalar(wanted).fetch_one(&connected.site.backend.pool).await.unwrap();
    assert_eq!((wanted, details(&connected) - before), (0, 0));
    for path in &pages {
        assert!(browser.get(path).await.body.contains("id=\"reading\"") || details(&connected) > before, "{path}");
    }
    once_read(&mut browser, &pages[0], BEING_READ).await;
    assert_eq!(details(&connected) - before, 1, "whichever page of it is opened first");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn only_a_person_who_opens_an_order_has_it_read(pool: PgPool) {
    const BEING_READ: &str = "Reading what this order holds from the marketplace";
    const UNREAD: &str = "Read what this order holds from the marketplace";
    let connected = Connected::new(pool).await;
    let id = connected.find("select id from marketplace_order where status = 'completed' order by id limit 1").await;
    let forget = format!(
        "update marketplace_order set lines = null, charges = null, detail_key = null, detail_wanted_at = null \
         where id = '{id}'"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(forget)).execute(&connected.site.backend.pool).await.unwrap();
    let read = || connected.marketplace.stats().calls.get("getOrderDetails").copied().unwrap_or(0);
    let before = read();
    let mut browser = connected.site.signed_in(Role::Viewer).await;
    let path = format!("/orders/{id}");
    for (name, value) in [("x-unattended", "1"), ("sec-purpose", "prefetch")] {
        let page = ahead(&mut browser, &path, name, value).await.body;
        assert!(page.contains(UNREAD) && !page.contains(BEING_READ), "{name}: {page}");
    }
    let by_itself = browser.get(&format!("{path}?{}=1", app::BY_ITSELF)).await.body;
    assert!(by_itself.contains(UNREAD) && by_itself.contains("href=\"?\""), "a person may go on: {by_itself}");
    let wanted = "select count(*)::text from marketplace_order where detail_wanted_at is not null";
    assert_eq!((connected.find(wanted).await.as_str(), read() - before), ("0", 0));
    let page = browser.get(&path).await.body;
    assert!(page.contains(BEING_READ) && !page.contains(UNREAD), "{page}");
    let page = once_read(&mut browser, &path, BEING_READ).await;
    assert!(!page.contains(UNREAD), "{page}");
    assert_eq!(read() - before, 1);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_prefetched_page_prolongs_no_session(pool: PgPool) {
    let (connected, _) = with_unread(pool).await;
    let mut browser = connected.site.signed_in(Role::Technician).await;
    let idle = connected.site.backend.session_limits.idle;
    connected.site.clock.advance(idle - time::Duration::minutes(1));
    assert_eq!(ahead(&mut browser, "/subscriptions", "sec-purpose", "prefetch").await.status, StatusCode::OK);
    connected.site.clock.advance(time::Duration::minutes(2));
    assert_eq!(browser.get("/subscriptions").await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_the_marketplace_does_not_tell_is_said_with_what_to_do(pool: PgPool) {
    let (connected, id) = with_unread(pool).await;
    connected.marketplace.add_fault(FaultRule::once(Fault::NotFound, "getSubscription"));
    let mut browser = connected.site.signed_in(Role::AccountManager).await;
    let path = format!("/subscriptions/{id}/switch");
    assert!(browser.get(&path).await.body.contains(BEING_READ));
    let page = once_read(&mut browser, &path, BEING_READ).await;
    assert!(page.contains("The marketplace did not tell what this subscription holds"));
    assert!(page.contains("Load this page again in a minute.") && !page.contains("data-refresh"));
    let page = browser.get(&format!("/subscriptions/{id}")).await.body;
    assert!(page.contains("Seats could not be read from the marketplace."), "the same minute asks nobody");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_form_that_can_be_filled_in_is_not_taken_away_while_it_is_read_again(pool: PgPool) {
    let connected = Connected::new(pool).await;
    let id = connected.find(RUNNING_SUBSCRIPTION).await;
    connected.site.clock.advance(time::Duration::hours(25));
    let mut browser = connected.site.signed_in(Role::Technician).await;
    let page = browser.get(&format!("/subscriptions/{id}/seats?line=1")).await.body;
    assert!(page.contains("name=\"seats\"") && page.contains("Reading this subscription from the marketplace again."));
    assert!(page.contains("data-then=\"This subscription may have changed") && !page.contains("data-then-load"));
    let from = format!("/subscriptions/{id}?notice=form");
    assert!(page.contains(&format!("data-live-from=\"{from}\"")), "so that no estimate is asked for again");
    let page = once_read(&mut browser, &from, "id=\"reading\"").await;
    assert!(page.contains("Table of product lines"));
}
