//! The catalogue: what can be bought (products), and from which plans. As copied from the marketplace, which tells of
//! no tie between the two.

mod plan_export;
mod plans;
mod product_export;
mod products;
mod sql;
#[cfg(test)]
mod tests;

pub use marketplace::models::{BillingModel, BillingPolicy, Coterming, Dependency, SwitchTime};
pub use plan_export::export_plans;
pub use plans::{Plan, PlanDetail, PlanSwitch, PlanTerm, plan, plans, plans_as_of};
pub(crate) use plans::{find_plans, find_plans_near};
pub use product_export::export_products;
pub use products::{Choices, Product, ProductFilter, Tier, choices, find_for_order, product, products};
pub(crate) use products::{find_products, find_products_near, price_varies};
