use super::thing::Thing;
use crate::Result;
use domain::{CustomerId, Money, OrderId, ResellerId, SubscriptionId};
use marketplace::models::{
    CustomerRequest, CustomerUpdate, OrderUpdate, ReportRequest, ResellerRequest, SpecialPricing, SubscriptionUpdate,
};
use marketplace::{Answered, Client};
use serde::{Deserialize, Serialize};

/// What is asked of the marketplace, exactly as it is sent. No form asks for a password, so none is in here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    /// `POST /customers`, `POST /resellers/{id}/customers`.
    CreateCustomer { reseller: Option<ResellerId>, account: CustomerRequest },
    /// `PATCH /customers/{id}`.
    UpdateCustomer { id: CustomerId, update: CustomerUpdate },
    /// `POST /resellers`.
    CreateReseller { account: ResellerRequest },
    /// `PATCH /resellers/{id}`.
    UpdateReseller { id: ResellerId, update: CustomerUpdate },
    /// `PATCH /subscriptions/{id}`.
    UpdateSubscription { id: SubscriptionId, update: SubscriptionUpdate },
    /// `POST /subscriptions/{id}/specialPricing`, of the line at `position`, from 0.
    SetPrice { id: SubscriptionId, position: usize, pricing: SpecialPricing },
    /// `PATCH /orders/{id}`.
    UpdateOrder { id: OrderId, update: OrderUpdate },
    /// `POST /reports`.
    ScheduleReport { report: ReportRequest },
}

impl Request {
    /// Makes the call, once.
    pub(super) async fn send(&self, client: &Client) -> Result<Answered<Thing>, marketplace::Error> {
        match self {
            Self::CreateCustomer { reseller: None, account } => client.create_customer(account).await.map(thing),
            Self::CreateCustomer { reseller: Some(reseller), account } => {
                client.create_customer_of(reseller, account).await.map(thing)
            }
            Self::UpdateCustomer { id, update } => client.update_customer(id, update).await.map(thing),
            Self::CreateReseller { account } => client.create_reseller(account).await.map(thing),
            Self::UpdateReseller { id, update } => client.update_reseller(id, update).await.map(thing),
            Self::UpdateSubscription { id, update } => client.update_subscription(id, update).await.map(thing),
            Self::SetPrice { id, pricing, .. } => client.set_special_pricing(id, pricing).await.map(thing),
            Self::UpdateOrder { id, update } => client.update_order(id, update).await.map(thing),
            Self::ScheduleReport { report } => client.create_report(report).await.map(thing),
        }
    }
}

impl Request {
    /// The price that it sets, where it sets one.
    pub(super) fn price(&self) -> Option<Money> {
        let Self::SetPrice { pricing, .. } = self else { return None };
        pricing.products.first()?.unit_price.as_ref().map(|told| told.price)
    }
}

fn thing<T: Into<Thing>>(answer: Answered<T>) -> Answered<Thing> {
    Answered { value: answer.value.into(), correlation_id: answer.correlation_id }
}
