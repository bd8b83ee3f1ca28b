//! Subscriptions and their product lines.

use super::model::{model, wire_enum};
use super::{Attributes, BillingModel, ParameterValue, Period, UnitPrice};
use domain::{CustomerId, Money, PlanId, ProductId, SubscriptionId};
use rust_decimal::Decimal;
use time::Date;

wire_enum! {
    /// The state of a subscription.
    pub enum SubscriptionStatus {
        /// Not ready yet.
        Pending = "pending",
        /// In use.
        Active = "active",
        /// On hold, its services disabled.
        Hold = "hold",
        /// Ended, its services disabled.
        Terminated = "terminated",
        /// Ended, its services gone.
        Removed = "removed",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

model! {
    /// A subscription as lists show it (`GET /subscriptions`): without product lines, hence without seats.
    pub struct Subscription {
        required {
            /// Given by the marketplace.
            pub id: SubscriptionId,
        }
        /// What was bought.
        pub name: Option<String>,
        /// Whose it is.
        pub customer_id: Option<CustomerId>,
        /// State.
        pub status: Option<SubscriptionStatus>,
        /// Custom attributes.
        pub attributes: Attributes,
        /// It renews by itself.
        pub renewal_status: Option<bool>,
        /// When it was created.
        pub creation_date: Option<Date>,
        /// When it is up for renewal.
        pub renewal_date: Option<Date>,
        /// When something about it changed last.
        pub last_modified_date: Option<Date>,
        /// When it ends; absent while pending, far in the future for perpetual licences.
        pub expiration_date: Option<Date>,
        /// When it is charged.
        pub billing_model: Option<BillingModel>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// How long its term is.
        pub subscription_period: Option<Period>,
    }
}

model! {
    /// A subscription on its own (`GET /subscriptions/{id}`).
    pub struct SubscriptionDetailed {
        flattened {
            /// What lists show too.
            pub subscription: Subscription,
        }
        /// What one billing period costs the customer.
        pub total_price: Option<Money>,
        /// What one billing period costs the customer, all products together.
        pub total_subscription_price: Option<Money>,
        /// What it costs the reseller.
        pub total_subscription_cost: Option<Money>,
        /// What it costs the provider.
        pub total_subscription_provider_cost: Option<Money>,
        /// Its product lines; usually one, none for reservations and savings plans.
        pub products: Vec<SubscriptionProduct>,
        /// What was asked when it was ordered.
        pub order_parameters: Vec<ParameterValue>,
        /// What the vendor gave back.
        pub fulfillment_parameters: Vec<ParameterValue>,
        /// The plan it was bought from.
        pub plan_id: Option<PlanId>,
    }
}

model! {
    /// A product line of a subscription. Its periods are the subscription's.
    pub struct SubscriptionProduct {
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// Who makes it.
        pub vendor: Option<String>,
        /// The product.
        pub id: Option<ProductId>,
        /// Seats.
        pub quantity: Option<Decimal>,
        /// What it is called.
        pub name: Option<String>,
        /// What one seat costs the customer.
        pub unit_price: Option<UnitPrice>,
        /// What one seat costs the reseller.
        pub unit_cost: Option<UnitPrice>,
        /// What one seat costs the provider.
        pub unit_provider_cost: Option<Money>,
        /// What the line costs the customer.
        pub extended_price: Option<Money>,
        /// The subscription's name at the vendor.
        pub vendor_subscription_id: Option<String>,
        /// What one billing period of the line costs the customer.
        pub total_subscription_price: Option<Money>,
        /// What it costs the reseller.
        pub total_subscription_cost: Option<Money>,
        /// What it costs the provider.
        pub total_subscription_provider_cost: Option<Money>,
    }
}

model! {
    /// Changes to a subscription (`PATCH /subscriptions/{id}`). Seats are changed by an order, never here.
    pub struct SubscriptionUpdate {
        /// New prices.
        pub products: Vec<SubscriptionProductUpdate>,
        /// Attributes to set, others stay (assumed).
        pub attributes: Attributes,
        /// Renew by itself from now on, or no longer.
        pub renewal_status: Option<bool>,
    }
}

impl SubscriptionUpdate {
    /// Turns automatic renewal on or off and changes nothing else.
    pub fn renewal(on: bool) -> Self {
        Self { renewal_status: Some(on), ..Self::default() }
    }
}

model! {
    /// New prices of a product line, which is found by `mpn` or `id`.
    pub struct SubscriptionProductUpdate {
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// The product.
        pub id: Option<ProductId>,
        /// What one seat costs the customer.
        pub unit_price: Option<UnitPrice>,
        /// What one seat costs the reseller.
        pub unit_cost: Option<UnitPrice>,
        /// What one seat costs the provider.
        pub unit_provider_cost: Option<Money>,
    }
}

model! {
    /// Prices for future billing (`POST /subscriptions/{id}/specialPricing`).
    pub struct SpecialPricing {
        /// The lines with their prices; one at least.
        pub products: Vec<SubscriptionProductUpdate>,
    }
}
