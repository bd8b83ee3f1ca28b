//! Settings, Staff: as a browser without scripts sees it.

use super::browser::{Answer, Browser, PASSWORD, Site, email, field};
use axum::http::StatusCode;
use domain::Role;
use sqlx::PgPool;

const PAGE: &str = "/settings/staff";
const INVITE: &str = "name=Ida+Novak&email=ida%40aldgate.example&role=technician";

/// Posts and follows to the page.
async fn posted(browser: &mut Browser, path: &str, form: &str) -> Answer {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    browser.get(answer.location.as_deref().unwrap()).await
}

/// The path of the one-time link that the page shows.
pub(crate) fn link_in(page: &str) -> Option<String> {
    let at = page.find("/welcome?token=")?;
    page.get(at..at + "/welcome?token=".len() + 64).map(ToOwned::to_owned)
}

/// Invites Ida Novak, and answers with the path of her link.
pub(crate) async fn invited(admin: &mut Browser) -> String {
    link_in(&posted(admin, "/api/invite_staff", INVITE).await.body).unwrap()
}

/// What names the person in the forms of their page.
async fn id_of(site: &Site, role: Role) -> String {
    sqlx::query_scalar("select id::text from staff where email = $1")
        .bind(email(role))
        .fetch_one(&site.backend.pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_invitation_is_shown_once_and_its_link_is_stored_nowhere(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let answer = admin.post("/api/invite_staff", INVITE).await;
    let member = answer.location.unwrap();
    let stored: String = sqlx::query_scalar(
        "select (select string_agg(s::text, ' ') from session s) || (select string_agg(l::text, ' ') from staff_link l)
             || (select string_agg(a::text, ' ') from activity a)",
    )
    .fetch_one(&site.backend.pool)
    .await
    .unwrap();
    let page = admin.get(&member).await.body;
    let link = link_in(&page).unwrap();
    assert!(page.contains(&format!("http://127.0.0.1:3000{link}")) && page.contains("Seatboard sends no e-mail"));
    assert!(!stored.contains(link.split_once('=').unwrap().1), "{stored}");
    assert_eq!(link_in(&admin.get(&member).await.body), None, "it is shown once");
    let list = admin.get(PAGE).await.body;
    assert!(list.contains("Ida Novak") && list.contains("ida@aldgate.example") && list.contains("invited"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_refused_invitation_comes_back_with_each_fault_at_its_field(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let page = posted(&mut admin, "/api/invite_staff", "name=&email=ida&role=account_manager").await.body;
    assert!(page.contains("<title>Error: Staff"));
    for part in ["href=\"#name\"", "href=\"#email\"", "id=\"name-error\"", "id=\"email-error\""] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(field(&page, "email").as_deref(), Some("ida"));
    assert!(page.contains("<option value=\"account_manager\" selected"));
    let page = posted(&mut admin, "/api/invite_staff", "name=x&email=ADMIN@seatboard.example&role=viewer").await.body;
    assert!(page.contains("Someone already signs in with this address"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_changed_role_holds_from_the_next_request_on(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut admin, mut manager) = (site.signed_in(Role::Admin).await, site.signed_in(Role::AccountManager).await);
    assert_eq!(manager.get("/activity").await.status, StatusCode::OK);
    let id = id_of(&site, Role::AccountManager).await;
    let page = posted(&mut admin, "/api/change_role", &format!("staff={id}&role=viewer")).await.body;
    assert!(page.contains("<option value=\"viewer\" selected"));
    assert_eq!(manager.get("/activity").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_is_disabled_is_out_at_once_and_in_again_when_enabled(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut admin, mut viewer) = (site.signed_in(Role::Admin).await, site.signed_in(Role::Viewer).await);
    let staff = format!("staff={}", id_of(&site, Role::Viewer).await);
    let link = link_in(&posted(&mut admin, "/api/make_staff_link", &staff).await.body).unwrap();
    let page = posted(&mut admin, "/api/disable_staff", &staff).await.body;
    assert!(page.contains("disabled") && page.contains(">Enable<") && page.contains("Enable them first."));
    assert_eq!(viewer.get("/customers").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.nobody().get(&link).await.status, StatusCode::NOT_FOUND, "the link is worthless");
    let stopped = site.nobody().sign_in(email(Role::Viewer), PASSWORD).await;
    assert!(stopped.location.unwrap().starts_with("/sign-in"));
    let left: i64 = sqlx::query_scalar("select count(*) from session where staff_id::text = $1")
        .bind(staff.trim_start_matches("staff="))
        .fetch_one(&site.backend.pool)
        .await
        .unwrap();
    assert_eq!(left, 0, "no session is left to come back to");

    posted(&mut admin, "/api/enable_staff", &staff).await;
    assert_eq!(viewer.get("/customers").await.status, StatusCode::SEE_OTHER, "the old session stays over");
    site.signed_in(Role::Viewer).await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_last_admin_stays_and_nobody_acts_upon_themselves(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let id = id_of(&site, Role::Admin).await;
    let page = admin.get(&format!("{PAGE}/{id}")).await.body;
    for reason in
        ["Nobody changes their own role", "Nobody disables themselves", "Change your own password under Settings"]
    {
        assert!(page.contains(reason), "{reason}");
    }
    for (path, said) in [
        ("/api/change_role", "Nobody changes their own role. Ask another admin."),
        ("/api/disable_staff", "Nobody disables themselves. Ask another admin."),
        ("/api/make_staff_link", "Change your own password under Settings, Password."),
    ] {
        let page = posted(&mut admin, path, &format!("staff={id}&role=viewer")).await.body;
        assert!(page.contains("There is a problem") && page.contains(said), "{path}");
    }
    assert_eq!(admin.get(PAGE).await.status, StatusCode::OK, "still an admin");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_the_form_of_second_factors_refuses_stands_there_and_not_in_the_invitation(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut admin = site.signed_in(Role::Admin).await;
    let page = posted(&mut admin, "/api/set_factor_policy", "roles[0]=nonsense").await.body;
    assert!(page.contains("href=\"#roles\"") && page.contains("id=\"roles-error\""), "{page}");
    let policy = page.split("id=\"factor-policy\"").nth(1).unwrap();
    assert!(policy.contains("Choose among the roles"), "{page}");
    let page = posted(&mut admin, "/api/invite_staff", "name=Ida+Novak&email=ida&role=technician").await.body;
    assert_eq!(field(&page, "email").as_deref(), Some("ida"));
    assert!(!page.contains("id=\"roles-error\"") && page.contains("id=\"email-error\""), "{page}");
}
