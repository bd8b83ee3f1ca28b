//! What calls can be about.

use super::session::Session;
use crate::generate::Known;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) async fn known(session: &Session) -> Known {
    let mut known = Known { all: accepted().collect(), together: Vec::new() };
    let mut add = |names: &[&'static str], rows: &[Value], member: &str| {
        let values: Vec<_> = rows.iter().map(|row| row[member].clone()).collect();
        known.all.extend(names.iter().map(|name| (*name, values.clone())));
    };
    let products = session.rows("/products").await;
    add(&["id", "newId"], &products, "id");
    add(&["mpn", "newMPN"], &products, "mpn");
    add(&["vendor"], &products, "vendor");
    add(&["orders"], &session.rows("/orders").await, "id");
    add(&["reports"], &session.rows("/reports").await, "id");
    add(&["resellers"], &session.rows("/resellers").await, "id");
    add(&["plans", "planId"], &session.rows("/plans").await, "id");
    add(&["targetSubscriptionId"], &session.rows("/subscriptions").await, "id");
    for row in session.rows("/subscriptions").await {
        let detail = session.get(format!("/subscriptions/{}", row["id"].as_str().unwrap())).await.unwrap();
        if row["status"] == "active" {
            known.together.extend(together(&detail));
        }
    }
    known
}

/// None for a subscription without products.
fn together(detail: &Value) -> Option<BTreeMap<&'static str, Value>> {
    let line = detail["products"].get(0)?;
    let asked = detail.get("orderParameters").cloned().unwrap_or_else(|| json!([]));
    let parts = [
        ("subscriptions", &detail["id"]),
        ("subscriptionId", &detail["id"]),
        ("customers", &detail["customerId"]),
        ("customerId", &detail["customerId"]),
        ("id", &line["id"]),
        ("mpn", &line["mpn"]),
        ("vendor", &line["vendor"]),
        ("currency", &line["unitPrice"]["currency"]),
        ("billingPeriod", &detail["billingPeriod"]),
        ("subscriptionPeriod", &detail["subscriptionPeriod"]),
        ("parameters", &asked),
    ];
    Some(parts.into_iter().map(|(name, value)| (name, value.clone())).collect())
}

/// Where the stand-in is particular.
fn accepted() -> impl Iterator<Item = (&'static str, Vec<Value>)> {
    let accepted: [(&str, &[&str]); 9] = [
        ("countryCode", &["DE", "FR"]),
        ("state", &["CA"]),
        ("email", &["ada@tarrow.example"]),
        ("phoneNumber", &["+4930123456", "81##18881234567#"]),
        ("language", &["en_US"]),
        ("statusCode", &["CL"]),
        ("scheduledOn", &["renewal"]),
        ("name", &["Billing details", "Subscriptions", "domain", "region"]),
        ("marketplace", &["us"]),
    ];
    accepted.into_iter().map(|(name, texts)| (name, texts.iter().map(|text| Value::from(*text)).collect()))
}
