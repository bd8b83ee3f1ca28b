//! Cells that a spreadsheet would take for a formula. Names and numbers come from outside; a file of them must not run
//! anything on the computer of whoever opens it.

/// The cell as it is written: with an apostrophe before it where a spreadsheet would calculate it.
pub(super) fn guard(cell: &str) -> String {
    if is_risky(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`guard`].
pub(super) fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

/// Apostrophes are looked past, so that one more or less of them changes nothing here and [`unguard`] takes back exactly
/// what [`guard`] did.
fn is_risky(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_be_calculated_is_written_as_text() {
        for cell in ["=1+1", "+44", "-5", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert_eq!(guard(cell), format!("'{cell}"));
        }
        for cell in ["C-100", "'quoted'", "", "a=b"] {
            assert_eq!(guard(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_no_formula_and_comes_back_as_it_was(cell in "['=+@ \t-]{0,4}.*") {
            let written = guard(&cell);
            prop_assert!(!written.trim_start().starts_with(['=', '+', '-', '@']), "{:?}", written);
            prop_assert_eq!(unguard(&written), cell);
        }
    }
}
