use super::{Reseller, get};
use crate::accounts::{AccountForm, Shown, change, differing};
use crate::activity::{self, Actor, Entry};
use crate::connection::unless_moved;
use crate::lost_answer::settle;
use crate::staff::Staff;
use crate::{Backend, Error, Result, sync};
use domain::{Permission, ResellerId};
use marketplace::{Answered, Client, Priority};
use serde_json::Value;

impl Reseller {
    /// The form as it is shown for this reseller.
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

/// Changes what differs from what the marketplace has now (`GET` and `PATCH /resellers/{id}`). `seen` is the
/// [digest](AccountForm::digest) of the form as the person was shown it: where somebody changed the reseller meanwhile
/// nothing is overwritten.
pub async fn update(backend: &Backend, staff: &Staff, id: &str, form: &AccountForm, seen: &str) -> Result<()> {
    staff.require(Permission::EditResellers)?;
    get(backend, id).await?;
    let checked = form.check()?;
    let client = backend.marketplace()?.with_priority(Priority::People);
    let before = refresh(backend, &client, id).await?.form();
    if before.digest() != seen {
        return Err(Error::Conflict(
            "Somebody changed this reseller while you were editing, so nothing was saved. Compare with what the reseller's \
             page shows now; saving again replaces it by what you entered."
                .to_owned(),
        ));
    }
    let after = checked.form.facts();
    let Some(update) = change(&before, checked) else { return Ok(()) };
    let reseller_id = ResellerId::from(id);
    let asked_at = backend.clock.now();
    let answer = client.update_reseller(&reseller_id, &update).await;
    let (Answered { value, correlation_id }, note) =
        settle(answer, client.reseller(&reseller_id), |now| Shown::from(now).shows(&update), "reseller").await?;
    let now = backend.clock.now();
    let (before, after) = differing(&before.facts(), &after);
    let mut transaction = backend.pool.begin().await?;
    let stored = unless_moved(sync::store_reseller(&mut transaction, &value, asked_at).await)?;
    let entry = Entry {
        before: Some(Value::Object(before)),
        after: Some(Value::Object(after)),
        correlation_id: correlation_id.as_deref(),
        note,
        ..Entry::new("reseller.updated", "reseller", id)
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    stored
}

/// The reseller as the marketplace has it now, put into the copy.
async fn refresh(backend: &Backend, client: &Client, id: &str) -> Result<Reseller> {
    let as_of = backend.clock.now();
    let reseller = client.reseller(&ResellerId::from(id)).await?;
    sync::store_reseller(&mut *backend.pool.acquire().await?, &reseller, as_of).await?;
    get(backend, id).await
}
