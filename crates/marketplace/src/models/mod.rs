//! The marketplace's data, as it travels.
//!
//! Answers are read tolerantly: apart from identifiers everything may be missing or `null`, unknown members are ignored,
//! and unknown values of an enumeration are kept in its `Other`. Requests are written strictly: what is absent is left
//! out. All of them can be read and written, so that a stand-in marketplace can use them from the other side.

mod account;
mod common;
mod customer;
mod error_body;
mod field;
mod model;
mod moment;
mod order;
mod page;
mod period;
mod plan;
mod product;
mod report;
mod reseller;
mod subscription;
mod token;
mod validation;

pub use account::{Address, ContactPerson, ContactType, CustomerStatus};
pub use common::{Attributes, BillingModel, Confidential, ParameterValue, PriceTier, Quoted, UnitPrice};
pub use customer::{Customer, CustomerRequest, CustomerUpdate};
pub use error_body::ErrorBody;
pub use order::*;
pub use page::{Page, Pagination};
pub use period::{Period, PeriodType, PlanPeriod};
pub use plan::{BillingPolicy, Plan, PlanDetailed, PlanSwitch, SwitchTime};
pub use product::{Coterming, CotermingRule, CotermingType, Dependency, PriceModel, PriceType, Product, ProductPrice};
pub use report::{Report, ReportFormat, ReportRequest, ReportStatus, ReportType};
pub use reseller::{Reseller, ResellerRequest};
pub use subscription::{
    SpecialPricing, Subscription, SubscriptionDetailed, SubscriptionProduct, SubscriptionProductUpdate,
    SubscriptionStatus, SubscriptionUpdate,
};
pub use token::{TokenInfo, TokenRequest};
pub use validation::{Choice, Parameter, ProductParameters, ValidatedProduct, ValidationRequest, ValidationResult};
