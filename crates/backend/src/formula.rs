//! Cells that a spreadsheet would take for a formula. Names and numbers come from outside; a file of them must not run
//! anything on the computer of whoever opens it.

/// The cell as it is written: with an apostrophe before what a spreadsheet would calculate. That is the cell, and what
/// follows a semicolon in it, where the spreadsheets of many countries begin a new cell.
pub(crate) fn guard(cell: &str) -> String {
    let guarded = cell.split(';').map(|part| if is_risky(part) { format!("'{part}") } else { part.to_owned() });
    guarded.collect::<Vec<_>>().join(";")
}

/// The cell as it was before [`guard`].
pub(crate) fn unguard(cell: &str) -> String {
    let parts = cell.split(';').map(|part| part.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(part));
    parts.collect::<Vec<_>>().join(";")
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

    #[test]
    fn whatever_writes_a_table_guards_its_cells() {
        let (mut folders, mut tables) = (vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")], 0);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                let path = entry.path();
                if path.is_dir() {
                    folders.extend((!path.ends_with("tests")).then_some(path));
                } else if path.file_name().is_some_and(|name| name != "formula.rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let writes = text.contains("csv::Writer") || text.contains("WriterBuilder");
                    tables += usize::from(writes);
                    let guards = text.contains("map(|cell| guard(cell))") || text.contains("map(Cell::written)");
                    assert!(!writes || guards, "{}", path.display());
                }
            }
        }
        assert_eq!(tables, 2, "the matching, and everything else that is exported");
    }

    #[test]
    fn what_follows_a_semicolon_is_written_as_text_too() {
        assert_eq!(guard("a;=1+1; +2;b"), "a;'=1+1;' +2;b");
        assert_eq!(unguard("a;'=1+1;' +2;b"), "a;=1+1; +2;b");
        assert_eq!(guard("a;b"), "a;b");
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_no_formula_and_comes_back_as_it_was(cell in "['=+@; \t-]{0,6}.*") {
            let written = guard(&cell);
            for part in written.split(';') {
                prop_assert!(!part.trim_start().starts_with(['=', '+', '-', '@']), "{:?}", written);
            }
            prop_assert_eq!(unguard(&written), cell);
        }
    }
}
