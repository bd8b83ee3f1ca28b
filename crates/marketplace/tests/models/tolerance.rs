//! Answers as nobody promised them: fields missing or `null`, ids as numbers, unheard-of values, numbers as text.

use marketplace::models::{
    Customer, Estimate, Order, OrderDetailed, OrderRequest, Page, PlanDetailed, Product, Report, Reseller,
    SubscriptionDetailed, ValidatedProduct,
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::fmt::Debug;

/// What happens to one member of an object.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    Missing,
    Null,
    OtherSpelling,
    Company,
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => Just(Change::Nothing),
        1 => Just(Change::Missing),
        1 => Just(Change::Null),
        2 => Just(Change::OtherSpelling),
        1 => Just(Change::Company),
    ];
    prop::collection::vec(change, 120)
}

/// Applies the changes one by one to all members, at every depth. The names in `kept` stay at the top.
fn spoil(json: Value, kept: &[&str], changes: &mut impl Iterator<Item = Change>) -> Value {
    match json {
        Value::Array(items) => items.into_iter().map(|item| spoil(item, &[], changes)).collect(),
        Value::Object(members) => Value::Object(spoil_members(members, kept, changes)),
        other => other,
    }
}

fn spoil_members(
    members: Map<String, Value>,
    kept: &[&str],
    changes: &mut impl Iterator<Item = Change>,
) -> Map<String, Value> {
    let mut spoilt = Map::new();
    for (name, value) in members {
        let change = changes.next().unwrap_or(Change::Nothing);
        match change {
            Change::Missing if !kept.contains(&name.as_str()) => continue,
            Change::Null if !kept.contains(&name.as_str()) => {
                spoilt.insert(name, Value::Null);
                continue;
            }
            Change::Company => {
                spoilt.insert(format!("{name}OfTomorrow"), json!([{"un": "known"}]));
            }
            _ => {}
        }
        let value = if matches!(change, Change::OtherSpelling) { respelt(&name, value) } else { value };
        spoilt.insert(name, spoil(value, &[], changes));
    }
    spoilt
}

fn respelt(name: &str, value: Value) -> Value {
    match (name, &value) {
        ("status" | "billingModel" | "result" | "format" | "type" | "billingPolicy", Value::String(_)) => {
            Value::from("unheard_of")
        }
        ("scheduledOn" | "alignmentType" | "placementType", Value::String(text)) => Value::from(text.to_uppercase()),
        (_, Value::String(text)) => text.parse::<i64>().map_or(value, Value::from),
        (_, Value::Number(number)) => Value::from(number.to_string()),
        _ => value,
    }
}

/// Reads the spoilt answer, and what is written of it says the same without a single `null`.
fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(answer: &Value, kept: &[&str], changes: &[Change]) {
    let spoilt = spoil(answer.clone(), kept, &mut changes.iter().copied());
    let read: T = serde_json::from_value(spoilt.clone()).unwrap_or_else(|error| panic!("{error} in {spoilt}"));
    let written = serde_json::to_value(&read).unwrap();
    assert!(!has_null(&written), "a null in {written}");
    assert_eq!(serde_json::from_value::<T>(written).unwrap(), read);
}

/// What is inside a parameter's structured value is the vendor's own and passes unchanged.
fn has_null(json: &Value) -> bool {
    match json {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.iter().any(|(name, value)| name != "structured_value" && has_null(value)),
        _ => false,
    }
}

fn money() -> Value {
    json!({"currency": "USD", "amount": "70.5"})
}

fn period() -> Value {
    json!({"type": "month", "duration": 1})
}

fn unit_price() -> Value {
    json!({"currency": "USD", "amount": "7.50", "priceTiers": [{"lowerLimit": "10", "amount": "7.1"}]})
}

fn account() -> Value {
    json!({
        "id": "1000201", "resellerId": "1000001", "externalId": "X-1", "attributes": {"colour": "red"},
        "status": "active", "name": "Example Ltd", "language": "en_US", "taxRegId": "123", "currency": "USD",
        "address": {"streetAddress": "1 Main Street", "postalCode": "92612", "city": "Town", "countryCode": "US"},
        "contactPersons": [{"type": "admin", "firstName": "A", "lastName": "B", "email": "a@b.example",
            "phoneNumber": "1##5550100#"}],
        "taxationProviderName": "Some", "customerClass": "Default",
    })
}

fn subscription() -> Value {
    json!({
        "id": "1369491", "name": "Suite", "customerId": "1000201", "status": "active", "attributes": {"PONumber": "1"},
        "renewalStatus": true, "creationDate": "2020-02-12", "renewalDate": "2021-02-12",
        "lastModifiedDate": "2020-03-01", "expirationDate": "2021-02-12", "billingModel": "chargeBeforeBillingPeriod",
        "billingPeriod": period(), "subscriptionPeriod": period(), "totalPrice": money(), "planId": 10005,
        "products": [{"mpn": "A:1", "vendor": "Maker", "id": "PRD1", "quantity": 12, "unitPrice": unit_price(),
            "unitCost": unit_price(), "extendedPrice": money(), "vendorSubscriptionId": "10294983919204"}],
        "orderParameters": [{"name": "domain", "value": "example", "structured_value": {"a": 1}}],
        "fulfillmentParameters": [{"name": "tenant", "value": 7}],
    })
}

fn order() -> Value {
    json!({
        "id": "77", "orderNumber": "CH005810", "type": "change", "customerId": "1000201", "poNumber": "PO1234",
        "creationDate": "2021-10-14T17:46:10Z", "provisioningDate": "2021-10-14 17:46:10+00:00",
        "status": "completed", "statusCode": "CP", "total": money(), "creditCheck": true, "scheduledOn": "renewal",
        "subscriptionPeriod": period(), "subscriptionId": "1369491", "billingModel": "chargeBeforeBillingPeriod",
        "details": [{"type": "recurring", "mpn": "A:1", "productId": "PRD1", "quantity": 5.5, "unitPrice": unit_price(),
            "duration": {"type": "month", "duration": 1.0}, "extendedPrice": money(), "exchangeRate": 1.25,
            "discount": {"type": "percent", "value": "0.5", "amount": "25.0", "amountCode": "USD"}}],
        "products": [{"mpn": "A:1", "newMPN": "B:1", "quantity": -1.0, "extendedPrice": money(), "type": "MOVE",
            "billingPeriod": period(), "parameters": [{"name": "domain", "value": true}],
            "tcvs": [{"total": money(), "sellerId": 1_000_003, "buyerId": 1_000_005}],
            "newSubscription": {"id": 1_000_083, "coterming": true, "type": "NEW"}}],
        "subscriptions": [{"planId": "10005", "alignedExpirationDate": "2023-11-30",
            "tcvs": [{"total": money(), "startDate": "2023-01-01T00:00:00Z", "planPeriod": {"total": money()}}]}],
        "alignExpirationDate": {"alignmentType": "CO_TERM_ON_SUBSCRIPTION", "subscriptionId": 1_000_201},
        "placementType": "MOVE", "vendorBillingSettings": {"vendorBillingPeriod": period()},
    })
}

fn product() -> Value {
    json!({
        "mpn": "A:1", "vendor": "Maker", "id": "PRD1", "serviceName": "SUITE", "name": "Suite", "minimumQuantity": "0.0",
        "maximumQuantity": "5000.0", "billingPeriod": period(), "subscriptionPeriod": period(),
        "prices": [{"currency": "USD", "amount": "1.05", "type": "recurring", "model": "FLAT", "lowerLimit": 0.0}],
        "costs": [money()], "billingModel": "chargeExternalRating", "dependsOn": [{"mpn": "B:1", "id": "PRD2"}],
        "coterming": {"required": "ALLOWED", "type": "SUBSCRIPTION"},
    })
}

fn plan() -> Value {
    json!({
        "id": "10005", "name": "Plan", "published": true, "billingPeriod": period(),
        "subscriptionPeriods": [{"type": "year", "duration": 1, "trial": false, "active": true}],
        "planSwitches": [{"planId": 10006, "subscriptionPeriod": period(), "billingPolicy": "no_refund",
            "whenEffective": "immediately", "sourceSubscriptionPeriod": period()}],
    })
}

fn report() -> Value {
    json!({
        "id": "f40c942d-ebec-41b9-b604-5ed9ffb6d4f2", "name": "Daily", "status": "completed", "type": "onetime",
        "format": "XLSX", "creationDate": "2026-01-31T12:00:00Z", "startDate": "2026-01-01T00:00:00Z",
        "downloadUrl": "https://files.example/x?sig=s",
    })
}

fn validated() -> Value {
    json!({
        "id": "PRD1", "mpn": "A:1", "draftRequestId": "d", "billingPeriod": period(),
        "parameters": [{"name": "domain", "result": "error", "valueError": "taken", "reconciliation": false,
            "valueChoices": [{"label": "A", "value": "a", "default": true}], "structured_value": {"a": 1}}],
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_survives_what_may_happen_to_it(changes in changes()) {
        survives::<Customer>(&account(), &["id"], &changes);
        survives::<Reseller>(&account(), &["id"], &changes);
        survives::<SubscriptionDetailed>(&subscription(), &["id"], &changes);
        survives::<Order>(&order(), &["id"], &changes);
        survives::<OrderDetailed>(&order(), &["id"], &changes);
        survives::<Estimate>(&order(), &[], &changes);
        survives::<Product>(&product(), &[], &changes);
        survives::<PlanDetailed>(&plan(), &["id"], &changes);
        survives::<Report>(&report(), &["id"], &changes);
        survives::<ValidatedProduct>(&validated(), &[], &changes);
    }

    #[test]
    fn so_does_every_request(changes in changes()) {
        survives::<OrderRequest>(&order(), &["type", "customerId"], &changes);
    }
}

#[test]
fn an_untouched_answer_keeps_every_field() {
    let page = json!({"data": [order()], "pagination": {"offset": 0, "limit": 10, "total": 1}});
    let read: Page<OrderDetailed> = serde_json::from_value(page.clone()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    let mut missing = Vec::new();
    compare(&page, &written, "", &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

/// Collects the paths of `before` that `after` lost.
fn compare(before: &Value, after: &Value, path: &str, missing: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(members), Value::Object(_)) => {
            for (name, value) in members {
                match after.get(name) {
                    Some(other) => compare(value, other, &format!("{path}/{name}"), missing),
                    None => missing.push(format!("{path}/{name}")),
                }
            }
        }
        (Value::Array(items), Value::Array(others)) => {
            assert_eq!(items.len(), others.len(), "{path}");
            for (item, other) in items.iter().zip(others) {
                compare(item, other, path, missing);
            }
        }
        _ => {}
    }
}
