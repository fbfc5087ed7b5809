//! The yearly rating as one view: for a body and a year its rank, what its rank and the ratings of its people and
//! collectives may be at most, what is due against whom, why, and which facts would settle what is open.
//!
//! Everything here is read from findings and ceilings, so that it never says anything else than they do.

use std::sync::Arc;

use super::{Assessment, Ceiling};
use crate::facts::Role;
use crate::input::{Members, Object, object};
use crate::measure::ledger::rank_scale;
use crate::measure::missing::{Lacking, Missing};
use crate::measure::note::{BandName, DataNote};
use crate::order::{Map, Set};
use crate::plan::Rule;
use crate::plan::ids::{BandId, RuleId};
use crate::plan::kind::{RuleKind, SubjectKind};
use crate::plan::reading::Bilingual;
use crate::rule::case::Case;
use crate::rule::finding::{Finding, Subject, Verdict};
use crate::text::Lang;

/// A body and, for people, their role there.
type Place = (Arc<Subject>, Option<Role>);

/// Who serves where, and how bodies were ranked.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// People and collectives with the place they have.
    members: Map<(SubjectKind, Arc<str>), Place>,
    /// The rank of a body in a year, with remarks on where it is from.
    ranks: Vec<(Arc<Subject>, i32, BandId, Vec<DataNote>)>,
}

impl Roster {
    pub(crate) fn new(case: &Case) -> Roster {
        let ledger = case.ledger();
        let mut roster = Roster::default();
        for (subject, entry) in case.people().iter().zip(&ledger.people) {
            let Some((body, role)) = entry.post() else { continue };
            let Some(body) = case.subject(body) else { continue };
            roster.members.insert((subject.kind, Arc::clone(&subject.id)), (body, Some(role)));
        }
        for (subject, entry) in case.collectives().iter().zip(&ledger.collectives) {
            let Some(body) = case.subject(entry.body) else { continue };
            roster.members.insert((subject.kind, Arc::clone(&subject.id)), (body, None));
        }
        let scale = rank_scale(case.plan());
        for (body, year, rank) in ledger.ranks.bodies() {
            let band = rank.place.and_then(|place| scale?.bands.get(place));
            if let (Some(subject), Some(band)) = (case.subject(body), band) {
                roster.ranks.push((subject, year, band.id.clone(), rank.evidence.notes.clone()));
            }
        }
        roster
    }

    /// The body of a subject, and a person's role there.
    fn place<'r>(&'r self, subject: &'r Subject) -> Option<(&'r Subject, Option<Role>)> {
        match subject.kind {
            SubjectKind::Body | SubjectKind::City => Some((subject, None)),
            kind => self.members.get(&(kind, Arc::clone(&subject.id))).map(|(body, role)| (body.as_ref(), *role)),
        }
    }
}

/// What is known of the yearly rating of a body and of those who belong to it (đánh giá, xếp loại hằng năm).
#[derive(Debug)]
pub struct Rating<'a> {
    body: &'a Subject,
    year: i32,
    rank: Option<&'a BandId>,
    rank_ceiling: Option<&'a Ceiling>,
    heads: Vec<&'a Ceiling>,
    deputies: Vec<&'a Ceiling>,
    staff: Vec<&'a Ceiling>,
    collectives: Vec<&'a Ceiling>,
    reasons: Vec<Reason<'a>>,
    missing: Map<(&'a Missing, &'a str), Set<&'a RuleId>>,
    notes: Vec<DataNote>,
    known: bool,
}

/// One step of the chain of reasons.
#[derive(Debug, Clone, Copy)]
pub struct Reason<'a> {
    place: usize,
    finding: &'a Finding,
}

/// A fact that would settle something open.
#[derive(Debug)]
pub struct Wanted<'m> {
    /// The fact.
    pub missing: &'m Missing,
    /// Whom it should speak of, by id.
    pub of: &'m str,
    /// The rules it would settle.
    pub rules: Vec<&'m RuleId>,
}

impl<'a> Rating<'a> {
    fn new(body: &'a Subject, year: i32) -> Rating<'a> {
        Rating {
            body,
            year,
            rank: None,
            rank_ceiling: None,
            heads: Vec::new(),
            deputies: Vec::new(),
            staff: Vec::new(),
            collectives: Vec::new(),
            reasons: Vec::new(),
            missing: Map::new(),
            notes: Vec::new(),
            known: false,
        }
    }

    /// The body.
    pub fn body(&self) -> &'a Subject {
        self.body
    }

    /// The year.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Its rank, where it is known.
    pub fn rank(&self) -> Option<&'a BandId> {
        self.rank
    }

    /// The ceiling of its rank.
    pub fn rank_ceiling(&self) -> Option<&'a Ceiling> {
        self.rank_ceiling
    }

    /// The ceilings of the ratings of those who head it.
    pub fn heads(&self) -> &[&'a Ceiling] {
        &self.heads
    }

    /// The same of deputies.
    pub fn deputies(&self) -> &[&'a Ceiling] {
        &self.deputies
    }

    /// The same of everybody else.
    pub fn staff(&self) -> &[&'a Ceiling] {
        &self.staff
    }

    /// The same of its Party organisations and leadership collectives.
    pub fn collectives(&self) -> &[&'a Ceiling] {
        &self.collectives
    }

    /// The measures due, each with the step of the chain from which it follows.
    pub fn measures(&self) -> impl Iterator<Item = (Reason<'a>, &'a Bilingual)> {
        self.reasons.iter().flat_map(|reason| reason.finding.measures().iter().map(|measure| (*reason, measure)))
    }

    /// The chain of reasons, in the order of the plan's rules. Of deputies and staff only what binds is told.
    pub fn reasons(&self) -> &[Reason<'a>] {
        &self.reasons
    }

    /// The facts that would settle what is open.
    pub fn missing(&self) -> impl Iterator<Item = Wanted<'a>> {
        self.missing.iter().map(|((missing, of), rules)| Wanted { missing, of, rules: rules.iter().copied().collect() })
    }

    /// What is to be known of the data: a rank that contradicts a cap, a rank that follows from a score.
    pub fn data_notes(&self) -> &[DataNote] {
        &self.notes
    }

    fn add(&mut self, ceiling: &'a Ceiling, role: Option<Role>) {
        match (ceiling.subject().kind, role) {
            (SubjectKind::Body | SubjectKind::City, _) => self.rank_ceiling = Some(ceiling),
            (_, Some(Role::Head)) => self.heads.push(ceiling),
            (_, Some(Role::Deputy)) => self.deputies.push(ceiling),
            (_, Some(Role::Staff)) => self.staff.push(ceiling),
            (_, None) => self.collectives.push(ceiling),
        }
    }

    fn reason(&mut self, place: usize, finding: &'a Finding, role: Option<Role>) {
        self.known |= finding.verdict() != Verdict::Undetermined || finding.measured().is_some();
        let many = matches!(role, Some(Role::Deputy | Role::Staff));
        if !many || finding.verdict() == Verdict::Binding {
            self.reasons.push(Reason { place, finding });
        }
        for missing in finding.missing() {
            let of_body = matches!(missing.what, Lacking::Rank | Lacking::AreaRank);
            let of = if of_body { self.body.id.as_ref() } else { finding.subject().id.as_ref() };
            self.missing.entry((missing, of)).or_default().insert(finding.rule());
        }
    }
}

impl<'a> Reason<'a> {
    /// The finding it tells.
    pub fn finding(&self) -> &'a Finding {
        self.finding
    }

    /// The place of that finding in the assessment.
    pub fn place(&self) -> usize {
        self.place
    }

    /// From what is known to what follows: "xếp hạng trung bình năm 2023 và năm 2024 → người đứng đầu: ...".
    pub fn text(&self, lang: Lang) -> String {
        self.finding.reason(lang)
    }
}

/// Whether a finding is part of the yearly rating: a cap, or what is due because of a rank.
fn rates(finding: &Finding) -> bool {
    let kind = || finding.norm().map(Rule::kind);
    finding.capped().is_some() || matches!(kind(), Some(RuleKind::Consequence(_)))
}

impl Assessment {
    /// The yearly rating of each body in each year of which anything is known, by id and year.
    pub fn ratings(&self) -> Vec<Rating<'_>> {
        let mut all: Map<(&str, i32), Rating<'_>> = Map::new();
        for (body, year, band, notes) in &self.roster.ranks {
            let rating = all.entry((&body.id, *year)).or_insert_with(|| Rating::new(body, *year));
            rating.rank = Some(band);
            rating.known = true;
            rating.notes.extend(notes.iter().cloned());
        }
        for ceiling in &self.ceilings {
            let Some((body, role)) = self.roster.place(ceiling.subject()) else { continue };
            let year = ceiling.year();
            all.entry((&body.id, year)).or_insert_with(|| Rating::new(body, year)).add(ceiling, role);
        }
        for (place, finding) in self.findings.iter().enumerate().filter(|(_, finding)| rates(finding)) {
            let Some((body, role)) = self.roster.place(finding.subject()) else { continue };
            let year = finding.period().from().year();
            all.entry((&body.id, year)).or_insert_with(|| Rating::new(body, year)).reason(place, finding, role);
        }
        let mut all: Vec<Rating<'_>> = all.into_values().filter(|rating| rating.known).collect();
        for rating in &mut all {
            let contradiction = self.contradiction(rating);
            rating.notes.extend(contradiction);
        }
        all
    }

    /// A rank better than the caps that bind allow.
    fn contradiction(&self, rating: &Rating<'_>) -> Option<DataNote> {
        let (rank, ceiling) = (rating.rank?, rating.rank_ceiling?);
        let scale = self.plan.scale(ceiling.scale().as_str())?;
        let (rank, highest) = (scale.place(rank.as_str())?, scale.place(ceiling.ceiling().as_str())?);
        let name = |place: usize| scale.bands.get(place).map(BandName::of);
        let note = DataNote::RankAboveCeiling { rank: name(rank)?, ceiling: name(highest)? };
        (rank < highest).then_some(note)
    }
}

object!(Reason<'_>, Due<'_>, Wanted<'_>, Highest<'_>, Rating<'_>);

impl Object for Reason<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("rule", self.finding.rule());
        to.add("subject", &self.finding.subject().id);
        to.add("verdict", &self.finding.verdict());
        to.add("vi", &self.text(Lang::Vi));
        to.add("en", &self.text(Lang::En));
    }
}

/// A measure due.
struct Due<'a>(Reason<'a>, &'a Bilingual);

impl Object for Due<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("rule", self.0.finding.rule());
        to.add("subject", &self.0.finding.subject().id);
        to.add("vi", &self.1.vi);
        to.add("en", &self.1.en);
    }
}

impl Object for Wanted<'_> {
    fn members(&self, to: &mut Members<'_>) {
        let Wanted { missing, of, rules } = self;
        to.add("what", &missing.what);
        to.add("table", &missing.table());
        if let Some(field) = &missing.field {
            to.add("field", &field);
        }
        to.add("subject", of);
        to.add("from", &missing.period.from());
        to.add("to", &missing.period.to());
        to.add("rules", rules);
        to.add("vi", &missing.text(Lang::Vi));
        to.add("en", &missing.text(Lang::En));
    }
}

/// A ceiling without what the rating says already: the year.
struct Highest<'a>(&'a Ceiling);

impl Object for Highest<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("subject", &self.0.subject().id);
        to.add("ceiling", self.0.ceiling());
        to.add("provisional", &self.0.provisional());
        to.add("binding", &self.0.binding());
        to.add("undetermined", &self.0.undetermined());
    }
}

fn highest<'a>(all: &[&'a Ceiling]) -> Vec<Highest<'a>> {
    all.iter().map(|ceiling| Highest(ceiling)).collect()
}

impl Object for Rating<'_> {
    fn members(&self, to: &mut Members<'_>) {
        to.add("body", self.body);
        to.add("year", &self.year);
        if let Some(rank) = self.rank {
            to.add("rank", rank);
        }
        if let Some(ceiling) = self.rank_ceiling {
            to.add("rank_ceiling", &Highest(ceiling));
        }
        to.add("heads", &highest(&self.heads));
        to.add("deputies", &highest(&self.deputies));
        to.add("staff", &highest(&self.staff));
        to.add("collectives", &highest(&self.collectives));
        to.add("measures", &self.measures().map(|(reason, due)| Due(reason, due)).collect::<Vec<_>>());
        to.add("reasons", &self.reasons);
        to.add("missing", &self.missing().collect::<Vec<_>>());
        to.add("data_notes", &self.notes);
    }
}
