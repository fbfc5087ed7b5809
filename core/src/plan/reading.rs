//! Readings: where the document can be understood in more than one way.

use super::ids::{OptionId, ReadingKey};
use crate::input::record;

record! {
    /// A text in both languages.
    pub struct Bilingual {
        /// Vietnamese.
        pub vi: String,
        /// English.
        pub en: String,
    }
}

record! {
    /// One way to understand it.
    pub struct ReadingOption {
        /// Its id, used in calls and receipts.
        pub id: OptionId,
        /// What it means, as the condition of a sentence in Vietnamese ("nếu ...").
        pub vi: String,
        /// What it means in English.
        pub en: String,
    }
}

record! {
    /// A question the document leaves open (cách hiểu), its answers, and the one taken by default.
    pub struct Reading {
        /// Its key.
        pub key: ReadingKey,
        /// The question.
        pub question: Bilingual,
        /// The answers.
        pub options: Vec<ReadingOption>,
        /// The answer taken unless the caller chooses.
        pub default: OptionId,
        /// Why that one.
        pub reason: String,
    }
}
