//! Scales of ranks and ratings, best band first.

use super::ids::{BandId, ScaleId};
use super::reading::Bilingual;
use crate::input::record;

record! {
    /// One band of a scale.
    pub struct Band {
        /// Its id: `good`.
        pub id: BandId,
        /// Its name in Vietnamese: "tốt".
        pub vi: String,
        /// Its name in English.
        pub en: String,
        /// The lowest score of the band, where scores are published.
        pub from_score: Option<rust_decimal::Decimal>,
    }
}

record! {
    /// A scale (thang xếp hạng, xếp loại), best band first.
    pub struct Scale {
        /// `rank` of bodies, `rating` of people and collectives.
        pub id: ScaleId,
        /// What the scale measures.
        pub name: Bilingual,
        /// Its bands, best first.
        pub bands: Vec<Band>,
        /// Where the cut-offs come from, or that they are assumed.
        pub note: Option<String>,
    }
}

impl Scale {
    /// The place of a band, 0 the best.
    pub fn place(&self, band: &str) -> Option<usize> {
        self.bands.iter().position(|b| b.id.as_str() == band)
    }
}
