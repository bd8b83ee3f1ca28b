//! Writes the orders behind one subscription: the sale, seat changes, renewals and the end.

use super::Dice;
use crate::pricing;
use crate::state::{
    Addition, Catalogue, Charge, FirstTerm, Order, OrderKind, OrderLine, OrderNumber, OrderStatus, Period,
    ProductIndex, ProductLine, Special, Subscription, SubscriptionStatus, midnight,
};
use domain::Money;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use time::{Date, Duration, OffsetDateTime};

/// Of subscriptions that renew every month, only the latest renewals are kept.
const MONTHLY_RENEWALS_KEPT: u32 = 2;

/// Writes orders.
pub(super) struct Clerk<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) dice: Dice,
    pub(super) today: Date,
    /// How many sales have not ended.
    pub(super) opened: usize,
}

impl Clerk<'_> {
    /// All orders of one subscription, whose seats then agree with them.
    pub(super) fn write(&mut self, subscription: &mut Subscription, orders: &mut Vec<Order>) {
        let changes = self.changes(subscription);
        orders.push(self.sale(subscription, &changes));
        orders.extend(changes);
        self.renewals(subscription, orders);
        let over = matches!(subscription.status, SubscriptionStatus::Terminated | SubscriptionStatus::Removed);
        if over && self.dice.percent(30) {
            let at = midnight(subscription.modified) + Duration::hours(9);
            orders.push(self.order(subscription, OrderKind::Cancellation, at.max(subscription.created)));
        }
    }

    /// Seat changes, worked backwards from today's seats.
    fn changes(&mut self, subscription: &mut Subscription) -> Vec<Order> {
        let count = *self.dice.weighted(&[(62, 0), (26, 1), (12, 2)]);
        let last_day =
            if subscription.status == SubscriptionStatus::Removed { subscription.modified } else { self.today };
        let days = u32::try_from((last_day - subscription.created.date()).whole_days()).unwrap_or(0);
        let changeable = subscription.status != SubscriptionStatus::Pending && days > 3;
        let Some(line) = subscription.lines.first().cloned().filter(|line| changeable && line.quantity > 1) else {
            return Vec::new();
        };
        let mut ages: Vec<u32> = (0..count).map(|_| self.dice.between(1..=days - 1)).collect();
        ages.sort_unstable();
        let (mut held, mut changes) = (line.quantity, Vec::new());
        for age in ages {
            let at = midnight(last_day - Duration::days(age.into()))
                + Duration::seconds(self.dice.between(30_000..=60_000).into());
            let difference = *self.dice.pick(&[1, 1, 1, 2, 2, 3, 5, -1, -1, -2]);
            let Some(before) = held.checked_add_signed(-difference).filter(|before| *before > 0) else { continue };
            let mut order = self.change_from(subscription, &line, before, held, at);
            order.status = *self.dice.weighted(&[
                (92, OrderStatus::Completed),
                (4, OrderStatus::Cancelled),
                (4, OrderStatus::ProvisioningFailed),
            ]);
            if order.status == OrderStatus::Completed {
                self.remember(subscription, line.product, difference, at);
                subscription.modified = subscription.modified.max(at.date());
                held = before;
            } else {
                order.provisioned = None;
            }
            changes.push(order);
        }
        changes
    }

    /// Seats bought this week can still be given back.
    fn remember(&self, subscription: &mut Subscription, product: ProductIndex, difference: i32, at: OffsetDateTime) {
        let lately = self.today - at.date() < Duration::days(8);
        if let Some(seats) = u32::try_from(difference).ok().filter(|_| lately) {
            subscription.additions.push(Addition { product, at, seats });
        }
    }

    fn sale(&mut self, subscription: &Subscription, changes: &[Order]) -> Order {
        let completed = changes.iter().filter(|order| order.status == OrderStatus::Completed);
        let first = completed.min_by_key(|order| order.created).and_then(|order| order.lines.first());
        let began = subscription.began;
        let mut order = self.order(subscription, OrderKind::Sales, subscription.created);
        for line in &subscription.lines {
            let seats =
                first.filter(|change| change.product == line.product).map_or(line.quantity, |change| change.before);
            let charge = pricing::sale(self.catalogue, &line.with(seats, Special::default()), None, began);
            order.lines.push(order_line(subscription.id, line.product, 0, seats, charge));
        }
        order.total = total(&order.lines);
        if subscription.status == SubscriptionStatus::Pending {
            order.provisioned = None;
            order.status = self.next_open_status();
        }
        order
    }

    /// Each in turn, so that all occur.
    fn next_open_status(&mut self) -> OrderStatus {
        self.opened += 1;
        let open = [OrderStatus::WaitingForPayment, OrderStatus::Provisioning, OrderStatus::OnHold];
        open[self.opened % open.len()]
    }

    /// A change of the first product line by `difference` seats, from those it holds today.
    pub(super) fn change(&mut self, subscription: &Subscription, difference: i32, at: OffsetDateTime) -> Order {
        let line = subscription.lines.first().cloned().unwrap_or_else(|| ProductLine::new(0, 1));
        let target = line.quantity.saturating_add_signed(difference);
        self.change_from(subscription, &line, line.quantity, target, at)
    }

    fn change_from(
        &mut self,
        subscription: &Subscription,
        line: &ProductLine,
        before: u32,
        target: u32,
        at: OffsetDateTime,
    ) -> Order {
        let mut order = self.order(subscription, OrderKind::Change, at);
        let charge = pricing::change(
            self.catalogue,
            subscription,
            &line.with(before, Special::default()),
            &line.with(target, Special::default()),
            at.date(),
        );
        order.lines.push(order_line(subscription.id, line.product, before, target, charge));
        order.total = total(&order.lines);
        order.po_number = self.dice.percent(40).then(|| format!("PO-{:05}", self.dice.between(1..=99_999)).into());
        order
    }

    fn renewals(&mut self, subscription: &Subscription, orders: &mut Vec<Order>) {
        let term = subscription.term;
        let until = if subscription.term_end.is_some_and(|end| end > self.today) {
            self.today
        } else {
            subscription.term_start
        };
        let past = term.passed(subscription.began, until);
        let kept = if term == Period::MONTH { MONTHLY_RENEWALS_KEPT } else { past };
        for nth in past.saturating_sub(kept) + 1..=past {
            let at =
                midnight(term.start(subscription.began, nth)) + Duration::minutes(self.dice.between(1..=300).into());
            orders.push(self.order(subscription, OrderKind::Renewal, at));
        }
    }

    fn order(&mut self, subscription: &Subscription, kind: OrderKind, at: OffsetDateTime) -> Order {
        let ended = at + Duration::minutes(self.dice.between(1..=45).into());
        Order {
            id: 0,
            number: OrderNumber { prefix: kind.prefix(), number: 0 },
            kind,
            customer: subscription.customer,
            subscription: Some(subscription.id),
            po_number: subscription.po_number.clone(),
            created: at,
            provisioned: Some(ended),
            status: OrderStatus::Completed,
            total: self.renewal_total(subscription),
            lines: Vec::new(),
            attributes: BTreeMap::new(),
            credit_check: true,
            on_renewal: false,
            switch: None,
            first_term: FirstTerm::default(),
            aligned_with: None,
            billing_dates: None,
            fails: false,
        }
    }

    fn renewal_total(&self, subscription: &Subscription) -> Option<Money> {
        let first = self.catalogue.product(subscription.lines.first()?.product);
        let amounts = subscription
            .lines
            .iter()
            .map(|line| line.unit_price(self.catalogue, line.quantity) * Decimal::from(line.quantity));
        Some(Money::new(amounts.sum(), first.currency))
    }
}

fn order_line(subscription: u32, product: ProductIndex, before: u32, target: u32, charge: Charge) -> OrderLine {
    OrderLine {
        product,
        subscription: Some(subscription),
        target,
        before,
        charge,
        parameters: Vec::new(),
        special: Special::default(),
        transfer: None,
    }
}

/// The customer's side of all lines.
fn total(lines: &[OrderLine]) -> Option<Money> {
    let currency = lines.first()?.charge.unit_price.currency;
    Some(Money::new(lines.iter().map(|line| line.charge.price).sum(), currency))
}
