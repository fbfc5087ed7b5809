//! What is counted besides receipt and outcome: satisfaction, apologies, requests for more papers.
//!
//! All of it is one small number for each row, of only those columns that are there, so that a row costs one more count.

use super::flow::{Flow, at};

/// Which of these columns there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Extras {
    pub(crate) satisfied: bool,
    pub(crate) apology: bool,
    pub(crate) requests: bool,
    pub(crate) notices: bool,
}

/// Each of the four takes one of three values.
const WAYS: u32 = 3;

impl Extras {
    const fn present(&self) -> [bool; 4] {
        [self.satisfied, self.apology, self.requests, self.notices]
    }

    /// How many numbers a row may have; 1 where there is nothing to count.
    pub(crate) fn codes(&self) -> u32 {
        self.present().into_iter().filter(|p| *p).fold(1, |codes, _| codes * WAYS)
    }

    /// Counts rows of that number. The value of each column: satisfied 1 yes, 2 no; apology 1 for a dossier resolved
    /// late, 2 for another; requests and notices 1 one, 2 more, of which the first is counted here.
    pub(crate) fn unfold(&self, mut code: u32, count: u64, flow: &mut Flow) {
        let mut values = [0; 4];
        for (value, _) in values.iter_mut().zip(self.present()).rev().filter(|(_, present)| *present) {
            *value = code % WAYS;
            code /= WAYS;
        }
        let [satisfied, apology, requests, notices] = values;
        match satisfied {
            1 => flow.add_at(at::SATISFIED, count),
            2 => flow.add_at(at::DISSATISFIED, count),
            _ => {}
        }
        if apology > 0 {
            flow.add_at(at::APOLOGIES, count);
        }
        if apology == 1 {
            flow.add_at(at::APOLOGIES_LATE, count);
        }
        if requests > 0 {
            flow.add_at(at::SUPPLEMENTED, count);
            flow.add_at(at::REQUESTS, count);
        }
        if notices > 0 {
            flow.add_at(at::NOTICES, count);
        }
    }
}

/// Bits that say of which optional columns every row told.
pub(crate) type Known = u8;

/// See [`Known`].
pub(crate) mod known {
    use super::Known;

    pub(crate) const SATISFIED: Known = 1;
    pub(crate) const APOLOGY: Known = 2;
    pub(crate) const REQUESTS: Known = 4;
    pub(crate) const NOTICES: Known = 8;
    pub(crate) const ALL: Known = SATISFIED | APOLOGY | REQUESTS | NOTICES;
}

impl Extras {
    pub(crate) fn known(&self) -> Known {
        let bits = [known::SATISFIED, known::APOLOGY, known::REQUESTS, known::NOTICES];
        bits.into_iter().zip(self.present()).fold(0, |all, (bit, present)| if present { all | bit } else { all })
    }
}
