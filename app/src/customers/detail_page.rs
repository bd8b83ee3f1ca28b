use super::data;
use crate::paths;
use crate::ui::{AsOf, Badge, Crumb, Page, load};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/customers/{id}`
#[component]
pub(crate) fn CustomerPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::get(id), |customer| {
        view! {
            <Page
                title=customer.name
                crumbs=vec![Crumb::new("Customers", paths::CUSTOMERS)]
                badge=view! { <Badge text=customer.status/> }.into_any()
                as_of=view! { <AsOf at=Some(customer.as_of)/> }.into_any()
            >
                <dl class="facts">
                    <div><dt>"Id"</dt><dd><code class="id">{customer.id}</code></dd></div>
                    {customer.external_id.map(|id| view! { <div><dt>"Your number"</dt><dd>{id}</dd></div> })}
                    {customer.tax_reg_id.map(|id| view! { <div><dt>"Tax number"</dt><dd>{id}</dd></div> })}
                </dl>
            </Page>
        }
    })
}
