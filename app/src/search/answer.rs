//! What a search shows: hits, kind by kind.

use crate::recent::kind_in_words;
use crate::resellers::ALL;
use crate::url::Query;
use crate::{context, format, paths};
use backend::catalogue::{Plan, Product};
use backend::customers::CustomerRow;
use backend::list::{Best, Count};
use backend::order_list::{OpenOrder, OrderRow};
use backend::resellers::ResellerRow;
use backend::search::{Found, Near};
use backend::subscriptions::SubscriptionRow;

/// Hits of one kind.
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) noun: (&'static str, &'static str),
    pub(super) hits: Vec<Hit>,
    /// How many there are, these among them.
    pub(super) count: Count,
    /// The list that shows all of them.
    pub(super) all: Option<String>,
}

/// Something that was found.
pub(super) struct Hit {
    pub(super) href: String,
    pub(super) title: String,
    /// What tells it from others of its name.
    pub(super) sub: String,
    pub(super) status: Option<String>,
}

impl Hit {
    pub(super) fn new(href: impl Into<String>, title: impl Into<String>) -> Self {
        Self { href: href.into(), title: title.into(), sub: String::new(), status: None }
    }

    fn told_by<const N: usize>(self, parts: [Option<String>; N]) -> Self {
        Self { sub: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "), ..self }
    }

    fn with_status(self, status: String) -> Self {
        Self { status: Some(status), ..self }
    }
}

/// What holds the text.
pub(super) fn holding(text: &str, found: Found) -> Vec<Section> {
    vec![
        customers(found.customers).and_all(paths::CUSTOMERS, text),
        subscriptions(found.subscriptions).and_all(paths::SUBSCRIPTIONS, text),
        placed_here(found.placed_here).and_all(paths::ORDERS, text),
        orders_of_the_marketplace(found.orders).and_all(paths::ORDERS, text),
        products(found.products).and_all(paths::PRODUCTS, text),
        plans(found.plans).and_all(paths::PLANS, text),
        resellers(found.resellers).and_all(paths::RESELLERS, text),
    ]
}

/// What is called nearly the text.
pub(super) fn near(found: Near) -> Vec<Section> {
    vec![customers(found.customers), products(found.products), plans(found.plans), resellers(found.resellers)]
}

impl Section {
    fn new<T>(
        id: &'static str,
        title: &'static str,
        noun: (&'static str, &'static str),
        best: Best<T>,
        hit: impl Fn(T) -> Hit,
    ) -> Self {
        Self { id, title, noun, hits: best.rows.into_iter().map(hit).collect(), count: best.count, all: None }
    }

    /// With the same search of the list itself.
    fn and_all(self, path: &str, text: &str) -> Self {
        Self { all: Some(same_search(path, text, context::has_resellers())), ..self }
    }

    /// `12 orders`
    pub(super) fn counted(&self) -> String {
        match self.count {
            Count::Exactly(1) => format!("1 {}", self.noun.0),
            Count::Exactly(count) => format!("{} {}", format::grouped(count), self.noun.1),
            Count::MoreThan(count) => format!("more than {} {}", format::grouped(count), self.noun.1),
        }
    }

    /// `All 12 in Orders` and its link, where not all are shown.
    pub(super) fn rest(&self) -> Option<(String, String)> {
        let all = self.all.clone()?;
        match self.count {
            Count::Exactly(count) if usize::try_from(count).is_ok_and(|count| count <= self.hits.len()) => None,
            Count::Exactly(count) => Some((format!("All {} in {}", format::grouped(count), self.title), all)),
            Count::MoreThan(count) => Some((format!("More than {} in {}", format::grouped(count), self.title), all)),
        }
    }
}

/// Lists leave out what the search finds, unless they are told not to: what is not in use, and what is of resellers.
fn same_search(path: &str, text: &str, has_resellers: bool) -> String {
    let query = Query::default().with("search", text);
    match path {
        paths::SUBSCRIPTIONS => query.with("status", "any"),
        paths::CUSTOMERS | paths::ORDERS if has_resellers => query.with("reseller", ALL),
        _ => query,
    }
    .link(path)
}

fn customers(best: Best<CustomerRow>) -> Section {
    Section::new("customers", "Customers", ("customer", "customers"), best, |row| {
        Hit::new(paths::customer(&row.id), row.name)
            .told_by([Some(row.id), row.external_id, row.city, row.reseller_name])
            .with_status(row.status)
    })
}

fn subscriptions(best: Best<SubscriptionRow>) -> Section {
    Section::new("subscriptions", "Subscriptions", ("subscription", "subscriptions"), best, |row| {
        Hit::new(paths::subscription(&row.id), row.name)
            .told_by([Some(row.id), Some(row.customer_name.unwrap_or(row.customer_id)), row.seats.map(format::seats)])
            .with_status(row.status)
    })
}

fn placed_here(best: Best<OpenOrder>) -> Section {
    Section::new("placed-here", "Orders placed here", ("order placed here", "orders placed here"), best, |row| {
        let customer = row.customer_name.unwrap_or(row.customer_id);
        let title = row.order_number.unwrap_or_else(|| format!("Order for {customer}"));
        let products = Some(row.products.join(", ")).filter(|products| !products.is_empty());
        Hit::new(paths::order(&row.id.to_string()), title)
            .told_by([row.po_number.map(|number| format!("PO number {number}")), Some(customer), products])
            .with_status(row.status)
    })
}

fn orders_of_the_marketplace(best: Best<OrderRow>) -> Section {
    Section::new("orders", "Orders", ("order", "orders"), best, |row| {
        let title = row.order_number.unwrap_or_else(|| row.id.clone());
        let customer = row.customer_name.unwrap_or(row.customer_id);
        let created = row.created_at.map(|at| format::date(at.date()));
        Hit::new(paths::order(&row.id), title)
            .told_by([
                Some(kind_in_words(&row.kind).to_owned()),
                row.po_number.map(|number| format!("PO number {number}")),
                Some(customer),
                created,
            ])
            .with_status(row.status)
    })
}

fn products(best: Best<Product>) -> Section {
    Section::new("products", "Products", ("product", "products"), best, |row| {
        // Products have no page of their own: the list shows all terms of what has the same number.
        let number = row.mpn.clone().or(row.id).unwrap_or_else(|| row.name.clone());
        let vendor = Some(row.vendor).filter(|vendor| !vendor.is_empty());
        let term = row.term.as_ref().and_then(format::length);
        Hit::new(same_search(paths::PRODUCTS, &number, false), row.name).told_by([row.mpn, vendor, term])
    })
}

fn plans(best: Best<Plan>) -> Section {
    Section::new("plans", "Plans", ("plan", "plans"), best, |row| {
        Hit::new(paths::plan(&row.id), row.name).told_by([Some(row.id), row.short_description])
    })
}

fn resellers(best: Best<ResellerRow>) -> Section {
    Section::new("resellers", "Resellers", ("reseller", "resellers"), best, |row| {
        Hit::new(paths::reseller(&row.id), row.name)
            .told_by([Some(row.id), row.external_id, row.city])
            .with_status(row.status)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(count: Count) -> Section {
        let hits = vec![Hit::new("/orders/1", "SO000001")];
        let all = Some("/orders?search=so".to_owned());
        Section { id: "orders", title: "Orders", noun: ("order", "orders"), hits, count, all }
    }

    #[test]
    fn where_not_all_are_shown_it_says_how_many_there_are_and_where() {
        let rest = |count| section(count).rest().map(|(label, _)| label);
        assert_eq!(rest(Count::Exactly(1)), None);
        assert_eq!(rest(Count::Exactly(12)).as_deref(), Some("All 12 in Orders"));
        assert_eq!(rest(Count::MoreThan(1000)).as_deref(), Some("More than 1,000 in Orders"));
        assert_eq!(section(Count::Exactly(1)).counted(), "1 order");
        assert_eq!(section(Count::MoreThan(1000)).counted(), "more than 1,000 orders");
    }

    #[test]
    fn the_list_s_own_search_leaves_nothing_out_that_was_found() {
        assert_eq!(same_search(paths::SUBSCRIPTIONS, "a&b", true), "/subscriptions?search=a%26b&status=any");
        assert_eq!(same_search(paths::CUSTOMERS, "a", true), "/customers?search=a&reseller=all");
        assert_eq!(same_search(paths::CUSTOMERS, "a", false), "/customers?search=a");
    }
}
