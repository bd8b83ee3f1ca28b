//! Customers and resellers.

use super::{Query, given};
use crate::client::paging::Listing;
use crate::models::{Customer, Reseller};
use domain::ResellerId;

/// Customers (`GET /customers`).
#[derive(Clone, Debug, Default)]
pub struct CustomerFilter {
    /// Part of the name.
    pub name: Option<String>,
    /// The e-mail address of any contact person.
    pub email: Option<String>,
    /// The id in the reseller's own system, exactly.
    pub external_id: Option<String>,
    /// Of one sub-reseller.
    pub reseller: Option<ResellerId>,
}

impl Listing for CustomerFilter {
    type Row = Customer;
    const OPERATION: &'static str = "list customers";

    fn path(&self) -> Vec<&str> {
        vec!["customers"]
    }

    fn query(&self) -> Query {
        given([
            ("name", self.name.clone()),
            ("email", self.email.clone()),
            ("externalId", self.external_id.clone()),
            ("resellerId", self.reseller.as_ref().map(ToString::to_string)),
        ])
    }
}

/// Resellers below the one that signs in (`GET /resellers`).
#[derive(Clone, Debug, Default)]
pub struct ResellerFilter {
    /// Part of the name.
    pub name: Option<String>,
    /// The e-mail address of any contact person.
    pub email: Option<String>,
    /// The id in the parent's own system, exactly.
    pub external_id: Option<String>,
}

impl Listing for ResellerFilter {
    type Row = Reseller;
    const OPERATION: &'static str = "list resellers";

    fn path(&self) -> Vec<&str> {
        vec!["resellers"]
    }

    fn query(&self) -> Query {
        given([("name", self.name.clone()), ("email", self.email.clone()), ("externalId", self.external_id.clone())])
    }
}

/// Customers of a sub-reseller (`GET /resellers/{id}/customers`).
#[derive(Clone, Debug)]
pub struct ResellerCustomers {
    /// Whose.
    pub reseller: ResellerId,
    /// Part of the name.
    pub name: Option<String>,
    /// The e-mail address of any contact person.
    pub email: Option<String>,
    /// The id in the reseller's own system, exactly.
    pub external_id: Option<String>,
}

impl Listing for ResellerCustomers {
    type Row = Customer;
    const OPERATION: &'static str = "list a reseller's customers";

    fn path(&self) -> Vec<&str> {
        vec!["resellers", self.reseller.as_str(), "customers"]
    }

    fn query(&self) -> Query {
        given([("name", self.name.clone()), ("email", self.email.clone()), ("externalId", self.external_id.clone())])
    }
}
