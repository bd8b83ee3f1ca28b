//! Invents subscriptions: about ten for each customer, most of them over.

use super::Dice;
use super::companies::{admin_email, domain};
use super::price_list::PLANS;
use crate::state::{
    Catalogue, Customer, CustomerStatus, Period, PlanIndex, ProductIndex, ProductLine, Subscription,
    SubscriptionStatus, midnight,
};
use serde_json::Value;
use std::collections::BTreeMap;
use time::{Date, Duration, OffsetDateTime};

/// How far back subscriptions go.
const THREE_YEARS: u32 = 1_095;

/// Unsorted and without ids; [`super::history`] gives them both.
pub(super) fn invent(catalogue: &Catalogue, customers: &[Customer], dice: Dice, today: Date) -> Vec<Subscription> {
    let mut inventor = Inventor { catalogue, today, dice, weights: weights() };
    let mut all = Vec::new();
    for customer in customers {
        let lives =
            !matches!(customer.status, CustomerStatus::Cancelled | CustomerStatus::Error | CustomerStatus::Pending);
        let current = if lives { inventor.dice.between(1..=5) } else { 0 };
        let past = if customer.status == CustomerStatus::Pending { 0 } else { inventor.dice.between(4..=11) };
        all.extend((0..current).map(|_| inventor.current(customer)));
        all.extend((0..past).map(|_| inventor.past(customer)));
    }
    all
}

/// Makes one subscription at a time.
struct Inventor<'a> {
    catalogue: &'a Catalogue,
    today: Date,
    dice: Dice,
    weights: Vec<(u32, PlanIndex)>,
}

impl Inventor<'_> {
    /// One that runs.
    fn current(&mut self, customer: &Customer) -> Subscription {
        let (plan, term) = self.offer();
        let longest = if term == Period::MONTH { 400 } else { THREE_YEARS };
        let day = self.today - Duration::days(self.dice.between(2..=self.age(customer, longest)).into());
        let mut subscription = self.begin(customer, plan, term, day);
        let (start, end) = term.around(day, self.today);
        (subscription.term_start, subscription.term_end) = (start, Some(end));
        subscription.modified = start;
        subscription.auto_renew = self.dice.percent(85);
        if !subscription.auto_renew {
            // Deciding against the renewal is a modification.
            let since = u32::try_from((self.today - start).whole_days()).unwrap_or(0);
            subscription.modified = start + Duration::days(self.dice.between(0..=since).into());
        }
        let held = matches!(customer.status, CustomerStatus::AdminHold) || self.dice.percent(4);
        subscription.status = if held { SubscriptionStatus::Hold } else { SubscriptionStatus::Active };
        self.add_details(customer, &mut subscription);
        subscription
    }

    /// One that is over.
    fn past(&mut self, customer: &Customer) -> Subscription {
        let (plan, term) = self.offer();
        let day = self.today - Duration::days(self.dice.between(32..=self.age(customer, THREE_YEARS)).into());
        let mut subscription = self.begin(customer, plan, term, day);
        let terms = if term == Period::MONTH { self.dice.between(1..=9) } else { 1 };
        let ended = term.start(day, terms);
        subscription.term_start = term.start(day, terms - 1);
        subscription.term_end = Some(ended);
        // A term that cannot have run out yet was cancelled early, unless it is for ever.
        let over = if ended < self.today { ended } else { day + (self.today - day) / 2 };
        subscription.modified = over;
        subscription.auto_renew = false;
        let lately = self.today - over < Duration::days(30);
        subscription.status = if lately { SubscriptionStatus::Terminated } else { SubscriptionStatus::Removed };
        subscription
    }

    fn begin(&mut self, customer: &Customer, plan: PlanIndex, term: Period, day: Date) -> Subscription {
        let created = midnight(day) + Duration::seconds(self.dice.between(25_200..=68_400).into());
        Subscription {
            id: 0,
            customer: customer.id,
            plan,
            term,
            status: SubscriptionStatus::Active,
            created,
            began: day,
            billed_from: day,
            term_start: day,
            term_end: None,
            next_end: None,
            modified: day,
            auto_renew: false,
            lines: self.lines(plan, term),
            attributes: BTreeMap::new(),
            parameters: Vec::new(),
            po_number: self.dice.percent(40).then(|| format!("PO-{:05}", self.dice.between(1..=99_999)).into()),
            open_orders: Vec::new(),
            additions: Vec::new(),
        }
    }

    /// One product, and at times the one that goes with it.
    fn lines(&mut self, plan: PlanIndex, term: Period) -> Vec<ProductLine> {
        let (fewest, most) = PLANS[usize::from(plan)].seats;
        let offer: Vec<ProductIndex> = self.catalogue.offer(plan, term).collect();
        let main: Vec<ProductIndex> =
            offer.iter().copied().filter(|at| self.catalogue.product(*at).depends_on.is_none()).collect();
        if main.is_empty() {
            return Vec::new();
        }
        let chosen = *self.dice.pick(&main);
        // Squaring a fraction makes small customers common.
        let fraction = self.dice.between(0..=100);
        let quantity = fewest + (most - fewest) * fraction * fraction / 10_000;
        let mut lines = vec![ProductLine::new(chosen, quantity)];
        let companion = offer.iter().find(|at| self.catalogue.product(**at).depends_on == Some(chosen));
        if let Some(companion) = companion
            && self.dice.percent(35)
        {
            lines.push(ProductLine::new(*companion, quantity.div_ceil(3)));
        }
        lines
    }

    fn offer(&mut self) -> (PlanIndex, Period) {
        let plan = *self.dice.weighted(&self.weights);
        let terms = PLANS[usize::from(plan)].terms;
        (plan, *self.dice.pick(terms))
    }

    fn add_details(&mut self, customer: &Customer, subscription: &mut Subscription) {
        for rule in self.catalogue.plan(subscription.plan).parameters {
            let value = match rule.name {
                "domain" | "domain_name" => domain(&customer.name),
                "admin_email" => admin_email(customer),
                _ => rule.choices.first().copied().unwrap_or_default().to_owned(),
            };
            subscription.parameters.push((rule.name.to_owned(), Value::String(value)));
        }
        if let Some(po_number) = &subscription.po_number {
            subscription.attributes.insert("PONumber".to_owned(), po_number.to_string());
        }
    }

    /// How many days ago a subscription may have begun: not before its customer.
    fn age(&self, customer: &Customer, longest: u32) -> u32 {
        let known = (midnight(self.today) - customer.created).whole_days();
        u32::try_from(known).unwrap_or(60).clamp(60, longest.max(60))
    }
}

/// Makes a subscription begin on another day, term and all.
pub(super) fn move_start(subscription: &mut Subscription, created: OffsetDateTime, today: Date) {
    let (start, end) = subscription.term.around(created.date(), today);
    subscription.created = created;
    subscription.began = created.date();
    subscription.billed_from = subscription.began;
    (subscription.term_start, subscription.term_end) = (start, Some(end));
    subscription.modified = start;
}

fn weights() -> Vec<(u32, PlanIndex)> {
    (0..).zip(PLANS).map(|(index, plan)| (plan.weight, index)).collect()
}
