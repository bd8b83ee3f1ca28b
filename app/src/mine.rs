//! "My customers": the same choice on every list and on the overview, kept in the query as `mine=1`.

use crate::context::{backend, surface};
use crate::error::AppError;
use crate::paths;
use crate::ui::Empty;
use crate::url::Query;
use backend::matching;
use backend::staff::Staff;
use domain::Permission;
use leptos::prelude::*;
use uuid::Uuid;

const FIELD: &str = "mine";

/// Whether the query asks for one's own customers only.
pub(crate) fn is_mine(query: &Query) -> bool {
    query.get(FIELD) == Some("1")
}

/// Whose customers the query asks for; `None` for everybody's.
pub(crate) fn managed_by(query: &Query, staff: &Staff) -> Option<Uuid> {
    is_mine(query).then_some(staff.id)
}

/// Of the query only whose customers it asks for, to go along with links to other lists.
pub(crate) fn only_mine(query: &Query) -> Query {
    Query::default().with(FIELD, if is_mine(query) { "1" } else { "" })
}

/// Somebody asked for their customers and has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unassigned {
    may_assign: bool,
}

/// Whether that is why nothing is shown.
pub(crate) async fn unassigned(
    staff: &Staff,
    managed_by: Option<Uuid>,
    nothing: bool,
) -> Result<Option<Unassigned>, AppError> {
    let Some(staff_id) = managed_by.filter(|_| nothing) else { return Ok(None) };
    let any = matching::manages_any(&backend(), staff_id).await.map_err(surface)?;
    Ok((!any).then(|| Unassigned { may_assign: staff.role.may(Permission::EditCustomers) }))
}

/// Switches between everything and one's own customers; the rest of the query stays.
#[component]
pub(crate) fn MineTabs(path: &'static str, query: Query) -> impl IntoView {
    let mine = is_mine(&query);
    let all = query.without(&[FIELD, "page"]);
    let mark = |current: bool| current.then_some("page");
    view! {
        <nav class="tabs" aria-label="Whose customers">
            <a href=all.link(path) aria-current=mark(!mine)>"All"</a>
            <a href=all.with(FIELD, "1").link(path) aria-current=mark(mine)>"My customers"</a>
        </nav>
    }
}

/// Says how to be assigned customers.
#[component]
pub(crate) fn NobodyAssigned(unassigned: Unassigned, path: &'static str) -> impl IntoView {
    let how = if unassigned.may_assign {
        view! {
            <p>"Open a customer and tick your name under Account managers, or assign many at once."</p>
            <p><a class="button" href=paths::MATCHING>"Match in bulk"</a></p>
        }
        .into_any()
    } else {
        view! { <p>"Ask an account manager or an admin to assign customers to you."</p> }.into_any()
    };
    view! {
        <Empty title="You look after no customer yet">
            {how}
            <p><a href=path>"Show all"</a></p>
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_other_lists_take_along_whose_customers_and_nothing_else() {
        let query = Query::default().with("mine", "1").with("search", "mail");
        assert_eq!(
            only_mine(&query).with("status", "active").link("/subscriptions"),
            "/subscriptions?mine=1&status=active"
        );
        assert_eq!(only_mine(&query.without(&["mine"])).link("/orders"), "/orders");
        assert!(!is_mine(&Query::default().with("mine", "yes")));
    }
}
