//! Writes down the words of registrations that came before words were kept, so that these are found as well.

use super::{BATCH, Loop, Shift, Turn};
use crate::store::Store;

pub struct Words {
    pub store: Store,
    pub shift: Shift,
}

impl Words {
    pub async fn run(self) {
        let turn = || async {
            Ok(match self.store.keep_missing_words(BATCH).await? {
                0 => Turn::Idle,
                _ => Turn::Worked,
            })
        };
        self.shift.run(Loop::Words, turn).await;
    }
}
