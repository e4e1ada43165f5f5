//! What the desk asks of a store that is full: finding a registration among many, and the list of what waits.
//!
//! `cargo bench --bench desk` fills a SQLite file with `REGISTRATIONS` (100000 unless told) registrations and a tenth as many
//! open cases, and asks. `URL=postgres://... cargo bench --bench desk` does so in that database, which must be empty. The budget:
//! 100 milliseconds for the slowest of a hundred searches, whatever is typed.

use std::time::{Duration, Instant};

use estafette::decision::queue::Queue;
use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::registration::life_cycle::Policy;
use estafette::registration::search::{Query, traces, words};
use estafette::registration::{Language, Reference, Registration, RegistrationDocument};
use estafette::store::{Store, View};
use jiff::Timestamp;
use sqlx::{Connection, Executor, PgConnection, QueryBuilder, SqliteConnection};

const BUDGET: Duration = Duration::from_millis(100);
/// Times that each question is asked, with other words where it can be.
const ROUNDS: u64 = 100;
/// Rows of one INSERT: SQLite takes 32766 parameters, PostgreSQL 65535.
const ROWS_AT_ONCE: usize = 2000;

fn main() {
    let number = |name: &str, usual: u64| -> u64 {
        std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
    };
    let registrations = number("REGISTRATIONS", 100_000);
    let cases = number("CASES", registrations / 10);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = std::env::var("URL")
        .unwrap_or_else(|_| format!("sqlite:{}", folder.path().join("store.db").display()));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(&url, Box::new(writer), Policy::default())
            .await
            .expect("the store opens");
        let begun = Instant::now();
        fill(&url, registrations, cases).await;
        println!(
            "{registrations} registrations and {cases} open cases, filled in {:.0} s ({})",
            begun.elapsed().as_secs_f64(),
            url.split(':').next().unwrap_or_default()
        );
        ask(&store, registrations).await;
    });
}

fn writer(signing: [u8; 32]) -> Writer {
    Writer {
        brand: Brand::sample(),
        from_name: None,
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&signing)),
        terms: None,
        pages: None,
    }
}

/// Numbers that look drawn, the same each time (SplitMix64).
fn drawn(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

const SYLLABLES: [&str; 32] = [
    "van", "der", "pee", "ters", "du", "pont", "mar", "tin", "ja", "nssens", "wil", "lems", "ber", "ghe",
    "las", "ker", "mon", "tal", "ver", "hae", "gen", "cla", "es", "lam", "bert", "de", "vos", "no", "el",
    "goo", "sens", "mae",
];
const FIRST_NAMES: [&str; 12] = [
    "Jan", "Marie", "Luc", "An", "Pierre", "Sofie", "Karel", "Amandine", "Zoë", "Thomas", "Emma", "Noah",
];
const PLACES: [(&str, &str); 8] = [
    ("1000", "Bruxelles"),
    ("9000", "Gent"),
    ("2000", "Antwerpen"),
    ("4000", "Liège"),
    ("5000", "Namur"),
    ("3000", "Leuven"),
    ("8000", "Brugge"),
    ("4700", "Eupen"),
];

fn pick<T>(of: &[T], drawn: u64) -> &T {
    &of[usize::try_from(drawn % of.len() as u64).expect("small")]
}

/// A name of two to four syllables: some are common, most are not.
fn name(seed: u64) -> String {
    let count = 2 + drawn(seed) % 3;
    let text: String = (0..count)
        .map(|n| *pick(&SYLLABLES, drawn(seed * 7 + n)))
        .collect();
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn reference(number: u64) -> Reference {
    let bytes = number.to_be_bytes();
    Reference::from_random([bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}

fn last_name(number: u64) -> String {
    name(drawn(number) % 60_000)
}

fn ean(number: u64) -> String {
    format!("54144{:013}", number * 37 % 10_000_000_000_000)
}

fn registration(number: u64) -> Registration {
    let place = pick(&PLACES, drawn(number + 1));
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "language": "nl", "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": pick(&FIRST_NAMES, drawn(number + 2)),
            "last_name": last_name(number), "date_of_birth": "1984-03-12",
            "email": format!("klant.{number}@mail.example"), "phone": format!("+324{:08}", number)},
        "supply_address": {"street": format!("Rue {}", name(drawn(number + 3) % 5_000)),
            "house_number": (drawn(number + 4) % 200 + 1).to_string(), "postal_code": place.0, "municipality": place.1},
        "electricity": {"ean": ean(number)}, "start_date": "2027-01-15"
    }))
    .expect("a document");
    document
        .into_registration(reference(number), Timestamp::UNIX_EPOCH)
        .expect("a sound document")
}

/// Writes rows as the store would, without letters and history, which nothing here reads.
async fn fill(url: &str, registrations: u64, cases: u64) {
    if url.starts_with("sqlite:") {
        let mut c = SqliteConnection::connect(url).await.expect("the file opens");
        c.execute("PRAGMA synchronous = OFF").await.expect("a pragma");
        c.execute("BEGIN").await.expect("a transaction");
        rows::<sqlx::Sqlite>(&mut c, registrations, cases).await;
        c.execute("COMMIT").await.expect("a transaction");
        c.execute("ANALYZE").await.expect("statistics");
    } else {
        let mut c = PgConnection::connect(url).await.expect("PostgreSQL answers");
        rows::<sqlx::Postgres>(&mut c, registrations, cases).await;
        c.execute("ANALYZE").await.expect("statistics");
    }
}

async fn insert<DB>(c: &mut DB::Connection, table: &str, columns: usize, rows: &mut Vec<Vec<Cell>>)
where
    DB: sqlx::Database,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> String: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    for<'q> i64: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    for<'q> Vec<u8>: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    for<'q> DB::Arguments: sqlx::IntoArguments<DB>,
{
    for chunk in rows.chunks(ROWS_AT_ONCE / columns.max(1) * 2) {
        let mut query = QueryBuilder::<DB>::new(format!("INSERT INTO {table} "));
        query.push_values(chunk, |mut row, cells| {
            for cell in cells {
                match cell {
                    Cell::Text(text) => row.push_bind(text.clone()),
                    Cell::Number(number) => row.push_bind(*number),
                    Cell::Bytes(bytes) => row.push_bind(bytes.clone()),
                };
            }
        });
        query.push(" ON CONFLICT DO NOTHING");
        query.build().execute(&mut *c).await.expect("rows");
    }
    rows.clear();
}

enum Cell {
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

async fn rows<DB>(c: &mut DB::Connection, registrations: u64, cases: u64)
where
    DB: sqlx::Database,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> String: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    for<'q> i64: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    for<'q> Vec<u8>: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    for<'q> DB::Arguments: sqlx::IntoArguments<DB>,
{
    let mut known = std::collections::HashSet::new();
    let (mut own, mut vocabulary, mut shared, mut of) = (vec![], vec![], vec![], vec![]);
    for number in 0..registrations {
        let registration = registration(number);
        let key = registration.reference.as_str();
        let json = serde_json::to_string(&registration).expect("JSON");
        let at = i64::try_from(number).expect("small");
        own.push(vec![
            text(key),
            Cell::Number(1),
            Cell::Number(0),
            text("verified"),
            Cell::Number(at),
            Cell::Number(at),
            text(json),
            Cell::Number(1),
        ]);
        for word in words(&registration) {
            of.push(vec![text(&*word.text), text(key)]);
            // What is never met again need not be remembered: numbers and addresses of mail.
            let is_shared = word.text.chars().all(char::is_alphabetic);
            if !is_shared || known.insert(word.text.clone()) {
                vocabulary.push(vec![text(&*word.text)]);
                shared.extend(
                    traces(&word.text)
                        .into_iter()
                        .map(|trace| vec![text(trace), text(&*word.text)]),
                );
            }
        }
        if own.len() == 5_000 || number + 1 == registrations {
            insert::<DB>(
                c,
                "registrations (reference, version, last_sequence, state, submitted_at, updated_at, registration, words_kept)",
                8,
                &mut own,
            )
            .await;
            insert::<DB>(c, "search_words (word)", 1, &mut vocabulary).await;
            insert::<DB>(c, "search_traces (trace, word)", 2, &mut shared).await;
            insert::<DB>(c, "registration_words (word, reference)", 2, &mut of).await;
        }
    }
    let (mut raw, mut messages) = (vec![], vec![]);
    for number in 0..cases {
        let sha: Vec<u8> = (0..4).flat_map(|n| drawn(number * 4 + n).to_be_bytes()).collect();
        raw.push(vec![
            Cell::Bytes(sha.clone()),
            Cell::Bytes(b"Subject: x\r\n\r\n".to_vec()),
        ]);
        let of = reference(number);
        let language = pick(&["fr", "nl", "de", "en"], drawn(number));
        let settled = serde_json::json!({"disposition": "review", "kind": "answer", "reference": of, "evidence": [],
            "reasons": [{"code": "question", "detail": "Wanneer begint het?", "span": null}], "answers": {},
            "subject": "Re: uw inschrijving", "sender": "an@mail.example", "language": language});
        let at = i64::try_from(number).expect("small");
        messages.push(vec![
            text(format!("{number:012}")),
            Cell::Bytes(sha),
            text("whole"),
            Cell::Number(14),
            Cell::Number(at),
            Cell::Number(at),
            Cell::Number(1),
            text("review"),
            text(of.as_str()),
            text(settled.to_string()),
            Cell::Number(at),
            text(pick(&Queue::ALL, drawn(number + 5)).name()),
            text(*language),
            Cell::Number(i64::try_from(drawn(number) >> 1).expect("small")),
        ]);
        if raw.len() == 2_000 || number + 1 == cases {
            insert::<DB>(c, "raw_messages (sha256, raw)", 2, &mut raw).await;
            insert::<DB>(
                c,
                "messages (message_key, sha256, fetched, size_bytes, received_at, kept_at, version, disposition, reference,
                    settled, settled_at, queue, language, hurts_at)",
                14,
                &mut messages,
            )
            .await;
        }
    }
}

async fn ask(store: &Store, registrations: u64) {
    println!(
        "{:<44} {:>9} {:>9} {:>9} {:>8}",
        "question", "median", "p99", "found", "of limit"
    );
    let any = |round: u64| drawn(round + 99) % registrations;
    let searches: [(&str, &dyn Fn(u64) -> String); 11] = [
        ("reference", &|round| reference(any(round)).to_string()),
        ("EAN in groups", &|round| {
            let ean = ean(any(round));
            format!("{} {} {}", &ean[..4], &ean[4..10], &ean[10..])
        }),
        ("phone as dialled", &|round| format!("04{:08}", any(round))),
        ("e-mail", &|round| format!("klant.{}@mail.example", any(round))),
        ("last name", &|round| last_name(any(round))),
        ("last name begun", &|round| {
            last_name(any(round)).chars().take(4).collect()
        }),
        ("last name with a slip, and place", &|round| {
            let number = any(round);
            let mut name: Vec<char> = last_name(number).chars().collect();
            let at = name.len() / 2;
            name.swap(at - 1, at);
            let name: String = name.into_iter().collect();
            format!("{name} {}", pick(&PLACES, drawn(number + 1)).1)
        }),
        ("first and last name, postal code", &|round| {
            let number = any(round);
            let place = pick(&PLACES, drawn(number + 1)).0;
            format!(
                "{} {} {place}",
                pick(&FIRST_NAMES, drawn(number + 2)),
                last_name(number)
            )
        }),
        ("common words alone", &|round| {
            format!("rue {}", pick(&PLACES, drawn(round)).1)
        }),
        ("common words that never meet", &|round| {
            format!(
                "{} {}",
                PLACES[0].1,
                PLACES[1 + usize::try_from(round % 7).expect("small")].1
            )
        }),
        ("nothing of the kind", &|round| format!("qwx{round}zzz nobody")),
    ];
    for (what, query) in searches {
        let mut found = 0;
        let mut times = Vec::new();
        for round in 0..ROUNDS {
            let query = Query::parse(&query(round));
            let begun = Instant::now();
            found += store.search(&query, 50).await.expect("a search").len();
            times.push(begun.elapsed());
        }
        report(&format!("search: {what}"), times, found as f64 / ROUNDS as f64);
    }
    let dutch_questions = View {
        queue: Some(Queue::Questions),
        language: Some(Language::Nl),
    };
    let mut after = None;
    let (mut pages, mut chosen, mut counts, mut pulses, mut beside) =
        (vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let page = store
            .cases(View::default(), after.as_deref(), 50)
            .await
            .expect("cases");
        pages.push(begun.elapsed());
        after = page.next;
        let begun = Instant::now();
        store.cases(dutch_questions, None, 50).await.expect("cases");
        chosen.push(begun.elapsed());
        let begun = Instant::now();
        store.case_counts().await.expect("counts");
        counts.push(begun.elapsed());
        let begun = Instant::now();
        store.pulse().await.expect("a pulse");
        pulses.push(begun.elapsed());
        if let Some(case) = page.items.first() {
            let begun = Instant::now();
            store
                .cases_beside(&case.message.key, dutch_questions)
                .await
                .expect("cases");
            beside.push(begun.elapsed());
        }
    }
    report("cases: a page", pages, 50.0);
    report("cases: the first page of one kind", chosen, 50.0);
    report("cases: how many of each kind", counts, 0.0);
    report("cases: whether anything is new", pulses, 0.0);
    report("cases: the next and the one before", beside, 2.0);
}

fn report(what: &str, mut times: Vec<Duration>, found: f64) {
    times.sort();
    let (Some(median), Some(slowest)) = (times.get(times.len() / 2), times.last()) else {
        return;
    };
    let milliseconds = |time: &Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{what:<44} {:>6.2} ms {:>6.2} ms {found:>9.1} {:>7.0}%",
        milliseconds(median),
        milliseconds(slowest),
        slowest.as_secs_f64() / BUDGET.as_secs_f64() * 100.0
    );
}
