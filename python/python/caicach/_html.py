"""The board: an assessment as an HTML fragment.

One table of findings, one of ceilings. Every text goes through ``html.escape``; there is no script and no outside
asset. A verdict is a word and a sign beside its colour, and each colour has a contrast of at least 4.5 to 1.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from typing import Any

    from ._core import Assessment, Ceiling, Finding, Plan
    from .types import Lang

from html import escape

from ._core import format_number
from .types import Verdict

#: Sign, colour of the text and of the ground of each verdict.
_LOOKS = {
    Verdict.MET: ("✓", "#0b5d2a", "#dff3e4"),
    Verdict.NOT_BINDING: ("✓", "#0b5d2a", "#dff3e4"),
    Verdict.NOT_MET: ("✗", "#8f1414", "#fbe3e1"),
    Verdict.BINDING: ("✗", "#8f1414", "#fbe3e1"),
    Verdict.PENDING: ("…", "#0d47a1", "#e1ecfa"),
    Verdict.UNDETERMINED: ("?", "#6b4700", "#fdf0cd"),
    Verdict.NOT_APPLICABLE: ("–", "#444444", "#eeeeee"),
}

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "as_of": "tính đến",
        "findings": "Kết luận",
        "verdict": "Kết luận",
        "what": "Nội dung, đối tượng, kỳ",
        "measured": "Thực tế",
        "required": "Yêu cầu",
        "margin": "Chênh lệch",
        "clause": "Căn cứ",
        "annex": "Phụ lục, mục",
        "section": "mục",
        "paragraph": "đoạn",
        "why": "Giải thích",
        "ceilings": "Mức cao nhất có thể đạt",
        "subject": "Đối tượng",
        "year": "Năm",
        "scale": "Thang",
        "ceiling": "Mức cao nhất",
        "caps": "Do quy định",
        "provisional": "tạm thời, chưa đủ dữ liệu",
        "illustrative": "số liệu minh họa",
        "sources": "Nguồn",
        "notes": "Lưu ý",
        "aspirational": "phấn đấu",
        "retrospective": "tính lại cho kỳ trước Kế hoạch",
        "sensitive": "phụ thuộc cách hiểu",
        "points": "điểm %",
        "more": "còn {} dòng nữa",
        "none": "Không có kết luận nào.",
        "not_judged": "Chưa đánh giá {} quy định",
        "illustrated": "Có số liệu minh họa: không phải số liệu thực tế của địa phương.",
        "low": "từ",
        "low_open": "trên",
        "high": "đến",
        "high_open": "đến dưới",
        "at_least": "từ",
        "at_most": "không quá",
        "below": "dưới",
        "all": "tất cả",
        "rise": "tăng so với năm trước",
        "first": "đứng đầu",
    },
    "en": {
        "as_of": "as of",
        "findings": "Findings",
        "verdict": "Verdict",
        "what": "Norm, subject, period",
        "measured": "Measured",
        "required": "Required",
        "margin": "Margin",
        "clause": "Clause",
        "annex": "Annex, item",
        "section": "section",
        "paragraph": "paragraph",
        "why": "Explanation",
        "ceilings": "Highest band still possible",
        "subject": "Subject",
        "year": "Year",
        "scale": "Scale",
        "ceiling": "Ceiling",
        "caps": "Caps",
        "provisional": "provisional, not enough data",
        "illustrative": "illustrative figures",
        "sources": "Sources",
        "notes": "Notes",
        "aspirational": "aspiration",
        "retrospective": "before the plan's first year",
        "sensitive": "depends on the reading",
        "points": "points",
        "more": "{} more rows",
        "none": "No finding.",
        "not_judged": "{} rules not judged yet",
        "illustrated": "Contains illustrative figures, which are not the locality's own.",
        "low": "from",
        "low_open": "above",
        "high": "to",
        "high_open": "to below",
        "at_least": "at least",
        "at_most": "at most",
        "below": "below",
        "all": "all",
        "rise": "more than the year before",
        "first": "first place",
    },
}

_UNITS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "late_dossiers": "hồ sơ trễ hạn",
        "timely_dossiers": "hồ sơ đúng hạn",
        "percentage_points": "điểm %",
        "respondents": "người trả lời",
        "online_dossiers": "hồ sơ trực tuyến",
        "posts": "biên chế",
        "service_units": "đơn vị",
        "people": "người",
        "events": "lần",
        "days": "ngày",
        "members": "trường hợp",
        "bands": "mức",
        "index_points": "điểm chỉ số",
    },
    "en": {
        "late_dossiers": "late dossiers",
        "timely_dossiers": "timely dossiers",
        "percentage_points": "points",
        "respondents": "respondents",
        "online_dossiers": "online dossiers",
        "posts": "posts",
        "service_units": "units",
        "people": "people",
        "events": "events",
        "days": "days",
        "members": "members",
        "bands": "bands",
        "index_points": "index points",
    },
}

#: The verdicts, those that ask for something first.
_FIRST = (
    Verdict.NOT_MET,
    Verdict.BINDING,
    Verdict.MET,
    Verdict.NOT_BINDING,
    Verdict.PENDING,
    Verdict.UNDETERMINED,
    Verdict.NOT_APPLICABLE,
)

_FINDING_HEADS = ("verdict", "what", "measured", "required", "margin", "clause", "why")
_CEILING_HEADS = ("subject", "year", "scale", "ceiling", "caps")

_SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}

_STYLE = """
.caicach{font:14px/1.45 system-ui,sans-serif;color:#1b1b1b;background:#fff;padding:8px;max-width:100%;overflow-x:auto}
.caicach table{border-collapse:collapse;width:100%;margin:4px 0 14px}
.caicach th,.caicach td{border-bottom:1px solid #d0d0d0;padding:5px 8px;text-align:left;vertical-align:top;color:#1b1b1b}
.caicach th{background:#f2f4f7}
.caicach caption{text-align:left;font-weight:600;padding:4px 0}
.caicach .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.caicach .v{display:inline-block;padding:1px 8px;border-radius:10px;font-weight:600;white-space:nowrap}
.caicach .s{color:#4a4a4a;font-size:12px}
.caicach .i{background:#5b2a86;color:#fff;padding:0 6px;border-radius:3px;font-size:12px;font-weight:600}
"""


def is_illustrative(source: str) -> bool:
    """Whether a source says of itself that its figures are made up to show something.

    >>> is_illustrative("Minh họa: không phải số liệu thật"), is_illustrative("Báo cáo 12/BC-UBND")
    (True, False)
    """
    # "hoạ" is the other placement of the same tone mark; accents may also come decomposed.
    from unicodedata import normalize

    start = normalize("NFC", source.strip()).casefold()
    return start.startswith(("illustrative", "minh họa", "minh hoạ"))


def board(assessment: Assessment, lang: Lang = "vi", rows: int = 200) -> str:
    """The board of an assessment; see ``Assessment.to_html``."""
    if lang not in _WORDS:
        raise ValueError(f'lang is "vi" or "en", not {lang!r}')
    words = _WORDS[lang]
    plan, receipt, findings = assessment.plan, assessment.receipt, assessment.findings
    title = plan.title if lang == "vi" else plan.document.title_en
    bands = Bands(plan, lang)
    parts = [
        f'<div class="caicach" lang="{lang}"><style>{_STYLE}</style>',
        f"<div><strong>{escape(receipt.plan)}</strong> {escape(title)} "
        f'<span class="s">({words["as_of"]} {_day(receipt.as_of, lang)})</span></div>',
        f"<p>{_counts(assessment, lang)}</p>",
    ]
    if any(is_illustrative(source) for finding in findings for source in finding.sources):
        parts.append(f'<p><span class="i">{words["illustrative"]}</span> {words["illustrated"]}</p>')
    if findings:
        if len(findings) > rows:
            # What is cut off is what says least.
            findings = tuple(sorted(findings, key=lambda finding: _FIRST.index(finding.verdict)))
        lines = (_finding(finding, plan, bands, lang) for finding in findings[:rows])
        parts.append(_table("findings", _FINDING_HEADS, lines, len(findings) - rows, words))
    else:
        parts.append(f"<p>{words['none']}</p>")
    ceilings = assessment.ceilings
    if ceilings:
        lines = (_ceiling(ceiling, plan, bands, lang) for ceiling in ceilings[:rows])
        parts.append(_table("ceilings", _CEILING_HEADS, lines, len(ceilings) - rows, words))
    silent = len(assessment.summary.not_yet_evaluated)
    if silent:
        parts.append(f'<p class="s">{words["not_judged"].format(silent)}.</p>')
    parts.append(f'<p class="s">{escape(receipt.engine)} · {escape(receipt.plan_fingerprint[:19])}… · '
                 f"{escape(receipt.facts_fingerprint[:19])}…</p></div>")
    return "".join(parts)


def _table(caption: str, heads: Iterable[str], lines: Iterable[str], beyond: int, words: Mapping[str, str]) -> str:
    heading = "".join(f'<th scope="col">{escape(words[head])}</th>' for head in heads)
    body = "".join(lines)
    more = f'<p class="s">{words["more"].format(beyond)}</p>' if beyond > 0 else ""
    return (f"<table><caption>{escape(words[caption])}</caption><thead><tr>{heading}</tr></thead>"
            f"<tbody>{body}</tbody></table>{more}")


def _badge(verdict: Verdict, lang: Lang) -> str:
    sign, colour, ground = _LOOKS[verdict]
    return f'<span class="v" style="color:{colour};background:{ground}">{sign} {escape(verdict.label(lang))}</span>'


def _counts(assessment: Assessment, lang: Lang) -> str:
    counts = assessment.summary.verdicts
    aspirations = assessment.summary.aspirational
    totals = {verdict: counts[verdict] + aspirations[verdict] for verdict in counts}
    return " ".join(f"{_badge(verdict, lang)} {total}" for verdict, total in totals.items() if total)


def _finding(finding: Finding, plan: Plan, bands: Bands, lang: Lang) -> str:
    words = _WORDS[lang]
    title = plan.rule(finding.rule).title
    tags = [words[tag] for tag in ("aspirational", "retrospective") if getattr(finding, tag)]
    if finding.sensitive_to:
        tags.append(words["sensitive"])
    tag = f'<br><span class="s">{escape("; ".join(tags))}</span>' if tags else ""
    what = (f"<strong>{escape(title.vi if lang == 'vi' else title.en)}</strong><br>{escape(finding.subject.name)}"
            f'<br><span class="s">{escape(finding.period.name(lang))}</span>')
    return (f"<tr><td>{_badge(finding.verdict, lang)}{tag}</td><td>{what}</td>"
            f'<td class="n">{_measured(finding, bands, lang)}</td><td class="n">{_required(finding, bands, lang)}</td>'
            f'<td class="n">{_margin(finding, lang)}</td><td>{escape(_clause(finding.clause, lang))}</td>'
            f"<td>{escape(finding.explanation(lang))}{_evidence(finding, lang)}</td></tr>")


def _measured(finding: Finding, bands: Bands, lang: Lang) -> str:
    measured, words = finding.measured or {}, _WORDS[lang]

    def number(key: str) -> str:
        return format_number(measured[key], lang=lang)

    lines: list[str] = []
    if "low" in measured:
        for end in ("low", "high"):
            word = words[f"{end}_open" if measured[end]["open"] else end]
            lines.append(f"{word} {_amount(measured[end], lang)}")
    elif "part" in measured:
        lines.append(f"{number('part')}/{number('whole')}")
    elif "before" in measured or ("value" in measured and "percent" not in measured):
        # An index, of which one of the two years may not be known yet.
        lines.append(" → ".join(number(key) if key in measured else "…" for key in ("before", "value")))
    elif "place" in measured:
        lines.append(f"{number('place')}/{number('of')} ({_amount(measured['own'], lang)})")
    elif "count" in measured:
        lines.append(number("count"))
    elif "band" in measured:
        lines.append(bands.name(measured["band"]))
    elif "bands" in measured:
        lines += [f"{year['year']}: {bands.name(year.get('band'))}" for year in measured["bands"]]
    elif "date" in measured:
        lines.append(_day(measured["date"], lang))
    for key in ("baseline", "now"):
        if measured.get(key):
            count = format_number(measured[key]["count"], lang=lang)
            lines.append(f"{count} ({_day(measured[key]['date'], lang)})")
    if "cut" in measured:
        sign = "−" if measured["cut"] >= 0 else "+"
        share = f" ({_amount(measured, lang)})" if "percent" in measured else ""
        lines.append(f"{sign}{format_number(abs(measured['cut']), lang=lang)}{share}")
    elif "percent" in measured:
        lines.append(_amount(measured, lang))
    return "<br>".join(escape(line) for line in lines) or "–"


def _amount(amount: Mapping[str, Any], lang: Lang) -> str:
    """A percentage as published where it was, else to two places."""
    return _percent(amount.get("value", amount["percent"]), lang)


def _required(finding: Finding, bands: Bands, lang: Lang) -> str:
    required, words = finding.required or {}, _WORDS[lang]
    comparison = required.get("comparison", "")
    lines: list[str] = []
    if "percent" in required:
        lines.append(f"{_SIGNS.get(comparison, '')} {_percent(required['percent'], lang)}")
    elif "count" in required:
        lines.append(f"{_SIGNS.get(comparison, '')} {format_number(required['count'], lang=lang)}")
    elif "band" in required:
        lines.append(f"{words.get(comparison, '')} {bands.name(required['band'])}")
    elif "date" in required:
        lines.append(f"≤ {_day(required['date'], lang)}")
    elif comparison:
        lines.append(words.get(comparison, comparison))
    if "cut" in required:
        lines.append(f"−{format_number(required['cut'], lang=lang)}")
    if "by" in required:
        lines.append(_day(required["by"], lang))
    return "<br>".join(escape(line.strip()) for line in lines) or "–"


def _margin(finding: Finding, lang: Lang) -> str:
    lines: list[str] = []
    margin, headroom = finding.margin, finding.headroom
    if margin is not None:
        sign = "+" if margin > 0 else ""
        lines.append(f"{sign}{format_number(margin, lang=lang)} {_WORDS[lang]['points']}")
    if headroom is not None and headroom.unit != "percentage_points":
        unit = _UNITS[lang].get(headroom.unit, headroom.unit)
        lines.append(f"{format_number(headroom.value, lang=lang)} {unit}")
    return "<br>".join(escape(line) for line in lines) or "–"


def _evidence(finding: Finding, lang: Lang) -> str:
    words = _WORDS[lang]
    parts: list[str] = []
    notes = [note.vi if lang == "vi" else note.en for note in finding.data_notes]
    if notes:
        parts.append(f'<br><span class="s">{words["notes"]}: {escape("; ".join(notes))}</span>')
    if finding.sources:
        sources = "; ".join(_source(source, words) for source in finding.sources)
        parts.append(f'<br><span class="s">{words["sources"]}: {sources}</span>')
    return "".join(parts)


def _source(source: str, words: Mapping[str, str]) -> str:
    mark = f'<span class="i">{words["illustrative"]}</span> ' if is_illustrative(source) else ""
    return mark + escape(source)


class Bands:
    """The names of scales and of their bands."""

    def __init__(self, plan: Plan, lang: Lang) -> None:
        self.scales: dict[str, str] = {}
        self.bands: dict[tuple[str, str], str] = {}
        for scale in plan.to_dict()["scale"]:
            self.scales[scale["id"]] = scale["name"][lang]
            self.bands.update({(scale["id"], band["id"]): band[lang] for band in scale["bands"]})

    def name(self, band: str | None, scale: str = "rank") -> str:
        return "–" if band is None else self.bands.get((scale, band), band)


def _ceiling(ceiling: Ceiling, plan: Plan, bands: Bands, lang: Lang) -> str:
    words = _WORDS[lang]
    scale, band = bands.scales.get(ceiling.scale, ceiling.scale), bands.name(ceiling.ceiling, ceiling.scale)
    provisional = f' <span class="s">({words["provisional"]})</span>' if ceiling.provisional else ""
    caps = "; ".join(_clause(plan.rule(rule).clause, lang) for rule in ceiling.binding) or "–"
    return (f"<tr><td>{escape(ceiling.subject.name)}</td><td>{ceiling.year}</td><td>{escape(scale)}</td>"
            f"<td><strong>{escape(band)}</strong>{provisional}</td><td>{escape(caps)}</td></tr>")


def _clause(clause: str, lang: Lang) -> str:
    words = _WORDS[lang]
    task = clause.removeprefix("annex ")
    if task != clause:
        return f"{words['annex']} {task}"
    # I.1.3 is the third paragraph of section I.1.
    section, _, paragraph = clause.rpartition(".")
    if "." in section:
        return f"{words['section']} {section}, {words['paragraph']} {paragraph}"
    return f"{words['section']} {clause}"


def _percent(value: Decimal, lang: Lang) -> str:
    return f"{format_number(value, lang=lang)}%"


def _day(day: date, lang: Lang) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if lang == "vi" else day.isoformat()
