/* Whether an SVG is worth drawing: how deep it nests, and how many elements there are once every
 * `use`, mask, pattern, marker and filter stands for what it names. librsvg has limits of its own,
 * but needs many seconds to reach them, and none against filters. */
#include "base/map.h"
#include "base/vec.h"
#include "draw/image_read.h"

enum {
    NAMED_MAX = 64,       /* uses of uses */
    ATTRIBUTES_MAX = 500, /* of an element: libxml takes quadratic time for them */
    FILTER_STEP = 5000,   /* elements that a step of a filter counts as: it is made of pixels */
    TEXT_ROOT = 100, /* so many bytes of a text count as an element, twice as many as four … */
};

typedef struct element {
    bx_str id;
    uint32_t first_target, n_targets; /* what it names, in scan.targets */
    uint64_t times;                   /* how often what it names is drawn */
    uint64_t own;                     /* what it costs without what is in it */
    uint32_t end;                     /* the element after the last inside */
    uint64_t cost;                    /* once known */
    bool known, asked, text;
} element;

typedef struct scan {
    bx_arena *arena;
    bx_str xml;
    uint64_t most, deepest; /* elements, and in each other */
    bx_limit beyond;        /* BX_LIMIT_COUNT: none */
    const char *refused;    /* an element that is not drawn; NULL: none */
    BX_VEC(element) all;
    BX_VEC(bx_str) targets;
    bx_map by_id;
    BX_VEC(uint32_t) open;
} scan;

/* Past the next `what`, or the end. */
static uint32_t past(const scan *s, uint32_t at, const char *what) {
    int64_t found = bx_str_find(bx_str_sub(s->xml, at, s->xml.n), bx_str_of(what));
    return found < 0 ? s->xml.n : at + (uint32_t)found + (uint32_t)strlen(what);
}

/* Past a tag's '>', quoted ones aside. */
static uint32_t tag_end(const scan *s, uint32_t at, uint32_t *n_attributes) {
    char quote = 0;
    *n_attributes = 0;
    for (; at < s->xml.n; at++) {
        char c = s->xml.p[at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c, ++*n_attributes;
        else if (c == '>')
            return at + 1;
    }
    return at;
}

static bool is_name_end(char c) {
    return c == '=' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The value of an attribute whose name ends so (href, xlink:href). */
static bx_str attribute(bx_str tag, const char *name) {
    bx_str n = bx_str_of(name);
    for (uint32_t at = 0; at + n.n < tag.n; at++) {
        bool here = memcmp(tag.p + at, n.p, n.n) == 0 && is_name_end(tag.p[at + n.n]) && at > 0 &&
                    (is_name_end(tag.p[at - 1]) || tag.p[at - 1] == ':');
        if (!here)
            continue;
        at += n.n;
        while (at < tag.n && is_name_end(tag.p[at]))
            at++;
        if (at >= tag.n || (tag.p[at] != '"' && tag.p[at] != '\''))
            return (bx_str){0};
        uint32_t start = ++at;
        while (at < tag.n && tag.p[at] != tag.p[start - 1])
            at++;
        return bx_str_trim(bx_str_sub(tag, start, at));
    }
    return (bx_str){0};
}

static void close_element(scan *s) {
    if (s->open.n)
        s->all.at[s->open.at[--s->open.n]].end = s->all.n;
}

/* The name of an element without its name space's prefix. */
static bx_str name_of(bx_str tag) {
    uint32_t start = 1, at = 1;
    for (; at < tag.n && !is_name_end(tag.p[at]) && tag.p[at] != '>' && tag.p[at] != '/'; at++)
        if (tag.p[at] == ':')
            start = at + 1;
    return bx_str_sub(tag, start, at);
}

/* `url(#name)` in any attribute, and the address of a `use`. */
static void find_targets(scan *s, element *e, bx_str tag, bx_str name) {
    e->first_target = s->targets.n;
    bx_str address = bx_str_is(name, "use") ? attribute(tag, "href") : (bx_str){0};
    if (address.n > 1 && address.p[0] == '#')
        bx_push(s->arena, &s->targets, bx_str_sub(address, 1, address.n));
    for (uint32_t at = 0; at < tag.n;) {
        int64_t found = bx_str_find(bx_str_sub(tag, at, tag.n), BX_STR("url(#"));
        if (found < 0)
            break;
        uint32_t start = at + (uint32_t)found + 5;
        for (at = start; at < tag.n && tag.p[at] != ')';)
            at++;
        bx_push(s->arena, &s->targets, bx_str_sub(tag, start, at));
    }
    e->n_targets = s->targets.n - e->first_target;
    /* A marker stands at each point, and a point has two numbers. */
    e->times = e->n_targets && bx_str_find(tag, BX_STR("marker")) >= 0 ? 1 + tag.n / 4 : 1;
}

/* Steps of filters that take time without bound, or that librsvg (2.54) ends the program at. */
static const char *refused_step(bx_str name) {
    static const char *const steps[] = {"feConvolveMatrix", "feTurbulence", "feMorphology",
                                        "feDiffuseLighting", "feSpecularLighting"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (bx_str_is(name, steps[i]))
            return steps[i];
    return NULL;
}

/* False: too many, or nested too deep. */
static bool open_element(scan *s, bx_str tag) {
    if (s->all.n >= s->most || s->open.n >= s->deepest) {
        s->beyond = s->all.n >= s->most ? BX_LIMIT_SVG_ELEMENTS : BX_LIMIT_SVG_DEPTH;
        return false;
    }
    element *e = bx_push_zero(s->arena, &s->all);
    bx_str name = name_of(tag);
    e->id = attribute(tag, "id");
    e->own = bx_str_starts(name, BX_STR("fe")) ? FILTER_STEP : 1;
    e->text = bx_str_is(name, "text") || bx_str_is(name, "tspan");
    find_targets(s, e, tag, name);
    if (!s->refused)
        s->refused = refused_step(name);
    bx_push(s->arena, &s->open, s->all.n - 1);
    return true;
}

/* What stands between tags. */
static void add_text(scan *s, uint64_t bytes) {
    element *e = s->open.n ? &s->all.at[s->open.at[s->open.n - 1]] : NULL;
    if (e && e->text)
        e->own += (bytes / TEXT_ROOT) * (bytes / TEXT_ROOT);
}

static bool read_elements(scan *s) {
    for (uint32_t at = 0; at < s->xml.n;) {
        const char *open = memchr(s->xml.p + at, '<', s->xml.n - at);
        if (!open)
            break;
        uint32_t from = at;
        at = (uint32_t)(open - s->xml.p);
        add_text(s, at - from);
        bx_str rest = bx_str_sub(s->xml, at, s->xml.n);
        if (bx_str_starts(rest, BX_STR("<!--"))) {
            at = past(s, at + 4, "-->");
        } else if (bx_str_starts(rest, BX_STR("<![CDATA["))) {
            at = past(s, at, "]]>");
        } else if (bx_str_starts(rest, BX_STR("<?")) || bx_str_starts(rest, BX_STR("<!"))) {
            at = past(s, at, ">");
        } else if (bx_str_starts(rest, BX_STR("</"))) {
            at = past(s, at, ">");
            close_element(s);
        } else {
            uint32_t n_attributes, end = tag_end(s, at, &n_attributes);
            if (n_attributes > ATTRIBUTES_MAX)
                s->beyond = BX_LIMIT_SVG_ELEMENTS;
            if (s->beyond != BX_LIMIT_COUNT || !open_element(s, bx_str_sub(s->xml, at, end)))
                return false;
            if (end - at > 2 && s->xml.p[end - 2] == '/')
                close_element(s);
            at = end;
        }
    }
    while (s->open.n)
        close_element(s);
    return true;
}

/* Elements drawn for element i, what they name included; more than there may be are all alike. A
 * circle costs nothing: librsvg refuses it at once. */
static uint64_t cost_of(scan *s, uint32_t i, uint32_t depth) {
    element *e = &s->all.at[i];
    if (e->known || e->asked)
        return e->known ? e->cost : 0;
    if (depth > NAMED_MAX)
        return s->most + 1;
    e->asked = true;
    uint64_t cost = 0;
    for (uint32_t k = i; k < e->end && cost <= s->most; k++) {
        const element *inner = &s->all.at[k];
        cost += inner->own;
        for (uint32_t t = 0; t < inner->n_targets && cost <= s->most; t++) {
            const element *target = bx_map_get(&s->by_id, s->targets.at[inner->first_target + t]);
            if (target)
                cost += inner->times * cost_of(s, (uint32_t)(target - s->all.at), depth + 1);
        }
    }
    e->cost = cost > s->most ? s->most + 1 : cost;
    e->known = true;
    return e->cost;
}

bool bx_image_svg_bounded(const image_file *file) {
    bx_mark mark = bx_arena_mark(file->arena);
    scan *s = bx_new(file->arena, scan);
    const bx_limits *limits = &file->report->limits;
    s->arena = file->arena;
    s->xml = file->bytes;
    s->most = limits->at[BX_LIMIT_SVG_ELEMENTS];
    s->most -= s->most == UINT64_MAX; /* room for one more than the most */
    s->deepest = limits->at[BX_LIMIT_SVG_DEPTH];
    s->beyond = BX_LIMIT_COUNT;
    s->by_id = bx_map_new(file->arena);
    bool bounded = read_elements(s);
    for (uint32_t i = s->all.n; bounded && i-- > 0;) { /* the first of an id counts */
        if (s->all.at[i].id.n)
            *bx_map_put(&s->by_id, s->all.at[i].id) = &s->all.at[i];
    }
    if (bounded && s->all.n && cost_of(s, 0, 0) > s->most)
        s->beyond = BX_LIMIT_SVG_ELEMENTS;
    bx_limit beyond = s->beyond;
    const char *refused = s->refused;
    bx_arena_rewind(file->arena, mark);
    if (beyond != BX_LIMIT_COUNT)
        bx_say_limit(file->report, beyond, file->asked);
    else if (refused)
        return bx_image_broken(file, "has a filter with %s, which is not drawn", refused);
    return beyond == BX_LIMIT_COUNT;
}
