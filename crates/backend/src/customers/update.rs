//! Changes of a customer. The marketplace carries them out at once and replaces address and contact persons whole, so
//! what a person saw is compared with what is there now before anything is sent.

use super::{Customer, get};
use crate::accounts::{AccountForm, Shown, change, differing};
use crate::activity::{self, Actor, Entry};
use crate::connection::unless_moved;
use crate::lost_answer::settle;
use crate::staff::Staff;
use crate::{Backend, Error, Result, sync};
use domain::{CustomerId, Permission};
use marketplace::models::{CustomerStatus, CustomerUpdate};
use marketplace::{Answered, Client, Priority};
use serde_json::{Map, Value, json};

impl Customer {
    /// The form as it is shown for this customer.
    pub fn form(&self) -> AccountForm {
        AccountForm::of(
            &self.name,
            self.external_id.as_deref(),
            self.tax_reg_id.as_deref(),
            self.address.as_ref(),
            &self.contacts,
        )
    }
}

/// Changes what differs from what the marketplace has now (`GET` and `PATCH /customers/{id}`). `seen` is the
/// [digest](AccountForm::digest) of the form as the person was shown it: where somebody changed the customer meanwhile
/// nothing is overwritten.
pub async fn update(backend: &Backend, staff: &Staff, id: &str, form: &AccountForm, seen: &str) -> Result<()> {
    staff.require(Permission::EditCustomers)?;
    get(backend, id).await?;
    let checked = form.check()?;
    let client = backend.marketplace()?.with_priority(Priority::People);
    let fresh = refresh(backend, &client, id).await?;
    let before = fresh.form();
    if before.digest() != seen {
        return Err(Error::Conflict(
            "Somebody changed this customer while you were editing, so nothing was saved. Compare with what the customer's \
             page shows now; saving again replaces it by what you entered."
                .to_owned(),
        ));
    }
    let after = checked.form.facts();
    let Some(update) = change(&before, checked) else { return Ok(()) };
    let change = Change { action: "customer.updated", before: before.facts(), after, update };
    carry_out(backend, staff, &client, id, change).await
}

/// Puts an active customer on credit hold, in which they cannot order, or releases one (`PATCH /customers/{id}`).
pub async fn set_hold(backend: &Backend, staff: &Staff, id: &str, hold: bool) -> Result<()> {
    staff.require(Permission::EditCustomers)?;
    let customer = get(backend, id).await?;
    let (from, to) = if hold { ("active", "creditHold") } else { ("creditHold", "active") };
    if customer.status == to {
        return Ok(());
    }
    if let Some(reason) = customer.hold_refusal(hold) {
        return Err(Error::Conflict(reason));
    }
    let status = if hold { CustomerStatus::CreditHold } else { CustomerStatus::Active };
    let change = Change {
        action: if hold { "customer.held" } else { "customer.released" },
        before: one("status", from),
        after: one("status", to),
        update: CustomerUpdate { status: Some(status), ..CustomerUpdate::default() },
    };
    let client = backend.marketplace()?.with_priority(Priority::People);
    carry_out(backend, staff, &client, id, change).await
}

impl Customer {
    /// Why they cannot be put on hold, or released; the marketplace lets us change between these two statuses only.
    pub fn hold_refusal(&self, hold: bool) -> Option<String> {
        match (hold, self.status.as_str()) {
            (true, "active") | (false, "creditHold") => None,
            (true, status) => Some(format!("This customer is {status}. Only an active customer can be put on hold.")),
            (false, status) => {
                Some(format!("This customer is {status}. Only a customer on credit hold can be released."))
            }
        }
    }
}

/// What is sent, and what the activity says of it.
struct Change {
    action: &'static str,
    before: Map<String, Value>,
    after: Map<String, Value>,
    update: CustomerUpdate,
}

/// Makes the call once, then stores what came of it with its activity row.
async fn carry_out(backend: &Backend, staff: &Staff, client: &Client, id: &str, change: Change) -> Result<()> {
    let customer_id = CustomerId::from(id);
    let update = &change.update;
    let asked_at = backend.clock.now();
    let answer = client.update_customer(&customer_id, update).await;
    let (Answered { value, correlation_id }, note) =
        settle(answer, client.customer(&customer_id), |now| Shown::from(now).shows(update), "customer").await?;
    let now = backend.clock.now();
    let (before, after) = differing(&change.before, &change.after);
    let mut transaction = backend.pool.begin().await?;
    let stored = unless_moved(sync::store_customer(&mut transaction, &value, asked_at).await)?;
    let entry = Entry {
        customer_id: Some(id),
        before: Some(Value::Object(before)),
        after: Some(Value::Object(after)),
        correlation_id: correlation_id.as_deref(),
        note,
        ..Entry::new(change.action, "customer", id)
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    stored
}

/// The customer as the marketplace has it now, put into the copy.
async fn refresh(backend: &Backend, client: &Client, id: &str) -> Result<Customer> {
    let as_of = backend.clock.now();
    let customer = client.customer(&CustomerId::from(id)).await?;
    sync::store_customer(&mut *backend.pool.acquire().await?, &customer, as_of).await?;
    get(backend, id).await
}

fn one(name: &str, value: &str) -> Map<String, Value> {
    [(name.to_owned(), json!(value))].into_iter().collect()
}
