//! What a downloaded report is called.

use super::Report;

/// Longer names are refused by some file systems once the dates are added and the folders before it.
const LONGEST: usize = 100;

/// `{name}-{first day}-{last day}.{extension}`, of letters, digits, `-`, `_` and one full stop only: whatever the
/// report is called, its file name can leave no folder, start no program and break no header.
pub(super) fn file_name(report: &Report) -> String {
    let mut name = words(&report.name);
    for at in [report.start_at, report.end_at].into_iter().flatten() {
        name.push('-');
        name.push_str(&at.to_offset(time::UtcOffset::UTC).date().to_string());
    }
    format!("{name}.{}", extension(&report.format))
}

fn words(name: &str) -> String {
    let kept = name.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).take(LONGEST);
    let words = kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join("-");
    if words.is_empty() { "report".to_owned() } else { words }
}

fn extension(format: &str) -> &str {
    match format {
        "csv" | "xlsx" | "json" | "xml" => format,
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    fn report(name: &str, format: &str) -> Report {
        Report {
            id: "9f".into(),
            name: name.into(),
            customisation: None,
            status: "completed".into(),
            kind: "onetime".into(),
            format: format.into(),
            created_at: None,
            start_at: Some(datetime!(2026-02-01 0:00 UTC)),
            end_at: Some(datetime!(2026-02-28 23:59:59 UTC)),
            requested_by: None,
            as_of: datetime!(2026-03-02 9:00 UTC),
        }
    }

    #[test]
    fn a_file_is_called_after_its_report_and_period() {
        assert_eq!(
            file_name(&report("Every Invoice - Full View", "xlsx")),
            "Every-Invoice-Full-View-2026-02-01-2026-02-28.xlsx"
        );
        assert_eq!(file_name(&report("März", "csv")), "März-2026-02-01-2026-02-28.csv");
        assert_eq!(file_name(&report("../\"\r\n", "exe")), "report-2026-02-01-2026-02-28.bin");
    }

    proptest! {
        #[test]
        fn no_name_or_format_breaks_out_of_the_file_name(name in ".*", format in ".*") {
            let file = file_name(&report(&name, &format));
            let (stem, extension) = file.rsplit_once('.').unwrap();
            prop_assert!(stem.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'), "{}", file);
            prop_assert!(["csv", "xlsx", "json", "xml", "bin"].contains(&extension));
        }
    }
}
