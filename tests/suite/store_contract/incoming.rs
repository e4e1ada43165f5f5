//! Messages: none is lost, none is taken twice, each has one end state.

use std::collections::BTreeSet;

use estafette::decision::queue::Queue;
use estafette::registration::Field;
use estafette::registration::Language;
use estafette::registration::life_cycle::{AnswerToApply, CertainAnswer, Command};
use estafette::registration::{Actor, Evidence, Reference};
use estafette::store::{
    ActError, Closing, FetchedMessage, Kept, MailboxCursor, MessageKey, Order, Settled, Store, View,
};

use super::on_both_databases;
use super::registrations::{event_names, missing_meter_number, order, submit, unknown};
use crate::support::store::{Place, second};

on_both_databases!(
    keeps_the_bytes_once,
    one_mail_delivered_twice_is_one_message,
    what_differs_is_another_message,
    a_message_fetched_by_many_at_once_is_kept_once,
    two_workers_never_read_the_same_message,
    who_reads_a_message_for_long_keeps_it,
    a_message_that_ends_its_reader_is_found_out,
    a_message_is_settled_once,
    a_refused_order_leaves_the_message_waiting,
    a_form_of_a_page_is_kept_settled_and_carried_out_at_once_or_not_at_all,
    settling_crosswise_never_fails,
    an_agent_closes_a_case_that_nobody_else_closed,
    an_agent_links_a_case_and_it_stays_open,
    what_hurts_first_is_shown_first_in_every_view,
    remembers_how_far_a_mailbox_was_read,
);

pub fn fetched(uid: &str, raw: impl AsRef<[u8]>) -> FetchedMessage {
    let raw = raw.as_ref().to_vec();
    FetchedMessage {
        mailbox: "imap://127.0.0.1:10143/INBOX".into(),
        uid_validity: 1,
        uid: uid.into(),
        size_bytes: raw.len() as u64,
        raw,
        received_at: second(0),
    }
}

pub fn key(number: u32) -> MessageKey {
    MessageKey(format!("019a0000-0000-7000-8000-{number:012}"))
}

fn mail(header: &str, body: &str) -> String {
    format!("{header}From: ann@customer.example\r\nMessage-ID: <1@customer.example>\r\n\r\n{body}\r\n")
}

const ID: Option<&str> = Some("1@customer.example");

pub fn settled(disposition: &str, reference: Option<&Reference>) -> Settled {
    Settled {
        disposition: disposition.into(),
        kind: "answer".into(),
        reference: reference.cloned(),
        evidence: serde_json::json!([{"by": "token"}]),
        reasons: vec![],
        // A NUL that hostile mail brought must not keep the rest from being stored.
        answers: serde_json::json!({"last_name": {"status": "unclear", "evidence": "a\u{0}b"}}),
        subject: "Re: votre inscription\u{0}".into(),
        sender: Some("ann@customer.example".into()),
        language: Some("fr".into()),
    }
}

fn closing() -> Closing {
    Closing {
        at: second(60),
        by: "Élise".into(),
        how: "applied".into(),
    }
}

/// Keeps a message and settles it as a review case.
async fn case(store: &Store, number: u32, reference: Option<&Reference>) -> MessageKey {
    let raw = mail("", &format!("case {number}"));
    store
        .keep(fetched(&number.to_string(), raw), key(number), ID, second(1))
        .await
        .unwrap();
    assert!(
        store
            .settle(&key(number), settled("review", reference), vec![], second(2))
            .await
            .unwrap()
    );
    key(number)
}

async fn keeps_the_bytes_once(place: Place) {
    let store = place.open().await;
    // No text at all: bytes are bytes.
    let raw = [b'A', 0, 0xFF, b'\r', b'\n', 0x80];
    let kept = store
        .keep(fetched("1", raw), key(1), None, second(1))
        .await
        .unwrap();
    assert_eq!(kept, Kept::New(key(1)));
    // The process died before the mailbox was told; then UIDVALIDITY changed; then it lay in another folder.
    let mut renumbered = fetched("7", raw);
    renumbered.uid_validity = 2;
    let mut elsewhere = fetched("1", raw);
    elsewhere.mailbox = "imap://127.0.0.1:10143/Junk".into();
    for again in [fetched("1", raw), renumbered, elsewhere] {
        let kept = store.keep(again, key(2), None, second(2)).await.unwrap();
        assert_eq!(kept, Kept::Known(key(1)));
    }
    assert_eq!(store.raw_message(&key(1)).await.unwrap(), Some(raw.to_vec()));
    assert_eq!(store.raw_message(&key(2)).await.unwrap(), None);
    let message = store.message(&key(1)).await.unwrap().unwrap();
    assert_eq!(
        (message.size_bytes, message.received_at, message.settled),
        (6, second(0), None)
    );
    assert_eq!(store.messages(None, None, 10).await.unwrap().items.len(), 1);
}

async fn one_mail_delivered_twice_is_one_message(place: Place) {
    let store = place.open().await;
    let to = mail(
        "Received: by a.example\r\nDelivered-To: care@example.test\r\n",
        "Yes",
    );
    let cc = mail(
        "Received: by b.example\r\nDelivered-To: info@example.test\r\n",
        "Yes",
    );
    assert_eq!(
        store.keep(fetched("1", to), key(1), ID, second(1)).await.unwrap(),
        Kept::New(key(1))
    );
    assert_eq!(
        store.keep(fetched("2", cc), key(2), ID, second(1)).await.unwrap(),
        Kept::Known(key(1))
    );
}

async fn what_differs_is_another_message(place: Place) {
    let store = place.open().await;
    let raw = mail("", "Yes");
    store
        .keep(fetched("1", &raw), key(1), ID, second(1))
        .await
        .unwrap();
    let mut over_the_limit = fetched(
        "4",
        "From: ann@customer.example\r\nMessage-ID: <1@customer.example>\r\n",
    );
    over_the_limit.size_bytes = 50_000_000;
    let long_id = "a".repeat(100_000);
    let others = [
        // The same UID with other bytes, as a server that renumbers silently gives them.
        (fetched("1", mail("", "No")), ID),
        // A program that gives all its mails the same Message-ID, used by somebody else.
        (fetched("2", raw.replace("ann@", "bob@")), ID),
        (fetched("3", mail("X-Copy: 1\r\n", "Yes")), None),
        (over_the_limit.clone(), ID),
        (fetched("5", mail("X-Copy: 2\r\n", "Yes")), Some(long_id.as_str())),
        (
            fetched("6", mail("X-Copy: 3\r\n", "Yes")),
            Some("nul\0@customer.example"),
        ),
    ];
    for (number, (other, id)) in (2..).zip(others) {
        let kept = store.keep(other, key(number), id, second(1)).await.unwrap();
        assert_eq!(kept, Kept::New(key(number)));
    }
    let again = store.keep(over_the_limit, key(9), ID, second(1)).await.unwrap();
    assert_eq!(again, Kept::Known(key(5)));
}

async fn a_message_fetched_by_many_at_once_is_kept_once(place: Place) {
    let store = place.open().await;
    let mut fetches = Vec::new();
    for number in 0..8 {
        let store = store.clone();
        let copy = mail(&format!("Received: by {number}.example\r\n"), "Yes");
        fetches.push(tokio::spawn(async move {
            store
                .keep(fetched(&number.to_string(), copy), key(number), ID, second(1))
                .await
                .unwrap()
        }));
    }
    let (mut new, mut known) = (BTreeSet::new(), BTreeSet::new());
    for fetch in fetches {
        match fetch.await.unwrap() {
            Kept::New(key) => new.insert(key),
            Kept::Known(key) => known.insert(key),
        };
    }
    assert_eq!(new.len(), 1);
    assert_eq!(known, new);
}

async fn two_workers_never_read_the_same_message(place: Place) {
    let store = place.open().await;
    for number in 0..20 {
        store
            .keep(
                fetched(&number.to_string(), mail("", &number.to_string())),
                key(number),
                ID,
                second(1),
            )
            .await
            .unwrap();
    }
    let mut workers = Vec::new();
    for number in 0..4 {
        let store = store.clone();
        workers.push(tokio::spawn(async move {
            let mut claimed = Vec::new();
            loop {
                let worker = format!("worker-{number}");
                let more = store
                    .claim_messages(&worker, 2, second(100), second(160))
                    .await
                    .unwrap();
                if more.is_empty() {
                    return claimed;
                }
                claimed.extend(more);
            }
        }));
    }
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    let distinct: BTreeSet<_> = claimed.iter().cloned().collect();
    assert_eq!((claimed.len(), distinct.len()), (20, 20));
    assert!(claimed.iter().all(|(_, claims_before)| *claims_before == 0));
    // All of them were left unread. They come back, the oldest first.
    let again = store
        .claim_messages("late", 1, second(160), second(220))
        .await
        .unwrap();
    assert_eq!(again, [(key(0), 1)]);
}

async fn who_reads_a_message_for_long_keeps_it(place: Place) {
    let store = place.open().await;
    store
        .keep(fetched("1", mail("", "1")), key(1), ID, second(1))
        .await
        .unwrap();
    let claim = async |worker, at| {
        let claimed = store.claim_messages(worker, 1, second(at), second(at + 30)).await;
        claimed.unwrap().len()
    };
    let renew = async |worker, until| {
        let renewed = store.renew_message_lease(&key(1), worker, second(until)).await;
        renewed.unwrap();
    };
    assert_eq!(claim("slow", 100).await, 1);
    renew("slow", 160).await;
    assert_eq!(claim("other", 140).await, 0);
    // Whoever does not have the claim renews nothing; neither does who has lost it.
    renew("other", 900).await;
    assert_eq!(claim("other", 161).await, 1);
    renew("slow", 900).await;
    assert_eq!(claim("third", 200).await, 1);
}

async fn a_message_that_ends_its_reader_is_found_out(place: Place) {
    let store = place.open().await;
    for number in 0..4 {
        let raw = mail("", &number.to_string());
        store
            .keep(fetched(&number.to_string(), raw), key(number), ID, second(1))
            .await
            .unwrap();
    }
    // Message 1 ends the process, whatever was claimed with it is not read; the next process begins when the lease is over.
    let mut handed_over = Vec::new();
    for process in 0..8 {
        let at = 100 + 100 * process;
        'alive: loop {
            let claimed = store
                .claim_messages("reader", 10, second(at), second(at + 60))
                .await
                .unwrap();
            if claimed.is_empty() {
                break;
            }
            for (message, claims_before) in claimed {
                if claims_before >= 3 {
                    handed_over.push(message.clone());
                } else if message == key(1) {
                    break 'alive;
                }
                store
                    .settle(&message, settled("ignore", None), vec![], second(at))
                    .await
                    .unwrap();
            }
        }
    }
    assert_eq!(handed_over, [key(1)]);
    assert!(
        store
            .messages(None, None, 10)
            .await
            .unwrap()
            .items
            .iter()
            .all(|message| message.settled.is_some())
    );
}

fn answer(reference: &Reference, message: &MessageKey) -> Order {
    Order {
        reference: reference.clone(),
        actor: Actor::Customer,
        command: Command::Answer {
            message: message.0.clone(),
            kind: "answer".into(),
            changes_seen: None,
            answers: vec![AnswerToApply {
                field: Field::ElectricityMeterNumber,
                answer: CertainAnswer::Corrected("12345678".into()),
                evidence: Evidence {
                    part: "body".into(),
                    span: Some((0, 8)),
                    text: "12345678".into(),
                    rule: "labelled_value".into(),
                    place: None,
                },
            }],
        },
    }
}

async fn a_message_is_settled_once(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(order(&reference, missing_meter_number()), second(5))
        .await
        .unwrap();
    store
        .keep(fetched("1", mail("", "12345678")), key(1), ID, second(6))
        .await
        .unwrap();
    let mut settlings = Vec::new();
    for _ in 0..4 {
        let store = store.clone();
        let (settled, orders) = (
            settled("apply", Some(&reference)),
            vec![answer(&reference, &key(1))],
        );
        settlings.push(tokio::spawn(async move {
            store.settle(&key(1), settled, orders, second(7)).await.unwrap()
        }));
    }
    let mut took_effect = 0;
    for settling in settlings {
        took_effect += u32::from(settling.await.unwrap());
    }
    assert_eq!(took_effect, 1);
    let names = event_names(&store, &reference).await;
    assert_eq!(
        names.iter().filter(|name| *name == "answer_applied").count(),
        1,
        "{names:?}"
    );
    let registration = store
        .registration(&reference)
        .await
        .unwrap()
        .unwrap()
        .registration;
    assert_eq!(
        registration.field(Field::ElectricityMeterNumber),
        Some("12345678")
    );
    assert_eq!(store.rebuilt(&reference).await.unwrap(), Some(registration));
    let of = store.messages_of(&reference).await.unwrap();
    assert_eq!(of.len(), 1);
    assert_eq!(of[0].settled, Some(settled("apply", Some(&reference))));
    assert!(
        !store
            .settle(&unknown_key(), settled("ignore", None), vec![], second(8))
            .await
            .unwrap()
    );
}

fn unknown_key() -> MessageKey {
    key(999_999)
}

async fn a_refused_order_leaves_the_message_waiting(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .keep(fetched("1", mail("", "Yes")), key(1), ID, second(6))
        .await
        .unwrap();
    let before = store.registration(&reference).await.unwrap();
    let note = Command::NoteMessage {
        message: key(1).0,
        kind: "answer".into(),
        disposition: "apply".into(),
        returns_on: None,
    };
    for refused in [
        order(&reference, Command::Activate),
        order(&unknown(), note.clone()),
    ] {
        let orders = vec![order(&reference, note.clone()), refused];
        let error = store
            .settle(&key(1), settled("apply", Some(&reference)), orders, second(7))
            .await
            .unwrap_err();
        assert!(
            matches!(error, ActError::Refused(_) | ActError::NotFound(_)),
            "{error}"
        );
        assert_eq!(store.registration(&reference).await.unwrap(), before);
        assert_eq!(store.history(&reference).await.unwrap().len(), 2);
        assert_eq!(store.message(&key(1)).await.unwrap().unwrap().settled, None);
    }
    assert!(
        store
            .settle(&key(1), settled("review", None), vec![], second(8))
            .await
            .unwrap()
    );
}

async fn a_form_of_a_page_is_kept_settled_and_carried_out_at_once_or_not_at_all(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(order(&reference, missing_meter_number()), second(5))
        .await
        .unwrap();
    let form = |number: u32, orders| {
        let settled = settled("apply", Some(&reference));
        let store = store.clone();
        async move {
            store
                .take_form(
                    fetched("form", "12345678"),
                    &key(number),
                    settled,
                    orders,
                    second(7),
                )
                .await
        }
    };
    let refused = vec![answer(&reference, &key(1)), order(&reference, Command::Activate)];
    assert!(matches!(form(1, refused).await, Err(ActError::Refused(_))));
    assert_eq!(store.message(&key(1)).await.unwrap(), None);
    // Sent twice at once, as by a double click.
    let (first, second) = tokio::join!(
        form(2, vec![answer(&reference, &key(2))]),
        form(3, vec![answer(&reference, &key(3))])
    );
    let taken = [first, second]
        .into_iter()
        .filter(|outcome| matches!(outcome, Ok(true)));
    assert_eq!(taken.count(), 1);
    let names = event_names(&store, &reference).await;
    let applied = names.iter().filter(|name| *name == "answer_applied");
    assert_eq!(applied.count(), 1, "{names:?}");
    let messages = store.messages_of(&reference).await.unwrap();
    assert_eq!(messages.len(), 1);
    assert!(messages[0].settled.is_some());
    assert_eq!(
        store
            .claim_messages("reader", 5, self::second(8), self::second(60))
            .await
            .unwrap(),
        vec![]
    );
}

async fn settling_crosswise_never_fails(place: Place) {
    let store = place.open().await;
    let (one, two) = (submit(&store, 1).await, submit(&store, 2).await);
    let mut settlings = Vec::new();
    for number in 0..16 {
        let raw = mail("", &number.to_string());
        store
            .keep(fetched(&number.to_string(), raw), key(number), ID, second(6))
            .await
            .unwrap();
        let note = Command::NoteMessage {
            message: key(number).0,
            kind: "unrelated".into(),
            disposition: "ignore".into(),
            returns_on: None,
        };
        let mut orders = vec![order(&one, note.clone()), order(&two, note)];
        if number % 2 == 0 {
            orders.reverse();
        }
        let store = store.clone();
        settlings.push(tokio::spawn(async move {
            store
                .settle(&key(number), settled("ignore", None), orders, second(7))
                .await
        }));
    }
    for settling in settlings {
        assert!(settling.await.unwrap().unwrap());
    }
    assert_eq!(store.history(&one).await.unwrap().len(), 18);
}

async fn an_agent_closes_a_case_that_nobody_else_closed(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    store
        .act(order(&reference, missing_meter_number()), second(5))
        .await
        .unwrap();
    let key = case(&store, 1, None).await;
    let open = store.message(&key).await.unwrap().unwrap();
    let close = async |version, orders| {
        store
            .close_case(&key, version, closing(), Some(&reference), orders, second(60))
            .await
    };
    assert!(!close(open.version + 1, vec![]).await.unwrap());
    let refused = close(open.version, vec![order(&reference, Command::Activate)]).await;
    assert!(matches!(refused, Err(ActError::Refused(_))), "{refused:?}");
    assert_eq!(store.message(&key).await.unwrap().unwrap(), open);
    assert!(close(open.version, vec![answer(&reference, &key)]).await.unwrap());
    assert!(!close(open.version, vec![answer(&reference, &key)]).await.unwrap());
    let closed = store.message(&key).await.unwrap().unwrap();
    assert_eq!(closed.closed, Some(closing()));
    assert_eq!(
        closed.settled.as_ref().unwrap().reference,
        Some(reference.clone())
    );
    assert!(!close(closed.version, vec![]).await.unwrap());
    assert!(
        store
            .messages(Some("review"), None, 10)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert_eq!(store.messages_of(&reference).await.unwrap(), [closed]);
    let names = event_names(&store, &reference).await;
    assert_eq!(
        names.iter().filter(|name| *name == "answer_applied").count(),
        1,
        "{names:?}"
    );
}

async fn an_agent_links_a_case_and_it_stays_open(place: Place) {
    let store = place.open().await;
    let reference = submit(&store, 1).await;
    let key = case(&store, 1, None).await;
    let version = store.message(&key).await.unwrap().unwrap().version;
    let linked = || settled("apply", Some(&reference));
    assert!(
        !store
            .relink(&key, version + 1, linked(), second(9))
            .await
            .unwrap()
    );
    assert!(store.relink(&key, version, linked(), second(9)).await.unwrap());
    assert!(!store.relink(&key, version, linked(), second(9)).await.unwrap());
    let open = store.messages(Some("review"), None, 10).await.unwrap().items;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].settled, Some(settled("review", Some(&reference))));
    assert_eq!(store.messages_of(&reference).await.unwrap(), open);
}

async fn remembers_how_far_a_mailbox_was_read(place: Place) {
    let store = place.open().await;
    assert_eq!(store.cursor("imap://a/INBOX").await.unwrap(), None);
    for (uid_validity, last_uid) in [(1, 5), (u32::MAX, u32::MAX)] {
        let cursor = MailboxCursor {
            uid_validity,
            last_uid,
        };
        store.set_cursor("imap://a/INBOX", cursor.clone()).await.unwrap();
        assert_eq!(store.cursor("imap://a/INBOX").await.unwrap(), Some(cursor));
    }
    assert_eq!(store.cursor("imap://b/INBOX").await.unwrap(), None);
}

async fn what_hurts_first_is_shown_first_in_every_view(place: Place) {
    let store = place.open().await;
    // Its wished start, 1 December 2026, is far from the tests' time.
    let reference = submit(&store, 1).await;
    let near = submit(&store, 2).await;
    let start = Command::SetField {
        field: Field::StartDate,
        value: Some("2026-09-25".into()),
    };
    store.act(order(&near, start), second(1)).await.unwrap();
    for (number, kind, language, of) in [
        (1, "question", Some("nl"), Some(&reference)),
        (2, "answer", Some("fr"), Some(&reference)),
        (3, "answer", None, None),
        (4, "answer", Some("nl"), Some(&near)),
        (5, "bounce", None, None),
    ] {
        let mut message = fetched(&number.to_string(), format!("Subject: {number}\r\n\r\n"));
        message.received_at = second(i64::from(number));
        store.keep(message, key(number), None, second(9)).await.unwrap();
        let settled = Settled {
            kind: kind.into(),
            language: language.map(str::to_owned),
            ..settled("review", of)
        };
        assert!(
            store
                .settle(&key(number), settled, vec![], second(9))
                .await
                .unwrap()
        );
    }
    let shown = async |queue: Option<Queue>, language: Option<Language>, limit: u32| {
        let mut shown = Vec::new();
        let mut after = None;
        loop {
            let view = View { queue, language };
            let page = store.cases(view, after.as_deref(), limit).await.unwrap();
            shown.extend(page.items.into_iter().map(|case| case.message.key));
            after = page.next;
            if after.is_none() {
                return shown;
            }
        }
    };
    let keys = |numbers: &[u32]| numbers.iter().map(|number| key(*number)).collect::<Vec<_>>();
    let (nl, fr) = (Some(Language::Nl), Some(Language::Fr));
    assert_eq!(shown(None, None, 2).await, keys(&[4, 1, 2, 3, 5]));
    assert_eq!(shown(None, nl, 1).await, keys(&[4, 1]));
    assert_eq!(shown(Some(Queue::Answers), None, 10).await, keys(&[4, 2]));
    assert_eq!(shown(Some(Queue::Answers), fr, 10).await, keys(&[2]));
    assert_eq!(shown(Some(Queue::Unmatched), None, 10).await, keys(&[3]));
    assert_eq!(shown(Some(Queue::Bounces), nl, 10).await, []);

    let beside = async |number: u32, view: View| store.cases_beside(&key(number), view).await.unwrap();
    assert_eq!(beside(4, View::default()).await, (None, Some(key(1))));
    assert_eq!(beside(2, View::default()).await, (Some(key(1)), Some(key(3))));
    let dutch = View {
        queue: None,
        language: nl,
    };
    assert_eq!(beside(2, dutch).await, (Some(key(1)), None));

    let pulse = store.pulse().await.unwrap();
    let closed = store
        .close_case(&key(4), 2, closing(), None, vec![], second(60))
        .await;
    assert!(closed.unwrap());
    assert_eq!(shown(None, None, 10).await, keys(&[1, 2, 3, 5]));
    assert_ne!(store.pulse().await.unwrap(), pulse);
    // From a case that is closed one still gets on.
    assert_eq!(beside(4, View::default()).await, (None, Some(key(1))));
    let mut counts = store.case_counts().await.unwrap();
    counts.sort_by_key(|(queue, language, _)| (queue.name(), *language));
    assert_eq!(
        counts,
        [
            (Queue::Answers, fr, 1),
            (Queue::Bounces, None, 1),
            (Queue::Questions, nl, 1),
            (Queue::Unmatched, None, 1),
        ]
    );
}
