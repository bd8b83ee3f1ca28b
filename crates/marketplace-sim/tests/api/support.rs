//! A tiny client of our own: it shares nothing with the real one.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use marketplace_sim::{Config, Simulator};
use serde_json::{Value, json};
use time::Duration;
use tower::ServiceExt;

/// A simulator that listens nowhere, and a token for it.
pub(crate) struct Api {
    pub(crate) simulator: Simulator,
    pub(crate) token: String,
    router: Router,
}

/// An answer, with its body as JSON where it is.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) json: Value,
}

impl Api {
    pub(crate) async fn start() -> Self {
        Self::with(Config::for_tests()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        Self::of(Simulator::detached(config)).await
    }

    /// One that listens: only then do reports have an address.
    pub(crate) async fn listening() -> Self {
        Self::of(Simulator::start(Config::for_tests()).await.unwrap()).await
    }

    async fn of(simulator: Simulator) -> Self {
        let router = simulator.router();
        let mut api = Self { simulator, token: String::new(), router };
        api.token = api.sign_in().await;
        api
    }

    pub(crate) async fn sign_in(&self) -> String {
        let answer = self.send(self.token_request()).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.json["token"].as_str().unwrap().to_owned()
    }

    pub(crate) fn token_request(&self) -> Request<Body> {
        let known = self.simulator.credentials();
        let basic = BASE64_STANDARD.encode(format!("{}:{}", known.username, known.password));
        Request::post(self.path("/token"))
            .header("authorization", format!("Basic {basic}"))
            .header("x-subscription-key", &known.subscription_key)
            .body(Body::from(json!({ "marketplace": known.marketplace }).to_string()))
            .unwrap()
    }

    /// A call with key and token.
    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request<Body> {
        Request::builder()
            .method(method)
            .uri(self.path(path))
            .header("authorization", format!("Bearer {}", self.token))
            .header("x-subscription-key", &self.simulator.credentials().subscription_key)
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
            .unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path, None)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request("POST", path, Some(body))).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request("PATCH", path, Some(body))).await
    }

    /// A call to the control endpoint.
    pub(crate) async fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.map(|bytes| bytes.to_vec()).unwrap_or_default();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, bytes, json }
    }

    /// The detail of the first active subscription that suits.
    pub(crate) async fn subscription_where(&self, suits: impl Fn(&Value) -> bool) -> Value {
        let list = self.get("/subscriptions?status=active&limit=500").await;
        for row in list.json["data"].as_array().unwrap() {
            let detail = self.get(&format!("/subscriptions/{}", text(&row["id"]))).await.json;
            let customer = self.get(&format!("/customers/{}", text(&row["customerId"]))).await.json;
            let changing = self.get(&format!("/orders?subscriptionId={}&status=processing", text(&row["id"]))).await;
            if customer["status"] == "active" && changing.json["pagination"]["total"] == 0 && suits(&detail) {
                return detail;
            }
        }
        panic!("no subscription suits");
    }

    /// The id of a customer who may order.
    pub(crate) async fn active_customer(&self) -> String {
        let rows = self.get("/customers?limit=100").await.json;
        let active = rows["data"].as_array().unwrap().iter().find(|row| row["status"] == "active").unwrap();
        text(&active["id"]).to_owned()
    }

    /// The detail of a subscription that a customer bought with this one line, once it is active.
    pub(crate) async fn bought(&self, customer: &str, line: &Value) -> Value {
        let placed = self.post("/orders", &sale(customer, line)).await;
        assert_eq!(placed.status, StatusCode::OK, "{placed:?}");
        self.simulator.advance(Duration::seconds(10));
        self.detail(&placed.json["subscriptionId"]).await
    }

    /// The detail of a subscription.
    pub(crate) async fn detail(&self, id: &Value) -> Value {
        self.get(&format!("/subscriptions/{}", text(id))).await.json
    }

    /// Places an order that an estimate has priced the same, and lets it complete.
    pub(crate) async fn done(&self, body: &Value) -> Value {
        let estimate = self.post("/orders/estimate", body).await;
        let placed = self.post("/orders", body).await;
        assert_eq!((estimate.status, placed.status), (StatusCode::OK, StatusCode::OK), "{estimate:?} {placed:?}");
        assert_eq!(estimate.json["total"], placed.json["total"]);
        self.simulator.advance(Duration::seconds(10));
        let order = self.get(&format!("/orders/{}", text(&placed.json["id"]))).await.json;
        assert_eq!(order["status"], "completed");
        order
    }

    /// The message of an estimate that is refused with 400.
    pub(crate) async fn refusal(&self, body: &Value) -> String {
        let answer = self.post("/orders/estimate", body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        text(&answer.json["message"]).to_owned()
    }

    pub(crate) async fn seats(&self, subscription: &Value) -> i64 {
        let detail = self.get(&format!("/subscriptions/{}", text(&subscription["id"]))).await.json;
        detail["products"][0]["quantity"].as_i64().unwrap()
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.url())
    }
}

/// A sale of one line.
pub(crate) fn sale(customer: &str, line: &Value) -> Value {
    json!({ "type": "sales", "customerId": customer, "poNumber": "PO1234", "products": [line] })
}

/// So many seats of a product of the vendor whose terms can end together, for a term of one month or one year.
pub(crate) fn suite(mpn: &str, unit: &str, seats: i64) -> Value {
    json!({
        "mpn": mpn, "quantity": seats,
        "billingPeriod": { "type": "month", "duration": 1 },
        "subscriptionPeriod": { "type": unit, "duration": 1 },
        "parameters": [{ "name": "domain", "value": "harbour" }],
    })
}

/// An order that sets the first product of a subscription to `seats`.
pub(crate) fn change_to(subscription: &Value, seats: i64) -> Value {
    let line = &subscription["products"][0];
    json!({
        "type": "change",
        "customerId": subscription["customerId"],
        "poNumber": null,
        "products": [{
            "subscriptionId": subscription["id"],
            "mpn": line["mpn"],
            "vendor": line["vendor"],
            "quantity": seats,
            "billingPeriod": subscription["billingPeriod"],
            "subscriptionPeriod": subscription["subscriptionPeriod"],
        }],
    })
}

/// Seats of the first product.
pub(crate) fn held(subscription: &Value) -> i64 {
    subscription["products"][0]["quantity"].as_i64().unwrap()
}

/// Sold by a vendor that takes seats back at any time, with seats to spare.
pub(crate) fn is_flexible(subscription: &Value) -> bool {
    let line = &subscription["products"][0];
    ["Vaultline", "Sentryfold", "Callbright"].iter().any(|vendor| line["vendor"] == *vendor)
        && line["quantity"].as_i64().is_some_and(|quantity| quantity > 12)
        && subscription["products"].as_array().is_some_and(|lines| lines.len() == 1)
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// An amount as a decimal.
pub(crate) fn amount(money: &Value) -> rust_decimal::Decimal {
    text(&money["amount"]).parse().unwrap()
}
