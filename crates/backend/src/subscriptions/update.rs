//! Changes of a subscription that are no orders: automatic renewal, attributes, prices. The marketplace carries each out
//! at once.

use super::{Subscription, get};
use crate::staff::Staff;
use crate::stored::id_without_mpn;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Error, Result, orders};
use domain::{Currency, Money, Permission, SubscriptionId};
use marketplace::models::{SpecialPricing, SubscriptionProductUpdate, SubscriptionUpdate};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

/// Turns automatic renewal on or off (`PATCH /subscriptions/{id}`). Here and below the same form token makes one call,
/// however often it is posted.
pub async fn set_auto_renew(backend: &Backend, staff: &Staff, id: &str, on: bool, form_token: Uuid) -> Result<()> {
    let subscription = changeable(backend, staff, id).await?;
    if subscription.auto_renew == Some(on) {
        return Ok(());
    }
    let change = Change {
        kind: if on { Kind::RenewalOn } else { Kind::RenewalOff },
        before: json!({ "renews by itself": subscription.auto_renew }),
        after: json!({ "renews by itself": on }),
        request: Request::UpdateSubscription { id: SubscriptionId::from(id), update: SubscriptionUpdate::renewal(on) },
    };
    carry_out(backend, staff, &subscription, change, form_token).await
}

/// Sets attributes, by name; others stay as they are (`PATCH /subscriptions/{id}`, assumed to merge).
pub async fn set_attributes(
    backend: &Backend,
    staff: &Staff,
    id: &str,
    attributes: &[(String, String)],
    form_token: Uuid,
) -> Result<()> {
    let subscription = changeable(backend, staff, id).await?;
    let attributes = crate::attributes::checked(attributes)?;
    if attributes.is_empty() {
        return Err(Error::invalid("name-0", "Enter at least one attribute"));
    }
    let names = |name: &String| (name.clone(), subscription.attributes.get(name).cloned().unwrap_or(Value::Null));
    let change = Change {
        kind: Kind::Attributes,
        before: attributes.keys().map(names).collect(),
        after: attributes.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect(),
        request: Request::UpdateSubscription {
            id: SubscriptionId::from(id),
            update: SubscriptionUpdate { attributes, ..SubscriptionUpdate::default() },
        },
    };
    carry_out(backend, staff, &subscription, change, form_token).await
}

/// Sets what one seat of a product line costs the customer in future bills (`POST /subscriptions/{id}/specialPricing`).
/// `price` is as it was typed, in the line's currency. The limit of value of the person's role holds for what the seats are worth.
pub async fn set_price(
    backend: &Backend,
    staff: &Staff,
    id: &str,
    line: i32,
    price: &str,
    form_token: Uuid,
) -> Result<()> {
    let subscription = changeable(backend, staff, id).await?;
    let line = subscription.line(line).ok_or(Error::NotFound("product line"))?;
    let before = line.unit_price.or(subscription.price);
    let currency = before.map(|price| price.currency).ok_or_else(|| {
        Error::Conflict(
            "The marketplace does not tell the currency of this subscription, so no price can be set.".into(),
        )
    })?;
    let price = parse_price(price, currency)?;
    orders::ensure_may_price(staff, &orders::seats_now(backend, id, line.line).await?, price)?;
    let product = SubscriptionProductUpdate {
        mpn: line.mpn.clone(),
        id: id_without_mpn(line.mpn.as_deref(), line.product_id.as_deref()),
        unit_price: Some(price.into()),
        ..SubscriptionProductUpdate::default()
    };
    let position = usize::try_from(line.line - 1).unwrap_or_default();
    let change = Change {
        kind: Kind::Price,
        before: json!({ line.name.as_str(): line.unit_price.map(Money::display) }),
        after: json!({ line.name.as_str(): price.display() }),
        request: Request::SetPrice {
            id: SubscriptionId::from(id),
            position,
            pricing: SpecialPricing { products: vec![product] },
        },
    };
    carry_out(backend, staff, &subscription, change, form_token).await
}

/// A price beside what it can be measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBeside {
    /// The product.
    pub product: String,
    /// What one seat costs the customer.
    pub price: Money,
    /// What it costs the reseller. Only for people who may see costs.
    pub cost: Option<Money>,
}

/// The price that was typed for a seat of the product line, beside its cost: to tell of it once it is set.
pub async fn price_beside_cost(
    backend: &Backend,
    staff: &Staff,
    id: &str,
    line: i32,
    price: &str,
) -> Result<PriceBeside> {
    staff.require(Permission::ManageSubscriptions)?;
    let subscription = get(backend, id).await?;
    let line = subscription.line(line).ok_or(Error::NotFound("product line"))?;
    let known = line.unit_price.or(subscription.price).ok_or(Error::NotFound("price"))?;
    Ok(PriceBeside {
        product: line.name.clone(),
        price: parse_price(price, known.currency)?,
        cost: line.unit_cost.filter(|_| staff.role.may(Permission::ViewCosts)),
    })
}

/// What is sent, and what the activity says of it.
struct Change {
    kind: Kind,
    before: Value,
    after: Value,
    request: Request,
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

async fn carry_out(
    backend: &Backend,
    staff: &Staff,
    subscription: &Subscription,
    change: Change,
    form_token: Uuid,
) -> Result<()> {
    let wish = Wish {
        form_token,
        kind: change.kind,
        subject_id: Some(subscription.id.clone()),
        customer_id: Some(subscription.customer_id.clone()),
        request: change.request,
        before: Some(change.before),
        after: Some(change.after),
    };
    writes::carry_out(backend, staff, wish).await.map(drop)
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
