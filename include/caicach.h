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
//   time, as long as none frees it. The one that changes is caicach_tally. What a function hands over as `T **out` is the caller's and is freed with
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
// - No function prints, exits, reads a clock or the network, or has any global state. caicach_tally_add_csv_path alone
//   reads a file, and what adds CSV alone calls back, if it is given a function.
// - A library built without its feature `arrow` lacks caicach_tally_add_arrow, caicach_tally_groups_arrow and
//   caicach_tally_rejects_arrow. The structs of Arrow's C interface are declared here as everywhere, once.


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
  { sizeof(caicach_assess_options), NULL, 0, NULL, 0, CAICACH_NO_DATE, 0, NULL, 0 }

// What a caicach_tally_options begins as: all dossiers in one group, on one thread.
#define CAICACH_TALLY_OPTIONS_INIT \
  { sizeof(caicach_tally_options), NULL, 0, NULL, 0, NULL, 0, NULL, 0, 10000, UINT64_MAX, \
    CAICACH_NO_DATE, CAICACH_NO_DATE, 0, 0, 0, 0 }

// What a caicach_csv_options begins as: UTF-8, the separator found out, columns by their usual headings.
#define CAICACH_CSV_OPTIONS_INIT \
  { sizeof(caicach_csv_options), NULL, 0, NULL, 0, NULL, 0, NULL, NULL, 0, 0, 0 }

// The structs of the Arrow C data and stream interfaces, as https://arrow.apache.org/docs/format/ gives them.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif


// The number of the binary interface, which stands in the name of the shared library (`libcaicach.so.0`).
#define CAICACH_ABI_VERSION 0

// Flag of an assessment: does not try the other options of the readings, for callers who ask for verdicts alone. Nothing
// then says what it is sensitive to.
#define CAICACH_ASSESS_VERDICTS_ONLY 1

// Flag of `caicach_plan_agenda`: the weekly meetings too, which otherwise would drown the rest.
#define CAICACH_AGENDA_WEEKLY 1

// A suspension moves the due date by working days, with holidays, swapped days and make-up Saturdays.
#define CAICACH_SUSPENSION_WORKING_DAYS 0

// A suspension moves the due date by calendar days.
#define CAICACH_SUSPENSION_CALENDAR_DAYS 1

// A second request for more papers changes nothing (reading "repeat_supplement").
#define CAICACH_REPEAT_SUPPLEMENT_IGNORE 0

// A dossier with more than one request counts as late once resolved, as overdue until then.
#define CAICACH_REPEAT_SUPPLEMENT_LATE 1

// Cancelled dossiers count as received and in a column of their own.
#define CAICACH_CANCELLED_COUNTED 0

// Cancelled dossiers are left out, and reported as not counted.
#define CAICACH_CANCELLED_EXCLUDED 1

// Which rows caicach_tally_rows counts: all that were read.
#define CAICACH_ROWS_READ 0

// Rows that are in the counts.
#define CAICACH_ROWS_COUNTED 1

// Rows that could not be taken.
#define CAICACH_ROWS_REJECTED 2

// Rows left out: received after the as-of day.
#define CAICACH_ROWS_RECEIVED_AFTER 3

// Rows left out: closed before the period's first day.
#define CAICACH_ROWS_CLOSED_BEFORE 4

// Rows left out: cancelled, where these are excluded.
#define CAICACH_ROWS_CANCELLED_EXCLUDED 5

// By the body (cơ quan, đơn vị).
#define CAICACH_DIMENSION_BODY 1

// By the officer in charge (người xử lý).
#define CAICACH_DIMENSION_OFFICER 2

// By the field of the procedure (lĩnh vực).
#define CAICACH_DIMENSION_FIELD 3

// Received in all (tiếp nhận), column 3 of form II.06a; the constant is one of those that caicach_groups_count takes.
#define CAICACH_COUNT_RECEIVED_TOTAL 1

// Received online (trực tuyến).
#define CAICACH_COUNT_RECEIVED_ONLINE 2

// Received at the counter (trực tiếp).
#define CAICACH_COUNT_RECEIVED_DIRECT 3

// Received by public post (bưu chính công ích); the form counts it with the direct ones.
#define CAICACH_COUNT_RECEIVED_POSTAL 4

// Received by a channel that is not given.
#define CAICACH_COUNT_RECEIVED_UNKNOWN_CHANNEL 5

// Carried over (từ kỳ trước).
#define CAICACH_COUNT_RECEIVED_CARRIED_OVER 6

// Resolved in all (đã giải quyết), column 7.
#define CAICACH_COUNT_RESOLVED_TOTAL 7

// Resolved before the due date (sớm hạn).
#define CAICACH_COUNT_RESOLVED_EARLY 8

// Resolved on it (đúng hạn).
#define CAICACH_COUNT_RESOLVED_ON_TIME 9

// Resolved after it (trễ hạn).
#define CAICACH_COUNT_RESOLVED_LATE 10

// Cancelled or withdrawn (dừng xử lý, rút).
#define CAICACH_COUNT_CANCELLED 11

// Citizens who were satisfied (hài lòng).
#define CAICACH_COUNT_SATISFIED 12

// Citizens who were asked and were not.
#define CAICACH_COUNT_DISSATISFIED 13

// Dossiers for which more papers were requested (phải bổ sung).
#define CAICACH_COUNT_SUPPLEMENTED 14

// Requests for more papers.
#define CAICACH_COUNT_SUPPLEMENT_REQUESTS 15

// Requests made in writing.
#define CAICACH_COUNT_SUPPLEMENT_NOTICES 16

// Dossiers with a letter of apology (thư xin lỗi).
#define CAICACH_COUNT_APOLOGIES 17

// Dossiers resolved late that have one.
#define CAICACH_COUNT_APOLOGIES_LATE 18

// Pending in all (đang giải quyết), column 11.
#define CAICACH_COUNT_PENDING_TOTAL 19

// Pending and not yet due (trong hạn); not known at the end of a month before that of the as-of day.
#define CAICACH_COUNT_PENDING_IN_TIME 20

// Pending past the due date (quá hạn); not known as above.
#define CAICACH_COUNT_PENDING_OVERDUE 21

// What to act on today, the greatest harm first (việc cần xử lý ngay): the pending dossiers of a group that fall due on
// one day. Immutable. Free it with `caicach_acts_free`; it does not need its tally any more.
typedef struct caicach_acts caicach_acts;

// All that falls due between two days (lịch công việc). Immutable. Free it with `caicach_agenda_free`; it does not need
// the plan any more.
typedef struct caicach_agenda caicach_agenda;

// One thing that falls due. It belongs to its agenda and lives as long; so do its texts.
typedef struct caicach_agenda_item caicach_agenda_item;

// A plan with amendments, in force as amended on any day. Immutable. Free it with `caicach_amended_plan_free`.
typedef struct caicach_amended_plan caicach_amended_plan;

// An amendment (sửa đổi, bổ sung): dated changes to a plan, in a file of its own. Immutable. Free it with
// `caicach_amendment_free`; what was made with it does not need it any more.
typedef struct caicach_amendment caicach_amendment;

// A cut apportioned. Immutable. Free it with `caicach_apportionment_free`.
typedef struct caicach_apportionment caicach_apportionment;

// What a plan says of facts on a day (kết quả đánh giá). Immutable. Free it with `caicach_assessment_free`.
typedef struct caicach_assessment caicach_assessment;

// Bodies (cơ quan, đơn vị, địa phương). Immutable. Free them with `caicach_bodies_free`.
typedef struct caicach_bodies caicach_bodies;

// Bytes of their own. Free them with `caicach_bytes_free`.
typedef struct caicach_bytes caicach_bytes;

// A working calendar (lịch làm việc): weekends, holidays and swapped days are off, make-up Saturdays are worked. Years 2023
// to 2026 are as decided, others from 2000 to 2100 computed from the Labour Code. Immutable. Free it with
// `caicach_calendar_free`. Days are days since 1970-01-01.
typedef struct caicach_calendar caicach_calendar;

// A plan and facts bound together on a day under chosen readings: names resolved, records in order. Immutable. Free
// it with `caicach_case_free`; what was made with it does not need it any more.
typedef struct caicach_case caicach_case;

// The highest band of a rank or rating that caps leave a subject in a year (mức cao nhất có thể đạt). One that is
// asked of an assessment belongs to it; one that is asked of a subject is the caller's. Its texts live as long as it.
typedef struct caicach_ceiling caicach_ceiling;

// A paragraph of the main text. It belongs to its plan and lives as long; so do its texts.
typedef struct caicach_clause caicach_clause;

// What a CSV text turned out to be. Immutable. Free it with `caicach_csv_summary_free`.
typedef struct caicach_csv_summary caicach_csv_summary;

// What one other option of a reading would change. It belongs to its assessment and lives as long; so does all that it
// shows.
typedef struct caicach_dependence caicach_dependence;

// Everything in which two plans differ. Immutable. Free it with `caicach_diff_free`; it does not need the plans any more.
typedef struct caicach_diff caicach_diff;

// A record that differs. It belongs to its diff and lives as long; so do its texts.
typedef struct caicach_difference caicach_difference;

// What went wrong. Free it with `caicach_error_free`. Its texts live as long as it does.
typedef struct caicach_error caicach_error;

// A set of facts (dữ liệu thực tế), checked. Immutable. Free it with `caicach_facts_free`; what was made with it does
// not need it any more.
typedef struct caicach_facts caicach_facts;

// What one rule says of one subject and period. It belongs to its assessment and lives as long; so do its texts.
typedef struct caicach_finding caicach_finding;

// The groups of a grouping and their counts, sorted by name and month. Immutable. Free it with `caicach_groups_free`;
// it does not need its tally any more.
typedef struct caicach_groups caicach_groups;

// A plan (kế hoạch), loaded and checked. Immutable. Free it with `caicach_plan_free`; what was made with it does not
// need it any more.
typedef struct caicach_plan caicach_plan;

// Progress towards a target that is not yet due (tiến độ): information, never a verdict. Values are exact fractions, of
// posts and units or of per cent. It belongs to its assessment and lives as long; so do its texts.
typedef struct caicach_progress caicach_progress;

// The yearly rating (đánh giá, xếp loại hằng năm) of a body and of those who belong to it: what they may be rated at
// most, what is due against whom, why, and which facts would settle what is open. It belongs to its assessment and lives
// as long; so does all that it shows.
typedef struct caicach_rating caicach_rating;

// A question the document leaves open (cách hiểu), its answers, and the one taken by default. It belongs to its plan
// and lives as long; so do its texts.
typedef struct caicach_reading caicach_reading;

// Engine, plan, facts, day and readings of an assessment, so that it can be made again years later. It belongs to its
// assessment and lives as long; so do its texts.
typedef struct caicach_receipt caicach_receipt;

// The rows that a tally could not take (bảng dòng bị loại): all are counted, the first ones kept. Immutable. Free it
// with `caicach_rejects_free`; it does not need its tally any more.
typedef struct caicach_rejects caicach_rejects;

// A norm of the plan with its words. It belongs to its plan and lives as long; so do its texts.
typedef struct caicach_rule caicach_rule;

// A body, person or collective of a case, found once. Immutable. Free it with `caicach_subject_free`.
typedef struct caicach_subject caicach_subject;

// Counts of dossiers by any set of groupings (bảng tổng hợp hồ sơ), and the rows that could not be taken. Free it with
// `caicach_tally_free`. It is the one handle that changes: while a function that takes it without `const` runs, no other
// may use it. Such a function does all it says or, on failure, nothing.
typedef struct caicach_tally caicach_tally;

// A task (nhiệm vụ) of the annex. It belongs to its plan, or to the list it is in, and lives as long; so do its texts.
typedef struct caicach_task caicach_task;

// Where a task stands on the day of assessment. It belongs to its assessment and lives as long; so do its texts.
typedef struct caicach_task_state caicach_task_state;

// Some tasks of a plan. Immutable. Free them with `caicach_tasks_free`; they do not need the plan any more.
typedef struct caicach_tasks caicach_tasks;

// A text of its own, in UTF-8. Free it with `caicach_text_free`.
typedef struct caicach_text caicach_text;

// The findings whose verdicts differ between two plans. Immutable. Free it with `caicach_verdict_changes_free`; it does
// not need the plans any more.
typedef struct caicach_verdict_changes caicach_verdict_changes;

// For each group its pending dossiers by days left, and how much lateness it can still bear (theo dõi hạn). Immutable.
// Free it with `caicach_watch_free`; it does not need its tally any more.
typedef struct caicach_watch caicach_watch;

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
  // 0 or `CAICACH_ASSESS_VERDICTS_ONLY`.
  uint32_t flags;
  // Judges by what was known on a day ("2025-03-01"): records that became known later are not seen. NULL: by all that
  // is known. As text alone, since no number but a day of its own would say: none.
  const char *known_on;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t known_on_len;
} caicach_assess_options;

// One of the `CAICACH_TASK_STATUS_` constants; 0 where there is none.
typedef int32_t caicach_task_status;

// One of the `CAICACH_PROGRESS_` constants: a value of a progress.
typedef int32_t caicach_progress_value_kind;

// A date of the Vietnamese lunar calendar (ngày âm lịch).
typedef struct caicach_lunar_date {
  // The lunar year, named by the calendar year in which it begins.
  int32_t year;
  // The month, 1 to 12.
  uint32_t month;
  // 1 for the leap month (tháng nhuận), which follows the month of the same number, else 0.
  uint32_t leap;
  // The day, 1 to 30.
  uint32_t day;
} caicach_lunar_date;

// A body among which a cut is apportioned. All but the id may be 0.
typedef struct caicach_holder {
  // The body.
  const char *id;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t id_len;
  // Its posts.
  uint64_t posts;
  // The posts that it must keep.
  uint64_t floor;
  // 1 where it gives nothing and its posts do not count, else 0.
  uint32_t exempt;
  // Zero.
  uint32_t reserved;
} caicach_holder;

// How to count dossiers. Begin with `CAICACH_TALLY_OPTIONS_INIT`, then set the as-of day in one of the two ways, and
// what dossiers are to be grouped by. It may grow as caicach_assess_options may.
typedef struct caicach_tally_options {
  // sizeof(caicach_tally_options).
  size_t struct_size;
  // The groupings, separated by ";": "body;body,officer;body,field,month". Coarser ones are had without asking. An
  // empty text counts everything in one group.
  const char *groupings;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t groupings_len;
  // The state at the end of this day is counted: "2024-12-31", or NULL and `as_of_days`.
  const char *as_of;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t as_of_len;
  // The period's first day: what was received before it is carried over. "2024-01-01"; NULL for `start_days` or none.
  const char *start;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t start_len;
  // Days off and make-up days to be laid over the built-in calendar (TOML as the library's holidays-vn.toml); may be
  // empty.
  const char *holidays;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t holidays_len;
  // How many rejected rows are kept; all are counted.
  uint64_t keep_rejects;
  // More rejected rows than this in one call are an error, and nothing of the call is counted; `UINT64_MAX` for any.
  uint64_t reject_limit;
  // The as-of day as days since 1970-01-01, or `CAICACH_NO_DATE` and `as_of`.
  int32_t as_of_days;
  // The period's first day as days since 1970-01-01, or `CAICACH_NO_DATE`.
  int32_t start_days;
  // One of the `CAICACH_SUSPENSION_` constants.
  int32_t suspension;
  // One of the `CAICACH_REPEAT_SUPPLEMENT_` constants.
  int32_t repeat_supplement;
  // One of the `CAICACH_CANCELLED_` constants.
  int32_t cancelled;
  // Threads to count on; 0 is 1.
  uint32_t threads;
} caicach_tally_options;

// What a heading stands for.
typedef struct caicach_column {
  // The heading as it stands in the file.
  const char *heading;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t heading_len;
  // The column: "body", "officer", "field", "channel", "received", "due", "completed", "cancelled", "suspended_days",
  // "supplement_requests", "supplement_notices", "apology", "satisfied"; NULL to leave it aside.
  const char *column;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t column_len;
} caicach_column;

// Told now and then how many bytes and rows have been read and how many rows rejected, by one thread at a time, which
// need not be that of the caller. It returns 0 to go on; anything else stops the call with CAICACH_ERROR_STOPPED. It must
// not use the tally, nor leave by an exception or longjmp.
typedef int32_t (*caicach_on_progress)(void *data, uint64_t bytes, uint64_t rows, uint64_t rejected);

// How to read a CSV text. Begin with `CAICACH_CSV_OPTIONS_INIT`. It may grow as caicach_assess_options may.
typedef struct caicach_csv_options {
  // sizeof(caicach_csv_options).
  size_t struct_size;
  // "utf-8" (with or without byte order mark), "tcvn3", "vni" or "cp1258"; NULL for the first. It is never guessed.
  const char *encoding;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t encoding_len;
  // The file's name for the table of rejected rows; NULL for the path, or for none.
  const char *label;
  // Its length in bytes, or `CAICACH_NUL_TERMINATED`.
  size_t label_len;
  // What headings stand for that are not among the usual ones.
  const struct caicach_column *columns;
  // How many.
  size_t column_count;
  // Called while reading, or NULL.
  caicach_on_progress on_progress;
  // Handed to it.
  void *progress_data;
  // How many lines of titles stand before the headings.
  uint64_t skip_lines;
  // The separator (';'); 0 for the one that occurs most often among the headings.
  uint32_t separator;
  // Zero.
  uint32_t reserved;
} caicach_csv_options;

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

// The plan or an amendment has problems; the details list all of them.
#define CAICACH_ERROR_PLAN 6

// The facts have problems, by themselves or under this plan; the details list all of them.
#define CAICACH_ERROR_FACTS 7

// Readings or options of them that the plan does not have; the details list all of them.
#define CAICACH_ERROR_READINGS 8

// No body, person or scale of this name, or more than one body.
#define CAICACH_ERROR_NOT_FOUND 9

// A file that cannot be read.
#define CAICACH_ERROR_READ 10

// Dossiers that cannot be counted as they come: columns that are missing or of another type, too many rejected rows,
// damaged bytes, a grouping that is not kept.
#define CAICACH_ERROR_DATA 11

// Tallies of other options or groupings, a move of the as-of day that cannot be, rows taken out that were never in.
#define CAICACH_ERROR_TERMS 12

// The caller's progress function asked to stop.
#define CAICACH_ERROR_STOPPED 13

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

// The event it waits for has not happened (chờ sự kiện).
#define CAICACH_TASK_STATUS_WAITING_FOR_TRIGGER 1

// Its time has not begun (chưa đến kỳ).
#define CAICACH_TASK_STATUS_NOT_DUE 2

// To be done now (cần thực hiện).
#define CAICACH_TASK_STATUS_DUE 3

// Begun (đang thực hiện).
#define CAICACH_TASK_STATUS_IN_PROGRESS 4

// Done in time (hoàn thành).
#define CAICACH_TASK_STATUS_DONE 5

// Done after its last day (hoàn thành trễ).
#define CAICACH_TASK_STATUS_DONE_LATE 6

// Not reported done, and its last day is past (quá hạn).
#define CAICACH_TASK_STATUS_OVERDUE 7

// From where the pace is counted: the baseline with nothing cut, or the first figure of a level.
#define CAICACH_PROGRESS_START 1

// The last figure.
#define CAICACH_PROGRESS_NOW 2

// What is required on the deadline.
#define CAICACH_PROGRESS_TARGET 3

// What an even path asks for by the day of the last figure.
#define CAICACH_PROGRESS_EVEN 4

// What a back-loaded path asks for by that day.
#define CAICACH_PROGRESS_BACK_LOADED 5

// The pace: cut in 365 days, or percentage points in a year. It and what follows need two figures.
#define CAICACH_PROGRESS_PER_YEAR 6

// What will be reached on the deadline at this pace.
#define CAICACH_PROGRESS_REACHED 7

// What will then be missing; negative where there is more than required.
#define CAICACH_PROGRESS_SHORT 8

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

// How many paragraphs its main text has.
size_t caicach_plan_clause_count(const struct caicach_plan *plan);

// A paragraph, in the order of the text; NULL beyond the last.
const struct caicach_clause *caicach_plan_clause_at(const struct caicach_plan *plan, size_t index);

// The paragraph with an id ("I.1.3"); NULL where there is none.
const struct caicach_clause *caicach_plan_clause_by_id(const struct caicach_plan *plan,
                                                       const char *id,
                                                       size_t id_len);

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

// Section and position: "I.1.3".
const char *caicach_clause_id(const struct caicach_clause *clause);

// The corrected wording, in Vietnamese.
const char *caicach_clause_text(const struct caicach_clause *clause);

// The wording as scanned, where it differs; NULL where it does not.
const char *caicach_clause_printed(const struct caicach_clause *clause);

// What it says, in English.
const char *caicach_clause_gist_en(const struct caicach_clause *clause);

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

// The tasks in which a body (by id) has a duty, by itself or as a member of a group of bodies, those of a group of the annex
// ("VII"), those with a kind of schedule ("annual"), or what several of these have in common, in the order of the annex.
// NULL for any. CAICACH_ERROR_NOT_FOUND where the plan has no such body or group, or there is no such kind.
caicach_status caicach_plan_tasks_of(const struct caicach_plan *plan,
                                     const char *body,
                                     size_t body_len,
                                     const char *group,
                                     size_t group_len,
                                     const char *schedule,
                                     size_t schedule_len,
                                     struct caicach_tasks **out,
                                     struct caicach_error **error);

// How many tasks there are.
size_t caicach_tasks_count(const struct caicach_tasks *tasks);

// One of them; it belongs to the list. NULL beyond the last.
const struct caicach_task *caicach_tasks_at(const struct caicach_tasks *tasks, size_t index);

// Frees them. NULL is allowed.
void caicach_tasks_free(struct caicach_tasks *tasks);

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

// Frees an assessment with all that belongs to it. NULL is allowed.
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

// The day by whose knowledge was judged, as days since 1970-01-01; `CAICACH_NO_DATE` where none was given.
int32_t caicach_receipt_known_on(const struct caicach_receipt *receipt);

// The day by whose knowledge was judged: "2025-03-01"; NULL where none was given.
const char *caicach_receipt_known_on_text(const struct caicach_receipt *receipt);

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

// The id of the body whose rank bears on the subject: that of a head, of a collective; NULL where none does.
const char *caicach_finding_body_id(const struct caicach_finding *finding);

// The name of that body.
const char *caicach_finding_body_name(const struct caicach_finding *finding);

// How many measures are due because a consequence takes hold.
size_t caicach_finding_measure_count(const struct caicach_finding *finding);

// A measure that is due; NULL beyond the last and for an unknown language.
const char *caicach_finding_measure_text(const struct caicach_finding *finding,
                                         size_t index,
                                         caicach_lang lang);

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

// The Party organisation or leadership collective with an id in the facts; CAICACH_ERROR_NOT_FOUND where there is none.
caicach_status caicach_case_collective(const struct caicach_case *case_,
                                       const char *id,
                                       size_t id_len,
                                       struct caicach_subject **out,
                                       struct caicach_error **error);

// The ceiling of a subject on a scale ("rank" for bodies, "rating" for all others) in a year, without making findings.
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

// How many yearly ratings there are: of each body in each year of which anything is known.
size_t caicach_assessment_rating_count(const struct caicach_assessment *assessment);

// A yearly rating, by body and year; NULL beyond the last.
const struct caicach_rating *caicach_assessment_rating_at(const struct caicach_assessment *assessment,
                                                          size_t index);

// The id of the body.
const char *caicach_rating_body_id(const struct caicach_rating *rating);

// The name of the body, as shown to people.
const char *caicach_rating_body_name(const struct caicach_rating *rating);

// The year; 0 for NULL.
int32_t caicach_rating_year(const struct caicach_rating *rating);

// Its rank (xếp hạng), by id: "fair"; NULL where it is not known.
const char *caicach_rating_rank(const struct caicach_rating *rating);

// The highest rank that caps leave it; NULL where no cap is judged.
const struct caicach_ceiling *caicach_rating_rank_ceiling(const struct caicach_rating *rating);

// How many ceilings there are on the ratings (xếp loại) of those who head it.
size_t caicach_rating_head_count(const struct caicach_rating *rating);

// A ceiling on the ratings of those who head it; NULL beyond the last.
const struct caicach_ceiling *caicach_rating_head_at(const struct caicach_rating *rating,
                                                     size_t index);

// How many ceilings there are on the ratings (xếp loại) of deputies.
size_t caicach_rating_deputy_count(const struct caicach_rating *rating);

// A ceiling on the ratings of deputies; NULL beyond the last.
const struct caicach_ceiling *caicach_rating_deputy_at(const struct caicach_rating *rating,
                                                       size_t index);

// How many ceilings there are on the ratings (xếp loại) of everybody else.
size_t caicach_rating_staff_count(const struct caicach_rating *rating);

// A ceiling on the ratings of everybody else; NULL beyond the last.
const struct caicach_ceiling *caicach_rating_staff_at(const struct caicach_rating *rating,
                                                      size_t index);

// How many ceilings there are on the ratings (xếp loại) of its Party organisations and leadership collectives.
size_t caicach_rating_collective_count(const struct caicach_rating *rating);

// A ceiling on the ratings of its Party organisations and leadership collectives; NULL beyond the last.
const struct caicach_ceiling *caicach_rating_collective_at(const struct caicach_rating *rating,
                                                           size_t index);

// How many measures are due (trách nhiệm).
size_t caicach_rating_measure_count(const struct caicach_rating *rating);

// The finding from which a measure follows; its subject is whom it is due against. NULL beyond the last.
const struct caicach_finding *caicach_rating_measure_finding(const struct caicach_rating *rating,
                                                             size_t index);

// A measure; NULL beyond the last and for an unknown language.
const char *caicach_rating_measure_text(const struct caicach_rating *rating,
                                        size_t index,
                                        caicach_lang lang);

// How many steps the chain of reasons has, in the order of the plan's rules. Of deputies and staff only what binds is told.
size_t caicach_rating_reason_count(const struct caicach_rating *rating);

// The finding that a step tells; NULL beyond the last.
const struct caicach_finding *caicach_rating_reason_finding(const struct caicach_rating *rating,
                                                            size_t index);

// A step, from what is known to what follows; NULL beyond the last and for an unknown language.
const char *caicach_rating_reason_text(const struct caicach_rating *rating,
                                       size_t index,
                                       caicach_lang lang);

// How many facts would settle what is open.
size_t caicach_rating_missing_count(const struct caicach_rating *rating);

// What kind of fact: "satisfaction"; NULL beyond the last.
const char *caicach_rating_missing_what(const struct caicach_rating *rating, size_t index);

// The table of the facts that would have it: "surveys"; NULL beyond the last.
const char *caicach_rating_missing_table(const struct caicach_rating *rating, size_t index);

// Whom it should speak of, by id; NULL beyond the last.
const char *caicach_rating_missing_of(const struct caicach_rating *rating, size_t index);

// What is missing, in words; NULL beyond the last and for an unknown language.
const char *caicach_rating_missing_text(const struct caicach_rating *rating,
                                        size_t index,
                                        caicach_lang lang);

// How many rules it would settle; 0 beyond the last.
size_t caicach_rating_missing_rule_count(const struct caicach_rating *rating, size_t index);

// A rule that it would settle; NULL beyond the last.
const char *caicach_rating_missing_rule_at(const struct caicach_rating *rating,
                                           size_t index,
                                           size_t rule);

// How many remarks there are on the data: a rank that contradicts a cap, a rank that follows from a score.
size_t caicach_rating_data_note_count(const struct caicach_rating *rating);

// The kind of a remark, a stable word; NULL beyond the last.
const char *caicach_rating_data_note_code(const struct caicach_rating *rating, size_t index);

// A remark in words; NULL beyond the last and for an unknown language.
const char *caicach_rating_data_note_text(const struct caicach_rating *rating,
                                          size_t index,
                                          caicach_lang lang);

// How many tasks the plan has, each with where it stands.
size_t caicach_assessment_task_count(const struct caicach_assessment *assessment);

// Where a task stands, in the order of the annex; NULL beyond the last.
const struct caicach_task_state *caicach_assessment_task_at(const struct caicach_assessment *assessment,
                                                            size_t index);

// The task: "V.9".
const char *caicach_task_state_task(const struct caicach_task_state *state);

// How it is timed: "continuous", "by", "annual".
const char *caicach_task_state_schedule_kind(const struct caicach_task_state *state);

// Where it stands; 0 for NULL.
caicach_task_status caicach_task_state_status(const struct caicach_task_state *state);

// The word for it: "overdue".
const char *caicach_task_state_status_text(const struct caicach_task_state *state);

// The first day of the time that the status speaks of, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
int32_t caicach_task_state_from(const struct caicach_task_state *state);

// The first day of the time that the status speaks of: "2024-12-31"; NULL where there is none.
const char *caicach_task_state_from_text(const struct caicach_task_state *state);

// The last day of that time, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
int32_t caicach_task_state_due(const struct caicach_task_state *state);

// The last day of that time: "2024-12-31"; NULL where there is none.
const char *caicach_task_state_due_text(const struct caicach_task_state *state);

// The day on which it was done, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
int32_t caicach_task_state_done(const struct caicach_task_state *state);

// The day on which it was done: "2024-12-31"; NULL where there is none.
const char *caicach_task_state_done_text(const struct caicach_task_state *state);

// The first day, from the day of assessment on, on which something of it falls due that is not done, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
int32_t caicach_task_state_next_due(const struct caicach_task_state *state);

// The first day, from the day of assessment on, on which something of it falls due that is not done: "2024-12-31"; NULL where there is none.
const char *caicach_task_state_next_due_text(const struct caicach_task_state *state);

// The day of the last report on it, as days since 1970-01-01; `CAICACH_NO_DATE` where there is none.
int32_t caicach_task_state_last_report(const struct caicach_task_state *state);

// The day of the last report on it: "2024-12-31"; NULL where there is none.
const char *caicach_task_state_last_report_text(const struct caicach_task_state *state);

// How many days it is overdue; 0 where it is not.
uint32_t caicach_task_state_days_overdue(const struct caicach_task_state *state);

// How many times it fell due and was never reported done, the one that the status speaks of included.
uint32_t caicach_task_state_missed(const struct caicach_task_state *state);

// How many reports there are on it.
uint32_t caicach_task_state_reports(const struct caicach_task_state *state);

// How many bodies or groups lead it.
size_t caicach_task_state_lead_count(const struct caicach_task_state *state);

// A body or group that leads it, by id; NULL beyond the last.
const char *caicach_task_state_lead_at(const struct caicach_task_state *state, size_t index);

// How many still owe a report for the time that the status speaks of.
size_t caicach_task_state_owed_count(const struct caicach_task_state *state);

// A body or group that does, by id; NULL beyond the last.
const char *caicach_task_state_owed_body(const struct caicach_task_state *state, size_t index);

// Its role: "lead", "coordinate", "carry_out"; NULL beyond the last.
const char *caicach_task_state_owed_role(const struct caicach_task_state *state, size_t index);

// Of a group, how many of its members in force have not reported their part; 0 for a body.
uint32_t caicach_task_state_owed_members(const struct caicach_task_state *state, size_t index);

// How many targets that are not yet due have a progress.
size_t caicach_assessment_progress_count(const struct caicach_assessment *assessment);

// A progress, in the order of the findings; NULL beyond the last.
const struct caicach_progress *caicach_assessment_progress_at(const struct caicach_assessment *assessment,
                                                              size_t index);

// The rule: "cadre_reduction".
const char *caicach_progress_rule(const struct caicach_progress *progress);

// The kind of whose progress it is: "city", "body".
const char *caicach_progress_subject_kind(const struct caicach_progress *progress);

// The id of whose progress it is.
const char *caicach_progress_subject_id(const struct caicach_progress *progress);

// The name of whose progress it is.
const char *caicach_progress_subject_name(const struct caicach_progress *progress);

// The first day of the period of the finding that it goes with; `CAICACH_NO_DATE` for NULL.
int32_t caicach_progress_period_from(const struct caicach_progress *progress);

// The last day of that period; `CAICACH_NO_DATE` for NULL.
int32_t caicach_progress_period_to(const struct caicach_progress *progress);

// What is counted: "posts", "service_units", "percentage_points".
const char *caicach_progress_unit(const struct caicach_progress *progress);

// A value as a fraction in lowest terms; the denominator is above 0. Where there is none, or it does not fit, false, and
// nothing is written.
bool caicach_progress_value(const struct caicach_progress *progress,
                            caicach_progress_value_kind kind,
                            int64_t *numerator,
                            int64_t *denominator);

// A value to two places, rounded half up, for display only: "5.43". NULL where there is none.
const char *caicach_progress_value_text(const struct caicach_progress *progress,
                                        caicach_progress_value_kind kind);

// The day of a value, as days since 1970-01-01; `CAICACH_NO_DATE` where it has none.
int32_t caicach_progress_date(const struct caicach_progress *progress,
                              caicach_progress_value_kind kind);

// The day of a value: "2026-12-31"; NULL where it has none.
const char *caicach_progress_date_text(const struct caicach_progress *progress,
                                       caicach_progress_value_kind kind);

// How many points of the two paths are told: the end of each year up to the deadline.
size_t caicach_progress_path_count(const struct caicach_progress *progress);

// The day of a point; `CAICACH_NO_DATE` beyond the last.
int32_t caicach_progress_path_date(const struct caicach_progress *progress, size_t index);

// The day of a point: "2024-12-31"; NULL beyond the last.
const char *caicach_progress_path_date_text(const struct caicach_progress *progress, size_t index);

// What the even path asks for by then, to two places; NULL beyond the last.
const char *caicach_progress_path_even_text(const struct caicach_progress *progress, size_t index);

// What the back-loaded path asks for by then, to two places; NULL beyond the last.
const char *caicach_progress_path_back_loaded_text(const struct caicach_progress *progress,
                                                   size_t index);

// What the even path asks for by then, as a fraction. False beyond the last, and nothing is written.
bool caicach_progress_path_even(const struct caicach_progress *progress,
                                size_t index,
                                int64_t *numerator,
                                int64_t *denominator);

// What the back-loaded path asks for by then, as a fraction. False beyond the last, and nothing is written.
bool caicach_progress_path_back_loaded(const struct caicach_progress *progress,
                                       size_t index,
                                       int64_t *numerator,
                                       int64_t *denominator);

// Whether there are two figures, so that a pace can be told.
bool caicach_progress_projected(const struct caicach_progress *progress);

// Whether the target is reached at this pace; false where no pace can be told.
bool caicach_progress_enough(const struct caicach_progress *progress);

// All of it in a sentence or two, marked as information; NULL for an unknown language.
const char *caicach_progress_text(const struct caicach_progress *progress, caicach_lang lang);

// How many options of readings, other than those taken, would change a verdict.
size_t caicach_assessment_dependence_count(const struct caicach_assessment *assessment);

// What one of them would change, in the order of the plan's readings; NULL beyond the last.
const struct caicach_dependence *caicach_assessment_dependence_at(const struct caicach_assessment *assessment,
                                                                  size_t index);

// The reading: "late_denominator".
const char *caicach_dependence_reading(const struct caicach_dependence *dependence);

// The question that it answers; NULL for an unknown language.
const char *caicach_dependence_question(const struct caicach_dependence *dependence,
                                        caicach_lang lang);

// The option taken: "resolved".
const char *caicach_dependence_taken(const struct caicach_dependence *dependence);

// The option that would change something: "due".
const char *caicach_dependence_option(const struct caicach_dependence *dependence);

// What that option means; NULL for an unknown language.
const char *caicach_dependence_option_text(const struct caicach_dependence *dependence,
                                           caicach_lang lang);

// All of it in a sentence; NULL for an unknown language.
const char *caicach_dependence_text(const struct caicach_dependence *dependence, caicach_lang lang);

// How many rules have findings that it would change.
size_t caicach_dependence_rule_count(const struct caicach_dependence *dependence);

// Such a rule, in the order of the plan; NULL beyond the last.
const char *caicach_dependence_rule_at(const struct caicach_dependence *dependence, size_t index);

// How many findings of that rule it would change.
uint64_t caicach_dependence_rule_changes(const struct caicach_dependence *dependence, size_t index);

// How many findings it would change.
size_t caicach_dependence_change_count(const struct caicach_dependence *dependence);

// A finding that it would change, in the order of the findings; NULL beyond the last.
const struct caicach_finding *caicach_dependence_change_finding(const struct caicach_dependence *dependence,
                                                                size_t index);

// The verdict that it would be; 0 beyond the last.
caicach_verdict caicach_dependence_change_would_be(const struct caicach_dependence *dependence,
                                                   size_t index);

// The calendar that comes with the library.
caicach_status caicach_calendar_builtin(struct caicach_calendar **out,
                                        struct caicach_error **error);

// A calendar with data laid over it (TOML, schema caicach/holidays/1): its years replace whole years, its `day_off` and
// `working_day` entries change single days. CAICACH_ERROR_INVALID_ARGUMENT where the data cannot be read or contradict
// themselves.
caicach_status caicach_calendar_with_holidays(const struct caicach_calendar *calendar,
                                              const char *toml,
                                              size_t toml_len,
                                              struct caicach_calendar **out,
                                              struct caicach_error **error);

// A calendar with an optional day switched on: "culture_day" (24 November from 2026, not yet law).
// CAICACH_ERROR_INVALID_ARGUMENT where it has no such day.
caicach_status caicach_calendar_with_optional(const struct caicach_calendar *calendar,
                                              const char *id,
                                              size_t id_len,
                                              struct caicach_calendar **out,
                                              struct caicach_error **error);

// A plan whose working days are counted by a calendar. The receipts of its assessments name a calendar that is not the
// built-in one.
caicach_status caicach_plan_with_calendar(const struct caicach_plan *plan,
                                          const struct caicach_calendar *calendar,
                                          struct caicach_plan **out,
                                          struct caicach_error **error);

// Whether a day is worked; false for what is no day of the calendar.
bool caicach_calendar_is_working(const struct caicach_calendar *calendar, int32_t day);

// Whether the days off of a year are computed from the law, its decision being unknown.
bool caicach_calendar_is_estimated(const struct caicach_calendar *calendar, int32_t year);

// How many working days there are from a day to a day, both included; 0 where the second comes first.
uint32_t caicach_calendar_working_days(const struct caicach_calendar *calendar,
                                       int32_t from,
                                       int32_t to);

// The day on which `n` working days end for something received on a day, which is not counted; received on a day off, the
// next working day stands for it. `CAICACH_NO_DATE` outside the years 2000 to 2100.
int32_t caicach_calendar_add_working_days(const struct caicach_calendar *calendar,
                                          int32_t received,
                                          uint32_t n);

// The half day at whose end `n` half working days end. A half day is twice its day, and one more for the afternoon: of day
// 19787 (2024-03-05) the morning is 39574, the afternoon 39575. Received in the morning, one half ends that afternoon;
// received in the afternoon, at noon of the next working day; received on a day off, the next working day's morning stands
// for it. `CAICACH_NO_DATE` outside the years 2000 to 2100.
int32_t caicach_calendar_add_half_days(const struct caicach_calendar *calendar,
                                       int32_t received,
                                       uint32_t n);

// How many working days passed from a day, which is not counted, to a day, which is; negative where the second comes first,
// `CAICACH_NO_DATE` outside the years 2000 to 2100.
int32_t caicach_calendar_working_days_between(const struct caicach_calendar *calendar,
                                              int32_t from,
                                              int32_t to);

// The days off from a day to a day other than plain weekends, as JSON: a list of {date, kind, vi, en, source, estimated},
// kind being "holiday", "compensation", "swap" or "extra".
caicach_status caicach_calendar_days_off_json(const struct caicach_calendar *calendar,
                                              int32_t from,
                                              int32_t to,
                                              struct caicach_text **out,
                                              struct caicach_error **error);

// SHA-256 over all working days: two calendars with one fingerprint count alike.
caicach_status caicach_calendar_fingerprint(const struct caicach_calendar *calendar,
                                            struct caicach_text **out,
                                            struct caicach_error **error);

// The first day of the lunar year (Tết Nguyên đán) that begins in a year, by the Vietnamese calendar at UTC+7;
// `CAICACH_NO_DATE` outside the years 1900 to 2100.
int32_t caicach_lunar_new_year(int32_t year);

// Hùng Kings' day, the tenth of the third lunar month, in a year; `CAICACH_NO_DATE` outside the years 1900 to 2100.
int32_t caicach_hung_kings_day(int32_t year);

// The lunar date of a day, by the Vietnamese calendar at UTC+7. CAICACH_ERROR_INVALID_ARGUMENT ("out_of_range") outside
// 1900-01-31 to 2101-01-28.
caicach_status caicach_solar_to_lunar(int32_t day,
                                      struct caicach_lunar_date *out,
                                      struct caicach_error **error);

// The day of a lunar date, as days since 1970-01-01. CAICACH_ERROR_INVALID_ARGUMENT where there is no such day: the lunar
// year is not in 1900 to 2100 ("out_of_range"), the month not in 1 to 12 ("no_such_month"), the year has no such leap month
// ("no_leap_month"), or the month is shorter ("no_such_day").
caicach_status caicach_lunar_to_solar(const struct caicach_lunar_date *date,
                                      int32_t *out,
                                      struct caicach_error **error);

// Frees a calendar. NULL is allowed.
void caicach_calendar_free(struct caicach_calendar *calendar);

// All that falls due from a day to a day ("2025-01-01"), both included: of every body, or of one (an id or a name that it
// bears in that time; NULL for all) and of the groups it belongs to. Read from the plan alone; see `caicach_case_agenda`. `flags` is 0 or
// `CAICACH_AGENDA_WEEKLY`.
//
// CAICACH_ERROR_INVALID_ARGUMENT for what is no day, CAICACH_ERROR_NOT_FOUND where no body bears the name, or several.
caicach_status caicach_plan_agenda(const struct caicach_plan *plan,
                                   const char *from,
                                   size_t from_len,
                                   const char *to,
                                   size_t to_len,
                                   const char *body,
                                   size_t body_len,
                                   uint32_t flags,
                                   struct caicach_agenda **out,
                                   struct caicach_error **error);

// As `caicach_plan_agenda`, with what is due within days of the events that the facts tell of, such as changes in people's
// records: those known on the case's day, their days counted by its readings.
caicach_status caicach_case_agenda(const struct caicach_case *case_,
                                   const char *from,
                                   size_t from_len,
                                   const char *to,
                                   size_t to_len,
                                   const char *body,
                                   size_t body_len,
                                   uint32_t flags,
                                   struct caicach_agenda **out,
                                   struct caicach_error **error);

// The agenda as an iCalendar file (RFC 5545), one all-day event for each item on its last day.
//
// `stamp` is the day ("2025-01-15") that the events give as that of their making: the same agenda and day give the same
// bytes. The UID of an event stays the same from file to file.
caicach_status caicach_agenda_to_ical(const struct caicach_agenda *agenda,
                                      const char *stamp,
                                      size_t stamp_len,
                                      caicach_lang lang,
                                      struct caicach_text **out,
                                      struct caicach_error **error);

// The agenda as JSON: a list of items.
caicach_status caicach_agenda_to_json(const struct caicach_agenda *agenda,
                                      struct caicach_text **out,
                                      struct caicach_error **error);

// How many things fall due.
size_t caicach_agenda_item_count(const struct caicach_agenda *agenda);

// One of them, by day, then by kind and id; NULL beyond the last.
const struct caicach_agenda_item *caicach_agenda_item_at(const struct caicach_agenda *agenda,
                                                         size_t index);

// The last day on which it can be done, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
int32_t caicach_agenda_item_due(const struct caicach_agenda_item *item);

// The last day on which it can be done: "2025-03-31".
const char *caicach_agenda_item_due_text(const struct caicach_agenda_item *item);

// The first day of the period for which it is owed; `CAICACH_NO_DATE` for NULL.
int32_t caicach_agenda_item_period_from(const struct caicach_agenda_item *item);

// The last day of that period; `CAICACH_NO_DATE` for NULL.
int32_t caicach_agenda_item_period_to(const struct caicach_agenda_item *item);

// The first day of the period for which it is owed: "2025-01-01".
const char *caicach_agenda_item_period_from_text(const struct caicach_agenda_item *item);

// The last day of that period: "2025-03-31".
const char *caicach_agenda_item_period_to_text(const struct caicach_agenda_item *item);

// What falls due: "task", "frequency", "deadline", "milestone".
const char *caicach_agenda_item_kind(const struct caicach_agenda_item *item);

// The task ("I.9") or rule ("self_inspection").
const char *caicach_agenda_item_id(const struct caicach_agenda_item *item);

// The clause or task that says so: "IV.1.4", "annex I.8".
const char *caicach_agenda_item_clause(const struct caicach_agenda_item *item);

// How many bodies or groups of bodies it concerns.
size_t caicach_agenda_item_who_count(const struct caicach_agenda_item *item);

// A body or group that it concerns, by id; NULL beyond the last.
const char *caicach_agenda_item_who_at(const struct caicach_agenda_item *item, size_t index);

// The person whose record has changed, where it is about one; NULL where it is not.
const char *caicach_agenda_item_about(const struct caicach_agenda_item *item);

// What is to be done, without its clause; NULL for an unknown language.
const char *caicach_agenda_item_text(const struct caicach_agenda_item *item, caicach_lang lang);

// Frees an agenda with its items. NULL is allowed.
void caicach_agenda_free(struct caicach_agenda *agenda);

// In what a plan and another differ: `before` is the first, `after` the other.
caicach_status caicach_plan_diff(const struct caicach_plan *plan,
                                 const struct caicach_plan *other,
                                 struct caicach_diff **out,
                                 struct caicach_error **error);

// All of it as JSON.
caicach_status caicach_diff_to_json(const struct caicach_diff *diff,
                                    struct caicach_text **out,
                                    struct caicach_error **error);

// The differences in words, one to a line; NULL for an unknown language.
const char *caicach_diff_text(const struct caicach_diff *diff, caicach_lang lang);

// How many records differ; 0 where the plans say the same.
size_t caicach_diff_count(const struct caicach_diff *diff);

// A record that differs, part by part in the order of a plan file, by id; NULL beyond the last.
const struct caicach_difference *caicach_diff_at(const struct caicach_diff *diff, size_t index);

// Where in the plan it stands: "clause", "rule", "reading".
const char *caicach_difference_part(const struct caicach_difference *difference);

// Its id.
const char *caicach_difference_id(const struct caicach_difference *difference);

// What became of it: "added", "removed", "changed".
const char *caicach_difference_fate(const struct caicach_difference *difference);

// The difference in words; NULL for an unknown language.
const char *caicach_difference_text(const struct caicach_difference *difference, caicach_lang lang);

// How many fields differ, where both plans have the record.
size_t caicach_difference_field_count(const struct caicach_difference *difference);

// A field that differs: `steps[0].at_least`; NULL beyond the last.
const char *caicach_difference_field_path(const struct caicach_difference *difference,
                                          size_t index);

// Its value in the first plan, as JSON; NULL where it is not given.
const char *caicach_difference_field_before(const struct caicach_difference *difference,
                                            size_t index);

// Its value in the other, as JSON; NULL where it is not given.
const char *caicach_difference_field_after(const struct caicach_difference *difference,
                                           size_t index);

// How many fields differ by which rules demand otherwise: floors, caps, years, bands, counts.
size_t caicach_diff_threshold_count(const struct caicach_diff *diff);

// The rule of such a field; NULL beyond the last.
const char *caicach_diff_threshold_rule(const struct caicach_diff *diff, size_t index);

// Such a field; NULL beyond the last.
const char *caicach_diff_threshold_path(const struct caicach_diff *diff, size_t index);

// Its value in the first plan, as JSON; NULL where it is not given.
const char *caicach_diff_threshold_before(const struct caicach_diff *diff, size_t index);

// Its value in the other, as JSON; NULL where it is not given.
const char *caicach_diff_threshold_after(const struct caicach_diff *diff, size_t index);

// Frees a diff with its differences. NULL is allowed.
void caicach_diff_free(struct caicach_diff *diff);

// Which verdicts are others under another plan, for the same facts and options. Fails as `caicach_assess` does, of either
// plan: the readings chosen must be known to both.
caicach_status caicach_plan_verdict_changes(const struct caicach_plan *plan,
                                            const struct caicach_plan *other,
                                            const struct caicach_facts *facts,
                                            const struct caicach_assess_options *options,
                                            struct caicach_verdict_changes **out,
                                            struct caicach_error **error);

// How many verdicts differ.
size_t caicach_verdict_changes_count(const struct caicach_verdict_changes *changes);

// The rule of one that does; NULL beyond the last.
const char *caicach_verdict_changes_rule(const struct caicach_verdict_changes *changes,
                                         size_t index);

// The kind of whom it is about; NULL beyond the last.
const char *caicach_verdict_changes_subject_kind(const struct caicach_verdict_changes *changes,
                                                 size_t index);

// The id of whom it is about; NULL beyond the last.
const char *caicach_verdict_changes_subject_id(const struct caicach_verdict_changes *changes,
                                               size_t index);

// The name of whom it is about; NULL beyond the last.
const char *caicach_verdict_changes_subject_name(const struct caicach_verdict_changes *changes,
                                                 size_t index);

// The first day of its period; `CAICACH_NO_DATE` beyond the last.
int32_t caicach_verdict_changes_from(const struct caicach_verdict_changes *changes, size_t index);

// The last day of its period; `CAICACH_NO_DATE` beyond the last.
int32_t caicach_verdict_changes_to(const struct caicach_verdict_changes *changes, size_t index);

// The first day of its period: "2024-01-01"; NULL beyond the last.
const char *caicach_verdict_changes_from_text(const struct caicach_verdict_changes *changes,
                                              size_t index);

// The last day of its period: "2024-12-31"; NULL beyond the last.
const char *caicach_verdict_changes_to_text(const struct caicach_verdict_changes *changes,
                                            size_t index);

// The verdict under the first plan; 0 where it has no such finding.
caicach_verdict caicach_verdict_changes_before(const struct caicach_verdict_changes *changes,
                                               size_t index);

// The verdict under the other; 0 where it has no such finding.
caicach_verdict caicach_verdict_changes_after(const struct caicach_verdict_changes *changes,
                                              size_t index);

// Frees them. NULL is allowed.
void caicach_verdict_changes_free(struct caicach_verdict_changes *changes);

// Reads an amendment from the text of its file (schema caicach/amendment/1).
//
// CAICACH_ERROR_PLAN lists every problem of the file with its line.
caicach_status caicach_amendment_from_toml(const char *toml,
                                           size_t toml_len,
                                           struct caicach_amendment **out,
                                           struct caicach_error **error);

// Number of the amending document.
const char *caicach_amendment_number(const struct caicach_amendment *amendment);

// Its title.
const char *caicach_amendment_title(const struct caicach_amendment *amendment);

// The day it was signed: "2025-02-20".
const char *caicach_amendment_date_text(const struct caicach_amendment *amendment);

// How many changes it makes.
size_t caicach_amendment_change_count(const struct caicach_amendment *amendment);

// The first day on which a change holds; `CAICACH_NO_DATE` beyond the last.
int32_t caicach_amendment_change_date(const struct caicach_amendment *amendment, size_t index);

// The first day on which a change holds: "2025-03-01"; NULL beyond the last.
const char *caicach_amendment_change_date_text(const struct caicach_amendment *amendment,
                                               size_t index);

// What it does: "replace", "add", "remove"; NULL beyond the last.
const char *caicach_amendment_change_action(const struct caicach_amendment *amendment,
                                            size_t index);

// What it changes: "clause", "task", "rule", "reading", "body", "body_group", "reorganisation"; NULL beyond the last.
const char *caicach_amendment_change_what(const struct caicach_amendment *amendment,
                                          size_t index);

// The id of what it changes; NULL for a reorganisation and beyond the last.
const char *caicach_amendment_change_target(const struct caicach_amendment *amendment,
                                            size_t index);

// Frees an amendment. NULL is allowed.
void caicach_amendment_free(struct caicach_amendment *amendment);

// A plan with amendments. Every version that comes of them is checked as any plan is: CAICACH_ERROR_PLAN lists all that
// does not fit. `amendments` is an array of `amendment_count` handles, which may be NULL where there are none.
caicach_status caicach_plan_amended(const struct caicach_plan *plan,
                                    const struct caicach_amendment *const *amendments,
                                    size_t amendment_count,
                                    struct caicach_amended_plan **out,
                                    struct caicach_error **error);

// The plan in force on a day ("2025-03-01"). It is the caller's: free it with `caicach_plan_free`.
caicach_status caicach_amended_plan_on(const struct caicach_amended_plan *amended,
                                       const char *date,
                                       size_t date_len,
                                       struct caicach_plan **out,
                                       struct caicach_error **error);

// How many versions there are after the first.
size_t caicach_amended_plan_version_count(const struct caicach_amended_plan *amended);

// The first day of a version, as days since 1970-01-01; `CAICACH_NO_DATE` beyond the last.
int32_t caicach_amended_plan_version_date(const struct caicach_amended_plan *amended, size_t index);

// The first day of a version: "2025-03-01"; NULL beyond the last.
const char *caicach_amended_plan_version_date_text(const struct caicach_amended_plan *amended,
                                                   size_t index);

// Frees an amended plan; the plans that were asked of it stay. NULL is allowed.
void caicach_amended_plan_free(struct caicach_amended_plan *amended);

// What a body (by id) is on a day ("2026-01-01"), by the plan's reorganisations (sắp xếp): itself, or what came of it.
// CAICACH_ERROR_NOT_FOUND where the plan has no such body.
caicach_status caicach_plan_successors(const struct caicach_plan *plan,
                                       const char *body,
                                       size_t body_len,
                                       const char *on,
                                       size_t on_len,
                                       struct caicach_bodies **out,
                                       struct caicach_error **error);

// What a body (by id) was on a day: itself, or the bodies of which it came. Fails as `caicach_plan_successors` does.
caicach_status caicach_plan_predecessors(const struct caicach_plan *plan,
                                         const char *body,
                                         size_t body_len,
                                         const char *on,
                                         size_t on_len,
                                         struct caicach_bodies **out,
                                         struct caicach_error **error);

// Over which bodies the city's targets are read on a day: the city itself, and after its end its successors.
caicach_status caicach_plan_territory(const struct caicach_plan *plan,
                                      const char *on,
                                      size_t on_len,
                                      struct caicach_bodies **out,
                                      struct caicach_error **error);

// How many bodies there are.
size_t caicach_bodies_count(const struct caicach_bodies *bodies);

// The id of one; NULL beyond the last.
const char *caicach_bodies_id(const struct caicach_bodies *bodies, size_t index);

// Its name, as shown to people; NULL beyond the last.
const char *caicach_bodies_name(const struct caicach_bodies *bodies, size_t index);

// Frees them. NULL is allowed.
void caicach_bodies_free(struct caicach_bodies *bodies);

// Divides a cut of posts among bodies by largest remainder (Hamilton's method), so that the sum is the cut exactly.
//
// Of equal remainders the body with more posts comes first, then the one whose id comes first in the order of its bytes.
// CAICACH_ERROR_INVALID_ARGUMENT where floors and exemptions leave too few posts ("too_little"), an id stands twice
// ("duplicate_id") or the posts do not add up within 64 bits ("out_of_range").
caicach_status caicach_apportion(uint64_t cut,
                                 const struct caicach_holder *holders,
                                 size_t holder_count,
                                 struct caicach_apportionment **out,
                                 struct caicach_error **error);

// The whole as JSON.
caicach_status caicach_apportionment_to_json(const struct caicach_apportionment *apportionment,
                                             struct caicach_text **out,
                                             struct caicach_error **error);

// The cut: the sum of what the bodies give.
uint64_t caicach_apportionment_cut(const struct caicach_apportionment *apportionment);

// How many bodies there are.
size_t caicach_apportionment_lot_count(const struct caicach_apportionment *apportionment);

// A body, in the order of the array given; NULL beyond the last.
const char *caicach_apportionment_lot_id(const struct caicach_apportionment *apportionment,
                                         size_t index);

// Its posts before; 0 beyond the last.
uint64_t caicach_apportionment_lot_posts(const struct caicach_apportionment *apportionment,
                                         size_t index);

// The posts it gives; 0 beyond the last.
uint64_t caicach_apportionment_lot_cut(const struct caicach_apportionment *apportionment,
                                       size_t index);

// The posts it keeps; 0 beyond the last.
uint64_t caicach_apportionment_lot_left(const struct caicach_apportionment *apportionment,
                                        size_t index);

// Its exact part of the cut in the round that settled it, as a fraction. Where it does not fit, and beyond the last, false,
// and nothing is written.
bool caicach_apportionment_lot_quota(const struct caicach_apportionment *apportionment,
                                     size_t index,
                                     uint64_t *numerator,
                                     uint64_t *denominator);

// Why it gives so many: "quota" (the whole number of its quota), "remainder" (that, and one post for its remainder), "floor" (all that its floor leaves), "exempt"; NULL beyond the last.
const char *caicach_apportionment_lot_because(const struct caicach_apportionment *apportionment,
                                              size_t index);

// Frees it. NULL is allowed.
void caicach_apportionment_free(struct caicach_apportionment *apportionment);

// The first byte. Lives as long as the bytes.
const uint8_t *caicach_bytes_data(const struct caicach_bytes *bytes);

// How many bytes.
size_t caicach_bytes_len(const struct caicach_bytes *bytes);

// Frees bytes. NULL is allowed.
void caicach_bytes_free(struct caicach_bytes *bytes);

// The tally of no rows yet.
caicach_status caicach_tally_new(const struct caicach_tally_options *options,
                                 struct caicach_tally **out,
                                 struct caicach_error **error);

// Adds another tally of the same options and groupings, and its rejected rows. The order of adding does not matter.
//
// CAICACH_ERROR_TERMS where options or groupings differ.
caicach_status caicach_tally_merge(struct caicach_tally *tally,
                                   const struct caicach_tally *other,
                                   struct caicach_error **error);

// Takes out the rows of another tally; with caicach_tally_merge a dossier's change: the old row out, the new one in.
//
// CAICACH_ERROR_TERMS where options or groupings differ, or a count would go below zero: then these rows were never in.
caicach_status caicach_tally_subtract(struct caicach_tally *tally,
                                      const struct caicach_tally *other,
                                      struct caicach_error **error);

// Moves the as-of day forward, in days since 1970-01-01, without reading closed rows again.
//
// CAICACH_ERROR_TERMS for an earlier day, and where rows read were received or closed between the two days.
caicach_status caicach_tally_move_to(struct caicach_tally *tally,
                                     int32_t as_of_days,
                                     struct caicach_error **error);

// Gives a body, officer or field ("body") another name; groups that come to one name are summed.
caicach_status caicach_tally_rename(struct caicach_tally *tally,
                                    const char *dimension,
                                    size_t dimension_len,
                                    const char *from,
                                    size_t from_len,
                                    const char *to,
                                    size_t to_len,
                                    struct caicach_error **error);

// The same rows counted by fewer groupings ("body;field,month"), so that what is handed on holds no more than it needs.
// Rejected rows are left behind. CAICACH_ERROR_DATA where one of them is not kept.
caicach_status caicach_tally_only(const struct caicach_tally *tally,
                                  const char *groupings,
                                  size_t groupings_len,
                                  struct caicach_tally **out,
                                  struct caicach_error **error);

// The tally as bytes with version and checksum: the same bytes for equal tallies. Rejected rows are in them by number.
caicach_status caicach_tally_to_bytes(const struct caicach_tally *tally,
                                      struct caicach_bytes **out,
                                      struct caicach_error **error);

// The tally that was written as these bytes. `options` may be NULL; otherwise they must be those that it was made with,
// and say on how many threads rows are added and how rejected rows are kept.
//
// CAICACH_ERROR_DATA for damaged bytes; CAICACH_ERROR_TERMS where the options are others, or are NULL and the tally was
// counted by a calendar other than the built-in one.
caicach_status caicach_tally_from_bytes(const uint8_t *data,
                                        size_t data_len,
                                        const struct caicach_tally_options *options,
                                        struct caicach_tally **out,
                                        struct caicach_error **error);

// How many rows became what: one of the `CAICACH_ROWS_` constants. Read are those counted, rejected and left out.
uint64_t caicach_tally_rows(const struct caicach_tally *tally,
                            int32_t which);

// How many rows were rejected for a reason ("bad_due"); 0 for a reason that is none.
uint64_t caicach_tally_rejected_for(const struct caicach_tally *tally,
                                    const char *reason,
                                    size_t reason_len);

// The as-of day, as days since 1970-01-01; `CAICACH_NO_DATE` for NULL.
int32_t caicach_tally_as_of(const struct caicach_tally *tally);

// The period's first day, as days since 1970-01-01; `CAICACH_NO_DATE` where it has none.
int32_t caicach_tally_start(const struct caicach_tally *tally);

// The groupings that are kept: "officer;body,field,month". All coarser ones can be asked for too.
caicach_status caicach_tally_groupings(const struct caicach_tally *tally,
                                       struct caicach_text **out,
                                       struct caicach_error **error);

// The tally as facts: the table dossier_counts of all these groupings ("body;body,officer"), so that
// caicach_assess judges them. By "body,officer" persons are judged, an officer's name being the person's id; a name
// without a digit that stands under several bodies is as many persons, each with the body in its id: "An (Lộc Thọ)".
// `source` becomes the source of each record and may be empty.
//
// CAICACH_ERROR_DATA where a grouping is not kept or has no body, or the tally has neither a first day nor months;
// CAICACH_ERROR_FACTS where two groupings say the same twice.
caicach_status caicach_tally_to_facts(const struct caicach_tally *tally,
                                      const char *groupings,
                                      size_t groupings_len,
                                      const char *source,
                                      size_t source_len,
                                      struct caicach_facts **out,
                                      struct caicach_error **error);

// Frees a tally. NULL is allowed.
void caicach_tally_free(struct caicach_tally *tally);

// Adds the rows of a CSV text in memory. `csv_options` may be NULL; so may `out`.
//
// Rows that cannot be taken are rejected (caicach_tally_rejects), which is no failure. CAICACH_ERROR_DATA where the text
// cannot be read at all or more rows are rejected than allowed; CAICACH_ERROR_STOPPED.
caicach_status caicach_tally_add_csv(struct caicach_tally *tally,
                                     const char *data,
                                     size_t data_len,
                                     const struct caicach_csv_options *csv_options,
                                     struct caicach_csv_summary **out,
                                     struct caicach_error **error);

// Adds the rows of a CSV file as it is read, in bounded memory; else as caicach_tally_add_csv.
//
// CAICACH_ERROR_READ where the file cannot be read.
caicach_status caicach_tally_add_csv_path(struct caicach_tally *tally,
                                          const char *path,
                                          size_t path_len,
                                          const struct caicach_csv_options *csv_options,
                                          struct caicach_csv_summary **out,
                                          struct caicach_error **error);

// The separator found or given (',').
uint32_t caicach_csv_summary_separator(const struct caicach_csv_summary *summary);

// Data rows: as many as were counted, left out and rejected.
uint64_t caicach_csv_summary_rows(const struct caicach_csv_summary *summary);

// Blank lines passed over.
uint64_t caicach_csv_summary_blank(const struct caicach_csv_summary *summary);

// Bytes read.
uint64_t caicach_csv_summary_bytes(const struct caicach_csv_summary *summary);

// How many headings stand for no column.
size_t caicach_csv_summary_ignored_count(const struct caicach_csv_summary *summary);

// A heading that stands for no column; NULL beyond the last. Lives as long as the summary.
const char *caicach_csv_summary_ignored_at(const struct caicach_csv_summary *summary, size_t index);

// Frees a summary. NULL is allowed.
void caicach_csv_summary_free(struct caicach_csv_summary *summary);

// Adds the rows of an Arrow C stream of record batches, read where they lie. Columns are known by the names that
// headings of CSV files bear, or by `columns`; names may be text or dictionaries of it, days date32 or timestamps, flags
// booleans or whole numbers, all of them nullable. `label` is told of rejected rows and may be empty.
//
// The stream is released in any case. It must be valid by Arrow's format: that is not checked again. CAICACH_ERROR_DATA
// where it fails, where columns are missing or of another type, or more rows are rejected than allowed; nothing of it is
// counted then.
caicach_status caicach_tally_add_arrow(struct caicach_tally *tally,
                                       struct ArrowArrayStream *stream,
                                       const char *label,
                                       size_t label_len,
                                       const struct caicach_column *columns,
                                       size_t column_count,
                                       struct caicach_error **error);

// The groups of a grouping ("body,field") as an Arrow C stream of one record batch: a column for each dimension (month
// as its first day), then the counts by the names of caicach_count_name as uint64. The caller releases the stream.
caicach_status caicach_tally_groups_arrow(const struct caicach_tally *tally,
                                          const char *grouping,
                                          size_t grouping_len,
                                          struct ArrowArrayStream *out,
                                          struct caicach_error **error);

// The rejected rows that are kept as an Arrow C stream of one record batch: source, line, column, value, reason, message.
// The caller releases the stream.
caicach_status caicach_tally_rejects_arrow(const struct caicach_tally *tally,
                                           struct ArrowArrayStream *out,
                                           struct caicach_error **error);

// The groups of a grouping ("body,field"; "" for all together). CAICACH_ERROR_DATA where it is not kept.
caicach_status caicach_tally_groups(const struct caicach_tally *tally,
                                    const char *grouping,
                                    size_t grouping_len,
                                    struct caicach_groups **out,
                                    struct caicach_error **error);

// How many groups there are.
size_t caicach_groups_len(const struct caicach_groups *groups);

// The name of a group's body, officer or field, by one of the `CAICACH_DIMENSION_` constants; NULL where it is not
// grouped by that, or the name is not known. Lives as long as the groups.
const char *caicach_groups_name(const struct caicach_groups *groups,
                                size_t index,
                                int32_t dimension);

// The first day of a group's month, as days since 1970-01-01; `CAICACH_NO_DATE` where it is not grouped by month.
int32_t caicach_groups_month(const struct caicach_groups *groups,
                             size_t index);

// A count of a group, by one of the `CAICACH_COUNT_` constants. False where it is not known, and `*out` is left alone.
bool caicach_groups_count(const struct caicach_groups *groups,
                          size_t index,
                          int32_t which,
                          uint64_t *out);

// The name of a count ("resolved_late"), which is that of its column everywhere; NULL for no constant.
const char *caicach_count_name(int32_t which);

// Frees groups. NULL is allowed.
void caicach_groups_free(struct caicach_groups *groups);

// The rows that could not be taken.
caicach_status caicach_tally_rejects(const struct caicach_tally *tally,
                                     struct caicach_rejects **out,
                                     struct caicach_error **error);

// How many rows were rejected since the tally was made.
uint64_t caicach_rejects_total(const struct caicach_rejects *rejects);

// How many of them are kept.
size_t caicach_rejects_len(const struct caicach_rejects *rejects);

// The file or label that a row came from; may be empty. NULL beyond the last. As all texts here it lives as long as
// the rejects.
const char *caicach_rejects_source(const struct caicach_rejects *rejects,
                                   size_t index);

// The line of the file on which a row begins, or the row, from 1; 0 beyond the last.
uint64_t caicach_rejects_line(const struct caicach_rejects *rejects, size_t index);

// The heading of the column at fault; empty for the whole row.
const char *caicach_rejects_column(const struct caicach_rejects *rejects, size_t index);

// The value as it was read, cut to 80 characters.
const char *caicach_rejects_value(const struct caicach_rejects *rejects, size_t index);

// Why, as a stable word: "bad_due".
const char *caicach_rejects_reason(const struct caicach_rejects *rejects, size_t index);

// Why, in English.
const char *caicach_rejects_message(const struct caicach_rejects *rejects, size_t index);

// Frees rejects. NULL is allowed.
void caicach_rejects_free(struct caicach_rejects *rejects);

// The groups of a grouping ("body,officer") with what is pending, and their distance from a late share of so many per
// cent ("5"), late of resolved. CAICACH_ERROR_DATA where the grouping is not kept.
caicach_status caicach_tally_watch(const struct caicach_tally *tally,
                                   const char *grouping,
                                   size_t grouping_len,
                                   const char *percent,
                                   size_t percent_len,
                                   struct caicach_watch **out,
                                   struct caicach_error **error);

// How many groups there are.
size_t caicach_watch_len(const struct caicach_watch *watch);

// The name of a group's body, officer or field; NULL as for caicach_groups_name. Lives as long as the watch.
const char *caicach_watch_name(const struct caicach_watch *watch,
                               size_t index,
                               int32_t dimension);

// A count of a group, by one of the `CAICACH_COUNT_` constants.
bool caicach_watch_count(const struct caicach_watch *watch,
                         size_t index,
                         int32_t which,
                         uint64_t *out);

// On how many different days pending dossiers of a group fall due.
size_t caicach_watch_day_count(const struct caicach_watch *watch, size_t index);

// How many days are left to such a day, in order: 0 is the as-of day, below 0 they are overdue; 0 beyond the last.
int32_t caicach_watch_days_left(const struct caicach_watch *watch,
                                size_t index,
                                size_t day);

// How many dossiers fall due on it.
uint64_t caicach_watch_dossiers(const struct caicach_watch *watch, size_t index, size_t day);

// Pending dossiers that are overdue whatever their due date, by `CAICACH_REPEAT_SUPPLEMENT_LATE`.
uint64_t caicach_watch_overdue_by_rule(const struct caicach_watch *watch, size_t index);

// How many more may be resolved late, one after the other, before the share is reached; false where it is already.
bool caicach_watch_more_late(const struct caicach_watch *watch,
                             size_t index,
                             uint64_t *out);

// How many of the pending ones may be resolved late when all of them are resolved; false where the share is reached
// even with none.
bool caicach_watch_of_pending(const struct caicach_watch *watch,
                              size_t index,
                              uint64_t *out);

// How many have to be resolved in time to come below the share; 0 where it is not reached.
uint64_t caicach_watch_in_time_needed(const struct caicach_watch *watch, size_t index);

// Frees a watch. NULL is allowed.
void caicach_watch_free(struct caicach_watch *watch);

// What is overdue or due within so many days, in this order: what decides whether a group reaches the share; what can
// still be in time; the fewest days left; the least headroom; the most dossiers.
caicach_status caicach_tally_act_today(const struct caicach_tally *tally,
                                       const char *grouping,
                                       size_t grouping_len,
                                       const char *percent,
                                       size_t percent_len,
                                       uint32_t within_days,
                                       struct caicach_acts **out,
                                       struct caicach_error **error);

// How many entries there are.
size_t caicach_acts_len(const struct caicach_acts *acts);

// The name of an entry's body, officer or field; NULL as for caicach_groups_name. Lives as long as the entries.
const char *caicach_acts_name(const struct caicach_acts *acts,
                              size_t index,
                              int32_t dimension);

// When they are due, as days since 1970-01-01; `CAICACH_NO_DATE` beyond the last.
int32_t caicach_acts_due(const struct caicach_acts *acts, size_t index);

// How many days are left; below 0 they are overdue.
int32_t caicach_acts_days_left(const struct caicach_acts *acts, size_t index);

// How many dossiers.
uint64_t caicach_acts_dossiers(const struct caicach_acts *acts, size_t index);

// Whether the group reaches the share if these, and what is due before them, are resolved late and all else pending in
// time, and does not reach it without them.
bool caicach_acts_decides(const struct caicach_acts *acts,
                          size_t index);

// How many of the group's pending ones may be resolved late; false where the share is reached even with none.
bool caicach_acts_of_pending(const struct caicach_acts *acts,
                             size_t index,
                             uint64_t *out);

// Frees entries. NULL is allowed.
void caicach_acts_free(struct caicach_acts *acts);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CAICACH_H */
