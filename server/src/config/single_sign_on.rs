//! The provider at which people sign in.

use super::Reader;
use backend::staff::single_sign_on::{RoleMapping, SingleSignOn};
use oidc::{InvalidSettings, Provider, Settings};

/// What is asked for unless something else is set.
const SCOPES: &str = "openid email profile";

/// Which claim names somebody's groups unless another is set.
const CLAIM: &str = "groups";

/// What has no meaning without a provider.
const BESIDE: [&str; 6] =
    ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_SCOPES", "OIDC_ROLES", "OIDC_ROLES_CLAIM", "OIDC_ONLY"];

impl Reader {
    /// All that is needed of the provider, or none of it.
    pub(super) fn single_sign_on(&mut self) -> Option<SingleSignOn> {
        let Some(issuer) = self.optional("OIDC_ISSUER") else {
            let set: Vec<&str> = BESIDE.into_iter().filter(|name| self.optional(name).is_some()).collect();
            let missing = set.into_iter().map(|name| {
                format!("OIDC_ISSUER is missing: needed because {name} is set; set it too, or take {name} out")
            });
            self.problems.extend(missing);
            return None;
        };
        let client_id = self.required("OIDC_CLIENT_ID", "this installation's name at the provider of OIDC_ISSUER");
        let scopes = self.optional("OIDC_SCOPES").unwrap_or_else(|| SCOPES.to_owned());
        let (roles, is_only) = (self.roles(), self.is_only());
        let groups = roles.as_ref().map(|roles| roles.claim().to_owned());
        let settings = Settings {
            issuer,
            client_id,
            client_secret: self.optional("OIDC_CLIENT_SECRET").map(Into::into),
            scopes: scopes.split_whitespace().collect::<Vec<_>>().join(" "),
            redirect_uri: format!("{}{}", self.public_url().trim_end_matches('/'), app::paths::SINGLE_SIGN_ON_RETURN),
            claims: ["email", "email_verified", "name"].map(ToOwned::to_owned).into_iter().chain(groups).collect(),
        };
        match Provider::new(settings) {
            Ok(provider) => Some(SingleSignOn { provider, roles, is_only }),
            Err(problem) => {
                let name = if problem == InvalidSettings::Scopes { "OIDC_SCOPES" } else { "OIDC_ISSUER" };
                self.problems.push(format!("{name} cannot be used: {problem}"));
                None
            }
        }
    }

    fn is_only(&mut self) -> bool {
        match self.optional("OIDC_ONLY").as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => {
                self.problems.push("OIDC_ONLY cannot be used: it has to be true or false".to_owned());
                false
            }
        }
    }

    fn roles(&mut self) -> Option<RoleMapping> {
        let claim = self.optional("OIDC_ROLES_CLAIM").unwrap_or_else(|| CLAIM.to_owned());
        let pairs = self.optional("OIDC_ROLES")?;
        let mapping = RoleMapping::new(&claim, &pairs);
        mapping.map_err(|problem| self.problems.push(format!("OIDC_ROLES cannot be used: {problem}"))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> (Option<SingleSignOn>, Vec<String>) {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut reader = Reader::of(variables.collect());
        (reader.single_sign_on(), reader.problems)
    }

    #[test]
    fn without_an_issuer_there_is_none_and_nothing_beside_it_is_overlooked() {
        assert!(matches!(read(&[]), (None, problems) if problems.is_empty()));
        let (none, problems) = read(&[("OIDC_ROLES", "sales=viewer")]);
        assert!(none.is_none());
        let problem = "OIDC_ISSUER is missing: needed because OIDC_ROLES is set; set it too, or take OIDC_ROLES out";
        assert_eq!(problems, [problem]);
    }

    #[test]
    fn passwords_are_switched_off_only_where_it_is_said_and_where_there_is_a_provider() {
        let provider = [("OIDC_ISSUER", "https://login.company.example"), ("OIDC_CLIENT_ID", "seatboard")];
        let with = |only: &'static str| read(&[provider.as_slice(), &[("OIDC_ONLY", only)]].concat());
        assert!(!read(&provider).0.unwrap().is_only);
        assert!(!with("false").0.unwrap().is_only);
        assert!(with("true").0.unwrap().is_only);
        let (_, problems) = with("yes");
        assert_eq!(problems, ["OIDC_ONLY cannot be used: it has to be true or false"]);
        let (none, problems) = read(&[("OIDC_ONLY", "true")]);
        assert!(none.is_none());
        let problem = "OIDC_ISSUER is missing: needed because OIDC_ONLY is set; set it too, or take OIDC_ONLY out";
        assert_eq!(problems, [problem]);
    }

    #[test]
    fn an_issuer_and_a_client_are_all_that_must_be_set() {
        let (found, problems) =
            read(&[("OIDC_ISSUER", "https://login.company.example"), ("OIDC_CLIENT_ID", "seatboard")]);
        assert_eq!(problems, Vec::<String>::new());
        let found = found.unwrap();
        assert_eq!(found.provider.issuer(), "https://login.company.example");
        assert!(found.roles.is_none());
        assert!(format!("{found:?}").contains("http://127.0.0.1:3000/sign-in/oidc/return"), "{found:?}");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_remedy_and_the_secret_is_not() {
        let (_, problems) = read(&[
            ("OIDC_ISSUER", "http://login.company.example"),
            ("OIDC_CLIENT_SECRET", "5ec2e7a1"),
            ("OIDC_ROLES", "sales=boss"),
        ]);
        let problems = problems.join("\n");
        for part in [
            "OIDC_CLIENT_ID is missing",
            "OIDC_ISSUER cannot be used: it has to begin with https://",
            "OIDC_ROLES cannot be used: `boss` is no role",
        ] {
            assert!(problems.contains(part), "{part} is not in: {problems}");
        }
        assert!(!problems.contains("5ec2e7a1"));
        let (_, problems) =
            read(&[("OIDC_ISSUER", "https://a.example"), ("OIDC_CLIENT_ID", "a"), ("OIDC_SCOPES", "email")]);
        assert_eq!(problems, ["OIDC_SCOPES cannot be used: `openid` has to be among them"]);
    }
}
