//! Whole short replies: what stands around an answer as people write it.

use super::values::{applied, for_a_person};

const EAN: &[&str] = &["electricity_ean:invalid"];
const BOTH: &[&str] = &["electricity_ean:invalid", "gas_ean:missing"];
const NAME: &[&str] = &["last_name:doubtful"];
const NAMES: &[&str] = &["first_name:doubtful", "last_name:doubtful"];
const NAME_EAN: &[&str] = &["last_name:doubtful", "electricity_ean:invalid"];
const BIRTH_NAME: &[&str] = &["last_name:doubtful", "date_of_birth:missing"];
const PHONE: &[&str] = &["phone:invalid"];
const PHONE_BIRTH: &[&str] = &["date_of_birth:missing", "phone:invalid"];
const HOME: &[&str] = &["street:doubtful", "house_number:doubtful"];
const STREET_BOX: &[&str] = &["street:doubtful", "box:doubtful"];
const TOWN: &[&str] = &["postal_code:doubtful", "municipality:doubtful"];
const START: &[&str] = &["start_date:doubtful"];
const METER: &[&str] = &["electricity_meter_number:missing"];
const GAS: &[&str] = &["gas_ean:missing"];

const E: &str = "electricity_ean=541448820012345678";
const G: &str = "gas_ean=541449020506070805";
const EG: &str = "electricity_ean=541448820012345678 gas_ean=541449020506070805";

#[test]
fn of_french_speakers() {
    applied(&[
        (
            "fr",
            EAN,
            "Bonjour,\n\nJ'ai retrouvé une vieille facture dans le tiroir de la cuisine. Le code EAN est 541448820012345678.\n\nBien à vous,\nKathleen Vandenbosche",
            E,
        ),
        (
            "fr",
            EAN,
            "Bonjour, voici : 541448820012345678. J'avais oublié un chiffre, désolée !",
            E,
        ),
        (
            "fr",
            EAN,
            "Bonsoir\n\nen effet il manquait un chiffre, le bon numéro est 541448820012345678\n\nmerci de votre patience",
            E,
        ),
        (
            "fr",
            EAN,
            "Bonjour Madame, Monsieur,\n\nSuite à votre courriel, je vous prie de trouver ci-après le code demandé : 541448820012345678.\n\nVeuillez agréer mes salutations distinguées.\n\nK. Vandenbosche",
            E,
        ),
        (
            "fr",
            EAN,
            "Voilà le code que vous m'avez demandé, 541448820012345678. Il est écrit en tout petit en bas de la page 2...",
            E,
        ),
        (
            "fr",
            EAN,
            "541448820012345678\nc'est mon fils qui l'a trouvé dans l'application",
            E,
        ),
        (
            "fr",
            EAN,
            "Bonjour, j'ai téléphoné à Ores et ils m'ont donné le numéro 541448820012345678. Bonne journée",
            E,
        ),
        (
            "fr",
            EAN,
            "Rebonjour, j'ai mal recopié tantôt, c'est bien 541448820012345678",
            E,
        ),
        (
            "fr",
            BOTH,
            "Électricité : 541448820012345678\nGaz : 541449020506070805\n\nVoilà, j'espère que tout est complet maintenant.",
            EG,
        ),
        (
            "fr",
            BOTH,
            "Bonjour, pour l'électricité c'est 541448820012345678 et pour le gaz 541449020506070805. Les deux compteurs sont à la cave.",
            EG,
        ),
        (
            "fr",
            BOTH,
            "J'ai les deux factures sous les yeux. Électricité 541448820012345678, gaz 541449020506070805. Dites-moi si ça va.",
            EG,
        ),
        (
            "fr",
            NAME,
            "Bonjour, mon nom s'écrit Vandenbossche, avec deux s. On se trompe toujours.",
            "last_name=Vandenbossche",
        ),
        (
            "fr",
            NAME,
            "C'est Vandenbossche. Merci de corriger.",
            "last_name=Vandenbossche",
        ),
        (
            "fr",
            NAME,
            "Mon nom de famille est Vandenbossche et pas Vandenbosche, regardez ma carte d'identité.",
            "last_name=Vandenbossche",
        ),
        (
            "fr",
            NAME,
            "Oui c'est bien Vandenbosche, comme mon grand-père flamand",
            "last_name=yes",
        ),
        (
            "fr",
            NAMES,
            "Tout est correct : Kathleen Vandenbosche.",
            "first_name=yes last_name=yes",
        ),
        (
            "fr",
            NAMES,
            "Prénom : Catherine\nNom : Vandenbossche",
            "first_name=Catherine last_name=Vandenbossche",
        ),
        (
            "fr",
            BIRTH_NAME,
            "Je suis née le 12 mars 1985 à Huy. Mon nom est correct.",
            "last_name=yes date_of_birth=1985-03-12",
        ),
        (
            "fr",
            PHONE,
            "Mon numéro de gsm est le 0475 31 82 64, il manquait un chiffre. Vous pouvez m'appeler après 17h.",
            "phone=+32475318264",
        ),
        ("fr", PHONE, "0475/31.82.64", "phone=+32475318264"),
        (
            "fr",
            PHONE_BIRTH,
            "Née le 12/03/1985, gsm 0475318264",
            "date_of_birth=1985-03-12 phone=+32475318264",
        ),
        (
            "fr",
            HOME,
            "Nous habitons au 16, rue Borgnet. L'agence avait noté l'ancien nom de la rue.",
            "street=rue Borgnet house_number=16",
        ),
        (
            "fr",
            HOME,
            "L'adresse est exacte, rien à changer.",
            "street=yes house_number=yes",
        ),
        (
            "fr",
            TOWN,
            "C'est 4100 Seraing.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "fr",
            TOWN,
            "Le code postal est 4100, j'ai tapé 4000 par habitude.",
            "postal_code=4100",
        ),
        (
            "fr",
            START,
            "Nous emménageons le 15 novembre 2026, donc à partir de cette date.",
            "start_date=2026-11-15",
        ),
        (
            "fr",
            METER,
            "Le numéro du compteur est 34567890. Il se trouve dans le garage.",
            "electricity_meter_number=34567890",
        ),
        (
            "fr",
            NAME_EAN,
            "1) Vandenbossche\n2) 541448820012345678",
            "last_name=Vandenbossche electricity_ean=541448820012345678",
        ),
        (
            "fr",
            NAME_EAN,
            "Bonjour,\n\n1. Mon nom : Vandenbossche (deux s).\n2. Mon code EAN : 541448820012345678.\n\nBàv",
            "last_name=Vandenbossche electricity_ean=541448820012345678",
        ),
        (
            "fr",
            GAS,
            "Bonjour, le code EAN gaz : 541449020506070805. Pour l'électricité vous l'avez déjà.",
            G,
        ),
    ]);
}

#[test]
fn of_french_speakers_for_a_person() {
    for_a_person(&[
        (
            "fr",
            EAN,
            "541448820012345678 mais je ne suis pas certaine que ce soit le mien",
        ),
        (
            "fr",
            EAN,
            "541448820012345678. Par contre je n'ai jamais demandé à changer de fournisseur",
        ),
        (
            "fr",
            EAN,
            "Le code est 541448820012345678. Ma mère est décédée la semaine passée, le contrat doit être à mon nom.",
        ),
        (
            "fr",
            EAN,
            "Voici le code de mon voisin pour exemple : 541448820012345678",
        ),
        (
            "fr",
            EAN,
            "541448820012345678, mais attendez encore avant de lancer la demande",
        ),
        (
            "fr",
            EAN,
            "J'ai trouvé 541448820012345678 sur une facture de l'ancien locataire.",
        ),
        (
            "fr",
            EAN,
            "541448820012345678 et mon nouveau numéro de compte est BE68 5390 0754 7034",
        ),
        ("fr", BOTH, "541448820012345678 et 541449020506070805"),
        (
            "fr",
            BOTH,
            "Électricité 541448820012345678. Nous n'avons pas le gaz.",
        ),
        ("fr", NAME, "Vandenbossche c'est mon mari, moi c'est Lambert"),
        ("fr", NAME, "Mon nom de jeune fille est Lambert"),
        ("fr", PHONE, "0475 31 82 64 c'est le numéro de ma fille"),
        ("fr", START, "Le 15 novembre 2026 si les travaux sont finis"),
        (
            "fr",
            START,
            "Plutôt le 15 novembre 2026, mais je dois encore en parler avec ma femme",
        ),
        ("fr", METER, "Le compteur affiche 34567890"),
        (
            "fr",
            STREET_BOX,
            "La rue est juste. Il n'y a pas de boîte, c'est une maison.",
        ),
        ("fr", TOWN, "Le code postal est 4100 (j'ai habité Liège avant)"),
        ("fr", TOWN, "4100 Seraing est l'adresse de facturation"),
        ("fr", HOME, "16, rue Borgnet, mais seulement jusqu'en janvier"),
    ]);
}

#[test]
fn of_dutch_speakers() {
    applied(&[
        (
            "nl",
            EAN,
            "Goeiedag,\n\nik heb de factuur teruggevonden bij mijn papieren van vorig jaar. De EAN-code is 541448820012345678.\n\nVriendelijke groeten\nKathleen Vandenbosche",
            E,
        ),
        (
            "nl",
            EAN,
            "Dag, hier is hij: 541448820012345678. Ik had een cijfer vergeten, sorry!",
            E,
        ),
        (
            "nl",
            EAN,
            "Beste\n\nEr ontbrak inderdaad een cijfer, het juiste nummer is 541448820012345678\n\nBedankt voor uw geduld",
            E,
        ),
        (
            "nl",
            EAN,
            "Geachte mevrouw, geachte heer,\n\nNaar aanleiding van uw schrijven bezorg ik u hierbij de gevraagde code: 541448820012345678.\n\nHoogachtend,\nK. Vandenbosche",
            E,
        ),
        (
            "nl",
            EAN,
            "De code die jullie vroegen, 541448820012345678. Hij staat heel klein onderaan op pagina 2...",
            E,
        ),
        (
            "nl",
            EAN,
            "541448820012345678\nmijn zoon heeft hem gevonden in de app",
            E,
        ),
        (
            "nl",
            EAN,
            "Hallo, ik heb naar Fluvius gebeld en die gaven mij het nummer 541448820012345678. Fijne dag nog",
            E,
        ),
        (
            "nl",
            EAN,
            "Nogmaals hallo, ik heb daarstraks fout overgeschreven, het is wel degelijk 541448820012345678",
            E,
        ),
        (
            "nl",
            BOTH,
            "Elektriciteit: 541448820012345678\nGas: 541449020506070805\n\nZo, hopelijk is alles nu volledig.",
            EG,
        ),
        (
            "nl",
            BOTH,
            "Hallo, voor elektriciteit is het 541448820012345678 en voor gas 541449020506070805. De twee meters hangen in de kelder.",
            EG,
        ),
        (
            "nl",
            NAME,
            "Hallo, mijn naam schrijf je als Vandenbossche, met dubbele s. Iedereen is daar altijd mis mee.",
            "last_name=Vandenbossche",
        ),
        (
            "nl",
            NAME,
            "Het is Vandenbossche. Graag aanpassen aub.",
            "last_name=Vandenbossche",
        ),
        (
            "nl",
            NAME,
            "Mijn achternaam is Vandenbossche en niet Vandenbosche, kijk maar op mijn identiteitskaart.",
            "last_name=Vandenbossche",
        ),
        (
            "nl",
            NAME,
            "Ja, het is wel degelijk Vandenbosche, zoals mijn grootvader",
            "last_name=yes",
        ),
        (
            "nl",
            NAMES,
            "Alles klopt: Kathleen Vandenbosche.",
            "first_name=yes last_name=yes",
        ),
        (
            "nl",
            NAMES,
            "Voornaam: Catherine\nNaam: Vandenbossche",
            "first_name=Catherine last_name=Vandenbossche",
        ),
        (
            "nl",
            BIRTH_NAME,
            "Ik ben geboren op 12 maart 1985 te Hoei. Mijn naam klopt.",
            "last_name=yes date_of_birth=1985-03-12",
        ),
        (
            "nl",
            PHONE,
            "Mijn gsm is 0475 31 82 64, er ontbrak een cijfer. U kan mij bereiken na 17 uur.",
            "phone=+32475318264",
        ),
        (
            "nl",
            PHONE_BIRTH,
            "Geboren 12/03/1985, gsm 0475318264",
            "date_of_birth=1985-03-12 phone=+32475318264",
        ),
        (
            "nl",
            HOME,
            "Wij wonen in de Rue Borgnet 16. Het kantoor had de oude straatnaam genoteerd.",
            "street=Rue Borgnet house_number=16",
        ),
        (
            "nl",
            HOME,
            "Het adres is juist, niets te veranderen.",
            "street=yes house_number=yes",
        ),
        (
            "nl",
            TOWN,
            "Het is 4100 Seraing.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "nl",
            TOWN,
            "De postcode is 4100, ik heb uit gewoonte 4000 getypt (ik heb lang in Luik gewoond).",
            "postal_code=4100",
        ),
        (
            "nl",
            METER,
            "Het nummer van de meter is 34567890. Hij hangt in de garage.",
            "electricity_meter_number=34567890",
        ),
        (
            "nl",
            NAME_EAN,
            "1) Vandenbossche\n2) 541448820012345678",
            "last_name=Vandenbossche electricity_ean=541448820012345678",
        ),
    ]);
}

#[test]
fn of_dutch_speakers_for_a_person() {
    for_a_person(&[
        (
            "nl",
            EAN,
            "541448820012345678 maar ik ben niet zeker dat het de mijne is",
        ),
        (
            "nl",
            EAN,
            "541448820012345678. Ik heb trouwens nooit gevraagd om van leverancier te veranderen",
        ),
        (
            "nl",
            EAN,
            "De code is 541448820012345678. Mijn moeder is vorige week overleden, het contract moet op mijn naam.",
        ),
        (
            "nl",
            EAN,
            "Dit is de code van mijn buur als voorbeeld: 541448820012345678",
        ),
        (
            "nl",
            EAN,
            "541448820012345678, maar wacht nog even met de aanvraag",
        ),
        (
            "nl",
            EAN,
            "Ik vond 541448820012345678 op een factuur van de vorige huurder.",
        ),
        ("nl", BOTH, "541448820012345678 en 541449020506070805"),
        (
            "nl",
            BOTH,
            "Elektriciteit 541448820012345678. Gas hebben we niet.",
        ),
        ("nl", NAME, "Vandenbossche is mijn man, ik heet Lambert"),
        ("nl", NAME, "Mijn meisjesnaam is Lambert"),
        ("nl", PHONE, "0475 31 82 64 is het nummer van mijn dochter"),
        ("nl", START, "15 november 2026 als de werken klaar zijn"),
        (
            "nl",
            START,
            "Liever 15 november 2026, maar ik moet het nog bespreken met mijn vrouw",
        ),
        ("nl", METER, "De meter staat op 34567890"),
        (
            "nl",
            STREET_BOX,
            "De straat is juist. Er is geen bus, het is een huis.",
        ),
        ("nl", TOWN, "4100 Seraing is het facturatieadres"),
        ("nl", HOME, "Rue Borgnet 16, maar enkel tot januari"),
    ]);
}

#[test]
fn of_german_speakers() {
    applied(&[
        (
            "de",
            EAN,
            "Guten Tag,\n\nich habe die Rechnung vom letzten Jahr wiedergefunden. Der EAN-Code lautet 541448820012345678.\n\nMit freundlichen Grüßen\nKathleen Vandenbosche",
            E,
        ),
        (
            "de",
            EAN,
            "Hallo, hier ist er: 541448820012345678. Ich hatte eine Ziffer vergessen, Entschuldigung!",
            E,
        ),
        (
            "de",
            EAN,
            "Guten Abend,\nes fehlte tatsächlich eine Ziffer, die richtige Nummer ist 541448820012345678\nDanke für Ihre Geduld",
            E,
        ),
        (
            "de",
            EAN,
            "Sehr geehrte Damen und Herren,\n\nbezugnehmend auf Ihr Schreiben teile ich Ihnen den gewünschten Code mit: 541448820012345678.\n\nHochachtungsvoll\nK. Vandenbosche",
            E,
        ),
        (
            "de",
            EAN,
            "541448820012345678\nmein Sohn hat ihn in der App gefunden",
            E,
        ),
        (
            "de",
            BOTH,
            "Strom: 541448820012345678\nGas: 541449020506070805\n\nSo, hoffentlich ist jetzt alles vollständig.",
            EG,
        ),
        (
            "de",
            BOTH,
            "Für den Strom ist es 541448820012345678 und für das Gas 541449020506070805. Beide Zähler sind im Keller.",
            EG,
        ),
        (
            "de",
            NAME,
            "Mein Name schreibt sich Vandenbossche, mit zwei s. Das machen alle falsch.",
            "last_name=Vandenbossche",
        ),
        (
            "de",
            NAME,
            "Vandenbossche ist richtig. Bitte korrigieren.",
            "last_name=Vandenbossche",
        ),
        (
            "de",
            NAME,
            "Mein Nachname ist Vandenbossche und nicht Vandenbosche, so steht es auf meinem Personalausweis.",
            "last_name=Vandenbossche",
        ),
        (
            "de",
            NAME,
            "Ja, Vandenbosche stimmt, wie mein Großvater",
            "last_name=yes",
        ),
        (
            "de",
            NAMES,
            "Alles richtig: Kathleen Vandenbosche.",
            "first_name=yes last_name=yes",
        ),
        (
            "de",
            NAMES,
            "Vorname: Catherine\nNachname: Vandenbossche",
            "first_name=Catherine last_name=Vandenbossche",
        ),
        (
            "de",
            BIRTH_NAME,
            "Ich bin am 12. März 1985 in Eupen geboren. Mein Name stimmt.",
            "last_name=yes date_of_birth=1985-03-12",
        ),
        (
            "de",
            PHONE,
            "Meine Handynummer ist 0475 31 82 64, es fehlte eine Ziffer. Sie erreichen mich nach 17 Uhr.",
            "phone=+32475318264",
        ),
        (
            "de",
            PHONE_BIRTH,
            "Geboren am 12.03.1985, Handy 0475318264",
            "date_of_birth=1985-03-12 phone=+32475318264",
        ),
        (
            "de",
            HOME,
            "Wir wohnen in der Rue Borgnet 16. Die Agentur hatte den alten Straßennamen notiert.",
            "street=Rue Borgnet house_number=16",
        ),
        (
            "de",
            HOME,
            "Die Adresse ist richtig, nichts zu ändern.",
            "street=yes house_number=yes",
        ),
        (
            "de",
            TOWN,
            "Es ist 4100 Seraing.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "de",
            START,
            "Wir ziehen am 15. November 2026 ein, also ab diesem Tag.",
            "start_date=2026-11-15",
        ),
        (
            "de",
            METER,
            "Die Nummer des Zählers ist 34567890. Er hängt in der Garage.",
            "electricity_meter_number=34567890",
        ),
    ]);
}

#[test]
fn of_german_speakers_for_a_person() {
    for_a_person(&[
        (
            "de",
            EAN,
            "541448820012345678, aber ich bin nicht sicher, ob das meiner ist",
        ),
        (
            "de",
            EAN,
            "541448820012345678. Ich habe übrigens nie einen Wechsel beantragt",
        ),
        (
            "de",
            EAN,
            "Der Code ist 541448820012345678. Meine Mutter ist letzte Woche gestorben, der Vertrag muss auf meinen Namen.",
        ),
        (
            "de",
            EAN,
            "541448820012345678, aber warten Sie noch mit dem Antrag",
        ),
        (
            "de",
            EAN,
            "Ich fand 541448820012345678 auf einer Rechnung des Vormieters.",
        ),
        ("de", BOTH, "541448820012345678 und 541449020506070805"),
        ("de", BOTH, "Strom 541448820012345678. Gas haben wir nicht."),
        ("de", NAME, "Vandenbossche ist mein Mann, ich heiße Lambert"),
        ("de", NAME, "Mein Mädchenname ist Lambert"),
        ("de", PHONE, "0475 31 82 64 ist die Nummer meiner Tochter"),
        ("de", START, "15. November 2026, falls die Arbeiten fertig sind"),
        ("de", METER, "Der Zähler steht auf 34567890"),
        (
            "de",
            STREET_BOX,
            "Die Straße stimmt. Es gibt keine Postfachnummer, es ist ein Haus.",
        ),
        ("de", TOWN, "4100 Seraing ist die Rechnungsadresse"),
        ("de", HOME, "Rue Borgnet 16, aber nur bis Januar"),
    ]);
}

#[test]
fn of_english_speakers() {
    applied(&[
        (
            "en",
            EAN,
            "Hello,\n\nI found last year's bill among my papers. The EAN code is 541448820012345678.\n\nKind regards,\nKathleen Vandenbosche",
            E,
        ),
        (
            "en",
            EAN,
            "Hi, here it is: 541448820012345678. I had missed a digit, sorry!",
            E,
        ),
        ("en", EAN, "541448820012345678\nmy son found it in the app", E),
        (
            "en",
            EAN,
            "Hi, I rang Ores and they gave me the number 541448820012345678. Have a good day",
            E,
        ),
        (
            "en",
            EAN,
            "Hello again, I copied it wrongly earlier, it is 541448820012345678",
            E,
        ),
        (
            "en",
            BOTH,
            "Electricity: 541448820012345678\nGas: 541449020506070805\n\nThere, I hope that's everything now.",
            EG,
        ),
        (
            "en",
            BOTH,
            "For electricity it's 541448820012345678 and for gas 541449020506070805. Both meters are in the cellar.",
            EG,
        ),
        (
            "en",
            NAME,
            "My name is spelled Vandenbossche, with a double s. Everybody gets it wrong.",
            "last_name=Vandenbossche",
        ),
        (
            "en",
            NAME,
            "It's Vandenbossche. Please correct.",
            "last_name=Vandenbossche",
        ),
        (
            "en",
            NAMES,
            "All correct: Kathleen Vandenbosche.",
            "first_name=yes last_name=yes",
        ),
        (
            "en",
            NAMES,
            "First name: Catherine\nLast name: Vandenbossche",
            "first_name=Catherine last_name=Vandenbossche",
        ),
        (
            "en",
            BIRTH_NAME,
            "I was born on 12 March 1985 in Huy. My name is correct.",
            "last_name=yes date_of_birth=1985-03-12",
        ),
        (
            "en",
            PHONE,
            "My mobile is 0475 31 82 64, a digit was missing. You can reach me after 5 pm.",
            "phone=+32475318264",
        ),
        (
            "en",
            HOME,
            "We live at 16 Rue Borgnet. The agency had noted the old name of the street.",
            "street=Rue Borgnet house_number=16",
        ),
        (
            "en",
            HOME,
            "The address is right, nothing to change.",
            "street=yes house_number=yes",
        ),
        (
            "en",
            TOWN,
            "It's 4100 Seraing.",
            "postal_code=4100 municipality=yes",
        ),
        (
            "en",
            TOWN,
            "The postcode is 4100, I typed 4000 out of habit (I lived in Liège for a long time).",
            "postal_code=4100",
        ),
        (
            "en",
            METER,
            "The meter number is 34567890. It is in the garage.",
            "electricity_meter_number=34567890",
        ),
    ]);
}

#[test]
fn of_english_speakers_for_a_person() {
    for_a_person(&[
        ("en", EAN, "541448820012345678 but I'm not sure it's mine"),
        (
            "en",
            EAN,
            "541448820012345678. By the way I never asked to change supplier",
        ),
        (
            "en",
            EAN,
            "The code is 541448820012345678. My mother passed away last week, the contract should be in my name.",
        ),
        (
            "en",
            EAN,
            "541448820012345678, but hold on before you start anything",
        ),
        (
            "en",
            EAN,
            "I found 541448820012345678 on a bill of the previous tenant.",
        ),
        ("en", BOTH, "541448820012345678 and 541449020506070805"),
        ("en", BOTH, "Electricity 541448820012345678. We have no gas."),
        ("en", NAME, "Vandenbossche is my husband, my name is Lambert"),
        ("en", NAME, "My maiden name is Lambert"),
        ("en", PHONE, "0475 31 82 64 is my daughter's number"),
        ("en", START, "15 November 2026 if the works are finished"),
        ("en", METER, "The meter reads 34567890"),
        (
            "en",
            STREET_BOX,
            "The street is right. There is no box, it is a house.",
        ),
        ("en", TOWN, "4100 Seraing is the billing address"),
        ("en", HOME, "16 Rue Borgnet, but only until January"),
    ]);
}

#[test]
fn who_writes_for_the_customer_that_is_registered() {
    applied(&[
        (
            "nl",
            EAN,
            "Namens Kathleen Vandenbosche bezorg ik u de gevraagde code.\n541448820012345678",
            E,
        ),
        (
            "nl",
            EAN,
            "Namens mevrouw Vandenbosche bezorg ik u de gevraagde gegevens.\n541448820012345678",
            E,
        ),
    ]);
    for_a_person(&[
        (
            "nl",
            EAN,
            "Namens de erfgenamen bezorg ik u de gevraagde code.\n541448820012345678",
        ),
        (
            "nl",
            EAN,
            "Namens Sofie Peeters bezorg ik u de gevraagde code.\n541448820012345678",
        ),
        (
            "fr",
            EAN,
            "Je suis l'administrateur de biens de Kathleen Vandenbosche.\n541448820012345678",
        ),
        (
            "de",
            EAN,
            "Ich schreibe als gerichtlicher Betreuer von Kathleen Vandenbosche.\n541448820012345678",
        ),
    ]);
}
