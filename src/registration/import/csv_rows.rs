//! CSV: a header of dotted keys, and rows that become the same JSON as a line of NDJSON.

use serde_json::{Map, Value};

use super::{ImportFault, Imported, LINE_BYTES_MAX, shape, too_long};
use crate::registration::Energy;

const REQUIRED: [&str; 4] = ["language", "channel", "kind", "customer.type"];
const YES: [&str; 8] = ["yes", "y", "true", "1", "x", "oui", "ja", "j"];
const NO: [&str; 7] = ["no", "n", "false", "0", "non", "nee", "nein"];

/// The columns of a CSV file, read from its first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvHeader {
    separator: u8,
    columns: Vec<String>,
}

impl CsvHeader {
    /// Reads the header, line `number` of the file.
    ///
    /// # Errors
    /// Every column that is unknown, doubled or missing.
    pub fn parse(number: u64, line: &str) -> Result<CsvHeader, Vec<ImportFault>> {
        let separator = separator_of(line);
        let columns: Vec<String> = record(number, line, separator)
            .map_err(|fault| vec![fault])?
            .into_iter()
            .map(|column| column.trim().to_lowercase())
            .collect();
        let mut known = shape::leaf_keys();
        known.extend(Energy::ALL.map(|energy| energy.name().to_owned()));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let fault = |key: &str, detail: String| ImportFault {
            line: number,
            key: Some(key.to_owned()),
            detail,
        };
        let mut faults = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            if !known.contains(&column.as_str()) {
                faults.push(fault(column, shape::unknown(column, &known)));
            } else if columns[..index].contains(column) {
                faults.push(fault(column, "twice in the header: leave one out".to_owned()));
            }
        }
        for required in REQUIRED {
            if !columns.iter().any(|column| column == required) {
                faults.push(fault(
                    required,
                    "missing in the header: add the column".to_owned(),
                ));
            }
        }
        if faults.is_empty() {
            Ok(CsvHeader { separator, columns })
        } else {
            Err(faults)
        }
    }

    /// Reads line `number` of the file as a row.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn parse_row(&self, number: u64, line: &str) -> Imported {
        let cells = record(number, line, self.separator).map_err(|fault| vec![fault])?;
        if cells.len() != self.columns.len() {
            let detail = format!(
                "{} cells for {} columns: put a cell that holds the separator in quotes",
                cells.len(),
                self.columns.len()
            );
            return Err(vec![ImportFault::whole_line(number, detail)]);
        }
        let filled = |name: &str| {
            let index = self.columns.iter().position(|column| column == name)?;
            Some(cells[index].trim()).filter(|cell| !cell.is_empty())
        };
        let mut faults = Vec::new();
        let mut json = empty_document();
        for energy in Energy::ALL {
            match chosen(energy, &filled) {
                Ok(true) => {
                    json.insert(energy.name().to_owned(), Value::Object(Map::new()));
                }
                Ok(false) => {}
                Err(detail) => faults.push(ImportFault {
                    line: number,
                    key: Some(energy.name().to_owned()),
                    detail,
                }),
            }
        }
        for column in &self.columns {
            let Some(cell) = filled(column) else { continue };
            put(&mut json, column, cell);
        }
        match shape::document(number, Value::Object(json)) {
            Ok(document) if faults.is_empty() => Ok(document),
            Ok(_) => Err(faults),
            // The energies have their own fault already.
            Err(more) => {
                let own = !faults.is_empty();
                faults.extend(
                    more.into_iter()
                        .filter(|fault| !own || fault.key.as_deref() != Some("electricity")),
                );
                Err(faults)
            }
        }
    }
}

fn empty_document() -> Map<String, Value> {
    ["customer", "supply_address"]
        .into_iter()
        .map(|name| (name.to_owned(), Value::Object(Map::new())))
        .collect()
}

/// Whether an energy is chosen: by its own column, else by its EAN or meter number.
fn chosen<'r>(energy: Energy, filled: &impl Fn(&str) -> Option<&'r str>) -> Result<bool, String> {
    let name = energy.name();
    let has_data = ["ean", "meter_number"]
        .into_iter()
        .any(|leaf| filled(&format!("{name}.{leaf}")).is_some());
    let Some(word) = filled(name) else {
        return Ok(has_data);
    };
    let word = word.to_lowercase();
    if YES.contains(&word.as_str()) {
        Ok(true)
    } else if !NO.contains(&word.as_str()) {
        Err("neither yes nor no: write yes or no".to_owned())
    } else if has_data {
        Err("no, but its EAN or meter number is filled: write yes, or empty them".to_owned())
    } else {
        Ok(false)
    }
}

/// Puts a cell at its dotted key; the columns of the energies themselves were dealt with before.
fn put(json: &mut Map<String, Value>, column: &str, cell: &str) {
    match column.split_once('.') {
        Some((object, leaf)) => {
            if let Some(Value::Object(inner)) = json.get_mut(object) {
                inner.insert(leaf.to_owned(), Value::String(cell.to_owned()));
            }
        }
        None if Energy::ALL.iter().any(|energy| energy.name() == column) => {}
        None => {
            json.insert(column.to_owned(), Value::String(cell.to_owned()));
        }
    }
}

/// The separator that occurs in the header; no column name holds one.
fn separator_of(header: &str) -> u8 {
    [b';', b'\t']
        .into_iter()
        .find(|separator| header.as_bytes().contains(separator))
        .unwrap_or(b',')
}

/// The cells of one line.
fn record(number: u64, line: &str, separator: u8) -> Result<Vec<String>, ImportFault> {
    if line.len() > LINE_BYTES_MAX {
        return Err(too_long(number));
    }
    // The reader takes the rest of the text as one cell when a quote is open; an odd number of quotes tells.
    if line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let detail =
            "a quote is not closed: a record stands on one line, and a quote within a cell is doubled";
        return Err(ImportFault::whole_line(number, detail));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator)
        .from_reader(line.as_bytes());
    let mut cells = csv::StringRecord::new();
    match reader.read_record(&mut cells) {
        Ok(_) => Ok(cells.iter().map(str::to_owned).collect()),
        Err(error) => Err(ImportFault::whole_line(number, format!("no CSV: {error}"))),
    }
}
