//! Names to invent people and addresses from, by language; and the postal codes they live under.

use crate::registration::Language;

/// What people of one language are invented from.
pub struct Names {
    pub first: &'static [&'static str],
    /// First names as somebody misspelled them, and as they should be.
    pub misspelled: &'static [(&'static str, &'static str)],
    pub last: &'static [&'static str],
    pub postal_codes: &'static [&'static str],
    pub suppliers: &'static [&'static str],
    /// What a company's name ends with.
    pub legal_form: &'static str,
    /// What a company's name begins with.
    pub trades: &'static [&'static str],
}

/// The names of a language.
pub fn of(language: Language) -> &'static Names {
    match language {
        Language::Fr => &FRENCH,
        Language::Nl => &DUTCH,
        Language::De => &GERMAN,
        Language::En => &ENGLISH,
    }
}

/// Streets by the language of the place.
pub fn streets(language: Language) -> &'static [&'static str] {
    match language {
        Language::Nl => &[
            "Stationsstraat",
            "Kerkstraat",
            "Molenstraat",
            "Schoolstraat",
            "Lindelaan",
            "Veldstraat",
            "Nieuwstraat",
            "Bosstraat",
            "Leuvensesteenweg",
            "Beukenlaan",
            "Brugstraat",
            "Zandstraat",
        ],
        Language::De => &[
            "Bahnhofstraße",
            "Bergstraße",
            "Neustraße",
            "Klosterstraße",
            "Schulstraße",
            "Gartenweg",
            "Lindenallee",
        ],
        Language::Fr | Language::En => &[
            "Rue de la Station",
            "Rue des Écoles",
            "Avenue des Tilleuls",
            "Rue du Moulin",
            "Rue Haute",
            "Place du 8 Mai 1945",
            "Chaussée de Bruxelles",
            "Rue de l'Église",
            "Clos des Érables",
            "Rue du Pont",
            "Avenue du Roi Albert",
            "Rue Neuve",
        ],
    }
}

const FRENCH: Names = Names {
    first: &[
        "Nathalie",
        "Benoît",
        "Camille",
        "Olivier",
        "Fatima",
        "Julien",
        "Stéphanie",
        "Thierry",
        "Aurélie",
        "Mehdi",
        "Chloé",
        "Philippe",
        "Élodie",
        "Vincent",
        "Amandine",
        "Jean-Marc",
        "Isabelle",
        "Quentin",
        "Véronique",
        "Loïc",
    ],
    misspelled: &[("Jaen", "Jean"), ("Nahtalie", "Nathalie"), ("Oliveir", "Olivier")],
    last: &[
        "Lambert",
        "Dubois",
        "Lejeune",
        "Renard",
        "El Amrani",
        "Delvaux",
        "Henrotte",
        "Collard",
        "D'Hoine",
        "Marchal",
        "Gérard",
        "Piette",
        "Dupuis",
        "Warnier",
        "Benali",
        "Noël",
        "Servais",
        "Leclercq",
        "Van Damme",
        "Fontaine",
    ],
    postal_codes: &[
        "4000", "4020", "4030", "4100", "4500", "4800", "5000", "5100", "6000", "6060", "7000", "7100",
        "7500", "1300", "1400", "1030", "1050", "1180",
    ],
    suppliers: &["Brabelec", "Luxivolt", "Mosavolt"],
    legal_form: "SRL",
    trades: &["Boulangerie", "Garage", "Menuiserie"],
};

const DUTCH: Names = Names {
    first: &[
        "Sofie",
        "Jeroen",
        "Lieve",
        "Dirk",
        "Annelies",
        "Pieter-Jan",
        "Mehmet",
        "Katrien",
        "Wouter",
        "Griet",
        "Tom",
        "Veerle",
        "Bart",
        "Leen",
        "Stijn",
        "Eline",
        "Youssef",
        "Hilde",
        "Koen",
        "Femke",
    ],
    misspelled: &[("Peiter", "Pieter"), ("Wotuer", "Wouter"), ("Katrein", "Katrien")],
    last: &[
        "Claes",
        "De Smedt",
        "Vermeulen",
        "Van Acker",
        "D'hondt",
        "Goossens",
        "Yilmaz",
        "Van den Berghe",
        "Peeters",
        "Maes",
        "Wouters",
        "De Backer",
        "Janssens",
        "Van de Velde",
        "Aerts",
        "Lemmens",
        "Bogaerts",
        "El Idrissi",
        "Hermans",
        "Segers",
    ],
    postal_codes: &[
        "9000", "9040", "9100", "9300", "2000", "2018", "2140", "2300", "2800", "3000", "3500", "3600",
        "8000", "8400", "8500", "1500", "1800",
    ],
    suppliers: &["Noorderstroom", "Kempenstroom", "Scheldewatt"],
    legal_form: "BV",
    trades: &["Bakkerij", "Schrijnwerkerij", "Fietsen"],
};

const GERMAN: Names = Names {
    first: &[
        "Manfred",
        "Ursula",
        "Christian",
        "Petra",
        "Stefan",
        "Monika",
        "Jürgen",
        "Anja",
    ],
    misspelled: &[("Setfan", "Stefan"), ("Mnafred", "Manfred")],
    last: &[
        "Müller", "Schmitz", "Hermann", "Heinen", "Kessler", "Jousten", "Pauels", "Löfgen",
    ],
    postal_codes: &["4700", "4710", "4720", "4730", "4760", "4780"],
    suppliers: &["Ostwatt", "Venn-Energie"],
    legal_form: "GmbH",
    trades: &["Bäckerei", "Schreinerei"],
};

const ENGLISH: Names = Names {
    first: &[
        "Rachel", "Graham", "Priya", "Liam", "Hannah", "Oliver", "Emily", "Samuel",
    ],
    misspelled: &[("Wililam", "William"), ("Racehl", "Rachel")],
    last: &[
        "O'Connor",
        "Whitfield",
        "Raman",
        "Fletcher",
        "Okafor",
        "Lindqvist",
        "Harper",
        "Novak",
    ],
    postal_codes: &["1000", "1040", "1050", "1150", "1200", "3000", "3080"],
    suppliers: &["Brabelec", "Noorderstroom"],
    legal_form: "BV",
    trades: &["Northgate", "Bluebell"],
};
