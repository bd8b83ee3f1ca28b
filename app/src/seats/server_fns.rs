use super::model::Answer;
use crate::error::AppError;
use leptos::prelude::*;

/// What the subscription's product line would cost with so many seats. A number that cannot be ordered is an answer, not
/// an error.
#[server(endpoint = "estimate_seats")]
pub async fn estimate_seats(subscription: String, line: i32, seats: String) -> Result<Answer, AppError> {
    use super::page::ask;
    let staff = crate::context::require(domain::Permission::ChangeSeats)?;
    ask(&staff, subscription, line, seats).await
}

/// Orders so many seats in place of the present ones, at the price that was shown, then goes to the order.
#[server(endpoint = "place_seat_change")]
pub async fn place_seat_change(
    subscription: String,
    line: i32,
    seats: String,
    po_number: Option<String>,
    shown: Option<String>,
    form_token: String,
    again: Option<String>,
    another: Option<String>,
) -> Result<(), AppError> {
    use super::page::{FORM, state};
    use crate::{context, drafts, flash, paths};
    let po = po_number.unwrap_or_default();
    let state = state(line, &seats, &po).with("step", "review").with("again", again.as_deref().unwrap_or_default());
    let back = state.link(&paths::change_seats(&subscription));
    flash::post(FORM, &back, &[("seats", &seats), ("po_number", &po)], async {
        let staff = context::require(domain::Permission::ChangeSeats)?;
        let (price, from) = super::review::seen(shown.as_deref())?;
        let change = backend::orders::SeatChange { from, ..super::page::change(&subscription, line, &seats, &po) };
        let confirmed = super::review::confirmed(price, &form_token, &back, another.as_deref()).await?;
        let backend = context::backend();
        let intent = backend::orders::place_seat_change(&backend, &staff, &change, &confirmed).await;
        let intent = intent.map_err(context::not_placed)?;
        drafts::placed(&staff, &back).await;
        Ok(paths::order(&intent.to_string()))
    })
    .await
}
