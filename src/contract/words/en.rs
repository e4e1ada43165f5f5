//! English.

use super::Texts;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub const TEXTS: Texts = Texts {
    file: "contract",
    title: "Your energy contract",
    reference_line: "Contract {reference}",
    page: |page, pages| format!("Page {page} / {pages}"),
    colon: ":",
    electricity: "electricity",
    gas: "natural gas",
    and: " and ",
    box_word: "box",
    date: |date| super::day_month_year(date, &MONTHS, &date.day().to_string()),
    number: super::as_it_is,
    typeset: super::as_it_is,

    product: "Product",
    start: "Start of supply",
    term: "Term",
    withdraw_until: "You can withdraw until",
    months: "{months} months",
    without_end: "open-ended",

    parties_heading: "You and us",
    customer: "Customer",
    supply_address: "Supply address",
    contact: "Your contact details",
    supplier: "Supplier",
    contact_us: "How to reach us",
    concluded: "Contract concluded on",
    concluded_online: "online",
    concluded_by_phone: "by phone, then confirmed by you in writing",
    reference: "Contract reference",

    ean: "EAN code",
    meter_number: "Meter number",
    distributor: "Distributor (DSO)",
    distributor_unknown: "the distributor of your municipality",
    fixed_price: "Energy price (fixed)",
    variable_price: "Energy price (variable)",
    cents_per_kwh: "{price} c€/kWh",
    fixed_fee: "Fixed fee",
    euros_per_year: "€{price} a year",
    advance: "Advance",
    euros_per_month: "€{price} a month",

    prices_heading: "Price",
    prices: "The prices above include {vat}% VAT. Network costs, taxes and levies come on top: they are set by the \
             distributor and the authorities, and we pass them on unchanged.",
    prices_fixed: "The energy price is fixed: it does not change during the term of the contract.",
    prices_variable: "The energy price is variable: it follows the formula above, whose index is published.",
    tariff_card: "All prices are on the tariff card: {card}.",

    payment_heading: "Payment and advances",
    payment: "You pay an advance every month. Once a year, after your meter has been read, we draw up the annual \
              bill: what you paid too much is refunded, and any balance is charged. Is your use changing? Ask us \
              to adjust the advance.",
    account: "The bank account you gave us ends in {tail}.",

    duration_heading: "Term, renewal and end",
    duration_months: "The contract lasts {months} months from the start of supply.",
    duration_without_end: "The contract is open-ended.",
    renewed_without_end: "After that it continues open-ended; we tell you in good time which prices will apply.",
    renewed: "After that it is renewed for the same term; we tell you in good time which prices will apply.",
    not_renewed: "It ends then; we contact you in good time.",
    ending: "You can end the contract at any time and free of charge, with {weeks} weeks’ notice. If you change \
             supplier, the new supplier arranges this for you.",

    quality_heading: "Quality of service and compensation",
    quality: "We supply the energy to the address above, draw up your bills and answer your questions. The \
              distributor is responsible for the connection, the meter and power cuts.",
    compensation: "If we fail in our obligations, for example when a switch or a bill comes late, you are \
                   entitled to the compensation laid down by the rules of your region.",

    withdrawal_heading: "Your right of withdrawal",
    withdrawal: "You have 14 calendar days to withdraw from this contract, without giving a reason and free of \
                 charge: up to and including {until}.",
    withdrawal_how: "Simply tell us clearly before that period ends: by e-mail to {email}, by letter to {seat}, \
                     or with the form at the end of this document, which is not compulsory. If the last day is a \
                     Saturday, Sunday or public holiday, the period runs until the next working day.",
    withdrawal_after: "If supply began during that period at your express request, you pay only for the energy \
                       supplied until you withdrew.",
    former_contract: "After you withdraw, your former contract continues at no cost.",

    complaints_heading: "A complaint?",
    complaints: "Tell us first. If our answer does not satisfy you, the ombudsman service deals with your \
                 complaint free of charge and independently.",
    first_us: "First with us",
    then_ombudsman: "Then the ombudsman",

    form_heading: "Model withdrawal form",
    form_note: "Complete and return this form only if you wish to withdraw from the contract. A letter or e-mail \
                of your own will do as well.",
    form_to: "To",
    form_statement: "I/We (*) hereby give notice that I/we (*) withdraw from my/our (*) contract for the provision \
                     of the following service:",
    form_electricity: "supply of electricity",
    form_gas: "supply of natural gas",
    form_name: "Name of customer(s)",
    form_address: "Address of customer(s)",
    form_date: "Date",
    form_signature: "Signature of customer(s), on paper only",
    form_end: "(*) Delete as appropriate.",
};
