//! Which members of the contract's schemas were exchanged at all.

use crate::contract::{Body, Contract, Kind, Shape, Side};
use crate::record::Exchange;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many members were seen of those declared, for each side, and which were not.
pub(crate) fn coverage(contract: &Contract, base: &str, exchanges: &[Exchange]) -> String {
    let mut text = String::new();
    for side in [Side::Request, Side::Answer] {
        let (mut declared, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for operation in &contract.operations {
            let body = match side {
                Side::Request => operation.request.as_ref(),
                Side::Answer => Some(&operation.answer),
            };
            if let Some(body) = body {
                members(&operation.id, body, side, &mut declared);
            }
        }
        for exchange in exchanges {
            let path = exchange.uri.path();
            let operation = contract.find(&exchange.method, path.strip_prefix(base).unwrap_or(path));
            let body = if side == Side::Request { &exchange.body } else { &exchange.answer };
            if let (Some(operation), Ok(json)) = (operation, serde_json::from_slice(body)) {
                exchanged(&operation.id, &json, &mut seen);
            }
        }
        let never: Vec<_> = declared.difference(&seen).map(String::as_str).collect();
        let some = declared.len() - never.len();
        text += &format!("{side:?}s: {some} of {} members exchanged. Never: {}\n", declared.len(), never.join(" "));
    }
    text
}

fn members(operation: &str, body: &Body, side: Side, into: &mut BTreeSet<String>) {
    walk(operation, &body.shape, side, into);
}

fn walk(place: &str, shape: &Shape, side: Side, into: &mut BTreeSet<String>) {
    match &shape.kind {
        Kind::Object(members) => {
            for (name, member) in members.iter().filter(|(_, member)| member.belongs(side)) {
                let place = format!("{place}.{name}");
                walk(&place, &member.shape, side, into);
                into.insert(place);
            }
        }
        Kind::List(item) => walk(place, item, side, into),
        _ => {}
    }
}

fn exchanged(place: &str, json: &Value, into: &mut BTreeSet<String>) {
    match json {
        Value::Array(items) => items.iter().for_each(|item| exchanged(place, item, into)),
        Value::Object(members) => {
            for (name, value) in members {
                let place = format!("{place}.{name}");
                exchanged(&place, value, into);
                into.insert(place);
            }
        }
        _ => {}
    }
}
