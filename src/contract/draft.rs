//! Registration, supplier and terms -> what the contract says.

use jiff::civil::Date;

use super::content::{Block, Content, Fact, Form, Section};
use super::terms::{Formula, Renewal, Terms};
use super::words::{self, Texts, fill};
use super::{ContractFault, Supplier, distributor, withdrawal_until};
use crate::registration::{Channel, CustomerType, DistributorDecision, Energy, Field, Kind, Registration};

/// Characters of a bank account that the contract shows: the file travels by e-mail.
const IBAN_TAIL_CHARS: usize = 4;

/// The contract of what the distributor accepted.
///
/// # Errors
/// [`ContractFault::NothingAccepted`].
pub fn content(
    terms: &Terms,
    supplier: &Supplier<'_>,
    registration: &Registration,
    concluded: Date,
) -> Result<Content, ContractFault> {
    let texts = words::of(registration.language);
    let draft = Draft {
        terms,
        supplier,
        registration,
        concluded,
        texts,
        accepted: accepted(registration),
    };
    if draft.accepted.is_empty() {
        return Err(ContractFault::NothingAccepted);
    }
    let mut content = draft.content();
    typeset(texts, &mut content);
    Ok(content)
}

struct Draft<'a> {
    terms: &'a Terms,
    supplier: &'a Supplier<'a>,
    registration: &'a Registration,
    concluded: Date,
    texts: &'static Texts,
    accepted: Vec<(Energy, Date)>,
}

fn accepted(registration: &Registration) -> Vec<(Energy, Date)> {
    let decisions = &registration.decisions;
    registration
        .energies
        .iter()
        .filter_map(|energy| match decisions.get(energy)? {
            DistributorDecision::Accepted { start_date } => Some((*energy, *start_date)),
            DistributorDecision::Rejected { .. } => None,
        })
        .collect()
}

impl Draft<'_> {
    fn content(&self) -> Content {
        let (texts, supplier) = (self.texts, self.supplier);
        let mut sections = vec![self.parties()];
        for (energy, start) in &self.accepted {
            sections.push(self.supply(*energy, *start));
        }
        sections.extend([self.prices(), self.payment(), self.duration(), self.quality()]);
        let is_consumer = self.registration.customer_type == CustomerType::Residential;
        if is_consumer {
            sections.push(self.withdrawal());
        }
        sections.push(self.complaints());
        let footer = [supplier.name, supplier.address, supplier.enterprise_number];
        Content {
            title: texts.title.to_owned(),
            subtitle: format!("{} · {}", self.energies(true), self.supply_address()),
            supplier: supplier.name.to_owned(),
            reference: fill(
                texts.reference_line,
                &[("reference", self.registration.reference.as_str())],
            ),
            brief: self.brief(is_consumer),
            sections,
            form: is_consumer.then(|| self.form()),
            footer: told(&footer).join(" · "),
            page: texts.page,
        }
    }

    fn brief(&self, is_consumer: bool) -> Vec<Fact> {
        let texts = self.texts;
        let starts: Vec<Date> = self.accepted.iter().map(|(_, start)| *start).collect();
        let first = starts.iter().min().copied().unwrap_or(self.concluded);
        let same = starts.iter().all(|start| *start == first);
        let mut brief = vec![
            self.fact(texts.product, &self.terms.product),
            if same {
                self.fact(texts.start, &(texts.date)(first))
            } else {
                let each: Vec<String> = self
                    .accepted
                    .iter()
                    .map(|(energy, start)| {
                        format!("{} : {}", self.energy(*energy, true), (texts.date)(*start))
                    })
                    .collect();
                self.fact(texts.start, &each.join(" · ").replace(" :", texts.colon))
            },
            self.fact(texts.term, &self.term()),
        ];
        if is_consumer {
            let until = (texts.date)(withdrawal_until(self.concluded));
            brief.push(self.fact(texts.withdraw_until, &until));
        }
        brief
    }

    fn term(&self) -> String {
        match self.terms.months {
            Some(months) => fill(self.texts.months, &[("months", &months.to_string())]),
            None => self.texts.without_end.to_owned(),
        }
    }

    fn parties(&self) -> Section {
        let (texts, registration, supplier) = (self.texts, self.registration, self.supplier);
        let name = [Field::FirstName, Field::LastName]
            .into_iter()
            .filter_map(|field| registration.field(field))
            .collect::<Vec<_>>()
            .join(" ");
        let concluded = match registration.channel {
            Channel::Web => texts.concluded_online,
            Channel::Phone => texts.concluded_by_phone,
        };
        let date = (texts.date)(self.concluded);
        let phone = told(&[supplier.phone, supplier.phone_hours]).join(", ");
        let company = registration.field(Field::CompanyName).unwrap_or_default();
        let number = registration.field(Field::EnterpriseNumber).unwrap_or_default();
        let seat = told(&[supplier.address, supplier.enterprise_number]).join(" · ");
        let mut facts = vec![
            self.fact(texts.customer, &told(&[company, number, &name]).join(", ")),
            self.fact(texts.supply_address, &self.supply_address()),
            self.fact(
                texts.contact,
                &told(&[
                    registration.field(Field::Email).unwrap_or_default(),
                    registration.field(Field::Phone).unwrap_or_default(),
                ])
                .join(" · "),
            ),
            self.fact(texts.supplier, &format!("{}\n{seat}", supplier.name)),
            self.fact(
                texts.contact_us,
                &told(&[&phone, supplier.email, supplier.website]).join(" · "),
            ),
            self.fact(texts.concluded, &format!("{date}, {concluded}")),
            self.fact(texts.reference, registration.reference.as_str()),
        ];
        facts.retain(|fact| !fact.value.trim().is_empty());
        Section {
            heading: texts.parties_heading.to_owned(),
            blocks: vec![Block::Facts(facts)],
        }
    }

    fn supply(&self, energy: Energy, start: Date) -> Section {
        let (texts, registration) = (self.texts, self.registration);
        let ean = registration.field(energy.ean_field()).unwrap_or_default();
        let mut facts = vec![self.fact(texts.ean, ean)];
        if let Some(meter) = registration.field(energy.meter_number_field()) {
            facts.push(self.fact(texts.meter_number, meter));
        }
        let distributor = match distributor::name(registration, energy) {
            Some(name) => match self.terms.distributor_addresses.get(name) {
                Some(address) => format!("{name}, {address}"),
                None => name.to_owned(),
            },
            None => texts.distributor_unknown.to_owned(),
        };
        facts.push(self.fact(texts.distributor, &distributor));
        facts.push(self.fact(texts.start, &(texts.date)(start)));
        if let Some(tariff) = self.terms.tariffs.get(&energy) {
            let (label, price) = match &tariff.formula {
                Formula::Fixed(cents) => (
                    texts.fixed_price,
                    fill(texts.cents_per_kwh, &[("price", &(texts.number)(cents.as_str()))]),
                ),
                Formula::Variable(formula) => (
                    texts.variable_price,
                    fill(texts.cents_per_kwh, &[("price", &(texts.number)(formula))]),
                ),
            };
            facts.push(self.fact(label, &price));
            if let Some(fee) = &tariff.fixed_fee {
                let fee = fill(texts.euros_per_year, &[("price", &(texts.number)(fee.as_str()))]);
                facts.push(self.fact(texts.fixed_fee, &fee));
            }
            if let Some(advance) = &tariff.advance {
                let advance = fill(
                    texts.euros_per_month,
                    &[("price", &(texts.number)(advance.as_str()))],
                );
                facts.push(self.fact(texts.advance, &advance));
            }
        }
        Section {
            heading: self.energy(energy, true),
            blocks: vec![Block::Facts(facts)],
        }
    }

    fn prices(&self) -> Section {
        let texts = self.texts;
        let vat = self.terms.vat_percent.to_string();
        let mut blocks = vec![Block::Paragraph(fill(texts.prices, &[("vat", &vat)]))];
        let is_variable = self.accepted.iter().any(|(energy, _)| {
            let tariff = self.terms.tariffs.get(energy);
            matches!(tariff.map(|tariff| &tariff.formula), Some(Formula::Variable(_)))
        });
        blocks.push(Block::Paragraph(
            if is_variable {
                texts.prices_variable
            } else {
                texts.prices_fixed
            }
            .to_owned(),
        ));
        if let Some(card) = &self.terms.tariff_card {
            blocks.push(Block::Paragraph(fill(texts.tariff_card, &[("card", card)])));
        }
        Section {
            heading: texts.prices_heading.to_owned(),
            blocks,
        }
    }

    fn payment(&self) -> Section {
        let texts = self.texts;
        let mut blocks = vec![Block::Paragraph(texts.payment.to_owned())];
        if let Some(iban) = self.registration.field(Field::Iban) {
            let end = iban.chars().count().saturating_sub(IBAN_TAIL_CHARS);
            let tail: String = iban.chars().skip(end).collect();
            blocks.push(Block::Paragraph(fill(texts.account, &[("tail", &tail)])));
        }
        Section {
            heading: texts.payment_heading.to_owned(),
            blocks,
        }
    }

    fn duration(&self) -> Section {
        let texts = self.texts;
        let mut blocks = Vec::new();
        if let Some(months) = self.terms.months {
            let months = months.to_string();
            let renewal = match self.terms.renewal {
                Renewal::WithoutEnd => texts.renewed_without_end,
                Renewal::SameTerm => texts.renewed,
                Renewal::Ends => texts.not_renewed,
            };
            let duration = fill(texts.duration_months, &[("months", &months)]);
            blocks.push(Block::Paragraph(format!("{duration} {renewal}")));
        } else {
            blocks.push(Block::Paragraph(texts.duration_without_end.to_owned()));
        }
        let weeks = self.terms.notice_weeks.to_string();
        blocks.push(Block::Paragraph(fill(texts.ending, &[("weeks", &weeks)])));
        Section {
            heading: texts.duration_heading.to_owned(),
            blocks,
        }
    }

    fn quality(&self) -> Section {
        Section {
            heading: self.texts.quality_heading.to_owned(),
            blocks: vec![
                Block::Paragraph(self.texts.quality.to_owned()),
                Block::Paragraph(self.texts.compensation.to_owned()),
            ],
        }
    }

    fn withdrawal(&self) -> Section {
        let texts = self.texts;
        let until = (texts.date)(withdrawal_until(self.concluded));
        let how = fill(
            texts.withdrawal_how,
            &[
                ("email", self.supplier.email),
                (
                    "seat",
                    &told(&[self.supplier.name, self.supplier.address]).join(", "),
                ),
            ],
        );
        let after = match self.registration.kind {
            Kind::Switch => format!("{} {}", texts.withdrawal_after, texts.former_contract),
            Kind::Move => texts.withdrawal_after.to_owned(),
        };
        Section {
            heading: texts.withdrawal_heading.to_owned(),
            blocks: vec![
                Block::Notice(fill(texts.withdrawal, &[("until", &until)])),
                Block::Paragraph(how),
                Block::Paragraph(after),
            ],
        }
    }

    fn complaints(&self) -> Section {
        let (texts, supplier) = (self.texts, self.supplier);
        let contact = told(&[supplier.email, supplier.phone]).join(" · ");
        Section {
            heading: texts.complaints_heading.to_owned(),
            blocks: vec![
                Block::Paragraph(texts.complaints.to_owned()),
                Block::Facts(vec![
                    self.fact(texts.first_us, &contact),
                    self.fact(texts.then_ombudsman, supplier.ombudsman),
                ]),
            ],
        }
    }

    /// The model form of directive 2011/83/EU, annex I(B), with what is known filled in.
    fn form(&self) -> Form {
        let (texts, supplier) = (self.texts, self.supplier);
        let to = told(&[supplier.name, supplier.address, supplier.email]);
        Form {
            heading: texts.form_heading.to_owned(),
            note: texts.form_note.to_owned(),
            to_label: texts.form_to.to_owned(),
            to: to.into_iter().map(str::to_owned).collect(),
            statement: texts.form_statement.to_owned(),
            boxes: self
                .accepted
                .iter()
                .map(|(energy, _)| texts.form_supply(*energy).to_owned())
                .collect(),
            known: vec![
                self.fact(texts.reference, self.registration.reference.as_str()),
                self.fact(texts.concluded, &(texts.date)(self.concluded)),
                self.fact(texts.supply_address, &self.supply_address()),
            ],
            lines: vec![
                (texts.form_name.to_owned(), 1),
                (texts.form_address.to_owned(), 2),
                (texts.form_date.to_owned(), 1),
                (texts.form_signature.to_owned(), 2),
            ],
            end_note: texts.form_end.to_owned(),
        }
    }

    fn energies(&self, first_capital: bool) -> String {
        let names: Vec<String> = self
            .accepted
            .iter()
            .zip(0..)
            .map(|((energy, _), at)| self.energy(*energy, first_capital && at == 0))
            .collect();
        names.join(self.texts.and)
    }

    fn energy(&self, energy: Energy, capital: bool) -> String {
        let name = self.texts.energy(energy);
        if capital {
            let mut letters = name.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string());
            first.unwrap_or_default() + letters.as_str()
        } else {
            name.to_owned()
        }
    }

    /// `Rue du Noyer 132 bte 4, 1030 Schaerbeek`, as far as it is known.
    fn supply_address(&self) -> String {
        let field = |field| self.registration.field(field).map(str::to_owned);
        let box_number = field(Field::Box).map(|number| format!("{} {number}", self.texts.box_word));
        let join = |parts: Vec<Option<String>>| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let street = join(vec![field(Field::Street), field(Field::HouseNumber), box_number]);
        let place = join(vec![field(Field::PostalCode), field(Field::Municipality)]);
        told(&[&street, &place]).join(", ")
    }

    fn fact(&self, label: &str, value: &str) -> Fact {
        Fact {
            label: label.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// Those that are told: an operator may leave texts of the configuration empty.
fn told<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    texts
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The language's spacing in all running text.
fn typeset(texts: &Texts, content: &mut Content) {
    let set = |text: &mut String| *text = (texts.typeset)(text);
    for section in &mut content.sections {
        set(&mut section.heading);
        for block in &mut section.blocks {
            match block {
                Block::Paragraph(text) | Block::Notice(text) => set(text),
                Block::Facts(_) => {}
            }
        }
    }
    if let Some(form) = &mut content.form {
        for text in [
            &mut form.note,
            &mut form.statement,
            &mut form.end_note,
            &mut form.to_label,
        ] {
            set(text);
        }
    }
}
