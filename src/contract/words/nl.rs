//! Dutch.

use super::Texts;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

pub const TEXTS: Texts = Texts {
    file: "contract",
    title: "Uw energiecontract",
    reference_line: "Contract {reference}",
    page: |page, pages| format!("Pagina {page} / {pages}"),
    colon: ":",
    electricity: "elektriciteit",
    gas: "aardgas",
    and: " en ",
    box_word: "bus",
    date: |date| super::day_month_year(date, &MONTHS, &date.day().to_string()),
    number: super::with_comma,
    typeset: super::as_it_is,

    product: "Product",
    start: "Begin van de levering",
    term: "Looptijd",
    withdraw_until: "U kunt herroepen tot en met",
    months: "{months} maanden",
    without_end: "onbepaalde duur",

    parties_heading: "U en wij",
    customer: "Klant",
    supply_address: "Leveringsadres",
    contact: "Uw gegevens",
    supplier: "Leverancier",
    contact_us: "Ons bereiken",
    concluded: "Contract gesloten op",
    concluded_online: "online",
    concluded_by_phone: "telefonisch, daarna door u schriftelijk bevestigd",
    reference: "Referentie van het contract",

    ean: "EAN-code",
    meter_number: "Meternummer",
    distributor: "Netbeheerder (DNB)",
    distributor_unknown: "de netbeheerder van uw gemeente",
    fixed_price: "Energieprijs (vast)",
    variable_price: "Energieprijs (variabel)",
    cents_per_kwh: "{price} c€/kWh",
    fixed_fee: "Vaste vergoeding",
    euros_per_year: "€ {price} per jaar",
    advance: "Voorschot",
    euros_per_month: "€ {price} per maand",

    prices_heading: "Prijs",
    prices: "De prijzen hierboven zijn inclusief {vat} % btw. Daarbij komen de nettarieven, belastingen en \
             heffingen: die worden bepaald door de netbeheerder en de overheid, en wij rekenen ze ongewijzigd \
             door.",
    prices_fixed: "De energieprijs is vast: hij verandert niet tijdens de looptijd van het contract.",
    prices_variable: "De energieprijs is variabel: hij volgt de formule hierboven, waarvan de index gepubliceerd \
                      wordt.",
    tariff_card: "Alle prijzen staan op de tariefkaart: {card}.",

    payment_heading: "Betaling en voorschotten",
    payment: "U betaalt elke maand een voorschot. Eén keer per jaar, na de meteropname, maken wij de afrekening: \
              wat u te veel betaalde, krijgt u terug; een eventueel saldo rekenen wij aan. Verandert uw verbruik? \
              Vraag ons dan het voorschot aan te passen.",
    account: "Het rekeningnummer dat u ons meedeelde, eindigt op {tail}.",

    duration_heading: "Looptijd, verlenging en einde",
    duration_months: "Het contract loopt {months} maanden vanaf het begin van de levering.",
    duration_without_end: "Het contract is van onbepaalde duur.",
    renewed_without_end: "Daarna loopt het door voor onbepaalde duur; wij delen u de dan geldende prijzen tijdig \
                          mee.",
    renewed: "Daarna wordt het voor dezelfde duur verlengd; wij delen u de dan geldende prijzen tijdig mee.",
    not_renewed: "Het eindigt dan; wij nemen tijdig contact met u op.",
    ending: "U kunt het contract op elk moment kosteloos opzeggen, met een opzegtermijn van {weeks} weken. \
             Verandert u van leverancier, dan regelt de nieuwe leverancier dat voor u.",

    quality_heading: "Kwaliteit van de dienst en vergoedingen",
    quality: "Wij leveren de energie op het adres hierboven, maken uw facturen en beantwoorden uw vragen. De \
              netbeheerder is verantwoordelijk voor de aansluiting, de meter en storingen.",
    compensation: "Komen wij onze verplichtingen niet na, bijvoorbeeld bij een laattijdige leverancierswissel of \
                   factuur, dan hebt u recht op de vergoedingen die de regelgeving van uw gewest bepaalt.",

    withdrawal_heading: "Uw herroepingsrecht",
    withdrawal: "U hebt 14 kalenderdagen om dit contract te herroepen, zonder opgave van reden en zonder kosten: \
                 tot en met {until}.",
    withdrawal_how: "Het volstaat ons dat duidelijk te laten weten vóór het einde van die termijn: per e-mail aan \
                     {email}, per brief aan {seat}, of met het formulier achteraan in dit document, dat niet \
                     verplicht is. Valt de laatste dag op een zaterdag, zondag of feestdag, dan loopt de termijn \
                     tot de volgende werkdag.",
    withdrawal_after: "Als de levering op uw uitdrukkelijk verzoek tijdens die termijn begon, betaalt u alleen de \
                       energie die tot uw herroeping geleverd werd.",
    former_contract: "Na uw herroeping loopt uw vorige contract kosteloos door.",

    complaints_heading: "Een klacht?",
    complaints: "Laat het eerst ons weten. Bent u niet tevreden met ons antwoord, dan behandelt de ombudsdienst \
                 uw klacht gratis en onafhankelijk.",
    first_us: "Eerst bij ons",
    then_ombudsman: "Daarna de ombudsdienst",

    form_heading: "Modelformulier voor herroeping",
    form_note: "Dit formulier alleen invullen en terugsturen als u het contract wilt herroepen. Een eigen brief \
                of e-mail is ook goed.",
    form_to: "Aan",
    form_statement: "Ik/Wij (*) deel/delen (*) u hierbij mee dat ik/wij (*) onze overeenkomst betreffende de \
                     levering van de volgende dienst herroep/herroepen (*):",
    form_electricity: "levering van elektriciteit",
    form_gas: "levering van aardgas",
    form_name: "Naam/Namen klant(en)",
    form_address: "Adres klant(en)",
    form_date: "Datum",
    form_signature: "Handtekening van klant(en), alleen op papier",
    form_end: "(*) Doorhalen wat niet van toepassing is.",
};
