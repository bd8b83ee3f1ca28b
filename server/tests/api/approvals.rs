//! Orders that wait for a second person, from the rule to the marketplace, with plain forms.

use super::browser::{Answer, Browser, field};
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use app::paths::segment;
use axum::http::{Method, StatusCode};
use domain::Role;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

/// A site on which an admin made every order wait, and a technician's order that does.
struct Office {
    world: Connected,
    /// The order's identifier.
    order: String,
    /// The price that the technician saw, as the forms carry it.
    price: String,
}

pub(crate) const EVERY_ORDER: &str = "kind=&vendor=&role=&amount=&currency=&percent=";

impl Office {
    async fn new(pool: PgPool) -> Self {
        let world = Connected::new(pool).await;
        let mut admin = world.site.signed_in(Role::Admin).await;
        add_rule(&mut admin, EVERY_ORDER).await;
        let mut technician = world.site.signed_in(Role::Technician).await;
        let (order, price) = ask(&world, &mut technician).await;
        Self { world, order, price }
    }

    async fn page(&self, browser: &mut Browser) -> String {
        get(browser, &format!("/orders/{}", self.order)).await.body
    }

    /// Presses the button that approves, or would if the page had one.
    async fn approve(&self, browser: &mut Browser) -> Answer {
        browser.post("/api/approve_order", &format!("order={}&shown={}", self.order, segment(&self.price))).await
    }

    async fn state(&self) -> String {
        self.world.find("select state from intent").await
    }

    /// Lets the worker work until the intent reaches `state`, and for a while longer; fails when it ends as another.
    async fn work_until(&self, state: &str) {
        let stop = CancellationToken::new();
        let worker = tokio::spawn(backend::orders::run(self.world.site.backend.clone(), stop.clone()));
        for _ in 0..20_000 {
            let now = self.state().await;
            if now == state {
                break;
            }
            assert!(!matches!(now.as_str(), "completed" | "failed" | "cancelled"), "{now} instead of {state}");
            if self.is_idle().await {
                self.world.site.clock.advance(time::Duration::seconds(5));
                self.world.marketplace.advance(time::Duration::seconds(5));
            }
            self.world.site.backend.intents_waiting.notify_one();
            tokio::task::yield_now().await;
        }
        // Not so long that everybody is signed out.
        for _ in 0..10 {
            self.world.site.clock.advance(time::Duration::minutes(1));
            self.world.site.backend.intents_waiting.notify_one();
            assert_eq!(self.state().await, state, "that is the end");
        }
        stop.cancel();
        worker.await.unwrap();
        assert_eq!(self.state().await, state);
    }

    /// The worker has nothing to do before time passes.
    async fn is_idle(&self) -> bool {
        let now = self.world.site.backend.clock.now();
        let next = sqlx::query_scalar("select coalesce(state <> 'sending' and next_look_at > $1, false) from intent")
            .bind(now);
        next.fetch_one(&self.world.site.backend.pool).await.unwrap()
    }

    fn orders_asked_for(&self) -> u64 {
        self.world.marketplace.stats().calls.get("createOrder").copied().unwrap_or(0)
    }
}

async fn get(browser: &mut Browser, path: &str) -> Answer {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer
}

pub(crate) async fn add_rule(admin: &mut Browser, rule: &str) {
    let token = field(&get(admin, "/settings/approvals").await.body, "form_token").unwrap();
    let added = admin.post("/api/add_approval_rule", &format!("{rule}&form_token={token}")).await;
    assert_eq!(added.location.as_deref(), Some("/settings/approvals"), "{}", added.body);
}

/// Asks for one seat more, and answers with the order and the price in the review.
pub(crate) async fn ask(world: &Connected, technician: &mut Browser) -> (String, String) {
    let subscription = world.find(RUNNING_SUBSCRIPTION).await;
    let now = get(technician, &format!("/subscriptions/{subscription}/seats")).await.body;
    let seats: u32 = field(&now, "seats").unwrap().parse().unwrap();
    let review = format!("/subscriptions/{subscription}/seats?line=1&seats={}&step=review", seats + 1);
    let review = get(technician, &review).await.body;
    assert!(review.contains("This order will wait for approval") && review.contains("Every order"), "{review}");
    assert!(review.contains(&format!("Ask for approval: {} seats", seats + 1)), "{review}");
    let names = ["subscription", "line", "seats", "po_number", "shown", "form_token"];
    let form: Vec<_> =
        names.iter().map(|name| format!("{name}={}", segment(&field(&review, name).unwrap_or_default()))).collect();
    let placed = technician.post("/api/place_seat_change", &form.join("&")).await.location.unwrap();
    // The price, and the seats that it starts from.
    let shown = field(&review, "shown").unwrap();
    let (price, _) = shown.trim_start_matches('[').rsplit_once(',').unwrap();
    (placed.trim_start_matches("/orders/").to_owned(), price.to_owned())
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_technician_asks_a_manager_approves_and_one_order_is_made(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut technician = office.world.site.signed_in(Role::Technician).await;
    let page = office.page(&mut technician).await;
    assert!(page.contains("Waiting for approval. Nothing has been sent."), "{page}");
    assert!(page.contains("You asked for this order yourself.") && page.contains("Withdraw the order"), "{page}");
    assert!(!page.contains("/api/approve_order"), "there is nothing to press");
    let inbox = get(&mut technician, "/approvals").await.body;
    assert!(inbox.contains("Asked for by you") && inbox.contains(&office.order), "{inbox}");

    let mut manager = office.world.site.signed_in(Role::AccountManager).await;
    let inbox = get(&mut manager, "/approvals").await.body;
    assert!(inbox.contains("Waiting for you") && inbox.contains(&office.order), "{inbox}");
    assert!(inbox.contains("1<span class=\"visually-hidden\"> waiting</span>"), "the sidebar counts it: {inbox}");
    let page = office.page(&mut manager).await;
    assert!(page.contains("Approve: ") && page.contains("Price when asked") && page.contains("Price today"), "{page}");
    assert_eq!(field(&page, "shown").as_deref(), Some(office.price.as_str()), "it costs what it did");
    let approved = office.approve(&mut manager).await;
    assert_eq!(approved.location, Some(format!("/orders/{}", office.order)));
    office.work_until("completed").await;
    assert_eq!(office.orders_asked_for(), 1);
    let page = office.page(&mut technician).await;
    assert!(page.contains("Approved by") && page.contains("The marketplace says the order is completed."), "{page}");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whoever_asked_cannot_approve_however_they_post(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    add_rule(&mut admin, EVERY_ORDER).await;
    let (order, price) = ask(&world, &mut admin).await;
    let office = Office { world, order, price };
    let page = office.page(&mut admin).await;
    assert!(page.contains("Somebody else has to approve it.") && !page.contains("/api/approve_order"), "{page}");
    office.approve(&mut admin).await;
    let page = office.page(&mut admin).await;
    assert!(page.contains("There is a problem") && page.contains("You asked for this order yourself."), "{page}");
    let arguments = format!("order={}&shown={}", office.order, segment(&office.price));
    let answer = admin.call(Method::POST, "/api/approve_order", &arguments).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert_eq!((office.state().await.as_str(), office.orders_asked_for()), ("drafted", 0));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_technician_and_a_viewer_decide_nothing(pool: PgPool) {
    let office = Office::new(pool).await;
    let arguments = format!("order={}&shown={}&reason=no", office.order, segment(&office.price));
    for role in [Role::Technician, Role::Viewer] {
        let mut browser = office.world.site.signed_in(role).await;
        for path in ["/api/approve_order", "/api/reject_order"] {
            let answer = browser.call(Method::POST, path, &arguments).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} as {role}");
        }
    }
    let mut viewer = office.world.site.signed_in(Role::Viewer).await;
    let page = office.page(&mut viewer).await;
    assert!(page.contains("Your role does not let you approve the orders of others."), "{page}");
    assert!(!page.contains("/api/comment_order") && !page.contains("/api/withdraw_order"), "{page}");
    let inbox = viewer.get("/approvals").await;
    assert!(inbox.body.contains("None of your orders waits for approval"), "{}", inbox.body);
    for absent in ["Waiting for you", &office.order, "href=\"/approvals\""] {
        assert!(!inbox.body.contains(absent), "{absent} is in {}", inbox.body);
    }
    let answer = viewer.call(Method::POST, "/api/withdraw_order", &arguments).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "only the one who asked takes it back");
    assert_eq!((office.state().await.as_str(), office.orders_asked_for()), ("drafted", 0));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn an_edited_order_is_refused_by_the_database_and_past_it_never_sent(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut manager = office.world.site.signed_in(Role::AccountManager).await;
    office.approve(&mut manager).await;
    assert_eq!(office.state().await, "approved");
    let pool = &office.world.site.backend.pool;
    let edit = "update intent set body = jsonb_set(body, '{products,0,quantity}', '\"999\"')";
    let refused = sqlx::raw_sql(edit).execute(pool).await.unwrap_err().to_string();
    assert!(refused.contains("what was asked for cannot be changed"), "{refused}");
    sqlx::raw_sql("alter table intent disable trigger intent_stays_as_asked").execute(pool).await.unwrap();
    sqlx::raw_sql(edit).execute(pool).await.unwrap();
    office.work_until("failed").await;
    assert_eq!(office.orders_asked_for(), 0, "the marketplace was never asked");
    let page = office.page(&mut manager).await;
    assert!(
        page.contains("The order was changed after it was approved.") && page.contains("Nothing was ordered."),
        "{page}"
    );
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_repriced_order_is_voided_and_never_sent(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut manager = office.world.site.signed_in(Role::AccountManager).await;
    let subscription = office.world.find(RUNNING_SUBSCRIPTION).await;
    let priced = manager
        .post(
            "/api/set_price",
            &format!("subscription={subscription}&line=1&price=99.99&form_token={}", uuid::Uuid::new_v4()),
        )
        .await;
    assert_eq!(priced.location, Some(format!("/subscriptions/{subscription}")), "{}", priced.body);
    let page = office.page(&mut manager).await;
    assert!(page.contains("The price changed since it was asked for"), "{page}");
    // The old price, as from a page that was opened before.
    office.approve(&mut manager).await;
    let page = office.page(&mut manager).await;
    assert!(page.contains("The price changed from ") && page.contains("Nothing was sent. Place it again."), "{page}");
    assert!(page.contains("The order was not sent.") && page.contains(">not sent</span>"), "{page}");
    let mut technician = office.world.site.signed_in(Role::Technician).await;
    for path in ["/", "/orders", &format!("/subscriptions/{subscription}")] {
        let page = get(&mut technician, path).await.body;
        assert!(page.contains(&office.order) && page.contains(">not sent</span>"), "{path}: {page}");
        assert!(!page.contains(">failed</span>"), "{path}: {page}");
    }
    let overview = get(&mut technician, "/").await.body;
    assert!(overview.contains("was not sent: nothing was ordered") && overview.contains("Asked for by"), "{overview}");
    assert_eq!((office.state().await.as_str(), office.orders_asked_for()), ("failed", 0));
    office.work_until("failed").await;
    assert_eq!(office.orders_asked_for(), 0);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn two_buttons_pressed_at_once_and_one_pressed_twice_make_one_order(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut manager = office.world.site.signed_in(Role::AccountManager).await;
    let mut again = office.world.site.signed_in(Role::AccountManager).await;
    let mut admin = office.world.site.signed_in(Role::Admin).await;
    tokio::join!(office.approve(&mut manager), office.approve(&mut again), office.approve(&mut admin));
    office.approve(&mut manager).await;
    office.work_until("completed").await;
    assert_eq!(office.orders_asked_for(), 1);
    let approvals = office.world.find("select count(*)::text from activity where action = 'order.approved'").await;
    assert_eq!(approvals, "1");
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn rejecting_takes_a_reason_and_sends_nothing(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut manager = office.world.site.signed_in(Role::AccountManager).await;
    manager.post("/api/reject_order", &format!("order={}&reason=", office.order)).await;
    let page = office.page(&mut manager).await;
    assert!(page.contains("href=\"#reason\"") && page.contains("Say why"), "{page}");
    let said = format!("order={}&comment=Why+one%3F&form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", office.order);
    manager.post("/api/comment_order", &said).await;
    manager.post("/api/reject_order", &format!("order={}&reason=Too+many", office.order)).await;
    let mut technician = office.world.site.signed_in(Role::Technician).await;
    let page = office.page(&mut technician).await;
    assert!(page.contains("Rejected by") && page.contains("Too many") && page.contains("Why one?"), "{page}");
    assert!(page.contains("The order was rejected and not sent.") && page.contains(">rejected</span>"), "{page}");
    assert!(page.contains("<dt>Asked for</dt>") && !page.contains("<dt>Placed</dt>"), "{page}");
    let subscription = office.world.find(RUNNING_SUBSCRIPTION).await;
    for path in ["/", &format!("/subscriptions/{subscription}"), &format!("/orders?search={}", office.order)] {
        let page = get(&mut technician, path).await.body;
        assert!(page.contains(&office.order) && page.contains(">rejected</span>"), "{path}: {page}");
        assert!(!page.contains("was cancelled"), "{path}: {page}");
    }
    assert!(get(&mut technician, "/").await.body.contains("was rejected and not sent"));
    office.work_until("cancelled").await;
    assert_eq!(office.orders_asked_for(), 0);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn withdrawing_frees_the_subscription_and_sends_nothing(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut technician = office.world.site.signed_in(Role::Technician).await;
    technician.post("/api/withdraw_order", &format!("order={}", office.order)).await;
    let page = office.page(&mut technician).await;
    assert!(page.contains("Withdrawn by") && page.contains(">withdrawn</span>"), "{page}");
    assert!(page.contains("<dt>Asked for</dt>"), "{page}");
    office.work_until("cancelled").await;
    assert_eq!(office.orders_asked_for(), 0);
    let (again, _) = ask(&office.world, &mut technician).await;
    assert_ne!(again, office.order);
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn while_the_marketplace_is_away_the_page_says_so_and_nothing_is_decided(pool: PgPool) {
    let office = Office::new(pool).await;
    let mut manager = office.world.site.signed_in(Role::AccountManager).await;
    office.world.marketplace.set_outage(Some(marketplace_sim::Outage::Reset));
    let page = office.page(&mut manager).await;
    assert!(page.contains("What it costs now is not known.") && !page.contains("/api/approve_order"), "{page}");
    assert_eq!(page.matches("The marketplace does not answer").count(), 1, "{page}");
    office.approve(&mut manager).await;
    let page = office.page(&mut manager).await;
    assert!(page.contains("Nothing was decided: the order still waits."), "{page}");
    assert_eq!(page.matches("The marketplace does not answer").count(), 1, "{page}");
    assert_eq!((office.state().await.as_str(), office.orders_asked_for()), ("drafted", 0));
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn a_refused_rule_comes_back_with_what_was_typed_and_an_accepted_one_can_be_removed(pool: PgPool) {
    let world = Connected::new(pool).await;
    let mut admin = world.site.signed_in(Role::Admin).await;
    let page = get(&mut admin, "/settings/approvals").await.body;
    assert!(page.contains("No rules yet"), "{page}");
    let token = field(&page, "form_token").unwrap();
    let typed = "kind=change&vendor=Adobe&role=&amount=1%2C000&currency=&percent=half";
    admin.post("/api/add_approval_rule", &format!("{typed}&form_token={token}")).await;
    let page = get(&mut admin, "/settings/approvals").await.body;
    for id in ["amount", "currency", "percent"] {
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}: {page}");
    }
    assert_eq!(field(&page, "amount").as_deref(), Some("1,000"));
    assert!(page.contains("<option value=\"Adobe\" selected"), "{page}");
    add_rule(&mut admin, "kind=&vendor=&role=&amount=1000&currency=usd&percent=").await;
    let page = get(&mut admin, "/settings/approvals").await.body;
    assert!(page.contains("Orders of 1,000.00 USD or more"), "{page}");
    let rule = field(&page, "rule").unwrap();
    admin.post("/api/remove_approval_rule", &format!("rule={rule}")).await;
    assert!(get(&mut admin, "/settings/approvals").await.body.contains("No rules yet"));
}
