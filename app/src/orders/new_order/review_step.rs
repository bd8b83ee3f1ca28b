use super::data::Chosen;
use super::draft::Draft;
use super::page::Frame;
use super::quote_text;
use super::server_fns::PlaceOrder;
use super::{parameter_field, product_text};
use crate::approvals::WhatHappens;
use crate::error::AppError;
use crate::format;
use crate::orders::repeat::Repeat;
use crate::seats::Priced;
use crate::ui::{ErrorSummary, NotPriced, unless_not_priced};
use ::backend::orders::{LineParameters, ParameterField, Quote};
use domain::{Money, Seats};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// Everything once more with what it costs, then the button that orders.
#[component]
pub(super) fn ReviewStep(
    chosen: Chosen,
    asked: Vec<LineParameters>,
    quote: Result<Quote, AppError>,
    refused: Option<AppError>,
) -> impl IntoView {
    let draft = chosen.draft.clone();
    view! {
        <Frame draft=draft.clone() number=3 refused=refused.as_ref().is_some_and(AppError::is_refusal)>
            {unless_not_priced(refused.clone(), &quote).map(|error| view! { <ErrorSummary error/> })}
            <Rows chosen asked quote=quote.as_ref().ok().cloned()/>
            {match quote {
                Ok(quote) => view! { <Priced quote=quote_text::text(&quote)/><Place draft quote refused/> }.into_any(),
                Err(error) => view! { <NotPriced heading="No estimate" again=draft.review_link() error/> }.into_any(),
            }}
        </Frame>
    }
}

#[component]
fn Rows(chosen: Chosen, asked: Vec<LineParameters>, quote: Option<Quote>) -> impl IntoView {
    let Chosen { draft, customer, products, end, .. } = chosen;
    let chosen_end = end.choices.iter().find(|choice| Some(choice.with.to_string()) == draft.end_with);
    let ends = chosen_end.map(product_text::end_text);
    let edit = draft.link();
    let amounts = quote.map(|quote| quote.lines).unwrap_or_default().into_iter().map(|line| line.amount);
    let amounts = amounts.chain(std::iter::repeat(None));
    let lines = draft.lines.iter().zip(products).zip(amounts).enumerate();
    let lines = lines.map(|(index, ((line, product), amount))| {
        let typed = Seats::parse(line.seats.as_deref().unwrap_or_default()).unwrap_or_default();
        let seats = format::seats(typed.get().into());
        let amount = amount.map(|amount: Money| format!(", {} now", amount.display())).unwrap_or_default();
        let comes_with = product_text::comes_with(&product);
        let special = line.special_price.as_ref().map(|price| format!("Special price: {price} per seat"));
        let what = [Some(format!("{seats}{amount}")), special, comes_with].into_iter().flatten().collect();
        let parameters = asked.get(index).map(|line| parameters(&draft, index, line).into_any());
        view! { {row(product.name, what, format!("{edit}#seats-{index}"))}{parameters} }
    });
    let lines = lines.collect_view();
    let po_number = draft.po_number.clone().unwrap_or_else(|| "none".to_owned());
    view! {
        <dl class="review">
            {row("Customer".to_owned(), vec![customer.name], draft.without_customer().link())}
            {lines}
            {row("PO number".to_owned(), vec![po_number], format!("{edit}#po_number"))}
            {ends.map(|ends| row("Ends together with".to_owned(), vec![ends], format!("{edit}#end_with")))}
        </dl>
    }
}

/// What was entered for a line; never a password.
fn parameters(draft: &Draft, line: usize, asked: &LineParameters) -> impl IntoView + use<> {
    let edit = draft.parameters_link();
    let row = |(at, field): (usize, &ParameterField)| {
        row(
            parameter_field::label(field),
            vec![parameter_field::shown(field)],
            format!("{edit}#{}", parameter_field::id(line, at)),
        )
    };
    asked.fields.iter().enumerate().map(row).collect_view()
}

/// One thing in one or more lines, and where to change it.
pub(in crate::orders) fn row(label: String, value: Vec<String>, edit: String) -> impl IntoView {
    let what = format!(" {label}");
    view! {
        <div>
            <dt>{label}</dt>
            <dd>
                {value
                    .into_iter()
                    .enumerate()
                    .map(|(at, text)| view! { <span class=if at == 0 { "" } else { "sub" }>{text}</span> })
                    .collect_view()}
            </dd>
            <dd><a href=edit>"Change"<span class="visually-hidden">{what}</span></a></dd>
        </div>
    }
}

#[component]
fn Place(draft: Draft, quote: Quote, refused: Option<AppError>) -> impl IntoView {
    let order = draft.query().link("");
    let shown = quote.now.and_then(|now| serde_json::to_string(&now).ok());
    view! {
        <WhatHappens
            reasons=quote.approval.clone()
            otherwise="The order goes to the marketplace at once. It is done when the marketplace says it is completed."
        />
        <form class="form" method="post" action=PlaceOrder::PATH autocomplete="off">
            <input type="hidden" name="order" value=order.trim_start_matches('?').to_owned()/>
            {shown.map(|shown| view! { <input type="hidden" name="shown" value=shown/> })}
            <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/>
            <Repeat placed_before=quote.placed_before.clone() refused/>
            <div class="form-actions">
                <button class="button primary" type="submit">{quote_text::button(&quote)}</button>
            </div>
        </form>
    }
}
