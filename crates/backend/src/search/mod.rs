//! One search over everything: by any id, number, name, domain or PO number. Each list is asked by its own search, all of
//! them side by side, and answers with its few best rows.

#[cfg(test)]
mod tests;

use crate::catalogue::{self, Plan, Product};
use crate::customers::{self, CustomerRow};
use crate::list::Best;
use crate::order_list::{self, OpenOrder, OrderRow};
use crate::resellers::{self, ResellerRow};
use crate::subscriptions::{self, SubscriptionRow};
use crate::{Backend, Result};

/// What a search finds, kind by kind.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whoever's they are.
    pub customers: Best<CustomerRow>,
    /// Of whatever status, those in use first.
    pub subscriptions: Best<SubscriptionRow>,
    /// Orders placed here that the marketplace does not have.
    pub placed_here: Best<OpenOrder>,
    /// The marketplace's.
    pub orders: Best<OrderRow>,
    /// What can be bought.
    pub products: Best<Product>,
    /// From which plans.
    pub plans: Best<Plan>,
    /// Those below the account.
    pub resellers: Best<ResellerRow>,
}

/// What is called nearly what was typed: only what has a name of its own. Subscriptions have those of plans and products,
/// and a number that is nearly the right one is a wrong one.
#[derive(Clone, Debug)]
pub struct Near {
    /// Whoever's they are.
    pub customers: Best<CustomerRow>,
    /// What can be bought.
    pub products: Best<Product>,
    /// From which plans.
    pub plans: Best<Plan>,
    /// Those below the account.
    pub resellers: Best<ResellerRow>,
}

/// What holds the text.
pub async fn holding(backend: &Backend, text: &str) -> Result<Found> {
    let (customers, subscriptions, (orders, placed_here), products, plans, resellers) = tokio::try_join!(
        customers::find(backend, text),
        subscriptions::find(backend, text),
        order_list::find(backend, text),
        catalogue::find_products(backend, text),
        catalogue::find_plans(backend, text),
        resellers::find(backend, text),
    )?;
    Ok(Found { customers, subscriptions, placed_here, orders, products, plans, resellers })
}

/// What is called nearly the text; `None` where that cannot be guessed, because it is a number, too short or too long.
pub async fn near(backend: &Backend, text: &str) -> Result<Option<Near>> {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    if letters < LETTERS || text.chars().count() > LONGEST {
        return Ok(None);
    }
    let (customers, products, plans, resellers) = tokio::try_join!(
        Box::pin(customers::find_near(backend, text)),
        Box::pin(catalogue::find_products_near(backend, text)),
        Box::pin(catalogue::find_plans_near(backend, text)),
        Box::pin(resellers::find_near(backend, text)),
    )?;
    Ok(Some(Near { customers, products, plans, resellers }))
}

/// With fewer letters everything is like everything. The number of an order has two.
const LETTERS: usize = 4;

/// Nobody types a longer name; comparing it would take long.
const LONGEST: usize = 100;

impl Found {
    /// Whether nothing holds the text.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
            && self.subscriptions.is_empty()
            && self.placed_here.is_empty()
            && self.orders.is_empty()
            && self.products.is_empty()
            && self.plans.is_empty()
            && self.resellers.is_empty()
    }
}
