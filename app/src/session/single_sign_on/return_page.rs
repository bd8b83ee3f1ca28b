use super::cookie;
use super::own_panel::BOUND;
use super::refusal::{NotSignedIn, explain};
use crate::context::{self, backend};
use crate::error::AppError;
use crate::flash;
use crate::session::begin::{enter, proved};
use crate::url::Query;
use backend::staff::single_sign_on::{Finished, Returned, finish};
use leptos::prelude::*;

/// `/sign-in/oidc/return`: where the provider sends the browser back to.
#[component]
pub(crate) fn ReturnPage() -> impl IntoView {
    let query = Query::of_page();
    Suspend::new(async move {
        match come_back(&query).await {
            Ok(path) => {
                leptos_axum::redirect(&path);
                ().into_any()
            }
            Err(error) => view! { <NotSignedIn error/> }.into_any(),
        }
    })
}

/// Answers with where to go.
async fn come_back(query: &Query) -> Result<String, AppError> {
    let text = |name: &str| query.get(name).map(ToOwned::to_owned);
    let returned = Returned {
        state: text("state").map(Into::into),
        code: text("code").map(Into::into),
        error: text("error"),
        issuer: text("iss"),
    };
    let visitor = context::visitor();
    let finished =
        finish(&backend(), visitor.caller(), cookie::shown().as_ref(), &returned, context::staff().as_ref()).await;
    match finished.map_err(explain)? {
        Finished::SignedIn(entered, next) => enter(entered, &next).await,
        Finished::Bound(next) => {
            flash::tell(BOUND, &true).await?;
            Ok(next)
        }
        Finished::Proved(next) => {
            proved().await?;
            Ok(next)
        }
    }
}
