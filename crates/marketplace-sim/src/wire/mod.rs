//! The data as the marketplace's models show it.

mod catalogue;
mod customer;
mod order;
mod period;
pub(crate) mod report;
mod subscription;
mod time_text;

pub(crate) use catalogue::{billing_model, plan, plan_detail, product, product_id};
pub(crate) use customer::{address, contact, customer};
pub(crate) use order::{estimate, order, order_detail, order_status, order_type};
pub(crate) use period::{period, same_period};
pub(crate) use report::{report, status as report_status};
pub(crate) use subscription::{subscription, subscription_detail, subscription_status, vendor_subscription_id};
pub(crate) use time_text::{compact, day, parse_date, parse_date_time, timestamp, timestamp_millis};

use serde::Serialize;
use serde_json::Value;

/// A model as JSON, with the named members as integers: the marketplace writes a few identifiers so.
fn with_integers(model: &impl Serialize, members: &[&str]) -> Value {
    let mut json = serde_json::to_value(model).unwrap_or_default();
    make_integers(&mut json, members);
    json
}

fn make_integers(json: &mut Value, members: &[&str]) {
    match json {
        Value::Array(items) => items.iter_mut().for_each(|item| make_integers(item, members)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str().and_then(|text| text.parse::<u64>().ok()) {
                    Some(number) if members.contains(&name.as_str()) => *value = number.into(),
                    _ => make_integers(value, members),
                }
            }
        }
        _ => {}
    }
}
