//! Products and plans.

use super::{Query, given};
use crate::client::paging::Listing;
use crate::models::{Plan, Product};

/// Products (`GET /products`).
#[derive(Clone, Debug, Default)]
pub struct ProductFilter {
    /// Part of the name (assumed).
    pub name: Option<String>,
    /// Part of the service's name (assumed).
    pub service_name: Option<String>,
    /// The vendor's number of the product.
    pub mpn: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
}

impl Listing for ProductFilter {
    type Row = Product;
    const OPERATION: &'static str = "list products";

    fn path(&self) -> Vec<&str> {
        vec!["products"]
    }

    fn query(&self) -> Query {
        given([
            ("name", self.name.clone()),
            ("serviceName", self.service_name.clone()),
            ("mpn", self.mpn.clone()),
            ("vendor", self.vendor.clone()),
        ])
    }
}

/// All plans (`GET /plans`); they cannot be filtered.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllPlans;

impl Listing for AllPlans {
    type Row = Plan;
    const OPERATION: &'static str = "list plans";

    fn path(&self) -> Vec<&str> {
        vec!["plans"]
    }

    fn query(&self) -> Query {
        Query::new()
    }
}
