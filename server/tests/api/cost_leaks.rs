//! What the reseller pays reaches nobody who may not see it: every page and every server function, in an account whose costs
//! are millions of times what any price is.

use super::browser::Browser;
use super::connected::{Connected, RUNNING_SUBSCRIPTION};
use super::functions;
use super::walk::places::{others, pages};
use super::walkers::Walker;
use axum::http::{Method, StatusCode};
use backend::approvals::{self, RuleForm};
use backend::orders::{Confirmation, SeatChange, estimate_seat_change, place_seat_change};
use domain::{Permission, Role};
use marketplace_sim::Config;
use sqlx::PgPool;
use std::collections::BTreeSet;
use uuid::Uuid;

/// No seat is sold for so much, and no customer pays it.
const TIMES: u32 = 10_000_000;

/// Streams that never end.
const ENDLESS: [&str; 1] = [app::paths::EVENTS];

/// The amounts of a million and more in a text: as people read them, and as they are sent to scripts.
fn costs(text: &str) -> Vec<&str> {
    let tokens = text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
    tokens.map(|token| token.trim_matches([',', '.'])).filter(|token| is_cost(token)).collect()
}

fn is_cost(token: &str) -> bool {
    let (whole, decimals) = token.split_once('.').unwrap_or((token, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().len();
    let groups: Vec<usize> = groups.map(str::len).collect();
    let for_people = (1..=3).contains(&first) && groups.len() >= 2 && groups.iter().all(|length| *length == 3);
    let for_scripts = groups.is_empty() && first >= 7 && decimals.len() >= 2;
    for_people || for_scripts
}

#[test]
fn a_cost_is_told_from_a_price_an_identifier_and_a_moment() {
    assert_eq!(costs("Cost 45,500,000.00 USD, margin -45,499,990.50"), ["45,500,000.00", "45,499,990.50"]);
    assert_eq!(costs("\"amount\":\"45500000.00\""), ["45500000.00"]);
    let others = "1,234.50 USD 10001234 2026-03-02T09:00:00.123456Z 1.2.3 M12,345,7 326501 10,000+";
    assert_eq!(costs(others), [] as [&str; 0]);
}

/// The account, in which an order was placed and another one waits for approval.
async fn account(pool: PgPool) -> Connected {
    let config = Config { resellers: 2, costs_times: TIMES, ..Config::for_tests() };
    let world = Connected::of(pool, config).await;
    let backend = &world.site.backend;
    let staff = async |role: Role| {
        let id = sqlx::query_scalar("select id from staff where role = $1").bind(role.as_str());
        backend::staff::find(backend, id.fetch_one(&backend.pool).await.unwrap()).await.unwrap().unwrap()
    };
    let (manager, admin) = (staff(Role::AccountManager).await, staff(Role::Admin).await);
    // A product is in the catalogue once for each of its terms.
    let subscriptions =
        RUNNING_SUBSCRIPTION.replace("select s.id", "select distinct s.id").replace("limit 1", "limit 2");
    let subscriptions: Vec<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(subscriptions)).fetch_all(&backend.pool).await.unwrap();
    for (place, subscription_id) in subscriptions.into_iter().enumerate() {
        if place == 1 {
            approvals::add(backend, &admin, &RuleForm::default(), Uuid::new_v4()).await.unwrap();
        }
        let now = backend::orders::seats_now(backend, &subscription_id, 1).await.unwrap();
        let seats = (now.seats.get() + 1).to_string();
        let change = SeatChange { subscription_id, line: 1, seats, from: None, po_number: None };
        let quote = estimate_seat_change(backend, &manager, &change).await.unwrap();
        assert!(quote.cost_now.unwrap().amount > 100_000.into(), "costs are recognisable: {quote:?}");
        let confirmation =
            Confirmation { shown: quote.now, form_token: Uuid::new_v4(), review_path: String::new(), another: false };
        place_seat_change(backend, &manager, &change, &confirmation).await.unwrap();
    }
    world
}

/// What stands in an address for each kind of thing, of which there is one of each.
struct Things(Vec<(&'static str, String)>);

impl Things {
    async fn of(world: &Connected) -> Self {
        let order = "select id from marketplace_order where status = 'completed' order by id limit 1";
        let customer = "select id from customer where status = 'active' and reseller_id is null order by id limit 1";
        let things = [
            ("/customers", customer),
            ("/subscriptions", RUNNING_UNCHANGED),
            ("/orders", order),
            ("/catalogue/plans", "select id from plan order by id limit 1"),
            ("/reports", super::connected::COMPLETED_REPORT),
            ("/resellers", "select id from reseller order by id limit 1"),
            ("/settings/staff", "select id::text from staff where role = 'viewer'"),
            ("/settings/roles", "select id from role where name is not null limit 1"),
        ];
        let mut found = Vec::new();
        for (path, query) in things {
            found.push((path, world.find(query).await));
        }
        Self(found)
    }

    fn of_kind(&self, path: &str) -> &str {
        self.0.iter().find(|(start, _)| *start == path).map(|(_, id)| id.as_str()).unwrap()
    }

    /// The path with the identifier of what is there.
    fn fill(&self, pattern: &str) -> Vec<String> {
        let known = self.0.iter().find(|(start, _)| pattern.starts_with(&format!("{start}/{{")));
        let id = known.map_or("6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11", |(_, id)| id);
        let parts = pattern.split('/').map(|part| if part.starts_with('{') { id } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        let mut paths = vec![path.clone(), format!("{path}?step=review&line=1&seats=3&into=new")];
        paths.extend(path.ends_with("/price").then(|| format!("{path}?line=1")));
        paths
    }
}

/// A subscription whose seats can be changed and which has no order of ours.
const RUNNING_UNCHANGED: &str = "select s.id from subscription s \
    join customer c on c.id = s.customer_id join product_line l on l.subscription_id = s.id and l.line = 1 \
    join product p on p.mpn = l.mpn \
    where s.status = 'active' and c.status = 'active' and coalesce(p.maximum, 1000) > l.seats + 1 \
    and not exists (select from intent i where i.subscription_id = s.id) \
    and not exists (select from marketplace_order o where o.subscription_id = s.id \
        and o.status in ('submitted', 'processing')) order by s.id limit 1";

/// Every address that there is something at.
async fn addresses(world: &Connected, things: &Things) -> Vec<String> {
    let backend = &world.site.backend;
    let patterns = pages(backend).into_iter().chain(others(backend)).filter(|path| !ENDLESS.contains(&path.as_str()));
    let mut paths: BTreeSet<String> = patterns.flat_map(|pattern| things.fill(&pattern)).collect();
    let intents: Vec<String> =
        sqlx::query_scalar("select id::text from intent order by id").fetch_all(&backend.pool).await.unwrap();
    assert_eq!(intents.len(), 2);
    paths.extend(intents.iter().map(|id| format!("/orders/{id}")));
    let (customer, product) = (
        things.of_kind("/customers"),
        world.find("select key from product where price_amount > 0 order by key limit 1").await,
    );
    let order = format!("customer={customer}&product-0={}&seats-0=2", app::paths::segment(&product));
    paths.extend(["", "&step=review", "&step=parameters"].map(|step| format!("/orders/new?{order}{step}")));
    let (today, later) = ("2026-01-15", "2026-09-15");
    paths.insert(format!(
        "/orders/migrate?customer={customer}&product={}&seats=2&started_on={today}&expires_on={later}&step=review",
        app::paths::segment(&product)
    ));
    paths.into_iter().collect()
}

/// The arguments of the table, about things that are there.
fn real(arguments: &str, things: &Things) -> String {
    let (subscription, customer) = (things.of_kind("/subscriptions"), things.of_kind("/customers"));
    let start = |text: &str| format!("&{text}");
    start(arguments)
        .replace("&subscription=1&", &format!("&subscription={subscription}&"))
        .replace("customer%3D1", &format!("customer%3D{customer}"))
        .replace("&customer=1&", &format!("&customer={customer}&"))
        .replace("&order=1&", &format!("&order={}&", things.of_kind("/orders")))
        .trim_start_matches('&')
        .to_owned()
}

/// Where what somebody is sent has a cost in it, and how much they were sent.
async fn with_costs(world: &Connected, walker: &Walker, paths: &[String], things: &Things) -> (Vec<String>, usize) {
    let mut browser = world.site.signed_in_as(walker).await;
    let (mut found, mut answers) = (Vec::new(), 0);
    let mut look = |what: &str, body: &str| {
        answers += 1;
        found.extend(costs(body).first().map(|cost| format!("{what}: {cost}")));
    };
    for path in paths {
        look(path, &browser.get(path).await.body);
    }
    for (method, row) in functions::all() {
        // Those would end this walk.
        if row.needs.is_none()
            || row.path.contains("sign_out")
            || row.path.contains("session")
            || row.path.contains("connection")
        {
            continue;
        }
        let arguments = real(row.arguments, things);
        look(row.path, &browser.call(method.clone(), row.path, &arguments).await.body);
        if method == Method::POST {
            let led = browser.post(row.path, &arguments).await.location;
            let page = follow(&mut browser, led).await;
            look(&format!("after {}", row.path), &page);
        }
    }
    assert_eq!(browser.get("/customers").await.status, StatusCode::OK, "{} is signed in to the end", walker.role);
    (found, answers)
}

async fn follow(browser: &mut Browser, location: Option<String>) -> String {
    match location {
        Some(location) => browser.get(&location).await.body,
        None => String::new(),
    }
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn no_answer_holds_a_cost_for_those_who_may_not_see_any(pool: PgPool) {
    let world = account(pool).await;
    let walkers = world.site.walkers().await;
    let things = Things::of(&world).await;
    let paths = addresses(&world, &things).await;
    let (hidden, shown): (Vec<&Walker>, Vec<&Walker>) =
        walkers.iter().partition(|walker| !walker.may(Permission::ViewCosts));
    assert_eq!((hidden.len(), shown.len()), (3, 4), "viewer, technician and a custom role see none");
    for walker in hidden {
        let (found, answers) = with_costs(&world, walker, &paths, &things).await;
        println!("{}: {answers} answers, {} with costs", walker.role, found.len());
        assert!(found.is_empty(), "{}: {found:#?}", walker.role);
    }
    let subscription = format!("/subscriptions/{}", things.of_kind("/subscriptions"));
    for walker in shown {
        let mut browser = world.site.signed_in_as(walker).await;
        let mut with = Vec::new();
        for path in &paths {
            if !costs(&browser.get(path).await.body).is_empty() {
                with.push(path.as_str());
            }
        }
        println!("{}: {} of {} pages with costs", walker.role, with.len(), paths.len());
        for expected in ["/catalogue/products", subscription.as_str()] {
            assert!(with.contains(&expected), "{expected} as {}: {with:?}", walker.role);
        }
        if walker.may(Permission::ChangeSeats) {
            let arguments = format!("subscription={}&line=1&seats=9", things.of_kind("/subscriptions"));
            let answer = browser.call(Method::POST, "/api/estimate_seats", &arguments).await;
            assert!(!costs(&answer.body).is_empty(), "an estimate as {}: {}", walker.role, answer.body);
        }
    }
}
