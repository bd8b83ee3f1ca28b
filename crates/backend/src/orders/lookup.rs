//! Finds out whether an order whose answer was lost exists at the marketplace.

use super::evidence::{Candidate, Look};
use super::judge::{Verdict, Wanted, candidate};
use super::listing::orders_of;
use super::progress::{Held, NO_ANSWER, News, move_on, take_up};
use super::sql;
use crate::{Backend, Error, Result};
use domain::IntentState;
use futures::StreamExt;
use marketplace::ErrorKind;
use marketplace::models::OrderDetailed;
use time::{Duration, OffsetDateTime};

/// Looks once, and keeps what was seen. Found: the intent goes on as that order. Not found: looks again later, and after
/// [`PATIENCE`] the order is taken to have never arrived. Could it be one or the other of several, nothing is guessed: a
/// person says.
pub(super) async fn look_up(backend: &Backend, intent: &Held) -> Result<()> {
    let began = backend.clock.now();
    let sent_at = intent.sent_at.unwrap_or(intent.estimated_at);
    match search(backend, intent, sent_at).await {
        Ok(Seen { found: Some(order), look }) => {
            sql::looks::insert(&mut *backend.pool.acquire().await?, intent.id, &Look { at: began, ..look }).await?;
            let news = News { look_again_in: Some(Duration::seconds(2)), ..News::of_order(&order) };
            take_up(backend, intent, &order, news).await
        }
        Ok(Seen { found: None, look }) => not_found(backend, intent, sent_at, Look { at: began, ..look }).await,
        Err(Error::Marketplace(error)) => {
            let problem = format!("The marketplace could not be asked: {}.", error.message().trim_end_matches('.'));
            let look = Look { at: began, problem: Some(problem), compared: 0, candidates: Vec::new() };
            let again = began + pause(intent.looks);
            keep(backend, intent, &look, Some(again), None).await
        }
        Err(error) => Err(error),
    }
}

/// How long an order may take to appear, counted from the first look that saw everything. The slowest answer on record is a
/// little over a minute (assumed margin).
const PATIENCE: Duration = Duration::minutes(30);
const FEWEST_LOOKS: i64 = 5;

/// How far the clocks may be apart for an order that carries our mark to be found.
const MARKED_SKEW: Duration = Duration::days(1);

/// Orders that are shown to people.
const NEAREST: usize = 5;

async fn not_found(backend: &Backend, intent: &Held, sent_at: OffsetDateTime, look: Look) -> Result<()> {
    if intent.state == IntentState::Absent {
        return keep(backend, intent, &look, None, None).await;
    }
    let again = look.at + pause(intent.looks);
    let possible = look.candidates.iter().filter(|candidate| candidate.fits).count();
    if possible > 0 {
        let which = if possible == 1 { "One order".to_owned() } else { format!("{possible} orders") };
        let problem = format!(
            "{which} at the marketplace could be this one, and none carries its mark. Say on the order's page whether \
             one of them is it."
        );
        return keep(backend, intent, &look, Some(again), Some(&problem)).await;
    }
    let at = look.at;
    keep(backend, intent, &look, Some(again), Some(NO_ANSWER)).await?;
    let count = sql::looks::count(&backend.pool, intent.id, sent_at).await?;
    let patient = count.first_complete_at.is_some_and(|first| at - first >= PATIENCE);
    if !patient || count.complete < FEWEST_LOOKS {
        return Ok(());
    }
    let problem = "The order never appeared at the marketplace. Place it again if it is still wanted.";
    let news = News { problem: Some(problem.to_owned()), ..News::default() };
    move_on(backend, intent, IntentState::Absent, news).await
}

async fn keep(
    backend: &Backend,
    intent: &Held,
    look: &Look,
    again: Option<OffsetDateTime>,
    problem: Option<&str>,
) -> Result<()> {
    let again = if intent.state == IntentState::Absent && look.problem.is_none() { None } else { again };
    let mut transaction = backend.pool.begin().await?;
    sql::looks::insert(&mut transaction, intent.id, look).await?;
    sql::looks::reschedule(&mut transaction, intent.id, again, problem).await?;
    Ok(transaction.commit().await?)
}

/// What a complete reading of the window showed.
struct Seen {
    found: Option<OrderDetailed>,
    look: Look,
}

async fn search(backend: &Backend, intent: &Held, sent_at: OffsetDateTime) -> Result<Seen> {
    let wanted = Wanted::new(intent, sent_at)?;
    let marketplace = backend.marketplace()?;
    let reseller = sql::reseller_of(&backend.pool, &intent.customer_id).await?;
    let mut pages = orders_of(&marketplace, reseller.as_deref(), &intent.customer_id, sent_at - MARKED_SKEW);
    let (mut compared, mut candidates, mut possible) = (0, Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        for order in page?.data {
            if wanted.is_older(&order) && !wanted.has_our_mark(&order) {
                continue;
            }
            compared += 1;
            if sql::is_claimed(&backend.pool, order.id.as_str(), intent.id).await? {
                let reasons = vec!["It belongs to another order placed here.".to_owned()];
                candidates.push(Candidate { claimed: true, ..candidate(&order, reasons, false) });
                continue;
            }
            if let Some(reasons) = wanted.ruled_out(&order) {
                candidates.push(candidate(&order, reasons, false));
                continue;
            }
            let order = match marketplace.order(&order.id).await {
                Ok(order) => order,
                Err(error) if is_about_it(&error) => {
                    candidates.push(candidate(&order, vec![unreadable(&error)], true));
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            match wanted.judge(&order) {
                Verdict::Ours => return Ok(Seen { look: seen(compared, candidates), found: Some(order) }),
                Verdict::Possible => possible.push(order),
                Verdict::Other(reasons) => candidates.push(candidate(&order.order, reasons, false)),
            }
        }
    }
    let only_one = possible.len() == 1 && !candidates.iter().any(|candidate| candidate.fits);
    if only_one && !happens_by_itself(intent) && !sql::looks::marks_come_back(&backend.pool, &intent.kind).await? {
        return Ok(Seen { look: seen(compared, candidates), found: possible.pop() });
    }
    let unmarked = "It does not carry Seatboard's mark; everything else is the same.";
    candidates.extend(possible.iter().map(|order| candidate(&order.order, vec![unmarked.to_owned()], true)));
    Ok(Seen { look: seen(compared, candidates), found: None })
}

/// Whether the marketplace has something against this order being read, and not against being asked.
fn is_about_it(error: &marketplace::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Forbidden | ErrorKind::Upstream | ErrorKind::Decode)
}

fn unreadable(error: &marketplace::Error) -> String {
    format!("Its details cannot be read, so it may be it or not: {}.", error.message().trim_end_matches('.'))
}

/// The marketplace renews by itself, and such a renewal carries nobody's mark: it is no proof that ours arrived.
fn happens_by_itself(intent: &Held) -> bool {
    intent.kind == "renewal"
}

/// The likeliest first: what fits, then what differs least.
fn seen(compared: i32, mut candidates: Vec<Candidate>) -> Look {
    candidates.sort_by_key(|candidate| (!candidate.fits, candidate.claimed, candidate.reasons.len()));
    // Whatever fits must be seen by whoever decides.
    let fitting = candidates.iter().filter(|candidate| candidate.fits).count();
    candidates.truncate(NEAREST.max(fitting));
    Look { at: OffsetDateTime::UNIX_EPOCH, problem: None, compared, candidates }
}

/// 2 s, then 5 s, 15 s, and 60 s from there on; after an hour of that every quarter of an hour, after a week every six hours.
pub(super) fn pause(looks: i32) -> Duration {
    Duration::seconds(match looks {
        ..=2 => 2,
        3..=6 => 5,
        7..=12 => 15,
        13..=72 => 60,
        73..=744 => 900,
        _ => 21_600,
    })
}
