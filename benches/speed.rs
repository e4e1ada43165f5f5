//! How many messages one core reads and understands, against parsing them alone; what a usual and a hostile message cost;
//! and how the cost grows with the size of the message.
//!
//! `cargo bench` shows it all, `cargo bench -- hostile` a part. The budget: a usual reply within 1 ms, a hostile message within
//! 50 ms, and twice the size at no more than twice the time.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use estafette::commands::interpret::registration_from;
use estafette::decision::{self, Disposition, Judging};
use estafette::reading::{self, Message};
use estafette::registration::Registration;
use estafette::understanding::{self, SentLetter};

fn main() {
    divan::main();
}

/// A reply of the corpus with the registration it is about, if it is about one.
struct Reply {
    raw: Vec<u8>,
    message: Message,
    registration: Option<Registration>,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

static REPLIES: LazyLock<Vec<Reply>> = LazyLock::new(|| {
    let truth = std::fs::read_to_string(corpus().join("truth.jsonl")).expect("the corpus has its truth");
    truth
        .lines()
        .map(|line| {
            let truth: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            let name = truth["reply"].as_str().expect("a reply is named");
            let raw = std::fs::read(corpus().join("replies").join(name)).expect("the reply is there");
            let registration = truth["registration"].as_str().map(registration);
            Reply {
                message: reading::read(&raw),
                raw,
                registration,
            }
        })
        .collect()
});

fn registration(reference: &str) -> Registration {
    let file = corpus().join(format!("registrations/{reference}.json"));
    registration_from(&file).expect("a registration of the corpus")
}

/// One whose electricity EAN was asked.
static ASKED: LazyLock<Registration> = LazyLock::new(|| registration("REG-7BM4C9XR"));

static LETTER: LazyLock<SentLetter> = LazyLock::new(|| SentLetter {
    kind: None,
    text: LETTER_LINES.join("\n"),
});

const LETTER_LINES: [&str; 8] = [
    "Beste klant,",
    "We hebben uw inschrijving goed ontvangen. Voor we ze kunnen verwerken, hebben we nog iets van u nodig.",
    "1. Wat is uw EAN-code voor elektriciteit?",
    "   Ze telt 18 cijfers en begint met 54. U vindt ze bovenaan uw factuur.",
    "U kunt gewoon op deze e-mail antwoorden.",
    "Leveringsadres: Kerkstraat 5, 9000 Gent",
    "Met vriendelijke groeten,",
    "Klantendienst",
];

const USUAL_ANSWER: &str = "Goedemiddag,\r\n\r\nMijn EAN-code is 5414 4886 0005 1182 54.\r\n\r\nMet vriendelijke groeten,\r\nJan\r\n";

/// All that is done with a message once it is here and matched.
fn whole_way(raw: &[u8], registration: &Registration, letter: Option<&SentLetter>) -> Disposition {
    let message = reading::read(raw);
    let understood = understanding::understand(&message, registration, letter, &[]);
    decision::decide(&understood, Judging::ContentOnly)
}

fn mail(content_type: &str, body: &str) -> Vec<u8> {
    let headers = "From: Jan <jan@skynet.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nSubject: Re: Uw inschrijving";
    format!("{headers}\r\nMIME-Version: 1.0\r\nContent-Type: {content_type}; charset=utf-8\r\n\r\n{body}")
        .into_bytes()
}

fn plain(body: &str) -> Vec<u8> {
    mail("text/plain", body)
}

fn html(body: &str) -> Vec<u8> {
    mail("text/html", &format!("<html><body>{body}</body></html>"))
}

/// Replies of the corpus a second, on one core.
mod corpus_replies {
    use super::*;

    #[divan::bench]
    fn a_parse_alone(bencher: Bencher) {
        bencher.counter(ItemsCount::new(REPLIES.len())).bench(|| {
            for reply in REPLIES.iter() {
                divan::black_box(mail_parser::MessageParser::default().parse(&reply.raw));
            }
        });
    }

    #[divan::bench]
    fn b_read(bencher: Bencher) {
        bencher.counter(ItemsCount::new(REPLIES.len())).bench(|| {
            for reply in REPLIES.iter() {
                divan::black_box(reading::read(&reply.raw));
            }
        });
    }

    #[divan::bench]
    fn c_understand(bencher: Bencher) {
        let known = || {
            REPLIES
                .iter()
                .filter_map(|reply| Some((&reply.message, reply.registration.as_ref()?)))
        };
        bencher.counter(ItemsCount::new(known().count())).bench(|| {
            for (message, registration) in known() {
                divan::black_box(understanding::understand(message, registration, None, &[]));
            }
        });
    }

    #[divan::bench]
    fn d_whole_way(bencher: Bencher) {
        let known = || {
            REPLIES
                .iter()
                .filter_map(|reply| Some((&reply.raw, reply.registration.as_ref()?)))
        };
        bencher.counter(ItemsCount::new(known().count())).bench(|| {
            for (raw, registration) in known() {
                divan::black_box(whole_way(raw, registration, None));
            }
        });
    }
}

/// A few words above our quoted letter: what most customers send.
#[divan::bench(args = [Usual::Plain, Usual::Html])]
fn usual_reply(bencher: Bencher, usual: Usual) {
    let raw = usual.raw();
    assert_eq!(whole_way(&raw, &ASKED, Some(&LETTER)).name(), "apply");
    bencher.bench(|| whole_way(divan::black_box(&raw), &ASKED, Some(&LETTER)));
}

#[derive(Debug, Clone, Copy)]
enum Usual {
    Plain,
    Html,
}

impl Usual {
    fn raw(self) -> Vec<u8> {
        let attribution = "Op di 3 nov. 2026 om 09:12 schreef Klantendienst &lt;care@example.test&gt;:";
        match self {
            Usual::Plain => {
                let quoted: String = LETTER_LINES.iter().map(|line| format!("> {line}\r\n")).collect();
                let attribution = attribution.replace("&lt;", "<").replace("&gt;", ">");
                plain(&format!("{USUAL_ANSWER}\r\n{attribution}\r\n{quoted}"))
            }
            Usual::Html => html(&format!(
                "<div dir=\"ltr\">{}</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">{attribution}<br></div>\
                 <blockquote class=\"gmail_quote\"><p>{}</p></blockquote></div>",
                USUAL_ANSWER.replace("\r\n", "<br>"),
                LETTER_LINES.join("</p><p>")
            )),
        }
    }
}

/// Messages made to cost as much as they can.
#[divan::bench(args = Hostile::ALL, max_time = 2)]
fn hostile(bencher: Bencher, hostile: Hostile) {
    let raw = hostile.raw();
    bencher
        .counter(BytesCount::new(raw.len()))
        .bench(|| whole_way(divan::black_box(&raw), &ASKED, Some(&LETTER)));
}

const TEN_MEGABYTES: usize = 10 * 1024 * 1024;
const OWN_TEXT_BYTES: usize = 20 * 1024;

#[derive(Clone, Copy)]
enum Hostile {
    QuotedLines4000,
    OwnLines4000,
    QuoteMarks100000,
    NestedParts50,
    Plain10Megabytes,
    Html10Megabytes,
    NestedDivs20000,
    OwnSentences20Kilobytes,
    OwnNumbers20Kilobytes,
    OwnNames20Kilobytes,
}

impl fmt::Debug for Hostile {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Hostile::QuotedLines4000 => "4,000 quoted lines",
            Hostile::OwnLines4000 => "4,000 own lines",
            Hostile::QuoteMarks100000 => "a line of 100,000 >",
            Hostile::NestedParts50 => "50 nested parts",
            Hostile::Plain10Megabytes => "10 MB plain",
            Hostile::Html10Megabytes => "10 MB HTML",
            Hostile::NestedDivs20000 => "20,000 nested div",
            Hostile::OwnSentences20Kilobytes => "20 kB of sentences",
            Hostile::OwnNumbers20Kilobytes => "20 kB of numbers",
            Hostile::OwnNames20Kilobytes => "20 kB of one name",
        })
    }
}

impl Hostile {
    const ALL: [Hostile; 10] = [
        Hostile::QuotedLines4000,
        Hostile::OwnLines4000,
        Hostile::QuoteMarks100000,
        Hostile::NestedParts50,
        Hostile::Plain10Megabytes,
        Hostile::Html10Megabytes,
        Hostile::NestedDivs20000,
        Hostile::OwnSentences20Kilobytes,
        Hostile::OwnNumbers20Kilobytes,
        Hostile::OwnNames20Kilobytes,
    ];

    fn raw(self) -> Vec<u8> {
        match self {
            Hostile::QuotedLines4000 => quoted_lines(4_000),
            Hostile::OwnLines4000 => plain(&"Mijn EAN-code is 541448860005118254.\r\n".repeat(4_000)),
            Hostile::QuoteMarks100000 => quote_marks(100_000),
            Hostile::NestedParts50 => nested_parts(50),
            Hostile::Plain10Megabytes => {
                plain(&filled("Ik woon in de Kerkstraat 5 te Gent.\r\n", TEN_MEGABYTES))
            }
            Hostile::Html10Megabytes => html(&filled(
                "<p>Ik woon in de <b>Kerkstraat 5</b> te Gent.</p>\r\n",
                TEN_MEGABYTES,
            )),
            Hostile::NestedDivs20000 => nested_divs(20_000),
            Hostile::OwnSentences20Kilobytes => plain(&own_sentences(OWN_TEXT_BYTES)),
            Hostile::OwnNumbers20Kilobytes => plain(&filled(
                "5414 4882 0012 3456 78 12/10/2026 0470 12 34 56\r\n",
                OWN_TEXT_BYTES,
            )),
            Hostile::OwnNames20Kilobytes => plain(&filled("Delacroy ", OWN_TEXT_BYTES)),
        }
    }
}

/// The piece again and again, up to that many bytes.
fn filled(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

fn own_sentences(bytes: usize) -> String {
    let sentences = "Goedemorgen, ik heb gisteren nog eens in de kelder gekeken. De meter hangt achter de kast, \
                     maar mijn man dacht eerst van niet.\r\nKunt u mij zeggen wanneer het contract ingaat?\r\n";
    filled(sentences, bytes)
}

fn quoted_lines(lines: usize) -> Vec<u8> {
    let quoted: String = LETTER_LINES
        .iter()
        .cycle()
        .take(lines)
        .map(|line| format!("> {line}\r\n"))
        .collect();
    plain(&format!("{USUAL_ANSWER}\r\n{quoted}"))
}

fn quote_marks(marks: usize) -> Vec<u8> {
    plain(&format!("{USUAL_ANSWER}\r\n{} x\r\n", ">".repeat(marks)))
}

fn nested_divs(depth: usize) -> Vec<u8> {
    html(&format!("{}541448860005118254", "<div>".repeat(depth)))
}

fn nested_parts(depth: usize) -> Vec<u8> {
    let mut body = String::new();
    for part in 0..depth {
        body.push_str(&format!(
            "--b{part}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n",
            part + 1
        ));
    }
    body.push_str(&format!(
        "--b{depth}\r\nContent-Type: text/plain\r\n\r\n{USUAL_ANSWER}"
    ));
    mail("multipart/mixed; boundary=b0", &body)
}

/// The same message at one, two, four and eight times the size: the time may not grow faster.
mod growth {
    use super::*;

    const TIMES: [usize; 4] = [1, 2, 4, 8];

    fn measure(bencher: Bencher, raw: Vec<u8>) {
        bencher
            .counter(BytesCount::new(raw.len()))
            .bench(|| whole_way(divan::black_box(&raw), &ASKED, Some(&LETTER)));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn own_sentences_2_kilobytes(bencher: Bencher, times: usize) {
        measure(bencher, plain(&own_sentences(times * 2 * 1024)));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn own_numbers_2_kilobytes(bencher: Bencher, times: usize) {
        let numbers = filled(
            "5414 4882 0012 3456 78 12/10/2026 0470 12 34 56\r\n",
            times * 2 * 1024,
        );
        measure(bencher, plain(&numbers));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn quoted_500_lines(bencher: Bencher, times: usize) {
        measure(bencher, quoted_lines(times * 500));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn marks_12500(bencher: Bencher, times: usize) {
        measure(bencher, quote_marks(times * 12_500));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn html_64_kilobytes(bencher: Bencher, times: usize) {
        let paragraphs = filled(
            "<p>Ik woon in de <b>Kerkstraat 5</b> te Gent.</p>\r\n",
            times * 64 * 1024,
        );
        measure(bencher, html(&paragraphs));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn nested_2500_divs(bencher: Bencher, times: usize) {
        measure(bencher, nested_divs(times * 2_500));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn nested_12_parts(bencher: Bencher, times: usize) {
        measure(bencher, nested_parts(times * 12));
    }

    #[divan::bench(args = TIMES, max_time = 1)]
    fn attached_1_megabyte(bencher: Bencher, times: usize) {
        let line = format!("{}\r\n", "QUJD".repeat(19));
        let body = format!(
            "--b\r\nContent-Type: text/plain\r\n\r\n{USUAL_ANSWER}\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}--b--\r\n",
            filled(&line, times * 1024 * 1024)
        );
        measure(bencher, mail("multipart/mixed; boundary=b", &body));
    }
}
