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
        ("zimbra, between, with arrows", "<div>5414 ok</div><hr id=\"zwchr\" data-marker=\"__DIVIDER__\"><div data-marker=\"__HEADERS__\"><b>Van: </b>S<br></div><div data-marker=\"__QUOTED_TEXT__\"><p>1. EAN?</p><p>2. Gas?</p></div>".to_owned()),
        ("word, in a language we have no labels for", format!("<div class=WordSection1><p class=MsoNormal>5414 ok</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Od:</b> S<br><b>Wysłano:</b> x</p></div></div>{letter}</div>")),
        ("gmail, its quote taken out of the container", format!("<div>5414 ok</div><div class=\"gmail_attr\">Op do 8 okt 2026 schreef S:</div>{letter}")),
        ("infomaniak", format!("<div>5414 ok</div><div class=\"ik_mail_quote\"><div>Le 8 oct. S a écrit :</div>{letter}</div>")),
        ("roundcube", format!("<p>5414 ok</p><p id=\"reply-intro\">S schreef op 2026-10-08 10:12:</p><blockquote type=\"cite\">{letter}</blockquote>")),
        ("proton", format!("<div>5414 ok</div><div class=\"protonmail_signature_block\"><div class=\"protonmail_signature_block-user\">Jan</div><div>Verzonden met Proton Mail</div></div><div class=\"protonmail_quote\">Op donderdag 8 oktober 2026 om 10:12, S &lt;care@example.test&gt; schreef:<br><blockquote class=\"protonmail_quote\" type=\"cite\">{letter}</blockquote></div>")),
        ("open-xchange", format!("<div class=\"default-style\">5414 ok</div><div class=\"io-ox-signature\">Jan Peeters<br>09 123 45 67</div><blockquote type=\"cite\"><div>Op 08-10-2026 10:12 CEST schreef S &lt;care@example.test&gt;:</div>{letter}</blockquote>")),
        ("samsung", format!("<div>5414 ok</div><div id=\"composer_signature\"><div style=\"font-size:85%;color:#575757\">Verzonden vanaf mijn Galaxy</div></div><div><br></div><div>-------- Oorspronkelijk bericht --------</div><div>Van: S &lt;care@example.test&gt; </div><div>Datum: 08/10/2026 10:12 (GMT+01:00) </div><div>Aan: jan@a.test </div><div>Onderwerp: x </div>{letter}")),
        ("yahoo", format!("<div>5414 ok</div><div id=\"ydp1yahoo_quoted_2\" class=\"ydp1yahoo_quoted\"><div>Op donderdag 8 oktober 2026 10:12:36 CEST schreef S &lt;care@example.test&gt;:</div>{letter}</div>")),
        ("thunderbird, forwarded", format!("<p>5414 ok</p><div class=\"moz-forward-container\"><br>-------- Doorgestuurd bericht --------<table class=\"moz-email-headers-table\"><tr><th>Onderwerp: </th><td>x</td></tr></table>{letter}</div>")),
        ("struck through in the answer", format!("<p><s>5413</s></p><p>5414 ok</p><blockquote type=\"cite\">{letter}</blockquote>")),
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
