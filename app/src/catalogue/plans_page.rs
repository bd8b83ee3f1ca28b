use super::tabs::{Tab, Tabs};
use super::{data, words};
use crate::paths;
use crate::ui::{AsOf, Badge, Empty, ExportLink, Field, FilterForm, ListFooter, Page, SortHeader, Tone, load};
use crate::url::Query;
use backend::catalogue::Plan;
use backend::list;
use leptos::prelude::*;

const FILTER_FIELDS: &[&str] = &["search"];

/// `/catalogue/plans`
#[component]
pub(crate) fn PlansPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::plans(query.clone()), move |(page, as_of)| {
        let search = query.get("search").map(ToOwned::to_owned);
        view! {
            <Page
                title="Catalogue"
                as_of=view! { <AsOf at=as_of/> }.into_any()
                actions=view! { <ExportLink path=paths::PLANS query=query.clone()/> }.into_any()
            >
                <Tabs current=Tab::Plans/>
                <FilterForm path=paths::PLANS query=query.clone() fields=FILTER_FIELDS>
                    <Field name="search" label="Search" kind="search" value=search/>
                </FilterForm>
                <List query page first_run=as_of.is_none()/>
            </Page>
        }
    })
}

#[component]
fn List(query: Query, page: list::Page<Plan>, first_run: bool) -> impl IntoView {
    if first_run {
        return view! {
            <Empty title="No plans yet">
                <p>"They appear here as soon as the catalogue has been read from the marketplace."</p>
            </Empty>
        }
        .into_any();
    }
    if page.rows.is_empty() {
        return view! { <Empty title="No plan matches"><p><a href=paths::PLANS>"Clear the filter"</a></p></Empty> }
            .into_any();
    }
    let sorted = (page.sort, page.descending);
    let pages = (&page).into();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Plans">
            <table class="data">
                <caption class="visually-hidden">"Plans"</caption>
                <thead>
                    <tr>
                        <SortHeader label="Name" name="name" path=paths::PLANS query=query.clone() sorted/>
                        <th scope="col">"Id"</th>
                        <th scope="col">"Terms"</th>
                        <th scope="col">"Billing"</th>
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|plan| view! { <Row plan/> }).collect_view()}</tbody>
            </table>
        </div>
        <ListFooter path=paths::PLANS query noun=("plan", "plans") pages/>
    }
    .into_any()
}

#[component]
fn Row(plan: Plan) -> impl IntoView {
    let terms = words::plan_terms(&plan.terms);
    view! {
        <tr>
            <td data-label="Name">
                <a class="row-link" href=paths::plan(&plan.id)>{plan.name}</a>
                {plan.short_description.map(|text| view! { <span class="sub">{text}</span> })}
            </td>
            <td data-label="Id">{plan.id}</td>
            <td data-label="Terms">{terms}</td>
            <td data-label="Billing">{plan.billing_period.as_ref().and_then(words::billed)}</td>
            <td data-label="State">{plan.published.map(|on_sale| view! { <OnSale on_sale/> })}</td>
        </tr>
    }
}

/// Whether a plan can be bought.
#[component]
pub(super) fn OnSale(on_sale: bool) -> impl IntoView {
    let (text, tone) = if on_sale { ("on sale", Tone::Good) } else { ("not on sale", Tone::Quiet) };
    view! { <Badge text tone=Some(tone)/> }
}
