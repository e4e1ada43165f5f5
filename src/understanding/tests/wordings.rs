//! The plain things, in the words that come to people first.

use super::values::{applied, for_a_person};

const START: &[&str] = &["start_date:doubtful"];
const BIRTH: &[&str] = &["date_of_birth:missing"];
const HOUSE: &[&str] = &["house_number:doubtful"];
const BOX: &[&str] = &["box:doubtful"];
const STREET: &[&str] = &["street:doubtful"];
const NAME: &[&str] = &["last_name:doubtful"];
const FIRST: &[&str] = &["first_name:doubtful"];
const POSTAL: &[&str] = &["postal_code:doubtful"];
const TOWN: &[&str] = &["municipality:doubtful"];
const PHONE: &[&str] = &["phone:missing"];
const EAN: &[&str] = &["electricity_ean:missing"];

#[test]
fn the_day_of_moving_in_is_the_start() {
    let day = "start_date=2026-11-15";
    applied(&[
        ("nl", START, "Ik kom er wonen vanaf 15/11/2026.", day),
        ("nl", START, "We gaan er wonen vanaf 15 november 2026", day),
        ("nl", START, "Wij trekken erin op 15 november 2026.", day),
        ("nl", START, "Het contract mag ingaan op 15 november 2026.", day),
        ("nl", START, "Laat het ingaan op 15/11/2026", day),
        (
            "nl",
            START,
            "We krijgen de sleutels op 15 november, dus vanaf dan.",
            day,
        ),
        ("nl", START, "Vanaf 15 november aub", day),
        ("fr", START, "J'emménage le 15 novembre 2026.", day),
        ("fr", START, "On emménage le 15/11", day),
        (
            "fr",
            START,
            "Nous entrons dans la maison le 15 novembre 2026.",
            day,
        ),
        ("fr", START, "On a les clés le 15/11/2026", day),
        ("fr", START, "Nous recevons les clés le 15 novembre.", day),
        ("fr", START, "À partir du 15 novembre 2026 svp", day),
        ("fr", START, "Dès le 15/11/2026, merci", day),
        ("de", START, "Ab dem 15.11.2026 bitte", day),
        ("de", START, "Die Schlüssel bekommen wir am 15.11.2026.", day),
        ("en", START, "We move in on 15 November 2026.", day),
        ("en", START, "I'm moving in on 15 November", day),
        ("en", START, "From 15 November 2026 please", day),
        ("en", START, "We get the keys on 15 November 2026", day),
    ]);
    for_a_person(&[
        ("nl", START, "We trekken eruit op 15 november 2026."),
        ("de", START, "Wir ziehen am 15.11.2026 aus."),
        ("fr", START, "Je quitte la maison le 15 novembre 2026."),
        ("en", START, "We move out on 15 November 2026."),
        ("nl", START, "Ik trek mijn aanvraag in op 15/11"),
    ]);
}

#[test]
fn parts_of_an_address_in_a_sentence() {
    applied(&[
        ("nl", HOUSE, "Het is nummer 16, niet 14.", "house_number=16"),
        ("nl", HOUSE, "Huisnummer moet 14A zijn", "house_number=14A"),
        ("nl", HOUSE, "Wij wonen op nummer 16.", "house_number=16"),
        ("nl", HOUSE, "Het moet Rue Borgnette 16 zijn.", "house_number=16"),
        ("nl", HOUSE, "niet 14 maar 16", "house_number=16"),
        ("nl", HOUSE, "14 klopt", "house_number=yes"),
        ("nl", HOUSE, "Nummer 14 klopt.", "house_number=yes"),
        ("fr", HOUSE, "C'est le numéro 16, pas le 14.", "house_number=16"),
        ("fr", HOUSE, "J'habite au 16.", "house_number=16"),
        ("fr", HOUSE, "C'est au 16 et non au 14", "house_number=16"),
        ("fr", HOUSE, "Ce n'est pas le 14 mais le 16.", "house_number=16"),
        ("fr", HOUSE, "C'est le 14 bis", "house_number=14 bis"),
        ("fr", HOUSE, "Le 14 est correct.", "house_number=yes"),
        ("de", HOUSE, "Es ist die Nummer 16, nicht 14.", "house_number=16"),
        ("de", HOUSE, "Die Hausnummer lautet 16", "house_number=16"),
        ("en", HOUSE, "It's number 16, not 14.", "house_number=16"),
        ("en", HOUSE, "Number 14 is correct.", "house_number=yes"),
        ("en", HOUSE, "The house number should be 16", "house_number=16"),
        ("fr", BOX, "La boîte n'est pas la 2 mais la 12.", "box=12"),
        ("fr", BOX, "C'est la boîte 12", "box=12"),
        ("fr", BOX, "boîte 12 et pas 2", "box=12"),
        ("nl", BOX, "Het is bus 12, niet bus 2.", "box=12"),
        ("nl", BOX, "De bus is 12", "box=12"),
        ("nl", BOX, "bus 2 is juist", "box=yes"),
        ("nl", BOX, "Het busnummer is niet 2 maar 12.", "box=12"),
        ("de", BOX, "Der Briefkasten ist die 12, nicht die 2.", "box=12"),
        ("en", BOX, "It's box 12, not 2.", "box=12"),
        ("fr", POSTAL, "Le code postal est 4100.", "postal_code=4100"),
        ("fr", POSTAL, "C'est 4100 Seraing", "postal_code=4100"),
        (
            "nl",
            POSTAL,
            "De postcode is 4100, niet 4000.",
            "postal_code=4100",
        ),
        ("en", POSTAL, "The postcode should be 4100", "postal_code=4100"),
        (
            "de",
            POSTAL,
            "Die richtige Postleitzahl ist 4100.",
            "postal_code=4100",
        ),
        ("fr", TOWN, "La commune est Liège.", "municipality=Liège"),
        (
            "fr",
            TOWN,
            "J'habite à Liège et non à Seraing.",
            "municipality=Liège",
        ),
        (
            "fr",
            TOWN,
            "Ce n'est pas Seraing mais Liège",
            "municipality=Liège",
        ),
        ("fr", TOWN, "La commune est bien Seraing", "municipality=yes"),
        ("nl", TOWN, "De gemeente is Liège", "municipality=Liège"),
        ("nl", TOWN, "Niet Seraing maar Liège.", "municipality=Liège"),
        ("en", TOWN, "It's Liège, not Seraing.", "municipality=Liège"),
        (
            "fr",
            STREET,
            "C'est la rue Borgnet, sans te à la fin.",
            "street=rue Borgnet",
        ),
        ("fr", STREET, "Rue Borgnet et non Borgnette", "street=Rue Borgnet"),
        ("fr", STREET, "La rue s'appelle bien rue Borgnette.", "street=yes"),
        ("nl", STREET, "De straat is Rue Borgnet.", "street=Rue Borgnet"),
        ("nl", STREET, "De straatnaam klopt, Rue Borgnette.", "street=yes"),
        ("en", STREET, "The street is Rue Borgnet.", "street=Rue Borgnet"),
    ]);
}

#[test]
fn names_and_numbers_in_a_sentence() {
    let ean = "electricity_ean=541448820012345678";
    applied(&[
        (
            "fr",
            NAME,
            "Mon nom s'écrit Vandenbossche, avec deux s.",
            "last_name=Vandenbossche",
        ),
        (
            "fr",
            NAME,
            "Le nom est Vandenbossche et non Vandenbosche",
            "last_name=Vandenbossche",
        ),
        (
            "fr",
            NAME,
            "C'est Vandenbossche, il manquait un s.",
            "last_name=Vandenbossche",
        ),
        ("fr", NAME, "Mon nom est correct.", "last_name=yes"),
        (
            "fr",
            NAME,
            "Oui, le nom est bien écrit comme ça.",
            "last_name=yes",
        ),
        (
            "nl",
            NAME,
            "Mijn naam is Vandenbossche, met dubbele s.",
            "last_name=Vandenbossche",
        ),
        (
            "nl",
            NAME,
            "Het is Vandenbossche met twee s'en",
            "last_name=Vandenbossche",
        ),
        ("nl", NAME, "De naam klopt zo.", "last_name=yes"),
        ("nl", NAME, "Ja, mijn naam is juist geschreven", "last_name=yes"),
        (
            "nl",
            NAME,
            "Mijn achternaam schrijf je als Vandenbossche.",
            "last_name=Vandenbossche",
        ),
        (
            "de",
            NAME,
            "Der Nachname ist Vandenbossche, mit zwei s.",
            "last_name=Vandenbossche",
        ),
        ("de", NAME, "Der Name stimmt so.", "last_name=yes"),
        (
            "en",
            NAME,
            "My surname is spelled Vandenbossche, with a double s.",
            "last_name=Vandenbossche",
        ),
        ("en", NAME, "My name is spelled correctly.", "last_name=yes"),
        ("fr", FIRST, "Mon prénom est Cathleen", "first_name=Cathleen"),
        ("fr", FIRST, "C'est Cathleen, avec un C.", "first_name=Cathleen"),
        (
            "nl",
            FIRST,
            "Mijn voornaam is Cathleen, met een C.",
            "first_name=Cathleen",
        ),
        ("nl", FIRST, "Cathleen", "first_name=Cathleen"),
        ("en", FIRST, "It's Cathleen with a C", "first_name=Cathleen"),
        (
            "fr",
            PHONE,
            "Vous pouvez me joindre au 0475 31 82 64.",
            "phone=+32475318264",
        ),
        ("fr", PHONE, "0475 / 31 82 64", "phone=+32475318264"),
        (
            "nl",
            PHONE,
            "Ik ben bereikbaar op 0475 31 82 64.",
            "phone=+32475318264",
        ),
        ("nl", PHONE, "Mijn gsm is 0475 / 31 82 64", "phone=+32475318264"),
        (
            "de",
            PHONE,
            "Meine Handynummer ist 0475 31 82 64.",
            "phone=+32475318264",
        ),
        (
            "en",
            PHONE,
            "You can reach me on 0475 31 82 64.",
            "phone=+32475318264",
        ),
        (
            "fr",
            EAN,
            "J'ai trouvé le code sur ma facture : 541448820012345678",
            ean,
        ),
        ("fr", EAN, "Voici : 541448820012345678. Bonne journée !", ean),
        ("nl", EAN, "Op de factuur staat 541448820012345678.", ean),
        ("nl", EAN, "Eindelijk gevonden! 541448820012345678", ean),
        ("nl", EAN, "Dit is hem: 541448820012345678", ean),
        ("nl", EAN, "Hier is de gevraagde code: 541448820012345678", ean),
        ("de", EAN, "Auf der Rechnung steht 541448820012345678.", ean),
        ("en", EAN, "Found it on the bill: 541448820012345678", ean),
        ("en", EAN, "Here you go: 541448820012345678", ean),
        ("en", EAN, "The code on the meter is 541448820012345678.", ean),
        (
            "fr",
            BIRTH,
            "Je suis né le 12 janvier 1958 à Namur.",
            "date_of_birth=1958-01-12",
        ),
        (
            "nl",
            BIRTH,
            "Ik ben geboren op 12 januari 1958 in Gent.",
            "date_of_birth=1958-01-12",
        ),
        (
            "nl",
            BIRTH,
            "Mijn geboortedatum is 12 januari 1958, dus niet 21 januari.",
            "date_of_birth=1958-01-12",
        ),
        (
            "en",
            BIRTH,
            "My birthday is 12 January 1958.",
            "date_of_birth=1958-01-12",
        ),
        (
            "de",
            BIRTH,
            "Mein Geburtstag ist der 12. Januar 1958.",
            "date_of_birth=1958-01-12",
        ),
    ]);
}
