//! French.

use super::Texts;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

pub const TEXTS: Texts = Texts {
    file: "contrat",
    title: "Votre contrat d’énergie",
    reference_line: "Contrat {reference}",
    page: |page, pages| format!("Page {page} / {pages}"),
    colon: "\u{a0}:",
    electricity: "électricité",
    gas: "gaz naturel",
    and: " et ",
    box_word: "bte",
    date: |date| {
        let day = match date.day() {
            1 => "1er".to_owned(),
            day => day.to_string(),
        };
        super::day_month_year(date, &MONTHS, &day)
    },
    number: super::with_comma,
    typeset: |text| {
        let mut text = text.to_owned();
        for sign in [":", "?", "!", ";", "»", "%", "€"] {
            text = text.replace(&format!(" {sign}"), &format!("\u{a0}{sign}"));
        }
        text.replace("« ", "«\u{a0}")
    },

    product: "Produit",
    start: "Début de la fourniture",
    term: "Durée",
    withdraw_until: "Vous pouvez vous rétracter jusqu’au",
    months: "{months} mois",
    without_end: "durée indéterminée",

    parties_heading: "Vous et nous",
    customer: "Client",
    supply_address: "Adresse de fourniture",
    contact: "Vos coordonnées",
    supplier: "Fournisseur",
    contact_us: "Nous joindre",
    concluded: "Contrat conclu le",
    concluded_online: "en ligne",
    concluded_by_phone: "par téléphone, puis confirmé par vous par écrit",
    reference: "Référence du contrat",

    ean: "Code EAN",
    meter_number: "Numéro de compteur",
    distributor: "Gestionnaire de réseau (GRD)",
    distributor_unknown: "le gestionnaire de réseau de votre commune",
    fixed_price: "Prix de l’énergie (fixe)",
    variable_price: "Prix de l’énergie (variable)",
    cents_per_kwh: "{price} c€/kWh",
    fixed_fee: "Redevance fixe",
    euros_per_year: "{price} € par an",
    advance: "Acompte",
    euros_per_month: "{price} € par mois",

    prices_heading: "Prix",
    prices: "Les prix ci-dessus comprennent {vat} % de TVA. S’y ajoutent les coûts de réseau, les taxes et les \
             cotisations : ils sont fixés par le gestionnaire de réseau et les autorités, et nous vous les \
             facturons tels quels.",
    prices_fixed: "Le prix de l’énergie est fixe : il ne change pas pendant la durée du contrat.",
    prices_variable: "Le prix de l’énergie est variable : il suit la formule ci-dessus, dont l’indice est publié.",
    tariff_card: "Tous les prix se trouvent dans la carte tarifaire : {card}.",

    payment_heading: "Paiement et acomptes",
    payment: "Vous payez un acompte chaque mois. Une fois par an, après le relevé de votre compteur, nous \
              établissons la facture de régularisation : ce que vous avez payé en trop vous est remboursé, le \
              solde éventuel vous est facturé. Votre consommation change ? Demandez-nous d’adapter l’acompte.",
    account: "Le compte bancaire que vous nous avez communiqué se termine par {tail}.",

    duration_heading: "Durée, reconduction et fin",
    duration_months: "Le contrat dure {months} mois à partir du début de la fourniture.",
    duration_without_end: "Le contrat est conclu pour une durée indéterminée.",
    renewed_without_end: "Ensuite, il se poursuit pour une durée indéterminée ; nous vous annonçons à temps les \
                          prix qui s’appliqueront.",
    renewed: "Ensuite, il est reconduit pour la même durée ; nous vous annonçons à temps les prix qui \
              s’appliqueront.",
    not_renewed: "Il prend fin à ce moment ; nous vous contactons à temps.",
    ending: "Vous pouvez mettre fin au contrat à tout moment et sans frais, avec un préavis de {weeks} semaines. \
             Si vous changez de fournisseur, le nouveau fournisseur s’en charge pour vous.",

    quality_heading: "Qualité du service et indemnités",
    quality: "Nous fournissons l’énergie à l’adresse ci-dessus, établissons vos factures et répondons à vos \
              questions. Le gestionnaire de réseau est responsable du raccordement, du compteur et des pannes.",
    compensation: "Si nous ne respectons pas nos obligations, par exemple en cas de retard d’un changement de \
                   fournisseur ou d’une facture, vous avez droit aux indemnités prévues par la réglementation \
                   de votre région.",

    withdrawal_heading: "Votre droit de rétractation",
    withdrawal: "Vous avez 14 jours calendrier pour vous rétracter de ce contrat, sans donner de motif et sans \
                 frais : jusqu’au {until} inclus.",
    withdrawal_how: "Il suffit de nous le dire clairement avant la fin de ce délai : par e-mail à {email}, par \
                     lettre à {seat}, ou avec le formulaire à la fin de ce document, qui n’est pas obligatoire. \
                     Si le dernier jour est un samedi, un dimanche ou un jour férié, le délai court jusqu’au \
                     jour ouvrable suivant.",
    withdrawal_after: "Si la fourniture a commencé pendant ce délai à votre demande expresse, vous payez \
                       uniquement l’énergie fournie jusqu’à votre rétractation.",
    former_contract: "Après votre rétractation, votre ancien contrat se poursuit sans frais.",

    complaints_heading: "Une plainte ?",
    complaints: "Dites-le-nous d’abord. Si notre réponse ne vous satisfait pas, le service de médiation traite \
                 votre plainte gratuitement et en toute indépendance.",
    first_us: "D’abord chez nous",
    then_ombudsman: "Ensuite, le médiateur",

    form_heading: "Modèle de formulaire de rétractation",
    form_note: "À compléter et à renvoyer uniquement si vous souhaitez vous rétracter du contrat. Une lettre ou \
                un e-mail de votre main convient aussi.",
    form_to: "À l’attention de",
    form_statement: "Je/Nous (*) vous notifie/notifions (*) par la présente ma/notre (*) rétractation du contrat \
                     portant sur la prestation de services ci-dessous :",
    form_electricity: "fourniture d’électricité",
    form_gas: "fourniture de gaz naturel",
    form_name: "Nom du (des) client(s)",
    form_address: "Adresse du (des) client(s)",
    form_date: "Date",
    form_signature: "Signature du (des) client(s), uniquement sur papier",
    form_end: "(*) Biffez la mention inutile.",
};
