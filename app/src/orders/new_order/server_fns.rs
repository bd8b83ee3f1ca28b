use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A value of an activation parameter, as the form posts it. A box that is not checked posts no value. `Debug` hides the
/// value: it can be a password.
#[derive(Clone, Serialize, Deserialize)]
pub struct Entered {
    /// The catalogue's key of the line's product.
    pub product: String,
    /// The parameter.
    pub name: String,
    /// The member of its structured value.
    pub member: Option<String>,
    /// The value.
    pub value: Option<String>,
}

impl fmt::Debug for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entered").field("product", &self.product).field("name", &self.name).finish_non_exhaustive()
    }
}

/// Keeps what was entered and has the marketplace check it, then goes to the review, which leads back to what was refused.
#[server(endpoint = "check_parameters")]
pub async fn check_parameters(order: String, entered: Vec<Entered>) -> Result<(), AppError> {
    use super::data::{self, FORM};
    use super::draft::Draft;
    use crate::{flash, url::Query};
    let draft = Draft::read(&Query::parse(&order));
    let typed = data::typed_too_late(&entered);
    let typed: Vec<(&str, &str)> = typed.iter().map(|typed| (data::ENTERED, typed.as_str())).collect();
    flash::post(FORM, &draft.parameters_link(), &typed, async {
        data::check_parameters(&draft, entered).await?;
        Ok(draft.review_link())
    })
    .await
}

/// Places the order that the query in `order` describes, at the price that was shown, then goes to it.
#[server(endpoint = "place_order")]
pub async fn place_order(
    order: String,
    shown: Option<String>,
    form_token: String,
    another: Option<String>,
) -> Result<(), AppError> {
    use super::data::{self, FORM};
    use super::draft::Draft;
    use crate::{context, drafts, flash, paths, seats::confirmation, url::Query};
    let draft = Draft::read(&Query::parse(&order));
    let back = draft.review_link();
    flash::post(FORM, &back, &[], async {
        let staff = context::require(domain::Permission::PlaceOrders)?;
        let confirmed = confirmation(shown.as_deref(), &form_token, &back, another.as_deref()).await?;
        let placed = backend::orders::place_new_order(&context::backend(), &staff, &draft.order()?, &confirmed).await;
        let intent = match placed {
            // The form may have been used in another tab.
            Err(error @ backend::Error::Conflict(_)) => {
                let Ok(Some(used)) = data::placed_already(&staff, &draft).await else {
                    return Err(context::not_placed(error));
                };
                let page = paths::order(&used.to_string());
                let told = "The form was used for this order already. Nothing more was ordered.";
                flash::tell_if_possible(&page, told).await;
                return Ok(page);
            }
            placed => placed.map_err(context::not_placed)?,
        };
        drafts::placed(&staff, &back).await;
        Ok(paths::order(&intent.to_string()))
    })
    .await
}
