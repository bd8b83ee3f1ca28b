//! Faults that can be seen without a network in between.

use crate::support::{Answer, Api, change_to, held, is_flexible, text};
use axum::http::StatusCode;
use marketplace_sim::{Fault, FaultRule, Outage};
use serde_json::{Value, json};
use time::Duration;

/// Places a change of one more seat with a sentinel, and says how many orders it left behind.
async fn order_with(fault: &str) -> (Api, Answer, usize) {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let customer = text(&subscription["customerId"]).to_owned();
    let before = api.simulator.orders_of(&customer).len();
    let mut order = change_to(&subscription, held(&subscription) + 1);
    order["poNumber"] = format!("fault:{fault} PO-7").into();
    let answer = api.post("/orders", &order).await;
    let left = api.simulator.orders_of(&customer).len() - before;
    (api, answer, left)
}

#[tokio::test]
async fn html_504_before_leaves_nothing_behind_and_html_504_after_leaves_an_order() {
    for (fault, orders) in [("html-504-before", 0), ("html-504-after", 1)] {
        let (_, answer, left) = order_with(fault).await;
        assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT, "{fault}");
        assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/html"));
        assert_eq!(left, orders, "{fault}");
    }
}

#[tokio::test]
async fn an_empty_body_and_a_truncated_one_hide_an_order() {
    let (_, empty, left) = order_with("empty-body").await;
    assert_eq!((empty.status, empty.bytes.len(), left), (StatusCode::OK, 0, 1));
    let (_, truncated, left) = order_with("truncated-body").await;
    assert_eq!((truncated.status, left), (StatusCode::OK, 1));
    assert!(truncated.json.is_null());
}

#[tokio::test]
async fn maintenance_html_200_and_the_other_spelling_leave_nothing_behind() {
    for (fault, status) in
        [("maintenance-503", 503), ("html-200", 200), ("error-other-spelling", 400), ("conflict-500", 500)]
    {
        let (_, answer, left) = order_with(fault).await;
        assert_eq!((answer.status.as_u16(), left), (status, 0), "{fault}");
    }
    let (_, other, _) = order_with("error-other-spelling").await;
    assert_eq!(other.json["error"], "Bad Request");
    assert!(other.json["timestamp"].is_string() && other.json.get("message").is_none());
    let (_, conflict, _) = order_with("conflict-500").await;
    assert!(text(&conflict.json["message"]).contains("there is already an"));
}

#[tokio::test]
async fn sentinels_that_clients_repeat_by_themselves_play_once() {
    for (fault, status) in
        [("rate-limited", StatusCode::TOO_MANY_REQUESTS), ("expired-token", StatusCode::UNAUTHORIZED)]
    {
        let (mut api, first, left) = order_with(fault).await;
        assert_eq!((first.status, left), (status, 0));
        api.token = api.sign_in().await;
        let subscription = api.subscription_where(is_flexible).await;
        let mut again = change_to(&subscription, held(&subscription) + 1);
        again["poNumber"] = format!("fault:{fault} PO-7").into();
        assert_eq!(api.post("/orders", &again).await.status, StatusCode::OK, "{fault}");
        assert_eq!(api.simulator.stats().rate_limited, 0, "a fault is no real 429");
    }
}

#[tokio::test]
async fn an_expired_token_stays_expired() {
    let (api, _, _) = order_with("expired-token").await;
    assert_eq!(api.get("/plans").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_change_whose_provisioning_fails_changes_nothing() {
    let (api, answer, _) = order_with("provisioning-failed").await;
    assert_eq!(answer.status, StatusCode::OK);
    let subscription = api.get(&format!("/subscriptions/{}", text(&answer.json["subscriptionId"]))).await.json;
    api.simulator.advance(Duration::seconds(10));
    let order = api.get(&format!("/orders/{}", text(&answer.json["id"]))).await.json;
    assert_eq!((&order["status"], &order["statusCode"]), (&"error".into(), &"PF".into()));
    assert!(order.get("provisioningDate").is_none());
    assert_eq!(api.seats(&subscription).await, held(&subscription));
}

#[tokio::test]
async fn an_estimate_ignores_the_sentinel() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let mut order = change_to(&subscription, held(&subscription) + 1);
    order["poNumber"] = "fault:html-504-before".into();
    assert_eq!(api.post("/orders/estimate", &order).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_control_endpoint_plays_a_fault_as_often_as_it_is_told() {
    let api = Api::start().await;
    let rule = json!({ "fault": "maintenance-503", "operation": "getPlans", "times": 2 });
    assert_eq!(api.control("POST", "/control/faults", &rule).await.status, StatusCode::OK);
    assert_eq!(api.get("/plans").await.status, StatusCode::OK, "no operation is called getPlans");
    let any = json!({ "fault": "maintenance-503", "operation": "*", "times": 2 });
    api.control("POST", "/control/faults", &any).await;
    for expected in [503, 503, 200] {
        assert_eq!(api.get("/plans").await.status.as_u16(), expected);
    }
    assert_eq!(api.control("GET", "/control/faults", &Value::Null).await.json.as_array().unwrap().len(), 1);
    api.control("DELETE", "/control/faults", &Value::Null).await;
    assert_eq!(api.control("GET", "/control/faults", &Value::Null).await.json, json!([]));
    let unknown = json!({ "fault": "fire", "operation": "*" });
    assert!(api.control("POST", "/control/faults", &unknown).await.status.is_client_error());
}

#[tokio::test]
async fn a_library_rule_plays_once() {
    let api = Api::start().await;
    api.simulator.add_fault(FaultRule::once(Fault::Html200, "getCustomers"));
    assert!(api.get("/customers").await.json.is_null());
    assert_eq!(api.get("/customers").await.json["pagination"]["offset"], 0);
}

#[tokio::test]
async fn down_means_down_until_up() {
    let api = Api::start().await;
    api.control("POST", "/control/down", &json!({})).await;
    assert_eq!(api.send(api.token_request()).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(api.get("/plans").await.status, StatusCode::SERVICE_UNAVAILABLE);
    api.control("POST", "/control/up", &Value::Null).await;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
    api.simulator.set_outage(Some(Outage::Maintenance));
    assert_eq!(api.get("/plans").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_control_endpoint_moves_the_clock_and_expires_tokens() {
    let mut api = Api::start().await;
    let clock = api.control("POST", "/control/clock", &json!({ "advance_seconds": 60 })).await.json;
    assert_eq!(clock["now"], "2026-11-23T12:01:00Z");
    api.control("POST", "/control/expire-tokens", &Value::Null).await;
    assert_eq!(api.get("/plans").await.status, StatusCode::UNAUTHORIZED);
    api.token = api.sign_in().await;
    assert_eq!(api.get("/plans").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_statistics_say_what_happened() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    api.post("/orders", &change_to(&subscription, held(&subscription) + 1)).await;
    let stats = api.control("GET", "/control/stats", &Value::Null).await.json;
    assert_eq!(stats["orders_created"], 1);
    assert_eq!(stats["orders_by_subscription"][text(&subscription["id"])], 1);
    assert_eq!(stats["orders_by_customer"][text(&subscription["customerId"])], 1);
    assert_eq!(stats["calls"]["createOrder"], 1);
    assert_eq!(stats["rate_limited"], 0);
}

#[tokio::test]
async fn a_held_call_stands_before_or_after_its_effect_until_it_is_released() {
    for (fault, effects) in [(Fault::HoldBefore, 0), (Fault::HoldAfter, 1)] {
        let api = Api::start().await;
        let subscription = api.subscription_where(is_flexible).await;
        let order = change_to(&subscription, held(&subscription) + 1);
        api.simulator.add_fault(FaultRule::once(fault, "createOrder"));
        let look = async {
            while api.simulator.held().is_empty() {
                tokio::task::yield_now().await;
            }
            let standing = api.control("GET", "/control/held", &Value::Null).await.json;
            assert_eq!(
                (standing, api.simulator.effects().len()),
                (json!(["createOrder"]), effects),
                "{}",
                fault.name()
            );
            api.control("POST", "/control/release", &Value::Null).await;
        };
        let (answer, ()) = tokio::join!(api.post("/orders", &order), look);
        assert_eq!(answer.status, StatusCode::OK, "{}", fault.name());
        assert_eq!((api.simulator.held().len(), api.simulator.effects().len()), (0, 1), "{}", fault.name());
    }
}

#[tokio::test]
async fn a_held_call_whose_caller_hangs_up_before_its_effect_never_has_it() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = change_to(&subscription, held(&subscription) + 1);
    api.simulator.add_fault(FaultRule::once(Fault::HoldBefore, "createOrder"));
    let until_held = async {
        while api.simulator.held().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = api.post("/orders", &order) => panic!("it stands still"),
        () = until_held => {}
    }
    api.simulator.release_held();
    assert_eq!((api.simulator.held(), api.simulator.effects()), (vec![], vec![]));
}

#[tokio::test]
async fn a_storm_of_429s_lasts_as_long_as_it_was_told() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = change_to(&subscription, held(&subscription) + 1);
    api.simulator.add_fault(FaultRule { times: 3, ..FaultRule::once(Fault::RateLimited, "createOrder") });
    for expected in [429, 429, 429, 200] {
        let effects = api.simulator.effects().len();
        assert_eq!((api.post("/orders", &order).await.status.as_u16(), effects), (expected, 0));
    }
    assert_eq!(api.simulator.effects().len(), 1);
}

#[tokio::test]
async fn a_fault_about_one_thing_leaves_the_others_alone() {
    let api = Api::start().await;
    let customers = api.get("/customers").await.json;
    let id = |index: usize| text(&customers["data"][index]["id"]).to_owned();
    let rule = json!({ "fault": "maintenance-503", "about": id(1) });
    api.control("POST", "/control/faults", &rule).await;
    assert_eq!(api.get(&format!("/customers/{}", id(0))).await.status, StatusCode::OK);
    assert_eq!(api.simulator.waiting_faults()[0].about, Some(id(1)));
    assert_eq!(api.get(&format!("/customers/{}", id(1))).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(api.simulator.waiting_faults(), []);
}

#[tokio::test]
async fn what_was_carried_out_is_listed_whatever_the_caller_heard_and_nothing_else() {
    let api = Api::start().await;
    let subscription = api.subscription_where(is_flexible).await;
    let order = change_to(&subscription, held(&subscription) + 1);
    assert_eq!(api.post("/orders/estimate", &order).await.status, StatusCode::OK);
    assert_eq!(api.post("/orders", &json!({})).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(api.simulator.effects(), [], "neither an estimate nor what is refused changes anything");
    api.simulator.add_fault(FaultRule::once(Fault::Html504After, "createOrder"));
    api.post("/orders", &order).await;
    let effects = api.control("GET", "/control/effects", &Value::Null).await.json;
    assert_eq!((effects.as_array().unwrap().len(), &effects[0]["operation"]), (1, &"createOrder".into()));
    assert!(text(&effects[0]["about"]).contains(text(&subscription["id"])), "{effects}");
}
