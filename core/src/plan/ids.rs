//! Identifiers of what a plan is made of.

use crate::input::id;

id! {
    /// A paragraph of the main text: `I.1.3`.
    pub struct ClauseId;
}
id! {
    /// A group of tasks: `VII`.
    pub struct GroupId;
}
id! {
    /// A task of the annex by its position: `V.9`.
    pub struct TaskId;
}
id! {
    /// A body (cơ quan, đơn vị) in one period of its existence: `loc_tho`.
    pub struct BodyId;
}
id! {
    /// A named group of bodies: `ubnd_cap_xa`.
    pub struct BodyGroupId;
}
id! {
    /// A rule: `late_share_caps_rank`.
    pub struct RuleId;
}
id! {
    /// A question that the document leaves open: `late_denominator`.
    pub struct ReadingKey;
}
id! {
    /// One answer to such a question: `resolved`.
    pub struct OptionId;
}
id! {
    /// A scale of ranks or ratings: `rank`.
    pub struct ScaleId;
}
id! {
    /// A step of a scale: `good`.
    pub struct BandId;
}
