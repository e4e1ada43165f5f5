//! Values that show by their form: dates, numbers and their groups, what is denied beside what is given.

use super::*;

const BIRTH: &[&str] = &["date_of_birth:missing"];
const START: &[&str] = &["start_date:doubtful"];
const HOUSE: &[&str] = &["house_number:doubtful"];
const EAN: &[&str] = &["electricity_ean:missing"];
const BOTH: &[&str] = &["electricity_ean:missing", "gas_ean:missing"];
const METERS: &[&str] = &["electricity_meter_number:missing", "gas_meter_number:missing"];
const PHONE: &[&str] = &["phone:missing"];

/// Each message must be applied, with exactly these fields.
pub(super) fn applied(cases: &[(&str, &[&str], &str, &str)]) {
    let mut broken = Vec::new();
    for (language, asked, text, wanted) in cases {
        let found = understood(language, asked, text);
        let (fields, disposition) = said(&found);
        if disposition != "apply" || fields != *wanted {
            let doubts: Vec<_> = found
                .doubts
                .iter()
                .map(|doubt| (doubt.reason.name(), &doubt.words))
                .collect();
            broken.push(format!("{disposition} {fields}\n    {text:?}\n    {doubts:?}"));
        }
    }
    let (count, all) = (broken.len(), cases.len());
    assert!(broken.is_empty(), "{count} of {all}:\n{}", broken.join("\n"));
}

/// None of these may be applied.
pub(super) fn for_a_person(cases: &[(&str, &[&str], &str)]) {
    let mut broken = Vec::new();
    for (language, asked, text) in cases {
        let found = understood(language, asked, text);
        let (fields, disposition) = said(&found);
        if disposition == "apply" {
            broken.push(format!("{fields}\n    {text:?}"));
        }
    }
    let (count, all) = (broken.len(), cases.len());
    assert!(
        broken.is_empty(),
        "{count} of {all} applied:\n{}",
        broken.join("\n")
    );
}

#[test]
fn dates_are_read_in_every_wording() {
    let day = "date_of_birth=1958-01-12";
    let start = "start_date=2026-11-15";
    applied(&[
        ("nl", BIRTH, "ik ben van 12 januari 1958", day),
        ("nl", BIRTH, "Ik ben geboren op 12/1/58.", day),
        ("nl", BIRTH, "Geboren: 12 01 1958", day),
        ("fr", BIRTH, "Je suis du 12 janvier 1958.", day),
        ("fr", BIRTH, "née le 12-01-1958", day),
        ("fr", BIRTH, "Date de naissance : 12/janv/1958", day),
        ("de", BIRTH, "Ich bin vom 12.1.1958", day),
        ("de", BIRTH, "geboren am 12.Januar 1958", day),
        ("en", BIRTH, "I was born on the twelfth of January 1958.", day),
        ("en", BIRTH, "DOB 12-Jan-1958", day),
        ("de", START, "Einzug ist am 15.11.", start),
        ("de", START, "Der Einzug ist am 15. 11. 2026", start),
        ("nl", START, "De startdatum is op 15.11", start),
        ("nl", START, "Doe maar 15 november 2026", start),
        ("nl", START, "Zet maar 15/11/2026 aub", start),
        ("fr", START, "Mettez plutôt le 15 novembre 2026", start),
        ("fr", START, "Début de contrat : à partir du 15.11", start),
        ("en", START, "Make it 15 November 2026 please", start),
        ("de", START, "Nehmen Sie den 15. November 2026", start),
        (
            "fr",
            START,
            "Ce sera le 1 er décembre 2026",
            "start_date=2026-12-01",
        ),
    ]);
}

#[test]
fn a_date_in_two_ways_is_one_date() {
    let day = "date_of_birth=1989-03-04";
    applied(&[
        ("en", BIRTH, "Born 04/03/1989 - that is 4 March.", day),
        ("en", BIRTH, "Date of birth: 04/03/1989 (4 March 1989)", day),
        (
            "en",
            BIRTH,
            "Date of birth: 03/04/1989 - that is the fourth of March 1989",
            day,
        ),
        ("fr", BIRTH, "née le 04/03/1989 (4 mars)", day),
        ("nl", BIRTH, "geboren op 04/03/1989, dus 4 maart 1989", day),
        ("de", BIRTH, "geboren am 04.03.1989, also 4. März 1989", day),
        (
            "en",
            START,
            "Start date: 12/01/2026, i.e. 1 December 2026",
            "start_date=2026-12-01",
        ),
    ]);
    for_a_person(&[
        ("en", BIRTH, "Date of birth: 04/03/1989 or 5 March 1989"),
        ("fr", BIRTH, "née le 04/03/1989 (5 mars)"),
        ("nl", BIRTH, "geboren op 04/03/1989, dus 4 mei 1989"),
        ("fr", START, "Date de début : le 15 du mois prochain"),
        ("nl", START, "Startdatum: rond 15 november"),
        ("fr", START, "Date de début : vers le 15 novembre"),
        ("de", START, "Lieferbeginn etwa am 15. November"),
        ("en", START, "Start date: around 15 November"),
        ("en", START, "Start date: 12/01/2027, i.e. 13 January 2027"),
    ]);
}

#[test]
fn what_is_denied_gives_way_to_what_is_given() {
    let start = "start_date=2026-12-01";
    applied(&[
        ("fr", START, "Date de début : 01/12/2026 (et non 2025)", start),
        ("fr", START, "pas le 15 mais le 1er décembre 2026", start),
        ("nl", START, "Niet 15 november maar 1 december 2026", start),
        (
            "nl",
            START,
            "1 december 2026, dus niet de 30ste maar de 1ste",
            start,
        ),
        ("de", START, "Lieferbeginn 01.12.2026, nicht 2025", start),
        ("en", START, "not 1 Feb 2026 but 1 Dec 2026", start),
        (
            "fr",
            BIRTH,
            "ma date de naissance c'est le 4 mai 1978, pas 5 avril",
            "date_of_birth=1978-05-04",
        ),
        ("fr", HOUSE, "23 et pas 21", "house_number=23"),
        ("nl", HOUSE, "Het is niet 12 maar 21", "house_number=21"),
        ("en", HOUSE, "not 12 but 21", "house_number=21"),
        ("de", HOUSE, "21 und nicht 12", "house_number=21"),
    ]);
    for_a_person(&[
        ("fr", START, "Date de début : pas le 1 décembre 2026"),
        ("fr", START, "Date de début : 01/12/2026 et non 2026"),
        ("fr", EAN, "pas 541448820012345678"),
        (
            "en",
            EAN,
            "I had given 541448820012345678 instead of 541449020506070805",
        ),
        (
            "de",
            EAN,
            "angegeben hatte ich 541448820012345678 statt 541449020506070805",
        ),
        ("en", HOUSE, "not 21"),
    ]);
}

#[test]
fn a_number_beside_a_slip_is_the_right_one() {
    applied(&[
        ("fr", HOUSE, "c'est 41 (j'ai inversé)", "house_number=41"),
        ("nl", HOUSE, "Het is 41 (omgewisseld, sorry)", "house_number=41"),
        ("de", HOUSE, "41, Zahlendreher", "house_number=41"),
        ("en", HOUSE, "41, my mistake", "house_number=41"),
    ]);
    for_a_person(&[
        ("fr", HOUSE, "j'ai inversé le 4 et le 1"),
        ("fr", HOUSE, "c'est un 4, j'ai mal tapé"),
        ("nl", HOUSE, "het moet een 4 zijn, typfout"),
        ("en", HOUSE, "a 4 was missing"),
    ]);
}

#[test]
fn numbers_come_in_groups_and_lines() {
    let both = &format!("electricity_ean={ELECTRICITY} gas_ean={GAS}");
    let meters = "electricity_meter_number=50308042017 gas_meter_number=00418825";
    applied(&[
        (
            "nl",
            BOTH,
            "Stroom:\n5414 4882 0012\n3456 78\n\nGas:\n5414 4902 0506\n0708 05",
            both,
        ),
        (
            "fr",
            BOTH,
            "Electricité : 5414488200\n12345678\nGaz : 541.449.020\n506.070.805",
            both,
        ),
        (
            "fr",
            METERS,
            "Électricité = 5030-804-2017 ; gaz = 00418825.",
            meters,
        ),
        ("nl", METERS, "stroom 5030.804.2017\ngas 00418825", meters),
        ("de", METERS, "Strom: 5030 804 2017, Gas: 00418825", meters),
        ("en", METERS, "electricity 50308042017 and gas 00418825", meters),
    ]);
    for_a_person(&[
        ("nl", EAN, "klant 5414488200\n12345678 is de stand"),
        ("en", METERS, "electricity 48213, gas 7702"),
        ("nl", METERS, "stroom 0475 31 82 61"),
    ]);
}

#[test]
fn phones_are_read_as_people_write_them() {
    let phone = "phone=+32475318264";
    applied(&[
        ("fr", PHONE, "0475/31.82.64", phone),
        ("fr", PHONE, "Mon gsm : 0475-31-82-64", phone),
        ("nl", PHONE, "gsm 0475 318 264", phone),
        ("nl", PHONE, "+32 (0)475 31 82 64", phone),
        ("de", PHONE, "Handy: 0032 475 31 82 64", phone),
        ("en", PHONE, "+32475318264", phone),
        ("en", PHONE, "My number is 0475.31.82.64", phone),
        ("de", PHONE, "Tel. +49 2471 80336", "phone=+49247180336"),
    ]);
}

#[test]
fn a_reference_typed_slightly_wrong_is_no_contradiction() {
    let ean = &format!("electricity_ean={ELECTRICITY}");
    for reference in [
        "REG-7K3M9Q2X",
        "REG-7K3M9QX2",
        "REG-7K3M9Q2",
        "REG-7K3M8Q2X",
        "reg-7k3m9q2xx",
    ] {
        let text = format!("Dossier {reference}\nEAN 541448820012345678");
        applied(&[("fr", EAN, &text, ean)]);
    }
    for_a_person(&[("fr", EAN, "Dossier REG-A4C7KQ2M\nEAN 541448820012345678")]);
}
