//! Whatever somebody pastes or saves from a spreadsheet, reading the table ends with rows or a reason.

use super::super::csv;
use fuzz::fuzz_text;

#[test]
fn tables_of_matches() {
    let samples = [
        "Customer,External id,Account managers\nAcme,K-1,ana@a.example;bo@a.example\n1000027,,-\n",
        "\u{feff}customer;external id\r\n\"Acme; Ltd\";K-1\r\n",
        "external id\tcustomer\n\"K\"\"1\"\tAcme\n\"open",
    ];
    fuzz_text("tables of matches", &samples, |text| {
        let _read = csv::read(text);
    });
}
