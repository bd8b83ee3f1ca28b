use super::comments::TextArea;
use super::data::PanelLoaded;
use super::server_fns::{ApproveOrder, RejectOrder, WithdrawOrder};
use super::words;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{Disabled, Field, Icon};
use ::backend::approvals::Approval;
use domain::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// What can be done about an order that waits, or why it cannot.
#[component]
pub(super) fn Decide(panel: PanelLoaded) -> impl IntoView {
    let PanelLoaded { approval, own, not_approvable, price_now, decide_refused, reject_refused, .. } = panel;
    let intent = approval.intent_id;
    match (not_approvable, price_now) {
        (None, Some(Ok(now))) => view! {
            <Approve approval now refused=decide_refused/>
            <Reject intent refused=reject_refused/>
        }
        .into_any(),
        (None, Some(Err(error))) => {
            let is_said = decide_refused.is_some_and(|flash| flash.error.is_of_marketplace());
            let why = (!(is_said && error.is_of_marketplace())).then_some(error.message);
            view! {
                <NotNow intent why/>
                <Reject intent refused=reject_refused/>
            }
            .into_any()
        }
        (reason, _) => view! {
            <Disabled label="Approve" reason=reason.unwrap_or_default()/>
            {own.then(|| view! { <Withdraw intent/> })}
        }
        .into_any(),
    }
}

#[component]
fn Approve(approval: Approval, now: Option<Money>, refused: Option<Flash>) -> impl IntoView {
    let shown = now.and_then(|now| serde_json::to_string(&now).ok());
    let changed = now != approval.price_then;
    let note = refused.as_ref().and_then(|flash| flash.value("note")).map(ToOwned::to_owned);
    let error = refused.as_ref().and_then(|flash| flash.error.field("note")).map(ToOwned::to_owned);
    view! {
        {changed.then(|| view! {
            <div class="notice" data-tone="warn">
                <Icon name="warning"/>
                <div>
                    <p class="notice-title">"The price changed since it was asked for"</p>
                    <p>"It cannot be sent at this price. End it, and let it be placed again."</p>
                </div>
            </div>
        })}
        <form class="form" method="post" action=ApproveOrder::PATH>
            <input type="hidden" name="order" value=approval.intent_id.to_string()/>
            {shown.map(|shown| view! { <input type="hidden" name="shown" value=shown/> })}
            <Field name="note" label="Comment with the approval" value=note error autocomplete="off" may_be_empty=true/>
            <div class="form-actions">
                <button class="button primary" type="submit">{words::button(&approval, now)}</button>
            </div>
        </form>
    }
}

/// Without a price nobody can approve. `why`: where the page does not say it already.
#[component]
fn NotNow(intent: Uuid, why: Option<String>) -> impl IntoView {
    let unknown = "What it costs now is not known.".to_owned();
    let reason = why.map_or_else(|| unknown.clone(), |why| format!("{unknown} {why}"));
    view! {
        <Disabled label="Approve" reason/>
        <p><a href=paths::order(&intent.to_string())>"Try again"</a></p>
    }
}

#[component]
fn Reject(intent: Uuid, refused: Option<Flash>) -> impl IntoView {
    let reason = refused.as_ref().and_then(|flash| flash.value("reason")).unwrap_or_default().to_owned();
    let error = refused.as_ref().and_then(|flash| flash.error.field("reason")).map(ToOwned::to_owned);
    view! {
        <details class="fold" open=refused.is_some()>
            <summary>"Reject the order"<Icon name="chevron"/></summary>
            <form class="form" method="post" action=RejectOrder::PATH>
                <input type="hidden" name="order" value=intent.to_string()/>
                <TextArea name="reason" label="Reason" text=reason error/>
                <div class="form-actions"><button class="button danger" type="submit">"Reject"</button></div>
            </form>
        </details>
    }
}

#[component]
fn Withdraw(intent: Uuid) -> impl IntoView {
    view! {
        <details class="fold">
            <summary>"Withdraw the order"<Icon name="chevron"/></summary>
            <form class="form" method="post" action=WithdrawOrder::PATH>
                <p>"Nothing was sent. The subscription is free for another order afterwards."</p>
                <input type="hidden" name="order" value=intent.to_string()/>
                <div class="form-actions"><button class="button" type="submit">"Yes, withdraw the order"</button></div>
            </form>
        </details>
    }
}
