//! The same order was placed already: said in the review, with a box to tick for another one.

use crate::error::AppError;
use crate::paths;
use crate::ui::{Icon, TimeText};
use ::backend::orders::PlacedBefore;
use leptos::prelude::*;

/// For the review's form; nothing where the order is a new one.
#[component]
pub(crate) fn Repeat(placed_before: Option<PlacedBefore>, refused: Option<AppError>) -> impl IntoView {
    placed_before.map(|before| {
        let error = refused.and_then(|error| error.field("another").map(ToOwned::to_owned));
        let described_by = if error.is_some() { "another-error" } else { "placed-before" };
        view! {
            <div class="notice" data-tone="warn" id="placed-before">
                <Icon name="warning"/>
                <div>
                    <p class="notice-title">{title(&before)}</p>
                    <p>
                        {format!("It was placed by {} on ", before.placed_by)}<TimeText at=before.placed_at/>
                        ". Look at it before you place another one."
                    </p>
                </div>
                <a class="button" href=paths::order(&before.intent_id.to_string())>"See that order"</a>
            </div>
            <div class="field">
                <label class="check" for="another">
                    <input
                        id="another"
                        name="another"
                        type="checkbox"
                        value="yes"
                        required
                        aria-describedby=described_by
                        aria-invalid=error.is_some().then_some("true")
                    />
                    <span>"Place another one"</span>
                </label>
                {error.map(|error| view! { <p class="field-error" id="another-error">{error}</p> })}
            </div>
        }
    })
}

fn title(before: &PlacedBefore) -> &'static str {
    match (before.own, before.unsettled) {
        (true, false) => "You placed the same order a moment ago",
        (true, true) => "You placed the same order already, and it is not settled yet",
        (false, _) => "A colleague placed the same order, and it is not settled yet",
    }
}
