//! The distributors (GRD, netbeheerder, VNB) that the first seven digits of an EAN tell, and the regions they serve.
//!
//! A prefix is history, not geography: networks changed hands and the numbers stayed. An unknown prefix allows no
//! conclusion; a known one in another region is a doubt, never a fault. From company numbers in Synergrid's published
//! profile files and EANs seen in distributors' exports; the handing over of 5414494 is in the Walloon order of
//! 14 December 2017.

use super::Energy;
use super::places::Region;
use super::value::Ean;

/// A prefix that distributors gave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distributor {
    /// The first seven digits of its EANs.
    pub prefix: &'static str,
    pub name: &'static str,
    /// Where supply points with this prefix are.
    pub regions: &'static [Region],
    pub energies: &'static [Energy],
}

const BOTH: &[Energy] = &[Energy::Electricity, Energy::Gas];
const ELECTRICITY: &[Energy] = &[Energy::Electricity];
const GAS: &[Energy] = &[Energy::Gas];
const FLANDERS: &[Region] = &[Region::Flanders];
const WALLONIA: &[Region] = &[Region::Wallonia];

/// Every known prefix.
pub const DISTRIBUTORS: [Distributor; 10] = [
    entry("5414488", "Fluvius", FLANDERS, BOTH),
    entry("5414492", "Fluvius Limburg", FLANDERS, BOTH),
    entry(
        "5414494",
        "Fluvius and ORES (former PBE)",
        &[Region::Flanders, Region::Wallonia],
        ELECTRICITY,
    ),
    entry("5414495", "Fluvius", FLANDERS, ELECTRICITY),
    entry("5414496", "Fluvius West", FLANDERS, BOTH),
    entry("5414489", "Sibelga", &[Region::Brussels], BOTH),
    entry("5414490", "ORES", WALLONIA, BOTH),
    entry("5414557", "REW", WALLONIA, ELECTRICITY),
    entry("5414567", "RESA", WALLONIA, ELECTRICITY),
    entry("5414609", "RESA", WALLONIA, GAS),
];

const fn entry(
    prefix: &'static str,
    name: &'static str,
    regions: &'static [Region],
    energies: &'static [Energy],
) -> Distributor {
    Distributor {
        prefix,
        name,
        regions,
        energies,
    }
}

/// The distributor of an EAN, if its prefix is known.
pub fn distributor_of(ean: &Ean) -> Option<&'static Distributor> {
    DISTRIBUTORS
        .iter()
        .find(|distributor| distributor.prefix == ean.prefix())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_leads_to_its_distributor() {
        let ean = Ean::from_parts("5414489", "2000010203").unwrap();
        assert_eq!(distributor_of(&ean).map(|found| found.name), Some("Sibelga"));
        let unknown = Ean::from_parts("5499842", "2000010203").unwrap();
        assert_eq!(distributor_of(&unknown), None);
    }
}
