//! Takes a section apart key by key, so that every fault of a configuration is reported at once and not only the first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// One thing wrong with the configuration: where, what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `section.key`, or the file.
    pub key: String,
    pub what: String,
    pub remedy: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}. {}", self.key, self.what, self.remedy)
    }
}

/// The environment variables that set keys begin with this: `ESTAFETTE__MAIL__FROM` sets `from` of `[mail]`.
pub const ENVIRONMENT_PREFIX: &str = "ESTAFETTE__";

/// A file that holds a secret may have this many bytes.
const SECRET_FILE_BYTES_MAX: u64 = 64 * 1024;

/// The whole configuration while it is read. Faults gather here.
pub struct Reader {
    sections: BTreeMap<String, Table>,
    pub faults: Vec<Fault>,
    /// Paths in the configuration are relative to the folder of the file.
    folder: PathBuf,
}

impl Reader {
    pub fn new(text: &str, folder: &Path, environment: &[(String, String)]) -> Reader {
        let mut reader = Reader {
            sections: BTreeMap::new(),
            faults: Vec::new(),
            folder: folder.to_owned(),
        };
        match text.parse::<Table>() {
            Ok(table) => {
                for (name, value) in table {
                    match value {
                        Value::Table(section) => {
                            reader.sections.insert(name, section);
                        }
                        _ => reader.fault(
                            &name,
                            "stands outside every section",
                            "Move it under its [section]",
                        ),
                    }
                }
            }
            Err(error) => reader.fault("(file)", error.to_string().trim(), "Mend the TOML at that line"),
        }
        for (name, value) in environment {
            let Some(path) = name.strip_prefix(ENVIRONMENT_PREFIX) else {
                continue;
            };
            match path.to_ascii_lowercase().split_once("__") {
                Some((section, key)) if !key.contains("__") => {
                    let section = reader.sections.entry(section.to_owned()).or_default();
                    section.insert(key.to_owned(), environment_value(value));
                }
                _ => reader.fault(name, "names no key", "Write ESTAFETTE__SECTION__KEY"),
            }
        }
        reader
    }

    pub fn fault(&mut self, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(Fault {
            key: key.to_owned(),
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    /// Takes a section out; an absent one is empty.
    pub fn section(&mut self, name: &'static str) -> Section<'_> {
        let table = self.sections.remove(name).unwrap_or_default();
        Section {
            reader: self,
            name,
            table,
            known: Vec::new(),
        }
    }

    /// Every section that nobody asked for is a fault.
    pub fn finish(mut self, known: &[&str]) -> Vec<Fault> {
        for name in std::mem::take(&mut self.sections).into_keys() {
            let remedy = did_you_mean(&name, known);
            self.fault(&format!("[{name}]"), "is no section", remedy);
        }
        self.faults
    }
}

/// A number, list or truth value of TOML is taken as such; everything else is text, without quotes.
fn environment_value(text: &str) -> Value {
    match format!("value = {text}").parse::<Table>() {
        Ok(mut table) => table
            .remove("value")
            .unwrap_or_else(|| Value::String(text.to_owned())),
        Err(_) => Value::String(text.to_owned()),
    }
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .min_by_key(|candidate| strsim::damerau_levenshtein(name, candidate));
    match nearest {
        Some(nearest) if strsim::damerau_levenshtein(name, nearest) <= 2 => {
            format!("Did you mean `{nearest}`?")
        }
        _ => format!("Known are: {}", known.join(", ")),
    }
}

/// One section while it is read.
pub struct Section<'a> {
    reader: &'a mut Reader,
    name: &'static str,
    table: Table,
    known: Vec<&'static str>,
}

impl Section<'_> {
    pub fn fault(&mut self, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        let key = format!("{}.{key}", self.name);
        self.reader.fault(&key, what, remedy);
    }

    /// A text; none when the key is absent.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            other => {
                self.fault(
                    key,
                    format!("is {}, not text", other.type_str()),
                    "Put it between quotes",
                );
                None
            }
        }
    }

    /// A text, or the content of the file that `KEY_file` names (for secrets); none when both are absent.
    pub fn secret_text(&mut self, key: &'static str, file_key: &'static str) -> Option<String> {
        let inline = self.text(key);
        let file = self.path(file_key);
        match (inline, file) {
            (Some(_), Some(_)) => {
                self.fault(key, format!("stands beside `{file_key}`"), "Keep one of the two");
                None
            }
            (Some(text), None) => Some(text),
            (None, Some(path)) => match read_secret(&path) {
                Ok(text) => Some(text.trim().to_owned()),
                Err(error) => {
                    let what = format!("{} cannot be read: {error}", path.display());
                    self.fault(file_key, what, "Check the path and its permissions");
                    None
                }
            },
            (None, None) => None,
        }
    }

    /// A whole number within bounds; `default` when absent or faulty.
    pub fn number(&mut self, key: &'static str, default: u64, bounds: std::ops::RangeInclusive<u64>) -> u64 {
        match self.take(key) {
            None => default,
            Some(Value::Integer(number)) if u64::try_from(number).is_ok_and(|n| bounds.contains(&n)) => {
                number as u64
            }
            Some(other) => {
                let remedy = format!("Give a whole number from {} to {}", bounds.start(), bounds.end());
                self.fault(key, format!("is {other}"), remedy);
                default
            }
        }
    }

    /// A list of texts; empty when absent.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let texts: Option<Vec<String>> = match value {
            Value::Array(items) => items
                .into_iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        };
        texts.unwrap_or_else(|| {
            self.fault(key, "is no list of texts", "Write [\"one\", \"two\"]");
            Vec::new()
        })
    }

    /// A path; relative ones are relative to the folder of the configuration file.
    pub fn path(&mut self, key: &'static str) -> Option<PathBuf> {
        let path = self.text(key)?;
        Some(self.resolve(&path))
    }

    /// The path as seen from the folder of the configuration file.
    pub fn resolve(&self, path: &str) -> PathBuf {
        self.reader.folder.join(path)
    }

    /// Reports every key that nobody asked for.
    pub fn finish(mut self) {
        let keys: Vec<String> = self.table.keys().cloned().collect();
        for key in keys {
            let remedy = did_you_mean(&key, &self.known);
            self.fault(&key, "is no key of this section", remedy);
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.table.remove(key)
    }
}

fn read_secret(path: &Path) -> std::io::Result<String> {
    let size_bytes = std::fs::metadata(path)?.len();
    if size_bytes > SECRET_FILE_BYTES_MAX {
        return Err(std::io::Error::other(format!(
            "larger than {SECRET_FILE_BYTES_MAX} bytes"
        )));
    }
    std::fs::read_to_string(path)
}
