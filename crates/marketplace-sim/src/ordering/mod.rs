//! From a request to an order: validation, business rules, and placing. Estimates share all but the last.

mod align;
mod change;
mod draft;
mod ending;
mod lines;
mod migration;
mod place;
mod product;
mod rules;
mod sales;
mod switch;
mod transfer;

pub(crate) use draft::{Draft, Purpose, check};
pub(crate) use place::place;
pub(crate) use product::find as find_product;
