//! Reading many registrations from a file: one JSON object a line (NDJSON), or CSV with a header.
//!
//! A file is read line by line; each line is a registration or a list of everything that is wrong with it, by line
//! and key. One bad line stops no other. A *wrong value* is not bad: it is kept, and verification asks about it.
//!
//! # CSV
//! The header names the columns by the dotted keys of the document, in any order:
//!
//! - `language`, `channel`, `kind`, `customer.type`: must be there, with the words of the JSON form;
//! - `customer.first_name` ... `supply_address.municipality`, `electricity.ean`, `electricity.meter_number`, `gas.ean`,
//!   `gas.meter_number`, `iban`, `current_supplier`, `start_date`: may be left out; an empty cell is an empty field;
//! - `electricity` and `gas`: `yes` or `no`. Without the column, or with an empty cell, an energy is chosen when its
//!   EAN or meter number is filled.
//!
//! The separator is the comma, the semicolon or the tab, whichever the header has. A record stands on one line.

mod csv_rows;
mod shape;

use std::fmt;
use std::io::{self, BufRead};

use super::RegistrationDocument;
pub use csv_rows::CsvHeader;

/// A longer line is no registration: 18 fields of at most 320 characters, and room for keys and escapes.
pub const LINE_BYTES_MAX: usize = 64 * 1024;

/// One thing wrong with a line of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ImportFault {
    /// Counted from 1; the header of a CSV file is line 1.
    pub line: u64,
    /// The dotted key or the CSV column, if it is about one: `customer.last_name`.
    pub key: Option<String>,
    /// What is wrong and how to mend it.
    pub detail: String,
}

impl fmt::Display for ImportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "line {}: {key}: {}", self.line, self.detail),
            None => write!(f, "line {}: {}", self.line, self.detail),
        }
    }
}

impl ImportFault {
    fn whole_line(line: u64, detail: impl Into<String>) -> ImportFault {
        ImportFault {
            line,
            key: None,
            detail: detail.into(),
        }
    }
}

/// What a line of an imported file is: a registration, or everything that is wrong with it.
pub type Imported = Result<RegistrationDocument, Vec<ImportFault>>;

/// Reads line `number` of an NDJSON file.
///
/// # Errors
/// Everything that is wrong with the line.
pub fn parse_ndjson(number: u64, line: &str) -> Imported {
    if line.len() > LINE_BYTES_MAX {
        return Err(vec![too_long(number)]);
    }
    let json: serde_json::Value = serde_json::from_str(line).map_err(|error| {
        let column = error.column();
        let detail = format!(
            "no JSON at column {column} ({}): write one JSON object a line",
            reason(&error)
        );
        vec![ImportFault::whole_line(number, detail)]
    })?;
    shape::document(number, json)
}

/// The registration in a JSON value that stands alone: a request's body.
///
/// # Errors
/// Everything that is wrong with it; the line of each fault is 1.
pub fn parse_json(json: serde_json::Value) -> Imported {
    shape::document(1, json)
}

/// The words of a `serde_json` error without the place, which is said beside them.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

fn too_long(line: u64) -> ImportFault {
    ImportFault::whole_line(
        line,
        format!("longer than {LINE_BYTES_MAX} bytes: one registration a line"),
    )
}

/// The form of an imported file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    NdJson,
    Csv,
}

impl Format {
    /// The form that the ending of a file name tells: `.csv`, or `.ndjson`, `.jsonl`, `.json`.
    pub fn of_file_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "ndjson" | "jsonl" | "json" => Some(Format::NdJson),
            _ => None,
        }
    }
}

/// Reads a file line by line: an iterator over line numbers and what stands on the lines. Blank lines are passed over.
/// At most one line is held in memory.
pub struct Import<R> {
    reader: R,
    format: Format,
    line: u64,
    header: Option<CsvHeader>,
    ended: bool,
}

impl<R: BufRead> Import<R> {
    pub fn new(reader: R, format: Format) -> Import<R> {
        Import {
            reader,
            format,
            line: 0,
            header: None,
            ended: false,
        }
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> io::Result<Option<Result<String, ImportFault>>> {
        loop {
            let Some(bytes) = read_bounded_line(&mut self.reader)? else {
                return Ok(None);
            };
            self.line += 1;
            let text = match bytes {
                Bounded::Whole(bytes) => String::from_utf8(bytes).map_err(|_| {
                    ImportFault::whole_line(self.line, "not UTF-8: save the file with the encoding UTF-8")
                }),
                Bounded::TooLong => Err(too_long(self.line)),
            };
            match text {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) if self.line == 1 => {
                    return Ok(Some(Ok(text.trim_start_matches('\u{feff}').to_owned())));
                }
                other => return Ok(Some(other)),
            }
        }
    }

    fn parse(&mut self, text: &str) -> Option<Imported> {
        match (self.format, &self.header) {
            (Format::NdJson, _) => Some(parse_ndjson(self.line, text)),
            (Format::Csv, Some(header)) => Some(header.parse_row(self.line, text)),
            (Format::Csv, None) => match CsvHeader::parse(self.line, text) {
                Ok(header) => {
                    self.header = Some(header);
                    None
                }
                Err(faults) => {
                    // Without its header no row means anything.
                    self.ended = true;
                    Some(Err(faults))
                }
            },
        }
    }
}

impl<R: BufRead> Iterator for Import<R> {
    type Item = io::Result<(u64, Imported)>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let parsed = match self.next_line() {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
                Ok(None) => {
                    self.ended = true;
                    return None;
                }
                Ok(Some(Err(fault))) => {
                    self.ended = self.format == Format::Csv && self.header.is_none();
                    Some(Err(vec![fault]))
                }
                Ok(Some(Ok(text))) => self.parse(&text),
            };
            if let Some(parsed) = parsed {
                return Some(Ok((self.line, parsed)));
            }
        }
        None
    }
}

enum Bounded {
    Whole(Vec<u8>),
    TooLong,
}

/// Reads up to the next line feed, keeping no more than [`LINE_BYTES_MAX`] bytes; what is beyond is read and dropped.
fn read_bounded_line(reader: &mut impl BufRead) -> io::Result<Option<Bounded>> {
    let mut line = Vec::new();
    let mut dropped = false;
    let mut read = false;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        read = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(chunk.len());
        let room = LINE_BYTES_MAX.saturating_sub(line.len());
        line.extend_from_slice(&chunk[..taken.min(room)]);
        dropped |= taken > room;
        reader.consume(end.map_or(taken, |end| end + 1));
        if end.is_some() {
            break;
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let whole = if dropped {
        Bounded::TooLong
    } else {
        Bounded::Whole(line)
    };
    Ok(read.then_some(whole))
}

#[cfg(test)]
mod tests;
