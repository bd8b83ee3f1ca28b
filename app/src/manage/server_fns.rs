use crate::error::AppError;
use leptos::prelude::*;

/// Places the order about a subscription that was reviewed, then goes to it.
#[server(endpoint = "place_act")]
pub async fn place_act(
    subscription: String,
    act: String,
    choice: Option<String>,
    po_number: Option<String>,
    customer_name: Option<String>,
    shown: Option<String>,
    form_token: String,
    another: Option<String>,
) -> Result<(), AppError> {
    use super::{act, data};
    use crate::error::Kind;
    use crate::url::Query;
    use crate::{context, drafts, flash, paths, seats};
    let query = Query::parse(choice.as_deref().unwrap_or_default());
    let (po, name) = (po_number.unwrap_or_default(), customer_name.unwrap_or_default());
    let back = query.link(&paths::of_subscription(&subscription, &act));
    flash::post(data::ACT_FORM, &back, &[("po_number", &po), ("customer_name", &name)], async {
        let kind = act::Kind::of(&act);
        let staff = context::require(kind.map_or(domain::Permission::ManageSubscriptions, act::Kind::permission))?;
        let order = kind.and_then(|kind| kind.order(&subscription, &query, &po));
        let order =
            order.ok_or_else(|| AppError::new(Kind::Invalid, "This review cannot be used any more. Start again."))?;
        let confirmed = seats::confirmation(shown.as_deref(), &form_token, &back, another.as_deref()).await?;
        let placed = backend::orders::place_act(&context::backend(), &staff, &order, &name, &confirmed).await;
        let intent = placed.map_err(context::not_placed)?;
        drafts::placed(&staff, &back).await;
        Ok(paths::order(&intent.to_string()))
    })
    .await
}

/// Turns automatic renewal `on` or `off`, then goes to the subscription.
#[server(endpoint = "set_auto_renewal")]
pub async fn set_auto_renewal(subscription: String, to: String, form_token: String) -> Result<(), AppError> {
    use crate::{context, flash, paths, writes};
    let back = paths::of_subscription(&subscription, "auto-renewal");
    flash::post(super::auto_renewal_page::FORM, &back, &[], async {
        let staff = context::require(domain::Permission::ManageSubscriptions)?;
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        let set = backend::subscriptions::set_auto_renew(&backend, &staff, &subscription, to == "on", token).await;
        let page = paths::subscription(&subscription);
        if set.is_ok() {
            flash::tell_if_possible(&page, super::words::auto_renewal_set(to == "on")).await;
        }
        writes::settled(set)?;
        Ok(page)
    })
    .await
}

/// Sets attributes: names and values by position, then goes to the subscription.
#[server(endpoint = "set_attributes")]
pub async fn set_attributes(
    subscription: String,
    #[server(default)] names: Vec<String>,
    #[server(default)] values: Vec<String>,
    form_token: String,
) -> Result<(), AppError> {
    use super::attributes_page::{FORM, kept};
    use crate::{context, flash, paths, writes};
    let attributes: Vec<(String, String)> = names.into_iter().zip(values).collect();
    let typed = kept(&attributes);
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    flash::post(FORM, &paths::of_subscription(&subscription, "attributes"), &typed, async {
        let staff = context::require(domain::Permission::ManageSubscriptions)?;
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        let set = backend::subscriptions::set_attributes(&backend, &staff, &subscription, &attributes, token).await;
        let page = paths::subscription(&subscription);
        if set.is_ok() {
            flash::tell_if_possible(&page, "The attributes are saved.").await;
        }
        writes::settled(set)?;
        Ok(page)
    })
    .await
}

/// Sets what a seat of a product line costs the customer, then goes to the subscription.
#[server(endpoint = "set_price")]
pub async fn set_price(subscription: String, line: i32, price: String, form_token: String) -> Result<(), AppError> {
    use super::price_page::FORM;
    use super::words;
    use crate::{context, flash, paths, writes};
    use backend::subscriptions;
    let back = format!("{}?line={line}", paths::of_subscription(&subscription, "price"));
    flash::post(FORM, &back, &[("price", &price)], async {
        let staff = context::require(domain::Permission::ManageSubscriptions)?;
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        let set = subscriptions::set_price(&backend, &staff, &subscription, line, &price, token).await;
        let page = paths::subscription(&subscription);
        if set.is_ok() {
            match subscriptions::price_beside_cost(&backend, &staff, &subscription, line, &price).await {
                Ok(set) => flash::tell_if_possible(&page, &words::price_set(&set)).await,
                Err(error) => tracing::warn!(%error, "a price that was set could not be told beside its cost"),
            }
        }
        writes::settled(set)?;
        Ok(page)
    })
    .await
}
