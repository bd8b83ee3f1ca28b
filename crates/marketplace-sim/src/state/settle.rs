//! Brings the data up to the present: everything that fell due happens at its own time, in order.

use super::{Event, FirstTerm, Order, OrderKind, OrderStatus, ReportStatus, State, SubscriptionStatus};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

/// How long a terminated subscription is kept before it is removed.
pub(crate) const DEPROVISION_AFTER: Duration = Duration::days(30);

impl State {
    /// Lets happen what is due by `now`.
    pub(crate) fn settle(&mut self, now: OffsetDateTime) {
        while let Some((at, event)) = self.agenda.take_due(now) {
            match event {
                Event::StartOrder(id) => self.start_order(id),
                Event::FinishOrder(id) => self.finish_order(id, at),
                Event::EndTerm(id) => self.end_term(id, at),
                Event::Deprovision(id) => self.deprovision(id, at),
                Event::StartReport(index) => {
                    self.advance_report(index, ReportStatus::Submitted, ReportStatus::Processing);
                }
                Event::FinishReport(index) => self.finish_report(index),
            }
        }
    }

    fn start_order(&mut self, id: u32) {
        if let Some(order) = self.order_mut(id).filter(|order| order.status == OrderStatus::WaitingForPayment) {
            order.status = if order.on_renewal { OrderStatus::Scheduled } else { OrderStatus::Provisioning };
        }
    }

    fn end_term(&mut self, id: u32, at: OffsetDateTime) {
        let Some(subscription) = self.subscription(id) else { return };
        let runs = matches!(subscription.status, SubscriptionStatus::Active | SubscriptionStatus::Hold);
        if !runs || subscription.term_end != Some(at.date()) {
            return;
        }
        let renews = subscription.auto_renew;
        self.finish_scheduled(id, at);
        let cancelled = self.subscription(id).is_some_and(|sub| sub.status == SubscriptionStatus::Terminated);
        match (renews, cancelled) {
            (true, false) => self.renew(id, at),
            (false, false) => self.terminate(id, at),
            (_, true) => {}
        }
    }

    /// Completes the changes that waited for the renewal.
    fn finish_scheduled(&mut self, subscription: u32, at: OffsetDateTime) {
        let open = self.subscription(subscription).map(|subscription| subscription.open_orders.clone());
        for id in open.unwrap_or_default() {
            if self.order(id).is_some_and(|order| order.on_renewal) {
                self.finish_order(id, at);
            }
        }
    }

    /// The platform renews by itself, and leaves an order behind.
    fn renew(&mut self, id: u32, at: OffsetDateTime) {
        let Some(subscription) = self.subscription(id) else { return };
        let (customer, po_number) = (subscription.customer, subscription.po_number.clone());
        let number = self.next_order_number(OrderKind::Renewal.prefix());
        let order = Order {
            id: self.next_order_id(),
            number,
            kind: OrderKind::Renewal,
            customer,
            subscription: Some(id),
            po_number,
            created: at,
            provisioned: Some(at),
            status: OrderStatus::Completed,
            total: self.renewal_price(id, at),
            lines: Vec::new(),
            attributes: std::collections::BTreeMap::new(),
            credit_check: true,
            on_renewal: false,
            switch: None,
            first_term: FirstTerm::default(),
            aligned_with: None,
            billing_dates: None,
            fails: false,
        };
        self.orders.push(order);
        self.extend_term(id, at);
    }

    fn deprovision(&mut self, id: u32, at: OffsetDateTime) {
        if let Some(subscription) = self.subscription_mut(id)
            && subscription.status == SubscriptionStatus::Terminated
        {
            subscription.status = SubscriptionStatus::Removed;
            subscription.modified = at.date();
        }
    }

    fn finish_report(&mut self, index: usize) {
        let fails = self.reports.get(index).is_some_and(|report| report.fails);
        let end = if fails { ReportStatus::Error } else { ReportStatus::Completed };
        self.advance_report(index, ReportStatus::Processing, end);
    }

    fn advance_report(&mut self, index: usize, from: ReportStatus, to: ReportStatus) {
        if let Some(report) = self.reports.get_mut(index).filter(|report| report.status == from) {
            report.status = to;
        }
    }
}

/// Midnight (UTC) at the beginning of a day.
pub(crate) fn midnight(day: Date) -> OffsetDateTime {
    day.midnight().assume_offset(UtcOffset::UTC)
}
