//! Resellers below the one that signs in; ordinary resellers have none.

use super::model::model;
use super::{Address, Attributes, ContactPerson, CustomerStatus};
use domain::{Currency, ResellerId};

model! {
    /// A reseller (`GET /resellers`, `GET /resellers/{id}`).
    pub struct Reseller {
        required {
            /// Given by the marketplace.
            pub id: ResellerId,
        }
        /// The id in the parent's own system.
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
        /// Language of the marketplace's messages.
        pub language: Option<String>,
        /// Tax number.
        pub tax_reg_id: Option<String>,
        /// What it is billed in; cannot change.
        pub currency: Option<Currency>,
        /// Who calculates its taxes.
        pub taxation_provider_name: Option<String>,
        /// The group it belongs to.
        pub customer_class: Option<String>,
    }
}

model! {
    /// A reseller to create (`POST /resellers`). Name, address, contact persons, language and currency are demanded.
    pub struct ResellerRequest {
        /// The id in the parent's own system.
        pub external_id: Option<String>,
        /// Custom attributes.
        pub attributes: Attributes,
        /// State to start in; `active` when absent.
        pub status: Option<CustomerStatus>,
        /// Name of the company.
        pub name: Option<String>,
        /// Where it is.
        pub address: Option<Address>,
        /// Whom to talk to.
        pub contact_persons: Vec<ContactPerson>,
        /// Language of the marketplace's messages.
        pub language: Option<String>,
        /// Tax number.
        pub tax_reg_id: Option<String>,
        /// What it is billed in.
        pub currency: Option<Currency>,
        /// Who calculates its taxes.
        pub taxation_provider_name: Option<String>,
        /// The group it belongs to.
        pub customer_class: Option<String>,
    }
}
