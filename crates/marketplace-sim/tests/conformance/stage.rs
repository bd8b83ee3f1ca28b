//! The real client before the real stand-in, with a recorder in between.

use crate::record::{Exchange, Recorder};
use marketplace::models::OrderDetailed;
use marketplace::{Client, Connection, Listing, Options, RetryPolicy};
use marketplace_sim::{Config, Simulator};
use time::Duration;

/// Enough customers for lists of several of the largest pages.
const CUSTOMERS: u32 = 60;

pub(crate) struct Stage {
    pub(crate) simulator: Simulator,
    pub(crate) client: Client,
    recorder: Recorder,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let simulator = Simulator::start(Config { customers: CUSTOMERS, ..Config::for_tests() }).await.unwrap();
        let recorder = Recorder::before(simulator.router()).await;
        let known = simulator.credentials();
        let connection = Connection {
            base_url: format!("http://{}{}", recorder.address, base()),
            marketplace: known.marketplace.clone(),
            username: known.username.clone(),
            password: known.password.clone().into(),
            subscription_key: known.subscription_key.clone().into(),
        };
        let options = Options { retry: RetryPolicy::never(), ..Options::default() };
        let client = Client::new(connection, options).unwrap();
        Self { simulator, client, recorder }
    }

    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.recorder.exchanges()
    }

    /// Lets what was ordered be provisioned.
    pub(crate) fn wait(&self) {
        self.simulator.advance(Duration::seconds(12));
    }

    /// A whole list, in pages of `limit` rows.
    pub(crate) async fn walk<L: Listing>(&self, list: L, limit: u64) -> Vec<L::Row> {
        let mut rows = Vec::new();
        loop {
            let offset = u64::try_from(rows.len()).unwrap();
            let page = self.client.page(&list, offset, limit).await.unwrap();
            let total = page.total().unwrap();
            rows.extend(page.data);
            if rows.len() as u64 >= total {
                return rows;
            }
        }
    }

    /// One page, for a filter; it has to find something.
    pub(crate) async fn find<L: Listing>(&self, list: L) -> Vec<L::Row> {
        let found = self.client.page(&list, 0, 20).await.unwrap().data;
        assert!(!found.is_empty(), "{} finds nothing: {:?}", L::OPERATION, list.query());
        found
    }

    /// The order as it is by now.
    pub(crate) async fn order(&self, placed: &OrderDetailed) -> OrderDetailed {
        self.client.order(&placed.order.id).await.unwrap()
    }
}

/// The path that the contract's own paths follow.
pub(crate) fn base() -> String {
    Config::for_tests().base_path
}
