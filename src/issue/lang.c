/* The language of a text that does not say. */
#include "issue/reader.h"

#include "base/utf8.h"
#include "input/cjk.h"

#include <uchar.h>

typedef struct tally {
    uint32_t han, kana, hangul, latin, simplified, traditional;
} tally;

/* Common characters that one of the two scripts never uses, and Japanese hardly; ascending. */
static const char16_t simplified[] =
    u"万专业东为义习书产们会关动单发变听团国头实对应开总报时术样济点环现电种类级线"
    u"经网观认让议记许论设证评识词译试诗话该详语误说请谁费资车转边达过运还这进长门问";
static const char16_t traditional[] =
    u"們動問單國團報實專對應時書會東業樣濟為現環產發種級經網線總義習聽萬術觀記設許"
    u"評詞試詩話該詳認語誤說誰請論證識譯議變讓費資車轉這進運過達還邊長門開關電頭類點";

/* Whether c is among the n characters, which ascend. */
static bool in(uint32_t c, const char16_t *set, size_t n) {
    size_t low = 0;
    while (n > 0) {
        size_t half = n / 2;
        if (set[low + half] < c) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return set[low] == c; /* the string's own end is behind the last one */
}

static void count(tally *t, bx_str s) {
    for (uint32_t at = 0; at < s.n;) {
        uint32_t c = bx_utf8_next(s, &at);
        if (c < 0x250) {
            t->latin += ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0xC0;
        } else if (bx_char_is_kana(c)) {
            t->kana++;
        } else if (bx_char_is_hangul(c)) {
            t->hangul++;
        } else if (bx_char_is_han(c)) {
            t->han++;
            t->simplified += in(c, simplified, sizeof simplified / 2 - 1);
            t->traditional += in(c, traditional, sizeof traditional / 2 - 1);
        }
    }
}

/* The beginning of a text tells enough. */
enum { ENOUGH = 16384 };

bx_str bx_guess_lang(bx_str text) {
    tally t = {0};
    uint32_t n = text.n < ENOUGH ? text.n : ENOUGH;
    while (n < text.n && n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    count(&t, bx_str_sub(text, 0, n));
    uint32_t cjk = t.han + t.kana + t.hangul;
    if (t.kana * 10 > cjk && t.kana > 3)
        return BX_STR("ja");
    if (t.hangul * 3 > cjk && t.hangul > 3)
        return BX_STR("ko");
    if (t.han * 20 < t.latin || cjk == 0)
        return t.latin ? BX_STR("en") : BX_STR("zh-Hans");
    return t.traditional > t.simplified ? BX_STR("zh-Hant") : BX_STR("zh-Hans");
}
