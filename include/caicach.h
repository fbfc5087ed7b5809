// caicach: an administrative-reform plan as something software can ask.
//
//   caicach_plan *plan = NULL;
//   caicach_error *error = NULL;
//   if (caicach_plan_builtin(&plan, &error) != CAICACH_OK) {
//     fputs(caicach_error_message(error), stderr);
//     caicach_error_free(error);
//   }
//
// What holds everywhere:
//
// - Handles (caicach_plan, caicach_facts, ...) are opaque and immutable: any number of threads may use one at the same
//   time, as long as none frees it. What a function hands over as `T **out` is the caller's and is freed with
//   `caicach_T_free`, which takes NULL. What it returns as `const T *` or `const char *` belongs to the handle that was
//   asked and lives as long; it is never freed.
// - A function that can fail returns a caicach_status and takes `caicach_error **error` last, which may be NULL. `*out`
//   is written on success alone, `*error` on failure alone; neither is read. There is no other record of an error.
// - A function that cannot fail says NULL, 0 or false where there is nothing: for a NULL handle, beyond the last index.
// - Text in is `const char *x, size_t x_len`: UTF-8 and its length in bytes, or CAICACH_NUL_TERMINATED. NULL is an empty
//   text with length 0 and an error with any other. It must be there during the call and no longer.
// - Text out is UTF-8 and NUL-terminated. A NUL inside a text, which JSON can write, is shown as U+FFFD.
// - Days are days since 1970-01-01, or text ("2024-12-31"). Percentages are text. Nothing is a binary fraction.
// - Pointers to outputs must be apart from each other. No function keeps a pointer that it is given.
// - No function calls back, prints, exits, reads a clock, a file or the network, or has any global state.


#ifndef CAICACH_H
#define CAICACH_H

// Made by cbindgen from ffi/src. Do not edit: UPDATE_HEADER=1 cargo test -p caicach-ffi --test header

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CAICACH_VERSION "0.1.0"
#define CAICACH_VERSION_MAJOR 0
#define CAICACH_VERSION_MINOR 1
#define CAICACH_VERSION_PATCH 0

// No day: `as_of_days` while it is not set, and what a getter of a day says where there is none.
#define CAICACH_NO_DATE INT32_MIN

// As the length of a text: it ends at its first NUL.
#define CAICACH_NUL_TERMINATED SIZE_MAX

// What a caicach_assess_options begins as:
//   caicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;
#define CAICACH_ASSESS_OPTIONS_INIT \
  { sizeof(caicach_assess_options), NULL, 0, NULL, 0, CAICACH_NO_DATE, 0 }


// The number of the binary interface, which stands in the name of the shared library (`libcaicach.so.0`).
#define CAICACH_ABI_VERSION 0

// What a plan says of facts on a day (kết quả đánh giá). Immutable. Free it with `caicach_assessment_free`.
typedef struct caicach_assessment caicach_assessment;

// A plan and facts bound together on a day under chosen readings: names resolved, records in order. Immutable. Free
// it with `caicach_case_free`; what was made with it does not need it any more.
typedef struct caicach_case caicach_case;

// The highest band of a rank or rating that caps leave a subject in a year (mức cao nhất có thể đạt). One that is
// asked of an assessment belongs to it; one that is asked of a subject is the caller's. Its texts live as long as it.
typedef struct caicach_ceiling caicach_ceiling;

// What went wrong. Free it with `caicach_error_free`. Its texts live as long as it does.
typedef struct caicach_error caicach_error;

// A set of facts (dữ liệu thực tế), checked. Immutable. Free it with `caicach_facts_free`; what was made with it does
// not need it any more.
typedef struct caicach_facts caicach_facts;

// What one rule says of one subject and period. It belongs to its assessment and lives as long; so do its texts.
typedef struct caicach_finding caicach_finding;

// A plan (kế hoạch), loaded and checked. Immutable. Free it with `caicach_plan_free`; what was made with it does not
// need it any more.
typedef struct caicach_plan caicach_plan;

// A question the document leaves open (cách hiểu), its answers, and the one taken by default. It belongs to its plan
// and lives as long; so do its texts.
typedef struct caicach_reading caicach_reading;

// Engine, plan, facts, day and readings of an assessment, so that it can be made again years later. It belongs to its
// assessment and lives as long; so do its texts.
typedef struct caicach_receipt caicach_receipt;

// A norm of the plan with its words. It belongs to its plan and lives as long; so do its texts.
typedef struct caicach_rule caicach_rule;

// A body or person of a case, found once. Immutable. Free it with `caicach_subject_free`.
typedef struct caicach_subject caicach_subject;

// A task (nhiệm vụ) of the annex. It belongs to its plan and lives as long; so do its texts.
typedef struct caicach_task caicach_task;

// A text of its own, in UTF-8. Free it with `caicach_text_free`.
typedef struct caicach_text caicach_text;

// `CAICACH_OK`, or one of the `CAICACH_ERROR_` constants. New ones may come.
typedef int32_t caicach_status;

// One of the `CAICACH_VERDICT_` constants; 0 where there is none.
typedef int32_t caicach_verdict;

// One of the `CAICACH_LANG_` constants.
typedef int32_t caicach_lang;

// An option chosen for a reading: how the plan is to be understood where it can be understood in more than one way.
typedef struct caicach_reading_choice {
  // The reading: "late_denominator".
  const char *key;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t key_len;
  // The option: "resolved".
  const char *option;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t option_len;
} caicach_reading_choice;

// How to assess. Begin with `CAICACH_ASSESS_OPTIONS_INIT`, then set the day, in one of the two ways.
//
// Later versions add fields at the end. A program compiled with a longer struct than the library knows works as long
// as what the library does not know is zero. Structs beyond 4096 bytes are refused.
typedef struct caicach_assess_options {
  // sizeof(caicach_assess_options).
  size_t struct_size;
  // The day of assessment as "2025-01-15", or NULL and `as_of_days`.
  const char *as_of;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t as_of_len;
  // Readings chosen; all others are by the plan's default. Of two choices for one reading the last holds.
  const struct caicach_reading_choice *readings;
  // How many.
  size_t reading_count;
  // The day of assessment as days since 1970-01-01, or `CAICACH_NO_DATE` and `as_of`.
  int32_t as_of_days;
  // Zero.
  uint32_t reserved;
} caicach_assess_options;

// It worked; the output is written.
#define CAICACH_OK 0

// A fault of the library itself. The process is sound; please report it.
#define CAICACH_ERROR_INTERNAL 1

// A pointer that must not be NULL is.
#define CAICACH_ERROR_NULL_ARGUMENT 2

// A name or id is not UTF-8. (Plans and facts that are not are `CAICACH_ERROR_PLAN` and `CAICACH_ERROR_FACTS`.)
#define CAICACH_ERROR_INVALID_UTF8 3

// A length, year or date that cannot be.
#define CAICACH_ERROR_INVALID_ARGUMENT 4

// A struct of options of a size or with fields that this version does not know.
#define CAICACH_ERROR_OPTIONS 5

// The plan has problems; the details list all of them.
#define CAICACH_ERROR_PLAN 6

// The facts have problems, by themselves or under this plan; the details list all of them.
#define CAICACH_ERROR_FACTS 7

// Readings or options of them that the plan does not have; the details list all of them.
#define CAICACH_ERROR_READINGS 8

// No body, person or scale of this name, or more than one body.
#define CAICACH_ERROR_NOT_FOUND 9

// Vietnamese.
#define CAICACH_LANG_VI 1

// English.
#define CAICACH_LANG_EN 2

// The norm is satisfied (đạt).
#define CAICACH_VERDICT_MET 1

// It is not (không đạt).
#define CAICACH_VERDICT_NOT_MET 2

// Its date has not come (chưa đến hạn).
#define CAICACH_VERDICT_PENDING 3

// Facts are missing (chưa đủ dữ liệu).
#define CAICACH_VERDICT_UNDETERMINED 4

// There is nothing to judge (không áp dụng).
#define CAICACH_VERDICT_NOT_APPLICABLE 5

// A cap or consequence takes hold.
#define CAICACH_VERDICT_BINDING 6

// It does not.
#define CAICACH_VERDICT_NOT_BINDING 7

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the library that is running: "0.1.0". Lives as long as the library.
const char *caicach_version(void);

// `CAICACH_ABI_VERSION` of the library that is running. A program compiled with another value must not go on.
uint32_t caicach_abi_version(void);

// The word for a status ("null_argument"), for logs. Lives as long as the library; NULL for no status.
const char *caicach_status_name(caicach_status status);

// The word for a verdict as in JSON ("not_met"). Lives as long as the library; NULL for no verdict.
const char *caicach_verdict_word(caicach_verdict verdict);

// The bytes, followed by a NUL. Lives as long as the text.
const char *caicach_text_data(const struct caicach_text *text);

// The number of bytes, the NUL not counted.
size_t caicach_text_len(const struct caicach_text *text);

// Frees a text. NULL is allowed.
void caicach_text_free(struct caicach_text *text);

// The status that came with the error.
caicach_status caicach_error_code(const struct caicach_error *error);

// All that went wrong, in English, for a log: one line for each problem.
const char *caicach_error_message(const struct caicach_error *error);

// The details as JSON: a list of {"code", "path", "line"?, "message", "help"?}.
const char *caicach_error_details_json(const struct caicach_error *error);

// How many problems there were in all. The details hold the first thousand.
size_t caicach_error_problem_count(const struct caicach_error *error);

// How many details there are.
size_t caicach_error_detail_count(const struct caicach_error *error);

// The kind of problem, a stable word: "unknown_field", "null_argument".
const char *caicach_error_detail_code(const struct caicach_error *error, size_t index);

// Where it is: `headcounts[3].category`, or the argument's name; empty for the whole input.
const char *caicach_error_detail_path(const struct caicach_error *error, size_t index);

// The line of the input, counted from 1; 0 where it is not known.
uint32_t caicach_error_detail_line(const struct caicach_error *error, size_t index);

// What is wrong, in one line of English.
const char *caicach_error_detail_message(const struct caicach_error *error, size_t index);

// What would be right ("did you mean `category`?"); NULL where that cannot be said.
const char *caicach_error_detail_help(const struct caicach_error *error, size_t index);

// Frees an error. NULL is allowed.
void caicach_error_free(struct caicach_error *error);

// The plan that comes with the library: Kế hoạch 298/KH-UBND of Nha Trang.
caicach_status caicach_plan_builtin(struct caicach_plan **out, struct caicach_error **error);

// Loads a plan from the text of its file (schema caicach/plan/1).
//
// CAICACH_ERROR_PLAN lists every problem of the file with its line.
caicach_status caicach_plan_from_toml(const char *toml,
                                      size_t toml_len,
                                      struct caicach_plan **out,
                                      struct caicach_error **error);

// The plan as JSON, in the structure of the plan file.
caicach_status caicach_plan_to_json(const struct caicach_plan *plan,
                                    struct caicach_text **out,
                                    struct caicach_error **error);

// Number of the document: "298/KH-UBND". Lives as long as the plan.
const char *caicach_plan_number(const struct caicach_plan *plan);

// Title of the document; NULL for an unknown language. Lives as long as the plan.
const char *caicach_plan_title(const struct caicach_plan *plan, caicach_lang lang);

// "sha256:" and 64 hexadecimal digits: two plans with one fingerprint say the same. Lives as long as the plan.
const char *caicach_plan_fingerprint(const struct caicach_plan *plan);

// How many rules it has.
size_t caicach_plan_rule_count(const struct caicach_plan *plan);

// A rule, in the order of the file; NULL beyond the last.
const struct caicach_rule *caicach_plan_rule_at(const struct caicach_plan *plan, size_t index);

// The rule with an id; NULL where there is none.
const struct caicach_rule *caicach_plan_rule_by_id(const struct caicach_plan *plan,
                                                   const char *id,
                                                   size_t id_len);

// How many tasks it has.
size_t caicach_plan_task_count(const struct caicach_plan *plan);

// A task, in the order of the annex; NULL beyond the last.
const struct caicach_task *caicach_plan_task_at(const struct caicach_plan *plan, size_t index);

// How many readings it has.
size_t caicach_plan_reading_count(const struct caicach_plan *plan);

// A reading, in the order of the file; NULL beyond the last.
const struct caicach_reading *caicach_plan_reading_at(const struct caicach_plan *plan,
                                                      size_t index);

// Frees a plan. NULL is allowed.
void caicach_plan_free(struct caicach_plan *plan);

// Its id: "late_share_caps_rank".
const char *caicach_rule_id(const struct caicach_rule *rule);

// The clause ("I.1.3") or task ("annex I.9") that says so.
const char *caicach_rule_clause(const struct caicach_rule *rule);

// What kind of norm it is: "cap", "reduction".
const char *caicach_rule_kind(const struct caicach_rule *rule);

// Whom it judges: "city", "body", "person".
const char *caicach_rule_subject_kind(const struct caicach_rule *rule);

// A short name for boards; NULL for an unknown language.
const char *caicach_rule_title(const struct caicach_rule *rule, caicach_lang lang);

// Its words, verbatim from the clause or task, in Vietnamese.
const char *caicach_rule_quote(const struct caicach_rule *rule);

// What it says, in English.
const char *caicach_rule_gist_en(const struct caicach_rule *rule);

// Whether the document only aspires to it (phấn đấu).
bool caicach_rule_aspirational(const struct caicach_rule *rule);

// How many readings it relies on.
size_t caicach_rule_reading_count(const struct caicach_rule *rule);

// The key of a reading it relies on; NULL beyond the last.
const char *caicach_rule_reading_at(const struct caicach_rule *rule, size_t index);

// Group and position: "V.9".
const char *caicach_task_id(const struct caicach_task *task);

// The group it belongs to: "V".
const char *caicach_task_group(const struct caicach_task *task);

// The number as printed, which may repeat.
const char *caicach_task_printed_number(const struct caicach_task *task);

// The corrected wording, in Vietnamese.
const char *caicach_task_text(const struct caicach_task *task);

// What it asks, in English.
const char *caicach_task_gist_en(const struct caicach_task *task);

// When (tiến độ), in the plan's words.
const char *caicach_task_schedule(const struct caicach_task *task);

// How it is timed: "continuous", "by", "annual".
const char *caicach_task_schedule_kind(const struct caicach_task *task);

// How many deliverables it has.
size_t caicach_task_deliverable_count(const struct caicach_task *task);

// What it must yield (sản phẩm); NULL beyond the last.
const char *caicach_task_deliverable_at(const struct caicach_task *task, size_t index);

// Its key: "late_denominator".
const char *caicach_reading_key(const struct caicach_reading *reading);

// The question; NULL for an unknown language.
const char *caicach_reading_question(const struct caicach_reading *reading, caicach_lang lang);

// The id of the option taken unless the caller chooses.
const char *caicach_reading_default(const struct caicach_reading *reading);

// Why that one.
const char *caicach_reading_reason(const struct caicach_reading *reading);

// How many options it has.
size_t caicach_reading_option_count(const struct caicach_reading *reading);

// The id of an option; NULL beyond the last.
const char *caicach_reading_option_id(const struct caicach_reading *reading, size_t index);

// What an option means, as the condition of a sentence ("if ..."); NULL beyond the last and for an unknown language.
const char *caicach_reading_option_text(const struct caicach_reading *reading,
                                        size_t index,
                                        caicach_lang lang);

// Reads facts from JSON (schema caicach/facts/1).
//
// CAICACH_ERROR_FACTS lists every problem with its path.
caicach_status caicach_facts_from_json(const char *json,
                                       size_t json_len,
                                       struct caicach_facts **out,
                                       struct caicach_error **error);

// These facts and others together, as facts of their own; CAICACH_ERROR_FACTS where the two contradict each other.
caicach_status caicach_facts_add(const struct caicach_facts *facts,
                                 const struct caicach_facts *other,
                                 struct caicach_facts **out,
                                 struct caicach_error **error);

// The facts as JSON, in an order of their own: the same facts give the same bytes.
caicach_status caicach_facts_to_json(const struct caicach_facts *facts,
                                     struct caicach_text **out,
                                     struct caicach_error **error);

// "sha256:" and 64 hexadecimal digits over the JSON form. Lives as long as the facts.
const char *caicach_facts_fingerprint(const struct caicach_facts *facts);

// How many notes there are on records that are odd but were kept.
size_t caicach_facts_note_count(const struct caicach_facts *facts);

// The notes as JSON: a list of {"kind", "table", "path", "message"}.
caicach_status caicach_facts_notes_json(const struct caicach_facts *facts,
                                        struct caicach_text **out,
                                        struct caicach_error **error);

// Frees facts. NULL is allowed.
void caicach_facts_free(struct caicach_facts *facts);

// Judges facts by every rule of a plan.
//
// CAICACH_ERROR_FACTS where names of the facts are not those of one body, or records contradict each other under this
// plan; CAICACH_ERROR_READINGS where the plan does not have what was chosen; CAICACH_ERROR_OPTIONS.
caicach_status caicach_assess(const struct caicach_plan *plan,
                              const struct caicach_facts *facts,
                              const struct caicach_assess_options *options,
                              struct caicach_assessment **out,
                              struct caicach_error **error);

// The whole as JSON (schema caicach/assessment/1): the same input gives the same bytes.
caicach_status caicach_assessment_to_json(const struct caicach_assessment *assessment,
                                          struct caicach_text **out,
                                          struct caicach_error **error);

// What it was made from.
const struct caicach_receipt *caicach_assessment_receipt(const struct caicach_assessment *assessment);

// How many findings there are.
size_t caicach_assessment_finding_count(const struct caicach_assessment *assessment);

// A finding, in the order of the plan's rules, then by subject and period; NULL beyond the last.
const struct caicach_finding *caicach_assessment_finding_at(const struct caicach_assessment *assessment,
                                                            size_t index);

// How many ceilings there are.
size_t caicach_assessment_ceiling_count(const struct caicach_assessment *assessment);

// A ceiling, by scale, subject and year; NULL beyond the last.
const struct caicach_ceiling *caicach_assessment_ceiling_at(const struct caicach_assessment *assessment,
                                                            size_t index);

// How many findings that are not aspirations came out so; 0 for no verdict.
uint64_t caicach_assessment_summary_count(const struct caicach_assessment *assessment,
                                          caicach_verdict verdict);

// How many aspirations came out so; 0 for no verdict.
uint64_t caicach_assessment_summary_aspirational(const struct caicach_assessment *assessment,
                                                 caicach_verdict verdict);

// How many findings would be another under another reading.
uint64_t caicach_assessment_summary_sensitive(const struct caicach_assessment *assessment);

// How many rules this version of the library does not judge.
size_t caicach_assessment_not_yet_evaluated_count(const struct caicach_assessment *assessment);

// A rule that this version of the library does not judge; NULL beyond the last. Lives as long as the assessment.
const char *caicach_assessment_not_yet_evaluated_at(const struct caicach_assessment *assessment,
                                                    size_t index);

// How many records nothing read.
size_t caicach_assessment_unused_count(const struct caicach_assessment *assessment);

// The records that nothing read, and why, as JSON: a list of {"table", "subject", "when", "vi", "en"}.
caicach_status caicach_assessment_unused_json(const struct caicach_assessment *assessment,
                                              struct caicach_text **out,
                                              struct caicach_error **error);

// Frees an assessment with its findings, ceilings and receipt. NULL is allowed.
void caicach_assessment_free(struct caicach_assessment *assessment);

// Name and version of the engine: "caicach 0.1.0".
const char *caicach_receipt_engine(const struct caicach_receipt *receipt);

// Number of the plan.
const char *caicach_receipt_plan(const struct caicach_receipt *receipt);

// As `caicach_plan_fingerprint`.
const char *caicach_receipt_plan_fingerprint(const struct caicach_receipt *receipt);

// As `caicach_facts_fingerprint`.
const char *caicach_receipt_facts_fingerprint(const struct caicach_receipt *receipt);

// The day of assessment, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
int32_t caicach_receipt_as_of(const struct caicach_receipt *receipt);

// The day of assessment: "2025-01-15".
const char *caicach_receipt_as_of_text(const struct caicach_receipt *receipt);

// How many readings the plan has; for each of them one option was taken.
size_t caicach_receipt_reading_count(const struct caicach_receipt *receipt);

// The key of a reading; NULL beyond the last.
const char *caicach_receipt_reading_key(const struct caicach_receipt *receipt, size_t index);

// The option taken for a reading; NULL beyond the last.
const char *caicach_receipt_reading_option(const struct caicach_receipt *receipt, size_t index);

// The rule: "late_share_caps_rank".
const char *caicach_finding_rule(const struct caicach_finding *finding);

// The clause ("I.1.3") or task ("annex I.9") that the rule stands in.
const char *caicach_finding_clause(const struct caicach_finding *finding);

// The kind of whom it is about: "city", "body", "person".
const char *caicach_finding_subject_kind(const struct caicach_finding *finding);

// The id of whom it is about: "loc_tho".
const char *caicach_finding_subject_id(const struct caicach_finding *finding);

// The name of whom it is about, as shown to people.
const char *caicach_finding_subject_name(const struct caicach_finding *finding);

// The first day of the period judged, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
int32_t caicach_finding_period_from(const struct caicach_finding *finding);

// The last day of the period judged, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
int32_t caicach_finding_period_to(const struct caicach_finding *finding);

// The first day of the period judged: "2024-01-01".
const char *caicach_finding_period_from_text(const struct caicach_finding *finding);

// The last day of the period judged: "2024-12-31".
const char *caicach_finding_period_to_text(const struct caicach_finding *finding);

// The verdict; 0 for NULL.
caicach_verdict caicach_finding_verdict(const struct caicach_finding *finding);

// The word for the verdict: "not_met". Lives as long as the library.
const char *caicach_finding_verdict_text(const struct caicach_finding *finding);

// Part and whole, where the measure is a share of counts. Where it is not, false, and nothing is written.
bool caicach_finding_counts(const struct caicach_finding *finding,
                            int64_t *part,
                            int64_t *whole);

// The percentage measured, to two places, rounded half up, for display only: "5.43". NULL where it is not one known
// value.
const char *caicach_finding_percent(const struct caicach_finding *finding);

// The lower end of what is known of the percentage; NULL where it is one known value, or none is measured.
const char *caicach_finding_percent_low(const struct caicach_finding *finding);

// The upper end of what is known of the percentage; NULL where it is one known value, or none is measured.
const char *caicach_finding_percent_high(const struct caicach_finding *finding);

// Signed distance to the threshold in percentage points, to two places: positive on the good side. NULL where the
// measure is not one known percentage.
const char *caicach_finding_margin(const struct caicach_finding *finding);

// What the smallest change that would turn the verdict into the other one is counted in: "late_dossiers", "posts",
// "percentage_points". NULL where that is not known.
const char *caicach_finding_headroom_unit(const struct caicach_finding *finding);

// How large that change is: "3", "0.64". NULL where it is not known.
const char *caicach_finding_headroom_value(const struct caicach_finding *finding);

// How large that change is, where it is a whole number of things. Where it is not, false, and nothing is written.
bool caicach_finding_headroom_count(const struct caicach_finding *finding,
                                    int64_t *count);

// The last day on which it can still be met, as days since 1970-01-01; `CAICACH_NO_DATE` where it has none.
int32_t caicach_finding_due(const struct caicach_finding *finding);

// The last day on which it can still be met: "2026-12-31"; NULL where it has none.
const char *caicach_finding_due_text(const struct caicach_finding *finding);

// How many facts are missing whose absence leaves it open.
size_t caicach_finding_missing_count(const struct caicach_finding *finding);

// What kind of fact is missing: "satisfaction"; NULL beyond the last.
const char *caicach_finding_missing_what(const struct caicach_finding *finding, size_t index);

// The table of the facts that would have it: "surveys"; NULL beyond the last.
const char *caicach_finding_missing_table(const struct caicach_finding *finding, size_t index);

// What is missing, in words; NULL beyond the last and for an unknown language.
const char *caicach_finding_missing_text(const struct caicach_finding *finding,
                                         size_t index,
                                         caicach_lang lang);

// How many readings the rule relies on.
size_t caicach_finding_reading_count(const struct caicach_finding *finding);

// The key of a reading the rule relies on; NULL beyond the last.
const char *caicach_finding_reading_at(const struct caicach_finding *finding, size_t index);

// How many options there are under which the verdict would be another.
size_t caicach_finding_sensitive_count(const struct caicach_finding *finding);

// The reading of such an option; NULL beyond the last.
const char *caicach_finding_sensitive_reading(const struct caicach_finding *finding, size_t index);

// Such an option; NULL beyond the last.
const char *caicach_finding_sensitive_option(const struct caicach_finding *finding, size_t index);

// The verdict under such an option; 0 beyond the last.
caicach_verdict caicach_finding_sensitive_verdict(const struct caicach_finding *finding,
                                                  size_t index);

// How many remarks there are on the data behind it.
size_t caicach_finding_data_note_count(const struct caicach_finding *finding);

// The kind of a remark, a stable word: "residual"; NULL beyond the last.
const char *caicach_finding_data_note_code(const struct caicach_finding *finding, size_t index);

// A remark in words; NULL beyond the last and for an unknown language.
const char *caicach_finding_data_note_text(const struct caicach_finding *finding,
                                           size_t index,
                                           caicach_lang lang);

// How many sources the facts behind it have.
size_t caicach_finding_source_count(const struct caicach_finding *finding);

// Where facts behind it were read; NULL beyond the last.
const char *caicach_finding_source_at(const struct caicach_finding *finding, size_t index);

// Whether the document only aspires to it (phấn đấu).
bool caicach_finding_aspirational(const struct caicach_finding *finding);

// Whether the year lies before the plan's first.
bool caicach_finding_retrospective(const struct caicach_finding *finding);

// For a cap, the scale it is on: "rank"; NULL for other rules.
const char *caicach_finding_capped_scale(const struct caicach_finding *finding);

// For a cap, the highest band still possible when it binds: "fair"; NULL for other rules.
const char *caicach_finding_capped_band(const struct caicach_finding *finding);

// Why the verdict is what it is, in one or two sentences that end with the clause; NULL for an unknown language.
const char *caicach_finding_explanation(const struct caicach_finding *finding,
                                        caicach_lang lang);

// The finding as JSON, as it stands in the assessment: with what was measured and what is required.
caicach_status caicach_finding_to_json(const struct caicach_finding *finding,
                                       struct caicach_text **out,
                                       struct caicach_error **error);

// The kind of whom it is about: "city", "body", "person".
const char *caicach_ceiling_subject_kind(const struct caicach_ceiling *ceiling);

// The id of whom it is about.
const char *caicach_ceiling_subject_id(const struct caicach_ceiling *ceiling);

// The name of whom it is about.
const char *caicach_ceiling_subject_name(const struct caicach_ceiling *ceiling);

// The year; 0 for NULL.
int32_t caicach_ceiling_year(const struct caicach_ceiling *ceiling);

// The scale: "rank" or "rating".
const char *caicach_ceiling_scale(const struct caicach_ceiling *ceiling);

// The highest band still possible: "fair". The top of the scale where no cap binds.
const char *caicach_ceiling_band(const struct caicach_ceiling *ceiling);

// Whether a cap that is still undetermined could lower it further.
bool caicach_ceiling_provisional(const struct caicach_ceiling *ceiling);

// How many caps bind.
size_t caicach_ceiling_binding_count(const struct caicach_ceiling *ceiling);

// The rule of a cap that binds; NULL beyond the last.
const char *caicach_ceiling_binding_at(const struct caicach_ceiling *ceiling, size_t index);

// How many caps are undetermined.
size_t caicach_ceiling_undetermined_count(const struct caicach_ceiling *ceiling);

// The rule of a cap that is undetermined; NULL beyond the last.
const char *caicach_ceiling_undetermined_at(const struct caicach_ceiling *ceiling, size_t index);

// Frees a ceiling that was asked of a subject. NULL is allowed.
void caicach_ceiling_free(struct caicach_ceiling *ceiling);

// Makes a plan and facts ready. Fails as `caicach_assess` does.
caicach_status caicach_case_prepare(const struct caicach_plan *plan,
                                    const struct caicach_facts *facts,
                                    const struct caicach_assess_options *options,
                                    struct caicach_case **out,
                                    struct caicach_error **error);

// Assesses, as `caicach_assess` does.
caicach_status caicach_case_assess(const struct caicach_case *case_,
                                   struct caicach_assessment **out,
                                   struct caicach_error **error);

// The body of an id or of a name it bears in a year ("UBND phường Lộc Thọ"); CAICACH_ERROR_NOT_FOUND where no body
// bears it then, or more than one.
caicach_status caicach_case_body(const struct caicach_case *case_,
                                 const char *name,
                                 size_t name_len,
                                 int32_t year,
                                 struct caicach_subject **out,
                                 struct caicach_error **error);

// The person with an id in the facts; CAICACH_ERROR_NOT_FOUND where there is none.
caicach_status caicach_case_person(const struct caicach_case *case_,
                                   const char *id,
                                   size_t id_len,
                                   struct caicach_subject **out,
                                   struct caicach_error **error);

// The ceiling of a subject on a scale ("rank" for bodies, "rating" for persons) in a year, without making findings.
// It is the caller's: free it with `caicach_ceiling_free`.
caicach_status caicach_subject_ceiling(const struct caicach_subject *subject,
                                       const char *scale,
                                       size_t scale_len,
                                       int32_t year,
                                       struct caicach_ceiling **out,
                                       struct caicach_error **error);

// Frees a case. NULL is allowed.
void caicach_case_free(struct caicach_case *case_);

// Frees a subject. NULL is allowed.
void caicach_subject_free(struct caicach_subject *subject);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CAICACH_H */
