// Ratings, tasks, progress, sensitivity, an agenda, amendments and apportioning in C++.
#include <caicach.hpp>
#include <iostream>

static int failures = 0;

static void check(bool holds, const char *what) {
  if (holds) return;
  ++failures;
  std::cerr << "views.cpp: " << what << '\n';
}

static const char FACTS[] = R"({"schema": "caicach/facts/1",
  "people": [{"id": "h", "body": "loc_tho", "role": "head", "category": "cadre"}],
  "rankings": [{"year": 2023, "body": "loc_tho", "rank": "weak"}, {"year": 2024, "body": "loc_tho", "rank": "weak"}],
  "headcounts": [{"date": "2022-12-31", "category": "cadre", "basis": "assigned", "count": 1247},
                 {"date": "2024-12-31", "category": "cadre", "basis": "assigned", "count": 1230}]})";

static const char CUT[] = R"({"schema": "caicach/facts/1", "headcounts": [
  {"date": "2022-12-31", "category": "employee", "basis": "assigned", "count": 27651},
  {"date": "2026-12-31", "category": "employee", "basis": "assigned", "count": 24886}]})";

static const char AMENDMENT[] = R"(schema = "caicach/amendment/1"
document = { number = "1", date = "2025-02-20", issuer = "UBND", title = "Sửa đổi" }
change = [{ date = "2025-03-01", action = "replace", what = "reading", id = "reduction_rounding", default = "nearest" }])";

static void views(const caicach::plan &plan) {
  auto facts = caicach::facts::from_json(FACTS);
  auto assessment = plan.assess(facts, caicach::options("2025-01-15").known_on("2025-01-15"));
  check(assessment.receipt().known_on() == "2025-01-15", "the day of knowledge is in the receipt");
  int seen = 0;
  for (auto rating : assessment.ratings()) {
    if (rating.body_id() != "loc_tho" || rating.year() != 2024) continue;
    ++seen;
    check(rating.rank() == "weak", "the rank");
    check(rating.heads().size() == 1 && rating.heads().at(0).subject_id() == "h", "the head");
    check(!rating.measures().empty(), "measures are due");
    check(rating.rank_ceiling().has_value() && !rating.missing().empty() && !rating.missing()[0].rules.empty(), "open");
    for (const auto &reason : rating.reasons()) std::cout << reason.vi << '\n';
  }
  check(seen == 1, "one rating of the ward in 2024");
  check(assessment.tasks().size() == 55, "all tasks");
  for (auto state : assessment.tasks()) {
    if (state.status() != caicach::task_status::overdue) continue;
    check(state.due().has_value() && state.days_overdue() > 0 && !state.owes().empty(), "an overdue task");
  }
  auto progress = assessment.progress().at(0);
  auto so_far = progress.value(CAICACH_PROGRESS_NOW);
  check(so_far && so_far->numerator == 17 && so_far->denominator == 1, "posts cut");
  check(!progress.enough() && progress.path().size() == 4, "the paths");
  std::cout << progress.text() << '\n';
  auto alone = plan.assess(facts, caicach::options("2025-01-15").verdicts_only());
  check(alone.sensitivity().empty() && !assessment.findings().empty(), "verdicts alone");
}

static void readings(const caicach::plan &plan) {
  auto assessment = plan.assess(caicach::facts::from_json(CUT), caicach::options("2027-01-15"));
  int seen = 0;
  for (auto other : assessment.sensitivity()) {
    if (other.reading() != "reduction_rounding" || other.option() != "nearest") continue;
    ++seen;
    check(other.taken() == "exact" && other.by_rule().at(0).first == "employee_reduction", "the rule that depends on it");
    check(other.changes().at(0).finding.verdict() == caicach::verdict::not_met, "as it is");
    check(other.changes().at(0).would_be == caicach::verdict::met, "as it would be");
  }
  check(seen == 1, "rounding decides");
}

static void plans(const caicach::plan &plan) {
  auto agenda = plan.agenda("2023-03-01", "2023-03-31");
  check(agenda.items().size() == 2 && agenda.items().at(0).due() == "2023-03-31", "the agenda");
  check(agenda.to_ical("2023-01-13").rfind("BEGIN:VCALENDAR\r\n", 0) == 0, "a calendar file");
  check(plan.agenda("2023-03-01", "2023-03-31", "loc_tho").items().size() == 1, "of one body");
  check(plan.agenda("2023-03-01", "2023-03-31", std::nullopt, true).items().size() > 2, "with weeks");
  auto updates = caicach::facts::from_json(
      R"({"schema": "caicach/facts/1", "record_updates": [{"person": "cb1", "changed": "2024-04-26"}]})");
  auto calendar = caicach::calendar::builtin();
  check(calendar.add_working_days(19839, 3) == 19847 && calendar.add_half_days(2 * 19839, 1) == 2 * 19839 + 1, "days");
  check(!calendar.add_working_days(100000, 1) && caicach::lunar_new_year(2030) == 21947, "none and Tết");
  auto flood = calendar.with_holidays("[[day_off]]\ndate = \"2024-05-02\"\nvi = \"Lũ\"\nsource = \"CV\"\n");
  check(flood.fingerprint() != calendar.fingerprint() && !flood.is_working(19845), "days of one's own");
  auto prepared = plan.with_calendar(flood).prepare(updates, caicach::options("2024-05-01").reading("update_days", "working"));
  auto due = prepared.agenda("2024-04-27", "2024-05-31", "loc_tho");
  check(due.items().size() == 1 && due.items().at(0).due() == "2024-05-08" && due.items().at(0).about() == "cb1", "events");
  try {
    plan.agenda("2023-03-01", "2023-03-31", "");
    check(false, "nobody has no name");
  } catch (const caicach::error &error) {
    check(error.code() == CAICACH_ERROR_NOT_FOUND, error.what());
  }

  const auto leap = caicach::solar_to_lunar(19438);  // 2023-03-22
  check(leap.year == 2023 && leap.month == 2 && leap.leap == 1 && leap.day == 1, "the first day of a leap month");
  check(caicach::lunar_to_solar(leap) == 19438, "and back");
  try {
    caicach::lunar_to_solar({2023, 3, 1, 1});
    check(false, "no such leap month");
  } catch (const caicach::error &error) {
    check(error.details().at(0).code == "no_leap_month" && error.details().at(0).path == "date.leap", error.what());
  }

  const auto tasks = plan.tasks_of("loc_tho", "VII");
  check(tasks.size() == 3 && tasks.items().at(0).id() == "VII.2", "the tasks of a ward");
  check(plan.tasks_of({}, {}, "period").size() == 2 && plan.tasks_of({}).size() == 55, "tasks by schedule, and all");
  check(plan.clause("II.1")->text() == "(Theo Phụ lục đính kèm)" && !plan.clause("II.2"), "a paragraph");
  check(plan.clause("I.1.2")->printed() && plan.clauses().size() == 21, "as printed");

  auto now = plan.successors("phuoc_tien", "2026-01-01");
  check(now.size() == 1 && now[0].id == "phuong_nha_trang" && !now[0].name.empty(), "what became of a ward");
  check(plan.predecessors("tan_tien", "2024-06-30").size() == 3, "of which it came");
  check(plan.territory("2026-01-01").size() == 4, "the territory");

  auto amendment = caicach::amendment::from_toml(AMENDMENT);
  check(amendment.changes().at(0).target == "reduction_rounding", "what is amended");
  auto amended = plan.amended({&amendment});
  check(amended.versions().size() == 1 && amended.versions().at(0) == "2025-03-01", "one version");
  check(amended.on("2025-02-28").fingerprint() == plan.fingerprint(), "before");
  auto other = amended.on("2025-03-01");
  auto diff = plan.diff(other);
  check(diff.differences().size() == 1 && diff.thresholds().empty(), "one difference");
  check(diff.differences().at(0).fields().at(0).after == "\"nearest\"", "the new default");
  std::cout << diff.text(caicach::lang::en) << '\n';
  auto changes = plan.verdict_changes(other, caicach::facts::from_json(CUT), caicach::options("2027-01-15"));
  check(changes.size() == 1 && changes[0].rule == "employee_reduction", "one verdict");
  check(changes[0].before == caicach::verdict::not_met && changes[0].after == caicach::verdict::met, "turned");
}

static void apportioning() {
  auto made = caicach::apportion(4, {{"noi_vu", 12}, {"tu_phap", 7}, {"truong_a", 40, 0, true}, {"van_phong", 31, 30}});
  std::uint64_t sum = 0;
  for (const auto &lot : made.lots()) {
    sum += lot.cut;
    std::cout << lot.id << ' ' << lot.cut << ' ' << lot.because << '\n';
  }
  check(sum == made.cut() && sum == 4, "the sum is the cut");
  check(made.lots().at(3).because == "floor" && made.lots().at(2).cut == 0, "floor and exemption");
}

int main() {
  try {
    auto plan = caicach::plan::builtin();
    views(plan);
    readings(plan);
    plans(plan);
    apportioning();
  } catch (const caicach::error &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return failures == 0 ? 0 : 1;
}
