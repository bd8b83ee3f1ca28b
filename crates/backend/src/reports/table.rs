//! Reads the rows of a comma-separated report for the page.

use csv::{ByteRecord, ReaderBuilder};

/// Rows on a page of a preview.
pub const PREVIEW_ROWS: usize = 200;

/// A page of what is in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The columns, as the file's first line names them.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
    /// How many rows come before these.
    pub before: usize,
    /// Whether more rows follow that can be shown.
    pub more: bool,
    /// Whether the file goes on after what was read of it.
    pub cut: bool,
}

/// A column of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first line.
    pub name: String,
    /// Whether the page's cells are all figures; identifiers are none, although some consist of digits.
    pub numeric: bool,
}

/// The page numbered `page`, from 0, of a file whose beginning is `bytes`. `cut`: the file goes on after them, so the
/// last row may be incomplete and is left out.
pub(super) fn read(bytes: &[u8], page: usize, cut: bool) -> Preview {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().delimiter(delimiter(bytes)).flexible(true).from_reader(bytes);
    let names = reader.byte_headers().map(cells).unwrap_or_default();
    let mut records: Vec<ByteRecord> = reader.into_byte_records().map_while(Result::ok).collect();
    if cut {
        records.pop();
    }
    let before = page.saturating_mul(PREVIEW_ROWS).min(records.len());
    let rows: Vec<Vec<String>> =
        records[before..].iter().take(PREVIEW_ROWS).map(|record| fitted(cells(record), names.len())).collect();
    let columns = names.into_iter().enumerate().map(|(index, name)| {
        let numeric = !name.to_ascii_uppercase().ends_with("ID") && numeric(&rows, index);
        Column { name, numeric }
    });
    Preview { columns: columns.collect(), more: before + rows.len() < records.len(), rows, before, cut }
}

/// What separates the cells: whoever wrote the file chose, and the first line shows what (assumed).
pub(crate) fn delimiter(bytes: &[u8]) -> u8 {
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| first_line.split(|byte| *byte == separator).count();
    [b';', b'\t'].into_iter().fold(b',', |best, other| if count(other) > count(best) { other } else { best })
}

fn cells(record: &ByteRecord) -> Vec<String> {
    record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

fn fitted(mut cells: Vec<String>, columns: usize) -> Vec<String> {
    cells.resize(columns, String::new());
    cells
}

fn numeric(rows: &[Vec<String>], column: usize) -> bool {
    let mut filled = rows.iter().map(|row| row[column].trim()).filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|cell| cell.parse::<rust_decimal::Decimal>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_under_the_names_of_the_first_line() {
        let preview = read(b"\xef\xbb\xbfCUSTOMER_NAME,QTY,TOTAL\r\n\"Acme, Ltd\",3,24.60\r\nBolt,,-1\r\n", 0, false);
        let names: Vec<_> = preview.columns.iter().map(|column| (column.name.as_str(), column.numeric)).collect();
        assert_eq!(names, [("CUSTOMER_NAME", false), ("QTY", true), ("TOTAL", true)]);
        assert_eq!(preview.rows, [["Acme, Ltd", "3", "24.60"], ["Bolt", "", "-1"]]);
        assert!(!preview.more && !preview.cut);
    }

    #[test]
    fn identifiers_are_not_figures() {
        let preview = read(b"SUBSCRIPTION_ID,QTY\n1000201,3\n", 0, false);
        assert_eq!(preview.columns.iter().map(|column| column.numeric).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn other_separators_and_ragged_rows_are_read_too() {
        let preview = read(b"A;B,b;C\n1;2\n1;2;3;4\n", 0, false);
        assert_eq!(preview.columns.len(), 3);
        assert_eq!(preview.rows, [["1", "2", ""], ["1", "2", "3"]]);
    }

    #[test]
    fn the_last_row_of_a_cut_file_is_left_out() {
        let preview = read(b"A,B\n1,2\n3,4\n5,\"unfini", 0, true);
        assert_eq!(preview.rows, [["1", "2"], ["3", "4"]]);
        assert!(preview.cut);
    }

    #[test]
    fn a_long_report_has_pages() {
        let text = (0..450).fold("N\n".to_owned(), |text, n| format!("{text}{n}\n"));
        let page = |number| read(text.as_bytes(), number, false);
        assert_eq!((page(0).rows.len(), page(0).before, page(0).more), (200, 0, true));
        assert_eq!((page(2).rows.len(), page(2).before, page(2).more), (50, 400, false));
        assert_eq!((page(9).rows.len(), page(usize::MAX).more), (0, false));
    }

    #[test]
    fn an_empty_file_has_no_columns() {
        assert_eq!(read(b"", 0, false).columns, []);
    }
}
