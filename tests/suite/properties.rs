//! What must hold of any reply, over replies that are made up at random: how an EAN may be written, that a wrong digit is never
//! taken, that the letter quoted below an answer says nothing, and that nothing makes the reader fail.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use estafette::decision::{self, Judging};
use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::reading::{self, ReadingFault};
use estafette::registration::{Field, Language, LetterKind, Registration, RegistrationDocument};
use estafette::understanding::{self, AnswerStatus, SentLetter, Understanding};
use proptest::prelude::*;
use proptest::sample::select;

/// Enough to find what is wrong, and few enough that an unoptimised build takes seconds.
const CASES: u32 = 150;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A registration whose EAN of electricity was asked, and the letter that asked it.
struct Asked {
    registration: Registration,
    letter: SentLetter,
    subject: String,
}

static ASKED: LazyLock<Vec<Asked>> = LazyLock::new(|| Language::ALL.map(asked).into());

fn asked(language: Language) -> Asked {
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "reference": "REG-7K3M9Q2X", "language": language.code(), "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": "Ana\u{ef}s", "last_name": "Delacroy", "email": "a@skynet.example"},
        "supply_address": {"street": "Rue du Noyer", "house_number": "132", "postal_code": "1030", "municipality": "Schaerbeek"},
        "electricity": {"ean": null},
        "asked": [{"field": "electricity_ean", "reason": "missing"}],
    }))
    .expect("a registration");
    let reference = document.reference.clone().expect("a reference");
    let registration = document
        .into_registration(reference, jiff::Timestamp::UNIX_EPOCH)
        .expect("sound");
    let writer = Writer {
        brand: Brand::sample(),
        from_name: None,
        from_address: "care@example.test".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[7; 32])),
        terms: None,
        pages: None,
    };
    let at = "2026-11-02T10:00:00Z".parse().expect("a time");
    let letter = writer
        .write(LetterKind::ClarificationRequest, 1, &registration, &[], at)
        .expect("the letter is written");
    Asked {
        registration,
        subject: letter.subject,
        letter: SentLetter {
            kind: Some(LetterKind::ClarificationRequest),
            text: letter.text,
        },
    }
}

fn any_asked() -> impl Strategy<Value = &'static Asked> {
    (0..ASKED.len()).prop_map(|place| &ASKED[place])
}

impl fmt::Debug for Asked {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.registration.language.code())
    }
}

impl Asked {
    fn mail(&self, kind: &str, body: &str) -> Vec<u8> {
        format!(
            "From: A <a@skynet.example>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nSubject: Re: {}\r\nMIME-Version: 1.0\r\n\
             Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
            self.subject,
            body.replace('\n', "\r\n")
        )
        .into_bytes()
    }

    /// What is understood of a message; that its reader did not fail is checked here.
    fn understand(&self, kind: &str, body: &str, letter: Option<&SentLetter>) -> Understanding {
        let message = reading::read(&self.mail(kind, body));
        let failed = message
            .faults
            .iter()
            .find(|fault| matches!(fault, ReadingFault::ReaderFailed(_)));
        assert_eq!(failed, None);
        understanding::understand(&message, &self.registration, letter, &[])
    }

    fn understand_plain(&self, body: &str) -> Understanding {
        self.understand("text/plain", body, Some(&self.letter))
    }
}

/// What is said, apart from where it stands.
#[derive(Debug, PartialEq)]
struct Said {
    kind: &'static str,
    answers: BTreeMap<Field, AnswerStatus>,
    doubts: Vec<(&'static str, Option<String>)>,
    disposition: &'static str,
}

impl Said {
    fn of(understood: &Understanding) -> Said {
        let answers = understood.answers.iter();
        let doubts = understood.doubts.iter();
        Said {
            kind: understood.kind.name(),
            answers: answers
                .map(|(field, answer)| (*field, answer.status.clone()))
                .collect(),
            doubts: doubts
                .map(|doubt| (doubt.reason.name(), doubt.text.clone()))
                .collect(),
            disposition: decision::decide(understood, Judging::ContentOnly).name(),
        }
    }

    /// The values that would be written into the registration if everything else were certain.
    fn corrected(&self) -> Vec<(Field, &str)> {
        let values = self.answers.iter().filter_map(|(field, status)| match status {
            AnswerStatus::Corrected(value) => Some((*field, value.as_str())),
            _ => None,
        });
        values.collect()
    }
}

/// An EAN with its check digit, by the prefix of a distributor and a serial that is no filler.
fn ean() -> impl Strategy<Value = String> {
    let prefix = select(vec!["5414488", "5414489", "5414490", "5414492", "5414567"]);
    (prefix, 1_000_001u64..9_999_999_999).prop_map(|(prefix, serial)| {
        let body = format!("{prefix}{serial:010}");
        // GS1: weights 3, 1, 3 ... from the left.
        let sum: u32 = body
            .bytes()
            .enumerate()
            .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 0 { 3 } else { 1 })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    })
}

/// How the digits of an EAN may stand in a text.
#[derive(Debug, Clone)]
enum Writing {
    Groups(usize, &'static str),
    GluedLabel(&'static str),
    FullWidth,
    TwoLines(usize),
}

impl Writing {
    fn write(&self, digits: &str) -> String {
        match self {
            Writing::Groups(length, separator) => {
                let groups: Vec<&str> = (0..digits.len())
                    .step_by(*length)
                    .map(|start| &digits[start..digits.len().min(start + length)])
                    .collect();
                groups.join(separator)
            }
            Writing::GluedLabel(label) => format!("{label}{digits}"),
            Writing::FullWidth => digits
                .bytes()
                .map(|digit| char::from_u32(0xff10 + u32::from(digit - b'0')).expect("a full-width digit"))
                .collect(),
            Writing::TwoLines(place) => format!("{}\n{}", &digits[..*place], &digits[*place..]),
        }
    }
}

fn writing() -> impl Strategy<Value = Writing> {
    let separators = vec![" ", ".", "-", "/", "\u{a0}", "\u{2007}", "\u{2009}", "\u{202f}"];
    prop_oneof![
        Just(Writing::Groups(18, "")),
        (select(vec![2, 3, 4, 6]), select(separators))
            .prop_map(|(length, separator)| Writing::Groups(length, separator)),
        select(vec!["EAN", "EAN:", "EAN: ", "ean=", "Code EAN : ", "EAN-code: "])
            .prop_map(Writing::GluedLabel),
        Just(Writing::FullWidth),
        (8usize..=14).prop_map(Writing::TwoLines),
    ]
}

/// A courteous reply around an answer that stands on a line of its own.
fn reply_around(answer: &str, language: Language) -> String {
    let (greeting, closing) = match language {
        Language::Fr => ("Bonjour,", "Cordialement,"),
        Language::Nl => ("Goedemiddag,", "Met vriendelijke groeten,"),
        Language::De => ("Guten Tag,", "Mit freundlichen Gr\u{fc}\u{df}en"),
        Language::En => ("Hello,", "Kind regards,"),
    };
    format!("{greeting}\n\n{answer}\n\n{closing}\nAna\u{ef}s Delacroy\n")
}

/// Words that lead to a value without saying more.
fn led_to(answer: &str, language: Language) -> String {
    let lead = match language {
        Language::Fr => "Mon code EAN est",
        Language::Nl => "Mijn EAN-code is",
        Language::De => "Mein EAN-Code ist",
        Language::En => "My EAN code is",
    };
    format!("{lead} {answer}.")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_ean_written_in_any_usual_way_is_read(
        asked in any_asked(), ean in ean(), writing in writing(), in_a_sentence in any::<bool>(),
    ) {
        let language = asked.registration.language;
        let written = writing.write(&ean);
        let answer = match writing {
            // An EAN cut by the end of a line stands alone, or the two halves could be two numbers.
            Writing::Groups(..) | Writing::FullWidth if in_a_sentence => led_to(&written, language),
            _ => written,
        };
        let said = Said::of(&asked.understand_plain(&reply_around(&answer, language)));
        prop_assert_eq!(said.corrected(), [(Field::ElectricityEan, ean.as_str())], "{:?}: {:?}", answer, said);
        prop_assert_eq!(said.disposition, "apply", "{:?}: {:?}", answer, said);
    }

    #[test]
    fn an_ean_with_one_wrong_digit_is_never_taken(
        asked in any_asked(), ean in ean(), writing in writing(), place in 0usize..18, off_by in 1u8..10, in_a_sentence in any::<bool>(),
    ) {
        let language = asked.registration.language;
        let mut digits = ean.into_bytes();
        digits[place] = (digits[place] - b'0' + off_by) % 10 + b'0';
        let wrong = String::from_utf8(digits).expect("digits");
        let written = writing.write(&wrong);
        let answer = if in_a_sentence { led_to(&written, language) } else { written };
        let said = Said::of(&asked.understand_plain(&reply_around(&answer, language)));
        prop_assert_eq!(said.corrected(), [], "{:?}: {:?}", answer, said);
    }

    #[test]
    fn an_ean_with_a_digit_too_few_or_too_many_is_never_taken(
        asked in any_asked(), ean in ean(), writing in writing(), place in 0usize..18, one_more in prop::option::of(0u8..10),
    ) {
        let mut digits = ean.clone();
        match one_more {
            Some(digit) => digits.insert(place, char::from(b'0' + digit)),
            None => drop(digits.remove(place)),
        }
        let answer = writing.write(&digits);
        let said = Said::of(&asked.understand_plain(&reply_around(&answer, asked.registration.language)));
        prop_assert_eq!(said.corrected(), [], "{:?}: {:?}", answer, said);
    }
}

/// How mail programs put the letter below an answer.
#[derive(Debug, Clone, Copy)]
enum Quoting {
    Marks,
    MarksTwice,
    HeaderBlock,
    Divider,
    GmailHtml,
    PlainBlockquote,
    OutlookHtml,
}

const QUOTINGS: [Quoting; 7] = [
    Quoting::Marks,
    Quoting::MarksTwice,
    Quoting::HeaderBlock,
    Quoting::Divider,
    Quoting::GmailHtml,
    Quoting::PlainBlockquote,
    Quoting::OutlookHtml,
];

impl Quoting {
    fn content_type(self) -> &'static str {
        match self {
            Quoting::Marks | Quoting::MarksTwice | Quoting::HeaderBlock | Quoting::Divider => "text/plain",
            Quoting::GmailHtml | Quoting::PlainBlockquote | Quoting::OutlookHtml => "text/html",
        }
    }

    /// The answer as this program sends it, without the letter.
    fn alone(self, answer: &str) -> String {
        match self.content_type() {
            "text/html" => {
                let lines: Vec<String> = answer
                    .lines()
                    .map(|line| format!("<div>{}</div>", if line.is_empty() { "<br>" } else { line }))
                    .collect();
                lines.concat()
            }
            _ => answer.to_owned(),
        }
    }

    fn below(self, answer: &str, asked: &Asked) -> String {
        let answer = self.alone(answer);
        let (letter, subject) = (asked.letter.text.as_str(), asked.subject.as_str());
        let (attribution, labels) = introductions(asked.registration.language);
        let sender = "Service <care@example.test>";
        let header_block = format!(
            "{}: {sender}\n{}: 2/11/2026 11:00\n{}: a@skynet.example\n{}: {subject}",
            labels[0], labels[1], labels[2], labels[3]
        );
        let marked =
            |mark: &str| -> String { letter.lines().map(|line| format!("{mark}{line}\n")).collect() };
        let html = |text: &str| {
            text.replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('\n', "<br>")
        };
        match self {
            Quoting::Marks => format!("{answer}\n{attribution}\n{}", marked("> ")),
            Quoting::MarksTwice => format!("{answer}\n{attribution}\n> {attribution}\n{}", marked("> > ")),
            Quoting::HeaderBlock => format!("{answer}\n{header_block}\n\n{letter}"),
            Quoting::Divider => {
                format!("{answer}\n________________________________\n{header_block}\n\n{letter}")
            }
            Quoting::GmailHtml => format!(
                "{answer}<br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{}<br></div>\
                 <blockquote class=\"gmail_quote\">{}</blockquote></div>",
                html(attribution),
                html(letter)
            ),
            Quoting::PlainBlockquote => format!(
                "{answer}<div>{}</div><blockquote type=\"cite\">{}</blockquote>",
                html(attribution),
                html(letter)
            ),
            Quoting::OutlookHtml => format!(
                "{answer}<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p>{}</p></div><p>{}</p>",
                html(&header_block),
                html(letter)
            ),
        }
    }
}

/// The line above a quote, and the labels of sender, date, recipient and subject of a header block.
fn introductions(language: Language) -> (&'static str, [&'static str; 4]) {
    match language {
        Language::Fr => (
            "Le lun. 2 nov. 2026 \u{e0} 11:00, Service <care@example.test> a \u{e9}crit :",
            ["De", "Envoy\u{e9}", "\u{c0}", "Objet"],
        ),
        Language::Nl => (
            "Op ma 2 nov. 2026 om 11:00 schreef Service <care@example.test>:",
            ["Van", "Verzonden", "Aan", "Onderwerp"],
        ),
        Language::De => (
            "Am Mo., 2. Nov. 2026 um 11:00 Uhr schrieb Service <care@example.test>:",
            ["Von", "Gesendet", "An", "Betreff"],
        ),
        Language::En => (
            "On Mon, Nov 2, 2026 at 11:00 AM Service <care@example.test> wrote:",
            ["From", "Sent", "To", "Subject"],
        ),
    }
}

/// Answers of all sorts, one a language: with a value, wrong, without one, with a question, withdrawn, told around.
fn answer_lines(language: Language, ean: &str) -> [String; 7] {
    let spoken: [&str; 6] = match language {
        Language::Fr => [
            "Je ne le trouve pas, je vous l'envoie demain.",
            "O\u{f9} puis-je trouver ce num\u{e9}ro ?",
            "Finalement je ne veux plus changer de fournisseur.",
            "Merci pour votre message.",
            "EAN : 541448820021345678",
            "Le chien a mang\u{e9} la facture et le compteur est derri\u{e8}re le frigo.",
        ],
        Language::Nl => [
            "Ik vind hem niet, ik stuur hem morgen.",
            "Waar vind ik dat nummer?",
            "Ik wil toch niet meer veranderen van leverancier.",
            "Bedankt voor uw bericht.",
            "EAN: 541448820021345678",
            "De hond heeft de factuur opgegeten en de meter hangt achter de frigo.",
        ],
        Language::De => [
            "Ich finde sie nicht, ich schicke sie morgen.",
            "Wo finde ich diese Nummer?",
            "Ich m\u{f6}chte den Anbieter doch nicht mehr wechseln.",
            "Danke f\u{fc}r Ihre Nachricht.",
            "EAN: 541448820021345678",
            "Der Hund hat die Rechnung gefressen und der Z\u{e4}hler h\u{e4}ngt hinter dem K\u{fc}hlschrank.",
        ],
        Language::En => [
            "I cannot find it, I will send it tomorrow.",
            "Where can I find that number?",
            "I do not want to change supplier any more.",
            "Thank you for your message.",
            "EAN: 541448820021345678",
            "The dog ate the bill and the meter hangs behind the fridge.",
        ],
    };
    let [a, b, c, d, e, f] = spoken.map(str::to_owned);
    [led_to(ean, language), a, b, c, d, e, f]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_letter_quoted_below_an_answer_changes_nothing(
        asked in any_asked(),
        ean in ean(),
        quoting in select(QUOTINGS.to_vec()),
        lines in prop::collection::vec(0usize..7, 1..3),
        knows_the_letter in any::<bool>(),
    ) {
        let language = asked.registration.language;
        let sorts = answer_lines(language, &ean);
        let answer: Vec<&str> = lines.iter().map(|sort| sorts[*sort].as_str()).collect();
        let answer = reply_around(&answer.join("\n"), language);
        let letter = knows_the_letter.then_some(&asked.letter);
        let alone = asked.understand(quoting.content_type(), &quoting.alone(&answer), letter);
        let quoted = asked.understand(quoting.content_type(), &quoting.below(&answer, asked), letter);
        prop_assert_eq!(Said::of(&quoted), Said::of(&alone), "{}", quoting.below(&answer, asked));
    }
}

/// What a reply may be made of when nobody means well: pieces that readers stumble over.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "(?s).{0,12}",
        2 => "[a-zA-Z\u{e9}\u{e8}\u{fc}\u{df}']{1,9} ",
        2 => "[0-9]{1,18}[ ./,-]?",
        1 => ean(),
        4 => select(vec![
            "\n", "\n\n", "> ", ">", "\n> ", "-- \n", "EAN", "EAN: ", "nicht ", "pas ", "niet ", "not ", "1. ", "2) ", "=> ", "->",
            "\u{301}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{202e}", "\u{130}", "\u{1e9e}", "\u{fb01}", "\u{1f44e}", "\u{ff15}\u{ff14}",
            "12/10/2026 ", "31.02.26 ", "3 mai ", "+32 (0)470 ", "BE68 5390 0754 7034 ", "REG-7K3M9Q2X ", "+++123/4567/89012+++", "a@b.test ",
            "Delacroy", "Rue du Noyer ", "132 bte 4 ", "(", ")", "\"", "?", "!", ":", ";", "|", "\t", "\u{a0}", "de d' van 't ",
            "Cordialement,\n", "Le 2/11/2026 \u{e0} 11:00, X a \u{e9}crit :\n", "From: a\nSent: b\nTo: c\nSubject: d\n",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Sentences beside an answer: nonsense, tales, and other numbers than the one that was asked.
fn sentence_beside() -> impl Strategy<Value = String> {
    let nonsense = prop::collection::vec("[a-z\u{e9}\u{ef}\u{fc}]{1,10}", 1..9)
        .prop_map(|words| format!("{}.", words.join(" ")));
    let number = "[0-9]{1,12}".prop_map(|number| number.to_owned());
    let lead = select(vec![
        "Num\u{e9}ro de client",
        "Ma facture porte le num\u{e9}ro",
        "Mijn klantnummer is",
        "meternummer",
        "Compteur",
        "Tel.",
        "Kundennummer",
        "My invoice is",
        "Pas le",
        "niet",
        "nicht",
        "IBAN",
        "Rue du Pont",
        "",
    ]);
    let other_number = (lead, number).prop_map(|(lead, number)| format!("{lead} {number}."));
    let other_home = (
        select(vec![
            "Le code de mon voisin est",
            "Mon ancien EAN \u{e9}tait",
            "De EAN van mijn buren is",
            "Mijn vorige EAN was",
            "Die EAN meines Nachbarn ist",
            "Meine alte EAN war",
            "My neighbour's EAN is",
            "My old EAN was",
        ]),
        ean(),
    )
        .prop_map(|(lead, ean)| format!("{lead} {ean}."));
    prop_oneof![nonsense, other_number, other_home]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_makes_the_reader_fail(asked in any_asked(), text in pieces(), html in any::<bool>(), inside_our_letter in any::<bool>()) {
        let kind = if html { "text/html" } else { "text/plain" };
        let body = if inside_our_letter {
            let quoted: Vec<String> = asked.letter.text.lines().map(|line| format!("> {line}")).collect();
            let middle = quoted.len() / 2;
            format!("{}\n{text}\n{}", quoted[..middle].join("\n"), quoted[middle..].join("\n"))
        } else {
            text
        };
        let understood = asked.understand(kind, &body, Some(&asked.letter));
        let length = reading::read(&asked.mail(kind, &body)).body.text.len();
        for doubt in &understood.doubts {
            prop_assert!(doubt.span.is_none_or(|(start, end)| start <= end && end <= length), "{:?} of {}", doubt, length);
        }
        prop_assert!(["apply", "review", "ignore"].contains(&Said::of(&understood).disposition));
    }

    #[test]
    fn sentences_around_an_answer_never_make_another_value_of_it(
        asked in any_asked(),
        ean in ean(),
        before in prop::collection::vec(sentence_beside(), 0..3),
        after in prop::collection::vec(sentence_beside(), 0..3),
        separator in select(vec!["\n", " ", "\n\n"]),
    ) {
        let language = asked.registration.language;
        let sentences: Vec<String> = before.into_iter().chain([led_to(&ean, language)]).chain(after).collect();
        let said = Said::of(&asked.understand_plain(&reply_around(&sentences.join(separator), language)));
        let other = said.corrected().into_iter().find(|(field, value)| *field == Field::ElectricityEan && *value != ean);
        prop_assert_eq!(other, None, "{}\n{:?}", sentences.join(separator), said);
    }
}
