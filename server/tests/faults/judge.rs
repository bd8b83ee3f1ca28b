//! What must hold at the end of every cell, whatever happened in it.

use super::cell::Cell;
use super::path::{NEW_NAME, Path};
use super::truth::{self, Stand};
use marketplace_sim::{OrderView, SubscriptionView};
use std::fmt;

/// What kind of promise was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It happened twice.
    Twice,
    /// It was accepted, or happened, and nothing is recorded of it.
    Lost,
    /// What is shown is not so.
    Lie,
    /// It was left on its way.
    Between,
    /// The activity does not tell it.
    Activity,
    /// The cell proves nothing: its fault was not played, or nothing was sent.
    Empty,
}

/// A promise that was broken.
#[derive(Clone, Debug)]
pub(crate) struct Violation {
    pub(crate) kind: Kind,
    pub(crate) text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.text)
    }
}

/// What a cell came to.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// How often the marketplace carried the write out.
    pub(crate) effects: usize,
    /// What Seatboard says of it.
    pub(crate) word: &'static str,
    pub(crate) violations: Vec<Violation>,
}

impl Verdict {
    /// Nothing more needs to happen.
    pub(crate) fn is_final(&self) -> bool {
        self.violations.is_empty() && self.word != "unknown"
    }

    /// Waiting mends nothing: what is wrong is over.
    pub(crate) fn is_beyond_hope(&self) -> bool {
        let is_over = |violation: &Violation| matches!(violation.kind, Kind::Twice | Kind::Activity | Kind::Empty);
        !self.violations.is_empty() && self.word != "unknown" && self.violations.iter().all(is_over)
    }
}

/// Judges a cell as it stands now.
pub(crate) async fn judge(cell: &Cell<'_>) -> Result<Verdict, sqlx::Error> {
    let pool = &cell.world.database.pool;
    let effects = cell.effects();
    let records = truth::records(pool, cell.path, &cell.target).await?;
    let shown = truth::shown(pool, cell.path, &cell.target, cell.newest_subscription).await?;
    let is = at_the_marketplace(cell);
    let orders = cell.new_orders();
    let unknown = records.contains(&Stand::Unknown);
    let accepted = cell.accepted == Some(true);
    let mut found = Vec::new();
    let mut broken = |kind, text: String| found.push(Violation { kind, text });
    if effects > 1 {
        broken(Kind::Twice, format!("it was carried out {effects} times"));
    }
    for stand in &records {
        match stand {
            Stand::Between(state) => broken(Kind::Between, format!("it was left as {state}")),
            Stand::Done(_) if effects == 0 => broken(Kind::Lie, "it is said to be done and is not".to_owned()),
            Stand::Done(id) if cell.path.is_order() => {
                let there = orders.iter().find(|order| Some(&order.id) == id.as_ref());
                if there.is_none_or(|order| order.status != "completed") {
                    broken(Kind::Lie, format!("order {id:?} is said to be completed; the marketplace has {orders:?}"));
                }
            }
            Stand::NotDone if records.len() == 1 && has_stayed(effects, &orders) => {
                broken(Kind::Lie, "it is said not to be done and is".to_owned());
            }
            _ => {}
        }
    }
    if records.is_empty() && (accepted || effects > 0) {
        broken(Kind::Lost, format!("nothing is recorded (accepted: {accepted}, carried out: {effects})"));
    }
    if records.is_empty() && accepted && effects == 0 {
        broken(Kind::Lie, "it was said to be done and is not".to_owned());
    }
    if shown != is && !unknown {
        broken(Kind::Lie, format!("shown is {shown}, the marketplace has {is}"));
    }
    let told = truth::activity(pool, cell.path, &cell.target, cell.begun_after).await?;
    if !records.is_empty() || effects > 0 || accepted {
        let actions: Vec<_> = told.iter().map(|row| row.action.as_str()).collect();
        if !told.iter().any(|row| row.by_person) {
            broken(Kind::Activity, format!("nobody is named: {actions:?}"));
        } else if told.len() < 2 {
            broken(Kind::Activity, format!("one row for the wish and the outcome: {actions:?}"));
        }
    }
    let done = effects > 0 && shown == is;
    let word = match records.last() {
        Some(Stand::Unknown) => "unknown",
        Some(Stand::Between(_)) => "under way",
        Some(Stand::Done(_)) => "done",
        None if done => "done",
        Some(Stand::NotDone) | None => "not done",
    };
    Ok(Verdict { effects, word, violations: found })
}

/// Whether something of it is there: an order that was given up or failed at the marketplace is rightly said to have failed.
fn has_stayed(effects: usize, orders: &[OrderView]) -> bool {
    effects > 0 && orders.iter().all(|order| order.status == "completed")
}

/// What the write sets, as the marketplace has it, in the words of [`truth::shown`].
fn at_the_marketplace(cell: &Cell<'_>) -> String {
    let (marketplace, target) = (&cell.world.marketplace, &cell.target);
    let subscription = || marketplace.subscription(&target.subscription);
    let of =
        |read: fn(&SubscriptionView) -> String| subscription().map_or_else(|| "nothing".to_owned(), |it| read(&it));
    let day = |it: &SubscriptionView| it.expires.map(|day| day.to_string()).unwrap_or_default();
    match cell.path {
        Path::Sales => {
            let mut all = marketplace.subscriptions_of(&target.customer);
            all.retain(|it| it.id.parse::<i64>().is_ok_and(|id| id > cell.newest_subscription));
            all.sort_by(|one, other| one.id.cmp(&other.id));
            let seats = |it: &SubscriptionView| it.lines.iter().map(|line| line.seats).sum::<u32>();
            all.iter().map(|it| format!("{}:{}", it.id, seats(it))).collect::<Vec<_>>().join(" ")
        }
        Path::Seats => of(|it| it.lines[0].seats.to_string()),
        Path::Switch => subscription().map_or_else(String::new, |it| format!("{} {}", it.plan, day(&it))),
        Path::Renewal => subscription().map_or_else(String::new, |it| day(&it)),
        Path::Cancellation => of(|it| it.status.clone()),
        Path::AutoRenewal => of(|it| it.auto_renew.to_string()),
        Path::Price => of(|it| it.lines[0].unit_price.normalize().to_string()),
        Path::Customer => marketplace.customer(&target.customer).map(|it| it.city).unwrap_or_default(),
        Path::NewCustomer => {
            marketplace.customers_named(NEW_NAME).into_iter().map(|it| it.id).collect::<Vec<_>>().join(" ")
        }
        Path::Report => {
            let mut all: Vec<_> = marketplace.reports().into_iter().map(|it| it.id).collect();
            all.sort();
            all.join(" ")
        }
    }
}
