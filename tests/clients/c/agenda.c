// The agenda of the built-in plan as a calendar file: agenda FROM TO [BODY|-] [vi|en] >agenda.ics
// The day on which the events are said to be made is FROM.
#include <caicach.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: agenda FROM TO [BODY|-] [vi|en]\n"), 2;
  const size_t z = CAICACH_NUL_TERMINATED;
  const char *body = argc > 3 && strcmp(argv[3], "-") != 0 ? argv[3] : NULL;
  caicach_lang lang = argc > 4 && strcmp(argv[4], "en") == 0 ? CAICACH_LANG_EN : CAICACH_LANG_VI;
  caicach_plan *plan = NULL;
  caicach_agenda *agenda = NULL;
  caicach_text *text = NULL;
  caicach_error *error = NULL;

  caicach_status status = caicach_plan_builtin(&plan, &error);
  if (status == CAICACH_OK) status = caicach_plan_agenda(plan, argv[1], z, argv[2], z, body, z, 0, &agenda, &error);
  if (status == CAICACH_OK) status = caicach_agenda_to_ical(agenda, argv[1], z, lang, &text, &error);
  if (status == CAICACH_OK) {
    fwrite(caicach_text_data(text), 1, caicach_text_len(text), stdout);
  } else {
    fprintf(stderr, "%s\n", caicach_error_message(error));
  }

  caicach_text_free(text);
  caicach_error_free(error);
  caicach_agenda_free(agenda);
  caicach_plan_free(plan);
  return status == CAICACH_OK ? 0 : 1;
}
