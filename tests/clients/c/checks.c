// What the header promises, checked from C. Prints nothing but failures and a last line.
#include <caicach.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static const char WARD[] =
    "{\"schema\": \"caicach/facts/1\", \"dossier_counts\": [{\"body\": \"UBND phường Lộc Thọ\","
    " \"from\": \"2024-01-01\", \"to\": \"2024-12-31\", \"resolved\": {\"late\": 212, \"total\": 3905},"
    " \"source\": \"BC 12/BC-UBND\"}]}";

static caicach_plan *plan = NULL;
static caicach_facts *ward = NULL;

static caicach_assess_options on(const char *day) {
  caicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;
  options.as_of = day;
  options.as_of_len = CAICACH_NUL_TERMINATED;
  return options;
}

static void versions(void) {
  SAME(caicach_version(), CAICACH_VERSION);
  CHECK(caicach_abi_version() == CAICACH_ABI_VERSION);
  char text[32];
  snprintf(text, sizeof text, "%d.%d.%d", CAICACH_VERSION_MAJOR, CAICACH_VERSION_MINOR, CAICACH_VERSION_PATCH);
  SAME(text, CAICACH_VERSION);
  SAME(caicach_status_name(CAICACH_ERROR_NULL_ARGUMENT), "null_argument");
  SAME(caicach_verdict_word(CAICACH_VERDICT_NOT_MET), "not_met");
  CHECK(caicach_verdict_word(0) == NULL);
}

static void plans(void) {
  SAME(caicach_plan_number(plan), "298/KH-UBND");
  CHECK(caicach_plan_task_count(plan) == 55);
  CHECK(caicach_plan_clause_count(plan) == 21 && caicach_plan_clause_at(plan, 21) == NULL);
  const caicach_clause *clause = caicach_plan_clause_by_id(plan, "II.1", CAICACH_NUL_TERMINATED);
  SAME(caicach_clause_id(clause), "II.1");
  SAME(caicach_clause_text(clause), "(Theo Phụ lục đính kèm)");
  CHECK(caicach_clause_printed(clause) == NULL && caicach_clause_gist_en(clause)[0] != '\0');
  CHECK(caicach_clause_printed(caicach_plan_clause_by_id(plan, "I.1.2", 5)) != NULL);
  CHECK(caicach_plan_clause_by_id(plan, "II.2", CAICACH_NUL_TERMINATED) == NULL);
  CHECK(caicach_plan_rule_count(plan) > 40);
  const caicach_rule *rule = caicach_plan_rule_by_id(plan, "late_share_caps_rank", CAICACH_NUL_TERMINATED);
  SAME(caicach_rule_id(rule), "late_share_caps_rank");
  SAME(caicach_rule_clause(rule), "annex I.9");
  SAME(caicach_rule_kind(rule), "cap");
  CHECK(caicach_rule_title(rule, CAICACH_LANG_VI) != NULL && caicach_rule_title(rule, 7) == NULL);
  CHECK(strlen(caicach_rule_quote(rule)) > 10);
  CHECK(caicach_plan_rule_at(plan, caicach_plan_rule_count(plan)) == NULL);
  CHECK(caicach_rule_id(NULL) == NULL);

  caicach_text *json = NULL;
  CHECK(caicach_plan_to_json(plan, &json, NULL) == CAICACH_OK);
  CHECK(caicach_text_len(json) == strlen(caicach_text_data(json)));
  caicach_text_free(json);

  caicach_plan *none = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_plan_from_toml("schema = 1", CAICACH_NUL_TERMINATED, &none, &error) == CAICACH_ERROR_PLAN);
  CHECK(none == NULL && caicach_error_detail_count(error) > 0 && caicach_error_detail_line(error, 0) == 1);
  CHECK(caicach_error_problem_count(error) >= caicach_error_detail_count(error));
  caicach_error_free(error);
}

static void bad_facts(void) {
  caicach_facts *none = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_facts_from_json(NULL, 1, &none, &error) == CAICACH_ERROR_NULL_ARGUMENT);
  CHECK(FAILED(error, "null_argument", "json") == CAICACH_ERROR_NULL_ARGUMENT);
  CHECK(caicach_facts_from_json("\xff", 1, &none, &error) == CAICACH_ERROR_FACTS);
  CHECK(FAILED(error, "syntax", "") == CAICACH_ERROR_FACTS);
  CHECK(caicach_facts_from_json("", 0, &none, &error) == CAICACH_ERROR_FACTS);
  CHECK(FAILED(error, "syntax", "") == CAICACH_ERROR_FACTS);
  const char *slip = "{\"schema\": \"caicach/facts/1\", \"headcounts\": [{\"date\": \"2024-12-31\", \"categry\": \"cadre\"}]}";
  CHECK(caicach_facts_from_json(slip, CAICACH_NUL_TERMINATED, &none, &error) == CAICACH_ERROR_FACTS);
  SAME(caicach_error_detail_path(error, 0), "headcounts[0].categry");
  SAME(caicach_error_detail_help(error, 0), "did you mean `category`?");
  CHECK(caicach_error_detail_line(error, 0) == 0 && caicach_error_detail_count(error) == 4);
  caicach_error_free(error);
  CHECK(caicach_facts_from_json(slip, CAICACH_NUL_TERMINATED, &none, NULL) == CAICACH_ERROR_FACTS);
  CHECK(caicach_facts_from_json(WARD, sizeof WARD - 1, NULL, &error) == CAICACH_ERROR_NULL_ARGUMENT);
  CHECK(FAILED(error, "null_argument", "out") == CAICACH_ERROR_NULL_ARGUMENT);

  size_t size = 10 * 1000 * 1000;
  char *brackets = malloc(size);
  CHECK(brackets != NULL);
  memset(brackets, '[', size);
  CHECK(caicach_facts_from_json(brackets, size, &none, &error) == CAICACH_ERROR_FACTS);
  caicach_error_free(error);
  free(brackets);
  CHECK(none == NULL);
}

static void options(void) {
  caicach_assessment *assessment = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_assess(plan, ward, NULL, &assessment, &error) == CAICACH_ERROR_NULL_ARGUMENT);
  CHECK(FAILED(error, "null_argument", "options") == CAICACH_ERROR_NULL_ARGUMENT);
  caicach_assess_options given = CAICACH_ASSESS_OPTIONS_INIT;
  CHECK(caicach_assess(plan, ward, &given, &assessment, &error) == CAICACH_ERROR_OPTIONS);
  CHECK(FAILED(error, "options", "options.as_of") == CAICACH_ERROR_OPTIONS);
  given = on("2025-01-15");
  given.struct_size--;
  CHECK(caicach_assess(plan, ward, &given, &assessment, &error) == CAICACH_ERROR_OPTIONS);
  CHECK(FAILED(error, "options", "options.struct_size") == CAICACH_ERROR_OPTIONS);

  struct {
    caicach_assess_options known;
    uint64_t later;
  } longer = {on("2025-01-15"), 0};
  longer.known.struct_size = sizeof longer;
  CHECK(caicach_assess(plan, ward, &longer.known, &assessment, &error) == CAICACH_OK);
  caicach_assessment_free(assessment);
  assessment = NULL;
  longer.later = 1;
  CHECK(caicach_assess(plan, ward, &longer.known, &assessment, &error) == CAICACH_ERROR_OPTIONS);
  CHECK(FAILED(error, "options", "options.struct_size") == CAICACH_ERROR_OPTIONS);

  caicach_reading_choice choice = {"late_denominatr", CAICACH_NUL_TERMINATED, "due", 3};
  given = on("2025-01-15");
  given.readings = &choice;
  given.reading_count = 1;
  CHECK(caicach_assess(plan, ward, &given, &assessment, &error) == CAICACH_ERROR_READINGS);
  CHECK(FAILED(error, "unknown_reference", "readings.late_denominatr") == CAICACH_ERROR_READINGS);
  CHECK(assessment == NULL);
  choice.key = "late_denominator";
  CHECK(caicach_assess(plan, ward, &given, &assessment, &error) == CAICACH_OK);
  const caicach_receipt *receipt = caicach_assessment_receipt(assessment);
  SAME(caicach_receipt_reading_key(receipt, 0), "late_denominator");
  SAME(caicach_receipt_reading_option(receipt, 0), "due");
  caicach_assessment_free(assessment);
}

static const caicach_finding *find(const caicach_assessment *assessment, const char *rule, const char *subject) {
  for (size_t i = 0; i < caicach_assessment_finding_count(assessment); i++) {
    const caicach_finding *finding = caicach_assessment_finding_at(assessment, i);
    if (same(caicach_finding_rule(finding), rule) && same(caicach_finding_subject_id(finding), subject)) return finding;
  }
  return NULL;
}

static void findings(void) {
  caicach_assessment *assessment = NULL;
  caicach_error *error = NULL;
  caicach_assess_options given = on("2025-01-15");
  CHECK(caicach_assess(plan, ward, &given, &assessment, &error) == CAICACH_OK);

  const caicach_finding *late = find(assessment, "late_share_caps_rank", "loc_tho");
  int64_t part = 0, whole = 0, count = -1;
  CHECK(caicach_finding_verdict(late) == CAICACH_VERDICT_BINDING);
  SAME(caicach_finding_verdict_text(late), "binding");
  SAME(caicach_finding_clause(late), "annex I.9");
  SAME(caicach_finding_subject_kind(late), "body");
  CHECK(caicach_finding_counts(late, &part, &whole) && part == 212 && whole == 3905);
  SAME(caicach_finding_percent(late), "5.43");
  CHECK(caicach_finding_percent_low(late) == NULL);
  SAME(caicach_finding_margin(late), "-0.43");
  CHECK(caicach_finding_headroom_unit(late) != NULL && caicach_finding_headroom_value(late) != NULL);
  CHECK(caicach_finding_headroom_count(late, &count) && count == atoll(caicach_finding_headroom_value(late)));
  SAME(caicach_finding_period_from_text(late), "2024-01-01");
  SAME(caicach_finding_period_to_text(late), "2024-12-31");
  CHECK(caicach_finding_period_from(late) == 19723 && caicach_finding_period_to(late) == 20088);
  CHECK(caicach_finding_due(late) == CAICACH_NO_DATE && caicach_finding_due_text(late) == NULL);
  SAME(caicach_finding_capped_scale(late), "rank");
  SAME(caicach_finding_capped_band(late), "fair");
  SAME(caicach_finding_source_at(late, 0), "BC 12/BC-UBND");
  CHECK(caicach_finding_source_at(late, 1) == NULL);
  CHECK(!caicach_finding_aspirational(late) && !caicach_finding_retrospective(late));
  CHECK(strstr(caicach_finding_explanation(late, CAICACH_LANG_VI), "212/3.905") != NULL);
  CHECK(strstr(caicach_finding_explanation(late, CAICACH_LANG_EN), "212") != NULL);
  CHECK(caicach_finding_explanation(late, 0) == NULL);
  CHECK(caicach_finding_explanation(late, CAICACH_LANG_VI) == caicach_finding_explanation(late, CAICACH_LANG_VI));

  const caicach_finding *unknown = find(assessment, "satisfaction_caps_rank", "loc_tho");
  CHECK(caicach_finding_verdict(unknown) == CAICACH_VERDICT_UNDETERMINED);
  part = -1;
  CHECK(!caicach_finding_counts(unknown, &part, NULL) && part == -1);
  CHECK(caicach_finding_percent(unknown) == NULL && caicach_finding_margin(unknown) == NULL);
  CHECK(caicach_finding_missing_count(unknown) == 1);
  SAME(caicach_finding_missing_what(unknown, 0), "satisfaction");
  SAME(caicach_finding_missing_table(unknown, 0), "surveys");
  CHECK(caicach_finding_missing_text(unknown, 0, CAICACH_LANG_VI) != NULL);
  CHECK(caicach_finding_missing_text(unknown, 1, CAICACH_LANG_VI) == NULL);

  uint64_t sum = 0;
  for (caicach_verdict verdict = CAICACH_VERDICT_MET; verdict <= CAICACH_VERDICT_NOT_BINDING; verdict++) {
    sum += caicach_assessment_summary_count(assessment, verdict);
    sum += caicach_assessment_summary_aspirational(assessment, verdict);
  }
  CHECK(sum == caicach_assessment_finding_count(assessment));
  CHECK(caicach_assessment_finding_at(assessment, SIZE_MAX) == NULL);

  const caicach_receipt *receipt = caicach_assessment_receipt(assessment);
  SAME(caicach_receipt_engine(receipt), "caicach " CAICACH_VERSION);
  SAME(caicach_receipt_plan(receipt), "298/KH-UBND");
  SAME(caicach_receipt_plan_fingerprint(receipt), caicach_plan_fingerprint(plan));
  SAME(caicach_receipt_facts_fingerprint(receipt), caicach_facts_fingerprint(ward));
  SAME(caicach_receipt_as_of_text(receipt), "2025-01-15");

  caicach_text *json = NULL, *unused = NULL, *one = NULL;
  CHECK(caicach_assessment_to_json(assessment, &json, &error) == CAICACH_OK);
  CHECK(strncmp(caicach_text_data(json), "{\"schema\":\"caicach/assessment/1\"", 32) == 0);
  CHECK(caicach_assessment_unused_json(assessment, &unused, &error) == CAICACH_OK);
  CHECK(caicach_text_data(unused)[0] == '[');
  CHECK(caicach_finding_to_json(late, &one, &error) == CAICACH_OK);
  CHECK(strstr(caicach_text_data(json), caicach_text_data(one)) != NULL);
  caicach_text_free(one);
  caicach_text_free(unused);
  caicach_text_free(json);
  caicach_assessment_free(assessment);
}

static void cases(void) {
  caicach_case *prepared = NULL;
  caicach_subject *body = NULL;
  caicach_ceiling *ceiling = NULL;
  caicach_error *error = NULL;
  caicach_assess_options given = on("2025-01-15");
  CHECK(caicach_case_prepare(plan, ward, &given, &prepared, &error) == CAICACH_OK);
  CHECK(caicach_case_body(prepared, "phường Lộc Thọ", CAICACH_NUL_TERMINATED, 2024, &body, &error) == CAICACH_OK);
  for (int i = 0; i < 100; i++) {
    CHECK(caicach_subject_ceiling(body, "rank", 4, 2024, &ceiling, &error) == CAICACH_OK);
    SAME(caicach_ceiling_band(ceiling), "fair");
    SAME(caicach_ceiling_scale(ceiling), "rank");
    SAME(caicach_ceiling_subject_id(ceiling), "loc_tho");
    SAME(caicach_ceiling_binding_at(ceiling, 0), "late_share_caps_rank");
    SAME(caicach_ceiling_undetermined_at(ceiling, 0), "satisfaction_caps_rank");
    caicach_ceiling_free(ceiling);
  }
  CHECK(caicach_subject_ceiling(body, "rnk", 3, 2024, &ceiling, &error) == CAICACH_ERROR_NOT_FOUND);
  CHECK(FAILED(error, "unknown_reference", "scale") == CAICACH_ERROR_NOT_FOUND);
  caicach_subject_free(body);
  CHECK(caicach_case_body(prepared, "phường Không Có", CAICACH_NUL_TERMINATED, 2024, &body, &error) ==
        CAICACH_ERROR_NOT_FOUND);
  CHECK(FAILED(error, "unknown_reference", "name") == CAICACH_ERROR_NOT_FOUND);

  caicach_assessment *assessment = NULL;
  CHECK(caicach_case_assess(prepared, &assessment, &error) == CAICACH_OK);
  caicach_case_free(prepared);
  int found = 0;
  for (size_t i = 0; i < caicach_assessment_ceiling_count(assessment); i++) {
    const caicach_ceiling *listed = caicach_assessment_ceiling_at(assessment, i);
    found += same(caicach_ceiling_subject_id(listed), "loc_tho") && same(caicach_ceiling_band(listed), "fair");
  }
  CHECK(found == 1);
  caicach_assessment_free(assessment);
}

// Reads every finding of an assessment that other threads read too.
static void *reader(void *shared) {
  const caicach_assessment *assessment = shared;
  size_t bytes = 0;
  for (size_t i = 0; i < caicach_assessment_finding_count(assessment); i++) {
    const caicach_finding *finding = caicach_assessment_finding_at(assessment, i);
    bytes += strlen(caicach_finding_rule(finding)) + strlen(caicach_finding_explanation(finding, CAICACH_LANG_VI));
  }
  return bytes > 0 ? shared : NULL;
}

static void threads(void) {
  caicach_assessment *assessment = NULL;
  caicach_assess_options given = on("2025-01-15");
  CHECK(caicach_assess(plan, ward, &given, &assessment, NULL) == CAICACH_OK);
  pthread_t readers[4];
  for (int i = 0; i < 4; i++) CHECK(pthread_create(&readers[i], NULL, reader, assessment) == 0);
  for (int i = 0; i < 4; i++) {
    void *result = NULL;
    CHECK(pthread_join(readers[i], &result) == 0 && result == assessment);
  }
  caicach_assessment_free(assessment);
}

static void freeing_null(void) {
  caicach_plan_free(NULL);
  caicach_facts_free(NULL);
  caicach_assessment_free(NULL);
  caicach_case_free(NULL);
  caicach_subject_free(NULL);
  caicach_ceiling_free(NULL);
  caicach_text_free(NULL);
  caicach_error_free(NULL);
}

int main(void) {
  CHECK(caicach_plan_builtin(&plan, NULL) == CAICACH_OK);
  CHECK(caicach_facts_from_json(WARD, sizeof WARD - 1, &ward, NULL) == CAICACH_OK);
  versions();
  plans();
  bad_facts();
  options();
  findings();
  cases();
  threads();
  freeing_null();
  caicach_facts_free(ward);
  caicach_plan_free(plan);
  printf("%d checks, %d failures\n", checks, failures);
  return failures == 0 ? 0 : 1;
}
