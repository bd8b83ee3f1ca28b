//! What orders do to subscriptions when they are provisioned, and not a moment before.

use super::settle::{DEPROVISION_AFTER, midnight};
use super::{Addition, Event, OrderKind, OrderLine, OrderStatus, ProductLine, State, SubscriptionStatus, Switch};
use domain::Money;
use rust_decimal::Decimal;
use time::{Duration, OffsetDateTime};

/// From placing an order to `processing`.
const STARTS_AFTER: Duration = Duration::seconds(2);
/// From placing an order to its end.
const FINISHES_AFTER: Duration = Duration::seconds(10);

impl State {
    /// Puts a new order on its way.
    pub(crate) fn schedule_order(&mut self, id: u32) {
        let Some(order) = self.order(id) else { return };
        let (created, on_renewal) = (order.created, order.on_renewal);
        self.schedule(created + STARTS_AFTER, Event::StartOrder(id));
        if !on_renewal {
            self.schedule(created + FINISHES_AFTER, Event::FinishOrder(id));
        }
    }

    /// Provisions an order, or lets it fail.
    pub(super) fn finish_order(&mut self, id: u32, at: OffsetDateTime) {
        let Some(order) = self.order_mut(id).filter(|order| order.status.is_open()) else { return };
        let fails = order.fails;
        order.status = if fails { OrderStatus::ProvisioningFailed } else { OrderStatus::Completed };
        order.provisioned = (!fails).then_some(at);
        let (kind, lines, subscription) = (order.kind, order.lines.clone(), order.subscription);
        let switch = order.switch.zip(subscription);
        self.close_order(id);
        match (kind, fails) {
            (OrderKind::Sales, false) => self.each_subscription(&lines, |state, id| state.activate(id, at)),
            (OrderKind::Sales, true) => self.each_subscription(&lines, |state, id| state.abandon(id, at)),
            (OrderKind::Change, false) if let Some((to, id)) = switch => self.switch(id, to, &lines, at),
            (OrderKind::Change, false) => lines.iter().for_each(|line| self.change_line(line, at)),
            (OrderKind::Renewal, false) => subscription.into_iter().for_each(|id| self.extend_term(id, at)),
            (OrderKind::Cancellation, false) => subscription.into_iter().for_each(|id| self.terminate(id, at)),
            (_, true) => {}
        }
    }

    /// Abandons an order that has not ended; what a sale has created goes with it.
    pub(crate) fn cancel_order(&mut self, id: u32, at: OffsetDateTime) {
        let Some(order) = self.order_mut(id) else { return };
        order.status = OrderStatus::Cancelled;
        let (kind, lines) = (order.kind, order.lines.clone());
        self.close_order(id);
        if kind == OrderKind::Sales {
            self.each_subscription(&lines, |state, id| state.abandon(id, at));
        }
    }

    /// Takes an ended order off its subscriptions.
    fn close_order(&mut self, id: u32) {
        let Some(order) = self.order(id) else { return };
        let of_lines = order.lines.iter().filter_map(|line| line.subscription);
        let subscriptions: Vec<u32> = of_lines.chain(order.subscription).collect();
        for subscription in subscriptions {
            if let Some(subscription) = self.subscription_mut(subscription) {
                subscription.open_orders.retain(|open| *open != id);
            }
        }
    }

    /// A new subscription comes to life, and its first term begins.
    fn activate(&mut self, id: u32, at: OffsetDateTime) {
        let Some(subscription) = self.subscription_mut(id) else { return };
        if subscription.status != SubscriptionStatus::Pending {
            return;
        }
        let end = subscription.term.start(at.date(), 1);
        subscription.status = SubscriptionStatus::Active;
        subscription.began = at.date();
        subscription.term_start = at.date();
        subscription.term_end = Some(end);
        subscription.modified = at.date();
        self.schedule(midnight(end), Event::EndTerm(id));
    }

    /// A subscription whose sale failed was never there for its customer.
    fn abandon(&mut self, id: u32, at: OffsetDateTime) {
        if let Some(subscription) = self.subscription_mut(id) {
            subscription.status = SubscriptionStatus::Removed;
            subscription.modified = at.date();
        }
    }

    /// The subscription goes over to another plan or term with its seats.
    fn switch(&mut self, id: u32, to: Switch, lines: &[OrderLine], at: OffsetDateTime) {
        let Some(subscription) = self.subscription_mut(id) else { return };
        subscription.plan = to.plan;
        subscription.term = to.term;
        subscription.modified = at.date();
        subscription.lines = lines.iter().map(|line| ProductLine::new(line.product, line.target)).collect();
        subscription.additions.clear();
        // At the end of a term the next one begins by itself.
        if subscription.term_end == Some(at.date()) {
            return;
        }
        if to.restart {
            subscription.began = at.date();
            subscription.term_start = at.date();
        }
        let end = to.term.around(subscription.term_start, at.date()).1;
        subscription.term_end = Some(end);
        self.schedule(midnight(end), Event::EndTerm(id));
    }

    fn change_line(&mut self, line: &OrderLine, at: OffsetDateTime) {
        let Some(subscription) = line.subscription.and_then(|id| self.subscription_mut(id)) else { return };
        subscription.modified = at.date();
        let (product, target) = (line.product, line.target);
        let held = subscription.line(product).map_or(0, |line| line.quantity);
        if target > held {
            subscription.additions.push(Addition { product, at, seats: target - held });
        } else {
            take_back(&mut subscription.additions, product, held - target);
        }
        if let Some(line) = subscription.line_mut(product) {
            line.quantity = target;
        }
    }

    /// The next term begins where the present one ends.
    pub(super) fn extend_term(&mut self, id: u32, at: OffsetDateTime) {
        let Some(subscription) = self.subscription_mut(id) else { return };
        let start = subscription.term_end.unwrap_or(at.date());
        let end = subscription.term.start(start, 1);
        if start <= at.date() {
            subscription.term_start = start;
        }
        subscription.term_end = Some(end);
        subscription.modified = at.date();
        self.schedule(midnight(end), Event::EndTerm(id));
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

    fn each_subscription(&mut self, lines: &[OrderLine], mut act: impl FnMut(&mut Self, u32)) {
        let mut done = Vec::new();
        for id in lines.iter().filter_map(|line| line.subscription) {
            if !done.contains(&id) {
                done.push(id);
                act(self, id);
            }
        }
    }
}

/// Seats given back are the ones bought last.
fn take_back(additions: &mut Vec<Addition>, product: u16, mut seats: u32) {
    for addition in additions.iter_mut().rev().filter(|addition| addition.product == product) {
        let taken = addition.seats.min(seats);
        addition.seats -= taken;
        seats -= taken;
    }
    additions.retain(|addition| addition.seats > 0);
}
