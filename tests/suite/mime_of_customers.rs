//! MIME as mail clients write it, right and slightly wrong: text, charsets, attachments, headers.

use estafette::reading::{self, BodySource, BounceSeverity, Message, MessageKind};

fn read(raw: &str) -> Message {
    read_bytes(raw.as_bytes())
}

fn read_bytes(raw: &[u8]) -> Message {
    let message = reading::read(raw);
    assert!(message.faults.is_empty(), "{:?}", message.faults);
    message
}

/// With the line ends that mails have.
fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

#[test]
fn a_boundary_on_the_folded_line_is_found() {
    let message = read(&crlf(
        "From: a@b.test\nContent-Type: multipart/mixed;\n boundary=\n \"xyz\"\n\n--xyz\nContent-Type: text/plain\n\nhello\n--xyz\n\
         Content-Type: application/pdf\nContent-Disposition: attachment; filename=\n\t\"factuur.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg\n--xyz--\n",
    ));
    assert_eq!(message.body.own_text(), "hello");
    assert_eq!(message.attachments.len(), 1);
    assert_eq!(message.attachments[0].name.as_deref(), Some("factuur.pdf"));
    assert_eq!(message.attachments[0].content, b"%PDF");
}

#[test]
fn a_soft_break_before_a_blank_is_no_folded_header() {
    let message = read(&crlf(
        "From: a@b.test\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\
         Content-Transfer-Encoding: quoted-printable\n\n<style><!--\n--></style><p>le num=C3=A9ro,=\n est name=\n x</p>\n--b--\n",
    ));
    assert_eq!(message.body.own_text(), "le numéro, est name x");
}

#[test]
fn text_without_a_charset_is_utf8_or_windows_1252() {
    let head = b"From: a@b.test\r\nContent-Type: text/plain\r\n\r\n".to_vec();
    for body in [&b"pr\xE9nom \x80"[..], "prénom €".as_bytes()] {
        assert_eq!(read_bytes(&[&head, body].concat()).body.own_text(), "prénom €");
    }
}

#[test]
fn html_names_its_charset_itself() {
    let mut raw =
        b"From: a@b.test\r\nContent-Type: text/html\r\n\r\n<meta charset='iso-8859-15'><p>".to_vec();
    raw.extend_from_slice(b"\xA4 \xE9</p>");
    assert_eq!(read_bytes(&raw).body.own_text(), "€ é");
}

#[test]
fn a_pdf_that_calls_itself_text_is_kept_byte_for_byte() {
    let mut raw = crlf(
        "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nzie bijlage\n--b\nContent-Type: text/plain; name=\"f.pdf\"\n\
         Content-Disposition: attachment\nContent-Transfer-Encoding: 8bit\n\n",
    )
    .into_bytes();
    raw.extend_from_slice(b"%PDF\xE2\xE3\xCF\xD3\x00\xFF\r\n--b--\r\n");
    let message = read_bytes(&raw);
    assert_eq!(message.attachments[0].content, b"%PDF\xE2\xE3\xCF\xD3\x00\xFF");
}

#[test]
fn file_names_in_their_many_encodings() {
    for (disposition, name) in [
        (
            "attachment; filename*=utf-8''facture%20%C3%A9t%C3%A9.pdf",
            "facture été.pdf",
        ),
        (
            "attachment; filename=\"=?utf-8?Q?factur=C3?= =?utf-8?Q?=A9.pdf?=\"",
            "facturé.pdf",
        ),
        (
            "attachment; filename*0=\"een lange \"; filename*1=\"naam.pdf\"",
            "een lange naam.pdf",
        ),
        ("attachment; filename=\"C:\\\\Users\\\\jan\\\\a.pdf\"", "a.pdf"),
        ("attachment; filename=../../etc/passwd", "passwd"),
    ] {
        let message = read(&crlf(&format!(
            "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf\nContent-Disposition: {disposition}\n\nx\n--b--\n"
        )));
        assert_eq!(
            message.attachments[0].name.as_deref(),
            Some(name),
            "{disposition}"
        );
    }
}

#[test]
fn a_forwarded_message_is_an_attachment_with_its_bytes() {
    let message = read(&crlf(
        "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nzie mail\n--b\nContent-Type: message/rfc822\n\n\
         Subject: oud\nContent-Type: text/plain\n\nEAN 541448820012345678\n--b--\n",
    ));
    assert_eq!(message.body.own_text(), "zie mail");
    assert_eq!(message.attachments[0].content_type, "message/rfc822");
    assert!(message.attachments[0].content.starts_with(b"Subject: oud"));
    assert!(message.attachments[0].content.ends_with(b"541448820012345678"));
}

#[test]
fn a_picture_of_the_html_is_inline_and_one_beside_it_is_not() {
    let message = read(&crlf(
        "From: a@b.test\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:logo@x\">ok\n--b\nContent-Type: image/png\n\
         Content-ID: <logo@x>\nContent-Disposition: inline; filename=logo.png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b\nContent-Type: image/jpeg\n\
         Content-ID: <photo@x>\nContent-Disposition: inline; filename=IMG_1.jpg\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n",
    ));
    let inline: Vec<bool> = message
        .attachments
        .iter()
        .map(|attachment| attachment.inline)
        .collect();
    assert_eq!(inline, [true, false]);
}

#[test]
fn the_better_alternative_is_taken_and_a_difference_is_told() {
    let alternatives = |plain: &str, html: &str| {
        read(&crlf(&format!(
            "From: a@b.test\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
        )))
        .body
    };
    let same = alternatives("hello  *world*\n- a", "<p>hello <b>world</b></p><ul><li>a</ul>");
    assert_eq!((same.source, same.differing_own_text), (BodySource::Html, None));
    let decorated = alternatives(
        "hello<https://a.test/x> [cid:image001.png@01D]\n\nJan",
        "<p><a href=x>hello</a></p><div class=gmail_signature>Jan</div>",
    );
    assert_eq!(decorated.differing_own_text, None);
    let differs = alternatives("541448820012345678", "<p>541448820012345685</p>");
    assert_eq!(differs.own_text(), "541448820012345685");
    assert_eq!(differs.differing_own_text.as_deref(), Some("541448820012345678"));
    let empty_html = alternatives("541448820012345678", "<html><body></body></html>");
    assert_eq!(
        (empty_html.source, empty_html.own_text().as_str()),
        (BodySource::Plain, "541448820012345678")
    );
    let empty_plain = alternatives("", "<p>541448820012345678</p>");
    assert_eq!(
        (empty_plain.source, empty_plain.own_text().as_str()),
        (BodySource::Html, "541448820012345678")
    );
}

#[test]
fn headers_are_unfolded_decoded_and_kept_in_order() {
    let message = read(&crlf(
        "Return-Path: <Jan@A.TEST>\nDelivered-To: care@example.test\nX-Original-To: care+REG-1@example.test\nAuthentication-Results: mx1; dkim=pass\n header.d=a.test\n\
         Authentication-Results: mx2; spf=fail\nFrom: =?utf-8?Q?Zo=C3=AB?= Peeters <zoe@a.test>\nReply-To: other@b.test\nTo: \"Care, Service\" <care@example.test>, b@c.test\n\
         Message-ID:\n <x@y>\nIn-Reply-To: <a@b>\nReferences: <0@b>\n\t<a@b>\nDate: Tue, 13 Oct 2026 15:29:00 +0200\nSubject: Re: =?iso-8859-1?Q?pr=E9cision?=\n\nok\n",
    ));
    assert_eq!(message.return_path.as_deref(), Some("Jan@a.test"));
    assert_eq!(
        message.delivered_to,
        ["care@example.test", "care+REG-1@example.test"]
    );
    assert_eq!(
        message.authentication_results,
        ["mx1; dkim=pass header.d=a.test", "mx2; spf=fail"]
    );
    assert_eq!(
        message.from.as_ref().and_then(|from| from.name.as_deref()),
        Some("Zoë Peeters")
    );
    assert_eq!(
        message.reply_to.map(|reply_to| reply_to.address).as_deref(),
        Some("other@b.test")
    );
    assert_eq!(message.to.len(), 2);
    assert_eq!(message.message_id.as_deref(), Some("x@y"));
    assert_eq!(
        (message.in_reply_to, message.references),
        (vec!["a@b".to_owned()], vec!["0@b".to_owned(), "a@b".to_owned()])
    );
    assert_eq!(message.subject, "Re: précision");
    assert_eq!(
        message.date.map(|date| date.to_string()).as_deref(),
        Some("2026-10-13T15:29:00+02:00[+02:00]")
    );
}

#[test]
fn a_bare_date_of_an_old_mailer_is_read_too() {
    for date in [
        "13 Oct 2026 15:29:00 +0200",
        "Tue, 13 Oct 26 15:29:00 +0200",
        "Tuesday, 13 Oct 2026 15:29:00 +0200",
    ] {
        let message = read(&format!("From: a@b.test\r\nDate: {date}\r\n\r\nok\r\n"));
        assert_eq!(
            message.date.map(|date| date.timestamp().to_string()).as_deref(),
            Some("2026-10-13T13:29:00Z"),
            "{date}"
        );
    }
}

/// qmail's report has neither MIME nor RFC 3464.
#[test]
fn a_bounce_of_qmail_is_read_from_its_prose() {
    let message = read(&crlf(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.a.test\nTo: care@example.test\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.a.test.\n\
         I'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<jan@a.test>:\n\
         User's mailbox is full. (#5.2.2)\n\n--- Below this line is a copy of the message.\n\nFrom: Service Client <care@example.test>\nMessage-ID: <REG-1.1.x@example.test>\n",
    ));
    let MessageKind::Bounce(bounce) = message.kind else {
        panic!("{:?}", message.kind)
    };
    assert_eq!(bounce.severity, BounceSeverity::Soft);
    assert_eq!(bounce.recipient.as_deref(), Some("jan@a.test"));
    assert_eq!(bounce.status.as_deref(), Some("5.2.2"));
    assert_eq!(
        bounce.original_message_id.as_deref(),
        Some("REG-1.1.x@example.test")
    );
}

#[test]
fn a_report_of_success_is_no_bounce_and_a_read_receipt_is_a_robots() {
    for (kind, part) in [
        (
            "delivery-status",
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; jan@a.test\nAction: delivered\nStatus: 2.0.0\n",
        ),
        (
            "disposition-notification",
            "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; jan@a.test\nDisposition: manual-action; displayed\n",
        ),
    ] {
        let message = read(&crlf(&format!(
            "From: Jan <jan@a.test>\nSubject: x\nContent-Type: multipart/report; report-type={kind}; boundary=b\n\n--b\nContent-Type: text/plain\n\nok\n--b\n{part}\n--b--\n"
        )));
        assert!(
            matches!(message.kind, MessageKind::AutoReply { .. }),
            "{kind}: {:?}",
            message.kind
        );
    }
}
