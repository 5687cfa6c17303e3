/* Front matter that is no YAML, read as far as simple lines go. */
#include "input/front_matter.h"

#include "base/utf8.h"

typedef struct salvage {
    bx_arena *arena;
    bx_str s;
    uint32_t source, at, end;
    BX_VEC(bx_yaml *) keys;
    BX_VEC(bx_yaml *) items;
} salvage;

static bx_yaml *scalar(salvage *v, bx_str text, uint32_t start, uint32_t end, bool plain) {
    bx_yaml *y = bx_new(v->arena, bx_yaml);
    y->kind = plain && !text.n ? BX_YAML_NULL : BX_YAML_SCALAR;
    y->text = text;
    y->plain = plain;
    y->span = (bx_span){v->source, start, end};
    y->origin = bx_origin_plain(v->source, start, end);
    return y;
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static void skip_blank(salvage *v, const char *more) {
    while (v->at < v->end && (blank(v->s.p[v->at]) || strchr(more, v->s.p[v->at])))
        v->at++;
}

/* A quoted string; escapes \" \\ \n. */
static bx_yaml *quoted(salvage *v) {
    char quote = v->s.p[v->at];
    uint32_t start = ++v->at;
    bx_buf buf = bx_buf_new(v->arena);
    while (v->at < v->end && v->s.p[v->at] != quote) {
        char c = v->s.p[v->at++];
        if (c == '\\' && quote == '"' && v->at < v->end) {
            c = v->s.p[v->at++];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        bx_buf_char(&buf, c);
    }
    uint32_t stop = v->at;
    if (v->at < v->end)
        v->at++;
    return scalar(v, bx_buf_view(&buf), start, stop, false);
}

/* Up to a mark of the set or the line's end. */
static bx_yaml *bare(salvage *v, const char *stops) {
    uint32_t start = v->at;
    while (v->at < v->end && v->s.p[v->at] != '\n' && !strchr(stops, v->s.p[v->at]))
        v->at++;
    uint32_t stop = v->at;
    while (stop > start && blank(v->s.p[stop - 1]))
        stop--;
    return scalar(v, bx_str_sub(v->s, start, stop), start, stop, true);
}

static bx_yaml *new_list(salvage *v, uint32_t start) {
    bx_yaml *y = bx_new(v->arena, bx_yaml);
    y->kind = BX_YAML_LIST;
    y->span = (bx_span){v->source, start, start + 1};
    return y;
}

static void add_item(salvage *v, bx_yaml *list, bx_yaml *item) {
    bx_yaml **items = bx_new_n(v->arena, bx_yaml *, (size_t)list->n + 1);
    if (list->n)
        memcpy(items, list->items, list->n * sizeof *items);
    items[list->n++] = item;
    list->items = items;
    list->span.end = item->span.end;
}

enum { MAX_ITEMS = 256 };

/* [a, "b"], over lines too; EDN's commas are white space. */
static bx_yaml *bracketed(salvage *v, char close) {
    bx_yaml *list = new_list(v, v->at++);
    char stops[8] = {close, ',', ']', '}', 0};
    for (;;) {
        skip_blank(v, ",\n");
        if (v->at >= v->end || v->s.p[v->at] == close || list->n >= MAX_ITEMS)
            break;
        char c = v->s.p[v->at];
        uint32_t before = v->at;
        bx_yaml *item =
            c == '"' || c == '\'' ? quoted(v) : bare(v, close == ']' ? stops : " ,]}\"");
        if (v->at == before)
            v->at++;
        else if (item->kind != BX_YAML_NULL)
            add_item(v, list, item);
    }
    if (v->at < v->end)
        v->at++;
    return list;
}

static void next_line(salvage *v) {
    while (v->at < v->end && v->s.p[v->at] != '\n')
        v->at++;
    if (v->at < v->end)
        v->at++;
}

/* "- item" lines below a key. */
static bx_yaml *dashes(salvage *v) {
    bx_yaml *list = NULL;
    while (v->at < v->end) {
        uint32_t line = v->at;
        skip_blank(v, "");
        if (v->at + 1 >= v->end || v->s.p[v->at] != '-' || !blank(v->s.p[v->at + 1])) {
            v->at = line;
            break;
        }
        v->at++;
        skip_blank(v, "");
        char c = v->at < v->end ? v->s.p[v->at] : 0;
        bx_yaml *item = c == '"' || c == '\'' ? quoted(v) : bare(v, "");
        list = list ? list : new_list(v, line);
        if (item->kind != BX_YAML_NULL && list->n < MAX_ITEMS)
            add_item(v, list, item);
        next_line(v);
    }
    return list;
}

static bx_yaml *value(salvage *v) {
    skip_blank(v, "");
    char c = v->at < v->end ? v->s.p[v->at] : '\n';
    bx_yaml *y;
    if (c == '"' || c == '\'') {
        y = quoted(v);
    } else if (c == '[') {
        y = bracketed(v, ']');
    } else {
        y = bare(v, "");
    }
    next_line(v);
    if (y->kind == BX_YAML_NULL) {
        bx_yaml *list = dashes(v);
        y = list ? list : y;
    }
    return y;
}

static bool name_char(char c, bool first) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (!first && strchr("0123456789_-", c));
}

static bx_yaml *name(salvage *v) {
    uint32_t start = v->at;
    while (v->at < v->end && name_char(v->s.p[v->at], v->at == start))
        v->at++;
    return v->at > start ? scalar(v, bx_str_sub(v->s, start, v->at), start, v->at, true) : NULL;
}

static void add_pair(salvage *v, bx_yaml *key, bx_yaml *item) {
    for (uint32_t i = 0; i < v->keys.n; i++)
        if (bx_str_eq(v->keys.at[i]->text, key->text))
            return;
    bx_push(v->arena, &v->keys, key);
    bx_push(v->arena, &v->items, item);
}

static bx_yaml *finish(salvage *v, uint32_t start) {
    bx_yaml *map = bx_new(v->arena, bx_yaml);
    map->kind = BX_YAML_MAP;
    map->span = (bx_span){v->source, start, v->end};
    map->keys = v->keys.at;
    map->items = v->items.at;
    map->n = v->keys.n;
    return map;
}

static salvage begin(bx_arena *arena, bx_report *report, uint32_t source, uint32_t start,
                     uint32_t end) {
    return (salvage){.arena = arena,
                     .s = bx_sources_get(report->sources, source)->bytes,
                     .source = source,
                     .at = start,
                     .end = end};
}

enum { MAX_KEYS = 256 };

bx_yaml *bx_front_matter_salvage(bx_arena *arena, bx_report *report, uint32_t source,
                                 uint32_t start, uint32_t end) {
    salvage v = begin(arena, report, source, start, end);
    while (v.at < v.end && v.keys.n < MAX_KEYS) {
        if (v.s.p[v.at] == '[')
            break; /* a table of TOML: its keys are not the file's */
        bx_yaml *key = name(&v);
        skip_blank(&v, "");
        if (!key || v.at >= v.end || (v.s.p[v.at] != ':' && v.s.p[v.at] != '=')) {
            next_line(&v);
            continue;
        }
        v.at++;
        add_pair(&v, key, value(&v));
    }
    return finish(&v, start);
}

bx_yaml *bx_front_matter_edn(bx_arena *arena, bx_report *report, uint32_t source, uint32_t start,
                             uint32_t end) {
    salvage v = begin(arena, report, source, start, end);
    while (v.at < v.end && v.keys.n < MAX_KEYS) {
        skip_blank(&v, ",\n");
        if (v.at >= v.end || v.s.p[v.at] != ':') {
            v.at++;
            continue;
        }
        v.at++;
        bx_yaml *key = name(&v);
        skip_blank(&v, ",\n#");
        if (!key || v.at >= v.end)
            continue;
        char c = v.s.p[v.at];
        bx_yaml *item = c == '"'   ? quoted(&v)
                        : c == '[' ? bracketed(&v, ']')
                        : c == '{' ? bracketed(&v, '}')
                        : c == ':' ? (v.at++, bare(&v, " ,}"))
                                   : bare(&v, " ,}");
        add_pair(&v, key, item);
    }
    return finish(&v, start);
}
