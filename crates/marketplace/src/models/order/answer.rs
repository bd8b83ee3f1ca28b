//! Orders as the marketplace shows them.

use super::{Alignment, OrderDetail, OrderLine, OrderStatus, OrderSubscription, OrderType, PlacementType, Schedule};
use crate::models::field::{Field, Wire};
use crate::models::model::model;
use crate::models::{Attributes, BillingModel, Period};
use domain::{CustomerId, Money, OrderId, SubscriptionId};
use serde::{Deserialize, Serialize, Serializer};
use time::{Date, OffsetDateTime};

model! {
    /// An order as lists show it (`GET /orders`): without its lines, its subscription and, in practice, its PO number.
    pub struct Order {
        required {
            /// Given by the marketplace.
            pub id: OrderId,
        }
        /// The number people use, such as `CH005810`.
        pub order_number: Option<String>,
        /// What it does.
        #[serde(rename = "type")]
        pub kind: Option<OrderType>,
        /// Whose it is.
        pub customer_id: Option<CustomerId>,
        /// The customer's own purchase order.
        pub po_number: Option<String>,
        /// When it was placed.
        pub creation_date: Option<OffsetDateTime>,
        /// When it was fulfilled.
        pub provisioning_date: Option<OffsetDateTime>,
        /// How far it is.
        pub status: Option<OrderStatus>,
        /// The same, finer: `CP`, `LO`, `PF` and others.
        pub status_code: Option<String>,
        /// What it costs.
        pub total: Option<Money>,
        /// Its price lines; none for renewals and cancellations.
        pub details: Vec<OrderDetail>,
        /// Custom attributes.
        pub attributes: Attributes,
        /// Credit is checked while it is processed.
        pub credit_check: Option<bool>,
        /// Of a migration: billed last.
        pub last_billing_date: Option<Date>,
        /// Of a migration: billed next.
        pub next_billing_date: Option<Date>,
        /// Its term.
        pub subscription_period: Option<Period>,
        /// It takes effect later.
        pub scheduled_on: Option<Schedule>,
    }
}

model! {
    /// An order on its own (`GET /orders/{id}`), and the answer to placing or changing one.
    pub struct OrderDetailed {
        flattened {
            /// What lists show too.
            pub order: Order,
        }
        /// Its lines; none for renewals and cancellations.
        pub products: Vec<OrderLine>,
        /// The subscription it made or acts on.
        pub subscription_id: Option<SubscriptionId>,
        /// The subscription that seats move to.
        pub target_subscription_id: Option<SubscriptionId>,
        /// When it is charged.
        pub billing_model: Option<BillingModel>,
        /// Contract values.
        pub subscriptions: Vec<OrderSubscription>,
        /// What the end of the term is aligned with.
        pub align_expiration_date: Option<AlignExpiration>,
        /// How its lines are placed.
        pub placement_type: Option<PlacementType>,
        /// What was agreed with the vendor.
        pub vendor_billing_settings: Option<VendorBilling>,
    }
}

model! {
    /// What an order would cost (`POST /orders/estimate`). Nothing is stored, so it has neither id nor status.
    pub struct Estimate {
        /// What an order would do.
        #[serde(rename = "type")]
        pub kind: Option<OrderType>,
        /// Whose it would be.
        pub customer_id: Option<CustomerId>,
        /// What it would cost now.
        pub total: Option<Money>,
        /// Its lines with their prices.
        pub products: Vec<OrderLine>,
        /// Its price lines, where the marketplace gives any.
        pub details: Vec<OrderDetail>,
        /// The subscription it would act on.
        pub subscription_id: Option<SubscriptionId>,
        /// Its term.
        pub subscription_period: Option<Period>,
        /// When it would be charged.
        pub billing_model: Option<BillingModel>,
        /// It would take effect later.
        pub scheduled_on: Option<Schedule>,
        /// Contract values.
        pub subscriptions: Vec<OrderSubscription>,
        /// What the end of the term would be aligned with.
        pub align_expiration_date: Option<AlignExpiration>,
    }
}

model! {
    /// A change to an order that is not done yet (`PATCH /orders/{id}`).
    pub struct OrderUpdate {
        /// Check the customer's credit, or let the order pass without.
        pub credit_check: Option<bool>,
        /// `CL` cancels the order.
        pub status_code: Option<String>,
    }
}

impl OrderUpdate {
    /// Cancels the order (assumed: only while it is not completed).
    pub fn cancel() -> Self {
        Self { status_code: Some("CL".to_owned()), ..Self::default() }
    }
}

/// What the end of a term is aligned with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlignExpiration {
    /// What kind of thing.
    #[serde(default, deserialize_with = "Field::read", skip_serializing_if = "Option::is_none")]
    pub alignment_type: Option<Alignment>,
    /// Which subscription; unlike elsewhere the contract has an integer here.
    #[serde(
        default,
        deserialize_with = "Field::read",
        serialize_with = "as_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub subscription_id: Option<SubscriptionId>,
}

impl Wire for AlignExpiration {}

impl AlignExpiration {
    /// With the term of another subscription.
    pub fn with(subscription: impl Into<SubscriptionId>) -> Self {
        Self { alignment_type: Some(Alignment::CoTermOnSubscription), subscription_id: Some(subscription.into()) }
    }

    /// With the calendar month.
    pub fn with_month() -> Self {
        Self { alignment_type: Some(Alignment::MatchEndOfCalendarMonth), subscription_id: None }
    }

    /// With the term of the subscription that seats move out of.
    pub fn partial_upgrade(subscription: impl Into<SubscriptionId>) -> Self {
        Self { alignment_type: Some(Alignment::CoTermPartialUpgrade), subscription_id: Some(subscription.into()) }
    }
}

model! {
    /// What was agreed with the vendor about billing.
    pub struct VendorBilling {
        /// How often the vendor bills.
        pub vendor_billing_period: Option<Period>,
    }
}

/// Writes an identifier as the integer that the contract has in a few places.
#[expect(clippy::ref_option, reason = "the signature that serde calls")]
pub(super) fn as_integer<S: Serializer>(id: &Option<SubscriptionId>, serializer: S) -> Result<S::Ok, S::Error> {
    match id.as_ref().map(|id| id.as_str().parse::<i64>()) {
        Some(Ok(number)) => serializer.serialize_i64(number),
        _ => id.serialize(serializer),
    }
}
