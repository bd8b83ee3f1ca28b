//! What a person wants to do to a subscription besides another number of seats now, checked against the copy before the
//! marketplace is asked anything.

use super::confirmation::Confirmation;
use super::deed::Deed;
use super::draft::{
    Checked, CheckedLine, SeatChange, SeatsNow, already_scheduled, check_seat_change, po_number, seats_now,
};
use super::estimate::{Quote, quote};
use super::moves::{self, SeatMove};
use super::once::once;
use super::place::place;
use super::switched::Switched;
use crate::catalogue::{self, PlanSwitch, SwitchTime};
use crate::staff::Staff;
use crate::stored::id_without_mpn;
use crate::subscriptions::{self, ProductLine, Subscription};
use crate::{Backend, Error, Period, Result};
use domain::{Permission, PlanId, Seats};
use marketplace::models::{OrderLineRequest, UpgradeStart};
use uuid::Uuid;

/// An order about an existing subscription.
#[derive(Clone, Debug)]
pub struct SubscriptionAct {
    /// The subscription.
    pub subscription_id: String,
    /// What is done to it.
    pub act: Act,
    /// The client's purchase order number.
    pub po_number: Option<String>,
}

/// What is done to a subscription.
#[derive(Clone, Debug)]
pub enum Act {
    /// Another number of seats, from the renewal on.
    SeatsAtRenewal {
        /// Which product line, counted from 1.
        line: i32,
        /// The new number, as it was typed.
        seats: String,
    },
    /// Another plan or term.
    Switch {
        /// Which of the plan's switches: [`switch_key`].
        to: String,
        /// The term begins again with the switch; otherwise it keeps its start.
        restart: bool,
    },
    /// Another product for seats of a line.
    Move(SeatMove),
    /// Another term, now.
    Renew,
    /// The end, now.
    Cancel,
}

impl Act {
    /// What it takes.
    pub fn permission(&self) -> Permission {
        match self {
            Self::SeatsAtRenewal { .. } => Permission::ChangeSeats,
            Self::Switch { .. } | Self::Move(_) | Self::Renew | Self::Cancel => Permission::ManageSubscriptions,
        }
    }
}

/// What the act would cost.
pub async fn estimate_act(backend: &Backend, staff: &Staff, act: &SubscriptionAct) -> Result<Quote> {
    staff.require(act.act.permission())?;
    quote(backend, staff, &check(backend, act).await?).await
}

/// Places the act; otherwise as [`place_seat_change`](super::place_seat_change). A cancellation wants the customer's name in
/// `typed_name`.
pub async fn place_act(
    backend: &Backend,
    staff: &Staff,
    act: &SubscriptionAct,
    typed_name: &str,
    confirmation: &Confirmation,
) -> Result<Uuid> {
    staff.require(act.act.permission())?;
    once(backend, confirmation, |turn| {
        Box::pin(async move {
            if matches!(act.act, Act::Cancel) {
                check_name(backend, &act.subscription_id, typed_name).await?;
            }
            place(backend, staff, check(backend, act).await?, confirmation, turn).await
        })
    })
    .await
}

/// The switches that this subscription can take: those of its plan, from its term; `None` before the plan was read.
pub async fn switches(backend: &Backend, subscription: &Subscription) -> Result<Option<Vec<PlanSwitch>>> {
    let Some(plan) = &subscription.plan_id else { return Ok(None) };
    let switches = match catalogue::plan(backend, plan).await {
        Ok(plan) => plan.switches,
        Err(Error::NotFound(_)) => None,
        Err(error) => return Err(error),
    };
    let from_here = |switch: &PlanSwitch| switch.from_term.is_none() || switch.from_term == subscription.term;
    Ok(switches.map(|switches| switches.into_iter().filter(from_here).collect()))
}

/// Names one of a plan's switches: the target plan and term.
pub fn switch_key(switch: &PlanSwitch) -> String {
    let term = switch.to_term.as_ref().map(|term| format!("{} {}", term.length, term.unit)).unwrap_or_default();
    format!("{}~{term}", switch.target_id.as_deref().unwrap_or_default())
}

/// Nobody cancels the wrong client's subscription by habit.
async fn check_name(backend: &Backend, subscription_id: &str, typed: &str) -> Result<()> {
    let subscription = subscriptions::get(backend, subscription_id).await?;
    let name = subscription.customer_name.unwrap_or(subscription.customer_id);
    if typed.trim().to_lowercase() == name.trim().to_lowercase() {
        return Ok(());
    }
    Err(Error::invalid("customer_name", format!("Type the customer's name, {name}, to cancel their subscription")))
}

async fn check(backend: &Backend, act: &SubscriptionAct) -> Result<Checked> {
    let subscription = subscriptions::get(backend, &act.subscription_id).await?;
    if subscription.status != "active" {
        return Err(Error::Conflict(format!(
            "This subscription is {}. Only an active subscription can be changed, renewed or cancelled.",
            subscription.status
        )));
    }
    let (deed, lines) = match &act.act {
        Act::SeatsAtRenewal { line, seats } => {
            let now = seats_now(backend, &act.subscription_id, *line).await?;
            return at_renewal(act, seats, &now);
        }
        Act::Move(wanted) => moves::check(backend, &subscription, wanted).await?,
        Act::Switch { to, restart } => all_lines(&subscription, switch(backend, &subscription, to, *restart).await?),
        Act::Cancel => all_lines(&subscription, Deed::Cancellation),
        Act::Renew => all_lines(&subscription, Deed::Renewal),
    };
    Ok(Checked {
        customer_id: subscription.customer_id,
        subscription_id: Some(subscription.id),
        po_number: po_number(act.po_number.as_deref())?,
        lines,
        deed,
        draft: None,
        alignment: None,
    })
}

fn at_renewal(act: &SubscriptionAct, seats: &str, now: &SeatsNow) -> Result<Checked> {
    if now.scheduled.is_some() {
        return Err(already_scheduled());
    }
    let change = SeatChange {
        subscription_id: act.subscription_id.clone(),
        line: now.line,
        seats: seats.to_owned(),
        from: None,
        po_number: act.po_number.clone(),
    };
    Ok(Checked { deed: Deed::AtRenewal, ..check_seat_change(&change, now)? })
}

async fn switch(backend: &Backend, subscription: &Subscription, to: &str, restart: bool) -> Result<Deed> {
    let switches = switches(backend, subscription).await?.unwrap_or_default();
    let chosen = switches.into_iter().find(|switch| switch_key(switch) == to);
    let chosen = chosen.ok_or_else(|| Error::invalid("to", "Choose what to switch to"))?;
    let told = Box::new(Switched::of(subscription, &chosen, restart));
    let plan = chosen.target_id.or_else(|| subscription.plan_id.clone());
    let plan = plan.ok_or_else(|| Error::invalid("to", "The marketplace does not say which plan this is"))?;
    Ok(Deed::Switch {
        plan: PlanId::from(plan),
        term: chosen.to_term.as_ref().map(Period::to_marketplace),
        later: chosen.effective == Some(SwitchTime::NextSubscriptionPeriod),
        start: if restart { UpgradeStart::FromDateOfUpgrade } else { UpgradeStart::FromOldStartDate },
        told,
    })
}

fn all_lines(subscription: &Subscription, deed: Deed) -> (Deed, Vec<CheckedLine>) {
    let lines = subscription.lines.iter().map(|line| checked_line(subscription, line, &deed)).collect();
    (deed, lines)
}

fn checked_line(subscription: &Subscription, line: &ProductLine, deed: &Deed) -> CheckedLine {
    let billing_period = subscription.billing_period.as_ref().map(Period::to_marketplace);
    CheckedLine {
        name: line.name.clone(),
        before: line.seats,
        after: if *deed == Deed::Cancellation { Seats::default() } else { line.seats },
        vendor: line.vendor.clone(),
        // What another plan costs is known once the marketplace has switched to it.
        unit_price: line.unit_price.filter(|_| !matches!(deed, Deed::Switch { .. })),
        list_price: None,
        billing_period: billing_period.clone(),
        request: OrderLineRequest {
            mpn: line.mpn.clone(),
            vendor: line.vendor.clone(),
            id: id_without_mpn(line.mpn.as_deref(), line.product_id.as_deref()),
            billing_period,
            subscription_period: subscription.term.as_ref().map(Period::to_marketplace),
            quantity: Some(line.seats.get().into()),
            ..OrderLineRequest::default()
        },
    }
}
