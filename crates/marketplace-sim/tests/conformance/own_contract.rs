//! The checker itself, with a small contract of its own: it finds what it is there to find.

use crate::check::{Fault, check};
use crate::contract::Contract;
use crate::record::Exchange;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

const CONTRACT: &str = "
paths:
  /things/{id}:
    patch:
      operationId: changeThing
      parameters:
      - {name: X-Subscription-Key, in: header, required: true, schema: {type: string}}
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: page, in: query, schema: {type: integer, minimum: 0}}
      - name: state
        in: query
        description: |-
          One of:
            * `open`
            * `shut`
        schema: {type: string}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        default:
          headers: {X-Correlation-ID: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      security: [{Bearer: []}]
  /things/all:
    get:
      operationId: listThings
      responses:
        default: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}
components:
  securitySchemes: {Bearer: {type: http, scheme: bearer}}
  schemas:
    Named:
      required: [name]
      type: object
      properties: {name: {type: string}, made: {type: string, format: date-time}}
    Secret: {type: object, writeOnly: true, properties: {word: {type: string}}}
    Thing:
      type: object
      allOf:
      - $ref: '#/components/schemas/Named'
      - required: [id]
        type: object
        properties:
          id: {type: string, readOnly: true}
          name: {type: string}
          secret: {$ref: '#/components/schemas/Secret'}
          count: {type: integer, format: int32}
          kind: {type: string, enum: [round, square], nullable: true}
          colours: {type: object, additionalProperties: {type: string}}
";

fn contract() -> Contract {
    Contract::from_yaml(CONTRACT).unwrap()
}

fn headers(headers: &[(&'static str, &'static str)]) -> HeaderMap {
    let parsed = headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    parsed.collect()
}

/// A call that the contract allows, with everything in it.
fn exchange() -> Exchange {
    let sent = json!({ "name": "a", "secret": { "word": "b" }, "count": 1, "kind": null, "colours": { "top": "red" } });
    let answered = json!({ "id": "1", "name": "a", "made": "2026-01-31T12:00:00Z", "kind": "round" });
    Exchange {
        method: Method::PATCH,
        uri: "/base/things/1?page=0&state=shut".parse().unwrap(),
        headers: headers(&[
            ("x-subscription-key", "key"),
            ("authorization", "Bearer token"),
            ("content-type", "application/json"),
        ]),
        body: sent.to_string().into(),
        status: StatusCode::OK,
        answer_headers: headers(&[("x-correlation-id", "a"), ("content-type", "application/json")]),
        answer: answered.to_string().into(),
    }
}

fn violations(exchange: &Exchange) -> Vec<(String, Fault)> {
    let checked = check(&contract(), "/base", exchange);
    checked.violations.into_iter().map(|violation| (violation.at, violation.fault)).collect()
}

fn sent(body: &Value) -> Vec<(String, Fault)> {
    violations(&Exchange { body: body.to_string().into(), ..exchange() })
}

fn answered(body: &Value) -> Vec<(String, Fault)> {
    violations(&Exchange { answer: body.to_string().into(), ..exchange() })
}

fn only(at: &str, fault: Fault) -> Vec<(String, Fault)> {
    vec![(at.to_owned(), fault)]
}

#[test]
fn what_the_contract_allows_is_allowed() {
    assert_eq!(violations(&exchange()), []);
}

#[test]
fn what_a_request_may_not_say_is_found() {
    assert_eq!(sent(&json!({ "name": "a", "nmae": "b" })), only("/nmae", Fault::Undeclared));
    assert_eq!(sent(&json!({ "count": 1 })), only("/name", Fault::Missing));
    assert_eq!(sent(&json!({ "name": "a", "id": "1" })), only("/id", Fault::WrongSide));
    assert_eq!(sent(&json!({ "name": "a", "count": "1" })), only("/count", Fault::Type));
    assert_eq!(sent(&json!({ "name": "a", "count": 3_000_000_000_i64 })), only("/count", Fault::Other));
    assert_eq!(sent(&json!({ "name": "a", "colours": { "top": 1 } })), only("/colours/top", Fault::Type));
    assert_eq!(violations(&Exchange { body: "<p>".into(), ..exchange() }), only("/", Fault::Type));
}

#[test]
fn what_an_answer_may_not_say_is_found() {
    assert_eq!(answered(&json!({ "name": "a" })), only("/id", Fault::Missing));
    let secret = json!({ "id": "1", "name": "a", "secret": { "word": "b" } });
    assert_eq!(answered(&secret), only("/secret", Fault::WrongSide));
    assert_eq!(answered(&json!({ "id": "1", "name": "a", "kind": "ROUND" })), only("/kind", Fault::Word));
    assert_eq!(answered(&json!({ "id": "1", "name": "a", "made": "today" })), only("/made", Fault::Format));
    let plain = headers(&[("content-type", "text/html")]);
    let all_wrong =
        [("header X-Correlation-ID".to_owned(), Fault::Missing), ("header Content-Type".to_owned(), Fault::Word)];
    assert_eq!(violations(&Exchange { answer_headers: plain, ..exchange() }), all_wrong);
}

#[test]
fn parameters_are_checked_by_name_and_by_value() {
    let asked = |uri: &str| violations(&Exchange { uri: uri.parse().unwrap(), ..exchange() });
    assert_eq!(asked("/base/things/1?pgae=1"), only("query pgae", Fault::Undeclared));
    assert_eq!(asked("/base/things/1?page=one"), only("query page", Fault::Type));
    assert_eq!(asked("/base/things/1?page=-1"), only("query page", Fault::Other));
    assert_eq!(asked("/base/things/1?state=ajar"), only("query state", Fault::Word));
    assert_eq!(asked("/base/thing/1"), only("path PATCH /thing/1", Fault::Undeclared));
    let method = Method::DELETE;
    assert_eq!(violations(&Exchange { method, ..exchange() }), only("path DELETE /things/1", Fault::Undeclared));
}

#[test]
fn key_and_token_are_demanded_where_they_are_declared_and_only_there() {
    let without = |name: &str| {
        let mut exchange = exchange();
        exchange.headers.remove(name);
        violations(&exchange)
    };
    assert_eq!(without("x-subscription-key"), only("header X-Subscription-Key", Fault::Missing));
    assert_eq!(without("authorization"), only("header Authorization", Fault::Missing));
    let mut basic = exchange();
    basic.headers.insert("authorization", HeaderValue::from_static("Basic dTpw"));
    assert_eq!(violations(&basic), only("header Authorization", Fault::Word));
    let list = Exchange {
        method: Method::GET,
        uri: "/base/things/all".parse().unwrap(),
        body: "{}".into(),
        answer: "[]".into(),
        ..exchange()
    };
    let undeclared = ["header X-Subscription-Key", "header Authorization", "/"];
    assert_eq!(violations(&list), undeclared.map(|at| (at.to_owned(), Fault::Undeclared)));
}

#[test]
fn refusals_are_not_held_against_the_contract() {
    let refused = Exchange { status: StatusCode::BAD_REQUEST, answer: r#"{"message":"no"}"#.into(), ..exchange() };
    let checked = check(&contract(), "/base", &refused);
    assert!(!checked.with_answer && checked.violations.is_empty(), "{checked:?}");
}

#[test]
fn a_contract_that_is_not_understood_is_refused() {
    for (known, other) in [("nullable", "pattern"), ("int32", "int16"), ("'#/components/schemas/Named'", "'#/nowhere'")]
    {
        let contract = CONTRACT.replace(known, other);
        assert!(Contract::from_yaml(&contract).is_err(), "{other}");
    }
}
