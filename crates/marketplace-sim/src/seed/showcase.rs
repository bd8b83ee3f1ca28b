//! Makes sure that whatever a screen should be tried with is there, however few customers were asked for.

use super::subscriptions::move_start;
use crate::state::{
    Catalogue, CustomerStatus, Period, PlanIndex, ProductLine, State, Subscription, SubscriptionStatus, midnight,
};
use time::{Date, Duration};

/// Renewals in the coming month, as days from today.
const RENEWALS_SOON: [i64; 6] = [1, 3, 6, 11, 19, 27];

/// Rearranges some of the subscriptions that run, of customers who may order.
pub(super) fn arrange(state: &State, subscriptions: &mut [Subscription], today: Date) {
    let catalogue = &state.catalogue;
    let mut running = subscriptions.iter_mut().filter(|subscription| {
        let customer = state.customer(subscription.customer);
        subscription.status == SubscriptionStatus::Active
            && customer.is_some_and(|customer| customer.status == CustomerStatus::Active)
    });
    for days in RENEWALS_SOON {
        if let Some(subscription) = running.find(|subscription| subscription.term == Period::YEAR) {
            let renewal = today + Duration::days(days);
            let begun = renewal.replace_year(renewal.year() - 2).unwrap_or(renewal - Duration::days(731));
            move_start(subscription, midnight(begun) + Duration::hours(10), today);
        }
    }
    if let Some(subscription) = running.next() {
        become_plan(catalogue, subscription, "Northwind Compute reservation", Period::YEAR, &[], today);
    }
    if let Some(subscription) = running.next() {
        become_plan(catalogue, subscription, "Northwind Compute", Period::MONTH, &[1], today);
    }
    if let Some(subscription) = running.next() {
        become_plan(catalogue, subscription, "Business Standard", Period::YEAR, &[14, 5], today);
    }
    if let Some(subscription) = running.next() {
        become_plan(catalogue, subscription, "Fernhollow Wiki", Period::YEAR, &[12], today);
    }
    if let Some(subscription) = running.next() {
        // Perpetual licences keep their far-future expiry even when they are removed.
        become_plan(catalogue, subscription, "Oldstone Office 2026, perpetual", Period::PERPETUAL, &[3], today);
        subscription.status = SubscriptionStatus::Removed;
        subscription.auto_renew = false;
    }
    if let Some(subscription) = running.next() {
        subscription.status = SubscriptionStatus::Hold;
    }
    for (subscription, hours) in running.by_ref().take(3).zip([2, 7, 30]) {
        subscription.status = SubscriptionStatus::Pending;
        subscription.created = midnight(today) - Duration::hours(hours);
        subscription.began = subscription.created.date();
        subscription.billed_from = subscription.began;
        subscription.term_start = subscription.began;
        subscription.modified = subscription.term_start;
        subscription.term_end = None;
    }
    // Begun this week, so that the vendor still takes seats back.
    if let Some(subscription) = running.next() {
        become_plan(catalogue, subscription, "Business Premium", Period::YEAR, &[9], today);
        move_start(subscription, midnight(today - Duration::days(2)) + Duration::hours(9), today);
    }
}

fn become_plan(
    catalogue: &Catalogue,
    subscription: &mut Subscription,
    plan: &str,
    term: Period,
    quantities: &[u32],
    today: Date,
) {
    let Some(index) = catalogue.plans.iter().position(|candidate| candidate.name == plan) else { return };
    subscription.plan = PlanIndex::try_from(index).unwrap_or_default();
    subscription.term = term;
    let offer = catalogue.offer(subscription.plan, term).zip(quantities);
    subscription.lines = offer.map(|(product, quantity)| ProductLine::new(product, *quantity)).collect();
    subscription.parameters.clear();
    move_start(subscription, subscription.created, today);
}
