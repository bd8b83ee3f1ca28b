//! What each step shows: permission first, then the services.

use super::state::State;
use crate::context::{backend, explain, require, surface};
use crate::error::{AppError, Kind};
use crate::flash;
use crate::orders::new_order::{Search, search};
use crate::url::Query;
use ::backend::catalogue::{self, Product};
use ::backend::customers::{self, Customer, CustomerFilter, CustomerRow};
use ::backend::list::{ListRequest, Page};
use ::backend::orders::{self, Quote};
use domain::Permission;

/// The form's name in the session.
pub(super) const FORM: &str = "place_migration";

/// The step the query leads to.
pub(super) enum Step {
    /// Choose a customer.
    Customer { state: State, found: Page<CustomerRow> },
    /// Choose what it is here.
    Product { state: State, customer: Customer, search: Search },
    /// Say how far its term is.
    Term { chosen: Chosen, problem: Option<AppError> },
    /// Look at the estimate, and place the order.
    Review { chosen: Chosen, quote: Box<Result<Quote, AppError>>, refused: Option<AppError> },
}

/// The state with what it names.
pub(super) struct Chosen {
    pub(super) state: State,
    pub(super) customer: Customer,
    pub(super) product: Product,
}

/// The step that the query leads to.
pub(super) async fn step(query: Query) -> Result<Step, AppError> {
    let staff = require(Permission::PlaceOrders)?;
    let backend = backend();
    let state = State::read(&query);
    let Some(customer) = &state.customer else {
        let filter = CustomerFilter { search: query.get("find").map(ToOwned::to_owned), ..CustomerFilter::default() };
        let found = customers::page(&backend, &ListRequest::default(), &filter).await.map_err(surface)?;
        return Ok(Step::Customer { state, found });
    };
    let customer = customers::get(&backend, customer).await.map_err(surface)?;
    let Some(product) = &state.product else {
        let search = search(&backend, &query).await?;
        return Ok(Step::Product { state, customer, search });
    };
    let product = catalogue::find_for_order(&backend, product).await.map_err(surface)?.without_costs();
    let chosen = Chosen { state, customer, product };
    if query.get("step") != Some("review") {
        return Ok(Step::Term { chosen, problem: None });
    }
    match orders::estimate_migration(&backend, &staff, &chosen.state.migration()).await.map_err(explain) {
        Err(problem) if problem.kind == Kind::Invalid => Ok(Step::Term { chosen, problem: Some(problem) }),
        quote => {
            let refused = flash::take(FORM).await.map(|flash| flash.error);
            Ok(Step::Review { chosen, quote: Box::new(quote), refused })
        }
    }
}
