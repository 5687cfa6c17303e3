/* What the program says of itself: in the language that the environment asks for, and so that no
 * terminal obeys a name or an option's value that was made to be obeyed. */
#include "cli/cli.h"

#include "base/utf8.h"
#include "batch/file.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    LONGEST = 8192
}; /* bytes of a message: two paths of the greatest length that systems have */

const char *bx_cli_language(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"}; /* as POSIX orders them */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return NULL;
}

const bx_words *bx_cli_words(void) { return bx_words_find(bx_cli_language()); }

const char *bx_cli_reason(int error) { return bx_word(bx_cli_words(), bx_file_reason(error)); }

uint32_t bx_cli_visible(uint32_t c) {
    if (c == '\t')
        return ' ';
    if (c < 0x20)
        return 0x2400 + c;
    bool control =
        (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control ? 0xFFFD : c;
}

void bx_cli_put(FILE *file, bx_str text) {
    char out[1024];
    uint32_t n = 0;
    for (uint32_t at = 0; at < text.n;) {
        n += bx_utf8_encode(bx_cli_visible(bx_utf8_next(text, &at)), out + n);
        if (n > sizeof out - 4 || at == text.n) {
            fwrite(out, 1, n, file);
            n = 0;
        }
    }
}

static void say(const char *before, const char *format, va_list list) {
    char text[LONGEST];
    vsnprintf(text, sizeof text, bx_word(bx_cli_words(), format), list);
    fputs(before, stderr);
    bx_cli_put(stderr, bx_str_of(text));
    fputc('\n', stderr);
}

void bx_cli_say(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("banxin: ", format, list);
    va_end(list);
}

void bx_cli_tell(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("", format, list);
    va_end(list);
}

void bx_cli_hint(const char *hint) {
    const bx_words *words = bx_cli_words();
    fprintf(stderr, "  %s: ", bx_word(words, "hint"));
    bx_cli_put(stderr, bx_str_of(bx_word(words, hint)));
    fputc('\n', stderr);
}

int bx_usage_error(const char *hint, const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("banxin: ", format, list);
    va_end(list);
    if (hint && *hint)
        bx_cli_hint(hint);
    return BX_EXIT_USAGE;
}
