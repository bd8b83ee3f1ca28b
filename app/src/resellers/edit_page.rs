use super::data;
use super::server_fns::UpdateReseller;
use crate::accounts::{AccountFields, Purpose, typed};
use crate::paths;
use crate::ui::{AsOf, Crumb, ErrorSummary, Page, load};
use crate::writes::FormToken;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// What its refused posts are kept under.
pub(super) const FORM: &str = "update_reseller";

/// `/resellers/{id}/edit`
#[component]
pub(crate) fn EditResellerPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::to_change(id, FORM), |(reseller, refused)| {
        let shown = reseller.form();
        let seen = shown.digest();
        let error = refused.as_ref().map(|flash| flash.error.clone());
        let form = refused.as_ref().and_then(typed).unwrap_or(shown);
        let crumbs = vec![
            Crumb::new("Resellers", paths::RESELLERS),
            Crumb::new(reseller.name.clone(), paths::reseller(&reseller.id)),
        ];
        let as_of = view! { <AsOf at=Some(reseller.as_of)/> }.into_any();
        let currency = reseller.currency.map(|currency| format!(" It is billed in {currency}.")).unwrap_or_default();
        view! {
            <Page title="Edit reseller" crumbs as_of refused=error.is_some()>
                {error.clone().map(|error| view! { <ErrorSummary error/> })}
                <form class="form" method="post" action=UpdateReseller::PATH novalidate>
                    <input type="hidden" name="reseller" value=reseller.id.clone()/>
                    <input type="hidden" name="seen" value=seen/>
                    <FormToken/>
                    {view! { <AccountFields form purpose=Purpose::Edit error/> }.into_any()}
                    <p class="hint">
                        "Language, attributes, currency, taxation provider and customer class can only be set when a reseller is \
                        created: the marketplace changes them nowhere else."{currency}
                    </p>
                    <div class="form-actions">
                        <button class="button primary" type="submit">"Save reseller"</button>
                        <a class="button quiet" href=paths::reseller(&reseller.id)>"Back"</a>
                    </div>
                </form>
            </Page>
        }
    })
}
