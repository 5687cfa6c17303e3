/* The language of a text that does not say. */
#include "issue/reader.h"

#include "base/utf8.h"
#include "input/cjk.h"

#include <uchar.h>

typedef struct tally {
    uint32_t han, kana, hangul, latin, simplified, traditional;
} tally;

/* Common characters that one of the two scripts never uses, and Japanese hardly. */
static const char16_t simplified[] =
    u"们这说为时国会对过发经还进动种样头开问长东现实关点业话义让认应该变类总书电车门网"
    u"达运专报产万级术线单听转边环产团济观习资费请谁识词语议记许论设证评译试诗详误";
static const char16_t traditional[] =
    u"們這說為時國會對過發經還進動種樣頭開問長東現實關點業話義讓認應該變類總書電車門網"
    u"達運專報產萬級術線單聽轉邊環產團濟觀習資費請誰識詞語議記許論設證評譯試詩詳誤";

static bool in(uint32_t c, const char16_t *set) {
    while (*set && *set != c)
        set++;
    return *set != 0;
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
            t->simplified += in(c, simplified);
            t->traditional += in(c, traditional);
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
