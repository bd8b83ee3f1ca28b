//! The provider at which people sign in by single sign-on: a certified one, for tests.

use super::{Logged, announced};
use crate::failure::Result;
use crate::processes::tied_to_us;
use crate::repo;

/// What it prints when it listens, and the server's variable that wants it.
const ANNOUNCED: [announced::Line; 3] =
    [("issuer: ", "OIDC_ISSUER"), ("client-id: ", "OIDC_CLIENT_ID"), ("client-secret: ", "OIDC_CLIENT_SECRET")];

/// Which of its groups give which role.
const ROLES: &str = "sales=account_manager,support=technician";

/// Starts it on a free port and returns the server's variables that lead to it. `url` is where people find the server.
pub(super) fn start(url: &str, verbose: bool) -> Result<(Logged, Vec<(String, String)>)> {
    let mut command = tied_to_us("node");
    command.current_dir(repo::end2end_dir()).args(["provider.mjs", &format!("{url}/sign-in/oidc/return")]);
    let mut provider = Logged::start("provider", &mut command, verbose)?;
    let mut variables = announced::wait(&mut provider, "the provider of single sign-on", &ANNOUNCED)?;
    variables.push(("OIDC_ROLES".to_owned(), ROLES.to_owned()));
    Ok((provider, variables))
}
