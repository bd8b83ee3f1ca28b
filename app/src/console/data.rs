//! The loader: permission first, then the services.

use super::{curl, form, review};
use crate::context::{backend, require_to_see, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::url::Query;
use ::backend::console::{self, Call, Stage, Summary, Typed};
use ::backend::staff::Staff;
use ::backend::{Backend, Error};
use domain::Permission;
use uuid::Uuid;

/// What the console shows.
pub(super) struct Loaded {
    pub(super) may_write: bool,
    pub(super) is_connected: bool,
    pub(super) shown: Shown,
    /// What the form starts with.
    pub(super) typed: Typed,
    /// Why the last post was refused.
    pub(super) refused: Option<AppError>,
    pub(super) history: Vec<Summary>,
}

/// What the address names.
pub(super) enum Shown {
    /// Nothing: the form only.
    Nothing,
    /// A call that was made, and its command where the marketplace's address is known.
    Answer { call: Box<Call>, command: Option<String> },
    /// A change to be confirmed, and where it goes.
    Review { draft: Uuid, typed: Typed, address: Option<String> },
}

/// The console, with what the query names.
pub(super) async fn console(query: Query) -> Result<Loaded, AppError> {
    let staff = require_to_see(Permission::UseConsole)?;
    let backend = backend();
    let typed_again = flash::take(form::FORM).await;
    let unconfirmed = flash::take(review::FORM).await;
    let (shown, found) = shown(&backend, &staff, &query, unconfirmed.is_some()).await?;
    let typed = typed_again.as_ref().map(typed).or(found).unwrap_or_else(|| Typed::new("GET", "", ""));
    Ok(Loaded {
        may_write: staff.role.may(Permission::WriteInConsole),
        is_connected: backend.link.is_connected(),
        shown,
        typed,
        refused: typed_again.or(unconfirmed).map(|flash| flash.error),
        history: console::history(&backend, &staff).await.map_err(surface)?,
    })
}

/// The identifier in an address or a form; of a thing of that name.
pub(super) fn id(text: &str, noun: &'static str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| surface(Error::NotFound(noun)))
}

/// What the query names, and what it puts into the form. A change that is gone is no error where the page says already
/// why it was refused.
async fn shown(
    backend: &Backend,
    staff: &Staff,
    query: &Query,
    may_be_gone: bool,
) -> Result<(Shown, Option<Typed>), AppError> {
    if let Some(call) = query.get("call") {
        return answer(backend, staff, id(call, "call")?).await;
    }
    let Some(draft) = query.get("draft").or(query.get("edit")) else { return Ok((Shown::Nothing, None)) };
    match console::draft(backend, staff, id(draft, "change")?).await {
        Ok(Stage::Sent(call)) => answer(backend, staff, call).await,
        Ok(Stage::Waiting { typed, .. }) if query.get("edit").is_some() => Ok((Shown::Nothing, Some(typed))),
        Ok(Stage::Waiting { id, typed }) => {
            // Sent is what was typed; who looks over a shoulder sees no password.
            let typed = typed.without_secrets();
            let address = console::address(backend, &typed.path);
            Ok((Shown::Review { draft: id, typed, address }, None))
        }
        Err(Error::NotFound(_)) if may_be_gone => Ok((Shown::Nothing, None)),
        Err(error) => Err(surface(error)),
    }
}

async fn answer(backend: &Backend, staff: &Staff, id: Uuid) -> Result<(Shown, Option<Typed>), AppError> {
    let call = console::get(backend, staff, id).await.map_err(surface)?;
    let Summary { method, path, .. } = &call.summary;
    let address = console::address(backend, path);
    let command = address.map(|address| curl::command(method, &address, call.body.as_deref()));
    let typed = Typed::new(method, path, call.body.as_deref().unwrap_or_default());
    Ok((Shown::Answer { call: Box::new(call), command }, Some(typed)))
}

fn typed(flash: &Flash) -> Typed {
    let value = |field| flash.value(field).unwrap_or_default();
    Typed::new(value("method"), value("path"), value("body"))
}
