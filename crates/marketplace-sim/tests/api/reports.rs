//! Reports.

use crate::support::{Api, text};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use time::Duration;

#[tokio::test]
async fn the_list_ignores_paging_and_holds_every_type_status_and_format() {
    let api = Api::start().await;
    let list = api.get("/reports?limit=2&offset=3").await.json;
    let rows = list["data"].as_array().unwrap();
    assert_eq!(list["pagination"], json!({ "offset": 0, "limit": rows.len(), "total": rows.len() }));
    let values = |member: &str| rows.iter().map(|row| text(&row[member])).collect::<BTreeSet<_>>();
    assert_eq!(values("type"), BTreeSet::from(["periodic", "daily", "monthly", "onetime", "on_invoice"]));
    assert_eq!(values("status"), BTreeSet::from(["submitted", "processing", "completed", "error"]));
    assert_eq!(values("format"), BTreeSet::from(["CSV", "XLSX", "JSON", "XML"]));
    assert!(rows.windows(2).all(|pair| text(&pair[0]["creationDate"]) >= text(&pair[1]["creationDate"])));
}

#[tokio::test]
async fn a_scheduled_report_is_submitted_then_processing_then_completed() {
    let api = Api::start().await;
    let body = json!({ "name": "Subscriptions", "format": "csv", "startDate": "2026-10-01T00:00:00Z" });
    let report = api.post("/reports", &body).await;
    assert_eq!(report.status, StatusCode::OK);
    assert_eq!((&report.json["status"], &report.json["type"]), (&"submitted".into(), &"onetime".into()));
    assert_eq!(report.json["endDate"], "2026-11-23T12:00:00Z");
    let path = format!("/reports/{}", text(&report.json["id"]));
    for (seconds, status) in [(2, "processing"), (5, "processing"), (1, "completed")] {
        api.simulator.advance(Duration::seconds(seconds));
        assert_eq!(api.get(&path).await.json["status"], status);
    }
}

#[tokio::test]
async fn a_report_can_be_made_to_fail() {
    let api = Api::start().await;
    let body = json!({ "name": "Subscriptions", "startDate": "2026-10-01T00:00:00Z", "customizationName": "fault:provisioning-failed" });
    let id = api.post("/reports", &body).await.json["id"].clone();
    api.simulator.advance(Duration::seconds(8));
    assert_eq!(api.get(&format!("/reports/{}", text(&id))).await.json["status"], "error");
}

#[tokio::test]
async fn bad_report_requests_are_refused() {
    let api = Api::start().await;
    for body in [
        json!({ "name": "No such report", "startDate": "2026-10-01T00:00:00Z" }),
        json!({ "startDate": "2026-10-01T00:00:00Z" }),
        json!({ "name": "Subscriptions" }),
        json!({ "name": "Subscriptions", "startDate": "soon" }),
        json!({ "name": "Subscriptions", "startDate": "2026-10-01T00:00:00Z", "endDate": "2026-09-01T00:00:00Z" }),
        json!({ "name": "Subscriptions", "startDate": "2026-10-01T00:00:00Z", "format": "pdf" }),
    ] {
        assert_eq!(api.post("/reports", &body).await.status, StatusCode::BAD_REQUEST, "{body}");
    }
}

#[tokio::test]
async fn reports_are_filtered_by_name_format_status_type_and_day() {
    let api = Api::start().await;
    let found = |rows: &Value, member: &str, value: &str| {
        let rows = rows["data"].as_array().unwrap();
        assert!(!rows.is_empty(), "{member}");
        assert!(rows.iter().all(|row| text(&row[member]).eq_ignore_ascii_case(value)), "{member}");
    };
    found(&api.get("/reports?name=subscriptions").await.json, "name", "Subscriptions");
    found(&api.get("/reports?format=xlsx").await.json, "format", "xlsx");
    found(&api.get("/reports?status=completed").await.json, "status", "completed");
    found(&api.get("/reports?type=daily").await.json, "type", "daily");
    let days = api.get("/reports?from=2026-11-20&to=2026-11-21").await.json;
    assert!(
        days["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| ("2026-11-20".."2026-11-22").contains(&text(&row["creationDate"])))
    );
    for query in ["from=2026-11-21&to=2026-11-20", "from=today", "format=pdf", "status=done"] {
        assert_eq!(api.get(&format!("/reports?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn an_unknown_report_is_not_found_and_a_malformed_id_is_refused() {
    let api = Api::start().await;
    let unknown = api.get("/reports/00000000-0000-4000-8000-000000000000").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(api.get("/reports/latest").await.status, StatusCode::BAD_REQUEST);
}
