/* Addresses in running text (R18): where they begin and end, and where they may be broken.
 *
 * A span the caller marked is one address; elsewhere scheme://…, www.… and a@b.c are found. Stops
 * and closing brackets at the end belong to the sentence. */
#include "text/paragraph.h"

static bool url_char(uint32_t c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '`' && c != '{' &&
           c != '}' && c != '|' && c != '\\' && c != '^';
}

static bool alnum(uint32_t c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static uint32_t code_at(const bx_paragraph *p, uint32_t i) {
    return i < p->clusters.n ? p->clusters.at[i].code : 0;
}

static bool text_is(const bx_paragraph *p, uint32_t i, const char *s) {
    for (; *s; s++, i++)
        if ((code_at(p, i) | 0x20) != ((uint32_t)*s | 0x20))
            return false;
    return true;
}

/* The end of the address that begins at `i`, or `i`. A bracket opened inside is closed inside. */
static uint32_t address_end(const bx_paragraph *p, uint32_t first, uint32_t stop) {
    uint32_t end = first;
    int64_t round = 0, square = 0; /* brackets open at the end */
    for (; end < stop && url_char(code_at(p, end)); end++) {
        uint32_t c = code_at(p, end);
        round += (c == '(') - (c == ')');
        square += (c == '[') - (c == ']');
    }
    for (; end > first; end--) {
        uint32_t c = code_at(p, end - 1);
        if (c == ')' ? round >= 0 : c == ']' ? square >= 0 : !strchr(".,;:!?'([", (int)c))
            break;
        round += (c == ')') - (c == '(');
        square += (c == ']') - (c == '[');
    }
    return end;
}

static bool scheme_before(const bx_paragraph *p, uint32_t colon, uint32_t *first) {
    uint32_t i = colon;
    while (i > 0 && (alnum(code_at(p, i - 1)) || code_at(p, i - 1) == '+' ||
                     code_at(p, i - 1) == '.' || code_at(p, i - 1) == '-'))
        i--;
    *first = i;
    return i < colon;
}

static bool mail_around(const bx_paragraph *p, uint32_t at, uint32_t *first, uint32_t *end) {
    uint32_t i = at, k = at + 1, dots = 0;
    while (i > 0 && (alnum(code_at(p, i - 1)) || strchr("._%+-", (int)code_at(p, i - 1))) &&
           code_at(p, i - 1) < 0x80)
        i--;
    while (alnum(code_at(p, k)) ||
           ((code_at(p, k) == '.' || code_at(p, k) == '-') && alnum(code_at(p, k + 1)))) {
        dots += code_at(p, k) == '.';
        k++;
    }
    *first = i;
    *end = k;
    return i < at && dots > 0;
}

static void mark_range(bx_paragraph *p, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++)
        p->clusters.at[i].flags |= BX_CL_URL;
    if (first < end)
        p->clusters.at[first].flags |= BX_CL_URL_START;
}

static uint32_t mark_span(bx_paragraph *p, uint32_t i) {
    uint32_t end = i, span = p->clusters.at[i].span;
    while (end < p->clusters.n && p->clusters.at[end].span == span)
        end++;
    mark_range(p, i, address_end(p, i, end));
    return end;
}

/* What an address is known by. */
static bool is_sign(uint32_t c) { return c == ':' || c == '@' || (c | 0x20) == 'w'; }

void bx_mark_urls(bx_paragraph *p) {
    bool any_span = bx_any_span(p, BX_SPAN_URL);
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        const bx_cluster *c = &p->clusters.at[i];
        uint32_t first, end;
        if (!any_span && !is_sign(c->code))
            continue;
        if (bx_cluster_span(p, c)->flags & BX_SPAN_URL) {
            if (!(c->flags & BX_CL_URL))
                i = mark_span(p, i) - 1;
        } else if (c->code == ':' && text_is(p, i, "://") && scheme_before(p, i, &first)) {
            end = address_end(p, first, p->clusters.n);
            if (end > i + 3) {
                mark_range(p, first, end);
                i = end - 1;
            }
        } else if ((c->code | 0x20) == 'w' && text_is(p, i, "www.") &&
                   (i == 0 || !alnum(code_at(p, i - 1)))) {
            end = address_end(p, i, p->clusters.n);
            if (end > i + 4) {
                mark_range(p, i, end);
                i = end - 1;
            }
        } else if (c->code == '@' && mail_around(p, i, &first, &end)) {
            mark_range(p, first, end);
            i = end - 1;
        }
    }
}
