//! What is typed into a form that comes after the end of the session goes back to whoever typed it, and to nobody else.

use super::*;
use crate::connected::Connected;

const NEW: &str = "/customers/new";
const FORM: &str =
    "account[name]=Aldgate+%26+Sons&account[city]=London&form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11";

/// Somebody whose session ends before they send a form.
async fn too_late(site: &Site) -> Browser {
    let mut browser = site.signed_in(Role::AccountManager).await;
    browser.get(NEW).await;
    site.clock.advance(Duration::minutes(31));
    // A page that asks by itself must not lose whose it was.
    assert_eq!(browser.call(Method::GET, "/session", "").await.body, OVER);
    let answer = browser.post("/api/create_customer", FORM).await;
    assert_eq!((answer.status, answer.location.as_deref()), (StatusCode::SEE_OTHER, Some("/sign-in")));
    browser
}

const KEPT: &str = "What you typed is kept and comes back";

/// Where whoever sent it goes when nothing is kept.
const LOST: &str = "/sign-in?sent=1";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_signed_out_in_another_tab_is_told_that_what_they_sent_was_not_done(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    browser.post("/api/sign_out", "").await;
    assert!(!browser.get("/sign-in").await.body.contains("was not done"), "nothing was sent");
    let answer = browser.post("/api/create_customer", FORM).await;
    assert_eq!((answer.status, answer.location.as_deref()), (StatusCode::SEE_OTHER, Some(LOST)));
    let page = browser.get(LOST).await.body;
    assert!(page.contains("You were signed out, so what you sent was not done."), "{page}");
    let answer = browser.post("/api/sign_out", "").await;
    assert_eq!(answer.location.as_deref(), Some("/sign-in"), "whoever signs out twice loses nothing");
    assert_eq!(count(&world.site, "select count(*) from write").await, 0);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn it_comes_back_after_signing_in_again_also_after_a_wrong_password(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = too_late(&world.site).await;
    assert!(browser.get("/sign-in").await.body.contains(KEPT));
    browser.sign_in(email(Role::AccountManager), "not the password").await;
    let page = browser.get("/sign-in").await.body;
    assert!(page.contains(KEPT) && page.contains("do not match"), "{page}");
    let answer = browser.sign_in(email(Role::AccountManager), PASSWORD).await;
    assert_eq!(answer.location.as_deref(), Some(NEW));
    let page = browser.get(NEW).await.body;
    assert!(page.contains("You were signed out before this was sent, so nothing was done"), "{page}");
    assert_eq!(field(&page, "account[name]").as_deref(), Some("Aldgate & Sons"));
    assert_eq!(field(&page, "account[city]").as_deref(), Some("London"));
    let page = browser.get(NEW).await.body;
    assert_ne!(field(&page, "account[name]").as_deref(), Some("Aldgate & Sons"), "only once");
    assert_eq!(count(&world.site, "select count(*) from write").await, 0, "nothing was done");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn somebody_else_who_signs_in_there_finds_nothing_of_it(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = too_late(&world.site).await;
    let answer = browser.sign_in(email(Role::Admin), PASSWORD).await;
    assert_eq!(answer.location.as_deref(), Some("/"), "not even where the form was");
    assert!(!browser.get(NEW).await.body.contains("Aldgate"));
    assert_eq!(count(&world.site, "select count(*) from session where data::text like '%Aldgate%'").await, 0);
    browser.post("/api/sign_out", "").await;
    browser.sign_in(email(Role::AccountManager), PASSWORD).await;
    assert!(!browser.get(NEW).await.body.contains("Aldgate"), "it is gone");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_two_tabs_send_too_late_comes_back_in_both(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = too_late(&world.site).await;
    let customer = world.find("select id from customer where status = 'active' order by id limit 1").await;
    let edit = format!("/customers/{customer}/edit");
    let form = format!("customer={customer}&account[name]=Other+Name&seen=x&form_token={}", uuid::Uuid::new_v4());
    browser.post("/api/update_customer", &form).await;
    let answer = browser.sign_in(email(Role::AccountManager), PASSWORD).await;
    assert_eq!(answer.location.as_deref(), Some(&*edit), "to the one sent last");
    let page = browser.get(&edit).await.body;
    assert_eq!(field(&page, "account[name]").as_deref(), Some("Other Name"));
    let page = browser.get(NEW).await.body;
    assert_eq!(field(&page, "account[name]").as_deref(), Some("Aldgate & Sons"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn it_is_kept_too_where_somebody_else_ended_the_session_but_not_after_signing_out(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    let page = admin.get("/settings/sessions").await.body;
    let row = page.split("<tr>").find(|row| row.contains(email(Role::AccountManager))).unwrap();
    admin.post("/api/end_anyones_session", &format!("session={}", field(row, "session").unwrap())).await;
    browser.post("/api/create_customer", FORM).await;
    assert!(browser.get("/sign-in").await.body.contains(KEPT));

    let mut browser = world.site.signed_in(Role::AccountManager).await;
    let mut thief = stolen(&browser);
    browser.post("/api/sign_out", "").await;
    let answer = thief.post("/api/create_customer", FORM).await;
    assert_eq!(answer.location.as_deref(), Some(LOST));
    let page = thief.get(LOST).await.body;
    assert!(page.contains("You were signed out, so what you sent was not done."), "{page}");
    assert!(!page.contains(KEPT), "nobody knows whose it was");
    assert_eq!(count(&world.site, "select count(*) from write").await, 0);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_typed_something_too_late_and_was_disabled_gets_nothing_kept(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::AccountManager).await;
    sqlx::raw_sql("update staff set disabled_at = now() where role = 'account_manager'")
        .execute(&world.site.backend.pool)
        .await
        .unwrap();
    let answer = browser.post("/api/create_customer", FORM).await;
    assert_eq!(answer.location.as_deref(), Some(LOST));
    assert_eq!(count(&world.site, "select count(*) from session where data::text like '%Aldgate%'").await, 0);
}
