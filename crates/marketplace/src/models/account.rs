//! What customers and resellers have in common.

use super::Confidential;
use super::model::{model, wire_enum};

wire_enum! {
    /// The state of a customer's or a reseller's account.
    pub enum CustomerStatus {
        /// Not verified yet.
        Pending = "pending",
        /// Can order.
        Active = "active",
        /// Cannot order more, because of an unpaid balance.
        CreditHold = "creditHold",
        /// Cannot order, and its services are suspended.
        AdminHold = "adminHold",
        /// Closed, its services stopped.
        Cancelled = "cancelled",
        /// Something is wrong with the account; the marketplace's support knows.
        Error = "error",
    }
}

wire_enum! {
    /// What a contact person is there for.
    pub enum ContactType {
        /// Administrates the account.
        Admin = "admin",
        /// Receives invoices.
        Billing = "billing",
        /// Receives technical news.
        Technical = "technical",
    }
}

model! {
    /// A postal address.
    pub struct Address {
        /// Street and number.
        pub street_address: Option<String>,
        /// Building, floor, suite.
        pub address_extension: Option<String>,
        /// Postal code.
        pub postal_code: Option<String>,
        /// City.
        pub city: Option<String>,
        /// State or province; some countries demand it.
        pub state: Option<String>,
        /// ISO 3166-1 alpha-2, upper case.
        pub country_code: Option<String>,
    }
}

model! {
    /// A person to talk to.
    pub struct ContactPerson {
        /// What for.
        #[serde(rename = "type")]
        pub kind: Option<ContactType>,
        /// Given name.
        pub first_name: Option<String>,
        /// Family name.
        pub last_name: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
        /// `country#area#number#extension`, or E.164.
        pub phone_number: Option<String>,
        /// Sign-in name at the marketplace's panel; administrators only, sent when creating, never returned.
        pub login: Option<String>,
        /// Its password; sent when creating, never returned.
        pub password: Option<Confidential>,
    }
}
