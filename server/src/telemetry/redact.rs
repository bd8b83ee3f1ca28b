//! Secrets are of types that cannot be printed. This is the second net: whatever a line of the log holds that is, or looks
//! like, a secret is hidden before it is written.

use secrecy::{ExposeSecret, SecretString};
use std::borrow::Cow;
use std::io::{self, Stderr, Write};
use std::sync::Arc;
use tracing_subscriber::fmt::MakeWriter;

/// What is shorter is no secret, and would blank out half of the log.
const SHORTEST: usize = 8;

const HIDDEN: &str = "[hidden]";

/// What a secret follows, in lower case; it ends where its word does.
const BEFORE: [&str; 14] = [
    "bearer ",
    "basic ",
    "sig=",
    "token=",
    "password=",
    "password\":\"",
    "subscription_key=",
    "x-subscription-key: ",
    "x-subscription-key\": \"",
    "__host-seatboard=",
    "seatboard=",
    "seatboard-browser=",
    "seatboard-sign-in=",
    "authorization: ",
];

/// Standard error, without secrets.
#[derive(Clone)]
pub(super) struct Redacting {
    known: Arc<[SecretString]>,
}

impl Redacting {
    /// Hides the `known` secrets and what looks like one.
    pub(super) fn new(known: Vec<SecretString>) -> Self {
        Self { known: known.into_iter().filter(|secret| secret.expose_secret().len() >= SHORTEST).collect() }
    }

    fn redacted<'a>(&self, line: &'a str) -> Cow<'a, str> {
        let mut line = Cow::Borrowed(line);
        for secret in &*self.known {
            if line.contains(secret.expose_secret()) {
                line = line.replace(secret.expose_secret(), HIDDEN).into();
            }
        }
        for before in BEFORE {
            line = without_what_follows(line, before);
        }
        without_passwords_of_addresses(line)
    }
}

impl<'a> MakeWriter<'a> for Redacting {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { redacting: self, out: io::stderr() }
    }
}

/// Takes one whole line at a time, as the subscriber writes them.
pub(super) struct Line<'a> {
    redacting: &'a Redacting,
    out: Stderr,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let line = one_line(text.strip_suffix('\n').unwrap_or(&text));
        writeln!(self.out, "{}", self.redacting.redacted(&line))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// An event is one line, whatever its words hold, so that nobody's input can look like an event of its own.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        text.replace('\r', "\\r").replace('\n', "\\n").into()
    } else {
        Cow::Borrowed(text)
    }
}

fn without_what_follows<'a>(line: Cow<'a, str>, before: &str) -> Cow<'a, str> {
    // ASCII alone is made small, so positions stay what they are.
    let small = line.to_ascii_lowercase();
    if !small.contains(before) {
        return line;
    }
    let (mut redacted, mut from) = (String::with_capacity(line.len()), 0);
    while let Some(found) = small[from..].find(before) {
        let begin = from + found + before.len();
        let length = line[begin..].find(ends_a_secret).unwrap_or(line.len() - begin);
        redacted.push_str(&line[from..begin]);
        redacted.push_str(if length >= SHORTEST { HIDDEN } else { &line[begin..begin + length] });
        from = begin + length;
    }
    redacted.push_str(&line[from..]);
    redacted.into()
}

/// `scheme://user:password@host`
fn without_passwords_of_addresses(line: Cow<'_, str>) -> Cow<'_, str> {
    let Some(scheme) = line.find("://") else { return line };
    let begin = scheme + "://".len();
    let length = line[begin..].find(|c: char| ends_a_secret(c) || c == '/').unwrap_or(line.len() - begin);
    let (authority, rest) = line[begin..].split_at(length);
    let shown = match authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?.0, host))) {
        Some((user, host)) => format!("{user}:{HIDDEN}@{host}"),
        None => authority.to_owned(),
    };
    // The rest may hold more addresses.
    let rest = without_passwords_of_addresses(Cow::Borrowed(rest)).into_owned();
    format!("{}{shown}{rest}", &line[..begin]).into()
}

fn ends_a_secret(character: char) -> bool {
    character.is_whitespace() || matches!(character, '"' | '\'' | '&' | ',' | ';' | ')' | '}' | ']' | '<' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(line: &str) -> String {
        Redacting::new(vec!["opensesame".into(), "short".into()]).redacted(line).into_owned()
    }

    #[test]
    fn known_secrets_are_hidden_wherever_they_stand_and_short_ones_are_none() {
        assert_eq!(redacted("a=opensesame, \"opensesame\" short"), "a=[hidden], \"[hidden]\" short");
    }

    #[test]
    fn what_looks_like_a_secret_is_hidden() {
        for (line, shown) in [
            ("Authorization: Bearer abc.def-123456, x", "Authorization: Bearer [hidden], x"),
            ("authorization: Basic c29tZW9uZTpzZWNyZXQ=", "authorization: Basic [hidden]"),
            ("GET /x.csv?sv=1&sig=a%2Fb%2Bc%3D123&se=2", "GET /x.csv?sv=1&sig=[hidden]&se=2"),
            ("cookie: __Host-seatboard=0123456789abcdef; a=b", "cookie: __Host-seatboard=[hidden]; a=b"),
            ("{\"password\":\"correcthorse\"}", "{\"password\":\"[hidden]\"}"),
            ("to postgres://me:s3cret@db/x and http://a/b?c=d", "to postgres://me:[hidden]@db/x and http://a/b?c=d"),
        ] {
            assert_eq!(redacted(line), shown);
        }
    }

    #[test]
    fn an_event_cannot_pretend_to_be_two() {
        assert_eq!(one_line("refused\r\n2026-01-01 INFO signed in"), "refused\\r\\n2026-01-01 INFO signed in");
        assert_eq!(one_line("as it is"), "as it is");
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for line in ["request{method=GET path=/é}: basic facts", "serving address=127.0.0.1:3000", "", "://", "sig="] {
            assert_eq!(redacted(line), line);
        }
    }
}
