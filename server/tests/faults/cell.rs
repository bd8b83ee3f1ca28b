//! One cell of the matrix: one write while one thing breaks, and then the same form once more, as an impatient person
//! posts it.

use super::fault::Fault;
use super::form::Form;
use super::http::Answer;
use super::judge::{Kind, Verdict, Violation, judge};
use super::path::Path;
use super::process::PATIENCE;
use super::stop::Stop;
use super::target::Target;
use super::truth;
use super::world::World;
use marketplace_sim::{FaultRule, OrderView};
use std::collections::BTreeSet;
use std::io;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// A cell under way.
pub(crate) struct Cell<'a> {
    pub(crate) world: &'a World,
    pub(crate) fault: Fault,
    pub(crate) path: Path,
    pub(crate) target: Target,
    /// The activity before it began.
    pub(crate) begun_after: i64,
    /// Subscriptions with a higher id were made since.
    pub(crate) newest_subscription: i64,
    /// Whether the person was told that it was accepted; `None` when no answer came.
    pub(crate) accepted: Option<bool>,
    old_orders: BTreeSet<String>,
    advanced: BTreeSet<(String, String)>,
    /// Since when nothing of it can be on its way to the marketplace.
    quiet_since: Option<Instant>,
}

/// A cell that is over.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) fault: Fault,
    pub(crate) path: Path,
    pub(crate) verdict: Verdict,
    /// The transition it was stopped at.
    pub(crate) stopped_at: Option<String>,
}

/// How long a cell may take to come to its end, time that passes for Seatboard not counted.
const LONGEST: Duration = Duration::from_secs(15);
/// From then on an honest *unknown* is accepted as an end.
const UNKNOWN_IS_AN_END: Duration = Duration::from_secs(10);
const MOMENT: Duration = Duration::from_millis(50);

type Posting = JoinHandle<io::Result<Answer>>;

impl<'a> Cell<'a> {
    /// Plays it; `None` where the write has no such transition to be stopped at.
    pub(crate) async fn run(world: &'a World, fault: Fault, path: Path) -> Option<Outcome> {
        let mut cell = Self::new(world, fault, path).await;
        let Some(form) = cell.form().await else { return Some(cell.ended(None, "the form cannot be had").await) };
        let stop = match fault {
            Fault::KillAtCommit(nth) => Some(Stop::at(&world.database.pool, nth).await.unwrap()),
            _ => None,
        };
        if let Some((played, times)) = fault.played() {
            let about = Some(path.about(&cell.target));
            world.marketplace.add_fault(FaultRule { times, about, ..FaultRule::once(played, path.operation()) });
        }
        let posting = cell.post(&form);
        let mut stopped_at = None;
        if let Some(stop) = stop {
            stopped_at = Some(cell.kill_at_commit(stop, &posting).await?);
        } else if fault.holds() && !cell.break_while_held(&posting).await {
            return Some(cell.ended(None, "the call never came").await);
        }
        let answer = posting.await.unwrap().ok();
        cell.accepted = answer.map(|answer| is_accepted(&answer, path));
        cell.settle().await;
        if fault.played().is_some() && !cell.was_played() {
            return Some(cell.ended(stopped_at, "the fault was not played").await);
        }
        // Once more with the same form token, as after a reload.
        let again = cell.post(&form).await.unwrap().ok();
        cell.accepted = again.map(|answer| is_accepted(&answer, path)).or(cell.accepted);
        cell.settle().await;
        Some(cell.ended(stopped_at, "").await)
    }

    async fn new(world: &'a World, fault: Fault, path: Path) -> Self {
        let target = world.target(path);
        let orders = world.marketplace.orders_of(&target.customer);
        let subscriptions = world.marketplace.subscriptions_of(&target.customer);
        Self {
            world,
            fault,
            path,
            begun_after: truth::last_activity(&world.database.pool).await.unwrap(),
            newest_subscription: subscriptions.iter().filter_map(|it| it.id.parse().ok()).max().unwrap_or_default(),
            accepted: None,
            old_orders: orders.into_iter().map(|order| order.id).collect(),
            advanced: BTreeSet::new(),
            quiet_since: None,
            target,
        }
    }

    /// The page may have to wait for a marketplace that was just away.
    async fn form(&self) -> Option<Form> {
        let begun = Instant::now();
        let mut browser = self.world.browser.clone();
        loop {
            let form = self.path.form(&mut browser, &self.target).await;
            if form.is_some() || begun.elapsed() > LONGEST {
                return form;
            }
            tokio::time::sleep(MOMENT).await;
        }
    }

    fn post(&self, form: &Form) -> Posting {
        let (mut browser, form) = (self.world.browser.clone(), form.clone());
        tokio::spawn(async move { browser.post(&form.action, &form.encode()).await })
    }

    /// Breaks what else is to break while the call stands still; `false` where it never came.
    async fn break_while_held(&mut self, posting: &Posting) -> bool {
        let world = self.world;
        let held = || !world.marketplace.held().is_empty();
        if !until(LONGEST, held).await {
            return false;
        }
        match self.fault {
            Fault::MarketplaceRestart => world.marketplace.restart().await.unwrap(),
            Fault::PostgresRestart => {
                world.database.stop().await;
                world.marketplace.release_held();
                until(Duration::from_secs(1), || posting.is_finished()).await;
                world.database.resume().await;
            }
            _ => {
                world.kill().await;
                until(Duration::from_secs(5), || !held()).await;
                world.start_again().await;
            }
        }
        world.marketplace.release_held();
        self.quiet_since = Some(Instant::now());
        true
    }

    /// The action at which the server was killed.
    async fn kill_at_commit(&mut self, stop: Stop, posting: &Posting) -> Option<String> {
        let begun = Instant::now();
        loop {
            if let Some(action) = stop.reached().await.unwrap() {
                self.world.kill().await;
                stop.end().await.unwrap();
                self.world.start_again().await;
                self.quiet_since = Some(Instant::now());
                return Some(action);
            }
            self.tend().await;
            let over = posting.is_finished()
                && judge(self).await.is_ok_and(|verdict| verdict.is_final() || verdict.is_beyond_hope());
            if over && stop.reached().await.unwrap().is_none() || begun.elapsed() > LONGEST {
                stop.end().await.unwrap();
                return None;
            }
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Lets time pass until the cell has come to its end.
    async fn settle(&mut self) {
        let begun = Instant::now();
        let mut aged = 0;
        loop {
            self.tend().await;
            let verdict = judge(self).await;
            if let Ok(verdict) = &verdict {
                let unknown = verdict.violations.is_empty() && begun.elapsed() > UNKNOWN_IS_AN_END;
                let over = verdict.is_final() || verdict.is_beyond_hope();
                if over && self.fault_is_over() || unknown || begun.elapsed() > LONGEST {
                    return;
                }
                // What never arrived is looked for as long as patience lasts; what did arrive is found at once.
                if verdict.effects == 0 && self.is_quiet() && aged < 5 {
                    let passed = truth::age(&self.world.database.pool, self.path, &self.target).await;
                    aged += u32::from(passed.is_ok_and(|passed| passed));
                }
            } else if begun.elapsed() > 2 * LONGEST {
                return;
            }
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Seatboard's next look is due, and the marketplace gets on with its orders.
    async fn tend(&mut self) {
        if self.quiet_since.is_none() && self.fault.played().is_some() && self.was_played() {
            self.quiet_since = Some(Instant::now() + PATIENCE + Duration::from_secs(1));
        }
        // Postgres may be away for a moment.
        let _hurried = truth::hurry(&self.world.database.pool, self.path, &self.target, self.is_quiet()).await;
        for order in self.new_orders() {
            let open = matches!(order.status.as_str(), "submitted" | "processing");
            if open && self.advanced.insert((order.id, order.status)) {
                self.world.marketplace.advance(time::Duration::seconds(10));
            }
        }
    }

    fn is_quiet(&self) -> bool {
        self.quiet_since.is_some_and(|since| since <= Instant::now())
    }

    fn fault_is_over(&self) -> bool {
        self.fault.played().is_none() || self.was_played()
    }

    /// The stand-in played its fault on this write, at least once.
    fn was_played(&self) -> bool {
        let (about, operation) = (self.path.about(&self.target), self.path.operation());
        let times = self.fault.played().map_or(0, |(_, times)| times);
        let waiting = self.world.marketplace.waiting_faults();
        let mine = |rule: &&FaultRule| rule.about.as_ref() == Some(&about) && rule.operation == operation;
        waiting.iter().find(mine).is_none_or(|rule| rule.times < times)
    }

    /// How often the marketplace carried the write out.
    pub(crate) fn effects(&self) -> usize {
        let about = self.path.about(&self.target);
        let effects = self.world.marketplace.effects();
        effects.iter().filter(|it| it.operation == self.path.operation() && it.about.contains(&about)).count()
    }

    /// The customer's orders since it began.
    pub(crate) fn new_orders(&self) -> Vec<OrderView> {
        let mut orders = self.world.marketplace.orders_of(&self.target.customer);
        orders.retain(|order| !self.old_orders.contains(&order.id));
        orders
    }

    async fn ended(&self, stopped_at: Option<String>, problem: &str) -> Outcome {
        let mut verdict = judge(self).await.unwrap();
        if !problem.is_empty() {
            verdict.violations.push(Violation { kind: Kind::Empty, text: problem.to_owned() });
        }
        if self.fault == Fault::None && verdict.effects == 0 {
            verdict.violations.push(Violation { kind: Kind::Empty, text: "nothing was carried out".to_owned() });
        }
        Outcome { fault: self.fault, path: self.path, verdict, stopped_at }
    }
}

/// Whether the answer leads on, and not back to the form.
fn is_accepted(answer: &Answer, path: Path) -> bool {
    let location = answer.location.as_deref().unwrap_or_default();
    let back = match path {
        Path::Sales => "/orders/new",
        Path::Seats => "/seats",
        Path::Switch => "/switch",
        Path::Renewal => "/renew",
        Path::Cancellation => "/cancel",
        Path::AutoRenewal => "/auto-renewal",
        Path::NewCustomer => "/customers/new",
        Path::Customer => "/edit",
        Path::Price => "/price",
        Path::Report => "/reports/new",
    };
    (300..400).contains(&answer.status) && !location.contains(back) && !location.contains("/sign-in")
}

/// Waits until it is so, at most so long; answers whether it is.
async fn until(longest: Duration, is_so: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while !is_so() {
        if begun.elapsed() > longest {
            return false;
        }
        tokio::time::sleep(MOMENT).await;
    }
    true
}
