//! From what was typed to a call that is sent: at once for a question, after a confirmation for a change.

use super::sealed::{opened, sealed};
use super::send::{Sending, begin};
use super::sql;
use super::typed::Typed;
use crate::staff::Staff;
use crate::{Backend, Error, Result, approvals};
use domain::Permission;
use marketplace::RawCall;
use time::Duration;
use uuid::Uuid;

/// A change that was not confirmed is kept for so long.
const DRAFT_LASTS: Duration = Duration::DAY;

/// What became of a call that was asked for, or of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It was sent: the call.
    Sent(Uuid),
    /// It may change something, so it waits to be confirmed.
    Waiting {
        /// The draft.
        id: Uuid,
        /// What is going to be sent.
        typed: Typed,
    },
}

/// Sends the call if it only asks; keeps it to be confirmed if it may change something.
pub async fn ask(backend: &Backend, staff: &Staff, typed: &Typed) -> Result<Stage> {
    staff.require(Permission::UseConsole)?;
    let request = typed.check()?;
    if !request.call.is_write() {
        return Sending::new(backend, staff, request)?.detached().await.map(Stage::Sent);
    }
    staff.require(Permission::WriteInConsole)?;
    backend.marketplace()?;
    refuse_orders(backend, staff, &request.call).await?;
    let now = backend.clock.now();
    let id = Uuid::new_v4();
    let call = sealed(backend, id, staff.id, typed)?;
    let mut db = backend.pool.acquire().await?;
    sql::insert_draft(&mut db, id, staff.id, &call, now + DRAFT_LASTS).await?;
    Ok(Stage::Waiting { id, typed: typed.clone() })
}

/// The person's own change that waits to be confirmed, or the call that it has become.
pub async fn draft(backend: &Backend, staff: &Staff, id: Uuid) -> Result<Stage> {
    staff.require(Permission::WriteInConsole)?;
    // In this order: sending makes the call and deletes the draft in one transaction, so whoever finds no draft finds
    // the call.
    if let Some(call) = sql::draft(&backend.pool, id, staff.id, backend.clock.now()).await? {
        return Ok(Stage::Waiting { id, typed: opened(backend, id, staff.id, &call)? });
    }
    let call = sql::call_of_form(&backend.pool, id, staff.id).await?;
    call.map(Stage::Sent).ok_or(Error::NotFound("change"))
}

/// Sends a change that was confirmed, and answers with its call. It is recorded before it is sent, and sent once: the
/// same draft again answers with the same call, whatever became of it.
pub async fn send(backend: &Backend, staff: &Staff, id: Uuid, is_sure: bool) -> Result<Uuid> {
    let typed = match draft(backend, staff, id).await {
        Ok(Stage::Sent(call)) => return Ok(call),
        Ok(Stage::Waiting { typed, .. }) => typed,
        Err(Error::NotFound(_)) => return Err(no_longer_kept()),
        Err(error) => return Err(error),
    };
    if !is_sure {
        return Err(Error::invalid("sure", "Tick the box if this is to be changed at the marketplace"));
    }
    let request = typed.check()?;
    refuse_orders(backend, staff, &request.call).await?;
    let sending = Sending::new(backend, staff, request)?;
    if begin(&sending, id).await? {
        return sending.detached().await;
    }
    // Another post of the same form was a moment quicker.
    sql::call_of_form(&backend.pool, id, staff.id).await?.ok_or_else(no_longer_kept)
}

/// An order by hand would go past the limits of a role and past the second person, so none is sent by whoever has limits, nor
/// while there is a rule that asks for approval. A special price by hand would go past the limits too.
async fn refuse_orders(backend: &Backend, staff: &Staff, call: &RawCall) -> Result<()> {
    let segments = call.segments();
    let orders = segments.first().is_some_and(|first| first.eq_ignore_ascii_case("orders"));
    let prices = segments.iter().any(|segment| segment.eq_ignore_ascii_case("specialPricing"));
    if prices && staff.role.limits().is_limited() {
        return Err(Error::invalid(
            "path",
            "Your role limits what you order, so you set no prices from the console. Set it on the subscription's page, or ask \
             somebody whose role has no limits",
        ));
    }
    if orders && staff.role.limits().is_limited() {
        return Err(Error::invalid(
            "path",
            "Your role limits what you order, so you send no orders from the console. Place it in Seatboard, or ask somebody \
             whose role has no limits",
        ));
    }
    if orders && !approvals::list(backend).await?.is_empty() {
        return Err(Error::invalid(
            "path",
            "Orders need approval here, so they are not sent from the console. Place it in Seatboard, or take the rules \
             out in Settings, Approvals",
        ));
    }
    Ok(())
}

fn no_longer_kept() -> Error {
    Error::Conflict("This change is no longer kept, and it was not sent. Enter it again.".to_owned())
}
