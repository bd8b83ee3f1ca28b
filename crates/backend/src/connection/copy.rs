//! Of which marketplace the copy is. Customers and subscriptions of one account must never be shown, or ordered for, as
//! those of another: with another marketplace the copy is forgotten and begun anew.

use super::sql;
use super::stored::Held;
use crate::{Backend, Error, Result};
use domain::{CustomerId, ResellerId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// One marketplace.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) url: String,
    pub(super) code: String,
}

impl Place {
    /// Whether both are the same marketplace.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.url == other.url && self.code.eq_ignore_ascii_case(&other.code)
    }
}

impl Held {
    /// The marketplace it leads to.
    pub(super) fn place(&self) -> Place {
        Place { url: self.url.clone(), code: self.code.clone() }
    }
}

/// An order placed here that has come to no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenIntent {
    /// The intent.
    pub id: Uuid,
    /// The order's number at the marketplace, once it has one.
    pub order_number: Option<String>,
    /// For whom.
    pub customer: String,
}

impl OpenIntent {
    /// What people call it.
    pub fn label(&self) -> String {
        let number = self.order_number.as_deref().unwrap_or("Order without a number yet");
        format!("{number} for {}", self.customer)
    }
}

/// Whom a connection leads to, and what somebody agreed to.
pub(super) struct Arrival<'a> {
    pub(super) place: &'a Place,
    /// A customer of the account there, and the reseller whose customer it is.
    pub(super) met: Option<&'a (CustomerId, ResellerId)>,
    /// Another API user than the one in use, so perhaps of another account.
    pub(super) user_changed: bool,
    /// The copy may be forgotten.
    pub(super) forget_copy: bool,
}

/// Makes the copy that of `arrival`, in the transaction that changes the connection. What is of another marketplace is
/// forgotten if that was agreed to and no order is open there; otherwise this fails, naming `forget_copy`. Answers
/// whether something was forgotten.
///
/// First of all it takes the lock that everything waits for which stores something read, or places an order.
pub(super) async fn settle(db: &mut PgConnection, arrival: Arrival<'_>, now: OffsetDateTime) -> Result<bool> {
    let of = sql::lock_copy(db).await?;
    let copied = sql::anything_copied(db).await?;
    let same_place = of.map_or(!copied, |of| of.is(arrival.place));
    let unproven = copied && arrival.user_changed && arrival.met.is_none();
    if same_place && !unproven && !is_another_account(db, arrival.met).await? {
        sql::set_place(db, arrival.place).await?;
        return Ok(false);
    }
    let open = sql::open_intents(db).await?;
    if !open.is_empty() {
        return Err(Error::invalid("forget_copy", still_open(&open)));
    }
    if copied && !arrival.forget_copy {
        return Err(Error::invalid("forget_copy", if same_place && unproven { UNPROVEN } else { TICK }));
    }
    sql::forget(db, arrival.place, now).await?;
    Ok(copied)
}

const TICK: &str = "Tick “Forget the copy of the old marketplace”: this is another marketplace or account than the one \
                    the copy was read from, and the two must not be mixed";

const UNPROVEN: &str = "Another user name can be of another account, and nothing could be read to tell. Save it when its test \
                        works, or tick “Forget the copy of the old marketplace”";

fn still_open(open: &[OpenIntent]) -> String {
    let names: Vec<String> = open.iter().map(OpenIntent::label).collect();
    format!(
        "Wait until these orders are done, or cancel them: {}. They belong to the old marketplace, which this is not",
        names.join(", ")
    )
}

/// Notes of which account the copy is: the reseller that its own customers name.
pub(crate) async fn note_account(db: &mut PgConnection, reseller: Option<&ResellerId>) -> Result<()> {
    match reseller {
        Some(reseller) => sql::set_account(db, reseller.as_str()).await,
        None => Ok(()),
    }
}

/// Whether the copy is of another account.
async fn is_another_account(db: &mut PgConnection, met: Option<&(CustomerId, ResellerId)>) -> Result<bool> {
    match met {
        Some((customer, reseller)) => sql::is_stranger(db, customer.as_str(), reseller.as_str()).await,
        None => Ok(false),
    }
}

/// Notes that the copy is of the environment's marketplace; answers whether it is. What was read from another one
/// stays, because nobody is there to agree; the connection's page says so.
pub(super) async fn claim(backend: &Backend, place: &Place) -> Result<bool> {
    let mut db = backend.pool.begin().await?;
    let of = sql::lock_copy(&mut db).await?;
    match of {
        Some(of) if of.is(place) => {}
        Some(_) if sql::anything_copied(&mut db).await? => {
            return Ok(false);
        }
        Some(_) => sql::forget(&mut db, place, backend.clock.now()).await?,
        None => sql::set_place(&mut db, place).await?,
    }
    db.commit().await?;
    Ok(true)
}

/// Fails when the copy was begun anew since `asked_at`: what was asked of the old marketplace is not stored in the copy of
/// the new one. Holds such a change up until the transaction ends, so call it before anything is written.
pub(crate) async fn ensure_same_copy(db: &mut PgConnection, asked_at: OffsetDateTime) -> Result<()> {
    match sql::copy_begun_at(db).await? {
        Some(begun_at) if begun_at > asked_at => Err(Error::Conflict(
            "The connection to the marketplace was changed in this moment. Look at the page again.".to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Keeps the error of an answer that was not stored because the connection was changed since it was asked for: what the
/// answer tells was done, so it is recorded before that error is told. Other errors are told at once.
pub(crate) fn unless_moved(stored: Result<()>) -> Result<Result<()>> {
    match stored {
        Err(moved @ Error::Conflict(_)) => Ok(Err(moved)),
        other => other.map(Ok),
    }
}
