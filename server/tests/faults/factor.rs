//! A second factor, set up by its pages as somebody does.

use super::authenticator;
use super::http::Browser;
use backend::{Clock, SystemClock};

/// Where it is set up.
pub(crate) const FACTOR: &str = "/settings/second-factor";

/// A second factor that somebody set up.
pub(crate) struct Factor {
    key: String,
    pub(crate) codes: Vec<String>,
}

impl Factor {
    /// Sets it up by its pages. The two that show the key and the codes, each once, are not among those that are searched.
    pub(crate) async fn enrol(browser: &mut Browser) -> Self {
        browser.post("/api/begin_factor", "").await.unwrap();
        let key = authenticator::key_in(&browser.get(FACTOR).await.unwrap().body);
        let code = authenticator::shown(&key, SystemClock.now());
        browser.post("/api/confirm_factor", &format!("code={code}")).await.unwrap();
        let codes = authenticator::codes_in(&browser.get(FACTOR).await.unwrap().body);
        assert_eq!(codes.len(), 10, "they are shown");
        Self { key, codes }
    }

    /// The key and the codes as they may be written down, each with its name.
    pub(crate) fn written(&self) -> Vec<(&'static str, String)> {
        let symbols: Vec<char> = self.key.chars().collect();
        let grouped = symbols.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
        let seed = hexadecimal(&authenticator::seed(&self.key));
        let keys = [("the key of a second factor", self.key.clone()), ("the same in groups", grouped)];
        let codes = self.codes.iter().flat_map(|code| [code.clone(), code.replace('-', "")]);
        let codes = codes.map(|code| ("a recovery code", code));
        keys.into_iter().chain([("its seed", seed)]).chain(codes).collect()
    }
}

/// As a dump of the database writes it.
pub(crate) fn hexadecimal(secret: &[u8]) -> String {
    secret.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
