//! Follows an order that is not finished.

use super::progress::{Progress, ProgressView};
use leptos::prelude::*;

/// Asks how far the order is, ever more rarely, and shows it in place. Without wasm it is what the server knew; the page
/// then brings a way to ask again.
#[island]
pub fn OrderProgress(
    /// The intent.
    id: String,
    /// What the server knew.
    progress: Progress,
) -> impl IntoView {
    let shown = RwSignal::new(progress);
    // Why nobody looks any more, where that is not because the order ended.
    let stopped = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    polling::begin(id, shown, stopped);
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
    view! {
        <div class="stack" aria-live="polite">{move || view! { <ProgressView progress=shown.get()/> }}</div>
        <p role="status">{move || stopped.get()}</p>
        <p class="cluster">
            <span class="sub">"Checked "{move || shown.get().checked}</span>
            <a class="button quiet" href="">
                {move || if shown.get().ended { "Show the finished order" } else { "Check now" }}
            </a>
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod polling {
    use super::super::server_fns::order_progress;
    use super::Progress;
    use crate::error::Kind;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::time::Duration;

    /// How often to look, and how long to wait before each look. Ends after a quarter of an hour, so that a page left
    /// open keeps neither the server busy nor the person signed in.
    const PACE: [(u32, Duration); 3] =
        [(5, Duration::from_secs(2)), (10, Duration::from_secs(5)), (55, Duration::from_secs(15))];

    pub(super) fn begin(id: String, shown: RwSignal<Progress>, stopped: RwSignal<Option<String>>) {
        look_again(id, shown, stopped, 0);
    }

    fn look_again(id: String, shown: RwSignal<Progress>, stopped: RwSignal<Option<String>>, look: u32) {
        let Some(delay) = delay(look) else {
            stopped.set(Some("This page has stopped looking. Check now to go on.".to_owned()));
            return;
        };
        let look_now = move || {
            spawn_local(async move {
                match order_progress(id.clone()).await {
                    Ok(progress) => {
                        show_in_header(&progress);
                        let ended = progress.ended;
                        shown.set(progress);
                        if ended {
                            return;
                        }
                    }
                    Err(error) if matches!(error.kind, Kind::SignInNeeded | Kind::Forbidden | Kind::NotFound) => {
                        stopped.set(Some(error.message));
                        return;
                    }
                    // The server or the network is away for a moment; what is shown says when it was checked.
                    Err(_) => {}
                }
                look_again(id, shown, stopped, look + 1);
            });
        };
        set_timeout(look_now, delay);
    }

    fn delay(look: u32) -> Option<Duration> {
        let mut before = 0;
        PACE.into_iter().find_map(|(looks, delay)| {
            before += looks;
            (look < before).then_some(delay)
        })
    }

    /// The page's header is outside the island and shows the same status.
    fn show_in_header(progress: &Progress) {
        if let Ok(Some(badge)) = document().query_selector(".page-title .badge") {
            badge.set_text_content(Some(&progress.status));
            let _unchanged = badge.set_attribute("data-tone", &progress.tone);
        }
    }
}
