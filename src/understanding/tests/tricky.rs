//! Replies that look like answers and are none, or are other ones than they look like.

use super::*;

/// What a message may do at most: `field=value` of everything it may apply; an empty text for nothing at all.
fn check(cases: &[(&str, &[&str], &str, &str)]) {
    let mut broken = Vec::new();
    for (language, asked, text, allowed) in cases {
        let found = understood(language, asked, text);
        let (fields, disposition) = said(&found);
        let fine =
            disposition == "review" || disposition == "apply" && !allowed.is_empty() && fields == *allowed;
        if !fine {
            broken.push(format!("{disposition} {fields}\n    {text:?}"));
        }
    }
    assert!(
        broken.is_empty(),
        "{} of {}:\n{}",
        broken.len(),
        cases.len(),
        broken.join("\n")
    );
}

const EAN: &[&str] = &["electricity_ean:missing"];
const BOTH: &[&str] = &["electricity_ean:missing", "gas_ean:missing"];
const NAME: &[&str] = &["last_name:doubtful"];
const BIRTH: &[&str] = &["date_of_birth:missing"];
const START: &[&str] = &["start_date:doubtful"];
const BOX: &[&str] = &["box:doubtful"];
const HOUSE: &[&str] = &["house_number:doubtful"];
const POSTAL: &[&str] = &["postal_code:doubtful"];
const PHONE: &[&str] = &["phone:invalid"];
const STREET: &[&str] = &["street:doubtful"];
const NAME_BOX: &[&str] = &["last_name:doubtful", "box:doubtful"];

#[test]
fn values_of_others_and_of_former_times() {
    check(&[
        ("fr", EAN, "541448820012345678 est l'EAN du voisin du dessus", ""),
        ("fr", EAN, "Le locataire précédent avait 541448820012345678", ""),
        (
            "fr",
            EAN,
            "Celui de l'appartement d'en face est 541448820012345678",
            "",
        ),
        ("fr", EAN, "L'EAN de chez mes parents : 541448820012345678", ""),
        ("fr", EAN, "Chez ma tante c'est 541448820012345678", ""),
        ("nl", EAN, "Van het appartement hiernaast: 541448820012345678", ""),
        ("nl", EAN, "541448820012345678 is van de winkel beneden", ""),
        ("nl", EAN, "Op mijn vorig adres was het 541448820012345678", ""),
        ("nl", EAN, "Dit is de EAN van mijn oom: 541448820012345678", ""),
        (
            "de",
            EAN,
            "Die EAN meiner Nachbarin lautet 541448820012345678",
            "",
        ),
        (
            "de",
            EAN,
            "541448820012345678 gehört zur Wohnung im Erdgeschoss",
            "",
        ),
        ("de", EAN, "Bei meinem Onkel ist es 541448820012345678", ""),
        ("en", EAN, "541448820012345678 belongs to the flat upstairs", ""),
        ("en", EAN, "The people downstairs have 541448820012345678", ""),
        ("en", EAN, "At my aunt's it is 541448820012345678", ""),
        ("en", EAN, "The previous tenant's EAN was 541448820012345678", ""),
        ("en", EAN, "EAN: 541448820012345678 (solar)", ""),
        ("fr", BIRTH, "Mon mari est né le 03/05/1957", ""),
        ("fr", BIRTH, "Date de naissance de mon épouse : 03/05/1957", ""),
        ("fr", BIRTH, "Lui : 03/05/1957, elle : 07/08/1960", ""),
        ("fr", BIRTH, "Jean né le 03/05/1957", ""),
        ("nl", BIRTH, "Mijn man is geboren op 03/05/1957", ""),
        ("nl", BIRTH, "Hij is geboren op 03/05/1957", ""),
        ("nl", BIRTH, "Geboortedatum Jan: 03/05/1957", ""),
        ("nl", BIRTH, "ik 03/05/1957, mijn partner 07/08/1960", ""),
        ("de", BIRTH, "Mein Mann ist am 03.05.1957 geboren", ""),
        ("de", BIRTH, "Er ist am 03.05.1957 geboren", ""),
        ("de", BIRTH, "geboren: Peter 03.05.1957", ""),
        ("en", BIRTH, "My husband's birth date is 03/05/1957", ""),
        ("en", BIRTH, "He was born on 3 May 1957", ""),
        ("en", BIRTH, "She was born on 3 May 1957 and I on 4 June 1960", ""),
        ("en", BIRTH, "Kathleen and Peter: 03/05/1957 and 04/06/1960", ""),
        ("en", BIRTH, "The contract of 03/05/1957", ""),
        ("fr", BIRTH, "Emménagé le 03/05/1987", ""),
        (
            "fr",
            BIRTH,
            "Marié le 03/05/1987, né le 04/06/1957",
            "date_of_birth=1957-06-04",
        ),
        ("nl", BIRTH, "Getrouwd op 03/05/1987", ""),
        ("nl", BIRTH, "Identiteitskaart geldig tot 03/05/1997", ""),
        ("en", BIRTH, "Card issued 03/05/1997", ""),
        ("en", PHONE, "My husband's mobile is 0475 31 82 64", ""),
        ("nl", PHONE, "Gsm van mijn dochter 0475 31 82 64", ""),
        ("fr", PHONE, "Appelez plutôt ma soeur au 0475 31 82 64", ""),
        ("fr", PHONE, "Mon assistante : 0475 31 82 64", ""),
        (
            "nl",
            PHONE,
            "Het nummer van het werk is 0475318264, maar bel daar niet",
            "",
        ),
        ("nl", PHONE, "0475318264 bestaat niet meer", ""),
        ("en", PHONE, "0475318264 is no longer in use", ""),
        ("fr", PHONE, "Le 0475318264 n'existe plus", ""),
    ]);
}

#[test]
fn corrections_of_corrections_and_old_beside_new() {
    let new = "electricity_ean=541448820012345678";
    check(&[
        ("en", EAN, "541449020506070805 sorry, 541448820012345678", new),
        ("en", EAN, "541449020506070805\nSorry, 541448820012345678", new),
        ("fr", EAN, "541449020506070805. Oups non, 541448820012345678", new),
        (
            "nl",
            EAN,
            "541449020506070805, nee wacht, 541448820012345678",
            new,
        ),
        ("nl", EAN, "541449020506070805\n\nEdit: 541448820012345678", new),
        ("de", EAN, "541449020506070805, Quatsch, 541448820012345678", new),
        (
            "fr",
            NAME,
            "Vandenbossche, enfin non, Vandenbosche",
            "last_name=yes",
        ),
        (
            "nl",
            NAME,
            "Niet Vandenbossche maar Vandenbosche",
            "last_name=yes",
        ),
        (
            "nl",
            NAME,
            "Vandenbossche is fout, Vandenbosche is juist",
            "last_name=yes",
        ),
        (
            "nl",
            NAME,
            "Vandenbosche is fout, Vandenbossche is juist",
            "last_name=Vandenbossche",
        ),
        (
            "en",
            NAME,
            "It is not Vandenbosche, it is Vandenbossche",
            "last_name=Vandenbossche",
        ),
        ("en", NAME, "It was Vandenbossche before my marriage", ""),
        ("fr", NAME, "Avant mon mariage c'était Vandenbossche", ""),
        ("fr", NAME, "Mon nom de jeune fille est Vandenbossche", ""),
        ("nl", NAME, "Vandenbossche staat op mijn oude kaart", ""),
        (
            "de",
            NAME,
            "Früher Vandenbossche, jetzt Vandenbosche",
            "last_name=yes",
        ),
        ("fr", START, "Pas le 1er novembre 2026", ""),
        (
            "fr",
            START,
            "Le 1er novembre 2026 au lieu du 1er octobre 2026",
            "start_date=2026-11-01",
        ),
        (
            "fr",
            START,
            "Le 1er octobre 2026 au lieu du 1er novembre 2026",
            "start_date=yes",
        ),
        ("nl", START, "1 november 2026 of 1 december 2026", ""),
        ("nl", START, "Ten vroegste 1 november 2026", ""),
        ("nl", START, "Vanaf 1 november 2026 woon ik in de Kerkstraat", ""),
        ("nl", START, "Niet voor 1 november 2026", ""),
        ("en", START, "Not before 1 November 2026", ""),
        ("en", START, "After 1 November 2026", ""),
        ("en", START, "My current contract ends on 31 October 2026", ""),
        (
            "fr",
            START,
            "Mon contrat actuel se termine le 31 octobre 2026",
            "",
        ),
        ("fr", START, "Au plus tôt le 1er novembre 2026", ""),
        ("fr", START, "Je suis absent jusqu'au 1er novembre 2026", ""),
        ("nl", START, "Ik ben op vakantie tot 1 november 2026", ""),
        ("nl", START, "Ik ben op vakantie vanaf 1 november 2026", ""),
        ("de", START, "Ich bin ab dem 1. November 2026 im Urlaub", ""),
        ("en", START, "I am away from 1 November 2026", ""),
        ("fr", START, "Je vous réponds le 1er novembre 2026", ""),
        ("fr", START, "Reçu votre mail le 1er novembre 2026", ""),
    ]);
}

#[test]
fn sarcasm_negation_and_conditions() {
    check(&[
        (
            "fr",
            EAN,
            "Si 541448820012345678 n'est pas bon, prenez 541449020506070805",
            "",
        ),
        ("nl", EAN, "Als dat niet klopt, is het 541448820012345678", ""),
        (
            "en",
            EAN,
            "If that is wrong then it must be 541448820012345678",
            "",
        ),
        ("en", EAN, "In case that is wrong: 541448820012345678", ""),
        ("de", EAN, "Sollte das falsch sein, dann 541448820012345678", ""),
        ("de", NAME, "Sollte der Name stimmen, ja", ""),
        ("fr", NAME, "Oui bien sûr, et moi je suis le pape", ""),
        ("nl", NAME, "Ja ja, tuurlijk klopt dat...", ""),
        ("nl", NAME, "Ja zeg, klopt dat nu nog niet", ""),
        ("en", NAME, "Yeah right", ""),
        ("en", NAME, "Right, as if", ""),
        ("en", NAME, "Nothing is correct", ""),
        ("en", NAME, "None of it is correct", ""),
        ("en", NAME, "Hardly correct", ""),
        ("en", NAME, "Never correct", ""),
        ("en", NAME, "That's anything but correct", ""),
        ("en", NAME, "The name isnt correct", ""),
        ("en", NAME, "The name is uncorrect", ""),
        ("en", NAME, "The name is almost correct", ""),
        ("fr", NAME, "Rien n'est correct", ""),
        ("fr", NAME, "Le nom n est pas correct", ""),
        ("fr", NAME, "Le nom est tout sauf correct", ""),
        ("fr", NAME, "Le nom est presque correct", ""),
        ("fr", NAME, "Oui et non", ""),
        ("fr", NAME, "Le nom est correct une fois sur deux", ""),
        ("fr", NAME, "Ni le nom ni le prénom n'est correct", ""),
        ("fr", NAME, "Le nom serait correct avec deux s", ""),
        ("fr", NAME, "Jamais correct", ""),
        ("nl", NAME, "Niets klopt", ""),
        ("nl", NAME, "Klopt langs geen kanten", ""),
        ("nl", NAME, "Er klopt niks van", ""),
        ("nl", NAME, "Dat klopt voor geen meter", ""),
        ("nl", NAME, "De naam klopt bijna", ""),
        ("nl", NAME, "Ja en nee", ""),
        ("nl", NAME, "De naam kan niet juist zijn", ""),
        ("nl", NAME, "De naam klopt nooit", ""),
        ("nl", NAME, "Klopt dat", ""),
        ("de", NAME, "Nichts davon stimmt", ""),
        ("de", NAME, "Das stimmt nie und nimmer", ""),
        ("de", NAME, "Der Name stimmt fast", ""),
        ("de", NAME, "Stimmt das", ""),
        ("de", NAME, "Jein", ""),
        ("de", NAME, "Das stimmt so leider nicht", ""),
        ("de", NAME, "Das ist so leider nicht richtig", ""),
        ("de", NAME, "Absolut", ""),
        ("de", NAME, "Perfekt", ""),
        ("de", NAME, "Fehlanzeige", ""),
        ("fr", NAME, "Nickel", ""),
        ("fr", NAME, "Impeccable !", ""),
        ("fr", NAME, "Ouais", ""),
        ("en", NAME, "Yup", ""),
        ("en", NAME, "Sure", ""),
        ("nl", NAME, "Tuurlijk", ""),
        ("nl", NAME, "Neen, Jan", ""),
        ("nl", NAME, "Jan Peeters", ""),
        ("nl", STREET, "Perfect", ""),
        ("nl", STREET, "Klopt Niet", ""),
        ("fr", &["municipality:doubtful"], "Parfait", ""),
        ("fr", &["municipality:doubtful"], "Paris", ""),
        ("fr", &["municipality:doubtful"], "Liège", "municipality=Liège"),
        ("en", NAME_BOX, "Everything is correct except one thing", ""),
        ("nl", NAME_BOX, "Alles klopt behalve 1 ding", ""),
        ("nl", NAME_BOX, "Een van de twee klopt", ""),
        ("fr", NAME_BOX, "Un des deux est correct", ""),
        ("en", NAME_BOX, "One is correct", ""),
        ("en", NAME_BOX, "The first is correct, the second is not", ""),
        ("fr", NAME_BOX, "Le nom est correct, l'autre pas", ""),
        ("en", NAME_BOX, "Name correct. Box too.", "last_name=yes box=yes"),
        ("en", NAME_BOX, "Name correct. Box not.", "last_name=yes box?"),
        ("nl", NAME_BOX, "Naam ok, bus niet", "last_name=yes box?"),
    ]);
}

#[test]
fn numbers_of_other_things() {
    check(&[
        ("fr", BOX, "Boîte mail pleine, 4 fois déjà", ""),
        ("fr", BOX, "J'habite au 4e étage", ""),
        ("fr", BOX, "Appartement 4", ""),
        ("nl", BOX, "Verdieping 4", ""),
        ("nl", BOX, "Kerkstraat 12 bus 4", ""),
        ("nl", BOX, "Vanaf maart is het bus 4", ""),
        ("nl", BOX, "Bus 4 is van de buren, bus 3 van mij", ""),
        ("nl", BOX, "Ik neem bus 4 naar het werk", ""),
        ("en", BOX, "We were 4", ""),
        ("en", BOX, "4 people live here", ""),
        ("en", BOX, "Box 4 or 5", ""),
        ("en", BOX, "Box 4/5", "box=4/5"),
        ("fr", HOUSE, "14/3", ""),
        ("fr", HOUSE, "boîte 3", ""),
        ("fr", HOUSE, "Numéro 16 boîte 3", ""),
        ("nl", HOUSE, "Vanaf maart Kerkstraat 16", ""),
        ("nl", HOUSE, "From March my address will be 16", ""),
        ("en", HOUSE, "From March my house number will be 16", ""),
        ("en", HOUSE, "We have lived here for 16 years", ""),
        ("en", HOUSE, "16", "house_number=16"),
        ("en", HOUSE, "House number 16 or 18", ""),
        ("en", HOUSE, "Opposite number 16", ""),
        ("fr", HOUSE, "à côté du 16", ""),
        ("fr", HOUSE, "entre le 16 et le 18", ""),
        ("fr", POSTAL, "75011 Paris", ""),
        ("fr", POSTAL, "F-4100", ""),
        ("fr", POSTAL, "FR 4100", ""),
        (
            "fr",
            POSTAL,
            "Mon code postal est 75011",
            "postal_code!postal_code_format",
        ),
        ("nl", POSTAL, "1012 AB Amsterdam", ""),
        ("nl", POSTAL, "NL-1012", ""),
        (
            "nl",
            POSTAL,
            "Postcode 1012 AB",
            "postal_code!postal_code_unknown",
        ),
        ("nl", POSTAL, "D-52062 Aachen", ""),
        ("nl", POSTAL, "L-1234", ""),
        ("de", POSTAL, "52062 Aachen", ""),
        ("de", POSTAL, "PLZ 1234 Luxemburg", ""),
        ("nl", POSTAL, "Sinds 2020 4100", ""),
        ("nl", POSTAL, "In 2020 was het 4100", ""),
        ("nl", POSTAL, "2020", "postal_code=2020"),
        ("nl", POSTAL, "Vanaf 2027 wonen we in 4100", ""),
        ("fr", POSTAL, "Ma société est à 4100 Seraing", ""),
        ("fr", EAN, "idem", ""),
        ("en", BOTH, "Same for both: 541448820012345678", ""),
        ("fr", BOTH, "électricité 541448820012345678, gaz idem", ""),
        ("nl", BOTH, "stroom 541448820012345678, gas hetzelfde", ""),
        ("en", BOTH, "electricity 541448820012345678, gas the same", ""),
        (
            "nl",
            BOTH,
            "gas en stroom zijn omgewisseld: 541448820012345678",
            "",
        ),
        ("nl", BOTH, "541448820012345678 gas 541449020506070805 stroom", ""),
        (
            "fr",
            BOTH,
            "Gaz/élec : 541448820012345678 / 541449020506070805",
            "",
        ),
        (
            "fr",
            BOTH,
            "Gaz et élec : 541448820012345678 et 541449020506070805",
            "",
        ),
        (
            "en",
            BOTH,
            "electricity then gas: 541448820012345678, 541449020506070805",
            "",
        ),
        (
            "en",
            BOTH,
            "541448820012345678\n541449020506070805\n(gas first)",
            "",
        ),
        ("fr", EAN, "Les derniers chiffres sont 345678", ""),
        ("fr", EAN, "5414488200123456XX", ""),
        ("nl", EAN, "5414 4882 ...", ""),
        (
            "nl",
            EAN,
            "541448820012345678 (laatste cijfer ben ik niet zeker)",
            "",
        ),
        ("nl", EAN, "541448820012345678?", ""),
        ("nl", EAN, "541448820012345678 ofzo", ""),
        ("en", EAN, "541448820012345678, more or less", ""),
        ("en", EAN, "Something like 541448820012345678", ""),
        ("en", EAN, "541448820012345678 doesn't work on the website", ""),
        (
            "en",
            EAN,
            "You wrote 541448820012345678, where does that come from",
            "",
        ),
        ("en", EAN, "Your example says 541448820012345678", ""),
        ("fr", EAN, "Dans votre lettre vous citez 541448820012345678", ""),
        ("fr", EAN, "J'ai trouvé 541448820012345678 sur internet", ""),
        ("nl", PHONE, "Ik bel u vanaf 0475318264", ""),
        ("nl", PHONE, "Ik heb naar 0475318264 gebeld", ""),
        ("fr", PHONE, "J'ai essayé de vous appeler au 0475318264", ""),
        ("en", PHONE, "Your colleague called me from 0475318264", ""),
        ("en", PHONE, "I called 0475318264 and nobody answered", ""),
        ("en", PHONE, "+33 6 12 34 56 78", "phone=+33612345678"),
        ("fr", STREET, "À partir de mars, Rue du Moulin 4", ""),
        ("fr", STREET, "Rue du Moulin, comme mon frère", ""),
        ("fr", STREET, "Mon bureau est Rue du Moulin", ""),
        ("fr", STREET, "Au coin de la Rue du Moulin", ""),
        ("nl", STREET, "Ik werk in de Kerkstraat", ""),
        ("nl", STREET, "Om de hoek van de Kerkstraat", ""),
        ("en", NAME, "My name is Kathleen, I live with Peeters", ""),
        ("en", NAME, "Name on the bell: Peeters", ""),
        ("nl", NAME, "De naam op de bel is Peeters", ""),
        ("fr", NAME, "Le nom du propriétaire est Peeters", ""),
        ("fr", NAME, "Le nom sur le compteur est Peeters", ""),
        ("fr", NAME, "Le nom de mon fournisseur est Mosavolt", ""),
        ("nl", NAME, "Mijn naam is haas", ""),
        ("nl", NAME, "Mijn naam is Haas, ik weet van niets", ""),
        ("nl", NAME, "Naam: zie vorige mail", ""),
        ("nl", NAME, "Achternaam: Zie Vorige Mail", ""),
        ("nl", NAME, "Achternaam: Onbekend", ""),
        ("nl", NAME, "Achternaam: Geen", ""),
        ("fr", NAME, "Nom de famille : Idem", ""),
        ("fr", NAME, "Nom de famille : Voir Facture", ""),
        ("en", NAME, "Last name: N/A", ""),
        ("en", NAME, "Last name: Unknown", ""),
        ("en", NAME, "Last name: Same", ""),
        ("de", NAME, "Nachname: Siehe Oben", ""),
        ("de", NAME, "Nachname: Unbekannt", ""),
    ]);
}

#[test]
fn values_that_pass_for_another_field() {
    let name_box: &[&str] = &["last_name:doubtful", "box:doubtful"];
    let meter: &[&str] = &["last_name:doubtful", "electricity_meter_number:missing"];
    check(&[
        ("fr", START, "Emménagé le 03/05/1987", ""),
        ("fr", START, "03/05/57", ""),
        ("nl", START, "Startdatum 01/11/2020", ""),
        ("nl", START, "Startdatum 01/11/2062", ""),
        ("nl", START, "Startdatum 01/11/2026", "start_date=2026-11-01"),
        ("nl", EAN, "contractnummer 541448820012345678", ""),
        ("nl", EAN, "klantnummer: 541448820012345678", ""),
        (
            "nl",
            EAN,
            "EAN op factuur: 541448820012345678",
            "electricity_ean=541448820012345678",
        ),
        ("nl", PHONE, "0457.946.896", ""),
        ("nl", PHONE, "0475.31.82.64", "phone=+32475318264"),
        ("nl", name_box, "4100", ""),
        ("nl", name_box, "0101", "box=0101"),
        ("nl", name_box, "2. 0475318264", ""),
        ("nl", name_box, "2. b12", ""),
        ("nl", name_box, "L-1234", ""),
        ("nl", name_box, "1 ja", ""),
        ("nl", name_box, "1: nee, 2: ja", "last_name? box=yes"),
        ("en", name_box, "We were 2", ""),
        ("fr", name_box, "Ma boîte postale : 12", ""),
        ("fr", name_box, "Le nom est tout sauf correct", ""),
        ("nl", name_box, "Alles behalve correct", ""),
        ("en", name_box, "It's everything but correct", ""),
        ("nl", meter, "2. 0475318264", ""),
        ("nl", meter, "2. nee", ""),
        ("nl", meter, "1. ja\n2. nee", ""),
        (
            "nl",
            meter,
            "1. ja\n2. 12345678",
            "last_name=yes electricity_meter_number=12345678",
        ),
    ]);
}

#[test]
fn what_answers_nothing_is_not_passed_over() {
    check(&[
        ("fr", EAN, "No thanks", ""),
        ("nl", EAN, "Ja", ""),
        ("fr", EAN, "D'accord", ""),
        ("en", EAN, "Call me", ""),
        ("nl", EAN, "Gelieve mij te bellen", ""),
        ("nl", EAN, "U hebt dat al", ""),
        ("fr", EAN, "Vous l'avez déjà", ""),
        ("en", NAME, "Please correct the name", ""),
        ("de", NAME, "Bitte korrigieren", ""),
        ("en", NAME, "I hope it's correct", ""),
        ("nl", NAME, "👎", ""),
        ("nl", NAME, "Klopt 🙄", ""),
        ("nl", NAME, "Perfect", ""),
        ("fr", BOX, "± 12", ""),
        ("nl", BOX, "~12", ""),
        ("nl", BOX, "0", ""),
        ("nl", START, "ca. 1 november 2026", ""),
        ("fr", START, "ca. 1 november 2026", ""),
    ]);
}

fn message(headers: &str, body: &str) -> crate::reading::Message {
    reading::read(format!("From: Kathleen <k@skynet.example>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n{headers}\r\n\r\n{body}").as_bytes())
}

const PLAIN: &str = "Subject: Re: x\r\nContent-Type: text/plain; charset=utf-8";

#[test]
fn other_places_of_a_message() {
    let subject = |subject: &str, body: &str| {
        message(
            &format!("Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8"),
            body,
        )
    };
    let alternative = |text: &str, html: &str| {
        message(
            "Subject: Re: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b",
            &format!(
                "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{html}</body></html>\r\n--b--\r\n"
            ),
        )
    };
    for (asked, message) in [
        (EAN, subject("Re: EAN 541449020506070805", "541448820012345678")),
        (EAN, subject("Not 541448820012345678", "see subject")),
        (NAME_BOX, subject("Box 5", "Box 4. Name correct.")),
        (EAN, alternative("541448820012345678", "541449020506070805")),
        (
            EAN,
            alternative("541448820012345678", "<p>Not <s>541448820012345678</s></p>"),
        ),
        (NAME, alternative("Yes, correct.", "<p>No, wrong.</p>")),
        (
            PHONE,
            message(PLAIN, "See you\r\n\r\n-- \r\nKathleen\r\n0475 31 82 64\r\n"),
        ),
        (
            EAN,
            message(
                PLAIN,
                "As I wrote before.\r\n\r\nOn 1 Nov 2026 Kathleen wrote:\r\n> My EAN is 541448820012345678\r\n",
            ),
        ),
        (
            NAME,
            message(
                PLAIN,
                "See my earlier mail:\r\n\r\n> My name is Vandenbossche\r\n> yes\r\n",
            ),
        ),
        (
            EAN,
            message(PLAIN, "I told you 541448820012345678 was wrong.\r\n"),
        ),
    ] {
        let found = understand(&message, &registration("en", asked), None, &[]);
        assert!(said(&found).1 != "apply", "{:?}: {found:?}", message.body.text);
    }
}

#[test]
fn a_yes_beside_a_value_is_of_the_label_before_it_or_goes_to_a_person() {
    for (language, asked, text, fields, disposition) in [
        (
            "fr",
            ["electricity_ean:missing", "start_date:doubtful"],
            "Bonsoir EAN 541448820012345678 pour la date ok",
            "electricity_ean=541448820012345678 start_date=yes",
            "apply",
        ),
        (
            "de",
            ["electricity_ean:missing", "first_name:doubtful"],
            "EAN 541448820012345678, Vorname ist richtig.",
            "first_name=yes electricity_ean=541448820012345678",
            "apply",
        ),
        (
            "fr",
            ["electricity_ean:missing", "electricity_meter_number:doubtful"],
            "EAN 541448820012345678 sur le compteur, ok",
            "electricity_ean=541448820012345678",
            "apply",
        ),
    ] {
        let understood = understood(language, &asked, text);
        assert_eq!(said(&understood), (fields.to_owned(), disposition), "{text}");
    }
}

#[test]
fn a_short_number_in_a_slip_may_be_the_answer() {
    let text = "La boîte n'est pas la 12 mais la 21, j'ai tapé à l'envers.";
    let (fields, disposition) = said(&understood("fr", &["box:doubtful"], text));
    assert!(
        fields == "box=21" || disposition == "review",
        "{fields} {disposition}"
    );
}
