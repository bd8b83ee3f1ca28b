//! Invents addresses in the marketplace's country.

use super::Dice;
use super::words::{CITIES, STREETS};
use crate::state::Address;
use std::sync::Arc;

/// Cities, shared by all addresses in them.
pub(super) struct Places {
    country: Arc<str>,
    cities: Vec<(Arc<str>, Arc<str>, &'static str)>,
}

impl Places {
    pub(super) fn new() -> Self {
        let cities =
            CITIES.iter().map(|(city, state, postal)| (Arc::from(*city), Arc::from(*state), *postal)).collect();
        Self { country: Arc::from("US"), cities }
    }

    pub(super) fn address(&self, dice: &mut Dice) -> Address {
        let (city, state, postal) = dice.pick(&self.cities);
        Address {
            street: format!("{} {}", dice.between(1..=980), dice.pick(&STREETS)).into(),
            extension: dice.percent(25).then(|| format!("Suite {}", dice.between(1..=40) * 10).into()),
            postal_code: format!("{postal}{:02}", dice.between(1..=99)).into(),
            city: Arc::clone(city),
            state: Some(Arc::clone(state)),
            country: Arc::clone(&self.country),
        }
    }
}
