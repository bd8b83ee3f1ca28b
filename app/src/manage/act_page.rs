use super::act::Kind;
use super::choose::{ChooseSeats, ChooseSwitch};
use super::choose_move::ChooseMove;
use super::data::{self, ActLoaded, Step};
use super::frame::{Frame, NotNow};
use super::review::Review;
use crate::error::AppError;
use crate::subscriptions::{NotReadYet, On, OthersView, ReadingView};
use crate::ui::{ErrorSummary, load, unless_not_priced};
use crate::url::Query;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/subscriptions/{id}/seats-at-renewal`
#[component]
pub(crate) fn SeatsAtRenewalPage() -> impl IntoView {
    page(Kind::SeatsAtRenewal)
}

/// `/subscriptions/{id}/switch`
#[component]
pub(crate) fn SwitchPage() -> impl IntoView {
    page(Kind::Switch)
}

/// `/subscriptions/{id}/move`
#[component]
pub(crate) fn MovePage() -> impl IntoView {
    page(Kind::Move)
}

/// `/subscriptions/{id}/renew`
#[component]
pub(crate) fn RenewPage() -> impl IntoView {
    page(Kind::Renew)
}

/// `/subscriptions/{id}/cancel`
#[component]
pub(crate) fn CancelPage() -> impl IntoView {
    page(Kind::Cancel)
}

fn page(kind: Kind) -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::act(kind, id, Query::of_page()), |loaded| {
        let ActLoaded { kind, subscription, query, step, window, refused, others } = loaded;
        if matches!(step, Step::NotRead) {
            return view! { <NotReadYet title=kind.title() subscription/> }.into_any();
        }
        let id = subscription.id.clone();
        let problem = match &step {
            Step::ChooseSwitch { problem, .. } | Step::ChooseMove { problem, .. } | Step::ChooseSeats { problem } => {
                problem.clone()
            }
            _ => None,
        };
        let summary = refused.as_ref().map(|flash| flash.error.clone()).or(problem);
        let is_refused = summary.as_ref().is_some_and(AppError::is_refusal);
        let summary = match &step {
            Step::Review { quote, .. } => unless_not_priced(summary, quote),
            _ => summary,
        };
        let is_under_way = others.has_an_order();
        view! {
            <Frame title=kind.title() subscription=subscription.clone() refused=is_refused>
                <OthersView others/>
                {view! { <ReadingView subscription=subscription.clone() on=On::AForm/> }.into_any()}
                {summary.map(|error| view! { <ErrorSummary error/> })}
                {match step {
                    Step::NotRead => ().into_any(),
                    Step::Refused(reason) => view! { <NotNow reason subscription_id=id/> }.into_any(),
                    Step::ChooseSwitch { switches, problem } => {
                        view! { <ChooseSwitch subscription switches query problem/> }.into_any()
                    }
                    Step::ChooseMove { choices, problem } => {
                        view! { <ChooseMove subscription choices query problem/> }.into_any()
                    }
                    Step::ChooseSeats { problem } => view! { <ChooseSeats subscription query problem/> }.into_any(),
                    Step::Review { switch, quote } => {
                        view! { <Review kind subscription query switch quote window refused is_under_way/> }.into_any()
                    }
                }}
            </Frame>
        }
        .into_any()
    })
}
