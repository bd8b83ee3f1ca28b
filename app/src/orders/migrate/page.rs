use super::data::{self, Step};
use super::review_step::ReviewStep;
use super::state::State;
use super::term_step::TermStep;
use crate::orders::choose_customer::ChooseCustomer;
use crate::orders::new_order::{ProductSearch, Search};
use crate::paths;
use crate::ui::{Crumb, Hidden, Page, load};
use crate::url::Query;
use ::backend::customers::Customer;
use leptos::prelude::*;

/// `/orders/migrate`
#[component]
pub(crate) fn MigratePage() -> impl IntoView {
    let query = Query::of_page();
    load(data::step(query.clone()), move |step| match step {
        Step::Customer { state, found } => {
            let find = query.get("find").map(ToOwned::to_owned);
            view! {
                <Frame state=state.clone() number=0>
                    <p>"A migration takes over a subscription that was bought elsewhere: it goes on here with the term it is in."</p>
                    <ChooseCustomer path=paths::MIGRATE query=state.query() find found/>
                </Frame>
            }
            .into_any()
        }
        Step::Product { state, customer, search } => view! { <ProductStep state customer search/> }.into_any(),
        Step::Term { chosen, problem } => view! { <TermStep chosen problem/> }.into_any(),
        Step::Review { chosen, quote, refused } => view! { <ReviewStep chosen quote=*quote refused/> }.into_any(),
    })
}

/// What it is here: product, term and billing period.
#[component]
fn ProductStep(state: State, customer: Customer, search: Search) -> impl IntoView {
    view! {
        <Frame state=state.clone() number=1>
            <p>"For "{customer.name}"."</p>
            <form class="stack" method="get" action=paths::MIGRATE>
                <Hidden fields=state.query().others(&[])/>
                <ProductSearch search title="What is it here?" verb="Choose"/>
            </form>
        </Frame>
    }
}

/// The page around a step, `number` counted from 0. Steps that are done lead back.
#[component]
pub(super) fn Frame(state: State, number: usize, #[prop(optional)] refused: bool, children: Children) -> impl IntoView {
    let steps = [
        ("Customer", state.without_customer().link()),
        ("Product", state.without_product().link()),
        ("Term and seats", state.link()),
        ("Review", state.review_link()),
    ];
    view! {
        <Page title="Migrate a subscription" crumbs=vec![Crumb::new("Orders", paths::ORDERS)] refused>
            <ol class="steps">
                {steps
                    .into_iter()
                    .enumerate()
                    .map(|(step, (title, link))| {
                        if step < number {
                            view! { <li data-state="done"><a href=link>{title}</a></li> }.into_any()
                        } else {
                            view! { <li aria-current=(step == number).then_some("step")>{title}</li> }.into_any()
                        }
                    })
                    .collect_view()}
            </ol>
            {children()}
        </Page>
    }
}
