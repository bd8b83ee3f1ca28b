//! Customers.

use super::model::model;
use super::{Address, Attributes, ContactPerson, CustomerStatus};
use domain::{CustomerId, ResellerId};

model! {
    /// A customer, in lists and on its own (`GET /customers`, `GET /customers/{id}`).
    pub struct Customer {
        required {
            /// Given by the marketplace.
            pub id: CustomerId,
        }
        /// Whose customer it is.
        pub reseller_id: Option<ResellerId>,
        /// The id in the reseller's own system.
        pub external_id: Option<String>,
        /// Custom attributes.
        pub attributes: Attributes,
        /// State of the account.
        pub status: Option<CustomerStatus>,
        /// Name of the company.
        pub name: Option<String>,
        /// Where it is.
        pub address: Option<Address>,
        /// Whom to talk to.
        pub contact_persons: Vec<ContactPerson>,
        /// Language of the marketplace's messages, such as `en_US`.
        pub language: Option<String>,
        /// Tax number.
        pub tax_reg_id: Option<String>,
    }
}

model! {
    /// A customer to create (`POST /customers`). The marketplace demands name, address, contact persons and language.
    pub struct CustomerRequest {
        /// The id in the reseller's own system.
        pub external_id: Option<String>,
        /// Custom attributes.
        pub attributes: Attributes,
        /// State to start in; `active` when absent.
        pub status: Option<CustomerStatus>,
        /// Name of the company.
        pub name: Option<String>,
        /// Where it is.
        pub address: Option<Address>,
        /// Whom to talk to; one administrator at least (assumed).
        pub contact_persons: Vec<ContactPerson>,
        /// Language of the marketplace's messages.
        pub language: Option<String>,
        /// Tax number.
        pub tax_reg_id: Option<String>,
    }
}

model! {
    /// Changes to a customer (`PATCH /customers/{id}`) or a reseller; what is absent stays as it is (assumed).
    pub struct CustomerUpdate {
        /// The id in the reseller's own system.
        pub external_id: Option<String>,
        /// Name of the company.
        pub name: Option<String>,
        /// Tax number.
        pub tax_reg_id: Option<String>,
        /// Only `active` and `creditHold` are accepted.
        pub status: Option<CustomerStatus>,
        /// Replaces the whole address (assumed).
        pub address: Option<Address>,
        /// Replaces all contact persons (assumed).
        pub contact_persons: Vec<ContactPerson>,
    }
}
