//! Reading a table that somebody typed, pasted or saved from a spreadsheet.

use crate::formula::unguard;
use crate::reports::delimiter;
use crate::{Error, Result};
use csv::{ReaderBuilder, StringRecord};

/// Rows of one table.
pub const MAX_ROWS: usize = 1_000;

/// Bytes of one table.
pub const MAX_BYTES: usize = 256 * 1024;

/// A longer cell is several lines that a forgotten quotation mark joined.
const MAX_CELL_CHARS: usize = 1_000;

/// What the columns are called.
const CUSTOMER: &str = "customer";
const EXTERNAL_ID: &str = "external id";
const MANAGERS: &str = "account managers";

/// A table, as far as it means something here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its rows.
    pub(super) rows: Vec<Typed>,
    /// The names of its other columns.
    pub(super) unused: Vec<String>,
}

/// A row, as it was typed. What is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Where it begins; no two rows have the same.
    pub(super) line: i32,
    /// An id or a name.
    pub(super) customer: String,
    /// The number in the reseller's own system.
    pub(super) external_id: String,
    /// E-mail addresses separated by `;`, or `-` for nobody.
    pub(super) managers: String,
}

/// The table, whose first line names its columns, in any order and case. Commas, semicolons or tabs separate.
pub(super) fn read(text: &str) -> Result<Table> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(refused(format!("Use at most {MAX_ROWS} rows and {} KB at a time", MAX_BYTES / 1024)));
    }
    let first_line = text.trim_start_matches(['\r', '\n', ' ']);
    let separator = delimiter(first_line.as_bytes());
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let columns = Columns::of(reader.headers().map_err(|error| unreadable(&error))?)?;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut rows: Vec<Typed> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = lines.of(&record);
        if record.iter().any(|cell| cell.chars().count() > MAX_CELL_CHARS) {
            return Err(refused(format!(
                "Line {line} has a cell of more than {MAX_CELL_CHARS} characters; is a quotation mark missing?"
            )));
        }
        let row = columns.row(line, &record);
        if (Typed { line, ..Typed::default() }) != row {
            rows.push(row);
        }
        if rows.len() > MAX_ROWS {
            return Err(refused(format!("There are more than {MAX_ROWS} rows; split the table")));
        }
    }
    if rows.is_empty() {
        return Err(refused("There is no row below the names of the columns; add one for each customer"));
    }
    Ok(Table { rows, unused: columns.unused })
}

/// Counts the lines. The reader tells where it began to look for a record, which is before what is left of the line break
/// and before empty lines.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: i32,
}

impl Lines<'_> {
    /// The line in which the record begins; records are asked about in their order.
    fn of(&mut self, record: &StringRecord) -> i32 {
        let from = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        let rest = self.text.get(from..).unwrap_or_default();
        let begins = self.text.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.get(self.at..begins).unwrap_or_default().replace("\r\n", "\n");
        self.line += i32::try_from(passed.matches(['\r', '\n']).count()).unwrap_or(i32::MAX);
        self.at = begins;
        self.line
    }
}

/// Where the columns are.
struct Columns {
    customer: usize,
    external_id: Option<usize>,
    managers: Option<usize>,
    unused: Vec<String>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self> {
        let names: Vec<String> = header.iter().map(normal).collect();
        if names.iter().all(String::is_empty) {
            return Err(refused("Paste a table, the names of its columns first"));
        }
        let position = |wanted: &[&str]| {
            let mut found = names.iter().enumerate().filter(|(_, name)| wanted.contains(&name.as_str()));
            match (found.next(), found.next()) {
                (Some((_, name)), Some(_)) => {
                    Err(refused(format!("The column “{name}” is there twice; keep one of them")))
                }
                (first, _) => Ok(first.map(|(index, _)| index)),
            }
        };
        let customer = position(&[CUSTOMER])?.ok_or_else(|| {
            refused(format!("The first line names no column “{CUSTOMER}”; name the columns as in the export"))
        })?;
        // The pages call the external id so.
        let (external_id, managers) = (position(&[EXTERNAL_ID, "your number"])?, position(&[MANAGERS])?);
        if external_id.or(managers).is_none() {
            return Err(refused(format!(
                "There is neither a column “{EXTERNAL_ID}” nor a column “{MANAGERS}”; add one of them"
            )));
        }
        let used = [Some(customer), external_id, managers];
        let unused =
            names.into_iter().enumerate().filter(|(index, name)| !used.contains(&Some(*index)) && !name.is_empty());
        Ok(Self { customer, external_id, managers, unused: unused.map(|(_, name)| name).collect() })
    }

    fn row(&self, line: i32, record: &StringRecord) -> Typed {
        let cell = |index: Option<usize>| index.and_then(|index| record.get(index)).map(clean).unwrap_or_default();
        Typed {
            line,
            customer: cell(Some(self.customer)),
            external_id: cell(self.external_id),
            managers: cell(self.managers),
        }
    }
}

/// `External_ID` is the column `external id`.
fn normal(name: &str) -> String {
    let words = clean(name).to_lowercase().replace('_', " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_CELL_CHARS).collect()
}

/// Postgres keeps no NUL; what takes its place is refused with the other characters that nobody types.
fn clean(cell: &str) -> String {
    unguard(cell.trim()).trim().replace('\0', "\u{1}")
}

fn unreadable(error: &csv::Error) -> Error {
    refused(format!("The table cannot be read; save it as CSV and try again ({error})"))
}

fn refused(message: impl Into<String>) -> Error {
    Error::invalid("csv", message)
}
