use super::comments::{AddComment, Comments};
use super::data::PanelLoaded;
use super::decide_form::Decide;
use super::words;
use crate::error::AppError;
use crate::ui::{ErrorSummary, TimeText};
use ::backend::approvals::{Approval, Decision, DecisionKind};
use domain::Money;
use leptos::prelude::*;

/// The approval that an order needs or needed: who asked, why it waits, what it costs, what was said, what to do.
#[component]
pub(crate) fn ApprovalPanel(panel: PanelLoaded) -> impl IntoView {
    let waits = panel.approval.waits();
    let refused = [&panel.decide_refused, &panel.reject_refused, &panel.comment_refused];
    let error = refused.into_iter().flatten().next().map(|flash| flash.error.clone());
    let comments = panel.approval.comments.clone();
    let price_now = panel.price_now.clone();
    let (intent, open, unsaid) = (panel.approval.intent_id, waits && panel.may_comment, panel.comment_refused.clone());
    view! {
        <section class="panel stack" aria-labelledby="approval">
            <div class="panel-header"><h2 id="approval">{if waits { "Waiting for approval" } else { "Approval" }}</h2></div>
            {error.map(|error| view! { <ErrorSummary error/> })}
            <Asked approval=panel.approval.clone() price_now/>
            {panel.approval.decision.clone().map(|decision| view! { <Decided decision/> })}
            <Comments comments/>
            {waits.then(|| view! { <Decide panel/> }.into_any())}
            {open.then(|| view! { <AddComment intent refused=unsaid/> }.into_any())}
        </section>
    }
}

#[component]
fn Asked(approval: Approval, price_now: Option<Result<Option<Money>, AppError>>) -> impl IntoView {
    let now = price_now.map(|price| match price {
        Ok(price) => words::price(price),
        // Why is said where the button would be.
        Err(_) => "not known".to_owned(),
    });
    view! {
        <dl class="facts">
            <div><dt>"Asked for by"</dt><dd>{approval.requested_by_name.clone()}", "<TimeText at=approval.asked_at/></dd></div>
            <div><dt>"Why it waits"</dt><dd>{approval.reasons.clone().join("; ")}</dd></div>
            <div><dt>"What"</dt><dd>{words::lines(&approval)}</dd></div>
            <div><dt>"Price when asked"</dt><dd>{words::price(approval.price_then)}</dd></div>
            {now.map(|now| view! { <div><dt>"Price today"</dt><dd>{now}</dd></div> })}
        </dl>
    }
}

#[component]
fn Decided(decision: Decision) -> impl IntoView {
    let what = match decision.kind {
        DecisionKind::Approved => "Approved by",
        DecisionKind::Voided => "Ended, because it was no longer what was asked for, by",
        DecisionKind::Rejected => "Rejected by",
        DecisionKind::Withdrawn => "Withdrawn by",
    };
    let price = decision.price.map(|price| format!(" at {}", words::price(Some(price))));
    view! {
        <p>{what}" "<strong>{decision.by}</strong>{price}", "<TimeText at=decision.at/></p>
        {decision.comment.map(|comment| view! { <p>"“"{comment}"”"</p> })}
    }
}
