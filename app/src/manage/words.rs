//! Switches and acts in words.

use super::act::Kind;
use crate::approvals::verb;
use crate::catalogue::words::{billing_policy, effective};
use crate::format;
use crate::orders::start_in_words;
use crate::seats::{QuoteText, per_period, priced_at};
use crate::url::Query;
use backend::catalogue::PlanSwitch;
use backend::orders::{CancellationWindow, MoveInto, Quote, start_is_disputed, term_end_after};
use backend::subscriptions::{PriceBeside, Subscription};
use domain::{Margin, Money};
use time::Date;

/// `Workplace Premium, 1 year`
pub(super) fn target(switch: &PlanSwitch) -> String {
    let plan = switch.target_name.clone().or_else(|| switch.target_id.as_ref().map(|id| format!("Plan {id}")));
    let plan = plan.unwrap_or_else(|| "This plan".to_owned());
    match switch.to_term.as_ref().and_then(format::length) {
        Some(term) => format!("{plan}, {term}"),
        None => plan,
    }
}

/// `At once. Prorated; the expiry date stays.`
pub(super) fn policy(switch: &PlanSwitch) -> String {
    let when = switch.effective.as_ref().map(effective);
    let bill = switch.billing_policy.as_ref().map(billing_policy);
    let sentences: Vec<String> = [when, bill].into_iter().flatten().map(|words| format!("{words}.")).collect();
    if sentences.is_empty() { "The marketplace does not say how it is billed.".to_owned() } else { sentences.join(" ") }
}

/// The same in a review, where it stands beside what the person chose.
fn by_the_plan(switch: &PlanSwitch) -> String {
    format!("What the plan says of this switch: {}", policy(switch))
}

/// What was chosen for a switch and what comes of it, as far as the copy tells: label and text.
pub(super) fn chosen(
    subscription: &Subscription,
    switch: &PlanSwitch,
    restart: bool,
    today: Date,
) -> Vec<(&'static str, String)> {
    let term = switch.to_term.as_ref().or(subscription.term.as_ref()).and_then(format::length);
    let end = match term_end_after(subscription, switch, restart, today) {
        Some(day) => format!("about {}; the marketplace sets the day when it switches", format::date(day)),
        None => "set by the marketplace when it switches".to_owned(),
    };
    let then = match subscription.auto_renew {
        Some(true) => "Renews",
        Some(false) => "Ends",
        None => "Up for renewal",
    };
    vec![
        ("Start", start(switch, restart)),
        ("Term", term.unwrap_or_else(|| "not known".to_owned())),
        (then, end),
        ("Afterwards", "What it costs per period afterwards is not told before the switch.".to_owned()),
    ]
}

fn start(switch: &PlanSwitch, restart: bool) -> String {
    let chosen = start_in_words(restart);
    if start_is_disputed(switch, restart) {
        return format!("{chosen}. The plan says otherwise below, and the marketplace decides.");
    }
    format!("{chosen}.")
}

/// What the act does, before anything else is said.
pub(super) fn meaning(kind: Kind, subscription: &Subscription, switch: Option<&PlanSwitch>) -> String {
    let renewal = subscription.renews_on.map(format::date);
    match kind {
        Kind::SeatsAtRenewal => {
            let day = renewal.unwrap_or_else(|| "the renewal".to_owned());
            format!("Until {day} nothing changes. The order waits at the marketplace until then and can be cancelled.")
        }
        Kind::Switch => switch.map(by_the_plan).unwrap_or_default(),
        Kind::Move => String::new(),
        Kind::Renew => {
            let length = subscription.term.as_ref().and_then(format::length);
            let length = length.map(|length| format!(" of {length}")).unwrap_or_default();
            format!("The subscription is extended by another term{length}, with the same seats.")
        }
        Kind::Cancel => "The services stop when the marketplace has carried this out. Their data is lost after the \
                         vendor's hold."
            .to_owned(),
    }
}

/// Where the seats go, when, and what is left behind.
pub(super) fn moved(subscription: &Subscription, query: &Query, quote: Option<&Quote>) -> Vec<String> {
    let into = query.get("into").and_then(|into| into.parse().ok()).unwrap_or(MoveInto::New);
    let renewal = subscription.renews_on.map_or_else(|| "the renewal".to_owned(), format::date);
    let place = match &into {
        MoveInto::Same => "The seats stay in this subscription and become the other product.".to_owned(),
        MoveInto::New => format!("The seats leave for a new subscription, which ends with this one: {renewal}."),
        MoveInto::Subscription(id) => format!("The seats leave for the customer's subscription {id}."),
    };
    let later = quote.is_some_and(|quote| quote.at_renewal);
    let later = later.then(|| format!("The marketplace carries this out with the renewal: {renewal}."));
    let all = quote.and_then(|quote| quote.lines.first()).is_some_and(|line| line.after.get() == 0);
    let ends = all && into != MoveInto::Same && subscription.lines.len() == 1;
    let ends = ends.then(|| "No seats are left in this subscription then: the marketplace ends it.".to_owned());
    [Some(place), later, ends].into_iter().flatten().collect()
}

/// Whether the vendor still takes the subscription back.
pub(super) fn window(window: CancellationWindow, subscription: &Subscription) -> String {
    let vendor = subscription.vendor.as_deref().unwrap_or("the vendor");
    match window {
        CancellationWindow::Open(day) => {
            format!("{vendor} takes it back until {}: what is left of the term is refunded.", format::date(day))
        }
        CancellationWindow::Closed(day) => format!(
            "{vendor} took it back until {} only. The marketplace will probably refuse this now; turn automatic \
             renewal off to let it end with its term.",
            format::date(day)
        ),
        CancellationWindow::NotKnown => {
            format!("Until when {vendor} takes a subscription back is not known. The estimate shows what is refunded.")
        }
    }
}

/// The estimate of the act.
pub(super) fn estimate(kind: Kind, quote: &Quote) -> QuoteText {
    let now = quote.now.map_or_else(|| "not told".to_owned(), Money::display_signed);
    let mut rows = vec![(charged_now(quote).to_owned(), now)];
    // Nothing recurs after the end.
    rows.extend(per_period(quote).filter(|_| kind != Kind::Cancel));
    rows.extend(quote.cost_now.map(|cost| ("Your cost now".to_owned(), cost.display_signed())));
    let notes = [later(kind, quote).map(ToOwned::to_owned), Some(priced_at(quote))];
    QuoteText { rows, notes: notes.into_iter().flatten().collect() }
}

/// Of what is carried out with the renewal, the marketplace names only what is due now.
fn later(kind: Kind, quote: &Quote) -> Option<&'static str> {
    match (quote.at_renewal, quote.per_period.is_empty() || kind == Kind::Cancel) {
        (false, _) => None,
        (true, true) => Some("What the renewal charges is not told before it."),
        (true, false) => Some("The renewal is charged as the line \u{201c}Then per \u{2026}\u{201d} says."),
    }
}

/// The label of the amount that is charged or credited now.
fn charged_now(quote: &Quote) -> &'static str {
    let credit = quote.now.is_some_and(|now| now.amount.is_sign_negative() && !now.amount.is_zero());
    if credit { "Credited now, before tax" } else { "Charged now, before tax" }
}

/// What the button says: the act and the amount.
pub(super) fn button(kind: Kind, quote: &Quote) -> String {
    let amount = quote.now.map(|now| format!(", {} now", now.display_signed())).unwrap_or_default();
    let seats = quote.lines.first().map(|line| format::seats(line.after.get().into())).unwrap_or_default();
    let verb = verb(quote);
    match kind {
        Kind::SeatsAtRenewal => format!("{verb}: {seats} with the renewal"),
        Kind::Switch => format!("{verb}: switch{amount}"),
        Kind::Move => format!("{verb}: move {}{amount}", moving(quote)),
        Kind::Renew => format!("{verb}: renewal{amount}"),
        Kind::Cancel if !quote.approval.is_empty() => format!("{verb}: cancellation{amount}"),
        Kind::Cancel => format!("Cancel the subscription{amount}"),
    }
}

/// What is told once automatic renewal is on or off.
pub(super) fn auto_renewal_set(on: bool) -> &'static str {
    if on {
        "Automatic renewal is on: a new term begins by itself."
    } else {
        "Automatic renewal is off: no new term begins by itself."
    }
}

/// What is told once a special price is set.
pub(super) fn price_set(set: &PriceBeside) -> String {
    let told = format!("One seat of {} costs the customer {} in future bills.", set.product, set.price.display());
    let Some((cost, margin)) = set.cost.and_then(|cost| Some((cost, Margin::of(set.price, cost)?))) else {
        return told;
    };
    if margin.amount.amount.is_zero() || margin.amount.amount.is_sign_positive() {
        return told;
    }
    let (cost, margin) = (cost.display(), format::margin(&margin, None));
    format!("{told} That is below your cost of {cost}: your margin is {margin}.")
}

/// How many seats leave the first of the two lines.
fn moving(quote: &Quote) -> String {
    let leaving = quote.lines.first().map(|line| i64::from(line.before.get()) - i64::from(line.after.get()));
    format::seats(leaving.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use backend::Period;
    use backend::catalogue::{BillingPolicy, SwitchTime};
    use backend::orders::{PeriodAmount, QuotedLine};
    use domain::{Currency, Seats};
    use time::OffsetDateTime;

    /// An estimate for one line of so many seats that become so many.
    fn quote(before: i64, after: i64) -> Quote {
        let line = |before, after| QuotedLine {
            list_price: None,
            name: "Mail".to_owned(),
            before: Seats::new(before).unwrap(),
            after: Seats::new(after).unwrap(),
            amount: None,
        };
        Quote {
            lines: vec![line(before, after)],
            now: None,
            cost_now: None,
            per_period: Vec::new(),
            estimated_at: OffsetDateTime::UNIX_EPOCH,
            undo_until: None,
            at_renewal: false,
            placed_before: None,
            approval: Vec::new(),
            switched: None,
        }
    }

    #[test]
    fn the_button_of_a_move_names_the_seats_that_leave_and_the_amount() {
        let now = Money::new(38.into(), Currency::new("USD").unwrap());
        let quote = Quote { now: Some(now), ..quote(10, 6) };
        assert_eq!(button(Kind::Move, &quote), "Place order: move 4 seats, +38.00 USD now");
    }

    #[test]
    fn what_is_due_now_is_never_called_the_charge_of_the_renewal() {
        let usd = |amount: i64| Money::new(amount.into(), Currency::new("USD").unwrap());
        let monthly = PeriodAmount { period: "month".to_owned(), before: Some(usd(60)), after: usd(48) };
        let quote = Quote { at_renewal: true, now: Some(usd(0)), per_period: vec![monthly], ..quote(10, 8) };
        let text = estimate(Kind::SeatsAtRenewal, &quote);
        assert_eq!(text.rows[0], ("Charged now, before tax".to_owned(), "0.00 USD".to_owned()));
        assert_eq!(text.rows[1], ("Then per month".to_owned(), "48.00 USD (now 60.00 USD)".to_owned()));
        assert_eq!(text.notes[0], "The renewal is charged as the line “Then per …” says.");
        let untold = Quote { per_period: Vec::new(), ..quote.clone() };
        let text = estimate(Kind::Switch, &untold);
        assert_eq!(text.notes[0], "What the renewal charges is not told before it.");
        assert_eq!(estimate(Kind::Renew, &Quote { at_renewal: false, ..quote }).notes.len(), 1);
    }

    #[test]
    fn a_price_below_the_cost_is_told_with_what_it_loses() {
        let usd = |amount: i64| Money::new(amount.into(), Currency::new("USD").unwrap());
        let set = |price, cost| PriceBeside { product: "Mail".to_owned(), price, cost };
        let told = "One seat of Mail costs the customer 8.00 USD in future bills.";
        assert_eq!(price_set(&set(usd(8), Some(usd(6)))), told);
        assert_eq!(price_set(&set(usd(8), None)), told, "the cost is not theirs to see");
        let below = price_set(&set(usd(8), Some(usd(10))));
        assert_eq!(
            below,
            format!("{told} That is below your cost of 10.00 USD: your margin is \u{2212}2.00 USD (\u{2212}25.0%).")
        );
    }

    #[test]
    fn a_review_tells_the_two_starts_of_a_switch_apart() {
        let switch = PlanSwitch {
            target_id: None,
            target_name: None,
            from_term: None,
            to_term: Some(Period { unit: "year".to_owned(), length: 1 }),
            billing_policy: Some(BillingPolicy::ProrateStartingNewSubscriptionPeriod),
            effective: Some(SwitchTime::Immediately),
        };
        assert_eq!(start(&switch, true), "A new term begins with the switch.");
        let kept = start(&switch, false);
        assert!(kept.starts_with("The switch keeps the start of the present term."), "{kept}");
        assert!(kept.contains("The plan says otherwise"), "{kept}");
        assert!(by_the_plan(&switch).starts_with("What the plan says of this switch: At once."));
    }
}
