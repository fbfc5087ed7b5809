// One line of tests/vectors/calendar/lunar.json: lunar DAY prints "YEAR MONTH LEAP DAY", lunar YEAR MONTH LEAP DAY prints the
// day, as days since 1970-01-01. Where there is none it prints the code of the error. Status 2: called wrongly.
#include <caicach.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t number(const char *text) { return (uint32_t)strtoul(text, NULL, 10); }

int main(int argc, char **argv) {
  if (argc != 2 && argc != 5) return fprintf(stderr, "usage: lunar DAY | lunar YEAR MONTH LEAP DAY\n"), 2;
  caicach_error *error = NULL;
  caicach_status status;
  const int32_t first = (int32_t)strtol(argv[1], NULL, 10);
  if (argc == 2) {
    caicach_lunar_date found;
    status = caicach_solar_to_lunar(first, &found, &error);
    if (status == CAICACH_OK)
      printf("%" PRId32 " %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", found.year, found.month, found.leap, found.day);
  } else {
    const caicach_lunar_date date = {first, number(argv[2]), number(argv[3]), number(argv[4])};
    int32_t found = CAICACH_NO_DATE;
    status = caicach_lunar_to_solar(&date, &found, &error);
    if (status == CAICACH_OK) printf("%" PRId32 "\n", found);
  }
  if (status != CAICACH_OK) puts(caicach_error_detail_code(error, 0));
  caicach_error_free(error);
  return 0;
}
