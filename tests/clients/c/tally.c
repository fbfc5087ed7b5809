// Dossiers counted from C: rows made and read as CSV and as Arrow, rejected rows, verdicts. Prints nothing but failures
// and a last line.
#include <caicach.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;
static int checks = 0;

static void check(int holds, const char *what, int line) {
  checks++;
  if (!holds) {
    failures++;
    fprintf(stderr, "tally.c:%d: %s\n", line, what);
  }
}

#define CHECK(what) check((what) ? 1 : 0, #what, __LINE__)
#define SAME(a, b) check(same((a), (b)), #a " is " #b, __LINE__)
#define Z CAICACH_NUL_TERMINATED

static int same(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) == 0; }

static caicach_tally_options year(void) {
  caicach_tally_options options = CAICACH_TALLY_OPTIONS_INIT;
  options.groupings = "body;body,officer;body,field,month";
  options.groupings_len = Z;
  options.as_of = "2024-12-31";
  options.as_of_len = Z;
  options.start = "2024-01-01";
  options.start_len = Z;
  options.threads = 2;
  return options;
}

static const char ROWS[] =
    "Đơn vị;Cán bộ;Lĩnh vực;Ngày nhận;Hạn trả;Ngày trả\r\n"
    "UBND phường Lộc Thọ;An;Đất đai;02/01/2024;10/01/2024;11/01/2024\r\n"
    "UBND phường Lộc Thọ;An;Hộ tịch;02/01/2024;10/01/2024;10/01/2024 16:00\r\n"
    "UBND phường Lộc Thọ;An;Hộ tịch;31/02/2024;10/01/2024;10/01/2024\r\n"
    "UBND phường Lộc Thọ;Bình;Hộ tịch;\"20/12/2024\";05/01/2025;\r\n";

static uint64_t count(const caicach_groups *groups, size_t index, int32_t which) {
  uint64_t number = 1000000;
  CHECK(caicach_groups_count(groups, index, which, &number));
  return number;
}

// As test_a_calendar_of_ones_own of python/tests/test_tally.py: three working days after 26 April 2024 are 4 May, or the 6th
// if 2 May was off.
static void own_days(const char *holidays, uint64_t late) {
  static const char rows[] =
      "body,received,due,completed,suspended_days\nA,2024-04-01,2024-04-26,2024-05-06,3\n"
      "A,2024-04-01,2024-04-26,2024-05-07,3\n";
  caicach_tally_options options = year();
  options.groupings = "body";
  options.holidays = holidays;
  options.holidays_len = Z;
  caicach_tally *tally = NULL;
  caicach_groups *groups = NULL;
  CHECK(caicach_tally_new(&options, &tally, NULL) == CAICACH_OK);
  CHECK(caicach_tally_add_csv(tally, rows, Z, NULL, NULL, NULL) == CAICACH_OK);
  CHECK(caicach_tally_groups(tally, "body", Z, &groups, NULL) == CAICACH_OK);
  CHECK(count(groups, 0, CAICACH_COUNT_RESOLVED_LATE) == late);
  caicach_groups_free(groups);
  caicach_tally_free(tally);
}

struct seen {
  int calls;
  uint64_t rows;
};

static int32_t progress(void *data, uint64_t bytes, uint64_t rows, uint64_t rejected) {
  struct seen *seen = data;
  seen->calls++;
  seen->rows = rows;
  return bytes == 0 || rejected > rows;
}

static void csv(caicach_tally *tally) {
  struct seen seen = {0, 0};
  caicach_csv_options options = CAICACH_CSV_OPTIONS_INIT;
  options.label = "rows.csv";
  options.label_len = Z;
  options.on_progress = progress;
  options.progress_data = &seen;
  caicach_csv_summary *summary = NULL;
  caicach_error *error = NULL;
  CHECK(caicach_tally_add_csv(tally, ROWS, sizeof ROWS - 1, &options, &summary, &error) == CAICACH_OK);
  CHECK(caicach_csv_summary_rows(summary) == 4 && caicach_csv_summary_separator(summary) == ';');
  CHECK(seen.calls > 0 && seen.rows == 4);
  caicach_csv_summary_free(summary);

  CHECK(caicach_tally_rows(tally, CAICACH_ROWS_READ) == 4 && caicach_tally_rows(tally, CAICACH_ROWS_COUNTED) == 3);
  CHECK(caicach_tally_rejected_for(tally, "bad_received", Z) == 1);
  caicach_rejects *rejects = NULL;
  CHECK(caicach_tally_rejects(tally, &rejects, NULL) == CAICACH_OK);
  CHECK(caicach_rejects_len(rejects) == 1 && caicach_rejects_line(rejects, 0) == 4);
  SAME(caicach_rejects_source(rejects, 0), "rows.csv");
  SAME(caicach_rejects_column(rejects, 0), "Ngày nhận");
  SAME(caicach_rejects_value(rejects, 0), "31/02/2024");
  SAME(caicach_rejects_reason(rejects, 0), "bad_received");
  CHECK(caicach_rejects_value(rejects, 1) == NULL);
  caicach_rejects_free(rejects);
}

static void file(const caicach_tally *memory, const char *path) {
  FILE *out = fopen(path, "wb");
  CHECK(out != NULL && fwrite(ROWS, 1, sizeof ROWS - 1, out) == sizeof ROWS - 1 && fclose(out) == 0);
  caicach_tally *tally = NULL;
  caicach_tally_options options = year();
  CHECK(caicach_tally_new(&options, &tally, NULL) == CAICACH_OK);
  CHECK(caicach_tally_add_csv_path(tally, path, Z, NULL, NULL, NULL) == CAICACH_OK);
  remove(path);
  caicach_error *error = NULL;
  CHECK(caicach_tally_add_csv_path(tally, path, Z, NULL, NULL, &error) == CAICACH_ERROR_READ);
  SAME(caicach_error_detail_path(error, 0), "path");
  caicach_error_free(error);
  caicach_bytes *a = NULL, *b = NULL;
  CHECK(caicach_tally_to_bytes(memory, &a, NULL) == CAICACH_OK);
  CHECK(caicach_tally_to_bytes(tally, &b, NULL) == CAICACH_OK);
  CHECK(caicach_bytes_len(a) == caicach_bytes_len(b));
  CHECK(memcmp(caicach_bytes_data(a), caicach_bytes_data(b), caicach_bytes_len(a)) == 0);
  caicach_bytes_free(b);
  caicach_tally_free(tally);

  tally = NULL;
  CHECK(caicach_tally_from_bytes(caicach_bytes_data(a), caicach_bytes_len(a), NULL, &tally, NULL) == CAICACH_OK);
  CHECK(caicach_tally_merge(tally, memory, NULL) == CAICACH_OK);
  CHECK(caicach_tally_rows(tally, CAICACH_ROWS_READ) == 8);
  CHECK(caicach_tally_subtract(tally, memory, NULL) == CAICACH_OK);
  CHECK(caicach_tally_rows(tally, CAICACH_ROWS_READ) == 4);
  CHECK(caicach_tally_move_to(tally, caicach_tally_as_of(memory) + 6, NULL) == CAICACH_OK);
  caicach_groups *total = NULL;
  CHECK(caicach_tally_groups(tally, "", 0, &total, NULL) == CAICACH_OK);
  CHECK(count(total, 0, CAICACH_COUNT_PENDING_OVERDUE) == 1);
  caicach_groups_free(total);
  error = NULL;
  CHECK(caicach_tally_merge(tally, memory, &error) == CAICACH_ERROR_TERMS);
  caicach_error_free(error);
  caicach_tally_free(tally);
  caicach_bytes_free(a);
}

static void groups(const caicach_tally *tally) {
  caicach_groups *groups = NULL;
  CHECK(caicach_tally_groups(tally, "body,officer", Z, &groups, NULL) == CAICACH_OK);
  CHECK(caicach_groups_len(groups) == 2);
  SAME(caicach_groups_name(groups, 0, CAICACH_DIMENSION_OFFICER), "An");
  CHECK(caicach_groups_name(groups, 0, CAICACH_DIMENSION_FIELD) == NULL);
  CHECK(count(groups, 0, CAICACH_COUNT_RESOLVED_LATE) == 1 && count(groups, 0, CAICACH_COUNT_RESOLVED_ON_TIME) == 1);
  CHECK(count(groups, 1, CAICACH_COUNT_PENDING_IN_TIME) == 1);
  uint64_t none = 7;
  CHECK(!caicach_groups_count(groups, 2, CAICACH_COUNT_CANCELLED, &none) && none == 7);
  caicach_groups_free(groups);
  CHECK(caicach_tally_groups(tally, "field,month", Z, &groups, NULL) == CAICACH_OK);
  SAME(caicach_groups_name(groups, 0, CAICACH_DIMENSION_FIELD), "Hộ tịch");
  CHECK(caicach_groups_month(groups, 0) == 19723);
  // The split of what was pending at the end of January is not known.
  CHECK(!caicach_groups_count(groups, 0, CAICACH_COUNT_PENDING_OVERDUE, &none));
  caicach_groups_free(groups);
  caicach_error *error = NULL;
  CHECK(caicach_tally_groups(tally, "officer,month", Z, &groups, &error) == CAICACH_ERROR_DATA);
  caicach_error_free(error);
}

// A stream of one batch of one dossier, made by hand as any program might.
struct one {
  struct ArrowSchema fields[3], *schema_children[3];
  struct ArrowArray columns[3], *array_children[3];
  const void *text_buffers[3], *received_buffers[2], *due_buffers[2], *none[1];
  int32_t offsets[2], received[1], due[1];
  int given, released;
};

static void no_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void no_array(struct ArrowArray *array) { array->release = NULL; }
static const char *no_error(struct ArrowArrayStream *stream) { return stream == NULL ? "no stream" : NULL; }

static int schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  static const char *const names[3] = {"body", "received", "due"};
  static const char *const formats[3] = {"u", "tdD", "tdD"};
  struct one *one = stream->private_data;
  memset(out, 0, sizeof *out);
  for (int i = 0; i < 3; i++) {
    memset(&one->fields[i], 0, sizeof one->fields[i]);
    one->fields[i].format = formats[i];
    one->fields[i].name = names[i];
    one->fields[i].flags = ARROW_FLAG_NULLABLE;
    one->fields[i].release = no_schema;
    one->schema_children[i] = &one->fields[i];
  }
  out->format = "+s";
  out->name = "";
  out->n_children = 3;
  out->children = one->schema_children;
  out->release = no_schema;
  return 0;
}

static int next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  struct one *one = stream->private_data;
  memset(out, 0, sizeof *out);
  if (one->given++ > 0) return 0;
  const void **buffers[3] = {one->text_buffers, one->received_buffers, one->due_buffers};
  for (int i = 0; i < 3; i++) {
    memset(&one->columns[i], 0, sizeof one->columns[i]);
    one->columns[i].length = 1;
    one->columns[i].n_buffers = i == 0 ? 3 : 2;
    one->columns[i].buffers = buffers[i];
    one->columns[i].release = no_array;
    one->array_children[i] = &one->columns[i];
  }
  out->length = 1;
  out->n_buffers = 1;
  out->buffers = one->none;
  out->n_children = 3;
  out->children = one->array_children;
  out->release = no_array;
  return 0;
}

static void released(struct ArrowArrayStream *stream) {
  ((struct one *)stream->private_data)->released++;
  stream->release = NULL;
}

static void arrow(void) {
  static struct one one;
  one.received[0] = 19800;
  one.due[0] = 19810;
  one.text_buffers[1] = one.offsets;
  one.text_buffers[2] = "Lộc T";
  one.received_buffers[1] = one.received;
  one.due_buffers[1] = one.due;
  struct ArrowArrayStream stream = {schema, next, no_error, released, &one};
  one.offsets[1] = (int32_t)strlen("Lộc T");

  caicach_tally_options options = year();
  options.groupings = "body";
  caicach_tally *tally = NULL;
  CHECK(caicach_tally_new(&options, &tally, NULL) == CAICACH_OK);
  CHECK(caicach_tally_add_arrow(tally, &stream, "a table", Z, NULL, 0, NULL) == CAICACH_OK);
  CHECK(one.released == 1 && stream.release == NULL);
  caicach_groups *groups = NULL;
  CHECK(caicach_tally_groups(tally, "body", Z, &groups, NULL) == CAICACH_OK);
  SAME(caicach_groups_name(groups, 0, CAICACH_DIMENSION_BODY), "Lộc T");
  CHECK(count(groups, 0, CAICACH_COUNT_PENDING_OVERDUE) == 1);
  caicach_groups_free(groups);

  struct ArrowArrayStream out;
  CHECK(caicach_tally_groups_arrow(tally, "body", Z, &out, NULL) == CAICACH_OK);
  struct ArrowSchema columns;
  struct ArrowArray rows;
  CHECK(out.get_schema(&out, &columns) == 0 && columns.n_children == 22);
  SAME(columns.children[0]->name, "body");
  SAME(columns.children[1]->name, caicach_count_name(CAICACH_COUNT_RECEIVED_TOTAL));
  CHECK(out.get_next(&out, &rows) == 0 && rows.length == 1);
  CHECK(((const uint64_t *)rows.children[1]->buffers[1])[rows.children[1]->offset] == 1);
  rows.release(&rows);
  columns.release(&columns);
  out.release(&out);
  caicach_tally_free(tally);
}

static void watch(const caicach_tally *tally) {
  caicach_watch *watch = NULL;
  CHECK(caicach_tally_watch(tally, "body", Z, "50", Z, &watch, NULL) == CAICACH_OK);
  uint64_t number = 0;
  // 1 of 2 is late, which is 50 %; 1 of 3 would not be.
  CHECK(!caicach_watch_more_late(watch, 0, &number) && caicach_watch_in_time_needed(watch, 0) == 1);
  CHECK(caicach_watch_of_pending(watch, 0, &number) && number == 0);
  CHECK(caicach_watch_day_count(watch, 0) == 1 && caicach_watch_days_left(watch, 0, 0) == 5);
  CHECK(caicach_watch_dossiers(watch, 0, 0) == 1);
  caicach_watch_free(watch);
  caicach_acts *acts = NULL;
  CHECK(caicach_tally_act_today(tally, "body,officer", Z, "5", Z, 7, &acts, NULL) == CAICACH_OK);
  CHECK(caicach_acts_len(acts) == 1 && caicach_acts_days_left(acts, 0) == 5 && caicach_acts_dossiers(acts, 0) == 1);
  SAME(caicach_acts_name(acts, 0, CAICACH_DIMENSION_OFFICER), "Bình");
  CHECK(caicach_acts_decides(acts, 0));
  caicach_acts_free(acts);
}

static void verdicts(const caicach_tally *tally) {
  caicach_facts *facts = NULL;
  caicach_plan *plan = NULL;
  caicach_assessment *assessment = NULL;
  caicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;
  options.as_of = "2025-01-15";
  options.as_of_len = Z;
  CHECK(caicach_tally_to_facts(tally, "body;body,officer", Z, "rows.csv", Z, &facts, NULL) == CAICACH_OK);
  CHECK(caicach_plan_builtin(&plan, NULL) == CAICACH_OK);
  CHECK(caicach_assess(plan, facts, &options, &assessment, NULL) == CAICACH_OK);
  int found = 0;
  for (size_t i = 0; i < caicach_assessment_finding_count(assessment); i++) {
    const caicach_finding *finding = caicach_assessment_finding_at(assessment, i);
    found += same(caicach_finding_rule(finding), "late_share_caps_person") &&
             same(caicach_finding_subject_id(finding), "An") &&
             caicach_finding_verdict(finding) == CAICACH_VERDICT_BINDING;
  }
  CHECK(found == 1);
  caicach_assessment_free(assessment);
  caicach_plan_free(plan);
  caicach_facts_free(facts);
}

int main(int argc, char **argv) {
  if (argc < 2) return fprintf(stderr, "usage: tally SCRATCH.csv\n"), 2;
  caicach_tally *tally = NULL;
  caicach_tally_options options = year();
  CHECK(caicach_tally_new(&options, &tally, NULL) == CAICACH_OK);
  csv(tally);
  file(tally, argv[1]);
  groups(tally);
  arrow();
  watch(tally);
  verdicts(tally);
  own_days("", 2);
  own_days("[[day_off]]\ndate = \"2024-05-02\"\nvi = \"Nghỉ do mưa lũ\"\nsource = \"Công văn\"\n", 1);
  caicach_tally_free(tally);
  caicach_tally_free(NULL);
  printf("tally: %d checks, %d failures\n", checks, failures);
  return failures == 0 ? 0 : 1;
}
