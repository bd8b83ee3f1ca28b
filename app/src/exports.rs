//! Lists as files: which there are, where each is, and what its address asks for, which is what the same query asks of the
//! list's page. Only the place in the list is left out: a file holds all of it.

use crate::ui::list_request;
use crate::url::Query;
use crate::{customers, orders, paths, subscriptions};
use backend::catalogue::{export_plans, export_products};
use backend::export::Export;
use backend::staff::Staff;
use backend::{Backend, Result};

/// A list that can be taken away as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportedList {
    /// `/customers`
    Customers,
    /// `/subscriptions`
    Subscriptions,
    /// `/orders`
    Orders,
    /// `/catalogue/products`
    Products,
    /// `/catalogue/plans`
    Plans,
}

impl ExportedList {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Customers, Self::Subscriptions, Self::Orders, Self::Products, Self::Plans];

    /// Where its file is.
    pub fn path(self) -> String {
        paths::export(match self {
            Self::Customers => paths::CUSTOMERS,
            Self::Subscriptions => paths::SUBSCRIPTIONS,
            Self::Orders => paths::ORDERS,
            Self::Products => paths::PRODUCTS,
            Self::Plans => paths::PLANS,
        })
    }

    /// The file that the query asks for.
    pub async fn file(self, backend: &Backend, staff: &Staff, query: &str) -> Result<Export> {
        let query = Query::parse(query);
        let request = list_request(&query);
        match self {
            Self::Customers => {
                backend::customers::export(backend, staff, &request, &customers::filter(&query, staff)).await
            }
            Self::Subscriptions => {
                backend::subscriptions::export(backend, staff, &request, &subscriptions::filter(&query, staff)).await
            }
            Self::Orders => backend::order_list::export(backend, staff, &request, &orders::filter(&query, staff)).await,
            Self::Products => {
                export_products(backend, staff, &request, &crate::catalogue::product_filter(&query)).await
            }
            Self::Plans => export_plans(backend, staff, &request, query.get("search")).await,
        }
    }
}
