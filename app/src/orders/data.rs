//! Loaders: permission first, then the service.

use super::progress::Progress;
use super::progress_text;
use crate::context::{backend, opened, require, surface};
use crate::error::AppError;
use crate::mine::{self, Unassigned};
use crate::resellers::whose;
use crate::ui::list_request;
use crate::url::Query;
use ::backend::list::Page;
use ::backend::order_list::{self, OpenOrder, Order, OrderFilter, OrderRow, PlacedHere};
use ::backend::orders::{self, Evidence, Intent};
use ::backend::resellers::{self, ResellerName};
use ::backend::staff::Staff;
use domain::{IntentState, Permission};
use time::OffsetDateTime;
use uuid::Uuid;

/// What the page of orders shows.
pub(super) struct Orders {
    /// Those of the marketplace that the query asks for.
    pub(super) page: Page<OrderRow>,
    /// Of those placed here, what is shown beside the list.
    pub(super) beside: Beside,
    /// How old the list is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// Whether the person may place orders.
    pub(super) may_order: bool,
    /// Somebody asked for their customers and has none.
    pub(super) unassigned: Option<Unassigned>,
    /// The resellers whose customers' orders can be listed.
    pub(super) resellers: Vec<ResellerName>,
}

/// Orders placed here, beside the list.
pub(super) enum Beside {
    /// Those that are not finished, or failed lately.
    Open(Vec<OpenOrder>),
    /// Those that the list's search and customer match and that the list cannot have.
    Matching(PlacedHere),
}

/// The page of orders that the query asks for.
pub(super) async fn list(query: Query) -> Result<Orders, AppError> {
    let staff = require(Permission::Browse)?;
    let filter = filter(&query, &staff);
    let backend = backend();
    let page = order_list::page(&backend, &list_request(&query), &filter).await.map_err(surface)?;
    let beside = async {
        if filter.looks_for_some() {
            order_list::placed_here(&backend, &filter).await.map(Beside::Matching)
        } else {
            order_list::open(&backend, filter.managed_by).await.map(Beside::Open)
        }
    };
    let (beside, as_of, resellers) =
        tokio::try_join!(beside, order_list::as_of(&backend, &filter.whose), resellers::names(&backend))
            .map_err(surface)?;
    let unassigned = mine::unassigned(&staff, filter.managed_by, page.rows.is_empty()).await?;
    let may_order = staff.role.may(Permission::PlaceOrders);
    Ok(Orders { page, beside, as_of, may_order, unassigned, resellers })
}

/// What the query asks for.
pub(crate) fn filter(query: &Query, staff: &Staff) -> OrderFilter {
    let text = |name| query.get(name).map(ToOwned::to_owned);
    OrderFilter {
        search: text("search"),
        status: text("status"),
        kind: text("type"),
        customer: text("customer"),
        managed_by: mine::managed_by(query, staff),
        whose: whose(query),
    }
}

/// One order, as far as it is known here and at the marketplace.
pub(super) struct Shown {
    /// Our record, of an order placed here.
    pub(super) intent: Option<Intent>,
    /// The marketplace's record, once it was copied.
    pub(super) order: Option<Order>,
    /// How far it is.
    pub(super) progress: Progress,
    /// Whether the charges tell costs.
    pub(super) with_costs: bool,
    /// Its identifier at the marketplace, where it can still be changed and the person may do so.
    pub(super) amendable: Option<String>,
    /// What was seen while it was looked for, where nobody knows what became of it.
    pub(super) evidence: Option<Evidence>,
}

/// The intent that the form names.
pub(super) fn intent_id(text: &str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| surface(::backend::Error::NotFound("order")))
}

/// The order that the identifier means: an intent's, or the marketplace's.
pub(super) async fn order(id: String) -> Result<Shown, AppError> {
    let staff = require(Permission::Browse)?;
    let with_costs = staff.role.may(Permission::ViewCosts);
    let backend = backend();
    let which = order_list::which(&backend, &id).await.map_err(surface)?;
    let mut order = match which.order_id {
        Some(id) => Some(opened(order_list::get(&backend, &id), order_list::look_at(&backend, &id)).await?),
        None => None,
    };
    if let Some(order) = order.as_mut().filter(|_| !with_costs) {
        order.charges.iter_mut().flatten().for_each(|charge| charge.cost = None);
    }
    let at_renewal = order.as_ref().is_some_and(|order| order.at_renewal);
    let followed = match which.intent_id {
        Some(id) => Some(orders::follow(&backend, id).await.map_err(surface)?),
        None => None,
    };
    let lost = followed.as_ref().map(|followed| &followed.intent).filter(|intent| intent.order_id.is_none());
    let lost = lost.filter(|intent| matches!(intent.state, IntentState::Unknown | IntentState::Absent));
    let evidence = match lost {
        Some(intent) => Some(orders::evidence(&backend, intent.id).await.map_err(surface)?),
        None => None,
    };
    let looked = evidence.as_ref().and_then(|evidence| evidence.last.as_ref()).map(|look| look.at);
    let progress = match (&followed, &order) {
        (Some(followed), Some(order)) => {
            let progress = progress_text::of_intent(followed, at_renewal, Some(order.as_of));
            progress_text::with_code_advice(progress, order)
        }
        (Some(followed), None) => progress_text::of_intent(followed, at_renewal, looked),
        (None, Some(order)) => progress_text::of_order(order),
        (None, None) => return Err(surface(::backend::Error::NotFound("order"))),
    };
    let intent = followed.map(|followed| followed.intent);
    let open = order.as_ref().filter(|order| matches!(order.status.as_str(), "submitted" | "processing"));
    let amendable = open.map(|order| order.id.clone()).filter(|_| staff.role.may(Permission::PlaceOrders));
    Ok(Shown { intent, order, progress, with_costs, amendable, evidence })
}
