//! Apportioning a cut of posts among bodies (phân bổ chỉ tiêu giảm biên chế), by largest remainder.
//!
//! Each body's quota is its part of the cut in proportion to its headcount: `cut x posts / all posts`. Every body is given
//! the whole number of its quota; the posts that are left go one each to the largest remainders (Hamilton's method). Of
//! equal remainders the body with more posts comes first, then the one whose id comes first in the order of its bytes.
//!
//! A body may be exempt (schools, health stations): it gives nothing and does not count among the posts. A body may have
//! a floor, the posts it must keep: where its quota would take it below, it gives what it has above the floor, and the
//! others share the rest in proportion, until no floor is touched. What no rule says stays with the caller: this is
//! arithmetic, no verdict, and needs no plan.
//!
//! ```
//! use caicach::apportion::{Holder, apportion};
//! let holders = [
//!     Holder::new("phong_noi_vu", 12),
//!     Holder::new("phong_tu_phap", 7),
//!     Holder::new("truong_a", 40).exempt(),
//!     Holder::new("van_phong", 31).keeping(30),
//! ];
//! let apportionment = apportion(4, &holders)?;
//! let cuts: Vec<(&str, u64)> = apportionment.lots().iter().map(|lot| (lot.id(), lot.cut())).collect();
//! assert_eq!(cuts, [("phong_noi_vu", 2), ("phong_tu_phap", 1), ("truong_a", 0), ("van_phong", 1)]);
//! # Ok::<(), caicach::apportion::ApportionError>(())
//! ```
//!
//! # What holds and what does not
//! The sum is the cut, exactly. Within the last round no body is off its quota by one post or more. Among bodies
//! without floor the one with more posts never gives fewer. The order of the list is all one. But largest remainder has
//! a known paradox: when the cut grows by one, a body may give one post *fewer* (Alabama's).

use serde::Serialize;

use crate::order::{InOrder, Map};

/// A body among which a cut is apportioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    id: String,
    posts: u64,
    floor: u64,
    exempt: bool,
}

impl Holder {
    /// A body and its posts.
    pub fn new(id: impl Into<String>, posts: u64) -> Holder {
        Holder { id: id.into(), posts, floor: 0, exempt: false }
    }

    /// The posts that it must keep. One that has fewer already gives nothing.
    #[must_use]
    pub fn keeping(mut self, floor: u64) -> Holder {
        self.floor = floor;
        self
    }

    /// It gives nothing, and its posts do not count.
    #[must_use]
    pub fn exempt(mut self) -> Holder {
        self.exempt = true;
        self
    }

    /// The posts that it can give.
    fn available(&self) -> u64 {
        if self.exempt { 0 } else { self.posts.saturating_sub(self.floor) }
    }
}

/// Why a body gives what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The whole number of its quota.
    Quota,
    /// That, and one post for its remainder.
    Remainder,
    /// All that its floor leaves.
    Floor,
    /// It is exempt.
    Exempt,
}

impl Because {
    /// The word of the JSON form: "remainder".
    pub fn as_str(self) -> &'static str {
        match self {
            Because::Quota => "quota",
            Because::Remainder => "remainder",
            Because::Floor => "floor",
            Because::Exempt => "exempt",
        }
    }
}

/// What one body gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lot {
    id: String,
    posts: u64,
    cut: u64,
    left: u64,
    quota: Quota,
    because: Because,
}

/// A body's exact part of the cut: `numerator` of `denominator` posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quota {
    /// The numerator.
    pub numerator: u128,
    /// The denominator, never 0.
    pub denominator: u128,
}

impl Lot {
    /// The body.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its posts before.
    pub fn posts(&self) -> u64 {
        self.posts
    }

    /// The posts it gives.
    pub fn cut(&self) -> u64 {
        self.cut
    }

    /// The posts it keeps.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Its quota in the round that settled it.
    pub fn quota(&self) -> Quota {
        self.quota
    }

    /// Why it gives so many.
    pub fn because(&self) -> Because {
        self.because
    }
}

/// A cut apportioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Apportionment {
    cut: u64,
    lots: Vec<Lot>,
}

impl Apportionment {
    /// The cut: the sum of what the bodies give.
    pub fn cut(&self) -> u64 {
        self.cut
    }

    /// What each body gives, in the order of the list given.
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// The whole as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A cut that cannot be apportioned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApportionError {
    /// Floors and exemptions leave fewer posts than are to be cut.
    #[error("{cut} posts are to be cut, but floors and exemptions leave only {available}")]
    TooLittle {
        /// What is to be cut.
        cut: u64,
        /// What can be.
        available: u64,
    },
    /// Two bodies have one id.
    #[error("the body `{id}` stands in the list twice")]
    Duplicate {
        /// The id.
        id: String,
    },
    /// The posts add up to more than any administration has.
    #[error("the posts add up to more than can be counted")]
    TooLarge,
}

impl ApportionError {
    /// The kind of error, a word that is stable across versions.
    pub fn code(&self) -> &'static str {
        match self {
            ApportionError::TooLittle { .. } => "too_little",
            ApportionError::Duplicate { .. } => "duplicate_id",
            ApportionError::TooLarge => "out_of_range",
        }
    }

    /// What of the input it is about.
    pub fn path(&self) -> &'static str {
        match self {
            ApportionError::TooLittle { .. } => "cut",
            ApportionError::Duplicate { .. } | ApportionError::TooLarge => "posts",
        }
    }
}

/// Apportions a cut among bodies: see the [module](self).
///
/// # Errors
/// [`ApportionError::TooLittle`] where floors and exemptions leave too few posts, [`ApportionError::Duplicate`] where an id
/// stands twice, [`ApportionError::TooLarge`] where the posts do not add up within 64 bits.
pub fn apportion(cut: u64, holders: &[Holder]) -> Result<Apportionment, ApportionError> {
    let mut by_id: Map<&str, &Holder> = Map::new();
    for holder in holders {
        if by_id.insert(&holder.id, holder).is_some() {
            return Err(ApportionError::Duplicate { id: holder.id.clone() });
        }
    }
    let all = |of: fn(&Holder) -> u64| holders.iter().try_fold(0u64, |sum, holder| sum.checked_add(of(holder)));
    let available = all(Holder::available).ok_or(ApportionError::TooLarge)?;
    all(|holder| holder.posts).ok_or(ApportionError::TooLarge)?;
    if cut > available {
        return Err(ApportionError::TooLittle { cut, available });
    }
    let mut settled = at_their_floors(cut, &mut by_id);
    by_remainders(cut, &by_id, &mut settled);
    let lot = |holder: &Holder| {
        let nothing = (0, Quota { numerator: 0, denominator: 1 }, Because::Quota);
        let (cut, quota, because) = settled.get(holder.id.as_str()).copied().unwrap_or(nothing);
        let because = if holder.exempt { Because::Exempt } else { because };
        Lot { id: holder.id.clone(), posts: holder.posts, cut, left: holder.posts.saturating_sub(cut), quota, because }
    };
    Ok(Apportionment { cut, lots: holders.iter().map(lot).collect() })
}

/// What has been settled: the posts given, the quota and the reason.
type Settled<'h> = Map<&'h str, (u64, Quota, Because)>;

/// Settles the bodies whose quota would take them below their floor, and takes them out of the list. Each of them raises
/// the quotas of the others, so all of a round can be settled together and no order matters.
fn at_their_floors<'h>(cut: u64, open: &mut Map<&'h str, &'h Holder>) -> Settled<'h> {
    let mut settled = Settled::new();
    open.retain(|_, holder| !holder.exempt);
    loop {
        let rest = remaining(cut, &settled);
        let posts = posts(open);
        let beyond = |holder: &Holder| -> Option<Quota> {
            let quota = quota(rest, holder, posts)?;
            (quota.numerator > u128::from(holder.available()).checked_mul(quota.denominator)?).then_some(quota)
        };
        let found: Vec<(&str, u64, Quota)> =
            open.iter().filter_map(|(id, holder)| Some((*id, holder.available(), beyond(holder)?))).collect();
        if found.is_empty() {
            return settled;
        }
        for (id, gives, quota) in found {
            open.remove(id);
            settled.insert(id, (gives, quota, Because::Floor));
        }
    }
}

/// Shares the rest among the others: whole quotas, then one post for each of the largest remainders.
fn by_remainders<'h>(cut: u64, open: &Map<&'h str, &'h Holder>, settled: &mut Settled<'h>) {
    let rest = remaining(cut, settled);
    let posts = posts(open);
    let mut remainders: Vec<(u128, u64, &str)> = Vec::new();
    for (id, holder) in open {
        let Some(quota) = quota(rest, holder, posts) else { continue };
        let whole = quota.numerator.checked_div(quota.denominator).and_then(|whole| u64::try_from(whole).ok());
        let remainder = quota.numerator.checked_rem(quota.denominator).unwrap_or(0);
        settled.insert(id, (whole.unwrap_or(0), quota, Because::Quota));
        remainders.push((remainder, holder.posts, id));
    }
    // Larger remainder, larger headcount, then the id.
    remainders.order_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(b.2)));
    let left = usize::try_from(remaining(cut, settled)).unwrap_or(usize::MAX);
    for (_, _, id) in remainders.into_iter().take(left) {
        if let Some((gives, _, because)) = settled.get_mut(id) {
            *gives = gives.saturating_add(1);
            *because = Because::Remainder;
        }
    }
}

fn remaining(cut: u64, settled: &Settled<'_>) -> u64 {
    settled.values().fold(cut, |rest, (gives, _, _)| rest.saturating_sub(*gives))
}

fn posts(open: &Map<&str, &Holder>) -> u64 {
    open.values().fold(0u64, |sum, holder| sum.saturating_add(holder.posts))
}

/// A body's exact part of what is to be cut; none where nobody has posts.
fn quota(cut: u64, holder: &Holder, posts: u64) -> Option<Quota> {
    // Two factors of 64 bits fit into 128.
    let numerator = u128::from(cut).checked_mul(u128::from(holder.posts))?;
    (posts > 0).then_some(Quota { numerator, denominator: u128::from(posts) })
}

#[cfg(test)]
#[path = "apportion_tests.rs"]
mod tests;
