//! What a test found out, in words: what is wrong, and what to do about it.

use crate::format;
use backend::budget::in_words;
use backend::connection::{Outcome, TestReport};
use std::time::Duration;

/// What came of the test of a connection with that marketplace code, and what to do: a paragraph each.
pub(super) fn words(report: &TestReport, patience: Duration, code: &str) -> (String, Vec<String>) {
    let status = report.status.map(|status| format!("It answered with the HTTP status {status}."));
    let advice = advice(report).into_iter().chain(status).collect();
    (title(&report.outcome, patience, code), advice)
}

fn title(outcome: &Outcome, patience: Duration, code: &str) -> String {
    match outcome {
        Outcome::CodeUnknown => {
            return format!("The marketplace does not accept this, and its code “{code}” is none that is known.");
        }
        Outcome::NoAnswer => return format!("No answer came within {}.", in_words(patience)),
        Outcome::Redirected { to: Some(to) } => return format!("The address points elsewhere: to {to}."),
        Outcome::Works { .. } => "The connection works.",
        Outcome::KeyRefused => "The marketplace does not accept the subscription key.",
        Outcome::KeyMissing => "The subscription key did not reach the marketplace.",
        Outcome::SignInRefused => {
            "The marketplace does not accept the user name, the password or the marketplace code."
        }
        Outcome::TokenRefused => "Signing in works, but the marketplace does not accept what it gave for it.",
        Outcome::NotAllowed => "The marketplace does not let this user read customers.",
        Outcome::UnknownHost => "Nobody knows a host of this name.",
        Outcome::NobodyListens => "The host is there, but nothing listens at this address.",
        Outcome::NotTrusted => "The host cannot prove who it is: this server does not trust its certificate.",
        Outcome::Unreachable => "There is no connection to this host.",
        Outcome::BrokenOff => "The connection broke before an answer came.",
        Outcome::Redirected { to: None } => "The address points elsewhere, and does not say where.",
        Outcome::NoMarketplace => "Something answers at this address, but it is no marketplace.",
        Outcome::RateLimited { .. } => "The marketplace is being asked too much at the moment.",
        Outcome::QuotaUsedUp { .. } => "The calls that this subscription key has for a day are used up.",
        Outcome::BudgetUsedUp { .. } => "Seatboard has no call left at the moment: it keeps to what is allowed.",
        Outcome::Maintenance => "The marketplace is there, but not available at the moment.",
        Outcome::Trouble => "The marketplace has trouble of its own.",
        Outcome::NoEncryption => "This server cannot make encrypted connections.",
    }
    .to_owned()
}

const RESET: &str = "Copy the key again from the page “Marketplace API” of the control panel. Changing the API user or its \
                     e-mail address resets the key: reload that page, wait some minutes and copy the new one.";
const NOT_YET: &str = "A fresh set-up is not active yet; it can take up to 24 hours.";
/// Out of place once it is stored.
pub(super) const TICK: &str = "To store it all the same, tick “Save although the test failed”.";
const REGION: &str = "A key belongs to the URL it is shown with: check that the URL is the one beside it.";
const CHECK_ALL: &str = "It does not say which, so check all three.";
const ONE_EACH: &str = "Use an API user made for Seatboard: one for each application and marketplace. It must be activated \
                        before it is used the first time.";
const CODE: &str = "The code is in the address of the control panel, such as us in cp.us.";
const CODE_FIRST: &str = "Check the marketplace code first. If it is right, user name or password are wrong.";
const PROXY: &str =
    "Something on the way, such as a proxy, takes the header X-Subscription-Key away. Ask whoever runs it.";
const SUPPORT: &str = "Test again in some minutes. If it stays like this, ask the marketplace's support, with the \
                       correlation id if there is one.";
const RIGHTS: &str = "The API user needs all rights of an administrator: use the one that the page “Marketplace API” of the \
                      control panel made.";
const NAMES: &str =
    "Check the spelling of the URL. If it is right, this server cannot look up names: ask whoever runs it.";
const PORT: &str = "Check host and port of the URL.";
const FIREWALL: &str = "Check the URL. If it is right, a firewall may be in the way, or the marketplace is slow: test again \
                        in a minute.";
const READS_ALONG: &str =
    "Check the URL. If it is right, something on the way reads along. Password and key were not sent.";
const MAY_IT: &str = "Check the URL. If it is right, ask whoever runs this server whether it may reach that host.";
const ON_THE_WAY: &str = "Test again in a minute. If it stays like this, something on the way does not let it through.";
const NOT_FOLLOWED: &str = "Seatboard does not go there, because password and key would go along. Enter the URL as the \
                            control panel shows it.";
const PATH: &str = "The URL carries a path, such as /marketplace/eu, which differs by region: check that it is there and \
                    right.";
const OTHER_KEY: &str = "Another subscription key has calls of its own.";
const LATER: &str = "It is being maintained, or overloaded. Test again in some minutes.";
const CERTIFICATES: &str = "It has no certificates to trust. Ask whoever runs it to install them (ca-certificates).";

fn advice(report: &TestReport) -> Vec<String> {
    let texts: &[&str] = match &report.outcome {
        Outcome::Works { customers } => return vec![seen(*customers, report.elapsed)],
        Outcome::RateLimited { wait } => return vec![again(*wait, "in a minute")],
        Outcome::QuotaUsedUp { wait } => return vec![again(*wait, "tomorrow"), OTHER_KEY.to_owned(), TICK.to_owned()],
        Outcome::BudgetUsedUp { wait } => {
            return vec![again(*wait, "in a minute"), OTHER_KEY.to_owned(), TICK.to_owned()];
        }
        Outcome::KeyRefused => &[RESET, REGION, NOT_YET, TICK],
        Outcome::KeyMissing => &[PROXY],
        Outcome::SignInRefused => &[CHECK_ALL, CODE, ONE_EACH, NOT_YET, TICK],
        Outcome::CodeUnknown => &[CODE_FIRST, CODE, ONE_EACH, NOT_YET, TICK],
        Outcome::TokenRefused | Outcome::Trouble => &[SUPPORT],
        Outcome::NotAllowed => &[RIGHTS],
        Outcome::UnknownHost => &[NAMES],
        Outcome::NobodyListens => &[PORT],
        Outcome::NoAnswer => &[FIREWALL],
        Outcome::NotTrusted => &[READS_ALONG],
        Outcome::Unreachable => &[MAY_IT],
        Outcome::BrokenOff => &[ON_THE_WAY],
        Outcome::Redirected { .. } => &[NOT_FOLLOWED],
        Outcome::NoMarketplace => &[PATH],
        Outcome::Maintenance => &[LATER],
        Outcome::NoEncryption => &[CERTIFICATES],
    };
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn seen(customers: Option<u64>, elapsed: Duration) -> String {
    let customers = match customers {
        Some(1) => "1 customer".to_owned(),
        Some(customers) => format!("{} customers", format::grouped(i64::try_from(customers).unwrap_or(i64::MAX))),
        None => "the customers".to_owned(),
    };
    format!("It sees {customers}. The test took {:.1} seconds.", elapsed.as_secs_f64())
}

fn again(wait: Option<Duration>, otherwise: &str) -> String {
    wait.map_or_else(|| format!("Test again {otherwise}."), |wait| format!("Test again in {}.", in_words(wait)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn in_one(outcome: Outcome) -> String {
        let report = TestReport { outcome, elapsed: Duration::from_millis(440), status: None, correlation_id: None };
        let (title, advice) = words(&report, Duration::from_secs(10), "zz");
        format!("{title} {}", advice.join(" "))
    }

    #[test]
    fn every_outcome_has_a_sentence_of_its_own_and_says_what_to_do() {
        let wait = Some(Duration::from_secs(90));
        let outcomes = [
            Outcome::Works { customers: Some(25) },
            Outcome::KeyRefused,
            Outcome::KeyMissing,
            Outcome::SignInRefused,
            Outcome::CodeUnknown,
            Outcome::TokenRefused,
            Outcome::NotAllowed,
            Outcome::UnknownHost,
            Outcome::NobodyListens,
            Outcome::NoAnswer,
            Outcome::NotTrusted,
            Outcome::Unreachable,
            Outcome::BrokenOff,
            Outcome::Redirected { to: Some("https://elsewhere.example".to_owned()) },
            Outcome::NoMarketplace,
            Outcome::RateLimited { wait },
            Outcome::QuotaUsedUp { wait },
            Outcome::BudgetUsedUp { wait },
            Outcome::Maintenance,
            Outcome::Trouble,
            Outcome::NoEncryption,
        ];
        let names: BTreeSet<&str> = outcomes.iter().map(Outcome::name).collect();
        assert_eq!(names.len(), outcomes.len());
        let titles: BTreeSet<String> =
            outcomes.iter().map(|outcome| title(outcome, Duration::from_secs(10), "zz")).collect();
        assert_eq!(titles.len(), outcomes.len());
    }

    #[test]
    fn what_works_says_how_much_it_sees_and_how_long_it_took() {
        assert_eq!(
            in_one(Outcome::Works { customers: Some(1_250) }),
            "The connection works. It sees 1,250 customers. The test took 0.4 seconds."
        );
    }

    #[test]
    fn what_the_guides_of_the_marketplace_say_is_passed_on() {
        let key = in_one(Outcome::KeyRefused);
        assert!(
            key.contains("24 hours") && key.contains("resets the key") && key.contains("reload that page"),
            "{key}"
        );
        let user = in_one(Outcome::SignInRefused);
        for fact in ["user name", "password", "marketplace code", "one for each application", "activated"] {
            assert!(user.contains(fact), "{fact} is not in: {user}");
        }
        assert!(in_one(Outcome::CodeUnknown).contains("“zz”"));
        assert!(in_one(Outcome::NoMarketplace).contains("/marketplace/eu"));
    }

    #[test]
    fn waits_are_told() {
        let wait = Some(Duration::from_secs(90));
        assert!(in_one(Outcome::RateLimited { wait }).ends_with("Test again in 90 seconds."));
        assert!(in_one(Outcome::QuotaUsedUp { wait: None }).contains("Test again tomorrow."));
        assert!(in_one(Outcome::NoAnswer).starts_with("No answer came within 10 seconds."));
    }
}
