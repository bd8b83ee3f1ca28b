use super::{List, Position, Sweep, json, split};
use crate::Result;
use crate::connection::ensure_same_copy;
use crate::sync::sql::plans::{self as sql, PlanRow};
use marketplace::models::{Page, Plan, PlanDetailed};
use marketplace::{AllPlans, Client, PAGE_SIZE};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(in crate::sync) struct Plans;

impl List for Plans {
    type Item = Plan;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Plan>, marketplace::Error> {
        client.page(&AllPlans, position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Plan], as_of: OffsetDateTime) -> Result<i64> {
        sql::upsert(db, &items.iter().map(row).collect::<Vec<_>>(), as_of).await
    }

    async fn complete(&self, db: &mut PgConnection, sweep: Sweep) -> Result<()> {
        sql::delete_unseen(db, sweep.started_at, sweep.total).await
    }
}

/// Stores what a plan's detail adds to its list row. `key`: what the list said when the detail was asked for.
pub(in crate::sync) async fn store_detail(
    db: &mut PgConnection,
    plan: &PlanDetailed,
    key: Option<&str>,
    as_of: OffsetDateTime,
) -> Result<()> {
    ensure_same_copy(db, as_of).await?;
    sql::update_detail(db, plan.plan.id.as_str(), json(&plan.plan_switches), key, as_of).await
}

fn row(plan: &Plan) -> PlanRow<'_> {
    let (billing_period_type, billing_period_length) = split(plan.billing_period.as_ref());
    PlanRow {
        id: plan.id.as_str(),
        name: plan.name.as_deref().unwrap_or(plan.id.as_str()),
        short_description: plan.short_description.as_deref(),
        long_description: plan.long_description.as_deref(),
        published: plan.published,
        billing_model: plan.billing_model.as_ref().map(ToString::to_string),
        billing_period_type,
        billing_period_length,
        terms: json(&plan.subscription_periods),
    }
}
