//! Random runs of everything that can go wrong at once: faults of the marketplace, the same form posted twice, servers
//! killed at any moment, two servers. However a run goes, no order may be there twice, none may be lost, and no state may
//! say what is not so.
//!
//! A run is played in this process, with a stand-in marketplace over HTTP, a database of its own, and two [`Backend`]s
//! that share nothing but these. A kill is a future that is dropped after so many polls, and a new server in its place.
//! The moves depend on the seed alone. What can differ when a seed is played again: after how many polls an answer of the
//! network arrives, so that a kill may strike a little earlier or later, and identifiers.
//!
//! [`Backend`]: crate::Backend

mod dice;
mod form;
mod found;
mod judge;
mod judge_tests;
mod kill;
mod play;
mod scene;
mod schedule;
mod sql;
mod stage;
mod tally;
mod truth;

use marketplace_sim::Fault;
use sqlx::PgPool;
use stage::Stage;
use std::env::var_os;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tally::Tally;

/// How `cargo xtask soak` tells the long test what to do.
const RUNS: &str = "SOAK_RUNS";
const INTENTS: &str = "SOAK_INTENTS";
const SEED: &str = "SOAK_SEED";
const THREADS: &str = "SOAK_THREADS";

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whatever_breaks_nothing_is_ordered_twice_nothing_is_lost_and_no_state_lies(pool: PgPool) {
    let stage = Stage::set(pool).await;
    let mut tally = Tally::default();
    for seed in 1..=15 {
        let (counts, story) = Box::pin(play::run(&stage, seed, 30)).await;
        assert_eq!(story, None, "{}", story.as_deref().unwrap_or_default());
        tally += counts;
        // A kill strikes a little earlier or later each time, so it is not certain that four runs have had them all.
        if seed >= 4 && missing(&tally).is_empty() {
            break;
        }
    }
    println!("{tally}");
    assert_eq!(missing(&tally), [""; 0], "{tally:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
#[ignore = "takes long: cargo xtask soak"]
async fn as_many_random_runs_as_are_asked_for(pool: PgPool) {
    let (runs, intents, first) = (number(RUNS, 10), number(INTENTS, 200), number(SEED, 1));
    let stage = Stage::set(pool).await;
    let (next, begun) = (AtomicU64::new(first), Instant::now());
    let (tally, stories) = (Mutex::new(Tally::default()), Mutex::new(Vec::new()));
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + runs {
                return;
            }
            let (counts, story) = runtime.block_on(play::run(&stage, seed, usize::try_from(intents).unwrap()));
            let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
            *tally += counts;
            if let Some(story) = story {
                println!("{story}");
                stories.lock().unwrap_or_else(PoisonError::into_inner).push(seed);
            }
            if tally.runs.is_multiple_of(10) || runs < 10 {
                println!("{} s: {tally}", begun.elapsed().as_secs());
            }
        }
    };
    std::thread::scope(|scope| (0..number(THREADS, 2)).for_each(|_| drop(scope.spawn(work))));
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("seeds {first} to {}, {intents} intents each, {} s", first + runs - 1, begun.elapsed().as_secs());
    println!("{tally}");
    println!("{tally:#?}");
    let stories = stories.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(stories.is_empty(), "seeds {stories:?} broke a promise");
    assert!(runs * intents < 1_000 || missing(&tally).is_empty(), "never happened: {:?}", missing(&tally));
}

/// What was not done to the promise yet. One that nothing was done to is not kept.
fn missing(tally: &Tally) -> Vec<&'static str> {
    let faults = Fault::ALL.iter().map(|fault| fault.name()).filter(|fault| !tally.faults.contains_key(*fault));
    let states = ["posting", "approved", "sending", "unknown", "submitted", "processing", "both working"];
    let kills = states.into_iter().filter(|state| !tally.kills.contains_key(*state));
    let ends = ["completed", "failed"].into_iter().filter(|end| !tally.ends.contains_key(*end));
    let double_posts = (tally.double_posts == 0).then_some("double posts");
    faults.chain(kills).chain(ends).chain(double_posts).collect()
}

fn number(variable: &str, usual: u64) -> u64 {
    let set = var_os(variable).map(|value| value.to_string_lossy().parse());
    set.map_or(usual, |number| number.unwrap_or_else(|_| panic!("{variable} is not a number")))
}
