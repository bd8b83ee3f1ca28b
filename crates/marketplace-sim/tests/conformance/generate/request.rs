//! Calls: what the contract allows to ask, mostly about things that are there, at times about what cannot be.

use super::Choices;
use crate::contract::{Kind, Member, Operation, Place, Shape, Side};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

const TEXTS: [&str; 3] = ["Some text", "us-east", "Ünïcödé ✓"];
const ODD_TEXTS: [&str; 6] = ["", " ", "-1", "4294967296", "a/../b?c#d", "soon"];
const AMOUNTS: [&str; 7] =
    ["9.5", "12", "0", "0.0000000000000000000000000001", "-1", "79228162514264337593543950335", "1e5"];
const NUMBERS: [f64; 9] = [1.0, 2.0, 12.0, 300.0, 0.0, 2.5, 5_001.0, 4_294_967_295.0, 1e18];
const DATES: [&str; 4] = ["2026-11-01", "2027-10-31", "0000-01-01", "9999-12-31"];
const MOMENTS: [&str; 4] =
    ["2026-11-01T00:00:00Z", "2026-12-31T00:00:00.5+01:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];

/// Without these an order is refused before much of it was looked at.
const WANTED: [&str; 7] =
    ["products", "mpn", "quantity", "subscriptionId", "billingPeriod", "subscriptionPeriod", "parameters"];

/// What is there, by the name of the member or parameter that asks for it.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) all: BTreeMap<&'static str, Vec<Value>>,
    /// What belongs together: a subscription, its customer, its product and what was asked when it was ordered.
    pub(crate) together: Vec<BTreeMap<&'static str, Value>>,
}

/// A call that can be shown and sent.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Option<String>,
}

impl Call {
    pub(crate) fn request(&self, base: &str) -> axum::http::request::Builder {
        Request::builder().method(self.method.as_str()).uri(format!("{base}{}", self.path))
    }

    pub(crate) fn body(&self) -> Body {
        self.body.clone().map_or_else(Body::empty, Body::from)
    }
}

/// A call of the operation.
pub(crate) fn call(operation: &Operation, known: &Known, choices: &mut Choices<'_>) -> Call {
    let focus = choices.pick(&known.together);
    let mut maker = Maker { known, focus, choices };
    let mut path = operation.template.clone();
    let mut separator = '?';
    for parameter in &operation.parameters {
        match parameter.place {
            Place::Path => {
                // What is asked for by `/orders/{id}` is known as `orders`.
                let kind = operation.template.split('/').nth(1).unwrap();
                let id = maker.value(kind, &parameter.shape);
                path = path.replace(&format!("{{{}}}", parameter.name), &encoded(&id));
            }
            Place::Query if maker.choices.one_in(3) => {
                let value = maker.value(&parameter.name, &parameter.shape);
                let _ = write!(path, "{separator}{}={}", parameter.name, encoded(&value));
                separator = '&';
            }
            Place::Query | Place::Header => {}
        }
    }
    let body = operation.request.as_ref().map(|body| maker.value("", &body.shape).to_string());
    Call { method: operation.method.to_string(), path, body }
}

struct Maker<'a, 'c> {
    known: &'a Known,
    focus: &'a BTreeMap<&'static str, Value>,
    choices: &'a mut Choices<'c>,
}

impl Maker<'_, '_> {
    fn value(&mut self, name: &str, shape: &Shape) -> Value {
        let is_odd = self.choices.one_in(16);
        if let Some(value) = self.focus.get(name).filter(|_| !is_odd) {
            return value.clone();
        }
        if let Some(values) = self.known.all.get(name).filter(|values| !values.is_empty() && !is_odd) {
            return self.choices.pick(values).clone();
        }
        match &shape.kind {
            Kind::Object(members) => self.object(members),
            Kind::List(item) => (0..[1, 1, 1, 2, 0][self.choices.below(5)]).map(|_| self.value(name, item)).collect(),
            Kind::Dictionary(_) => json!({ "colour": *self.choices.pick(&TEXTS) }),
            Kind::Free => self.choices.pick(&[json!("tarrow.example"), json!({ "a": 1 }), json!(1), json!([])]).clone(),
            Kind::Text { .. } if is_odd => (*self.choices.pick(&ODD_TEXTS)).into(),
            Kind::Text { format, words } => self.text(name, format.as_deref(), words),
            Kind::Integer { wide, .. } => self.integer(*wide),
            Kind::Number => (*self.choices.pick(&NUMBERS)).into(),
            Kind::Boolean => self.choices.one_in(2).into(),
        }
    }

    fn object(&mut self, members: &BTreeMap<String, Member>) -> Value {
        let mut object = Map::new();
        for (name, member) in members.iter().filter(|(_, member)| member.belongs(Side::Request)) {
            let is_wanted = WANTED.contains(&name.as_str());
            let rarity = if is_wanted { 12 } else { 3 };
            if member.required || self.choices.one_in(rarity) != is_wanted {
                object.insert(name.clone(), self.value(name, &member.shape));
            }
        }
        object.into()
    }

    fn text(&mut self, name: &str, format: Option<&str>, words: &[String]) -> Value {
        if !words.is_empty() {
            return self.choices.pick(words).clone().into();
        }
        let texts = match (name, format) {
            (_, Some("date")) => DATES.as_slice(),
            (_, Some("date-time")) => &MOMENTS,
            ("amount" | "value" | "lowerLimit" | "original" | "new", _) => &AMOUNTS,
            _ => &TEXTS,
        };
        (*self.choices.pick(texts)).into()
    }

    fn integer(&mut self, wide: bool) -> Value {
        let small = [1, 3, 12, 0, -1, i64::from(i32::MAX), i64::from(i32::MIN)];
        if wide && self.choices.one_in(4) { i64::MAX.into() } else { (*self.choices.pick(&small)).into() }
    }
}

fn encoded(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
