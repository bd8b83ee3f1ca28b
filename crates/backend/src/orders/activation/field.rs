//! One activation parameter, as a form asks for it and as it is sent.

use marketplace::models::{Parameter, ParameterValue, ValidationResult};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A field for an activation parameter, or for one member of a structured one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterField {
    /// The parameter; case matters.
    pub name: String,
    /// The member of its structured value; `None` where the value is simple.
    pub member: Option<String>,
    /// How it is entered.
    pub kind: FieldKind,
    /// The marketplace refuses the order without it.
    pub required: bool,
    /// The only values allowed, each with what people read; empty allows any.
    pub choices: Vec<(String, String)>,
    /// As entered; of a checkbox `true` or empty.
    pub value: String,
    /// What the marketplace said of a value it accepted.
    pub note: Option<String>,
    /// Why the value entered was refused.
    pub error: Option<String>,
    /// It was asked for, and what was entered is accepted.
    pub(super) accepted: bool,
}

/// How a parameter is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// One of the choices.
    Choice,
    /// Yes or no.
    Checkbox,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
    /// A domain name, or the first part of one.
    Domain,
    /// Never shown again.
    Password,
}

/// What a checkbox holds when it is checked.
const CHECKED: &str = "true";

impl ParameterField {
    /// Takes what was entered. A password that was left empty stays as it was: it is never shown to be left alone.
    pub(super) fn enter(&mut self, value: &str) {
        if self.kind != FieldKind::Password || !value.is_empty() {
            value.trim().clone_into(&mut self.value);
        }
        self.error = None;
    }

    /// Whether the box is checked.
    pub fn is_checked(&self) -> bool {
        self.value == CHECKED
    }

    fn is_of(&self, other: &Self) -> bool {
        (&self.name, &self.member) == (&other.name, &other.member)
    }

    fn json(&self) -> Value {
        if self.kind == FieldKind::Checkbox { Value::Bool(self.is_checked()) } else { json!(self.value) }
    }
}

/// The fields as the marketplace takes them. Simple parameters that were left empty are left out.
pub(super) fn values(fields: &[ParameterField]) -> Vec<ParameterValue> {
    let mut values: Vec<ParameterValue> = Vec::new();
    for field in fields {
        match &field.member {
            None if field.value.is_empty() => {}
            None => values.push(ParameterValue::new(field.name.as_str(), field.json())),
            Some(member) => {
                let known = values.iter().position(|value| value.name == field.name);
                let at = known.unwrap_or_else(|| {
                    values.push(ParameterValue { name: field.name.clone(), ..ParameterValue::default() });
                    values.len() - 1
                });
                let object = values[at].structured_value.get_or_insert_with(|| Value::Object(Map::new()));
                object[member] = field.json();
            }
        }
    }
    values
}

/// The fields after a round, from those before it and the marketplace's answer.
///
/// What was not asked before is a question, not a mistake: it has no error yet and is not settled, whatever the answer
/// says. A field that the answer leaves out has nothing against it (assumed).
pub(super) fn after_round(before: Vec<ParameterField>, answer: &[Parameter]) -> Vec<ParameterField> {
    let is_answered = |field: &ParameterField| answer.iter().any(|one| one.name.as_deref() == Some(&field.name));
    let (answered, others): (Vec<_>, Vec<_>) = before.into_iter().partition(is_answered);
    let others = others.into_iter().map(|field| ParameterField { accepted: true, error: None, ..field });
    let asked_when_ordering = |parameter: &&Parameter| parameter.phase.as_deref() != Some("fulfillment");
    let fields = answer.iter().filter(asked_when_ordering).flat_map(fields_of);
    let fields = fields.map(|field| match answered.iter().find(|earlier| earlier.is_of(&field)) {
        Some(earlier) => ParameterField {
            required: earlier.required,
            value: if earlier.value.is_empty() { String::new() } else { settled_value(earlier, &field) },
            kind: earlier.kind,
            ..field
        },
        None => ParameterField { required: field.error.is_some(), error: None, note: None, accepted: false, ..field },
    });
    others.chain(fields).collect()
}

/// The marketplace may write an accepted value differently; a refused one stays as it was typed.
fn settled_value(entered: &ParameterField, answer: &ParameterField) -> String {
    let rewritten = answer.accepted && entered.member.is_none() && entered.kind == FieldKind::Text;
    if rewritten && !answer.value.is_empty() { answer.value.clone() } else { entered.value.clone() }
}

fn fields_of(parameter: &Parameter) -> Vec<ParameterField> {
    let Some(name) = parameter.name.clone() else { return Vec::new() };
    let refused = parameter.result == Some(ValidationResult::Error);
    let reason = || parameter.value_error.clone().or_else(|| parameter.message.clone());
    let told = reason().unwrap_or_else(|| "The marketplace does not accept this".to_owned());
    let one = |member: Option<String>, kind, value| ParameterField {
        name: name.clone(),
        member,
        kind,
        required: refused,
        choices: choices(parameter),
        value,
        note: parameter.message.clone().filter(|_| !refused),
        error: refused.then(|| told.clone()),
        accepted: !refused,
    };
    match members(parameter) {
        Some(members) => members
            .into_iter()
            .map(|(member, value)| match value {
                Value::Bool(checked) => one(Some(member), FieldKind::Checkbox, checked_text(checked)),
                Value::String(text) => one(Some(member), FieldKind::Text, text),
                Value::Null => one(Some(member), FieldKind::Text, String::new()),
                other => one(Some(member), FieldKind::Text, other.to_string()),
            })
            .collect(),
        None => {
            vec![one(None, kind(parameter), parameter.value.clone().or_else(|| default(parameter)).unwrap_or_default())]
        }
    }
}

/// The members of a structured parameter. The marketplace names them; for the partner's attestation, of which it may not,
/// the vendor's documentation does.
fn members(parameter: &Parameter) -> Option<Map<String, Value>> {
    if let Some(Value::Object(members)) = &parameter.structured_value
        && !members.is_empty()
    {
        return Some(members.clone());
    }
    let is_attestation = parameter.name.as_deref() == Some("partner_on_record_attestation_accepted");
    is_attestation.then(|| Map::from_iter([("attestation_accepted".to_owned(), Value::Bool(false))]))
}

fn kind(parameter: &Parameter) -> FieldKind {
    match parameter.kind.as_deref().unwrap_or_default() {
        _ if !parameter.value_choices.is_empty() => FieldKind::Choice,
        "checkbox" | "boolean" => FieldKind::Checkbox,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "url" => FieldKind::Url,
        "domain" | "subdomain" => FieldKind::Domain,
        "password" => FieldKind::Password,
        _ => FieldKind::Text,
    }
}

fn choices(parameter: &Parameter) -> Vec<(String, String)> {
    let choices = parameter.value_choices.iter();
    choices.filter_map(|one| Some((one.value.clone()?, one.label.clone().or_else(|| one.value.clone())?))).collect()
}

fn default(parameter: &Parameter) -> Option<String> {
    parameter.value_choices.iter().find(|choice| choice.default == Some(true))?.value.clone()
}

fn checked_text(checked: bool) -> String {
    if checked { CHECKED.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(parameters: &Value) -> Vec<Parameter> {
        serde_json::from_value(parameters.clone()).unwrap()
    }

    #[test]
    fn what_is_asked_first_is_a_question_and_not_a_mistake() {
        let listed = answer(&json!([
            { "name": "mail", "result": "error", "valueError": "A value is required.", "type": "email" },
            { "name": "note", "result": "success" },
            { "name": "later", "result": "error", "phase": "fulfillment" },
        ]));
        let fields = after_round(Vec::new(), &listed);
        let told: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.kind, field.required)).collect();
        assert_eq!(told, [("mail", FieldKind::Email, true), ("note", FieldKind::Text, false)]);
        assert!(fields.iter().all(|field| field.error.is_none() && !field.accepted));
    }

    #[test]
    fn a_refused_value_stays_with_its_reason_and_a_new_question_has_none() {
        let mut fields = after_round(Vec::new(), &answer(&json!([{ "name": "a", "result": "error" }])));
        fields[0].enter(" x ");
        let second = answer(&json!([
            { "name": "a", "result": "error", "message": "No." },
            { "name": "b", "result": "error", "message": "Required." },
        ]));
        let fields = after_round(fields, &second);
        assert_eq!((fields[0].value.as_str(), fields[0].error.as_deref()), ("x", Some("No.")));
        assert_eq!((fields[1].error.as_deref(), fields[1].required), (None, true));
    }

    #[test]
    fn an_attestation_is_a_checkbox_that_sends_a_structured_value() {
        let name = "partner_on_record_attestation_accepted";
        let mut fields =
            after_round(Vec::new(), &answer(&json!([{ "name": name, "type": "object", "result": "error" }])));
        assert_eq!(fields[0].kind, FieldKind::Checkbox);
        fields[0].enter("true");
        let sent = serde_json::to_value(values(&fields)).unwrap();
        assert_eq!(sent, json!([{ "name": name, "structured_value": { "attestation_accepted": true } }]));
    }

    #[test]
    fn a_password_left_empty_stays_as_it_was() {
        let listed = answer(&json!([{ "name": "admin_password", "type": "password", "result": "error" }]));
        let mut fields = after_round(Vec::new(), &listed);
        fields[0].enter("secret");
        fields[0].enter("");
        assert_eq!(fields[0].value, "secret");
    }
}
