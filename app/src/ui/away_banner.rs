//! What every page says while the marketplace does not answer.

use super::{Icon, TimeText};
use crate::{context, format, paths};
use backend::health::{Away, Notice};
use leptos::prelude::*;
use time::OffsetDateTime;

/// Since when and why, what still works, what waits, and when it is tried again. Nothing while all is well.
#[component]
pub(super) fn AwayBanner() -> impl IntoView {
    context::marketplace_away().map(|Notice { away, waiting }| {
        let tried = tried(&away, context::backend().clock.now());
        view! {
            <div class="banner" data-tone="warn" role="status">
                <Icon name="warning"/>
                <div>
                    <p class="notice-title">"The marketplace has not answered since "<TimeText at=away.since/></p>
                    <p>{format!("Why: {}. {tried}", away.why)}</p>
                    <p>
                        "Everything can still be read; how old it is stands beside it. Nothing can be priced or sent now. "
                        {waits(waiting)}
                        "Orders can be kept as "<a href=paths::DRAFTS>"drafts"</a>", which are priced anew before they are sent."
                    </p>
                </div>
            </div>
        }
    })
}

/// A time of day, because the page may stand open for long.
fn tried(away: &Away, now: OffsetDateTime) -> String {
    match away.next_try {
        Some(at) if at > now => format!("It is tried again at {}.", format::date_time_seconds(at)),
        _ => "It is being tried now.".to_owned(),
    }
}

fn waits(orders: i64) -> Option<String> {
    match orders {
        0 => None,
        1 => Some("1 order waits and is sent when it answers. ".to_owned()),
        more => Some(format!("{} orders wait and are sent when it answers. ", format::grouped(more))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::datetime;

    #[test]
    fn the_banner_says_when_it_is_tried_again() {
        let now = datetime!(2026-03-02 14:02 UTC);
        let away = |next_try| Away { since: now, why: String::new(), next_try };
        assert_eq!(
            tried(&away(Some(now + Duration::seconds(20))), now),
            format!("It is tried again at {}.", format::date_time_seconds(now + Duration::seconds(20)))
        );
        assert_eq!(tried(&away(None), now), "It is being tried now.");
        assert_eq!(tried(&away(Some(now)), now), "It is being tried now.");
    }
}
