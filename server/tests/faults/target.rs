//! What each write is about: a customer and a subscription of its own, for which the write can be made.

use super::form::choices;
use super::http::Browser;
use super::path::Path;
use super::truth;
use app::paths::of_subscription;
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};

/// What a write is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    pub(crate) customer: String,
    pub(crate) subscription: String,
    /// The customer's name.
    pub(crate) name: String,
    /// The seats of the first product line.
    pub(crate) seats: i64,
    /// The product to buy, or what to switch to.
    pub(crate) choice: String,
}

/// A target for every path, each with a customer of its own. The rarest possibilities choose first.
pub(crate) async fn find(pool: &PgPool, browser: &mut Browser) -> BTreeMap<Path, Target> {
    let candidates = truth::candidates(pool).await.unwrap();
    let mut taken = BTreeSet::new();
    let mut found = BTreeMap::new();
    for path in [
        Path::Switch,
        Path::Cancellation,
        Path::Renewal,
        Path::Seats,
        Path::Sales,
        Path::AutoRenewal,
        Path::Price,
        Path::Customer,
        Path::NewCustomer,
        Path::Report,
    ] {
        let mut chosen = None;
        for candidate in candidates.iter().filter(|candidate| !taken.contains(&candidate.customer)) {
            if let Some(target) = able(pool, browser, path, candidate).await {
                chosen = Some(target);
                break;
            }
        }
        let chosen = chosen.unwrap_or_else(|| panic!("nothing to try {} with", path.name()));
        taken.insert(chosen.customer.clone());
        found.insert(path, chosen);
    }
    found
}

/// The target, if its form can be had.
async fn able(pool: &PgPool, browser: &mut Browser, path: Path, candidate: &Target) -> Option<Target> {
    let options = match path {
        Path::Sales => vec![truth::product_to_buy(pool).await.unwrap()],
        Path::Switch => {
            let page = browser.get(&of_subscription(&candidate.subscription, "switch")).await.ok()?.body;
            choices(&page, "to")
        }
        _ => vec![String::new()],
    };
    for choice in options {
        let target = Target { choice, ..candidate.clone() };
        if path == Path::Switch && !truth::switches_at_once(pool, &target).await.unwrap() {
            continue;
        }
        if path.form(browser, &target).await.is_some() {
            return Some(target);
        }
    }
    None
}
