//! That the marketplace is away is said once, in the banner; a form adds what that means for it.

use super::*;

const SINCE: &str = "has not answered since";
const NOT_ASKED: &str = "The marketplace could not be asked.";

fn count(page: &str, what: &str) -> usize {
    page.matches(what).count()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_page_says_it_once_and_a_form_that_needs_a_price_what_it_means_for_it(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    take_down(&world).await;
    let mut unpriced = 0;
    for path in every_page(&world).await {
        let page = get(&mut browser, &path).await;
        assert_eq!(count(&page, SINCE), 1, "{path}: {page}");
        if page.contains("Keep as draft") {
            assert_eq!(count(&page, NOT_ASKED), 1, "{path}: {page}");
            assert_eq!(count(&page, "Nothing was ordered."), 1, "{path}: {page}");
            unpriced += 1;
        }
    }
    assert_eq!(unpriced, 6, "the forms that need an estimate");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_types_into_a_page_that_was_loaded_before_is_told_since_when(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    take_down(&world).await;
    let arguments = format!("subscription={subscription}&line=1&seats=2");
    let answer = browser.call(axum::http::Method::POST, "/api/estimate_seats", &arguments).await;
    assert!(answer.body.contains(SINCE) && !answer.body.contains(NOT_ASKED), "{}", answer.body);
}
