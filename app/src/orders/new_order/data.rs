//! What each step shows: permission first, then the services.

use super::draft::Draft;
use crate::context::{backend, explain, require, surface};
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use crate::url::Query;
use ::backend::Backend;
use ::backend::catalogue::{self, Product, ProductFilter};
use ::backend::customers::{self, Customer, CustomerFilter, CustomerRow};
use ::backend::list::{ListRequest, Page};
use ::backend::orders::{self, Quote};
use ::backend::staff::Staff;
use domain::{Permission, Seats};

/// The form's name in the session.
pub(super) const FORM: &str = "place_order";

/// The step the query leads to.
pub(super) enum Step {
    /// Choose a customer.
    Customer { draft: Draft, found: Page<CustomerRow> },
    /// Choose products and seats.
    Products { chosen: Chosen, search: Search, problem: Option<AppError> },
    /// Look at the estimate, and place the order.
    Review { chosen: Chosen, quote: Result<Quote, AppError>, refused: Option<Flash> },
}

/// The draft with what it names.
pub(super) struct Chosen {
    pub(super) draft: Draft,
    pub(super) customer: Customer,
    /// The product of each of the draft's lines.
    pub(super) products: Vec<Product>,
    /// The line just added, counted from 0.
    pub(super) added: Option<usize>,
}

/// The search for products.
pub(super) struct Search {
    pub(super) text: Option<String>,
    pub(super) vendor: Option<String>,
    pub(super) vendors: Vec<String>,
    /// `None` while nothing is searched for.
    pub(super) found: Option<Page<Product>>,
}

/// The step that the query leads to.
pub(super) async fn step(query: Query) -> Result<Step, AppError> {
    let staff = require(Permission::PlaceOrders)?;
    let backend = backend();
    let draft = Draft::read(&query);
    let Some(customer) = draft.customer.clone() else {
        let filter = CustomerFilter { search: query.get("find").map(ToOwned::to_owned), status: None };
        let found = customers::page(&backend, &ListRequest::default(), &filter).await.map_err(surface)?;
        return Ok(Step::Customer { draft, found });
    };
    let customer = customers::get(&backend, &customer).await.map_err(surface)?;
    let chosen = chosen(&backend, draft, customer).await?;
    if reviews(&query, &chosen.draft) {
        review(&backend, &staff, chosen, &query).await
    } else {
        Ok(Step::Products { chosen, search: search(&backend, &query).await?, problem: None })
    }
}

/// Whether the button pressed leads to the review. Enter does unless there is nothing to review or the search was edited.
fn reviews(query: &Query, draft: &Draft) -> bool {
    match query.get("step") {
        Some("review") => true,
        Some("enter") => !draft.lines.is_empty() && query.get("search") == query.get("searched"),
        _ => false,
    }
}

/// Looks the products up, and gives a line just added the fewest seats it can have.
async fn chosen(backend: &Backend, mut draft: Draft, customer: Customer) -> Result<Chosen, AppError> {
    let mut products = Vec::with_capacity(draft.lines.len());
    let added = draft.lines.iter().position(|line| line.seats.is_none());
    for line in &mut draft.lines {
        let product = catalogue::find_for_order(backend, &line.product).await.map_err(surface)?;
        let fewest = product.limits.minimum.map_or(1, Seats::get);
        line.seats.get_or_insert_with(|| fewest.to_string());
        products.push(product.without_costs());
    }
    Ok(Chosen { draft, customer, products, added })
}

/// Input that cannot be ordered leads back to its fields. When the marketplace does not answer, the review says so.
async fn review(backend: &Backend, staff: &Staff, chosen: Chosen, query: &Query) -> Result<Step, AppError> {
    let quote = match chosen.draft.order() {
        Ok(order) => orders::estimate_new_order(backend, staff, &order).await.map_err(explain),
        Err(error) => Err(error),
    };
    match quote {
        Err(problem) if problem.kind == Kind::Invalid => {
            let search = search(backend, query).await?;
            Ok(Step::Products { chosen, search, problem: Some(problem) })
        }
        quote => Ok(Step::Review { chosen, quote, refused: flash::take(FORM).await }),
    }
}

async fn search(backend: &Backend, query: &Query) -> Result<Search, AppError> {
    let value = |name: &str| query.get(name).map(ToOwned::to_owned);
    let (text, vendor) = (value("search"), value("vendor"));
    let vendors = catalogue::choices(backend).await.map_err(surface)?.vendors;
    let filter = ProductFilter { search: text.clone(), vendor: vendor.clone(), ..ProductFilter::default() };
    let found = if text.is_some() || vendor.is_some() {
        let page = catalogue::products(backend, &ListRequest::default(), &filter).await;
        Some(page.map_err(surface)?)
    } else {
        None
    };
    Ok(Search { text, vendor, vendors, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_reviews_unless_the_search_was_edited_or_nothing_is_chosen() {
        let chosen = Query::default().with("product-0", "a").with("seats-0", "1").with("step", "enter");
        let leads_to_review = |query: &Query| reviews(query, &Draft::read(query));
        assert!(leads_to_review(&chosen.clone().with("search", "mail").with("searched", "mail")));
        assert!(!leads_to_review(&chosen.with("search", "mail").with("searched", "")));
        assert!(!leads_to_review(&Query::default().with("step", "enter")));
    }
}
