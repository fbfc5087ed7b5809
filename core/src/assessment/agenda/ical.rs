//! An agenda as iCalendar text, by the grammar of RFC 5545.
//!
//! Content lines end in CRLF and are folded at 75 octets, between characters (3.1); commas, semicolons, backslashes and
//! line breaks in texts are escaped (3.3.11). Events last a whole day: `DTSTART` and `DTEND` are dates, the end is the day
//! after (3.6.1). A calendar holds at least one component (3.6), so the time zone of Vietnam stands in each.

use time::Date;

use super::{Agenda, AgendaItem};
use crate::calendar::iso;
use crate::plan::Plan;
use crate::text::Lang;

/// The longest a line may be, its line break aside.
const OCTETS: usize = 75;

pub(super) fn write(agenda: &Agenda, stamp: Date, lang: Lang) -> String {
    let mut lines = Lines::default();
    let document = agenda.plan.document();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", &format!("-//caicach//caicach {}//{}", env!("CARGO_PKG_VERSION"), lang.code().to_uppercase()));
    lines.add("CALSCALE", "GREGORIAN");
    let cite = match lang {
        Lang::Vi => &document.cite,
        Lang::En => &document.cite_en,
    };
    lines.add("X-WR-CALNAME", &escaped(cite));
    for line in ["BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "BEGIN:STANDARD", "DTSTART:19750613T000000"] {
        lines.line(line);
    }
    // No daylight saving since.
    for line in ["TZOFFSETFROM:+0700", "TZOFFSETTO:+0700", "TZNAME:+07", "END:STANDARD", "END:VTIMEZONE"] {
        lines.line(line);
    }
    for item in &agenda.items {
        event(&mut lines, agenda, item, stamp, lang);
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

fn event(lines: &mut Lines, agenda: &Agenda, item: &AgendaItem, stamp: Date, lang: Lang) {
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &uid(&agenda.plan, item));
    lines.add("DTSTAMP", &format!("{}T000000Z", basic(stamp)));
    lines.add("DTSTART;VALUE=DATE", &basic(item.due));
    // The last day of the calendar has none after it; an event without end lasts its one day as well.
    if let Some(end) = item.due.next_day() {
        lines.add("DTEND;VALUE=DATE", &basic(end));
    }
    lines.add(&format!("SUMMARY;LANGUAGE={}", lang.code()), &escaped(item.text(lang)));
    lines.add(&format!("DESCRIPTION;LANGUAGE={}", lang.code()), &escaped(&description(&agenda.plan, item, lang)));
    lines.add("CATEGORIES", &escaped(item.kind.as_str()));
    // It is a last day, not time that anybody is busy.
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
}

/// The same for the same thing owed, whenever and for whomever the file is made.
fn uid(plan: &Plan, item: &AgendaItem) -> String {
    let days = format!("{}-{}", basic(item.period.from()), basic(item.due));
    let about = item.about.as_ref().map_or_else(String::new, |about| format!("-{}", escaped(about)));
    format!("{}-{}-{days}{about}@{}.caicach", item.kind, slug(&item.id), slug(&plan.document().number))
}

/// Letters and digits as they are, all else as hyphens.
fn slug(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' }).collect()
}

/// Whom it concerns, and the clause.
fn description(plan: &Plan, item: &AgendaItem, lang: Lang) -> String {
    let document = plan.document();
    let groups = &plan.contents().body_group;
    let name = |id: &String| {
        let group = || groups.iter().find(|group| group.id.as_str() == id).and_then(|group| group.names.first());
        let body = plan.body(id).map(|body| body.name().to_owned());
        body.or_else(|| group().cloned()).unwrap_or_else(|| id.clone())
    };
    let who: Vec<String> = item.who.iter().map(name).collect();
    let who = who.join(", ");
    let task = item.clause.strip_prefix("annex ");
    match (lang, task) {
        (Lang::Vi, Some(task)) => format!("{who}\nPhụ lục, mục {task}, {}", document.cite),
        (Lang::Vi, None) => format!("{who}\nMục {}, {}", item.clause, document.cite),
        (Lang::En, Some(task)) => format!("{who}\nAnnex, item {task}, {}", document.cite_en),
        (Lang::En, None) => format!("{who}\nSection {}, {}", item.clause, document.cite_en),
    }
}

/// A date as `20240131`; years beyond four digits do not occur in a calendar file.
fn basic(date: Date) -> String {
    iso(date).replace('-', "")
}

/// A text with what the grammar reserves escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // No other control character may stand in a text.
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// Content lines as they are written.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) text: String,
}

impl Lines {
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// One content line, folded before the character that would make it longer than it may be.
    fn line(&mut self, line: &str) {
        let mut octets = 0usize;
        for c in line.chars() {
            if octets.saturating_add(c.len_utf8()) > OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets = octets.saturating_add(c.len_utf8());
        }
        self.text.push_str("\r\n");
    }
}
