//! Invents the customers.

use super::Dice;
use super::people;
use super::places::Places;
use super::words::{HEADS, TAILS, TRADES};
use crate::config::Config;
use crate::state::{ContactKind, Customer, CustomerStatus, RESELLER_ID, State, midnight};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use time::{Date, Duration, OffsetDateTime};

/// How many different names there are.
pub(super) const NAMES: usize = HEADS.len() * TAILS.len() * TRADES.len();
/// Customers whose statuses are arranged and not left to the dice.
const FEW: usize = 21;
/// Shares no factor with [`NAMES`], so that stepping by it visits every name once.
const STRIDE: usize = 30_011;

/// Adds the account's own customers, oldest first. The first few show every status there is.
pub(super) fn invent(state: &mut State, config: &Config, today: Date) {
    let count = usize::try_from(config.customers).unwrap_or(NAMES).clamp(1, NAMES);
    let mut dice = Dice::new(config.seed, "customers");
    let first_name = first_name(&mut dice);
    add(state, RESELLER_ID, (first_name, 0..count), &mut dice, today);
}

/// Adds customers of a reseller below, oldest first. Their names go on where those of the customers before them end.
pub(super) fn invent_below(state: &mut State, seed: u64, reseller: u32, count: usize, dice: &mut Dice, today: Date) {
    let first_name = first_name(&mut Dice::new(seed, "customers"));
    // Past the few whose statuses are arranged.
    let begin = state.customers.len() + FEW;
    add(state, reseller, (first_name, begin..begin + count), dice, today);
}

fn first_name(dice: &mut Dice) -> usize {
    usize::try_from(dice.between(0..=10_000)).unwrap_or(0)
}

fn add(state: &mut State, reseller: u32, (first_name, numbers): (usize, Range<usize>), dice: &mut Dice, today: Date) {
    let (language, places) = (Arc::from("en_US"), Places::new());
    let mut created: Vec<OffsetDateTime> = numbers.clone().map(|_| created(dice, today)).collect();
    created.sort_unstable();
    for (nth, created) in numbers.zip(created) {
        let name = name(first_name + nth);
        let domain = domain(&name);
        state.customers.push(Customer {
            id: state.next_customer_id(),
            reseller,
            created,
            status: status(nth, dice),
            external_id: dice.percent(60).then(|| format!("CRM-{:05}", 10_000 + nth).into()),
            tax_id: dice.percent(70).then(|| format!("00-{:07}", dice.between(1..=9_999_999)).into()),
            language: Arc::clone(&language),
            address: places.address(dice),
            contacts: people::contacts(dice, &domain),
            attributes: BTreeMap::new(),
            name: name.into(),
        });
    }
}

/// The domain a company of this name would use: always under `.example`.
pub(super) fn domain(company: &str) -> String {
    format!("{}.example", company.to_lowercase().replace(' ', "-"))
}

/// The e-mail address of a customer's administrator.
pub(super) fn admin_email(customer: &Customer) -> String {
    let admin = customer.contacts.iter().find(|contact| contact.kind == ContactKind::Admin);
    admin.map(|contact| contact.email.to_string()).unwrap_or_default()
}

fn name(nth: usize) -> String {
    let at = nth * STRIDE % NAMES;
    let (head, rest) = (at % HEADS.len(), at / HEADS.len());
    format!("{}{} {}", HEADS[head], TAILS[rest % TAILS.len()], TRADES[rest / TAILS.len()])
}

fn created(dice: &mut Dice, today: Date) -> OffsetDateTime {
    let day = today - Duration::days(dice.between(120..=1_700).into());
    midnight(day) + Duration::seconds(dice.between(28_800..=64_800).into())
}

fn status(nth: usize, dice: &mut Dice) -> CustomerStatus {
    use CustomerStatus::{Active, AdminHold, Cancelled, CreditHold, Error, Pending};
    match nth {
        6 => CreditHold,
        9 => AdminHold,
        12 => Pending,
        15 => Cancelled,
        18 => Error,
        0..FEW => Active,
        _ => *dice.weighted(&[(92, Active), (3, CreditHold), (1, AdminHold), (1, Pending), (3, Cancelled)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_name_is_used_once() {
        let names: HashSet<String> = (0..NAMES).map(name).collect();
        assert_eq!(names.len(), NAMES);
    }
}
