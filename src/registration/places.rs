//! Belgian postal codes, municipalities and localities: the tables of `data/`, compiled in.
//!
//! Sources and licences stand in `data/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Language;
use super::value::fold_key;

/// Names shorter than this are too close to others to forgive a slip, in letters.
const SHORT_NAME_LETTERS: usize = 5;
/// From this length on two slips are forgiven, in letters.
const LONG_NAME_LETTERS: usize = 9;

/// One of the three regions; each has its own distributors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    Brussels,
    Flanders,
    Wallonia,
}

/// A municipality and a postal code that lies in it, as the official table has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    pub postal_code: String,
    name_fr: String,
    name_nl: String,
    /// Empty where no German name is known.
    name_de: String,
    pub region: Region,
}

impl Municipality {
    /// Its name in a language; German and English fall back on the name in the language of its region.
    pub fn name(&self, language: Language) -> &str {
        let local = match self.region {
            Region::Flanders => &self.name_nl,
            Region::Brussels | Region::Wallonia => &self.name_fr,
        };
        match language {
            Language::Fr => &self.name_fr,
            Language::Nl => &self.name_nl,
            Language::De if !self.name_de.is_empty() => &self.name_de,
            Language::De | Language::En => local,
        }
    }
}

struct Tables {
    municipalities: Vec<Municipality>,
    /// By code: the region, and the display names of its municipalities and localities.
    codes: BTreeMap<&'static str, Code>,
    /// Folded name -> the codes it stands for.
    names: BTreeMap<String, BTreeSet<&'static str>>,
}

struct Code {
    region: Region,
    names: Vec<String>,
}

const CODES_CSV: &str = include_str!("../../data/be-postal-codes.csv");
const LOCALITIES_CSV: &str = include_str!("../../data/be-localities.csv");

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// Whether the four digits are a Belgian postal code.
pub fn is_known(code: &str) -> bool {
    TABLES.codes.contains_key(code)
}

/// The region of a known code.
pub fn region(code: &str) -> Option<Region> {
    TABLES.codes.get(code).map(|code| code.region)
}

/// The names of the municipalities and localities of a code, municipalities first; empty for an unknown code.
pub fn names(code: &str) -> &'static [String] {
    TABLES.codes.get(code).map_or(&[], |code| &code.names)
}

/// The first municipality of a code, in a language: what a letter calls the place.
pub fn name(code: &str, language: Language) -> Option<&'static str> {
    TABLES
        .municipalities
        .iter()
        .find(|municipality| municipality.postal_code == code)
        .map(|municipality| municipality.name(language))
        .or_else(|| names(code).first().map(String::as_str))
}

/// The codes that a name of a municipality or locality stands for, in any of its spellings; empty when there is no
/// such place. A name alone never gives the code: 47 names have several, some far apart.
pub fn codes_of(name: &str) -> Vec<&'static str> {
    TABLES
        .names
        .get(&place_key(name))
        .map(|codes| codes.iter().copied().collect())
        .unwrap_or_default()
}

/// Whether a name, in any language and spelling, is one of the places of a code.
pub fn fits(name: &str, code: &str) -> bool {
    let key = place_key(name);
    let of_code = |key: &str| TABLES.names.get(key).is_some_and(|codes| codes.contains(code));
    of_code(&key)
        || (is_brussels(&key) && region(code) == Some(Region::Brussels))
        // `Haren (Tongeren)`, `Liège 1`, `Woluwe-Saint-Lambert/Bruxelles`: one of its parts is enough.
        || name
            .split(['(', ')', '/', ','])
            .map(|part| place_key(part.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())))
            .any(|part| !part.is_empty() && of_code(&part))
}

/// Whether a name that is no place at all is a slip of the keyboard away from one of the places of a code. With the code
/// known, nothing can go wrong with such a name.
pub fn nearly_fits(name: &str, code: &str) -> bool {
    let key = place_key(name);
    let slips = match key.chars().count() {
        0..SHORT_NAME_LETTERS => return false,
        SHORT_NAME_LETTERS..LONG_NAME_LETTERS => 1,
        _ => 2,
    };
    !TABLES.names.contains_key(&key)
        && names(code)
            .iter()
            .any(|known| strsim::osa_distance(&place_key(known), &key) <= slips)
}

/// Every municipality with each of its codes, in the order of the codes.
pub fn municipalities() -> &'static [Municipality] {
    &TABLES.municipalities
}

/// People write Brussels for any of its nineteen communes.
fn is_brussels(key: &str) -> bool {
    matches!(
        key,
        "bruxelles"
            | "brussel"
            | "brussels"
            | "brussel stad"
            | "bruxelles ville"
            | "brussel hoofdstad"
            | "brussels city"
    )
}

/// The key by which names of places are compared: folded, with the short words written out.
fn place_key(name: &str) -> String {
    let folded = fold_key(name);
    let whole = match folded.as_str() {
        "bxl" | "bru" | "brux" | "bruessel" => return "brussel".to_owned(),
        "lln" => return "louvain la neuve".to_owned(),
        other => other,
    };
    let words: Vec<&str> = whole.split(' ').map(long_word).collect();
    words.join(" ")
}

/// Saints are abbreviated in either language.
fn long_word(word: &str) -> &str {
    match word {
        "st" | "sint" | "saint" | "sankt" => "saint",
        "ste" | "sainte" | "sinte" => "sainte",
        other => other,
    }
}

impl Tables {
    fn read() -> Tables {
        let mut tables = Tables {
            municipalities: Vec::new(),
            codes: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        for row in CODES_CSV.lines().skip(1) {
            let columns: Vec<&'static str> = row.split(',').collect();
            let [code, fr, nl, de, _province, region, _refnis] = columns[..] else {
                continue;
            };
            let Some(region) = region_of(region) else { continue };
            tables.add(code, region, &[fr, nl, de]);
            tables.municipalities.push(Municipality {
                postal_code: code.to_owned(),
                name_fr: fr.to_owned(),
                name_nl: nl.to_owned(),
                name_de: de.to_owned(),
                region,
            });
        }
        for row in LOCALITIES_CSV.lines().skip(1) {
            let columns: Vec<&'static str> = row.split(',').collect();
            let [code, locality, region] = columns[..] else {
                continue;
            };
            let Some(region) = region_of(region) else { continue };
            tables.add(code, region, &[locality]);
        }
        tables
    }

    fn add(&mut self, code: &'static str, region: Region, names: &[&str]) {
        let entry = self.codes.entry(code).or_insert_with(|| Code {
            region,
            names: Vec::new(),
        });
        for name in names.iter().filter(|name| !name.is_empty()) {
            if !entry.names.iter().any(|known| fold_key(known) == fold_key(name)) {
                entry.names.push((*name).to_owned());
            }
            self.names.entry(place_key(name)).or_default().insert(code);
        }
    }
}

fn region_of(name: &str) -> Option<Region> {
    match name {
        "brussels" => Some(Region::Brussels),
        "flanders" => Some(Region::Flanders),
        "wallonia" => Some(Region::Wallonia),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        assert_eq!(municipalities().len(), CODES_CSV.lines().count() - 1);
        assert_eq!(TABLES.codes.len(), 1149);
        assert!(
            !CODES_CSV.contains('"') && !LOCALITIES_CSV.contains('"'),
            "quoted columns need a CSV reader"
        );
        for row in LOCALITIES_CSV.lines().skip(1) {
            let columns: Vec<&str> = row.split(',').collect();
            assert!(fits(columns[1], columns[0]), "{row}");
        }
    }

    #[test]
    fn regions_follow_the_ranges() {
        for code in TABLES.codes.keys() {
            let expected = match code.parse().unwrap() {
                1000..=1299 => Region::Brussels,
                1300..=1499 | 4000..=7999 => Region::Wallonia,
                _ => Region::Flanders,
            };
            assert_eq!(region(code), Some(expected), "{code}");
        }
        assert_eq!(region("1005"), None);
    }

    #[test]
    fn a_place_is_known_by_any_of_its_names() {
        for (name, code) in [
            ("Liège", "4000"),
            ("LIEGE", "4000"),
            ("Luik", "4000"),
            ("Lüttich", "4000"),
            ("Grivegnée", "4030"),
            ("Liège 1", "4000"),
            ("St-Gilles", "1060"),
            ("Sint-Gillis", "1060"),
            ("St Niklaas", "9100"),
            ("Sint Niklaas", "9100"),
            ("BXL", "1030"),
            ("Bruxelles", "1180"),
            ("Brussels", "1000"),
            ("Elsene", "1050"),
            ("LLN", "1348"),
            ("Sankt Vith", "4780"),
            ("St. Vith", "4780"),
            ("Saint-Vith", "4780"),
            ("Kelmis", "4720"),
            ("Sint-Amandsberg", "9040"),
            ("'s Gravenwezel", "2970"),
            ("Haren (Brussel)", "1130"),
        ] {
            assert!(fits(name, code), "{name} {code}");
        }
        for (name, code) in [
            ("Namur", "4000"),
            ("Sint-Amandsberg", "9000"),
            ("Kelmis", "4700"),
            ("Seraing", "4000"),
            ("Bruxelles", "1300"),
            ("", "4000"),
            ("4000", "4000"),
        ] {
            assert!(!fits(name, code), "{name} {code}");
        }
    }

    #[test]
    fn a_slip_is_not_another_place() {
        for (name, code) in [
            ("Lièege", "4000"),
            ("Schaarbek", "1030"),
            ("Sint-Niklas", "9100"),
            ("Louvain-la-Neuv", "1348"),
        ] {
            assert!(!fits(name, code) && nearly_fits(name, code), "{name} {code}");
        }
        for (name, code) in [
            ("Namur", "4000"),
            ("Gant", "9000"),
            ("Halen", "1500"),
            ("Nowhere", "4000"),
            ("", "4000"),
        ] {
            assert!(!nearly_fits(name, code), "{name} {code}");
        }
    }

    #[test]
    fn a_name_may_stand_for_several_codes() {
        assert_eq!(codes_of("Haren"), ["1130", "3700", "3840"]);
        assert!(codes_of("Nowhere").is_empty());
        assert_eq!(name("4000", Language::Nl), Some("Luik"));
        assert_eq!(name("4000", Language::En), Some("Liège"));
        assert_eq!(name("9999", Language::En), None);
    }
}
