//! Price lines and contract values of orders.

use super::{DetailType, DiscountType};
use crate::models::model::model;
use crate::models::{Period, PeriodType, Quoted, UnitPrice};
use domain::{Money, PlanId, ProductId};
use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

model! {
    /// A price line of an order. The plain figures are the reseller's cost, the `sales` ones the next level's price
    /// (assumed).
    pub struct OrderDetail {
        /// What it is for.
        #[serde(rename = "type")]
        pub kind: Option<DetailType>,
        /// The vendor's number of the product.
        pub mpn: Option<String>,
        /// The product.
        pub product_id: Option<ProductId>,
        /// How long it is charged for.
        pub duration: Option<DetailPeriod>,
        /// For people.
        pub description: Option<String>,
        /// How many.
        pub quantity: Option<Decimal>,
        /// Cost of one.
        pub unit_price: Option<UnitPrice>,
        /// Price of one.
        pub sales_unit_price: Option<UnitPrice>,
        /// Cost of all.
        pub extended_price: Option<Money>,
        /// Price of all.
        pub sales_extended_price: Option<Money>,
        /// Discount on the cost.
        pub discount: Option<Discount>,
        /// Discount on the price.
        pub sales_discount: Option<Discount>,
        /// Tax on the cost.
        pub tax_amount: Option<Money>,
        /// Tax on the price.
        pub sales_tax_amount: Option<Money>,
        /// Tax that comes on top of the cost.
        pub exclusive_tax_amount: Option<Money>,
        /// Tax that comes on top of the price.
        pub sales_exclusive_tax_amount: Option<Money>,
        /// Rate between the currencies of cost and price.
        pub exchange_rate: Option<Decimal>,
        /// When that rate was taken, as it was written.
        pub exchange_time: Option<String>,
    }
}

model! {
    /// How long a price line is charged for. Unlike other periods it need not be a whole number of units.
    pub struct DetailPeriod {
        /// The unit.
        #[serde(rename = "type")]
        pub kind: Option<PeriodType>,
        /// How many of it; `1.0` in answers seen.
        pub duration: Option<Decimal>,
    }
}

impl From<Period> for DetailPeriod {
    fn from(period: Period) -> Self {
        Self { kind: Some(period.kind), duration: Some(period.duration.into()) }
    }
}

model! {
    /// A discount on a price line.
    pub struct Discount {
        /// How it is counted.
        #[serde(rename = "type")]
        pub kind: Option<DiscountType>,
        /// Per cent or amount.
        pub value: Option<Quoted>,
        /// What it comes to.
        pub amount: Option<Quoted>,
        /// Currency of `amount`, as it was written.
        pub amount_code: Option<String>,
    }
}

model! {
    /// Contract values of a subscription that an order makes.
    pub struct OrderSubscription {
        /// The plan it is bought from.
        pub plan_id: Option<PlanId>,
        /// When its aligned term ends.
        pub aligned_expiration_date: Option<Date>,
        /// One entry for each level between vendor and customer.
        pub tcvs: Vec<Tcv>,
    }
}

model! {
    /// Total contract value between two levels.
    pub struct Tcv {
        /// Before discounts.
        pub total: Option<Money>,
        /// The discounts.
        pub disc_total: Option<Money>,
        /// After discounts.
        pub effective_total: Option<Money>,
        /// Account that sells.
        pub seller_id: Option<String>,
        /// Account that buys.
        pub buyer_id: Option<String>,
        /// From when.
        pub start_date: Option<OffsetDateTime>,
        /// Until when.
        pub end_date: Option<OffsetDateTime>,
        /// The same for a whole period of the plan.
        pub plan_period: Option<TcvPeriod>,
    }
}

model! {
    /// Total contract value of a plan's period.
    pub struct TcvPeriod {
        /// Before discounts.
        pub total: Option<Money>,
        /// The discounts.
        pub disc_total: Option<Money>,
        /// After discounts.
        pub effective_total: Option<Money>,
    }
}
