use super::estimate_view::Priced;
use super::page::{Frame, Loaded, state};
use super::quote_view;
use super::server_fns::PlaceSeatChange;
use crate::approvals::WhatHappens;
use crate::drafts::KeepAsDraft;
use crate::error::{AppError, Kind};
use crate::orders::repeat::Repeat;
use crate::ui::{Disabled, ErrorSummary};
use crate::{paths, proof};
use ::backend::orders::Confirmation;
use domain::{Money, Seats};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Everything once more, then the button that orders.
#[component]
pub(super) fn Review(loaded: Loaded) -> impl IntoView {
    let Loaded { subscription, now, seats: typed, po_number, answer, refused, others, again } = loaded;
    let error = refused.map(|flash| flash.error);
    let Some(Ok((quote, seats))) = answer else { return ().into_any() };
    let again_of = again.as_deref().unwrap_or_default();
    let form = paths::change_seats(&now.subscription_id);
    let order = state(now.line, &typed, &po_number).with("again", again_of);
    let (edit, here) = (order.link(&form), order.with("step", "review").link(&form));
    let waits = now.under_way.map(|_| UNDER_WAY);
    let button = quote_view::button(&quote, seats);
    let shown = serde_json::to_string(&(quote.now, now.seats)).ok();
    let po_text = if po_number.is_empty() { "none".to_owned() } else { po_number.clone() };
    view! {
        <Frame now=now.clone() subscription others refused=error.as_ref().is_some_and(AppError::is_refusal)>
            {error.clone().map(|error| view! { <ErrorSummary error/> })}
            <dl class="review">
                <div>
                    <dt>"Seats"</dt>
                    <dd>{now.seats.get()}" → "<strong>{seats.get()}</strong></dd>
                    <dd><a href=edit.clone()>"Change"<span class="visually-hidden">" the seats"</span></a></dd>
                </div>
                <div>
                    <dt>"PO number"</dt>
                    <dd>{po_text}</dd>
                    <dd><a href=edit>"Change"<span class="visually-hidden">" the PO number"</span></a></dd>
                </div>
            </dl>
            <Priced quote=quote_view::text(&quote, &now, seats)/>
            <WhatHappens
                reasons=quote.approval.clone()
                otherwise="The order goes to the marketplace at once. The new seats show here when the marketplace says it is completed."
            />
            <form class="form" method="post" action=PlaceSeatChange::PATH autocomplete="off">
                <input type="hidden" name="subscription" value=now.subscription_id/>
                <input type="hidden" name="line" value=now.line/>
                <input type="hidden" name="seats" value=typed/>
                <input type="hidden" name="po_number" value=po_number/>
                {again.map(|again| view! { <input type="hidden" name="again" value=again/> })}
                {shown.map(|shown| view! { <input type="hidden" name="shown" value=shown/> })}
                <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/>
                <Repeat placed_before=quote.placed_before.clone() refused=error/>
                <div class="form-actions">
                    {match waits {
                        None => view! { <button class="button primary" type="submit">{button}</button> }.into_any(),
                        Some(reason) => view! {
                            <Disabled label=button reason/>
                            <a class="button" href=here.clone()>"Look again"</a>
                        }
                        .into_any(),
                    }}
                </div>
            </form>
            {waits.map(|_| view! { <KeepAsDraft path=here/> })}
        </Frame>
    }
    .into_any()
}

const UNDER_WAY: &str = "Another change of this subscription is under way or waits for approval. Look again when it is \
                         done, rejected or withdrawn, or keep this as a draft.";

/// What the review of a seat change showed: the price and the present seats.
pub(super) fn seen(shown: Option<&str>) -> Result<(Option<Money>, Option<Seats>), AppError> {
    let seen: Option<(Option<Money>, Seats)> = read(shown)?;
    Ok(seen.map_or((None, None), |(price, seats)| (price, Some(seats))))
}

/// Reads the fields of a review back: the price that was shown, the token of the page, which is at `review_path`, and
/// the tick for another order like one just placed. Fails where placing an order at this price takes a proof that it is the
/// person, and there is none.
pub(crate) async fn confirmation(
    shown: Option<&str>,
    form_token: &str,
    review_path: &str,
    another: Option<&str>,
) -> Result<Confirmation, AppError> {
    confirmed(read(shown)?, form_token, review_path, another).await
}

/// The same, of a price that was read.
pub(super) async fn confirmed(
    shown: Option<Money>,
    form_token: &str,
    review_path: &str,
    another: Option<&str>,
) -> Result<Confirmation, AppError> {
    let form_token = form_token.parse().map_err(|_| unreadable())?;
    proof::ensure_to_place(form_token, shown).await?;
    Ok(Confirmation { shown, form_token, review_path: review_path.to_owned(), another: another.is_some() })
}

fn read<T: DeserializeOwned>(shown: Option<&str>) -> Result<Option<T>, AppError> {
    shown.map(serde_json::from_str).transpose().map_err(|_| unreadable())
}

fn unreadable() -> AppError {
    AppError::new(Kind::Invalid, "This review cannot be used any more. Review the order again.")
}
