//! Values that are words: addresses in one line, lines in the order of the questions, names.

use super::*;

/// `wanted` is what is applied; an empty one that a person reads it.
fn check(cases: &[(&str, &[&str], &str, &str)]) {
    let mut broken = Vec::new();
    for (language, asked, text, wanted) in cases {
        let found = understood(language, asked, text);
        let (fields, disposition) = said(&found);
        let right = match *wanted {
            "" => disposition == "review",
            wanted => disposition == "apply" && fields == wanted,
        };
        if !right {
            let doubts: Vec<_> = found
                .doubts
                .iter()
                .map(|doubt| (doubt.reason.name(), &doubt.text, &doubt.words))
                .collect();
            broken.push(format!("{disposition} {fields}\n    {text:?} {doubts:?}"));
        }
    }
    let (failed, all) = (broken.len(), cases.len());
    assert!(broken.is_empty(), "{failed} of {all}:\n{}", broken.join("\n"));
}

const STREET: &[&str] = &["street:doubtful"];
const HOUSE: &[&str] = &["house_number:doubtful"];
const BOX: &[&str] = &["box:doubtful"];
const PLACE: &[&str] = &["postal_code:doubtful", "municipality:doubtful"];
const ADDRESS: &[&str] = &[
    "street:doubtful",
    "house_number:doubtful",
    "postal_code:doubtful",
    "municipality:doubtful",
];

#[test]
fn an_address_in_one_line_answers_each_of_its_fields() {
    check(&[
        (
            "de",
            ADDRESS,
            "Aachener Straße 204, 4728 Hergenrath",
            "street=Aachener Straße house_number=204 postal_code=4728 municipality=Hergenrath",
        ),
        (
            "de",
            ADDRESS,
            "Guten Tag,\n\nAachener Straße 204\n4728 Hergenrath\n\nGrüße\nKathleen",
            "street=Aachener Straße house_number=204 postal_code=4728 municipality=Hergenrath",
        ),
        (
            "en",
            PLACE,
            "hi its 3001 heverlee",
            "postal_code=3001 municipality=heverlee",
        ),
        (
            "nl",
            PLACE,
            "Het is 3001 Heverlee.",
            "postal_code=3001 municipality=Heverlee",
        ),
        ("fr", PLACE, "4100 Seraing", "postal_code=4100 municipality=yes"),
        ("fr", PLACE, "4100 Xhoris", ""),
        ("fr", BOX, "Rue Borgnette 14 bte 3, 4000 Seraing", "box=3"),
        ("fr", BOX, "Rue Borgnette 14 bte 3", "box=3"),
        ("fr", BOX, "J'habite Rue Borgnette 14 boîte 2", "box=yes"),
        ("fr", STREET, "Rue Borgnet 14, 4000 Liège", ""),
        ("fr", STREET, "14, rue Borgnet", "street=rue Borgnet"),
        ("fr", STREET, "Rue Borgnet 16", ""),
        ("nl", STREET, "Borgnettestraat 14", "street=Borgnettestraat"),
        ("de", HOUSE, "Und wir wohnen auf der 17.", "house_number=17"),
        ("fr", HOUSE, "numéro 52 bis", "house_number=52 bis"),
        ("nl", HOUSE, "Het nieuwe huis is nummer 27", "house_number=27"),
        ("nl", HOUSE, "12A", "house_number=12A"),
        ("fr", HOUSE, "Rue Borgnette 12A, 4000 Seraing", "house_number=12A"),
    ]);
}

#[test]
fn an_address_that_may_be_another_stays_with_a_person() {
    check(&[
        (
            "fr",
            ADDRESS,
            "Mon ancienne adresse : Rue Haute 12, 4000 Liège",
            "",
        ),
        (
            "fr",
            ADDRESS,
            "Adresse de facturation :\nRue Haute 12, 4000 Liège",
            "",
        ),
        ("fr", ADDRESS, "Mes parents : Rue Haute 12, 4000 Liège", ""),
        ("fr", ADDRESS, "Pas Rue Haute 12, 4000 Liège", ""),
        ("fr", ADDRESS, "Rue Haute 12, 4000 Liège, c'est faux", ""),
        ("fr", ADDRESS, "Rue Haute 12 ou 14, 4000 Liège", ""),
        (
            "fr",
            ADDRESS,
            "Rue Haute 12, 4000 Liège\nRue Basse 3, 4000 Liège",
            "",
        ),
        (
            "nl",
            &["electricity_ean:missing"],
            "541448820012345678\nHoogstraat 12, 9000 Gent",
            "",
        ),
    ]);
}
