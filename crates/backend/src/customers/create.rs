use super::sql;
use crate::accounts::{AccountForm, CheckedAccount};
use crate::staff::Staff;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Error, Result, resellers};
use domain::{Permission, ResellerId};
use marketplace::models::CustomerRequest;
use serde_json::{Value, json};
use uuid::Uuid;

/// A customer as people ask for one.
#[derive(Clone, Debug, Default)]
pub struct NewCustomer {
    /// The facts.
    pub form: AccountForm,
    /// The reseller below this account that they belong to; this account itself where there is none.
    pub reseller: Option<String>,
    /// The person knows that there is another customer of the same name or number.
    pub despite_namesake: bool,
}

/// A customer of the same name or number.
#[derive(Clone, Debug)]
pub struct Namesake {
    /// Identifier at the marketplace.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Creates a customer once (`POST /customers`, `POST /resellers/{id}/customers`) and answers with their id. The same
/// form token makes one customer, however often it is posted and whatever happens to the answer.
pub async fn create(backend: &Backend, staff: &Staff, new: &NewCustomer, form_token: Uuid) -> Result<String> {
    staff.require(Permission::EditCustomers)?;
    if let Some(id) = writes::made_by_form(backend, staff, form_token).await? {
        return Ok(id);
    }
    let account = new.form.check()?;
    if account.language.is_none() {
        return Err(Error::invalid("language", "Choose the language of the marketplace's messages"));
    }
    let reseller = match new.reseller.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => Some(ResellerId::from(resellers::get(backend, id).await?.id)),
        None => None,
    };
    if !new.despite_namesake && !namesakes(backend, &account.form).await?.is_empty() {
        return Err(Error::invalid(
            "despite_namesake",
            "There is a customer of this name or number already. Look at it, or confirm that this is another one",
        ));
    }
    let mut facts = account.form.facts();
    facts.extend(reseller.as_ref().map(|reseller| ("reseller".to_owned(), json!(reseller.as_str()))));
    let wish = Wish {
        form_token,
        kind: Kind::CustomerCreate,
        subject_id: None,
        customer_id: None,
        request: Request::CreateCustomer { reseller, account: request(account) },
        before: None,
        after: Some(Value::Object(facts)),
    };
    writes::carry_out(backend, staff, wish).await
}

/// Customers of the same name, in any case, or of the same number in the reseller's own system; five at most.
pub async fn namesakes(backend: &Backend, form: &AccountForm) -> Result<Vec<Namesake>> {
    sql::namesakes(&backend.pool, form.name.trim(), form.external_id.trim()).await
}

/// What is sent: the facts that are given.
fn request(account: CheckedAccount) -> CustomerRequest {
    CustomerRequest {
        external_id: account.external_id,
        attributes: account.attributes,
        name: Some(account.name),
        address: Some(account.address),
        contact_persons: account.contacts,
        language: account.language,
        tax_reg_id: account.tax_reg_id,
        ..CustomerRequest::default()
    }
}
