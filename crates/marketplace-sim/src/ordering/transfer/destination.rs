//! Where the seats may go.

use super::Asked;
use crate::error::ApiError;
use crate::http::number;
use crate::ordering::lines::check_limits;
use crate::ordering::rules;
use crate::state::{Period, PlanIndex, ProductLine, Subscription};
use domain::SubscriptionId;
use marketplace::models::OrderLineRequest;

impl Asked<'_> {
    pub(super) fn offer(&self) -> (PlanIndex, Period) {
        let product = self.state.catalogue.product(self.to);
        (product.plan, product.term)
    }

    pub(super) fn own_offer(&self) -> (PlanIndex, Period) {
        (self.subscription.plan, self.subscription.term)
    }

    /// Whether it may go over at once: to any product of the present plan and term, and where the plan's switches lead.
    pub(super) fn offered(&self) -> Result<bool, ApiError> {
        let (plan, term) = self.offer();
        if (plan, term) == self.own_offer() {
            return Ok(true);
        }
        let own = self.state.catalogue.plan(self.subscription.plan);
        let target = self.state.catalogue.plan(plan).id;
        let leads_there = own.switches.iter().find(|switch| {
            (switch.to_plan, switch.from_term, switch.to_term) == (target, self.subscription.term, term)
        });
        leads_there.map(|switch| switch.immediately).ok_or_else(|| {
            let name = self.state.catalogue.product(self.to).name;
            ApiError::invalid("newMPN", format_args!("{name}: plan {} offers no such switch from this term", own.id))
        })
    }

    pub(super) fn named_target(&self, asked: &OrderLineRequest) -> Result<Option<&Subscription>, ApiError> {
        let mut named = self.request.target_subscription_id.iter().chain(&asked.target_subscription_id);
        let Some(first) = named.next() else { return Ok(None) };
        if named.any(|other: &SubscriptionId| other != first) {
            return Err(ApiError::invalid("targetSubscriptionId", "differs between the order and its line"));
        }
        let id = number("targetSubscriptionId", first.as_str())?;
        let into = rules::subscription_of(self.state, id, self.customer)?;
        if (into.plan, into.term) != self.offer() {
            let name = self.state.catalogue.product(self.to).name;
            let reason = format_args!("{id} is not of the plan and term of {name}").to_string();
            return Err(ApiError::invalid("targetSubscriptionId", reason));
        }
        Ok(Some(into))
    }

    /// The line in which the seats arrive, as it will be.
    pub(super) fn arriving(&self, into: &Subscription, seats: u32) -> Result<ProductLine, ApiError> {
        let own = into.line(self.to).cloned().unwrap_or_else(|| ProductLine::new(self.to, 0));
        let next = own.with(own.quantity + seats, self.special);
        check_limits(self.state.catalogue.product(self.to), next.quantity)?;
        self.needed(&into.lines)?;
        Ok(next)
    }

    /// A product that needs another does not go where that is not.
    pub(super) fn needed(&self, there: &[ProductLine]) -> Result<(), ApiError> {
        let needs = self.state.catalogue.product(self.to).depends_on;
        match needs.filter(|needed| there.iter().all(|line| line.product != *needed)) {
            Some(needed) => {
                let name = self.state.catalogue.product(needed).name;
                Err(ApiError::invalid("newMPN", format_args!("needs {name} in the same subscription")))
            }
            None => Ok(()),
        }
    }
}
