//! Telephone numbers, between the way people type them and the way the marketplace keeps them.

use crate::Country;
use std::fmt;
use std::str::FromStr;

/// A telephone number in the marketplace's four parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    country: String,
    area: String,
    number: String,
    extension: String,
}

/// Why a text is no telephone number, and what to type instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPhone {
    /// No country is named, neither in the number nor beside it.
    #[error("begin with the country's code, such as +44 20 7946 0958")]
    NoCountry,
    /// No country's numbers begin like this.
    #[error("no country has this code; a number looks like +44 20 7946 0958")]
    UnknownCountry,
    /// Too short or too long (E.164 allows 15 digits).
    #[error("a number has 5 to 15 digits, such as +44 20 7946 0958")]
    Length,
    /// Something that is no part of a number.
    #[error("use digits, spaces and + only, with `ext` before an extension, such as +1 425 555 0100 ext 12")]
    Characters,
}

impl Phone {
    /// Reads a number as people type it: `+44 (0)20 7946-0958`, `0044 20 79460958`, `020 7946 0958` in `country`,
    /// `+1 425.555.0100 x12`. Of what follows the country's code the first group is taken for the area's.
    pub fn parse(text: &str, country: Option<Country>) -> Result<Self, InvalidPhone> {
        let text = text.trim().to_lowercase();
        let (digits, extension) = split_extension(&text)?;
        let abroad = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00"));
        let groups = groups(abroad.unwrap_or(digits))?;
        let (country, groups) = match (abroad, country) {
            (Some(_), _) => split_country(groups)?,
            (None, Some(country)) => (country.calling_code.to_owned(), without_trunk_prefix(groups, country)),
            (None, None) => return Err(InvalidPhone::NoCountry),
        };
        let (area, number) = match &*groups {
            [area, rest @ ..] if !rest.is_empty() => (area.clone(), rest.concat()),
            _ => (String::new(), groups.concat()),
        };
        let length = country.len() + area.len() + number.len();
        if number.is_empty() || !(5..=15).contains(&length) {
            return Err(InvalidPhone::Length);
        }
        Ok(Self { country, area, number, extension })
    }
}

/// The marketplace's form: `country#area#number#extension`.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}#{}#{}", self.country, self.area, self.number, self.extension)
    }
}

/// Reads the marketplace's form.
impl FromStr for Phone {
    type Err = InvalidPhone;

    fn from_str(text: &str) -> Result<Self, InvalidPhone> {
        let parts: Vec<&str> = text.split('#').collect();
        let &[country, area, number, extension] = &*parts else { return Err(InvalidPhone::Characters) };
        if !parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(InvalidPhone::Characters);
        }
        Ok(Self {
            country: country.to_owned(),
            area: area.to_owned(),
            number: number.to_owned(),
            extension: extension.to_owned(),
        })
    }
}

/// The marketplace's form as it is dialled and typed, `+44 20 79460958 ext 12`; anything else as it is.
pub fn dialled(number: &str) -> String {
    let Ok(phone) = number.parse::<Phone>() else { return number.to_owned() };
    let plus = if phone.country.is_empty() { "" } else { "+" };
    let spoken: Vec<&str> =
        [&*phone.country, &*phone.area, &*phone.number].into_iter().filter(|part| !part.is_empty()).collect();
    let extension = if phone.extension.is_empty() { String::new() } else { format!(" ext {}", phone.extension) };
    format!("{plus}{}{extension}", spoken.join(" "))
}

fn split_extension(text: &str) -> Result<(&str, String), InvalidPhone> {
    let at = ["extension", "ext.", "ext", "x", "#"].into_iter().find_map(|mark| Some((text.find(mark)?, mark.len())));
    let Some((at, length)) = at else { return Ok((text, String::new())) };
    let extension = text[at + length..].trim();
    if extension.is_empty() || !extension.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidPhone::Characters);
    }
    Ok((text[..at].trim(), extension.to_owned()))
}

/// The groups of digits between what people write to tell them apart. `(0)` is the trunk prefix, which is not dialled
/// from abroad.
fn groups(text: &str) -> Result<Vec<String>, InvalidPhone> {
    let text = text.replace("(0)", " ");
    let separators = [' ', '-', '.', '/', '(', ')', '\u{a0}', '\u{2011}', '\u{2013}'];
    let groups: Vec<String> = text.split(separators).filter(|group| !group.is_empty()).map(ToOwned::to_owned).collect();
    let digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    if digits { Ok(groups) } else { Err(InvalidPhone::Characters) }
}

/// No calling code begins with another one, so the first that fits is the one.
fn split_country(mut groups: Vec<String>) -> Result<(String, Vec<String>), InvalidPhone> {
    let first = groups.first_mut().ok_or(InvalidPhone::Length)?;
    let known = |code: &&str| Country::ALL.iter().any(|country| country.calling_code == *code);
    let lengths = 1..=first.len().min(3);
    let code = lengths.map(|length| &first[..length]).find(known).ok_or(InvalidPhone::UnknownCountry)?.to_owned();
    first.drain(..code.len());
    groups.retain(|group| !group.is_empty());
    Ok((code, groups))
}

/// Within most countries numbers are dialled with a zero in front; in Italy it is part of the number.
fn without_trunk_prefix(mut groups: Vec<String>, country: Country) -> Vec<String> {
    if let Some(first) = groups.first_mut()
        && country.calling_code != "39"
        && first.starts_with('0')
    {
        first.remove(0);
        groups.retain(|group| !group.is_empty());
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stored(text: &str, country: &str) -> Result<String, InvalidPhone> {
        Phone::parse(text, Country::find(country)).map(|phone| phone.to_string())
    }

    #[test]
    fn numbers_are_read_the_way_people_type_them() {
        for (typed, country, expected) in [
            ("+44 20 7946 0958", "", "44#20#79460958#"),
            ("+44 (0)20 7946-0958", "", "44#20#79460958#"),
            ("0044 20 79460958", "", "44#20#79460958#"),
            ("020 7946 0958", "GB", "44#20#79460958#"),
            ("(425) 555-0100 x12", "US", "1#425#5550100#12"),
            ("+1 425.555.0100 ext. 12", "", "1#425#5550100#12"),
            ("06 12345678", "IT", "39#06#12345678#"),
            ("+8118881234567", "", "81##18881234567#"),
            ("+353 1 234 5678", "US", "353#1#2345678#"),
        ] {
            assert_eq!(stored(typed, country).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_the_reason() {
        for (typed, country, why) in [
            ("020 7946 0958", "", InvalidPhone::NoCountry),
            ("+999 1234567", "", InvalidPhone::UnknownCountry),
            ("+44", "", InvalidPhone::Length),
            ("+44 1", "", InvalidPhone::Length),
            ("+44 20 7946 0958 1234 5678", "", InvalidPhone::Length),
            ("call me", "GB", InvalidPhone::Characters),
            ("+44 20 7946 0958 ext", "", InvalidPhone::Characters),
        ] {
            assert_eq!(stored(typed, country), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_number_is_written_as_it_is_dialled() {
        assert_eq!(dialled("44#20#70000000#"), "+44 20 70000000");
        assert_eq!(dialled("81##18881234567#12"), "+81 18881234567 ext 12");
        assert_eq!(dialled("+49301234567"), "+49301234567");
    }

    proptest! {
        #[test]
        fn a_number_that_is_shown_and_typed_again_is_the_same(
            country in prop::sample::select(Country::ALL),
            area in "([1-9][0-9]{1,3})?",
            number in "[1-9][0-9]{4,6}",
            extension in "([0-9]{1,4})?",
        ) {
            let kept = format!("{}#{area}#{number}#{extension}", country.calling_code);
            let again = Phone::parse(&dialled(&kept), None).map(|phone| phone.to_string());
            prop_assert_eq!(again, Ok(kept));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,40}") {
            let _either = Phone::parse(&text, Country::find("GB"));
            let _shown = dialled(&text);
        }
    }
}
