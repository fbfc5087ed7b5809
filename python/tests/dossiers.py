"""Made-up dossiers in plain Python, and the counts of them by a plain loop."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from typing import Any

BODIES = ["UBND phường Lộc Thọ", "UBND phường Vĩnh Hải", "UBND xã Vĩnh Thái"]
OFFICERS = [f"cb{number}" for number in range(7)]
FIELDS = ["Đất đai", "Hộ tịch", "Xây dựng, nhà ở"]
CHANNELS = ["online", "direct", "postal"]

AS_OF = datetime.date(2024, 12, 31)
START = datetime.date(2024, 1, 1)
TERMS: dict[str, Any] = {"as_of": AS_OF, "start": START}

Row = dict[str, Any]


def rows(count: int, seed: int = 1) -> list[Row]:
    """Dossiers of a year and the months around it; names and answers are missing now and then."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        received = START + datetime.timedelta(rng.randrange(-60, 380))
        due = received + datetime.timedelta(rng.randrange(1, 30))
        completed = due + datetime.timedelta(rng.choice([-3, -1, 0, 0, 2, 9]))
        cancelled = rng.random() < 0.03
        made.append({
            "body": rng.choice(BODIES),
            "officer": rng.choice([*OFFICERS, None]),
            "field": rng.choice([*FIELDS, None]),
            "channel": rng.choice([*CHANNELS, None]),
            "received": received,
            "due": due,
            "completed": max(completed, received) if rng.random() < 0.9 else None,
            "cancelled": cancelled,
            "supplement_requests": rng.choice([0, 0, 0, 1, 2]),
            "apology": rng.choice([True, False]),
            "satisfied": rng.choice([True, True, False, None]),
        })
    return made


def columns(made: list[Row]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in made] for name in made[0]}


def naive(made: list[Row], by: list[str]) -> dict[tuple[Any, ...], Counter[str]]:
    """The counts of form II.06a by the definitions, row by row."""
    out: dict[tuple[Any, ...], Counter[str]] = {}
    for row in made:
        closed = row["completed"]
        if row["cancelled"] and closed is None:
            closed = row["received"]
        if row["received"] > AS_OF or (closed is not None and closed < START):
            continue
        counts = out.setdefault(tuple(row[name] for name in by), Counter())
        carried = row["received"] < START
        counts["received_total"] += 1
        counts["received_carried_over" if carried else f"received_{row['channel'] or 'unknown_channel'}"] += 1
        if closed is not None and closed > AS_OF:
            closed = None
        if closed is None:
            counts["pending_total"] += 1
            counts["pending_in_time" if row["due"] >= AS_OF else "pending_overdue"] += 1
        elif row["cancelled"]:
            counts["cancelled"] += 1
        else:
            counts["resolved_total"] += 1
            name = "early" if closed < row["due"] else "on_time" if closed == row["due"] else "late"
            counts[f"resolved_{name}"] += 1
    return out


def csv(made: list[Row]) -> bytes:
    """The rows as an office would export them."""
    headings = ["Đơn vị", "Cán bộ xử lý", "Lĩnh vực", "Hình thức tiếp nhận", "Ngày tiếp nhận", "Hạn trả", "Ngày hoàn thành",
                "Đã hủy", "Số lần bổ sung", "Thư xin lỗi", "Hài lòng"]
    words = {"online": "Trực tuyến", "direct": "Trực tiếp", "postal": "Bưu chính công ích"}

    def shown(name: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, datetime.date):
            return value.strftime("%d/%m/%Y")
        return words.get(value, str(value)) if name == "channel" else str(value)

    def quoted(text: str) -> str:
        return f'"{text}"' if "," in text else text

    lines = [",".join(headings)]
    lines += [",".join(quoted(shown(name, value)) for name, value in row.items()) for row in made]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
