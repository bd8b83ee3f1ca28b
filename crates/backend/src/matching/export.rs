//! Tables to take away: what is there now, as the starting point for editing, and what failed.

use super::{get, sql};
use crate::formula::guard;
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use csv::{Terminator, Writer, WriterBuilder};
use domain::Permission;
use uuid::Uuid;

/// A file of comma-separated rows that opens in a spreadsheet without running anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Every customer with their external id and account managers, by name.
pub async fn export(backend: &Backend, staff: &Staff) -> Result<CsvFile> {
    staff.require(Permission::EditCustomers)?;
    let rows = sql::export::everything(&backend.pool).await?;
    let rows = rows.into_iter().map(|row| [row.id, row.name, row.external_id.unwrap_or_default(), row.managers]);
    let text = table(["customer", "name", "external id", "account managers"], rows)?;
    Ok(CsvFile { name: format!("customers-{}.csv", backend.clock.now().date()), text })
}

/// The rows of the batch that somebody has to look after, as they were typed, to be corrected and checked again.
pub async fn failed(backend: &Backend, staff: &Staff, id: Uuid) -> Result<CsvFile> {
    let batch = get(backend, staff, id).await?;
    let rows = batch.rows.into_iter().filter(|row| row.state.is_problem()).map(|row| {
        let [customer, external_id, managers] = row.typed;
        [customer, external_id, managers, row.message.unwrap_or_default()]
    });
    let text = table(["customer", "external id", "account managers", "problem"], rows)?;
    Ok(CsvFile { name: format!("customers-to-correct-{}.csv", batch.checked_at.date()), text })
}

fn table(header: [&str; 4], rows: impl Iterator<Item = [String; 4]>) -> Result<String> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    write(&mut writer, header, rows).map_err(|error| Error::Stored(error.to_string()))?;
    let bytes = writer.into_inner().map_err(|error| Error::Stored(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| Error::Stored(error.to_string()))?;
    // Without the mark, spreadsheets take UTF-8 for the encoding of their own country.
    Ok(format!("\u{feff}{text}"))
}

fn write(
    writer: &mut Writer<Vec<u8>>,
    header: [&str; 4],
    rows: impl Iterator<Item = [String; 4]>,
) -> Result<(), csv::Error> {
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell)))?;
    }
    Ok(writer.flush()?)
}
