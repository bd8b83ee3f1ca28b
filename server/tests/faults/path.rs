//! What is written: the columns of the matrix, each as the form a person posts.

use super::form::Form;
use super::http::Browser;
use super::target::Target;
use app::paths::{change_seats, edit_customer, of_subscription, segment};

/// A write path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Path {
    Sales,
    Seats,
    Switch,
    Renewal,
    Cancellation,
    AutoRenewal,
    NewCustomer,
    Customer,
    Price,
    Report,
}

impl Path {
    pub(crate) const ALL: [Self; 10] = [
        Self::Sales,
        Self::Seats,
        Self::Switch,
        Self::Renewal,
        Self::Cancellation,
        Self::AutoRenewal,
        Self::NewCustomer,
        Self::Customer,
        Self::Price,
        Self::Report,
    ];

    /// Its name in the table and in `FAULT_CELL`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Seats => "seats",
            Self::Switch => "switch",
            Self::Renewal => "renewal",
            Self::Cancellation => "cancel",
            Self::AutoRenewal => "auto-renewal",
            Self::NewCustomer => "new-customer",
            Self::Customer => "customer",
            Self::Price => "price",
            Self::Report => "report",
        }
    }

    /// The marketplace's operation.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Sales | Self::Seats | Self::Switch | Self::Renewal | Self::Cancellation => "createOrder",
            Self::AutoRenewal => "updateSubscription",
            Self::NewCustomer => "createCustomer",
            Self::Customer => "updateCustomer",
            Self::Price => "updateSubscriptionSpecialPricing",
            Self::Report => "createReport",
        }
    }

    /// Whether it is an order, which is sent after it was accepted.
    pub(crate) fn is_order(self) -> bool {
        self.operation() == "createOrder"
    }

    /// What a call must name to be about this write.
    pub(crate) fn about(self, target: &Target) -> String {
        match self {
            Self::Sales | Self::Customer => target.customer.clone(),
            Self::NewCustomer => NEW_NAME.to_owned(),
            // Nothing else in its world makes reports.
            Self::Report => String::new(),
            _ => target.subscription.clone(),
        }
    }

    /// The form, filled in, where the page has it.
    pub(crate) async fn form(self, browser: &mut Browser, target: &Target) -> Option<Form> {
        let (page, action) = self.page(target);
        let page = browser.get(&page).await.ok()?;
        let form = Form::find(&page.body, action)?;
        Some(match self {
            Self::Cancellation => form.with("customer_name", &target.name),
            Self::NewCustomer => new_customer().iter().fold(form, |form, (name, value)| form.with(name, value)),
            Self::Customer => form.with("account[city]", NEW_CITY),
            Self::Price => form.with("price", NEW_PRICE),
            _ => form,
        })
    }

    fn page(self, target: &Target) -> (String, &'static str) {
        let of = |page| of_subscription(&target.subscription, page);
        match self {
            Self::Sales => {
                let (customer, product) = (segment(&target.customer), segment(&target.choice));
                let query = format!("customer={customer}&product-0={product}&seats-0=4&step=review");
                (format!("/orders/new?{query}"), "/api/place_order")
            }
            Self::Seats => {
                let page = change_seats(&target.subscription);
                (format!("{page}?line=1&seats={}&step=review", target.seats + 1), "/api/place_seat_change")
            }
            Self::Switch => (format!("{}?to={}&start=keep", of("switch"), segment(&target.choice)), "/api/place_act"),
            Self::Renewal => (of("renew"), "/api/place_act"),
            Self::Cancellation => (of("cancel"), "/api/place_act"),
            Self::AutoRenewal => (of("auto-renewal"), "/api/set_auto_renewal"),
            Self::NewCustomer => ("/customers/new".to_owned(), "/api/create_customer"),
            Self::Customer => (edit_customer(&target.customer), "/api/update_customer"),
            Self::Price => (format!("{}?line=1", of("price")), "/api/set_price"),
            Self::Report => ("/reports/new".to_owned(), "/api/schedule_report"),
        }
    }
}

/// The customer that is created.
pub(crate) const NEW_NAME: &str = "Aldgate Dental";
/// Where the customer moves that is changed.
pub(crate) const NEW_CITY: &str = "Sheffield Park";
/// The special price that is set.
pub(crate) const NEW_PRICE: &str = "3.21";

fn new_customer() -> [(&'static str, &'static str); 12] {
    [
        ("account[name]", NEW_NAME),
        ("account[external_id]", "K-4711"),
        ("account[language]", "en_US"),
        ("account[street]", "1 High Street"),
        ("account[postal_code]", "E1 7PT"),
        ("account[city]", "London"),
        ("account[country]", "GB"),
        ("account[contacts][0][kind]", "admin"),
        ("account[contacts][0][first_name]", "Ana"),
        ("account[contacts][0][last_name]", "Silva"),
        ("account[contacts][0][email]", "ana@aldgate.example"),
        ("account[contacts][0][phone]", "020 7946 0958"),
    ]
}
