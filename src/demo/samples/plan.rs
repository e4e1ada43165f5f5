//! What each sample is made to be, in the order they come in: sound ones between the broken ones, every way of
//! answering at least once.

use Breakage::{
    CheckDigit, MisspelledFirstName, NoDateOfBirth, NoEan, NoHouseNumber, NoStartDate, OtherPostalCode,
    SameEanTwice, SeventeenDigits, ShortPhone, WrongEnterpriseNumber, WrongIban,
};
use Channel::{Phone, Web};
use CustomerType::Business;
use Energy::{Electricity, Gas};
use Kind::{Move, Switch};
use Language::{De, En, Fr, Nl};

use super::{Breakage, Channel, CustomerType, DistributorAnswer, Energy, Kind, Language, Plan, Scenario};

const E: &[Energy] = &[Electricity];
const BOTH: &[Energy] = &[Electricity, Gas];

const fn sound(language: Language, channel: Channel, kind: Kind, energies: &'static [Energy]) -> Plan {
    Plan {
        language,
        channel,
        kind,
        customer_type: CustomerType::Residential,
        energies,
        breakages: &[],
        scenario: Scenario::RightAtOnce,
        distributor: DistributorAnswer::Accepts,
    }
}

const fn broken(
    language: Language,
    kind: Kind,
    energies: &'static [Energy],
    breakages: &'static [Breakage],
    scenario: Scenario,
) -> Plan {
    Plan {
        breakages,
        scenario,
        ..sound(language, Web, kind, energies)
    }
}

const fn business(plan: Plan) -> Plan {
    Plan {
        customer_type: Business,
        ..plan
    }
}

const fn rejected(plan: Plan, reason: &'static str) -> Plan {
    Plan {
        distributor: DistributorAnswer::Rejects { reason },
        ..plan
    }
}

pub(super) const PLANS: [Plan; 40] = [
    broken(Fr, Switch, E, &[NoEan(Electricity)], Scenario::RightAtOnce),
    sound(Nl, Web, Switch, BOTH),
    sound(Fr, Web, Switch, E),
    broken(Nl, Switch, BOTH, &[SeventeenDigits(Gas)], Scenario::InsideQuote),
    sound(Fr, Web, Move, BOTH),
    sound(En, Web, Switch, E),
    broken(
        Fr,
        Switch,
        BOTH,
        &[CheckDigit(Electricity)],
        Scenario::WrongThenRight,
    ),
    sound(Nl, Web, Switch, E),
    sound(De, Web, Switch, E),
    broken(De, Switch, E, &[NoDateOfBirth], Scenario::HtmlOnly),
    sound(Nl, Phone, Move, BOTH),
    sound(Fr, Web, Switch, BOTH),
    broken(
        Nl,
        Switch,
        BOTH,
        &[NoEan(Electricity), NoEan(Gas)],
        Scenario::Partly,
    ),
    rejected(sound(Fr, Web, Switch, E), "ean_unknown"),
    sound(Nl, Web, Switch, BOTH),
    broken(En, Move, E, &[NoEan(Electricity), ShortPhone], Scenario::Partly),
    sound(Fr, Phone, Switch, E),
    business(sound(Nl, Web, Switch, BOTH)),
    broken(Nl, Switch, E, &[OtherPostalCode], Scenario::RightAtOnce),
    sound(Fr, Web, Move, E),
    sound(Nl, Web, Switch, E),
    broken(Fr, Switch, E, &[NoEan(Electricity)], Scenario::OutOfOffice),
    sound(De, Web, Move, E),
    sound(Fr, Web, Switch, BOTH),
    broken(Fr, Switch, BOTH, &[SameEanTwice], Scenario::Question),
    rejected(sound(Nl, Web, Switch, E), "point_blocked"),
    sound(En, Web, Switch, BOTH),
    broken(Nl, Switch, E, &[MisspelledFirstName], Scenario::HtmlOnly),
    business(sound(Fr, Web, Switch, E)),
    business(broken(
        Nl,
        Switch,
        E,
        &[WrongEnterpriseNumber],
        Scenario::OtherAddress,
    )),
    sound(Nl, Web, Move, BOTH),
    sound(Fr, Phone, Switch, BOTH),
    broken(Fr, Move, E, &[NoStartDate], Scenario::Never),
    sound(Nl, Web, Switch, BOTH),
    broken(
        De,
        Switch,
        E,
        &[NoHouseNumber, NoEan(Electricity)],
        Scenario::InsideQuote,
    ),
    sound(Fr, Web, Switch, E),
    broken(Fr, Switch, E, &[WrongIban], Scenario::RightAtOnce),
    sound(Nl, Web, Switch, E),
    sound(En, Phone, Move, E),
    sound(Fr, Web, Switch, BOTH),
];
