//! The filter of the trail: in an address, and as a form.

use super::words::{GROUPS, SUBJECTS};
use crate::paths;
use crate::ui::{Field, FilterForm, SelectField};
use crate::url::{Query, day};
use backend::activity::{Filter, Person};
use leptos::prelude::*;

/// The fields of the filter.
pub(super) const FIELDS: &[&str] = &["person", "actions", "customer", "about", "from", "to", "text", "denied"];

/// Everything done by Seatboard itself, in the field `person`.
const SEATBOARD: &str = "seatboard";

/// The filter that the query of an address asks for.
pub fn filter(query: &str) -> Filter {
    read(&Query::parse(query))
}

/// The same, of a query that was read already. What cannot be read filters nothing.
pub(super) fn read(query: &Query) -> Filter {
    // Postgres keeps no NUL, so nothing contains one.
    let text = |name: &str| query.get(name).map(|text| text.replace('\0', "\u{1}"));
    let person = query.get("person").and_then(|person| match person {
        SEATBOARD => Some(Person::Seatboard),
        id => id.parse().ok().map(Person::Staff),
    });
    let group = GROUPS.iter().find(|(value, ..)| query.get("actions") == Some(value));
    let begins = group.map_or(&[][..], |(_, _, begins)| begins);
    Filter {
        person,
        groups: begins.iter().map(|begin| (*begin).to_owned()).collect(),
        customer: text("customer"),
        subject_kind: text("about"),
        from: query.get("from").and_then(day),
        to: query.get("to").and_then(day),
        text: text("text"),
        denied_only: query.get("denied") == Some("only"),
    }
}

/// The form; `people` are each staff member's identifier and name.
#[component]
pub(super) fn Filters(query: Query, people: Vec<(String, String)>) -> impl IntoView {
    let value = |name: &str| query.get(name).map(ToOwned::to_owned);
    let (person, actions, customer, about) = (value("person"), value("actions"), value("customer"), value("about"));
    let (from, to, text, denied) = (value("from"), value("to"), value("text"), value("denied"));
    let owned = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let nobody_else = [owned("", "Anybody"), owned(SEATBOARD, "Seatboard itself")];
    let people: Vec<_> = nobody_else.into_iter().chain(people).collect();
    let groups = GROUPS.iter().map(|(value, words, _)| owned(value, words));
    let groups: Vec<_> = [owned("", "Any action")].into_iter().chain(groups).collect();
    let subjects = SUBJECTS.iter().map(|(value, words)| owned(value, words));
    let subjects: Vec<_> = [owned("", "Anything")].into_iter().chain(subjects).collect();
    let allowed = vec![owned("", "Done and denied"), owned("only", "Denied only")];
    view! {
        <FilterForm path=paths::ACTIVITY query fields=FIELDS>
            <Field name="text" label="Search" kind="search" value=text/>
            <Field name="customer" label="Customer" kind="search" value=customer/>
            <SelectField name="person" label="Who" options=people value=person/>
            <SelectField name="actions" label="What" options=groups value=actions/>
            <SelectField name="about" label="About" options=subjects value=about/>
            <SelectField name="denied" label="Attempts" options=allowed value=denied/>
            <Field name="from" label="From (UTC)" kind="date" value=from/>
            <Field name="to" label="Until (UTC)" kind="date" value=to/>
        </FilterForm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    #[test]
    fn an_address_says_what_is_looked_for() {
        let asked = filter(
            "person=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&actions=customers&customer=+7+&about=order&from=2026-03-01\
             &to=2026-03-31&text=a%26b&denied=only&before=12",
        );
        let expected = Filter {
            person: Some(Person::Staff(Uuid::from_u128(0x6f3c_1f0e_64a5_4f0e_9d8e_6f1f_4b0f_9d11))),
            groups: vec!["customer".to_owned(), "customers".to_owned()],
            customer: Some("7".to_owned()),
            subject_kind: Some("order".to_owned()),
            from: Some(date!(2026 - 03 - 01)),
            to: Some(date!(2026 - 03 - 31)),
            text: Some("a&b".to_owned()),
            denied_only: true,
        };
        assert_eq!(asked, expected);
    }

    #[test]
    fn what_cannot_be_read_filters_nothing() {
        let asked = filter("person=x&actions=x&customer=&from=yesterday&to=31.3.2026&denied=x");
        assert_eq!(asked, Filter::default());
        assert_eq!(filter("person=seatboard").person, Some(Person::Seatboard));
        assert!(!filter("text=a%00b").text.unwrap_or_default().contains('\0'));
    }
}
