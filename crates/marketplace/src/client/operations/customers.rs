//! Customers.

use crate::client::call::Call;
use crate::client::{Answered, Client, Error};
use crate::models::{Customer, CustomerRequest, CustomerUpdate};
use domain::CustomerId;

impl Client {
    /// A customer (`GET /customers/{id}`).
    pub async fn customer(&self, id: &CustomerId) -> Result<Customer, Error> {
        Ok(self.request(Call::get("get customer", &["customers", id.as_str()])).await?.value)
    }

    /// Creates a customer (`POST /customers`).
    pub async fn create_customer(&self, customer: &CustomerRequest) -> Result<Answered<Customer>, Error> {
        self.request(Call::create("create customer", &["customers"], customer)?).await
    }

    /// Changes a customer (`PATCH /customers/{id}`).
    pub async fn update_customer(&self, id: &CustomerId, update: &CustomerUpdate) -> Result<Answered<Customer>, Error> {
        self.request(Call::update("update customer", &["customers", id.as_str()], update)?).await
    }
}
