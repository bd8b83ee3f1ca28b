//! What orders do to subscriptions when they are provisioned, and not a moment before.

use super::settle::midnight;
use super::{
    Addition, Event, FirstTerm, OrderKind, OrderLine, OrderStatus, ProductIndex, ProductLine, Special, State,
    SubscriptionStatus, Switch, Transfer,
};
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
        let (switch, first_term) = (order.switch.zip(subscription), order.first_term);
        self.close_order(id);
        match (kind, fails) {
            (_, true) => self.abandon_made(&lines, kind, at),
            (OrderKind::Sales | OrderKind::Migration, false) => {
                self.each_subscription(&lines, |state, id| state.activate(id, first_term, at));
            }
            (OrderKind::Change, false) if let Some((to, id)) = switch => self.switch(id, to, &lines, at),
            (OrderKind::Change, false) => self.change(&lines, first_term, at),
            (OrderKind::Renewal, false) => subscription.into_iter().for_each(|id| self.extend_term(id, at)),
            (OrderKind::Cancellation, false) => subscription.into_iter().for_each(|id| self.terminate(id, at)),
        }
    }

    /// Abandons an order that has not ended; what it has created goes with it.
    pub(crate) fn cancel_order(&mut self, id: u32, at: OffsetDateTime) {
        let Some(order) = self.order_mut(id) else { return };
        order.status = OrderStatus::Cancelled;
        let (kind, lines) = (order.kind, order.lines.clone());
        self.close_order(id);
        self.abandon_made(&lines, kind, at);
    }

    fn abandon_made(&mut self, lines: &[OrderLine], kind: OrderKind, at: OffsetDateTime) {
        if kind.makes_subscriptions() {
            self.each_subscription(lines, |state, id| state.abandon(id, at));
        }
        let moves = lines.iter().filter_map(|line| line.transfer).filter(Transfer::makes_subscription);
        moves.filter_map(|transfer| transfer.into).for_each(|id| self.abandon(id, at));
    }

    /// Takes an ended order off its subscriptions.
    fn close_order(&mut self, id: u32) {
        let Some(order) = self.order(id) else { return };
        for subscription in order.touches() {
            if let Some(subscription) = self.subscription_mut(subscription) {
                subscription.open_orders.retain(|open| *open != id);
            }
        }
    }

    /// A new subscription comes to life. Its first term begins, or goes on where it was before.
    fn activate(&mut self, id: u32, first: FirstTerm, at: OffsetDateTime) {
        let Some(billing) = self.subscription(id).map(|subscription| self.catalogue.plan(subscription.plan).billing)
        else {
            return;
        };
        let Some(subscription) = self.subscription_mut(id) else { return };
        if subscription.status != SubscriptionStatus::Pending {
            return;
        }
        let began = first.begins.unwrap_or(at.date());
        let end = first.ends.unwrap_or_else(|| subscription.term.start(began, 1));
        let cut = first.begins.is_none() && first.ends.is_some();
        subscription.status = SubscriptionStatus::Active;
        subscription.began = began;
        subscription.billed_from = if cut { billing.anchor(end, began) } else { began };
        subscription.term_start = began;
        subscription.term_end = Some(end);
        subscription.auto_renew = first.renews.unwrap_or(subscription.auto_renew);
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
        let taken_over = |line: &OrderLine| ProductLine::new(line.product, 0).with(line.target, line.special);
        subscription.lines = lines.iter().map(taken_over).collect();
        subscription.additions.clear();
        // At the end of a term the next one begins by itself.
        if subscription.term_end == Some(at.date()) {
            return;
        }
        if to.restart {
            subscription.began = at.date();
            subscription.billed_from = at.date();
            subscription.term_start = at.date();
        }
        let end = to.term.around(subscription.term_start, at.date()).1;
        subscription.term_end = Some(end);
        self.schedule(midnight(end), Event::EndTerm(id));
    }

    /// Other seats, seats that go over to other products, and with the renewal another end of the term.
    fn change(&mut self, lines: &[OrderLine], first: FirstTerm, at: OffsetDateTime) {
        for line in lines {
            let Some(id) = line.subscription else { continue };
            match line.transfer {
                Some(transfer) => self.hand_over(id, line, transfer, first, at),
                None => self.set_seats(id, line.product, line.target, line.special, at),
            }
            if let Some(subscription) = self.subscription_mut(id).filter(|_| line.transfer.is_none()) {
                subscription.next_end = first.ends.or(subscription.next_end);
            }
        }
    }

    /// Seats leave their line and arrive in the other. Nothing is left of a subscription without seats.
    fn hand_over(&mut self, id: u32, line: &OrderLine, transfer: Transfer, first: FirstTerm, at: OffsetDateTime) {
        let Some(into) = transfer.into else { return };
        self.set_seats(id, line.product, line.target, Special::default(), at);
        if transfer.makes_subscription() {
            self.activate(into, first, at);
        } else {
            let held = self.subscription(into).and_then(|subscription| subscription.line(transfer.to));
            let seats = held.map_or(0, |line| line.quantity) + transfer.seats;
            self.set_seats(into, transfer.to, seats, line.special, at);
        }
        if let Some(subscription) = self.subscription_mut(id) {
            subscription.lines.retain(|line| line.quantity > 0);
            if subscription.lines.is_empty() {
                self.terminate(id, at);
            }
        }
    }

    fn set_seats(&mut self, id: u32, product: ProductIndex, target: u32, special: Special, at: OffsetDateTime) {
        let Some(subscription) = self.subscription_mut(id) else { return };
        subscription.modified = at.date();
        let held = subscription.line(product).map_or(0, |line| line.quantity);
        if target > held {
            subscription.additions.push(Addition { product, at, seats: target - held });
        } else {
            take_back(&mut subscription.additions, product, held - target);
        }
        match subscription.line_mut(product) {
            Some(line) => *line = line.with(target, special),
            None => subscription.lines.push(ProductLine::new(product, 0).with(target, special)),
        }
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
