//! What is to be known of the data behind a number.

use std::sync::Arc;

use rust_decimal::Decimal;
use time::Date;

use crate::calendar::Period;
use crate::facts::Identity;
use crate::input::{Members, Object, object};
use crate::plan::ids::BandId;
use crate::plan::scale::Band;
use crate::text::number::integer;
use crate::text::{Lang, number};

/// A band with its names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BandName {
    /// Its id.
    pub id: BandId,
    /// Its name in Vietnamese.
    pub vi: Arc<str>,
    /// Its name in English.
    pub en: Arc<str>,
}

impl BandName {
    pub(crate) fn of(band: &Band) -> BandName {
        BandName { id: band.id.clone(), vi: band.vi.as_str().into(), en: band.en.as_str().into() }
    }
}

/// A remark on the data behind a finding (ghi chú về dữ liệu).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataNote {
    /// The published numbers of a record leave something unexplained (chênh lệch số liệu).
    Residual {
        /// The sum that does not come out.
        identity: Identity,
        /// The period of the record.
        period: Period,
        /// The total as published.
        published: i128,
        /// What its parts add up to.
        computed: i128,
    },
    /// The records cover part of the period only.
    DaysCovered {
        /// Days covered.
        days: u32,
        /// Days of the period.
        of: u32,
    },
    /// The figure was published rounded and stands for an interval.
    Rounded {
        /// To how many decimals.
        places: u32,
    },
    /// Only the percentage was published, not the counts behind it.
    PercentageOnly,
    /// Several published percentages without counts: the whole lies between them.
    HullOfPercentages,
    /// The figure is the sum over bodies of a table declared complete.
    SummedOverBodies {
        /// How many bodies have records.
        bodies: u32,
    },
    /// The figure is the sum over fields, for want of a record of the whole.
    SummedOverFields {
        /// How many fields.
        fields: u32,
    },
    /// Counts and published percentage contradict each other; the counts are taken.
    PercentageContradictsCounts,
    /// A superior's decisions added posts to the baseline.
    BaselineAdjusted {
        /// How many, net.
        delta: i64,
    },
    /// The figure is read over the bodies from which the body came by reorganisation.
    OverPredecessors {
        /// The bodies whose records are read beside its own, by name.
        bodies: Vec<Arc<str>>,
        /// Those that have no records of their part of the period, by name.
        without: Vec<Arc<str>>,
    },
    /// A split gives the body a part of another's counts.
    Divided {
        /// The body that was split.
        body: Arc<str>,
        /// The declared share in hundredths; none: not declared, so that only bounds are known.
        percent: Option<Decimal>,
    },
    /// The territory's figure from this day on is that of the bodies that came after the city.
    OverSuccessors {
        /// First day after the city's end.
        from: Date,
        /// How many bodies.
        bodies: u32,
    },
    /// The rank follows from a score by the cut-offs of the plan's scale.
    RankFromScore {
        /// The score.
        score: Decimal,
        /// Whether the plan itself only assumes the cut-offs.
        assumed: bool,
    },
    /// The rank is not yet known; caps rule out a better one than this.
    RankCeiling {
        /// The best rank still possible.
        ceiling: BandName,
    },
    /// The rank given is better than caps that bind allow.
    RankAboveCeiling {
        /// The rank.
        rank: BandName,
        /// The best rank that the caps allow.
        ceiling: BandName,
    },
    /// A later record is before the deadline's year and decides nothing after the deadline.
    StaleRecord {
        /// Its date.
        date: Date,
    },
    /// A part was published larger than its whole and counts as the whole.
    PartBeyondWhole {
        /// The part.
        part: u64,
        /// The whole.
        whole: u64,
    },
    /// Inspections that a superior ordered, which do not count.
    OrderedBySuperior {
        /// How many.
        count: u64,
    },
    /// Cost estimates on funds outside the state budget.
    OutsideBudget {
        /// How many.
        count: u64,
    },
    /// Documents signed digitally: reported, not judged.
    DigitallySigned {
        /// How many.
        count: u64,
        /// Of how many documents.
        of: u64,
    },
    /// Dossiers for which papers were requested repeatedly were asked to count as late (reading `repeat_supplement`), which
    /// shows only where dossiers are counted one by one: the late ones are taken as counted.
    RepeatsAsCounted,
    /// The days off of a year are computed from the law: no decision of it is known yet.
    EstimatedDaysOff {
        /// The year.
        year: i32,
    },
}

impl DataNote {
    /// The stable word for the kind of note.
    pub fn code(&self) -> &'static str {
        match self {
            DataNote::Residual { .. } => "residual",
            DataNote::DaysCovered { .. } => "days_covered",
            DataNote::Rounded { .. } => "rounded",
            DataNote::PercentageOnly => "percentage_only",
            DataNote::HullOfPercentages => "hull_of_percentages",
            DataNote::SummedOverBodies { .. } => "summed_over_bodies",
            DataNote::SummedOverFields { .. } => "summed_over_fields",
            DataNote::PercentageContradictsCounts => "percentage_contradicts_counts",
            DataNote::BaselineAdjusted { .. } => "baseline_adjusted",
            DataNote::OverPredecessors { .. } => "over_predecessors",
            DataNote::Divided { .. } => "divided",
            DataNote::OverSuccessors { .. } => "over_successors",
            DataNote::StaleRecord { .. } => "stale_record",
            DataNote::PartBeyondWhole { .. } => "part_beyond_whole",
            DataNote::OrderedBySuperior { .. } => "ordered_by_superior",
            DataNote::OutsideBudget { .. } => "outside_budget",
            DataNote::DigitallySigned { .. } => "digitally_signed",
            DataNote::RepeatsAsCounted => "repeats_as_counted",
            DataNote::EstimatedDaysOff { .. } => "estimated_days_off",
            DataNote::RankFromScore { .. } => "rank_from_score",
            DataNote::RankCeiling { .. } => "rank_ceiling",
            DataNote::RankAboveCeiling { .. } => "rank_above_ceiling",
        }
    }

    /// The remark as a sentence without its full stop.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.vietnamese(),
            Lang::En => self.english(),
        }
    }

    fn vietnamese(&self) -> String {
        let n = |value: i128| integer(value, Lang::Vi);
        match self {
            DataNote::Residual { identity, period, published, computed } => {
                let gap = published.saturating_sub(*computed);
                let what = residual_vi(identity);
                let (published, computed) = (n(*published), n(*computed));
                let name = period.name(Lang::Vi);
                if gap >= 0 {
                    format!(
                        "{name}: còn {} hồ sơ chưa được giải thích ({what}: công bố {published}, cộng lại {computed})",
                        n(gap)
                    )
                } else {
                    format!(
                        "{name}: thừa {} hồ sơ ({what}: công bố {published}, cộng lại {computed})",
                        n(gap.saturating_neg())
                    )
                }
            }
            DataNote::DaysCovered { days, of } => format!("số liệu mới có {days}/{of} ngày của kỳ"),
            DataNote::Rounded { places } => format!("số công bố đã làm tròn đến {places} chữ số thập phân"),
            DataNote::PercentageOnly => "chỉ công bố tỷ lệ, không công bố số lượng".into(),
            DataNote::HullOfPercentages => "ghép từ các tỷ lệ từng kỳ, không có số lượng nên chỉ biết khoảng".into(),
            DataNote::SummedOverBodies { bodies } => format!("cộng từ số liệu của {bodies} cơ quan, đơn vị"),
            DataNote::SummedOverFields { fields } => format!("cộng từ số liệu của {fields} lĩnh vực"),
            DataNote::PercentageContradictsCounts => "tỷ lệ công bố không khớp với số lượng; lấy theo số lượng".into(),
            DataNote::BaselineAdjusted { delta } => {
                format!("số gốc đã điều chỉnh {} theo quyết định của cấp trên", signed(*delta, Lang::Vi))
            }
            DataNote::OverPredecessors { bodies, without } => {
                let read = format!(
                    "tính cả số liệu trước sắp xếp của {} cơ quan, đơn vị: {}",
                    bodies.len(),
                    bodies.join(", ")
                );
                let lacking = format!("không có số liệu trước sắp xếp của {}", without.join(", "));
                either(bodies, without, read, lacking)
            }
            DataNote::Divided { body, percent: Some(percent) } => {
                format!(
                    "chia {}% số liệu của {body} theo phương án sắp xếp",
                    number::decimal(&percent.normalize(), Lang::Vi)
                )
            }
            DataNote::Divided { body, percent: None } => {
                format!("không có tỷ lệ chia số liệu của {body} nên chỉ biết khoảng")
            }
            DataNote::OverSuccessors { from, bodies } => {
                format!("từ {} tính trên địa bàn của {bodies} cơ quan, đơn vị kế thừa", number::date(*from, Lang::Vi))
            }
            DataNote::StaleRecord { date } => {
                format!("số liệu gần nhất là ngày {}, không thuộc năm cuối kỳ", number::date(*date, Lang::Vi))
            }
            DataNote::PartBeyondWhole { part, whole } => {
                let (part, whole) = (n((*part).into()), n((*whole).into()));
                format!("số thành phần {part} lớn hơn tổng số {whole}; tính bằng tổng số")
            }
            DataNote::OrderedBySuperior { count } => {
                format!("không tính {} cuộc đột xuất theo chỉ đạo của cấp trên", n((*count).into()))
            }
            DataNote::OutsideBudget { count } => {
                format!("có {} dự toán từ nguồn kinh phí ngoài ngân sách", n((*count).into()))
            }
            DataNote::DigitallySigned { count, of } => {
                format!("{}/{} văn bản được ký số", n((*count).into()), n((*of).into()))
            }
            DataNote::RepeatsAsCounted => {
                "số hồ sơ trễ hạn lấy theo số liệu đã tổng hợp; hồ sơ bị yêu cầu bổ sung quá 01 lần chỉ tính được là trễ \
                 hạn khi tổng hợp từ từng hồ sơ"
                    .into()
            }
            DataNote::EstimatedDaysOff { year } => {
                format!("ngày nghỉ lễ năm {year} tính theo luật, chưa có quyết định chính thức")
            }
            DataNote::RankFromScore { score, assumed } => {
                let score = number::decimal(&score.normalize(), Lang::Vi);
                let cut_offs = if *assumed { "ngưỡng điểm giả định" } else { "ngưỡng điểm" };
                format!("mức xếp hạng suy từ điểm {score} theo {cut_offs} của thang xếp hạng")
            }
            DataNote::RankCeiling { ceiling } => {
                format!("theo các giới hạn đang áp dụng, mức xếp hạng cao nhất có thể đạt là {}", ceiling.vi)
            }
            DataNote::RankAboveCeiling { rank, ceiling } => {
                format!("kết quả xếp hạng {} cao hơn mức cao nhất được phép là {}", rank.vi, ceiling.vi)
            }
        }
    }

    fn english(&self) -> String {
        let n = |value: i128| integer(value, Lang::En);
        match self {
            DataNote::Residual { identity, period, published, computed } => {
                let gap = published.saturating_sub(*computed);
                let what = residual_en(identity);
                let (published, computed) = (n(*published), n(*computed));
                let name = period.name(Lang::En);
                let dossiers = |count| number::counted(count, "dossier", "dossiers");
                if gap >= 0 {
                    format!(
                        "{name}: {} unexplained ({what}: published {published}, parts add up to {computed})",
                        dossiers(gap)
                    )
                } else {
                    format!(
                        "{name}: {} too many ({what}: published {published}, parts add up to {computed})",
                        dossiers(gap.saturating_neg())
                    )
                }
            }
            DataNote::DaysCovered { days, of } => format!("the records cover {days} of the period's {of} days"),
            DataNote::Rounded { places: 1 } => "published rounded to 1 decimal".into(),
            DataNote::Rounded { places } => format!("published rounded to {places} decimals"),
            DataNote::PercentageOnly => "only the percentage is published, not the counts".into(),
            DataNote::HullOfPercentages => "joined from percentages of parts of the period without counts".into(),
            DataNote::SummedOverBodies { bodies } => {
                format!("summed over {}", number::counted((*bodies).into(), "body", "bodies"))
            }
            DataNote::SummedOverFields { fields } => {
                format!("summed over {}", number::counted((*fields).into(), "field", "fields"))
            }
            DataNote::PercentageContradictsCounts => {
                "the published percentage contradicts the counts; the counts are taken".into()
            }
            DataNote::BaselineAdjusted { delta } => {
                format!("baseline adjusted by {} by a superior's decisions", signed(*delta, Lang::En))
            }
            DataNote::OverPredecessors { bodies, without } => {
                let read = format!(
                    "with the records of {} from before the reorganisation: {}",
                    number::counted(bodies.len() as i128, "body", "bodies"),
                    bodies.join(", ")
                );
                let lacking = format!("no records from before the reorganisation of {}", without.join(", "));
                either(bodies, without, read, lacking)
            }
            DataNote::Divided { body, percent: Some(percent) } => {
                format!(
                    "{}% of the counts of {body} by the declared share of its split",
                    number::decimal(&percent.normalize(), Lang::En)
                )
            }
            DataNote::Divided { body, percent: None } => {
                format!("the split of {body} declares no shares, so only bounds are known")
            }
            DataNote::OverSuccessors { from, bodies } => {
                let bodies = number::counted((*bodies).into(), "succeeding body", "succeeding bodies");
                format!("from {} on over the territory of {bodies}", number::date(*from, Lang::En))
            }
            DataNote::StaleRecord { date } => {
                format!("the latest record is of {}, not of the deadline's year", number::date(*date, Lang::En))
            }
            DataNote::PartBeyondWhole { part, whole } => {
                let (part, whole) = (integer((*part).into(), Lang::En), integer((*whole).into(), Lang::En));
                format!("the part of {part} is beyond its whole of {whole} and counts as the whole")
            }
            DataNote::OrderedBySuperior { count } => {
                let count = integer((*count).into(), Lang::En);
                format!("unscheduled inspections ordered by a superior, which do not count: {count}")
            }
            DataNote::OutsideBudget { count } => {
                format!("estimates on funds outside the state budget: {}", integer((*count).into(), Lang::En))
            }
            DataNote::DigitallySigned { count, of } => {
                let (count, of) = (integer((*count).into(), Lang::En), integer((*of).into(), Lang::En));
                format!("{count} of {of} documents are signed digitally")
            }
            DataNote::RepeatsAsCounted => {
                "late dossiers as counted; those with more than 1 request for more papers can be counted as late only \
                 where dossiers are counted one by one"
                    .into()
            }
            DataNote::EstimatedDaysOff { year } => {
                format!("the days off of {year} are computed from the law: no decision is known yet")
            }
            DataNote::RankFromScore { score, assumed } => {
                let score = number::decimal(&score.normalize(), Lang::En);
                let cut_offs = if *assumed { "assumed cut-offs" } else { "cut-offs" };
                format!("the rank follows from the score {score} by the {cut_offs} of the scale")
            }
            DataNote::RankCeiling { ceiling } => {
                format!("the caps that bind leave {} as the best rank still possible", ceiling.en)
            }
            DataNote::RankAboveCeiling { rank, ceiling } => {
                format!("the rank given, {}, is above {}, the best that the caps allow", rank.en, ceiling.en)
            }
        }
    }
}

fn signed(delta: i64, lang: Lang) -> String {
    let digits = integer(i128::from(delta), lang);
    if delta > 0 { format!("+{digits}") } else { digits }
}

fn residual_vi(identity: &Identity) -> &'static str {
    match identity {
        Identity::Received => "tiếp nhận = trực tuyến + trực tiếp + kỳ trước chuyển sang",
        Identity::InTime => "đã giải quyết trong hạn = trước hạn + đúng hạn",
        Identity::Resolved => "đã giải quyết = trước hạn + đúng hạn + trễ hạn",
        Identity::Pending => "đang giải quyết = trong hạn + quá hạn",
        Identity::Balance => "tiếp nhận = đã giải quyết + đang giải quyết + rút, hủy",
    }
}

fn residual_en(identity: &Identity) -> &'static str {
    match identity {
        Identity::Received => "received = online + direct + carried over",
        Identity::InTime => "in time = early + on time",
        Identity::Resolved => "resolved = early + on time + late",
        Identity::Pending => "pending = in time + overdue",
        Identity::Balance => "received = resolved + pending + cancelled",
    }
}

object!(DataNote);

impl Object for DataNote {
    fn members(&self, to: &mut Members<'_>) {
        to.add("code", &self.code());
        match self {
            DataNote::Residual { identity, period, published, computed } => {
                to.add("identity", identity);
                to.add("from", &period.from());
                to.add("to", &period.to());
                to.add("published", published);
                to.add("computed", computed);
                to.add("residual", &published.saturating_sub(*computed));
            }
            DataNote::DaysCovered { days, of } => {
                to.add("days", days);
                to.add("of", of);
            }
            DataNote::Rounded { places } => to.add("places", places),
            DataNote::SummedOverBodies { bodies } => to.add("bodies", bodies),
            DataNote::SummedOverFields { fields } => to.add("fields", fields),
            DataNote::BaselineAdjusted { delta } => to.add("delta", delta),
            DataNote::OverPredecessors { bodies, without } => {
                to.add("bodies", &texts(bodies));
                to.add("without", &texts(without));
            }
            DataNote::Divided { body, percent } => {
                to.add("body", &body);
                if let Some(percent) = percent {
                    to.add("percent", &percent.normalize().to_string());
                }
            }
            DataNote::OverSuccessors { from, bodies } => {
                to.add("from", from);
                to.add("bodies", bodies);
            }
            DataNote::StaleRecord { date } => to.add("date", date),
            DataNote::PartBeyondWhole { part, whole } => {
                to.add("part", part);
                to.add("whole", whole);
            }
            DataNote::OrderedBySuperior { count } | DataNote::OutsideBudget { count } => {
                to.add("count", count);
            }
            DataNote::DigitallySigned { count, of } => {
                to.add("count", count);
                to.add("of", of);
            }
            DataNote::EstimatedDaysOff { year } => to.add("year", year),
            DataNote::RankFromScore { score, assumed } => {
                to.add("score", &score.normalize().to_string());
                to.add("assumed", assumed);
            }
            DataNote::RankCeiling { ceiling } => to.add("ceiling", &ceiling.id),
            DataNote::RankAboveCeiling { rank, ceiling } => {
                to.add("rank", &rank.id);
                to.add("ceiling", &ceiling.id);
            }
            DataNote::PercentageOnly
            | DataNote::HullOfPercentages
            | DataNote::PercentageContradictsCounts
            | DataNote::RepeatsAsCounted => {}
        }
        to.add("vi", &self.text(Lang::Vi));
        to.add("en", &self.text(Lang::En));
    }
}

/// What is said where the first list has something, where the second has, and of both.
fn either(first: &[Arc<str>], second: &[Arc<str>], of_first: String, of_second: String) -> String {
    match (first.is_empty(), second.is_empty()) {
        (_, true) => of_first,
        (true, false) => of_second,
        (false, false) => format!("{of_first}; {of_second}"),
    }
}

fn texts(names: &[Arc<str>]) -> Vec<&str> {
    names.iter().map(AsRef::as_ref).collect()
}
