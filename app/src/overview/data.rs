//! The loader: permission first, then the services.

use crate::approvals;
use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::mine::{self, Unassigned};
use crate::url::Query;
use backend::activity::{self, Activity};
use backend::approvals::Approval;
use backend::overview::{self, Overview};
use backend::under_way::{self, UnderWay};
use domain::Permission;

/// Entries of the trail looked at.
const LOOKED_AT: i64 = 100;

/// Entries of the trail shown at most.
const SHOWN: usize = 8;

/// What the page shows: of everything, or of one's own customers.
pub(super) struct Loaded {
    /// The overview.
    pub(super) overview: Overview,
    /// Orders placed here that are under way.
    pub(super) under_way: UnderWay,
    /// What was done here since yesterday, for those who may see it.
    pub(super) activity: Option<Vec<Activity>>,
    /// Orders of others that the person may let go.
    pub(super) to_decide: Vec<Approval>,
    /// Somebody asked for their customers and has none.
    pub(super) unassigned: Option<Unassigned>,
}

/// The overview that the query asks for.
pub(super) async fn get(query: Query) -> Result<Loaded, AppError> {
    let staff = require(Permission::Browse)?;
    let backend = backend();
    let managed_by = mine::managed_by(&query, &staff);
    let (mut overview, under_way) =
        tokio::try_join!(overview::get(&backend, managed_by), under_way::get(&backend, &staff, managed_by))
            .map_err(surface)?;
    let to_decide = approvals::to_decide(&staff).await?;
    let unassigned = mine::unassigned(&staff, managed_by, overview.figures.customers == 0).await?;
    if managed_by.is_some() {
        // That a list cannot be read concerns no customer more than another.
        overview.copy.iter_mut().for_each(|copy| copy.error = None);
    }
    if !staff.role.may(Permission::ViewActivity) {
        return Ok(Loaded { overview, under_way, activity: None, to_decide, unassigned });
    }
    let newest = match managed_by {
        Some(staff_id) => activity::of_managed(&backend, staff_id, LOOKED_AT).await,
        None => activity::page(&backend, None, LOOKED_AT).await,
    };
    let mut activity = newest.map_err(surface)?;
    activity.retain(|entry| entry.at >= overview.since && !changes_nothing(entry));
    activity.truncate(SHOWN);
    Ok(Loaded { overview, under_way, activity: Some(activity), to_decide, unassigned })
}

/// Signing in, being denied something and taking the activity away.
fn changes_nothing(entry: &Activity) -> bool {
    ["staff.sign", "access.", "activity."].iter().any(|begins| entry.action.starts_with(begins))
}
