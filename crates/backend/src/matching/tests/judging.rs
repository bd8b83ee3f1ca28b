//! What holds for every table, whoever typed it.

use crate::matching::RowState;
use crate::matching::csv::Typed;
use crate::matching::facts::{Facts, Named};
use crate::matching::verdict::judge;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Six customers, some of whom have one of five numbers.
fn numbers_now() -> impl Strategy<Value = BTreeMap<String, Option<String>>> {
    prop::collection::vec(prop::option::of(0..5_u8), 6).prop_map(|numbers| {
        let named = |(customer, number): (usize, Option<u8>)| (customer.to_string(), number.map(|n| format!("N-{n}")));
        numbers.into_iter().enumerate().map(named).collect()
    })
}

fn facts(now: &BTreeMap<String, Option<String>>) -> Facts {
    let mut facts = Facts::default();
    for (id, external_id) in now {
        let customer = Named { id: id.clone(), external_id: external_id.clone() };
        facts.customers.insert(id.clone(), vec![customer]);
        if let Some(number) = external_id {
            facts.holders.entry(number.clone()).or_default().push(id.clone());
        }
    }
    facts
}

proptest! {
    #[test]
    fn no_table_gives_a_customer_a_number_that_another_has_afterwards(
        now in numbers_now(),
        typed in prop::collection::vec((0..8_u8, 0..5_u8), 1..9),
    ) {
        let row = |(line, (customer, number)): (i32, &(u8, u8))| Typed {
            line,
            customer: customer.to_string(),
            external_id: format!("N-{number}"),
            managers: String::new(),
        };
        let rows: Vec<Typed> = (1..).zip(&typed).map(row).collect();
        let verdicts = judge(&rows, &facts(&now));
        let accepted: Vec<_> = verdicts.iter().filter(|verdict| verdict.state() != RowState::Refused).collect();
        let customers: BTreeSet<_> = accepted.iter().map(|verdict| verdict.customer_id.clone()).collect();
        prop_assert_eq!(customers.len(), accepted.len(), "nobody is changed by two rows");
        let mut afterwards = now.clone();
        let ready = accepted.iter().filter(|verdict| verdict.state() == RowState::Ready);
        let given: Vec<_> = ready.map(|v| (v.customer_id.clone().unwrap(), v.external_id.clone())).collect();
        afterwards.extend(given.iter().cloned());
        for (customer, number) in &given {
            let holders: Vec<_> = afterwards.iter().filter(|(_, has)| *has == number).map(|(id, _)| id).collect();
            prop_assert_eq!(holders, [customer]);
        }
    }
}
