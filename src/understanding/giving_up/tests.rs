use super::*;
use GivingUp::{No, Perhaps, Yes};

fn judged(sentence: &str) -> GivingUp {
    judge(sentence, |word| word == "voltamine")
}

fn check(wanted: GivingUp, sentences: &[&str]) {
    let wrong: Vec<_> = sentences
        .iter()
        .map(|sentence| (judged(sentence), *sentence))
        .filter(|(found, _)| *found != wanted)
        .collect();
    assert!(wrong.is_empty(), "wanted {wanted:?}: {wrong:#?}");
}

#[test]
fn giving_up_what_was_asked_of_us() {
    check(
        Yes,
        &[
            "Gelieve mijn inschrijving te annuleren.",
            "Ik wil mijn contract bij jullie stopzetten.",
            "Hierbij zeg ik het contract op.",
            "Ik trek mijn aanvraag in.",
            "Wij zien ervan af.",
            "Ik maak gebruik van mijn herroepingsrecht.",
            "We blijven toch bij Luminus.",
            "Ik wil het contract niet meer.",
            "Als het nog kan, annuleer dan mijn aanvraag.",
            "Kunnen jullie alles annuleren?",
            "Mijn vrouw heeft intussen bij Engie getekend.",
            "Je me rétracte du contrat signé le 3 novembre.",
            "Veuillez annuler ma demande.",
            "Pourriez-vous clôturer mon dossier ?",
            "Finalement nous restons chez Voltamine.",
            "Je ne souhaite plus devenir client.",
            "Laissez tomber, merci quand même.",
            "Entre-temps nous avons signé ailleurs.",
            "Hiermit widerrufe ich den Vertrag.",
            "Ich ziehe meinen Antrag zurück.",
            "Bitte stornieren Sie den Auftrag.",
            "Wir bleiben nun doch bei unserem Versorger.",
            "Ich möchte den Vertrag nicht mehr.",
            "Please cancel my registration.",
            "I hereby withdraw from the contract.",
            "We no longer want to switch.",
            "Could you call off the switch?",
            "I'm staying with my old company.",
            "We have decided against it.",
            "Nein, nicht mehr nötig, stornieren Sie den Auftrag.",
        ],
    );
}

#[test]
fn a_threat_a_question_or_a_contract_of_unknown_hands_may_be_one() {
    check(
        Perhaps,
        &[
            "Als het vrijdag niet in orde is, annuleer ik alles.",
            "Kan ik mijn aanvraag nog annuleren?",
            "Ik wil mijn aanvraag niet annuleren.",
            "Bij Voltamine heb ik mijn contract al opgezegd.",
            "De opzeg van mijn oude contract loopt nog.",
            "Si ce n'est pas réglé vendredi, j'annule tout.",
            "Puis-je encore annuler ma demande ?",
            "J'ai résilié mon contrat chez Luminus.",
            "Wenn das nicht klappt, storniere ich den Auftrag.",
            "Den Vertrag bei Voltamine habe ich gekündigt.",
            "I have cancelled my contract with Voltamine.",
            "Can I still cancel my registration?",
            "Unless you hurry I cancel everything.",
            "Please cancel the photo I sent.",
        ],
    );
}

#[test]
fn other_sentences_with_a_word_of_alarm_give_nothing_up() {
    check(
        No,
        &[
            "Bij voorkeur in de voormiddag.",
            "Bij mijn huidige leverancier is daar nooit naar gevraagd.",
            "Daar valt niets meer van te lezen.",
            "Please disregard the one I gave before.",
            "Un numéro de téléphone je ne veux pas donner.",
            "Wir sind zur Belfius gewechselt.",
            "Small change of plan: we rebranded.",
            "We blijven bij jullie, geen zorgen.",
            "Nous restons chez vous.",
            "We are staying with you.",
        ],
    );
}
