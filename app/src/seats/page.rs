use super::editor::SeatEditor;
use super::model::Answer;
use super::{quote_view, review};
use crate::context::{backend, require, surface};
use crate::drafts::KeepAsDraft;
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use crate::paths;
use crate::subscriptions::{NotReadYet, On, Others, OthersView, ReadingView, opened, others_at_form};
use crate::ui::{AsOf, Crumb, ErrorSummary, Field, Page, load};
use crate::url::Query;
use backend::orders::{self, SeatChange, SeatsNow};
use backend::presence;
use backend::staff::Staff;
use backend::subscriptions::Subscription;
use domain::{Permission, Seats};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The form's name in the session.
pub(super) const FORM: &str = "change_seats";

/// `/subscriptions/{id}/seats`: the number and, with `step=review`, the review.
#[component]
pub(crate) fn ChangeSeatsPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = Query::of_page();
    load(opened_form(id, query.clone()), move |form| {
        let reviewing = query.get("step") == Some("review");
        match form {
            Form::NotRead(subscription) => {
                view! { <NotReadYet title="Change seats" subscription=*subscription/> }.into_any()
            }
            Form::Ready(loaded) if reviewing && matches!(loaded.answer, Some(Ok(_))) => {
                view! { <review::Review loaded=*loaded/> }.into_any()
            }
            Form::Ready(loaded) => view! { <Edit loaded=*loaded/> }.into_any(),
        }
    })
}

/// What stands on the page.
enum Form {
    /// Its seats are not known yet.
    NotRead(Box<Subscription>),
    /// The form, or the review.
    Ready(Box<Loaded>),
}

/// Everything the page shows.
#[derive(Clone)]
pub(super) struct Loaded {
    pub(super) subscription: Subscription,
    pub(super) now: SeatsNow,
    pub(super) seats: String,
    pub(super) po_number: String,
    /// The estimate of the number in the URL, when there is another one than the present.
    pub(super) answer: Option<Result<(orders::Quote, Seats), AppError>>,
    pub(super) refused: Option<Flash>,
    pub(super) others: Others,
    /// The order that this one takes the place of.
    pub(super) again: Option<String>,
}

/// The page's state as a query.
pub(super) fn state(line: i32, seats: &str, po_number: &str) -> Query {
    Query::default().with("line", &line.to_string()).with("seats", seats).with("po_number", po_number)
}

pub(super) fn change(subscription: &str, line: i32, seats: &str, po_number: &str) -> SeatChange {
    SeatChange {
        subscription_id: subscription.to_owned(),
        line,
        seats: seats.to_owned(),
        from: None,
        po_number: Some(po_number.to_owned()),
    }
}

async fn opened_form(id: String, query: Query) -> Result<Form, AppError> {
    let staff = require(Permission::ChangeSeats)?;
    let subscription = opened(&id).await?;
    if subscription.is_unread() {
        return Ok(Form::NotRead(Box::new(subscription)));
    }
    let loaded = loaded(staff, subscription.without_costs(), query).await?;
    Ok(Form::Ready(Box::new(loaded)))
}

async fn loaded(staff: Staff, subscription: Subscription, query: Query) -> Result<Loaded, AppError> {
    let id = subscription.id.clone();
    let line = query.get("line").and_then(|line| line.parse().ok()).unwrap_or(1);
    let now = orders::seats_now(&backend(), &id, line).await.map_err(surface)?;
    let others = others_at_form(&staff, &id).await?;
    let refused = flash::take(FORM).await;
    let kept = |field| {
        refused.as_ref().and_then(|flash: &Flash| flash.value(field)).or(query.get(field)).map(ToOwned::to_owned)
    };
    // Whoever asks for the review with an empty field left the number out.
    let left_out = query.get("step").is_some();
    let seats = kept("seats").unwrap_or_else(|| if left_out { String::new() } else { now.seats.to_string() });
    let po_number = kept("po_number").unwrap_or_default();
    let unchanged = seats.trim() == now.seats.to_string();
    let answer = if unchanged && query.get("step").is_none() {
        None
    } else {
        let change = change(&id, line, &seats, &po_number);
        let quote = orders::estimate_seat_change(&backend(), &staff, &change).await;
        // The page itself is fine: only the estimate in it failed.
        let refused = |error| refused_estimate(error, now.under_way.is_some());
        Some(quote.map(|quote| (quote, parsed(&seats))).map_err(refused))
    };
    let again = query.get("again").map(ToOwned::to_owned);
    Ok(Loaded { subscription, now, seats, po_number, answer, refused, others, again })
}

/// What the editor asks while a person types.
pub(super) async fn ask(staff: &Staff, subscription: String, line: i32, seats: String) -> Result<Answer, AppError> {
    let backend = backend();
    let now = orders::seats_now(&backend, &subscription, line).await.map_err(surface)?;
    presence::note(&backend, staff, &subscription).await.map_err(surface)?;
    let change = change(&subscription, line, &seats, "");
    let quote = orders::estimate_seat_change(&backend, staff, &change).await.map_err(crate::context::explain);
    Ok(answer(quote.map(|quote| (quote, parsed(&seats))), &now))
}

/// Beside a field it is plain that nothing was ordered; anywhere else it is said, unless something was: whoever goes back to
/// the form after placing it is not told otherwise.
fn refused_estimate(error: backend::Error, is_under_way: bool) -> AppError {
    let error = crate::context::explain(error);
    match error.kind {
        Kind::Invalid => error,
        Kind::Conflict if is_under_way => AppError { message: format!("No price yet: {}", error.message), ..error },
        _ => error.nothing_ordered(),
    }
}

fn answer(quote: Result<(orders::Quote, Seats), AppError>, now: &SeatsNow) -> Answer {
    match quote {
        Ok((quote, seats)) => Answer::Priced(quote_view::text(&quote, now, seats)),
        Err(error) if error.kind == Kind::Invalid => {
            Answer::Refused(error.field("seats").unwrap_or(&error.message).to_owned())
        }
        Err(error) => Answer::Failed(error.message),
    }
}

/// What the summary says is not said again in the place of the estimate.
fn said_once(answer: Answer, summary: Option<&AppError>) -> Answer {
    match answer {
        Answer::Failed(message) if summary.is_some_and(|summary| summary.message == message) => {
            Answer::Failed("No estimate.".to_owned())
        }
        answer => answer,
    }
}

fn parsed(seats: &str) -> Seats {
    Seats::parse(seats).unwrap_or_default()
}

#[component]
fn Edit(loaded: Loaded) -> impl IntoView {
    let Loaded { subscription, now, seats, po_number, answer: quote, refused, others, again } = loaded;
    let unpriced = quote.clone().and_then(Result::err);
    // The notice above says what is under way, and the estimate that it has no price yet.
    let is_told = |error: &AppError| now.under_way.is_some() && error.kind == Kind::Conflict;
    let has_to_wait = unpriced.as_ref().is_some_and(is_told);
    let problem = refused.map(|flash| flash.error).or_else(|| unpriced.filter(|_| !has_to_wait));
    let answer = quote.map(|quote| said_once(answer(quote, &now), problem.as_ref()));
    let po_error = problem.as_ref().and_then(|problem| problem.field("po_number")).map(ToOwned::to_owned);
    let for_now = |problem: &AppError| matches!(problem.kind, Kind::Marketplace | Kind::Conflict);
    let draft = (has_to_wait || problem.as_ref().is_some_and(for_now)).then(|| {
        state(now.line, &seats, &po_number).with("step", "review").link(&paths::change_seats(&now.subscription_id))
    });
    view! {
        <Frame now=now.clone() subscription others refused=problem.as_ref().is_some_and(AppError::is_refusal)>
            {problem.map(|error| view! { <ErrorSummary error/> })}
            <form class="form" method="get" action=paths::change_seats(&now.subscription_id) novalidate>
                <input type="hidden" name="line" value=now.line/>
                {again.map(|again| view! { <input type="hidden" name="again" value=again/> })}
                <p class="hint" id="seats-limits">{limits(&now)}</p>
                <SeatEditor
                    subscription=now.subscription_id.clone()
                    line=now.line
                    current=now.seats.get()
                    minimum=now.limits.minimum.map_or(1, Seats::get)
                    maximum=now.limits.maximum.map(Seats::get)
                    seats
                    answer
                />
                <Field
                    name="po_number"
                    label="PO number"
                    hint="Optional. Your client's purchase order; the marketplace keeps it with the order."
                    value=Some(po_number)
                    error=po_error
                    autocomplete="off"
                />
                <div class="form-actions">
                    <button class="button primary" type="submit" name="step" value="review">"Review"</button>
                    <noscript><button class="button" type="submit">"Update the estimate"</button></noscript>
                    <a class="button quiet" href=paths::subscription(&now.subscription_id)>"Back"</a>
                </div>
            </form>
            {draft.map(|path| view! { <KeepAsDraft path/> })}
        </Frame>
    }
}

/// The page's header, with or without the review.
#[component]
pub(super) fn Frame(
    now: SeatsNow,
    subscription: Subscription,
    others: Others,
    #[prop(optional)] refused: bool,
    children: Children,
) -> impl IntoView {
    let customer = now.customer_name.clone().unwrap_or_else(|| now.customer_id.clone());
    let crumbs = vec![
        Crumb::new("Subscriptions", paths::SUBSCRIPTIONS),
        Crumb::new(now.subscription_name.clone(), paths::subscription(&now.subscription_id)),
    ];
    view! {
        <Page title="Change seats" crumbs as_of=view! { <AsOf at=Some(now.as_of)/> }.into_any() refused>
            <dl class="facts">
                <div><dt>"Product"</dt><dd>{now.product_name}</dd></div>
                <div><dt>"Customer"</dt><dd><a href=paths::customer(&now.customer_id)>{customer}</a></dd></div>
                <div><dt>"Subscription"</dt><dd><code class="id">{now.subscription_id}</code></dd></div>
            </dl>
            <OthersView others/>
            {view! { <ReadingView subscription on=On::AForm/> }.into_any()}
            {children()}
        </Page>
    }
}

fn limits(now: &SeatsNow) -> String {
    match (now.limits.minimum, now.limits.maximum) {
        (Some(least), Some(most)) => format!("From {least} to {most} seats."),
        (Some(least), None) => format!("At least {least}."),
        (None, Some(most)) => format!("At most {most} seats."),
        (None, None) => "The catalogue sets no limits for this product.".to_owned(),
    }
}
