//! German, as it is written in East Belgium.

use super::Texts;

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

pub const TEXTS: Texts = Texts {
    file: "vertrag",
    title: "Ihr Energievertrag",
    reference_line: "Vertrag {reference}",
    page: |page, pages| format!("Seite {page} / {pages}"),
    colon: ":",
    electricity: "Strom",
    gas: "Erdgas",
    and: " und ",
    box_word: "Bfk.",
    date: |date| super::day_month_year(date, &MONTHS, &format!("{}.", date.day())),
    number: super::with_comma,
    typeset: super::as_it_is,

    product: "Produkt",
    start: "Lieferbeginn",
    term: "Laufzeit",
    withdraw_until: "Sie können widerrufen bis einschließlich",
    months: "{months} Monate",
    without_end: "unbefristet",

    parties_heading: "Sie und wir",
    customer: "Kunde",
    supply_address: "Lieferadresse",
    contact: "Ihre Kontaktdaten",
    supplier: "Lieferant",
    contact_us: "So erreichen Sie uns",
    concluded: "Vertrag abgeschlossen am",
    concluded_online: "online",
    concluded_by_phone: "telefonisch, danach von Ihnen schriftlich bestätigt",
    reference: "Referenz des Vertrags",

    ean: "EAN-Code",
    meter_number: "Zählernummer",
    distributor: "Netzbetreiber (VNB)",
    distributor_unknown: "der Netzbetreiber Ihrer Gemeinde",
    fixed_price: "Energiepreis (fest)",
    variable_price: "Energiepreis (variabel)",
    cents_per_kwh: "{price} c€/kWh",
    fixed_fee: "Feste Gebühr",
    euros_per_year: "{price} € pro Jahr",
    advance: "Abschlag",
    euros_per_month: "{price} € pro Monat",

    prices_heading: "Preis",
    prices: "Die oben genannten Preise enthalten {vat} % MwSt. Hinzu kommen Netzkosten, Steuern und Abgaben: Sie \
             werden vom Netzbetreiber und von den Behörden festgelegt, und wir berechnen sie unverändert weiter.",
    prices_fixed: "Der Energiepreis ist fest: Er ändert sich während der Laufzeit des Vertrags nicht.",
    prices_variable: "Der Energiepreis ist variabel: Er folgt der oben genannten Formel, deren Index \
                      veröffentlicht wird.",
    tariff_card: "Alle Preise finden Sie in der Tarifkarte: {card}.",

    payment_heading: "Zahlung und Abschläge",
    payment: "Sie zahlen jeden Monat einen Abschlag. Einmal im Jahr, nach der Zählerablesung, erstellen wir die \
              Jahresabrechnung: Was Sie zu viel gezahlt haben, erhalten Sie zurück; einen möglichen Restbetrag \
              stellen wir in Rechnung. Ändert sich Ihr Verbrauch? Bitten Sie uns, den Abschlag anzupassen.",
    account: "Das Bankkonto, das Sie uns mitgeteilt haben, endet auf {tail}.",

    duration_heading: "Laufzeit, Verlängerung und Ende",
    duration_months: "Der Vertrag läuft {months} Monate ab Lieferbeginn.",
    duration_without_end: "Der Vertrag ist unbefristet.",
    renewed_without_end: "Danach läuft er unbefristet weiter; die dann geltenden Preise teilen wir Ihnen \
                          rechtzeitig mit.",
    renewed: "Danach verlängert er sich um dieselbe Dauer; die dann geltenden Preise teilen wir Ihnen \
              rechtzeitig mit.",
    not_renewed: "Er endet dann; wir melden uns rechtzeitig bei Ihnen.",
    ending: "Sie können den Vertrag jederzeit kostenlos kündigen, mit einer Frist von {weeks} Wochen. Wechseln \
             Sie den Anbieter, so erledigt der neue Anbieter das für Sie.",

    quality_heading: "Qualität der Leistung und Entschädigungen",
    quality: "Wir liefern die Energie an die oben genannte Adresse, erstellen Ihre Rechnungen und beantworten \
              Ihre Fragen. Der Netzbetreiber ist für den Anschluss, den Zähler und Störungen zuständig.",
    compensation: "Kommen wir unseren Pflichten nicht nach, zum Beispiel bei einem verspäteten Anbieterwechsel \
                   oder einer verspäteten Rechnung, so haben Sie Anspruch auf die Entschädigungen, die Ihre \
                   Region vorsieht.",

    withdrawal_heading: "Ihr Widerrufsrecht",
    withdrawal: "Sie haben 14 Kalendertage Zeit, diesen Vertrag ohne Angabe von Gründen und kostenlos zu \
                 widerrufen: bis einschließlich {until}.",
    withdrawal_how: "Es genügt, uns dies vor Ablauf dieser Frist eindeutig mitzuteilen: per E-Mail an {email}, \
                     per Brief an {seat} oder mit dem Formular am Ende dieses Dokuments, das nicht \
                     vorgeschrieben ist. Fällt der letzte Tag auf einen Samstag, Sonntag oder Feiertag, so läuft \
                     die Frist bis zum nächsten Werktag.",
    withdrawal_after: "Hat die Lieferung auf Ihren ausdrücklichen Wunsch während dieser Frist begonnen, zahlen \
                       Sie nur die bis zu Ihrem Widerruf gelieferte Energie.",
    former_contract: "Nach Ihrem Widerruf läuft Ihr bisheriger Vertrag kostenlos weiter.",

    complaints_heading: "Eine Beschwerde?",
    complaints: "Sagen Sie es zuerst uns. Sind Sie mit unserer Antwort nicht zufrieden, so behandelt der \
                 Ombudsdienst Ihre Beschwerde kostenlos und unabhängig.",
    first_us: "Zuerst bei uns",
    then_ombudsman: "Danach der Ombudsdienst",

    form_heading: "Muster-Widerrufsformular",
    form_note: "Nur ausfüllen und zurücksenden, wenn Sie den Vertrag widerrufen möchten. Ein eigener Brief oder \
                eine E-Mail genügt auch.",
    form_to: "An",
    form_statement: "Hiermit widerrufe(n) ich/wir (*) den von mir/uns (*) abgeschlossenen Vertrag über die \
                     Erbringung der folgenden Dienstleistung:",
    form_electricity: "Lieferung von Strom",
    form_gas: "Lieferung von Erdgas",
    form_name: "Name des/der Kunden",
    form_address: "Anschrift des/der Kunden",
    form_date: "Datum",
    form_signature: "Unterschrift des/der Kunden, nur auf Papier",
    form_end: "(*) Unzutreffendes streichen.",
};
