//! How the terms of subscriptions follow each other and end, and what they cost.

use super::settle::{DEPROVISION_AFTER, midnight};
use super::{Event, State, SubscriptionStatus};
use crate::pricing::Remainder;
use domain::Money;
use rust_decimal::Decimal;
use time::{Date, OffsetDateTime};

impl State {
    /// The next term begins where the present one ends.
    pub(super) fn extend_term(&mut self, id: u32, at: OffsetDateTime) {
        let Some((start, end)) = self.next_term(id, at) else { return };
        let billing = self.subscription(id).map(|subscription| self.catalogue.plan(subscription.plan).billing);
        let Some(subscription) = self.subscription_mut(id) else { return };
        if subscription.next_end.take().is_some() {
            subscription.billed_from = billing.map_or(start, |billing| billing.anchor(end, start));
        }
        if start <= at.date() {
            subscription.term_start = start;
        }
        subscription.term_end = Some(end);
        subscription.modified = at.date();
        self.schedule(midnight(end), Event::EndTerm(id));
    }

    fn next_term(&self, id: u32, at: OffsetDateTime) -> Option<(Date, Date)> {
        let subscription = self.subscription(id)?;
        let start = subscription.term_end.unwrap_or(at.date());
        Some((start, subscription.next_end.unwrap_or_else(|| subscription.term.start(start, 1))))
    }

    /// What the first billing period of the next term costs: all of it, or what an earlier end leaves.
    pub(crate) fn renewal_price(&self, id: u32, at: OffsetDateTime) -> Option<Money> {
        let price = self.period_price(id)?;
        let subscription = self.subscription(id)?;
        if subscription.next_end.is_none() {
            return Some(price);
        }
        let (start, end) = self.next_term(id, at)?;
        let billing = self.catalogue.plan(subscription.plan).billing;
        let first = Remainder::of(billing.around(billing.anchor(end, start), start), start);
        Some(Money::new(first.share(price.amount), price.currency))
    }

    pub(super) fn terminate(&mut self, id: u32, at: OffsetDateTime) {
        let Some(subscription) = self.subscription_mut(id) else { return };
        subscription.status = SubscriptionStatus::Terminated;
        subscription.modified = at.date();
        subscription.auto_renew = false;
        self.schedule(at + DEPROVISION_AFTER, Event::Deprovision(id));
    }

    /// What one billing period of a subscription costs its customer; `None` without products.
    pub(crate) fn period_price(&self, id: u32) -> Option<Money> {
        let subscription = self.subscription(id)?;
        let currency = self.catalogue.product(subscription.lines.first()?.product).currency;
        let amounts = subscription
            .lines
            .iter()
            .map(|line| line.unit_price(&self.catalogue, line.quantity) * Decimal::from(line.quantity));
        Some(Money::new(amounts.sum(), currency))
    }
}
