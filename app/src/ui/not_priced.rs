use super::CorrelationId;
use crate::drafts::KeepAsDraft;
use crate::error::{AppError, Kind};
use leptos::prelude::*;

/// Why a post was refused, unless [`NotPriced`] says the same of the marketplace in the place of the estimate.
pub(crate) fn unless_not_priced<T>(refused: Option<AppError>, priced: &Result<T, AppError>) -> Option<AppError> {
    let is_said = priced.as_ref().is_err_and(AppError::is_of_marketplace);
    refused.filter(|refused| !(is_said && refused.is_of_marketplace()))
}

/// In the place of an estimate that could not be had: why, that nothing was ordered, and how to go on. `children` are
/// further ways out. While the marketplace is away, or another order is under way, the form can be kept as a draft.
#[component]
pub(crate) fn NotPriced(
    heading: &'static str,
    error: AppError,
    /// Where the same is tried again.
    again: String,
    /// An order of the subscription is under way, perhaps this very one.
    #[prop(optional)]
    is_under_way: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let draft = matches!(error.kind, Kind::Marketplace | Kind::Conflict).then(|| again.clone());
    let error = if is_under_way { error } else { error.nothing_ordered() };
    view! {
        <section class="estimate" data-state="failed" role="alert">
            <h2>{heading}</h2>
            <p>{error.message}</p>
            <p class="cluster"><a class="button" href=again>"Try again"</a>{children.map(|children| children())}</p>
            {draft.map(|path| view! { <KeepAsDraft path/> })}
            {error.correlation_id.map(|id| view! { <CorrelationId id/> })}
        </section>
    }
}
