use super::sql;
use crate::accounts::{self, AccountForm, CheckedAccount, Wanted};
use crate::staff::Staff;
use crate::{Backend, Error, Result, resellers, sync};
use domain::{Permission, ResellerId};
use marketplace::models::{Customer, CustomerRequest};
use marketplace::{Answered, Client, CustomerFilter, PAGE_SIZE};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
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
    if let Some(id) = accounts::made_by_form::<WantedCustomer>(backend, staff, form_token).await? {
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
    accounts::create(backend, staff, WantedCustomer { account, reseller }, form_token).await
}

/// Customers of the same name, in any case, or of the same number in the reseller's own system; five at most.
pub async fn namesakes(backend: &Backend, form: &AccountForm) -> Result<Vec<Namesake>> {
    sql::namesakes(&backend.pool, form.name.trim(), form.external_id.trim()).await
}

struct WantedCustomer {
    account: CheckedAccount,
    reseller: Option<ResellerId>,
}

impl Wanted for WantedCustomer {
    type Account = Customer;
    const KIND: &'static str = "customer";

    fn facts(&self) -> Map<String, Value> {
        let mut facts = self.account.form.facts();
        facts.extend(self.reseller.as_ref().map(|reseller| ("reseller".to_owned(), json!(reseller.as_str()))));
        facts
    }

    async fn send(&self, client: &Client) -> Result<Answered<Customer>, marketplace::Error> {
        let account = self.account.clone();
        let request = CustomerRequest {
            external_id: account.external_id,
            attributes: account.attributes,
            name: Some(account.name),
            address: Some(account.address),
            contact_persons: account.contacts,
            language: account.language,
            tax_reg_id: account.tax_reg_id,
            ..CustomerRequest::default()
        };
        match &self.reseller {
            Some(reseller) => client.create_customer_of(reseller, &request).await,
            None => client.create_customer(&request).await,
        }
    }

    async fn look_alikes(&self, client: &Client) -> Result<Vec<Customer>> {
        let filter = CustomerFilter {
            name: Some(self.account.name.clone()),
            reseller: self.reseller.clone(),
            ..CustomerFilter::default()
        };
        let page = client.page(&filter, 0, PAGE_SIZE).await?;
        Ok(page.data.into_iter().filter(|customer| self.resembles(customer)).collect())
    }

    fn id(account: &Customer) -> &str {
        account.id.as_str()
    }

    async fn store(&self, db: &mut PgConnection, account: &Customer, as_of: OffsetDateTime) -> Result<()> {
        match &self.reseller {
            Some(reseller) => sync::store_customer_of(db, reseller, account, as_of).await,
            None => sync::store_customer(db, account, as_of).await,
        }
    }
}

impl WantedCustomer {
    /// The same name, number and street: enough to know one's own words again.
    fn resembles(&self, customer: &Customer) -> bool {
        let street = customer.address.as_ref().and_then(|address| address.street_address.as_ref());
        customer.name.as_deref() == Some(&*self.account.name)
            && customer.external_id == self.account.external_id
            && street == self.account.address.street_address.as_ref()
    }
}
