//! Plans, and what products ask for. Products have no page of their own.

use crate::client::call::Call;
use crate::client::{Client, Error};
use crate::models::{Page, PlanDetailed, ValidatedProduct, ValidationRequest};
use domain::PlanId;

impl Client {
    /// A plan with its switches (`GET /plans/{id}`).
    pub async fn plan(&self, id: &PlanId) -> Result<PlanDetailed, Error> {
        Ok(self.request(Call::get("get plan", &["plans", id.as_str()])).await?.value)
    }

    /// Checks the parameters of products before they are ordered (`POST /validation/parameters`). A value that is not
    /// accepted is part of the answer, not an error.
    pub async fn validate_parameters(&self, request: &ValidationRequest) -> Result<Vec<ValidatedProduct>, Error> {
        let call = Call::ask("validate parameters", &["validation", "parameters"], request)?;
        Ok(self.request::<Page<_>>(call).await?.value.data)
    }
}
