//! First names that many people in Belgium have, and whether a name is most likely one of them with a slip of the
//! keyboard. Written by hand; variants that are names of their own stand beside each other on purpose.

use strsim::osa_distance;

use crate::registration::value::fold_key;

/// Shorter names are all too close to each other, in letters.
const SWAP_LETTERS_MIN: usize = 4;
/// From this length on a letter too many or too few is a slip as well.
const LENGTH_SLIP_LETTERS_MIN: usize = 7;

/// Folded, sorted by nothing: a name that is here is spelled right.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "adam", "adele", "adrien", "agnes", "alain", "alana", "albert", "alex", "alexander", "alexandra", "alexandre", "alexia", "alice",
    "alicia", "aline", "alison", "amandine", "amelie", "amina", "amir", "an", "ana", "anais", "andre", "andrea", "andree", "andreas", "andries",
    "angelique", "anita", "anja", "anke", "ann", "anna", "anne", "anneke", "anneleen", "annelies", "annelore", "annick", "annie", "anouk", "antoine", "anton",
    "antonio", "arnaud", "arne", "arno", "arthur", "astrid", "aurelie", "aurore", "axel", "aylin", "ayoub", "barbara", "bart", "bastien",
    "beatrice", "beatrijs", "ben", "benjamin", "benoit", "bernadette", "bernard", "bernd", "bert", "bertrand", "bianca", "birgit", "boris", "bram", "brecht",
    "brigitte", "britt", "bruno", "camille", "carine", "carla", "carlo", "carmen", "carole", "caroline", "cathy", "catherine", "cecile", "cecilia", "cedric",
    "celine", "chantal", "charlotte", "charles", "chiara", "chloe", "chris", "christa", "christel", "christelle", "christian", "christiaan",
    "christiane", "christina", "christine", "christoph", "christophe", "claire", "clara", "claude", "claudia", "claudine", "clemence", "clement", "colette", "corinne", "corentin",
    "dana", "daniel", "daniela", "danielle", "danny", "david", "debby", "deborah", "delphine", "denis", "denise", "diana", "diane", "didier", "dieter", "dimitri", "dirk", "dominik",
    "dominique", "donald", "dorien", "dorothee", "dries", "eddy", "edith", "eduard", "edouard", "elena", "eline", "elise", "elisa", "elisabeth", "elke", "ella", "ellen", "elodie",
    "els", "emilie", "emily", "emma", "emmanuel", "emmanuelle", "eric", "erik", "erika", "erwin", "esther", "estelle", "etienne", "eva", "eveline", "evelyne", "evi", "fabian",
    "fabien", "fabienne", "fabrice", "farid", "fatiha", "fatima", "fernand", "filip", "fien", "florence", "florian", "floriane", "florent", "france", "francis", "franciska", "francine",
    "franco", "francois", "francoise", "frank", "franz", "frans", "freddy", "frederic", "frederik", "frederique", "friedrich", "gabriel", "gabriela", "gabrielle", "gaelle", "gaetan", "geert", "genevieve",
    "georges", "gerard", "gerda", "gert", "ghislain", "gilbert", "gilles", "gina", "giovanni", "giulia", "glenn", "godelieve", "gregory", "greet", "griet", "guido", "guillaume", "gunther",
    "guy", "hanna", "hannah", "hannelore", "hans", "hassan", "heidi", "heike", "helena", "helene", "helga", "hendrik", "henri", "herman", "hermann", "hilde", "hugo", "ibrahim", "ilse", "inge", "ingrid",
    "ines", "inne", "irene", "iris", "isabel", "isabella", "isabelle", "ivan", "jacqueline", "jacques", "jan", "jana", "janne", "jasmine", "jasmien", "jasper", "jean", "jeanne", "jeannine", "jef", "jelle", "jenny", "jens", "jerome", "jeroen",
    "jessica", "jo", "joachim", "johan", "johann", "johanna", "johannes", "johnny", "jonas", "jonathan", "joris", "jos", "jose", "josee", "josef", "josephine", "joseph", "josiane", "joyce", "jozef", "juan", "judith", "jule", "jules", "julia",
    "juliana", "julie", "julien", "juliette", "jurgen", "justin", "justine", "kaat", "karel", "karen", "karim", "karin", "karine", "karl", "karolien", "katarina", "katharina", "kathleen", "katia", "katja", "katleen", "katrien", "katrin", "kenneth", "kevin", "khalid",
    "kim", "klaas", "klara", "klaus", "koen", "koenraad", "kris", "kristel", "kristien", "kristina", "kristine", "kristof", "kurt", "laetitia", "lana", "lander", "lara", "lars", "laura", "laure", "laurence", "laurent", "lea", "leen", "leila", "lena", "leo", "leon", "lia", "liam", "lien", "lies",
    "liesbet", "liesbeth", "lieve", "lieven", "lina", "linda", "lisa", "lise", "lode", "loic", "lore", "lorenzo", "lotte", "louis", "louise", "luc", "luca", "lucas", "lucie", "lucien", "lucienne", "ludo", "ludovic", "luigi", "luk", "lukas", "lut", "lutgard", "lydia", "lydie", "maarten",
    "madeleine", "magali", "manfred", "manon", "manuel", "manuela", "marc", "marcel", "marcella", "marco", "margaux", "margot", "marguerite", "maria", "mariana", "marianne", "mariam", "marie", "mariette", "marijke", "marina", "marine", "mario", "marion", "marjan", "mark", "markus", "marleen", "marlies", "marta", "martha", "marthe", "martin",
    "martina", "martine", "maryse", "mathias", "mathieu", "mathilde", "mats", "matteo", "matthew", "matthias", "matthieu", "maud", "maurice", "max", "maxim", "maxime", "maximilian", "mehdi", "mehmet", "melanie", "melissa", "mia", "michael", "michaela", "michel", "michele", "michelle", "michiel", "mieke", "miet", "mila", "milan", "mireille", "mohamed", "mohammed", "monika", "monique", "muriel", "mustafa", "myriam",
    "nadia", "nadine", "nancy", "natacha", "natalie", "natasha", "nathalie", "nathan", "nele", "nicolas", "nicole", "niels", "nils", "nina", "noa", "noah", "noel", "noelle", "nora", "norbert", "odette", "olaf", "olga", "oliver", "olivia", "olivier", "omar", "oscar", "pascal", "pascale", "patricia", "patrick", "patrik", "paul", "paula",
    "pauline", "peggy", "peter", "petra", "philip", "philippe", "philipp", "piet", "pieter", "pierre", "priya", "quentin", "rachel", "rachid", "ralf", "raoul", "raphael", "raymond", "rebecca", "regine", "regina", "reinhard", "reinhilde", "rene", "renee", "ria", "richard", "rik", "rita", "robbe", "robert", "roberto", "robin", "rogier", "roger", "roland", "romain", "romy", "ronny", "rosa", "rosalie", "rosita", "ruben", "rudi", "rudy", "rune", "ruth",
    "sabine", "sabrina", "said", "salma", "sam", "samir", "samuel", "samantha", "sander", "sandra", "sandrine", "sandy", "sara", "sarah", "saskia", "sebastian", "sebastien", "serge", "severine", "seppe", "sigrid", "silke", "silvia", "simon", "simone", "simonne", "siska", "sofia", "sofie", "solange", "sonia", "sonja", "sophia", "sophie", "stef", "stefaan", "stefan", "stefanie", "stephan", "stephane", "stephanie", "steve", "steven", "stijn", "susan", "susanna", "susanne", "suzanne", "sven", "svenja", "sylvia",
    "sylvain", "sylvie", "tamara", "tania", "tanja", "tatiana", "tess", "theo", "therese", "theresia", "thibault", "thibaut", "thierry", "thijs", "thomas", "tim", "tina", "tine", "tinne", "tobias", "tom", "tomas", "toon", "ulrike", "ursula", "ute", "valentin", "valentina", "valentine", "valerie", "vanessa", "veerle", "vera", "veronique", "victor", "victoria", "viktor", "vincent", "viviane", "virginie", "walter", "wanda", "ward", "werner", "wendy", "willem", "william", "willy", "wim", "wolfgang", "wout", "wouter", "xavier", "yannick", "yasmina", "yasmine", "yves", "yvette", "yvonne", "zoe",
    "antonino", "carolien", "christiana", "daan", "dorine", "elias", "elien", "evelien", "florine", "frederick", "heinrich", "heleen", "line", "ludwig", "marlene", "marylene", "mathis", "natascha", "paulien", "valere",
];

/// Whether a first name is no common one but one slip of the keyboard away from it: two letters swapped (`Jaen`), or,
/// in a long name, one too many or too few (`Stephnie`).
///
/// A wrong letter for a right one is not counted: `Lena` and `Lana` both are names.
pub(super) fn is_slip(name: &str) -> bool {
    let key = fold_key(name);
    key.split(' ').any(is_slipped_word)
}

fn is_slipped_word(word: &str) -> bool {
    let letters = word.chars().count();
    if letters < SWAP_LETTERS_MIN || COMMON.contains(&word) {
        return false;
    }
    COMMON.iter().any(|common| {
        let common_letters = common.chars().count();
        if osa_distance(word, common) != 1 {
            return false;
        }
        if letters == common_letters {
            return is_swap(word, common);
        }
        // At the end of a name a letter more or less makes another name: Daniel, Daniela, Danielle.
        let same_ends =
            word.chars().last() == common.chars().last() && word.chars().next() == common.chars().next();
        common_letters >= LENGTH_SLIP_LETTERS_MIN && same_ends && !one_letter_doubled(word, common)
    })
}

/// Whether two words of one length hold the same letters, in another order.
fn is_swap(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Whether the words differ by a doubled letter or an `h` only, as the spellings of one name in two languages do:
/// Matthias and Mathias, Catherine and Caterine.
fn one_letter_doubled(one: &str, other: &str) -> bool {
    let simple = |word: &str| {
        let mut letters: Vec<char> = word.chars().filter(|letter| *letter != 'h').collect();
        letters.dedup();
        letters
    };
    simple(one) == simple(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_names_are_left_alone() {
        for slip in [
            "Jaen",
            "Maire",
            "Stephnie",
            "Nahtalie",
            "Christohpe",
            "Elisbeth",
            "Philppe",
            "Wotuer",
        ] {
            assert!(is_slip(slip), "{slip}");
        }
        for name in [
            "Jean",
            "Kathleen",
            "Katleen",
            "Catharina",
            "Lana",
            "Saïd",
            "Priya",
            "Mathias",
            "Matthias",
            "Anne-Sophie",
            "Danielle",
            "Elif",
            "Aïcha",
            "Björn",
            "Noémie",
            "Jo",
            "Isabell",
            "Stéphanie",
            "Müberra",
            "Katrijn",
            "Marie-Thérèse",
        ] {
            assert!(!is_slip(name), "{name}");
        }
    }

    #[test]
    fn the_list_is_folded() {
        for name in COMMON {
            assert_eq!(fold_key(name), **name);
        }
    }
}
