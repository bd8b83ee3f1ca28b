use super::answer::AnswerPanel;
use super::data::{self, Loaded, Shown};
use super::form::CallForm;
use super::history::HistoryPanel;
use super::review::ReviewPage;
use crate::error::AppError;
use crate::ui::{ErrorSummary, Page, load};
use crate::url::Query;
use leptos::prelude::*;

/// `/console`; `?call=` shows a call that was made, `?draft=` a change to be confirmed, `?edit=` the form with it.
#[component]
pub(crate) fn ConsolePage() -> impl IntoView {
    load(data::console(Query::of_page()), |loaded| {
        let Loaded { may_write, is_connected, shown, typed, refused, history } = loaded;
        let answer = match shown {
            Shown::Review { draft, typed, address } => {
                return view! { <ReviewPage draft typed address refused/> }.into_any();
            }
            Shown::Answer { call, command } => Some(view! { <AnswerPanel call=*call command/> }),
            Shown::Nothing => None,
        };
        let is_refused = refused.as_ref().is_some_and(AppError::is_refusal);
        view! {
            <Page title="API console" refused=is_refused>
                {refused.clone().map(|error| view! { <ErrorSummary error/> })}
                {(!is_connected).then(NotConnected)}
                <p>"Any call to the marketplace by hand. It is made at once with Seatboard's own credentials, and recorded in the activity."</p>
                <CallForm typed may_write refused/>
                {answer}
                <HistoryPanel calls=history everybodys=may_write/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn NotConnected() -> impl IntoView {
    view! {
        <div class="notice" data-tone="warn">
            <div>
                <p class="notice-title">"No marketplace is connected"</p>
                <p>"Calls can be made as soon as an admin has connected it."</p>
            </div>
        </div>
    }
}
