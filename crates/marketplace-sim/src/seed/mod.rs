//! Invents the data a simulator starts with. The same seed on the same day gives the same data; dates are relative
//! to the day, so that renewals are always near.

mod catalogue;
mod companies;
mod dice;
mod history;
mod orders;
mod people;
mod places;
mod price_list;
mod reports;
mod resellers;
mod showcase;
mod subscriptions;
mod unfinished;
mod words;

pub(crate) use dice::Dice;

use crate::config::Config;
use crate::state::State;
use time::OffsetDateTime;

/// Customers, their subscriptions and orders over three years, reports, and resellers with the same of their own.
pub(crate) fn invent(config: &Config, now: OffsetDateTime) -> State {
    let mut state = State::new(catalogue::build(config.costs_times));
    let today = now.date();
    companies::invent(&mut state, config, today);
    let mut plans =
        subscriptions::invent(&state.catalogue, &state.customers, Dice::new(config.seed, "subscriptions"), today);
    showcase::arrange(&state, &mut plans, today);
    history::write(&mut state, plans, Dice::new(config.seed, "orders"), now);
    reports::invent(&mut state, config.seed, now);
    resellers::invent(&mut state, config, now);
    state
}
