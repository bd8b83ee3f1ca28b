//! Writing a table as CSV, XLSX, JSON or XML.

use super::table::{Cell, Table};
use crate::state::ReportFormat;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::{Map, Value};
use std::fmt::Write;

/// The file, and its content type.
pub(super) fn write(table: &Table, format: ReportFormat) -> Option<(&'static str, Vec<u8>)> {
    match format {
        ReportFormat::Csv => Some(("text/csv", csv(table).ok()?)),
        ReportFormat::Xlsx => {
            Some(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx(table).ok()?))
        }
        ReportFormat::Json => Some(("application/json", json(table)?)),
        ReportFormat::Xml => Some(("application/xml", xml(table).into_bytes())),
    }
}

fn csv(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.headings)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(Cell::text))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Everything on the first sheet. A spreadsheet knows no decimals, so numbers become floats here and only here.
fn xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(table.headings) {
        sheet.write_string(0, column, *heading)?;
    }
    for (index, row) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(row) {
            match (cell, cell_number(cell)) {
                (Cell::Empty, _) => {}
                (_, Some(number)) => {
                    sheet.write_number(index, column, number)?;
                }
                (other, None) => {
                    sheet.write_string(index, column, other.text())?;
                }
            }
        }
    }
    workbook.save_to_buffer()
}

fn cell_number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => number.to_f64(),
        _ => None,
    }
}

fn json(table: &Table) -> Option<Vec<u8>> {
    let rows = table.rows.iter().map(|row| {
        let fields = table.headings.iter().zip(row).map(|(heading, cell)| {
            let value = if matches!(cell, Cell::Empty) { Value::Null } else { Value::String(cell.text()) };
            ((*heading).to_owned(), value)
        });
        Value::Object(fields.collect::<Map<_, _>>())
    });
    serde_json::to_vec(&rows.collect::<Vec<_>>()).ok()
}

fn xml(table: &Table) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report>\n");
    for row in &table.rows {
        text.push_str("  <row>");
        for (heading, cell) in table.headings.iter().zip(row) {
            // Headings with spaces cannot be element names.
            let name = heading.replace(' ', "_");
            // Writing to a string cannot fail.
            let _ = write!(text, "<{name}>{}</{name}>", escape(&cell.text()));
        }
        text.push_str("</row>\n");
    }
    text.push_str("</report>\n");
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::table::row;

    fn table() -> Table {
        Table {
            headings: &["NAME", "Order total"],
            rows: vec![row!["Nuts & \"Bolts\", Ltd", rust_decimal::Decimal::new(1250, 2)]],
        }
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let text = String::from_utf8(csv(&table()).unwrap()).unwrap();
        assert_eq!(text, "NAME,Order total\n\"Nuts & \"\"Bolts\"\", Ltd\",12.50\n");
    }

    #[test]
    fn xml_escapes_and_names_its_elements() {
        let text = xml(&table());
        assert!(text.contains("<NAME>Nuts &amp; \"Bolts\", Ltd</NAME><Order_total>12.50</Order_total>"), "{text}");
    }

    #[test]
    fn json_is_a_list_of_rows() {
        let rows: Value = serde_json::from_slice(&json(&table()).unwrap()).unwrap();
        assert_eq!(rows[0]["Order total"], "12.50");
    }

    #[test]
    fn xlsx_is_a_zip_archive() {
        assert!(xlsx(&table()).unwrap().starts_with(b"PK"));
    }
}
