//! Invents resellers below the account, each with customers, subscriptions and orders of its own. Comes last and throws
//! dice of its own, so that what the account has itself is the same with and without them.

use super::places::Places;
use super::words::{HEADS, TAILS};
use super::{Dice, companies, history, people, subscriptions};
use crate::config::Config;
use crate::state::{MOST_RESELLERS, State};
use crate::wire;
use domain::Currency;
use marketplace::models::{CustomerStatus, Reseller};
use time::OffsetDateTime;

/// Adds as many as were asked for.
pub(super) fn invent(state: &mut State, config: &Config, now: OffsetDateTime) {
    let mut dice = Dice::new(config.seed, "resellers");
    let (today, places) = (now.date(), Places::new());
    let before = state.customers.len();
    for nth in 0..config.resellers.min(MOST_RESELLERS) {
        let id = state.next_reseller_id();
        state.resellers.push(reseller(id, nth, &mut dice, &places));
        let customers = usize::try_from(dice.between(4..=9)).unwrap_or_default();
        companies::invent_below(state, config.seed, id, customers, &mut dice, today);
    }
    let theirs = &state.customers[before..];
    let dice = Dice::new(config.seed, "resellers' subscriptions");
    let subscriptions = subscriptions::invent(&state.catalogue, theirs, dice, today);
    history::write(state, subscriptions, Dice::new(config.seed, "resellers' orders"), now);
}

fn reseller(id: u32, nth: u32, dice: &mut Dice, places: &Places) -> Reseller {
    let head = usize::try_from(nth).unwrap_or_default() * 5 % HEADS.len();
    let name = format!("{}{} Partners", HEADS[head], dice.pick(&TAILS));
    let contacts = people::contacts(dice, &companies::domain(&name));
    Reseller {
        external_id: Some(format!("PARTNER-{:03}", nth + 1)),
        // One in four cannot order.
        status: Some(if nth % 4 == 3 { CustomerStatus::CreditHold } else { CustomerStatus::Active }),
        address: Some(wire::address(&places.address(dice))),
        contact_persons: contacts.iter().map(wire::contact).collect(),
        language: Some("en_US".to_owned()),
        tax_reg_id: Some(format!("00-{:07}", dice.between(1..=9_999_999))),
        currency: Currency::new("USD").ok(),
        taxation_provider_name: Some("Vertex".to_owned()),
        customer_class: Some("Default".to_owned()),
        name: Some(name),
        ..Reseller::new(id.to_string())
    }
}
