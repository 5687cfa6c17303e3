#include "ucd.h"

#include <stdlib.h>
#include <string.h>

bool ucd_read(char *line, ucd_sample *s) {
    line[strcspn(line, "#")] = 0;
    memset(s, 0, sizeof *s);
    for (char *t = strtok(line, " \t\r\n"); t && s->n < UCD_LONGEST; t = strtok(NULL, " \t\r\n")) {
        if (strcmp(t, "÷") == 0)
            s->breaks[s->n] = true;
        else if (strcmp(t, "×") != 0)
            s->codes[s->n++] = (uint32_t)strtoul(t, NULL, 16);
    }
    return s->n > 0;
}
