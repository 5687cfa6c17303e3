/* What a file that is not UTF-8 probably is. Only for the message: nothing is converted, since a
 * wrong guess would print a wrong text. */
#include "base/utf8.h"
#include "input/source_file.h"

typedef struct guess {
    const char *name;
    uint32_t good, bad; /* two-byte characters that fit, bytes that do not */
} guess;

static void tally(guess *g, bx_str s, bool (*lead)(unsigned char), bool (*trail)(unsigned char)) {
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80)
            continue;
        if (lead(c) && i + 1 < s.n && trail((unsigned char)s.p[i + 1])) {
            g->good++;
            i++;
        } else {
            g->bad++;
        }
    }
}

/* The rows of common Han characters; a GBK file seldom leaves them, another file often does. */
static bool gbk_lead(unsigned char c) {
    return (c >= 0xA1 && c <= 0xA3) || (c >= 0xB0 && c <= 0xF7);
}
static bool gbk_trail(unsigned char c) { return c >= 0xA1 && c <= 0xFE; }
static bool big5_lead(unsigned char c) { return c >= 0xA1 && c <= 0xF9; }
static bool big5_trail(unsigned char c) {
    return (c >= 0x40 && c <= 0x7E) || (c >= 0xA1 && c <= 0xFE);
}
static bool sjis_lead(unsigned char c) {
    return (c >= 0x81 && c <= 0x9F) || (c >= 0xE0 && c <= 0xEA);
}
static bool sjis_trail(unsigned char c) {
    return (c >= 0x40 && c <= 0x7E) || (c >= 0x80 && c <= 0xFC);
}

static const char *utf16(bx_str s) {
    if (bx_str_starts(s, BX_STR("\xFF\xFE")))
        return "UTF-16";
    if (bx_str_starts(s, BX_STR("\xFE\xFF")))
        return "UTF-16";
    uint32_t zero = 0, n = s.n < 512 ? s.n : 512;
    for (uint32_t i = 0; i < n; i++)
        zero += s.p[i] == 0;
    return n >= 8 && zero > n / 4 ? "UTF-16" : NULL;
}

static const char *guess_encoding(bx_str s) {
    const char *wide = utf16(s);
    if (wide)
        return wide;
    if (s.n > 65536)
        s.n = 65536;
    guess all[] = {{"GBK", 0, 0}, {"Shift_JIS", 0, 0}, {"Big5", 0, 0}};
    tally(&all[0], s, gbk_lead, gbk_trail);
    tally(&all[1], s, sjis_lead, sjis_trail);
    tally(&all[2], s, big5_lead, big5_trail);
    for (size_t i = 0; i < 3; i++)
        if (all[i].good >= 2 && all[i].bad * 20 <= all[i].good)
            return all[i].name;
    return NULL;
}

bool bx_source_check_utf8(bx_report *report, uint32_t source) {
    bx_str bytes = bx_sources_get(report->sources, source)->bytes;
    int64_t bad = bx_utf8_invalid(bytes);
    if (bad < 0 && !utf16(bytes))
        return true;
    const char *name = guess_encoding(bytes);
    uint32_t at = bad < 0 ? 0 : (uint32_t)bad;
    bx_span span = {source, at, at + 1 <= bytes.n ? at + 1 : at};
    unsigned byte = bytes.n ? (unsigned char)bytes.p[at] : 0;
    if (name)
        bx_say(report, BX_D_ENCODING, span,
               "the file is not UTF-8 (byte 0x%02X here); it looks like %s", byte, name);
    else
        bx_say(report, BX_D_ENCODING, span, "the file is not UTF-8 (byte 0x%02X here)", byte);
    if (name)
        bx_hint(report, "Save it as UTF-8: iconv -f %s -t UTF-8", name);
    else
        bx_hint(report, "Save it as UTF-8");
    return false;
}
