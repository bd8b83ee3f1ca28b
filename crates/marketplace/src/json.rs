//! JSON as it was written, and without what is secret in it.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "[hidden]";

/// A JSON text taken apart: members keep their order and numbers their spelling, for people who want to see exactly what
/// was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// Text, a number, a boolean or null, as it is written.
    Scalar(String),
    /// A list.
    Array(Vec<Json>),
    /// Members by name, in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Takes `text` apart.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        // Only this reading limits how deep values may be nested.
        serde_json::from_str::<serde_json::Value>(text)?;
        Self::read(serde_json::from_str(text)?)
    }

    fn read(raw: &RawValue) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text)?;
                let member = |(name, value)| Ok((name, Self::read(value)?));
                Self::Object(members.into_iter().map(member).collect::<Result<_, serde_json::Error>>()?)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                Self::Array(items.into_iter().map(Self::read).collect::<Result<_, _>>()?)
            }
            _ => Self::Scalar(text.to_owned()),
        })
    }

    /// The same with [`HIDDEN`] for every value that is secret by its name, and for every text that contains one of the
    /// `known` secrets. A parameter (`name` and `value`) is secret by the name it tells.
    #[must_use]
    pub fn without_secrets(&self, known: &[&str]) -> Self {
        match self {
            Self::Scalar(_) if self.text().is_some_and(|text| known.iter().any(|secret| text.contains(secret))) => {
                Self::hidden()
            }
            Self::Scalar(_) => self.clone(),
            Self::Array(items) => Self::Array(items.iter().map(|item| item.without_secrets(known)).collect()),
            Self::Object(members) => {
                let told = members.iter().find(|(name, _)| name == "name").and_then(|(_, name)| name.text());
                let parameter = told.is_some_and(|name| names_secret(&name));
                let shown = |(name, value): &(String, Self)| {
                    let secret = names_secret(name) || (parameter && matches!(&**name, "value" | "structuredValue"));
                    let value =
                        if secret && value.holds_something() { Self::hidden() } else { value.without_secrets(known) };
                    (name.clone(), value)
                };
                Self::Object(members.iter().map(shown).collect())
            }
        }
    }

    /// Written with a line for each value.
    pub fn pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    fn hidden() -> Self {
        Self::Scalar(format!("\"{HIDDEN}\""))
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Scalar(written) => serde_json::from_str(written).ok(),
            _ => None,
        }
    }

    /// Whether a secret is needed or accepted is none.
    fn holds_something(&self) -> bool {
        !matches!(self, Self::Scalar(written) if matches!(&**written, "null" | "true" | "false" | "\"\""))
    }
}

/// Whether a field, a parameter or a query's part of that name holds a secret: a password, a login, a token, a key, the
/// address of a report's file.
pub fn names_secret(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let contained = ["password", "passwd", "pwd", "passphrase", "passcode", "pincode", "secret", "login", "credential"];
    let at_end = ["token", "apikey", "accesskey", "privatekey", "subscriptionkey"];
    contained.iter().any(|part| name.contains(part))
        || at_end.iter().any(|end| name.ends_with(end))
        || matches!(&*name, "downloadurl" | "authorization" | "pin")
}

/// Written without spaces.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(written) => {
                let raw: &RawValue = serde_json::from_str(written).map_err(serde::ser::Error::custom)?;
                raw.serialize(serializer)
            }
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(name, value)| (name, value))),
        }
    }
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Json::parse(text).unwrap().without_secrets(&["opensesame"]).to_string()
    }

    #[test]
    fn order_and_spelling_stay_as_they_were_written() {
        let text = r#"{"z":24.60,"a":[1e2,12345678901234567890.10,null,true],"z":"\u00e9\/"}"#;
        assert_eq!(shown(text), text);
        assert_eq!(
            Json::parse("{\"b\":[], \"a\":{\"x\":1.0}}").unwrap().pretty(),
            "{\n  \"b\": [],\n  \"a\": {\n    \"x\": 1.0\n  }\n}"
        );
    }

    #[test]
    fn what_is_no_json_is_not_taken_apart() {
        for text in ["", "<html></html>", "{\"a\":}", "{} {}", &"[".repeat(100_000), &"[[".repeat(200)] {
            assert!(Json::parse(text).is_err());
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Json::parse(&deep).is_err());
    }

    #[test]
    fn values_are_hidden_by_their_names_at_any_depth() {
        let text = r#"{"a":[{"adminPassword":"x","Login":"y","client_secret":{"b":1},"downloadUrl":"z","token":7}]}"#;
        let hidden = r#"{"a":[{"adminPassword":"[hidden]","Login":"[hidden]","client_secret":"[hidden]","downloadUrl":"[hidden]","token":"[hidden]"}]}"#;
        assert_eq!(shown(text), hidden);
        assert_eq!(
            shown(r#"{"downloadUrl":null,"passwordRequired":true}"#),
            r#"{"downloadUrl":null,"passwordRequired":true}"#
        );
    }

    #[test]
    fn a_parameter_is_secret_by_the_name_it_tells() {
        let text = r#"[{"value":"x","name":"admin_password"},{"name":"secret","structuredValue":{"a":1}},{"name":"domain","value":"y"}]"#;
        let hidden = r#"[{"value":"[hidden]","name":"admin_password"},{"name":"secret","structuredValue":"[hidden]"},{"name":"domain","value":"y"}]"#;
        assert_eq!(shown(text), hidden);
    }

    #[test]
    fn a_known_secret_is_hidden_wherever_it_is_quoted() {
        assert_eq!(shown(r#"{"message":"bad token open\u0073esame","n":1}"#), r#"{"message":"[hidden]","n":1}"#);
    }
}
