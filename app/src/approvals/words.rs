//! What is to be approved, in words.

use crate::format;
use crate::orders::{start_in_words, switch_in_words};
use ::backend::approvals::{Approval, Decided};
use ::backend::orders::{IntentLine, Switched};
use domain::Money;

/// What the order does: as in "Approve: 15 seats".
pub(super) fn act(approval: &Approval) -> String {
    act_of(&approval.kind, &approval.lines)
}

fn act_of(kind: &str, lines: &[IntentLine]) -> String {
    let all = || format::seats(lines.iter().map(|line| i64::from(line.after.get())).sum());
    match kind {
        "cancellation" => "cancellation".to_owned(),
        "renewal" => "renewal".to_owned(),
        "migration" => format!("migrate {}", all()),
        "change" if lines.iter().all(|line| line.before == line.after) => "switch".to_owned(),
        "change" if lines.len() > 1 => {
            let leaving = lines.iter().map(|line| i64::from(line.before.get()) - i64::from(line.after.get())).max();
            format!("move {}", format::seats(leaving.unwrap_or_default()))
        }
        _ => all(),
    }
}

/// What is charged or credited.
pub(super) fn price(price: Option<Money>) -> String {
    price.map_or_else(|| "not told".to_owned(), Money::display_signed)
}

/// What the button says: the act and the amount.
pub(super) fn button(approval: &Approval, now: Option<Money>) -> String {
    if now != approval.price_then {
        return "End it: the price changed".to_owned();
    }
    let amount = now.map(|now| format!(", {} now", now.display_signed())).unwrap_or_default();
    format!("Approve: {}{amount}", act(approval))
}

/// What came of approving.
pub(super) fn decided(decided: Decided) -> &'static str {
    match decided {
        Decided::Approved => "Approved. It is sent now, and followed below.",
        Decided::Voided => "Ended, because it is no longer what was asked for. Nothing was sent.",
    }
}

/// What is switched, and each line with its seats before and after.
pub(super) fn lines(approval: &Approval) -> String {
    lines_of(approval.switched.as_ref(), &approval.lines)
}

fn lines_of(switched: Option<&Switched>, lines: &[IntentLine]) -> String {
    let told = |switched: &Switched| [switch_in_words(switched), start_in_words(switched.restart).to_owned()];
    let switched = switched.into_iter().flat_map(told);
    let line = |line: &IntentLine| {
        if line.before == line.after {
            format!("{}, {}", line.name, format::seats(line.after.get().into()))
        } else {
            format!("{}, {} → {} seats", line.name, line.before, line.after)
        }
    };
    switched.chain(lines.iter().map(line)).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Seats;

    fn line(before: i64, after: i64) -> IntentLine {
        let seats = |count| Seats::new(count).unwrap();
        IntentLine { name: "Mail".to_owned(), before: seats(before), after: seats(after) }
    }

    #[test]
    fn who_decides_reads_what_is_switched() {
        let switched = Switched {
            from_plan: "Mail".to_owned(),
            from_term: None,
            to_plan: "Mail plus".to_owned(),
            to_term: None,
            restart: true,
        };
        let told = lines_of(Some(&switched), &[line(12, 12)]);
        assert_eq!(told, "Mail → Mail plus; A new term begins with the switch; Mail, 12 seats");
        assert_eq!(lines_of(None, &[line(12, 15)]), "Mail, 12 → 15 seats");
    }

    #[test]
    fn the_act_is_named_by_what_it_does() {
        assert_eq!(act_of("change", &[line(12, 15)]), "15 seats");
        assert_eq!(act_of("sales", &[line(0, 10), line(0, 5)]), "15 seats");
        assert_eq!(act_of("change", &[line(12, 12)]), "switch");
        assert_eq!(act_of("change", &[line(10, 6), line(0, 4)]), "move 4 seats");
        assert_eq!(act_of("cancellation", &[]), "cancellation");
        assert_eq!(act_of("migration", &[line(0, 8)]), "migrate 8 seats");
    }
}
