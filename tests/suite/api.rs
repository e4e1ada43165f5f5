//! The JSON API from outside, over a real store.

use estafette::registration::{Actor, Command};
use estafette::store::Order;
use estafette::web::WebSettings;
use estafette::web::health::PartStatus;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::web::{Answer, TOKEN, Web};

const REGISTRATIONS: &str = "/api/v1/registrations";
const BEARER: (&str, &str) = ("authorization", "Bearer token-of-the-sign-up-site");
const JSON: (&str, &str) = ("content-type", "application/json");
const NDJSON: (&str, &str) = ("content-type", "application/x-ndjson");

fn document() -> Value {
    json!({
        "language": "nl", "channel": "web", "kind": "switch",
        "customer": {"type": "residential", "first_name": "An", "last_name": "Peeters", "date_of_birth": "1984-03-09",
            "email": "an.peeters@customer.test", "phone": "0470 12 34 56"},
        "supply_address": {"street": "Kerkstraat", "house_number": "12", "postal_code": "9000", "municipality": "Gent"},
        "electricity": {"ean": "541448820012345678"}, "current_supplier": "Volt", "start_date": "2027-01-15"
    })
}

fn submit(web: &Web, body: &Value) -> Answer {
    web.post(REGISTRATIONS, &[BEARER, JSON], body.to_string().as_bytes())
}

fn submitted(web: &Web) -> String {
    let answer = submit(web, &document());
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["reference"].as_str().unwrap().to_owned()
}

fn show(web: &Web, reference: &str) -> Value {
    let answer = web.get(&format!("{REGISTRATIONS}/{reference}"), &[BEARER]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// Verification has nothing against it: the registration goes to the distributor.
fn verified(web: &Web) -> String {
    let reference = submitted(web);
    let order = Order {
        reference: reference.parse().unwrap(),
        actor: Actor::Estafette,
        command: Command::Verify {
            changes_seen: 0,
            findings: vec![],
        },
    };
    web.block_on(web.store.act(order, Timestamp::UNIX_EPOCH)).unwrap();
    reference
}

fn decide(web: &Web, reference: &str, decision: &Value) -> Answer {
    let path = format!("{REGISTRATIONS}/{reference}/decision");
    web.post(&path, &[BEARER, JSON], decision.to_string().as_bytes())
}

#[test]
fn a_registration_goes_in_and_is_shown_with_where_its_values_came_from() {
    let web = Web::start();
    let answer = submit(&web, &document());
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.json()["state"], "received");
    let reference = answer.json()["reference"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), format!("{REGISTRATIONS}/{reference}"));

    let shown = show(&web, &reference.to_lowercase());
    assert_eq!(shown["reference"], reference);
    assert_eq!(shown["fields"]["last_name"]["value"], "Peeters");
    assert_eq!(shown["fields"]["last_name"]["source"]["from"], "submitted");
    assert_eq!(shown["fields"]["last_name"]["source"]["actor"], "api token 2");
    assert_eq!(shown["fields"]["box"]["value"], Value::Null);
    assert!(shown["fields"].get("gas_ean").is_none(), "no gas was asked for");
    assert_eq!(shown["history"][0]["event"], "submitted");
    assert_eq!(shown["history"][0]["actor"], "api token 2");
    assert_eq!(shown["letters"][0]["kind"], "registration_confirmation");

    let list = web.get(REGISTRATIONS, &[BEARER]).json();
    assert_eq!(list["registrations"][0]["reference"], reference);
    assert_eq!(list["next"], Value::Null);
}

#[test]
fn every_bad_field_is_named_at_once_and_nothing_goes_in() {
    let web = Web::start();
    let mut body = document();
    body["language"] = json!("es");
    body["customer"]["phone"] = json!(470_123_456);
    body["customer"]["colour"] = json!("red");
    body["supply_address"] = Value::Null;
    body["reference"] = json!("REG-7K3M9Q2X");
    let answer = submit(&web, &body);
    assert_eq!(answer.status, 422);
    let mut fields = answer.bad_fields();
    fields.sort();
    assert_eq!(
        fields,
        [
            "customer.colour",
            "customer.phone",
            "language",
            "reference",
            "supply_address"
        ]
    );
    assert_eq!(answer.json()["status"], 422);

    let mut body = document();
    body["electricity"] = Value::Null;
    body["current_supplier"] = json!("x".repeat(400));
    let mut fields = submit(&web, &body).bad_fields();
    fields.sort();
    assert_eq!(fields, ["current_supplier", "electricity"]);

    let list = web.get(REGISTRATIONS, &[BEARER]).json();
    assert_eq!(list["registrations"], json!([]));
}

#[test]
fn a_value_that_is_merely_wrong_is_taken_for_verification_to_ask_about() {
    let web = Web::start();
    let mut body = document();
    body["electricity"]["ean"] = json!("54144882001234567");
    assert_eq!(submit(&web, &body).status, 201);
}

#[test]
fn bodies_that_are_no_json_or_too_large_are_problems() {
    let web = Web::start();
    for (headers, body, status) in [
        (vec![BEARER, JSON], b"{\"language\": ".to_vec(), 400),
        (vec![BEARER, JSON], b"\xff\xfe".to_vec(), 400),
        (vec![BEARER, JSON], Vec::new(), 400),
        (vec![BEARER, JSON], b"[1, 2]".to_vec(), 422),
        (vec![BEARER, ("content-type", "text/plain")], b"{}".to_vec(), 415),
        (vec![BEARER], b"{}".to_vec(), 415),
        (vec![BEARER, JSON], vec![b' '; 16 * 1024 + 1], 413),
        (vec![BEARER, NDJSON], vec![b' '; 64 * 1024 + 1], 413),
        (vec![BEARER, JSON, ("idempotency-key", "")], b"{}".to_vec(), 400),
    ] {
        let answer = web.post(REGISTRATIONS, &headers, &body);
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["status"], status);
        assert!(
            answer.json()["type"]
                .as_str()
                .unwrap()
                .starts_with("urn:estafette:problem:")
        );
    }
}

#[test]
fn the_same_key_and_body_make_one_registration_and_another_body_is_refused() {
    let web = Web::start();
    let headers = [BEARER, JSON, ("idempotency-key", "order-1")];
    let body = document().to_string();
    let first = web.post(REGISTRATIONS, &headers, body.as_bytes());
    let again = web.post(REGISTRATIONS, &headers, body.as_bytes());
    assert_eq!(
        (first.status, again.status),
        (201.try_into().unwrap(), 201.try_into().unwrap())
    );
    assert_eq!(first.json(), again.json());

    let mut other = document();
    other["customer"]["last_name"] = json!("Janssens");
    let refused = web.post(REGISTRATIONS, &headers, other.to_string().as_bytes());
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json()["type"],
        "urn:estafette:problem:idempotency-key-reused"
    );

    // Another client's key is another key.
    let theirs = [
        ("authorization", "Bearer another-token"),
        JSON,
        ("idempotency-key", "order-1"),
    ];
    assert_eq!(
        web.post(REGISTRATIONS, &theirs, other.to_string().as_bytes())
            .status,
        201
    );
    let list = web.get(REGISTRATIONS, &[BEARER]).json();
    assert_eq!(list["registrations"].as_array().unwrap().len(), 2);
}

#[test]
fn in_bulk_the_good_lines_go_in_and_the_bad_ones_are_listed() {
    let web = Web::start();
    let good = document().to_string();
    let mut bad = document();
    bad["kind"] = json!("swap");
    bad["customer"]["type"] = Value::Null;
    let body = format!("{good}\n\n{bad}\nno json\n{good}\r\n");
    let headers = [BEARER, NDJSON, ("idempotency-key", "file-7")];
    let answer = web.post(REGISTRATIONS, &headers, body.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.body);
    let report = answer.json();
    assert_eq!((&report["accepted"], &report["refused"]), (&json!(2), &json!(2)));
    let lines = report["lines"].as_array().unwrap();
    let numbers: Vec<u64> = lines.iter().map(|line| line["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 3, 4, 5]);
    assert!(lines[0]["reference"].as_str().unwrap().starts_with("REG-"));
    assert!(lines[0].get("faults").is_none());
    let fields: Vec<&str> = lines[1]["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["kind", "customer.type"]);
    assert!(
        lines[2]["faults"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("no JSON")
    );

    let again = web.post(REGISTRATIONS, &headers, body.as_bytes());
    assert_eq!(again.json(), report);
    let other = web.post(REGISTRATIONS, &headers, good.as_bytes());
    assert_eq!(other.status, 422);
    let list = web.get(REGISTRATIONS, &[BEARER]).json();
    assert_eq!(list["registrations"].as_array().unwrap().len(), 2);
}

#[test]
fn without_a_configured_token_nobody_comes_in() {
    let web = Web::start();
    for headers in [
        vec![],
        vec![("authorization", "Bearer wrong")],
        vec![("authorization", "Basic dG9rZW4=")],
        vec![("authorization", "Bearer ")],
        vec![("authorization", TOKEN)],
    ] {
        for answer in [
            web.get(REGISTRATIONS, &headers),
            web.post(REGISTRATIONS, &headers, b"{}"),
            web.get("/api/v1/messages", &headers),
            web.get("/api/v1/registrations/REG-7K3M9Q2X", &headers),
        ] {
            assert_eq!(answer.status, 401);
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
    let closed = Web::start_with(WebSettings::default());
    assert_eq!(closed.get(REGISTRATIONS, &[BEARER]).status, 401);
    assert_eq!(
        closed.get(REGISTRATIONS, &[("authorization", "Bearer ")]).status,
        401
    );
}

#[test]
fn unknown_paths_methods_and_references_are_problems_too() {
    let web = Web::start();
    for path in [
        "/api/v1/registrations/REG-00000000",
        "/api/v1/registrations/nonsense",
        "/api/v2/registrations",
        "/api",
    ] {
        let answer = web.get(path, &[BEARER]);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    let answer = web.post("/api/v1/messages", &[BEARER, JSON], b"{}");
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow"), "GET,HEAD");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(
        decide(
            &web,
            "REG-00000000",
            &json!({"energy": "gas", "accepted": false, "reason": "x"})
        )
        .status,
        404
    );
}

#[test]
fn lists_check_their_parameters_and_page() {
    let web = Web::start();
    let bad = web.get("/api/v1/messages?disposition=lost&limit=0&colour=red", &[BEARER]);
    assert_eq!(bad.status, 400);
    assert_eq!(bad.bad_fields(), ["colour", "disposition", "limit"]);
    assert_eq!(
        web.get("/api/v1/registrations?after=nonsense", &[BEARER])
            .bad_fields(),
        ["after"]
    );

    let made: Vec<String> = (0..3).map(|_| submitted(&web)).collect();
    let first = web.get("/api/v1/registrations?limit=2", &[BEARER]).json();
    let next = first["next"].as_str().unwrap();
    let second = web
        .get(&format!("/api/v1/registrations?limit=2&after={next}"), &[BEARER])
        .json();
    assert_eq!(second["next"], Value::Null);
    let mut seen: Vec<String> = [&first, &second]
        .iter()
        .flat_map(|page| page["registrations"].as_array().unwrap())
        .map(|row| row["reference"].as_str().unwrap().to_owned())
        .collect();
    seen.sort();
    let mut made = made;
    made.sort();
    assert_eq!(seen, made);
    assert_eq!(
        web.get("/api/v1/messages?disposition=review", &[BEARER]).json(),
        json!({"messages": [], "next": null})
    );
}

#[test]
fn the_distributor_decides_once() {
    let web = Web::start();
    let reference = verified(&web);
    let yes = json!({"energy": "electricity", "accepted": true, "start_date": "2027-01-15"});
    let answer = decide(&web, &reference, &yes);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.json(),
        json!({"reference": reference, "state": "accepted"})
    );
    assert_eq!(decide(&web, &reference, &yes).status, 200);

    let no = json!({"energy": "electricity", "accepted": false, "reason": "ean_unknown"});
    let otherwise = decide(&web, &reference, &no);
    assert_eq!(otherwise.status, 409);
    assert_eq!(otherwise.header("content-type"), "application/problem+json");
    let gas = decide(
        &web,
        &reference,
        &json!({"energy": "gas", "accepted": false, "reason": "ean_unknown"}),
    );
    assert_eq!(gas.status, 409);

    let shown = show(&web, &reference);
    let events: Vec<&str> = shown["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events
            .iter()
            .filter(|event| **event == "decision_accepted")
            .count(),
        1
    );
    assert!(events.contains(&"contract_confirmed"), "{events:?}");
    assert_eq!(shown["decisions"]["electricity"]["decision"], "accepted");
}

#[test]
fn a_decision_is_refused_before_its_time_and_by_its_fields() {
    let web = Web::start();
    let reference = submitted(&web);
    let yes = json!({"energy": "electricity", "accepted": true, "start_date": "2027-01-15"});
    assert_eq!(decide(&web, &reference, &yes).status, 409);
    let bad = decide(
        &web,
        &reference,
        &json!({"energy": "steam", "accepted": true, "start_date": "soon"}),
    );
    assert_eq!(
        (bad.status, bad.bad_fields()),
        (
            422.try_into().unwrap(),
            vec!["energy".into(), "start_date".into()]
        )
    );
}

#[test]
fn the_description_is_openapi_and_says_all_of_it() {
    let web = Web::start();
    let answer = web.get("/api/openapi.json", &[]);
    assert_eq!(answer.header("content-type"), "application/json");
    let description = answer.json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, method) in [
        ("/api/v1/registrations", "post"),
        ("/api/v1/registrations", "get"),
        ("/api/v1/registrations/{reference}", "get"),
        ("/api/v1/registrations/{reference}/decision", "post"),
        ("/api/v1/messages", "get"),
    ] {
        let operation = &description["paths"][path][method];
        assert!(
            operation["responses"]["401"]["content"]["application/problem+json"].is_object(),
            "{method} {path}"
        );
    }
    assert_eq!(
        description["components"]["securitySchemes"]["bearer"]["scheme"],
        "bearer"
    );
    // Every schema that is named is there.
    let schemas = &description["components"]["schemas"];
    let text = answer.body;
    for piece in text.split("#/components/schemas/").skip(1) {
        let name = piece.split('"').next().unwrap();
        assert!(schemas.get(name).is_some(), "{name}");
    }
    assert!(schemas["RegistrationDocument"]["properties"]["supply_address"].is_object());
}

#[test]
fn readiness_names_the_part_that_fails_and_since_when() {
    let web = Web::start();
    assert_eq!(web.get("/healthz", &[]).status, 200);
    web.parts.set("mailbox", PartStatus::Ready);
    let ready = web.get("/readyz", &[]);
    assert_eq!(ready.status, 200, "{}", ready.body);
    let failing = PartStatus::Failing {
        since: Timestamp::UNIX_EPOCH,
        detail: "connection refused".into(),
    };
    web.parts.set("smtp", failing);
    let answer = web.get("/readyz", &[]);
    assert_eq!(answer.status, 503);
    let parts = answer.json()["parts"].clone();
    let of = |name: &str| {
        parts
            .as_array()
            .unwrap()
            .iter()
            .find(|part| part["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(of("store")["status"], "ready");
    assert_eq!(of("mailbox")["status"], "ready");
    assert_eq!(of("smtp")["status"], "failing");
    assert_eq!(of("smtp")["since"], "1970-01-01T00:00:00Z");
}

#[test]
fn metrics_count_the_rows_of_the_store() {
    let web = Web::start();
    submitted(&web);
    let text = web.get("/metrics", &[]).body;
    assert!(
        text.contains("estafette_registrations{state=\"received\"} 1"),
        "{text}"
    );
    assert!(text.contains("estafette_letters{state=\"queued\"} 1"), "{text}");
}
