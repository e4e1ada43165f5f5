//! Sentences that speak of what is attached.

use super::*;

impl<'a> Examination<'a> {
    /// What was attached must have been read; and what the customer points at there is taken.
    pub(super) fn speak_of_attachments(&mut self) {
        if self.says(Meaning::Attachment) {
            match self.account.attachments {
                Attachments::Read => {}
                Attachments::Cards => {
                    let doubt = self.doubt_about(DoubtReason::UnreadAttachment, &[]);
                    add_doubt(&mut self.account.of_cards, doubt);
                }
                Attachments::None | Attachments::Unread => self.doubt(DoubtReason::UnreadAttachment),
            }
        }
        self.note_pointed();
    }

    /// "Everything is on the bill, our VAT number too".
    fn note_pointed(&mut self) {
        let points = self.says(Meaning::Attachment) || self.says(Meaning::Source);
        let turns = [
            Meaning::Deny,
            Meaning::Later,
            Meaning::Uncertain,
            Meaning::Question,
            Meaning::Except,
            Meaning::Past,
        ]
        .iter()
        .any(|meaning| self.says(*meaning));
        if self.account.attachments != Attachments::Read || !points || turns || self.sentence.asks {
            return;
        }
        // Then what was not found there was overlooked.
        self.account.beside.unread |= self.says(Meaning::All);
        for label in self.labels_in(0..self.items().len()) {
            if let [field] = self.scope.fields_of(label, &[]).as_slice()
                && self.scope.is_asked(*field)
            {
                self.account.beside.pointed.at(*field);
            }
        }
    }

    /// "The bill of the former tenant": where it shows that it is for the registered home, who got it is of no consequence.
    pub(super) fn names_who_had_the_bill(&self, places: &[usize]) -> bool {
        let words = |place: &usize| fold_key(self.text_of(&self.items()[*place].range));
        let has_value = (0..self.items().len()).any(|place| self.value(place).is_some());
        let of_people = |place: &usize| {
            let words = words(place);
            words
                .split(' ')
                .all(|word| Words::is_predecessor(word) || Words::is_former(word))
        };
        let names_person = places
            .iter()
            .any(|place| words(place).split(' ').any(Words::is_predecessor));
        let speaks_of_meter = (0..self.items().len()).any(|place| {
            words(&place)
                .split(' ')
                .any(|word| Words::is_meter(word) || word == "meters")
        });
        self.account.attachments == Attachments::Read
            && self.account.beside.home_is_shown
            && (self.says(Meaning::Source) || self.says(Meaning::Attachment))
            && names_person
            && places.iter().all(of_people)
            && !has_value
            && !speaks_of_meter
            && !self.says(Meaning::Deny)
    }

    /// Names that stand on a document of the registered home: whoever signed it, or sent it.
    pub(super) fn explain_words_of_attachments(&mut self) {
        let speaks_of_it = self.says(Meaning::Source) || self.says(Meaning::Attachment);
        if self.account.attachments != Attachments::Read
            || !self.account.beside.home_is_shown
            || !speaks_of_it
            || self.account.claims.len() > self.claims_before
        {
            return;
        }
        for place in (0..self.items().len()).rev() {
            let item = &self.items()[place];
            let text = self.text_of(&item.range);
            let word = fold_key(text);
            if self.explained[place]
                || !matches!(item.kind, ItemKind::Unknown)
                || !names::has_capital(text)
                || names::is_asked_name(self.scope, &word)
            {
                continue;
            }
            self.explained[place] = word
                .split(' ')
                .all(|part| self.account.beside.words.contains(part));
        }
    }
}
