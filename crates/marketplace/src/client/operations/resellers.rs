//! Resellers below the one that signs in.

use crate::client::call::Call;
use crate::client::{Answered, Client, Error};
use crate::models::{Customer, CustomerRequest, CustomerUpdate, Reseller, ResellerRequest};
use domain::ResellerId;

impl Client {
    /// A reseller (`GET /resellers/{id}`).
    pub async fn reseller(&self, id: &ResellerId) -> Result<Reseller, Error> {
        Ok(self.request(Call::get("get reseller", &["resellers", id.as_str()])).await?.value)
    }

    /// Creates a reseller (`POST /resellers`).
    pub async fn create_reseller(&self, reseller: &ResellerRequest) -> Result<Answered<Reseller>, Error> {
        self.request(Call::create("create reseller", &["resellers"], reseller)?).await
    }

    /// Changes a reseller (`PATCH /resellers/{id}`); takes what a customer's change takes.
    pub async fn update_reseller(&self, id: &ResellerId, update: &CustomerUpdate) -> Result<Answered<Reseller>, Error> {
        self.request(Call::update("update reseller", &["resellers", id.as_str()], update)?).await
    }

    /// Creates a customer of a reseller (`POST /resellers/{id}/customers`).
    pub async fn create_customer_of(
        &self,
        reseller: &ResellerId,
        customer: &CustomerRequest,
    ) -> Result<Answered<Customer>, Error> {
        let path = ["resellers", reseller.as_str(), "customers"];
        self.request(Call::create("create a reseller's customer", &path, customer)?).await
    }
}
