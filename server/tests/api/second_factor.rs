//! A second factor, from setting it up to signing in with it, as a browser without scripts sees it.

use super::authenticator::{codes_in, key_in, shown};
use super::browser::{Browser, PASSWORD, Site, email};
use axum::http::StatusCode;
use backend::staff::Staff;
use backend::staff::factor::{self, State};
use domain::Role;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use time::Duration;
use tower_sessions::session::Id;

const PAGE: &str = "/settings/second-factor";
const CODE: &str = "/sign-in/code?next=%2F";
const STEP: Duration = Duration::seconds(30);

/// Somebody's second factor: what their app computes codes from, and their recovery codes.
pub(crate) struct Factor {
    pub(crate) staff: Staff,
    key: String,
    recovery: Vec<String>,
}

impl Factor {
    /// Of the person of that role, in use.
    pub(crate) async fn of(site: &Site, role: Role) -> Self {
        let caller = backend::staff::Caller::default();
        let signed_in = backend::staff::sign_in(&site.backend, &caller, email(role), &PASSWORD.into()).await.unwrap();
        let staff = signed_in.staff;
        factor::begin(&site.backend, &staff).await.unwrap();
        let State::Begun(key) = factor::state(&site.backend, &staff).await.unwrap() else { panic!("it was begun") };
        let key = key.expose_secret().to_owned();
        let code = shown(&key, site.backend.clock.now());
        let codes = factor::confirm(&site.backend, &staff, Id::default(), &code.into()).await.unwrap();
        // The code that confirmed it is used up.
        site.clock.advance(STEP);
        Self { staff, key, recovery: codes.expose_secret().lines().map(ToOwned::to_owned).collect() }
    }

    /// What the app shows now.
    pub(crate) fn code(&self, site: &Site) -> String {
        shown(&self.key, site.backend.clock.now())
    }
}

/// A browser in which a person of that role has shown their password and not yet their code.
pub(crate) async fn halfway(site: &Site, role: Role) -> Browser {
    let mut browser = site.nobody();
    let answer = browser.sign_in(email(role), PASSWORD).await;
    assert_eq!(answer.location.as_deref(), Some(CODE));
    browser
}

async fn show(browser: &mut Browser, code: &str) -> Option<String> {
    browser.post("/api/second_step", &format!("code={code}")).await.location
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_page_leads_from_nothing_to_a_second_factor_and_its_codes_are_shown_once(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut browser = site.signed_in(Role::Viewer).await;
    let page = browser.get(PAGE).await.body;
    assert!(page.contains("recommended for everybody") && page.contains(">Set up<"), "{page}");
    assert_eq!(browser.post("/api/begin_factor", "").await.location.as_deref(), Some(PAGE));
    let page = browser.get(PAGE).await.body;
    assert!(
        page.contains("aria-label=\"QR code of the key\"") && page.contains("autocomplete=\"one-time-code\""),
        "{page}"
    );
    let key = key_in(&page);
    browser.post("/api/confirm_factor", "code=letters").await;
    let page = browser.get(PAGE).await.body;
    assert!(
        page.contains("<title>Error: Second factor") && page.contains("href=\"#code\"") && page.contains("code-error")
    );
    let before = browser.cookie.clone();
    let code = shown(&key, site.backend.clock.now());
    assert_eq!(browser.post("/api/confirm_factor", &format!("code={code}")).await.location.as_deref(), Some(PAGE));
    assert_ne!(browser.cookie, before, "another id");
    let page = browser.get(PAGE).await.body;
    let codes = codes_in(&page);
    assert_eq!(codes.len(), 10, "{codes:?}");
    assert!(!browser.get(PAGE).await.body.contains("recovery-codes"), "they are shown once");
    browser.post("/api/remove_factor", &format!("code={code}")).await;
    let page = browser.get(PAGE).await.body;
    assert!(page.contains("code-error") && page.contains("Remove second factor"), "that code is used up: {page}");
    browser.post("/api/remove_factor", &format!("code={}", codes[0])).await;
    assert!(browser.get(PAGE).await.body.contains(">Set up<"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_step_gives_another_id_and_only_the_second_lets_in(pool: PgPool) {
    let site = Site::new(pool).await;
    let factor = Factor::of(&site, Role::Viewer).await;
    let mut browser = site.nobody();
    // A session of nobody, as a refused sign-in leaves it.
    browser.sign_in(email(Role::Viewer), "wrong").await;
    let first = browser.cookie.clone();
    browser.sign_in(email(Role::Viewer), PASSWORD).await;
    let half = browser.cookie.clone();
    assert_ne!(first, half);
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER);
    let page = browser.get(CODE).await;
    assert!(page.status == StatusCode::OK && page.body.contains("autocomplete=\"one-time-code\""), "{}", page.body);
    assert_eq!(show(&mut browser, "letters").await.as_deref(), Some(CODE));
    let page = browser.get(CODE).await.body;
    assert!(page.contains("<title>Error: Enter your code") && page.contains("id=\"code-error\""), "{page}");
    let code = factor.code(&site);
    assert_eq!(show(&mut browser, &code).await.as_deref(), Some("/"));
    assert_ne!(browser.cookie, half);
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK);
    let mut thief = Browser { cookie: half, ..site.nobody() };
    assert_eq!(thief.get("/customers").await.status, StatusCode::SEE_OTHER);
    assert_eq!(thief.get(CODE).await.status, StatusCode::SEE_OTHER, "nothing is left of the half");
    assert_eq!(show(&mut halfway(&site, Role::Viewer).await, &code).await.as_deref(), Some(CODE), "used up");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_recovery_code_lets_in_once(pool: PgPool) {
    let site = Site::new(pool).await;
    let factor = Factor::of(&site, Role::Viewer).await;
    assert_eq!(show(&mut halfway(&site, Role::Viewer).await, &factor.recovery[0]).await.as_deref(), Some("/"));
    assert_eq!(show(&mut halfway(&site, Role::Viewer).await, &factor.recovery[0]).await.as_deref(), Some(CODE));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn half_a_session_lasts_ten_minutes_whatever_is_tried_in_it(pool: PgPool) {
    let site = Site::new(pool).await;
    let factor = Factor::of(&site, Role::Viewer).await;
    let (mut quick, mut slow) = (halfway(&site, Role::Viewer).await, halfway(&site, Role::Viewer).await);
    site.clock.advance(Duration::minutes(10) - Duration::SECOND);
    assert_eq!(show(&mut slow, "letters").await.as_deref(), Some(CODE));
    assert_eq!(show(&mut quick, &factor.code(&site)).await.as_deref(), Some("/"));
    site.clock.advance(Duration::SECOND);
    assert_eq!(slow.get(CODE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(show(&mut slow, &factor.recovery[0]).await.as_deref(), Some("/sign-in"));
    assert_eq!(slow.get("/customers").await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn after_both_steps_one_is_where_one_wanted_to_go_on_this_site(pool: PgPool) {
    let site = Site::new(pool).await;
    let factor = Factor::of(&site, Role::Viewer).await;
    for (next, to) in [("/orders?mine=1", "/orders?mine=1"), ("//evil.example", "/")] {
        let next = app::paths::segment(next);
        let mut browser = halfway(&site, Role::Viewer).await;
        site.clock.advance(STEP);
        let form = format!("code={}&next={next}", factor.code(&site));
        assert_eq!(browser.post("/api/second_step", &form).await.location.as_deref(), Some(to));
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_is_halfway_signs_out_and_is_nobody(pool: PgPool) {
    let site = Site::new(pool).await;
    Factor::of(&site, Role::Viewer).await;
    let mut browser = halfway(&site, Role::Viewer).await;
    let mut copy = Browser { cookie: browser.cookie.clone(), ..site.nobody() };
    assert_eq!(browser.post("/api/sign_out", "").await.location.as_deref(), Some("/sign-in"));
    assert_eq!(copy.get(CODE).await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_admin_removes_it_for_somebody_who_is_out_at_once_and_signs_in_with_the_password(pool: PgPool) {
    let site = Site::new(pool).await;
    let factor = Factor::of(&site, Role::Viewer).await;
    let (mut inside, mut half) = (halfway(&site, Role::Viewer).await, halfway(&site, Role::Viewer).await);
    assert_eq!(show(&mut inside, &factor.code(&site)).await.as_deref(), Some("/"));
    let mut admin = site.signed_in(Role::Admin).await;
    let page = format!("/settings/staff/{}", factor.staff.id);
    assert!(admin.get(&page).await.body.contains("They are asked for a code at each sign-in"));
    let form = format!("staff={}", factor.staff.id);
    assert_eq!(admin.post("/api/remove_factor_of", &form).await.location, Some(page.clone()));
    assert!(admin.get(&page).await.body.contains("There is none to remove."));
    assert_eq!(inside.get("/customers").await.status, StatusCode::SEE_OTHER);
    assert_eq!(half.get(CODE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.nobody().sign_in(email(Role::Viewer), PASSWORD).await.location.as_deref(), Some("/"));
    assert!(admin.get("/activity").await.body.contains("removed a second factor"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_must_have_one_and_has_none_sets_it_up_and_can_do_nothing_else_before(pool: PgPool) {
    let site = Site::new(pool).await;
    let (mut viewer, mut admin) = (site.signed_in(Role::Viewer).await, site.signed_in(Role::Admin).await);
    assert!(admin.get("/settings/staff").await.body.contains("Roles that must have one"));
    let saved = admin.post("/api/set_factor_policy", "roles[0]=viewer").await;
    assert_eq!(saved.location.as_deref(), Some("/settings/staff"));
    assert_eq!(admin.get("/customers").await.status, StatusCode::OK, "admins need none");
    for path in ["/", "/customers", "/settings/profile", "/orders/1", "/nowhere"] {
        assert_eq!(viewer.get(path).await.location.as_deref(), Some(PAGE), "{path}");
    }
    let open = ["sign_in", "use_link", "prove", "begin_factor", "confirm_factor", "stay_signed_in", "sign_out"];
    for (method, row) in super::functions::all() {
        if open.contains(&row.path.trim_start_matches("/api/")) {
            continue;
        }
        let answer = viewer.call(method, row.path, row.arguments).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", row.path);
        assert!(answer.body.contains("Set up a second factor to go on."), "{}: {}", row.path, answer.body);
        assert_eq!(viewer.post(row.path, row.arguments).await.location.as_deref(), Some(PAGE), "{}", row.path);
    }
    viewer.post("/api/begin_factor", "").await;
    let page = viewer.get(PAGE).await.body;
    assert!(page.contains("Your role needs a second factor"), "{page}");
    let key = key_in(&page);
    viewer.post("/api/confirm_factor", &format!("code={}", shown(&key, site.backend.clock.now()))).await;
    assert_eq!(viewer.get("/customers").await.status, StatusCode::OK);
    assert!(!viewer.get(PAGE).await.body.contains("Your role needs a second factor"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_second_factor_that_comes_into_use_while_somebody_signs_in_is_asked_for_there(pool: PgPool) {
    let site = Site::new(pool).await;
    let caller = backend::staff::Caller::default();
    let viewer = backend::staff::sign_in(&site.backend, &caller, email(Role::Viewer), &PASSWORD.into()).await;
    let viewer = viewer.unwrap().staff;
    factor::begin(&site.backend, &viewer).await.unwrap();
    // Another browser confirms it, and has ended the sessions that were there, but is not done yet.
    let mut confirming = site.backend.pool.begin().await.unwrap();
    let confirm = "update second_factor set confirmed_at = now(); delete from session where staff_id is not null";
    sqlx::raw_sql(confirm).execute(&mut *confirming).await.unwrap();
    let mut browser = site.nobody();
    let waits =
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
    let (done, is_done) = tokio::sync::oneshot::channel();
    let confirmed = async {
        let waiting =
            async { while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&site.backend.pool).await.unwrap() {} };
        tokio::select! {
            () = waiting => {}
            _ = is_done => {}
        }
        confirming.commit().await.unwrap();
    };
    let signing_in = async {
        let answer = browser.sign_in(email(Role::Viewer), PASSWORD).await;
        done.send(()).ok();
        answer
    };
    let (answer, ()) = tokio::join!(signing_in, confirmed);
    assert_eq!(answer.location.as_deref(), Some(CODE), "the password alone is half of it by now");
    assert_eq!(browser.get("/customers").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get(CODE).await.status, StatusCode::OK, "and the way on is open");
}
