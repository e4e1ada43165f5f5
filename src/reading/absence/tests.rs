use super::*;

/// A Tuesday.
const TODAY: Date = jiff::civil::date(2026, 11, 3);

fn returns(text: &str) -> String {
    returns_on(text, Some(TODAY)).map_or_else(|| "-".to_owned(), |date| date.to_string())
}

fn assert_all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, wanted)| returns(text) != *wanted)
        .map(|(text, wanted)| format!("{text:?}: wanted {wanted}, got {}", returns(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_day_back_is_read_in_four_languages() {
    assert_all(&[
        ("Ik ben terug op maandag 16 november.", "2026-11-16"),
        ("Vanaf 16/11 ben ik weer bereikbaar.", "2026-11-16"),
        ("Wij zijn opnieuw open vanaf dinsdag 17-11-2026.", "2026-11-17"),
        ("Ik lees uw mail bij mijn terugkeer op 16.11.2026", "2026-11-16"),
        ("Ik kan uw bericht pas beantwoorden vanaf 16 nov.", "2026-11-16"),
        ("Je serai de retour le lundi 16 novembre 2026.", "2026-11-16"),
        ("De retour au bureau le 1er décembre", "2026-12-01"),
        ("Je vous répondrai à partir du 16/11.", "2026-11-16"),
        ("Reprise des activités : lundi 16 novembre", "2026-11-16"),
        ("Notre magasin rouvre le 16 novembre à 9h.", "2026-11-16"),
        ("Ich bin ab dem 16.11. wieder im Büro.", "2026-11-16"),
        (
            "Am Montag, den 16. November 2026, bin ich wieder erreichbar.",
            "2026-11-16",
        ),
        ("Ab Montag, 16.11.2026 bin ich zurück.", "2026-11-16"),
        ("I will be back on Monday, November 16th, 2026.", "2026-11-16"),
        ("I'll be returning 11/16/2026.", "2026-11-16"),
        ("Back in the office 2026-11-16", "2026-11-16"),
        ("I return to the office on 16 Nov", "2026-11-16"),
        ("I will not be back before 16 November.", "2026-11-16"),
        ("I'm back Monday.", "2026-11-09"),
        ("Terug op donderdag", "2026-11-05"),
        ("Ich bin morgen wieder da.", "2026-11-04"),
        ("I will be back on the 16th.", "2026-11-16"),
        ("Je serai de retour le 2.", "2026-12-02"),
        ("Vanaf de 22e ben ik terug.", "2026-11-22"),
        (
            "I will be out of the office starting 02/11/2026 and will not return until 16/11/2026.",
            "2026-11-16",
        ),
        ("Ab 16.November bin ich wieder für Sie da.", "2026-11-16"),
        ("Terug op 16-nov-2026", "2026-11-16"),
        ("Reprise : 16 / 11 / 2026", "2026-11-16"),
    ]);
}

#[test]
fn the_last_day_away_is_the_day_before() {
    assert_all(&[
        ("Ik ben afwezig tot en met 13 november.", "2026-11-14"),
        ("Ik ben met verlof t/m 13/11", "2026-11-14"),
        ("Van 2 tot 6 november ben ik met vakantie.", "2026-11-07"),
        ("Gesloten van 2/11/2026 tot 13/11/2026 inclusief", "2026-11-14"),
        ("Ik ben afwezig van 2-6 november", "2026-11-07"),
        (
            "Je suis absente jusqu'au vendredi 13 novembre inclus.",
            "2026-11-14",
        ),
        ("Absent du 2 au 13 novembre 2026", "2026-11-14"),
        ("Nous sommes fermés entre le 2 et le 13 novembre.", "2026-11-14"),
        ("Fermeture annuelle : du 23 décembre au 3 janvier", "2027-01-04"),
        (
            "Ich bin vom 02.11. bis einschließlich 13.11.2026 im Urlaub.",
            "2026-11-14",
        ),
        ("Ich bin bis 13. November abwesend", "2026-11-14"),
        ("Unser Büro ist vom 2.–13.11. geschlossen", "2026-11-14"),
        ("I am out of the office from 2 to 13 November.", "2026-11-14"),
        ("I'm on leave through November 13.", "2026-11-14"),
        ("I am on holiday until Friday, 13 November 2026", "2026-11-14"),
        ("I am out of the office until\n13 November", "2026-11-14"),
        ("Our office is closed between 2 and 13 November", "2026-11-14"),
        ("Ik ben tot vrijdag afwezig.", "2026-11-07"),
        ("I'm away until 13 November (exclusive).", "2026-11-13"),
        (
            "Ik zit tot en met woensdag 11 november aan zee en kijk niet in mijn mailbox.",
            "2026-11-12",
        ),
        (
            "je suis au maroc jusqu'au 28/11 compris, pour les choses sérieuses appelez mon mari",
            "2026-11-29",
        ),
        ("Afwezig 2/11 t.e.m. 13/11", "2026-11-14"),
        ("Absent 02/11 → 13/11", "2026-11-14"),
        ("Congé jusqu'au vendredi 13 nov. inclus", "2026-11-14"),
        ("I am out from 10/26 to 11/06.", "2026-11-07"),
        ("I am out from 26/10 to 06/11.", "2026-11-07"),
        ("Bin bis zum 22.11. in Spanien bei meiner Tochter.", "2026-11-23"),
        (
            "Je suis en vacances du 20 juillet au 9 août 2026 inclus.",
            "2026-08-10",
        ),
    ]);
}

#[test]
fn the_day_back_is_believed_before_the_last_day_away() {
    assert_all(&[
        (
            "Je suis absent du 2 au 13 novembre. Je serai de retour le lundi 16 novembre.",
            "2026-11-16",
        ),
        ("Afwezig t/m 13/11, terug op 16/11.", "2026-11-16"),
        (
            "Ik ben afwezig tot en met vrijdag 13 november. Maandag ben ik er weer.",
            "2026-11-16",
        ),
        (
            "Nos bureaux sont fermés du lundi 2/11 au vendredi 13/11. Réouverture le lundi 16/11 à 8h00.",
            "2026-11-16",
        ),
        (
            "L'école ferme ses portes du 2 au 13 novembre. Les cours reprennent le 16/11.",
            "2026-11-16",
        ),
        (
            "Ich bin bis 13.11. im Urlaub und ab 16.11. wieder erreichbar",
            "2026-11-16",
        ),
        ("Out of office 2-13 Nov, back Monday 16 Nov.", "2026-11-16"),
        (
            "Ik ben afwezig tot 13 november.\n\nI am out of office until 13 November.",
            "2026-11-14",
        ),
    ]);
}

#[test]
fn a_day_of_somebody_else_or_of_something_else_is_none() {
    assert_all(&[
        ("Contacteer tot 20 november mijn collega Jan.", "-"),
        ("Mijn collega Jan is terug op 16 november.", "-"),
        ("Ik ben afwezig. Mijn collega is bereikbaar tot 20 november.", "-"),
        ("Je suis en congé. Jusqu'au 20 novembre, contactez Marie.", "-"),
        (
            "Ich bin im Urlaub. Bis zum 20.11. wenden Sie sich an Herrn Weber.",
            "-",
        ),
        ("I am away. Until 20 November please contact Ann.", "-"),
        ("I am away, my colleague is back on 20 November.", "-"),
        ("Ik ben vanaf 16 november met verlof.", "-"),
        (
            "I am out of office. Your message of 2 November was received.",
            "-",
        ),
        ("Onze winkel is open van maandag tot vrijdag.", "-"),
        ("We are open Monday to Friday from 9 to 17.", "-"),
        ("Je suis absent. Tél. 02/11 22 33", "-"),
        ("Back in January", "-"),
        ("Guten Morgen, ich bin wieder im Urlaub", "-"),
        ("I am away until 15 October 2020", "-"),
        ("Notre offre est valable jusqu'au 20 novembre.", "-"),
        ("Away until 6 November. Away until 20 November.", "-"),
        ("", "-"),
    ]);
}

#[test]
fn ones_own_day_counts_beside_a_colleagues() {
    assert_all(&[
        (
            "Ik ben afwezig tot 13 november. In dringende gevallen kan u tot 20 november terecht bij mijn collega Jan.",
            "2026-11-14",
        ),
        (
            "For urgent matters contact Ann; I will be back on 16 November.",
            "2026-11-16",
        ),
        (
            "During my absence until 13 November, please contact Ann.",
            "2026-11-14",
        ),
    ]);
}

#[test]
fn without_the_day_of_the_mail_only_whole_dates_are_told() {
    assert_eq!(returns_on("back on 16 November", None), None);
    let back = returns_on("back on 16 November 2026", None);
    assert_eq!(back, Some(jiff::civil::date(2026, 11, 16)));
}
