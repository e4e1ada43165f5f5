//! Tales around an answer: what changes nothing lets it be applied, what may change something does not.

use super::*;

fn beside(language: &str, tale: &str) -> &'static str {
    let text = format!("EAN 541448820012345678.\n{tale}");
    said(&understood(language, &["electricity_ean:invalid"], &text)).1
}

#[test]
fn a_tale_of_harmless_words_changes_nothing() {
    for (language, tale) in [
        ("fr", "J'ai cherché mes lunettes derrière le canapé."),
        ("nl", "Ik heb mijn bril achter de kast gevonden."),
        ("de", "Ich habe die Brille unter dem Sofa gefunden."),
        ("en", "I found my glasses under the sofa."),
    ] {
        assert_eq!(beside(language, tale), "apply", "{tale}");
    }
}

#[test]
fn a_tale_that_speaks_to_us_or_of_contracts_or_owners_goes_to_a_person() {
    for (language, tale) in [
        ("fr", "C'est celui de ma mère."),
        ("fr", "Appelez-moi derrière le canapé."),
        ("fr", "Finalement le contrat reste dans le tiroir."),
        ("fr", "Le compteur tourne à l'envers en été."),
        ("nl", "Dat is die van mijn winkel."),
        ("nl", "Wij blijven toch bij de vorige."),
        ("de", "Der gehört zur Bäckerei."),
        ("de", "Wir geben das Haus auf."),
        ("en", "That one is for the shop."),
        ("en", "We have found something cheaper."),
        ("en", "I took it from my mother's bill."),
    ] {
        assert_eq!(beside(language, tale), "review", "{tale}");
    }
}

#[test]
fn what_nobody_foresaw_is_excused_by_its_likeness_to_asides() {
    for (language, tale) in [
        (
            "fr",
            "Désolé pour le retard, on rentre tout juste de Zoutelande avec mon épouse.",
        ),
        (
            "nl",
            "Sorry voor het late antwoord, mijn schoonbroer Wannes heeft mij geholpen met het zoeken.",
        ),
        (
            "de",
            "Entschuldigung für die späte Antwort, mein Schwager Wenzel hat mir beim Suchen geholfen.",
        ),
        (
            "en",
            "Sorry for the late reply, my brother-in-law Wilf helped me look for it in the attic.",
        ),
    ] {
        assert_eq!(beside(language, tale), "apply", "{tale}");
    }
}

#[test]
fn an_alarm_that_the_sentences_do_not_know_is_never_excused() {
    for (language, tale) in [
        (
            "fr",
            "Désolé pour le retard, j'ai dû aller chez mon avocat avec mon épouse.",
        ),
        (
            "nl",
            "Sorry voor het late antwoord, ik heb een klacht ingediend bij de ombudsman.",
        ),
        (
            "de",
            "Entschuldigung für die späte Antwort, ich habe zuerst meinen Anwalt gefragt.",
        ),
        ("en", "Sorry for the late reply, I went to see my lawyer first."),
    ] {
        assert_eq!(beside(language, tale), "review", "{tale}");
    }
}

#[test]
fn while_a_name_is_open_any_unknown_word_may_be_it() {
    let text =
        "EAN 541448820012345678.\nDésolé pour le retard, on rentre tout juste de Zoutelande avec mon épouse.";
    let asked = ["electricity_ean:invalid", "last_name:missing"];
    assert_eq!(said(&understood("fr", &asked, text)).1, "review");
    let asked = ["electricity_ean:invalid", "gas_ean:missing"];
    let (fields, disposition) = said(&understood("fr", &asked, &text.replace("EAN", "EAN électricité")));
    assert_eq!(
        (fields.as_str(), disposition),
        ("electricity_ean=541448820012345678", "apply")
    );
}

#[test]
fn a_surname_that_is_also_a_word_is_a_name_where_a_name_is_asked() {
    let asked = ["last_name:missing"];
    for (language, text, name) in [
        ("fr", "Mon nom de famille est Boulanger.", "Boulanger"),
        ("de", "Nachname: Müller", "Müller"),
        ("nl", "Mijn achternaam is Bakker.", "Bakker"),
        ("en", "Last name: Baker", "Baker"),
    ] {
        let (fields, _) = said(&understood(language, &asked, text));
        assert_eq!(fields, format!("last_name={name}"), "{text}");
    }
}

#[test]
fn the_rest_is_what_is_not_spoken_of() {
    let asked = ["last_name:doubtful", "box:doubtful", "electricity_ean:invalid"];
    for (language, text) in [
        ("fr", "EAN 541448820012345678, le reste est correct."),
        ("nl", "EAN 541448820012345678, de rest klopt."),
        ("de", "EAN 541448820012345678, der Rest stimmt."),
        ("en", "EAN 541448820012345678, the rest is right."),
    ] {
        let (fields, disposition) = said(&understood(language, &asked, text));
        assert_eq!(
            (fields.as_str(), disposition),
            (
                "last_name=yes box=yes electricity_ean=541448820012345678",
                "apply"
            ),
            "{text}"
        );
    }
}

#[test]
fn that_of_the_other_energy_names_no_owner() {
    let asked = ["electricity_ean:doubtful", "gas_ean:invalid"];
    for (language, text) in [
        (
            "fr",
            "Le code du gaz est 541448820012345678, celui de l'électricité est correct.",
        ),
        (
            "nl",
            "De code van het gas is 541448820012345678, die van de elektriciteit is juist.",
        ),
    ] {
        let (fields, disposition) = said(&understood(language, &asked, text));
        assert_eq!(
            (fields.as_str(), disposition),
            ("electricity_ean=yes gas_ean=541448820012345678", "apply"),
            "{text}"
        );
    }
    for (language, text) in [
        (
            "fr",
            "Le code du gaz est 541448820012345678, celui de ma mère est correct.",
        ),
        (
            "fr",
            "Le code du gaz est 541448820012345678, celui de l'électricité n'est pas correct.",
        ),
        (
            "nl",
            "De code van het gas is 541448820012345678, die van de buurman is juist.",
        ),
    ] {
        assert_eq!(said(&understood(language, &asked, text)).1, "review", "{text}");
    }
}

#[test]
fn a_number_called_by_its_energy_is_of_that_energy() {
    let asked = ["electricity_ean:doubtful", "gas_ean:invalid"];
    for (language, text) in [
        ("de", "Die Gasnummer ist 541448820012345678."),
        ("nl", "Het gasnummer is 541448820012345678."),
    ] {
        let (fields, _) = said(&understood(language, &asked, text));
        assert_eq!(fields, "gas_ean=541448820012345678", "{text}");
    }
}

/// One in so many of the sentences written for the likeness is tried here; all of them take half a minute.
const SAMPLE_STEP: usize = 8;

#[test]
fn hardly_any_sentence_that_needs_a_person_slips_past_one() {
    let written = [
        ("fr", include_str!("../sentences/fr.weighty.txt")),
        ("nl", include_str!("../sentences/nl.weighty.txt")),
        ("de", include_str!("../sentences/de.weighty.txt")),
        ("en", include_str!("../sentences/en.weighty.txt")),
    ];
    for (language, text) in written {
        let tried: Vec<&str> = text.lines().step_by(SAMPLE_STEP).collect();
        let slipped: Vec<&str> = tried
            .iter()
            .copied()
            .filter(|tale| beside(language, tale) == "apply")
            .collect();
        assert!(
            slipped.len() * 50 < tried.len(),
            "{language}: {} of {} are applied: {slipped:#?}",
            slipped.len(),
            tried.len()
        );
    }
}
