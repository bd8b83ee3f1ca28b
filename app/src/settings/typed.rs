use backend::connection::{Form, Wishes};
use secrecy::SecretString;

/// What of the form may be kept for the next page: everything but the secrets.
pub(super) struct Typed {
    url: String,
    code: String,
    username: String,
    although_failed: bool,
    forget_copy: bool,
}

impl Typed {
    pub(super) fn new(
        url: &str,
        code: String,
        username: String,
        although_failed: Option<String>,
        forget_copy: Option<String>,
    ) -> Self {
        Self {
            // People paste addresses with keys in them.
            url: marketplace::presentable_address(url),
            code,
            username,
            although_failed: although_failed.is_some(),
            forget_copy: forget_copy.is_some(),
        }
    }

    /// Name and value of each field that comes back.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let ticked = |ticked: bool| if ticked { "on" } else { "" };
        vec![
            ("url", self.url.as_str()),
            ("code", self.code.as_str()),
            ("username", self.username.as_str()),
            ("although_failed", ticked(self.although_failed)),
            ("forget_copy", ticked(self.forget_copy)),
        ]
    }

    /// The marketplace code.
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// The form as it was typed, with the secrets.
    pub(super) fn form(&self, url: String, password: SecretString, subscription_key: SecretString) -> Form {
        Form { url, code: self.code.clone(), username: self.username.clone(), password, subscription_key }
    }

    pub(super) fn wishes(&self) -> Wishes {
        Wishes { although_failed: self.although_failed, forget_copy: self.forget_copy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_holds_no_secret_that_was_pasted_into_the_address() {
        let url = "https://user:secret@host.example/eu?subscription-key=secret";
        let typed = Typed::new(url, "us".into(), "someone.API".into(), None, Some("on".into()));
        assert_eq!(
            typed.kept(),
            [
                ("url", "https://host.example/eu"),
                ("code", "us"),
                ("username", "someone.API"),
                ("although_failed", ""),
                ("forget_copy", "on")
            ]
        );
        let form = typed.form(url.to_owned(), "p".into(), "k".into());
        assert_eq!(form.url, url, "what is tried is what was typed");
    }
}
