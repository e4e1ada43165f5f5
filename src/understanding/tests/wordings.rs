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

const STREET_AND_HOUSE: &[&str] = &["street:doubtful", "house_number:doubtful"];
const NAME_AND_BIRTH: &[&str] = &["last_name:doubtful", "date_of_birth:missing"];
const TOWN_AND_CODE: &[&str] = &["municipality:doubtful", "postal_code:doubtful"];
const BOX_AND_PHONE: &[&str] = &["box:doubtful", "phone:missing"];
const BOTH: &[&str] = &["electricity_ean:missing", "gas_ean:missing"];
const EAN_AND_NAME: &[&str] = &["electricity_ean:missing", "last_name:doubtful"];
const START_AND_EAN: &[&str] = &["electricity_ean:missing", "start_date:doubtful"];

#[test]
fn several_answers_in_a_row() {
    let ean = "electricity_ean=541448820012345678";
    let both = "electricity_ean=541448820012345678 gas_ean=541449020506070805";
    let name_ean = "last_name=yes electricity_ean=541448820012345678";
    applied(&[
        (
            "fr",
            STREET_AND_HOUSE,
            "La rue est correcte, le numéro est le 16.",
            "street=yes house_number=16",
        ),
        (
            "fr",
            STREET_AND_HOUSE,
            "Rue Borgnet 16",
            "street=Rue Borgnet house_number=16",
        ),
        (
            "fr",
            STREET_AND_HOUSE,
            "C'est bien la rue Borgnette, et le numéro 14 est correct.",
            "street=yes house_number=yes",
        ),
        (
            "nl",
            STREET_AND_HOUSE,
            "De straat klopt, het nummer is 16.",
            "street=yes house_number=16",
        ),
        (
            "nl",
            STREET_AND_HOUSE,
            "Straat is juist, huisnummer moet 16 zijn",
            "street=yes house_number=16",
        ),
        (
            "nl",
            STREET_AND_HOUSE,
            "Beide kloppen.",
            "street=yes house_number=yes",
        ),
        (
            "nl",
            STREET_AND_HOUSE,
            "Straat en nummer zijn juist.",
            "street=yes house_number=yes",
        ),
        (
            "de",
            STREET_AND_HOUSE,
            "Die Straße stimmt, die Hausnummer ist 16.",
            "street=yes house_number=16",
        ),
        (
            "en",
            STREET_AND_HOUSE,
            "The street is right, the number is 16.",
            "street=yes house_number=16",
        ),
        (
            "en",
            STREET_AND_HOUSE,
            "Both are correct.",
            "street=yes house_number=yes",
        ),
        (
            "fr",
            NAME_AND_BIRTH,
            "Le nom est correct et je suis née le 12 janvier 1958.",
            "last_name=yes date_of_birth=1958-01-12",
        ),
        (
            "fr",
            NAME_AND_BIRTH,
            "Nom : Vandenbossche\nNé le : 12/01/1958",
            "last_name=Vandenbossche date_of_birth=1958-01-12",
        ),
        (
            "nl",
            NAME_AND_BIRTH,
            "Mijn naam is juist. Ik ben geboren op 12 januari 1958.",
            "last_name=yes date_of_birth=1958-01-12",
        ),
        (
            "nl",
            NAME_AND_BIRTH,
            "1. klopt\n2. 12/01/1958",
            "last_name=yes date_of_birth=1958-01-12",
        ),
        (
            "de",
            NAME_AND_BIRTH,
            "Der Name stimmt, geboren bin ich am 12.01.1958.",
            "last_name=yes date_of_birth=1958-01-12",
        ),
        (
            "en",
            NAME_AND_BIRTH,
            "The name is fine and I was born on 12 January 1958.",
            "last_name=yes date_of_birth=1958-01-12",
        ),
        (
            "fr",
            TOWN_AND_CODE,
            "La commune est bonne, le code postal est 4100.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "fr",
            TOWN_AND_CODE,
            "La commune est bien Seraing, c'est le code postal qui est faux : 4100.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "fr",
            TOWN_AND_CODE,
            "4100 Seraing",
            "postal_code=4100 municipality=yes",
        ),
        (
            "nl",
            TOWN_AND_CODE,
            "Gemeente klopt, postcode is 4100",
            "postal_code=4100 municipality=yes",
        ),
        (
            "nl",
            TOWN_AND_CODE,
            "Seraing is juist, de postcode moet 4100 zijn.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "en",
            TOWN_AND_CODE,
            "Seraing is right but the postcode is 4100.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "de",
            TOWN_AND_CODE,
            "Seraing ist richtig, die Postleitzahl ist 4100.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "fr",
            BOX_AND_PHONE,
            "Boîte 12. Tél 0475 31 82 64",
            "phone=+32475318264 box=12",
        ),
        (
            "fr",
            BOX_AND_PHONE,
            "La boîte 2 est correcte et mon gsm est le 0475/31.82.64",
            "phone=+32475318264 box=yes",
        ),
        (
            "nl",
            BOX_AND_PHONE,
            "Bus 2 klopt, mijn gsm is 0475318264.",
            "phone=+32475318264 box=yes",
        ),
        (
            "nl",
            BOX_AND_PHONE,
            "bus 12, gsm 0475 31 82 64",
            "phone=+32475318264 box=12",
        ),
        (
            "en",
            BOX_AND_PHONE,
            "Box 2 is right. My mobile is 0475 31 82 64.",
            "phone=+32475318264 box=yes",
        ),
        (
            "fr",
            BOTH,
            "Électricité : 541448820012345678\nGaz : 541449020506070805",
            both,
        ),
        (
            "fr",
            BOTH,
            "Le gaz c'est 541449020506070805 et l'électricité 541448820012345678",
            both,
        ),
        (
            "nl",
            BOTH,
            "stroom 541448820012345678 gas 541449020506070805",
            both,
        ),
        (
            "nl",
            BOTH,
            "Voor gas is het 541449020506070805 en voor elektriciteit 541448820012345678.",
            both,
        ),
        (
            "de",
            BOTH,
            "Strom ist 541448820012345678 und Gas 541449020506070805.",
            both,
        ),
        (
            "en",
            BOTH,
            "Gas is 541449020506070805, electricity is 541448820012345678.",
            both,
        ),
        (
            "fr",
            EAN_AND_NAME,
            "Le nom est bon. EAN : 541448820012345678",
            name_ean,
        ),
        (
            "fr",
            EAN_AND_NAME,
            "Oui pour le nom, et l'EAN est 541448820012345678",
            name_ean,
        ),
        (
            "nl",
            EAN_AND_NAME,
            "Naam is ok en de EAN is 541448820012345678",
            name_ean,
        ),
        (
            "nl",
            EAN_AND_NAME,
            "541448820012345678 en ja, mijn naam klopt.",
            name_ean,
        ),
        (
            "en",
            EAN_AND_NAME,
            "The name is correct. The EAN is 541448820012345678.",
            name_ean,
        ),
        (
            "fr",
            START_AND_EAN,
            "La date est bonne. 541448820012345678",
            "electricity_ean=541448820012345678 start_date=yes",
        ),
        (
            "nl",
            START_AND_EAN,
            "De startdatum klopt, EAN is 541448820012345678.",
            "electricity_ean=541448820012345678 start_date=yes",
        ),
        (
            "en",
            START_AND_EAN,
            "The date is right, EAN 541448820012345678",
            "electricity_ean=541448820012345678 start_date=yes",
        ),
        (
            "fr",
            EAN,
            "Bonjour Madame,\n\nVoici le numéro demandé : 541448820012345678.\nExcusez-moi pour le retard, j'étais en vacances.\n\nBien à vous,\nKathleen",
            ean,
        ),
        (
            "fr",
            EAN,
            "Mon mari a retrouvé la facture : 541448820012345678",
            ean,
        ),
        (
            "fr",
            EAN,
            "Je l'ai recopié du compteur (il fait sombre dans la cave) : 541448820012345678",
            ean,
        ),
        (
            "nl",
            EAN,
            "Mijn man heeft de factuur teruggevonden: 541448820012345678",
            ean,
        ),
        (
            "nl",
            EAN,
            "De buurman heeft me getoond waar het staat: 541448820012345678",
            ean,
        ),
        (
            "nl",
            EAN,
            "Sorry voor het late antwoord, hier is het nummer: 541448820012345678",
            ean,
        ),
        (
            "nl",
            EAN,
            "Na lang zoeken gevonden op de website van Fluvius: 541448820012345678",
            ean,
        ),
        (
            "de",
            EAN,
            "Mein Mann hat die Rechnung gefunden: 541448820012345678",
            ean,
        ),
        (
            "de",
            EAN,
            "Entschuldigung für die späte Antwort, hier ist die Nummer: 541448820012345678",
            ean,
        ),
        ("en", EAN, "My husband found the bill: 541448820012345678", ean),
        (
            "en",
            EAN,
            "Sorry for the late reply, here is the number: 541448820012345678",
            ean,
        ),
    ]);
    for_a_person(&[
        ("fr", EAN, "C'est celui du voisin : 541448820012345678"),
        ("fr", EAN, "Le code de mon propriétaire : 541448820012345678"),
        ("nl", EAN, "Het nummer van de buurman: 541448820012345678"),
        ("nl", EAN, "Dat is die van de huisbaas: 541448820012345678"),
        ("en", EAN, "My landlord's number: 541448820012345678"),
        // Who writes is no energy.
        ("en", BOTH, "I am sending you the EAN: 541448820012345678"),
        ("nl", BOTH, "Ik ben thuis en de EAN is 541448820012345678"),
        ("fr", BOTH, "Je suis à la maison, l'EAN est 541448820012345678"),
        ("nl", EAN, "Mijn buurman gaf mij zijn nummer: 541448820012345678"),
        (
            "fr",
            EAN,
            "Mon mari n'a pas trouvé la facture : 541448820012345678",
        ),
        (
            "fr",
            EAN,
            "Le voisin m'a donné le code de son compteur : 541448820012345678",
        ),
        ("de", EAN, "Die Nummer vom Nachbarn: 541448820012345678"),
        (
            "fr",
            &["municipality:doubtful", "first_name:doubtful", "phone:doubtful"],
            "Tout ce que vous avez noté est correct : Seraing, mon prénom et le téléphone.",
        ),
        ("fr", STREET_AND_HOUSE, "La rue est correcte, pas le numéro."),
        ("nl", STREET_AND_HOUSE, "Straat klopt, nummer niet."),
        ("nl", STREET_AND_HOUSE, "Beide kloppen niet."),
        ("en", STREET_AND_HOUSE, "Neither is correct."),
    ]);
}

const FULL_NAME: &[&str] = &["first_name:doubtful", "last_name:doubtful"];
const ADDRESS: &[&str] = &[
    "street:doubtful",
    "house_number:doubtful",
    "box:doubtful",
    "postal_code:doubtful",
];
const METER: &[&str] = &["electricity_meter_number:missing"];
const IBAN: &[&str] = &["iban:missing"];
const FIRM: &[&str] = &["enterprise_number:missing"];

#[test]
fn more_answers_as_people_write_them() {
    applied(&[
        (
            "fr",
            FULL_NAME,
            "Prénom Cathleen, nom Vandenbossche",
            "first_name=Cathleen last_name=Vandenbossche",
        ),
        (
            "fr",
            FULL_NAME,
            "Le prénom est correct, mais le nom s'écrit Vandenbossche.",
            "first_name=yes last_name=Vandenbossche",
        ),
        (
            "nl",
            FULL_NAME,
            "Voornaam klopt, achternaam is Vandenbossche",
            "first_name=yes last_name=Vandenbossche",
        ),
        (
            "nl",
            FULL_NAME,
            "Mijn volledige naam is Cathleen Vandenbossche.",
            "first_name=Cathleen last_name=Vandenbossche",
        ),
        (
            "nl",
            FULL_NAME,
            "Naam en voornaam zijn correct.",
            "first_name=yes last_name=yes",
        ),
        (
            "de",
            FULL_NAME,
            "Vorname und Nachname stimmen.",
            "first_name=yes last_name=yes",
        ),
        (
            "en",
            FULL_NAME,
            "First name is right, surname should be Vandenbossche.",
            "first_name=yes last_name=Vandenbossche",
        ),
        (
            "fr",
            ADDRESS,
            "Rue Borgnette 14 boîte 2, 4000",
            "street=yes house_number=yes box=yes postal_code=yes",
        ),
        (
            "fr",
            ADDRESS,
            "Tout est correct sauf la boîte, c'est la 12.",
            "street=yes house_number=yes box=12 postal_code=yes",
        ),
        (
            "fr",
            ADDRESS,
            "L'adresse est correcte.",
            "street=yes house_number=yes box=yes postal_code=yes",
        ),
        (
            "nl",
            ADDRESS,
            "Het adres klopt, behalve de bus: die is 12.",
            "street=yes house_number=yes box=12 postal_code=yes",
        ),
        (
            "nl",
            ADDRESS,
            "Alles klopt behalve de postcode, dat moet 4100 zijn.",
            "street=yes house_number=yes box=yes postal_code=4100",
        ),
        (
            "de",
            ADDRESS,
            "Alles richtig außer der Postleitzahl, die ist 4100.",
            "street=yes house_number=yes box=yes postal_code=4100",
        ),
        (
            "fr",
            METER,
            "Le numéro du compteur est 1SAG1105770138.",
            "electricity_meter_number=1SAG1105770138",
        ),
        (
            "fr",
            METER,
            "Sur le compteur je lis 1SAG1105770138",
            "electricity_meter_number=1SAG1105770138",
        ),
        (
            "nl",
            METER,
            "Op de teller staat 1SAG1105770138.",
            "electricity_meter_number=1SAG1105770138",
        ),
        (
            "nl",
            METER,
            "meternummer: 1SAG1105770138 (digitale meter)",
            "electricity_meter_number=1SAG1105770138",
        ),
        (
            "de",
            METER,
            "Auf dem Zähler steht 1SAG1105770138.",
            "electricity_meter_number=1SAG1105770138",
        ),
        (
            "en",
            METER,
            "The meter says 1SAG1105770138.",
            "electricity_meter_number=1SAG1105770138",
        ),
        (
            "fr",
            FIRM,
            "Notre numéro d'entreprise est le 0417.497.106.",
            "enterprise_number=BE0417497106",
        ),
        (
            "fr",
            FIRM,
            "TVA BE 0417.497.106",
            "enterprise_number=BE0417497106",
        ),
        (
            "nl",
            FIRM,
            "Ons ondernemingsnummer is 0417.497.106.",
            "enterprise_number=BE0417497106",
        ),
        (
            "nl",
            FIRM,
            "btw-nummer BE0417497106",
            "enterprise_number=BE0417497106",
        ),
        (
            "en",
            FIRM,
            "Our company number is 0417.497.106",
            "enterprise_number=BE0417497106",
        ),
        (
            "fr",
            EAN,
            "Désolée, j'avais mal lu. Le bon code est 541448820012345678.",
            "electricity_ean=541448820012345678",
        ),
        (
            "fr",
            EAN,
            "J'ai regardé sur la facture de régularisation, page 2 : 541448820012345678",
            "electricity_ean=541448820012345678",
        ),
        (
            "fr",
            EAN,
            "Voici l'EAN demandé par votre collègue : 541448820012345678",
            "electricity_ean=541448820012345678",
        ),
        (
            "fr",
            EAN,
            "541448820012345678\n\nDites-moi si c'est bon. Merci",
            "electricity_ean=541448820012345678",
        ),
        (
            "nl",
            EAN,
            "Sorry, ik had een cijfer verkeerd. Het moet 541448820012345678 zijn.",
            "electricity_ean=541448820012345678",
        ),
        (
            "nl",
            EAN,
            "Volgens de jaarafrekening is het 541448820012345678.",
            "electricity_ean=541448820012345678",
        ),
        (
            "nl",
            EAN,
            "541448820012345678\n\nHopelijk is het nu in orde.",
            "electricity_ean=541448820012345678",
        ),
        (
            "de",
            EAN,
            "Laut Jahresabrechnung ist es 541448820012345678.",
            "electricity_ean=541448820012345678",
        ),
        (
            "en",
            EAN,
            "According to the annual bill it is 541448820012345678.",
            "electricity_ean=541448820012345678",
        ),
        (
            "en",
            EAN,
            "541448820012345678\n\nHope that's all you need.",
            "electricity_ean=541448820012345678",
        ),
        (
            "fr",
            EAN,
            "Bonjour,\nEn réponse à votre courriel du 2 novembre, je vous communique le code EAN : 541448820012345678.\nJe vous prie d'agréer, Madame, Monsieur, mes salutations distinguées.\nK. Vandenbosche",
            "electricity_ean=541448820012345678",
        ),
        (
            "nl",
            EAN,
            "Geachte,\n\nIn antwoord op uw mail bezorg ik u hierbij de EAN-code: 541448820012345678.\n\nHoogachtend,\nKathleen Vandenbosche",
            "electricity_ean=541448820012345678",
        ),
        (
            "de",
            EAN,
            "Sehr geehrte Damen und Herren,\n\nin Beantwortung Ihrer Mail teile ich Ihnen den EAN-Code mit: 541448820012345678.\n\nHochachtungsvoll\nKathleen Vandenbosche",
            "electricity_ean=541448820012345678",
        ),
    ]);
    for_a_person(&[
        ("fr", FULL_NAME, "Le prénom est correct, pas le nom."),
        ("fr", EAN, "541448820012345678, enfin je crois"),
        ("nl", EAN, "541448820012345678 denk ik"),
        ("nl", EAN, "541448820012345678 maar dat is van mijn vorige woning"),
        ("fr", EAN, "541448820012345678 mais je déménage bientôt"),
        ("en", EAN, "541448820012345678 if I read it right?"),
        ("fr", EAN, "541448820012345678 mais je préfère attendre"),
        ("fr", METER, "L'index du compteur est 12345678."),
        ("nl", METER, "De meterstand is 12345678."),
        ("de", METER, "Der Stand vom Zähler ist 12345678."),
        ("en", METER, "The meter reading is 12345678."),
        ("nl", METER, "Op de meter staat 12345678 kWh."),
        ("fr", IBAN, "Le compte de ma mère : BE71 0961 2345 6769"),
        ("nl", IBAN, "Liever geen domiciliëring. BE71 0961 2345 6769"),
        ("en", FIRM, "We have stopped the company. 0417.497.106"),
    ]);
}

#[test]
fn answers_to_a_letter_of_a_day() {
    let e = "electricity_ean=541448820012345678";
    applied(&[
        (
            "fr",
            EAN,
            "En réponse à votre courriel du 2 novembre, voici : 541448820012345678",
            e,
        ),
        (
            "fr",
            EAN,
            "En réponse à votre courriel, voici : 541448820012345678",
            e,
        ),
        (
            "fr",
            EAN,
            "En réponse à votre courriel du 2 novembre 2026, je vous communique le code EAN : 541448820012345678.",
            e,
        ),
        (
            "fr",
            EAN,
            "En réponse à votre courriel, je vous communique le code EAN : 541448820012345678.",
            e,
        ),
        (
            "nl",
            EAN,
            "In antwoord op uw mail van 2 november: 541448820012345678.",
            e,
        ),
        (
            "nl",
            EAN,
            "Naar aanleiding van uw mail van 2 november bezorg ik u de code: 541448820012345678.",
            e,
        ),
        (
            "en",
            EAN,
            "In reply to your e-mail of 2 November, the code is 541448820012345678.",
            e,
        ),
        (
            "de",
            EAN,
            "Auf Ihre E-Mail vom 2. November: 541448820012345678.",
            e,
        ),
        ("fr", EAN, "Suite à votre mail de ce jour : 541448820012345678", e),
        (
            "fr",
            EAN,
            "Suite à notre conversation téléphonique d'hier, voici l'EAN 541448820012345678",
            e,
        ),
        (
            "nl",
            EAN,
            "Zoals gevraagd in uw mail van gisteren: 541448820012345678",
            e,
        ),
        (
            "nl",
            EAN,
            "Zoals telefonisch besproken met uw collega: 541448820012345678",
            e,
        ),
        ("de", EAN, "Wie telefonisch besprochen: 541448820012345678", e),
        (
            "fr",
            EAN,
            "Je reviens vers vous concernant mon inscription. Le code EAN est 541448820012345678.",
            e,
        ),
        (
            "nl",
            EAN,
            "Betreft: dossier REG-7K3M9Q2X\nEAN: 541448820012345678",
            e,
        ),
        (
            "fr",
            EAN,
            "Concerne : dossier REG-7K3M9Q2X\nEAN : 541448820012345678",
            e,
        ),
        (
            "fr",
            EAN,
            "Ma référence est REG-7K3M9Q2X et le code 541448820012345678",
            e,
        ),
    ]);
}

const NAME_AND_FIRM: &[&str] = &["company_name:missing", "enterprise_number:missing"];
const GAS_METER: &[&str] = &["gas_meter_number:missing"];

#[test]
fn ordinary_traps() {
    for_a_person(&[
        ("nl", BIRTH, "Mijn man is geboren op 12 januari 1958."),
        ("fr", BIRTH, "Mon fils est né le 12 janvier 1988."),
        ("fr", BIRTH, "Nous nous sommes mariés le 12 janvier 1958."),
        ("en", BIRTH, "My wife was born on 12 January 1958."),
        ("de", BIRTH, "Meine Frau ist am 12. Januar 1958 geboren."),
        ("nl", START, "Mijn oude contract stopt op 15 november 2026."),
        ("fr", START, "Mon ancien contrat se termine le 15 novembre 2026."),
        ("en", START, "Our old contract ends on 15 November 2026."),
        ("de", START, "Der alte Vertrag endet am 15. November 2026."),
        ("fr", START, "Je serai absent le 15 novembre 2026."),
        ("nl", START, "Ik ben op vakantie tot 15 november 2026."),
        ("en", START, "I am away until 15 November 2026."),
        ("fr", START, "Pas avant le 15 novembre 2026."),
        ("nl", START, "Ten vroegste 15 november 2026"),
        ("en", START, "Not before 15 November 2026."),
        ("de", START, "Frühestens am 15. November 2026."),
        ("fr", START, "Le 15 ou le 16 novembre 2026."),
        ("nl", START, "15 november 2026 of later"),
        (
            "en",
            START,
            "15 November 2026 if possible, otherwise 1 December 2026.",
        ),
        ("nl", HOUSE, "De buren wonen op 16."),
        ("fr", HOUSE, "Le 16 c'est les voisins."),
        ("en", HOUSE, "The neighbours live at number 16."),
        ("nl", HOUSE, "Vroeger was het nummer 16."),
        ("fr", HOUSE, "Avant c'était le 16."),
        ("en", HOUSE, "It used to be number 16."),
        ("de", HOUSE, "Früher war es die Nummer 16."),
        ("nl", BOX, "Er zijn 12 bussen in het gebouw."),
        ("fr", BOX, "Il y a 12 boîtes dans l'immeuble."),
        ("fr", BOX, "J'habite au 12e étage."),
        ("nl", BOX, "Ik woon op de 12de verdieping."),
        ("en", BOX, "I live on the 12th floor."),
        ("nl", NAME, "Mijn man heet Vandenbossche."),
        ("fr", NAME, "Mon mari s'appelle Vandenbossche."),
        ("fr", NAME, "Mon nom de jeune fille est Vandenbossche."),
        ("nl", NAME, "Mijn meisjesnaam is Vandenbossche."),
        ("en", NAME, "My maiden name is Vandenbossche."),
        ("de", NAME, "Mein Mädchenname ist Vandenbossche."),
        ("fr", NAME, "Vous avez écrit Vandenbossche."),
        ("nl", NAME, "Jullie schreven Vandenbossche."),
        ("en", NAME, "You wrote Vandenbossche."),
        ("fr", NAME, "Ce n'est pas Vandenbossche."),
        ("fr", PHONE, "Vous m'avez appelé du 0475 31 82 64."),
        ("nl", PHONE, "Jullie belden mij van het nummer 0475 31 82 64."),
        ("en", PHONE, "I called you on 0475 31 82 64."),
        ("fr", PHONE, "Mon ancien numéro était le 0475 31 82 64."),
        ("nl", PHONE, "Mijn oud nummer was 0475 31 82 64."),
        ("fr", PHONE, "Le gsm de mon fils : 0475 31 82 64"),
        ("fr", PHONE, "N'appelez plus le 0475 31 82 64."),
        ("nl", PHONE, "Niet meer bellen op 0475 31 82 64."),
        ("fr", EAN, "Mon numéro de client est 541448820012345678."),
        ("nl", EAN, "Het vorige nummer was 541448820012345678."),
        ("fr", EAN, "Ce n'est pas 541448820012345678."),
        ("nl", EAN, "541448820012345678 is de EAN van het gas."),
        ("fr", EAN, "541448820012345678 c'est le gaz."),
        ("en", EAN, "541448820012345678 is for gas."),
        ("fr", EAN, "Pour le gaz : 541448820012345678"),
        ("nl", EAN, "De EAN van de zonnepanelen is 541448820012345678."),
        ("fr", EAN, "L'EAN du garage est 541448820012345678."),
        ("de", EAN, "Die EAN der Garage ist 541448820012345678."),
        ("fr", BOTH, "L'EAN est 541448820012345678."),
        ("nl", BOTH, "541448820012345678\n541449020506070805"),
        ("en", BOTH, "541448820012345678 and 541449020506070805"),
        ("fr", METER, "Compteur d'eau : 12345678"),
        ("nl", METER, "Watermeter 12345678"),
        ("fr", METER, "L'ancien compteur était le 12345678."),
        ("nl", METER, "De oude meter had nummer 12345678."),
        ("en", METER, "The old meter was 12345678."),
        ("fr", METER, "Compteur gaz 12345678"),
        ("nl", GAS_METER, "Elektriciteitsmeter 12345678"),
        ("fr", FIRM, "Le numéro de notre fournisseur est 0417.497.106."),
        ("nl", FIRM, "Onze moedermaatschappij is 0417.497.106."),
        ("en", FIRM, "Our accountant's number is 0417.497.106."),
        ("fr", TOWN, "Je travaille à Liège."),
        ("nl", TOWN, "Ik ben van Liège afkomstig."),
        ("en", TOWN, "I was born in Liège."),
        ("fr", TOWN, "Avant j'habitais à Liège."),
        ("nl", TOWN, "Vroeger woonde ik in Liège."),
        ("fr", POSTAL, "Mes parents habitent à 4100."),
        ("fr", POSTAL, "Avant c'était 4100."),
        ("fr", STREET, "L'arrêt de bus est rue Borgnet."),
        ("nl", STREET, "Mijn vorig adres was Rue Borgnet."),
        ("en", STREET, "My previous address was Rue Borgnet."),
        ("fr", STREET, "La rue Borgnet est la rue d'à côté."),
        ("de", BIRTH, "Mein Sohn ist am 12. Januar 1988 geboren."),
        ("nl", PHONE, "U belde mij van 0475 31 82 64."),
        ("en", PHONE, "Somebody called me from 0475 31 82 64."),
        ("nl", FIRM, "Het nummer van onze leverancier is 0417.497.106."),
        ("de", FIRM, "Die Nummer unseres Lieferanten ist 0417.497.106."),
        ("nl", STREET, "De bushalte is Rue Borgnet."),
        ("en", STREET, "The bus stop is Rue Borgnet."),
        ("fr", STREET, "Le parking est rue Borgnet."),
        ("fr", STREET, "L'entrée est rue Borgnet."),
        ("fr", STREET, "Le garage se trouve rue Borgnet."),
        ("nl", STREET, "De ingang is in de Rue Borgnet."),
        ("fr", NAME_AND_FIRM, "Notre fournisseur est Vandenberg SRL."),
        (
            "nl",
            NAME_AND_FIRM,
            "De boekhouder is Vandenberg BV, 0417.497.106",
        ),
    ]);
}
