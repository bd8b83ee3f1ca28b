//! Deals, margins and vendor discounts of an order line: sent by distributors, rarely by resellers, never returned.

use super::{AgreementPriceType, DiscountFrequency, DiscountScope, MarginModel};
use crate::models::model::model;
use crate::models::{Period, Quoted};
use domain::{Currency, Money};
use time::Date;

model! {
    /// Prices agreed for one line. Excludes special prices on the same line.
    pub struct Deals {
        always {
            /// What was agreed, by level. The contract demands the list, empty or not.
            pub agreements: Vec<Agreement>,
        }
        /// The prices stay as they are for the whole term.
        pub freeze_prices: Option<bool>,
    }
}

model! {
    /// What two levels agreed.
    pub struct Agreement {
        /// Account that sells.
        pub seller_id: Option<String>,
        /// Account that buys.
        pub buyer_id: Option<String>,
        /// The prices.
        pub prices: Vec<AgreementPrice>,
        /// How long they hold.
        pub price_term: Option<Period>,
        /// Discounts on later orders.
        pub discounts: Vec<AgreementDiscount>,
    }
}

model! {
    /// An agreed price.
    pub struct AgreementPrice {
        /// Currency.
        pub currency: Option<Currency>,
        /// Amount.
        pub amount: Option<Quoted>,
        /// What for.
        #[serde(rename = "type")]
        pub kind: Option<AgreementPriceType>,
    }
}

model! {
    /// Agreed prices for some kinds of orders.
    pub struct AgreementDiscount {
        /// The kinds.
        pub applicable_to: Vec<DiscountScope>,
        /// The prices.
        pub prices: Vec<AgreementPrice>,
    }
}

model! {
    /// Margins of one line.
    pub struct Margin {
        /// What they are counted from.
        pub price_model: Option<MarginModel>,
        /// All levels together.
        pub total_rate: Option<MarginRate>,
        /// By level.
        pub rates: Vec<MarginRateInfo>,
        /// Further attributes.
        pub attributes: Vec<MarginAttribute>,
    }
}

model! {
    /// A margin before and after, in per cent.
    pub struct MarginRate {
        /// Before.
        pub original: Option<Quoted>,
        /// After.
        pub new: Option<Quoted>,
    }
}

model! {
    /// The margin between two levels.
    pub struct MarginRateInfo {
        /// Account that sells.
        pub seller_id: Option<String>,
        /// Account that buys.
        pub buyer_id: Option<String>,
        /// The margin.
        pub rate: Option<MarginRate>,
    }
}

model! {
    /// A margin by attribute.
    pub struct MarginAttribute {
        /// Its name.
        pub attribute: Option<String>,
        /// Its value.
        pub attribute_value: Option<String>,
        /// All levels together, in per cent.
        pub total_margin: Option<Quoted>,
        /// The reseller's, in per cent.
        pub reseller_margin: Option<Quoted>,
    }
}

model! {
    /// A discount that the vendor gives between two levels.
    pub struct VendorDiscountAgreement {
        /// Account that sells.
        pub seller_id: Option<String>,
        /// Account that buys.
        pub buyer_id: Option<String>,
        /// The discount.
        pub discount: Option<VendorDiscount>,
    }
}

model! {
    /// A discount that the vendor gives.
    pub struct VendorDiscount {
        /// In per cent.
        pub discount_percentage: Option<Quoted>,
        /// Price of one after it.
        pub discounted_unit_price: Option<Quoted>,
        /// From when.
        pub effective_start_date: Option<Date>,
        /// Until when.
        pub effective_end_date: Option<Date>,
        /// What it comes to.
        pub total_abs_discount: Option<DiscountTotal>,
        /// How long it holds.
        pub validity: Option<Period>,
    }
}

model! {
    /// What a discount comes to.
    pub struct DiscountTotal {
        /// How often.
        pub frequency: Option<DiscountFrequency>,
        /// How much.
        pub value: Option<Quoted>,
    }
}

model! {
    /// Contract value between two levels that the vendor has counted already.
    pub struct VendorAccountedTcv {
        /// Account that sells.
        pub seller_id: Option<String>,
        /// Account that buys.
        pub buyer_id: Option<String>,
        /// The value.
        pub tcv: Option<Money>,
    }
}
