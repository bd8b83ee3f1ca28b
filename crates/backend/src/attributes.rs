//! Custom attributes, as people type them.

use crate::{Error, FieldError, Result};
use marketplace::models::Attributes;

/// Names and values as they can be sent; rows left empty are left out. The fields at fault are `name-0`, `value-0` and so on.
pub(crate) fn checked(attributes: &[(String, String)]) -> Result<Attributes> {
    let mut checked = Attributes::default();
    let mut problems = Vec::new();
    for (index, (name, value)) in attributes.iter().enumerate() {
        let (name, value) = (name.trim(), value.trim());
        let problem = match (name.is_empty(), value.is_empty()) {
            (true, true) => continue,
            (true, false) => Some(("name", "Enter the attribute's name")),
            _ if name.chars().chain(value.chars()).any(char::is_control) => Some(("value", "Use one line of text")),
            _ if checked.contains_key(name) => Some(("name", "This name is there twice; keep one of them")),
            _ => None,
        };
        match problem {
            Some((field, message)) => {
                problems.push(FieldError { field: format!("{field}-{index}"), message: message.to_owned() });
            }
            None => {
                checked.insert(name.to_owned(), value.to_owned());
            }
        }
    }
    if problems.is_empty() { Ok(checked) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_without_a_name_is_told_beside_its_own_field() {
        let typed = [("PONumber", "7"), ("", ""), ("", "lost"), ("PONumber", "8")];
        let typed: Vec<_> = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let Err(Error::Invalid(problems)) = checked(&typed) else { panic!("it is refused") };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name-2", "name-3"]);
        assert_eq!(checked(&typed[..2]).unwrap().len(), 1);
    }
}
