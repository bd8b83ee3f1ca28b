//! Rows of a table that get in each other's way, or in the way of a customer that is not in it.

use super::batch::RowState;
use super::csv::Typed;
use super::facts::Facts;
use super::verdict::Verdict;
use std::collections::{HashMap, HashSet};

/// Refuses rows about the same customer, and those that give a customer the number of another.
pub(super) fn refuse_clashes(rows: &[Typed], verdicts: &mut [Verdict], facts: &Facts) {
    refuse(verdicts, repeated(rows, verdicts));
    // A refused row leaves its customer the number they have, which another row may have wanted.
    loop {
        let shared = shared_numbers(rows, verdicts, facts);
        if shared.is_empty() {
            return;
        }
        refuse(verdicts, shared);
    }
}

fn refuse(verdicts: &mut [Verdict], problems: Vec<(usize, String)>) {
    for (index, problem) in problems {
        verdicts[index].problems.push(problem);
    }
}

fn repeated(rows: &[Typed], verdicts: &[Verdict]) -> Vec<(usize, String)> {
    let mut about: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, verdict) in verdicts.iter().enumerate() {
        if let Some(customer) = verdict.customer_id.as_deref() {
            about.entry(customer).or_default().push(index);
        }
    }
    let others = about.values().flat_map(|indexes| indexes.iter().map(move |index| (*index, indexes)));
    others
        .filter_map(|(index, indexes)| {
            let other = rows[*indexes.iter().find(|other| **other != index)?].line;
            Some((index, format!("Line {other} is about this customer as well. Keep one of the lines.")))
        })
        .collect()
}

/// Judged by how things would be afterwards, so that two customers can exchange their numbers.
fn shared_numbers(rows: &[Typed], verdicts: &[Verdict], facts: &Facts) -> Vec<(usize, String)> {
    let changing = || {
        let ready = verdicts.iter().enumerate().filter(|(_, verdict)| verdict.state() == RowState::Ready);
        ready.filter_map(|(index, v)| Some((index, v.customer_id.as_deref()?, v.external_id.as_deref()?)))
    };
    let giving_up: HashSet<&str> = changing().map(|(_, customer, _)| customer).collect();
    let mut takers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, _, number) in changing() {
        takers.entry(number).or_default().push(index);
    }
    changing()
        .filter_map(|(index, _, number)| {
            if let Some(other) = takers[number].iter().find(|other| **other != index) {
                let line = rows[*other].line;
                return Some((
                    index,
                    format!("Line {line} gives another customer the same external id. Change one of them."),
                ));
            }
            let holder = facts.holders.get(number)?.iter().find(|holder| !giving_up.contains(holder.as_str()))?;
            Some((
                index,
                format!(
                    "Customer {holder} has this external id. Give that customer another one, first or in this table."
                ),
            ))
        })
        .collect()
}
