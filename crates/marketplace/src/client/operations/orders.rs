//! Orders.

use crate::client::call::Call;
use crate::client::{Answered, Client, Error};
use crate::models::{Estimate, OrderDetailed, OrderRequest, OrderUpdate};
use domain::OrderId;

impl Client {
    /// An order with its lines (`GET /orders/{id}`). Takes the id; to find a number, filter the list.
    pub async fn order(&self, id: &OrderId) -> Result<OrderDetailed, Error> {
        Ok(self.request(Call::get("get order", &["orders", id.as_str()])).await?.value)
    }

    /// Places an order (`POST /orders`), once. The marketplace knows no idempotency keys: after an error whose
    /// [`outcome`](Error::outcome) is unknown, look for the order before placing it again.
    pub async fn create_order(&self, order: &OrderRequest) -> Result<Answered<OrderDetailed>, Error> {
        self.request(Call::create("create order", &["orders"], order)?).await
    }

    /// What an order would cost (`POST /orders/estimate`). Stores nothing, so it is a read and may be repeated.
    pub async fn estimate_order(&self, order: &OrderRequest) -> Result<Estimate, Error> {
        Ok(self.request(Call::ask("estimate order", &["orders", "estimate"], order)?).await?.value)
    }

    /// Cancels an order that is not done, or lets it pass its credit check (`PATCH /orders/{id}`).
    pub async fn update_order(&self, id: &OrderId, update: &OrderUpdate) -> Result<Answered<OrderDetailed>, Error> {
        self.request(Call::update("update order", &["orders", id.as_str()], update)?).await
    }
}
