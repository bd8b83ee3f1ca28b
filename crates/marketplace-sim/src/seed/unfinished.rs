//! Orders that did not simply complete: every status is there, whatever the dice say.

use super::orders::Clerk;
use crate::pricing;
use crate::state::{Order, OrderStatus, Period, Special, Subscription, SubscriptionStatus, midnight};
use domain::Money;
use time::{Duration, OffsetDateTime};

impl Clerk<'_> {
    /// A change in progress since yesterday, one that waits for the renewal, one that failed and one that was cancelled.
    pub(super) fn leave_unfinished(&mut self, subscriptions: &[Subscription], orders: &mut Vec<Order>) {
        let long_ago = midnight(self.today) - Duration::days(10);
        let mut candidates = subscriptions.iter().filter(|subscription| {
            subscription.status == SubscriptionStatus::Active
                && subscription.term == Period::YEAR
                && subscription.auto_renew
                && subscription.created < long_ago
                && subscription.lines.first().is_some_and(|line| line.quantity > 4)
        });
        let since = midnight(self.today);
        let wanted = [
            (OrderStatus::Provisioning, 2, since - Duration::hours(9)),
            (OrderStatus::Scheduled, -3, since - Duration::days(4)),
            (OrderStatus::ProvisioningFailed, 5, since - Duration::hours(30)),
            (OrderStatus::Cancelled, 1, since - Duration::days(6)),
        ];
        for (status, difference, at) in wanted {
            let chosen = candidates.next();
            orders.extend(chosen.map(|subscription| self.unfinished(subscription, status, difference, at)));
        }
    }

    fn unfinished(
        &mut self,
        subscription: &Subscription,
        status: OrderStatus,
        difference: i32,
        at: OffsetDateTime,
    ) -> Order {
        let mut order = self.change(subscription, difference, at);
        order.status = status;
        order.provisioned = None;
        if status == OrderStatus::Scheduled {
            order.on_renewal = true;
            order.total = order.total.map(|total| Money::zero(total.currency));
            let renewal = subscription.term_end.unwrap_or(self.today);
            for (line, held) in order.lines.iter_mut().zip(&subscription.lines) {
                line.charge = pricing::later(self.catalogue, &held.with(line.target, Special::default()), renewal);
            }
        }
        order
    }
}
