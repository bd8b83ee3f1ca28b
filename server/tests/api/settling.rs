//! An order that nobody knows about: what each role sees of it, and what each may say.

use super::browser::{Browser, field};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use axum::http::{Method, StatusCode};
use domain::{Permission, Role};
use sqlx::PgPool;

/// The path of the page of a seat change whose answer was lost, as the worker leaves it after one complete look.
pub(crate) async fn lost(world: &Connected) -> String {
    let mut browser = world.site.signed_in(Role::Technician).await;
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let path = format!("/subscriptions/{subscription}/seats");
    let seats: u32 = field(&browser.get(&path).await.body, "seats").unwrap().parse().unwrap();
    let review = browser.get(&format!("{path}?line=1&seats={}&step=review", seats + 1)).await.body;
    let form = ["subscription", "line", "seats", "shown", "form_token"]
        .map(|name| format!("{name}={}", app::paths::segment(&field(&review, name).unwrap())))
        .join("&");
    let placed = browser.post("/api/place_seat_change", &form).await.location.unwrap();
    let unknown = "update intent set state = 'unknown', attempts = 1, sent_at = created_at - interval '1 hour',
             correlation_id = 'a8n-lost', next_look_at = created_at + interval '1 minute';
         insert into intent_look (intent_id, at, complete, compared, candidates)
         select id, looked, true, 1, jsonb_build_array(jsonb_build_object('order_id', '4711', 'order_number', 'CH004711',
             'status', 'processing', 'created_at', null, 'fits', false, 'claimed', false,
             'reasons', jsonb_build_array('Its PO number is another one.')))
         from intent, lateral (values (created_at - interval '30 minutes'), (created_at)) look (looked)";
    sqlx::raw_sql(unknown).execute(&world.site.backend.pool).await.unwrap();
    placed
}

fn settle(page: &str, act: &str) -> String {
    format!("intent={}&act={act}", page.rsplit('/').next().unwrap())
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn each_role_sees_the_evidence_and_settles_what_it_may(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    for role in super::browser::ROLES {
        let mut browser = world.site.signed_in(role).await;
        let page = browser.get(&order).await.body;
        for shown in
            ["Nobody knows yet", "a8n-lost", "CH004711", "Its PO number is another one.", "href=\"/orders/4711\""]
        {
            assert!(page.contains(shown), "{shown} as {role}: {page}");
        }
        let may = super::browser::reaches(role, Role::Technician);
        assert_eq!(page.contains("Your role does not let you change the seats"), !may, "{role} is told why not");
        let answer = browser.call(Method::POST, "/api/settle_order", &settle(&order, "look")).await;
        assert_eq!(answer.status == StatusCode::FORBIDDEN, !may, "{role}: {}", answer.body);
        assert_eq!(answer.status == StatusCode::OK, may, "{role}: {}", answer.body);
    }
    assert_eq!(world.find("select count(*)::text from activity where action = 'order.look_asked'").await, "3");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_page_says_when_the_marketplace_was_asked_and_not_when_the_page_was(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    let asked = world
        .find("select to_char(max(at) at time zone 'UTC', '\"The marketplace was asked\" FMDD Mon YYYY, HH24:MI:SS') from intent_look")
        .await;
    for _ in 0..2 {
        let page = world.site.signed_in(Role::Viewer).await.get(&order).await.body;
        assert!(page.replace("<!>", "").contains(&asked), "{asked}: {page}");
        world.site.clock.advance(time::Duration::minutes(7));
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn that_it_is_not_there_wants_the_box_ticked_and_then_offers_to_place_it_again(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    let mut browser = world.site.signed_in(Role::Technician).await;
    let refused = browser.post("/api/settle_order", &settle(&order, "absent")).await;
    assert_eq!(refused.location.as_deref(), Some(order.as_str()));
    let page = browser.get(&order).await.body;
    assert!(
        page.contains("href=\"#sure\"") && page.contains("id=\"sure-error\""),
        "the summary leads to the box: {page}"
    );

    browser.post("/api/settle_order", &format!("{}&sure=yes", settle(&order, "absent"))).await;
    assert_eq!(world.find("select state from intent").await, "absent");
    let page = browser.get(&order).await.body;
    assert!(page.contains("It was looked for at the marketplace and not found."), "{page}");
    let again = link(&page, "Place it again");
    assert!(again.contains("step=review") && again.contains("again="), "{again}");
    assert_eq!(link(&browser.get("/").await.body, "Place it again"), again, "the overview offers it too");
    place_again(&world, &mut browser, &again, &order).await;
}

async fn place_again(world: &Connected, browser: &mut Browser, again: &str, first: &str) {
    let review = browser.get(again).await.body;
    let form = ["subscription", "line", "seats", "shown", "form_token", "again"]
        .map(|name| format!("{name}={}", app::paths::segment(&field(&review, name).unwrap_or_default())))
        .join("&");
    let second = browser.post("/api/place_seat_change", &form).await.location.unwrap();
    assert!(second.starts_with("/orders/") && second != first, "{second}");
    let of = world.find("select again_of::text from intent where again_of is not null").await;
    assert_eq!(format!("/orders/{of}"), first);
    let page = browser.get(first).await.body;
    assert!(
        page.contains(&format!("href=\"{second}\"")) && !page.contains(">Place it again</a>"),
        "it leads on: {page}"
    );
}

/// Where the link of that text leads.
fn link(page: &str, text: &str) -> String {
    let (before, _) = page.split_once(&format!(">{text}</a>")).expect("the link is there");
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    href.replace("&amp;", "&")
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn another_roles_order_is_not_settled_by_a_technician(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    let renewal = "update intent set permission = 'ManageSubscriptions'";
    sqlx::raw_sql(renewal).execute(&world.site.backend.pool).await.unwrap();
    for (role, status) in [(Role::Technician, StatusCode::FORBIDDEN), (Role::AccountManager, StatusCode::OK)] {
        let mut browser = world.site.signed_in(role).await;
        let answer = browser.call(Method::POST, "/api/settle_order", &settle(&order, "look")).await;
        assert_eq!(answer.status, status, "{role}: {}", answer.body);
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn who_places_orders_and_changes_no_seats_settles_them_and_sees_what_waits(pool: PgPool) {
    let world = Connected::new(pool).await;
    let order = lost(&world).await;
    let placed = "update intent set permission = 'PlaceOrders'";
    sqlx::raw_sql(placed).execute(&world.site.backend.pool).await.unwrap();
    let desk = world.site.walkers().await.pop().unwrap();
    assert!(desk.may(Permission::PlaceOrders) && !desk.may(Permission::ChangeSeats));
    let mut browser = world.site.signed_in_as(&desk).await;
    let answer = browser.call(Method::POST, "/api/settle_order", &settle(&order, "look")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let inbox = browser.get("/approvals").await;
    assert_eq!(inbox.status, StatusCode::OK);
    assert!(inbox.body.contains("Asked for by you") && inbox.body.contains("href=\"/approvals\""), "{}", inbox.body);
}
