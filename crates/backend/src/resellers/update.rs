use super::{Reseller, get};
use crate::accounts::{AccountForm, change, differing};
use crate::staff::Staff;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Error, Result, sync};
use domain::{Permission, ResellerId};
use marketplace::{Client, Priority};
use serde_json::Value;
use uuid::Uuid;

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
    staff.require(Permission::EditResellers)?;
    get(backend, id).await?;
    let checked = form.check()?;
    let client = backend.marketplace()?.with_priority(Priority::People);
    let before = refresh(backend, &client, id).await?.form();
    let after = checked.form.facts();
    // Before what was seen: whoever posts a form twice has changed it themselves.
    let Some(update) = change(&before, checked) else { return Ok(()) };
    if before.digest() != seen {
        return Err(Error::Conflict(
            "Somebody changed this reseller while you were editing, so nothing was saved. Compare with what the reseller's \
             page shows now; saving again replaces it by what you entered."
                .to_owned(),
        ));
    }
    let (before, after) = differing(&before.facts(), &after);
    let wish = Wish {
        form_token,
        kind: Kind::ResellerUpdate,
        subject_id: Some(id.to_owned()),
        customer_id: None,
        request: Request::UpdateReseller { id: ResellerId::from(id), update },
        before: Some(Value::Object(before)),
        after: Some(Value::Object(after)),
    };
    writes::carry_out(backend, staff, wish).await.map(drop)
}

/// The reseller as the marketplace has it now, put into the copy.
async fn refresh(backend: &Backend, client: &Client, id: &str) -> Result<Reseller> {
    let as_of = backend.clock.now();
    let reseller = client.reseller(&ResellerId::from(id)).await?;
    sync::store_reseller(&mut *backend.pool.acquire().await?, &reseller, as_of).await?;
    get(backend, id).await
}
