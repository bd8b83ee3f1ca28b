//! Creating and updating customers and resellers.

use crate::support::{Api, text};
use axum::http::StatusCode;
use serde_json::{Value, json};

fn company(name: &str) -> Value {
    json!({
        "name": name, "externalId": "CRM-1", "language": "en_US", "taxRegId": "00-1",
        "address": { "streetAddress": "1 Kiln Street", "city": "Reno", "postalCode": "89501", "state": "NV", "countryCode": "US" },
        "contactPersons": [{ "type": "admin", "firstName": "Ines", "lastName": "Hexley", "email": "ines@tarrow.example",
            "phoneNumber": "1#775#5550100#", "login": "ines.hexley", "password": "Secret#12" }],
    })
}

#[tokio::test]
async fn a_created_customer_is_active_ours_and_first_in_the_list() {
    let api = Api::start().await;
    let created = api.post("/customers", &company("Tarrow Looms")).await;
    assert_eq!(created.status, StatusCode::OK, "{created:?}");
    assert_eq!((&created.json["status"], &created.json["resellerId"]), (&"active".into(), &"1000001".into()));
    assert_eq!(api.get("/customers?limit=1").await.json["data"][0], created.json);
    let contact = &created.json["contactPersons"][0];
    assert!(contact.get("login").is_none() && contact.get("password").is_none());
}

#[tokio::test]
async fn an_incomplete_customer_is_refused_by_the_field() {
    let api = Api::start().await;
    let removals: [(&[&str], &str); 6] = [
        (&["name"], "name"),
        (&["language"], "language"),
        (&["address"], "address"),
        (&["address", "state"], "address.state"),
        (&["contactPersons"], "contactPersons"),
        (&["address", "postalCode"], "address.postalCode"),
    ];
    for (path, field) in removals {
        let mut body = company("Tarrow Looms");
        let (last, parents) = path.split_last().unwrap();
        let parent = parents.iter().fold(&mut body, |value, member| &mut value[*member]);
        parent.as_object_mut().unwrap().remove(*last);
        let answer = api.post("/customers", &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{field}");
        assert!(
            text(&answer.json["message"]).starts_with(&format!("Validation failed: {field} ")),
            "{}",
            answer.json["message"]
        );
    }
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_replaces_the_address_whole() {
    let api = Api::start().await;
    let created = api.post("/customers", &company("Tarrow Looms")).await.json;
    let path = format!("/customers/{}", text(&created["id"]));
    let address = json!({ "streetAddress": "2 Mill Road", "city": "Lyon", "postalCode": "69001", "countryCode": "FR" });
    let updated = api.patch(&path, &json!({ "status": "creditHold", "address": address })).await.json;
    assert_eq!((&updated["status"], &updated["address"]), (&"creditHold".into(), &address));
    assert_eq!((&updated["name"], &updated["contactPersons"]), (&created["name"], &created["contactPersons"]));
    assert_eq!(api.get(&path).await.json, updated);
}

#[tokio::test]
async fn only_active_and_credit_hold_can_be_given_as_a_status() {
    let api = Api::start().await;
    let created = api.post("/customers", &company("Tarrow Looms")).await.json;
    let path = format!("/customers/{}", text(&created["id"]));
    for status in ["adminHold", "cancelled", "sleeping"] {
        assert_eq!(api.patch(&path, &json!({ "status": status })).await.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(api.get(&path).await.json, created);
    assert_eq!(api.patch("/customers/1", &json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_reseller_has_customers_of_its_own_that_our_lists_leave_out() {
    let api = Api::start().await;
    assert_eq!(api.get("/resellers").await.json["data"], json!([]), "an ordinary account has none below it");
    assert_eq!(
        api.post("/resellers", &company("Velloc Partners")).await.status,
        StatusCode::BAD_REQUEST,
        "no currency"
    );
    let mut body = company("Velloc Partners");
    body["currency"] = "USD".into();
    let reseller = api.post("/resellers", &body).await.json;
    let path = format!("/resellers/{}", text(&reseller["id"]));
    assert_eq!(api.get(&path).await.json, reseller);
    let customer = api.post(&format!("{path}/customers"), &company("Orrery Mills")).await.json;
    assert_eq!(customer["resellerId"], reseller["id"]);
    assert_eq!(api.get(&format!("{path}/customers")).await.json["data"], json!([customer]));
    assert_eq!(
        api.get("/customers?name=Orrery Mills".replace(' ', "%20").as_str()).await.json["pagination"]["total"],
        0
    );
    let named = api.get(&format!("/customers?resellerId={}", text(&reseller["id"]))).await.json;
    assert_eq!(named["pagination"]["total"], 1);
    let order = json!({ "type": "sales", "customerId": customer["id"], "products": [
        { "mpn": "VL-BKP-1TB", "quantity": 1, "parameters": [{ "name": "region", "value": "us-west" }] }] });
    let order = api.post("/orders", &order).await.json;
    assert_eq!(api.get(&format!("{path}/orders")).await.json["data"][0]["id"], order["id"]);
    assert_ne!(api.get("/orders?limit=1").await.json["data"][0]["id"], order["id"]);
    let renamed = api.patch(&path, &json!({ "name": "Velloc & Partners" })).await.json;
    assert_eq!((&renamed["name"], &renamed["currency"]), (&"Velloc & Partners".into(), &"USD".into()));
    assert_eq!(api.get("/resellers/1").await.status, StatusCode::NOT_FOUND);
}
