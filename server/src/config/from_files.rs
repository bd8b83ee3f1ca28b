//! Secrets from files, as container engines and systemd hand them over: `SECRET_KEY_FILE` names a file that holds what
//! `SECRET_KEY` would, so that it is in no environment that others can list.

use std::collections::HashMap;
use std::fs;

/// What may come from a file.
pub(super) const SECRETS: [&str; 6] = [
    "DATABASE_URL",
    "SECRET_KEY",
    "OLD_SECRET_KEY",
    "MARKETPLACE_PASSWORD",
    "MARKETPLACE_SUBSCRIPTION_KEY",
    "OIDC_CLIENT_SECRET",
];

/// Puts what the files hold beside the other variables; answers with what is wrong with them.
pub(super) fn read(variables: &mut HashMap<String, String>) -> Vec<String> {
    let mut problems = Vec::new();
    for name in SECRETS {
        let Some(path) = variables.get(&format!("{name}_FILE")).filter(|path| !path.trim().is_empty()).cloned() else {
            continue;
        };
        if variables.get(name).is_some_and(|value| !value.trim().is_empty()) {
            problems.push(format!("{name} and {name}_FILE are both set: take one of them out"));
            continue;
        }
        match fs::read_to_string(path.trim()) {
            Ok(text) => {
                variables.insert(name.to_owned(), text.trim_end_matches(['\r', '\n']).to_owned());
            }
            Err(error) => problems.push(format!("{name}_FILE cannot be used: {path}: {error}")),
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(variables: &[(&str, &str)]) -> (HashMap<String, String>, Vec<String>) {
        let mut variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let problems = read(&mut variables);
        (variables, problems)
    }

    #[test]
    fn a_secret_comes_from_the_file_that_is_named_without_its_line_break() {
        let path = std::env::temp_dir().join(format!("seatboard-secret-{}", std::process::id()));
        fs::write(&path, "opensesame \n").unwrap();
        let (variables, problems) = read_all(&[("MARKETPLACE_PASSWORD_FILE", path.to_str().unwrap())]);
        fs::remove_file(&path).unwrap();
        assert_eq!(variables["MARKETPLACE_PASSWORD"], "opensesame ");
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn a_file_that_is_not_there_and_a_secret_that_is_set_twice_are_named() {
        let (variables, problems) = read_all(&[
            ("SECRET_KEY_FILE", "/no/such/file"),
            ("DATABASE_URL", "postgres://localhost/x"),
            ("DATABASE_URL_FILE", "/no/such/file"),
        ]);
        assert!(!variables.contains_key("SECRET_KEY"));
        assert!(problems[0].contains("DATABASE_URL and DATABASE_URL_FILE are both set"), "{problems:?}");
        assert!(problems[1].starts_with("SECRET_KEY_FILE cannot be used: /no/such/file"), "{problems:?}");
    }
}
