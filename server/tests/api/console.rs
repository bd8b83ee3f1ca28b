//! The API console, as a browser without scripts uses it.

use super::browser::{Answer, Browser, email, field};
use super::connected::{COMPLETED_REPORT, Connected};
use app::paths::segment;
use axum::http::StatusCode;
use domain::{Permission, Role};
use sqlx::PgPool;

const REPORT: &str = "{\n  \"name\": \"Billing details\",\n  \"startDate\": \"2026-02-01T00:00:00Z\",\n  \"endDate\": \"2026-02-28T00:00:00Z\"\n}";

/// Posts the form of the console; answers with where it leads, without the fragment, and with that page.
async fn send(browser: &mut Browser, method: &str, path: &str, body: &str) -> (String, Answer) {
    let form = format!("method={method}&path={}&body={}", segment(path), segment(&body.replace('\n', "\r\n")));
    let answer = browser.post("/api/console_call", &form).await;
    let location = answer.location.unwrap_or_else(|| panic!("{}: {}", answer.status, answer.body));
    let location = location.split('#').next().unwrap_or_default().to_owned();
    let page = browser.get(&location).await;
    (location, page)
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_question_is_answered_on_a_page_that_can_be_opened_again(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let empty = browser.get("/console").await.body;
    assert!(empty.contains("No calls yet") && empty.contains("<option value=\"/orders/{id}\""), "{empty}");
    let (location, page) = send(&mut browser, "GET", "/customers?limit=1", "").await;
    assert!(location.starts_with("/console?call="), "{location}");
    for page in [page, browser.get(&location).await, browser.get(&location).await] {
        assert_eq!(page.status, StatusCode::OK);
        for part in ["200 OK", " ms<", " bytes<", "a8n-", "pagination", "GET /customers?limit=1"] {
            assert!(page.body.contains(part), "{part} is not in {}", page.body);
        }
        assert_eq!(field(&page.body, "path").as_deref(), Some("/customers?limit=1"));
        let command = format!("curl --globoff --request 'GET' '{}/customers?limit=1'", world.marketplace.url());
        assert!(page.body.contains(&command) && page.body.contains("$SEATBOARD_TOKEN"), "{}", page.body);
    }
    assert_eq!(world.find("select count(*)::text from console_call").await, "1", "looking at it calls nothing");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_refusal_of_the_marketplace_is_shown_as_it_is(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let (_, page) = send(&mut browser, "GET", "/orders/1", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("404 Not Found") && page.body.contains("correlationId"), "{}", page.body);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_is_refused_comes_back_with_the_reason_beside_its_field(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let (location, page) = send(&mut browser, "POST", "/orders/{id}", "[1, 2").await;
    assert_eq!(location, "/console");
    assert!(page.body.contains("Error: API console"), "{}", page.body);
    for part in ["href=\"#path\"", "href=\"#body\"", "id=\"path-error\"", "This is not JSON", "[1, 2</textarea>"] {
        assert!(page.body.contains(part), "{part} is not in {}", page.body);
    }
    assert_eq!(field(&page.body, "path").as_deref(), Some("/orders/{id}"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_account_manager_is_refused_a_change_and_keeps_what_was_typed(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let (location, page) = send(&mut browser, "PATCH", "/orders/1", "[1, 2]").await;
    assert_eq!(location, "/console");
    assert!(page.body.contains("Your role does not let you change anything at the marketplace"), "{}", page.body);
    assert!(page.body.contains(">\n[1, 2]</textarea>"), "{}", page.body);
    assert_eq!(
        world.find("select (select count(*) from console_call) + (select count(*) from console_draft) || ''").await,
        "0"
    );
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_change_is_confirmed_and_made_once_however_often_its_form_is_posted(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let (review, page) = send(&mut browser, "POST", "/reports", REPORT).await;
    assert!(review.starts_with("/console?draft="), "{review}");
    for part in ["POST /reports", "Billing details", "at once at the real marketplace", "Send the change", "required"] {
        assert!(page.body.contains(part), "{part} is not in {}", page.body);
    }
    assert!(page.body.contains(&format!("{}/reports", world.marketplace.url())), "{}", page.body);
    let draft = field(&page.body, "draft").unwrap();

    let unsure = browser.post("/api/console_send", &format!("draft={draft}")).await;
    assert_eq!(unsure.location.as_deref(), Some(review.as_str()));
    let page = browser.get(&review).await.body;
    assert!(page.contains("href=\"#sure\"") && page.contains("Tick the box"), "{page}");
    assert_eq!(world.marketplace.stats().reports_created, 0);

    let edit = browser.get(&review.replace("draft", "edit")).await.body;
    assert!(edit.contains("Billing details") && field(&edit, "path").as_deref() == Some("/reports"), "{edit}");

    let form = format!("draft={draft}&sure=yes");
    let first = browser.post("/api/console_send", &form).await.location.unwrap();
    assert_eq!(browser.post("/api/console_send", &form).await.location.as_deref(), Some(first.as_str()));
    assert_eq!(world.marketplace.stats().reports_created, 1);
    for location in [first.split('#').next().unwrap(), review.as_str()] {
        let page = browser.get(location).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("200 OK") && page.body.contains("As a curl command"), "{location}: {}", page.body);
    }
    let activity = browser.get("/activity").await.body;
    assert!(activity.contains("called the marketplace by hand") && activity.contains("POST /reports"), "{activity}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_lost_answer_to_a_change_says_that_nobody_knows(pool: PgPool) {
    use marketplace_sim::{Fault, FaultRule};
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let (_, page) = send(&mut browser, "POST", "/reports", REPORT).await;
    world.marketplace.add_fault(FaultRule::once(Fault::ResetAfter, "createReport"));
    let form = format!("draft={}&sure=yes", field(&page.body, "draft").unwrap());
    let location = browser.post("/api/console_send", &form).await.location.unwrap();
    let page = browser.get(location.split('#').next().unwrap()).await.body;
    assert!(
        page.contains("Nobody knows whether this was done") && page.contains("Look at what it was about"),
        "{page}"
    );
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn people_open_their_own_calls_and_an_admin_everybodys(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut manager = world.site.signed_in(Role::AccountManager).await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    let (of_admin, _) = send(&mut admin, "GET", "/plans?limit=1", "").await;
    let (of_manager, _) = send(&mut manager, "GET", "/orders?limit=1", "").await;
    assert_eq!(manager.get(&of_admin).await.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.get(&of_manager).await.status, StatusCode::OK);
    assert!(!manager.get("/console").await.body.contains("/plans?limit=1"));
    assert!(admin.get("/console").await.body.contains("/orders?limit=1"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_console_is_in_the_sidebar_of_those_who_may_use_it(pool: PgPool) {
    let world = Connected::new(pool).await;
    for role in super::browser::ROLES {
        let page = world.site.signed_in(role).await.get("/").await.body;
        assert_eq!(page.contains("href=\"/console\""), role.may(Permission::UseConsole), "{}", email(role));
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn no_page_of_the_console_holds_a_secret(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let report = world.find(COMPLETED_REPORT).await;
    let (_, answer) = send(&mut browser, "GET", &format!("/reports/{report}"), "").await;
    assert!(answer.body.contains("downloadUrl") && answer.body.contains("[hidden]"), "{}", answer.body);
    let credentials = world.marketplace.credentials();
    let secrets = [credentials.password.as_str(), &credentials.subscription_key, "sig="];
    for page in [answer, browser.get("/console").await, browser.get("/activity").await] {
        for secret in secrets {
            assert!(!page.body.contains(secret), "{secret}: {}", page.body);
        }
    }
    let (location, page) = send(&mut browser, "POST", "/token", "{\"marketplace\": \"us\"}").await;
    assert_eq!(location, "/console");
    assert!(page.body.contains("Seatboard asks for tokens itself"), "{}", page.body);
}
