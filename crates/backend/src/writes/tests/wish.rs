//! What can be asked for, and whether it is so at the marketplace.

use super::World;
use crate::accounts::AccountForm;
use crate::customers::{self, NewCustomer};
use crate::orders::{Amendment, amend};
use crate::reports::{self, NewReport};
use crate::resellers::{self, NewReseller};
use crate::staff::Staff;
use crate::test_support::account_form;
use crate::{Backend, Result, subscriptions, sync};
use domain::{CustomerId, OrderId};
use marketplace::models::{OrderLineRequest, OrderRequest, OrderStatus, ReportType};
use marketplace::{CustomerFilter, Priority, ReportFilter, ResellerFilter};
use uuid::Uuid;

/// A way to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    CreateCustomer,
    UpdateCustomer,
    Hold,
    CreateReseller,
    UpdateReseller,
    Renewal,
    Attributes,
    Price,
    CancelOrder,
    CreditCheck,
    Report,
}

impl Way {
    pub(super) const ALL: [Self; 11] = [
        Self::CreateCustomer,
        Self::UpdateCustomer,
        Self::Hold,
        Self::CreateReseller,
        Self::UpdateReseller,
        Self::Renewal,
        Self::Attributes,
        Self::Price,
        Self::CancelOrder,
        Self::CreditCheck,
        Self::Report,
    ];

    /// The marketplace's operation.
    pub(super) fn operation(self) -> &'static str {
        match self {
            Self::CreateCustomer => "createCustomer",
            Self::UpdateCustomer | Self::Hold => "updateCustomer",
            Self::CreateReseller => "createReseller",
            Self::UpdateReseller => "updateReseller",
            Self::Renewal | Self::Attributes => "updateSubscription",
            Self::Price => "updateSubscriptionSpecialPricing",
            Self::CancelOrder | Self::CreditCheck => "updateOrder",
            Self::Report => "createReport",
        }
    }

    pub(super) fn creates(self) -> bool {
        matches!(self, Self::CreateCustomer | Self::CreateReseller | Self::Report)
    }
}

/// Something to ask for, of which it can be seen whether it is so.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Customer(String),
    CustomerName(String, String),
    Hold(String, bool),
    Reseller(String),
    ResellerName(String, String),
    Renewal(String, bool),
    Attribute(String, String),
    Price(String, String),
    Cancel(String),
    SkipCreditCheck(String),
    Report(u8),
}

impl World {
    /// A wish that is not so yet, the `nth` of its way.
    pub(super) async fn wish(&self, way: Way, nth: u8) -> Wish {
        let name = format!("Aldgate Dental {nth}");
        match way {
            Way::CreateCustomer => Wish::Customer(name),
            Way::UpdateCustomer => Wish::CustomerName(self.customer().await, name),
            Way::Hold => {
                let id = self.customer().await;
                let held = customers::get(&self.backend, &id).await.unwrap().status == "creditHold";
                Wish::Hold(id, !held)
            }
            Way::CreateReseller => Wish::Reseller(name),
            Way::UpdateReseller => Wish::ResellerName(self.reseller().await, format!("Aldgate Partners {nth}")),
            Way::Renewal => {
                let id = self.subscription().await;
                let on = subscriptions::get(&self.backend, &id).await.unwrap().auto_renew == Some(true);
                Wish::Renewal(id, !on)
            }
            Way::Attributes => Wish::Attribute(self.subscription().await, nth.to_string()),
            Way::Price => Wish::Price(self.subscription().await, format!("3.{:02}", nth + 1)),
            Way::CancelOrder => Wish::Cancel(self.order().await),
            Way::CreditCheck => Wish::SkipCreditCheck(self.order().await),
            Way::Report => Wish::Report(nth + 1),
        }
    }

    async fn customer(&self) -> String {
        self.find("select id from customer where status in ('active', 'creditHold') order by id limit 1").await
    }

    async fn reseller(&self) -> String {
        let any =
            sqlx::query_scalar!("select id from reseller limit 1").fetch_optional(&self.backend.pool).await.unwrap();
        if let Some(id) = any {
            return id;
        }
        self.ask(&Wish::Reseller("Partners".to_owned()), Uuid::new_v4()).await.unwrap();
        self.find("select id from reseller limit 1").await
    }

    async fn subscription(&self) -> String {
        self.find(
            "select s.id from subscription s join product_line l on l.subscription_id = s.id
             where s.status = 'active' and l.line = 1 and l.unit_price > 0 order by s.id limit 1",
        )
        .await
    }

    /// An order that the marketplace has just accepted.
    async fn order(&self) -> String {
        let rows = sqlx::query!(
            r#"select s.id, s.customer_id, l.mpn as "mpn!", l.seats from subscription s
               join product_line l on l.subscription_id = s.id
               where s.status = 'active' and l.mpn is not null order by s.id"#
        );
        for row in rows.fetch_all(&self.backend.pool).await.unwrap() {
            let lines = vec![OrderLineRequest::of_mpn(row.mpn, i64::from(row.seats) + 1)];
            let request = OrderRequest::change(row.customer_id, row.id, lines);
            if let Ok(order) = self.eye().create_order(&request).await {
                let id = order.value.order.id;
                sync::refresh_order(&self.backend, &id, Priority::People).await.unwrap();
                return id.to_string();
            }
        }
        panic!("no subscription can be changed")
    }

    /// Whether it is so at the marketplace, and of what is created how often.
    pub(super) async fn truth(&self, wish: &Wish) -> usize {
        let eye = self.eye();
        let so = match wish {
            Wish::Customer(name) => {
                let filter = CustomerFilter { name: Some(name.clone()), ..CustomerFilter::default() };
                let rows = eye.page(&filter, 0, 100).await.unwrap().data;
                return rows.into_iter().filter(|row| row.name.as_ref() == Some(name)).count();
            }
            Wish::Reseller(name) => {
                let filter = ResellerFilter { name: Some(name.clone()), ..ResellerFilter::default() };
                let rows = eye.page(&filter, 0, 100).await.unwrap().data;
                return rows.into_iter().filter(|row| row.name.as_ref() == Some(name)).count();
            }
            Wish::Report(day) => {
                let reports = eye.reports(&ReportFilter::default()).await.unwrap();
                let of_day = |at: Option<time::OffsetDateTime>| {
                    at.is_some_and(|at| (u8::from(at.month()), at.day()) == (10, *day))
                };
                let made = |row: &marketplace::models::Report| row.kind == Some(ReportType::Onetime);
                return reports
                    .iter()
                    .filter(|row| made(row) && of_day(row.start_date) && of_day(row.end_date))
                    .count();
            }
            Wish::CustomerName(id, name) => {
                eye.customer(&CustomerId::from(id.as_str())).await.unwrap().name.as_ref() == Some(name)
            }
            Wish::ResellerName(id, name) => {
                eye.reseller(&id.as_str().into()).await.unwrap().name.as_ref() == Some(name)
            }
            Wish::Hold(id, hold) => {
                let status = eye.customer(&CustomerId::from(id.as_str())).await.unwrap().status;
                status.is_some_and(|status| (status.as_str() == "creditHold") == *hold)
            }
            Wish::Renewal(id, on) => self.marketplace.subscription(id).unwrap().auto_renew == *on,
            Wish::Attribute(id, value) => {
                let now = eye.subscription(&id.as_str().into()).await.unwrap().subscription;
                now.attributes.get("Cost centre") == Some(value)
            }
            Wish::Price(id, price) => {
                let now = eye.subscription(&id.as_str().into()).await.unwrap();
                now.products[0].unit_price.as_ref().unwrap().price.amount == price.parse().unwrap()
            }
            Wish::Cancel(id) => {
                let order = eye.order(&OrderId::from(id.as_str())).await.unwrap().order;
                order.status == Some(OrderStatus::Cancelled)
            }
            Wish::SkipCreditCheck(id) => {
                eye.order(&OrderId::from(id.as_str())).await.unwrap().order.credit_check == Some(false)
            }
        };
        usize::from(so)
    }
}

pub(super) async fn ask(backend: &Backend, by: &Staff, wish: &Wish, token: Uuid) -> Result<()> {
    let named = |name: &String| AccountForm { name: name.clone(), external_id: String::new(), ..account_form() };
    match wish {
        Wish::Customer(name) => {
            let new = NewCustomer { form: named(name), despite_namesake: true, ..NewCustomer::default() };
            customers::create(backend, by, &new, token).await.map(drop)
        }
        Wish::Reseller(name) => {
            let new = NewReseller {
                form: named(name),
                currency: "EUR".to_owned(),
                despite_namesake: true,
                ..Default::default()
            };
            resellers::create(backend, by, &new, token).await.map(drop)
        }
        Wish::CustomerName(id, name) => {
            let seen = customers::get(backend, id).await?.form();
            let form = AccountForm { name: name.clone(), ..seen.clone() };
            customers::update(backend, by, id, &form, &seen.digest(), token).await
        }
        Wish::ResellerName(id, name) => {
            let seen = resellers::get(backend, id).await?.form();
            let form = AccountForm { name: name.clone(), ..seen.clone() };
            resellers::update(backend, by, id, &form, &seen.digest(), token).await
        }
        Wish::Hold(id, hold) => customers::set_hold(backend, by, id, *hold, token).await,
        Wish::Renewal(id, on) => subscriptions::set_auto_renew(backend, by, id, *on, token).await,
        Wish::Attribute(id, value) => {
            let attributes = [("Cost centre".to_owned(), value.clone())];
            subscriptions::set_attributes(backend, by, id, &attributes, token).await
        }
        Wish::Price(id, price) => subscriptions::set_price(backend, by, id, 1, price, token).await,
        Wish::Cancel(id) => amend(backend, by, id, Amendment::Cancel, token).await,
        Wish::SkipCreditCheck(id) => amend(backend, by, id, Amendment::SkipCreditCheck, token).await,
        Wish::Report(day) => {
            let day = format!("2026-10-{day:02}");
            let (name, format) = ("Billing details".to_owned(), "csv".to_owned());
            let new = NewReport { name, format, from: day.clone(), to: day, form_token: token };
            reports::schedule(backend, by, new).await.map(drop)
        }
    }
}
