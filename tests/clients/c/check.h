// What the checking clients share. Nothing is printed but failures.
#ifndef CHECK_H
#define CHECK_H

#include <caicach.h>
#include <stdio.h>
#include <string.h>

static int failures = 0;
static int checks = 0;

static void check_at(int holds, const char *what, const char *file, int line) {
  checks++;
  if (!holds) {
    failures++;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
  }
}

#define CHECK(what) check_at((what) ? 1 : 0, #what, __FILE__, __LINE__)
#define SAME(a, b) check_at(same((a), (b)), #a " is " #b, __FILE__, __LINE__)

static int same(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) == 0; }

// Status of an error, which is freed; its first detail must be of this code and path.
static caicach_status failed(caicach_error *error, const char *code, const char *path, const char *file, int line) {
  caicach_status status = caicach_error_code(error);
  check_at(same(caicach_error_detail_code(error, 0), code), code, file, line);
  check_at(same(caicach_error_detail_path(error, 0), path), path, file, line);
  check_at(strstr(caicach_error_details_json(error), code) != NULL, "code in JSON", file, line);
  check_at(caicach_error_message(error)[0] != '\0', "message", file, line);
  caicach_error_free(error);
  return status;
}

#define FAILED(error, code, path) failed((error), (code), (path), __FILE__, __LINE__)

#endif
