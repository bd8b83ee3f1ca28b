//! How the types of orders read.

use crate::format;
use ::backend::Period;
use ::backend::orders::Switched;

/// What an order does, in the marketplace's word; never to be confused with its status.
pub(crate) fn kind(kind: &str) -> String {
    match kind {
        "unknown" => "other".to_owned(),
        kind => kind.replace('_', " "),
    }
}

/// Where the term begins after a switch; without a full stop.
pub(crate) fn start_in_words(restart: bool) -> &'static str {
    if restart { "A new term begins with the switch" } else { "The switch keeps the start of the present term" }
}

/// `Workplace, 1 month → Workplace, 1 year`
pub(crate) fn switched(switched: &Switched) -> String {
    let side = |plan: &str, term: Option<&Period>| {
        term.and_then(format::length).map_or_else(|| plan.to_owned(), |term| format!("{plan}, {term}"))
    };
    let Switched { from_plan, from_term, to_plan, to_term, .. } = switched;
    format!("{} → {}", side(from_plan, from_term.as_ref()), side(to_plan, to_term.as_ref()))
}

/// The types and statuses a list can be narrowed to, as the marketplace names them.
pub(super) const KINDS: [&str; 6] = ["sales", "change", "renewal", "cancellation", "migration", "unknown"];

/// See [`KINDS`].
pub(super) const STATUSES: [&str; 5] = ["submitted", "processing", "completed", "error", "cancelled"];

/// `LO, provisioning in progress`: the platform's finer code of a status, in words.
pub(super) fn status_code(code: &str) -> String {
    let words = match code {
        "WP" => "waiting for payment",
        "NP" => "no payment method",
        "HL" => "on hold",
        "AS" => "being carried out",
        "LO" => "provisioning in progress",
        "WZ" => "waiting for payment after provisioning",
        "CP" => "completed",
        "PF" => "provisioning failed",
        "CL" => "cancelled",
        other => return other.to_owned(),
    };
    format!("{code}, {words}")
}

/// What to do about an order that stands at this code; `None` where nothing is to be done.
pub(super) fn code_advice(code: &str) -> Option<&'static str> {
    match code {
        "WP" | "WZ" => Some(
            "That usually takes seconds. If it stays so, the balance does not cover it: ask whoever pays the marketplace's \
                  invoices.",
        ),
        "NP" => {
            Some("The account has no means of payment at the marketplace. It is set up in the marketplace's own panel.")
        }
        "HL" => Some(
            "The customer's credit does not cover it, or the order is checked by the marketplace. It can be let through \
             without the credit check below.",
        ),
        "PF" => Some(
            "The vendor could not provide it. The marketplace's own panel shows the vendor's reason; put that right and \
             place a new order.",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_words_and_an_unknown_one_as_it_is() {
        assert_eq!(status_code("LO"), "LO, provisioning in progress");
        assert_eq!(status_code("XY"), "XY");
    }

    #[test]
    fn a_switch_is_told_from_plan_and_term_to_plan_and_term() {
        let term = |unit: &str| Some(Period { unit: unit.to_owned(), length: 1 });
        let suite = "Suite".to_owned();
        let told = Switched {
            from_plan: suite.clone(),
            from_term: term("month"),
            to_plan: suite,
            to_term: term("year"),
            restart: true,
        };
        assert_eq!(switched(&told), "Suite, 1 month → Suite, 1 year");
        assert_eq!(switched(&Switched { from_term: None, ..told }), "Suite → Suite, 1 year");
    }

    #[test]
    fn a_failure_says_where_its_reason_is() {
        assert!(code_advice("PF").is_some_and(|advice| advice.contains("panel")));
        assert_eq!(code_advice("CP"), None);
    }
}
