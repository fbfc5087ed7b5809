"""The board."""

from __future__ import annotations

import html.parser
import re
from decimal import Decimal

import caicach
import pytest
from caicach import Facts, Plan

from conftest import SCHEMA, WARD_2024

NASTY = "<script>alert('x')</script> \" & <img src=x onerror=y>"


class Tags(html.parser.HTMLParser):
    """Notes every tag, and that each that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(text: str) -> Tags:
    parser = Tags()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


ALLOWED = {"div", "style", "strong", "span", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "br"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_board(demo: caicach.Assessment, lang: caicach.types.Lang) -> None:
    text = demo.to_html(lang=lang)
    parser = tags(text)
    assert parser.seen <= ALLOWED
    assert parser.attributes <= {"class", "style", "lang", "scope"}
    assert "url(" not in text and "@import" not in text
    assert "298/KH-UBND" in text


def test_it_says_what_a_person_needs(ward: caicach.Assessment) -> None:
    text = ward._repr_html_()
    for part in ("bị giới hạn", "212/3.905", "5,43%", "≥ 5%", "-0,43 điểm %", "Phụ lục, mục I.9",
                 "Báo cáo 12/BC-UBND", "UBND phường Lộc Thọ năm 2024 có", "khá"):
        assert part in text
    assert "minh họa" not in text


def test_everything_is_escaped(plan: Plan) -> None:
    facts = Facts.from_dict({**SCHEMA, "bodies": [
        {"id": "x", "kind": "commune", "names": [NASTY], "valid_from": "2020-01-01"}],
        "dossier_counts": [{**WARD_2024, "body": "x", "source": NASTY}]})
    assessment = plan.assess(facts, as_of="2025-01-15")
    assert any(NASTY in finding.sources for finding in assessment.findings)
    text = assessment.to_html()
    assert tags(text).seen <= ALLOWED
    assert "<script" not in text and "<img" not in text and "&lt;script&gt;" in text


def test_illustrative_figures_are_marked(plan: Plan) -> None:
    for source in ("Minh họa", "minh hoạ: không có số liệu", "ILLUSTRATIVE, not real", "minh ho\u0323a"):
        facts = Facts.from_dict({**SCHEMA, "dossier_counts": [{**WARD_2024, "source": source}]})
        assert 'class="i">số liệu minh họa' in plan.assess(facts, as_of="2025-01-15").to_html()


def test_rows_are_capped(demo: caicach.Assessment) -> None:
    text = demo.to_html(rows=3)
    assert f"còn {len(demo.findings) - 3} dòng nữa" in text
    assert text.count('class="v"') < 20
    shown = text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert shown.count("✗") == shown.count('class="v"') == 3
    with pytest.raises(ValueError, match="lang"):
        demo.to_html(lang="fr")  # type: ignore[arg-type]


def test_an_empty_assessment(plan: Plan) -> None:
    tags(plan.assess(Facts.from_dict(SCHEMA), as_of="2022-01-01").to_html())


def luminance(colour: str) -> float:
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("day", ["2024-06-01", "2025-06-01", "2027-06-01"])
def test_numbers_that_are_not_there(plan: Plan, day: str) -> None:
    posts = [{"date": date, "category": "cadre", "basis": "assigned", "count": 0} for date in ("2022-12-31", "2026-12-31")]
    indices = [{"year": 2024, "index": "par", "value": "80.5"}, {"year": 2023, "index": "pci", "value": 60}]
    found = plan.assess(Facts.from_dict({**SCHEMA, "headcounts": posts, "indices": indices}), as_of=day)
    tags(found.to_html(rows=1000))
    assert any(finding.measured == {"before": Decimal("80.5")} for finding in found.select(rule="index_par")) == (
        day > "2025")
    assert all("percent" not in (finding.measured or {}) for finding in found.select(rule="cadre_reduction"))
    assert len(found.to_pandas()) == len(found.findings)


def test_verdicts_can_be_read() -> None:
    from caicach._html import _LOOKS

    assert set(_LOOKS) == set(caicach.Verdict)
    for _, colour, ground in _LOOKS.values():
        light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
        assert re.fullmatch("#[0-9a-f]{6}", colour)
