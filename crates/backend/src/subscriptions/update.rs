//! Changes of a subscription that are no orders: automatic renewal, attributes, prices. The marketplace carries each out
//! at once.

use super::{Subscription, get};
use crate::activity::{self, Actor, Entry};
use crate::connection::unless_moved;
use crate::lost_answer::settle;
use crate::staff::Staff;
use crate::stored::id_without_mpn;
use crate::{Backend, Error, Result, sync};
use domain::{Currency, Money, Permission, SubscriptionId};
use marketplace::Priority;
use marketplace::models::{SpecialPricing, SubscriptionDetailed, SubscriptionProductUpdate, SubscriptionUpdate};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Turns automatic renewal on or off (`PATCH /subscriptions/{id}`).
pub async fn set_auto_renew(backend: &Backend, staff: &Staff, id: &str, on: bool) -> Result<()> {
    let subscription = changeable(backend, staff, id).await?;
    if subscription.auto_renew == Some(on) {
        return Ok(());
    }
    let change = Change {
        action: if on { "subscription.auto_renewal_on" } else { "subscription.auto_renewal_off" },
        before: json!({ "renews by itself": subscription.auto_renew }),
        after: json!({ "renews by itself": on }),
        call: Call::Update(SubscriptionUpdate::renewal(on)),
        shows: &|now| now.subscription.renewal_status == Some(on),
    };
    carry_out(backend, staff, &subscription, change).await
}

/// Sets attributes, by name; others stay as they are (`PATCH /subscriptions/{id}`, assumed to merge).
pub async fn set_attributes(backend: &Backend, staff: &Staff, id: &str, attributes: &[(String, String)]) -> Result<()> {
    let subscription = changeable(backend, staff, id).await?;
    let attributes = crate::attributes::checked(attributes)?;
    if attributes.is_empty() {
        return Err(Error::invalid("name-0", "Enter at least one attribute"));
    }
    let names = |name: &String| (name.clone(), subscription.attributes.get(name).cloned().unwrap_or(Value::Null));
    let change = Change {
        action: "subscription.attributes_set",
        before: attributes.keys().map(names).collect(),
        after: attributes.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect(),
        call: Call::Update(SubscriptionUpdate { attributes: attributes.clone(), ..SubscriptionUpdate::default() }),
        shows: &|now| attributes.iter().all(|(name, value)| now.subscription.attributes.get(name) == Some(value)),
    };
    carry_out(backend, staff, &subscription, change).await
}

/// Sets what one seat of a product line costs the customer in future bills (`POST /subscriptions/{id}/specialPricing`).
/// `price` is as it was typed, in the line's currency.
pub async fn set_price(backend: &Backend, staff: &Staff, id: &str, line: i32, price: &str) -> Result<()> {
    let subscription = changeable(backend, staff, id).await?;
    let line = subscription.line(line).ok_or(Error::NotFound("product line"))?;
    let before = line.unit_price.or(subscription.price);
    let currency = before.map(|price| price.currency).ok_or_else(|| {
        Error::Conflict(
            "The marketplace does not tell the currency of this subscription, so no price can be set.".into(),
        )
    })?;
    let price = parse_price(price, currency)?;
    let product = SubscriptionProductUpdate {
        mpn: line.mpn.clone(),
        id: id_without_mpn(line.mpn.as_deref(), line.product_id.as_deref()),
        unit_price: Some(price.into()),
        ..SubscriptionProductUpdate::default()
    };
    let position = usize::try_from(line.line - 1).unwrap_or_default();
    let change = Change {
        action: "subscription.price_set",
        before: json!({ line.name.as_str(): line.unit_price.map(Money::display) }),
        after: json!({ line.name.as_str(): price.display() }),
        call: Call::Price(SpecialPricing { products: vec![product] }, price),
        shows: &|now| {
            now.products.get(position).and_then(|line| line.unit_price.as_ref()).map(|told| told.price) == Some(price)
        },
    };
    carry_out(backend, staff, &subscription, change).await
}

/// What is sent, what the activity says of it, and how to see afterwards whether it was done.
struct Change<'a> {
    action: &'static str,
    before: Value,
    after: Value,
    call: Call,
    shows: &'a (dyn Fn(&SubscriptionDetailed) -> bool + Sync),
}

enum Call {
    Update(SubscriptionUpdate),
    Price(SpecialPricing, Money),
}

async fn changeable(backend: &Backend, staff: &Staff, id: &str) -> Result<Subscription> {
    staff.require(Permission::ManageSubscriptions)?;
    let subscription = get(backend, id).await?;
    if subscription.status != "active" {
        return Err(Error::Conflict(format!(
            "This subscription is {}. Only an active subscription can be changed.",
            subscription.status
        )));
    }
    Ok(subscription)
}

/// Makes the call once, then stores what came of it with its activity row.
async fn carry_out(backend: &Backend, staff: &Staff, subscription: &Subscription, change: Change<'_>) -> Result<()> {
    let id = SubscriptionId::from(subscription.id.as_str());
    let client = backend.marketplace()?.with_priority(Priority::People);
    let asked_at = backend.clock.now();
    let answer = match &change.call {
        Call::Update(update) => client.update_subscription(&id, update).await,
        Call::Price(pricing, _) => client.set_special_pricing(&id, pricing).await,
    };
    let (answer, note) = settle(answer, client.subscription(&id), change.shows, "subscription").await?;
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    let stored = unless_moved(sync::store_subscription(&mut transaction, &answer.value, asked_at).await)?;
    let entry = Entry {
        customer_id: Some(&subscription.customer_id),
        before: Some(change.before),
        after: Some(change.after),
        price: match change.call {
            Call::Price(_, price) => Some(price),
            Call::Update(_) => None,
        },
        correlation_id: answer.correlation_id.as_deref(),
        note,
        ..Entry::new(change.action, "subscription", &subscription.id)
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    stored
}

/// The price that was typed; refused at the field `price`.
pub(crate) fn parse_price(text: &str, currency: Currency) -> Result<Money> {
    let number = text.trim().trim_end_matches(currency.code()).trim();
    let refused = |message: &str| Error::invalid("price", message);
    let amount = Decimal::from_str_exact(number)
        .map_err(|_| refused("Enter an amount such as 12.50, with a point and without a thousands separator"))?;
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err(refused("A price cannot be negative"));
    }
    if amount.normalize().scale() > 4 {
        return Err(refused("Use at most four decimals"));
    }
    Ok(Money::new(amount, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Result<Money> {
        parse_price(text, Currency::new("USD").unwrap())
    }

    #[test]
    fn a_price_is_an_amount_of_the_lines_currency() {
        assert_eq!(usd(" 12.50 USD").unwrap().amount, Decimal::new(125, 1));
        assert_eq!(usd("0").unwrap().amount, Decimal::ZERO);
        for wrong in ["", "12,50", "-1", "1.23456", "12 EUR", "a lot"] {
            assert!(usd(wrong).is_err(), "{wrong}");
        }
    }
}
