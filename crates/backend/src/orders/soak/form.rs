//! A person's review page and its confirmation: the one place that calls what the pages call.

use super::schedule::Wish;
use super::stage::Stage;
use crate::orders::{
    Act, Confirmation, NewLine, NewOrder, SeatChange, SubscriptionAct, estimate_act, estimate_new_order,
    estimate_seat_change, place_act, place_new_order, place_seat_change, seats_now, switch_key, switches,
};
use crate::{Backend, Error, Result, subscriptions};
use domain::{Money, Seats};
use uuid::Uuid;

/// A review page that a person looks at.
pub(super) struct Form {
    order: Order,
    shown: Option<Money>,
    token: Uuid,
}

enum Order {
    Seats(SeatChange),
    New(NewOrder),
    Act(SubscriptionAct, String),
}

impl Form {
    /// The page of a wish, with the price of this moment.
    pub(super) async fn review(backend: &Backend, stage: &Stage, wish: &Wish) -> Result<Self> {
        let order = order(backend, stage, wish).await?;
        let staff = &stage.staff;
        let quote = match &order {
            Order::Seats(change) => estimate_seat_change(backend, staff, change).await?,
            Order::New(new) => estimate_new_order(backend, staff, new).await?,
            Order::Act(act, _) => estimate_act(backend, staff, act).await?,
        };
        Ok(Self { order, shown: quote.now, token: Uuid::new_v4() })
    }

    /// The last click.
    pub(super) async fn post(&self, backend: &Backend, stage: &Stage) -> Result<Uuid> {
        let staff = &stage.staff;
        // Every order of a run is wanted, also where it is the same as one a moment ago.
        let confirmed = Confirmation {
            shown: self.shown,
            form_token: self.token,
            review_path: "/orders/new?step=review".to_owned(),
            another: true,
        };
        match &self.order {
            Order::Seats(change) => place_seat_change(backend, staff, change, &confirmed).await,
            Order::New(new) => place_new_order(backend, staff, new, &confirmed).await,
            Order::Act(act, name) => place_act(backend, staff, act, name, &confirmed).await,
        }
    }
}

async fn order(backend: &Backend, stage: &Stage, wish: &Wish) -> Result<Order> {
    let (target, act) = match *wish {
        Wish::Sale { customer, product, seats } => {
            let product = &stage.products[product as usize % stage.products.len()];
            let fewest = product.limits.minimum.map_or(0, |fewest| i64::from(fewest.get()));
            let seats = Seats::new(fewest + seats).map_err(|error| Error::Stored(error.to_string()))?;
            let line = NewLine { product_key: product.key.clone(), seats, special_price: None };
            return Ok(Order::New(NewOrder {
                customer_id: stage.target(customer).customer_id.clone(),
                po_number: None,
                lines: vec![line],
                parameters: None,
                end_with: None,
            }));
        }
        Wish::Seats { target, more } => {
            let seats = seats(backend, &stage.target(target).subscription_id, more).await?;
            let subscription_id = stage.target(target).subscription_id.clone();
            return Ok(Order::Seats(SeatChange {
                subscription_id,
                line: 1,
                seats,
                from: None,
                po_number: Some("PO 7".to_owned()),
            }));
        }
        Wish::SeatsAtRenewal { target, more } => {
            let seats = seats(backend, &stage.target(target).subscription_id, more).await?;
            (target, Act::SeatsAtRenewal { line: 1, seats })
        }
        Wish::Switch { target, restart } => {
            let subscription = subscriptions::get(backend, &stage.target(target).subscription_id).await?;
            let offered = switches(backend, &subscription).await?.unwrap_or_default();
            let to = offered.first().map(switch_key).ok_or(Error::NotFound("switch"))?;
            (target, Act::Switch { to, restart })
        }
        Wish::Renewal { target } => (target, Act::Renew),
        Wish::Cancellation { target } => (target, Act::Cancel),
    };
    let target = stage.target(target);
    let act = SubscriptionAct { subscription_id: target.subscription_id.clone(), act, po_number: None };
    Ok(Order::Act(act, target.customer_name.clone()))
}

async fn seats(backend: &Backend, subscription_id: &str, more: i64) -> Result<String> {
    let now = seats_now(backend, subscription_id, 1).await?;
    Ok((i64::from(now.seats.get()) + more).to_string())
}
