//! Seats of one product line that become another product's: all of them or some, within their subscription, in another
//! one of the customer, or in a new one.

use super::deed::Deed;
use super::draft::CheckedLine;
use crate::catalogue::{self, Product, ProductFilter};
use crate::list::{ListRequest, Page};
use crate::stored::id_without_mpn;
use crate::subscriptions::{self, ProductLine, Subscription, SubscriptionRow};
use crate::{Backend, Error, FieldError, Period, Result};
use domain::{ProductId, Seats};
use marketplace::models::OrderLineRequest;
use std::fmt;
use std::str::FromStr;

/// What becomes another product.
#[derive(Clone, Debug)]
pub struct SeatMove {
    /// Which product line, counted from 1.
    pub line: i32,
    /// The catalogue's key of the other product.
    pub product_key: String,
    /// How many seats, as it was typed; all of the line where it is empty.
    pub seats: String,
    /// Where they go.
    pub into: MoveInto,
}

/// Where moved seats go. As text `same`, `new`, or `subscription-` and an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveInto {
    /// They stay in their subscription.
    Same,
    /// A new subscription, which ends with the one they leave.
    New,
    /// Another subscription of the customer.
    Subscription(String),
}

/// What there is to choose from.
#[derive(Clone, Debug)]
pub struct MoveChoices {
    /// Products of the same vendor: with the line's periods or, where something was searched for, with any.
    pub products: Page<Product>,
    /// The customer's other active subscriptions of that vendor.
    pub targets: Vec<SubscriptionRow>,
}

const SUBSCRIPTION: &str = "subscription-";

impl fmt::Display for MoveInto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("same"),
            Self::New => f.write_str("new"),
            Self::Subscription(id) => write!(f, "{SUBSCRIPTION}{id}"),
        }
    }
}

impl FromStr for MoveInto {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.strip_prefix(SUBSCRIPTION) {
            Some(id) => Ok(Self::Subscription(id.to_owned())),
            None if text == "same" => Ok(Self::Same),
            None if text == "new" => Ok(Self::New),
            None => Err(Error::invalid("into", "Choose where the seats go")),
        }
    }
}

/// What seats of the line may become, and where they may go. The marketplace has the last word: it does not tell which
/// product leads to which.
pub async fn move_choices(
    backend: &Backend,
    subscription: &Subscription,
    line: i32,
    search: Option<&str>,
) -> Result<MoveChoices> {
    let line = subscription.line(line).ok_or(Error::NotFound("product line"))?;
    let vendor = line.vendor.clone().or_else(|| subscription.vendor.clone());
    let same = |period: &Option<Period>| {
        period.as_ref().filter(|_| search.is_none()).map(|period| format!("{} {}", period.length, period.unit))
    };
    let filter = ProductFilter {
        search: search.map(ToOwned::to_owned),
        vendor: vendor.clone(),
        term: same(&subscription.term),
        billing_period: same(&subscription.billing_period),
    };
    let mut products = catalogue::products(backend, &ListRequest::default(), &filter).await?;
    products.rows.retain(|product| product.can_be_named() && !is_of(product, subscription, line));
    let mut targets = subscriptions::of_customer(backend, &subscription.customer_id).await?;
    targets.retain(|other| other.status == "active" && other.id != subscription.id && other.vendor == vendor);
    Ok(MoveChoices { products, targets })
}

/// Checks the move, and says what each of the two product lines has before and after.
pub(super) async fn check(
    backend: &Backend,
    subscription: &Subscription,
    wanted: &SeatMove,
) -> Result<(Deed, Vec<CheckedLine>)> {
    let line = subscription.line(wanted.line).ok_or(Error::NotFound("product line"))?;
    let seats = seats(line, &wanted.seats);
    let product = match catalogue::find_for_order(backend, &wanted.product_key).await {
        Ok(product) if is_of(&product, subscription, line) => {
            Err(Error::invalid("product", format!("The seats are {} already; choose another product", product.name)))
        }
        Err(Error::NotFound(_)) => Err(Error::invalid("product", "Choose what the seats become")),
        other => other,
    };
    let (seats, product) = match (seats, product) {
        (Ok(seats), Ok(product)) => (seats, product),
        (seats, product) => return Err(together([seats.err(), product.err()])),
    };
    let there = arriving(backend, subscription, &product, &wanted.into).await?;
    let after = Seats::new(i64::from(there.get()) + i64::from(seats.get()))
        .map_err(|error| Error::invalid("seats", error.to_string()))?;
    product.limits.check(after).map_err(|error| Error::invalid("seats", error.to_string()))?;
    let left = Seats::new(i64::from(line.seats.get()) - i64::from(seats.get())).unwrap_or_default();
    let request = request(line, &product, seats);
    let lines = vec![
        CheckedLine {
            name: line.name.clone(),
            before: line.seats,
            after: left,
            vendor: line.vendor.clone(),
            unit_price: line.unit_price,
            list_price: None,
            billing_period: subscription.billing_period.as_ref().map(Period::to_marketplace),
            request: request.clone(),
        },
        CheckedLine {
            name: product.name,
            before: there,
            after,
            vendor: Some(product.vendor),
            unit_price: product.price.filter(|_| product.price_tiers.is_empty()),
            list_price: None,
            billing_period: product.billing_period.as_ref().map(Period::to_marketplace),
            request: request.clone(),
        },
    ];
    let all = left.get() == 0;
    Ok((Deed::Move { line: Box::new(request), into: wanted.into.clone(), all }, lines))
}

/// Both products: the line's by the vendor's number, the other by all that is known, with its periods.
fn request(line: &ProductLine, product: &Product, seats: Seats) -> OrderLineRequest {
    let line = OrderLineRequest {
        mpn: line.mpn.clone(),
        vendor: line.vendor.clone(),
        id: id_without_mpn(line.mpn.as_deref(), line.product_id.as_deref()),
        billing_period: product.billing_period.as_ref().map(Period::to_marketplace),
        subscription_period: product.term.as_ref().map(Period::to_marketplace),
        quantity: Some(seats.get().into()),
        ..OrderLineRequest::default()
    };
    line.going_over_to(product.mpn.clone(), product.id.clone().map(ProductId::from))
}

fn seats(line: &ProductLine, typed: &str) -> Result<Seats> {
    if typed.trim().is_empty() {
        return Ok(line.seats);
    }
    let seats = Seats::parse(typed).map_err(|error| Error::invalid("seats", error.to_string()))?;
    if seats.get() == 0 || seats > line.seats {
        return Err(Error::invalid("seats", format!("Enter from 1 to {}, the seats there are", line.seats)));
    }
    Ok(seats)
}

/// The seats of the product where the moved ones arrive.
async fn arriving(backend: &Backend, subscription: &Subscription, product: &Product, into: &MoveInto) -> Result<Seats> {
    let target = match into {
        MoveInto::New => return Ok(Seats::default()),
        MoveInto::Same => subscription.clone(),
        MoveInto::Subscription(id) => match subscriptions::get(backend, id).await {
            Ok(other) if other.customer_id == subscription.customer_id => other,
            Ok(_) | Err(Error::NotFound(_)) => return Err(Error::invalid("into", "Choose where the seats go")),
            Err(error) => return Err(error),
        },
    };
    let line = target.lines.iter().find(|line| is_of(product, &target, line));
    Ok(line.map(|line| line.seats).unwrap_or_default())
}

/// Whether the line is of that product: its periods are the subscription's.
fn is_of(product: &Product, subscription: &Subscription, line: &ProductLine) -> bool {
    let same_product = match (&product.mpn, &line.mpn) {
        (Some(one), Some(other)) => one == other,
        _ => product.id.is_some() && product.id == line.product_id,
    };
    same_product && product.term == subscription.term && product.billing_period == subscription.billing_period
}

/// All that is wrong at once; what is no matter of a field goes first.
fn together(errors: [Option<Error>; 2]) -> Error {
    let mut fields: Vec<FieldError> = Vec::new();
    for error in errors.into_iter().flatten() {
        match error {
            Error::Invalid(more) => fields.extend(more),
            other => return other,
        }
    }
    Error::Invalid(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_seats_go_survives_the_address_bar() {
        for into in [MoveInto::Same, MoveInto::New, MoveInto::Subscription("1000201".to_owned())] {
            assert_eq!(into.to_string().parse::<MoveInto>().unwrap(), into);
        }
        assert!("elsewhere".parse::<MoveInto>().is_err());
    }
}
