// Reading a whole file, for the clients.
#ifndef FILE_H
#define FILE_H

#include <stdio.h>
#include <stdlib.h>

// The bytes of a file ("-" is the standard input), to be freed; NULL where it cannot be read.
static char *read_file(const char *path, size_t *len) {
  FILE *file = path[0] == '-' && path[1] == '\0' ? stdin : fopen(path, "rb");
  if (file == NULL) return NULL;
  size_t room = 1 << 16;
  char *data = malloc(room);
  *len = 0;
  while (data != NULL) {
    *len += fread(data + *len, 1, room - *len, file);
    if (*len < room) break;
    char *more = realloc(data, room *= 2);
    if (more == NULL) free(data);
    data = more;
  }
  if (data != NULL && ferror(file)) {
    free(data);
    data = NULL;
  }
  if (file != stdin) fclose(file);
  return data;
}

#endif
