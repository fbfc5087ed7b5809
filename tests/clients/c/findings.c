// Prints what the built-in plan says of a facts file on a day: findings FACTS.json 2025-01-15 [vi|en]
#include <caicach.h>
#include <stdio.h>
#include <string.h>

#include "file.h"

static int fail(caicach_error *error) {
  fprintf(stderr, "%s\n", caicach_error_message(error));
  caicach_error_free(error);
  return 1;
}

int main(int argc, char **argv) {
  caicach_plan *plan = NULL;
  caicach_facts *facts = NULL;
  caicach_assessment *assessment = NULL;
  caicach_error *error = NULL;
  size_t len = 0;
  char *json = argc < 3 ? NULL : read_file(argv[1], &len);
  caicach_lang lang = argc > 3 && strcmp(argv[3], "en") == 0 ? CAICACH_LANG_EN : CAICACH_LANG_VI;
  if (json == NULL) return fprintf(stderr, "usage: findings FACTS.json AS_OF [vi|en]\n"), 2;

  caicach_assess_options options = CAICACH_ASSESS_OPTIONS_INIT;
  options.as_of = argv[2];
  options.as_of_len = CAICACH_NUL_TERMINATED;

  int failed = 0;
  if (caicach_plan_builtin(&plan, &error) != CAICACH_OK ||
      caicach_facts_from_json(json, len, &facts, &error) != CAICACH_OK ||
      caicach_assess(plan, facts, &options, &assessment, &error) != CAICACH_OK) {
    failed = fail(error);
  }
  for (size_t i = 0; i < caicach_assessment_finding_count(assessment); i++) {
    const caicach_finding *finding = caicach_assessment_finding_at(assessment, i);
    printf("%-14s %s\n", caicach_finding_verdict_text(finding), caicach_finding_explanation(finding, lang));
  }
  caicach_assessment_free(assessment);
  caicach_facts_free(facts);
  caicach_plan_free(plan);
  free(json);
  return failed;
}
