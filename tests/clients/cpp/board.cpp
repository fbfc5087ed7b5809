// The board in C++, and what the wrapper promises: board FACTS.json 2025-01-15
#include <caicach.hpp>
#include <caicach_tally.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <type_traits>

static_assert(std::is_nothrow_move_constructible_v<caicach::plan> && !std::is_copy_constructible_v<caicach::plan>);
static_assert(std::is_nothrow_move_assignable_v<caicach::assessment> && !std::is_copy_assignable_v<caicach::facts>);

static int failures = 0;

static void check(bool holds, const char *what) {
  if (holds) return;
  ++failures;
  std::cerr << "board.cpp: " << what << '\n';
}

template <typename Call>
static void fails(Call &&call, caicach_status code, std::string_view path) {
  try {
    call();
    check(false, "an exception was expected");
  } catch (const caicach::error &error) {
    check(error.code() == code, error.what());
    check(!error.details().empty() && error.details()[0].path == path, error.details_json().c_str());
  }
}

int main(int argc, char **argv) {
  if (argc < 3) return std::cerr << "usage: board FACTS.json AS_OF\n", 2;
  std::ifstream file(argv[1], std::ios::binary);
  std::string json{std::istreambuf_iterator<char>(file), {}};
  try {
    auto plan = caicach::plan::builtin();
    auto facts = caicach::facts::from_json(json);
    auto assessment = plan.assess(facts, caicach::options(argv[2]).reading("reduction_rounding", "nearest"));
    std::cout << plan.title() << " (" << plan.number() << ")\n";
    for (auto finding : assessment.findings()) {
      if (finding.verdict() == caicach::verdict::undetermined) continue;
      std::cout << finding.verdict_text() << '\t' << finding.percent().value_or("-") << '\t' << finding.explanation()
                << '\n';
    }
    std::cout << assessment.count(caicach::verdict::undetermined) << " undetermined\n";

    auto moved = std::move(assessment);
    check(moved.findings().at(0).get() != nullptr, "findings survive a move");
    check(moved.receipt().as_of() == argv[2], "the day is in the receipt");
    check(moved.receipt().facts_fingerprint() == facts.fingerprint(), "the facts are in the receipt");
    check(plan.rule("late_share_caps_rank")->clause() == "annex I.9", "a rule by its id");
    check(!plan.rule("no_such_rule"), "no rule by another id");

    auto body = plan.prepare(facts, caicach::options(argv[2])).body("loc_tho", 2024);
    auto ceiling = body.ceiling("rank", 2024);
    check(ceiling.band() == "fair" && ceiling.binding().at(0) == "late_share_caps_rank", "the ceiling");

    caicach::tally_options year;
    year.groupings = "body;body,officer";
    year.as_of = "2024-12-31";
    year.start = "2024-01-01";
    caicach::tally tally(year);
    caicach::csv_options csv;
    csv.columns = {{"Ai", "officer"}};
    std::uint64_t told = 0;
    csv.on_progress = [&](std::uint64_t, std::uint64_t rows, std::uint64_t) { return told = rows, true; };
    const std::string rows =
        "body,Ai,received,due,completed\nUBND phường Lộc Thọ,An,2024-01-02,2024-01-10,2024-01-11\n"
        "UBND phường Lộc Thọ,An,2024-12-20,2025-01-03,\nx,y,2024-12-20,?,\n";
    auto summary = tally.add_csv(rows, csv);
    check(summary.rows == 3 && summary.separator == ',' && summary.ignored.empty() && told == 3, "the summary");
    check(tally.rejects().at(0).reason == "bad_due" && tally.rejects().at(0).line == 4, "a rejected row");
    check(tally.groups("body").count(0, CAICACH_COUNT_RESOLVED_LATE) == 1, "a count");
    check(tally.act_today("body,officer", "5", 7).at(0).days_left == 3, "what to act on");
    check(tally.watch("body", "5").at(0).by_days_left.at(0).second == 1, "what to watch");
    auto again = caicach::tally::from_bytes(tally.to_bytes());
    again += tally;
    check(again.rows(CAICACH_ROWS_COUNTED) == 4, "tallies add up");
    again -= tally;
    check(again.to_bytes() == tally.to_bytes(), "and are taken apart");
    ArrowArrayStream stream = tally.groups_arrow("body");
    check(stream.release != nullptr, "a stream");
    stream.release(&stream);
    auto judged = plan.assess(tally.to_facts("body;body,officer", "rows.csv"), caicach::options("2025-01-15"));
    check(judged.findings().size() > 0, "a tally is judged");
    csv.on_progress = [](std::uint64_t, std::uint64_t, std::uint64_t) -> bool { throw std::out_of_range("mine"); };
    try {
      tally.add_csv(rows, csv);
      check(false, "an exception of the caller's");
    } catch (const std::out_of_range &) {
    }
    fails([&] { tally.add_csv_path("/no/such/file"); }, CAICACH_ERROR_READ, "path");

    fails([] { caicach::facts::from_json({}); }, CAICACH_ERROR_FACTS, "");
    fails([] { caicach::plan::from_toml("schema = 1\n"); }, CAICACH_ERROR_PLAN, "schema");
    fails([&] { plan.assess(facts, caicach::options("2025-02-31")); }, CAICACH_ERROR_OPTIONS, "options.as_of");
    fails([&] { plan.assess(facts, caicach::options(argv[2]).reading("x", "y")); }, CAICACH_ERROR_READINGS,
          "readings.x");
    fails([&] { body.ceiling("x", 2024); }, CAICACH_ERROR_NOT_FOUND, "scale");
    check(plan.assess(facts, caicach::options::on_day(20103)).receipt().as_of() == "2025-01-15", "a day by number");
  } catch (const caicach::error &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return failures == 0 ? 0 : 1;
}
