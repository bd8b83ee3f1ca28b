//! The last click: it writes the intent and its activity row in one transaction, and nothing else.

use super::activation::{self, confirm};
use super::confirmation::Confirmation;
use super::draft::{Checked, SeatChange, already_scheduled, check_seat_change, seats_now};
use super::estimate::{Quote, quote};
use super::first_post::Turn;
use super::intent::IntentLine;
use super::new_order::{NewOrder, check_new_order};
use super::once::{look_whether_placed, may_be_stored, once};
use super::permission::stored_permission;
use super::repeat;
use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::approvals::digest;
use crate::connection::ensure_same_copy;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::{IntentState, Money, Permission};
use marketplace::models::OrderRequest;
use serde_json::json;
use sqlx::PgConnection;
use std::sync::Arc;
use time::OffsetDateTime;
use tracing::Instrument;
use uuid::Uuid;

/// The attribute that carries the intent's id to the marketplace and back.
pub const MARK: &str = "seatboardIntent";

/// Places a change of seats. The same confirmation again answers with the same intent.
pub async fn place_seat_change(
    backend: &Backend,
    staff: &Staff,
    change: &SeatChange,
    confirmation: &Confirmation,
) -> Result<Uuid> {
    staff.require(Permission::ChangeSeats)?;
    once(backend, confirmation, |turn| {
        Box::pin(async move {
            let now = seats_now(backend, &change.subscription_id, change.line).await?;
            if let Some(other) = now.under_way {
                return Err(in_the_way(backend, other).await?);
            }
            place(backend, staff, check_seat_change(change, &now)?, confirmation, turn).await
        })
    })
    .await
}

/// Places an order for new subscriptions, with its activation parameters, which are checked once more; otherwise as
/// [`place_seat_change`].
pub async fn place_new_order(
    backend: &Backend,
    staff: &Staff,
    order: &NewOrder,
    confirmation: &Confirmation,
) -> Result<Uuid> {
    staff.require(Permission::PlaceOrders)?;
    once(backend, confirmation, |turn| {
        Box::pin(async move {
            confirm(backend, staff, order).await?;
            place(backend, staff, check_new_order(backend, staff, order).await?, confirmation, turn).await
        })
    })
    .await
}

/// Places what was checked, within [`once`].
pub(super) async fn place(
    backend: &Backend,
    staff: &Staff,
    order: Checked,
    confirmation: &Confirmation,
    turn: Arc<Turn>,
) -> Result<Uuid> {
    let begun = backend.clock.now();
    let quote = quote(backend, staff, &order).await?;
    if quote.placed_before.is_some() && !confirmation.another {
        return Err(repeat::tick());
    }
    refuse_changed_price(confirmation.shown, &quote)?;
    // A browser that hangs up now takes its request with it, but not the order.
    let placing = {
        let (backend, staff, confirmation) = (backend.clone(), staff.clone(), confirmation.clone());
        async move {
            let draft = Draft { id: Uuid::now_v7(), confirmation: &confirmation, begun };
            let placed = write(&backend, &staff, &order, &quote, draft).await;
            backend.intents_waiting.notify_one();
            drop(turn);
            placed
        }
    };
    let token = confirmation.form_token;
    let placed = backend.outliving.spawn(placing.in_current_span()).await;
    match placed.map_err(|error| Error::Stored(format!("an order could not be placed: {error}")))? {
        Err(Error::Database(error)) if may_be_stored(&error) => look_whether_placed(backend, token, error.into()).await,
        placed => placed,
    }
}

#[derive(Clone, Copy)]
struct Draft<'a> {
    id: Uuid,
    confirmation: &'a Confirmation,
    begun: OffsetDateTime,
}

async fn write(
    backend: &Backend,
    staff: &Staff,
    order: &Checked,
    quote: &Quote,
    Draft { id, confirmation, begun }: Draft<'_>,
) -> Result<Uuid> {
    let mut request = order.request();
    request.attributes.insert(MARK.to_owned(), id.to_string());
    let now = backend.clock.now();
    let lines: Vec<IntentLine> = order
        .lines
        .iter()
        .map(|line| IntentLine { name: line.name.clone(), before: line.before, after: line.after })
        .collect();
    let new = sql::NewIntent {
        id,
        kind: request.kind.as_str(),
        customer_id: &order.customer_id,
        subscription_id: order.subscription_id.as_deref(),
        at_renewal: quote.at_renewal,
        po_number: order.po_number.as_deref(),
        body: serde_json::to_value(&request)?,
        lines: serde_json::to_value(&lines)?,
        estimate: serde_json::to_value(quote)?,
        estimated_at: quote.estimated_at,
        requested_by: staff.id,
        form_token: confirmation.form_token,
        created_at: now,
        approval: asked(&request, quote)?,
        permission: stored_permission(order.deed.permission(order.subscription_id.is_some()))?,
        review_path: confirmation.review_path(),
        again_of: confirmation.again_of(),
    };
    let waits = new.approval.is_some();
    let mut transaction = backend.pool.begin().await?;
    ensure_same_copy(&mut transaction, begun).await?;
    if let Some(again) = new.again_of {
        ensure_nothing_came_of(&mut transaction, again).await?;
    }
    ensure_none_is_open(&mut transaction, &new).await?;
    ensure_no_other(&mut transaction, backend, staff, order, confirmation).await?;
    sql::insert(&mut transaction, &new).await.map_err(|error| in_words(error, quote))?;
    if let Some(draft) = order.draft {
        activation::sql::delete(&mut transaction, draft, staff.id).await?;
    }
    let subject = order.subscription_id.as_deref().unwrap_or(&order.customer_id);
    let entry = Entry {
        customer_id: Some(&order.customer_id),
        intent_id: Some(id),
        before: Some(json!(lines.iter().map(|line| (&line.name, line.before)).collect::<Vec<_>>())),
        after: Some(json!(lines.iter().map(|line| (&line.name, line.after)).collect::<Vec<_>>())),
        price: quote.now,
        note: note(order, quote),
        ..Entry::new(
            if waits { "order.approval_asked" } else { "order.placed" },
            if order.subscription_id.is_some() { "subscription" } else { "customer" },
            subject,
        )
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    Ok(id)
}

/// What is kept of an order that has to wait for a second person: why, and the digest of what was asked for.
fn asked(request: &OrderRequest, quote: &Quote) -> Result<Option<(serde_json::Value, Vec<u8>)>> {
    if quote.approval.is_empty() {
        return Ok(None);
    }
    Ok(Some((serde_json::to_value(&quote.approval)?, digest(request)?)))
}

/// What turned up meanwhile, or was placed once more already, is not placed again. The family stays locked, so two people
/// cannot both do it.
async fn ensure_nothing_came_of(db: &mut PgConnection, again: Uuid) -> Result<()> {
    let why = match sql::again::lock_family(db, again).await? {
        None => return Ok(()),
        Some(relative) if relative.turned_up => {
            "The order that this was to take the place of has turned up meanwhile. Look at it before you place another."
        }
        Some(_) => "This was placed again already. Look at that order before you place another.",
    };
    Err(Error::Conflict(why.to_owned()))
}

/// An order that turned up late is outside the index that lets one be open at a time, and in the way all the same.
async fn ensure_none_is_open(db: &mut PgConnection, new: &sql::NewIntent<'_>) -> Result<()> {
    let Some(subscription) = new.subscription_id else { return Ok(()) };
    match sql::late_one_is_open(db, subscription, new.at_renewal).await? {
        false => Ok(()),
        true if new.at_renewal => Err(already_scheduled()),
        true => Err(already_under_way()),
    }
}

/// Two people who order the same new thing at the same moment, or one in two tabs, both saw nothing in their way when they
/// were told the price.
async fn ensure_no_other(
    db: &mut PgConnection,
    backend: &Backend,
    staff: &Staff,
    order: &Checked,
    confirmation: &Confirmation,
) -> Result<()> {
    if order.subscription_id.is_some() || confirmation.another {
        return Ok(());
    }
    sql::repeat::lock_customer(db, &order.customer_id).await?;
    match repeat::placed_before(&mut *db, backend, staff, order).await? {
        None => Ok(()),
        Some(_) => Err(repeat::tick()),
    }
}

fn note(order: &Checked, quote: &Quote) -> Option<String> {
    let amount = quote.now.map(|now| format!("{} now", now.display()));
    let why = quote.approval.join("; ");
    let waits = (!why.is_empty()).then(|| format!("waits for approval: {why}"));
    let parts: Vec<String> = order.deed.words().map(str::to_owned).into_iter().chain(amount).chain(waits).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The database decides who was first; another form has to wait.
fn in_words(error: sqlx::Error, quote: &Quote) -> Error {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    match constraint {
        Some("one_open_intent_per_subscription") if quote.at_renewal => already_scheduled(),
        Some("one_open_intent_per_subscription") => already_under_way(),
        _ => error.into(),
    }
}

/// Why the intent `other` of the same subscription stands in the way.
async fn in_the_way(backend: &Backend, other: Uuid) -> Result<Error> {
    let other = sql::intent(&backend.pool, other).await?;
    if other.is_some_and(|other| other.state == IntentState::Drafted) {
        return Ok(Error::Conflict(
            "A change of this subscription waits for approval. It has to be approved, rejected or withdrawn first."
                .to_owned(),
        ));
    }
    Ok(Error::Conflict("A change of this subscription is already under way. Wait until it is done.".to_owned()))
}

fn already_under_way() -> Error {
    Error::Conflict(
        "A change of this subscription is already under way or waits for approval. Wait until it is done; one that \
         waits has to be approved, rejected or withdrawn first."
            .to_owned(),
    )
}

fn refuse_changed_price(shown: Option<Money>, quote: &Quote) -> Result<()> {
    if shown == quote.now {
        return Ok(());
    }
    let was = shown.map_or_else(|| "not known".to_owned(), Money::display);
    let is = quote.now.map_or_else(|| "not known".to_owned(), Money::display);
    Err(Error::Conflict(format!("The price changed from {was} to {is} since you saw it. Review it again.")))
}
