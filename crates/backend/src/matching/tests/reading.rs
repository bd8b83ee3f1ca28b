use crate::Error;
use crate::matching::csv::{MAX_ROWS, Table, Typed, read};
use csv::{QuoteStyle, WriterBuilder};
use proptest::prelude::*;

fn row(line: i32, customer: &str, external_id: &str, managers: &str) -> Typed {
    Typed { line, customer: customer.into(), external_id: external_id.into(), managers: managers.into() }
}

fn refusal(text: &str) -> String {
    let Err(Error::Invalid(fields)) = read(text) else { panic!("it is refused: {text:?}") };
    assert_eq!(fields[0].field, "csv");
    fields[0].message.clone()
}

#[test]
fn columns_are_found_by_name_in_any_order_case_and_separator() {
    let expected = [row(2, "1000027", "C-100", "ana@x.example; bo@x.example"), row(3, "Acme, Ltd", "", "-")];
    for text in [
        "customer,external id,account managers\n1000027,C-100,ana@x.example; bo@x.example\n\"Acme, Ltd\",,-\n",
        "\u{feff}Account_Managers;CUSTOMER; External  ID\r\n\"ana@x.example; bo@x.example\";1000027;C-100\r\n-;Acme, Ltd;\r\n",
        "your number\tname\tCustomer\taccount managers\nC-100\tx\t1000027\tana@x.example; bo@x.example\n\ty\tAcme, Ltd\t-",
    ] {
        assert_eq!(read(text).unwrap().rows, expected, "{text}");
    }
}

#[test]
fn other_columns_are_named_so_that_a_misspelt_one_is_noticed() {
    let table = read("customer,extrnal id,account managers\n1,C-100,\n").unwrap();
    assert_eq!(table, Table { rows: vec![row(2, "1", "", "")], unused: vec!["extrnal id".into()] });
}

#[test]
fn rows_keep_the_lines_they_begin_in_and_empty_ones_are_left_out() {
    let table = read("customer,external id\n\n\"Two\nlines\",1\n,,\n  \nAcme,2\n").unwrap();
    let lines: Vec<(i32, &str)> = table.rows.iter().map(|row| (row.line, row.customer.as_str())).collect();
    assert_eq!(lines, [(3, "Two\nlines"), (7, "Acme")]);
}

#[test]
fn a_table_that_cannot_be_used_is_refused_with_the_remedy() {
    let long = "x".repeat(1_001);
    let many = (0..=MAX_ROWS).fold("customer,external id\n".to_owned(), |text, n| format!("{text}{n},{n}\n"));
    for (text, part) in [
        ("", "Paste a table"),
        (" \n\n", "Paste a table"),
        ("name,external id\n1,2\n", "no column “customer”"),
        ("customer,name\n1,2\n", "neither a column “external id” nor a column “account managers”"),
        ("customer,Customer,external id\n1,1,2\n", "“customer” is there twice"),
        ("customer,external id\n", "no row below"),
        (&format!("customer,external id\n1,2\n3,\"{long}\n4,5\n"), "Line 3 has a cell of more than 1000 characters"),
        (&many, "more than 1000 rows"),
        (&"x".repeat(300_000), "at most 1000 rows and 256 KB"),
    ] {
        let message = refusal(text);
        assert!(message.contains(part), "{message}");
    }
    let allowed = many.trim_end().rsplit_once('\n').unwrap().0;
    assert_eq!(read(allowed).unwrap().rows.len(), MAX_ROWS);
}

/// What somebody may type: no cell of control characters, which is refused later, or of spaces, which means nothing.
fn cell() -> impl Strategy<Value = String> {
    "[^\\p{C}\\p{Z}]([^\\p{C}]{0,12}[^\\p{C}\\p{Z}])?|"
}

proptest! {
    #[test]
    fn no_text_is_too_strange_to_be_read_or_refused(text in "\\PC*", head in any::<bool>()) {
        let text = if head { format!("customer,external id\n{text}") } else { text };
        if let Ok(table) = read(&text) {
            prop_assert!(table.rows.is_sorted_by(|one, other| one.line < other.line));
        }
    }

    #[test]
    fn what_a_spreadsheet_writes_is_read_as_it_was(
        rows in prop::collection::vec((cell(), cell(), cell()), 1..12),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        always_quoted: bool,
    ) {
        let style = if always_quoted { QuoteStyle::Always } else { QuoteStyle::Necessary };
        let mut writer = WriterBuilder::new().delimiter(separator).quote_style(style).from_writer(Vec::new());
        writer.write_record(["Account managers", "customer", "other", "EXTERNAL ID"]).unwrap();
        for (customer, external_id, managers) in &rows {
            let guarded = [managers, customer, external_id].map(|text| crate::formula::guard(text));
            writer.write_record([&guarded[0], &guarded[1], "ignored", &guarded[2]]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let filled = |row: &&(String, String, String)| !(row.0.is_empty() && row.1.is_empty() && row.2.is_empty());
        let expected: Vec<_> = rows.iter().filter(filled).cloned().collect();
        match read(&text) {
            Ok(table) => {
                let read: Vec<_> =
                    table.rows.into_iter().map(|row| (row.customer, row.external_id, row.managers)).collect();
                prop_assert_eq!(read, expected);
            }
            Err(_) => prop_assert!(expected.is_empty()),
        }
    }
}
