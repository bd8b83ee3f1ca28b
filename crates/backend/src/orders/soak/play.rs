//! Plays a run: moves until there are enough intents, then a time in which nothing goes wrong any more.

use super::form::Form;
use super::judge::{self, Finding, Kind};
use super::kill::killed_after;
use super::scene::Scene;
use super::schedule::{Move, Post, Schedule};
use super::stage::Stage;
use super::tally::Tally;
use crate::orders::worker::step;
use crate::sync::{self, Rhythm};
use crate::{Backend, Result};
use std::fmt::Write;
use time::Duration;
use uuid::Uuid;

/// Moves of a run for each intent that is wanted, at most: whatever is refused, a run ends.
const MOVES_PER_INTENT: usize = 40;

/// Plays one seed until `intents` were made; gives what was counted and, where a promise was broken, the story of it.
pub(super) async fn run(stage: &Stage, seed: u64, intents: usize) -> (Tally, Option<String>) {
    let mut scene = Scene::open(stage, seed).await;
    let mut schedule = Schedule::new(seed);
    for number in 0..intents * MOVES_PER_INTENT {
        if scene.promised.len() >= intents {
            break;
        }
        let next = schedule.next();
        let came = Box::pin(play(&mut scene, &next)).await;
        scene.journal.push(format!("{number}: {next:?}: {came}"));
        scene.tally.moves += 1;
        let found = judge::at_any_time(&scene).await;
        scene.findings.extend(found);
        if !scene.findings.is_empty() {
            break;
        }
    }
    if scene.findings.is_empty() {
        settle(&mut scene).await;
        judge::at_the_end(&mut scene).await;
    }
    let story = judge::story(&scene, seed, intents).await;
    scene.count();
    (scene.close().await, story)
}

async fn play(scene: &mut Scene<'_>, next: &Move) -> String {
    match next {
        Move::Post(post) => self::post(scene, post).await,
        Move::Work { server, steps, kill } => Box::pin(work(scene, *server, *steps, *kill)).await,
        Move::BothWork { server, steps, kill } => Box::pin(both_work(scene, *server, *steps, *kill)).await,
        Move::Sync { server, kill } => read_again(scene, *server, *kill).await,
        Move::Fault(rule) => {
            scene.marketplace.add_fault(rule.clone());
            String::new()
        }
        Move::ExpireTokens => {
            scene.marketplace.expire_tokens();
            String::new()
        }
        Move::Outage(outage) => {
            scene.marketplace.set_outage(*outage);
            String::new()
        }
        Move::Advance(by) => {
            scene.advance(*by);
            String::new()
        }
    }
}

pub(super) async fn post(scene: &mut Scene<'_>, post: &Post) -> String {
    let (here, there) = (post.server, 1 - post.server);
    let form = match Form::review(&scene.servers[here], scene.stage, &post.wish).await {
        Ok(form) => form,
        Err(error) => {
            scene.tally.refused += 1;
            return format!("no review: {error}");
        }
    };
    let first = killed_after(post.kill, Box::pin(form.post(&scene.servers[here], scene.stage)));
    let second = async {
        if !post.twice {
            return None;
        }
        Some(Box::pin(form.post(&scene.servers[there], scene.stage)).await)
    };
    let (first, second) = tokio::join!(first, second);
    if first.is_none() {
        scene.killed("posting");
        scene.replace(here).await;
    }
    let third = if post.again { Some(Box::pin(form.post(&scene.servers[there], scene.stage)).await) } else { None };
    scene.tally.double_posts += u64::from(second.is_some()) + u64::from(third.is_some());
    scene.promise([first, second, third].into_iter().flatten())
}

async fn work(scene: &mut Scene<'_>, server: usize, most: u32, kill: Option<u32>) -> String {
    let before = if kill.is_some() { most - 1 } else { most };
    let mut came = steps(&scene.servers[server], before).await;
    if kill.is_none() {
        return came;
    }
    let due = scene.due().await;
    if let Some(ended) = Box::pin(killed_after(kill, step(&scene.servers[server]))).await {
        let _ = write!(came, " {ended:?} before it could be killed");
        return came;
    }
    scene.replace(server).await;
    if let Some(due) = due {
        let state = scene.state(due).await;
        let _ = write!(came, " killed over {due}, which is {state}");
        scene.killed(&state);
    }
    came
}

async fn both_work(scene: &mut Scene<'_>, server: usize, most: u32, kill: Option<u32>) -> String {
    let (mortal, other) = (&scene.servers[server], &scene.servers[1 - server]);
    let (first, second) = tokio::join!(killed_after(kill, steps(mortal, most)), steps(other, most));
    if first.is_none() {
        scene.killed("both working");
        scene.replace(server).await;
    }
    format!("{first:?} and {second:?}")
}

/// Works until nothing is due, at most so many steps; says what came of each.
async fn steps(server: &Backend, most: u32) -> String {
    let mut came = String::new();
    for _ in 0..most {
        match step(server).await {
            Ok(true) => came.push('.'),
            Ok(false) => break,
            Err(error) => {
                let _ = write!(came, " ({error}) ");
            }
        }
    }
    came
}

async fn read_again(scene: &mut Scene<'_>, server: usize, kill: Option<u32>) -> String {
    let rhythm = Rhythm::default();
    let came = killed_after(kill, sync::catch_up(&scene.servers[server], &rhythm)).await;
    if came.is_none() {
        scene.killed("reading");
        scene.replace(server).await;
    }
    format!("{came:?}")
}

/// Nothing goes wrong any more and time passes, until nobody waits for anything.
pub(super) async fn settle(scene: &mut Scene<'_>) {
    scene.marketplace.clear_faults();
    scene.marketplace.set_outage(None);
    for round in 0..60 {
        work_off(scene).await;
        if judge::all_ended(scene).await {
            break;
        }
        scene.advance(if round < 20 { Duration::seconds(15) } else { Duration::minutes(2) });
    }
    // Orders that wait for a renewal are looked at a few times a day.
    scene.advance(Duration::hours(7));
    work_off(scene).await;
}

async fn work_off(scene: &Scene<'_>) {
    for _ in 0..10_000 {
        let [a, b] = &scene.servers;
        let worked = [step(a).await, step(b).await];
        if worked.iter().all(|worked| matches!(worked, Ok(false))) {
            return;
        }
    }
}

impl Scene<'_> {
    fn killed(&mut self, state: &str) {
        *self.tally.kills.entry(state.to_owned()).or_default() += 1;
    }

    /// Notes what people were told. One form may be answered with one intent only.
    fn promise(&mut self, answers: impl Iterator<Item = Result<Uuid>>) -> String {
        let (told, refused): (Vec<_>, Vec<_>) = answers.partition(Result::is_ok);
        let mut told: Vec<Uuid> = told.into_iter().flatten().collect();
        told.sort_unstable();
        told.dedup();
        if told.is_empty() {
            self.tally.refused += 1;
        }
        if let [one, another, ..] = told[..] {
            let what = format!("one form was answered with {one} and with {another}");
            self.findings.push(Finding { kind: Kind::Duplicate, intent: Some(one), what });
        }
        let came = format!("{told:?} {refused:?}");
        self.promised.extend(told);
        came
    }
}
