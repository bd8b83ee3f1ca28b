//! Changes of a customer. The marketplace carries them out at once and replaces address and contact persons whole, so
//! what a person saw is compared with what is there now before anything is sent.

use super::{Customer, get};
use crate::accounts::{AccountForm, change, differing};
use crate::staff::Staff;
use crate::stored::status_in_words;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Error, Result, sync};
use domain::{CustomerId, Permission};
use marketplace::models::{CustomerStatus, CustomerUpdate};
use marketplace::{Client, Priority};
use serde_json::{Value, json};
use uuid::Uuid;

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
///
/// The same form token makes one call, however often it is posted.
pub async fn update(
    backend: &Backend,
    staff: &Staff,
    id: &str,
    form: &AccountForm,
    seen: &str,
    form_token: Uuid,
) -> Result<()> {
    staff.require(Permission::EditCustomers)?;
    get(backend, id).await?;
    let checked = form.check()?;
    let client = backend.marketplace()?.with_priority(Priority::People);
    let before = refresh(backend, &client, id).await?.form();
    let after = checked.form.facts();
    // Before what was seen: whoever posts a form twice has changed it themselves.
    let Some(update) = change(&before, checked) else { return Ok(()) };
    if before.digest() != seen {
        return Err(Error::Conflict(
            "Somebody changed this customer while you were editing, so nothing was saved. Compare with what the customer's \
             page shows now; saving again replaces it by what you entered."
                .to_owned(),
        ));
    }
    let (before, after) = differing(&before.facts(), &after);
    let (before, after) = (Value::Object(before), Value::Object(after));
    carry_out(backend, staff, id, Change { kind: Kind::CustomerUpdate, before, after, update }, form_token).await
}

/// Puts an active customer on credit hold, in which they cannot order, or releases one (`PATCH /customers/{id}`). The same
/// form token makes one call, however often it is posted.
pub async fn set_hold(backend: &Backend, staff: &Staff, id: &str, hold: bool, form_token: Uuid) -> Result<()> {
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
        kind: if hold { Kind::CustomerHold } else { Kind::CustomerRelease },
        before: json!({ "status": from }),
        after: json!({ "status": to }),
        update: CustomerUpdate { status: Some(status), ..CustomerUpdate::default() },
    };
    carry_out(backend, staff, id, change, form_token).await
}

impl Customer {
    /// Why they cannot be put on hold, or released; the marketplace lets us change between these two statuses only.
    pub fn hold_refusal(&self, hold: bool) -> Option<String> {
        match (hold, self.status.as_str()) {
            (true, "active") | (false, "creditHold") => None,
            (true, status) => Some(format!(
                "This customer's status is {}. Only an active customer can be put on hold.",
                status_in_words(status)
            )),
            (false, status) => Some(format!(
                "This customer's status is {}. Only a customer on credit hold can be released.",
                status_in_words(status)
            )),
        }
    }
}

/// What is sent, and what the activity says of it.
struct Change {
    kind: Kind,
    before: Value,
    after: Value,
    update: CustomerUpdate,
}

async fn carry_out(backend: &Backend, staff: &Staff, id: &str, change: Change, form_token: Uuid) -> Result<()> {
    let wish = Wish {
        form_token,
        kind: change.kind,
        subject_id: Some(id.to_owned()),
        customer_id: Some(id.to_owned()),
        request: Request::UpdateCustomer { id: CustomerId::from(id), update: change.update },
        before: Some(change.before),
        after: Some(change.after),
    };
    writes::carry_out(backend, staff, wish).await.map(drop)
}

/// The customer as the marketplace has it now, put into the copy.
async fn refresh(backend: &Backend, client: &Client, id: &str) -> Result<Customer> {
    let as_of = backend.clock.now();
    let customer = client.customer(&CustomerId::from(id)).await?;
    sync::store_customer(&mut *backend.pool.acquire().await?, &customer, as_of).await?;
    get(backend, id).await
}
