//! That the detail of a subscription (seats, prices, product lines) is being read, or could not be: on its page, and on the
//! forms that need it.

use crate::context::{self, backend};
use crate::error::AppError;
use crate::paths;
use crate::ui::{Crumb, Page};
use crate::url::Query;
use backend::subscriptions::{self, Reading, Subscription};
use leptos::prelude::*;

/// The subscription for who opens a page of it, which has its detail read where that is missing or out of date. A page that
/// looks again by itself has nothing read.
pub(crate) async fn opened(id: &str) -> Result<Subscription, AppError> {
    let backend = backend();
    // Boxed: this waits inside every page of a subscription.
    let (get, look_at) = (Box::pin(subscriptions::get(&backend, id)), Box::pin(subscriptions::look_at(&backend, id)));
    context::opened(get, look_at).await
}

/// Where the notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// On the subscription's page, which is looked for again as a whole.
    ItsPage,
    /// On a form, where nothing that is typed may be lost.
    AForm,
}

impl On {
    /// What the query of the subscription's page asks for: a form reads its notice from there, because it would ask for its
    /// estimate again.
    pub(super) fn of_page() -> Self {
        if Query::of_page().get(NOTICE) == Some("form") { Self::AForm } else { Self::ItsPage }
    }
}

const NOTICE: &str = "notice";

/// How far the reading is, where there is something to say. It looks for itself again (`public/refresh.js`); once the
/// detail is there a form that waited for it is loaded, and one that is being filled in says so.
#[component]
pub(crate) fn ReadingView(subscription: Subscription, on: On) -> impl IntoView {
    let words = Words::of(&subscription);
    let under_way = subscription.reading == Reading::UnderWay;
    let form = under_way && on == On::AForm;
    let from = Query::default().with(NOTICE, "form").link(&paths::subscription(&subscription.id));
    let then_load = form && subscription.is_unread();
    let then = (under_way && !then_load).then_some(if form { READ_AGAIN } else { "" });
    words.map(|words| {
        view! {
            <div
                class="stack"
                id="reading"
                aria-live="polite"
                data-refresh=under_way.then_some("1")
                data-live-from=form.then_some(from)
                data-then=then
                data-then-load=then_load.then_some("")
            >
                {match words.title {
                    None => view! { <p class="sub">{words.text}</p> }.into_any(),
                    Some(title) => view! {
                        <div class="notice" data-tone="warn">
                            <div><p class="notice-title">{title}</p><p>{words.text}</p></div>
                        </div>
                    }
                    .into_any(),
                }}
            </div>
            {under_way.then(|| view! { <noscript><p>"Load this page again to see it."</p></noscript> })}
        }
    })
}

const READ_AGAIN: &str =
    "This subscription may have changed since this page was loaded. Load it again before you go on.";

/// A form of a subscription of which nothing was read: it stands here as soon as that is there.
#[component]
pub(crate) fn NotReadYet(title: &'static str, subscription: Subscription) -> impl IntoView {
    let crumbs = vec![
        Crumb::new("Subscriptions", paths::SUBSCRIPTIONS),
        Crumb::new(subscription.name.clone(), paths::subscription(&subscription.id)),
    ];
    let back = paths::subscription(&subscription.id);
    view! {
        <Page title crumbs>
            <ReadingView subscription on=On::AForm/>
            <div class="form-actions"><a class="button quiet" href=back>"Back"</a></div>
        </Page>
    }
}

/// Why there are no seats to show, or to change.
pub(super) fn without_seats(subscription: &Subscription) -> &'static str {
    match subscription.reading {
        Reading::UnderWay => "Seats are being read from the marketplace.",
        Reading::Refused | Reading::Unanswered => "Seats could not be read from the marketplace.",
        Reading::Done | Reading::NotAskedFor => "Seats have not been read from the marketplace yet.",
    }
}

struct Words {
    title: Option<&'static str>,
    text: &'static str,
}

impl Words {
    fn of(subscription: &Subscription) -> Option<Self> {
        let unread = subscription.is_unread();
        let (title, text) = match subscription.reading {
            Reading::Done => return None,
            // Where there is something to show it is as old as the page says.
            Reading::NotAskedFor if !unread => return None,
            Reading::NotAskedFor => (
                Some("Not read yet"),
                "Its seats, prices and product lines have not been read from the marketplace yet. Load this page again in a minute.",
            ),
            Reading::UnderWay if unread => (
                None,
                "Reading seats, prices and product lines from the marketplace. They show here as soon as they are there.",
            ),
            Reading::UnderWay => (
                None,
                "Reading this subscription from the marketplace again. Until then it shows what was read before.",
            ),
            Reading::Refused => (
                Some("The marketplace did not tell what this subscription holds"),
                "Load this page again in a minute. If that does not help, look in the marketplace's own panel, or ask its support.",
            ),
            Reading::Unanswered => (
                Some("This subscription could not be read"),
                "The marketplace did not answer. It is asked again by itself; load this page again in a minute.",
            ),
        };
        Some(Self { title, text })
    }
}
