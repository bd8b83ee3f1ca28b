//! No secret is in what a server leaves behind: its log at its most talkative, every page it sent, every row it wrote.

use super::factor::{FACTOR, Factor, hexadecimal};
use super::form::Form;
use super::http::{Answer, Browser, PASSWORD};
use super::process::Settings;
use super::restored::connect;
use super::say::say;
use super::truth;
use super::world::config;
use app::paths::segment;
use backend::{Clock, SystemClock};
use marketplace_sim::Simulator;
use oidc_sim::{CLIENT_ID, CLIENT_SECRET, Person, Provider};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};
use std::time::{Duration, Instant};

const ADMIN: &str = "admin@seatboard.example";
const SECRET_KEY: &str = "db47442b006ed5bbad7101283773fa96ff0923f2b9783e8b2a6509bc82d8782e";
const GUESS: &str = "guessed-wrongly-5ec2e701";
const MISTYPED: &str = "mistyped-password-5ec2e702";
const ACTIVATION: &str = "activation-password-5ec2e703";
const OF_DATABASE: &str = "of-the-database-5ec2e704";

/// How the provider's client and its secret begin where they stand together in Base64: `seatboard:`.
const CLIENT_IN_BASE64: &str = "c2VhdGJvYXJkO";

/// A person at work, who keeps all they were shown.
struct Visit {
    browser: Browser,
    shown: String,
    pages: usize,
}

impl Visit {
    async fn get(&mut self, path: &str) -> String {
        let answer = self.browser.get(path).await.unwrap();
        self.keep(path, &answer)
    }

    async fn post(&mut self, path: &str, form: &str) -> String {
        let answer = self.browser.post(path, form).await.unwrap();
        self.keep(path, &answer);
        match answer.location {
            Some(location) => self.get(location.split('#').next().unwrap_or_default()).await,
            None => String::new(),
        }
    }

    fn keep(&mut self, path: &str, Answer { location, body, .. }: &Answer) -> String {
        self.pages += 1;
        let led = location.as_deref().unwrap_or_default();
        self.shown.extend(["\n", path, "\n", led, "\n", body]);
        body.clone()
    }

    /// A call by hand, confirmed where that is asked for.
    async fn call(&mut self, method: &str, path: &str, body: &str) {
        let form = format!("method={method}&path={}&body={}", segment(path), segment(body));
        let page = self.post("/api/console_call", &form).await;
        if let Some(form) = Form::find(&page, "/api/console_send") {
            self.post("/api/console_send", &form.with("sure", "on").encode()).await;
        }
    }
}

/// Somebody whom nobody here knows comes by single sign-on, so that the server shows its secret to the provider.
async fn come_by_single_sign_on(visit: &mut Visit, provider: &Provider) {
    let way = visit.browser.get("/sign-in/oidc").await.unwrap().location.unwrap();
    let back = provider.consent(&way, &Person::new("somebody"));
    let page = visit.get(&format!("/sign-in/oidc/return?code={}&state={}", back.code, back.state)).await;
    assert!(page.contains("Nobody in Seatboard is bound"), "the provider was asked who it is: {page}");
    assert_eq!(provider.asked("/token"), 1);
}

/// Where the database is, and its password: a made-up one where it asks for none.
fn address(pool: &PgPool) -> (String, String) {
    let options = pool.connect_options();
    let address = options.to_url_lossy();
    match address.password() {
        Some(password) => (address.to_string(), password.to_owned()),
        None => (options.as_ref().clone().password(OF_DATABASE).to_url_lossy().to_string(), OF_DATABASE.to_owned()),
    }
}

/// Every row of every table, as text.
async fn dump(pool: &PgPool) -> String {
    let tables = "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
    let mut dump = String::new();
    for table in tables {
        let rows = AssertSqlSafe(format!("select coalesce(string_agg(t::text, E'\\n'), '') from {table} t"));
        let rows: String = sqlx::query_scalar(rows).fetch_one(pool).await.unwrap();
        dump = format!("{dump}\n{table}\n{rows}");
    }
    dump
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn no_secret_is_in_the_log_the_pages_or_the_database(pool: PgPool) {
    let marketplace = Simulator::start(config()).await.unwrap();
    let (address, of_database) = address(&pool);
    let settings = Settings::new("secrecy", &address, &marketplace, 0).without_marketplace();
    let settings = settings.with("SECRET_KEY", SECRET_KEY).with("RUST_LOG", "trace");
    let provider = Provider::start(SystemClock.now()).await.unwrap();
    let settings = settings.with("OIDC_ISSUER", provider.issuer()).with("OIDC_CLIENT_ID", CLIENT_ID);
    let settings = settings.with("OIDC_CLIENT_SECRET", CLIENT_SECRET);
    settings.create_staff();
    let mut server = settings.start().await;
    let mut visit = Visit { browser: Browser::at(server.address), shown: String::new(), pages: 0 };
    come_by_single_sign_on(&mut visit, &provider).await;
    visit.browser = Browser::at(server.address);
    visit.post("/api/sign_in", &format!("email={}&password={GUESS}", segment(ADMIN))).await;
    visit.browser.sign_in(ADMIN).await;
    let factor = Factor::enrol(&mut visit.browser).await;
    work(&mut visit, &marketplace, &pool).await;
    prove_and_come_again(&mut visit, &factor).await;
    let session = visit.browser.cookie().split_once('=').unwrap().1.to_owned();
    visit.post("/api/sign_out", "").await;
    server.terminate();
    while server.ended().is_none() {
        tokio::time::sleep(Duration::from_millis(25)).await;
    }

    let known = marketplace.credentials();
    let basic = format!("{}:{}", known.username, known.password);
    let written = factor.written();
    let mut secrets: Vec<(&str, &str)> = vec![
        ("a staff member's password", PASSWORD),
        ("a wrong guess of it", GUESS),
        ("the marketplace's password", &known.password),
        ("its subscription key", &known.subscription_key),
        ("a password that was mistyped", MISTYPED),
        ("an activation password", ACTIVATION),
        ("SECRET_KEY", SECRET_KEY),
        ("the database's password", &of_database),
        ("the session's cookie", &session),
        ("user and password together", &basic),
        ("the secret at the provider", CLIENT_SECRET),
        ("the same with the client's id", CLIENT_IN_BASE64),
    ];
    secrets.extend(written.iter().map(|(name, secret)| (*name, secret.as_str())));
    let log = std::fs::read_to_string(settings.log()).unwrap();
    let database = dump(&pool).await;
    assert!(log.contains("marketplace_call") && log.contains("TRACE"), "the log says what it can");
    assert!(visit.shown.contains("Billing") && database.contains(&known.username), "there was something to see");
    let mut hits = Vec::new();
    for (place, text) in [("the log", &log), ("a page", &visit.shown), ("the database", &database)] {
        for (name, secret) in &secrets {
            if text.contains(secret)
                || text.contains(&segment(secret))
                || text.contains(&hexadecimal(secret.as_bytes()))
            {
                hits.push(format!("{name} is in {place}"));
            }
        }
        // Signed addresses of reports and tokens are not known here, but what stands before them is.
        for before in ["sig=", "Bearer ", "bearer "] {
            let told = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
            let told =
                told.filter(|rest| rest.chars().take(12).all(|c| c.is_ascii_alphanumeric() || "%+/=-_.".contains(c)));
            hits.extend(told.map(|_| format!("something after {before} is in {place}")));
        }
    }
    say(&format!(
        "{} secrets looked for in {} pages ({} KiB), {} KiB of log and {} KiB of database: {} hits",
        secrets.len(),
        visit.pages,
        visit.shown.len() / 1024,
        log.len() / 1024,
        database.len() / 1024,
        hits.len()
    ));
    assert_eq!(hits, Vec::<String>::new());
}

/// Uses recovery codes and the key wherever they are asked for.
async fn prove_and_come_again(visit: &mut Visit, factor: &Factor) {
    let refused = visit.post("/api/prove", "proof=0000000000&next=%2F").await;
    assert!(refused.contains("This is not right"), "{refused}");
    visit.post("/api/prove", &format!("proof={}&next=%2F", factor.codes[0])).await;
    visit.get(FACTOR).await;
    visit.post("/api/sign_out", "").await;
    visit.post("/api/sign_in", &format!("email={}&password={}", segment(ADMIN), segment(PASSWORD))).await;
    visit.post("/api/second_step", &format!("code={}", factor.codes[1])).await;
    let page = visit.get(FACTOR).await;
    assert!(page.contains("Remove second factor"), "they are in: {page}");
}

/// Connects, looks everywhere, calls by hand, downloads a report, orders.
async fn work(visit: &mut Visit, marketplace: &Simulator, pool: &PgPool) {
    let known = marketplace.credentials();
    let fields = [
        ("url", &*marketplace.url()),
        ("code", &known.marketplace),
        ("username", &known.username),
        ("password", MISTYPED),
        ("subscription_key", &known.subscription_key),
    ];
    let wrong = fields.map(|(name, value)| format!("{name}={}", segment(value))).join("&");
    for action in ["/api/test_connection", "/api/save_connection"] {
        visit.post(action, &wrong).await;
    }
    connect(&mut visit.browser, marketplace).await;
    let begun = Instant::now();
    while !truth::is_copied(pool).await.unwrap() {
        assert!(begun.elapsed() < Duration::from_mins(1), "the account is copied");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let find = async |sql: &'static str| -> String { sqlx::query_scalar(sql).fetch_one(pool).await.unwrap() };
    let report =
        find("select id from report where status = 'completed' and format = 'csv' order by created_at desc limit 1")
            .await;
    let customer = find("select id from customer where status = 'active' order by id limit 1").await;
    let subscription = find("select id from subscription where status = 'active' order by id limit 1").await;
    let order = find("select id from marketplace_order order by id limit 1").await;
    for (method, path) in [("GET", "/customers?limit=1"), ("GET", "/reports"), ("GET", &format!("/reports/{report}"))] {
        visit.call(method, path, "").await;
    }
    visit.call("POST", "/token", "{}").await;
    let parameter = format!(r#"[{{"name":"admin_password","value":"{ACTIVATION}"}}]"#);
    let body = format!(
        r#"{{"type":"sales","customerId":"{customer}","products":[{{"mpn":"none","quantity":1,"parameters":{parameter}}}]}}"#
    );
    visit.call("POST", "/orders", &body).await;
    visit.get(&format!("/reports/{report}/download")).await;
    for page in [
        "/",
        "/customers",
        "/subscriptions",
        "/orders",
        "/orders/new",
        "/approvals",
        "/drafts",
        "/catalogue/products",
        "/catalogue/plans",
        "/reports",
        "/reports/new",
        "/activity",
        "/activity/export.csv",
        "/customers/export.csv",
        "/subscriptions/export.csv",
        "/orders/export.csv",
        "/catalogue/products/export.csv",
        "/catalogue/plans/export.csv",
        "/console",
        "/settings/connection",
        "/settings/staff",
        "/settings/profile",
        "/healthz",
        "/readyz",
        "/metrics",
        &format!("/reports/{report}"),
        &format!("/customers/{customer}"),
        &format!("/subscriptions/{subscription}"),
        &format!("/subscriptions/{subscription}/seats?line=1&seats=1&step=review"),
        &format!("/orders/{order}"),
    ] {
        visit.get(page).await;
    }
}
