//! Sentences on ranks: a rank to be reached, and what a rank allows heads, collectives and others to be rated.

use super::words::{capped, during, is_top, undecided};
use crate::measure::note::DataNote;
use crate::plan::Rule;
use crate::plan::ids::BandId;
use crate::plan::kind::RuleKind;
use crate::plan::scale::{Band, Scale};
use crate::rule::finding::{Finding, HeadroomValue, Measured, Required, Subject, Unit, Verdict};
use crate::text::Lang;
use crate::text::number::{decimal, integer};

/// The band of an id in the scale of ranks.
pub(super) fn ranked<'f>(finding: &'f Finding, band: &BandId) -> Option<(&'f Scale, &'f Band)> {
    let scale = crate::measure::ledger::rank_scale(finding.plan())?;
    Some((scale, scale.bands.get(scale.place(band.as_str())?)?))
}

/// The name of a band.
pub(super) fn called(band: &Band, lang: Lang) -> &str {
    match lang {
        Lang::Vi => &band.vi,
        Lang::En => &band.en,
    }
}

/// The name of a rank by its id.
pub(super) fn name(finding: &Finding, band: &BandId, lang: Lang) -> String {
    ranked(finding, band).map_or_else(|| band.to_string(), |(_, band)| called(band, lang).to_owned())
}

/// " (suy từ điểm 84 theo ngưỡng điểm giả định)" where the rank follows from a score.
pub(super) fn from_score(finding: &Finding, lang: Lang) -> String {
    let scored = finding.data_notes().iter().find_map(|note| match note {
        DataNote::RankFromScore { score, assumed } => Some((decimal(&score.normalize(), lang), *assumed)),
        _ => None,
    });
    match (scored, lang) {
        (None, _) => String::new(),
        (Some((score, true)), Lang::Vi) => format!(" (suy từ điểm {score} theo ngưỡng điểm giả định)"),
        (Some((score, false)), Lang::Vi) => format!(" (suy từ điểm {score})"),
        (Some((score, true)), Lang::En) => format!(" (from the score {score} by assumed cut-offs)"),
        (Some((score, false)), Lang::En) => format!(" (from the score {score})"),
    }
}

/// A rank that is to be reached.
pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let Some(Required::BandAtLeast(least)) = finding.required() else { return None };
    let (scale, least) = ranked(finding, least)?;
    let wanted = match (is_top(scale, least), lang) {
        (true, _) => called(least, lang).to_owned(),
        (false, Lang::Vi) => format!("từ {} trở lên", least.vi),
        (false, Lang::En) => format!("{} or above", least.en),
    };
    let (who, when) = (&finding.subject().name, during(&finding.period(), lang));
    Some(match (finding.verdict(), lang) {
        (Verdict::Met | Verdict::NotMet, _) => reached(finding, &wanted, lang)?,
        (Verdict::Pending, Lang::Vi) => {
            let must = if finding.aspirational() { "phấn đấu" } else { "phải" };
            format!("{who} {must} được xếp hạng {wanted} về kết quả cải cách hành chính {when}; chưa đến hạn đánh giá")
        }
        (Verdict::Pending, Lang::En) => {
            let must = if finding.aspirational() { "strives to be" } else { "must be" };
            format!("{who} {must} ranked {wanted} in administrative reform {when}; that is not yet due")
        }
        (Verdict::NotApplicable, Lang::Vi) => format!("{who} {when} không được xếp hạng nên không xét"),
        (Verdict::NotApplicable, Lang::En) => format!("{who} was not ranked {when}, so nothing is asked of its rank"),
        _ => undecided(finding, who, lang),
    })
}

fn reached(finding: &Finding, wanted: &str, lang: Lang) -> Option<String> {
    let Some(Measured::Band(band)) = finding.measured() else { return None };
    let (rank, score) = (name(finding, band, lang), from_score(finding, lang));
    let (who, when) = (&finding.subject().name, during(&finding.period(), lang));
    let met = finding.verdict() == Verdict::Met;
    let short = match finding.headroom().map(|headroom| &headroom.value) {
        Some(HeadroomValue::Count(count)) if !met => Some(integer(*count, lang)),
        _ => None,
    };
    Some(match lang {
        Lang::Vi => {
            let aim = if finding.aspirational() { "mục tiêu phấn đấu" } else { "yêu cầu" };
            let result = if met { "đạt" } else { "chưa đạt" };
            let short = short.map_or_else(String::new, |count| format!("; còn thiếu {count} mức"));
            format!(
                "{who} {when} được xếp hạng {rank}{score} về kết quả cải cách hành chính, {result} {aim} xếp hạng {wanted}{short}"
            )
        }
        Lang::En => {
            let aim = if finding.aspirational() { "the aspiration" } else { "the requirement" };
            let result = if met { "which meets" } else { "which does not meet" };
            let short = short.map_or_else(String::new, |count| format!("; {count} bands short"));
            format!(
                "{who} was ranked {rank}{score} in administrative reform {when}, {result} {aim} to be ranked {wanted}{short}"
            )
        }
    })
}

/// "người đứng đầu ..." where a rule is about heads.
pub(super) fn is_head(finding: &Finding) -> bool {
    finding.norm().is_some_and(|rule| rule.head().subject.role.as_deref() == Some("head"))
}

/// The body whose rank it is.
pub(super) fn of_body(finding: &Finding) -> &Subject {
    finding.body().unwrap_or(finding.subject())
}

/// "cá nhân cb1, người đứng đầu UBND phường Lộc Thọ,"; for those who do not lead it their body in brackets.
pub(super) fn introduced(finding: &Finding, lang: Lang) -> String {
    use crate::plan::kind::SubjectKind::Person;
    let (subject, body) = (finding.subject(), &of_body(finding).name);
    match (subject.kind == Person && finding.body().is_some(), is_head(finding), lang) {
        (true, true, Lang::Vi) => format!("cá nhân {}, người đứng đầu {body},", subject.name),
        (true, true, Lang::En) => format!("person {}, head of {body},", subject.name),
        (true, false, Lang::Vi) => format!("cá nhân {} ({body})", subject.name),
        (true, false, Lang::En) => format!("person {} ({body})", subject.name),
        (false, true, Lang::Vi) => format!("người đứng đầu {body}"),
        (false, true, Lang::En) => format!("the head of {body}"),
        (false, false, _) => subject.name.to_string(),
    }
}

/// "xếp hạng trung bình": the rank from which a verdict of a cap by rank follows.
pub(super) fn because(finding: &Finding, lang: Lang) -> Option<String> {
    let rank = |band: &BandId| match lang {
        Lang::Vi => format!("xếp hạng {}{}", name(finding, band, lang), from_score(finding, lang)),
        Lang::En => format!("ranked {}{}", name(finding, band, lang), from_score(finding, lang)),
    };
    Some(match (finding.measured()?, lang) {
        (Measured::Band(band), _) => rank(band),
        (Measured::Areas { rank: of, areas }, _) => {
            let each = areas.iter().filter_map(|(area, band)| Some((area, name(finding, band.as_ref()?, lang))));
            let each: Vec<String> = each
                .map(|(area, band)| match lang {
                    Lang::Vi => format!("nội dung {area} được đánh giá {band}"),
                    Lang::En => format!("the area {area} is scored {band}"),
                })
                .collect();
            let all: Vec<String> = of.as_ref().map(rank).into_iter().chain(each).collect();
            all.join(", ")
        }
        _ => return None,
    })
}

/// The same as the reason of a sentence; areas alone say nothing of how the body is ranked.
fn reason(finding: &Finding, lang: Lang) -> Option<String> {
    let because = because(finding, lang)?;
    Some(match (finding.measured()?, lang) {
        (Measured::Areas { rank: None, .. }, _) => because,
        (_, Lang::Vi) => format!("kết quả cải cách hành chính {because}"),
        (_, Lang::En) => format!("the body is {because}"),
    })
}

/// What a rank allows; none of a cap that looks at percentages.
pub(super) fn cap(finding: &Finding, lang: Lang) -> Option<String> {
    let RuleKind::Cap(_) = finding.norm().map(Rule::kind)? else { return None };
    if !matches!(finding.required(), Some(Required::BandAtMost(_) | Required::BandBelow(_))) {
        return None;
    }
    let (scale, lost, ceiling) = capped(finding)?;
    let (who, when) = (introduced(finding, lang), during(&finding.period(), lang));
    let lost = match (is_top(scale, lost), lang) {
        (true, _) => called(lost, lang).to_owned(),
        (false, Lang::Vi) => format!("{} trở lên", lost.vi),
        (false, Lang::En) => format!("{} or above", lost.en),
    };
    Some(match (finding.verdict(), lang) {
        (Verdict::Binding, Lang::Vi) => format!(
            "{who} {when} không được xếp loại {lost} vì {}; mức xếp loại cao nhất có thể đạt là {}",
            reason(finding, lang)?,
            ceiling.vi
        ),
        (Verdict::Binding, Lang::En) => format!(
            "{who} may not be rated {lost} {when}, for {}; the highest rating still possible is {}",
            reason(finding, lang)?,
            ceiling.en
        ),
        (Verdict::NotBinding, Lang::Vi) => {
            format!(
                "{who} {when} không bị giới hạn mức xếp loại vì {}{}",
                reason(finding, lang)?,
                near(finding, &lost, lang)
            )
        }
        (Verdict::NotBinding, Lang::En) => {
            format!(
                "{who} is not capped in rating {when}, for {}{}",
                reason(finding, lang)?,
                near(finding, &lost, lang)
            )
        }
        (Verdict::NotApplicable, _) => unranked(finding, lang),
        _ => {
            let left = finding.data_notes().iter().find(|note| matches!(note, DataNote::RankCeiling { .. }));
            let left = left.map_or_else(String::new, |note| format!("; {}", note.text(lang)));
            format!("{}{left}", undecided(finding, &of_body(finding).name, lang))
        }
    })
}

/// "; hạ 1 mức xếp hạng thì ..." where one band less would bind.
fn near(finding: &Finding, lost: &str, lang: Lang) -> String {
    match (finding.headroom().map(|headroom| (headroom.unit, &headroom.value)), lang) {
        (Some((Unit::Bands, HeadroomValue::Count(count))), Lang::Vi) => {
            format!("; hạ {} mức xếp hạng nữa thì không còn được xếp loại {lost}", integer(*count, lang))
        }
        (Some((Unit::Bands, HeadroomValue::Count(count))), Lang::En) => {
            format!("; a rank lower by {} would rule out the rating {lost}", integer(*count, lang))
        }
        _ => String::new(),
    }
}

/// The body has no rank of that year.
pub(super) fn unranked(finding: &Finding, lang: Lang) -> String {
    let (body, when) = (&of_body(finding).name, during(&finding.period(), lang));
    if finding.subject().name == *body {
        return match lang {
            Lang::Vi => format!("{body} không có trong danh sách xếp hạng {when} nên không xét trách nhiệm"),
            Lang::En => format!("{body} is not among those ranked {when}, so nothing follows for it"),
        };
    }
    match lang {
        Lang::Vi => format!(
            "{body} không có trong danh sách xếp hạng {when} nên không xét {}",
            introduced(finding, lang).trim_end_matches(',')
        ),
        Lang::En => format!(
            "{body} is not among those ranked {when}, so nothing follows for {}",
            introduced(finding, lang).trim_end_matches(',')
        ),
    }
}
