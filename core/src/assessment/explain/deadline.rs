//! Sentences on what was done in time, late or not at all.

use super::words::{during, undecided};
use crate::measure::activity::words;
use crate::plan::Rule;
use crate::plan::kind::{RuleKind, SubjectKind};
use crate::rule::finding::{Finding, HeadroomValue, Measured, Required, Verdict};
use crate::text::Lang;
use crate::text::number::{date, integer};

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let RuleKind::Deadline(rule) = finding.norm().map(Rule::kind)? else { return None };
    if finding.subject().kind == SubjectKind::Person {
        return update(finding, lang);
    }
    let name = &finding.subject().name;
    let what = words(&rule.activity).thing(lang);
    let by = last_days(finding, lang)?;
    if let Some(Measured::Done(done)) = finding.measured() {
        let done = date(*done, lang);
        return Some(match (finding.verdict() == Verdict::Met, lang) {
            (true, Lang::Vi) => format!("{name} đã hoàn thành {what} ngày {done}, đúng thời hạn {by}"),
            (true, Lang::En) => format!("{name} completed the {what} on {done}, in time: {by}"),
            (false, Lang::Vi) => {
                format!("{name} hoàn thành {what} ngày {done}, chậm {} so với thời hạn {by}", late(finding, lang))
            }
            (false, Lang::En) => format!("{name} completed the {what} on {done}, {} late: {by}", late(finding, lang)),
        });
    }
    Some(match (finding.verdict(), lang) {
        (Verdict::Pending, Lang::Vi) => format!("{name} chưa đến hạn hoàn thành {what}, thời hạn {by}"),
        (Verdict::Pending, Lang::En) => format!("the {what} of {name} is not yet due: {by}"),
        (Verdict::NotMet, Lang::Vi) => format!("{name} không hoàn thành {what}, thời hạn {by}"),
        (Verdict::NotMet, Lang::En) => format!("{name} did not complete the {what}: {by}"),
        (_, Lang::Vi) => format!("{}; thời hạn {by}", undecided(finding, name, lang)),
        (_, Lang::En) => format!("{}; it was due {by}", undecided(finding, name, lang)),
    })
}

/// "đến hết ngày 31/03/2023", "trong tháng 11, 12 năm 2024".
fn last_days(finding: &Finding, lang: Lang) -> Option<String> {
    Some(match (finding.required()?, lang) {
        (Required::Within(window), _) => during(window, lang),
        (Required::By(by), Lang::Vi) => format!("đến hết ngày {}", date(*by, lang)),
        (Required::By(by), Lang::En) => format!("by {}", date(*by, lang)),
        _ => return None,
    })
}

/// By how many days it is late.
fn late(finding: &Finding, lang: Lang) -> String {
    let days = match finding.headroom().map(|headroom| &headroom.value) {
        Some(HeadroomValue::Count(days)) => *days,
        _ => 0,
    };
    match (lang, days) {
        (Lang::Vi, days) => format!("{} ngày", integer(days, lang)),
        (Lang::En, 1) => "1 day".into(),
        (Lang::En, days) => format!("{} days", integer(days, lang)),
    }
}

/// A change in a person's record.
fn update(finding: &Finding, lang: Lang) -> Option<String> {
    let Required::By(by) = finding.required()? else { return None };
    let (name, by) = (&finding.subject().name, date(*by, lang));
    let changed = date(finding.period().from(), lang);
    let start = match lang {
        Lang::Vi => format!("thay đổi ngày {changed} trong hồ sơ của {name}"),
        Lang::En => format!("the change of {changed} in the record of {name}"),
    };
    if let Some(Measured::Done(done)) = finding.measured() {
        let done = date(*done, lang);
        return Some(match (finding.verdict() == Verdict::Met, lang) {
            (true, Lang::Vi) => format!("{start} được cập nhật ngày {done}, đúng thời hạn đến hết ngày {by}"),
            (true, Lang::En) => format!("{start} was entered on {done}, in time: by {by}"),
            (false, Lang::Vi) => {
                format!("{start} được cập nhật ngày {done}, chậm {} so với thời hạn {by}", late(finding, lang))
            }
            (false, Lang::En) => {
                format!("{start} was entered on {done}, {} late: it was due by {by}", late(finding, lang))
            }
        });
    }
    Some(match (finding.verdict(), lang) {
        (Verdict::Pending, Lang::Vi) => format!("{start} phải được cập nhật đến hết ngày {by}; hiện chưa cập nhật"),
        (Verdict::Pending, Lang::En) => format!("{start} must be entered by {by}; it is not there yet"),
        (Verdict::NotMet, Lang::Vi) => format!("{start} không được cập nhật trong thời hạn đến hết ngày {by}"),
        (Verdict::NotMet, Lang::En) => format!("{start} was not entered by {by}"),
        (_, Lang::Vi) => format!("{}; thời hạn đến hết ngày {by}", undecided(finding, name, lang)),
        (_, Lang::En) => format!("{}; it was due by {by}", undecided(finding, name, lang)),
    })
}
