use super::act::{Kind, restarts};
use super::server_fns::PlaceAct;
use super::words;
use crate::approvals::WhatHappens;
use crate::context::backend;
use crate::error::AppError;
use crate::flash::Flash;
use crate::format;
use crate::orders::repeat::Repeat;
use crate::paths;
use crate::seats::Priced;
use crate::ui::{Field, NotPriced};
use crate::url::Query;
use backend::catalogue::PlanSwitch;
use backend::orders::{CancellationWindow, Quote};
use backend::subscriptions::Subscription;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use time::Date;
use uuid::Uuid;

/// Everything once more with what it costs, then the button that orders.
#[component]
pub(super) fn Review(
    kind: Kind,
    subscription: Subscription,
    query: Query,
    switch: Option<PlanSwitch>,
    quote: Result<Quote, AppError>,
    window: CancellationWindow,
    refused: Option<Flash>,
    is_under_way: bool,
) -> impl IntoView {
    let meaning = words::meaning(kind, &subscription, switch.as_ref());
    let chosen = switch.as_ref().map(|switch| words::chosen(&subscription, switch, restarts(&query), today()));
    let moved = (kind == Kind::Move).then(|| words::moved(&subscription, &query, quote.as_ref().ok()));
    let window = (kind == Kind::Cancel).then(|| words::window(window, &subscription));
    let edit = match kind {
        Kind::SeatsAtRenewal | Kind::Switch => Some(kind.path(&subscription.id)),
        Kind::Move => Some(query.without(&["step"]).link(&kind.path(&subscription.id))),
        Kind::Renew | Kind::Cancel => None,
    };
    // What was typed before a post was refused goes along, since the field for it is not shown.
    let po_number = refused.as_ref().and_then(|flash| flash.value("po_number")).map(ToOwned::to_owned);
    let again = po_number.map_or_else(|| query.clone(), |po_number| query.with("po_number", &po_number));
    view! {
        <What
            kind
            subscription=subscription.clone()
            switch
            chosen
            quote=quote.as_ref().ok().cloned()
            edit=edit.clone()
        />
        {(!meaning.is_empty()).then(|| view! { <p>{meaning}</p> })}
        {moved.unwrap_or_default().into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
        {window.map(|window| view! { <p>{window}</p> })}
        {match quote {
            Ok(quote) => view! {
                <Priced quote=words::estimate(kind, &quote)/>
                <WhatHappens reasons=quote.approval.clone()/>
                <Place kind subscription query quote refused/>
            }
            .into_any(),
            Err(error) => view! {
                <NotPriced heading="No estimate" again=again.link(&kind.path(&subscription.id)) error is_under_way>
                    {edit.map(|href| view! { <a class="button" href=href>"Choose again"</a> })}
                    <a class="button quiet" href=paths::subscription(&subscription.id)>"Back to the subscription"</a>
                </NotPriced>
            }
            .into_any(),
        }}
    }
}

fn today() -> Date {
    backend().clock.now().date()
}

#[component]
fn What(
    kind: Kind,
    subscription: Subscription,
    switch: Option<PlanSwitch>,
    chosen: Option<Vec<(&'static str, String)>>,
    quote: Option<Quote>,
    edit: Option<String>,
) -> impl IntoView {
    let lines = quote.map(|quote| quote.lines).unwrap_or_default();
    let change = |what: &'static str| {
        edit.clone().map(|href| view! { <dd><a href=href>"Change"<span class="visually-hidden">{what}</span></a></dd> })
    };
    let term = subscription.term.as_ref().and_then(format::length);
    let from = subscription.plan_name.clone().unwrap_or_else(|| subscription.name.clone());
    let from = term.map_or_else(|| from.clone(), |term| format!("{from}, {term}"));
    if switch.is_none() && lines.is_empty() {
        return ().into_any();
    }
    view! {
        <dl class="review">
            {switch.map(|switch| view! {
                <div>
                    <dt>"Switch"</dt>
                    <dd>{from}" → "<strong>{words::target(&switch)}</strong></dd>
                    {change(" the switch")}
                </div>
            })}
            {chosen
                .unwrap_or_default()
                .into_iter()
                .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> })
                .collect_view()}
            {lines
                .into_iter()
                .map(|line| {
                    let seats = if line.before == line.after {
                        view! { {format::seats(line.after.get().into())} }.into_any()
                    } else {
                        view! { {line.before.get()}" → "<strong>{line.after.get()}</strong>" seats" }.into_any()
                    };
                    let change = matches!(kind, Kind::SeatsAtRenewal | Kind::Move).then(|| change(" the seats"));
                    view! { <div><dt>{line.name}</dt><dd>{seats}</dd>{change}</div> }
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}

#[component]
fn Place(kind: Kind, subscription: Subscription, query: Query, quote: Quote, refused: Option<Flash>) -> impl IntoView {
    let shown = quote.now.and_then(|now| serde_json::to_string(&now).ok());
    let kept = |field: &str| {
        refused.as_ref().and_then(|flash| flash.value(field)).or_else(|| query.get(field)).map(ToOwned::to_owned)
    };
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    let name = subscription.customer_name.clone().unwrap_or_else(|| subscription.customer_id.clone());
    let class = if kind == Kind::Cancel { "button danger" } else { "button primary" };
    view! {
        <form class="form" method="post" action=PlaceAct::PATH autocomplete="off">
            <input type="hidden" name="subscription" value=subscription.id/>
            <input type="hidden" name="act" value=kind.segment()/>
            <input type="hidden" name="choice" value=query.link("").trim_start_matches('?').to_owned()/>
            {shown.map(|shown| view! { <input type="hidden" name="shown" value=shown/> })}
            <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/>
            <Field
                name="po_number"
                label="PO number"
                hint="Optional. Your client's purchase order; the marketplace keeps it with the order."
                value=kept("po_number")
                error=error("po_number")
                autocomplete="off"
            />
            {(kind == Kind::Cancel).then(|| view! {
                <Field
                    name="customer_name"
                    label="Customer's name"
                    hint=format!("Type {name} to make sure that it is the right subscription.")
                    value=kept("customer_name")
                    error=error("customer_name")
                    autocomplete="off"
                />
            })}
            <Repeat placed_before=quote.placed_before.clone() refused=refused.as_ref().map(|flash| flash.error.clone())/>
            <div class="form-actions">
                <button class=class type="submit">{words::button(kind, &quote)}</button>
            </div>
        </form>
    }
}
