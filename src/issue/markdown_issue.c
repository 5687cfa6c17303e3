/* A Markdown issue: front matter gives the keys, headings the sections. */
#include "issue/reader.h"

#include "base/utf8.h"
#include "input/cjk.h"
#include "input/front_matter.h"

#include <unicode/uchar.h>

/* Letters and digits only, folded: what makes two titles the same to a reader. */
static bx_str title_key(bx_arena *arena, bx_str s) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t at = 0; at < s.n;) {
        uint32_t c = bx_utf8_next(s, &at);
        c = c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c; /* full width */
        if (u_isalnum((UChar32)c))
            bx_buf_rune(&out, (uint32_t)u_tolower((UChar32)c));
    }
    return bx_buf_view(&out);
}

bool bx_same_title(bx_arena *arena, bx_str a, bx_str b) {
    bx_str x = title_key(arena, a), y = title_key(arena, b);
    return x.n && bx_str_eq(x, y);
}

/* Headings of the document's own level, and what stands before the first one. */
typedef struct outline {
    bx_node *first;        /* heading */
    bx_node *before_first; /* the block before it */
    bool text_before;      /* more than pictures, rules and line breaks stand before it */
    uint32_t n_first;      /* headings of its level */
    uint32_t n_h1;
} outline;

static bool is_text(const bx_node *block) {
    if (block->kind == BX_NODE_BREAK)
        return false;
    if (block->kind != BX_NODE_PARAGRAPH && block->kind != BX_NODE_GROUP)
        return true;
    for (const bx_node *n = block; n; n = bx_node_after(n, block))
        if (n->kind == BX_NODE_TEXT || n->kind == BX_NODE_CODE)
            return true;
    return false;
}

static outline look(const bx_node *document) {
    outline o = {0};
    bx_node *before = NULL;
    for (bx_node *n = document->first; n; n = n->next) {
        if (n->kind == BX_NODE_HEADING) {
            if (!o.first) {
                o.first = n;
                o.before_first = before;
            }
            o.n_first += n->number == o.first->number;
            o.n_h1 += n->number == 1;
        } else if (!o.first) {
            o.text_before = o.text_before || is_text(n);
        }
        before = n;
    }
    return o;
}

static void take_out(bx_node *document, bx_node *before, bx_node *block) {
    if (before)
        before->next = block->next;
    else
        document->first = block->next;
    if (document->last == block)
        document->last = before;
}

static bx_field field_of_heading(bx_reader *r, bx_node *heading) {
    heading->kind = BX_NODE_PARAGRAPH;
    heading->number = 0;
    heading->parent = NULL;
    return bx_field_of_node(r, heading);
}

/* A heading that names a periodical rather than a subject. */
static bool names_series(bx_str s) {
    static const char *const words[] = {
        "周报",   "日报",  "月报",     "周刊", "月刊",   "日刊",  "早报",    "晚报",   "简报",
        "快报",   "週報",  "日報",     "月報", "週刊",   "月刊",  "早報",    "晚報",   "簡報",
        "快報",   "週記",  "情报",     "通讯", "Weekly", "Daily", "Monthly", "Digest", "Newsletter",
        "WEEKLY", "DAILY", "ニュース", "뉴스", "주간",   "일간"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (bx_str_find(s, bx_str_of(words[i])) >= 0)
            return true;
    return false;
}

/* "1 一周见闻" is a chapter's head. */
static bool begins_with_number(bx_str s) {
    uint32_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n && n < 3 && n < s.n && s.p[n] == ' ';
}

/* Without any heading a short first line that is no sentence is the title. */
static void title_from_line(bx_reader *r, bx_node *document) {
    bx_node *first = document->first;
    if (r->issue->title.plain.n || r->issue->series.plain.n || !first || !first->next ||
        first->kind != BX_NODE_PARAGRAPH)
        return;
    for (const bx_node *n = first->first; n; n = n->next)
        if (n->kind != BX_NODE_TEXT && n->kind != BX_NODE_STRONG)
            return;
    bx_str plain = bx_node_plain(r->arena, first);
    uint32_t end = plain.n, width = bx_utf8_count(plain);
    uint32_t last = end ? bx_utf8_prev(plain, &end) : 0;
    if (!width || width > 30 ||
        (u_ispunct((UChar32)last) && last != 0x300B && last != '!' && last != '?' &&
         last != 0xFF01 && last != 0xFF1F))
        return;
    take_out(document, NULL, first);
    first->parent = NULL;
    first->next = NULL;
    r->issue->title = bx_field_of_node(r, first);
}

/* The first heading is the title when nothing else is; when the front matter has one, the first
 * heading may say it again, or name the periodical. It is then no section. */
static void choose_title(bx_reader *r, bx_node *document) {
    bx_issue *issue = r->issue;
    outline o = look(document);
    if (!o.first) {
        title_from_line(r, document);
        bx_read_printed(r, document);
        return;
    }
    bx_str plain = bx_node_plain(r->arena, o.first);
    bool alone = o.n_first == 1;
    if (issue->title.plain.n) {
        if (bx_same_title(r->arena, plain, issue->title.plain)) {
            take_out(document, o.before_first, o.first);
        } else if (alone && o.first->number == 1 && !o.text_before && !issue->series.plain.n &&
                   names_series(plain)) {
            take_out(document, o.before_first, o.first);
            issue->series = field_of_heading(r, o.first);
        }
        return;
    }
    bool h1 = o.first->number == 1;
    bool chapter = bx_has_own_number(plain) || begins_with_number(plain);
    if (chapter || !(alone || (h1 && !o.text_before)))
        return;
    if (!h1 && (o.n_h1 || o.text_before))
        return;
    take_out(document, o.before_first, o.first);
    issue->title = field_of_heading(r, o.first);
}

/* A name for the PDF when the text has none: the file's. */
static bx_str stem(bx_str path) {
    bx_str name = bx_path_name(path);
    for (uint32_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.')
            return bx_str_sub(name, 0, i - 1);
    return name;
}

static void title_from_file(bx_reader *r) {
    bx_issue *issue = r->issue;
    bx_str name = stem(issue->path);
    if (issue->title.plain.n || issue->series.plain.n || !name.n || bx_str_is(issue->path, "-"))
        return;
    bx_origin nowhere = {0};
    issue->title = bx_field_of(r, name, &nowhere, (bx_span){0});
}

/* Posts are often named 2026-02-28-title.md, and dailies titled “Daily | 2026-02-28”. */
static void date_from(bx_reader *r, bx_str s) {
    for (uint32_t at = 0; !r->issue->date.year && at + 10 <= s.n; at++) {
        bool begins = at == 0 || s.p[at - 1] < '0' || s.p[at - 1] > '9';
        bx_str day = bx_str_sub(s, at, at + 10);
        bool ends = at + 10 == s.n || s.p[at + 10] < '0' || s.p[at + 10] > '9';
        if (begins && ends && day.p[4] == '-' && day.p[7] == '-')
            bx_parse_date(r->arena, day, false, &r->issue->date);
    }
}

/* A card at the very end, with a link and a picture or a mail address: how to reach the editors. */
static bool is_card(const bx_node *block) {
    bool link = false, image = false;
    if (block->kind != BX_NODE_GROUP)
        return false;
    for (const bx_node *n = block; n; n = bx_node_after(n, block)) {
        link = link || n->kind == BX_NODE_LINK;
        image = image || n->kind == BX_NODE_IMAGE;
    }
    return link && image;
}

static void take_contact(bx_reader *r, bx_node *document) {
    bx_node *card = NULL, *before = NULL, *last = NULL;
    for (bx_node *n = document->first; n; n = n->next) {
        if (n->kind != BX_NODE_BREAK) {
            before = last;
            card = n;
        }
        last = n->kind != BX_NODE_BREAK ? n : last;
    }
    if (r->issue->contact || !card || !is_card(card))
        return;
    if (before)
        before->next = NULL; /* rules that set the card off go too */
    else
        document->first = NULL;
    document->last = before;
    bx_contact *c = bx_new(r->arena, bx_contact);
    bx_node *text = bx_node_new(r->arena, BX_NODE_DOCUMENT, card->span);
    bx_node_append(text, card);
    c->text = text;
    c->span = card->span;
    r->issue->contact = c;
}

void bx_read_markdown(bx_reader *r, uint32_t source) {
    bx_front_matter front = bx_front_matter_read(r->arena, source, r->report);
    r->front_matter = true;
    bx_yaml *map = front.map;
    if (r->options->n_sets) {
        bx_yaml none = {.kind = BX_YAML_MAP};
        map = bx_apply_sets(r, map ? map : &none);
    }
    if (map && map->kind == BX_YAML_MAP)
        bx_read_front_matter(r, map);
    bx_str bytes = bx_sources_get(r->report->sources, source)->bytes;
    bx_origin origin = bx_origin_plain(source, front.body, bytes.n);
    bx_node *document = bx_markdown_blocks(
        r->arena, r->scratch, bx_str_sub(bytes, front.body, bytes.n), &origin, r->report);
    choose_title(r, document);
    take_contact(r, document);
    bx_section **tail = &r->issue->sections;
    while (*tail)
        tail = &(*tail)->next;
    bx_node *lead = bx_split_sections(r, document, NULL, tail);
    if (!r->issue->lead)
        r->issue->lead = lead;
    bx_take_references(r);
    bx_nest_counted(r->issue->sections);
    date_from(r, r->issue->title.plain);
    date_from(r, r->issue->series.plain);
    date_from(r, stem(r->issue->path));
    title_from_file(r);
}
