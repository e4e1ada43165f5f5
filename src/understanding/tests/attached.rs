//! What bills, labels and portals say, and what must not be taken from them.

use super::*;
use crate::reading::{AttachmentText, NewWord, Page};
use crate::registration::{Fraction, Region, TextSource};

/// A page of lines; the words of a line stand beside each other, the lines below each other.
fn text(lines: &[&str], source: &TextSource) -> AttachmentText {
    let mut page = Page::new(1);
    for (row, line) in lines.iter().enumerate() {
        let top = 5.0 + 3.0 * row as f64;
        let mut left = 5.0;
        let words: Vec<NewWord> = line
            .split(' ')
            .map(|word| {
                let right = left + word.len() as f64;
                let region = Region {
                    left: Fraction::of(left, 100.0),
                    top: Fraction::of(top, 100.0),
                    right: Fraction::of(right, 100.0),
                    bottom: Fraction::of(top + 2.0, 100.0),
                };
                left = right + 1.0;
                NewWord {
                    text: word.to_owned(),
                    region: Some(region),
                    confidence_percent: match source {
                        TextSource::Ocr { confidence_percent } => Some(*confidence_percent),
                        _ => None,
                    },
                }
            })
            .collect();
        page.push_line(words, source.clone());
    }
    let mut text = AttachmentText::new(0, "facture.pdf".to_owned());
    text.pages.push(page);
    text
}

fn said_of(asked: &[&str], body: &str, attached: AttachmentText) -> (String, &'static str) {
    let raw = format!(
        "From: Kathleen Vandenbosche <k@skynet.example>\r\nSubject: Re: x\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--b\r\nContent-Type: application/pdf; name=facture.pdf\r\n\
         Content-Disposition: attachment; filename=facture.pdf\r\n\r\n%PDF\r\n--b--\r\n"
    );
    let message = reading::read(raw.as_bytes());
    let understood = understand(&message, &registration("fr", asked), None, &[attached]);
    for answer in understood.answers.values() {
        assert!(answer.evidence.place.is_some(), "{:?}", answer.evidence);
    }
    said(&understood)
}

const BOTH: [&str; 2] = ["electricity_ean:invalid", "gas_ean:missing"];

#[test]
fn a_bill_gives_the_codes_that_its_words_tell_apart() {
    let bill = text(
        &[
            "Votre facture Mosavolt",
            "Adresse de fourniture : Rue Borgnette 14, 4000 Liège",
            "Électricité",
            "Code EAN 541448820012345678",
            "Gaz naturel",
            "Code EAN 541449020506070805",
            "N° de client 30091220",
        ],
        &TextSource::TextLayer,
    );
    let wanted = format!("electricity_ean={ELECTRICITY} gas_ean={GAS}");
    assert_eq!(said_of(&BOTH, "Voir facture en annexe.", bill), (wanted, "apply"));
}

#[test]
fn what_is_fed_in_or_cannot_be_told_apart_is_not_taken() {
    let injection = text(
        &[
            "Électricité prélèvement EAN 541448820012345678",
            "Électricité injection EAN 541449020506070805",
        ],
        &TextSource::TextLayer,
    );
    let (fields, _) = said_of(&["electricity_ean:invalid"], "Voir annexe.", injection);
    assert_eq!(fields, format!("electricity_ean={ELECTRICITY}"));
    let unnamed = text(
        &["EAN 541448820012345678", "EAN 541449020506070805"],
        &TextSource::TextLayer,
    );
    assert_eq!(said_of(&BOTH, "Voir annexe.", unnamed), (String::new(), "review"));
}

#[test]
fn a_bill_of_another_home_goes_to_a_person() {
    for lines in [
        &[
            "Adresse de fourniture : Rue de Sclessin 44, 4000 Liège",
            "Électricité EAN 541448820012345678",
        ][..],
        // Moved within the street.
        &[
            "Adresse de fourniture : Rue Borgnette 44, 4000 Liège",
            "Électricité EAN 541448820012345678",
        ][..],
        &[
            "FACTURE DE CLÔTURE",
            "Adresse de fourniture : Rue Borgnette 14, 4000 Liège",
            "Électricité EAN 541448820012345678",
        ][..],
    ] {
        let bill = text(lines, &TextSource::TextLayer);
        let said = said_of(&["electricity_ean:invalid"], "Voir annexe.", bill);
        assert_eq!(said, (String::new(), "review"), "{lines:?}");
    }
}

#[test]
fn a_recogniser_that_is_not_sure_gives_nothing() {
    let photo = |confidence_percent| {
        text(
            &["Électricité EAN 541448820012345678"],
            &TextSource::Ocr { confidence_percent },
        )
    };
    let asked = ["electricity_ean:invalid"];
    let (fields, disposition) = said_of(&asked, "Voir photo.", photo(90));
    assert_eq!(
        (fields, disposition),
        (format!("electricity_ean={ELECTRICITY}"), "apply")
    );
    assert_eq!(
        said_of(&asked, "Voir photo.", photo(40)),
        (String::new(), "review")
    );
}

#[test]
fn the_words_of_the_mail_may_take_the_attachment_back() {
    let bill = || text(&["Électricité EAN 541448820012345678"], &TextSource::TextLayer);
    for body in [
        "Voici la facture de ma mère.",
        "Voir annexe. C'est celle du voisin.",
        "Voir annexe, mais je crois que c'est une autre adresse.",
        "Le bon EAN est 541449020506070805, voir annexe.",
    ] {
        let (_, disposition) = said_of(&["electricity_ean:invalid"], body, bill());
        assert_eq!(disposition, "review", "{body}");
    }
}

#[test]
fn a_bill_of_the_former_tenant_that_shows_this_home_will_do() {
    let bill = |address: &str| {
        text(
            &[
                "Facture Mosavolt Philippe Servais",
                &format!("Adresse de fourniture : {address}"),
                "Électricité EAN 541448820012345678",
            ],
            &TextSource::TextLayer,
        )
    };
    let asked = ["electricity_ean:invalid"];
    for body in [
        "Facture de l'ancien locataire.",
        "La facture du propriétaire précédent.",
    ] {
        let here = bill("Rue Borgnette 14 bte 2, 4000 Seraing");
        let wanted = format!("electricity_ean={ELECTRICITY}");
        assert_eq!(said_of(&asked, body, here), (wanted, "apply"), "{body}");
        for elsewhere in [
            "Rue de Sclessin 44, 4000 Liège",
            "Rue Borgnette 14 bte 3, 4000 Seraing",
        ] {
            let (_, disposition) = said_of(&asked, body, bill(elsewhere));
            assert_eq!(disposition, "review", "{body} {elsewhere}");
        }
    }
    let (_, disposition) = said_of(
        &asked,
        "Facture de l'ancien compteur du locataire.",
        bill("Rue Borgnette 14 bte 2, 4000 Seraing"),
    );
    assert_eq!(disposition, "review");
}

#[test]
fn what_is_said_to_stand_there_and_is_not_found_is_looked_up() {
    let bill = text(
        &[
            "Facture Mosavolt",
            "Adresse de fourniture : Rue Borgnette 14 bte 2, 4000 Seraing",
            "Électricité EAN 541448820012345678",
        ],
        &TextSource::TextLayer,
    );
    for (body, expected) in [("Voir annexe.", "apply"), ("Tout est sur la facture.", "review")] {
        let (_, disposition) = said_of(&BOTH, body, bill.clone());
        assert_eq!(disposition, expected, "{body}");
    }
}

#[test]
fn the_postal_code_alone_shows_no_home() {
    let mut lines = vec![
        "Mosavolt SA - Quai de Meuse 3, 4000 Liège",
        "Électricité EAN 541448820012345678",
    ];
    let words = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize";
    lines.extend([words; 3]);
    let bill = text(&lines, &TextSource::TextLayer);
    let (fields, disposition) = said_of(&["electricity_ean:invalid"], "Voir annexe.", bill);
    assert_eq!((fields.as_str(), disposition), ("", "review"));
}

#[test]
fn of_a_table_of_sites_the_row_of_this_home_counts() {
    let table = text(
        &[
            "Dépôt Rue du Rivage 9 6200 Châtelet électricité 541449020506070805",
            "Maison Rue Borgnette 14 4000 Seraing électricité 541448820012345678",
        ],
        &TextSource::Csv,
    );
    let (fields, _) = said_of(&["electricity_ean:invalid"], "Voir annexe.", table);
    assert_eq!(fields, format!("electricity_ean={ELECTRICITY}"));
}

#[test]
fn a_code_that_the_bill_does_not_have_is_asked_for_again() {
    let bill = |last: &str| {
        text(
            &[
                "Adresse de fourniture : Rue Borgnette 14, 4000 Seraing",
                "Électricité EAN 541448820012345678",
                last,
            ],
            &TextSource::TextLayer,
        )
    };
    let wanted = format!("electricity_ean={ELECTRICITY}");
    let said = said_of(&BOTH, "Voir annexe.", bill("Merci"));
    assert_eq!(said, (wanted, "apply"));
    // A gas code with a slip.
    let (_, disposition) = said_of(&BOTH, "Voir annexe.", bill("Gaz EAN 54144902050607080"));
    assert_eq!(disposition, "review");
}
