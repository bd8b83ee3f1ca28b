//! Knowing again what somebody here asked to create.

use marketplace::models::{Address, Customer, CustomerRequest, Reseller, ResellerRequest};

/// An account that is asked for.
pub(crate) trait Resembles<Account> {
    /// Whether the account has the same name, number and street: enough to know one's own words again.
    fn resembles(&self, account: &Account) -> bool;
}

impl Resembles<Customer> for CustomerRequest {
    fn resembles(&self, account: &Customer) -> bool {
        self.name == account.name
            && self.external_id == account.external_id
            && street(self.address.as_ref()) == street(account.address.as_ref())
    }
}

impl Resembles<Reseller> for ResellerRequest {
    fn resembles(&self, account: &Reseller) -> bool {
        self.name == account.name
            && self.external_id == account.external_id
            && street(self.address.as_ref()) == street(account.address.as_ref())
    }
}

fn street(address: Option<&Address>) -> Option<&String> {
    address.and_then(|address| address.street_address.as_ref())
}
