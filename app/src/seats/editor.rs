//! The one field that answers while it is typed into.

use super::model::{Answer, QuoteText};
use super::server_fns::estimate_seats;
use leptos::prelude::*;
use std::time::Duration;

/// How long after the last key the estimate is asked for.
const PAUSE: Duration = Duration::from_millis(350);

/// Current → new, with steps up and down and a live estimate. Without wasm it is a plain number field, and `answer` is
/// what the server made of the number in the URL.
#[island]
pub fn SeatEditor(
    subscription: String,
    line: i32,
    current: u32,
    minimum: u32,
    maximum: Option<u32>,
    seats: String,
    answer: Option<Answer>,
) -> impl IntoView {
    let typed = RwSignal::new(seats);
    let answer = RwSignal::new(answer);
    let pricing = RwSignal::new(false);
    // Only the answer to the last question counts.
    let asked = StoredValue::new(0_u32);
    let ask = move |value: String| {
        let subscription = subscription.clone();
        typed.set(value.clone());
        asked.update_value(|count| *count += 1);
        let question = asked.get_value();
        if value.trim().is_empty() || value.trim() == current.to_string() {
            answer.set(None);
            pricing.set(false);
            return;
        }
        pricing.set(true);
        set_timeout(
            move || {
                if asked.get_value() != question {
                    return;
                }
                leptos::task::spawn_local(async move {
                    let told = estimate_seats(subscription, line, value).await;
                    if asked.get_value() == question {
                        answer.set(Some(told.unwrap_or_else(|error| Answer::Failed(error.message))));
                        pricing.set(false);
                    }
                });
            },
            PAUSE,
        );
    };
    let ask = StoredValue::new(ask);
    // The field keeps its own text: what was typed before the wasm came counts as much as what is typed after.
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get()
            && input.value() != typed.get_untracked()
        {
            ask.with_value(|ask| ask(input.value()));
        }
    });
    // Nothing listens to the buttons before the wasm is there.
    let is_ready = RwSignal::new(false);
    Effect::new(move |_| is_ready.set(true));
    let step = move |by: i64| {
        let now = typed.get_untracked().trim().parse::<i64>().unwrap_or(i64::from(current));
        let most = maximum.map_or(i64::from(i32::MAX), i64::from);
        let next = (now + by).clamp(i64::from(minimum), most);
        if let Some(input) = input.get_untracked() {
            input.set_value(&next.to_string());
        }
        ask.with_value(|ask| ask(next.to_string()));
    };
    let refused = move || match answer.get() {
        Some(Answer::Refused(message)) => Some(message),
        _ => None,
    };
    view! {
        <div class="seat-editor">
            <div><span class="label">"Now"</span><span class="figure">{current}</span></div>
            <span class="seat-arrow" aria-hidden="true">"→"</span>
            <div class="seat-new">
                <label for="seats">"Seats"</label>
                <div class="stepper">
                    <button type="button" class="button" aria-label="One seat fewer" disabled=move || !is_ready.get() on:click=move |_| step(-1)>
                        "−"
                    </button>
                    <input
                        id="seats"
                        name="seats"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-describedby="seats-limits seats-error"
                        aria-invalid=move || refused().map(|_| "true")
                        node_ref=input
                        value=typed.get_untracked()
                        on:input=move |event| ask.with_value(|ask| ask(event_target_value(&event)))
                    />
                    <button type="button" class="button" aria-label="One seat more" disabled=move || !is_ready.get() on:click=move |_| step(1)>
                        "+"
                    </button>
                </div>
            </div>
            <span class="seat-delta">{move || difference(&typed.get(), current)}</span>
        </div>
        <p class="field-error" id="seats-error" aria-live="polite">{refused}</p>
        <EstimateBox answer=answer.into() pricing=pricing.into()/>
    }
}

#[component]
fn EstimateBox(answer: Signal<Option<Answer>>, pricing: Signal<bool>) -> impl IntoView {
    let state = move || match (pricing.get(), answer.get()) {
        (true, _) => "pricing",
        (false, Some(Answer::Priced(_))) => "priced",
        (false, Some(Answer::Failed(_))) => "failed",
        (false, Some(Answer::Refused(_)) | None) => "idle",
    };
    view! {
        <section class="estimate" data-state=state aria-live="polite" aria-busy=move || pricing.get().then_some("true")>
            <h2>"Estimate"</h2>
            {move || match answer.get() {
                Some(Answer::Priced(quote)) => view! { <QuoteRows quote/> }.into_any(),
                Some(Answer::Failed(message)) => view! { <p>{message}</p> }.into_any(),
                Some(Answer::Refused(_)) | None if pricing.get() => view! { <p class="sub">"Pricing…"</p> }.into_any(),
                Some(Answer::Refused(_)) => {
                    view! { <p class="sub">"No estimate for this number of seats."</p> }.into_any()
                }
                None => {
                    view! { <p class="sub">"Enter another number of seats to see what it costs."</p> }.into_any()
                }
            }}
        </section>
    }
}

/// The estimate's amounts and sentences.
#[component]
pub(super) fn QuoteRows(quote: QuoteText) -> impl IntoView {
    view! {
        {quote
            .rows
            .into_iter()
            .enumerate()
            .map(|(index, (label, amount))| {
                let class = if index == 0 { "estimate-total" } else { "estimate-row" };
                view! { <div class=class><span>{label}</span><span>{amount}</span></div> }
            })
            .collect_view()}
        {quote.notes.into_iter().map(|note| view! { <p class="sub">{note}</p> }).collect_view()}
    }
}

fn difference(typed: &str, current: u32) -> String {
    match typed.trim().parse::<i64>() {
        Ok(seats) if seats > i64::from(current) => format!("+{}", seats - i64::from(current)),
        Ok(seats) if seats < i64::from(current) => format!("−{}", i64::from(current) - seats),
        _ => String::new(),
    }
}
