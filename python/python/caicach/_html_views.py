"""Ratings, agendas and differences of plans as HTML fragments, by the rules of ``_html``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ._core import Agenda, Ceiling, Plan, PlanDiff, Rating
    from .types import Lang, Verdict

from html import escape

from ._html import _STYLE, Bands, _badge, _clause, _day

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "rating": "Đánh giá, xếp loại năm",
        "rank": "Xếp hạng",
        "unknown": "chưa có",
        "who": "Đối tượng",
        "role": "Vai trò",
        "ceiling": "Mức cao nhất",
        "caps": "Do quy định",
        "provisional": "tạm thời, chưa đủ dữ liệu",
        "body": "cơ quan, đơn vị",
        "head": "người đứng đầu",
        "deputy": "cấp phó",
        "staff": "công chức, viên chức",
        "collective": "tập thể",
        "measures": "Trách nhiệm",
        "reasons": "Lý do",
        "missing": "Dữ liệu còn thiếu",
        "notes": "Lưu ý",
        "agenda": "Lịch công việc",
        "due": "Hạn",
        "what": "Nội dung",
        "clause": "Căn cứ",
        "diff": "Khác nhau giữa hai kế hoạch",
        "same": "Hai kế hoạch không khác nhau.",
        "verdicts": "Kết luận thay đổi",
        "rule": "Quy định",
        "period": "Kỳ",
        "before": "Kế hoạch này",
        "after": "Kế hoạch kia",
        "none": "không có",
        "more": "còn {} dòng nữa",
    },
    "en": {
        "rating": "Yearly rating of",
        "rank": "Rank",
        "unknown": "not known",
        "who": "Subject",
        "role": "Role",
        "ceiling": "Highest band still possible",
        "caps": "Caps",
        "provisional": "provisional, not enough data",
        "body": "body",
        "head": "head",
        "deputy": "deputy",
        "staff": "staff",
        "collective": "collective",
        "measures": "Accountability",
        "reasons": "Reasons",
        "missing": "Missing facts",
        "notes": "Notes",
        "agenda": "Agenda",
        "due": "Due",
        "what": "What",
        "clause": "Clause",
        "diff": "Differences of the two plans",
        "same": "The two plans say the same.",
        "verdicts": "Verdicts that change",
        "rule": "Rule",
        "period": "Period",
        "before": "This plan",
        "after": "The other",
        "none": "none",
        "more": "{} more rows",
    },
}


def _words(lang: Lang) -> Mapping[str, str]:
    if lang not in _WORDS:
        raise ValueError(f'lang is "vi" or "en", not {lang!r}')
    return _WORDS[lang]


def _framed(lang: Lang, *parts: str) -> str:
    return f'<div class="caicach" lang="{lang}"><style>{_STYLE}</style>{"".join(parts)}</div>'


def _table(caption: str, heads: Iterable[str], lines: Iterable[Iterable[str]], words: Mapping[str, str],
           beyond: int = 0) -> str:
    """A table of cells that are HTML already."""
    heading = "".join(f'<th scope="col">{escape(words[head])}</th>' for head in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    more = f'<p class="s">{words["more"].format(beyond)}</p>' if beyond > 0 else ""
    return (f"<table><caption>{escape(caption)}</caption><thead><tr>{heading}</tr></thead>"
            f"<tbody>{body}</tbody></table>{more}")


def _paragraph(head: str, texts: Iterable[str]) -> str:
    lines = "<br>".join(escape(text) for text in texts)
    return f"<p><strong>{escape(head)}</strong><br>{lines}</p>" if lines else ""


def rating(rating: Rating, plan: Plan, lang: Lang = "vi") -> str:
    """A rating; see ``Rating.to_html``."""
    words, bands = _words(lang), Bands(plan, lang)

    def line(role: str, ceiling: Ceiling) -> tuple[str, ...]:
        provisional = f' <span class="s">({words["provisional"]})</span>' if ceiling.provisional else ""
        caps = "; ".join(_clause(plan.rule(rule).clause, lang) for rule in ceiling.binding) or "–"
        band = escape(bands.name(ceiling.ceiling, ceiling.scale))
        return (escape(ceiling.subject.name), escape(words[role]), f"<strong>{band}</strong>{provisional}",
                escape(caps))

    lines = [line("body", rating.rank_ceiling)] if rating.rank_ceiling is not None else []
    groups = (("head", rating.heads), ("deputy", rating.deputies), ("staff", rating.staff),
              ("collective", rating.collectives))
    lines += [line(role, ceiling) for role, group in groups for ceiling in group]
    rank = words["unknown"] if rating.rank is None else bands.name(rating.rank)
    own = lang == "vi"
    return _framed(
        lang,
        f"<div><strong>{escape(rating.body.name)}</strong> {escape(words['rank'])}: {escape(rank)}</div>",
        _table(f"{words['rating']} {rating.year}", ("who", "role", "ceiling", "caps"), lines, words),
        _paragraph(words["measures"],
                   (f"{due.finding.subject.name}: {due.vi if own else due.en}" for due in rating.measures)),
        _paragraph(words["reasons"], (reason.text(lang) for reason in rating.reasons)),
        _paragraph(words["missing"], (f"{w.missing.vi if own else w.missing.en} ({w.of})" for w in rating.missing)),
        _paragraph(words["notes"], (note.vi if own else note.en for note in rating.data_notes)),
    )


def agenda(agenda: Agenda, lang: Lang = "vi", rows: int = 200) -> str:
    """An agenda; see ``Agenda.to_html``."""
    words, plan = _words(lang), agenda.plan
    names = {body.id: body.name for body in plan.bodies}
    names |= {group["id"]: group["names"][0] for group in plan.to_dict()["body_group"] if group.get("names")}
    lines = (
        (escape(_day(item.due, lang)), escape(item.text(lang)),
         escape(", ".join(names.get(who, who) for who in item.who)), escape(_clause(item.clause, lang)))
        for item in agenda.items[:rows]
    )
    caption = f"{words['agenda']}: {plan.number}"
    return _framed(lang, _table(caption, ("due", "what", "who", "clause"), lines, words, len(agenda) - rows))


def diff(diff: PlanDiff, lang: Lang = "vi", rows: int = 200) -> str:
    """The differences of two plans; see ``PlanDiff.to_html``."""
    words = _words(lang)
    if not diff.differences:
        parts = [f"<p>{escape(words['same'])}</p>"]
    else:
        lines = ((escape(difference.text(lang)),) for difference in diff.differences[:rows])
        parts = [_table(words["diff"], ("what",), lines, words, len(diff) - rows)]

    def badge(verdict: Verdict | None) -> str:
        return escape(words["none"]) if verdict is None else _badge(verdict, lang)

    changes = diff.verdict_changes or ()
    if changes:
        told = ((escape(change.rule), escape(change.subject.name), escape(change.period.name(lang)),
                 badge(change.before), badge(change.after)) for change in changes[:rows])
        heads = ("rule", "who", "period", "before", "after")
        parts.append(_table(words["verdicts"], heads, told, words, len(changes) - rows))
    return _framed(lang, *parts)
