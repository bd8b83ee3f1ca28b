//! The contract's operations.

use super::json_schema::validator;
use super::shape::{self, Kind, Shape, Side};
use axum::http::Method;
use jsonschema::Validator;
use serde_json::Value;

/// A method and a path, with everything the contract says about them.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) template: String,
    /// `basic` or `bearer`.
    pub(crate) security: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request: Option<Body>,
    pub(crate) answer: Body,
    /// Headers of the answer.
    pub(crate) answer_headers: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
    pub(crate) validator: Validator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
}

/// The body of a request or of an answer.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) media_type: String,
    pub(crate) shape: Shape,
    pub(crate) validator: Validator,
}

impl Operation {
    pub(super) fn read(document: &Value, method: &str, template: &str, operation: &Value) -> Result<Self, String> {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let responses = operation["responses"].as_object().ok_or("there are no responses")?;
        let [answer] = responses.values().collect::<Vec<_>>()[..] else {
            return Err("several responses are not understood".to_owned());
        };
        let request = operation.get("requestBody").map(|body| Body::read(document, body, Side::Request));
        Ok(Self {
            id: text(&operation["operationId"])?,
            method: method.to_uppercase().parse().map_err(|_| format!("{method} is no method"))?,
            template: template.to_owned(),
            security: security(document, operation)?,
            parameters: parameters.map(|parameter| Parameter::read(document, parameter)).collect::<Result<_, _>>()?,
            request: request.transpose()?,
            answer: Body::read(document, answer, Side::Answer)?,
            answer_headers: answer["headers"].as_object().into_iter().flat_map(|all| all.keys().cloned()).collect(),
        })
    }

    /// The parts of a path that this operation's template leaves open; `None` when the path is not its own.
    pub(crate) fn values_in<'a>(&'a self, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let (asked, declared) = (path.split('/'), self.template.split('/'));
        if asked.clone().count() != declared.clone().count() {
            return None;
        }
        let mut open = Vec::new();
        for (asked, declared) in asked.zip(declared) {
            match declared.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) if !asked.is_empty() => open.push((name, asked)),
                None if asked == declared => {}
                _ => return None,
            }
        }
        Some(open)
    }
}

impl Parameter {
    fn read(document: &Value, parameter: &Value) -> Result<Self, String> {
        let place = match parameter["in"].as_str() {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            other => return Err(format!("parameters in {other:?} are not understood")),
        };
        let (mut shape, _) = shape::read(document, &parameter["schema"])?;
        if let Kind::Text { words, .. } = &mut shape.kind {
            words.extend(words_in(parameter["description"].as_str().unwrap_or_default()));
        }
        Ok(Self {
            name: text(&parameter["name"])?,
            place,
            required: parameter["required"] == true,
            validator: validator(&shape, Side::Request)?,
            shape,
        })
    }
}

impl Body {
    fn read(document: &Value, body: &Value, side: Side) -> Result<Self, String> {
        let content = body["content"].as_object().ok_or("a body without content")?;
        let [(media_type, content)] = content.iter().collect::<Vec<_>>()[..] else {
            return Err("several media types are not understood".to_owned());
        };
        let (shape, _) = shape::read(document, &content["schema"])?;
        Ok(Self { media_type: media_type.clone(), validator: validator(&shape, side)?, shape })
    }
}

/// The scheme that an operation asks for; one at most.
fn security(document: &Value, operation: &Value) -> Result<Option<String>, String> {
    let asked = operation["security"].as_array().into_iter().flatten();
    let names: Vec<_> = asked.flat_map(|scheme| scheme.as_object().into_iter().flat_map(|all| all.keys())).collect();
    match names[..] {
        [] => Ok(None),
        [name] => text(&document["components"]["securitySchemes"][name]["scheme"]).map(Some),
        _ => Err("several security schemes are not understood".to_owned()),
    }
}

/// The values that a filter's description lists, each in a line like ``* `active` ``: the schema only says that it is text.
fn words_in(description: &str) -> Vec<String> {
    let lines = description.lines().filter_map(|line| line.trim().strip_prefix("* `")?.strip_suffix('`'));
    lines.map(str::to_owned).collect()
}

fn text(value: &Value) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} is no text"))
}
