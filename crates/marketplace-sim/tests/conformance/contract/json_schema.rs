//! From the contract's dialect to JSON Schema, which a library can check.

use super::shape::{Kind, Member, Shape, Side};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Checks values of one side against a shape. Formats are checked, and unknown members are errors.
pub(crate) fn validator(shape: &Shape, side: Side) -> Result<Validator, String> {
    let schema = schema(shape, side);
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options.build(&schema).map_err(|error| error.to_string())
}

fn schema(shape: &Shape, side: Side) -> Value {
    let mut schema = match &shape.kind {
        Kind::Object(members) => object(members, side),
        Kind::Dictionary(value) => json!({ "type": "object", "additionalProperties": self::schema(value, side) }),
        Kind::Free => json!({ "type": "object" }),
        Kind::List(item) => json!({ "type": "array", "items": self::schema(item, side) }),
        Kind::Text { format, words } => text(format.as_deref(), words),
        Kind::Integer { wide, minimum } => integer(*wide, *minimum),
        Kind::Number => json!({ "type": "number" }),
        Kind::Boolean => json!({ "type": "boolean" }),
    };
    if shape.nullable {
        schema["type"] = json!([schema["type"], "null"]);
        if let Some(words) = schema["enum"].as_array_mut() {
            words.push(Value::Null);
        }
    }
    schema
}

/// A member of the other side is refused by a schema of its own, so that it is told apart from one that nobody knows.
fn object(members: &BTreeMap<String, Member>, side: Side) -> Value {
    let property = |member: &Member| if member.belongs(side) { schema(&member.shape, side) } else { json!(false) };
    let properties: Map<_, _> = members.iter().map(|(name, member)| (name.clone(), property(member))).collect();
    let required = members.iter().filter(|(_, member)| member.required && member.belongs(side));
    let required: Vec<_> = required.map(|(name, _)| name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn text(format: Option<&str>, words: &[String]) -> Value {
    let mut schema = json!({ "type": "string" });
    if let Some(format) = format {
        schema["format"] = json!(format);
    }
    if !words.is_empty() {
        schema["enum"] = json!(words);
    }
    schema
}

fn integer(wide: bool, minimum: Option<i64>) -> Value {
    let (least, most) = if wide { (i64::MIN, i64::MAX) } else { (i32::MIN.into(), i32::MAX.into()) };
    json!({ "type": "integer", "minimum": minimum.unwrap_or(least), "maximum": most })
}
