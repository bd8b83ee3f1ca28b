//! What the rows of a table come to, judged by what is known now. Nothing is changed by it.

use super::batch::RowState;
use super::clashes::refuse_clashes;
use super::csv::Typed;
use super::facts::{Facts, Named};
use uuid::Uuid;

/// Characters of an external id. The marketplace states no limit; nobody's own numbers are longer (assumed).
pub const MAX_EXTERNAL_ID_CHARS: usize = 100;

/// What one row comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whom it is about, once that is clear.
    pub(super) customer_id: Option<String>,
    /// What the external id was, where it changes.
    pub(super) external_id_before: Option<String>,
    /// What it becomes; `None` where it stays.
    pub(super) external_id: Option<String>,
    /// Who the account managers were, where they change.
    pub(super) managers_before: Vec<Uuid>,
    /// Who they become; `None` where they stay.
    pub(super) managers: Option<Vec<Uuid>>,
    /// What is wrong and what to do about it.
    pub(super) problems: Vec<String>,
}

/// One verdict for each row, in their order.
pub(super) fn judge(rows: &[Typed], facts: &Facts) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = rows.iter().map(|row| judge_row(row, facts)).collect();
    refuse_clashes(rows, &mut verdicts, facts);
    verdicts
}

impl Verdict {
    /// `Ready`, `Unchanged` or `Refused`.
    pub(super) fn state(&self) -> RowState {
        if !self.problems.is_empty() {
            RowState::Refused
        } else if self.external_id.is_some() || self.managers.is_some() {
            RowState::Ready
        } else {
            RowState::Unchanged
        }
    }

    /// The problems in one text.
    pub(super) fn message(&self) -> Option<String> {
        (!self.problems.is_empty()).then(|| self.problems.join(" "))
    }
}

fn judge_row(row: &Typed, facts: &Facts) -> Verdict {
    let mut verdict = Verdict::default();
    let customer = match customer(&row.customer, facts) {
        Ok(customer) => Some(customer),
        Err(problem) => {
            verdict.problems.push(problem);
            None
        }
    };
    let has = customer.and_then(|customer| customer.external_id.clone());
    if !row.external_id.is_empty() && has.as_deref() != Some(&row.external_id) {
        verdict.problems.extend(external_id_problem(&row.external_id));
        verdict.external_id_before = has;
        verdict.external_id = Some(row.external_id.clone());
    }
    let now = customer.and_then(|customer| facts.managers.get(&customer.id)).cloned().unwrap_or_default();
    match managers(&row.managers, &now, facts) {
        Ok(wanted) => {
            verdict.managers = wanted.filter(|wanted| *wanted != now);
            verdict.managers_before = if verdict.managers.is_some() { now } else { Vec::new() };
        }
        Err(problems) => verdict.problems.extend(problems),
    }
    verdict.customer_id = customer.map(|customer| customer.id.clone());
    verdict
}

/// The customer with this id; failing that, the only one with this name.
fn customer<'a>(typed: &str, facts: &'a Facts) -> Result<&'a Named, String> {
    if typed.is_empty() {
        return Err("Write the customer's id or name.".to_owned());
    }
    let found = facts.customers.get(typed).map(Vec::as_slice).unwrap_or_default();
    if let Some(customer) = found.iter().find(|customer| customer.id == typed) {
        return Ok(customer);
    }
    match found {
        [] => Err("There is no customer with this id or name. Copy the id from the export.".to_owned()),
        [customer] => Ok(customer),
        several => {
            let ids: Vec<&str> = several.iter().map(|customer| customer.id.as_str()).collect();
            Err(format!("{} customers have this name: {}. Write the id instead.", ids.len(), ids.join(", ")))
        }
    }
}

fn external_id_problem(external_id: &str) -> Option<String> {
    if external_id.chars().count() > MAX_EXTERNAL_ID_CHARS {
        Some(format!("Use an external id of at most {MAX_EXTERNAL_ID_CHARS} characters."))
    } else if external_id.contains(char::is_control) {
        Some("Write the external id on one line.".to_owned())
    } else {
        None
    }
}

/// Who the account managers become, in the order of their ids. Whoever was disabled may stay, but not be added.
fn managers(typed: &str, now: &[Uuid], facts: &Facts) -> Result<Option<Vec<Uuid>>, Vec<String>> {
    match typed {
        "" => return Ok(None),
        "-" => return Ok(Some(Vec::new())),
        _ => {}
    }
    let (mut ids, mut problems) = (Vec::new(), Vec::new());
    for address in typed.split(';').map(str::trim).filter(|address| !address.is_empty()) {
        let person = facts.people.iter().find(|person| person.email.to_lowercase() == address.to_lowercase());
        match person {
            Some(person) if person.enabled || now.contains(&person.staff_id) => ids.push(person.staff_id),
            Some(_) => problems.push(format!("{address} can no longer sign in. Name somebody else.")),
            None => problems.push(format!(
                "Nobody here has the e-mail address {address}. Check it, or add the staff member first."
            )),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    if problems.is_empty() { Ok(Some(ids)) } else { Err(problems) }
}
