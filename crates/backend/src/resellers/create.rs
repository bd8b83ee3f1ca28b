use super::{ResellerName, sql};
use crate::accounts::{AccountForm, CheckedAccount};
use crate::staff::Staff;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Error, FieldError, Result};
use domain::{Currency, Permission};
use marketplace::models::ResellerRequest;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A reseller as people ask for one.
#[derive(Clone, Debug, Default)]
pub struct NewReseller {
    /// The facts.
    pub form: AccountForm,
    /// What it is billed in, as it was typed; cannot change later.
    pub currency: String,
    /// Who calculates its taxes; the marketplace decides where it is empty.
    pub taxation_provider: String,
    /// The group it belongs to; the marketplace decides where it is empty.
    pub customer_class: String,
    /// The person knows that there is another reseller of the same name or number.
    pub despite_namesake: bool,
}

/// Creates a reseller once (`POST /resellers`) and answers with its id. The same form token makes one reseller, however
/// often it is posted and whatever happens to the answer.
pub async fn create(backend: &Backend, staff: &Staff, new: &NewReseller, form_token: Uuid) -> Result<String> {
    staff.require(Permission::EditResellers)?;
    if let Some(id) = writes::made_by_form(backend, staff, form_token).await? {
        return Ok(id);
    }
    let wanted = new.check()?;
    if !new.despite_namesake && !namesakes(backend, &wanted.account.form).await?.is_empty() {
        return Err(Error::invalid(
            "despite_namesake",
            "There is a reseller of this name or number already. Look at it, or confirm that this is another one",
        ));
    }
    let wish = Wish {
        form_token,
        kind: Kind::ResellerCreate,
        subject_id: None,
        customer_id: None,
        after: Some(Value::Object(wanted.facts())),
        before: None,
        request: Request::CreateReseller { account: wanted.request() },
    };
    writes::carry_out(backend, staff, wish).await
}

/// Resellers of the same name, in any case, or of the same number in the account's own system; five at most.
pub async fn namesakes(backend: &Backend, form: &AccountForm) -> Result<Vec<ResellerName>> {
    sql::namesakes(&backend.pool, form.name.trim(), form.external_id.trim()).await
}

impl NewReseller {
    /// Fails with every field that is at fault.
    fn check(&self) -> Result<WantedReseller> {
        let mut problems = Vec::new();
        let account = match self.form.check() {
            Ok(account) => Some(account),
            Err(Error::Invalid(fields)) => {
                problems.extend(fields);
                None
            }
            Err(error) => return Err(error),
        };
        let mut problem = |field: &str, message: &str| {
            problems.push(FieldError { field: field.to_owned(), message: message.to_owned() });
        };
        if self.form.language.trim().is_empty() {
            problem("language", "Choose the language of the marketplace's messages");
        }
        let currency = Currency::new(&self.currency.trim().to_uppercase()).ok();
        if currency.is_none() {
            problem("currency", "Enter the currency as three letters, such as USD");
        }
        for (field, text) in [("taxation_provider", &self.taxation_provider), ("customer_class", &self.customer_class)]
        {
            if text.trim().chars().any(char::is_control) {
                problem(field, "Use one line of text");
            }
        }
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match (account, currency) {
            (Some(account), Some(currency)) if problems.is_empty() => Ok(WantedReseller {
                account,
                currency,
                taxation_provider: given(&self.taxation_provider),
                customer_class: given(&self.customer_class),
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

struct WantedReseller {
    account: CheckedAccount,
    currency: Currency,
    taxation_provider: Option<String>,
    customer_class: Option<String>,
}

impl WantedReseller {
    fn facts(&self) -> Map<String, Value> {
        let mut facts = self.account.form.facts();
        facts.insert("currency".to_owned(), json!(self.currency.code()));
        let optional = [("taxation provider", &self.taxation_provider), ("customer class", &self.customer_class)];
        let given = optional.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?))));
        facts.extend(given);
        facts
    }

    fn request(self) -> ResellerRequest {
        let account = self.account;
        ResellerRequest {
            external_id: account.external_id,
            attributes: account.attributes,
            name: Some(account.name),
            address: Some(account.address),
            contact_persons: account.contacts,
            language: account.language,
            tax_reg_id: account.tax_reg_id,
            currency: Some(self.currency),
            taxation_provider_name: self.taxation_provider,
            customer_class: self.customer_class,
            ..ResellerRequest::default()
        }
    }
}
