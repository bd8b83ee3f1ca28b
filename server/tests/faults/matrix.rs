//! Every fault on every write path.

use super::cell::{Cell, Outcome};
use super::fault::Fault;
use super::judge::Kind;
use super::known::known;
use super::path::Path;
use super::say::say;
use super::table::table;
use super::world::{Template, World};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Worlds at a time: more of them wait for each other on two cores.
const WORLDS: usize = 5;

#[sqlx::test(migrator = "backend::MIGRATOR")]
async fn the_matrix_of_faults_and_write_paths_holds(pool: PgPool) {
    let begun = Instant::now();
    let template = Template::prepare(pool).await;
    say(&format!("prepared in {:.1?}", begun.elapsed()));
    let turns = Arc::new(Semaphore::new(WORLDS));
    let mut worlds = JoinSet::new();
    for fault in Fault::all() {
        let paths: Vec<Path> = Path::ALL.into_iter().filter(|path| is_asked_for(fault, *path)).collect();
        if paths.is_empty() {
            continue;
        }
        let (template, turns) = (template.clone(), turns.clone());
        worlds.spawn(async move {
            let _turn = turns.acquire_owned().await;
            row(&template, fault, &paths).await
        });
    }
    let mut outcomes = Vec::new();
    let mut panics = Vec::new();
    while let Some(row) = worlds.join_next().await {
        match row {
            Ok(row) => outcomes.extend(row),
            Err(error) => panics.push(error.to_string()),
        }
    }
    report(&outcomes, begun);
    assert!(panics.is_empty(), "rows came to no end: {panics:?}");
}

/// One fault on those paths, in a world of its own.
async fn row(template: &Template, fault: Fault, paths: &[Path]) -> Vec<Outcome> {
    let begun = Instant::now();
    let world = Arc::new(World::open(template, &fault.name()).await);
    let mut outcomes = Vec::new();
    if fault.one_at_a_time() {
        for path in paths {
            outcomes.extend(Cell::run(&world, fault, *path).await);
        }
    } else {
        let mut cells = JoinSet::new();
        for path in paths.iter().copied() {
            let world = world.clone();
            cells.spawn(async move { Cell::run(&world, fault, path).await });
        }
        while let Some(outcome) = cells.join_next().await {
            outcomes.extend(outcome.unwrap());
        }
    }
    say(&format!("{} in {:.1?}; log: {}", fault.name(), begun.elapsed(), world.log()));
    if let Some(world) = Arc::into_inner(world) {
        world.close().await;
    }
    outcomes
}

/// Whether `FAULT_CELL` names it, as `fault:path`, either of them empty for all; without it, all.
fn is_asked_for(fault: Fault, path: Path) -> bool {
    let Some(asked) = std::env::var_os("FAULT_CELL") else { return true };
    let asked = asked.to_string_lossy();
    let (row, column) = asked.split_once(':').unwrap_or((&asked, ""));
    (row.is_empty() || row == fault.name()) && (column.is_empty() || column == path.name())
}

/// Prints the matrix and the counts, and fails on a violation that is not known.
fn report(outcomes: &[Outcome], begun: Instant) {
    say(&table(outcomes));
    let (mut violations, mut expected, mut healed) = (0, 0, Vec::new());
    for outcome in outcomes {
        let name = format!("{}:{}", outcome.fault.name(), outcome.path.name());
        let known = known(outcome.fault, outcome.path);
        for violation in &outcome.verdict.violations {
            let stopped = outcome.stopped_at.as_ref().map(|at| format!(" (killed at {at})")).unwrap_or_default();
            if let Some(entry) = known.iter().find(|entry| entry.kind == violation.kind) {
                expected += 1;
                say(&format!("known: {name}{stopped}: {violation} ({})", entry.reason));
            } else {
                violations += 1;
                say(&format!("VIOLATION: {name}{stopped}: {violation}"));
                say(&format!(
                    "  again: FAULT_CELL={name} cargo test -p server --test faults the_matrix -- --nocapture"
                ));
            }
        }
        let broken = |kind: Kind| outcome.verdict.violations.iter().any(|violation| violation.kind == kind);
        healed.extend(known.iter().filter(|entry| !broken(entry.kind)).map(|entry| format!("{name} {:?}", entry.kind)));
    }
    let cells = outcomes.len();
    say(&format!("cells: {cells}, violations: {violations}, known: {expected}, in {:.1?}", begun.elapsed()));
    assert!(healed.is_empty(), "these cells hold now; take them out of known.rs: {healed:?}");
    assert_eq!(violations, 0, "violations");
}
