//! The contract that goes with its confirmation: read out of the mail, as a customer's programs would.

use std::io::Write;
use std::process::{Command, Stdio};

use estafette::contract::Terms;
use estafette::letters::{Brand, SigningKey, TokenKeeper, Writer};
use estafette::reading;
use estafette::registration::{
    CustomerType, DistributorDecision, Energy, Language, LetterKind, Registration, RegistrationDocument,
};
use jiff::Timestamp;
use jiff::civil::date;

const ELECTRICITY: &str = "541448965011223340";
const GAS: &str = "541448920705105205";

fn writer(terms: Option<Terms>) -> Writer {
    Writer {
        brand: Brand::sample(),
        from_name: None,
        from_address: "care@voltaris.example".into(),
        tokens: TokenKeeper::new(SigningKey::new(&[1; 32])),
        terms,
        pages: None,
    }
}

fn at() -> Timestamp {
    "2026-11-10T15:04:05Z".parse().unwrap()
}

/// A household whose electricity and gas the distributor accepted.
fn registration(language: Language) -> Registration {
    let document: RegistrationDocument = serde_json::from_value(serde_json::json!({
        "language": language.code(), "channel": "phone", "kind": "switch",
        "customer": {
            "type": "residential", "first_name": "Zoë", "last_name": "D'Hondt-Müller",
            "email": "zoe@customer.example", "phone": "+32470123456"
        },
        "supply_address": {
            "street": "Rue du Noyer", "house_number": "132", "box": "4",
            "postal_code": "1030", "municipality": "Schaerbeek"
        },
        "electricity": {"ean": ELECTRICITY}, "gas": {"ean": GAS}, "iban": "BE68539007547034"
    }))
    .unwrap();
    let mut registration = document
        .into_registration("REG-7K3M9Q2X".parse().unwrap(), at())
        .unwrap();
    for energy in Energy::ALL {
        let start_date = date(2026, 12, 1);
        registration
            .decisions
            .insert(energy, DistributorDecision::Accepted { start_date });
    }
    registration
}

/// The name and the bytes of the one file of the contract confirmation.
fn attached(terms: Option<Terms>, registration: &Registration) -> Option<(String, Vec<u8>)> {
    let letter = writer(terms)
        .write(LetterKind::ContractConfirmation, 4, registration, &[], at())
        .unwrap();
    let mut files = reading::read(&letter.raw).attachments;
    assert!(files.len() <= 1, "one file at most");
    let file = files.pop()?;
    assert_eq!(file.content_type, "application/pdf");
    Some((file.name.unwrap(), file.content))
}

/// What a program of Debian prints of a PDF.
fn output_of(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let path = file.path().to_str().unwrap();
    let arguments: Vec<&str> = arguments
        .iter()
        .map(|argument| if *argument == "FILE" { path } else { argument })
        .collect();
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text, with every white space a single space.
fn text_of(pdf: &[u8]) -> String {
    let text = output_of("pdftotext", &["-layout", "FILE", "-"], pdf);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn all_that_a_contract_confirmation_must_show_stands_in_the_file_in_four_languages() {
    let brand = Brand::sample();
    // Title, start, price, fee, advance, last day of withdrawal, form, what a complaint is called, concluded.
    let words = [
        (
            Language::Fr,
            "contrat-REG-7K3M9Q2X.pdf",
            vec![
                "Votre contrat d’énergie",
                "1er décembre 2026",
                "12,48 c€/kWh",
                "60,00 € par an",
                "68,00 € par mois",
                "jusqu’au 24 novembre 2026 inclus",
                "Modèle de formulaire de rétractation",
                "Signature",
                "Une plainte ?",
                "10 novembre 2026, par téléphone",
                "12 mois",
                "bte 4",
                "préavis de 3 semaines",
                "indemnités",
            ],
        ),
        (
            Language::Nl,
            "contract-REG-7K3M9Q2X.pdf",
            vec![
                "Uw energiecontract",
                "1 december 2026",
                "12,48 c€/kWh",
                "€ 60,00 per jaar",
                "€ 68,00 per maand",
                "tot en met 24 november 2026",
                "Modelformulier voor herroeping",
                "Handtekening",
                "Een klacht?",
                "10 november 2026, telefonisch",
                "12 maanden",
                "bus 4",
                "opzegtermijn van 3 weken",
                "vergoedingen",
            ],
        ),
        (
            Language::De,
            "vertrag-REG-7K3M9Q2X.pdf",
            vec![
                "Ihr Energievertrag",
                "1. Dezember 2026",
                "12,48 c€/kWh",
                "60,00 € pro Jahr",
                "68,00 € pro Monat",
                "bis einschließlich 24. November 2026",
                "Muster-Widerrufsformular",
                "Unterschrift",
                "Eine Beschwerde?",
                "10. November 2026, telefonisch",
                "12 Monate",
                "Bfk. 4",
                "Frist von 3 Wochen",
                "Entschädigungen",
            ],
        ),
        (
            Language::En,
            "contract-REG-7K3M9Q2X.pdf",
            vec![
                "Your energy contract",
                "1 December 2026",
                "12.48 c€/kWh",
                "€60.00 a year",
                "€68.00 a month",
                "up to and including 24 November 2026",
                "Model withdrawal form",
                "Signature",
                "A complaint?",
                "10 November 2026, by phone",
                "12 months",
                "box 4",
                "3 weeks’ notice",
                "compensation",
            ],
        ),
    ];
    for (language, name, expected) in words {
        let (file_name, pdf) = attached(Some(Terms::sample()), &registration(language)).unwrap();
        assert_eq!(file_name, name);
        let text = text_of(&pdf);
        let everywhere = [
            ELECTRICITY,
            GAS,
            "Sibelga, Quai des Usines 16, 1000 Bruxelles",
            "Voltaris Fix",
            "5",
            "REG-7K3M9Q2X",
            "Zoë D'Hondt-Müller",
            "Rue du Noyer 132",
            "1030 Schaerbeek",
            "care@voltaris.example",
            "7034",
            "www.voltaris.example/fix",
            &brand.address,
            &brand.enterprise_number,
            &brand.phone,
            &brand.name,
        ];
        for word in everywhere.into_iter().chain(expected) {
            assert!(text.contains(word), "{language}: `{word}` is missing in {text}");
        }
        assert!(!text.contains("BE68539007547034"), "no account in full");
        assert!(!text.contains('{'), "{text}");
    }
}

#[test]
fn the_file_is_sound_tagged_in_its_language_and_holds_its_fonts() {
    for language in Language::ALL {
        let (_, pdf) = attached(Some(Terms::sample()), &registration(language)).unwrap();
        output_of("qpdf", &["--check", "FILE"], &pdf);
        let about = output_of("pdfinfo", &["FILE"], &pdf);
        for line in ["Tagged: yes", "JavaScript: no", "Encrypted: no", "REG-7K3M9Q2X"] {
            let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(about.contains(line), "{line}: {about}");
        }
        let marks = output_of("pdfinfo", &["-meta", "FILE"], &pdf);
        for mark in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
            assert!(marks.contains(mark), "{mark} in {marks}");
        }
        assert!(
            marks.contains(&format!("<rdf:li>{}<", language.code())),
            "{marks}"
        );
        let fonts = output_of("pdffonts", &["FILE"], &pdf);
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        assert_eq!(fonts.len(), 2, "{fonts:?}");
        assert!(
            fonts
                .iter()
                .all(|font| font.contains("SourceSans3") && font.contains("yes yes yes"))
        );
        assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
        let structure = output_of("pdfinfo", &["-struct-text", "FILE"], &pdf);
        // Read by ear, the date is whole.
        let year = structure.matches(" 2026\"").count();
        assert!(year >= 4, "{structure}");
        assert!(
            structure.contains("Table") && structure.contains("TH") && structure.contains("H2"),
            "{structure}"
        );
    }
}

#[test]
fn the_letter_says_whether_the_contract_is_attached_and_is_the_same_each_time() {
    let registration = registration(Language::En);
    let write = |terms| {
        writer(terms)
            .write(LetterKind::ContractConfirmation, 4, &registration, &[], at())
            .unwrap()
    };
    let with = write(Some(Terms::sample()));
    assert!(with.text.contains("attached"), "{}", with.text);
    assert_eq!(with.raw, write(Some(Terms::sample())).raw);
    assert!(with.raw.split(|byte| *byte == b'\n').all(|line| line.len() < 998));
    let without = write(None);
    assert!(!without.text.contains("attached"), "{}", without.text);
    assert_eq!(attached(None, &registration), None);
}

#[test]
fn a_business_gets_its_contract_without_a_right_of_withdrawal() {
    let mut registration = registration(Language::Nl);
    registration.customer_type = CustomerType::Business;
    let (_, pdf) = attached(Some(Terms::sample()), &registration).unwrap();
    let text = text_of(&pdf);
    assert!(text.contains(ELECTRICITY) && !text.contains("erroep"), "{text}");
}
