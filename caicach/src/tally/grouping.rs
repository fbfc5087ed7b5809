//! By what dossiers are grouped.

use std::fmt;

use crate::order::InOrder;

/// One thing that dossiers are grouped by (tiêu chí phân nhóm).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// The body that handles the dossier (cơ quan, đơn vị).
    Body,
    /// The officer in charge (người xử lý).
    Officer,
    /// The field of the procedure (lĩnh vực).
    Field,
    /// The month (tháng); see [`Counts`](super::Counts) for which month an event counts in.
    Month,
}

impl Dimension {
    /// All dimensions, in their fixed order.
    pub const ALL: [Self; 4] = [Self::Body, Self::Officer, Self::Field, Self::Month];

    /// The dimension's name: `body`, `officer`, `field`, `month`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Officer => "officer",
            Self::Field => "field",
            Self::Month => "month",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Body => 1,
            Self::Officer => 2,
            Self::Field => 4,
            Self::Month => 8,
        }
    }
}

/// A set of dimensions (cách phân nhóm): `body`, `officer`, `body,field,month`; the empty set is the whole.
///
/// ```
/// use caicach::tally::Grouping;
/// let fine: Grouping = "body, field, month".parse().unwrap();
/// assert!(Grouping::BODY.is_within(fine));
/// assert_eq!(fine.to_string(), "body,field,month");
/// assert!("body,colour".parse::<Grouping>().is_err());
/// assert_eq!(Grouping::list("body; body,officer").unwrap(), [Grouping::BODY, Grouping::BODY_OFFICER]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Grouping(u8);

/// A word that is not the name of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a dimension; dimensions are `body`, `officer`, `field`, `month`")]
pub struct GroupingError {
    word: String,
}

impl Grouping {
    /// Everything in one group (toàn bộ).
    pub const TOTAL: Self = Self(0);
    /// By body.
    pub const BODY: Self = Self(1);
    /// By officer; two officers of one name in different bodies are one group, see [`Self::BODY_OFFICER`].
    pub const OFFICER: Self = Self(2);
    /// By field.
    pub const FIELD: Self = Self(4);
    /// By month.
    pub const MONTH: Self = Self(8);
    /// By body and officer.
    pub const BODY_OFFICER: Self = Self(3);
    /// By body and field: the rows of form II.06a.
    pub const BODY_FIELD: Self = Self(5);
    /// By body, field and month.
    pub const BODY_FIELD_MONTH: Self = Self(13);

    /// The set of the given dimensions.
    pub fn of(dimensions: impl IntoIterator<Item = Dimension>) -> Self {
        Self(dimensions.into_iter().fold(0, |set, d| set | d.bit()))
    }

    /// The sets of a list: `body; body,officer`. An empty text is the whole alone.
    ///
    /// # Errors
    /// [`GroupingError`] for a word that is not a dimension.
    pub fn list(text: &str) -> Result<Vec<Self>, GroupingError> {
        text.split(';').map(str::parse).collect()
    }

    /// Whether the dimension belongs to the set.
    #[must_use]
    pub const fn has(self, dimension: Dimension) -> bool {
        self.0 & dimension.bit() != 0
    }

    /// Whether groups of `finer` can be summed to groups of this.
    #[must_use]
    pub const fn is_within(self, finer: Self) -> bool {
        self.0 & !finer.0 == 0
    }

    /// The dimensions, in their fixed order.
    pub fn dimensions(self) -> impl Iterator<Item = Dimension> {
        Dimension::ALL.into_iter().filter(move |d| self.has(*d))
    }

    /// The set without one dimension.
    #[must_use]
    pub const fn without(self, dimension: Dimension) -> Self {
        Self(self.0 & !dimension.bit())
    }

    /// The sets of which none is within another, sorted: what has to be counted so that all can be given.
    pub(crate) fn finest(wanted: &[Self]) -> Vec<Self> {
        let beaten = |g: &Self| wanted.iter().any(|other| other != g && g.is_within(*other));
        let mut finest: Vec<Self> = wanted.iter().copied().filter(|g| !beaten(g)).collect();
        finest.order();
        finest.dedup();
        finest
    }

    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn from_bits(bits: u8) -> Option<Self> {
        (bits < 16).then_some(Self(bits))
    }
}

impl fmt::Display for Grouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, dimension) in self.dimensions().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            f.write_str(dimension.name())?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Grouping {
    type Err = GroupingError;

    fn from_str(text: &str) -> Result<Self, GroupingError> {
        let mut set = Self::TOTAL;
        for word in text.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            let found = Dimension::ALL.into_iter().find(|d| d.name() == word);
            let dimension = found.ok_or_else(|| GroupingError { word: word.chars().take(40).collect() })?;
            set.0 |= dimension.bit();
        }
        Ok(set)
    }
}
