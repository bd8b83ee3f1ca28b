//! Orders: what is asked for, what comes back, what it would cost.

mod answer;
mod commerce;
mod detail;
mod line;
mod request;
mod words;

pub use answer::{AlignExpiration, Estimate, Order, OrderDetailed, OrderUpdate, VendorBilling};
pub use commerce::{
    Agreement, AgreementDiscount, AgreementPrice, Deals, DiscountTotal, Margin, MarginAttribute, MarginRate,
    MarginRateInfo, VendorAccountedTcv, VendorDiscount, VendorDiscountAgreement,
};
pub use detail::{DetailPeriod, Discount, OrderDetail, OrderSubscription, Tcv, TcvPeriod};
pub use line::{NewSubscription, OrderLine};
pub use request::{MigratedTerm, OrderLineRequest, OrderRequest};
pub use words::{
    AgreementPriceType, Alignment, DetailType, DiscountFrequency, DiscountScope, DiscountType, LineAction, MarginModel,
    NewSubscriptionType, OrderStatus, OrderType, PlacementType, Schedule, UpgradeStart,
};
