//! What each step shows: permission first, then the services.

use super::draft::Draft;
use super::server_fns::Entered;
use crate::context::{self, backend, explain, require, surface};
use crate::error::{AppError, Kind};
use crate::flash;
use crate::url::Query;
use ::backend::Backend;
use ::backend::catalogue::{self, Product, ProductFilter};
use ::backend::customers::{self, Customer, CustomerFilter, CustomerRow};
use ::backend::list::{ListRequest, Page};
use ::backend::orders::{self, EndTogether, EnteredValue, FieldKind, Intent, LineParameters, Quote};
use ::backend::staff::Staff;
use domain::{Permission, Seats};
use uuid::Uuid;

/// The form's name in the session.
pub(super) const FORM: &str = "place_order";

/// What was entered for the parameters, as the session keeps it where the order's draft cannot.
pub(super) const ENTERED: &str = "entered";

/// The step the query leads to.
pub(super) enum Step {
    /// It was used already, for that order: whoever goes back to the form is not asked for everything once more.
    Used { draft: Draft, order: Box<Intent> },
    /// Choose a customer.
    Customer { draft: Draft, found: Page<CustomerRow> },
    /// Choose products and seats.
    Products { chosen: Chosen, search: Search, problem: Option<AppError> },
    /// Enter what the marketplace asks for each product; or why it cannot be asked.
    Parameters { chosen: Chosen, asked: Result<Vec<LineParameters>, AppError>, refused: Option<AppError> },
    /// Look at the estimate, and place the order.
    Review { chosen: Chosen, asked: Vec<LineParameters>, quote: Result<Quote, AppError>, refused: Option<AppError> },
}

/// The draft with what it names.
pub(super) struct Chosen {
    pub(super) draft: Draft,
    pub(super) customer: Customer,
    /// The product of each of the draft's lines.
    pub(super) products: Vec<Product>,
    /// The line just added, counted from 0.
    pub(super) added: Option<usize>,
    /// Whether the person may agree a price of their own: those who see what it costs.
    pub(super) may_price: bool,
    /// What the order may end together with.
    pub(super) end: EndTogether,
}

/// The search for products.
pub(in crate::orders) struct Search {
    pub(in crate::orders) text: Option<String>,
    pub(in crate::orders) vendor: Option<String>,
    pub(in crate::orders) vendors: Vec<String>,
    /// `None` while nothing is searched for.
    pub(in crate::orders) found: Option<Page<Product>>,
}

/// The step that the query leads to.
pub(super) async fn step(query: Query) -> Result<Step, AppError> {
    let staff = require(Permission::PlaceOrders)?;
    let backend = backend();
    let draft = Draft::read(&query);
    if let Some(order) = placed_already(&staff, &draft).await? {
        let order = Box::new(orders::follow(&backend, order).await.map_err(surface)?.intent);
        return Ok(Step::Used { draft, order });
    }
    let Some(customer) = draft.customer.clone() else {
        let filter = CustomerFilter { search: query.get("find").map(ToOwned::to_owned), ..CustomerFilter::default() };
        let found = customers::page(&backend, &ListRequest::default(), &filter).await.map_err(surface)?;
        return Ok(Step::Customer { draft, found });
    };
    let customer = customers::get(&backend, &customer).await.map_err(surface)?;
    let chosen = chosen(&backend, &staff, draft, customer).await?;
    if reviews(&query, &chosen.draft) {
        review(&backend, &staff, chosen, &query).await
    } else {
        Ok(Step::Products { chosen, search: search(&backend, &query).await?, problem: None })
    }
}

/// The order that came of this very form. Its activation parameters are kept for one order; placing it again asks anew.
pub(super) async fn placed_already(staff: &Staff, draft: &Draft) -> Result<Option<Uuid>, AppError> {
    match draft.parameters.filter(|_| draft.again.is_none()) {
        Some(id) => orders::placed_from(&backend(), staff, id).await.map_err(surface),
        None => Ok(None),
    }
}

/// Whether the button pressed leads on from the products. Enter does unless there is nothing to review or the search was edited.
fn reviews(query: &Query, draft: &Draft) -> bool {
    match query.get("step") {
        Some("review" | "parameters") => true,
        Some("enter") => !draft.lines.is_empty() && query.get("search") == query.get("searched"),
        _ => false,
    }
}

/// Looks the products up, and gives a line just added the fewest seats it can have.
async fn chosen(backend: &Backend, staff: &Staff, mut draft: Draft, customer: Customer) -> Result<Chosen, AppError> {
    let mut products = Vec::with_capacity(draft.lines.len());
    let added = draft.lines.iter().position(|line| line.seats.is_none());
    for line in &mut draft.lines {
        let product = catalogue::find_for_order(backend, &line.product).await.map_err(surface)?;
        let fewest = product.limits.minimum.map_or(1, Seats::get);
        line.seats.get_or_insert_with(|| fewest.to_string());
        products.push(product.without_costs());
    }
    let end = orders::end_together(backend, &customer.id, &products).await.map_err(surface)?;
    let may_price = staff.role.may(Permission::ViewCosts);
    Ok(Chosen { draft, customer, products, added, may_price, end })
}

/// Input that cannot be ordered leads back to its fields. When the marketplace does not answer, the review says so.
async fn review(backend: &Backend, staff: &Staff, mut chosen: Chosen, query: &Query) -> Result<Step, AppError> {
    let asked = match chosen.draft.order() {
        Ok(order) => orders::order_parameters(backend, staff, &order).await.map_err(explain),
        Err(error) => Err(error),
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(problem) if problem.kind == Kind::Invalid => return products(backend, chosen, query, problem).await,
        Err(error) => return Ok(Step::Parameters { chosen, asked: Err(error), refused: refusal().await }),
    };
    chosen.draft.parameters = asked.draft;
    let wanted = query.get("step") == Some("parameters") && asked.has_fields();
    if wanted || !asked.is_settled() {
        let refused = flash::take(FORM).await;
        let lines = with_typed(asked.lines, refused.as_ref().and_then(|flash| flash.value(ENTERED)));
        return Ok(Step::Parameters { chosen, asked: Ok(lines), refused: refused.map(|flash| flash.error) });
    }
    match orders::estimate_new_order(backend, staff, &chosen.draft.order()?).await.map_err(explain) {
        Err(problem) if problem.kind == Kind::Invalid => products(backend, chosen, query, problem).await,
        quote => Ok(Step::Review { chosen, asked: asked.lines, quote, refused: refusal().await }),
    }
}

/// Back to the products, with what is wrong with them.
async fn products(backend: &Backend, chosen: Chosen, query: &Query, problem: AppError) -> Result<Step, AppError> {
    Ok(Step::Products { chosen, search: search(backend, query).await?, problem: Some(problem) })
}

/// Why the last post of this order was refused.
async fn refusal() -> Option<AppError> {
    flash::take(FORM).await.map(|flash| flash.error)
}

/// What was entered, where the session has ended: the draft is only for who is signed in.
pub(super) fn typed_too_late(entered: &[Entered]) -> Option<String> {
    if context::has_lapsed() { serde_json::to_string(entered).ok() } else { None }
}

/// The lines with what was entered too late, if that was so. Passwords have to be entered again: they are never shown, and
/// the draft does not have them.
fn with_typed(mut lines: Vec<LineParameters>, typed: Option<&str>) -> Vec<LineParameters> {
    let entered: Vec<Entered> = typed.and_then(|typed| serde_json::from_str(typed).ok()).unwrap_or_default();
    for line in &mut lines {
        for field in line.fields.iter_mut().filter(|field| field.kind != FieldKind::Password) {
            let is_its = |one: &&Entered| {
                (&one.product, &one.name, &one.member) == (&line.product_key, &field.name, &field.member)
            };
            if let Some(typed) = entered.iter().find(is_its) {
                field.value = typed.value.clone().unwrap_or_default();
            }
        }
    }
    lines
}

/// Keeps what was entered, then has the marketplace check it. What it refuses is kept too and shown by the step.
pub(super) async fn check_parameters(draft: &Draft, entered: Vec<Entered>) -> Result<(), AppError> {
    let staff = require(Permission::PlaceOrders)?;
    let backend = backend();
    let order = draft.order()?;
    let id = order.parameters.ok_or_else(|| {
        AppError::new(Kind::Invalid, "This form cannot be used any more. Enter the activation parameters again.")
    })?;
    let entered: Vec<EnteredValue> = entered
        .into_iter()
        .map(|one| EnteredValue {
            product_key: one.product,
            name: one.name,
            member: one.member,
            value: one.value.unwrap_or_default(),
        })
        .collect();
    orders::keep_parameters(&backend, &staff, id, &entered).await.map_err(surface)?;
    let checked = orders::check_parameters(&backend, &staff, &order).await;
    checked.map(drop).map_err(|error| surface(error).nothing_ordered())
}

/// What the query searches for.
pub(in crate::orders) async fn search(backend: &Backend, query: &Query) -> Result<Search, AppError> {
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

    #[test]
    fn what_was_entered_too_late_is_in_its_field_again_but_for_passwords() {
        let field = |name: &str, kind: &str| {
            serde_json::json!({ "name": name, "member": null, "kind": kind, "required": true, "choices": [], "value": "",
                "note": null, "error": null, "accepted": false })
        };
        let line = serde_json::json!({ "product_key": "p", "draft_request_id": null,
            "fields": [field("mail", "email"), field("tenant", "domain"), field("secret", "password")] });
        let lines: Vec<LineParameters> = vec![serde_json::from_value(line).unwrap()];
        let entered = |product: &str, name: &str, value: &str| Entered {
            product: product.to_owned(),
            name: name.to_owned(),
            member: None,
            value: Some(value.to_owned()),
        };
        let typed = [entered("p", "mail", "a@b.example"), entered("other", "tenant", "x"), entered("p", "secret", "y")];
        let typed = serde_json::to_string(&typed).unwrap();
        let values =
            |lines: Vec<LineParameters>| lines[0].fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>();
        assert_eq!(values(with_typed(lines.clone(), Some(&typed))), ["a@b.example", "", ""]);
        assert_eq!(values(with_typed(lines, None)), ["", "", ""]);
    }
}
