//! Replies as other mail programs than the corpus's write them: the answer is told from the quote.

use estafette::reading;

const LETTER: &str = "Dag Jan Peeters,\n\nVoor we ze kunnen verwerken, hebben we nog het volgende van u nodig:\n\n\
    1. EAN-code elektriciteit: dit gegeven ontbreekt in uw aanvraag.\n\nMet vriendelijke groeten,\nService Client\n02 800 91 11";

fn marked() -> String {
    LETTER.lines().map(|line| format!("> {line}\n")).collect()
}

fn letter_as_html() -> String {
    let lines: String = LETTER
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{line}</p>"))
        .collect();
    format!("<table role=\"presentation\"><tbody><tr><td>{lines}</td></tr></tbody></table>")
}

fn own_text(kind: &str, body: &str) -> String {
    let raw = format!(
        "From: Jan <jan@a.test>\nSubject: Re: x\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\n{body}\n"
    );
    reading::read(raw.replace('\n', "\r\n").as_bytes())
        .body
        .own_text()
}

#[test]
fn plain_text_of_many_programs() {
    let (letter, marked) = (LETTER, marked());
    let cases = [
        ("gmx", format!("5414 ok\n \n\nGesendet: Donnerstag, 15. Oktober 2026 um 10:20 Uhr\nVon: \"Service Client\" <care@example.test>\nAn: jan@a.test\nBetreff: x\n\n{letter}")),
        ("tutanota", format!("5414 ok\n\n8 okt. 2026, 10:12 door care@example.test:\n\n{marked}")),
        ("orange", format!("5414 ok\n\n> Message du 12/10/26 14:03\n> De : \"Service Client\" <care@example.test>\n> A : jan@a.test\n> Objet : x\n>\n{marked}")),
        ("zoho", format!("5414 ok\n\n---- Op do, 08 okt 2026 10:12:36 +0200 Service Client <care@example.test> schreef ----\n\n{letter}")),
        ("em client", format!("5414 ok\n\n------ Oorspronkelijk bericht ------\nVan \"Service Client\" <care@example.test>\nAan jan@a.test\nDatum 8/10/2026\nOnderwerp x\n\n{letter}")),
        ("notes", format!("5414 ok\n\n-----Service Client <care@example.test> schreef: -----\nAan: jan@a.test\nVan: Service Client\nDatum: 08/10/2026 10:12\nOnderwerp: x\n\n{letter}")),
        ("zimbra of a French provider", format!("5414 ok\n\n----- Mail original -----\nDe: \"Service Client\" <care@example.test>\nÀ: jan@a.test\nEnvoyé: Lundi 12 Octobre 2026 14:03:36\nObjet: x\n\n{letter}")),
        ("windows mail", format!("5414 ok\n\nVerzonden vanuit Mail voor Windows\n\nVan: Service Client\nVerzonden: donderdag 8 oktober 2026 10:12\nAan: jan@a.test\nOnderwerp: x\n\n{letter}")),
        ("samsung, flattened", format!("5414 ok\n\n-------- Message d'origine --------De : Service Client Date : 12/10/26 Objet : x {}", letter.replace('\n', " "))),
        ("between marks under a header block", "-----Original Message-----\nFrom: S\nSent: Monday\nTo: J\nSubject: x\n\n> 1. EAN?\n\n5414 ok\n\n> 2. Gas?\n".to_owned()),
        ("below the quote", format!("Op 13/10/2026 om 15:29 schreef Service Client:\n{marked}\n5414 ok")),
    ];
    for (program, body) in cases {
        assert_eq!(own_text("text/plain", &body), "5414 ok", "{program}");
    }
}

#[test]
fn html_of_many_programs() {
    let letter = letter_as_html();
    let cases = [
        ("gmx", format!("<div>5414 ok<div name=\"quote\" style=\"border-left:2px solid #C3D9E5;\"><div><b>Gesendet:</b>&nbsp;x<br/><b>Von:</b>&nbsp;S</div>{letter}</div></div>")),
        ("tutanota", format!("<div>5414 ok</div><div>8 okt. 2026, 10:12 door care@example.test:<br></div><blockquote class=\"tutanota_quote\">{letter}</blockquote>")),
        ("zoho", format!("<div>5414 ok</div><div class=\"zmail_extra\"><div>---- Op do, 08 okt 2026 10:12:36 +0200 <b>S &lt;care@example.test&gt;</b> schreef ---</div><blockquote id=\"blockquote_zmail\">{letter}</blockquote></div>")),
        ("spark", format!("<div name=\"messageBodySection\">5414 ok</div><div>Sent from Spark</div><div name=\"messageReplySection\">Op 8 okt. 2026 10:12 +0200 schreef S &lt;care@example.test&gt;:<br /><blockquote type=\"cite\">{letter}</blockquote></div>")),
        ("new outlook for phones", format!("<div>5414 ok</div><div id=\"ms-outlook-mobile-signature\">Verzonden vanuit <a href=\"x\">Outlook voor iOS</a></div><div id=\"mail-editor-reference-message-container\"><hr><div id=\"divRplyFwdMsg\"><b>Van:</b> S</div>{letter}</div>")),
        ("outlook in a language we have no labels for", format!("<div>5414 ok</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Od:</b> S<br><b>Wysłano:</b> x</div>{letter}")),
        ("a scanner's table", "<p>5414 ok</p><table><tr><td></td><td>Virusvrij.<a href=\"x\">www.avast.com</a></td></tr></table>".to_owned()),
        ("gmail, between", "<div class=\"gmail_quote\"><div class=\"gmail_attr\">Op do 8 okt schreef S:</div><blockquote class=\"gmail_quote\">1. EAN?</blockquote><div>5414 ok</div><blockquote class=\"gmail_quote\">2. Gas?</blockquote></div>".to_owned()),
        ("outlook, in red", "<p><b>Van:</b> S<br><b>Verzonden:</b> x<br><b>Aan:</b> J<br><b>Onderwerp:</b> x</p><p>1. EAN?</p><p><span style=\"color:red\">5414 ok</span></p><p>2. Gas?</p>".to_owned()),
        ("the answer typed into the signature", format!("<div id=\"Signature\">5414 ok</div><div id=\"divRplyFwdMsg\"><b>Van:</b> S</div>{letter}")),
    ];
    for (program, body) in cases {
        assert_eq!(
            own_text("text/html", &format!("<html><body>{body}</body></html>")),
            "5414 ok",
            "{program}"
        );
    }
}
