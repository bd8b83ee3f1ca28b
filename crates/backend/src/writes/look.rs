//! Looking whether a write was carried out.

use super::request::Request;
use super::thing::Thing;
use crate::accounts::{Resembles, Shown};
use futures::StreamExt;
use marketplace::models::{OrderStatus, OrderUpdate, Report, ReportRequest, SubscriptionDetailed, SubscriptionUpdate};
use marketplace::{Client, CustomerFilter, Error, Listing, ReportFilter, ResellerFilter};
use time::{Duration, OffsetDateTime};

/// How far the marketplace's clock may be from ours.
const CLOCK_SKEW: Duration = Duration::minutes(5);

impl Request {
    /// What the marketplace shows of it: the thing as it was to be, or everything that looks like what was to be created.
    /// Nothing: it is not there, or not so.
    pub(super) async fn seen(&self, client: &Client, asked_at: OffsetDateTime) -> Result<Vec<Thing>, Error> {
        match self {
            Self::UpdateCustomer { id, update } => {
                shown(client.customer(id).await, |customer| Shown::from(customer).shows(update))
            }
            Self::UpdateReseller { id, update } => {
                shown(client.reseller(id).await, |reseller| Shown::from(reseller).shows(update))
            }
            Self::UpdateSubscription { id, update } => {
                shown(client.subscription(id).await, |subscription| shows_update(subscription, update))
            }
            Self::SetPrice { id, position, pricing } => shown(client.subscription(id).await, |subscription| {
                let price = |told: Option<&marketplace::models::UnitPrice>| told.map(|told| told.price);
                let there = price(subscription.products.get(*position).and_then(|line| line.unit_price.as_ref()));
                there.is_some() && there == price(pricing.products.first().and_then(|line| line.unit_price.as_ref()))
            }),
            Self::UpdateOrder { id, update } => shown(client.order(id).await, |order| {
                let cancelled = order.order.status == Some(OrderStatus::Cancelled);
                if update == &OrderUpdate::cancel() {
                    cancelled
                } else {
                    order.order.credit_check == update.credit_check
                }
            }),
            _ => self.look_alikes(client, asked_at).await,
        }
    }

    /// What the marketplace has that looks like what is to be created; nothing where nothing is.
    pub(super) async fn look_alikes(&self, client: &Client, asked_at: OffsetDateTime) -> Result<Vec<Thing>, Error> {
        match self {
            Self::CreateCustomer { reseller, account } => {
                let filter = CustomerFilter {
                    name: account.name.clone(),
                    reseller: reseller.clone(),
                    ..CustomerFilter::default()
                };
                all(client, filter, |customer| account.resembles(customer)).await
            }
            Self::CreateReseller { account } => {
                let filter = ResellerFilter { name: account.name.clone(), ..ResellerFilter::default() };
                all(client, filter, |reseller| account.resembles(reseller)).await
            }
            Self::ScheduleReport { report: asked } => {
                let filter = ReportFilter { name: asked.name.clone(), ..ReportFilter::default() };
                let reports = client.reports(&filter).await?.into_iter();
                Ok(reports.filter(|report| is(report, asked, asked_at)).map(Into::into).collect())
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// The thing, if it shows what was asked for.
fn shown<T: Into<Thing>>(read: Result<T, Error>, shows: impl FnOnce(&T) -> bool) -> Result<Vec<Thing>, Error> {
    read.map(|thing| if shows(&thing) { vec![thing.into()] } else { Vec::new() })
}

/// Every row of the list that fits. Half a list tells nothing of what is absent, so a page that fails fails them all.
async fn all<L>(client: &Client, filter: L, fits: impl Fn(&L::Row) -> bool) -> Result<Vec<Thing>, Error>
where
    L: Listing + 'static,
    L::Row: Into<Thing> + 'static,
{
    let mut pages = std::pin::pin!(client.pages(filter));
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend(page?.data.into_iter().filter(&fits).map(Into::into));
    }
    Ok(found)
}

fn shows_update(now: &SubscriptionDetailed, update: &SubscriptionUpdate) -> bool {
    let there = &now.subscription.attributes;
    update.attributes.iter().all(|(name, value)| there.get(name) == Some(value))
        && (update.renewal_status.is_none() || now.subscription.renewal_status == update.renewal_status)
}

/// The same name, format and period, asked for since.
fn is(report: &Report, asked: &ReportRequest, asked_at: OffsetDateTime) -> bool {
    let day = |at: Option<OffsetDateTime>| at.map(OffsetDateTime::date);
    report.name == asked.name
        && report.format == asked.format
        && day(report.start_date) == day(asked.start_date)
        && day(report.end_date) == day(asked.end_date)
        && report.creation_date.is_none_or(|created| created >= asked_at - CLOCK_SKEW)
}
