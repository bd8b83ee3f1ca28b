//! Which members of the contract's schemas were exchanged at all.

use crate::contract::{Contract, Kind, Shape, Side};
use crate::record::Exchange;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many members were exchanged of those declared, for each side. Members of the same path count once, whatever the
/// operation; of what was never exchanged only the outermost is named.
pub(crate) fn coverage(contract: &Contract, base: &str, exchanges: &[Exchange]) -> String {
    let sides = [Side::Request, Side::Answer].map(|side| {
        let declared = declared(contract, side);
        let mut seen = BTreeSet::new();
        for exchange in exchanges {
            let path = exchange.uri.path();
            let operation = contract.find(&exchange.method, path.strip_prefix(base).unwrap_or(path));
            let body = if side == Side::Request { &exchange.body } else { &exchange.answer };
            if let (Some(_), Ok(json)) = (operation, serde_json::from_slice(body)) {
                exchanged("", &json, &mut seen);
            }
        }
        let never: Vec<_> = declared.difference(&seen).map(String::as_str).collect();
        let is_outermost = |path: &&str| path.rsplit_once('.').is_none_or(|(parent, _)| !never.contains(&parent));
        let outermost: Vec<_> = never.iter().copied().filter(is_outermost).collect();
        let some = declared.len() - never.len();
        format!("{side:?}s: {some} of {} members exchanged. Never: {}.", declared.len(), outermost.join(", "))
    });
    sides.join("\n")
}

fn declared(contract: &Contract, side: Side) -> BTreeSet<String> {
    let mut declared = BTreeSet::new();
    for operation in &contract.operations {
        let body = if side == Side::Request { operation.request.as_ref() } else { Some(&operation.answer) };
        if let Some(body) = body {
            walk("", &body.shape, side, &mut declared);
        }
    }
    declared
}

fn walk(place: &str, shape: &Shape, side: Side, into: &mut BTreeSet<String>) {
    match &shape.kind {
        Kind::Object(members) => {
            for (name, member) in members.iter().filter(|(_, member)| member.belongs(side)) {
                let place = below(place, name);
                walk(&place, &member.shape, side, into);
                into.insert(place);
            }
        }
        Kind::List(item) => walk(place, item, side, into),
        _ => {}
    }
}

/// The members of a value, as paths.
pub(crate) fn members_of(json: &Value) -> BTreeSet<String> {
    let mut members = BTreeSet::new();
    exchanged("", json, &mut members);
    members
}

fn exchanged(place: &str, json: &Value, into: &mut BTreeSet<String>) {
    match json {
        Value::Array(items) => items.iter().for_each(|item| exchanged(place, item, into)),
        Value::Object(members) => {
            for (name, value) in members {
                let place = below(place, name);
                exchanged(&place, value, into);
                into.insert(place);
            }
        }
        _ => {}
    }
}

/// The rows of a list stand for themselves.
fn below(place: &str, name: &str) -> String {
    match place {
        "" | "data" => name.to_owned(),
        place => format!("{place}.{name}"),
    }
}
