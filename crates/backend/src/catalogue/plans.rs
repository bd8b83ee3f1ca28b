//! Plans: the list, and one of them with what it can be switched to.

use super::sql;
use crate::Period;
use crate::list::{Best, Filter, List, ListOf, ListRequest, Page, Sort, SortType};
use crate::{Backend, Error, Result};
use marketplace::models::{BillingModel, BillingPolicy, SwitchTime};
use std::collections::HashMap;
use time::OffsetDateTime;

/// A plan as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Identifier at the marketplace.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// In one line.
    pub short_description: Option<String>,
    /// In full.
    pub long_description: Option<String>,
    /// On sale.
    pub published: Option<bool>,
    /// When it is charged.
    pub billing_model: Option<BillingModel>,
    /// How often it is charged.
    pub billing_period: Option<Period>,
    /// How long it can be bought for.
    pub terms: Vec<PlanTerm>,
    /// When this was read from the marketplace.
    pub as_of: OffsetDateTime,
}

/// A term that a plan can be bought for.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanTerm {
    /// How long.
    pub period: Period,
    /// A trial.
    pub trial: bool,
    /// Can be bought; a term of which the marketplace does not say so can (assumed).
    pub on_sale: bool,
}

/// A plan on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanDetail {
    /// What the list shows too.
    pub plan: Plan,
    /// What its subscriptions can be switched to; `None` until the detail was read.
    pub switches: Option<Vec<PlanSwitch>>,
    /// When the switches were read.
    pub detailed_at: Option<OffsetDateTime>,
}

/// A way from a plan to another one, or to another term.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanSwitch {
    /// The plan to switch to.
    pub target_id: Option<String>,
    /// What that plan is called, where it is in the catalogue.
    pub target_name: Option<String>,
    /// The term to switch from.
    pub from_term: Option<Period>,
    /// The term to switch to.
    pub to_term: Option<Period>,
    /// What is charged and paid back.
    pub billing_policy: Option<BillingPolicy>,
    /// When it takes effect.
    pub effective: Option<SwitchTime>,
}

const LIST: List = List {
    table: "plan",
    key: "id",
    sorts: &[Sort { name: "name", expression: "lower(name)", kind: SortType::Text, descending: false }],
};

pub(super) static LISTED: ListOf<Plan> =
    ListOf { list: LIST, key: |row| &row.id, read: |pool, keys| Box::pin(sql::plans(pool, keys)) };

/// A page of the list of plans whose name, short description or id contains `search`.
pub async fn plans(backend: &Backend, request: &ListRequest, search: Option<&str>) -> Result<Page<Plan>> {
    LISTED.page(&backend.pool, request, &conditions(search)).await
}

pub(super) fn conditions(search: Option<&str>) -> Vec<Filter> {
    search.map(|text| Filter::Contains(text.to_owned())).into_iter().collect()
}

/// By these a search over everything finds the very one, however many match; each is indexed.
const EXACT: [&str; 2] = ["id", "lower(name)"];

/// The few plans that answer the text best.
pub(crate) async fn find_plans(backend: &Backend, text: &str) -> Result<Best<Plan>> {
    LISTED.best(&backend.pool, text, &Filter::Contains(text.to_owned()), &[], &EXACT).await
}

/// The few plans whose names are nearly the text.
pub(crate) async fn find_plans_near(backend: &Backend, text: &str) -> Result<Best<Plan>> {
    LISTED.nearest(&backend.pool, text).await
}

/// When the oldest of the plans was read; `None` while there is none.
pub async fn plans_as_of(backend: &Backend) -> Result<Option<OffsetDateTime>> {
    sql::plans_as_of(&backend.pool).await
}

/// One plan.
pub async fn plan(backend: &Backend, id: &str) -> Result<PlanDetail> {
    let ids = [id.to_owned()];
    let plan = sql::plans(&backend.pool, &ids).await?.pop().ok_or(Error::NotFound("plan"))?;
    let (told, detailed_at) = sql::switches(&backend.pool, id).await?;
    let Some(told) = told else { return Ok(PlanDetail { plan, switches: None, detailed_at }) };
    let targets: Vec<String> = told.iter().filter_map(|switch| switch.plan_id.clone()).map(String::from).collect();
    let names = sql::plan_names(&backend.pool, &targets).await?;
    let switches = told.into_iter().map(|switch| named(switch, &names)).collect();
    Ok(PlanDetail { plan, switches: Some(switches), detailed_at })
}

fn named(switch: marketplace::models::PlanSwitch, names: &HashMap<String, String>) -> PlanSwitch {
    let target_id = switch.plan_id.map(String::from);
    PlanSwitch {
        target_name: target_id.as_ref().and_then(|id| names.get(id)).cloned(),
        target_id,
        from_term: switch.source_subscription_period.as_ref().and_then(Period::from_marketplace),
        to_term: switch.subscription_period.as_ref().and_then(Period::from_marketplace),
        billing_policy: switch.billing_policy,
        effective: switch.when_effective,
    }
}
