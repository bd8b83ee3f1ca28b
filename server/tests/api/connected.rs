//! The site beside a stand-in marketplace whose whole account has been copied.

use super::browser::{START, Site};
use marketplace::{Client, Connection, Options, RetryPolicy};
use marketplace_sim::{Config, Pace, Simulator};
use sqlx::PgPool;

/// A site with something to show.
pub(crate) struct Connected {
    pub(crate) site: Site,
    pub(crate) marketplace: Simulator,
}

impl Connected {
    pub(crate) async fn new(pool: PgPool) -> Self {
        Self::with_resellers(pool, 0).await
    }

    pub(crate) async fn with_resellers(pool: PgPool, resellers: u32) -> Self {
        Self::of(pool, Config { resellers, ..Config::for_tests() }).await
    }

    /// With what else the stand-in is told.
    pub(crate) async fn of(pool: PgPool, config: Config) -> Self {
        let config = Config { customers: 6, pace: Pace::Manual(START), ..config };
        let marketplace = Simulator::start(config).await.unwrap();
        let site = Site::with(pool, Some(client(&marketplace))).await;
        backend::sync::catch_up(&site.backend, &backend::sync::Rhythm::default()).await.unwrap();
        Self { site, marketplace }
    }

    /// What the query finds, which must be something.
    pub(crate) async fn find(&self, query: &'static str) -> String {
        sqlx::query_scalar(query).fetch_one(&self.site.backend.pool).await.unwrap()
    }

    /// Every page that shows the copy: each list, and one thing of each list.
    pub(crate) async fn pages(&self) -> Vec<String> {
        let seats = self.find(RUNNING_SUBSCRIPTION).await;
        let customer = self.find("select id from customer where status = 'active' order by id limit 1").await;
        let order = self.find("select id from marketplace_order where status = 'completed' order by id limit 1").await;
        let plan = self.find("select id from plan order by id limit 1").await;
        let report = self.find(COMPLETED_REPORT).await;
        let lists = [
            "/",
            "/?mine=1",
            "/customers",
            "/customers?mine=1",
            "/subscriptions",
            "/orders",
            "/catalogue/products",
            "/catalogue/plans",
            "/reports",
        ];
        let details = [
            format!("/customers/{customer}"),
            format!("/subscriptions/{seats}"),
            format!("/subscriptions/{seats}/seats"),
            format!("/orders/{order}"),
            format!("/catalogue/plans/{plan}"),
            format!("/reports/{report}"),
        ];
        lists.map(ToOwned::to_owned).into_iter().chain(details).collect()
    }
}

/// A subscription whose seats can be changed: it runs, its customer may order, and no order of it is open.
pub(crate) const RUNNING_SUBSCRIPTION: &str = "select s.id from subscription s \
    join customer c on c.id = s.customer_id join product_line l on l.subscription_id = s.id \
    join product p on p.mpn = l.mpn \
    where s.status = 'active' and c.status = 'active' and l.line = 1 and coalesce(p.maximum, 1000) > l.seats + 1 \
    and not exists (select from marketplace_order o where o.subscription_id = s.id \
        and o.status in ('submitted', 'processing')) \
    order by s.id limit 1";

/// A report whose file the marketplace still has.
pub(crate) const COMPLETED_REPORT: &str =
    "select id from report where status = 'completed' order by created_at desc, id limit 1";

/// A client that asks once, so that no test waits for a repetition.
pub(crate) fn client(marketplace: &Simulator) -> Client {
    let credentials = marketplace.credentials();
    let connection = Connection {
        base_url: marketplace.url(),
        marketplace: credentials.marketplace.clone(),
        username: credentials.username.clone(),
        password: credentials.password.as_str().into(),
        subscription_key: credentials.subscription_key.as_str().into(),
    };
    let options = Options { retry: RetryPolicy::never(), ..Options::default() };
    Client::new(connection, options).unwrap()
}
