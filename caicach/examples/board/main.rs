//! The board: how a city stands against the plan, on a terminal, in Vietnamese or (`LANG_DEMO=en`) in English.
//!
//! `cargo run --example board`, or with your own facts: `cargo run --example board -- facts.json 2025-01-15`.

mod page;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use caicach::assessment::Ceiling;
use caicach::calendar::parse_iso;
use caicach::plan::kind::SubjectKind;
use caicach::rule::finding::Measured;
use caicach::text::number::{date, integer};
use caicach::{Assessment, Facts, Finding, Lang, Options, Plan, Verdict};

use page::{Ink, Page, cut, pad, pad_left};
use words::{counts, figures, headroom, say, share, verdict};

/// The facts shown where none are named, and the day they are judged on.
const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/nha-trang.json");
const DAY: &str = "2025-01-15";

/// How the sources of made-up figures begin.
const ILLUSTRATIVE: &str = "minh họa";

/// The cap of each column of the table of ranks.
const LATE: &str = "late_share_caps_rank";
const SATISFIED: &str = "satisfaction_caps_rank";
/// The cap on people.
const PERSON: &str = "late_share_caps_person";

/// The rules of each section of cards.
const THEMES: [(&str, &str, &[&str]); 4] = [
    ("BIÊN CHẾ VÀ ĐỘI NGŨ", "STAFF", &["cadre_reduction", "employee_reduction", "title_standards"]),
    ("ĐƠN VỊ SỰ NGHIỆP CÔNG LẬP", "PUBLIC SERVICE UNITS", &["unit_reduction"]),
    (
        "MỨC ĐỘ HÀI LÒNG",
        "SATISFACTION",
        &["satisfaction_overall", "satisfaction_land", "satisfaction_construction", "satisfaction_investment"],
    ),
    ("GIAO DỊCH TRỰC TUYẾN", "ONLINE", &["online_majority"]),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| FACTS.to_owned());
    let day = parse_iso(&args.next().unwrap_or_else(|| DAY.to_owned()))?;
    let lang = match std::env::var("LANG_DEMO").as_deref() {
        Ok("en") => Lang::En,
        _ => Lang::Vi,
    };
    let plan = Plan::builtin()?;
    let facts = Facts::from_json(std::fs::read(&path)?)?;
    let assessment = plan.assess(&facts, &Options::on(day))?;
    let mut board = Board { plan: &plan, assessment: &assessment, lang, page: Page::new() };
    board.write();
    board.page.print();
    Ok(())
}

struct Board<'a> {
    plan: &'a Plan,
    assessment: &'a Assessment,
    lang: Lang,
    page: Page,
}

impl<'a> Board<'a> {
    fn write(&mut self) {
        self.head();
        for (vi, en, rules) in THEMES {
            self.page.heading(say(self.lang, vi, en));
            let of_theme = self.assessment.findings().iter().filter(|finding| rules.contains(&finding.rule().as_str()));
            of_theme.for_each(|finding| self.card(finding));
        }
        self.city();
        let years: BTreeSet<i32> = self.of_bodies().map(Ceiling::year).collect();
        years.into_iter().rev().for_each(|year| self.ranks(year));
        self.people();
        self.others();
        self.summary();
    }

    fn head(&mut self) {
        let (lang, receipt) = (self.lang, self.assessment.receipt());
        let document = self.plan.document();
        let title = say(lang, "BẢNG THEO DÕI CẢI CÁCH HÀNH CHÍNH", "ADMINISTRATIVE REFORM BOARD");
        let city = self.plan.body(document.body.as_str()).map_or("", |body| body.name());
        let first = self.page.ink(Ink::Strong, &format!("{title} · {city}"));
        self.page.line(&first);
        let (cite, subject) = match lang {
            Lang::Vi => (&document.cite, &document.title),
            Lang::En => (&document.cite_en, &document.title_en),
        };
        self.page.paragraph("", 0, &format!("{cite} ({}): {subject}", date(document.date, lang)));
        let day = say(lang, "Ngày đánh giá", "As of");
        self.page.line(&format!("{day}: {}", date(receipt.as_of(), lang)));
        let fingerprint = |text: &str| text.chars().take(19).collect::<String>();
        let made = format!(
            "{}: {} · {} {} · {} {}",
            say(lang, "Biên nhận", "Receipt"),
            receipt.engine(),
            say(lang, "kế hoạch", "plan"),
            fingerprint(receipt.plan_fingerprint()),
            say(lang, "số liệu", "facts"),
            fingerprint(receipt.facts_fingerprint()),
        );
        let made = self.page.ink(Ink::Quiet, &made);
        self.page.line(&made);
        let mark = self.mark();
        let note = match lang {
            Lang::Vi => format!("{mark}: số giả định để trình diễn, không phải số liệu công bố."),
            Lang::En => format!("{mark}: made-up figures for this demonstration, not published ones."),
        };
        self.page.line(&note);
    }

    /// The sign of made-up figures.
    fn mark(&self) -> &'static str {
        say(self.lang, "[minh họa]", "[illustrative]")
    }

    fn mark_of(&self, finding: &Finding) -> &'static str {
        let made_up = finding.sources().any(|source| source.starts_with(ILLUSTRATIVE));
        if made_up { self.mark() } else { "" }
    }

    /// A finding with all it has to say.
    fn card(&mut self, finding: &Finding) {
        let lang = self.lang;
        let (word, ink) = verdict(finding.verdict(), lang);
        let word = self.page.ink(ink, &format!("[{word}]"));
        let title = self.plan.rule(finding.rule().as_str()).map(|rule| &rule.head().title);
        let title = title.map_or("", |title| say(lang, &title.vi, &title.en));
        let who = match finding.subject().kind {
            SubjectKind::City => String::new(),
            _ => format!(" · {}", finding.subject().name),
        };
        let clause = match (finding.clause().strip_prefix("annex "), lang) {
            (Some(task), Lang::Vi) => format!("Phụ lục {task}"),
            (Some(task), Lang::En) => format!("annex {task}"),
            (None, Lang::Vi) => format!("mục {}", finding.clause()),
            (None, Lang::En) => format!("section {}", finding.clause()),
        };
        let head =
            format!("{word} {title}{who} · {} · {clause} {}", finding.period().name(lang), self.mark_of(finding));
        self.page.paragraph("", 2, &head);
        if finding.measured().is_some() {
            self.page.paragraph("", 4, &figures(finding, lang));
        }
        self.page.paragraph("", 4, &finding.explanation(lang));
        self.notes(finding);
    }

    /// What is to be known of the data behind a finding, and where they were published.
    fn notes(&mut self, finding: &Finding) {
        let lang = self.lang;
        let notes: Vec<String> = finding.data_notes().iter().map(|note| note.text(lang)).collect();
        if !notes.is_empty() {
            self.page.paragraph(say(lang, "    Ghi chú: ", "    Data: "), 4, &notes.join("; "));
        }
        let published: Vec<&str> = finding.sources().filter(|source| !source.starts_with(ILLUSTRATIVE)).collect();
        if !published.is_empty() {
            self.page.paragraph(say(lang, "    Nguồn: ", "    Source: "), 4, &published.join("; "));
        }
    }

    fn of(&self, ceiling: &Ceiling, rule: &str) -> Option<&'a Finding> {
        self.assessment.findings().iter().find(|finding| {
            finding.rule().as_str() == rule
                && finding.subject() == ceiling.subject()
                && finding.period().from().year() == ceiling.year()
        })
    }

    fn ceilings(&self, kind: SubjectKind) -> impl Iterator<Item = &'a Ceiling> + use<'a> {
        self.assessment.ceilings().iter().filter(move |ceiling| ceiling.subject().kind == kind)
    }

    fn of_bodies(&self) -> impl Iterator<Item = &'a Ceiling> + use<'a> {
        self.ceilings(SubjectKind::Body)
    }

    /// "khá", "tốt (tạm tính)": the highest band still possible.
    fn highest(&self, ceiling: &Ceiling) -> String {
        let provisional = if ceiling.provisional() { say(self.lang, " (tạm tính)", " (provisional)") } else { "" };
        format!("{}{provisional}", self.band(ceiling))
    }

    fn band(&self, ceiling: &Ceiling) -> &'a str {
        let scale = self.plan.scale(ceiling.scale().as_str());
        let band = scale.and_then(|scale| scale.bands.iter().find(|band| band.id == *ceiling.ceiling()));
        band.map_or("", |band| say(self.lang, &band.vi, &band.en))
    }

    /// The city's own caps, year by year.
    fn city(&mut self) {
        let lang = self.lang;
        self.page.heading(say(lang, "XẾP HẠNG CỦA THÀNH PHỐ", "THE CITY'S RANK"));
        let mut ceilings: Vec<&Ceiling> = self.ceilings(SubjectKind::City).collect();
        ceilings.reverse();
        for ceiling in ceilings {
            let label = say(lang, "mức xếp hạng cao nhất có thể đạt", "highest rank still possible");
            let text = format!("{} {}: {label}: {}", say(lang, "Năm", "Year"), ceiling.year(), self.highest(ceiling));
            let text = self.page.ink(Ink::Strong, &text);
            self.page.line(&text);
            for rule in [LATE, SATISFIED] {
                if let Some(finding) = self.of(ceiling, rule) {
                    self.card(finding);
                }
            }
        }
    }

    /// One year of all bodies in a table, then the sentences of those that need one.
    fn ranks(&mut self, year: i32) {
        let lang = self.lang;
        self.page.heading(&match lang {
            Lang::Vi => format!("HỒ SƠ TRỄ HẠN, HÀI LÒNG VÀ TRẦN XẾP HẠNG NĂM {year}"),
            Lang::En => format!("LATE DOSSIERS, SATISFACTION AND CEILINGS OF RANK IN {year}"),
        });
        let mut rows: Vec<&Ceiling> = self.of_bodies().filter(|ceiling| ceiling.year() == year).collect();
        // Those with a cap first.
        rows.sort_by_key(|ceiling| ceiling.binding().is_empty());
        let columns = say(lang, "Cơ quan, đơn vị|Trễ hạn|Tỷ lệ|Hài lòng|Trần", "Body|Late|Share|Satisfied|Ceiling");
        let columns: Vec<&str> = columns.split('|').collect();
        let head = self.page.ink(Ink::Quiet, &row(&columns));
        self.page.line(&head);
        let (mut silent, mut unasked, mut why) = (Vec::new(), Vec::new(), Vec::new());
        for ceiling in rows {
            let (Some(late), Some(satisfied)) = (self.of(ceiling, LATE), self.of(ceiling, SATISFIED)) else { continue };
            let name = ceiling.subject().name.as_ref();
            if late.measured().is_none() && satisfied.measured().is_none() {
                silent.push(name);
                continue;
            }
            if satisfied.measured().is_none() {
                unasked.push(name);
            }
            self.row(ceiling, late, satisfied);
            why.extend([late, satisfied].into_iter().filter(|finding| needs_a_sentence(finding)));
        }
        self.page.line(say(
            lang,
            "? chưa đủ dữ liệu · – không có hồ sơ · * tạm tính: số liệu còn thiếu có thể hạ trần",
            "? not enough data · – no dossiers · * provisional: what is missing may lower the ceiling",
        ));
        self.page.gap();
        let list = |names: &[&str]| names.join(", ");
        if !unasked.is_empty() {
            let text = say(lang, "Chưa có chỉ số hài lòng:", "No satisfaction index:");
            self.page.paragraph("", 2, &format!("{text} {}.", list(&unasked)));
        }
        if !silent.is_empty() {
            let text = say(
                lang,
                "Không có hồ sơ để xét và chưa có chỉ số hài lòng:",
                "No dossiers and no satisfaction index:",
            );
            self.page.paragraph("", 2, &format!("{text} {}.", list(&silent)));
        }
        for finding in why {
            let mark = self.mark_of(finding);
            self.page.paragraph("• ", 2, &format!("{} {mark}", finding.explanation(lang)));
            let notes: Vec<String> = finding.data_notes().iter().map(|note| note.text(lang)).collect();
            if !notes.is_empty() {
                self.page.paragraph(say(lang, "  Ghi chú: ", "  Data: "), 2, &notes.join("; "));
            }
        }
    }

    fn row(&mut self, ceiling: &Ceiling, late: &Finding, satisfied: &Finding) {
        let lang = self.lang;
        let measured = |finding: &Finding| match (finding.measured(), finding.verdict()) {
            (Some(Measured::Share(extent)), _) => share(extent, finding.required(), lang),
            (_, Verdict::NotApplicable) => "–".to_owned(),
            _ => "?".to_owned(),
        };
        let band = format!("{}{}", self.band(ceiling), if ceiling.provisional() { " *" } else { "" });
        let ink = if ceiling.binding().is_empty() { Ink::Good } else { Ink::Bad };
        let near = headroom(late, lang).unwrap_or_default();
        let cells = [
            ceiling.subject().name.to_string(),
            counts(late, lang).unwrap_or_default(),
            measured(late),
            measured(satisfied),
            self.page.ink(ink, &band),
        ];
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let mark = if self.mark_of(late).is_empty() { self.mark_of(satisfied) } else { self.mark_of(late) };
        let line = row(&cells);
        self.page.line(&format!("{} {mark}", pad(&line, page::COLUMNS.saturating_sub(page::width(mark) + 1))));
        if !near.is_empty() && needs_a_sentence(late) {
            let near = self.page.ink(Ink::Quiet, &format!("    → {near}"));
            self.page.line(&near);
        }
    }

    fn people(&mut self) {
        let lang = self.lang;
        self.page.heading(say(
            lang,
            "CÁ NHÂN: HỒ SƠ TRỄ HẠN VÀ TRẦN XẾP LOẠI",
            "PEOPLE: LATE DOSSIERS AND CEILINGS OF RATING",
        ));
        let mut silent: BTreeMap<i32, Vec<&str>> = BTreeMap::new();
        for ceiling in self.ceilings(SubjectKind::Person) {
            let Some(finding) = self.of(ceiling, PERSON) else { continue };
            if finding.verdict() == Verdict::NotApplicable {
                silent.entry(ceiling.year()).or_default().push(&ceiling.subject().name);
                continue;
            }
            self.card(finding);
            if finding.verdict() != Verdict::Binding {
                let label = say(lang, "Mức xếp loại cao nhất có thể đạt:", "Highest rating still possible:");
                let text = format!("{label} {}", self.highest(ceiling));
                self.page.paragraph("", 4, &text);
            }
        }
        for (year, people) in silent {
            let text = match lang {
                Lang::Vi => format!("Năm {year} không có hồ sơ để xét: {}.", people.join(", ")),
                Lang::En => format!("No dossiers in {year}: {}.", people.join(", ")),
            };
            self.page.paragraph("", 2, &text);
        }
    }

    /// Every other rule by its verdicts.
    fn others(&mut self) {
        let lang = self.lang;
        let mut shown: BTreeSet<&str> = THEMES.iter().flat_map(|(_, _, rules)| rules.iter().copied()).collect();
        shown.extend([LATE, SATISFIED, PERSON]);
        let mut verdicts: BTreeMap<(usize, Verdict), usize> = BTreeMap::new();
        for finding in self.assessment.findings() {
            let id = finding.rule().as_str();
            let place = self.plan.rules().iter().position(|rule| rule.id().as_str() == id);
            if let (Some(place), false) = (place, shown.contains(id)) {
                *verdicts.entry((place, finding.verdict())).or_default() += 1;
            }
        }
        if verdicts.is_empty() {
            return;
        }
        self.page.heading(say(lang, "CÁC QUY ĐỊNH KHÁC", "OTHER RULES"));
        for (place, rule) in self.plan.rules().iter().enumerate() {
            let of_rule: Vec<String> = verdicts
                .range((place, Verdict::Met)..)
                .take_while(|((of, _), _)| *of == place)
                .map(|((_, found), count)| {
                    let (word, ink) = verdict(*found, lang);
                    format!("{} {count}", self.page.ink(ink, word))
                })
                .collect();
            if !of_rule.is_empty() {
                let title = &rule.head().title;
                self.page.paragraph("", 2, &format!("{}: {}", say(lang, &title.vi, &title.en), of_rule.join(" · ")));
            }
        }
    }

    fn summary(&mut self) {
        let (lang, summary) = (self.lang, self.assessment.summary());
        self.page.heading(say(lang, "TỔNG HỢP", "SUMMARY"));
        let counted: Vec<String> = Verdict::ALL
            .iter()
            .map(|found| {
                let (word, ink) = verdict(*found, lang);
                format!("{} {}", self.page.ink(ink, word), integer(i128::from(summary.count(*found)), lang))
            })
            .collect();
        self.page.paragraph("", 0, &counted.join(" · "));
        let sensitive = integer(i128::from(summary.sensitive()), lang);
        let text = match lang {
            Lang::Vi => format!("{sensitive} kết luận phụ thuộc cách hiểu Kế hoạch. Cách hiểu đã chọn:"),
            Lang::En => format!("{sensitive} findings depend on how the plan is read. Readings chosen:"),
        };
        let chosen = self.assessment.receipt().readings().iter().map(|(key, option)| format!("{key}={option}"));
        self.page.paragraph("", 0, &format!("{text} {}.", chosen.collect::<Vec<_>>().join(", ")));
        self.waiting();
        self.unused();
    }

    /// The rules that this version does not judge.
    fn waiting(&mut self) {
        let lang = self.lang;
        let rules = self.assessment.summary().not_yet_evaluated();
        let titles = rules.iter().filter_map(|id| {
            let head = self.plan.rule(id.as_str())?.head();
            Some(format!(
                "{} ({})",
                say(lang, &head.title.vi, &head.title.en),
                head.clause.as_str().replace("annex ", "")
            ))
        });
        let titles = titles.collect::<Vec<_>>().join(", ");
        let n = rules.len();
        if n == 0 {
            return;
        }
        let text = match lang {
            Lang::Vi => format!("{n} quy định phiên bản này chưa đánh giá: {titles}."),
            Lang::En => format!("{n} rules not yet evaluated by this version: {titles}."),
        };
        self.page.gap();
        self.page.paragraph("", 0, &text);
    }

    /// The records that nothing reads, by reason.
    fn unused(&mut self) {
        let lang = self.lang;
        self.page.gap();
        let unused = self.assessment.unused();
        if unused.is_empty() {
            self.page.line(say(lang, "Mọi bản ghi đều được dùng.", "Every record is used."));
            return;
        }
        self.page.line(&match lang {
            Lang::Vi => format!("{} bản ghi không được dùng:", unused.len()),
            Lang::En => format!("{} records are not used:", unused.len()),
        });
        for record in unused {
            let why = say(lang, record.vi, record.en);
            let text = format!("{} {} {}: {why}", record.table, record.subject, record.when);
            self.page.paragraph("• ", 2, &text);
        }
    }
}

/// A line of the table of ranks: the first and the last cell begin, the others end where the column does.
fn row(cells: &[&str]) -> String {
    let widths = [38usize, 11, 11, 12, 9];
    let mut line = String::new();
    for (place, (text, columns)) in cells.iter().zip(widths).enumerate() {
        line.push_str(if place == 0 { "" } else { " " });
        line.push_str(&match place {
            0 => pad(&cut(text, columns), columns),
            4 => pad(text, columns),
            _ => pad_left(text, columns),
        });
    }
    line
}

/// Whether the table does not say enough: a cap binds, depends on a reading, or only bounds are known.
fn needs_a_sentence(finding: &Finding) -> bool {
    let depends = finding.sensitive_to().iter().any(|other| other.verdict != Verdict::Undetermined);
    let bounded = match finding.measured() {
        Some(Measured::Share(extent)) => extent.value().is_none(),
        _ => false,
    };
    finding.verdict() == Verdict::Binding || depends || bounded
}
