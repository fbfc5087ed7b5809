// What an assessment shows besides its findings, and what is made of plans, checked from C. Prints nothing but failures
// and a last line.
#include <caicach.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

// Two years of a weak rank, a head, a report on a task, posts on their way, and a late share that a reading decides.
static const char FACTS[] =
    "{\"schema\": \"caicach/facts/1\","
    " \"people\": [{\"id\": \"h\", \"body\": \"loc_tho\", \"role\": \"head\", \"category\": \"cadre\"}],"
    " \"rankings\": [{\"year\": 2023, \"body\": \"loc_tho\", \"rank\": \"weak\"},"
    "  {\"year\": 2024, \"body\": \"loc_tho\", \"rank\": \"weak\"}],"
    " \"task_reports\": [{\"task\": \"I.5\", \"date\": \"2023-03-01\", \"status\": \"completed\"}],"
    " \"dossier_counts\": [{\"body\": \"loc_tho\", \"from\": \"2024-01-01\", \"to\": \"2024-12-31\","
    "  \"resolved\": {\"late\": 49, \"total\": 1000}, \"pending\": {\"in_time\": 100, \"overdue\": 2}}],"
    " \"headcounts\": [{\"date\": \"2022-12-31\", \"category\": \"cadre\", \"basis\": \"assigned\", \"count\": 1247},"
    "  {\"date\": \"2024-12-31\", \"category\": \"cadre\", \"basis\": \"assigned\", \"count\": 1230}]}";

// Known as 4 % late first, then as 6 %.
static const char CORRECTED[] =
    "{\"schema\": \"caicach/facts/1\", \"dossier_counts\": ["
    " {\"body\": \"loc_tho\", \"from\": \"2024-01-01\", \"to\": \"2024-12-31\","
    "  \"resolved\": {\"late\": 40, \"total\": 1000}, \"known_on\": \"2025-01-10\"},"
    " {\"body\": \"loc_tho\", \"from\": \"2024-01-01\", \"to\": \"2024-12-31\","
    "  \"resolved\": {\"late\": 60, \"total\": 1000}, \"known_on\": \"2025-03-01\"}]}";

static const char AMENDMENT[] =
    "schema = \"caicach/amendment/1\"\n"
    "document = { number = \"1\", date = \"2025-02-20\", issuer = \"UBND\", title = \"Sửa đổi\" }\n"
    "change = [{ date = \"2025-03-01\", action = \"replace\", what = \"reading\", id = \"reduction_rounding\","
    " default = \"nearest\" }]\n";

#define Z CAICACH_NUL_TERMINATED

static caicach_plan *plan = NULL;

static caicach_assess_options on(const char *day) {
  caicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;
  options.as_of = day;
  options.as_of_len = Z;
  return options;
}

static caicach_assessment *assess(const char *json, const caicach_assess_options *options) {
  caicach_facts *facts = NULL;
  caicach_assessment *assessment = NULL;
  CHECK(caicach_facts_from_json(json, Z, &facts, NULL) == CAICACH_OK);
  CHECK(caicach_assess(plan, facts, options, &assessment, NULL) == CAICACH_OK);
  caicach_facts_free(facts);
  return assessment;
}

static void ratings(const caicach_assessment *assessment) {
  int seen = 0;
  for (size_t i = 0; i < caicach_assessment_rating_count(assessment); i++) {
    const caicach_rating *rating = caicach_assessment_rating_at(assessment, i);
    if (!same(caicach_rating_body_id(rating), "loc_tho") || caicach_rating_year(rating) != 2024) continue;
    seen++;
    SAME(caicach_rating_body_name(rating), "UBND phường Lộc Thọ");
    SAME(caicach_rating_rank(rating), "weak");
    CHECK(caicach_ceiling_year(caicach_rating_rank_ceiling(rating)) == 2024);
    CHECK(caicach_rating_head_count(rating) == 1 && caicach_rating_staff_count(rating) == 0);
    SAME(caicach_ceiling_subject_id(caicach_rating_head_at(rating, 0)), "h");
    CHECK(caicach_rating_head_at(rating, 1) == NULL);
    CHECK(caicach_rating_measure_count(rating) > 0);
    CHECK(caicach_finding_verdict(caicach_rating_measure_finding(rating, 0)) == CAICACH_VERDICT_BINDING);
    CHECK(strlen(caicach_rating_measure_text(rating, 0, CAICACH_LANG_VI)) > 0);
    int told = 0;
    for (size_t r = 0; r < caicach_rating_reason_count(rating); r++) {
      const char *why = caicach_rating_reason_text(rating, r, CAICACH_LANG_EN);
      told += strstr(why, "ranked weak") != NULL && strstr(why, "→") != NULL;
      CHECK(caicach_finding_rule(caicach_rating_reason_finding(rating, r)) != NULL);
    }
    CHECK(told > 0);
    CHECK(caicach_rating_missing_count(rating) > 0 && caicach_rating_missing_rule_count(rating, 0) > 0);
    CHECK(caicach_rating_missing_rule_at(rating, 0, 0) != NULL && caicach_rating_missing_of(rating, 0) != NULL);
    CHECK(caicach_rating_missing_table(rating, 0) != NULL);
  }
  CHECK(seen == 1);
  CHECK(caicach_assessment_rating_count(NULL) == 0 && caicach_rating_rank(NULL) == NULL);
}

static void tasks(const caicach_assessment *assessment) {
  CHECK(caicach_assessment_task_count(assessment) == 55);
  int done = 0, overdue = 0;
  for (size_t i = 0; i < caicach_assessment_task_count(assessment); i++) {
    const caicach_task_state *state = caicach_assessment_task_at(assessment, i);
    SAME(caicach_task_state_task(state), caicach_task_id(caicach_plan_task_at(plan, i)));
    if (caicach_task_state_status(state) == CAICACH_TASK_STATUS_OVERDUE) {
      overdue++;
      SAME(caicach_task_state_status_text(state), "overdue");
      CHECK(caicach_task_state_days_overdue(state) == (uint32_t)(20103 - caicach_task_state_due(state)));
      CHECK(caicach_task_state_owed_count(state) > 0 && caicach_task_state_owed_role(state, 0) != NULL);
    }
    if (same(caicach_task_state_task(state), "I.5")) {
      done++;
      CHECK(caicach_task_state_status(state) == CAICACH_TASK_STATUS_DONE);
      SAME(caicach_task_state_done_text(state), "2023-03-01");
      SAME(caicach_task_state_due_text(state), "2023-03-31");
      CHECK(caicach_task_state_reports(state) == 1 && caicach_task_state_days_overdue(state) == 0);
      CHECK(caicach_task_state_next_due(state) == CAICACH_NO_DATE && caicach_task_state_next_due_text(state) == NULL);
    }
  }
  CHECK(done == 1 && overdue > 0);
}

static void progress(const caicach_assessment *assessment) {
  CHECK(caicach_assessment_progress_count(assessment) == 1);
  const caicach_progress *progress = caicach_assessment_progress_at(assessment, 0);
  SAME(caicach_progress_rule(progress), "cadre_reduction");
  SAME(caicach_progress_unit(progress), "posts");
  SAME(caicach_progress_value_text(progress, CAICACH_PROGRESS_NOW), "17.00");
  SAME(caicach_progress_date_text(progress, CAICACH_PROGRESS_TARGET), "2026-12-31");
  int64_t part = 0, whole = 0;
  // 63 posts in 1461 days; 731 of them are over.
  CHECK(caicach_progress_value(progress, CAICACH_PROGRESS_EVEN, &part, &whole));
  CHECK(part * 1461 == whole * 63 * 731);
  CHECK(caicach_progress_value(progress, CAICACH_PROGRESS_SHORT, &part, &whole) && part == 30 && whole == 1);
  part = 7;
  CHECK(!caicach_progress_value(progress, 0, &part, &whole) && part == 7);
  CHECK(caicach_progress_projected(progress) && !caicach_progress_enough(progress));
  CHECK(caicach_progress_path_count(progress) == 4);
  SAME(caicach_progress_path_even_text(progress, 3), "63.00");
  SAME(caicach_progress_path_date_text(progress, 0), "2023-12-31");
  CHECK(strstr(caicach_progress_text(progress, CAICACH_LANG_EN), "30 posts short in 2026") != NULL);
}

static void dependences(const caicach_assessment *assessment) {
  int seen = 0;
  for (size_t i = 0; i < caicach_assessment_dependence_count(assessment); i++) {
    const caicach_dependence *other = caicach_assessment_dependence_at(assessment, i);
    CHECK(caicach_dependence_change_count(other) > 0 && caicach_dependence_rule_count(other) > 0);
    if (!same(caicach_dependence_reading(other), "late_denominator")) continue;
    if (!same(caicach_dependence_option(other), "due")) continue;
    seen++;
    SAME(caicach_dependence_taken(other), "resolved");
    SAME(caicach_dependence_rule_at(other, 0), "late_share_caps_rank");
    CHECK(caicach_dependence_rule_changes(other, 0) == 1);
    const caicach_finding *finding = caicach_dependence_change_finding(other, 0);
    CHECK(caicach_finding_verdict(finding) == CAICACH_VERDICT_NOT_BINDING);
    CHECK(caicach_dependence_change_would_be(other, 0) == CAICACH_VERDICT_BINDING);
    CHECK(strncmp(caicach_dependence_text(other, CAICACH_LANG_EN), "If ", 3) == 0);
  }
  CHECK(seen == 1);
}

static void options_of_later_versions(void) {
  caicach_assess_options options = on("2025-12-31");
  caicach_assessment *now = assess(CORRECTED, &options);
  CHECK(caicach_assessment_summary_count(now, CAICACH_VERDICT_BINDING) == 1);
  CHECK(caicach_receipt_known_on(caicach_assessment_receipt(now)) == CAICACH_NO_DATE);
  options.known_on = "2025-02-28";
  options.known_on_len = Z;
  caicach_assessment *then = assess(CORRECTED, &options);
  CHECK(caicach_assessment_summary_count(then, CAICACH_VERDICT_BINDING) == 0);
  SAME(caicach_receipt_known_on_text(caicach_assessment_receipt(then)), "2025-02-28");
  // A program compiled before `known_on` was there.
  options.struct_size = offsetof(caicach_assess_options, known_on);
  caicach_assessment *old = assess(CORRECTED, &options);
  CHECK(caicach_assessment_summary_count(old, CAICACH_VERDICT_BINDING) == 1);
  caicach_assess_options bare = on("2025-01-15");
  bare.flags = CAICACH_ASSESS_VERDICTS_ONLY;
  caicach_assessment *alone = assess(FACTS, &bare);
  CHECK(caicach_assessment_dependence_count(alone) == 0 && caicach_assessment_finding_count(alone) > 0);
  caicach_assessment_free(now);
  caicach_assessment_free(then);
  caicach_assessment_free(old);
  caicach_assessment_free(alone);
}

static void agendas(void) {
  caicach_agenda *agenda = NULL;
  caicach_text *ical = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_plan_agenda(plan, "2023-03-01", Z, "2023-03-31", Z, NULL, 0, 0, &agenda, NULL) == CAICACH_OK);
  CHECK(caicach_agenda_item_count(agenda) == 2);
  const caicach_agenda_item *item = caicach_agenda_item_at(agenda, 1);
  SAME(caicach_agenda_item_id(item), "coordination_regulation");
  SAME(caicach_agenda_item_due_text(item), "2023-03-31");
  SAME(caicach_agenda_item_kind(item), "deadline");
  SAME(caicach_agenda_item_clause(item), "annex I.5");
  CHECK(caicach_agenda_item_who_count(item) == 2);
  CHECK(caicach_agenda_to_ical(agenda, "2023-01-13", Z, CAICACH_LANG_VI, &ical, NULL) == CAICACH_OK);
  CHECK(strncmp(caicach_text_data(ical), "BEGIN:VCALENDAR\r\n", 17) == 0);
  CHECK(strstr(caicach_text_data(ical), "DTSTART;VALUE=DATE:20230331\r\n") != NULL);
  caicach_text_free(ical);
  CHECK(caicach_agenda_to_ical(agenda, "13/01/2023", Z, CAICACH_LANG_VI, &ical, &error) ==
        CAICACH_ERROR_INVALID_ARGUMENT);
  FAILED(error, "invalid_argument", "stamp");
  caicach_agenda_free(agenda);
  CHECK(caicach_plan_agenda(plan, "2023-03-01", Z, "2023-03-31", Z, "x", 1, 0, &agenda, &error) ==
        CAICACH_ERROR_NOT_FOUND);
  caicach_error_free(error);
}

static const char UPDATES[] =
    "{\"schema\": \"caicach/facts/1\", \"record_updates\": [{\"person\": \"cb1\", \"changed\": \"2024-04-26\"}]}";

// How many tasks a body, a group and a kind of schedule have in common; the ids of the first and the last.
static size_t tasks_of(const char *body, const char *group, const char *schedule, const char *first, const char *last) {
  caicach_tasks *tasks = NULL;
  CHECK(caicach_plan_tasks_of(plan, body, body ? Z : 0, group, group ? Z : 0, schedule, schedule ? Z : 0, &tasks, NULL) ==
        CAICACH_OK);
  const size_t count = caicach_tasks_count(tasks);
  SAME(caicach_task_id(caicach_tasks_at(tasks, 0)), first);
  SAME(caicach_task_id(caicach_tasks_at(tasks, count - 1)), last);
  CHECK(caicach_tasks_at(tasks, count) == NULL);
  caicach_tasks_free(tasks);
  return count;
}

static void tasks_found(void) {
  CHECK(tasks_of(NULL, NULL, NULL, "I.1", "VII.7") == 55);
  CHECK(tasks_of("loc_tho", "VII", NULL, "VII.2", "VII.7") == 3);
  CHECK(tasks_of(NULL, NULL, "period", "IV.1", "VII.7") == 2);
  // The pilot of VII.7 names one ward and not the other.
  CHECK(tasks_of("loc_tho", NULL, "period", "IV.1", "VII.7") == 2);
  CHECK(tasks_of("vinh_hai", NULL, "period", "IV.1", "IV.1") == 1);
  CHECK(tasks_of("chi_cuc_thue", NULL, NULL, "II.8", "II.8") == 1);
  caicach_tasks *none = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_plan_tasks_of(plan, "loctho", Z, NULL, 0, NULL, 0, &none, &error) == CAICACH_ERROR_NOT_FOUND);
  SAME(caicach_error_detail_help(error, 0), "did you mean `loc_tho`?");
  FAILED(error, "unknown_reference", "body");
  CHECK(caicach_plan_tasks_of(plan, NULL, 0, "VIII", Z, NULL, 0, &none, &error) == CAICACH_ERROR_NOT_FOUND);
  FAILED(error, "unknown_reference", "group");
  CHECK(caicach_plan_tasks_of(plan, NULL, 0, NULL, 0, "annually", Z, &none, &error) == CAICACH_ERROR_NOT_FOUND);
  FAILED(error, "unknown_reference", "schedule");
  // An empty word is a word.
  CHECK(caicach_plan_tasks_of(plan, "", 0, NULL, 0, NULL, 0, &none, NULL) == CAICACH_ERROR_NOT_FOUND);
  CHECK(none == NULL && caicach_tasks_count(NULL) == 0);
  caicach_tasks_free(NULL);
}

// 2024-04-26, a Friday: Monday to Wednesday are off, Saturday 4 May is worked.
enum { FRIDAY = 19839 };

static void calendars(void) {
  caicach_calendar *calendar = NULL, *own = NULL;
  caicach_plan *counted = NULL;
  caicach_case *known = NULL;
  caicach_facts *facts = NULL;
  caicach_agenda *agenda = NULL;
  caicach_text *text = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_calendar_builtin(&calendar, NULL) == CAICACH_OK);
  CHECK(caicach_calendar_is_working(calendar, FRIDAY) && !caicach_calendar_is_working(calendar, FRIDAY + 3));
  CHECK(caicach_calendar_is_working(calendar, FRIDAY + 8) && !caicach_calendar_is_estimated(calendar, 2024));
  CHECK(caicach_calendar_is_estimated(calendar, 2027));
  CHECK(caicach_calendar_add_working_days(calendar, FRIDAY, 3) == FRIDAY + 8);
  CHECK(caicach_calendar_working_days_between(calendar, FRIDAY, FRIDAY + 8) == 3);
  CHECK(caicach_calendar_add_half_days(calendar, 2 * FRIDAY, 1) == 2 * FRIDAY + 1);
  CHECK(caicach_calendar_add_half_days(calendar, 2 * FRIDAY + 1, 1) == 2 * (FRIDAY + 6));
  CHECK(caicach_calendar_working_days(calendar, 19723, 20088) == 251);  // the year 2024
  CHECK(caicach_calendar_add_working_days(NULL, FRIDAY, 3) == CAICACH_NO_DATE);
  CHECK(caicach_lunar_new_year(2030) == 21947 && caicach_hung_kings_day(2024) == 19831);
  CHECK(caicach_calendar_days_off_json(calendar, FRIDAY, FRIDAY + 3, &text, NULL) == CAICACH_OK);
  CHECK(strstr(caicach_text_data(text), "\"date\":\"2024-04-29\",\"kind\":\"swap\"") != NULL);
  caicach_text_free(text);
  CHECK(caicach_calendar_with_holidays(calendar, "day_off = 3", Z, &own, &error) == CAICACH_ERROR_INVALID_ARGUMENT);
  FAILED(error, "invalid_argument", "toml");
  static const char flood[] = "[[day_off]]\ndate = \"2024-05-02\"\nvi = \"Nghỉ do mưa lũ\"\nsource = \"Công văn\"\n";
  CHECK(caicach_calendar_with_holidays(calendar, flood, Z, &own, NULL) == CAICACH_OK);
  CHECK(caicach_calendar_add_working_days(own, FRIDAY, 1) == FRIDAY + 7);
  CHECK(caicach_plan_with_calendar(plan, own, &counted, NULL) == CAICACH_OK);
  CHECK(caicach_facts_from_json(UPDATES, Z, &facts, NULL) == CAICACH_OK);
  caicach_reading_choice working = {"update_days", Z, "working", Z};
  caicach_assess_options options = on("2024-05-01");
  options.readings = &working;
  options.reading_count = 1;
  CHECK(caicach_case_prepare(counted, facts, &options, &known, NULL) == CAICACH_OK);
  CHECK(caicach_case_agenda(known, "2024-04-27", Z, "2024-05-31", Z, "loc_tho", Z, 0, &agenda, NULL) == CAICACH_OK);
  CHECK(caicach_agenda_item_count(agenda) == 1);
  const caicach_agenda_item *item = caicach_agenda_item_at(agenda, 0);
  SAME(caicach_agenda_item_id(item), "record_update");
  SAME(caicach_agenda_item_about(item), "cb1");
  SAME(caicach_agenda_item_due_text(item), "2024-05-08");
  caicach_agenda_free(agenda);
  caicach_case_free(known);
  caicach_facts_free(facts);
  caicach_plan_free(counted);
  caicach_calendar_free(own);
  caicach_calendar_free(calendar);
}

static void bodies(void) {
  caicach_bodies *found = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_plan_successors(plan, "phuoc_tien", Z, "2026-01-01", Z, &found, NULL) == CAICACH_OK);
  CHECK(caicach_bodies_count(found) == 1);
  SAME(caicach_bodies_id(found, 0), "phuong_nha_trang");
  caicach_bodies_free(found);
  CHECK(caicach_plan_territory(plan, "2026-01-01", Z, &found, NULL) == CAICACH_OK);
  CHECK(caicach_bodies_count(found) == 4 && caicach_bodies_name(found, 4) == NULL);
  caicach_bodies_free(found);
  CHECK(caicach_plan_predecessors(plan, "nobody", Z, "2026-01-01", Z, &found, &error) == CAICACH_ERROR_NOT_FOUND);
  FAILED(error, "unknown_reference", "body");
  caicach_bodies_free(NULL);
}

static void amendments(void) {
  caicach_amendment *amendment = NULL;
  caicach_amended_plan *amended = NULL;
  caicach_plan *before = NULL, *after = NULL;
  caicach_diff *diff = NULL;
  caicach_verdict_changes *changes = NULL;
  CHECK(caicach_amendment_from_toml(AMENDMENT, Z, &amendment, NULL) == CAICACH_OK);
  SAME(caicach_amendment_change_target(amendment, 0), "reduction_rounding");
  const caicach_amendment *all[] = {amendment};
  CHECK(caicach_plan_amended(plan, all, 1, &amended, NULL) == CAICACH_OK);
  caicach_amendment_free(amendment);
  SAME(caicach_amended_plan_version_date_text(amended, 0), "2025-03-01");
  CHECK(caicach_amended_plan_on(amended, "2025-02-28", Z, &before, NULL) == CAICACH_OK);
  CHECK(caicach_amended_plan_on(amended, "2025-03-01", Z, &after, NULL) == CAICACH_OK);
  caicach_amended_plan_free(amended);
  SAME(caicach_plan_fingerprint(before), caicach_plan_fingerprint(plan));
  CHECK(caicach_plan_diff(plan, after, &diff, NULL) == CAICACH_OK);
  CHECK(caicach_diff_count(diff) == 1 && caicach_diff_threshold_count(diff) == 0);
  SAME(caicach_difference_field_after(caicach_diff_at(diff, 0), 0), "\"nearest\"");
  caicach_diff_free(diff);

  caicach_facts *facts = NULL;
  const char *cut =
      "{\"schema\": \"caicach/facts/1\", \"headcounts\": ["
      "{\"date\": \"2022-12-31\", \"category\": \"employee\", \"basis\": \"assigned\", \"count\": 27651},"
      "{\"date\": \"2026-12-31\", \"category\": \"employee\", \"basis\": \"assigned\", \"count\": 24886}]}";
  caicach_assess_options options = on("2027-01-15");
  CHECK(caicach_facts_from_json(cut, Z, &facts, NULL) == CAICACH_OK);
  CHECK(caicach_plan_verdict_changes(plan, after, facts, &options, &changes, NULL) == CAICACH_OK);
  CHECK(caicach_verdict_changes_count(changes) == 1);
  SAME(caicach_verdict_changes_rule(changes, 0), "employee_reduction");
  CHECK(caicach_verdict_changes_before(changes, 0) == CAICACH_VERDICT_NOT_MET);
  CHECK(caicach_verdict_changes_after(changes, 0) == CAICACH_VERDICT_MET);
  caicach_verdict_changes_free(changes);
  caicach_facts_free(facts);
  caicach_plan_free(before);
  caicach_plan_free(after);
}

static void apportionments(void) {
  caicach_holder holders[] = {{"noi_vu", Z, 12, 0, 0, 0}, {"tu_phap", Z, 7, 0, 0, 0}, {"truong_a", Z, 40, 0, 1, 0}};
  caicach_apportionment *made = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_apportion(3, holders, 3, &made, NULL) == CAICACH_OK);
  CHECK(caicach_apportionment_lot_count(made) == 3 && caicach_apportionment_cut(made) == 3);
  CHECK(caicach_apportionment_lot_cut(made, 0) == 2 && caicach_apportionment_lot_left(made, 0) == 10);
  CHECK(caicach_apportionment_lot_cut(made, 1) == 1 && caicach_apportionment_lot_cut(made, 2) == 0);
  SAME(caicach_apportionment_lot_because(made, 2), "exempt");
  uint64_t part = 0, whole = 0;
  CHECK(caicach_apportionment_lot_quota(made, 0, &part, &whole) && part * 19 == whole * 36);
  caicach_apportionment_free(made);
  CHECK(caicach_apportion(20, holders, 3, &made, &error) == CAICACH_ERROR_INVALID_ARGUMENT);
  FAILED(error, "too_little", "cut");
}

int main(void) {
  CHECK(caicach_plan_builtin(&plan, NULL) == CAICACH_OK);
  caicach_assess_options options = on("2025-01-15");
  caicach_assessment *assessment = assess(FACTS, &options);
  ratings(assessment);
  tasks(assessment);
  progress(assessment);
  dependences(assessment);
  caicach_assessment_free(assessment);
  options_of_later_versions();
  agendas();
  tasks_found();
  calendars();
  bodies();
  amendments();
  apportionments();
  caicach_plan_free(plan);
  if (failures == 0) printf("views.c: %d checks\n", checks);
  return failures != 0;
}
