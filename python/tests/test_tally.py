"""Tallies: files, sums, snapshots, what they say and what they refuse."""

from __future__ import annotations

import copy
import datetime
import decimal
import gzip
import io
import pathlib
import pickle
import threading
from typing import Any

import caicach
import pyarrow
import pytest
from caicach.tally import Counts, Progress

from dossiers import AS_OF, START, TERMS, columns, csv, naive, rows

BY = [["body"], ["officer"], ["body", "field", "month"]]
MADE = rows(3000)
NAMES = [name for name in Counts.__dict__ if name.split("_")[0] in ("received", "resolved", "pending", "cancelled")]


def tally(made: list[dict[str, Any]] = MADE, by: Any = BY, **options: Any) -> caicach.Tally:
    return caicach.Tally.from_csv(csv(made), **{**TERMS, "by": by, **options})


def test_counts_are_those_of_a_plain_loop() -> None:
    found = tally(by=[["body", "officer", "field"]])
    for by in ([], ["body"], ["officer"], ["body", "field"], ["body", "officer"]):
        expected = naive(MADE, by)
        got = {tuple(getattr(row, name) for name in by): row for row in found.counts(by)}
        assert got.keys() == expected.keys()
        for key, row in got.items():
            assert {name: getattr(row, name) for name in NAMES} == {name: expected[key][name] for name in NAMES}
    assert found.total == found.counts([])[0]
    assert found.total.resolved_late > 0 < found.total.received_carried_over


def test_months_are_forms_of_their_own() -> None:
    found = tally().counts("body,field,month")
    for before, after in zip(found, found[1:], strict=False):
        if (before.body, before.field) == (after.body, after.field):
            assert before.month < after.month
            assert after.received_carried_over == before.pending_total
            assert before.pending_overdue is None
    assert {row.month.day for row in found} == {1}
    assert sum(row.resolved_total for row in found) == tally().total.resolved_total


def test_sums_are_the_whole() -> None:
    whole = tally()
    parts = [tally(MADE[start:start + 700]) for start in range(0, len(MADE), 700)]
    assert sum(parts) == whole == sum(reversed(parts))
    assert hash(sum(parts)) == hash(whole)
    assert sum(parts[1:], parts[0]).reckoning.rows == len(MADE)
    assert whole - parts[0] == sum(parts[1:])
    none = caicach.Tally.from_arrow([], **TERMS, by=BY)
    assert none + whole == whole == whole + none
    assert none.total.received_total == 0
    with pytest.raises(TypeError):
        1 + whole
    with pytest.raises(TypeError):
        whole + 0


def test_a_changed_dossier() -> None:
    old, new = {**MADE[5], "completed": None}, {**MADE[5], "completed": MADE[5]["due"]}
    before, after = [*MADE[:5], old, *MADE[6:]], [*MADE[:5], new, *MADE[6:]]
    assert tally(before) - tally([old]) + tally([new]) == tally(after)
    with pytest.raises(caicach.TallyError) as never_in:
        tally([old]) - tally([{**old, "body": "UBND xã Phước Đồng"}])
    assert never_in.value.code == "not_there"


def test_bytes_and_pickles() -> None:
    broken = csv(MADE) + "UBND phường Lộc Thọ,,,,31/02/2024,01/03/2024,,,,,\r\n".encode()
    found = caicach.Tally.from_csv(broken, **TERMS, by=BY, label="tháng 2.csv")
    data = found.to_bytes()
    assert caicach.Tally.from_bytes(data) == found and caicach.Tally.from_bytes(data).to_bytes() == data
    assert len(data) < len(broken) / 2
    for copied in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert copied == found
        assert list(copied.rejects) == list(found.rejects)
        assert copied.rejects[0].source == "tháng 2.csv"
    for bad, code in ((b"PK", "not_a_tally"), (data[:-1], "checksum"), (data[:7] + b"\x09" + data[8:], "version"),
                      (data[:5], None)):
        with pytest.raises(caicach.TallyError) as error:
            caicach.Tally.from_bytes(bad)
        assert code is None or error.value.code == code


def test_threads_and_sources_make_no_difference(tmp_path: pathlib.Path) -> None:
    whole, text = tally(threads=1), csv(MADE)
    path = tmp_path / "hồ sơ.csv"
    path.write_bytes(text)
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(text))
    assert caicach.Tally.from_csv(path, **TERMS, by=BY, threads=3) == whole
    assert caicach.Tally.from_csv(str(path), **TERMS, by=BY) == whole
    assert caicach.Tally.from_csv(bytearray(text), **TERMS, by=BY) == whole
    assert caicach.Tally.from_csv(io.BytesIO(text), **TERMS, by=BY) == whole
    with gzip.open(packed) as file:
        assert caicach.Tally.from_csv(file, **TERMS, by=BY, threads=2) == whole
    file = caicach.Tally.from_csv(path, **TERMS).file
    assert file is not None and whole.file is not None
    assert (file.rows, file.bytes, file.delimiter, file.ignored) == (len(MADE), len(text), ",", [])


def test_encodings_delimiters_and_mappings() -> None:
    # "Đơn vị" and "Lộc Thọ" in TCVN3.
    text = b"\xa7\xacn v\xde;nhan;han;xong\nL\xe9c Th\xe4;01/02/2024;05/02/2024;06/02/2024\n"
    mapping = {"nhan": "received", "han": "Hạn trả", "xong": "completed"}
    found = caicach.Tally.from_csv(text, as_of=AS_OF, encoding="tcvn3", delimiter=";", mapping=mapping)
    assert [(row.body, row.resolved_late) for row in found.counts("body")] == [("Lộc Thọ", 1)]
    titled = b"So theo doi\n\nbody,received,due,Huy\nA,2024-02-01,2024-02-05,x\n"
    found = caicach.Tally.from_csv(titled, as_of=AS_OF, skip_lines=1, mapping={"Huy": None})
    assert found.total.received_total == 1 and found.file is not None and found.file.ignored == ["Huy"]


def test_every_row_is_accounted_for() -> None:
    bad = [
        (",cb1,,,01/02/2024,05/02/2024,,,,,", "missing_body", "Đơn vị"),
        ("A,cb1,,,31/02/2024,05/02/2024,,,,,", "bad_received", "Ngày tiếp nhận"),
        ("A,cb1,,,,05/02/2024,,,,,", "missing_received", "Ngày tiếp nhận"),
        ("A,cb1,,,01/02/2024,,,,,,", "missing_due", "Hạn trả"),
        ("A,cb1,,,01/02/2024,mai,,,,,", "bad_due", "Hạn trả"),
        ("A,cb1,,,01/02/2024,05/02/2024,x,,,,", "bad_completed", "Ngày hoàn thành"),
        ("A,cb1,,,05/02/2024,08/02/2024,01/02/2024,,,,", "completed_before_received", "Ngày hoàn thành"),
        ("A,cb1,,bồ câu,01/02/2024,05/02/2024,,,,,", "bad_channel", "Hình thức tiếp nhận"),
        ("A,cb1,,,01/02/2024,05/02/2024,,chắc,,,", "bad_flag", "Đã hủy"),
        ("A,cb1,,,01/02/2024,05/02/2024,,,ba,,", "bad_number", "Số lần bổ sung"),
        ("A,cb1,,,01/02/2024", "field_count", ""),
        ('A,"cb1"x,,,01/02/2024,05/02/2024,,,,,', "bad_quote", ""),
    ]
    text = csv(MADE) + "".join(line + "\r\n" for line, _, _ in bad).encode()
    found = caicach.Tally.from_csv(text, **TERMS, by=BY, label="tháng 2")
    first = len(MADE) + 2
    seen = [(reject.line, reject.reason) for reject in found.rejects]
    assert seen == [(first + at, reason) for at, (_, reason, _) in enumerate(bad)]
    assert [reject.column for reject in found.rejects][:10] == [column for _, _, column in bad][:10]
    assert {reject.source for reject in found.rejects} == {"tháng 2"}
    assert found.rejects[1].value == "31/02/2024" and found.rejects[-1].reason == "bad_quote"
    reckoning = found.reckoning
    assert reckoning.rows == len(MADE) + len(bad) == reckoning.counted + reckoning.not_counted + reckoning.rejected
    assert reckoning.not_counted == reckoning.received_after_as_of + reckoning.closed_before_period > 0
    assert reckoning.rejected_by_reason == {reason: 1 for _, reason, _ in bad}
    assert found == tally() + caicach.Tally.from_csv(
        csv(MADE[:1]).splitlines()[0] + b"\r\n" + "".join(line + "\r\n" for line, _, _ in bad).encode(), **TERMS, by=BY)
    few = caicach.Tally.from_csv(text, **TERMS, keep_rejects=3)
    assert (len(few.rejects), few.rejects.total) == (3, 12)
    assert len((few + few).rejects) == 3 and (few + few).rejects.total == 24
    with pytest.raises(IndexError):
        few.rejects[3]
    with pytest.raises(caicach.TallyError) as error:
        caicach.Tally.from_csv(text, **TERMS, reject_limit=11)
    assert error.value.code == "too_many_rejects"
    assert caicach.Tally.from_csv(text, **TERMS, reject_limit=12).rejects.total == 12
    assert found.rejects.to_dict()["line"] == [line for line, _ in seen]


def test_progress_is_told_and_can_stop() -> None:
    text = csv(rows(30_000))
    seen: list[Progress] = []
    caicach.Tally.from_csv(text, **TERMS, progress=seen.append, threads=2)
    assert seen[-1].bytes == seen[-1].total == len(text) and seen[-1].rows == 30_000
    assert [progress.bytes for progress in seen] == sorted(progress.bytes for progress in seen) and len(seen) > 3
    with pytest.raises(caicach.TallyError) as error:
        caicach.Tally.from_csv(text, **TERMS, progress=lambda progress: progress.rows < 10)
    assert error.value.code == "stopped"

    def fail(_: Progress) -> None:
        raise RuntimeError("asked for")

    with pytest.raises(RuntimeError, match="asked for"):
        caicach.Tally.from_csv(text, **TERMS, progress=fail)


def test_progress_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    caicach.Tally.from_csv(csv(MADE), **TERMS, progress=True)
    said = capsys.readouterr().err
    assert "(100 %)" in said and "3000 rows, 0 rejected" in said
    caicach.Tally.from_csv(csv(MADE), **TERMS, progress=False)
    assert capsys.readouterr().err == ""


def test_other_threads_run_meanwhile() -> None:
    ran = threading.Event()
    threading.Thread(target=ran.set).start()

    def wait(progress: Progress) -> bool:
        return ran.wait(10)

    assert caicach.Tally.from_csv(csv(MADE), **TERMS, progress=wait).reckoning.rows == len(MADE)


def test_files_that_cannot_be_read(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file.csv"):
        caicach.Tally.from_csv(tmp_path / "no such file.csv", **TERMS)
    with pytest.raises(TypeError, match="rb"):
        caicach.Tally.from_csv(io.StringIO("body,received,due\n"), **TERMS)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        caicach.Tally.from_csv(5, **TERMS)  # type: ignore[call-overload]

    class Broken:
        def read(self, size: int, /) -> bytes:
            raise TimeoutError("the line is down")

    with pytest.raises(TimeoutError, match="the line is down"):
        caicach.Tally.from_csv(Broken(), **TERMS)
    for text, code in ((b"", "no_header"), (b"body,received\n", "no_column"), (b"body,received,due,Don vi\n", "two_columns"),
                       (b"\xff\xfea\x00", "encoding"), (b"\xff,received,due\n", "encoding")):
        with pytest.raises(caicach.TallyError) as error:
            caicach.Tally.from_csv(text, **TERMS)
        assert error.value.code == code


@pytest.mark.parametrize(("options", "kind", "code"), [
    ({"by": [["body", "colour"]]}, caicach.TallyError, "unknown_dimension"),
    ({"by": []}, caicach.TallyError, "no_grouping"),
    ({"mapping": {"Hài lòng": "satisfid"}}, caicach.TallyError, "unknown_column"),
    ({"mapping": {"no such heading": "body"}}, caicach.TallyError, "unknown_heading"),
    ({"start": "2025-01-01"}, caicach.TallyError, "period"),
    ({"as_of": "2024-02-30"}, caicach.DateError, "bad_date"),
    ({"suspension": "weekly"}, ValueError, None),
    ({"encoding": "latin-1"}, ValueError, None),
    ({"delimiter": ";;"}, ValueError, None),
    ({"delimiter": "§"}, ValueError, None),
    ({"progress": 3}, TypeError, None),
    ({"mapping": ["body"]}, TypeError, None),
    ({"threads": -1}, OverflowError, None),
])
def test_wrong_options(options: dict[str, Any], kind: type[Exception], code: str | None) -> None:
    with pytest.raises(kind) as error:
        tally(**options)
    if isinstance(error.value, caicach.CaicachError):
        assert error.value.code == code and error.value.problems
        assert isinstance(error.value, ValueError)


def test_tallies_that_do_not_go_together() -> None:
    with pytest.raises(caicach.TallyError) as error:
        tally() + tally(cancelled="excluded")
    assert error.value.code == "different_terms" and error.value.help
    with pytest.raises(caicach.TallyError) as error:
        tally() + tally(by="body")
    assert error.value.code == "different_groupings"
    with pytest.raises(caicach.TallyError) as error:
        tally().counts("officer,field")
    assert error.value.code == "not_kept" and "body,field,month" in str(error.value.help)


def test_options_change_what_they_should() -> None:
    text = b"body,received,due,completed,suspended_days,supplement_requests,cancelled\n" \
        b"A,2024-02-01,2024-02-05,2024-02-20,5,2,no\nA,2024-02-01,2024-02-05,,0,0,yes\n"

    def late(**options: Any) -> tuple[int, int]:
        found = caicach.Tally.from_csv(text, as_of="2024-12-31", **options)
        return found.total.resolved_late, found.total.cancelled

    # Tết of 2024 was off from 8 to 14 February: five working days after the 5th is the 19th, five days the 10th.
    assert late() == (1, 1)
    assert caicach.Tally.from_csv(text.replace(b"02-20", b"02-19"), as_of="2024-12-31").total.resolved_on_time == 1
    on_time = text.replace(b"02-20", b"02-10")
    assert caicach.Tally.from_csv(on_time, as_of="2024-12-31", suspension="calendar").total.resolved_on_time == 1
    assert late(cancelled="excluded") == (1, 0)
    early = text.replace(b"02-20", b"02-03")
    assert caicach.Tally.from_csv(early, as_of="2024-12-31", repeat_supplement="late").total.resolved_late == 1
    assert caicach.Tally.from_csv(early, as_of="2024-12-31").total.resolved_late == 0


def test_a_calendar_of_ones_own() -> None:
    # The rows and days of `own_days` in tests/clients/c/tally.c, which finds the same. Three working days after 26 April 2024
    # are 4 May, a Saturday that is worked; if 2 May was off, they are the 6th.
    text = b"body,received,due,completed,suspended_days\nA,2024-04-01,2024-04-26,2024-05-06,3\n" \
        b"A,2024-04-01,2024-04-26,2024-05-07,3\n"
    own = caicach.Calendar.builtin().with_holidays(
        '[[day_off]]\ndate = "2024-05-02"\nvi = "Nghỉ do mưa lũ"\nsource = "Công văn"\n')
    usual = caicach.Tally.from_csv(text, as_of="2024-12-31")
    flood = caicach.Tally.from_csv(text, as_of="2024-12-31", calendar=own)
    assert (usual.total.resolved_late, flood.total.resolved_late) == (2, 1)
    assert caicach.Tally.from_csv(text, as_of="2024-12-31", calendar=caicach.Calendar.builtin()) == usual
    day = datetime.date
    table = pyarrow.table({
        "body": ["A", "A"], "received": [day(2024, 4, 1)] * 2, "due": [day(2024, 4, 26)] * 2,
        "completed": [day(2024, 5, 6), day(2024, 5, 7)], "suspended_days": [3, 3]})
    assert caicach.Tally.from_arrow(table, as_of="2024-12-31", calendar=own) == flood
    for again in (caicach.Tally.from_bytes(flood.to_bytes()), pickle.loads(pickle.dumps(flood))):
        assert again == flood and (again + flood).total.resolved_late == 2
    with pytest.raises(caicach.TallyError) as error:
        usual + flood
    assert error.value.code == "different_terms"
    with pytest.raises(ValueError, match="working days"):
        caicach.Tally.from_csv(text, as_of="2024-12-31", suspension="calendar", calendar=own)
    with pytest.raises(TypeError):
        caicach.Tally.from_csv(text, as_of="2024-12-31", calendar="2024")  # type: ignore[arg-type]


def test_moving_on() -> None:
    text = b"body,received,due,completed\nA,2024-02-01,2024-03-05,\nA,2024-02-01,2024-02-05,2024-02-03\n"
    february = caicach.Tally.from_csv(text, as_of="2024-02-29")
    march = february.move_to("2024-03-31")
    assert march == caicach.Tally.from_csv(text, as_of="2024-03-31")
    assert (february.total.pending_overdue, march.total.pending_overdue) == (0, 1)
    with pytest.raises(caicach.TallyError) as error:
        march.move_to("2024-03-30")
    assert error.value.code == "back"
    with pytest.raises(caicach.TallyError) as error:
        caicach.Tally.from_csv(text + b"A,2024-03-02,2024-03-05,\n", as_of="2024-02-29").move_to("2024-03-31")
    assert error.value.code == "rows_between"


def test_watch_and_what_to_do_today() -> None:
    row = "{},An,2024-02-01,{},{}\n"
    text = "body,officer,received,due,completed\n" + row.format("A", "2024-02-10", "2024-02-05") * 38 \
        + row.format("A", "2024-02-10", "2024-02-11") + row.format("A", "2024-03-05", "") * 2 \
        + row.format("A", "2024-02-20", "") + row.format("B", "2024-02-10", "2024-02-05") * 100
    found = caicach.Tally.from_csv(text.encode(), as_of="2024-03-01", by="body,officer")
    a, b = found.watch("body", percent=5)
    assert (a.body, a.late, a.resolved, a.pending, a.by_days_left) == ("A", 1, 39, 3, [(-10, 1), (4, 2)])
    assert (a.room.more_late, a.room.of_pending, a.room.in_time_needed) == (0, 1, 0)
    assert b.room.more_late == 5
    assert found.watch("body", percent=decimal.Decimal("2.5"))[0].room.in_time_needed == 2
    assert found.watch("body", percent="2.5") == found.watch("body", percent=decimal.Decimal("2.5"))
    acts = found.act_today(["body", "officer"], within_days=5)
    assert [(act.officer, act.days_left, act.dossiers, act.decides) for act in acts] == [("An", 4, 2, True), ("An", -10, 1, False)]
    for wrong in (2.5, True, "five"):
        with pytest.raises((TypeError, caicach.TallyError)):
            found.watch("body", percent=wrong)  # type: ignore[arg-type]
    with pytest.raises(caicach.TallyError):
        found.watch("body", percent=0)


def test_names_become_ids() -> None:
    found = tally().rename("body", {"UBND phường Lộc Thọ": "loc_tho", "UBND phường Vĩnh Hải": "loc_tho"})
    by = {row.body: row.received_total for row in found.counts("body")}
    before = {row.body: row.received_total for row in tally().counts("body")}
    assert by["loc_tho"] == before["UBND phường Lộc Thọ"] + before["UBND phường Vĩnh Hải"] and len(by) == 2
    with pytest.raises(caicach.TallyError):
        tally().rename("month", {})


def test_less_is_handed_on() -> None:
    found = tally().only(["body", "field"])
    assert found == tally(by=["body", "field"]) and len(found.to_bytes()) < len(tally().to_bytes()) / 2
    with pytest.raises(caicach.TallyError) as error:
        tally().only([["body"], ["body", "officer"]])
    assert error.value.code == "not_kept" and "body,officer" in str(error.value)


def test_form_in_html() -> None:
    found = tally([{**MADE[0], "body": "<b>&", "field": None, "completed": None}, *MADE])
    shown = found._repr_html_()
    assert "&lt;b&gt;&amp;" in shown and "<b>&" not in shown and "không rõ" in shown and "II.06a" in shown
    total = found.total
    for number in (total.received_total, total.resolved_total, total.resolved_late, total.pending_total):
        assert f'<td class="n">{caicach.format_number(number)}</td>' in shown
    english = found.to_html("body", lang="en", rows=2)
    assert "2 more rows" in english and "As of 2024-12-31, from 2024-01-01" in english
    assert shown.count("<tr>") == 2 + len(found.counts("body,field")) + 1
    with pytest.raises(ValueError):
        found.to_html(lang="fr")  # type: ignore[arg-type]


def of_2024(assessment: caicach.Assessment, body: str) -> caicach.Finding:
    found = assessment.select(rule="late_share_caps_rank", subject=body)
    return next(finding for finding in found if finding.period.from_.year == 2024)


def test_facts_carry_the_verdicts(plan: caicach.Plan) -> None:
    found = tally(by=[["body", "officer"]])
    facts = found.to_facts(source="Xuất từ hệ thống một cửa")

    def record(counts: Counts, **names: str) -> dict[str, Any]:
        unknown = counts.received_unknown_channel > 0
        received = {"carried_over": counts.received_carried_over, "total": counts.received_total}
        if not unknown:
            received |= {"online": counts.received_online, "direct": counts.received_direct + counts.received_postal}
        return {
            "from": START, "to": AS_OF, "source": "Xuất từ hệ thống một cửa", **names, "received": received,
            "resolved": {"early": counts.resolved_early, "on_time": counts.resolved_on_time, "late": counts.resolved_late},
            "pending": {"in_time": counts.pending_in_time, "overdue": counts.pending_overdue, "total": counts.pending_total},
            "cancelled": counts.cancelled, "supplement_requests": counts.supplement_requests,
            "apologies": counts.apologies_late,
        }

    by_hand = [record(row, body=row.body) for row in found.counts("body") if row.body]
    by_hand += [
        record(row, body=row.body, officer=row.officer) for row in found.counts("body,officer") if row.body and row.officer
    ]
    hand = caicach.Facts.from_dict({"schema": "caicach/facts/1", "dossier_counts": by_hand})
    assert facts == hand
    assessed, expected = (plan.assess(of, as_of="2025-01-15") for of in (facts, hand))
    for rule in ("late_share_caps_rank", "late_share_caps_person"):
        verdicts = [(f.subject.id, f.verdict, f.counts) for f in assessed.select(rule=rule)]
        assert verdicts == [(f.subject.id, f.verdict, f.counts) for f in expected.select(rule=rule)]
        assert any(counts for _, _, counts in verdicts)
    ward = of_2024(assessed, "loc_tho")
    assert ward.counts == next(row.late_share for row in found.counts("body") if row.body == "UBND phường Lộc Thọ")
    assert ward.verdict is caicach.Verdict.BINDING and ward.sources == ("Xuất từ hệ thống một cửa",)
    person = next(f for f in assessed.select(rule="late_share_caps_person", subject="cb1") if f.counts)
    both = [row.late_share for row in found.counts("body,officer") if row.officer == "cb1"]
    assert person.counts == (sum(late for late, _ in both), sum(all_ for _, all_ in both))


def test_facts_need_a_period_in_one_year(plan: caicach.Plan) -> None:
    open_ended = caicach.Tally.from_csv(csv(MADE), as_of=AS_OF)
    with pytest.raises(caicach.TallyError) as error:
        open_ended.to_facts()
    assert error.value.code == "no_period" and error.value.help
    monthly = caicach.Tally.from_csv(csv(MADE), as_of=AS_OF, by="body,month").to_facts()
    late = {row.body: row.resolved_late for row in tally().counts("body")}
    finding = of_2024(plan.assess(monthly, as_of="2025-01-15"), "loc_tho")
    assert finding.counts is not None and finding.counts[0] == late["UBND phường Lộc Thọ"]
    with pytest.raises(caicach.TallyError):
        tally(by="officer").to_facts()


def test_answers_become_surveys() -> None:
    facts = tally(by="body").to_facts(satisfaction=True).to_dict()
    row = tally(by="body").counts("body")[0]
    survey = next(survey for survey in facts["surveys"] if survey["body"] == row.body)
    assert (survey["satisfied"], survey["respondents"]) == row.satisfied_share
    assert survey["year"] == 2024 and survey["field"] == "overall"
    assert columns(MADE)["satisfied"].count(True) >= sum(survey["satisfied"] for survey in facts["surveys"])
