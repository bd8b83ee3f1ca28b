//! The copy keeps to the marketplace's limits.

use super::world::{World, client};
use crate::ManualClock;
use crate::budget::{Admission, Budget, Limits, usage};
use async_trait::async_trait;
use marketplace::{CallGate, CallInfo, CallOutcome, ErrorKind, Priority, Refusal};
use marketplace_sim::{Config, Fault, FaultRule, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use time::OffsetDateTime;
use tokio::sync::Mutex;

/// Where the budget would wait, time passes: for us and for the marketplace.
struct InNoTime {
    budget: Budget,
    clock: Arc<ManualClock>,
    marketplace: Arc<Simulator>,
    turn: Mutex<()>,
}

#[async_trait]
impl CallGate for InNoTime {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        let _turn = self.turn.lock().await;
        while let Admission::NotBefore(at) = self.budget.try_admit(call.operation, call.priority).await.unwrap() {
            self.pass_until(at);
        }
        Ok(())
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        self.budget.observe(call, outcome).await;
    }
}

impl InNoTime {
    fn pass_until(&self, at: OffsetDateTime) {
        let wait = at - crate::Clock::now(&*self.clock);
        self.marketplace.advance(wait);
        self.clock.advance(wait);
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_first_copy_within_the_usual_limits_never_meets_a_429(pool: PgPool) {
    let config = Config { customers: 60, rate_per_minute: 60, calls_per_day: 5_000, ..Config::for_tests() };
    let world = World::with(pool, config).await;
    let gate = InNoTime {
        budget: Budget::new(world.backend.pool.clone(), world.clock.clone(), Limits::default()),
        clock: world.clock.clone(),
        marketplace: world.marketplace.clone(),
        turn: Mutex::default(),
    };
    world.backend.link.replace(Some(client(&world.marketplace, Arc::new(gate))));
    let start = world.marketplace.now();
    world.catch_up().await;

    let stats = world.marketplace.stats();
    assert_eq!((stats.rate_limited, stats.out_of_quota), (0, 0));
    let calls: u64 = stats.calls.values().sum();
    assert!(calls > 120, "enough calls to fill the minute several times, not {calls}");
    let minutes = (world.marketplace.now() - start).whole_minutes();
    assert!(u64::try_from(minutes).unwrap() <= calls / 51 + 1, "{calls} calls took {minutes} minutes");
    let counted = usage(&world.backend).await.unwrap();
    assert_eq!(u64::try_from(counted.last_day).unwrap(), calls);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_429_to_one_process_makes_all_of_them_wait(pool: PgPool) {
    let world = World::new(pool).await;
    let budget = || Budget::new(world.backend.pool.clone(), world.clock.clone(), Limits::default());
    let client = client(&world.marketplace, Arc::new(budget()));
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "getSubscription"));
    let error = client.subscription(&"1".into()).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::RateLimited);

    let wait = error.retry_after().unwrap();
    let elsewhere = budget().try_admit("anything", Priority::People).await.unwrap();
    assert_eq!(elsewhere, Admission::NotBefore(world.marketplace.now() + wait));
    world.clock.advance(wait.try_into().unwrap());
    assert_eq!(budget().try_admit("anything", Priority::People).await.unwrap(), Admission::Admitted);
}
