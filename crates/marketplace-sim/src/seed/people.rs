//! Invents contact persons.

use super::Dice;
use super::words::{FIRST_NAMES, LAST_NAMES};
use crate::state::{Contact, ContactKind};

/// One administrator, sometimes someone for the bills and someone technical.
pub(super) fn contacts(dice: &mut Dice, domain: &str) -> Vec<Contact> {
    let mut contacts = vec![person(dice, domain, ContactKind::Admin)];
    if dice.percent(45) {
        contacts.push(person(dice, domain, ContactKind::Billing));
    }
    if dice.percent(35) {
        contacts.push(person(dice, domain, ContactKind::Technical));
    }
    contacts
}

fn person(dice: &mut Dice, domain: &str, kind: ContactKind) -> Contact {
    let (first, last) = (*dice.pick(&FIRST_NAMES), *dice.pick(&LAST_NAMES));
    Contact {
        kind,
        first_name: first.into(),
        last_name: last.into(),
        email: format!("{}.{}@{domain}", first.to_lowercase(), last.to_lowercase()).into(),
        // 555-0100 to 555-0199 are set aside for fiction.
        phone: format!("1#{}#55501{:02}#", dice.between(201..=989), dice.between(0..=99)).into(),
    }
}
