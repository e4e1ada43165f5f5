//! What the distributor decides, and what the law wants before it may.

use super::*;

#[test]
fn an_unknown_ean_is_asked_again_and_decided_anew() {
    let mut registration = blocked();
    act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, corrected(EAN))]),
    )
    .unwrap();
    act(&mut registration, verify(vec![])).unwrap();

    assert_eq!(
        act(&mut registration, reject("ean_unknown")).unwrap(),
        ["decision_rejected", "requeued"]
    );
    assert_eq!(act(&mut registration, verify(vec![])).unwrap()[0], "blocked");
    assert_eq!(
        registration.state,
        State::Blocked {
            awaiting: Awaiting::Customer
        }
    );

    act(
        &mut registration,
        answers(vec![(Field::ElectricityEan, corrected(OTHER_EAN))]),
    )
    .unwrap();
    act(&mut registration, verify(vec![])).unwrap();
    assert_eq!(registration.state, State::Verified);
    assert!(act(&mut registration, accept()).is_ok());
}

#[test]
fn other_refusals_of_the_distributor_are_an_agents() {
    let mut registration = verified("web");
    act(&mut registration, reject("point_blocked")).unwrap();
    act(&mut registration, verify(vec![])).unwrap();
    assert_eq!(
        registration.state,
        State::Blocked {
            awaiting: Awaiting::Agent
        }
    );
    assert_eq!(
        act(&mut registration, Command::Reject).unwrap(),
        ["rejected", "letter_queued distributor_refusal"]
    );
}

#[test]
fn a_phone_registration_waits_for_the_written_yes() {
    let mut registration = verified("phone");
    assert_eq!(act(&mut registration, accept()), Err(Refusal::WrittenYesMissing));

    act(
        &mut registration,
        answers(vec![(Field::FirstName, CertainAnswer::WrittenYes)]),
    )
    .unwrap();

    assert_eq!(registration.written_yes, WrittenYes::Given);
    assert_eq!(
        registration.state,
        State::Verified,
        "a yes changes no field and needs no new verification"
    );
    assert!(act(&mut registration, accept()).is_ok());
}

#[test]
fn market_messages_come_twice_and_change_nothing_the_second_time() {
    let mut registration = verified("web");
    act(&mut registration, accept()).unwrap();
    assert_eq!(act(&mut registration, accept()).unwrap(), Vec::<String>::new());
    assert_eq!(
        act(&mut registration, reject("ean_unknown")),
        Err(Refusal::DecidedOtherwise("electricity"))
    );
}

#[test]
fn a_refusal_that_was_settled_without_another_ean_is_decided_anew() {
    let mut registration = verified("web");
    for _ in 0..2 {
        act(&mut registration, reject("address_mismatch")).unwrap();
        act(&mut registration, verify(vec![])).unwrap();
        assert!(
            matches!(registration.state, State::Blocked { .. }),
            "an earlier confirmation does not answer a later refusal"
        );
        let field = Field::ElectricityEan;
        act(&mut registration, Command::ConfirmField { field }).unwrap();
        act(&mut registration, Command::Requeue).unwrap();
        act(&mut registration, verify(vec![])).unwrap();
        assert_eq!(registration.state, State::Verified);
    }
    assert!(act(&mut registration, accept()).is_ok());
    assert_eq!(registration.state, State::Accepted);
}

#[test]
fn what_the_distributor_accepted_does_not_change_under_the_contract() {
    let mut document = document("web");
    let gas = serde_json::json!({"gas": {"ean": "541448920002283390"}, "electricity": {"ean": EAN}});
    let mut json = serde_json::to_value(&document).unwrap();
    json["gas"] = gas["gas"].clone();
    json["electricity"] = gas["electricity"].clone();
    document = serde_json::from_value(json).unwrap();
    let reference = "REG-7K3M9Q2X".parse().unwrap();
    let (mut registration, _) = submit(document, reference, Timestamp::UNIX_EPOCH).unwrap();
    act(&mut registration, verify(vec![])).unwrap();
    act(&mut registration, accept()).unwrap();
    assert_eq!(registration.state, State::Verified, "gas is still decided");
    let field = Field::ElectricityEan;
    let change = Command::SetField {
        field,
        value: Some(OTHER_EAN.into()),
    };
    assert_eq!(
        act(&mut registration, change),
        Err(Refusal::AcceptedAsItIs(field))
    );
}
