//! Sentences on what was done often enough, or too often.

use super::words::{during, undecided};
use crate::measure::activity::words;
use crate::plan::Rule;
use crate::plan::kind::{Frequency, RuleKind, SubjectKind};
use crate::rule::finding::{Finding, Measured, Required, Verdict};
use crate::text::Lang;
use crate::text::number::{date, integer};

pub(super) fn body(finding: &Finding, lang: Lang) -> Option<String> {
    let RuleKind::Frequency(rule) = finding.norm().map(Rule::kind)? else { return None };
    match finding.required()? {
        Required::AtMost(most) => at_most(finding, rule, *most, lang),
        Required::AtLeast(least) => at_least(finding, rule, *least, lang),
        _ => None,
    }
}

/// Each kind of activity with how often it was done.
fn counts(finding: &Finding, rule: &Frequency) -> Vec<(String, u64)> {
    match finding.measured() {
        Some(Measured::Events(count)) => vec![(rule.activity.clone(), *count)],
        Some(Measured::EventsByKind(counts)) => counts.iter().map(|(kind, count)| (kind.to_string(), *count)).collect(),
        _ => Vec::new(),
    }
}

/// "3 buổi hướng dẫn nộp hồ sơ trực tuyến", "không có kế hoạch nào" where there is none.
fn said(kind: &str, count: u64, lang: Lang) -> String {
    let count = i128::from(count);
    format!("{} {}", integer(count, lang), words(kind).counted(count, lang))
}

fn joined(parts: &[String], lang: Lang) -> String {
    parts.join(match lang {
        Lang::Vi => " và ",
        Lang::En => " and ",
    })
}

/// What is owed, each kind with its number.
fn owed(rule: &Frequency, least: u32, lang: Lang) -> String {
    let kinds = std::iter::once(&rule.activity).chain(&rule.also_activities);
    let parts: Vec<String> = kinds.map(|kind| said(kind, least.into(), lang)).collect();
    joined(&parts, lang)
}

fn at_least(finding: &Finding, rule: &Frequency, least: u32, lang: Lang) -> Option<String> {
    let name = &finding.subject().name;
    let counts = counts(finding, rule);
    let done: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| said(kind, *count, lang)).collect();
    let short: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count < u64::from(least))
        .map(|(kind, count)| said(kind, u64::from(least).saturating_sub(*count), lang))
        .collect();
    let none: Vec<String> = counts.iter().map(|(kind, _)| words(kind).thing(lang)).collect();
    let none = joined(&none, lang);
    let when = during(&finding.period(), lang);
    let (done, short, owed) = (joined(&done, lang), joined(&short, lang), owed(rule, least, lang));
    Some(match finding.verdict() {
        Verdict::Undetermined => {
            let known = match (lang, done.is_empty()) {
                (_, true) => String::new(),
                (Lang::Vi, false) => format!("; mới ghi nhận {done}, yêu cầu ít nhất {owed}"),
                (Lang::En, false) => format!("; {done} on record, at least {owed} required"),
            };
            format!("{}{known}", undecided(finding, name, lang))
        }
        Verdict::Pending => pending(finding, &done, &owed, lang),
        Verdict::Met => met(name, &when, &done, least, lang),
        _ => not_met(name, &when, [&done, &short, &none], (&owed, least), lang),
    })
}

fn pending(finding: &Finding, done: &str, owed: &str, lang: Lang) -> String {
    let name = &finding.subject().name;
    let by = finding.due().map(|due| date(due, lang)).unwrap_or_default();
    match (lang, done.is_empty()) {
        (Lang::Vi, true) => format!("{name} phải có ít nhất {owed} đến hết ngày {by}; hiện chưa ghi nhận"),
        (Lang::Vi, false) => format!("{name} phải có ít nhất {owed} đến hết ngày {by}; hiện có {done}"),
        (Lang::En, true) => format!("{name} owes at least {owed} by the end of {by}; none on record yet"),
        (Lang::En, false) => format!("{name} owes at least {owed} by the end of {by}; {done} so far"),
    }
}

fn met(name: &str, when: &str, done: &str, least: u32, lang: Lang) -> String {
    match (lang, least) {
        (Lang::Vi, 1) => format!("{name} {when} có {done}, đạt yêu cầu"),
        (Lang::Vi, _) => format!("{name} {when} có {done}, đạt yêu cầu ít nhất {}", integer(least.into(), lang)),
        (Lang::En, 1) => format!("{name} {when} had {done}, as required"),
        (Lang::En, _) => format!("{name} {when} had {done}, at least {} as required", integer(least.into(), lang)),
    }
}

fn not_met(name: &str, when: &str, [done, short, none]: [&str; 3], (owed, least): (&str, u32), lang: Lang) -> String {
    let least = integer(least.into(), lang);
    match (lang, done.is_empty()) {
        (Lang::Vi, true) => format!("{name} {when} không có {none}, trong khi phải có ít nhất {least}"),
        (Lang::Vi, false) => format!("{name} {when} có {done}, chưa đạt yêu cầu ít nhất {owed}; còn thiếu {short}"),
        (Lang::En, true) => format!("{name} {when} had no {none}, while at least {least} is required"),
        (Lang::En, false) => format!("{name} {when} had {done}, short of at least {owed}; {short} missing"),
    }
}

fn at_most(finding: &Finding, rule: &Frequency, most: u32, lang: Lang) -> Option<String> {
    let enterprise = finding.subject().kind == SubjectKind::Enterprise;
    let name = match (lang, enterprise) {
        (Lang::Vi, true) => format!("doanh nghiệp, hộ kinh doanh {}", finding.subject().name),
        (Lang::En, true) => format!("the business {}", finding.subject().name),
        (_, false) => finding.subject().name.to_string(),
    };
    let when = during(&finding.period(), lang);
    let count = counts(finding, rule).first().map_or(0, |(_, count)| *count);
    let had = said(&rule.activity, count, lang);
    let most = integer(most.into(), lang);
    let by = finding.due().map(|due| date(due, lang)).unwrap_or_default();
    Some(match (finding.verdict(), lang) {
        (Verdict::Met, Lang::Vi) => format!("{name} {when} có {had}, không quá {most} theo quy định"),
        (Verdict::Met, Lang::En) => format!("{name} {when} had {had}, no more than the {most} allowed"),
        (Verdict::NotMet, Lang::Vi) => format!("{name} {when} có {had}, vượt quá {most} theo quy định"),
        (Verdict::NotMet, Lang::En) => format!("{name} {when} had {had}, more than the {most} allowed"),
        (Verdict::Pending, Lang::Vi) => {
            format!("{name} {when} có {had} tính đến nay, không được quá {most} đến hết ngày {by}")
        }
        (Verdict::Pending, Lang::En) => {
            format!("{name} {when} has had {had} so far, and may not have more than {most} by the end of {by}")
        }
        (_, Lang::Vi) => format!("{}; mới ghi nhận {had}, không được quá {most}", undecided(finding, &name, lang)),
        (_, Lang::En) => format!("{}; {had} on record, no more than {most} allowed", undecided(finding, &name, lang)),
    })
}
