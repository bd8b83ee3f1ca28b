//! What a program says of itself once it listens, and the server's variables that want it.

use super::{Logged, POLL};
use crate::failure::{Failure, Result};
use crate::processes::check_interrupted;
use std::thread::sleep;

/// How a line begins, and the variable that its rest is for.
pub(super) type Line = (&'static str, &'static str);

/// Waits until `program`, which people know as `who`, has announced everything; returns the server's variables.
pub(super) fn wait(program: &mut Logged, who: &str, lines: &[Line]) -> Result<Vec<(String, String)>> {
    loop {
        if let Some(variables) = variables(&program.log(), lines) {
            return Ok(variables);
        }
        if let Some(status) = program.ended()? {
            check_interrupted()?;
            let said = program.last_words();
            return Err(Failure::new(format!("{who} ended ({status}):\n{said}")));
        }
        sleep(POLL);
    }
}

/// The variables, once all of them were printed as whole lines.
fn variables(printed: &str, lines: &[Line]) -> Option<Vec<(String, String)>> {
    let value = |prefix: &str| {
        let mut lines = printed.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        lines.find_map(|line| line.strip_prefix(prefix)).map(|value| value.trim().to_owned())
    };
    lines.iter().map(|(prefix, variable)| Some(((*variable).to_owned(), value(prefix)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [Line; 3] =
        [("url: ", "MARKETPLACE_URL"), ("password: ", "MARKETPLACE_PASSWORD"), ("issuer: ", "OIDC_ISSUER")];

    const PRINTED: &str =
        "a warning\nurl: http://127.0.0.1:1/marketplace/eu\npassword: p: w\nissuer: http://127.0.0.1:2\n";

    #[test]
    fn every_announced_line_becomes_a_variable() {
        let variables = variables(PRINTED, &LINES).unwrap();
        assert!(variables.contains(&("MARKETPLACE_URL".to_owned(), "http://127.0.0.1:1/marketplace/eu".to_owned())));
        assert!(variables.contains(&("MARKETPLACE_PASSWORD".to_owned(), "p: w".to_owned())));
        assert!(variables.contains(&("OIDC_ISSUER".to_owned(), "http://127.0.0.1:2".to_owned())));
        assert_eq!(variables.len(), LINES.len());
    }

    #[test]
    fn a_line_that_is_not_finished_does_not_count() {
        assert_eq!(variables(PRINTED.trim_end(), &LINES), None);
    }
}
