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

#[test]
fn bare_lines_answer_the_questions_in_their_order() {
    let name_box_ean = &["last_name:doubtful", "box:doubtful", "gas_ean:missing"];
    let company = &[
        "company_name:missing",
        "enterprise_number:missing",
        "start_date:missing",
    ];
    check(&[
        (
            "nl",
            name_box_ean,
            "klopt\n0101\n541448820012345678",
            "last_name=yes box=0101 gas_ean=541448820012345678",
        ),
        (
            "nl",
            name_box_ean,
            "Dag,\n\nVandenbossche\n0101\n541448820012345678\n\nGroeten\nKathleen",
            "last_name=Vandenbossche box=0101 gas_ean=541448820012345678",
        ),
        (
            "nl",
            &["start_date:missing", "municipality:doubtful"],
            "30 november 2026\nBilzen",
            "municipality=Bilzen start_date=2026-11-30",
        ),
        (
            "fr",
            company,
            "Bonjour\nLes Petits Pas\n0457.946.896\n15 décembre 2026",
            "company_name=Les Petits Pas enterprise_number=BE0457946896 start_date=2026-12-15",
        ),
        (
            "nl",
            company,
            "1. vzw Buurthuis Noord\n2. 0457.946.896\n3. 15 december 2026",
            "company_name=vzw Buurthuis Noord enterprise_number=BE0457946896 start_date=2026-12-15",
        ),
        (
            "en",
            name_box_ean,
            "1 yes\n2 0101\n3 541448820012345678",
            "last_name=yes box=0101 gas_ean=541448820012345678",
        ),
        (
            "fr",
            name_box_ean,
            "Question 1 oui\nQuestion 2 0101\nQuestion 3 541448820012345678",
            "last_name=yes box=0101 gas_ean=541448820012345678",
        ),
    ]);
}

#[test]
fn bare_lines_that_may_change_places_or_are_not_as_many_need_labels() {
    let name_box_ean = &["last_name:doubtful", "box:doubtful", "gas_ean:missing"];
    check(&[
        (
            "nl",
            &["electricity_ean:missing", "gas_ean:missing"],
            "541448820012345678\n541449020506070805",
            "",
        ),
        ("nl", &["house_number:missing", "box:missing"], "12\n3", ""),
        (
            "nl",
            &["electricity_meter_number:missing", "gas_meter_number:missing"],
            "61370254\n61370255",
            "",
        ),
        (
            "nl",
            &["first_name:doubtful", "last_name:doubtful"],
            "Peeters\nJan",
            "",
        ),
        ("nl", name_box_ean, "klopt\n541448820012345678", ""),
        (
            "nl",
            name_box_ean,
            "klopt\n0101\n541448820012345678\nDelacroix",
            "",
        ),
        ("nl", name_box_ean, "Jan Peeters\n0101\n541448820012345678", ""),
    ]);
}

#[test]
fn the_order_of_the_quoted_questions_holds() {
    let asked = &["gas_ean:missing", "last_name:doubtful"];
    let quote = "\n\n> 1. Achternaam: we noteerden \"Vandenbosche\". Klopt dat?\n>\n> 2. EAN-code aardgas: dit gegeven ontbreekt.";
    for (text, wanted) in [
        (
            "1. Vandenbossche\n2. 541448820012345678",
            "last_name=Vandenbossche gas_ean=541448820012345678",
        ),
        (
            "klopt\n541448820012345678",
            "last_name=yes gas_ean=541448820012345678",
        ),
    ] {
        check(&[("nl", asked, &format!("{text}{quote}"), wanted)]);
    }
    check(&[("nl", asked, "1. Vandenbossche\n2. 541448820012345678", "")]);
}

#[test]
fn names_are_read_however_they_are_given() {
    const NAME: &[&str] = &["last_name:doubtful"];
    const FIRST: &[&str] = &["first_name:doubtful"];
    let company = &["company_name:missing"];
    check(&[
        (
            "nl",
            NAME,
            "Vandenbossche, met dubbele s",
            "last_name=Vandenbossche",
        ),
        ("nl", NAME, "V-A-N-D-E-N-B-O-S-S-C-H-E", "last_name=Vandenbossche"),
        (
            "fr",
            NAME,
            "Vandenbossche : V A N D E N B O S S C H E",
            "last_name=Vandenbossche",
        ),
        ("fr", NAME, "Vandenbossche : V A N D E N B O S C H E", ""),
        (
            "fr",
            NAME,
            "Van den Bossche, en trois mots",
            "last_name=Van den Bossche",
        ),
        ("fr", NAME, "Van den Bossche, en un mot", ""),
        (
            "nl",
            NAME,
            "Achternaam is Vandenbossche in 1 woord met ss.",
            "last_name=Vandenbossche",
        ),
        ("nl", NAME, "Vandenbossche, één s", ""),
        ("nl", NAME, "Vandenboshe, één s.", "last_name=Vandenboshe"),
        (
            "fr",
            FIRST,
            "Kathlèen, avec un accent grave sur le premier e",
            "first_name=Kathlèen",
        ),
        ("fr", FIRST, "Kathlèen, avec un accent aigu sur le premier e", ""),
        (
            "fr",
            FIRST,
            "Kathlein, avec un i et pas un y",
            "first_name=Kathlein",
        ),
        ("fr", FIRST, "Kathlein, avec un y et pas un i", ""),
        ("fr", FIRST, "Kathlein, pas", ""),
        ("nl", NAME, "Vandenbossche, niet, met dubbele s", ""),
        ("fr", STREET, "Rue Borgnet, b", ""),
        ("fr", NAME, "deux s", ""),
        (
            "fr",
            company,
            "Notre société s'appelle « Les Petits Pas du Pays Vert ASBL »",
            "company_name=Les Petits Pas du Pays Vert ASBL",
        ),
        (
            "fr",
            company,
            "Nom : Dupont & Fils SRL",
            "company_name=Dupont & Fils SRL",
        ),
        (
            "fr",
            &["last_name:doubtful", "gas_ean:missing"],
            "Vandenbossche\nEAN gaz : 541448820012345678",
            "last_name=Vandenbossche gas_ean=541448820012345678",
        ),
        (
            "fr",
            &["last_name:doubtful", "gas_ean:missing"],
            "EAN gaz : 541448820012345678\nVandenbossche",
            "",
        ),
    ]);
}

#[test]
fn a_yes_behind_what_it_is_said_of_holds_for_that() {
    let phone_ean = &["phone:doubtful", "last_name:doubtful", "gas_ean:missing"];
    let given = "\nKathleen heet Vandenbossche niet.";
    check(&[
        (
            "nl",
            &["phone:doubtful"],
            "Het telefoonnummer dat u heeft, klopt.",
            "phone=yes",
        ),
        (
            "fr",
            &["phone:doubtful"],
            "Le numéro de téléphone que vous avez, c'est correct.",
            "phone=yes",
        ),
        // A no is no yes, and what cannot be said is neither.
        (
            "nl",
            phone_ean,
            &format!("Het telefoonnummer dat u heeft, klopt.{given}"),
            "",
        ),
        (
            "nl",
            &["phone:doubtful"],
            "Ik heb geen telefoonnummer, klopt.",
            "",
        ),
    ]);
}

#[test]
fn all_is_right_beside_the_value_that_was_missing() {
    let asked = &["last_name:doubtful", "house_number:doubtful", "gas_ean:missing"];
    let yes = "last_name=yes house_number=yes gas_ean=541448820012345678";
    check(&[
        ("nl", asked, "Alles klopt. 541448820012345678", yes),
        ("fr", asked, "Tout est correct. EAN gaz : 541448820012345678", yes),
        ("de", asked, "Alles richtig. EAN Gas: 541448820012345678", yes),
        // Beside another value for what was to be confirmed it says two things.
        ("nl", asked, "Alles klopt. Huisnummer 16. 541448820012345678", ""),
        (
            "nl",
            asked,
            "Alles klopt. Achternaam: Vandenbossche. 541448820012345678",
            "",
        ),
    ]);
}

#[test]
fn who_signs_is_no_answer() {
    let asked = &["gas_ean:missing"];
    let gas = "gas_ean=541448820012345678";
    check(&[
        ("fr", asked, "541448820012345678\n\nMme Vandenbosche", gas),
        ("nl", asked, "541448820012345678\n\nmevr. K. Vandenbosche", gas),
        ("en", asked, "541448820012345678\nkath", gas),
        ("nl", asked, "Kathleen Vandenbosche\n541448820012345678", gas),
        // Of nobody we know, or short for a name that was asked about.
        ("en", asked, "541448820012345678\nzorgeloos", ""),
        (
            "en",
            &["gas_ean:missing", "first_name:doubtful"],
            "541448820012345678\nKath",
            "",
        ),
    ]);
}

#[test]
fn a_company_may_be_named_by_any_words() {
    let asked = &["company_name:missing", "gas_ean:missing"];
    let named = "company_name=Buurthuis Noord VZW gas_ean=541448820012345678";
    check(&[
        (
            "nl",
            asked,
            "Wij heten voluit Buurthuis Noord VZW.\nEAN gas 541448820012345678",
            named,
        ),
        (
            "fr",
            asked,
            "Nous nous appelons Les Petits Pas ASBL.\nEAN gaz 541448820012345678",
            "",
        ),
        (
            "fr",
            asked,
            "L'association s'appelle désormais « Buurthuis Noord VZW ».\nEAN gaz 541448820012345678",
            named,
        ),
        (
            "en",
            asked,
            "We are called Quayside Roasters BV.\nEAN gas 541448820012345678",
            "company_name=Quayside Roasters BV gas_ean=541448820012345678",
        ),
        (
            "de",
            asked,
            "Wir heißen Buurthuis Noord VZW.\nEAN Gas 541448820012345678",
            named,
        ),
        ("nl", asked, "Wij heten u welkom.\nEAN gas 541448820012345678", ""),
    ]);
}

#[test]
fn who_writes_for_the_company_says_not_whose_the_value_is() {
    let asked = &["company_name:missing", "gas_ean:missing"];
    let given = "Naam van het bedrijf: Noordzicht BV\nEAN gas: 541448820012345678";
    let read = "company_name=Noordzicht BV gas_ean=541448820012345678";
    check(&[
        (
            "nl",
            asked,
            &format!("Als boekhouder van Kathleen Vandenbosche:\n{given}"),
            read,
        ),
        ("nl", asked, &format!("Namens mijn buurman:\n{given}"), ""),
        (
            "nl",
            asked,
            &format!("Als boekhouder van mijn buurman bezorg ik u:\n{given}"),
            "",
        ),
    ]);
}
