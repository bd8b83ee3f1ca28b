use super::{data, words};
use crate::orders::kind_words;
use crate::paths;
use crate::ui::{Empty, Page, TimeText, load};
use ::backend::approvals::Approval;
use leptos::prelude::*;

/// `/approvals`
#[component]
pub(crate) fn ApprovalsPage() -> impl IntoView {
    load(data::inbox(), |inbox| {
        let data::Inbox { waiting, me, may_approve } = inbox;
        let (own, of_others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|approval| approval.requested_by == me);
        view! {
            <Page title="Approvals">
                {may_approve.then(|| view! {
                    <Waiting
                        id="waiting"
                        title="Waiting for you"
                        label="Table of orders to approve"
                        orders=of_others
                        nothing="Nothing waits for approval"
                        advice="Orders appear here when a rule of Settings asks for a second person."
                    />
                })}
                <Waiting
                    id="own"
                    title="Asked for by you"
                    label="Table of orders you asked for"
                    orders=own
                    nothing="None of your orders waits for approval"
                    advice="What you asked for stays here until somebody else approves or rejects it."
                />
            </Page>
        }
    })
}

#[component]
fn Waiting(
    id: &'static str,
    title: &'static str,
    label: &'static str,
    orders: Vec<Approval>,
    nothing: &'static str,
    advice: &'static str,
) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby=id>
            <div class="panel-header"><h2 id=id>{title}</h2></div>
            {if orders.is_empty() {
                view! { <Empty title=nothing><p>{advice}</p></Empty> }.into_any()
            } else {
                view! { <Table label orders/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Table(label: &'static str, orders: Vec<Approval>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Order"</th>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Asked for by"</th>
                        <th scope="col">"Why it waits"</th>
                        <th scope="col" class="num">"Price when asked"</th>
                    </tr>
                </thead>
                <tbody>{orders.into_iter().map(|approval| view! { <Row approval/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(approval: Approval) -> impl IntoView {
    let what = format!("{}: {}", kind_words(&approval.kind), words::act(&approval));
    let lines = words::lines(&approval);
    let customer = approval.customer_name.unwrap_or_else(|| approval.customer_id.clone());
    view! {
        <tr>
            <td data-label="Order">
                <a href=paths::order(&approval.intent_id.to_string())>{what}</a>
                <span class="sub">{lines}</span>
            </td>
            <td data-label="Customer"><a href=paths::customer(&approval.customer_id)>{customer}</a></td>
            <td data-label="Asked for by">
                {approval.requested_by_name}
                <span class="sub"><TimeText at=approval.asked_at/></span>
            </td>
            <td data-label="Why it waits">{approval.reasons.join("; ")}</td>
            <td data-label="Price when asked" class="num">{words::price(approval.price_then)}</td>
        </tr>
    }
}
