//! Everything one simulator holds, shared by its handlers.

use crate::clock::Clock;
use crate::config::{Config, Credentials};
use crate::connection::Power;
use crate::faults::{Holds, Outage, Plan};
use crate::gateway::{Limiter, Tokens};
use crate::seed::{self, Dice};
use crate::state::State;
use crate::stats::{Effect, Stats};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use uuid::{Builder, Uuid};

/// The handlers' shared state.
pub(crate) type Shared = Arc<World>;

/// One simulator's settings, clock, data, gateway and faults.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) credentials: Credentials,
    pub(crate) clock: Clock,
    /// Where report files are served, such as `http://127.0.0.1:40001`; unset until something listens.
    pub(crate) files_origin: OnceLock<String>,
    pub(crate) power: Power,
    pub(crate) holds: Holds,
    state: Mutex<State>,
    limiter: Mutex<Limiter>,
    tokens: Mutex<Tokens>,
    faults: Mutex<Plan>,
    outage: Mutex<Option<Outage>>,
    stats: Mutex<Stats>,
    effects: Mutex<Vec<Effect>>,
    dice: Mutex<Dice>,
}

impl World {
    /// Invents the data.
    pub(crate) fn new(config: Config) -> Self {
        let clock = Clock::start(config.pace);
        let state = seed::invent(&config, clock.now());
        Self {
            credentials: config.credentials(),
            limiter: Mutex::new(Limiter::new(config.rate_per_minute, config.calls_per_day)),
            dice: Mutex::new(Dice::new(config.seed, "run")),
            state: Mutex::new(state),
            files_origin: OnceLock::new(),
            tokens: Mutex::default(),
            faults: Mutex::default(),
            outage: Mutex::default(),
            stats: Mutex::default(),
            effects: Mutex::default(),
            power: Power::default(),
            holds: Holds::default(),
            clock,
            config,
        }
    }

    /// The data, brought up to the present first.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        state.settle(self.clock.now());
        state
    }

    pub(crate) fn limiter(&self) -> MutexGuard<'_, Limiter> {
        lock(&self.limiter)
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Plan> {
        lock(&self.faults)
    }

    pub(crate) fn outage(&self) -> MutexGuard<'_, Option<Outage>> {
        lock(&self.outage)
    }

    pub(crate) fn stats(&self) -> MutexGuard<'_, Stats> {
        lock(&self.stats)
    }

    /// Every write that was carried out.
    pub(crate) fn effects(&self) -> MutexGuard<'_, Vec<Effect>> {
        lock(&self.effects)
    }

    /// A version 4 UUID from the seed: the same calls in the same order get the same ones.
    pub(crate) fn uuid(&self) -> Uuid {
        Builder::from_random_bytes(lock(&self.dice).bytes()).into_uuid()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
