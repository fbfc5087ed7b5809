//! Progress in words.

use super::{Progress, Projection};
use crate::assessment::explain::cite_clause;
use crate::measure::ratio::Ratio;
use crate::plan::kind::RuleKind;
use crate::rule::finding::Unit;
use crate::text::Lang;
use crate::text::number::{date, integer, percent_ratio};

pub(super) fn sentence(progress: &Progress, lang: Lang) -> String {
    let Some(rule) = progress.plan.rule(progress.rule.as_str()) else { return String::new() };
    let cite = cite_clause(progress.plan.document(), &rule.head().clause, lang);
    let title = match lang {
        Lang::Vi => &rule.head().title.vi,
        Lang::En => &rule.head().title.en,
    };
    let body = match (lang, matches!(rule.kind(), RuleKind::Reduction(_))) {
        (Lang::Vi, true) => cut_vi(progress),
        (Lang::En, true) => cut_en(progress),
        (Lang::Vi, false) => share_vi(progress),
        (Lang::En, false) => share_en(progress),
    };
    let mark = match lang {
        Lang::Vi => "Thông tin tham khảo, không phải kết luận",
        Lang::En => "For information, not a verdict",
    };
    format!("{title}: {body}. {mark} {cite}.")
}

fn two(value: Ratio, lang: Lang) -> String {
    percent_ratio(value.numerator(), value.denominator().saturating_mul(100), 2, lang)
}

fn whole(value: Ratio, lang: Lang) -> String {
    integer(value.ceil(), lang)
}

fn distance(value: Ratio) -> Ratio {
    Ratio::ZERO.minus(value).unwrap_or(value).max(value)
}

fn cut_vi(progress: &Progress) -> String {
    let vi = Lang::Vi;
    let unit = if progress.unit == Unit::ServiceUnits { "đơn vị" } else { "biên chế" };
    let (now, required, target) = (progress.now, progress.required, progress.target);
    let moved = if now.value < Ratio::ZERO { "tăng" } else { "giảm" };
    let start = format!(
        "đến {} đã {moved} {} {unit}; đến ngày đó lộ trình đều cần giảm {}, lộ trình dồn về cuối kỳ cần giảm {}",
        date(now.date, vi),
        integer(distance(now.value).floor(), vi),
        whole(required.even, vi),
        whole(required.back_loaded, vi)
    );
    let Some(Projection { reached, short, enough, .. }) = progress.projection else { return start };
    let end = if enough {
        format!("đủ mức phải giảm {}", whole(target.value, vi))
    } else {
        format!("còn thiếu {} {unit} so với mức phải giảm {}", whole(short, vi), whole(target.value, vi))
    };
    let leads = if reached < Ratio::ZERO { "tăng" } else { "giảm được" };
    format!(
        "{start}; nếu giữ nguyên tốc độ bình quân từ {} đến {} thì đến {} {leads} {} {unit}, {end}",
        date(progress.start.date, vi),
        date(now.date, vi),
        date(target.date, vi),
        integer(distance(reached).floor(), vi)
    )
}

fn cut_en(progress: &Progress) -> String {
    let en = Lang::En;
    let units = progress.unit == Unit::ServiceUnits;
    let count = |value: Ratio| {
        let unit = match (units, value == Ratio::whole(1)) {
            (true, true) => "unit",
            (true, false) => "units",
            (false, true) => "post",
            (false, false) => "posts",
        };
        format!("{} {unit}", integer(value.ceil(), en))
    };
    let (now, required, target) = (progress.now, progress.required, progress.target);
    let moved = if now.value < Ratio::ZERO { "added" } else { "cut" };
    let start = format!(
        "{} {moved} by {}; by then an even path asks for {}, a back-loaded one for {}",
        count(distance(now.value)),
        date(now.date, en),
        whole(required.even, en),
        whole(required.back_loaded, en)
    );
    let Some(Projection { short, enough, .. }) = progress.projection else { return start };
    let year = target.date.year();
    let end = if enough {
        format!("the {} required are reached in {year}", whole(target.value, en))
    } else {
        format!("{} short in {year}", count(short))
    };
    format!(
        "{start}; at this pace, the average from {} to {} going on unchanged: {end}",
        date(progress.start.date, en),
        date(now.date, en)
    )
}

fn share_vi(progress: &Progress) -> String {
    let vi = Lang::Vi;
    let (now, required, target) = (progress.now, progress.required, progress.target);
    let start = format!(
        "năm {} là {}%; lộ trình đều cần {}%, lộ trình dồn về cuối kỳ cần {}%",
        now.date.year(),
        two(now.value, vi),
        two(required.even, vi),
        two(required.back_loaded, vi)
    );
    let Some(Projection { per_year, reached, short, enough }) = progress.projection else {
        return format!("{start}; mới có số liệu một năm nên chưa tính được tốc độ");
    };
    let end = if enough {
        "đủ mức yêu cầu".to_owned()
    } else {
        format!("còn thiếu {} điểm phần trăm so với", two(short, vi))
    };
    format!(
        "{start}; nếu giữ nguyên tốc độ bình quân từ năm {} đến năm {} ({} {} điểm phần trăm mỗi năm) thì năm {} là {}%, {end} {}%",
        progress.start.date.year(),
        now.date.year(),
        if per_year < Ratio::ZERO { "giảm" } else { "tăng" },
        two(distance(per_year), vi),
        target.date.year(),
        two(reached, vi),
        two(target.value, vi)
    )
}

fn share_en(progress: &Progress) -> String {
    let en = Lang::En;
    let (now, required, target) = (progress.now, progress.required, progress.target);
    let start = format!(
        "{}% in {}; an even path asks for {}%, a back-loaded one for {}%",
        two(now.value, en),
        now.date.year(),
        two(required.even, en),
        two(required.back_loaded, en)
    );
    let Some(Projection { per_year, reached, short, enough }) = progress.projection else {
        return format!("{start}; with one year's figure there is no pace yet");
    };
    let end = if enough {
        format!("the {}% required are reached", two(target.value, en))
    } else {
        format!("{} percentage points short of {}%", two(short, en), two(target.value, en))
    };
    format!(
        "{start}; at this pace, the average from {} to {} ({} {} percentage points a year) going on unchanged: {}% in {}, {end}",
        progress.start.date.year(),
        now.date.year(),
        if per_year < Ratio::ZERO { "down" } else { "up" },
        two(distance(per_year), en),
        two(reached, en),
        target.date.year()
    )
}
