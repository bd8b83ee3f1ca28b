//! What was done to the promise, so that it cannot be kept by doing nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

/// Counts of one run or of many.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) runs: u64,
    pub(super) moves: u64,
    pub(super) intents: u64,
    pub(super) orders: u64,
    /// Posts that made no intent: refused, or broken off.
    pub(super) refused: u64,
    pub(super) double_posts: u64,
    /// Faults played, by name.
    pub(super) faults: BTreeMap<String, u64>,
    /// Kills, by the state in which the intent was left.
    pub(super) kills: BTreeMap<String, u64>,
    /// Intents, by the state they ended in.
    pub(super) ends: BTreeMap<String, u64>,
    pub(super) duplicates: u64,
    pub(super) lost: u64,
    pub(super) lies: u64,
    pub(super) unknown: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.runs += other.runs;
        self.moves += other.moves;
        self.intents += other.intents;
        self.orders += other.orders;
        self.refused += other.refused;
        self.double_posts += other.double_posts;
        add(&mut self.faults, other.faults);
        add(&mut self.kills, other.kills);
        add(&mut self.ends, other.ends);
        self.duplicates += other.duplicates;
        self.lost += other.lost;
        self.lies += other.lies;
        self.unknown += other.unknown;
    }
}

fn add(sum: &mut BTreeMap<String, u64>, counts: BTreeMap<String, u64>) {
    for (name, count) in counts {
        *sum.entry(name).or_default() += count;
    }
}

fn total(counts: &BTreeMap<String, u64>) -> u64 {
    counts.values().sum()
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "soak: {} runs, {} intents, faults {}, kills {}, double posts {}: duplicates {}, lost {}, lies {}, unknown {}",
            self.runs,
            self.intents,
            total(&self.faults),
            total(&self.kills),
            self.double_posts,
            self.duplicates,
            self.lost,
            self.lies,
            self.unknown,
        )
    }
}
