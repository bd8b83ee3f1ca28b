//! A call as a command for a POSIX shell.

/// The `curl` command that makes the call. The secrets are not in it: the shell puts them in from its variables.
pub(super) fn command(method: &str, address: &str, body: Option<&str>) -> String {
    // Brackets in an address are no pattern.
    let mut parts = vec![
        format!("curl --globoff --request {} {}", quoted(method), quoted(address)),
        "--header \"Authorization: Bearer $SEATBOARD_TOKEN\"".to_owned(),
        "--header \"X-Subscription-Key: $SEATBOARD_SUBSCRIPTION_KEY\"".to_owned(),
    ];
    if let Some(body) = body {
        parts.push("--header 'Content-Type: application/json'".to_owned());
        parts.push(format!("--data-raw {}", quoted(body)));
    }
    parts.join(" \\\n  ")
}

/// One word of the shell, whatever it contains: within single quotes only the single quote itself means something.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// The words that `curl` gets when a shell runs the command.
    fn words(command: &str) -> Vec<String> {
        let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", &script]).env("SEATBOARD_TOKEN", "t k").env("SEATBOARD_SUBSCRIPTION_KEY", "key");
        let output = String::from_utf8(shell.output().unwrap().stdout).unwrap();
        output.strip_suffix('\0').unwrap_or_default().split('\0').map(str::to_owned).collect()
    }

    #[test]
    fn secrets_are_variables() {
        let command = command("GET", "https://host.example/marketplace/eu/orders?limit=1", None);
        assert_eq!(
            command,
            "curl --globoff --request 'GET' 'https://host.example/marketplace/eu/orders?limit=1' \\\n  \
             --header \"Authorization: Bearer $SEATBOARD_TOKEN\" \\\n  \
             --header \"X-Subscription-Key: $SEATBOARD_SUBSCRIPTION_KEY\""
        );
        assert_eq!(
            words(&command)[4..],
            ["--header", "Authorization: Bearer t k", "--header", "X-Subscription-Key: key"]
        );
    }

    #[test]
    fn a_shell_passes_any_text_on_unchanged() {
        for text in [
            "it's \"quoted\"",
            "two\nlines\n\nand a trailing one\n",
            "$HOME ${HOME} $(id) `id` $$",
            "back\\slash \\' \\\" !! # ; & | > < * ? [a] {b,c} ~",
            "'",
            "'; echo oops; '",
            "--option",
            "",
        ] {
            let command = command("POST", &format!("https://host.example/{text}"), Some(text));
            let words = words(&command);
            assert_eq!(words[..3], ["--globoff", "--request", "POST"]);
            assert_eq!(words[3], format!("https://host.example/{text}"));
            assert_eq!((words[words.len() - 2].as_str(), words[words.len() - 1].as_str()), ("--data-raw", text));
            assert_eq!(words.len(), 12, "{words:?}");
        }
    }
}
