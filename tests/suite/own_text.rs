//! The newly written text, as the mail programs of the world send it: what stands above, below and between quotes, and what
//! belongs to the name under it.

use estafette::reading;

/// What the customer wrote, in most samples.
const ANSWER: &str = "Hallo,\n\nmijn EAN is 541448820012345678.\n\nGroeten,\nJan";
/// What he answers.
const LETTER: &str = "Dag Jan Peeters,\n\nVoor we ze kunnen verwerken, hebben we nog het volgende van u nodig:\n\n1. EAN-code elektriciteit: dit gegeven ontbreekt in uw aanvraag.\n\nMet vriendelijke groeten,\nService Client\n02 800 91 11";

/// In a sample `{answer}`, `{letter}`, `{marked}` (the letter behind `>`), and `{html}` (as paragraphs) are replaced.
fn own_text(kind: &str, sample: &str) -> String {
    let marked: Vec<String> = LETTER.lines().map(|line| format!("> {line}")).collect();
    let letter_html = format!(
        "<p>{}</p>",
        LETTER.replace("\n\n", "</p><p>").replace('\n', "<br>")
    );
    let answer = if kind == "text/html" {
        ANSWER.replace('\n', "<br>")
    } else {
        ANSWER.to_owned()
    };
    let body = sample
        .replace("{answer}", &answer)
        .replace("{letter}", LETTER)
        .replace("{marked}", &marked.join("\n"))
        .replace("{html}", &letter_html);
    let raw = format!(
        "From: Jan Peeters <jan@a.test>\nSubject: Re: x\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\n{body}\n"
    );
    reading::read(raw.replace('\n', "\r\n").as_bytes())
        .body
        .own_text()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_all(kind: &str, samples: &[(&str, &str, &str)]) {
    let misses: Vec<String> = samples
        .iter()
        .map(|(name, sample, wanted)| {
            (
                name,
                folded(&own_text(kind, sample)),
                folded(&wanted.replace("{answer}", ANSWER)),
            )
        })
        .filter(|(_, found, wanted)| found != wanted)
        .map(|(name, found, wanted)| format!("{name}:\n  wanted {wanted:?}\n  found  {found:?}"))
        .collect();
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn quotes_below_between_and_above_in_plain_text() {
    assert_all(
        "text/plain",
        &[
            (
                "gmail nl wrapped",
                "{answer}\n\nOp do 8 okt 2026 om 10:12 schreef Service Client <\ncare+REG-7K3M9Q2X@example.test>:\n\n{marked}",
                "{answer}",
            ),
            (
                "gmail fr",
                "{answer}\n\nLe jeu. 8 oct. 2026 à 10:12, Service Client <care@example.test> a écrit :\n\n{marked}",
                "{answer}",
            ),
            (
                "gmail en",
                "{answer}\n\nOn Thu, Oct 8, 2026 at 10:12 AM Service Client <care@example.test>\nwrote:\n\n{marked}",
                "{answer}",
            ),
            (
                "gmail de",
                "{answer}\n\nAm Do., 8. Okt. 2026 um 10:12 Uhr schrieb Service Client <\ncare@example.test>:\n\n{marked}",
                "{answer}",
            ),
            (
                "apple nl",
                "{answer}\n\n> Op 8 okt 2026, om 10:12 heeft Service Client <care@example.test> het volgende geschreven:\n> \n{marked}",
                "{answer}",
            ),
            (
                "iphone nl",
                "{answer}\n\nVerstuurd vanaf mijn iPhone\n\n> Op 8 okt 2026 om 10:12 heeft Service Client <care@example.test> het volgende geschreven:\n> \n> \u{FEFF}\n{marked}",
                "{answer}",
            ),
            (
                "outlook no quote marks",
                "{answer}\n\nVan: Service Client <care@example.test>\nVerzonden: donderdag 8 oktober 2026 10:12\nAan: Jan Peeters <jan@a.test>\nOnderwerp: Uw aanvraag\n\n{letter}",
                "{answer}",
            ),
            (
                "outlook mobile",
                "{answer}\n\nOutlook voor iOS downloaden<https://aka.ms/o0ukef>\n________________________________\nVan: Service Client <care@example.test>\nVerzonden: Thursday, October 8, 2026 10:12:36 AM\nAan: jan@a.test <jan@a.test>\nOnderwerp: Uw aanvraag\n\n{letter}",
                "{answer}",
            ),
            (
                "proton",
                "{answer}\n\nVerzonden met Proton Mail beveiligde e-mail.\n\nOp donderdag 8 oktober 2026 om 10:12, Service Client <care@example.test> schreef:\n\n{marked}",
                "{answer}",
            ),
            (
                "proton en",
                "{answer}\n\nSent with [Proton Mail](https://proton.me/mail/home) secure email.\n\nOn Thursday, October 8th, 2026 at 10:12 AM, Service Client <care@example.test> wrote:\n\n{marked}",
                "{answer}",
            ),
            (
                "yahoo nl",
                "{answer}\n\n    Op donderdag 8 oktober 2026 10:12:36 CEST schreef Service Client <care@example.test>:  \n \n Dag Jan Peeters,\n \n Voor we ze kunnen verwerken, hebben we nog het volgende van u nodig:\n \n 1. EAN-code elektriciteit: dit gegeven ontbreekt in uw aanvraag.\n \n Met vriendelijke groeten,\n Service Client\n 02 800 91 11",
                "{answer}",
            ),
            (
                "thunderbird nl",
                "{answer}\n\nOp 8/10/2026 om 10:12 schreef Service Client:\n{marked}",
                "{answer}",
            ),
            (
                "bottom posted",
                "Op 8/10/2026 om 10:12 schreef Service Client:\n{marked}\n\n{answer}",
                "{answer}",
            ),
            (
                "samsung fr",
                "{answer}\n\nEnvoyé depuis mon appareil Galaxy\n\n\n-------- Message d'origine --------\nDe : Service Client <care@example.test> \nDate : 08/10/2026  10:12  (GMT+01:00) \nÀ : jan@a.test \nObjet : Votre demande \n\n{letter}",
                "{answer}",
            ),
            (
                "huawei",
                "{answer}\n\n-------- Oorspronkelijk bericht --------\nVan: Service Client <care@example.test>\nDatum: do 8 okt. 2026 10:12\nAan: jan@a.test\nOnderwerp: x\n{letter}",
                "{answer}",
            ),
            (
                "flat header",
                "Ja, klopt allemaal.\n\nVan: Service Client <care@example.test> Verzonden: donderdag 8 oktober 2026 10:12 Aan: jan@a.test Onderwerp: x\n{letter}",
                "Ja, klopt allemaal.",
            ),
            (
                "gmx",
                "{answer}\n \n\nGesendet: Donnerstag, 8. Oktober 2026 um 10:12\nVon: \"Service Client\" <care@example.test>\nAn: jan@a.test\nBetreff: x\n\n{letter}",
                "{answer}",
            ),
            (
                "web.de",
                "{answer}\n--\nDiese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.\n\nAm 08.10.26, 10:12 schrieb Service Client <care@example.test>:\n\n{marked}",
                "{answer}",
            ),
            (
                "webmail dash",
                "{answer}\n\n----- Oorspronkelijk bericht -----\nVan: \"Service Client\" <care@example.test>\nAan: \"jan\" <jan@a.test>\nVerzonden: Donderdag 8 oktober 2026 10:12:36\nOnderwerp: x\n\n{letter}",
                "{answer}",
            ),
            (
                "telenet",
                "{answer}\n\n----- Op 8 okt 2026 om 10:12 schreef Service Client care@example.test:\n\n{letter}",
                "{answer}",
            ),
            (
                "zimbra fr",
                "{answer}\n\n----- Le 8 Oct 26, à 10:12, Service Client care@example.test a écrit :\n\n{letter}",
                "{answer}",
            ),
            (
                "orange",
                "{answer}\n\n> Message du 08/10/26 10:12\n> De : \"Service Client\" <care@example.test>\n> A : jan@a.test\n> Copie à : \n> Objet : x\n> \n{letter}",
                "{answer}",
            ),
            (
                "inline",
                "Op 8/10/2026 om 10:12 schreef Service Client:\n> Dag Jan\n> 1. EAN-code elektriciteit?\n541448820012345678\n> 2. Geboortedatum?\n12/03/1970\n> Groeten",
                "541448820012345678\n12/03/1970",
            ),
            (
                "spark",
                "{answer}\n\nVerzonden met Spark\nOp 8 okt. 2026 10:12 +0200, Service Client <care@example.test>, schreef:\n{marked}",
                "{answer}",
            ),
            (
                "bluemail",
                "{answer}\n\n\u{2063}Obtenir BlueMail pour Android \u{200B}\n\nLe 8 oct. 2026 à 10:12, à 10:12, Service Client <care@example.test> a écrit:\n>Dag Jan Peeters,\n>\n>Voor we ze kunnen verwerken, hebben we nog het volgende van u nodig:\n>\n>1. EAN-code elektriciteit: dit gegeven ontbreekt in uw aanvraag.\n>\n>Met vriendelijke groeten,\n>Service Client\n>02 800 91 11",
                "{answer}",
            ),
            (
                "k9",
                "{answer}\n-- \nDeze e-mail is verzonden vanaf mijn Android-apparaat met K-9 Mail.\n\nService Client <care@example.test> schreef op 8 oktober 2026 10:12:36 CEST:\n>Dag Jan Peeters,\n>\n>Voor we ze kunnen verwerken, hebben we nog het volgende van u nodig:\n>\n>1. EAN-code elektriciteit: dit gegeven ontbreekt in uw aanvraag.\n>\n>Met vriendelijke groeten,\n>Service Client\n>02 800 91 11",
                "{answer}",
            ),
            (
                "fairemail",
                "{answer}\n\nOct 8, 2026 10:12:36 AM Service Client <care@example.test>:\n\n{marked}",
                "{answer}",
            ),
            (
                "evolution",
                "{answer}\n\nOn Thu, 2026-10-08 at 10:12 +0200, Service Client wrote:\n{marked}",
                "{answer}",
            ),
            (
                "outlook en",
                "{answer}\n\n-----Original Message-----\nFrom: Service Client <care@example.test> \nSent: Thursday, October 8, 2026 10:12 AM\nTo: jan@a.test\nSubject: x\n\n{letter}",
                "{answer}",
            ),
            (
                "mac mail fwd",
                "Voici.\n\nDébut du message réexpédié :\n\nDe: Service Client <care@example.test>\nDate: 8 octobre 2026 à 10:12:36 UTC+2\nÀ: jan@a.test\nObjet: Votre demande\n\n{letter}",
                "Voici.",
            ),
        ],
    );
}

#[test]
fn names_signatures_and_footers() {
    assert_all(
        "text/plain",
        &[
            (
                "sig contact",
                "{answer} Peeters\n\nPeeters BV\nKerkstraat 5\n9000 Gent\nT 09 123 45 67\nwww.peeters.test",
                "{answer} Peeters",
            ),
            (
                "dashes sig",
                "{answer}\n\n-- \nJan Peeters\nPeeters BV\n09 123 45 67",
                "{answer}",
            ),
            (
                "PS after sig",
                "{answer}\n\n-- \nJan Peeters\n09 123 45 67\n\nPS: ik ben enkel 's avonds bereikbaar",
                "{answer}\nPS: ik ben enkel 's avonds bereikbaar",
            ),
            (
                "iban under name",
                "{answer}\nBE68 5390 0754 7034",
                "{answer}\nBE68 5390 0754 7034",
            ),
            (
                "date under name",
                "{answer}\n\n° 12/03/1970",
                "{answer}\n° 12/03/1970",
            ),
            (
                "ean after name",
                "Goedendag,\n\nzie onder\n\nMvg\nJan Peeters\n\n541448820012345678",
                "Goedendag,\n\nzie onder\n\nMvg\nJan Peeters\n541448820012345678",
            ),
            (
                "lower name",
                "ja klopt\n\ngroetjes\njan",
                "ja klopt\n\ngroetjes\njan",
            ),
            (
                "disclaimer",
                "{answer}\n\nDit bericht en eventuele bijlagen zijn vertrouwelijk en enkel bestemd voor de geadresseerde.\nIndien u dit bericht per vergissing ontving, gelieve het te verwijderen.",
                "{answer}",
            ),
            (
                "list footer",
                "{answer}\n\n_______________________________________________\nGezin mailing list\ngezin@lijst.test\nhttps://lijst.test/mailman/listinfo/gezin",
                "{answer}",
            ),
            (
                "google group",
                "{answer}\n\n-- \nYou received this message because you are subscribed to the Google Groups \"gezin\" group.\nTo unsubscribe from this group and stop receiving emails from it, send an email to gezin+unsubscribe@lijst.test.",
                "{answer}",
            ),
            (
                "inline header block outlook => text",
                "zie onder\n\nVan: S <care@example.test>\nVerzonden: donderdag 8 oktober 2026 10:12\nAan: J\nOnderwerp: x\n\n1. EAN-code?\n=> 541448820012345678\n2. Geboortedatum?\n=> 12/03/1970",
                "zie onder\n=> 541448820012345678\n=> 12/03/1970",
            ),
            ("kort", "541448820012345678", "541448820012345678"),
            (
                "no greeting sign long",
                "Beste, dat is ok hoor.\nTom\n\nTom Claes\nzaakvoerder\n\nClaes Dakwerken BV\nIndustrieweg 12, 2300 Turnhout\ntel 014 41 12 13 | info@claes.test",
                "Beste, dat is ok hoor.\nTom",
            ),
            (
                "thanks only",
                "Merci beaucoup !\n\nJean-Marc",
                "Merci beaucoup !\n\nJean-Marc",
            ),
            (
                "dag begin",
                "Dag,\n\nVermeersch is juist met ee\nMvg",
                "Dag,\n\nVermeersch is juist met ee\nMvg",
            ),
            (
                "merci first",
                "Merci pour votre mail.\nMon prénom est Léa.\n\nLéa",
                "Merci pour votre mail.\nMon prénom est Léa.\n\nLéa",
            ),
            (
                "weak greeting then name answer",
                "Bedankt!\n\nPeeters met twee e's\nJan",
                "Bedankt!\n\nPeeters met twee e's\nJan",
            ),
        ],
    );
}

#[test]
fn quotes_in_html() {
    assert_all(
        "text/html",
        &[
            (
                "gmail",
                "<div dir=ltr>{answer}</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>Op do 8 okt 2026 om 10:12 schreef S &lt;<a href=x>care@example.test</a>&gt;:<br></div><blockquote class=gmail_quote style='margin:0'>{html}</blockquote></div>",
                "{answer}",
            ),
            (
                "outlook word nl",
                "<div class=WordSection1><p class=MsoNormal>Hallo,</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>mijn EAN is 541448820012345678.</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Groeten,</p><p class=MsoNormal>Jan</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Van:</b> S<br><b>Verzonden:</b> x<br><b>Aan:</b> J<br><b>Onderwerp:</b> x</p></div>{html}</div>",
                "{answer}",
            ),
            (
                "apple html",
                "<div>{answer}</div><div><br><blockquote type=cite><div>Op 8 okt 2026, om 10:12 heeft S het volgende geschreven:</div><br>{html}</blockquote></div>",
                "{answer}",
            ),
            (
                "outlook web",
                "<div class=elementToProof>{answer}</div><div id=appendonsend></div><hr style='display:inline-block;width:98%'><div id=divRplyFwdMsg dir=ltr><font><b>Van:</b> S<br><b>Verzonden:</b> x<br><b>Aan:</b> J<br><b>Onderwerp:</b> y</font><div>&nbsp;</div></div><div>{html}</div>",
                "{answer}",
            ),
            (
                "outlook web sig",
                "<div class=elementToProof>{answer}</div><div id=Signature><div>Jan Peeters</div><div>Peeters BV 09 123 45 67</div></div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>De :</b> S</div><div>{html}</div>",
                "{answer}",
            ),
        ],
    );
}
