//! Whatever the host of the files delivers, the reader of reports shows rows or none. Only CSV is read; files of the other
//! formats pass through unread, so their kind is fed to it too: a file need not be what it is said to be.

use super::super::table;
use fuzz::fuzz;

#[test]
fn report_files() {
    let samples: [&[u8]; 7] = [
        b"\xef\xbb\xbfCUSTOMER_NAME,QTY,TOTAL\r\n\"Acme, Ltd\",3,24.60\r\nBolt,,-1\r\n",
        b"A;B,b;C\n1;2\n1;2;3;4\n",
        b"a\tb\n\"x\"\"y\"\t=1+1\n\"unfini",
        b"",
        br#"<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa">]><report><row qty="1">&a;</row></report>"#,
        br#"{"rows":[{"customer":"Acme","qty":3}]}"#,
        b"PK\x03\x04\x14\x00\x08\x08\x08\x00xl/worksheets/sheet1.xml\x00\xff\xfe",
    ];
    fuzz("report files", &samples, |bytes| {
        for (page, cut) in [(0, false), (0, true), (1, false), (usize::MAX, true)] {
            let preview = table::read(bytes, page, cut);
            assert!(preview.rows.iter().all(|row| row.len() == preview.columns.len()));
            assert!(preview.rows.len() <= table::PREVIEW_ROWS);
        }
    });
}
