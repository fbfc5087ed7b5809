"""Form II.06a (biểu số II.06a/VPCP/KSTT) as an HTML fragment: every text escaped, no script, no outside asset."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._core import Counts, Tally
    from .types import Lang

from html import escape

from ._core import format_number

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "title": "Tình hình, kết quả giải quyết thủ tục hành chính (biểu số II.06a/VPCP/KSTT)",
        "as_of": "Tính đến ngày",
        "from": "từ ngày",
        "number": "STT",
        "body": "Cơ quan, đơn vị",
        "field": "Lĩnh vực",
        "received": "Số lượng hồ sơ tiếp nhận",
        "resolved": "Số lượng hồ sơ đã giải quyết",
        "pending": "Số lượng hồ sơ đang giải quyết",
        "total": "Tổng số",
        "online": "Trực tuyến",
        "direct": "Trực tiếp, bưu chính",
        "carried": "Từ kỳ trước",
        "early": "Trước hạn",
        "on_time": "Đúng hạn",
        "late": "Quá hạn",
        "in_time": "Trong hạn",
        "overdue": "Quá hạn",
        "unknown": "không rõ",
        "all": "Tổng cộng",
        "more": "còn {} dòng nữa",
        "unknown_channel": "{} hồ sơ mới không rõ kênh tiếp nhận chỉ tính trong cột tổng số.",
        "rows": "{rows} dòng: {counted} được tính, {not_counted} ngoài kỳ, {rejected} bị loại.",
        "cancelled": "{} hồ sơ dừng xử lý hoặc rút, không có cột trong biểu.",
    },
    "en": {
        "title": "Administrative procedures: received and resolved (form II.06a)",
        "as_of": "As of",
        "from": "from",
        "number": "No.",
        "body": "Body",
        "field": "Field",
        "received": "Dossiers received",
        "resolved": "Dossiers resolved",
        "pending": "Dossiers pending",
        "total": "Total",
        "online": "Online",
        "direct": "Counter, post",
        "carried": "Carried over",
        "early": "Early",
        "on_time": "On time",
        "late": "Late",
        "in_time": "In time",
        "overdue": "Overdue",
        "unknown": "unknown",
        "all": "All",
        "more": "{} more rows",
        "unknown_channel": "{} new dossiers of unknown channel are in the total only.",
        "rows": "{rows} rows: {counted} counted, {not_counted} not of the period, {rejected} rejected.",
        "cancelled": "{} dossiers cancelled or withdrawn, for which the form has no column.",
    },
}

#: The groups of columns (3) to (13) and the columns of each.
_COLUMNS = {
    "received": ("total", "online", "direct", "carried"),
    "resolved": ("total", "early", "on_time", "late"),
    "pending": ("total", "in_time", "overdue"),
}

_STYLE = """
.caicach-form{font:13px/1.4 system-ui,sans-serif;color:#1b1b1b;background:#fff;padding:8px;max-width:100%;overflow-x:auto}
.caicach-form table{border-collapse:collapse}
.caicach-form th,.caicach-form td{border:1px solid #b8b8b8;padding:3px 8px;color:#1b1b1b;text-align:left}
.caicach-form th{background:#f2f4f7;text-align:center}
.caicach-form .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.caicach-form .s{color:#4a4a4a;font-size:12px}
"""


def _numbers(row: Counts) -> tuple[int | None, ...]:
    return (
        row.received_total, row.received_online, row.received_direct + row.received_postal, row.received_carried_over,
        row.resolved_total, row.resolved_early, row.resolved_on_time, row.resolved_late,
        row.pending_total, row.pending_in_time, row.pending_overdue,
    )


def _cells(row: Counts, lang: Lang) -> str:
    shown = ("–" if number is None else format_number(number, lang=lang) for number in _numbers(row))
    return "".join(f'<td class="n">{number}</td>' for number in shown)


def _usual(tally: Tally) -> list[str]:
    """Bodies and fields if they are kept, else whichever of them is."""
    for by in (["body", "field"], ["body"], ["field"]):
        if any(set(by) <= set(kept) for kept in tally.groupings):
            return by
    return []


def _heads(by: list[str], words: Mapping[str, str]) -> str:
    first = "".join(f'<th scope="col" rowspan="2">{words[name]}</th>' for name in ("number", *by))
    groups = "".join(f'<th scope="colgroup" colspan="{len(of)}">{words[name]}</th>' for name, of in _COLUMNS.items())
    columns = "".join(f'<th scope="col">{words[name]}</th>' for of in _COLUMNS.values() for name in of)
    return f"<thead><tr>{first}{groups}</tr><tr>{columns}</tr></thead>"


def _below(total: Counts, tally: Tally, words: Mapping[str, str], lang: Lang) -> list[str]:
    def number(value: int) -> str:
        return format_number(value, lang=lang)

    reckoning = tally.reckoning
    lines = [words["rows"].format(
        rows=number(reckoning.rows), counted=number(reckoning.counted), not_counted=number(reckoning.not_counted),
        rejected=number(reckoning.rejected),
    )]
    if total.received_unknown_channel:
        lines.append(words["unknown_channel"].format(number(total.received_unknown_channel)))
    if total.cancelled:
        lines.append(words["cancelled"].format(number(total.cancelled)))
    return lines


def _day(value: Any, lang: Lang) -> str:
    return f"{value:%d/%m/%Y}" if lang == "vi" else str(value)


def form(tally: Tally, by: Any = None, lang: Lang = "vi", rows: int = 100) -> str:
    """See ``Tally.to_html``."""
    words = _WORDS[lang]
    wanted = _usual(tally) if by is None else by.split(",") if isinstance(by, str) else list(by)
    names = [name for name in ("body", "field") if name in [word.strip() for word in wanted]]
    groups, total = tally.counts(names), tally.total
    lines: list[str] = []
    for number, row in enumerate(groups[:rows], 1):
        shown = (getattr(row, name) or words["unknown"] for name in names)
        cells = "".join(f"<td>{escape(name)}</td>" for name in shown)
        lines.append(f'<tr><td class="n">{number}</td>{cells}{_cells(row, lang)}</tr>')
    width = len(names) + 1
    foot = f'<tr><th scope="row" colspan="{width}">{words["all"]}</th>{_cells(total, lang)}</tr>'
    notes = _below(total, tally, words, lang)
    if len(groups) > rows:
        notes.insert(0, words["more"].format(format_number(len(groups) - rows, lang=lang)))
    period = f"{words['as_of']} {_day(tally.as_of, lang)}"
    if tally.start is not None:
        period += f", {words['from']} {_day(tally.start, lang)}"
    return (
        f'<div class="caicach-form" lang="{lang}"><style>{_STYLE}</style><table>'
        f"<caption>{words['title']}. {escape(period)}.</caption>{_heads(names, words)}"
        f"<tbody>{''.join(lines)}</tbody><tfoot>{foot}</tfoot></table>"
        f'<p class="s">{"<br>".join(escape(note) for note in notes)}</p></div>'
    )
