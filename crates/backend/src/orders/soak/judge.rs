//! Holds what Seatboard says against what the marketplace did.

use super::scene::Scene;
use super::sql::{self, Stored};
use super::truth::{self, Left};
use crate::activity;
use crate::orders::place::MARK;
use marketplace_sim::OrderView;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use uuid::Uuid;

/// A broken promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// More was ordered than was wanted.
    Duplicate,
    /// Something wanted or ordered is not accounted for.
    Lost,
    /// Something shown is not so.
    Lie,
}

#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    pub(super) intent: Option<Uuid>,
    pub(super) what: String,
}

impl Finding {
    fn new(kind: Kind, intent: Uuid, what: impl Into<String>) -> Self {
        Self { kind, intent: Some(intent), what: what.into() }
    }
}

/// Every order with a mark, by the intent that it belongs to.
struct Orders(BTreeMap<String, Vec<OrderView>>);

impl Orders {
    fn at_the_marketplace(scene: &Scene<'_>) -> Self {
        let mut by_mark: BTreeMap<String, Vec<OrderView>> = BTreeMap::new();
        for order in scene.marketplace.orders_with(MARK) {
            by_mark.entry(order.attributes[MARK].clone()).or_default().push(order);
        }
        Self(by_mark)
    }

    fn of(&self, intent: Uuid) -> Vec<&OrderView> {
        self.0.get(&intent.to_string()).into_iter().flatten().collect()
    }
}

/// What must hold after every move.
pub(super) async fn at_any_time(scene: &Scene<'_>) -> Vec<Finding> {
    let intents = sql::intents(&scene.pool).await.unwrap();
    let orders = Orders::at_the_marketplace(scene);
    let known: BTreeSet<String> = intents.iter().map(|intent| intent.id.to_string()).collect();
    let mut found = Vec::new();
    for (mark, of_mark) in &orders.0 {
        let intent = mark.parse().ok();
        if of_mark.len() > 1 {
            let what = format!("has {} orders", of_mark.len());
            found.push(Finding { kind: Kind::Duplicate, intent, what });
        }
        if !known.contains(mark) {
            found.push(Finding { kind: Kind::Lost, intent, what: "has an order but no record".to_owned() });
        }
    }
    let lies = |intent: &Stored| {
        let lie = truth::lie(&intent.state, &orders.of(intent.id))?;
        Some(Finding::new(Kind::Lie, intent.id, lie))
    };
    found.extend(intents.iter().filter_map(lies));
    found
}

/// Whether nobody waits for anything but a renewal.
pub(super) async fn all_ended(scene: &Scene<'_>) -> bool {
    let orders = Orders::at_the_marketplace(scene);
    let ended = |intent: &Stored| {
        matches!(truth::left(&intent.state, intent.at_renewal, &orders.of(intent.id)), Left::Settled | Left::Scheduled)
    };
    sql::intents(&scene.pool).await.unwrap().iter().all(ended)
}

/// What must hold when everything had its time.
pub(super) async fn at_the_end(scene: &mut Scene<'_>) {
    let mut found = at_any_time(scene).await;
    let intents = sql::intents(&scene.pool).await.unwrap();
    let orders = Orders::at_the_marketplace(scene);
    for promised in &scene.promised {
        if !intents.iter().any(|intent| intent.id == *promised) {
            found.push(Finding::new(Kind::Lost, *promised, "was promised, but has no record"));
        }
    }
    let marked: usize = orders.0.values().map(Vec::len).sum();
    let accepted = scene.marketplace.stats().orders_created;
    if accepted != marked as u64 {
        let what = format!("the marketplace accepted {accepted} orders, of which {marked} carry a mark");
        found.push(Finding { kind: Kind::Duplicate, intent: None, what });
    }
    for intent in &intents {
        let of_intent = orders.of(intent.id);
        match truth::left(&intent.state, intent.at_renewal, &of_intent) {
            Left::Settled | Left::Scheduled => {}
            Left::HonestlyUnknown => scene.tally.unknown += 1,
            Left::Forgotten => {
                let statuses: Vec<_> = of_intent.iter().map(|order| order.status.as_str()).collect();
                let what = format!("was left {}; its orders are {statuses:?}", intent.state);
                found.push(Finding::new(Kind::Lost, intent.id, what));
            }
        }
        if let Some(named) = &intent.order_id
            && !of_intent.iter().any(|order| order.id == *named)
        {
            found.push(Finding::new(Kind::Lie, intent.id, format!("names order {named}, which is not its own")));
        }
        let trail = activity::of_intent(&scene.servers[0], intent.id).await.unwrap();
        found.extend(truth::broken_trail(&intent.state, &trail).map(|why| Finding::new(Kind::Lie, intent.id, why)));
        *scene.tally.ends.entry(intent.state.clone()).or_default() += 1;
        found.extend(wrong_seats(scene, intent).await);
    }
    scene.findings.extend(found);
}

/// The copy of a subscription that an order changed has the seats that the marketplace has.
async fn wrong_seats(scene: &Scene<'_>, intent: &Stored) -> Option<Finding> {
    let id = intent.subscription_id.as_ref().filter(|_| intent.state == "completed")?;
    let theirs = scene.marketplace.subscription(id)?;
    let mut theirs: Vec<(String, i32)> =
        theirs.lines.into_iter().map(|line| (line.mpn, i32::try_from(line.seats).unwrap_or(i32::MAX))).collect();
    theirs.sort();
    let mut ours = sql::seats(&scene.pool, id).await.unwrap();
    ours.sort();
    let what = format!("subscription {id} is copied with {ours:?}, but has {theirs:?}");
    (ours != theirs).then(|| Finding::new(Kind::Lie, intent.id, what))
}

/// Everything about the broken promises of a run, and how to play it again; `None` when there are none.
pub(super) async fn story(scene: &Scene<'_>, seed: u64, intents: usize) -> Option<String> {
    if scene.findings.is_empty() {
        return None;
    }
    let moves = scene.journal.len();
    let mut story = format!(
        "seed {seed}, after {moves} moves; again: cargo xtask soak --runs 1 --intents {intents} --seed {seed}\n"
    );
    for finding in &scene.findings {
        let about = finding.intent.map(|id| id.to_string()).unwrap_or_default();
        let _ = writeln!(story, "  {:?}: {about} {}", finding.kind, finding.what);
        let Some(id) = finding.intent else { continue };
        for row in activity::of_intent(&scene.servers[0], id).await.unwrap_or_default() {
            let _ = writeln!(story, "    {} {} {:?} → {:?}", row.at, row.action, row.before, row.after);
        }
        let orders = scene.marketplace.orders_with(MARK);
        for order in orders.into_iter().filter(|order| order.attributes[MARK] == about) {
            let _ = writeln!(story, "    {order:?}");
        }
        for line in scene.journal.iter().filter(|line| line.contains(&about)) {
            let _ = writeln!(story, "    {line}");
        }
    }
    for line in &scene.journal[moves.saturating_sub(30)..] {
        let _ = writeln!(story, "  {line}");
    }
    Some(story)
}

impl Scene<'_> {
    /// Adds up what the run came to.
    pub(super) fn count(&mut self) {
        let stats = self.marketplace.stats();
        let found = |kind| self.findings.iter().filter(|finding| finding.kind == kind).count() as u64;
        let (duplicates, lost, lies) = (found(Kind::Duplicate), found(Kind::Lost), found(Kind::Lie));
        self.tally.duplicates = duplicates;
        self.tally.lost = lost;
        self.tally.lies = lies;
        self.tally.intents = self.promised.iter().collect::<BTreeSet<_>>().len() as u64;
        self.tally.orders = stats.orders_created;
        self.tally.faults = stats.faults.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    }
}
