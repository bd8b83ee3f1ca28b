use super::*;
use crate::browser::{Answer, field};
use app::paths::segment;
use axum::http::Method;
use marketplace_sim::{Fault, FaultRule};

const KEEP: &str = "/api/keep_draft";

/// The address of the review of one seat more.
async fn review(world: &Connected, browser: &mut Browser) -> String {
    let path = format!("/subscriptions/{}/seats", world.find(RUNNING_SUBSCRIPTION).await);
    let now: u32 = field(&browser.get(&path).await.body, "seats").unwrap().parse().unwrap();
    format!("{path}?line=1&seats={}&po_number=PO+77&step=review", now + 1)
}

/// Posts the review as its button does.
async fn post_review(browser: &mut Browser, page: &Answer) -> String {
    let fields = ["subscription", "line", "seats", "po_number", "shown", "form_token"].map(|name| {
        let value = field(&page.body, name).unwrap_or_else(|| panic!("no {name} in the review: {}", page.body));
        format!("{name}={}", segment(&value))
    });
    browser.post("/api/place_seat_change", &fields.join("&")).await.location.unwrap()
}

/// Places a seat change, and answers where its page is.
pub(super) async fn place(world: &Connected, browser: &mut Browser) -> String {
    let review = review(world, browser).await;
    let page = browser.get(&review).await;
    post_review(browser, &page).await
}

/// Keeps the form of that page as its button does.
async fn keep(browser: &mut Browser, page: &str) -> Answer {
    assert!(page.contains("Keep as draft"), "{page}");
    let path = field(page, "path").expect("the form's address");
    browser.post(KEEP, &format!("path={}", segment(&path))).await
}

async fn count(world: &Connected) -> String {
    world.find("select count(*)::text from draft").await
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_change_of_seats_is_kept_once_priced_anew_later_and_gone_from_the_drafts_once_placed(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let review = review(&world, &mut browser).await;
    take_down(&world).await;
    let page = get(&mut browser, &review).await;
    assert!(page.contains("Nothing was ordered.") && page.contains("Everything you entered is still here."));
    for _ in 0..2 {
        assert_eq!(keep(&mut browser, &page).await.location.as_deref(), Some("/drafts"));
    }
    assert_eq!(count(&world).await, "1", "the same form twice is one draft");
    let drafts = get(&mut browser, "/drafts").await;
    assert!(drafts.contains("Kept as draft") && drafts.contains("Change seats to "), "{drafts}");
    assert!(drafts.contains("/customers/"), "for whom");
    let escaped = review.replace('&', "&amp;");
    assert!(drafts.contains(&format!("href=\"{escaped}\"")), "{review} is gone on with");
    for path in ["/", "/orders"] {
        assert!(get(&mut browser, path).await.contains(">1 draft</a>"), "{path}");
    }
    assert_eq!(world.find("select count(*)::text from activity where action like 'draft%'").await, "0");

    bring_up(&world).await;
    let page = browser.get(&review).await;
    assert_eq!(field(&page.body, "po_number").as_deref(), Some("PO 77"));
    assert!(page.body.contains("Place order: "), "it is priced anew: {}", page.body);
    assert!(post_review(&mut browser, &page).await.starts_with("/orders/"));
    assert_eq!(count(&world).await, "0", "what was placed is no draft any more");
    assert_eq!(world.find("select count(*)::text from intent").await, "1");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn every_form_that_needs_an_estimate_can_be_kept(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    take_down(&world).await;
    let mut kept = 0;
    for path in every_page(&world).await {
        let page = browser.get(&path).await;
        if page.status == StatusCode::OK && page.body.contains("Keep as draft") {
            keep(&mut browser, &page.body).await;
            kept += 1;
        }
    }
    assert_eq!(count(&world).await, kept.to_string());
    let titles = world.find("select string_agg(title, ', ' order by title collate \"C\") from draft").await;
    assert_eq!(
        titles,
        "Cancel subscription, Change seats to 2, Change seats with the renewal, Migrate a subscription, \
         New order: 1 product, Renew now"
    );
    let drafts = get(&mut browser, "/drafts").await;
    let links: Vec<&str> = drafts
        .split("<a href=\"")
        .filter_map(|rest| rest.split_once("\" class=\"button\">Continue"))
        .map(|(link, _)| link)
        .collect();
    assert_eq!(links.len(), kept);
    for link in links {
        get(&mut browser, &link.replace("&amp;", "&")).await;
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn only_forms_of_this_site_are_kept_and_only_for_oneself(pool: PgPool) {
    let world = guarded(pool).await;
    let mut technician = world.site.signed_in(Role::Technician).await;
    for path in ["https://evil.example/orders/new", "//evil.example", "/sign-in?next=//evil.example", "/orders", ""] {
        let refused = technician.call(Method::POST, KEEP, &format!("path={}", segment(path))).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    let refused = technician.call(Method::POST, KEEP, "path=%2Forders%2Fnew%3Fcustomer%3D7").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "whoever may not place it cannot keep it");
    assert_eq!(count(&world).await, "0");

    let review = review(&world, &mut technician).await;
    technician.post(KEEP, &format!("path={}", segment(&review))).await;
    let id = world.find("select id::text from draft").await;
    let mut other = world.site.signed_in(Role::Admin).await;
    assert!(other.get("/drafts").await.body.contains("No drafts"));
    other.post("/api/delete_draft", &format!("draft={id}")).await;
    assert_eq!(count(&world).await, "1", "it is somebody else's");
    let answer = technician.post("/api/delete_draft", &format!("draft={id}")).await;
    assert_eq!((answer.location.as_deref(), count(&world).await.as_str()), (Some("/drafts"), "0"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn while_a_change_is_under_way_another_one_can_be_reviewed_and_kept_but_not_placed(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let review = review(&world, &mut browser).await;
    let placing = "<button type=\"submit\" class=\"button primary\">Place order";
    let page = browser.get(&review).await.body;
    assert!(page.contains(placing), "{page}");
    // Nobody sends it, so it stays under way.
    place(&world, &mut browser).await;
    let page = browser.get(&review).await.body;
    assert!(!page.contains(placing) && page.contains("Another change of this subscription is under way"), "{page}");
    assert!(page.contains("Look again"), "{page}");
    assert_eq!(keep(&mut browser, &page).await.location.as_deref(), Some("/drafts"));
    assert_eq!(count(&world).await, "1");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_goes_back_to_the_form_after_placing_is_not_told_that_nothing_was_ordered(pool: PgPool) {
    let world = guarded(pool).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let review = review(&world, &mut browser).await;
    place(&world, &mut browser).await;
    for path in [review.clone(), review.replace("&step=review", "")] {
        world.marketplace.add_fault(FaultRule::once(Fault::Conflict500, "estimateOrder"));
        let page = browser.get(&path).await.body;
        assert!(page.contains("No price yet: ") && page.contains("is still in progress"), "{page}");
        assert!(!page.contains("Nothing was ordered") && !page.contains("There is a problem"), "{page}");
        assert!(page.contains("Follow the order") && page.contains("Keep as draft"), "{page}");
    }
}
