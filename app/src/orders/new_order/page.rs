use super::customer_step::CustomerStep;
use super::data::{self, Step};
use super::draft::Draft;
use super::parameters_step::ParametersStep;
use super::products_step::ProductsStep;
use super::review_step::ReviewStep;
use crate::paths;
use crate::ui::{Crumb, Icon, Page, load};
use crate::url::Query;
use backend::orders::Intent;
use leptos::prelude::*;

/// `/orders/new`
#[component]
pub(crate) fn NewOrderPage() -> impl IntoView {
    let query = Query::of_page();
    load(data::step(query.clone()), move |step| match step {
        Step::Used { draft, order } => view! { <UsedAlready draft order=*order/> }.into_any(),
        Step::Customer { draft, found } => view! { <CustomerStep draft query found/> }.into_any(),
        Step::Products { chosen, search, problem } => view! { <ProductsStep chosen search problem/> }.into_any(),
        Step::Parameters { chosen, asked, refused } => view! { <ParametersStep chosen asked refused/> }.into_any(),
        Step::Review { chosen, asked, quote, refused } => view! { <ReviewStep chosen asked quote refused/> }.into_any(),
    })
}

/// What was entered is kept for one order. One that was lost is placed again from its own page, where it is known what became
/// of it.
#[component]
fn UsedAlready(draft: Draft, order: Intent) -> impl IntoView {
    let another = (!order.state.came_to_nothing()).then(|| Draft { parameters: None, ..draft }.link());
    view! {
        <Page title="New order" crumbs=vec![Crumb::new("Orders", paths::ORDERS)]>
            <div class="notice" data-tone="info">
                <Icon name="info"/>
                <div>
                    <p class="notice-title">"This form was used for an order already"</p>
                    <p>"The order's page says what became of it. Nothing more was ordered."</p>
                </div>
                <a class="button" href=paths::order(&order.id.to_string())>"See the order"</a>
            </div>
            {another.map(|href| view! { <p><a href=href>"Order the same products once more"</a></p> })}
        </Page>
    }
}

/// The place of the activation parameters among the steps.
pub(super) const PARAMETERS: usize = 2;

/// The page around a step, `number` counted from 0. Steps that are done lead back; parameters are a step once they are
/// asked for.
#[component]
pub(super) fn Frame(draft: Draft, number: usize, #[prop(optional)] refused: bool, children: Children) -> impl IntoView {
    let steps = [
        ("Customer", draft.without_customer().link()),
        ("Products and seats", draft.link()),
        ("Activation parameters", draft.parameters_link()),
        ("Review", draft.review_link()),
    ];
    let asks = draft.parameters.is_some() || number == PARAMETERS;
    view! {
        <Page title="New order" crumbs=vec![Crumb::new("Orders", paths::ORDERS)] refused>
            <ol class="steps">
                {steps
                    .into_iter()
                    .enumerate()
                    .filter(|(step, _)| *step != PARAMETERS || asks || number < PARAMETERS)
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
