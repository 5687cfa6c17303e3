#include "issue/reader.h"

#include "base/utf8.h"

static void append(bx_section **first, bx_section *section) {
    while (*first)
        first = &(*first)->next;
    *first = section;
}

void bx_read_sections(bx_reader *r, const bx_yaml *list, bx_section *parent, bx_section **first) {
    bx_section **tail = first;
    bx_section *next = bx_new_n(r->arena, bx_section, list->n);
    for (uint32_t i = 0; i < list->n; i++) {
        const bx_yaml *y = list->items[i];
        if (y->kind != BX_YAML_MAP) {
            bx_say(r->report, BX_D_WRONG_TYPE, y->span,
                   "a section is a mapping with title and body");
            bx_hint(r->report, "Write “- title: …” and “  body: |” below it");
            continue;
        }
        bx_section *s = next++;
        s->parent = parent;
        s->numbered = true;
        s->span = y->span;
        bx_read_object(r, y, &bx_schema_section, s);
        bx_section *given = s->first;
        s->first = NULL;
        if (s->body)
            s->body = bx_split_sections(r, (bx_node *)s->body, s, &s->first);
        append(&s->first, given);
        for (bx_section *sub = s->first; sub; sub = sub->next)
            sub->parent = s;
        *tail = s;
        tail = &s->next;
    }
}

/* A heading open while blocks are divided. */
typedef struct open_heading {
    bx_section *section;
    int32_t level; /* of the heading */
    bx_section *last;
} open_heading;

static bx_node *new_document(bx_reader *r, bx_span span) {
    return bx_node_new(r->arena, BX_NODE_DOCUMENT, span);
}

static bx_section *section_of_heading(bx_reader *r, bx_node *heading) {
    bx_section *s = bx_new(r->arena, bx_section);
    heading->kind = BX_NODE_PARAGRAPH; /* a field's inlines stand under a paragraph */
    heading->number = 0;
    s->title = bx_field_of_node(r, heading);
    if (heading->target)
        s->contents = bx_field_of_node(r, heading->target);
    s->id = heading->id;
    s->numbered = true;
    s->span = heading->span;
    return s;
}

static void add_block(bx_reader *r, bx_node **document, bx_node *block) {
    if (!*document)
        *document = new_document(r, block->span);
    (*document)->span.end = block->span.end;
    bx_node_append(*document, block);
}

bx_node *bx_split_sections(bx_reader *r, bx_node *document, bx_section *parent,
                           bx_section **first) {
    open_heading stack[1 + 6] = {{.section = parent}}; /* those in it have growing levels, 1–6 */
    open_heading *top = stack;
    bx_node *lead = NULL;
    bx_node **body = &lead;
    for (bx_node *block = document->first, *next; block; block = next) {
        next = block->next;
        if (block->kind != BX_NODE_HEADING) {
            add_block(r, body, block);
            continue;
        }
        if (!block->first)
            continue; /* a heading without words */
        int32_t level = block->number;
        while (top > stack && top->level >= level)
            top--;
        bx_section *s = section_of_heading(r, block);
        s->parent = top->section;
        if (top->last)
            top->last->next = s;
        else
            *(top > stack ? &top->section->first : first) = s;
        top->last = s;
        *++top = (open_heading){.section = s, .level = level};
        body = (bx_node **)&s->body;
    }
    return lead;
}

/* A heading without text and right under it "1. …", "2. …" of the same level: parts of it, as
 * authors write who choose levels for their looks. */
void bx_nest_counted(bx_section *first) {
    for (bx_section *s = first; s; s = s->next) {
        bx_nest_counted(s->first);
        bool bare = !s->body && !s->first && !bx_has_own_number(s->title.plain);
        bx_section *last = NULL;
        for (bx_section *n = s->next; bare && n && bx_has_own_number(n->title.plain); n = n->next) {
            n->parent = s;
            last = n;
        }
        if (last) {
            s->first = s->next;
            s->next = last->next;
            last->next = NULL;
            bx_nest_counted(s->first);
        }
    }
}

bx_section *bx_section_after(const bx_section *s) {
    if (s->first)
        return s->first;
    while (s && !s->next)
        s = s->parent;
    return s ? s->next : NULL;
}

/* Numbers of titles */

static bool any_of(uint32_t c, const char *set) {
    char bytes[4];
    return bx_str_find(bx_str_of(set), (bx_str){bytes, bx_utf8_encode(c, bytes)}) >= 0;
}

typedef struct scan {
    bx_str s;
    uint32_t at;
} scan;

static uint32_t peek(const scan *k) {
    uint32_t at = k->at;
    return at < k->s.n ? bx_utf8_next(k->s, &at) : 0;
}

static bool take_any(scan *k, const char *set) {
    uint32_t c = peek(k);
    if (!c || !any_of(c, set))
        return false;
    bx_utf8_next(k->s, &k->at);
    return true;
}

static uint32_t take_run(scan *k, const char *set) {
    uint32_t n = 0;
    while (take_any(k, set))
        n++;
    return n;
}

#define DIGITS "0123456789０１２３４５６７８９"
#define HAN_DIGITS "一二三四五六七八九十百千零〇两兩壹贰叁肆伍陆柒捌玖拾"

/* 一、 十二、 */
static bool han_number(scan k) {
    uint32_t n = take_run(&k, HAN_DIGITS);
    return n && n <= 6 && take_any(&k, "、．.，,：:）)");
}

/* （一） (2) 【三】 */
static bool bracketed(scan k) {
    if (!take_any(&k, "（(【［["))
        return false;
    uint32_t n = take_run(&k, HAN_DIGITS DIGITS);
    return n && n <= 6 && take_any(&k, "）)】］]");
}

/* 第三章, 第 2 節, 제1장, Chapter 3 */
static bool ordinal(scan k) {
    static const char *const words[] = {"Chapter ", "Part ", "Section ", "Appendix "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bx_str w = bx_str_of(words[i]);
        if (k.s.n > w.n && bx_str_starts(k.s, w)) {
            k.at = w.n;
            return take_run(&k, DIGITS "IVXABC") > 0;
        }
    }
    if (!take_any(&k, "第제"))
        return false;
    take_run(&k, " ");
    uint32_t n = take_run(&k, HAN_DIGITS DIGITS);
    take_run(&k, " ");
    return n && take_any(&k, "章节節部篇条條编編卷讲講回장절부");
}

/* 1. 2、 3) 1.1 2.3.4. but neither 2026 nor 3.5% */
static bool decimal(scan k) {
    uint32_t groups = 0, digits;
    bool mark = false;
    while ((digits = take_run(&k, DIGITS))) {
        if (digits > 3)
            return false;
        groups++;
        mark = take_any(&k, ".．");
        if (!mark)
            break;
    }
    if (!groups)
        return false;
    uint32_t c = peek(&k);
    if (mark)
        return c != 0 && !any_of(c, "%％");
    if (groups > 1)
        return c == ' ' || c == 0x3000 || c == 0xA0;
    return any_of(c, "、)）");
}

/* ① Ⅰ、 II. 1️⃣ A、 */
static bool other(scan k) {
    uint32_t c = peek(&k);
    if ((c >= 0x2460 && c <= 0x249B) || (c >= 0x2776 && c <= 0x2793) ||
        (c >= 0x3220 && c <= 0x3229))
        return true;
    scan digit = k;
    if (take_run(&digit, "0123456789") && take_any(&digit, "\xEF\xB8\x8F") &&
        take_any(&digit, "\xE2\x83\xA3"))
        return true;
    scan roman = k;
    if (take_run(&roman, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"))
        return take_any(&roman, "、.．  ");
    if (take_run(&roman, "IVX"))
        return take_any(&roman, ".、") && (peek(&roman) == ' ' || peek(&roman) > 0x2E7F);
    return take_run(&k, "ABCDEFGH") == 1 && take_any(&k, "、");
}

bool bx_has_own_number(bx_str title) {
    scan k = {.s = bx_str_trim(title)};
    return han_number(k) || bracketed(k) || ordinal(k) || decimal(k) || other(k);
}

/* Levels, numbers, ids */

enum { PATH_MAX_LEVELS = 256 };

/* sec-2-1: the place in the tree, unique by itself; but someone may have given it to another. */
static void make_id(bx_reader *r, bx_section *s, const uint32_t *path, bx_map *ids) {
    bx_buf buf = bx_buf_new(r->arena);
    bx_buf_str(&buf, BX_STR("sec"));
    for (uint32_t i = 0; i < s->level; i++)
        bx_buf_fmt(&buf, "-%u", path[i]);
    while (bx_map_get(ids, bx_buf_view(&buf)))
        bx_buf_char(&buf, 'x');
    s->id = bx_str_dup(r->arena, bx_buf_view(&buf));
    *bx_map_put(ids, s->id) = s;
}

static void make_ids(bx_reader *r, bx_map *ids) {
    uint32_t path[PATH_MAX_LEVELS] = {0};
    for (bx_section *s = r->issue->sections; s; s = bx_section_after(s)) {
        path[s->level - 1]++;
        path[s->level] = 0;
        if (!s->id.n)
            make_id(r, s, path, ids);
    }
}

/* "1 背景", "2 方法", "3 结果": bare numbers that count on their own prove it together, though
 * their author may have lost count and a number stand twice. */
uint32_t bx_leading_number(bx_str s) {
    uint32_t n = 0, at = 0;
    while (at < s.n && at < 2 && s.p[at] >= '0' && s.p[at] <= '9')
        n = n * 10 + (uint32_t)(s.p[at++] - '0');
    return at && at < s.n && s.p[at] == ' ' ? n : 0;
}

static void find_counted(bx_section *first) {
    uint32_t least = first ? bx_leading_number(first->title.plain) : 0, latest = least;
    if (!least)
        return;
    for (bx_section *s = first->next; s; s = s->next) {
        uint32_t number = bx_leading_number(s->title.plain);
        if (number && number != latest && number != latest + 1)
            return;
        latest = number ? number : latest;
    }
    for (bx_section *s = first; latest > least && s; s = s->next)
        s->own_number = bx_leading_number(s->title.plain) > 0;
}

/* Heads that their author has numbered, one or all, are numbered by nobody else; and a part of what
 * has no number has none. */
static void settle_numbered(bx_section *first) {
    bool settled = first && first->parent && !first->parent->numbered;
    for (const bx_section *s = first; s; s = s->next)
        settled = settled || s->own_number;
    for (bx_section *s = first; settled && s; s = s->next)
        s->numbered = false;
}

void bx_finish_sections(bx_reader *r) {
    bx_map ids = bx_map_new(r->arena);
    find_counted(r->issue->sections);
    for (bx_section *s = r->issue->sections; s; s = bx_section_after(s)) {
        uint32_t level = s->parent ? s->parent->level + 1u : 1u;
        s->level = (uint8_t)(level > 255 ? 255 : level);
        s->own_number = s->own_number || bx_has_own_number(s->title.plain);
        find_counted(s->first);
        if (!s->id.n)
            continue;
        if (bx_map_get(&ids, s->id) && r->front_matter) {
            s->id = (bx_str){0};
        } else if (bx_map_get(&ids, s->id)) {
            bx_say(r->report, BX_D_DUPLICATE_ID, s->span, "the id “%.*s” stands twice",
                   BX_STR_ARG(s->id));
            s->id = (bx_str){0};
        } else {
            *bx_map_put(&ids, s->id) = s;
        }
    }
    make_ids(r, &ids);
    settle_numbered(r->issue->sections);
    for (bx_section *s = r->issue->sections; s; s = bx_section_after(s))
        settle_numbered(s->first);
    uint32_t top = 0;
    for (bx_section *s = r->issue->sections; s; s = bx_section_after(s)) {
        if (!s->parent && s->numbered)
            s->number = ++top;
        uint32_t n = 0;
        for (bx_section *sub = s->first; sub; sub = sub->next)
            if (sub->numbered)
                sub->number = ++n;
    }
}
