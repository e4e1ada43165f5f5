//! How sample customers put things, in their language: the words of their answers, and of their mail programs.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::registration::{Field, Language};

/// What a customer says about one numbered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number of the question in the letter.
    pub number: usize,
    pub field: Field,
    pub saying: Saying,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// This is the value.
    Value(String),
    /// What you noted is right.
    Yes,
}

/// How a customer writes the answers down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `1. 5414 4882 ...`
    Numbered,
    /// `EAN code electricity: 5414 4882 ...`
    Labelled,
    /// `My EAN code for electricity is 5414 4882 ...`
    Sentences,
}

impl Style {
    /// The style of the customer with that number.
    pub fn of(number: usize) -> Style {
        [Style::Numbered, Style::Labelled, Style::Sentences][number % 3]
    }
}

/// The lines of an answer, without greeting and closing.
pub fn lines(language: Language, style: Style, items: &[Item]) -> Vec<String> {
    items.iter().map(|item| line(language, style, item)).collect()
}

fn line(language: Language, style: Style, item: &Item) -> String {
    let noun = noun(language, item.field);
    let number = item.number;
    let Saying::Value(value) = &item.saying else {
        return match style {
            Style::Numbered => format!("{number}. {}", yes(language)),
            Style::Labelled => format!("{}{} {}", capital(noun), colon(language), lower(yes(language))),
            Style::Sentences => said_right(language, noun),
        };
    };
    let value = written(language, item.field, value);
    match style {
        Style::Numbered => format!("{number}. {value}"),
        Style::Labelled => format!("{}{} {value}", capital(noun), colon(language)),
        Style::Sentences => said(language, noun, &value),
    }
}

/// What stands between a letter's line and the answer under it: the value alone.
pub fn bare(language: Language, item: &Item) -> String {
    match &item.saying {
        Saying::Value(value) => written(language, item.field, value),
        Saying::Yes => yes(language).to_owned(),
    }
}

fn colon(language: Language) -> &'static str {
    match language {
        Language::Fr => " :",
        _ => ":",
    }
}

fn yes(language: Language) -> &'static str {
    match language {
        Language::Fr => "Oui, c'est correct.",
        Language::Nl => "Ja, dat klopt.",
        Language::De => "Ja, das ist richtig.",
        Language::En => "Yes, that is correct.",
    }
}

fn said(language: Language, noun: &str, value: &str) -> String {
    match language {
        Language::Fr => format!("{} est {value}", capital(&with_possessive(noun))),
        Language::Nl => format!("{} is {value}", capital(&format!("mijn {noun}"))),
        Language::De => format!("{}: {value}", capital(noun)),
        Language::En => format!("My {noun} is {value}"),
    }
}

fn said_right(language: Language, noun: &str) -> String {
    match language {
        Language::Fr => format!("{} : oui, c'est correct.", capital(noun)),
        Language::Nl => format!("{}: ja, dat klopt.", capital(noun)),
        Language::De => format!("{}: ja, das ist richtig.", capital(noun)),
        Language::En => format!("{}: yes, that is correct.", capital(noun)),
    }
}

/// `mon code EAN`, `ma rue`, `mon adresse e-mail`.
fn with_possessive(noun: &str) -> String {
    const FEMININE: [&str; 3] = ["date", "rue", "commune"];
    let feminine = FEMININE.iter().any(|word| noun.starts_with(word));
    format!("{} {noun}", if feminine { "ma" } else { "mon" })
}

/// What customers call a field.
pub fn noun(language: Language, field: Field) -> &'static str {
    let [fr, nl, de, en] = match field {
        Field::FirstName => ["prénom", "voornaam", "Vorname", "first name"],
        Field::LastName => ["nom de famille", "achternaam", "Nachname", "last name"],
        Field::DateOfBirth => [
            "date de naissance",
            "geboortedatum",
            "Geburtsdatum",
            "date of birth",
        ],
        Field::Email => [
            "adresse e-mail",
            "e-mailadres",
            "E-Mail-Adresse",
            "e-mail address",
        ],
        Field::Phone => [
            "numéro de téléphone",
            "telefoonnummer",
            "Telefonnummer",
            "phone number",
        ],
        Field::CompanyName => ["nom de la société", "bedrijfsnaam", "Firmenname", "company name"],
        Field::EnterpriseNumber => [
            "numéro d'entreprise",
            "ondernemingsnummer",
            "Unternehmensnummer",
            "enterprise number",
        ],
        Field::Street => ["rue", "straat", "Straße", "street"],
        Field::HouseNumber => ["numéro de maison", "huisnummer", "Hausnummer", "house number"],
        Field::Box => ["boîte", "bus", "Briefkasten", "box"],
        Field::PostalCode => ["code postal", "postcode", "Postleitzahl", "postal code"],
        Field::Municipality => ["commune", "gemeente", "Gemeinde", "municipality"],
        Field::ElectricityEan => [
            "code EAN électricité",
            "EAN-code elektriciteit",
            "EAN-Code Strom",
            "EAN code for electricity",
        ],
        Field::GasEan => [
            "code EAN gaz",
            "EAN-code aardgas",
            "EAN-Code Gas",
            "EAN code for gas",
        ],
        Field::ElectricityMeterNumber => [
            "numéro du compteur d'électricité",
            "meternummer elektriciteit",
            "Zählernummer Strom",
            "electricity meter number",
        ],
        Field::GasMeterNumber => [
            "numéro du compteur de gaz",
            "meternummer aardgas",
            "Zählernummer Gas",
            "gas meter number",
        ],
        Field::Iban => ["numéro de compte IBAN", "IBAN", "IBAN", "IBAN"],
        Field::StartDate => ["date de début", "startdatum", "Startdatum", "start date"],
    };
    match language {
        Language::Fr => fr,
        Language::Nl => nl,
        Language::De => de,
        Language::En => en,
    }
}

/// A value as people write it: EANs in groups, dates day first, Belgian phones with their zero.
pub fn written(language: Language, field: Field, value: &str) -> String {
    match field {
        Field::ElectricityEan | Field::GasEan if value.len() == 18 && value.is_ascii() => {
            format!(
                "{} {} {} {} {}",
                &value[..4],
                &value[4..8],
                &value[8..12],
                &value[12..16],
                &value[16..]
            )
        }
        Field::DateOfBirth | Field::StartDate => match value.parse::<Date>() {
            Ok(date) if language == Language::De => date.strftime("%d.%m.%Y").to_string(),
            Ok(date) => date.strftime("%d/%m/%Y").to_string(),
            Err(_) => value.to_owned(),
        },
        Field::Phone => match value.strip_prefix("+32") {
            Some(rest) => format!("0{rest}"),
            None => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

pub fn greeting(language: Language) -> &'static str {
    match language {
        Language::Fr => "Bonjour,",
        Language::Nl => "Beste,",
        Language::De => "Guten Tag,",
        Language::En => "Hello,",
    }
}

/// The words above the name.
pub fn closing(language: Language) -> &'static str {
    match language {
        Language::Fr => "Cordialement,",
        Language::Nl => "Met vriendelijke groeten,",
        Language::De => "Mit freundlichen Grüßen",
        Language::En => "Kind regards,",
    }
}

/// The written yes that the registration confirmation asks a phone customer for.
pub fn written_yes(language: Language) -> &'static str {
    match language {
        Language::Fr => "Oui, je confirme.",
        Language::Nl => "Ja, ik bevestig.",
        Language::De => "Ja, ich bestätige.",
        Language::En => "Yes, I confirm.",
    }
}

/// A question in place of an answer: a person must reply.
pub fn question(language: Language) -> &'static str {
    match language {
        Language::Fr => "Où puis-je trouver ce numéro ? Je ne le vois nulle part sur ma facture.",
        Language::Nl => "Waar vind ik dat nummer? Ik zie het nergens op mijn factuur staan.",
        Language::De => "Wo finde ich diese Nummer? Ich sehe sie nirgends auf meiner Rechnung.",
        Language::En => "Where do I find this number? I cannot see it anywhere on my bill.",
    }
}

/// Subject and text of an out-of-office.
pub fn out_of_office(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Fr => (
            "Réponse automatique : absent du bureau",
            "Bonjour,\n\nJe suis absent pour le moment et je lirai votre message à mon retour.\n",
        ),
        Language::Nl => (
            "Automatisch antwoord: afwezig",
            "Beste,\n\nIk ben momenteel afwezig en lees uw bericht bij mijn terugkeer.\n",
        ),
        Language::De => (
            "Automatische Antwort: Abwesend",
            "Guten Tag,\n\nich bin zurzeit nicht im Büro und lese Ihre Nachricht nach meiner Rückkehr.\n",
        ),
        Language::En => (
            "Automatic reply: out of office",
            "Hello,\n\nI am out of the office at the moment and will read your message when I am back.\n",
        ),
    }
}

/// What phones write under every mail.
pub fn phone_footer(language: Language) -> &'static str {
    match language {
        Language::Fr => "Envoyé de mon iPhone",
        Language::Nl => "Verstuurd vanaf mijn iPhone",
        Language::De => "Von meinem iPhone gesendet",
        Language::En => "Sent from my iPhone",
    }
}

/// The line that web mail puts above what it quotes.
pub fn attribution(language: Language, at: Timestamp, name: &str, address: &str) -> String {
    let at = at.to_zoned(belgium());
    let (day, month) = (day(language, &at, 3), month(language, &at, 3));
    let (date, year, time) = (at.day(), at.year(), at.strftime("%H:%M"));
    match language {
        Language::Fr => format!("Le {day}. {date} {month} {year} à {time}, {name} <{address}> a écrit :"),
        Language::Nl => format!("Op {day} {date} {month} {year} om {time} schreef {name} <{address}>:"),
        Language::De => {
            format!("Am {day}., {date}. {month} {year} um {time} Uhr schrieb {name} <{address}>:")
        }
        Language::En => format!("On {day}, {date} {month} {year} at {time}, {name} <{address}> wrote:"),
    }
}

/// The labels of Outlook's header block over a quote: from, sent, to, subject.
pub fn outlook_labels(language: Language) -> [&'static str; 4] {
    match language {
        Language::Fr => ["De :", "Envoyé :", "À :", "Objet :"],
        Language::Nl => ["Van:", "Verzonden:", "Aan:", "Onderwerp:"],
        Language::De => ["Von:", "Gesendet:", "An:", "Betreff:"],
        Language::En => ["From:", "Sent:", "To:", "Subject:"],
    }
}

/// `lundi 23 novembre 2026 16:04`, as Outlook's header block has it.
pub fn outlook_date(language: Language, at: Timestamp) -> String {
    let at = at.to_zoned(belgium());
    let (day, month) = (day(language, &at, usize::MAX), month(language, &at, usize::MAX));
    let (date, year, time) = (at.day(), at.year(), at.strftime("%H:%M"));
    match language {
        Language::De => format!("{day}, {date}. {month} {year} {time}"),
        Language::En => format!("{day}, {month} {date}, {year} {time}"),
        Language::Fr | Language::Nl => format!("{day} {date} {month} {year} {time}"),
    }
}

pub fn reply_prefix(language: Language) -> &'static str {
    match language {
        Language::De => "AW: ",
        _ => "Re: ",
    }
}

pub fn belgium() -> TimeZone {
    TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC)
}

fn day(language: Language, at: &jiff::Zoned, characters: usize) -> String {
    const FR: [&str; 7] = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ];
    const NL: [&str; 7] = [
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
    ];
    const DE: [&str; 7] = [
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ];
    const EN: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let place = usize::from(at.weekday().to_monday_zero_offset().unsigned_abs()) % 7;
    // Dutch and German shorten days to two letters.
    let characters = match language {
        Language::Nl | Language::De => characters.saturating_sub(1),
        Language::Fr | Language::En => characters,
    };
    let names = match language {
        Language::Fr => FR,
        Language::Nl => NL,
        Language::De => DE,
        Language::En => EN,
    };
    names[place].chars().take(characters).collect()
}

fn month(language: Language, at: &jiff::Zoned, characters: usize) -> String {
    const FR: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const NL: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const DE: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let names = match language {
        Language::Fr => FR,
        Language::Nl => NL,
        Language::De => DE,
        Language::En => EN,
    };
    let place = usize::from(at.month().unsigned_abs()).saturating_sub(1) % 12;
    names[place].chars().take(characters).collect()
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

fn lower(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(field: Field, value: &str) -> Item {
        Item {
            number: 2,
            field,
            saying: Saying::Value(value.into()),
        }
    }

    #[test]
    fn each_style_is_said_as_its_language_says_it() {
        let ean = item(Field::ElectricityEan, "541448820012345678");
        let said = |language, style| lines(language, style, std::slice::from_ref(&ean)).remove(0);
        assert_eq!(said(Language::Fr, Style::Numbered), "2. 5414 4882 0012 3456 78");
        assert_eq!(
            said(Language::Fr, Style::Labelled),
            "Code EAN électricité : 5414 4882 0012 3456 78"
        );
        assert_eq!(
            said(Language::Nl, Style::Sentences),
            "Mijn EAN-code elektriciteit is 5414 4882 0012 3456 78"
        );
        let birth = item(Field::DateOfBirth, "1984-03-09");
        assert_eq!(
            lines(Language::Fr, Style::Sentences, &[birth]),
            ["Ma date de naissance est 09/03/1984"]
        );
    }

    #[test]
    fn quotes_are_introduced_as_mail_programs_do() {
        let at: Timestamp = "2026-11-23T15:04:00Z".parse().unwrap();
        let line = |language| attribution(language, at, "Voltaris", "care@voltaris.example");
        assert_eq!(
            line(Language::Fr),
            "Le lun. 23 nov 2026 à 16:04, Voltaris <care@voltaris.example> a écrit :"
        );
        assert_eq!(
            line(Language::Nl),
            "Op ma 23 nov 2026 om 16:04 schreef Voltaris <care@voltaris.example>:"
        );
        assert_eq!(outlook_date(Language::De, at), "Montag, 23. November 2026 16:04");
    }
}
