/* expand RECIPE: prints the text that a recipe describes, so that large hostile inputs are a line
 * of a table instead of a file.
 *
 *     \n \r \t \\ \{ \} \s     a line feed … a blank
 *     \xHH  \uHHHH  \UHHHHHH   a byte; a character, in UTF-8
 *     {N*RECIPE}               the recipe N times
 *     {#}                      how often the innermost repetition has come round, from 0
 *     {#+}                     one more than that
 *     {=PATH}                  the bytes of a file
 *
 * All else stands for itself. */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *what, const char *at) {
    fprintf(stderr, "expand: %s at “%.20s”\n", what, at);
    exit(2);
}

static void put_character(uint32_t c) {
    if (c < 0x80) {
        putchar((int)c);
    } else if (c < 0x800) {
        putchar((int)(0xC0 | c >> 6));
        putchar((int)(0x80 | (c & 63)));
    } else {
        if (c < 0x10000) {
            putchar((int)(0xE0 | c >> 12));
        } else {
            putchar((int)(0xF0 | c >> 18));
            putchar((int)(0x80 | (c >> 12 & 63)));
        }
        putchar((int)(0x80 | (c >> 6 & 63)));
        putchar((int)(0x80 | (c & 63)));
    }
}

static uint32_t hexadecimal(const char **at, int digits) {
    uint32_t value = 0;
    for (; digits; digits--, (*at)++) {
        int c = tolower((unsigned char)**at);
        if (!isxdigit(c))
            fail("a hexadecimal digit is missing", *at);
        value = value * 16 + (uint32_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* What follows a backslash; returns where it ends. */
static const char *escape(const char *at) {
    char c = *at++;
    switch (c) {
    case 'n':
        putchar('\n');
        break;
    case 'r':
        putchar('\r');
        break;
    case 't':
        putchar('\t');
        break;
    case 's':
        putchar(' ');
        break;
    case 'x':
        putchar((int)hexadecimal(&at, 2));
        break;
    case 'u':
        put_character(hexadecimal(&at, 4));
        break;
    case 'U':
        put_character(hexadecimal(&at, 6));
        break;
    case 0:
        fail("nothing follows the last backslash", at - 1);
    default:
        putchar(c);
    }
    return at;
}

static void put_file(const char *path, size_t n) {
    char name[4096], buffer[4096];
    snprintf(name, sizeof name, "%.*s", (int)n, path);
    FILE *f = fopen(name, "rb");
    if (!f)
        fail("no such file", path);
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, f)) > 0;)
        fwrite(buffer, 1, got, stdout);
    fclose(f);
}

static const char *closing_brace(const char *at) {
    for (int depth = 1; *at; at++) {
        if (*at == '\\' && at[1])
            at++;
        else if (*at == '{')
            depth++;
        else if (*at == '}' && --depth == 0)
            return at;
    }
    fail("a brace is not closed", at);
}

static void expand(const char *at, const char *end, unsigned long turn);

/* What stands in a pair of braces. */
static void expand_braces(const char *at, const char *end, unsigned long turn) {
    char *star;
    if (*at == '#' && (at + 1 == end || (at[1] == '+' && at + 2 == end))) {
        printf("%lu", turn + (at + 1 < end));
        return;
    }
    if (*at == '=') {
        put_file(at + 1, (size_t)(end - at - 1));
        return;
    }
    unsigned long times = strtoul(at, &star, 10);
    if (star == at || *star != '*')
        fail("neither {N*…}, {#} nor {=…}", at);
    for (unsigned long i = 0; i < times; i++)
        expand(star + 1, end, i);
}

static void expand(const char *at, const char *end, unsigned long turn) {
    while (at < end) {
        if (*at == '\\') {
            at = escape(at + 1);
        } else if (*at == '{') {
            const char *close = closing_brace(at + 1);
            expand_braces(at + 1, close, turn);
            at = close + 1;
        } else {
            putchar(*at++);
        }
    }
}

int main(int n, char **arguments) {
    if (n != 2)
        fail("usage: expand RECIPE", "");
    expand(arguments[1], arguments[1] + strlen(arguments[1]), 0);
    return fflush(stdout) != 0 || ferror(stdout);
}
