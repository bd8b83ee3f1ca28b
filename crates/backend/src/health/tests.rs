use super::rules::{FAILURES, LEASE};
use super::*;
use crate::ManualClock;
use crate::test_support::{client, copied};
use async_trait::async_trait;
use futures::future::join_all;
use marketplace::{
    CallGate, CallInfo, CallKind, CallOutcome, Client, CustomerFilter, Error as MarketplaceError, ErrorKind, Fault,
    Limit, Priority, Refusal, SubscriptionFilter, Verdict,
};
use marketplace_sim::{FaultRule, Outage, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use time::Duration;

const READ: CallInfo =
    CallInfo { operation: "list customers", kind: CallKind::Read, priority: Priority::People, probe: false };

/// The breaker, and how many calls it let out.
struct Counting {
    breaker: Breaker,
    made: AtomicUsize,
}

#[async_trait]
impl CallGate for Counting {
    async fn admit(&self, call: &CallInfo) -> Result<(), Refusal> {
        self.breaker.admit(call).await?;
        self.made.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    async fn observe(&self, call: &CallInfo, outcome: &CallOutcome) {
        self.breaker.observe(call, outcome).await;
    }
}

/// A process with a client of its own behind the shared breaker.
struct Process {
    backend: Backend,
    gate: Arc<Counting>,
}

impl Process {
    fn of(backend: &Backend, marketplace: &Simulator) -> Self {
        let mut backend = backend.clone();
        (backend.health, backend.link) = (Memory::default(), crate::connection::Link::default());
        let gate = Arc::new(Counting { breaker: Breaker::new(&backend), made: AtomicUsize::new(0) });
        backend.link.replace(Some(client(marketplace).with_gate(gate.clone())));
        Self { backend, gate }
    }

    fn client(&self) -> Client {
        self.backend.marketplace().unwrap()
    }

    async fn read(&self) -> Result<(), MarketplaceError> {
        self.client().page(&CustomerFilter::default(), 0, 1).await.map(drop)
    }

    async fn read_another(&self) -> Result<(), MarketplaceError> {
        self.client().page(&SubscriptionFilter::default(), 0, 1).await.map(drop)
    }

    fn made(&self) -> usize {
        self.gate.made.load(Ordering::SeqCst)
    }

    async fn is_away(&self) -> bool {
        self.backend.health.forget();
        standing(&self.backend).await.unwrap().is_some()
    }
}

async fn world(pool: PgPool) -> (Process, Process, Arc<ManualClock>, Simulator) {
    let (backend, clock, marketplace) = copied(pool).await;
    (Process::of(&backend, &marketplace), Process::of(&backend, &marketplace), clock, marketplace)
}

async fn taken_down(process: &Process, marketplace: &Simulator, outage: Outage) {
    process.read().await.expect("it is up, and a token is held");
    marketplace.set_outage(Some(outage));
    for _ in 1..FAILURES {
        process.read().await.unwrap_err();
        assert!(!process.is_away().await, "not before the last of them");
    }
    process.read_another().await.unwrap_err();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn three_calls_without_an_answer_open_it_for_every_process(pool: PgPool) {
    let (one, other, _, marketplace) = world(pool).await;
    taken_down(&one, &marketplace, Outage::Reset).await;
    assert!(one.is_away().await && other.is_away().await);
    let (before, refused) = (other.made(), other.read().await.unwrap_err());
    assert_eq!(refused.kind(), &ErrorKind::Refused);
    assert!(refused.message().starts_with("the marketplace has not answered since"), "{refused}");
    assert_eq!(refused.retry_after(), Some(std::time::Duration::from_secs(5)));
    assert_eq!(other.made(), before, "the call did not leave");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_two_processes_one_tries_and_its_answer_ends_it_for_both(pool: PgPool) {
    let (one, other, clock, marketplace) = world(pool).await;
    taken_down(&one, &marketplace, Outage::Maintenance).await;
    let made = || one.made() + other.made();
    let both = async || {
        // Neither may know of the other from what it read before.
        one.backend.health.forget();
        other.backend.health.forget();
        let (one, other) = tokio::join!(probe_if_due(&one.backend), probe_if_due(&other.backend));
        (u8::from(one.unwrap()) + u8::from(other.unwrap()), made())
    };
    let before = made();
    assert_eq!(both().await, (0, before), "the pause is not over");
    for (tries, pause) in [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60)] {
        clock.advance(Duration::seconds(pause - 1));
        assert_eq!(both().await.0, 0, "try {tries} is not due yet");
        clock.advance(Duration::SECOND);
        assert_eq!(both().await.0, 1, "try {tries} is made by one of them");
    }
    // A process that never had a token asks for one first.
    assert!(made() - before <= 12, "{} calls", made() - before);
    marketplace.set_outage(None);
    clock.advance(Duration::MINUTE);
    assert_eq!(both().await.0, 1);
    assert!(!one.is_away().await && !other.is_away().await);
    assert!(one.read().await.is_ok() && other.read().await.is_ok());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_process_that_dies_while_it_tries_is_followed_by_the_next(pool: PgPool) {
    let (one, other, clock, marketplace) = world(pool).await;
    taken_down(&one, &marketplace, Outage::Reset).await;
    clock.advance(Duration::seconds(5));
    let now = one.backend.clock.now();
    assert!(one.backend.health.change(&one.backend.pool, now, |record| record.begin_probe(now)).await.unwrap());
    marketplace.set_outage(None);
    assert!(!probe_if_due(&other.backend).await.unwrap(), "somebody tries already");
    clock.advance(LEASE);
    assert!(probe_if_due(&other.backend).await.unwrap());
    assert!(!other.is_away().await);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn refusals_never_open_it_and_end_a_row_of_failures(pool: PgPool) {
    let (one, ..) = world(pool).await;
    let outcome = |verdict, status, limit| CallOutcome {
        verdict,
        status: Some(status),
        limit,
        retry_after: None,
        elapsed: std::time::Duration::ZERO,
    };
    let tell = async |outcome: CallOutcome| {
        let operation = if one.made().is_multiple_of(2) { "list customers" } else { "estimate" };
        let call = CallInfo { operation, ..READ };
        one.gate.admit(&call).await.unwrap();
        one.gate.observe(&call, &outcome).await;
    };
    for status in [400, 401, 403, 404, 409, 415, 500] {
        for _ in 0..=FAILURES {
            tell(outcome(Verdict::Refusal, status, None)).await;
        }
        assert!(!one.is_away().await, "{status}");
    }
    let fault = outcome(Verdict::Fault(Fault::Unavailable), 503, None);
    for between in [outcome(Verdict::Refusal, 500, None), outcome(Verdict::Success, 200, None)] {
        for _ in 1..FAILURES {
            tell(fault).await;
        }
        tell(between).await;
        assert!(!one.is_away().await);
    }
    // The gateway's limits say nothing about the marketplace behind it.
    for _ in 1..FAILURES {
        tell(fault).await;
    }
    tell(outcome(Verdict::Refusal, 429, Some(Limit::Rate))).await;
    tell(fault).await;
    assert!(one.is_away().await);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn calls_that_fail_together_are_counted_one_by_one(pool: PgPool) {
    let (one, other, _, marketplace) = world(pool).await;
    one.read().await.unwrap();
    other.read().await.unwrap();
    marketplace.set_outage(Some(Outage::Reset));
    one.read_another().await.unwrap_err();
    // Whichever of these fail first, the third failure is one of more than one operation.
    join_all((0..20).map(|_| async { tokio::join!(one.read(), other.read()) })).await;
    let record = sql::read(&one.backend.pool).await.unwrap();
    assert_eq!((record.failures, record.probes), (FAILURES, 0), "those under way when it opened changed nothing");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn one_broken_operation_holds_nothing_back_while_the_marketplace_answers_otherwise(pool: PgPool) {
    let (one, _, _, marketplace) = world(pool).await;
    let fault = FaultRule::once(marketplace_sim::Fault::Html504Before, "getSubscriptions");
    marketplace.add_fault(FaultRule { times: 6, ..fault });
    for round in 1..=2 {
        for _ in 0..FAILURES {
            one.read_another().await.unwrap_err();
        }
        assert!(!one.is_away().await);
        let made = one.made();
        assert!(probe_if_due(&one.backend).await.unwrap(), "round {round}: it is suspected, so it is tried");
        assert_eq!(one.made(), made + 1);
        assert!(!one.is_away().await && !probe_if_due(&one.backend).await.unwrap(), "the answer ends the suspicion");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn where_only_one_operation_was_asked_for_the_try_decides(pool: PgPool) {
    let (one, other, _, marketplace) = world(pool).await;
    one.read().await.unwrap();
    marketplace.set_outage(Some(Outage::Maintenance));
    for _ in 0..FAILURES {
        one.read().await.unwrap_err();
    }
    assert!(!other.is_away().await);
    assert!(probe_if_due(&one.backend).await.unwrap());
    assert!(other.is_away().await);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn another_connection_begins_anew(pool: PgPool) {
    let (one, _, _, marketplace) = world(pool).await;
    taken_down(&one, &marketplace, Outage::Maintenance).await;
    reset(&mut one.backend.pool.acquire().await.unwrap()).await.unwrap();
    assert!(!one.is_away().await);
}
