//! The words of the board in both languages.

use caicach::measure::exact::{Amount, Bound, Extent};
use caicach::rule::finding::{Cut, Headroom, HeadroomValue, Measured, Required, Unit};
use caicach::text::number::{date, decimal, integer, percent_ratio};
use caicach::{Finding, Lang, Verdict};

use crate::page::Ink;

/// One of two texts.
pub(crate) fn say<'t>(lang: Lang, vi: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

pub(crate) fn verdict(verdict: Verdict, lang: Lang) -> (&'static str, Ink) {
    let (vi, en, ink) = match verdict {
        Verdict::Met => ("ĐẠT", "MET", Ink::Good),
        Verdict::NotMet => ("CHƯA ĐẠT", "NOT MET", Ink::Bad),
        Verdict::Pending => ("CHƯA ĐẾN HẠN", "PENDING", Ink::Quiet),
        Verdict::Undetermined => ("CHƯA ĐỦ DỮ LIỆU", "UNDETERMINED", Ink::Open),
        Verdict::NotApplicable => ("KHÔNG ÁP DỤNG", "NOT APPLICABLE", Ink::Quiet),
        Verdict::Binding => ("BỊ GIỚI HẠN", "CAPPED", Ink::Bad),
        Verdict::NotBinding => ("KHÔNG BỊ GIỚI HẠN", "NOT CAPPED", Ink::Good),
    };
    (say(lang, vi, en), ink)
}

/// "5,43%", with more decimals where two would put it on the wrong side of the threshold: "4,998%".
fn amount(amount: &Amount, bound: Option<&Bound>, lang: Lang) -> String {
    let (part, whole) = amount.ratio();
    let shown = |places: u32| percent_ratio(part, whole.saturating_mul(100), places, lang);
    let honest = |places: &u32| {
        let rounded = percent_ratio(part, whole.saturating_mul(100), *places, Lang::En).replace(',', "");
        let rounded = rounded.parse().map(Amount::Percent);
        bound.is_none_or(|bound| rounded.is_ok_and(|rounded| bound.holds(&rounded) == bound.holds(amount)))
    };
    format!("{}%", shown((2..=12).find(honest).unwrap_or(12)))
}

/// "5,43%", or "4,00–4,95%" where only the interval is known; "?" where nothing is.
pub(crate) fn share(extent: &Extent, required: Option<&Required>, lang: Lang) -> String {
    let bound = match required {
        Some(Required::Share(bound)) => Some(bound),
        _ => None,
    };
    let (low, high) = (amount(&extent.low.amount, bound, lang), amount(&extent.high.amount, bound, lang));
    if extent.value().is_some() {
        return low;
    }
    let nothing =
        extent.low.amount.compare(&Amount::ZERO).is_eq() && extent.high.amount.compare(&Amount::HUNDRED).is_eq();
    if nothing { "?".to_owned() } else { format!("{}–{high}", low.trim_end_matches('%')) }
}

/// "212/3.905".
pub(crate) fn counts(finding: &Finding, lang: Lang) -> Option<String> {
    let (part, whole) = finding.counts()?;
    Some(format!("{}/{}", integer(part, lang), integer(whole, lang)))
}

/// "32/1.247 · 2,57% · yêu cầu ≥ 5% (63) đến 31/12/2026 · chênh lệch −2,43 điểm · còn thiếu 31 biên chế".
pub(crate) fn figures(finding: &Finding, lang: Lang) -> String {
    let mut all = Vec::new();
    all.extend(counts(finding, lang));
    match finding.measured() {
        Some(Measured::Share(extent)) => all.push(share(extent, finding.required(), lang)),
        Some(Measured::Stock(stock)) => {
            if let (Some(cut), Some(base)) = (stock.cut(), stock.base()) {
                all.push(format!("{}%", percent_ratio(cut, base, 2, lang)));
            }
        }
        _ => {}
    }
    let cap = finding.capped().is_some();
    match finding.required() {
        Some(Required::Share(bound)) => {
            let label =
                if cap { say(lang, "giới hạn khi", "capped when") } else { say(lang, "yêu cầu", "required") };
            all.push(format!("{label} {}", threshold(bound, lang)));
        }
        Some(Required::Cut(required)) => {
            let Cut { percent, cut, by, .. } = required.as_ref();
            let cut = cut.map(|cut| format!(" ({})", integer(cut, lang))).unwrap_or_default();
            let by = date(*by, lang);
            let (label, until) = (say(lang, "yêu cầu giảm", "required cut"), say(lang, "đến", "by"));
            all.push(format!("{label} ≥ {}%{cut} {until} {by}", decimal(&percent.normalize(), lang)));
        }
        _ => {}
    }
    if let Some((points, over)) = finding.margin() {
        let sign = if points > 0 { "+" } else { "" };
        // The ratio is of percentage points; `percent_ratio` takes it of one.
        let points = percent_ratio(points, over.saturating_mul(100), 2, lang).replace('-', "−");
        all.push(format!("{} {sign}{points} {}", say(lang, "chênh lệch", "margin"), say(lang, "điểm %", "points")));
    }
    all.extend(headroom(finding, lang));
    all.join(" · ")
}

fn threshold(bound: &Bound, lang: Lang) -> String {
    let sign = match bound {
        Bound::AtLeast(_) => "≥",
        Bound::MoreThan(_) => ">",
        Bound::AtMost(_) => "≤",
        Bound::LessThan(_) => "<",
    };
    format!("{sign} {}%", decimal(&bound.threshold().normalize(), lang))
}

/// How far it is to the other verdict, where that is counted.
pub(crate) fn headroom(finding: &Finding, lang: Lang) -> Option<String> {
    let Headroom { unit, value: HeadroomValue::Count(count) } = finding.headroom()? else { return None };
    let good = matches!(finding.verdict(), Verdict::Met | Verdict::NotBinding);
    let lost = match finding.capped() {
        Some(_) => say(lang, "bị giới hạn", "capped"),
        None => say(lang, "không đạt", "not met"),
    };
    let n = integer(*count, lang);
    Some(match (unit, lang) {
        (Unit::LateDossiers, Lang::Vi) => format!("thêm {n} hồ sơ trễ thì {lost}"),
        (Unit::LateDossiers, Lang::En) => format!("{n} more late: {lost}"),
        (Unit::TimelyDossiers, Lang::Vi) => format!("cần thêm {n} hồ sơ đúng hạn"),
        (Unit::TimelyDossiers, Lang::En) => format!("{n} more in time needed"),
        (Unit::Respondents, Lang::Vi) if good => format!("bớt {n} người hài lòng thì {lost}"),
        (Unit::Respondents, Lang::En) if good => format!("{n} fewer satisfied: {lost}"),
        (Unit::Respondents, Lang::Vi) => format!("cần thêm {n} người hài lòng"),
        (Unit::Respondents, Lang::En) => format!("{n} more satisfied needed"),
        (Unit::Posts, Lang::Vi) if good => format!("thêm {n} biên chế thì {lost}"),
        (Unit::Posts, Lang::En) if good => format!("posts +{n}: {lost}"),
        (Unit::Posts, Lang::Vi) => format!("còn phải giảm {n} biên chế"),
        (Unit::Posts, Lang::En) => format!("{n} still to cut"),
        (Unit::ServiceUnits, Lang::Vi) if good => format!("thêm {n} đơn vị thì {lost}"),
        (Unit::ServiceUnits, Lang::En) if good => format!("units +{n}: {lost}"),
        (Unit::ServiceUnits, Lang::Vi) => format!("còn phải giảm {n} đơn vị"),
        (Unit::ServiceUnits, Lang::En) => format!("{n} still to cut"),
        (Unit::People, Lang::Vi) if good => format!("chỉ {n} người không đạt chuẩn là {lost}"),
        (Unit::People, Lang::En) if good => format!("{n} below standard: {lost}"),
        (Unit::People, Lang::Vi) => format!("còn {n} người chưa đạt chuẩn"),
        (Unit::People, Lang::En) => format!("{n} below standard"),
        (_, Lang::Vi) => format!("cách ngưỡng {n} hồ sơ"),
        (_, Lang::En) => format!("{n} dossiers from the threshold"),
    })
}
