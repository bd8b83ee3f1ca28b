//! Subscriptions.

use crate::client::call::Call;
use crate::client::{Answered, Client, Error};
use crate::models::{SpecialPricing, SubscriptionDetailed, SubscriptionUpdate};
use domain::SubscriptionId;

impl Client {
    /// A subscription with its product lines (`GET /subscriptions/{id}`).
    pub async fn subscription(&self, id: &SubscriptionId) -> Result<SubscriptionDetailed, Error> {
        Ok(self.request(Call::get("get subscription", &["subscriptions", id.as_str()])).await?.value)
    }

    /// Changes attributes, automatic renewal or prices (`PATCH /subscriptions/{id}`). Seats are changed by an order.
    pub async fn update_subscription(
        &self,
        id: &SubscriptionId,
        update: &SubscriptionUpdate,
    ) -> Result<Answered<SubscriptionDetailed>, Error> {
        self.request(Call::update("update subscription", &["subscriptions", id.as_str()], update)?).await
    }

    /// Sets prices for future billing (`POST /subscriptions/{id}/specialPricing`).
    pub async fn set_special_pricing(
        &self,
        id: &SubscriptionId,
        pricing: &SpecialPricing,
    ) -> Result<Answered<SubscriptionDetailed>, Error> {
        let path = ["subscriptions", id.as_str(), "specialPricing"];
        self.request(Call::create("set special pricing", &path, pricing)?).await
    }
}
