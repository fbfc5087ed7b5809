// One case of the shared vectors: vector_runner FACTS.json AS_OF [--plan PLAN.toml] [--known-on DAY] [READING=OPTION ...]
// FACTS.json may be "-". Prints the assessment as JSON, or, with status 1, the details of the error as JSON; the status
// name of an error goes to the standard error. Status 2: called wrongly.
#include <caicach.h>
#include <stdio.h>
#include <string.h>

#include "file.h"

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: vector_runner FACTS AS_OF [--plan PLAN] [--known-on DAY] [READING=OPTION ...]\n"), 2;
  size_t facts_len = 0, plan_len = 0, count = 0;
  char *toml = NULL;
  const char *known_on = NULL;
  char *json = read_file(argv[1], &facts_len);
  caicach_reading_choice *readings = calloc((size_t)argc, sizeof *readings);
  if (json == NULL || readings == NULL) return perror(argv[1]), 2;

  for (int i = 3; i < argc; i++) {
    const char *equals = strchr(argv[i], '=');
    if (strcmp(argv[i], "--plan") == 0 && i + 1 < argc) {
      toml = read_file(argv[++i], &plan_len);
      if (toml == NULL) return perror(argv[i]), 2;
    } else if (strcmp(argv[i], "--known-on") == 0 && i + 1 < argc) {
      known_on = argv[++i];
    } else if (equals != NULL) {
      readings[count].key = argv[i];
      readings[count].key_len = (size_t)(equals - argv[i]);
      readings[count].option = equals + 1;
      readings[count].option_len = CAICACH_NUL_TERMINATED;
      count++;
    } else {
      return fprintf(stderr, "`%s` is not READING=OPTION\n", argv[i]), 2;
    }
  }

  caicach_plan *plan = NULL;
  caicach_facts *facts = NULL;
  caicach_assessment *assessment = NULL;
  caicach_text *text = NULL;
  caicach_error *error = NULL;
  caicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;
  options.as_of = argv[2];
  options.as_of_len = CAICACH_NUL_TERMINATED;
  options.readings = readings;
  options.reading_count = count;
  options.known_on = known_on;
  options.known_on_len = known_on == NULL ? 0 : CAICACH_NUL_TERMINATED;

  caicach_status status =
      toml == NULL ? caicach_plan_builtin(&plan, &error) : caicach_plan_from_toml(toml, plan_len, &plan, &error);
  if (status == CAICACH_OK) status = caicach_facts_from_json(json, facts_len, &facts, &error);
  if (status == CAICACH_OK) status = caicach_assess(plan, facts, &options, &assessment, &error);
  if (status == CAICACH_OK) status = caicach_assessment_to_json(assessment, &text, &error);
  if (status == CAICACH_OK) {
    fwrite(caicach_text_data(text), 1, caicach_text_len(text), stdout);
    putchar('\n');
  } else {
    puts(caicach_error_details_json(error));
    fprintf(stderr, "%s\n", caicach_status_name(status));
  }

  caicach_text_free(text);
  caicach_error_free(error);
  caicach_assessment_free(assessment);
  caicach_facts_free(facts);
  caicach_plan_free(plan);
  free(readings);
  free(toml);
  free(json);
  return status == CAICACH_OK ? 0 : 1;
}
