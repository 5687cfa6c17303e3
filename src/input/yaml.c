#include "input/yaml_inner.h"

#include "base/map.h"
#include "base/utf8.h"

typedef struct anchor {
    bx_yaml *node;
    uint32_t weight; /* nodes in it, aliases expanded */
    bool open;       /* still being read: an alias to it would never end */
} anchor;

/* A collection's value, a map's with its key. */
typedef struct value {
    bx_yaml *key, *item;
} value;

/* A collection that is being read. */
typedef struct level {
    bx_yaml *node;
    uint32_t first; /* of its values among those that wait */
    bx_yaml *key;   /* waits for its value */
    bool drop;      /* the value of a key that stands twice */
    anchor *anchor;
    uint32_t nodes_before;
} level;

typedef struct loader {
    bx_arena *arena;
    bx_report *report;
    uint32_t source;
    uint32_t start, end;
    bx_str bytes; /* of the source, up to `end` */
    bx_map anchors;
    BX_VEC(level) stack;
    BX_VEC(bx_map) seen;   /* for each level the keys of the map that is open there */
    BX_VEC(value) waiting; /* values of all collections that are open, the innermost one's last */
    bx_yaml *root;
    uint32_t nodes;
    bool failed;
    /* libyaml counts characters; this is where its last mark stands in bytes. */
    uint64_t mark_chars;
    uint32_t mark_bytes;
} loader;

typedef struct foreign {
    yaml_parser_t parser;
    yaml_event_t event;
    bool parser_live, event_live;
} foreign;

static void release(void *object) {
    foreign *f = object;
    if (f->event_live)
        yaml_event_delete(&f->event);
    if (f->parser_live)
        yaml_parser_delete(&f->parser);
}

static bool continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

/* Marks move forward nearly always, so the walk from the last one is short. */
static uint32_t byte_of(loader *l, const yaml_mark_t *mark) {
    if (l->mark_chars < mark->index) {
        uint64_t left = mark->index - l->mark_chars;
        l->mark_bytes = bx_utf8_skip(l->bytes, l->mark_bytes, &left);
        l->mark_chars = mark->index - left;
    }
    while (l->mark_chars > mark->index && l->mark_bytes > l->start) {
        do
            l->mark_bytes--;
        while (l->mark_bytes > l->start && continues(l->bytes.p[l->mark_bytes]));
        l->mark_chars--;
    }
    return l->mark_bytes;
}

static bx_span event_span(loader *l, const yaml_event_t *e) {
    bx_span s = {l->source, byte_of(l, &e->start_mark), 0};
    s.end = byte_of(l, &e->end_mark);
    return s;
}

static void fail(loader *l) { l->failed = true; }

static bool is_null(const bx_yaml *y) {
    return y->plain && (y->text.n == 0 || bx_str_is(y->text, "~") || bx_str_is(y->text, "null") ||
                        bx_str_is(y->text, "Null") || bx_str_is(y->text, "NULL"));
}

/* Tags of the core schema say nothing that the readers do not know; others would be lost. */
static void check_tag(loader *l, const yaml_char_t *tag, bx_span span) {
    static const char core[] = "tag:yaml.org,2002:";
    static const char *const known[] = {"str",  "int", "float", "bool",
                                        "null", "seq", "map",   "timestamp"};
    if (!tag || strcmp((const char *)tag, "!") == 0)
        return;
    bx_str t = bx_str_of((const char *)tag);
    if (bx_str_starts(t, BX_STR(core))) {
        bx_str name = bx_str_sub(t, sizeof core - 1, t.n);
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (bx_str_is(name, known[i]))
                return;
    }
    bx_say(l->report, BX_D_YAML_SYNTAX, span, "the tag %.*s is not understood", BX_STR_ARG(t));
    bx_hint(l->report, "Leave the tag out; quote the value if it begins with !");
}

static anchor *note_anchor(loader *l, const yaml_char_t *name, bx_yaml *node) {
    if (!name)
        return NULL;
    anchor *a = bx_new(l->arena, anchor);
    a->node = node;
    *bx_map_put(&l->anchors, bx_str_dup(l->arena, bx_str_of((const char *)name))) = a;
    return a;
}

static void add_key(loader *l, level *top, bx_yaml *key) {
    bx_map *seen = &l->seen.at[l->stack.n - 1];
    if (key->kind == BX_YAML_LIST || key->kind == BX_YAML_MAP) {
        bx_say(l->report, BX_D_YAML_SYNTAX, key->span,
               "a key must be a word, not a list or a mapping");
        bx_hint(l->report, "Quote the text if it begins with [ or {");
        top->drop = true;
    } else if (key->plain && bx_str_is(key->text, "<<")) {
        bx_say(l->report, BX_D_YAML_SYNTAX, key->span, "merge keys (<<) are not supported");
        bx_hint(l->report, "Write the keys out");
        top->drop = true;
    } else if (bx_map_get(seen, key->text)) {
        bx_yaml *first = bx_map_get(seen, key->text);
        bx_place place = bx_sources_place(l->report->sources, l->source, first->span.start);
        bx_say(l->report, BX_D_DUPLICATE_KEY, key->span,
               "the key “%.*s” stands twice; first on line %u", BX_STR_ARG(key->text), place.line);
        top->drop = true;
    } else {
        *bx_map_put(seen, key->text) = key;
    }
    top->key = key;
}

/* Puts a finished or just opened node where it belongs. */
static void place(loader *l, bx_yaml *node) {
    if (l->stack.n == 0) {
        l->root = node;
        return;
    }
    level *top = &l->stack.at[l->stack.n - 1];
    if (top->node->kind == BX_YAML_LIST) {
        bx_push(l->arena, &l->waiting, (value){.item = node});
    } else if (!top->key) {
        add_key(l, top, node);
    } else {
        if (!top->drop)
            bx_push(l->arena, &l->waiting, (value){top->key, node});
        top->key = NULL;
        top->drop = false;
    }
}

static bool count(loader *l, uint32_t nodes, bx_span span) {
    l->nodes = nodes > UINT32_MAX - l->nodes ? UINT32_MAX : l->nodes + nodes;
    bool within = bx_within(l->report, BX_LIMIT_YAML_VALUES, l->nodes, span);
    if (!within)
        fail(l);
    return within;
}

static void on_scalar(loader *l, const yaml_event_t *e) {
    bx_yaml *y = bx_new(l->arena, bx_yaml);
    y->kind = BX_YAML_SCALAR;
    y->span = event_span(l, e);
    if (!count(l, 1, y->span))
        return;
    y->text = bx_str_dup(
        l->arena, (bx_str){(const char *)e->data.scalar.value, (uint32_t)e->data.scalar.length});
    y->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !e->data.scalar.tag;
    check_tag(l, e->data.scalar.tag, y->span);
    bx_yaml_trace(l->arena, y, e->data.scalar.style, l->bytes);
    if (is_null(y))
        y->kind = BX_YAML_NULL;
    anchor *a = note_anchor(l, e->data.scalar.anchor, y);
    if (a)
        a->weight = 1;
    place(l, y);
}

static void open_collection(loader *l, const yaml_event_t *e, bx_yaml_kind kind,
                            const yaml_char_t *name, const yaml_char_t *tag) {
    bx_yaml *y = bx_new(l->arena, bx_yaml);
    y->kind = kind;
    y->span = event_span(l, e);
    if (!count(l, 1, y->span))
        return;
    if (!bx_within(l->report, BX_LIMIT_YAML_DEPTH, l->stack.n + 1, y->span)) {
        fail(l);
        return;
    }
    check_tag(l, tag, y->span);
    anchor *a = note_anchor(l, name, y);
    if (a)
        a->open = true;
    place(l, y);
    bx_push(l->arena, &l->stack,
            (level){.node = y, .first = l->waiting.n, .anchor = a, .nodes_before = l->nodes - 1});
    if (l->seen.n < l->stack.n)
        bx_push(l->arena, &l->seen, bx_map_new(l->arena));
    bx_map_clear(&l->seen.at[l->stack.n - 1]);
}

/* Gives a collection the values that have waited for its end. */
static void take_values(loader *l, bx_yaml *y, uint32_t first) {
    y->n = l->waiting.n - first;
    if (y->n)
        y->items = bx_alloc_raw_n(l->arena, y->n, sizeof *y->items);
    if (y->n && y->kind == BX_YAML_MAP)
        y->keys = bx_alloc_raw_n(l->arena, y->n, sizeof *y->keys);
    for (uint32_t i = 0; i < y->n; i++) {
        y->items[i] = l->waiting.at[first + i].item;
        if (y->keys)
            y->keys[i] = l->waiting.at[first + i].key;
    }
    l->waiting.n = first;
}

static void close_collection(loader *l, uint32_t end) {
    level *top = &l->stack.at[--l->stack.n];
    bx_yaml *y = top->node;
    take_values(l, y, top->first);
    /* A block collection's end mark is at the next token: its own end is that of its last value. */
    bool flow = y->span.end > y->span.start;
    if (flow && end)
        y->span.end = end;
    else if (y->n && y->items[y->n - 1]->span.end > y->span.end)
        y->span.end = y->items[y->n - 1]->span.end;
    if (top->anchor) {
        top->anchor->open = false;
        top->anchor->weight = l->nodes - top->nodes_before;
    }
}

static void on_alias(loader *l, const yaml_event_t *e) {
    bx_str name = bx_str_of((const char *)e->data.alias.anchor);
    bx_span span = event_span(l, e);
    anchor *a = bx_map_get(&l->anchors, name);
    if (!a || a->open) {
        bx_say(l->report, BX_D_YAML_SYNTAX, span,
               a ? "the alias *%.*s stands inside what it names" : "no anchor &%.*s for this alias",
               BX_STR_ARG(name));
        bx_hint(l->report, "Quote the value if it only begins with *");
        fail(l);
        return;
    }
    if (count(l, a->weight, span))
        place(l, a->node);
}

/* Handles one event. False: the document is over. */
static bool on_event(loader *l, const yaml_event_t *e) {
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        on_scalar(l, e);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(l, e, BX_YAML_LIST, e->data.sequence_start.anchor,
                        e->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(l, e, BX_YAML_MAP, e->data.mapping_start.anchor, e->data.mapping_start.tag);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(l, byte_of(l, &e->end_mark));
        break;
    case YAML_ALIAS_EVENT:
        on_alias(l, e);
        break;
    case YAML_DOCUMENT_START_EVENT:
        if (l->root) {
            bx_span at = event_span(l, e);
            bx_say(l->report, BX_D_YAML_SYNTAX, at, "a second document begins here");
            bx_hint(l->report, "An issue is one document: remove the line ---");
            fail(l);
        }
        break;
    case YAML_STREAM_END_EVENT:
        return false;
    default:
        break;
    }
    return true;
}

static void run(loader *l, foreign *f) {
    for (bool more = true; more && !l->failed;) {
        if (!yaml_parser_parse(&f->parser, &f->event)) {
            if (f->parser.error == YAML_MEMORY_ERROR)
                bx_out_of_memory(l->arena);
            /* The reader counts bytes and has no mark. */
            bool raw = f->parser.error == YAML_READER_ERROR;
            uint32_t at = raw ? l->start + (uint32_t)f->parser.problem_offset
                              : byte_of(l, &f->parser.problem_mark);
            uint32_t context = f->parser.context ? byte_of(l, &f->parser.context_mark) : at;
            bx_yaml_complain(l->report, l->source, &f->parser, at, context);
            fail(l);
            break;
        }
        f->event_live = true;
        more = on_event(l, &f->event);
        yaml_event_delete(&f->event);
        f->event_live = false;
    }
}

bx_yaml *bx_yaml_read(bx_arena *arena, uint32_t source, uint32_t start, uint32_t end, bool partial,
                      bx_report *report) {
    const bx_source *src = bx_sources_get(report->sources, source);
    loader l = {.arena = arena, .report = report, .source = source, .start = start, .end = end};
    l.bytes = bx_str_sub(src->bytes, 0, end);
    l.mark_bytes = start;
    l.anchors = bx_map_new(arena);

    foreign *f = bx_new(arena, foreign);
    if (!yaml_parser_initialize(&f->parser))
        bx_out_of_memory(arena);
    f->parser_live = true;
    bx_defer(arena, release, f);
    yaml_parser_set_encoding(&f->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&f->parser, (const unsigned char *)src->bytes.p + start,
                                 end - start);
    run(&l, f);
    release(f);
    f->event_live = f->parser_live = false;

    if (l.failed && !partial)
        return NULL;
    while (l.stack.n)
        close_collection(&l, 0);
    if (!l.root) {
        l.root = bx_new(arena, bx_yaml);
        l.root->span = (bx_span){source, start, start};
    }
    return l.root;
}

const bx_yaml *bx_yaml_get(const bx_yaml *map, const char *key) {
    if (!map || map->kind != BX_YAML_MAP)
        return NULL;
    for (uint32_t i = 0; i < map->n; i++)
        if (bx_str_is(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

bx_span bx_yaml_span(const bx_yaml *scalar, uint32_t start, uint32_t end) {
    return bx_origin_span(&scalar->origin, start, end);
}
