//! Paging, order and filters of lists.

use crate::support::{Api, text};
use axum::http::StatusCode;
use serde_json::Value;

const LISTS: [&str; 5] = ["/customers", "/subscriptions", "/orders", "/products", "/plans"];

#[tokio::test]
async fn a_page_holds_ten_rows_unless_asked_otherwise() {
    let api = Api::start().await;
    for list in LISTS {
        let answer = api.get(list).await.json;
        assert_eq!(answer["data"].as_array().unwrap().len(), 10, "{list}");
        assert_eq!((&answer["pagination"]["offset"], &answer["pagination"]["limit"]), (&0.into(), &10.into()));
    }
}

#[tokio::test]
async fn limits_that_make_no_sense_are_refused() {
    let api = Api::start().await;
    for list in LISTS {
        for query in ["limit=0", "limit=-1", "limit=ten", "limit=1001", "offset=-1", "offset=x"] {
            let answer = api.get(&format!("{list}?{query}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{list}?{query}");
        }
        assert_eq!(api.get(&format!("{list}?limit=1000")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_page_beyond_the_end_is_empty_and_keeps_the_total() {
    let api = Api::start().await;
    let total = api.get("/orders").await.json["pagination"]["total"].clone();
    let beyond = api.get("/orders?offset=100000").await.json;
    assert_eq!(beyond["data"], Value::Array(Vec::new()));
    assert_eq!(beyond["pagination"]["total"], total);
}

#[tokio::test]
async fn pages_put_together_hold_every_order_once_newest_first() {
    let api = Api::start().await;
    let (mut rows, mut offset): (Vec<(String, u64)>, u64) = (Vec::new(), 0);
    loop {
        let page = api.get(&format!("/orders?limit=97&offset={offset}")).await.json;
        let data = page["data"].as_array().unwrap();
        rows.extend(data.iter().map(|row| (text(&row["creationDate"]).to_owned(), text(&row["id"]).parse().unwrap())));
        offset += 97;
        if offset >= page["pagination"]["total"].as_u64().unwrap() {
            break;
        }
    }
    assert!(rows.len() >= 150);
    assert!(rows.windows(2).all(|pair| pair[0] > pair[1]), "creation descending, then id descending");
}

#[tokio::test]
async fn subscriptions_are_listed_newest_first_without_product_lines() {
    let api = Api::start().await;
    let rows = api.get("/subscriptions?limit=500").await.json;
    let rows = rows["data"].as_array().unwrap();
    let key = |row: &Value| (text(&row["creationDate"]).to_owned(), text(&row["id"]).to_owned());
    assert!(rows.windows(2).all(|pair| key(&pair[0]) > key(&pair[1])));
    assert!(rows.iter().all(|row| row.get("products").is_none() && row.get("planId").is_none()));
}

#[tokio::test]
async fn order_rows_leave_out_what_only_the_detail_has() {
    let api = Api::start().await;
    let rows = api.get("/orders?limit=200").await.json;
    for row in rows["data"].as_array().unwrap() {
        for member in ["products", "subscriptionId", "poNumber", "details", "billingModel"] {
            assert!(row.get(member).is_none(), "{member} in {row}");
        }
    }
}

#[tokio::test]
async fn unknown_filters_are_ignored() {
    let api = Api::start().await;
    let all = api.get("/subscriptions").await.json["pagination"]["total"].clone();
    assert_eq!(api.get("/subscriptions?customer=1&sort=name").await.json["pagination"]["total"], all);
}

#[tokio::test]
async fn a_status_filter_takes_one_known_value() {
    let api = Api::start().await;
    let active = api.get("/subscriptions?status=active&limit=500").await.json;
    assert!(active["data"].as_array().unwrap().iter().all(|row| row["status"] == "active"));
    for query in ["/subscriptions?status=active,pending", "/subscriptions?status=alive", "/orders?status=done"] {
        assert_eq!(api.get(query).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn customers_are_found_by_part_of_their_name_and_by_any_contacts_email() {
    let api = Api::start().await;
    let customer = api.get("/customers?limit=1").await.json["data"][0].clone();
    let part = text(&customer["name"])[1..6].to_uppercase();
    let email = text(&customer["contactPersons"][0]["email"]).to_uppercase();
    for query in [format!("name={part}"), format!("email={email}")] {
        let found = api.get(&format!("/customers?{query}")).await.json;
        assert!(found["data"].as_array().unwrap().iter().any(|row| row["id"] == customer["id"]), "{query}");
    }
    assert_eq!(api.get("/customers?email=nobody@nowhere.example").await.json["pagination"]["total"], 0);
}

#[tokio::test]
async fn orders_are_found_by_number_subscription_customer_and_time() {
    let api = Api::start().await;
    let row = api.get("/orders?limit=1&offset=40").await.json["data"][0].clone();
    let detail = api.get(&format!("/orders/{}", text(&row["id"]))).await.json;
    let created = text(&row["creationDate"]);
    for query in [
        format!("orderNumber={}", text(&row["orderNumber"])),
        format!("subscriptionId={}", text(&detail["subscriptionId"])),
        format!("customerId={}&creationTimeFrom={created}", text(&row["customerId"])),
        format!("creationTimeFrom={created}&creationTimeTo={created}"),
    ] {
        let found = api.get(&format!("/orders?limit=1000&{query}")).await.json;
        let ids: Vec<_> = found["data"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        assert!(ids.contains(&row["id"]), "{query}");
        assert!(ids.len() < 500, "{query} filters");
    }
    assert_eq!(api.get("/orders?creationTimeFrom=yesterday").await.status, StatusCode::BAD_REQUEST);
}
