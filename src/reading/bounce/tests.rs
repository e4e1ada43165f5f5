//! Reports as the servers of the world write them.

use crate::reading::{Bounce, BounceSeverity, MessageKind, read};

fn bounce(name: &str, raw: &str) -> Bounce {
    match read(raw.replace('\n', "\r\n").as_bytes()).kind {
        MessageKind::Bounce(bounce) => bounce,
        other => panic!("{name}: {other:?}"),
    }
}

/// A report by RFC 3464 with its prose, the fields about the recipient, and the headers of the letter.
fn report(subject: &str, prose: &str, fields: &str) -> String {
    format!(
        "From: Mail Delivery System <MAILER-DAEMON@mx.test>\nTo: care@example.test\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{prose}\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n{fields}\n\
         --b\nContent-Type: text/rfc822-headers\n\nFrom: care@example.test\nMessage-ID: <letter.1@example.test>\n\n--b--\n"
    )
}

#[test]
fn severities_of_standard_reports() {
    use BounceSeverity::{Delayed, Hard, Soft};
    let cases = [
        (
            "no such user",
            "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
            Hard,
        ),
        (
            "no such user, with help on full mailboxes",
            "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown, or mailbox full",
            Hard,
        ),
        (
            "disabled",
            "Action: failed\nStatus: 5.2.1\nDiagnostic-Code: smtp; 550 5.2.1 The email account that you tried to reach is disabled",
            Hard,
        ),
        (
            "no such domain",
            "Action: failed\nStatus: 5.4.4\nDiagnostic-Code: X-Postfix; Host or domain name not found",
            Hard,
        ),
        (
            "full, said to be for good",
            "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full",
            Soft,
        ),
        (
            "full, by words alone",
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 quota exceeded",
            Soft,
        ),
        (
            "full, the code inside",
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 5.2.2 storage",
            Soft,
        ),
        (
            "given up after days",
            "Action: failed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.test: Connection timed out",
            Soft,
        ),
        (
            "refused for now, wrapped as final",
            "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 452 too many messages",
            Soft,
        ),
        (
            "delayed",
            "Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: Thu, 19 Nov 2026 10:00:00 +0100",
            Delayed,
        ),
        ("delayed, full", "Action: delayed\nStatus: 4.2.2", Delayed),
        (
            "delayed, with a comment",
            "Action: delayed (still trying)\nStatus: 4.7.1",
            Delayed,
        ),
        (
            "policy",
            "Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 Message rejected",
            Hard,
        ),
    ];
    for (name, fields, severity) in cases {
        let fields = format!("Final-Recipient: rfc822; jan@customer.test\n{fields}");
        let found = bounce(
            name,
            &report("Undelivered Mail Returned to Sender", "See below.", &fields),
        );
        assert_eq!(found.severity, severity, "{name}");
        assert_eq!(found.recipient.as_deref(), Some("jan@customer.test"), "{name}");
        assert_eq!(
            found.original_message_id.as_deref(),
            Some("letter.1@example.test"),
            "{name}"
        );
    }
}

#[test]
fn a_delivery_that_succeeded_is_a_receipt() {
    for action in ["delivered", "relayed", "expanded"] {
        let fields = format!("Final-Recipient: rfc822; jan@customer.test\nAction: {action}\nStatus: 2.0.0");
        let raw = report(
            "Successful Mail Delivery Report",
            "Your message was delivered.",
            &fields,
        );
        let message = read(raw.as_bytes());
        assert!(
            matches!(message.kind, MessageKind::AutoReply { .. }),
            "{:?}",
            message.kind
        );
    }
}

/// A report in prose alone, from a server.
fn prose(from: &str, subject: &str, text: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: {from}\nTo: care@example.test\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}

const RETURNED: &str = "Return-path: <care@example.test>\nReceived: from a by b\nFrom: care@example.test\nTo: jan@customer.test\nMessage-ID: <letter.1@example.test>\n\nBonjour";

#[test]
fn prose_of_many_servers() {
    use BounceSeverity::{Delayed, Hard, Soft};
    let daemon = "Mail Delivery System <Mailer-Daemon@mx.test>";
    let cases = [
        ("exim", daemon, "Mail delivery failed: returning message to sender",
         format!("This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  jan@customer.test\n    SMTP error from remote mail server after RCPT TO:<jan@customer.test>:\n    host mx.customer.test [192.0.2.1]: 550 5.1.1 <jan@customer.test>: Recipient address rejected\n\n------ This is a copy of the message, including all the headers. ------\n\n{RETURNED}"), Hard),
        ("exim, waiting", daemon, "Warning: message 1kX delayed 24 hours",
         format!("This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.test.\n\n  jan@customer.test\n    Delay reason: retry timeout\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.\n\n{RETURNED}"), Delayed),
        ("exim, full", daemon, "Mail delivery failed: returning message to sender",
         format!("This message was created automatically by mail delivery software.\n\n  jan@customer.test\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message's headers. ------\n\n{RETURNED}"), Soft),
        ("qmail", "MAILER-DAEMON@mx.test", "failure notice",
         format!("Hi. This is the qmail-send program at mx.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<jan@customer.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n{RETURNED}"), Hard),
        ("sendmail", "Mail Delivery Subsystem <MAILER-DAEMON@mx.test>", "Returned mail: see transcript for details",
         format!("The original message was received at Mon, 12 Oct 2026 10:00:00 +0200\n\n   ----- The following addresses had permanent fatal errors -----\n<jan@customer.test>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.customer.test.:\n<<< 550 5.1.1 User unknown\n\n   ----- Original message follows -----\n\n{RETURNED}"), Hard),
        ("sendmail, waiting", "Mail Delivery Subsystem <MAILER-DAEMON@mx.test>", "Warning: could not send message for past 4 hours",
         format!("    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- Transcript of session follows -----\n<jan@customer.test>... Deferred: Connection timed out with mx.customer.test.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n\n   ----- Original message follows -----\n{RETURNED}"), Delayed),
        ("yahoo", "MAILER-DAEMON@yahoo.test", "Failure Notice",
         format!("Sorry, we were unable to deliver your message to the following address.\n\n<jan@customer.test>:\n554: delivery error: dd This user doesn't have a customer.test account (jan@customer.test) [0]\n\n--- Below this line is a copy of the message.\n\n{RETURNED}"), Hard),
        ("mimecast", "postmaster@customer.test", "[Postmaster] Email Delivery Failure",
         "This is a delivery failure notification message indicating that\nan email you addressed to email address :\n-- jan@customer.test\n\ncould not be delivered. The problem appears to be :\n-- Recipient email address is possibly incorrect\n\nAdditional information follows :\n-- 550 5.1.1 User unknown\n\nMessage-ID: <letter.1@example.test>".to_owned(), Hard),
        ("domino", "Postmaster@customer.test", "DELIVERY FAILURE: User jan (jan@customer.test) not listed in Domino Directory",
         format!("Your message\n\n  Subject: REG-7K3M9Q2X\n\nwas not delivered to:\n\n  jan@customer.test\n\nbecause:\n\n  User jan (jan@customer.test) not listed in Domino Directory\n\n{RETURNED}"), Hard),
        ("exchange, Dutch", "Microsoft Outlook <MicrosoftExchange329e@customer.test>", "Onbestelbaar: REG-7K3M9Q2X",
         "De bezorging aan de volgende geadresseerden of groepen is mislukt:\n\njan@customer.test\nHet postvak van de geadresseerde is vol en kan nu geen berichten accepteren.\n\nDiagnostische gegevens voor beheerders:\n\n#550 5.2.2 RESOLVER.QuotaExceeded; mailbox full ##\n\nOriginele berichtkoppen:\n\nMessage-ID: <letter.1@example.test>\n".to_owned(), Soft),
        ("exchange, French", "postmaster@customer.test", "Non remis : REG-7K3M9Q2X",
         "Échec de la remise à ces destinataires ou groupes :\n\njan@customer.test\nL’adresse de messagerie que vous avez entrée est introuvable.\n\nInformations de diagnostic pour les administrateurs :\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n\nEn-têtes de message d'origine :\nMessage-ID:\n <letter.1@example.test>\n".to_owned(), Hard),
        ("exchange, German", "postmaster@customer.test", "Unzustellbar: REG-7K3M9Q2X",
         "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:\n\njan@customer.test\nDas Postfach des Empfängers ist voll.\n\nUrsprüngliche Nachrichtenkopfzeilen:\nMessage-ID: <letter.1@example.test>\n".to_owned(), Soft),
        ("exchange, German, waiting", "postmaster@customer.test", "Verzögert: REG-7K3M9Q2X",
         "Die Zustellung Ihrer Nachricht an jan@customer.test verzögert sich. Der Server unternimmt weitere Zustellversuche.\n\nMessage-ID: <letter.1@example.test>\n".to_owned(), Delayed),
        ("exchange, French, waiting", "postmaster@customer.test", "Retardé : REG-7K3M9Q2X",
         "La remise de ce message à jan@customer.test a été retardée.\n\nMessage-ID: <letter.1@example.test>\n".to_owned(), Delayed),
        ("a provider's French", "Mail Delivery System <mailer-daemon@ovh.test>", "Message non délivré",
         format!("Votre message n'a pas pu être remis à jan@customer.test : boîte pleine.\n\n{RETURNED}"), Soft),
    ];
    for (name, from, subject, text, severity) in cases {
        let found = bounce(name, &prose(from, subject, &text));
        assert_eq!(found.severity, severity, "{name}: {found:?}");
        assert_eq!(found.recipient.as_deref(), Some("jan@customer.test"), "{name}");
        assert_eq!(
            found.original_message_id.as_deref(),
            Some("letter.1@example.test"),
            "{name}"
        );
    }
}

#[test]
fn a_person_who_writes_about_a_bounce_wrote_no_bounce() {
    for (from, subject, text) in [
        (
            "Jan <jan@customer.test>",
            "Undeliverable: REG-7K3M9Q2X",
            "My mail could not be delivered, so once more: 541448820012345678",
        ),
        (
            "Jan <postmaster@customer.test>",
            "Re: REG-7K3M9Q2X",
            "Uw vorige mail is niet aangekomen. EAN 541448820012345678",
        ),
    ] {
        let raw = format!("From: {from}\nTo: care@example.test\nSubject: {subject}\n\n{text}\n");
        let message = read(raw.as_bytes());
        assert_eq!(message.kind, MessageKind::Personal, "{from}");
    }
}
