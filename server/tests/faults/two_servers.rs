//! Two server processes on one database behind a load balancer.

use super::balancer::Balancer;
use super::database::Database;
use super::form::Form;
use super::http::Browser;
use super::path::Path;
use super::process::{Server, Settings};
use super::say::say;
use super::target::Target;
use super::truth::{self, Stand};
use super::world::{PERSON, config};
use marketplace_sim::{Config, Fault, FaultRule, Simulator};
use sqlx::{ConnectOptions, PgPool};
use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::task::Poll;
use std::time::{Duration, Instant};

const LONGEST: Duration = Duration::from_mins(1);
const MOMENT: Duration = Duration::from_millis(50);

/// Two servers, both of which can be killed.
struct Pair {
    marketplace: Simulator,
    database: Database,
    settings: [Settings; 2],
    servers: [Option<Server>; 2],
    balancer: Balancer,
    browser: Browser,
}

impl Pair {
    /// On a copy of the database that `pool` leads to, which knows the staff and nothing else.
    async fn open(pool: &PgPool, name: &str, account: Config) -> Self {
        let per_minute = account.rate_per_minute;
        let marketplace = Simulator::start(account).await.unwrap();
        let database = Database::copy(pool.connect_options().as_ref(), name).await;
        let [one, two] = ["one", "two"]
            .map(|which| Settings::new(&format!("{name}-{which}"), &database.url, &marketplace, per_minute));
        let (first, second) = tokio::join!(one.start(), two.start());
        let balancer = Balancer::before(vec![first.address, second.address]).await;
        let mut browser = Browser::at(balancer.address);
        browser.sign_in(PERSON).await;
        let servers = [Some(first), Some(second)];
        Self { marketplace, database, settings: [one, two], servers, balancer, browser }
    }

    async fn until_copied(&self) {
        until("the account is copied", async || truth::is_copied(&self.database.pool).await.unwrap()).await;
    }

    /// A form that places one more seat, for each of so many customers.
    async fn forms(&mut self, count: usize) -> Vec<(Target, Form)> {
        let mut forms: Vec<(Target, Form)> = Vec::new();
        for target in truth::candidates(&self.database.pool).await.unwrap() {
            if forms.len() < count && forms.iter().all(|(other, _)| other.customer != target.customer) {
                let form = Path::Seats.form(&mut self.browser, &target).await;
                forms.extend(form.map(|form| (target, form)));
            }
        }
        assert_eq!(forms.len(), count, "enough subscriptions can be changed");
        forms
    }

    /// Posts the form to both servers at once, as far as they are there, and twice to each.
    async fn post_everywhere(&self, form: &Form) {
        let posts = self.servers.iter().flatten().flat_map(|server| [server.address; 2]).map(|address| {
            let (mut browser, form) = (self.browser.moved_to(address), form.clone());
            tokio::spawn(async move { browser.post(&form.action, &form.encode()).await })
        });
        for post in posts.collect::<Vec<_>>() {
            // One that is killed meanwhile gives no answer.
            let _answer = post.await.unwrap();
        }
    }

    /// Lets time pass until what became of every order is known; answers with those that were done.
    async fn settle(&self, forms: &[(Target, Form)]) -> Vec<(Target, Form)> {
        let pool = &self.database.pool;
        let mut advanced = BTreeSet::new();
        let mut done = Vec::new();
        until("what became of every order is known", async || {
            let quiet = self.marketplace.held().is_empty();
            done.clear();
            let mut over = 0;
            for (target, form) in forms {
                let records = truth::records(pool, Path::Seats, target).await.unwrap();
                done.extend(matches!(records.as_slice(), [Stand::Done(_)]).then(|| (target.clone(), form.clone())));
                over += usize::from(matches!(records.as_slice(), [Stand::Done(_) | Stand::NotDone]));
                let orders = self.marketplace.orders_of(&target.customer);
                let open =
                    orders.into_iter().filter(|order| matches!(order.status.as_str(), "submitted" | "processing"));
                for order in open {
                    if advanced.insert((order.id, order.status)) {
                        self.marketplace.advance(time::Duration::seconds(10));
                    }
                }
                truth::hurry(pool, Path::Seats, target, quiet).await.unwrap();
                if quiet && self.effects(target) == 0 {
                    truth::age(pool, Path::Seats, target).await.unwrap();
                }
            }
            over == forms.len()
        })
        .await;
        done
    }

    /// How often it was ordered.
    fn effects(&self, target: &Target) -> usize {
        let effects = self.marketplace.effects();
        effects.iter().filter(|effect| effect.about.contains(&target.subscription)).count()
    }

    /// Each of them was ordered once, and nothing else was.
    fn assert_ordered_once(&self, forms: &[(Target, Form)]) {
        for (target, _) in forms {
            assert_eq!(self.effects(target), 1, "orders for subscription {}", target.subscription);
            let seats = self.marketplace.subscription(&target.subscription).unwrap().lines[0].seats;
            assert_eq!(i64::from(seats), target.seats + 1, "seats of {}", target.subscription);
        }
        assert_eq!(self.marketplace.effects().len(), forms.len(), "nothing else was ordered");
    }

    async fn close(mut self) {
        self.servers = [None, None];
        self.database.remove().await;
    }
}

/// The database with the demo staff, to which nobody is connected.
async fn with_staff(pool: PgPool) -> PgPool {
    let marketplace = Simulator::start(config()).await.unwrap();
    let url = pool.connect_options().to_url_lossy().to_string();
    Settings::new("staff", &url, &marketplace, 0).create_staff();
    pool.close().await;
    pool
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < LONGEST, "{what}");
        tokio::time::sleep(MOMENT).await;
    }
}

/// How often each list was asked for.
fn lists(marketplace: &Simulator) -> BTreeMap<&'static str, u64> {
    let mut calls = marketplace.stats().calls;
    let lists = ["getCustomers", "getSubscriptions", "getOrders", "getCatalog", "getServicePlans", "getReports"];
    calls.retain(|operation, _| lists.contains(operation));
    calls
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn two_servers_copy_once_know_the_same_people_and_place_each_order_once(pool: PgPool) {
    let pool = with_staff(pool).await;
    let alone = Simulator::start(config()).await.unwrap();
    let database = Database::copy(pool.connect_options().as_ref(), "alone").await;
    let server = Settings::new("alone", &database.url, &alone, 0).start().await;
    until("one server copies the account", async || truth::is_copied(&database.pool).await.unwrap()).await;
    drop(server);
    database.remove().await;

    let mut pair = Pair::open(&pool, "pair", config()).await;
    pair.until_copied().await;
    assert_eq!(lists(&pair.marketplace), lists(&alone), "two servers read what one reads");

    let before = pair.balancer.served();
    for _ in 0..4 {
        assert_eq!(pair.browser.get("/customers").await.unwrap().status, 200, "signed in on both");
    }
    let now = pair.balancer.served();
    assert!((0..2).all(|server| now[server] >= before[server] + 2), "each served some: {before:?} {now:?}");

    let forms = pair.forms(8).await;
    let posts = forms.iter().map(|(_, form)| pair.post_everywhere(form));
    at_once(posts).await;
    assert_eq!(pair.settle(&forms).await.len(), forms.len(), "every order is done");
    pair.assert_ordered_once(&forms);
    say(&format!("8 orders posted 4 times each to two servers: {} orders", pair.marketplace.stats().orders_created));
    pair.close().await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn whichever_server_is_killed_the_other_one_finishes(pool: PgPool) {
    let pool = with_staff(pool).await;
    let mut pair = Pair::open(&pool, "kills", config()).await;
    pair.until_copied().await;
    let forms = pair.forms(6).await;
    for (round, (_, form)) in forms.iter().enumerate() {
        let (killed, fault) = (round % 2, if round % 3 == 0 { Fault::HoldBefore } else { Fault::HoldAfter });
        pair.marketplace.add_fault(FaultRule::once(fault, "createOrder"));
        pair.post_everywhere(form).await;
        until("an order is on its way", async || !pair.marketplace.held().is_empty()).await;
        if let Some(mut server) = pair.servers[killed].take() {
            server.kill();
        }
        // Where it was the killed one's call, it has ended with it.
        pair.marketplace.release_held();
        assert_eq!(pair.browser.get("/orders").await.unwrap().status, 200, "the other one serves");
        pair.servers[killed] = Some(pair.settings[killed].start().await);
    }
    let kept = pair.settle(&forms).await;
    say(&format!("6 orders, 6 kills: {} done, {} honestly not", kept.len(), forms.len() - kept.len()));
    pair.assert_ordered_once(&kept);
    pair.close().await;
}

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn two_servers_share_one_budget(pool: PgPool) {
    const PER_MINUTE: u32 = 40;
    let pool = with_staff(pool).await;
    let account = Config { customers: 3, rate_per_minute: PER_MINUTE, ..config() };
    let pair = Pair::open(&pool, "budget", account).await;
    // Each of them is a call to the marketplace, if the budget has one left.
    let questions = (0..80).map(|_| {
        let mut browser = pair.browser.clone();
        async move { browser.post("/api/console_call", "method=GET&path=%2Fcustomers&body=").await }
    });
    at_once(questions).await;
    let stats = pair.marketplace.stats();
    let calls = stats.calls.values().sum::<u64>();
    say(&format!("two servers asked to make 80 calls: {calls} made, {} turned away", stats.rate_limited));
    assert_eq!(stats.rate_limited, 0, "the marketplace turned nobody away");
    assert!((u64::from(PER_MINUTE) / 2..=u64::from(PER_MINUTE)).contains(&calls), "{calls} calls");
    pair.close().await;
}

/// All at once; whether they are answered is not asked.
async fn at_once<F: Future>(all: impl Iterator<Item = F>) {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    poll_fn(|cx| {
        all.retain_mut(|one| one.as_mut().poll(cx).is_pending());
        if all.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
