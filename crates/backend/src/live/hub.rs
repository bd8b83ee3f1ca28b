//! What one process has heard, and who listens.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;

/// News kept for those who come a little late, and the most that a slow listener may be behind.
const KEPT: usize = 256;

/// How far the clocks of two servers may be apart: a page made by one may listen to the other.
const SKEW: time::Duration = time::Duration::seconds(5);

/// Passes news on to all that listen. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    /// How its listeners are kept.
    pub pace: Pace,
    sender: Sender<Heard>,
    recent: Arc<Mutex<VecDeque<(OffsetDateTime, Heard)>>>,
    closed: CancellationToken,
}

/// How those are kept that listen for long.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// The time between two signs of life, at each of which is asked whether the listener may still listen.
    pub heartbeat: Duration,
    /// How long one may listen without coming again.
    pub at_most: Duration,
}

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something changed: `intent:ID`, `subscription:ID`, `report:ID`, `orders:all`; and the word for its state.
    News {
        /// What changed.
        topic: Arc<str>,
        /// What it became.
        state: Arc<str>,
    },
    /// Anything may have changed: nobody listened for a while.
    Everything,
}

/// Hears of some topics.
pub struct Listener {
    topics: BTreeSet<String>,
    missed: VecDeque<Heard>,
    receiver: Receiver<Heard>,
    closed: CancellationToken,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            pace: Pace { heartbeat: Duration::from_secs(15), at_most: Duration::from_mins(15) },
            sender: channel(KEPT).0,
            recent: Arc::default(),
            closed: CancellationToken::new(),
        }
    }
}

impl Hub {
    /// Listens to the topics, beginning with what was heard since `since`.
    pub fn listen(&self, topics: BTreeSet<String>, since: OffsetDateTime) -> Listener {
        let recent = self.recent();
        // Under the lock, so that nothing is told in between or twice.
        let receiver = self.sender.subscribe();
        let forgotten = recent.len() == KEPT && recent.front().is_some_and(|(at, _)| *at > since - SKEW);
        let missed = if forgotten {
            VecDeque::from([Heard::Everything])
        } else {
            let late = recent.iter().filter(|(at, heard)| *at > since - SKEW && heard.concerns(&topics));
            late.map(|(_, heard)| heard.clone()).collect()
        };
        Listener { topics, missed, receiver, closed: self.closed.clone() }
    }

    pub(super) fn tell(&self, payload: &str, now: OffsetDateTime) {
        let (topic, state) = payload.split_once(' ').unwrap_or((payload, ""));
        self.pass_on(Heard::News { topic: topic.into(), state: state.into() }, now);
    }

    pub(super) fn tell_everything(&self, now: OffsetDateTime) {
        self.pass_on(Heard::Everything, now);
    }

    pub(super) fn close(&self) {
        self.closed.cancel();
    }

    fn pass_on(&self, heard: Heard, now: OffsetDateTime) {
        let mut recent = self.recent();
        if recent.len() == KEPT {
            recent.pop_front();
        }
        recent.push_back((now, heard.clone()));
        // Fails only where nobody listens.
        let _nobody = self.sender.send(heard);
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, VecDeque<(OffsetDateTime, Heard)>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    fn concerns(&self, topics: &BTreeSet<String>) -> bool {
        match self {
            Self::News { topic, .. } => topics.contains(&**topic),
            Self::Everything => true,
        }
    }
}

impl Listener {
    /// The next news of the topics; `None` once the process stops.
    pub async fn next(&mut self) -> Option<Heard> {
        if let Some(missed) = self.missed.pop_front() {
            return Some(missed);
        }
        loop {
            let heard = self.closed.run_until_cancelled(self.receiver.recv()).await?;
            match heard {
                Ok(heard) if heard.concerns(&self.topics) => return Some(heard),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(Heard::Everything),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
