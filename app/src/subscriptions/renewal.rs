//! What happens to a subscription at the end of its term, in words.

use crate::format;
use crate::ui::DateText;
use backend::subscriptions::{Subscription, SubscriptionRow};
use leptos::prelude::*;
use time::Date;

/// What happens, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// A new term begins.
    RenewsByItself(Date),
    /// No new term begins.
    Ends(Date),
    /// The day is known, what happens then is not.
    UpForRenewal(Date),
    /// It is over.
    Ended(Option<Date>),
    /// The marketplace did not say.
    Unknown,
}

fn fate(status: &str, auto_renew: Option<bool>, renews_on: Option<Date>, expires_on: Option<Date>) -> Fate {
    if matches!(status, "terminated" | "removed") {
        return Fate::Ended(expires_on);
    }
    match (auto_renew, renews_on.or(expires_on)) {
        (_, None) => Fate::Unknown,
        (Some(true), Some(day)) => Fate::RenewsByItself(day),
        (Some(false), Some(day)) => Fate::Ends(expires_on.unwrap_or(day)),
        (None, Some(day)) => Fate::UpForRenewal(day),
    }
}

/// `renews by itself on 14 Mar 2027`, beginning a sentence.
pub(super) fn sentence(subscription: &Subscription, today: Date) -> String {
    let Subscription { auto_renew, renews_on, expires_on, .. } = *subscription;
    in_words(fate(&subscription.status, auto_renew, renews_on, expires_on), today)
}

fn in_words(fate: Fate, today: Date) -> String {
    match fate {
        Fate::RenewsByItself(day) => format!("Renews by itself on {}", format::date(day)),
        Fate::Ends(day) => format!("Ends on {}", format::date(day)),
        Fate::UpForRenewal(day) => format!("Up for renewal on {}", format::date(day)),
        Fate::Ended(Some(day)) if day <= today => format!("Ended on {}", format::date(day)),
        // What was cancelled ended before its term would have.
        Fate::Ended(_) => "Ended".to_owned(),
        Fate::Unknown => "No renewal date known".to_owned(),
    }
}

/// The content of a table's cell: the day, and below it what happens then.
#[component]
pub(crate) fn RenewalCell(row: SubscriptionRow) -> impl IntoView {
    let (day, words) = match fate(&row.status, row.auto_renew, row.renews_on, None) {
        Fate::RenewsByItself(day) => (Some(day), "renews by itself"),
        Fate::Ends(day) => (Some(day), "ends"),
        Fate::UpForRenewal(day) => (Some(day), "up for renewal"),
        Fate::Ended(_) => (None, "ended"),
        Fate::Unknown => (None, "not known"),
    };
    view! {
        {day.map(|day| view! { <DateText day/> })}
        <span class="sub">{words}</span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn only_what_is_known_is_said() {
        let day = date!(2027 - 03 - 14);
        assert_eq!(fate("active", Some(true), Some(day), None), Fate::RenewsByItself(day));
        assert_eq!(
            fate("active", Some(false), Some(day), Some(date!(2027 - 03 - 15))),
            Fate::Ends(date!(2027 - 03 - 15))
        );
        assert_eq!(fate("active", None, Some(day), None), Fate::UpForRenewal(day));
        assert_eq!(fate("active", Some(true), None, None), Fate::Unknown);
    }

    #[test]
    fn what_was_cancelled_did_not_end_on_a_day_to_come() {
        let (today, tomorrow) = (date!(2026 - 11 - 27), date!(2026 - 11 - 28));
        let cancelled = fate("terminated", Some(false), Some(tomorrow), Some(tomorrow));
        assert_eq!(in_words(cancelled, today), "Ended");
        assert_eq!(in_words(cancelled, tomorrow), "Ended on 28 Nov 2026");
        assert_eq!(in_words(Fate::Ends(tomorrow), today), "Ends on 28 Nov 2026");
    }

    #[test]
    fn what_is_over_does_not_renew() {
        assert_eq!(fate("removed", Some(true), Some(date!(2027 - 03 - 14)), None), Fate::Ended(None));
    }
}
