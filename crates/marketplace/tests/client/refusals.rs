use crate::support::{answer, calls, client, marketplace, place_order};
use marketplace::models::{ReportFormat, ReportRequest, SubscriptionUpdate};
use marketplace::{Error, ErrorKind, WriteOutcome};
use serde_json::json;
use std::time::Duration;
use wiremock::ResponseTemplate;

const WEB_PAGE: &str = "<html><head><title>504 Gateway Time-out</title></head><body>nginx</body></html>";

async fn refused_order(response: ResponseTemplate) -> Error {
    let server = marketplace().await;
    answer(&server, "POST", "/orders", response).await;
    let error = place_order(&client(&server.uri())).await.unwrap_err();
    assert_eq!(calls(&server, "/orders").await, 1, "an order was sent twice after {error}");
    error
}

#[tokio::test]
async fn the_api_s_own_refusal_is_read_with_its_correlation_id() {
    let body = json!({"timeStamp": "2026-01-31T07:45:08.223+00:00", "status": 400, "path": "/orders",
        "message": "Validation failed: quantity is too large", "correlationId": "a8n-1"});
    let error = refused_order(ResponseTemplate::new(400).set_body_json(body)).await;
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Invalid, WriteOutcome::NotCarriedOut));
    assert_eq!(error.message(), "Validation failed: quantity is too large");
    assert_eq!((error.status(), error.correlation_id()), (Some(400), Some("a8n-1")));
    assert_eq!(error.operation(), "create order");
}

#[tokio::test]
async fn the_framework_s_spelling_is_read_too() {
    let body = json!({"timestamp": "x", "status": 404, "error": "Not Found", "path": "/x", "correlationId": "a8n-2"});
    let error = refused_order(ResponseTemplate::new(404).set_body_json(body)).await;
    assert_eq!((error.kind(), error.message()), (&ErrorKind::NotFound, "Not Found"));
    assert_eq!(error.correlation_id(), Some("a8n-2"));
}

#[tokio::test]
async fn the_gateway_s_refusal_is_read_with_its_wait() {
    let body = json!({"statusCode": 429, "message": "Rate limit is exceeded. Try again in 30 seconds."});
    let response = ResponseTemplate::new(429).insert_header("retry-after", "30").set_body_json(body);
    let error = refused_order(response).await;
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::RateLimited, WriteOutcome::NotCarriedOut));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test]
async fn the_used_up_quota_is_no_matter_of_permission() {
    let body =
        json!({"statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 01:02:03."});
    let error = refused_order(ResponseTemplate::new(403).set_body_json(body)).await;
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::QuotaExceeded, WriteOutcome::NotCarriedOut));
}

#[tokio::test]
async fn a_conflict_that_comes_as_a_500_was_not_carried_out() {
    let body = json!({"status": 500, "message": "Cannot do that for #1000201: there is already an Upgrade/Downgrade Order #CH005810 in progress"});
    let error = refused_order(ResponseTemplate::new(500).set_body_json(body)).await;
    assert_eq!(error.kind(), &ErrorKind::Conflict { order_number: Some("CH005810".into()) });
    assert_eq!(error.outcome(), WriteOutcome::NotCarriedOut);
}

#[tokio::test]
async fn an_order_that_met_a_gateway_s_web_page_may_exist() {
    for status in [502, 503, 504] {
        let error = refused_order(ResponseTemplate::new(status).set_body_raw(WEB_PAGE, "text/html")).await;
        assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Unavailable, WriteOutcome::Unknown));
        assert!(!error.to_string().contains("nginx"));
    }
}

#[tokio::test]
async fn an_order_that_met_an_unexplained_500_may_exist() {
    let error = refused_order(ResponseTemplate::new(500)).await;
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Upstream, WriteOutcome::Unknown));
}

#[tokio::test]
async fn an_order_that_met_a_redirect_may_exist_and_says_where_it_was_sent() {
    let location = "http://user:secret@127.0.0.1:1/elsewhere?key=secret#secret";
    let error = refused_order(ResponseTemplate::new(307).insert_header("location", location)).await;
    let to = Some("http://127.0.0.1:1/elsewhere".to_owned());
    assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Redirected { to }, WriteOutcome::Unknown));
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[tokio::test]
async fn a_web_page_is_told_from_data_that_refuses() {
    let page = ResponseTemplate::new(404).set_body_raw(WEB_PAGE, "text/html");
    assert!(refused_order(page).await.is_web_page());
    let data = ResponseTemplate::new(404).set_body_json(json!({"statusCode": 404, "message": "Resource not found"}));
    assert!(!refused_order(data).await.is_web_page());
}

#[tokio::test]
async fn a_success_that_cannot_be_read_may_be_an_order() {
    let web_page = ResponseTemplate::new(200).set_body_raw(WEB_PAGE, "text/html");
    let nameless = ResponseTemplate::new(200).set_body_json(json!({"status": "submitted"}));
    for response in [ResponseTemplate::new(200), web_page, nameless] {
        let error = refused_order(response.insert_header("x-correlation-id", "a8n-3")).await;
        assert_eq!((error.kind(), error.outcome()), (&ErrorKind::Decode, WriteOutcome::Unknown));
        assert_eq!((error.status(), error.correlation_id()), (Some(200), Some("a8n-3")));
    }
}

#[tokio::test]
async fn a_success_of_any_kind_brings_its_correlation_id() {
    let server = marketplace().await;
    for status in [200, 201] {
        let body = json!({"id": "5", "status": "active", "renewalStatus": false});
        let response = ResponseTemplate::new(status).insert_header("X-Correlation-ID", "a8n-4").set_body_json(body);
        answer(&server, "PATCH", "/subscriptions/5", response).await;
        let client = client(&server.uri());
        let answered = client.update_subscription(&"5".into(), &SubscriptionUpdate::renewal(false)).await.unwrap();
        assert_eq!(answered.correlation_id.as_deref(), Some("a8n-4"));
        assert_eq!(answered.value.subscription.renewal_status, Some(false));
    }
}

#[tokio::test]
async fn an_identifier_that_is_none_is_refused_before_it_is_sent() {
    let server = marketplace().await;
    let error = client(&server.uri()).customer(&"..".into()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Invalid);
    assert_eq!(calls(&server, "/customers").await, 0);
}

#[tokio::test]
async fn a_report_is_scheduled_in_lower_case() {
    let server = marketplace().await;
    answer(&server, "POST", "/reports", ResponseTemplate::new(200).set_body_json(json!({"id": "r", "format": "XLSX"})))
        .await;
    let format = Some(ReportFormat::Xlsx);
    let request = ReportRequest { name: Some("Daily".into()), format: format.clone(), ..ReportRequest::default() };
    assert_eq!(client(&server.uri()).create_report(&request).await.unwrap().value.format, format);
    let sent = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(sent.body_json::<serde_json::Value>().unwrap(), json!({"name": "Daily", "format": "xlsx"}));
}
