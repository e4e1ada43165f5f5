use std::io::Cursor;

use super::*;
use crate::registration::{Channel, Field};

const LINE: &str = r#"{"language":"nl","channel":"web","kind":"switch","customer":{"type":"residential","last_name":"Claes"},"supply_address":{"postal_code":"9000"},"electricity":{"ean":"x"}}"#;

fn faults(line: &str) -> Vec<String> {
    parse_ndjson(7, line)
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_line_is_a_document_whatever_its_values() {
    let document = parse_ndjson(1, LINE).unwrap();
    assert_eq!(document.value(Field::LastName), Some("Claes"));
    assert_eq!(document.value(Field::ElectricityEan), Some("x"));
}

#[test]
fn every_blocked_registration_of_the_corpus_can_be_imported() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/registrations");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let direct: RegistrationDocument = serde_json::from_str(&text).unwrap();
        assert_eq!(parse_ndjson(1, &text), Ok(direct));
        seen += 1;
    }
    assert_eq!(seen, 30);
}

#[test]
fn all_faults_of_a_line_are_told_at_once_with_their_remedies() {
    let line = r#"{"language":"it","kind":"switch","customer":{"type":"residential","lastname":"C","phone":true},"supply_address":{"postal_code":9000},"electricity":"yes"}"#;
    assert_eq!(
        faults(line),
        [
            "line 7: language: is `it`: write fr or nl or de or en",
            "line 7: channel: missing: write web or phone",
            "line 7: customer.lastname: unknown; did you mean `last_name`?",
            "line 7: customer.phone: is true or false: write a text in quotes, or null",
            "line 7: supply_address.postal_code: is a number: write it in quotes, \"9000\"",
            "line 7: electricity: is a text: write an object with ean, meter_number",
        ]
    );
}

#[test]
fn what_is_no_object_says_so() {
    assert_eq!(faults("[]"), ["line 7: is a list: write one JSON object a line"]);
    assert_eq!(
        faults("{"),
        ["line 7: no JSON at column 1 (EOF while parsing an object): write one JSON object a line"]
    );
    let no_energy = LINE.replace(r#","electricity":{"ean":"x"}"#, "");
    assert_eq!(
        faults(&no_energy),
        ["line 7: electricity: give `electricity`, `gas` or both: a registration is for at least one energy"]
    );
    assert!(faults(&"x".repeat(LINE_BYTES_MAX + 1))[0].starts_with("line 7: longer than"));
    let reference = LINE.replacen('{', r#"{"reference":"REG-U","#, 1);
    assert!(faults(&reference)[0].contains("is not a reference"));
}

#[test]
fn a_file_is_read_line_by_line_and_one_bad_line_stops_no_other() {
    let file = format!(
        "\u{feff}{LINE}\r\n\n{{}}\n{}\n{LINE}",
        "y".repeat(LINE_BYTES_MAX * 3)
    );
    let read: Vec<(u64, bool)> = Import::new(Cursor::new(file), Format::NdJson)
        .map(|line| line.map(|(number, imported)| (number, imported.is_ok())).unwrap())
        .collect();
    assert_eq!(read, [(1, true), (3, false), (4, false), (5, true)]);

    let latin = [b"{\"language\":\"\xe9\"}\n".as_slice(), LINE.as_bytes()].concat();
    let read: Vec<_> = Import::new(Cursor::new(latin), Format::NdJson)
        .map(Result::unwrap)
        .collect();
    assert!(read[0].1.as_ref().unwrap_err()[0].detail.contains("UTF-8"));
    assert!(read[1].1.is_ok());
}

fn csv(text: &str) -> Vec<(u64, Imported)> {
    Import::new(Cursor::new(text.to_owned()), Format::Csv)
        .map(Result::unwrap)
        .collect()
}

#[test]
fn rows_of_csv_are_documents() {
    let read = csv(concat!(
        "language;channel;kind;customer.type;customer.last_name;supply_address.street;electricity;electricity.ean;gas.ean;start_date\r\n",
        "fr;web;switch;residential;Lejeune;\"Rue \"\"A\"\"; B\";yes;;541456700000123459;\r\n",
        "nl;phone;move;business;;;;;31207765;2026-12-01\r\n",
    ));
    let [(2, Ok(first)), (3, Ok(second))] = read.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(first.value(Field::Street), Some("Rue \"A\"; B"));
    assert_eq!(first.value(Field::GasEan), Some("541456700000123459"));
    assert!(first.electricity.is_some() && first.value(Field::ElectricityEan).is_none());
    assert_eq!(first.start_date, None);
    assert!(second.electricity.is_none() && second.gas.is_some());
    assert_eq!(second.channel, Channel::Phone);
}

#[test]
fn faults_of_csv_name_line_and_column() {
    let shown = |read: Vec<(u64, Imported)>| -> Vec<String> {
        read.into_iter()
            .flat_map(|(_, row)| row.unwrap_err())
            .map(|fault| fault.to_string())
            .collect()
    };
    assert_eq!(
        shown(csv(
            "language,channel,customer.type,customer.lastname,language\nfr,web\n"
        )),
        [
            "line 1: customer.lastname: unknown; did you mean `customer.last_name`?",
            "line 1: language: twice in the header: leave one out",
            "line 1: kind: missing in the header: add the column",
        ]
    );
    assert_eq!(
        shown(csv(concat!(
            "language,channel,kind,customer.type,gas,gas.ean\n",
            "fr,web,switch,residential\n",
            "fr,web,swap,residential,no,5\n",
            "fr,web,switch,residential,maybe,\n",
            "fr,web,switch,residential,,\n",
            "fr,web,switch,residential,\"yes,\n",
        ))),
        [
            "line 2: 4 cells for 6 columns: put a cell that holds the separator in quotes",
            "line 3: gas: no, but its EAN or meter number is filled: write yes, or empty them",
            "line 3: kind: is `swap`: write switch or move",
            "line 4: gas: neither yes nor no: write yes or no",
            "line 5: electricity: give `electricity`, `gas` or both: a registration is for at least one energy",
            "line 6: a quote is not closed: a record stands on one line, and a quote within a cell is doubled",
        ]
    );
}

#[test]
fn the_ending_of_a_name_tells_the_form() {
    assert_eq!(Format::of_file_name("a.CSV"), Some(Format::Csv));
    assert_eq!(Format::of_file_name("a.b.jsonl"), Some(Format::NdJson));
    assert_eq!(Format::of_file_name("csv"), None);
}

mod whatever_stands_in_the_file {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_line_that_is_not_blank_is_told_of_once(
            lines in prop::collection::vec("[ -~éß;,\"]{0,60}", 0..8),
            format in prop::sample::select(vec![Format::NdJson, Format::Csv]),
        ) {
            let read: Vec<u64> = Import::new(Cursor::new(lines.join("\n")), format)
                .map(|line| line.map(|(number, _)| number).unwrap())
                .collect();
            let told: Vec<u64> = (1..).zip(&lines).filter(|(_, line)| !line.trim().is_empty()).map(|(number, _)| number).collect();
            match format {
                Format::NdJson => prop_assert_eq!(read, told),
                // A header that is none ends the file.
                Format::Csv => prop_assert_eq!(read, told.into_iter().take(1).collect::<Vec<_>>()),
            }
        }
    }
}
