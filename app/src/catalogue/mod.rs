//! The catalogue: products with their prices, plans with their switches.

mod data;
mod plan_page;
mod plans_page;
mod product_table;
mod products_page;
mod tabs;
pub(crate) mod words;

pub(crate) use data::filter as product_filter;
pub(crate) use plan_page::PlanPage;
pub(crate) use plans_page::PlansPage;
pub(crate) use products_page::ProductsPage;
