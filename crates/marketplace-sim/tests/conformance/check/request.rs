//! Requests: path, query, headers, body.

use super::{Fault, Findings, Violation};
use crate::contract::{Kind, Operation, Parameter, Place, Side};
use crate::record::Exchange;
use axum::extract::Query;
use axum::http::header::AUTHORIZATION;
use serde_json::Value;

/// The header by which the gateway tells its callers apart.
const KEY: &str = "X-Subscription-Key";

/// Checks the request of an exchange.
pub(super) fn check(operation: &Operation, path: &str, exchange: &Exchange) -> Vec<Violation> {
    let mut findings = Findings::of(operation, Side::Request);
    for (name, value) in operation.values_in(path).unwrap_or_default() {
        findings.check_parameter(operation, Place::Path, name, value);
    }
    let query: Query<Vec<(String, String)>> = Query::try_from_uri(&exchange.uri).unwrap();
    for (name, value) in &query.0 {
        findings.check_parameter(operation, Place::Query, name, value);
    }
    findings.check_headers(operation, exchange);
    findings.check_body(operation.request.as_ref(), &exchange.headers, &exchange.body);
    findings.violations
}

impl Findings<'_> {
    fn check_parameter(&mut self, operation: &Operation, place: Place, name: &str, value: &str) {
        let at = format!("{} {name}", place_name(place));
        match declared(operation, place, name) {
            Some(parameter) => self.check_value(&at, &parameter.validator, &typed(parameter, value)),
            None => self.add(at, Fault::Undeclared, "the operation has no such parameter"),
        }
    }

    fn check_headers(&mut self, operation: &Operation, exchange: &Exchange) {
        for parameter in operation.parameters.iter().filter(|parameter| parameter.place == Place::Header) {
            let sent = exchange.headers.get(&parameter.name).and_then(|value| value.to_str().ok());
            if parameter.required && sent.is_none_or(str::is_empty) {
                self.add(format!("header {}", parameter.name), Fault::Missing, "the operation demands it");
            }
        }
        if exchange.headers.contains_key(KEY) && declared(operation, Place::Header, KEY).is_none() {
            self.add(format!("header {KEY}"), Fault::Undeclared, "the operation does not declare it");
        }
        self.check_authorization(operation, exchange);
    }

    fn check_authorization(&mut self, operation: &Operation, exchange: &Exchange) {
        let at = "header Authorization";
        let sent = exchange.headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap().to_lowercase());
        match (&operation.security, sent) {
            (None, None) => {}
            (None, Some(_)) => self.add(at, Fault::Undeclared, "the operation declares no security"),
            (Some(scheme), None) => self.add(at, Fault::Missing, format!("the operation demands {scheme}")),
            (Some(scheme), Some(sent)) => {
                let credentials = sent.strip_prefix(scheme.as_str()).and_then(|rest| rest.strip_prefix(' '));
                if credentials.is_none_or(str::is_empty) {
                    self.add(at, Fault::Word, format!("the operation demands {scheme}"));
                }
            }
        }
    }
}

fn declared<'a>(operation: &'a Operation, place: Place, name: &str) -> Option<&'a Parameter> {
    operation.parameters.iter().find(|parameter| parameter.place == place && parameter.name.eq_ignore_ascii_case(name))
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    }
}

/// What the text of a parameter stands for.
fn typed(parameter: &Parameter, text: &str) -> Value {
    let number = match parameter.shape.kind {
        Kind::Integer { .. } => text.parse::<i64>().ok().map(Value::from),
        _ => None,
    };
    number.unwrap_or_else(|| Value::from(text))
}
