//! Orders to place or to estimate.

use super::{
    AlignExpiration, Deals, Margin, OrderType, PlacementType, Schedule, UpgradeStart, VendorAccountedTcv,
    VendorBilling, VendorDiscountAgreement,
};
use crate::models::model::model;
use crate::models::{Attributes, BillingModel, ParameterValue, Period, UnitPrice};
use domain::{CustomerId, Money, PlanId, ProductId, SubscriptionId};
use rust_decimal::Decimal;
use time::Date;

model! {
    /// An order to place (`POST /orders`) or to estimate (`POST /orders/estimate`); both take the same body.
    pub struct OrderRequest {
        required {
            /// What it does.
            #[serde(rename = "type")]
            pub kind: OrderType,
            /// Whose it is.
            pub customer_id: CustomerId,
        }
        /// The customer's own purchase order.
        pub po_number: Option<String>,
        /// Its lines.
        pub products: Vec<OrderLineRequest>,
        /// The subscription it acts on, where the lines do not say so.
        pub subscription_id: Option<SubscriptionId>,
        /// The subscription that seats move to.
        pub target_subscription_id: Option<SubscriptionId>,
        /// The term; a line's own goes first (assumed).
        pub subscription_period: Option<Period>,
        /// Custom attributes.
        pub attributes: Attributes,
        /// When it is charged.
        pub billing_model: Option<BillingModel>,
        /// The plan to switch to.
        pub plan_id: Option<PlanId>,
        /// Take effect later.
        pub scheduled_on: Option<Schedule>,
        /// Keep the start of the term when switching, or not.
        pub upgrade_start_type: Option<UpgradeStart>,
        /// What to align the end of the term with.
        pub align_expiration_date: Option<AlignExpiration>,
        /// How to place the lines.
        pub placement_type: Option<PlacementType>,
        /// What was agreed with the vendor.
        pub vendor_billing_settings: Option<VendorBilling>,
        /// Of a migration: renew by itself.
        pub autorenewal: Option<bool>,
        /// Of a migration: start of the term.
        pub start_date: Option<Date>,
        /// Of a migration: when it moves.
        pub migration_date: Option<Date>,
        /// Of a migration: end of the term.
        pub expiration_date: Option<Date>,
        /// Of a migration: how it is billed, such as `count_migration_billing_period`; other values are not known.
        pub migration_program: Option<String>,
    }
}

impl OrderRequest {
    /// Buys: each line names a product and a positive quantity.
    pub fn sales(customer: impl Into<CustomerId>, lines: Vec<OrderLineRequest>) -> Self {
        Self { products: lines, ..Self::new(OrderType::Sales, customer) }
    }

    /// Changes product lines of a subscription; quantities are new totals, lines that are not named keep theirs.
    ///
    /// The subscription goes on the lines, the spelling that is known to work.
    pub fn change(
        customer: impl Into<CustomerId>,
        subscription: impl Into<SubscriptionId>,
        lines: Vec<OrderLineRequest>,
    ) -> Self {
        Self { products: on_lines(&subscription.into(), lines), ..Self::new(OrderType::Change, customer) }
    }

    /// Extends a subscription by its next term.
    pub fn renewal(
        customer: impl Into<CustomerId>,
        subscription: impl Into<SubscriptionId>,
        lines: Vec<OrderLineRequest>,
    ) -> Self {
        Self { products: on_lines(&subscription.into(), lines), ..Self::new(OrderType::Renewal, customer) }
    }

    /// Makes all seats of a product line another product's, within the subscription. The line names both products; its
    /// periods are the new one's (assumed).
    pub fn product_switch(
        customer: impl Into<CustomerId>,
        subscription: impl Into<SubscriptionId>,
        line: OrderLineRequest,
    ) -> Self {
        Self::change(customer, subscription, vec![line])
    }

    /// Moves seats of a product line to another product in another subscription, as far as its quantity says (assumed).
    /// Without a `target` the marketplace makes a subscription; with [`AlignExpiration::partial_upgrade`] its term ends
    /// with that of the old one.
    pub fn move_seats(
        customer: impl Into<CustomerId>,
        subscription: impl Into<SubscriptionId>,
        line: OrderLineRequest,
        target: Option<SubscriptionId>,
    ) -> Self {
        Self {
            placement_type: Some(PlacementType::Move),
            target_subscription_id: target,
            ..Self::change(customer, subscription, vec![line])
        }
    }

    /// Takes over a subscription that was bought elsewhere: the term it is in now, and how it goes on.
    pub fn migration(customer: impl Into<CustomerId>, lines: Vec<OrderLineRequest>, term: MigratedTerm) -> Self {
        Self {
            products: lines,
            start_date: Some(term.start),
            migration_date: Some(term.migration),
            expiration_date: Some(term.expiration),
            autorenewal: Some(term.renews),
            ..Self::new(OrderType::Migration, customer)
        }
    }

    /// Ends a subscription.
    pub fn cancellation(customer: impl Into<CustomerId>, subscription: impl Into<SubscriptionId>) -> Self {
        Self { subscription_id: Some(subscription.into()), ..Self::new(OrderType::Cancellation, customer) }
    }
}

/// The term that a migrated subscription is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MigratedTerm {
    /// Its first day.
    pub start: Date,
    /// The day from which it is billed here (assumed).
    pub migration: Date,
    /// The day it ends or renews.
    pub expiration: Date,
    /// It renews by itself.
    pub renews: bool,
}

fn on_lines(subscription: &SubscriptionId, lines: Vec<OrderLineRequest>) -> Vec<OrderLineRequest> {
    lines.into_iter().map(|line| OrderLineRequest { subscription_id: Some(subscription.clone()), ..line }).collect()
}

model! {
    /// A line to order. The product is found by `mpn`, narrowed by vendor and periods, or by `id`; a match that is not
    /// unique is refused.
    pub struct OrderLineRequest {
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// Who makes it.
        pub vendor: Option<String>,
        /// The product.
        pub id: Option<ProductId>,
        /// How often it is charged.
        pub billing_period: Option<Period>,
        /// How long its term is.
        pub subscription_period: Option<Period>,
        /// The product to switch to, by the vendor's number.
        #[serde(rename = "newMPN")]
        pub new_mpn: Option<String>,
        /// The product to switch to.
        pub new_id: Option<ProductId>,
        /// How many in all, after the order; where seats move, how many of them.
        pub quantity: Option<Decimal>,
        /// The subscription the line acts on.
        pub subscription_id: Option<SubscriptionId>,
        /// The subscription that seats move to.
        pub target_subscription_id: Option<SubscriptionId>,
        /// Values of the parameters that the product asks for.
        pub parameters: Vec<ParameterValue>,
        /// Another price than the catalogue's.
        pub special_price: Option<UnitPrice>,
        /// Another cost than the catalogue's.
        pub special_cost: Option<Money>,
        /// Another cost of the provider's than the catalogue's.
        pub special_provider_cost: Option<Money>,
        /// Agreed prices.
        pub deals: Option<Deals>,
        /// Margins.
        pub margins: Option<Margin>,
        /// What the vendor rated.
        pub vendor_rated_extended_cost: Option<Money>,
        /// What the vendor takes off.
        pub vendor_discounts: Vec<VendorDiscountAgreement>,
        /// What the vendor has counted already.
        pub vendor_already_accounted_tcvs: Vec<VendorAccountedTcv>,
    }
}

impl OrderLineRequest {
    /// So many of the product with the vendor's number `mpn`.
    pub fn of_mpn(mpn: impl Into<String>, quantity: impl Into<Decimal>) -> Self {
        Self { mpn: Some(mpn.into()), quantity: Some(quantity.into()), ..Self::default() }
    }

    /// The same seats of another product, found by the vendor's number or by id.
    #[must_use]
    pub fn going_over_to(self, mpn: Option<String>, id: Option<ProductId>) -> Self {
        Self { new_mpn: mpn, new_id: id, ..self }
    }

    /// So many of the product.
    pub fn of_product(id: impl Into<ProductId>, quantity: impl Into<Decimal>) -> Self {
        Self { id: Some(id.into()), quantity: Some(quantity.into()), ..Self::default() }
    }
}
