//! The contract's schemas, understood: references followed, compositions merged into one list of members.

use serde_json::Value;
use std::collections::BTreeMap;

/// Which half of a call a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    Request,
    Answer,
}

/// What a value has to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
    /// Text whose example is a number, as amounts of money are, or a date.
    pub(crate) looks: Option<Looks>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    Number,
    Date,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// The members listed and no others.
    Object(BTreeMap<String, Member>),
    /// Any names, one kind of value.
    Dictionary(Box<Shape>),
    /// An object of which nothing else is said.
    Free,
    List(Box<Shape>),
    /// Text of a format, or one of some words; any text when there is neither.
    Text {
        format: Option<String>,
        words: Vec<String>,
    },
    Integer {
        wide: bool,
        minimum: Option<i64>,
    },
    Number,
    Boolean,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    /// Read-only members belong into answers only, write-only ones into requests only.
    pub(crate) only: Option<Side>,
}

impl Member {
    pub(crate) fn belongs(&self, side: Side) -> bool {
        self.only.is_none_or(|only| only == side)
    }
}

/// What may stand in a schema. A word that is missing here is an error, so that nothing is passed over in silence.
const KEYWORDS: [&str; 17] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "default",
    "description",
    "enum",
    "example",
    "format",
    "items",
    "minimum",
    "nullable",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "writeOnly",
];

/// Deeper than any schema that ends.
const DEEPEST: usize = 40;

/// Understands a schema of `document`, and whether it belongs to one side only.
pub(crate) fn read(document: &Value, schema: &Value) -> Result<(Shape, Option<Side>), String> {
    Reader { document }.shape(schema, 0)
}

struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn shape(&self, schema: &'a Value, depth: usize) -> Result<(Shape, Option<Side>), String> {
        if depth > DEEPEST {
            return Err("schemas that contain themselves are not understood".to_owned());
        }
        let schema = self.followed(schema)?;
        let shape = Shape {
            kind: self.kind(schema, depth)?,
            nullable: schema["nullable"] == true,
            looks: schema["example"].as_str().and_then(looks),
        };
        let only = match (schema["readOnly"] == true, schema["writeOnly"] == true) {
            // A list of what belongs to one side does so too.
            (false, false) if schema["type"] == "array" => self.shape(&schema["items"], depth + 1)?.1,
            (false, false) => None,
            (true, false) => Some(Side::Answer),
            (false, true) => Some(Side::Request),
            (true, true) => return Err("a schema is both read-only and write-only".to_owned()),
        };
        Ok((shape, only))
    }

    fn followed(&self, schema: &'a Value) -> Result<&'a Value, String> {
        let schema = match schema["$ref"].as_str() {
            None => schema,
            Some(reference) => {
                let target = reference.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer));
                target.ok_or_else(|| format!("{reference} leads nowhere"))?
            }
        };
        let members = schema.as_object().ok_or("a schema is no object")?;
        match members.keys().find(|name| !KEYWORDS.contains(&name.as_str())) {
            None => Ok(schema),
            Some(keyword) => Err(format!("the keyword {keyword} is not understood")),
        }
    }

    fn kind(&self, schema: &'a Value, depth: usize) -> Result<Kind, String> {
        if schema.get("allOf").is_some() || schema.get("properties").is_some() {
            return Ok(Kind::Object(self.members(schema, depth)?));
        }
        let format = schema["format"].as_str();
        match (schema["type"].as_str().unwrap_or_default(), format) {
            ("object", None) => match &schema["additionalProperties"] {
                Value::Object(_) => {
                    Ok(Kind::Dictionary(Box::new(self.shape(&schema["additionalProperties"], depth + 1)?.0)))
                }
                Value::Null | Value::Bool(true) => Ok(Kind::Free),
                _ => Ok(Kind::Object(BTreeMap::new())),
            },
            ("array", None) => Ok(Kind::List(Box::new(self.shape(&schema["items"], depth + 1)?.0))),
            ("string", None | Some("date" | "date-time" | "uuid")) => {
                Ok(Kind::Text { format: format.map(str::to_owned), words: texts(&schema["enum"])? })
            }
            ("integer", None | Some("int32" | "int64")) => {
                Ok(Kind::Integer { wide: format != Some("int32"), minimum: schema["minimum"].as_i64() })
            }
            ("number", None | Some("double")) => Ok(Kind::Number),
            ("boolean", None) => Ok(Kind::Boolean),
            (kind, format) => Err(format!("the type `{kind}` of format {format:?} is not understood")),
        }
    }

    /// The members of a schema and of everything it is composed of.
    fn members(&self, schema: &'a Value, depth: usize) -> Result<BTreeMap<String, Member>, String> {
        if schema.get("additionalProperties").is_some() {
            return Err("an object with listed members and others is not understood".to_owned());
        }
        let mut members = BTreeMap::new();
        for branch in schema["allOf"].as_array().into_iter().flatten() {
            for (name, member) in self.members(self.followed(branch)?, depth + 1)? {
                add(&mut members, name, member)?;
            }
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let (shape, only) = self.shape(property, depth + 1).map_err(|error| format!("{name}: {error}"))?;
            add(&mut members, name.clone(), Member { shape, required: false, only })?;
        }
        for name in texts(&schema["required"])? {
            let member = members.get_mut(&name).ok_or_else(|| format!("{name} is required and not listed"))?;
            member.required = true;
        }
        Ok(members)
    }
}

fn looks(example: &str) -> Option<Looks> {
    let is_date = example.len() == 10 && example.split('-').all(|part| part.parse::<u16>().is_ok());
    let is_number = example.parse::<f64>().is_ok();
    is_number.then_some(Looks::Number).or(is_date.then_some(Looks::Date))
}

/// Compositions repeat members word for word; anything else would have to hold both.
fn add(members: &mut BTreeMap<String, Member>, name: String, member: Member) -> Result<(), String> {
    match members.get_mut(&name) {
        None => {
            members.insert(name, member);
        }
        Some(known) if known.shape == member.shape && known.only == member.only => known.required |= member.required,
        Some(_) => return Err(format!("{name} is listed twice, differently")),
    }
    Ok(())
}

fn texts(list: &Value) -> Result<Vec<String>, String> {
    let texts = list.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().map(str::to_owned).ok_or_else(|| format!("{text} is no text"))).collect()
}
