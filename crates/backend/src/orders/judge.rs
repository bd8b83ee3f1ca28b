//! Whether an order at the marketplace is the one that was sent.

use super::evidence::Candidate;
use super::place::MARK;
use super::progress::Held;
use crate::Result;
use marketplace::models::{Order, OrderDetailed, OrderRequest};
use rust_decimal::Decimal;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// What the order must be like.
pub(super) struct Wanted<'a> {
    intent: &'a Held,
    request: OrderRequest,
    sent_at: OffsetDateTime,
}

/// What an order is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It carries our mark.
    Ours,
    /// It has no mark, and everything else is the same.
    Possible,
    /// It is another one, for these reasons.
    Other(Vec<String>),
}

/// How far the marketplace's clock may be from ours, where there is no mark to go by.
const CLOCK_SKEW: Duration = Duration::minutes(5);

/// What has no mark and was created later than this after the sending is hardly the same order.
const LATEST_WITHOUT_MARK: Duration = Duration::minutes(30);

impl<'a> Wanted<'a> {
    pub(super) fn new(intent: &'a Held, sent_at: OffsetDateTime) -> Result<Self> {
        Ok(Self { intent, request: serde_json::from_value(intent.body.clone())?, sent_at })
    }

    /// What a list row alone rules out; `None` where its detail has to be read.
    pub(super) fn ruled_out(&self, order: &Order) -> Option<Vec<String>> {
        if self.has_our_mark(order) {
            return None;
        }
        let mut reasons = Vec::new();
        if has_a_mark(order) {
            reasons.push(ANOTHER_MARK.to_owned());
        }
        if order.kind.as_ref() != Some(&self.request.kind) {
            let kind = order.kind.as_ref().map_or("of no kind", |kind| kind.as_str());
            reasons.push(format!("Its type is {kind}, not {}.", self.request.kind.as_str()));
        }
        (!reasons.is_empty()).then_some(reasons)
    }

    /// Our mark settles it. Where the marketplace keeps no attributes (assumed possible), everything else must be the same.
    pub(super) fn judge(&self, order: &OrderDetailed) -> Verdict {
        if self.has_our_mark(&order.order) {
            return Verdict::Ours;
        }
        if let Some(reasons) = self.ruled_out(&order.order) {
            return Verdict::Other(reasons);
        }
        let created = order.order.creation_date;
        let checks = [
            (self.other_products(order), "It is for other products."),
            (self.other_seats(order), "It is for another number of seats."),
            (self.other_subscription(order), "It is about another subscription."),
            (order.order.po_number != self.intent.po_number, "Its PO number is another one."),
            (created.is_some_and(|at| at < self.sent_at - CLOCK_SKEW), "It was created before this one was sent."),
            (
                created.is_some_and(|at| at > self.sent_at + LATEST_WITHOUT_MARK),
                "It was created more than half an hour after this one was sent.",
            ),
        ];
        let reasons: Vec<String> =
            checks.into_iter().filter(|(differs, _)| *differs).map(|(_, reason)| reason.to_owned()).collect();
        if reasons.is_empty() { Verdict::Possible } else { Verdict::Other(reasons) }
    }

    /// Whatever else it says: nobody but us knows the mark.
    pub(super) fn has_our_mark(&self, order: &Order) -> bool {
        has_mark_of(order, self.intent.id)
    }

    /// It is older than the sending, so nothing has to be read to know that it is another one.
    pub(super) fn is_older(&self, order: &Order) -> bool {
        order.creation_date.is_some_and(|at| at < self.sent_at - CLOCK_SKEW)
    }

    /// Renewals and cancellations are read back without their products.
    fn other_products(&self, order: &OrderDetailed) -> bool {
        !order.products.is_empty()
            && sorted(order.products.iter().map(|line| line.mpn.as_deref()))
                != sorted(self.request.products.iter().map(|line| line.mpn.as_deref()))
    }

    /// Lines read back as totals or as differences, so either is the same.
    fn other_seats(&self, order: &OrderDetailed) -> bool {
        if self.request.products.len() != self.intent.lines.len() {
            return false;
        }
        let wanted = self.request.products.iter().zip(&self.intent.lines);
        wanted.into_iter().any(|(asked, line)| {
            let (after, before) = (Decimal::from(line.after.get()), Decimal::from(line.before.get()));
            let theirs = order.products.iter().find(|theirs| theirs.mpn == asked.mpn);
            let quantity = theirs.and_then(|theirs| theirs.quantity);
            quantity.is_some_and(|quantity| quantity != after && quantity != after - before)
        })
    }

    fn other_subscription(&self, order: &OrderDetailed) -> bool {
        let theirs = order.subscription_id.as_ref().map(domain::SubscriptionId::as_str);
        self.intent.subscription_id.is_some() && theirs != self.intent.subscription_id.as_deref()
    }
}

/// What is said of an order of another intent.
pub(super) const ANOTHER_MARK: &str = "It carries the mark of another order.";

/// Whether it is the order of that intent.
pub(super) fn has_mark_of(order: &Order, intent: Uuid) -> bool {
    order.attributes.get(MARK).is_some_and(|mark| *mark == intent.to_string())
}

/// Whether it was placed by Seatboard.
pub(super) fn has_a_mark(order: &Order) -> bool {
    order.attributes.contains_key(MARK)
}

/// The order as it is shown to people.
pub(super) fn candidate(order: &Order, reasons: Vec<String>, fits: bool) -> Candidate {
    Candidate {
        order_id: order.id.to_string(),
        order_number: order.order_number.clone(),
        status: order.status.as_ref().map(|status| status.as_str().to_owned()),
        created_at: order.creation_date,
        fits,
        claimed: false,
        reasons,
    }
}

fn sorted<'a>(mpns: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<&'a str>> {
    let mut mpns: Vec<_> = mpns.collect();
    mpns.sort_unstable();
    mpns
}
