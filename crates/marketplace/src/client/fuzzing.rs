//! Whatever the marketplace, its gateway or a proxy in front answers, reading it ends with a value or an error.

use super::answer::RawAnswer;
use super::call::Call;
use super::connection::presentable_address;
use super::error::refusal;
use crate::json::Json;
use crate::models::{
    Customer, ErrorBody, OrderDetailed, Page, Plan, Product, Report, Reseller, Subscription, TokenInfo,
};
use fuzz::{fuzz, fuzz_text};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

const REFUSALS: [&[u8]; 9] = [
    br#"{"timeStamp":"2026-01-31T12:00:00Z","status":400,"message":"No entity has been found","correlationId":"a8n-1"}"#,
    br#"{"timestamp":"2026-01-31T12:00:00.000+0000","status":500,"error":"Internal Server Error","path":"/orders"}"#,
    br#"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 17 seconds."}"#,
    br#"{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 01:02:03."}"#,
    br#"{"status":500,"message":"There is already an Upgrade/Downgrade Order #CH005810 for the subscription 1000201."}"#,
    b"<html><head><title>504 Gateway Time-out</title></head><body>nginx</body></html>",
    br#"<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code></Error>"#,
    br#""a text""#,
    b"",
];

#[test]
fn refusals() {
    let call = Call::get("order", &["orders", "1"]);
    fuzz("the client's error reader", &REFUSALS, |body| {
        for status in [302, 400, 401, 403, 404, 408, 409, 429, 500, 502, 504, 599] {
            let answer = RawAnswer {
                body: body.to_vec().into(),
                ..RawAnswer::unexplained(StatusCode::from_u16(status).unwrap())
            };
            let error = refusal(&call, &answer);
            assert!(error.message().len() <= 4_096, "people read it");
            let _meaning = (error.outcome(), error.to_string(), error.retry_after());
        }
    });
}

/// Reads it as one of the models; a value that was read can be written.
fn read<T: DeserializeOwned + serde::Serialize>(body: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(body) {
        serde_json::to_vec(&value).unwrap();
    }
}

#[test]
fn answers() {
    let samples: [&[u8]; 7] = [
        br#"{"token":"abc","expiresInSeconds":"1500"}"#,
        br#"{"data":[{"id":"1","name":"Acme","status":"active","resellerId":7}],"pagination":{"offset":0,"limit":1,"total":"2"}}"#,
        br#"{"id":"1","name":"Usage","status":"completed","format":"CSV","downloadUrl":"https://a.example/x?sig=s","creationDate":"2026-01-31T12:00:00Z"}"#,
        br#"{"id":1000201,"orderNumber":"SO1","type":"sales","status":"completed","products":[{"mpn":"A:1","quantity":1.0,"unitPrice":{"amount":"1.25","currency":"USD"}}]}"#,
        br#"{"id":"S1","name":"Suite","status":"active","creationDate":"2026-02-30","renewalDate":"2026-03-01T00:00:00+01:00","subscriptionPeriod":{"type":"months","duration":12}}"#,
        br#"{"mpn":"A:1","name":"Seat","minimumQuantity":1,"maximumQuantity":"300","prices":[{"amount":1e400}]}"#,
        br#"[[[[{"a":[null,true,-0.0,1e-9]}]]]]"#,
    ];
    fuzz("the marketplace's answers", &samples, |body| {
        read::<TokenInfo>(body);
        read::<Page<Customer>>(body);
        read::<Page<Subscription>>(body);
        read::<Page<Product>>(body);
        read::<Page<Plan>>(body);
        read::<Page<Report>>(body);
        read::<Page<Reseller>>(body);
        read::<OrderDetailed>(body);
        read::<Subscription>(body);
        read::<Report>(body);
        read::<ErrorBody>(body);
    });
}

#[test]
fn json_for_the_console() {
    let samples = [
        r#"{"login":"ana","seats":1.0,"parameters":[{"name":"admin_password","value":"x"}]}"#,
        r#"{"downloadUrl":"https://a.example/x?sig=s","token":null,"a":[1e400,"é"]}"#,
        "[",
    ];
    fuzz_text("JSON for the console", &samples, |text| {
        let Ok(json) = Json::parse(text) else { return };
        let shown = json.without_secrets(&["opensesame"]);
        assert!(!shown.to_string().contains("opensesame"));
        let _pretty = shown.pretty();
    });
}

#[test]
fn addresses() {
    let samples =
        ["https://someone:secret@host.example/eu?key=secret#top", "http://[::1]:80/", "host.example/eu?key=1", "//a@b"];
    fuzz_text("addresses", &samples, |text| {
        let shown = presentable_address(text);
        assert!(!shown.contains('#') && !shown.contains('?'), "{shown}");
    });
}
