//! The provider at which people sign in by single sign-on: a certified one, for tests.

use super::{Logged, POLL};
use crate::failure::{Failure, Result};
use crate::processes::{check_interrupted, tied_to_us};
use crate::repo;
use std::thread::sleep;

/// What it prints when it listens, and the server's variable that wants it.
const ANNOUNCED: [(&str, &str); 3] =
    [("issuer: ", "OIDC_ISSUER"), ("client-id: ", "OIDC_CLIENT_ID"), ("client-secret: ", "OIDC_CLIENT_SECRET")];

/// Which of its groups give which role.
const ROLES: &str = "sales=account_manager,support=technician";

/// Starts it on a free port and returns the server's variables that lead to it. `url` is where people find the server.
pub(super) fn start(url: &str, verbose: bool) -> Result<(Logged, Vec<(String, String)>)> {
    let mut command = tied_to_us("node");
    command.current_dir(repo::end2end_dir()).args(["provider.mjs", &format!("{url}/sign-in/oidc/return")]);
    let mut provider = Logged::start("provider", &mut command, verbose)?;
    let mut variables = loop {
        if let Some(variables) = settings(&provider.log()) {
            break variables;
        }
        if let Some(status) = provider.ended()? {
            check_interrupted()?;
            let said = provider.last_words();
            return Err(Failure::new(format!("the provider of single sign-on ended ({status}):\n{said}")));
        }
        sleep(POLL);
    };
    variables.push(("OIDC_ROLES".to_owned(), ROLES.to_owned()));
    Ok((provider, variables))
}

/// The server's variables, once all of them were printed as whole lines.
fn settings(printed: &str) -> Option<Vec<(String, String)>> {
    let value = |prefix: &str| {
        let mut lines = printed.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        lines.find_map(|line| line.strip_prefix(prefix)).map(|value| value.trim().to_owned())
    };
    ANNOUNCED.iter().map(|(prefix, variable)| Some(((*variable).to_owned(), value(prefix)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_announced_line_becomes_a_variable_once_it_is_finished() {
        let printed = "a warning\nissuer: http://127.0.0.1:1\nclient-id: seatboard\nclient-secret: s: t\n";
        let variables = settings(printed).unwrap();
        assert!(variables.contains(&("OIDC_ISSUER".to_owned(), "http://127.0.0.1:1".to_owned())));
        assert!(variables.contains(&("OIDC_CLIENT_SECRET".to_owned(), "s: t".to_owned())));
        assert_eq!(settings(printed.trim_end()), None);
    }
}
