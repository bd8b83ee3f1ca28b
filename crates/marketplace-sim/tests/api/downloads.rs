//! Report files, from their own origin.

use crate::support::text;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use marketplace_sim::{Config, Simulator};
use serde_json::{Value, json};
use time::Duration;
use tower::ServiceExt;

/// A report completed at a simulator that listens, and its download address without the origin.
async fn completed(name: &str, format: &str) -> (Simulator, String) {
    let simulator = Simulator::start(Config::for_tests()).await.unwrap();
    let base = "/marketplace/us";
    let known = simulator.credentials().clone();
    let basic =
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("{}:{}", known.username, known.password));
    let request = |method: &str, path: &str, authorization: &str, body: Value| {
        Request::builder()
            .method(method)
            .uri(format!("{base}{path}"))
            .header("authorization", authorization)
            .header("x-subscription-key", &known.subscription_key)
            .body(Body::from(body.to_string()))
            .unwrap()
    };
    let call = async |request: Request<Body>| -> Value {
        let response = simulator.router().oneshot(request).await.unwrap();
        serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
    };
    let token = call(request("POST", "/token", &format!("Basic {basic}"), json!({ "marketplace": "us" }))).await;
    let bearer = format!("Bearer {}", text(&token["token"]));
    let body = json!({ "name": name, "format": format, "startDate": "2026-10-01T00:00:00Z", "endDate": "2026-11-01T00:00:00Z" });
    let report = call(request("POST", "/reports", &bearer, body)).await;
    simulator.advance(Duration::seconds(8));
    let report = call(request("GET", &format!("/reports/{}", text(&report["id"])), &bearer, Value::Null)).await;
    let url = text(&report["downloadUrl"]);
    assert!(!url.starts_with(&simulator.url()[..simulator.url().len() - base.len()]), "another origin than the API");
    let path = url.splitn(4, '/').nth(3).unwrap().to_owned();
    (simulator, format!("/{path}"))
}

async fn download(simulator: &Simulator, path: &str, headers: HeaderMap) -> (StatusCode, Vec<u8>) {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    *request.headers_mut() = headers;
    let response = simulator.files_router().oneshot(request).await.unwrap();
    (response.status(), to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

#[tokio::test]
async fn every_report_downloads_in_every_format() {
    for name in ["Billing details", "Invoice summary", "Subscriptions", "Resource usage", "Provisioned orders"] {
        for (format, beginning) in [("csv", ""), ("xlsx", "PK"), ("json", "[{"), ("xml", "<?xml")] {
            let (simulator, path) = completed(name, format).await;
            let (status, bytes) = download(&simulator, &path, HeaderMap::new()).await;
            assert_eq!(status, StatusCode::OK, "{name} {format}");
            assert!(bytes.starts_with(beginning.as_bytes()) && bytes.len() > 500, "{name} {format}");
        }
    }
}

#[tokio::test]
async fn billing_details_agree_with_the_subscriptions() {
    let (simulator, path) = completed("Billing details", "json").await;
    let (_, bytes) = download(&simulator, &path, HeaderMap::new()).await;
    let rows: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let subscription = simulator.subscription(text(&row["SUBSCRIPTION_ID"])).unwrap();
        assert_eq!(subscription.customer, text(&row["CUSTOMER_ACCOUNT_ID"]));
        assert!(subscription.lines.iter().any(|line| line.mpn == text(&row["RESELLER_RESOURCE_MPN"])));
        assert!(("2026-10-01".."2026-11-01").contains(&text(&row["RESELLER_DETAIL_START_DATE"])));
    }
}

#[tokio::test]
async fn the_file_store_refuses_credentials_of_the_api() {
    let (simulator, path) = completed("Subscriptions", "csv").await;
    for header in ["authorization", "x-subscription-key"] {
        let headers = HeaderMap::from_iter([(header.parse().unwrap(), "Bearer secret".parse().unwrap())]);
        let (status, body) = download(&simulator, &path, headers).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{header}");
        assert!(String::from_utf8(body).unwrap().contains("InvalidAuthenticationInfo"));
    }
}

#[tokio::test]
async fn an_expired_or_altered_signature_is_refused_in_xml() {
    let (simulator, path) = completed("Subscriptions", "csv").await;
    let altered = path.replace("se=2027", "se=2028");
    assert_ne!(altered, path);
    let (status, body) = download(&simulator, &altered, HeaderMap::new()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(String::from_utf8(body).unwrap().contains("<Code>AuthenticationFailed</Code>"));
    simulator.advance(Duration::days(90));
    assert_eq!(download(&simulator, &path, HeaderMap::new()).await.0, StatusCode::FORBIDDEN);
}
