//! The marketplace's own time: the machine's, quickened, or moved by hand.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use time::{Duration, OffsetDateTime};

/// How a simulator's clock moves.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// Starts at the machine's present and runs `speed` times as fast.
    Running {
        /// Seconds of the marketplace per real second.
        speed: f64,
    },
    /// Stands at the given moment until it is advanced.
    Manual(OffsetDateTime),
}

/// A clock with two faces: the marketplace's time, and the real time the gateway counts calls by.
#[derive(Debug)]
pub(crate) struct Clock {
    origin: OffsetDateTime,
    running: Option<(Instant, f64)>,
    advanced: Mutex<Duration>,
}

impl Clock {
    /// Starts a clock.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub(crate) fn start(pace: Pace) -> Self {
        let (origin, running) = match pace {
            Pace::Running { speed } => (OffsetDateTime::now_utc(), Some((Instant::now(), speed))),
            Pace::Manual(at) => (at, None),
        };
        Self { origin, running, advanced: Mutex::new(Duration::ZERO) }
    }

    /// The marketplace's present, in UTC.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let ran = self
            .running
            .map_or(Duration::ZERO, |(started, speed)| Duration::seconds_f64(started.elapsed().as_secs_f64() * speed));
        self.origin + ran + *self.advanced.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Real time since the start, which `speed` does not quicken; a manual clock moves it along.
    pub(crate) fn real(&self) -> Duration {
        match self.running {
            Some((started, _)) => started.elapsed().try_into().unwrap_or(Duration::MAX),
            None => *self.advanced.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves the marketplace's time forward.
    pub(crate) fn advance(&self, by: Duration) {
        *self.advanced.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}
