//! What all runs begin with: a database with a complete copy of the stand-in marketplace, and what can be ordered there.
//! It is made once; each run gets a copy of the database and a marketplace with the same data.

use super::sql::{self, Candidate};
use crate::catalogue::{self, Product, ProductFilter};
use crate::list::ListRequest;
use crate::orders::{NewLine, NewOrder, estimate_new_order, order_parameters, seats_now};
use crate::staff::Staff;
use crate::test_support::{copied_from, staff};
use crate::{Backend, Result};
use domain::{Role, Seats};
use marketplace_sim::{Config, Simulator};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;

pub(super) struct Stage {
    pub(super) staff: Staff,
    pub(super) products: Vec<Product>,
    targets: Vec<Candidate>,
    template: PgConnectOptions,
}

impl Stage {
    /// Fills the test's database, and leaves it as the template of the runs' databases.
    pub(super) async fn set(pool: PgPool) -> Self {
        let (backend, _, marketplace) = copied_from(pool.clone(), config()).await;
        let staff = staff(&backend, Role::AccountManager).await;
        let targets = targets(&backend, &marketplace).await.unwrap();
        let products = products(&backend, &staff, &targets[0].customer_id).await.unwrap();
        assert!(targets.len() >= 40 && !products.is_empty(), "{} and {}", targets.len(), products.len());
        let template = (*pool.connect_options()).clone();
        drop(backend);
        pool.close().await;
        Self { staff, products, targets, template }
    }

    /// A database with the copy, for one run.
    pub(super) async fn database(&self, name: &str) -> Result<PgConnectOptions> {
        let template = self.template.get_database().unwrap_or_default();
        sql::create_database(&self.template, name, template).await
    }

    /// Takes a run's database away.
    pub(super) async fn clear(&self, name: &str) -> Result<()> {
        sql::drop_database(&self.template, name).await
    }

    /// The subscriptions that orders are about.
    pub(super) fn targets(&self) -> &[Candidate] {
        &self.targets
    }

    /// The subscription at that place, counted round and round.
    pub(super) fn target(&self, place: u32) -> &Candidate {
        &self.targets[place as usize % self.targets.len()]
    }
}

/// The marketplace of every run.
pub(super) fn config() -> Config {
    Config { customers: 50, ..Config::for_tests() }
}

/// Subscriptions that nothing happens to by itself.
async fn targets(backend: &Backend, marketplace: &Simulator) -> Result<Vec<Candidate>> {
    let mut targets = Vec::new();
    for candidate in sql::candidates(&backend.pool).await? {
        let open = marketplace.orders_of(&candidate.customer_id).into_iter().any(|order| {
            order.subscription.as_deref() == Some(candidate.subscription_id.as_str())
                && matches!(order.status.as_str(), "submitted" | "processing")
        });
        if !open && seats_now(backend, &candidate.subscription_id, 1).await.is_ok_and(|line| line.unit_price.is_some())
        {
            targets.push(candidate);
        }
    }
    Ok(targets)
}

/// Products that can be bought without activation parameters.
async fn products(backend: &Backend, staff: &Staff, customer: &str) -> Result<Vec<Product>> {
    let mut found = Vec::new();
    for product in catalogue::products(backend, &ListRequest::default(), &ProductFilter::default()).await?.rows {
        let seats = Seats::new(product.limits.minimum.map_or(0, |fewest| i64::from(fewest.get())) + 1);
        let Ok(seats) = seats else { continue };
        let line = NewLine { product_key: product.key.clone(), seats, special_price: None };
        let order = NewOrder {
            customer_id: customer.to_owned(),
            po_number: None,
            lines: vec![line],
            parameters: None,
            end_with: None,
        };
        let sold = estimate_new_order(backend, staff, &order).await.is_ok();
        if sold && order_parameters(backend, staff, &order).await.is_ok_and(|asked| !asked.has_fields()) {
            found.push(product);
        }
    }
    Ok(found)
}
