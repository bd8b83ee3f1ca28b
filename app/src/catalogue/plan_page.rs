use super::plans_page::OnSale;
use super::{data, words};
use crate::ui::{AsOf, Crumb, Empty, Page, load};
use crate::{format, paths};
use backend::Period;
use backend::catalogue::{Plan, PlanDetail, PlanSwitch};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use time::OffsetDateTime;

/// `/catalogue/plans/{id}`
#[component]
pub(crate) fn PlanPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::plan(id), |detail| {
        let PlanDetail { plan, switches, detailed_at } = detail;
        view! {
            <Page
                title=plan.name.clone()
                crumbs=vec![Crumb::new("Catalogue", paths::PRODUCTS), Crumb::new("Plans", paths::PLANS)]
                badge=plan.published.map(|on_sale| view! { <OnSale on_sale/> }).into_any()
                as_of=view! { <AsOf at=Some(plan.as_of)/> }.into_any()
            >
                <Facts plan=plan.clone()/>
                <Description plan/>
                <Switches switches at=detailed_at/>
            </Page>
        }
    })
}

#[component]
fn Facts(plan: Plan) -> impl IntoView {
    let billed = plan.billing_period.as_ref().and_then(words::billed);
    let model = plan.billing_model.as_ref().map(|model| words::billing_model(model).to_owned());
    let terms = words::plan_terms(&plan.terms);
    view! {
        <dl class="facts">
            <div><dt>"Id"</dt><dd><code class="id">{plan.id}</code></dd></div>
            {(!terms.is_empty()).then(|| view! { <div><dt>"Terms"</dt><dd>{terms}</dd></div> })}
            {billed.map(|billed| view! { <div><dt>"Billed"</dt><dd>{billed}</dd></div> })}
            {model.map(|model| view! { <div><dt>"Billing model"</dt><dd>{model}</dd></div> })}
        </dl>
    }
}

#[component]
fn Description(plan: Plan) -> impl IntoView {
    let texts = [plan.short_description, plan.long_description];
    let paragraphs: Vec<String> = texts
        .iter()
        .flatten()
        .flat_map(|text| text.lines())
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    (!paragraphs.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="description">
                <div class="panel-header"><h2 id="description">"Description"</h2></div>
                {paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            </section>
        }
    })
}

#[component]
fn Switches(switches: Option<Vec<PlanSwitch>>, at: Option<OffsetDateTime>) -> impl IntoView {
    let content = match switches {
        None => view! {
            <Empty title="Not read yet">
                <p>"What this plan can be switched to appears here once its details have been read from the marketplace."</p>
            </Empty>
        }
        .into_any(),
        Some(switches) if switches.is_empty() => {
            view! { <Empty title="No switches"><p>"The marketplace offers none from this plan."</p></Empty> }.into_any()
        }
        Some(switches) => view! { <SwitchTable switches/> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="switches">
            <div class="panel-header">
                <h2 id="switches">"Switches"</h2>
                {at.map(|at| view! { <AsOf at=Some(at)/> })}
            </div>
            {content}
        </section>
    }
}

#[component]
fn SwitchTable(switches: Vec<PlanSwitch>) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="What the plan can be switched to">
            <table class="data">
                <caption class="visually-hidden">"What the plan can be switched to"</caption>
                <thead>
                    <tr>
                        <th scope="col">"To plan"</th>
                        <th scope="col">"From term"</th>
                        <th scope="col">"To term"</th>
                        <th scope="col">"Billing"</th>
                        <th scope="col">"Takes effect"</th>
                    </tr>
                </thead>
                <tbody>{switches.into_iter().map(|switch| view! { <SwitchRow switch/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn SwitchRow(switch: PlanSwitch) -> impl IntoView {
    let term = |term: Option<Period>| term.as_ref().and_then(format::length).unwrap_or_else(|| "any".to_owned());
    let policy = switch.billing_policy.as_ref().map(|policy| words::billing_policy(policy).to_owned());
    let effective = switch.effective.as_ref().map(|when| words::effective(when).to_owned());
    view! {
        <tr>
            <td data-label="To plan"><Target id=switch.target_id name=switch.target_name/></td>
            <td data-label="From term">{term(switch.from_term)}</td>
            <td data-label="To term">{term(switch.to_term)}</td>
            <td data-label="Billing">{policy}</td>
            <td data-label="Takes effect">{effective}</td>
        </tr>
    }
}

/// The plan to switch to; without a link where the catalogue does not have it.
#[component]
fn Target(
    #[prop(optional_no_strip)] id: Option<String>,
    #[prop(optional_no_strip)] name: Option<String>,
) -> impl IntoView {
    match (id, name) {
        (Some(id), Some(name)) => view! {
            <a class="row-link" href=paths::plan(&id)>{name}</a>
            <span class="sub">{id}</span>
        }
        .into_any(),
        (Some(id), None) => view! { {id}<span class="sub">"not in your catalogue"</span> }.into_any(),
        (None, _) => view! { "this plan" }.into_any(),
    }
}
