//! Forms as a browser without JavaScript reads and posts them.

use app::paths::segment;

/// A form of a page with what it would post.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first form of the page that posts to `action`.
    pub(crate) fn find(page: &str, action: &str) -> Option<Self> {
        let named = page.split("<form").skip(1).find(|rest| {
            let tag = tag(rest);
            attribute(tag, "action").as_deref() == Some(action)
        })?;
        let inside = named.split("</form>").next()?;
        Some(Self { action: action.to_owned(), fields: fields(inside) })
    }

    /// The same with that typed into a field.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(present, _)| present != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body of its post.
    pub(crate) fn encode(&self) -> String {
        let pairs = self.fields.iter().map(|(name, value)| format!("{}={}", segment(name), segment(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// The values of the radio buttons of that name.
pub(crate) fn choices(page: &str, name: &str) -> Vec<String> {
    let inputs = page.split("<input").skip(1).map(tag);
    inputs
        .filter(|tag| attribute(tag, "name").as_deref() == Some(name))
        .filter_map(|tag| attribute(tag, "value"))
        .collect()
}

fn fields(inside: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for piece in inside.split('<').skip(1) {
        if let Some(rest) = piece.strip_prefix("input") {
            found.extend(input(tag(rest)));
        }
    }
    for select in inside.split("<select").skip(1) {
        let Some(name) = attribute(tag(select), "name") else { continue };
        let options: Vec<&str> =
            select.split("</select>").next().unwrap_or_default().split("<option").skip(1).collect();
        let chosen = options.iter().find(|option| has(tag(option), "selected")).or(options.first());
        found.extend(chosen.and_then(|option| attribute(tag(option), "value")).map(|value| (name, value)));
    }
    found
}

fn input(tag: &str) -> Option<(String, String)> {
    let kind = attribute(tag, "type").unwrap_or_default();
    if matches!(kind.as_str(), "radio" | "checkbox") && !has(tag, "checked") || kind == "submit" {
        return None;
    }
    Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
}

/// Up to the end of the tag, which is not inside quotes.
fn tag(rest: &str) -> &str {
    let mut quoted = false;
    let end = rest.find(|character| {
        quoted ^= character == '"';
        character == '>' && !quoted
    });
    &rest[..end.unwrap_or(rest.len())]
}

fn has(tag: &str, name: &str) -> bool {
    tag.split_whitespace().any(|part| part == name || part.starts_with(&format!("{name}=")))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}
