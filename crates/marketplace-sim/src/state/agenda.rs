//! What happens by itself later, in order of time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use time::OffsetDateTime;

/// Something that happens when its time has come. Orders and subscriptions are named by id, reports by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// An order leaves `submitted`.
    StartOrder(u32),
    /// An order is provisioned, or fails to be.
    FinishOrder(u32),
    /// A subscription's term ends.
    EndTerm(u32),
    /// A terminated subscription is deprovisioned.
    Deprovision(u32),
    /// A report leaves `submitted`.
    StartReport(usize),
    /// A report is generated, or fails to be.
    FinishReport(usize),
}

/// Events to come; those of the same moment happen in the order they were added.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<(OffsetDateTime, u64, Event)>>,
    added: u64,
}

impl Agenda {
    pub(crate) fn add(&mut self, at: OffsetDateTime, event: Event) {
        self.added += 1;
        self.heap.push(Reverse((at, self.added, event)));
    }

    /// The next event due by `now`.
    pub(crate) fn take_due(&mut self, now: OffsetDateTime) -> Option<(OffsetDateTime, Event)> {
        let Reverse((at, ..)) = self.heap.peek()?;
        if *at > now {
            return None;
        }
        self.heap.pop().map(|Reverse((at, _, event))| (at, event))
    }
}
