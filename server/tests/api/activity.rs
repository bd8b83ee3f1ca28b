//! The activity: who sees it, what it is filtered by, what is taken away of it, and what was tried and denied.

use super::browser::{Browser, Site, field};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use app::paths::segment;
use axum::http::{Method, StatusCode, header};
use backend::activity::{Verdict, verify};
use domain::{Permission, Role};
use sqlx::PgPool;
use sqlx::types::Json;

const EXPORT: &str = "/activity/export.csv";

/// Who tried, at which place, for lack of which permission.
async fn denied(site: &Site) -> Vec<(String, String, String)> {
    let rows: Vec<Json<_>> = sqlx::query_scalar(
        "select jsonb_build_array(actor, subject_id, after -> 'permission') from activity
         where action = 'access.denied' order by id",
    )
    .fetch_all(&site.backend.pool)
    .await
    .unwrap();
    rows.into_iter().map(|Json(row)| row).collect()
}

fn row(actor: &str, path: &str, permission: &str) -> (String, String, String) {
    (actor.to_owned(), path.to_owned(), permission.to_owned())
}

const TOKEN: &str = "form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11";

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_role_is_recorded_where_it_is_denied_a_page_a_function_or_a_file(pool: PgPool) {
    let site = Site::new(pool).await;
    let mut viewer = site.signed_in(Role::Viewer).await;
    for _ in 0..2 {
        assert_eq!(viewer.get("/orders/new").await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(viewer.get("/activity").await.status, StatusCode::NOT_FOUND);
    assert_eq!(viewer.get(EXPORT).await.status, StatusCode::FORBIDDEN);
    let arguments = format!("subscription=1&line=1&seats=2&{TOKEN}");
    assert_eq!(
        viewer.call(Method::POST, "/api/place_seat_change", &arguments).await.status,
        StatusCode::FORBIDDEN,
        "as wasm calls it"
    );
    let form = viewer.post("/api/set_auto_renewal", &format!("subscription=1&to=off&{TOKEN}")).await;
    assert_eq!(form.status, StatusCode::FOUND, "as a plain form, which comes back with the reason");
    let mut technician = site.signed_in(Role::Technician).await;
    assert_eq!(technician.get("/orders/new").await.status, StatusCode::FORBIDDEN);
    let mut manager = site.signed_in(Role::AccountManager).await;
    assert_eq!(manager.get("/settings/connection").await.status, StatusCode::NOT_FOUND);
    let expected = [
        row("Vera Lindqvist", "/orders/new", "PlaceOrders"),
        row("Vera Lindqvist", "/activity", "ViewActivity"),
        row("Vera Lindqvist", EXPORT, "ViewActivity"),
        row("Vera Lindqvist", "/api/place_seat_change", "ChangeSeats"),
        row("Vera Lindqvist", "/api/set_auto_renewal", "ManageSubscriptions"),
        row("Tomas Okafor", "/orders/new", "PlaceOrders"),
        row("Maya Castellan", "/settings/connection", "ManageConnection"),
    ];
    assert_eq!(denied(&site).await, expected);
    assert!(matches!(verify(&site.backend, None).await.unwrap(), Verdict::Intact(_)));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn looking_at_what_one_may_see_is_no_attempt_at_what_one_may_not_do(pool: PgPool) {
    let world = Connected::new(pool).await;
    let pages = world.pages().await;
    for role in super::browser::ROLES {
        let mut browser = world.site.signed_in(role).await;
        for path in &pages {
            let answer = browser.get(path).await;
            let seats = path.ends_with("/seats");
            assert!(answer.status == StatusCode::OK || (seats && role == Role::Viewer), "{path} as {role}");
        }
    }
    let of_the_viewer = denied(&world.site).await;
    assert!(of_the_viewer.len() == 1 && of_the_viewer[0].1.ends_with("/seats"), "{of_the_viewer:?}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn those_who_may_see_the_activity_take_it_away_as_it_is_filtered(pool: PgPool) {
    let site = Site::new(pool).await;
    for role in super::browser::ROLES {
        let answer = site.signed_in(role).await.get(&format!("{EXPORT}?actions=staff&text=demo")).await;
        let allowed = role.may(Permission::ViewActivity);
        assert_eq!(answer.status, if allowed { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{role}");
        if allowed {
            let head = |name| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            assert_eq!(head(header::CONTENT_TYPE), "text/csv; charset=utf-8");
            assert!(head(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"activity-2026-03-02.csv\""));
            let lines: Vec<&str> = answer.body.lines().collect();
            assert!(lines[0].starts_with("\u{feff}position,hash,at,who,action"), "{}", lines[0]);
            assert_eq!(lines.len(), 5, "the header and the four people of the demo: {}", answer.body);
            assert!(lines[1..].iter().all(|line| line.contains("staff.demo_set_up")), "{}", answer.body);
        }
    }
    let nobody = site.nobody().get(EXPORT).await;
    assert_eq!(nobody.location.as_deref(), Some("/sign-in?next=%2Factivity%2Fexport.csv"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_page_is_filtered_and_leads_to_the_same_as_a_file(pool: PgPool) {
    let site = Site::new(pool).await;
    site.signed_in(Role::Viewer).await.get("/orders/new").await;
    site.nobody().sign_in("viewer@seatboard.example", "wrong").await;
    let mut browser = site.signed_in(Role::AccountManager).await;
    let all = browser.get("/activity").await.body;
    for words in ["was denied something", "A viewer may not place orders for new subscriptions", "refused a sign-in"] {
        assert!(all.contains(words), "{words}");
    }
    assert!(all.contains("signed in"));
    let path = "/activity?denied=only&from=2026-03-02";
    let only_denied = browser.get(path).await.body;
    assert!(only_denied.contains("was denied something") && only_denied.contains("refused a sign-in"));
    assert!(!only_denied.contains("set up a demo staff member"));
    assert_eq!(field(&only_denied, "from").as_deref(), Some("2026-03-02"), "the form shows what is filtered by");
    assert!(only_denied.contains("<option value=\"only\" selected"), "{only_denied}");
    assert!(only_denied.contains("href=\"/activity/export.csv?denied=only&amp;from=2026-03-02\""), "{only_denied}");
    let nothing = browser.get("/activity?text=no+such+thing+7f3a").await.body;
    assert!(nothing.contains("No entry matches") && nothing.contains("Clear all"));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn what_is_older_is_reached_without_losing_the_filter(pool: PgPool) {
    let site = Site::new(pool).await;
    sqlx::raw_sql(
        "insert into activity (at, actor, action, subject_kind, subject_id)
         select now(), 'x', case when n % 2 = 0 then 'report.requested' else 'order.completed' end, 'order', 'nr' || n
         from generate_series(1, 120) n",
    )
    .execute(&site.backend.pool)
    .await
    .unwrap();
    let mut browser = site.signed_in(Role::AccountManager).await;
    let first = browser.get("/activity?actions=reports").await.body;
    assert!(first.contains("nr120") && first.contains("nr22") && !first.contains("nr119") && !first.contains("nr20<"));
    let older = first.split("href=\"").find(|link| link.starts_with("/activity?") && link.contains("before="));
    let older = older.unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let second = browser.get(&older).await.body;
    assert!(second.contains(">nr20<") && second.contains(">nr2<") && !second.contains(">nr3<"), "{older}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_order_shows_its_price_at_the_time_and_its_intent(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut browser = world.site.signed_in(Role::Admin).await;
    let order = place(&world, &mut browser).await;
    let id = order.strip_prefix("/orders/").unwrap();
    let price =
        world.find("select price_amount || ' ' || price_currency from activity where action = 'order.placed'").await;
    let shown = world
        .find("select estimate -> 'now' ->> 'amount' || ' ' || (estimate -> 'now' ->> 'currency') from intent")
        .await;
    assert_eq!(price, shown, "the estimate that the person saw");
    let page = browser.get("/activity?actions=orders").await.body;
    assert!(page.contains("Price at the time: "), "{page}");
    assert!(page.contains(&format!("<a href=\"{order}\"><code class=\"id\">{id}</code></a>")), "{page}");
    let found = browser.get(&format!("/activity?text={id}")).await.body;
    assert!(found.contains("placed an order"), "an intent is found by its id");
    assert!(matches!(verify(&world.site.backend, None).await.unwrap(), Verdict::Intact(_)));
}

/// Places one more seat of a subscription, and returns the order's page.
async fn place(world: &Connected, browser: &mut Browser) -> String {
    let path = format!("/subscriptions/{}/seats", world.find(RUNNING_SUBSCRIPTION).await);
    let now: u32 = field(&browser.get(&path).await.body, "seats").unwrap().parse().unwrap();
    let review = browser.get(&format!("{path}?line=1&seats={}&step=review", now + 1)).await.body;
    let form = ["subscription", "line", "seats", "shown", "form_token"]
        .map(|name| {
            format!("{name}={}", segment(&field(&review, name).unwrap_or_else(|| panic!("no {name}: {review}"))))
        })
        .join("&");
    let answer = browser.post("/api/place_seat_change", &form).await;
    answer.location.filter(|path| path.starts_with("/orders/")).expect("the order's page")
}
