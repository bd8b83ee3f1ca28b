//! Where the marketplace lists the orders of a customer: with the account's own, or with those of the customer's sub-reseller.

use domain::{CustomerId, ResellerId};
use futures::stream::{BoxStream, StreamExt};
use marketplace::models::{Order, OrderStatus, Page};
use marketplace::{Client, Error, OrderFilter, ResellerOrders};
use time::OffsetDateTime;

/// The customer's orders since then, in pages. The account's own list leaves out those of its sub-resellers' customers
/// (assumed), so an order that is looked for there in vain may exist all the same.
pub(super) fn orders_of<'a>(
    marketplace: &'a Client,
    reseller: Option<&str>,
    customer_id: &str,
    since: OffsetDateTime,
) -> BoxStream<'a, Result<Page<Order>, Error>> {
    let customer = Some(CustomerId::from(customer_id));
    let created_from = Some(since);
    match reseller {
        None => marketplace.pages(OrderFilter { customer, created_from, ..OrderFilter::default() }).boxed(),
        Some(reseller) => marketplace.pages(ResellerOrders { customer, created_from, ..of_reseller(reseller) }).boxed(),
    }
}

/// The customer's orders in that status, as far as one page holds them.
pub(super) async fn orders_in(
    marketplace: &Client,
    reseller: Option<&str>,
    own: OrderFilter,
    status: OrderStatus,
) -> Result<Vec<Order>, Error> {
    let status = Some(status);
    let page = match reseller {
        None => marketplace.page(&OrderFilter { status, ..own }, 0, marketplace::PAGE_SIZE).await?,
        Some(reseller) => {
            let OrderFilter { customer, subscription, .. } = own;
            let theirs = ResellerOrders { customer, subscription, status, ..of_reseller(reseller) };
            marketplace.page(&theirs, 0, marketplace::PAGE_SIZE).await?
        }
    };
    Ok(page.data)
}

fn of_reseller(reseller: &str) -> ResellerOrders {
    ResellerOrders {
        reseller: ResellerId::from(reseller),
        customer: None,
        subscription: None,
        status: None,
        created_from: None,
        created_to: None,
    }
}
