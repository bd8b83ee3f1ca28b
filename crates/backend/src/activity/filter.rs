//! Which rows of the trail are wanted.

use crate::list::contains;
use serde_json::{Value, json};
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

/// What is asked of the trail; nothing is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who acted.
    pub person: Option<Person>,
    /// What the actions begin with: `order` for `order.placed` and its like. Any of them.
    pub groups: Vec<String>,
    /// A customer's identifier, or part of its name.
    pub customer: Option<String>,
    /// What kind of thing was acted on.
    pub subject_kind: Option<String>,
    /// The first day, in UTC.
    pub from: Option<Date>,
    /// The last day, in UTC.
    pub to: Option<Date>,
    /// Part of anything that a row says.
    pub text: Option<String>,
    /// Only what was tried and not allowed.
    pub denied_only: bool,
}

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// A staff member.
    Staff(Uuid),
    /// Seatboard by itself, or nobody who is known.
    Seatboard,
}

impl Filter {
    pub(super) fn staff_id(&self) -> Option<Uuid> {
        match self.person {
            Some(Person::Staff(id)) => Some(id),
            _ => None,
        }
    }

    pub(super) fn is_of_seatboard(&self) -> bool {
        self.person == Some(Person::Seatboard)
    }

    pub(super) fn groups(&self) -> Option<&[String]> {
        (!self.groups.is_empty()).then_some(&self.groups)
    }

    /// Identifiers are numbers, and a number is looked for among them only.
    pub(super) fn customer_id(&self) -> Option<&str> {
        self.customer.as_deref().filter(|customer| is_number(customer))
    }

    pub(super) fn customer_name(&self) -> Option<String> {
        self.customer.as_deref().filter(|customer| !is_number(customer)).map(contains)
    }

    pub(super) fn begins(&self) -> Option<OffsetDateTime> {
        self.from.map(midnight)
    }

    pub(super) fn ends(&self) -> Option<OffsetDateTime> {
        self.to.and_then(Date::next_day).map(midnight)
    }

    pub(super) fn text_pattern(&self) -> Option<String> {
        self.text.as_deref().map(contains)
    }

    /// What was asked, for the row that says so.
    pub(super) fn facts(&self) -> Value {
        let person = match self.person {
            None => None,
            Some(Person::Staff(id)) => Some(id.to_string()),
            Some(Person::Seatboard) => Some("Seatboard".to_owned()),
        };
        let facts = [
            ("person", person),
            ("actions", self.groups().map(|groups| groups.join(", "))),
            ("customer", self.customer.clone()),
            ("subject kind", self.subject_kind.clone()),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("text", self.text.clone()),
            ("denied only", self.denied_only.then(|| "yes".to_owned())),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect()
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn midnight(day: Date) -> OffsetDateTime {
    day.with_time(Time::MIDNIGHT).assume_utc()
}
