//! Sentences on what is due against whom when ranks are low.

use super::rank::{from_score, introduced, name, of_body, unranked};
use super::words::{during, undecided};
use crate::plan::ids::BandId;
use crate::plan::kind::{Consequence, Pattern, RuleKind};
use crate::rule::finding::{Finding, Measured, Required, Verdict};
use crate::text::Lang;

fn rule(finding: &Finding) -> Option<&Consequence> {
    match finding.norm()?.kind() {
        RuleKind::Consequence(rule) => Some(rule),
        _ => None,
    }
}

/// What is due, one after the other.
pub(super) fn measures(finding: &Finding, lang: Lang) -> Option<String> {
    let all = rule(finding)?.measures.iter();
    let all: Vec<&str> =
        all.map(|measure| if lang == Lang::Vi { measure.vi.as_str() } else { measure.en.as_str() }).collect();
    Some(all.join(", "))
}

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let (who, measures) = (introduced(finding, lang), measures(finding, lang)?);
    let body = &of_body(finding).name;
    Some(match (finding.verdict(), lang) {
        (Verdict::Binding, Lang::Vi) => {
            format!("{who} thuộc diện {measures} vì kết quả cải cách hành chính xếp hạng {}", history(finding, lang)?)
        }
        (Verdict::Binding, Lang::En) => {
            format!("{who} faces {measures}, for the body was ranked {}", history(finding, lang)?)
        }
        (Verdict::NotBinding, Lang::Vi) => {
            let why = history(finding, lang);
            let why = why.map_or_else(String::new, |why| format!("; kết quả cải cách hành chính xếp hạng {why}"));
            format!("{who} {} không thuộc diện {measures}{why}", during(&finding.period(), lang))
        }
        (Verdict::NotBinding, Lang::En) => {
            let why = history(finding, lang).map_or_else(String::new, |why| format!("; the body was ranked {why}"));
            format!("{who} does not face {measures} {}{why}", during(&finding.period(), lang))
        }
        (Verdict::NotApplicable, _) => unranked(finding, lang),
        _ => undecided(finding, body, lang),
    })
}

/// The ranks that a verdict rests on: "trung bình năm 2023 và năm 2024", "khá năm 2023, trung bình năm 2024".
pub(super) fn history(finding: &Finding, lang: Lang) -> Option<String> {
    let year = |year: i32| match lang {
        Lang::Vi => format!("năm {year}"),
        Lang::En => format!("in {year}"),
    };
    let known: Vec<(i32, &BandId)> = match finding.measured()? {
        Measured::Band(band) => vec![(finding.period().from().year(), band)],
        Measured::Bands(bands) => bands.iter().filter_map(|(year, band)| Some((*year, band.as_ref()?))).collect(),
        _ => return None,
    };
    let told = told(finding, &known);
    let score = from_score(finding, lang);
    let first = told.first()?.1;
    let same = told.iter().all(|(_, band)| *band == first);
    let text = if same {
        let years: Vec<String> = told.iter().map(|(of, _)| year(*of)).collect();
        format!("{} {}", name(finding, first, lang), years.join(if lang == Lang::Vi { " và " } else { " and " }))
    } else {
        let each: Vec<String> =
            told.iter().map(|(of, band)| format!("{} {}", name(finding, band, lang), year(*of))).collect();
        each.join(", ")
    };
    Some(format!("{text}{score}"))
}

/// Of the known ranks those of the pattern that takes hold, or all of them where none does.
fn told<'b>(finding: &Finding, known: &[(i32, &'b BandId)]) -> Vec<(i32, &'b BandId)> {
    let Some(Required::Patterns(patterns)) = finding.required() else { return known.to_vec() };
    let last = finding.period().from().year();
    let of_pattern = |pattern: &Pattern| {
        let years = i32::try_from(pattern.years).ok()?;
        let first = last.saturating_sub(years).saturating_add(1);
        let told: Vec<(i32, &BandId)> = known.iter().copied().filter(|(year, _)| *year >= first).collect();
        let all = i32::try_from(told.len()).ok()? == years;
        (all && told.iter().all(|(_, band)| in_band(finding, pattern, band))).then_some(told)
    };
    patterns.iter().find_map(of_pattern).unwrap_or_else(|| known.to_vec())
}

fn in_band(finding: &Finding, pattern: &Pattern, band: &BandId) -> bool {
    let Some(scale) = crate::measure::ledger::rank_scale(finding.plan()) else { return false };
    match (scale.place(pattern.band.as_str()), scale.place(band.as_str())) {
        (Some(least), Some(place)) if pattern.or_below == Some(true) => place >= least,
        (least, place) => least == place,
    }
}
