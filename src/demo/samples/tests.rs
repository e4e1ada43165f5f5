use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::registration::value::normalise;
use crate::registration::{Finding, Reference};
use crate::verification::{Circumstances, Settings, verify};

const TODAY: Date = date(2026, 10, 15);
const SEEDS: u64 = 50;

fn findings(document: RegistrationDocument) -> Vec<Finding> {
    let submitted = "2026-10-15T08:00:00Z".parse().unwrap();
    let registration = document
        .into_registration(Reference::from_random([1; 5]), submitted)
        .unwrap();
    let circumstances = Circumstances {
        today: TODAY,
        eans_in_use: Vec::new(),
        settings: Settings::default(),
    };
    verify(&registration, &circumstances)
}

#[test]
fn every_sample_is_found_to_be_what_it_was_made_to_be() {
    for seed in 0..SEEDS {
        for (index, sample) in samples(&mut Dice::seeded(seed), TODAY).into_iter().enumerate() {
            let found = findings(sample.document.clone());
            let asked: BTreeSet<Field> = found
                .iter()
                .map(|finding| match finding {
                    Finding::Customer { field, .. } => *field,
                    Finding::Agent { .. } => panic!("seed {seed}, sample {index}: {finding:?}"),
                })
                .collect();
            let meant: BTreeSet<Field> = sample
                .breakages
                .iter()
                .flat_map(|breakage| breakage.fields())
                .collect();
            assert_eq!(
                asked, meant,
                "seed {seed}, sample {index}: {:?} {found:?}",
                sample.document
            );
        }
    }
}

#[test]
fn the_true_values_mend_every_sample_and_are_normal_forms() {
    for seed in 0..SEEDS {
        for (index, sample) in samples(&mut Dice::seeded(seed), TODAY).into_iter().enumerate() {
            for (field, value) in &sample.truth {
                assert_eq!(
                    normalise(*field, value).as_ref(),
                    Ok(value),
                    "seed {seed}, sample {index}: {field}"
                );
            }
            for (field, value) in &sample.first_try {
                assert!(
                    normalise(*field, value).is_err(),
                    "seed {seed}, sample {index}: {field}"
                );
            }
            let plan = &plan::PLANS[index];
            assert_eq!(
                findings(document(plan, &sample.truth, Some("X".into()))),
                [],
                "seed {seed}, sample {index}"
            );
        }
    }
}

#[test]
fn about_a_third_is_broken_and_every_way_of_answering_occurs() {
    let samples = samples(&mut Dice::seeded(1), TODAY);
    let broken = samples
        .iter()
        .filter(|sample| !sample.breakages.is_empty())
        .count();
    assert!((12..=15).contains(&broken), "{broken} of {}", samples.len());
    let scenarios: BTreeSet<Scenario> = samples
        .iter()
        .filter(|sample| !sample.breakages.is_empty())
        .map(|sample| sample.scenario)
        .collect();
    assert_eq!(scenarios.len(), 9, "{scenarios:?}");
    for language in Language::ALL {
        let of_language = samples
            .iter()
            .filter(|sample| sample.document.language == language);
        assert!(of_language.count() >= 4, "{language}");
    }
    let rejected = samples
        .iter()
        .filter(|sample| sample.distributor != DistributorAnswer::Accepts);
    assert_eq!(rejected.count(), 2);
}

#[test]
fn no_ean_and_no_address_occurs_twice() {
    for seed in 0..SEEDS {
        let mut eans = BTreeSet::new();
        let mut addresses = BTreeSet::new();
        for sample in samples(&mut Dice::seeded(seed), TODAY) {
            for field in [Field::ElectricityEan, Field::GasEan] {
                if let Some(ean) = sample.truth.get(&field) {
                    assert!(eans.insert(ean.clone()), "seed {seed}: {ean}");
                }
            }
            let address = sample.truth[&Field::Email].clone();
            assert!(address.ends_with(".example"), "{address}");
            assert!(addresses.insert(address.clone()), "seed {seed}: {address}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_samples() {
    let made = |seed| samples(&mut Dice::seeded(seed), TODAY);
    assert_eq!(made(7), made(7));
    assert_ne!(made(7), made(8));
}
