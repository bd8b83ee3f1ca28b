//! Lines of comma-separated cells (RFC 4180), in UTF-8.

use super::Cell;
use crate::{Error, Result};
use bytes::Bytes;
use csv::{Terminator, WriterBuilder};

/// The beginning of a file: its headings. Without the mark before them, spreadsheets take UTF-8 for the encoding of their
/// own country.
pub(crate) fn head(headings: impl IntoIterator<Item = &'static str>) -> Result<Bytes> {
    let headings: Vec<Cell> = headings.into_iter().map(Cell::from).collect();
    let mut head = "\u{feff}".as_bytes().to_vec();
    head.extend_from_slice(&lines([headings])?);
    Ok(head.into())
}

/// Rows of a file.
pub(crate) fn lines<R: AsRef<[Cell]>>(rows: impl IntoIterator<Item = R>) -> Result<Bytes> {
    let stored = |error: csv::Error| Error::Stored(error.to_string());
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.as_ref().iter().map(Cell::written)).map_err(stored)?;
    }
    writer.into_inner().map(Bytes::from).map_err(|error| Error::Stored(error.to_string()))
}
