//! What a write is about, as the marketplace has it.

use super::request::Request;
use crate::{Result, orders, reports, sync};
use marketplace::models::{
    Customer, OrderDetailed, Report, ReportRequest, ReportStatus, Reseller, SubscriptionDetailed,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A thing of the marketplace.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    Customer(Box<Customer>),
    Reseller(Box<Reseller>),
    Subscription(Box<SubscriptionDetailed>),
    Order(Box<OrderDetailed>),
    Report(Box<Report>),
}

impl Thing {
    /// Its identifier.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Customer(customer) => customer.id.as_str(),
            Self::Reseller(reseller) => reseller.id.as_str(),
            Self::Subscription(subscription) => subscription.subscription.id.as_str(),
            Self::Order(order) => order.order.id.as_str(),
            Self::Report(report) => report.id.as_str(),
        }
    }

    /// What the activity says of it, where that is more than what was asked for: an order goes its own way.
    pub(super) fn facts(&self) -> Option<Value> {
        match self {
            Self::Order(order) => order.order.status.as_ref().map(|status| json!({ "status": status.as_str() })),
            _ => None,
        }
    }

    /// Puts it into the copy, as the marketplace had it at `as_of`.
    pub(super) async fn store(
        &self,
        db: &mut PgConnection,
        request: &Request,
        asked_by: Uuid,
        as_of: OffsetDateTime,
    ) -> Result<()> {
        match (self, request) {
            (Self::Customer(customer), Request::CreateCustomer { reseller: Some(reseller), .. }) => {
                sync::store_customer_of(db, reseller, customer, as_of).await
            }
            (Self::Customer(customer), _) => sync::store_customer(db, customer, as_of).await,
            (Self::Reseller(reseller), _) => sync::store_reseller(db, reseller, as_of).await,
            (Self::Subscription(subscription), _) => sync::store_subscription(db, subscription, as_of).await,
            (Self::Order(order), _) => {
                sync::store_order(db, order, as_of).await?;
                orders::look_now(db, order.order.id.as_str(), as_of).await
            }
            (Self::Report(report), Request::ScheduleReport { report: asked }) => {
                let report = completed_from(report, asked);
                sync::store_report(db, &report, Some(asked_by), as_of).await?;
                reports::follow(db, report.id.as_str(), as_of).await
            }
            (Self::Report(report), _) => sync::store_report(db, report, None, as_of).await,
        }
    }
}

/// The answer need not repeat what was asked.
fn completed_from(answer: &Report, request: &ReportRequest) -> Report {
    let answer = answer.clone();
    Report {
        name: answer.name.or_else(|| request.name.clone()),
        status: answer.status.or(Some(ReportStatus::Submitted)),
        format: answer.format.or_else(|| request.format.clone()),
        start_date: answer.start_date.or(request.start_date),
        end_date: answer.end_date.or(request.end_date),
        ..answer
    }
}

impl From<Customer> for Thing {
    fn from(customer: Customer) -> Self {
        Self::Customer(Box::new(customer))
    }
}

impl From<Reseller> for Thing {
    fn from(reseller: Reseller) -> Self {
        Self::Reseller(Box::new(reseller))
    }
}

impl From<SubscriptionDetailed> for Thing {
    fn from(subscription: SubscriptionDetailed) -> Self {
        Self::Subscription(Box::new(subscription))
    }
}

impl From<OrderDetailed> for Thing {
    fn from(order: OrderDetailed) -> Self {
        Self::Order(Box::new(order))
    }
}

impl From<Report> for Thing {
    fn from(report: Report) -> Self {
        Self::Report(Box::new(report))
    }
}
