//! What a change may have touched is read again, so that the copy does not lie until the next sweep.

use crate::sync::{self, Collection};
use crate::{Backend, Result};
use domain::{CustomerId, OrderId, SubscriptionId};
use marketplace::{Client, Priority, RawCall};
use serde_json::Value;

/// The identifier that an answer tells: of what was made.
pub(super) fn id_in(answer: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Value>(answer).ok()?.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Reads again what the call named, or made. What cannot be read now is seen by the next sweep.
pub(super) async fn read_again(backend: &Backend, client: &Client, call: &RawCall, made: Option<String>) {
    let Some(touched) = Touched::by(call, made) else { return };
    if let Err(error) = touched.read(backend, client).await {
        tracing::warn!(%error, ?touched, "what a call by hand touched could not be read again");
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Touched {
    Customer(CustomerId),
    Subscription(SubscriptionId),
    Order(OrderId),
    List(Collection),
}

impl Touched {
    fn by(call: &RawCall, made: Option<String>) -> Option<Self> {
        match call.segments()[..] {
            ["customers"] => Some(Self::Customer(made?.into())),
            ["customers", id] => Some(Self::Customer(id.into())),
            ["subscriptions", id] | ["subscriptions", id, "specialPricing"] => Some(Self::Subscription(id.into())),
            // The list of new orders is short; it shows too what the lost answer would have told.
            ["orders"] => Some(made.map_or(Self::List(Collection::Orders), |id| Self::Order(id.into()))),
            ["orders", id] => Some(Self::Order(id.into())),
            ["reports"] => Some(Self::List(Collection::Reports)),
            ["resellers", ..] => Some(Self::List(Collection::Resellers)),
            _ => None,
        }
    }

    async fn read(&self, backend: &Backend, client: &Client) -> Result<()> {
        match self {
            Self::Customer(id) => {
                let as_of = backend.clock.now();
                let customer = client.customer(id).await?;
                sync::store_customer(&mut *backend.pool.acquire().await?, &customer, as_of).await
            }
            Self::Subscription(id) => sync::refresh_subscription(backend, id, Priority::People).await.map(drop),
            Self::Order(id) => sync::refresh_order(backend, id, Priority::People).await.map(drop),
            Self::List(collection) => sync::request(backend, *collection).await,
        }
    }
}
