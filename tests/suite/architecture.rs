//! The house: who may import whom. Reads every `use crate::` line of `src/` and fails on a wrong arrow.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms it may import (besides itself).
const PURE: [(&str, &[&str]); 9] = [
    ("calendar", &[]),
    ("registration", &["calendar"]),
    ("verification", &["registration"]),
    ("reading", &["registration"]),
    ("matching", &["registration", "reading"]),
    ("understanding", &["registration", "reading"]),
    (
        "decision",
        &["registration", "reading", "matching", "understanding"],
    ),
    ("contract", &["registration", "calendar"]),
    ("letters", &["registration", "contract", "calendar"]),
];

/// Edges import the pure rooms and these; of the edges only `store` may be imported by another.
const EDGES: [&str; 5] = ["attachments", "mailbox", "dispatch", "store", "web"];
const EDGES_MAY_IMPORT: [&str; 8] = [
    "config",
    "clock",
    "randomness",
    "store",
    "tls",
    "telemetry",
    "crash",
    "diagnosis",
];

/// What has no place in a pure room, and why.
const NOT_IN_PURE_ROOMS: [(&str, &str); 6] = [
    ("async fn", "pure rooms do not wait"),
    ("tokio::", "pure rooms do not wait"),
    ("sqlx::", "only the store has SQL"),
    ("std::fs", "pure rooms touch no files"),
    ("std::net", "pure rooms touch no network"),
    ("crate::clock", "time comes in as an argument"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The room a file belongs to: the first step of its path under `src/`.
fn room(file: &Path, src: &Path) -> String {
    let first = file.strip_prefix(src).unwrap().components().next().unwrap();
    Path::new(first.as_os_str())
        .with_extension("")
        .to_string_lossy()
        .into_owned()
}

/// Rooms named in `use crate::room` and `use crate::{room, other::Thing}` of one line.
fn imported(line: &str) -> Vec<String> {
    let Some((_, rest)) = line.split_once("use crate::") else {
        return Vec::new();
    };
    let pieces = match rest.strip_prefix('{') {
        Some(list) => top_level_pieces(list),
        None => vec![rest.to_owned()],
    };
    pieces
        .iter()
        .map(|piece| {
            piece
                .trim()
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or("")
                .to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn top_level_pieces(list: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                pieces.push(String::new());
                continue;
            }
            _ => {}
        }
        pieces.last_mut().unwrap().push(c);
    }
    pieces
}

/// The code of a file without its tests, `use` lists joined to one line each.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let mut joined = String::new();
    let mut inside_use = false;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("//") {
            continue;
        }
        inside_use |= line.starts_with("use ") || line.starts_with("pub use ");
        joined.push_str(line);
        if inside_use && !line.ends_with(';') {
            joined.push(' ');
        } else {
            inside_use = false;
            joined.push('\n');
        }
    }
    joined
}

/// Whether the file holds tests alone: `tests.rs`, or a file of a `tests` folder.
fn is_test(file: &Path) -> bool {
    file.ends_with("tests.rs") || file.parent().is_some_and(|folder| folder.ends_with("tests"))
}

#[test]
fn no_room_imports_one_it_must_not_know() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let pure: Vec<&str> = PURE.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for file in sources(&src) {
        // Tests may look over the wall.
        if is_test(&file) {
            continue;
        }
        let room = room(&file, &src);
        let allowed: Vec<&str> = if let Some((_, allowed)) = PURE.iter().find(|(name, _)| *name == room) {
            allowed.to_vec()
        } else if EDGES.contains(&room.as_str()) {
            pure.iter().chain(&EDGES_MAY_IMPORT).copied().collect()
        } else {
            continue;
        };
        for line in code(&file).lines() {
            for target in imported(line) {
                arrows += 1;
                if target != room && !allowed.contains(&target.as_str()) {
                    wrong.push(format!("{}: `{room}` must not know `{target}`", file.display()));
                }
            }
        }
    }
    assert!(
        arrows > 50,
        "only {arrows} arrows were found: the reader of `use` lines is broken"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_wait_for_nothing_and_touch_nothing() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in sources(&src) {
        if is_test(&file) || !PURE.iter().any(|(name, _)| *name == room(&file, &src)) {
            continue;
        }
        let code = code(&file);
        for (text, why) in NOT_IN_PURE_ROOMS {
            if code.contains(text) {
                wrong.push(format!("{}: `{text}`: {why}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_use_lines_sees_lists_and_nested_lists() {
    assert_eq!(imported("use crate::store::Store;"), ["store"]);
    assert_eq!(
        imported("use crate::{clock, config::{A, B}, store::Store};"),
        ["clock", "config", "store"]
    );
}

#[test]
fn every_file_of_the_suite_is_run() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let main = fs::read_to_string(suite.join("main.rs")).unwrap();
    for entry in fs::read_dir(&suite).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            name == "main" || main.contains(&format!("mod {name};")),
            "tests/suite/main.rs lacks `mod {name};`"
        );
    }
}
