//! A registration and a kind of letter -> what the letter says.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::content::{Block, Content, Fact, Link};
use super::token::{PageToken, Purpose, TokenKeeper};
use super::words::{Count, Label, Nth, Words};
use super::{Brand, LetterFault, mask, questions};
use crate::calendar::{belgian_date, working_day_from};
use crate::contract::distributor;
use crate::registration::{
    CorrectedBy, Correction, CustomerType, DistributorDecision, Energy, Field, Language, LetterKind,
    Question, Registration, Settlement, WrittenYes,
};

/// Days of the right of withdrawal (Code of Economic Law, book VI). Calendar days.
const WITHDRAWAL_DAYS: i64 = 14;

/// What the letters of a registration are drafted from.
pub struct Draft<'a> {
    pub brand: &'a Brand,
    /// The address letters come from: the supplier's e-mail address.
    pub from_address: &'a str,
    pub registration: &'a Registration,
    pub words: &'static dyn Words,
    /// The letter's number within the registration.
    pub number: u32,
    /// When the letter is written.
    pub at: Timestamp,
    /// Whether the contract goes with its confirmation as a file.
    pub contract_attached: bool,
    pub links: Option<Links<'a>>,
}

/// What links to the customer's pages are made with.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    pub base: &'a str,
    pub tokens: &'a TokenKeeper,
}

/// Days that a link to the open questions or to the written yes opens; the life of a request is shorter.
const LINK_DAYS: i64 = 45;
/// Days that a link to the contract opens; the file itself is attached.
const CONTRACT_LINK_DAYS: i64 = 90;

impl<'a> Draft<'a> {
    /// The letter of a kind.
    ///
    /// # Errors
    /// [`LetterFault::NothingToSay`] when the registration gives such a letter no content.
    pub fn content(&self, kind: LetterKind) -> Result<Content, LetterFault> {
        let (subject, preheader, blocks) = match kind {
            LetterKind::RegistrationConfirmation => self.registration_confirmation(),
            LetterKind::ClarificationRequest => self.clarification_request()?,
            LetterKind::FollowUp => self.follow_up()?,
            LetterKind::Acknowledgement => self.acknowledgement(),
            LetterKind::ContractConfirmation => self.contract_confirmation()?,
            LetterKind::Reminder => self.reminder(Nth::First)?,
            LetterKind::LastReminder => self.reminder(Nth::Last)?,
            LetterKind::Expiry => self.expiry()?,
            LetterKind::WithdrawalAcknowledgement => self.withdrawal_acknowledgement(),
            LetterKind::DistributorRefusal => self.distributor_refusal(),
            LetterKind::AgentReply => return Err(LetterFault::NothingToSay("an agent's words are missing")),
        };
        Ok(self.framed(subject, preheader, blocks, self.words.footer()))
    }

    /// Greeting, signature and footer around what a letter says.
    pub(super) fn framed(
        &self,
        subject: String,
        preheader: &str,
        blocks: Vec<Block>,
        footer: &str,
    ) -> Content {
        let words = self.words;
        let content = Content {
            subject,
            preheader: preheader.to_owned(),
            greeting: words.greeting(self.customer_name().as_deref()),
            blocks,
            closing: words.closing().to_owned(),
            signature: self.signature(),
            footer: footer.to_owned(),
        };
        typeset(words, content)
    }

    fn registration_confirmation(&self) -> (String, &'static str, Vec<Block>) {
        let (words, registration) = (self.words, self.registration);
        let submitted = words.date(belgian_date(registration.submitted_at));
        let mut blocks = vec![
            Block::Paragraph(words.received_intro(&self.brand.name, registration.channel, &submitted)),
            Block::Notice(words.not_a_contract().to_owned()),
        ];
        if registration.written_yes == WrittenYes::Awaited {
            blocks.push(Block::Heading(words.written_yes_heading().to_owned()));
            blocks.push(Block::Notice(words.written_yes().to_owned()));
            blocks.extend(self.link(Purpose::Confirm));
        }
        blocks.extend([
            Block::Heading(words.your_data_heading().to_owned()),
            Block::Facts(self.all_data()),
            Block::Heading(words.wrong_heading().to_owned()),
            Block::Paragraph(words.wrong().to_owned()),
            Block::Heading(words.next_heading().to_owned()),
            Block::Bullets(words.received_next(registration.energies.len())),
            Block::Heading(words.not_you_heading().to_owned()),
            Block::Paragraph(words.not_you(self.phone().as_deref())),
        ]);
        let subject = words.received_subject(registration.reference.as_str());
        (subject, words.received_preheader(), blocks)
    }

    fn clarification_request(&self) -> Result<(String, &'static str, Vec<Block>), LetterFault> {
        let words = self.words;
        let questions = self.open_questions()?;
        let count = Count::of(questions.len());
        let energies = words.energies(&self.registration.energies);
        let mut blocks = vec![
            Block::Paragraph(words.request_intro(&self.brand.name, &energies, count)),
            Block::Paragraph(words.request_why().to_owned()),
            Block::Heading(words.questions_heading(count).to_owned()),
            Block::Questions(questions),
        ];
        blocks.extend(self.link(Purpose::Answer));
        blocks.extend(self.how_to_answer(count, words.request_next(&self.until())));
        let subject = words.request_subject(self.registration.reference.as_str(), count);
        Ok((subject, words.request_preheader(count), blocks))
    }

    fn follow_up(&self) -> Result<(String, &'static str, Vec<Block>), LetterFault> {
        let words = self.words;
        let questions = self.open_questions()?;
        let count = Count::of(questions.len());
        let noted = self.noted();
        let failed = self
            .registration
            .open_questions()
            .any(|question| question.failed_answer.is_some());
        let mut blocks = vec![Block::Paragraph(
            words.follow_up_intro(failed || !noted.is_empty(), count),
        )];
        if !noted.is_empty() {
            blocks.push(Block::Heading(words.noted_heading().to_owned()));
            blocks.push(Block::Facts(noted));
        }
        blocks.push(Block::Heading(words.still_open_heading().to_owned()));
        blocks.push(Block::Questions(questions));
        blocks.extend(self.link(Purpose::Answer));
        blocks.push(Block::Paragraph(words.request_why().to_owned()));
        blocks.extend(self.how_to_answer(count, words.request_next(&self.until())));
        let subject = words.follow_up_subject(self.registration.reference.as_str(), count);
        Ok((subject, words.request_preheader(count), blocks))
    }

    fn acknowledgement(&self) -> (String, &'static str, Vec<Block>) {
        let words = self.words;
        let by_customer = self
            .untold()
            .any(|correction| correction.by == CorrectedBy::Customer);
        let by = if by_customer {
            CorrectedBy::Customer
        } else {
            CorrectedBy::Agent
        };
        let mut blocks = vec![Block::Paragraph(words.acknowledgement_intro(by).to_owned())];
        let noted = self.noted();
        if !noted.is_empty() {
            blocks.push(Block::Facts(noted));
        }
        blocks.extend([
            Block::Notice(words.not_your_change(self.phone().as_deref())),
            Block::Heading(words.next_heading().to_owned()),
            Block::Bullets(words.acknowledgement_next(self.registration.written_yes)),
        ]);
        if self.registration.written_yes == WrittenYes::Awaited {
            blocks.extend(self.link(Purpose::Confirm));
        }
        blocks.push(Block::Facts(self.reference_facts()));
        let subject = words.acknowledgement_subject(self.registration.reference.as_str());
        (subject, words.acknowledgement_preheader(), blocks)
    }

    fn contract_confirmation(&self) -> Result<(String, &'static str, Vec<Block>), LetterFault> {
        let (words, registration) = (self.words, self.registration);
        let accepted = self.accepted();
        if accepted.is_empty() {
            return Err(LetterFault::NothingToSay(
                "the distributor has accepted no energy",
            ));
        }
        let confirmed: Vec<Energy> = accepted.iter().map(|(energy, _)| *energy).collect();
        let energies = words.energies(&confirmed);
        let mut blocks = vec![Block::Paragraph(
            words.contract_intro(&self.brand.name, &energies),
        )];
        for energy in &registration.energies {
            if let Some(DistributorDecision::Rejected { .. }) = registration.decisions.get(energy) {
                blocks.push(Block::Notice(words.refused_energy(words.energy(*energy))));
            }
        }
        blocks.push(Block::Heading(words.contract_heading().to_owned()));
        blocks.push(Block::Facts(self.contract_facts()));
        for (energy, start) in accepted {
            blocks.push(Block::Heading(words.supply_heading(energy).to_owned()));
            blocks.push(Block::Facts(self.supply_facts(energy, start)));
        }
        blocks.extend([
            Block::Paragraph(words.meter_reading().to_owned()),
            Block::Heading(words.supplier_heading().to_owned()),
            Block::Facts(self.supplier_facts()),
        ]);
        if registration.customer_type == CustomerType::Residential {
            blocks.extend(self.right_of_withdrawal(&energies));
        }
        blocks.extend([
            Block::Heading(words.complaints_heading().to_owned()),
            Block::Paragraph(words.complaints(self.phone().as_deref())),
            Block::Facts(vec![self.fact(Label::Ombudsman, &self.brand.ombudsman)]),
            Block::Paragraph(
                if self.contract_attached {
                    words.contract_attached()
                } else {
                    words.contract_copy()
                }
                .to_owned(),
            ),
        ]);
        if self.contract_attached {
            blocks.extend(self.link(Purpose::Contract));
        }
        let subject = words.contract_subject(registration.reference.as_str());
        Ok((subject, words.contract_preheader(), blocks))
    }

    /// The way to one of the customer's pages, where there are such pages.
    pub(super) fn link(&self, purpose: Purpose) -> Option<Block> {
        let Links { base, tokens } = self.links?;
        let days = match purpose {
            Purpose::Answer | Purpose::Confirm => LINK_DAYS,
            Purpose::Contract | Purpose::Withdraw => CONTRACT_LINK_DAYS,
        };
        let page = PageToken::until(
            purpose,
            self.registration.reference.clone(),
            belgian_date(self.at).saturating_add(days.days()),
        );
        Some(Block::Link(Link {
            label: self.words.page_link(purpose).to_owned(),
            url: format!("{base}/c/{}", tokens.page_token(&page)),
        }))
    }

    pub(super) fn open_questions(&self) -> Result<Vec<super::content::NumberedQuestion>, LetterFault> {
        let questions = questions::open(self.words, self.registration);
        if questions.is_empty() {
            return Err(LetterFault::NothingToSay("the registration has no open question"));
        }
        Ok(questions)
    }

    pub(super) fn how_to_answer(&self, count: Count, next: Vec<String>) -> Vec<Block> {
        let words = self.words;
        vec![
            Block::Heading(words.how_heading().to_owned()),
            Block::Paragraph(words.how(count).to_owned()),
            Block::Heading(words.next_heading().to_owned()),
            Block::Bullets(next),
            Block::Heading(words.really_us_heading().to_owned()),
            Block::Paragraph(words.really_us(told(&self.brand.website), self.phone().as_deref())),
            Block::Facts(self.reference_facts()),
        ]
    }

    pub(super) fn until(&self) -> String {
        self.words.date(self.answer_until())
    }

    /// The last day an answer is asked for: some days after the letter, always a working day.
    fn answer_until(&self) -> Date {
        let days = i64::from(self.brand.answer_days).days();
        working_day_from(belgian_date(self.at).saturating_add(days))
    }

    fn right_of_withdrawal(&self, energies: &str) -> Vec<Block> {
        let (words, brand) = (self.words, self.brand);
        let until = words.date(belgian_date(self.at).saturating_add(WITHDRAWAL_DAYS.days()));
        let supplier = joined([&brand.name, &brand.address], ", ");
        let mut blocks = vec![Block::Heading(words.withdrawal_heading().to_owned())];
        blocks.extend(
            words
                .withdrawal(&until, &supplier)
                .into_iter()
                .map(Block::Paragraph),
        );
        blocks.push(Block::Heading(words.withdrawal_form_heading().to_owned()));
        let reference = self.registration.reference.as_str();
        blocks.push(Block::Paragraph(words.withdrawal_form(
            &brand.name,
            energies,
            reference,
        )));
        blocks
    }

    /// What this letter tells of: a row for each field that changed since the last letter that told of changes, old and new,
    /// and one for each value that was said to be right.
    fn noted(&self) -> Vec<Fact> {
        let row = |field, value| Fact {
            label: self.words.label(field).to_owned(),
            value,
        };
        let changed = |field| {
            let (old, new) = self.change(field)?;
            let old = old.map(|value| self.shown(field, value));
            let new = new.map_or_else(
                || self.words.not_given().to_owned(),
                |value| self.shown(field, value),
            );
            Some(row(field, self.words.corrected(old.as_deref(), &new)))
        };
        let confirmed = |field| {
            let said_right = |question: &Question| {
                question.field == field && question.settlement == Some(Settlement::Confirmed)
            };
            self.registration
                .questions
                .iter()
                .find(|question| said_right(question))?;
            let value = self
                .registration
                .field(field)
                .map(|value| self.shown(field, value));
            Some(row(field, self.words.confirmed(value.as_deref())))
        };
        Field::ALL
            .into_iter()
            .filter_map(|field| changed(field).or_else(|| confirmed(field)))
            .collect()
    }

    /// The corrections that no earlier letter told of.
    fn untold(&self) -> impl Iterator<Item = &'a Correction> {
        let number = self.number;
        self.registration
            .corrections
            .iter()
            .filter(move |correction| correction.told_in_letter.is_none_or(|letter| letter == number))
    }

    /// The first old and the last new value of a field among the untold corrections; none when it is as it was.
    fn change(&self, field: Field) -> Option<(Option<&'a str>, Option<&'a str>)> {
        let mut corrections = self.untold().filter(|correction| correction.field == field);
        let first = corrections.next()?;
        let last = corrections.last().unwrap_or(first);
        let (old, new) = (first.old.as_deref(), last.new.as_deref());
        (old != new).then_some((old, new))
    }

    fn all_data(&self) -> Vec<Fact> {
        let (words, registration) = (self.words, self.registration);
        let energies = words.energies(&registration.energies);
        let request = words.request(registration.kind, registration.customer_type, &energies);
        let mut facts = vec![
            self.fact(Label::Reference, registration.reference.as_str()),
            self.fact(Label::Request, &request),
        ];
        let given = |field| self.given(field);
        if registration.customer_type == CustomerType::Business {
            facts.extend([given(Field::CompanyName), given(Field::EnterpriseNumber)]);
        }
        facts.extend([given(Field::FirstName), given(Field::LastName)]);
        if registration.customer_type == CustomerType::Residential {
            facts.push(given(Field::DateOfBirth));
        }
        facts.extend([given(Field::Email), given(Field::Phone)]);
        facts.push(self.fact(Label::SupplyAddress, &self.supply_address()));
        for energy in &registration.energies {
            facts.push(given(energy.ean_field()));
            facts.extend(self.if_given(energy.meter_number_field()));
        }
        facts.extend(self.if_given(Field::Iban));
        if let Some(supplier) = &registration.current_supplier {
            facts.push(self.fact(Label::CurrentSupplier, supplier));
        }
        facts.push(given(Field::StartDate));
        facts
    }

    pub(super) fn reference_facts(&self) -> Vec<Fact> {
        vec![
            self.fact(Label::SupplyAddress, &self.supply_address()),
            self.fact(Label::Reference, self.registration.reference.as_str()),
        ]
    }

    fn contract_facts(&self) -> Vec<Fact> {
        let (words, registration) = (self.words, self.registration);
        let mut facts = vec![self.fact(Label::Reference, registration.reference.as_str())];
        if let Some(name) = self.customer_name() {
            facts.push(self.fact(Label::Customer, &name));
        }
        facts.extend([
            self.fact(Label::SupplyAddress, &self.supply_address()),
            self.fact(Label::DateOfConclusion, &words.date(belgian_date(self.at))),
            self.fact(Label::Duration, words.see_tariff_card()),
            self.fact(Label::Price, words.see_tariff_card()),
            self.fact(Label::Payment, words.see_contract()),
            self.fact(Label::Compensation, words.see_tariff_card()),
        ]);
        if let Some(iban) = registration.field(Field::Iban) {
            facts.push(self.fact(Label::BankAccount, &mask::shown(Field::Iban, iban)));
        }
        facts
    }

    /// Here alone the EAN stands in full: the law wants the contract to name the supply point.
    fn supply_facts(&self, energy: Energy, start: Date) -> Vec<Fact> {
        let (words, registration) = (self.words, self.registration);
        let ean = registration
            .field(energy.ean_field())
            .unwrap_or(words.not_given());
        let mut facts = vec![self.fact(Label::Ean, ean)];
        if let Some(meter) = registration.field(energy.meter_number_field()) {
            facts.push(self.fact(
                Label::MeterNumber,
                &mask::shown(energy.meter_number_field(), meter),
            ));
        }
        let distributor = distributor::name(registration, energy).unwrap_or(words.distributor_unknown());
        facts.push(self.fact(Label::Distributor, distributor));
        facts.push(self.fact(Label::StartOfSupply, &words.date(start)));
        facts
    }

    fn supplier_facts(&self) -> Vec<Fact> {
        let brand = self.brand;
        let mut facts = vec![
            self.fact(Label::Supplier, &brand.name),
            self.fact(Label::Seat, &brand.address),
            self.fact(Label::EnterpriseNumber, &brand.enterprise_number),
            self.fact(Label::Phone, &self.phone_and_hours()),
            self.fact(Label::Email, self.from_address),
            self.fact(Label::Website, &brand.website),
        ];
        facts.retain(|fact| !fact.value.is_empty());
        facts
    }

    pub(super) fn accepted(&self) -> Vec<(Energy, Date)> {
        let registration = self.registration;
        registration
            .energies
            .iter()
            .filter_map(|energy| match registration.decisions.get(energy)? {
                DistributorDecision::Accepted { start_date } => Some((*energy, *start_date)),
                DistributorDecision::Rejected { .. } => None,
            })
            .collect()
    }

    /// The person's name, or the company's where no person is named.
    fn customer_name(&self) -> Option<String> {
        let registration = self.registration;
        let person = [Field::FirstName, Field::LastName]
            .into_iter()
            .filter_map(|field| registration.field(field).map(|name| mask::shown(field, name)))
            .collect::<Vec<_>>()
            .join(" ");
        if person.is_empty() {
            registration
                .field(Field::CompanyName)
                .map(|name| mask::shown(Field::CompanyName, name))
        } else {
            Some(person)
        }
    }

    /// `Rue du Noyer 132 bte 4, 1030 Schaerbeek`, as far as it is known.
    fn supply_address(&self) -> String {
        let field = |field| {
            self.registration
                .field(field)
                .map(|value| mask::shown(field, value))
        };
        let box_number = field(Field::Box).map(|number| format!("{} {number}", self.words.box_word()));
        let street: Vec<String> = [field(Field::Street), field(Field::HouseNumber), box_number]
            .into_iter()
            .flatten()
            .collect();
        let place: Vec<String> = [field(Field::PostalCode), field(Field::Municipality)]
            .into_iter()
            .flatten()
            .collect();
        let lines: Vec<String> = [street, place]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| line.join(" "))
            .collect();
        if lines.is_empty() {
            self.words.not_given().to_owned()
        } else {
            lines.join(", ")
        }
    }

    fn signature(&self) -> Vec<String> {
        let brand = self.brand;
        let lines = [
            brand.name.clone(),
            self.phone_and_hours(),
            joined([self.from_address, &brand.website], " - "),
            joined([&brand.address, &brand.enterprise_number], " - "),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// The supplier's phone, if the configuration tells it, on one line.
    pub(super) fn phone(&self) -> Option<String> {
        told(&self.brand.phone).map(|phone| phone.replace(' ', "\u{a0}"))
    }

    fn phone_and_hours(&self) -> String {
        let language = self.registration.language;
        let place = Language::ALL.iter().position(|each| *each == language);
        let hours = &self.brand.phone_hours[place.unwrap_or(0)];
        match (told(&self.brand.phone), told(hours)) {
            (Some(phone), Some(hours)) => format!("{phone} ({hours})"),
            (Some(phone), None) => phone.to_owned(),
            (None, _) => String::new(),
        }
    }

    fn given(&self, field: Field) -> Fact {
        self.if_given(field).unwrap_or_else(|| Fact {
            label: self.words.label(field).to_owned(),
            value: self.words.not_given().to_owned(),
        })
    }

    fn if_given(&self, field: Field) -> Option<Fact> {
        let value = self.shown(field, self.registration.field(field)?);
        Some(Fact {
            label: self.words.label(field).to_owned(),
            value,
        })
    }

    fn shown(&self, field: Field, value: &str) -> String {
        mask::shown(field, &self.words.value(field, value))
    }

    fn fact(&self, label: Label, value: &str) -> Fact {
        Fact {
            label: self.words.name_of(label).to_owned(),
            value: value.to_owned(),
        }
    }
}

/// A text of the configuration, unless it was left empty.
fn told(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn joined<const N: usize>(texts: [&str; N], separator: &str) -> String {
    texts
        .into_iter()
        .filter_map(told)
        .collect::<Vec<_>>()
        .join(separator)
}

/// The language's spacing, in everything but the values of facts: these are shown as they are.
fn typeset(words: &dyn Words, content: Content) -> Content {
    let set = |text: String| words.typeset(&text);
    let all = |texts: Vec<String>| texts.into_iter().map(|text| words.typeset(&text)).collect();
    let blocks = content
        .blocks
        .into_iter()
        .map(|block| match block {
            Block::Heading(text) => Block::Heading(set(text)),
            Block::Paragraph(text) => Block::Paragraph(set(text)),
            Block::Notice(text) => Block::Notice(set(text)),
            Block::Bullets(items) => Block::Bullets(all(items)),
            Block::Facts(facts) => Block::Facts(facts),
            Block::Link(link) => Block::Link(link),
            Block::Questions(questions) => Block::Questions(
                questions
                    .into_iter()
                    .map(|mut question| {
                        question.text = words.typeset(&question.text);
                        question.help = question.help.map(|help| words.typeset(&help));
                        question
                    })
                    .collect(),
            ),
        })
        .collect();
    Content {
        // The subject keeps its plain spaces: the reference stays readable in the raw header.
        preheader: set(content.preheader),
        blocks,
        footer: set(content.footer),
        ..content
    }
}
