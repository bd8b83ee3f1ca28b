use super::approval_form::ApprovalForm;
use super::server_fns::RemoveApprovalRule;
use super::tabs::{self, Tab, Tabs};
use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::ui::{Empty, ErrorSummary, Page, TimeText, load};
use backend::approvals::{self, RuleForm, StoredRule};
use backend::subscriptions;
use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What refused posts of this page are kept under.
pub(super) const FORM: &str = "approval_rule";

/// `/settings/approvals`
#[component]
pub(crate) fn ApprovalRulesPage() -> impl IntoView {
    load(loaded(), |(rules, vendors, refused)| {
        let error = refused.as_ref().map(|flash| flash.error.clone());
        view! {
            <Page title="Approvals" crumbs=vec![tabs::crumb()] refused=error.as_ref().is_some_and(AppError::is_refusal)>
                <Tabs current=Tab::Approvals/>
                {error.map(|error| view! { <ErrorSummary error/> })}
                <Rules rules/>
                {view! { <ApprovalForm vendors refused/> }.into_any()}
            </Page>
        }
    })
}

async fn loaded() -> Result<(Vec<StoredRule>, Vec<String>, Option<Flash>), AppError> {
    require_to_see(Permission::ManageApprovals)?;
    let backend = backend();
    let (rules, vendors) =
        tokio::try_join!(approvals::list(&backend), subscriptions::vendors(&backend)).map_err(surface)?;
    Ok((rules, vendors, flash::take(FORM).await))
}

#[component]
fn Rules(rules: Vec<StoredRule>) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="rules">
            <div class="panel-header"><h2 id="rules">"These orders wait for a second person"</h2></div>
            {if rules.is_empty() {
                view! {
                    <Empty title="No rules yet">
                        <p>"Whoever may place an order places it at once. Add a rule to let some of them wait."</p>
                    </Empty>
                }
                .into_any()
            } else {
                view! { <Table rules/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Table(rules: Vec<StoredRule>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Rules">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">"Rule"</th>
                        <th scope="col">"Added by"</th>
                        <th scope="col"><span class="visually-hidden">"Remove"</span></th>
                    </tr>
                </thead>
                <tbody>{rules.into_iter().map(|rule| view! { <Row rule/> }).collect_view()}</tbody>
            </table>
        </div>
        <p class="sub">
            "Any one of them is enough. Amounts count whether they are charged or credited. An order whose price is not known \
             or is in another currency waits too, because it cannot be compared; so does one whose vendor is not known. \
             Something new and a cancellation count as 100 % of the seats. While there is a rule, the API console sends no \
             orders."
        </p>
    }
}

#[component]
fn Row(rule: StoredRule) -> impl IntoView {
    let words = rule.rule.to_string();
    view! {
        <tr>
            <td data-label="Rule">{words.clone()}</td>
            <td data-label="Added by">{rule.created_by}<span class="sub"><TimeText at=rule.created_at/></span></td>
            <td class="actions">
                <form method="post" action=RemoveApprovalRule::PATH>
                    <input type="hidden" name="rule" value=rule.id.to_string()/>
                    <button class="button" type="submit">"Remove"<span class="visually-hidden">": "{words}</span></button>
                </form>
            </td>
        </tr>
    }
}

/// What was typed, to be kept where it is refused.
pub(super) fn typed(form: &RuleForm) -> [(&'static str, &str); 6] {
    [
        ("kind", &form.kind),
        ("vendor", &form.vendor),
        ("role", &form.role),
        ("amount", &form.amount),
        ("currency", &form.currency),
        ("percent", &form.percent),
    ]
}
