//! Answers: what the contract allows, to the letter or in all the spellings that the real service is likely to use.

use super::Choices;
use crate::contract::{Kind, Looks, Member, Shape, Side};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const DATES: [&str; 4] = ["2026-01-31", "2020-02-29", "9999-12-31", "2026-01-31T00:00:00Z"];
const MOMENTS: [&str; 7] = [
    "2021-10-14T17:46:10Z",
    "2021-10-14T17:46:10.123Z",
    "2021-10-14T17:46:10+02:00",
    "2021-10-14T17:46:10.123+0000",
    "2021-10-14 17:46:10+00:00",
    "2021-10-14T17:46:10",
    "2021-10-14",
];
const AMOUNTS: [&str; 7] = ["70.5", "0", "7.50", "-22.1", "5000.0", "0.00001", "123456789.123456"];
/// What stands where the contract leaves the words open.
pub(crate) const ANY_TEXT: &str = "Some text";
const TEXTS: [&str; 6] = [ANY_TEXT, "", " ", "Ünïcödé ✓ \"quoted\"", "0", "null"];
const IDS: [&str; 4] = ["1000201", "7", "sku-CSA-0II8MXB", "f40c942d-ebec-41b9-b604-5ed9ffb6d4f2"];

/// How closely an answer follows the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Listed members and words only, nothing empty, nothing `null`.
    Literal,
    /// Numbers as text and text as numbers, members missing, `null` or unheard of, other words.
    Loose,
}

/// A value of the shape. The members in `demanded` are there in the object itself, or in each row of its list.
pub(crate) fn answer(shape: &Shape, manner: Manner, demanded: &[&str], choices: &mut Choices<'_>) -> Value {
    Maker { is_loose: manner == Manner::Loose, demanded, choices }.value("", shape)
}

struct Maker<'a, 'c> {
    is_loose: bool,
    demanded: &'a [&'a str],
    choices: &'a mut Choices<'c>,
}

impl Maker<'_, '_> {
    fn value(&mut self, name: &str, shape: &Shape) -> Value {
        let fewest = usize::from(!self.is_loose);
        match &shape.kind {
            Kind::Object(members) => self.object(name, members),
            Kind::List(item) => (0..fewest + self.choices.below(2)).map(|_| self.value(name, item)).collect(),
            Kind::Dictionary(value) => {
                let names = ["PONumber", "colour"].into_iter().take(fewest + self.choices.below(2));
                names.map(|name| (name.to_owned(), self.value(name, value))).collect::<Map<_, _>>().into()
            }
            Kind::Free => self.anything(name),
            Kind::Text { format, words } => self.text(name, format.as_deref(), words, shape.looks),
            Kind::Integer { wide, .. } if is_id(name) => self.number_of_id(*wide),
            Kind::Integer { .. } if !self.is_loose => (*self.choices.pick(&[1, 10, i32::MAX])).into(),
            Kind::Integer { wide, .. } => self.integer(*wide),
            Kind::Number => self.number(),
            Kind::Boolean => self.choices.one_in(2).into(),
        }
    }

    fn object(&mut self, place: &str, members: &BTreeMap<String, Member>) -> Value {
        let mut object = Map::new();
        for (name, member) in members {
            // Some write-only members are known to come back.
            if !self.is_loose && !member.belongs(Side::Answer) {
                continue;
            }
            // Half a period is none, whatever the contract says.
            let is_half =
                !self.is_loose && members.contains_key("duration") && matches!(name.as_str(), "type" | "duration");
            let must =
                member.required || is_half || (matches!(place, "" | "data") && self.demanded.contains(&name.as_str()));
            match self.choices.below(6) {
                0 | 1 if !must => {}
                2 if !must && self.is_loose => drop(object.insert(name.clone(), Value::Null)),
                _ => drop(object.insert(name.clone(), self.value(name, &member.shape))),
            }
        }
        if self.is_loose && self.choices.one_in(5) {
            object.insert("somethingNew".into(), json!({ "of": ["no", null, 1.5] }));
        }
        object.into()
    }

    fn text(&mut self, name: &str, format: Option<&str>, words: &[String], looks: Option<Looks>) -> Value {
        if !words.is_empty() {
            let word = self.choices.pick(words).clone();
            return match self.choices.below(if self.is_loose { 6 } else { 1 }) {
                4 => word.to_uppercase().into(),
                5 => "unheard_of".into(),
                _ => word.into(),
            };
        }
        match (format, looks) {
            (Some("date"), _) | (_, Some(Looks::Date)) => (*self.choices.pick(&DATES)).into(),
            (Some("date-time"), _) => (*self.choices.pick(&MOMENTS)).into(),
            (Some(_), _) => IDS[3].into(),
            _ if is_id(name) && self.choices.one_in(3) => self.number_of_id(true),
            _ if is_id(name) => (*self.choices.pick(&IDS)).into(),
            _ if name == "currency" => (*self.choices.pick(&["USD", "EUR", "aud"])).into(),
            (None, Some(Looks::Number)) => self.amount(),
            (None, None) if !self.is_loose => ANY_TEXT.into(),
            (None, None) if self.choices.one_in(8) => self.choices.below(100_000).into(),
            (None, None) => (*self.choices.pick(&TEXTS)).into(),
        }
    }

    /// In quotation marks, as the contract says, or not.
    fn amount(&mut self) -> Value {
        let amount = *self.choices.pick(&AMOUNTS);
        if self.choices.one_in(3) { serde_json::from_str(amount).unwrap() } else { amount.into() }
    }

    fn number_of_id(&mut self, wide: bool) -> Value {
        let ids = [1_000_201, 0, i32::MAX.into(), if wide { i64::MAX } else { 1 }];
        (*self.choices.pick(&ids)).into()
    }

    /// Also as `1.0` and as text.
    fn integer(&mut self, wide: bool) -> Value {
        let small = [1, 0, 10, -1, i64::from(i32::MAX), i64::from(i32::MIN)];
        let large = [1_500, 0, -1, i64::MAX, i64::MIN];
        let number = if wide { *self.choices.pick(&large) } else { *self.choices.pick(&small) };
        match (self.choices.below(6), i32::try_from(number)) {
            (4, Ok(small)) => f64::from(small).into(),
            (5, _) => number.to_string().into(),
            _ => number.into(),
        }
    }

    fn number(&mut self) -> Value {
        let numbers =
            [json!(5.0), json!(10), json!(0.5), json!(-2.25), json!(1e-7), json!(1_234_567.891), json!("2.0")];
        self.choices.pick(&numbers).clone()
    }

    /// What is called `value` is an object in the contract and anything in its own words.
    fn anything(&mut self, name: &str) -> Value {
        let object = json!({ "attestation_accepted": true, "none": null });
        let values = [object.clone(), json!("example.org"), json!(12), json!(1.5), json!(true), json!(["a", 1, null])];
        if name == "value" { self.choices.pick(&values).clone() } else { object }
    }
}

/// Accounts that sell and buy are named by integers, as are a few plans and subscriptions.
fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("Id")
}
