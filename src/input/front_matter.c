#include "input/front_matter.h"

#include "base/map.h"

typedef struct lines {
    bx_str s;
    uint32_t start, end,
        next; /* of the current line: its bytes, without its break; the one after */
} lines;

static bool read_line(lines *l, uint32_t from) {
    if (from >= l->s.n)
        return false;
    l->start = l->end = from;
    while (l->end < l->s.n && l->s.p[l->end] != '\n' && l->s.p[l->end] != '\r')
        l->end++;
    l->next = l->end;
    if (l->next < l->s.n && l->s.p[l->next] == '\r')
        l->next++;
    if (l->next < l->s.n && l->s.p[l->next] == '\n' &&
        (l->next == l->end || l->s.p[l->next - 1] == '\r'))
        l->next++;
    return true;
}

static bx_str line_text(const lines *l) { return bx_str_sub(l->s, l->start, l->end); }

static bool is_fence(const lines *l, const char *fence) {
    bx_str t = line_text(l);
    return t.n && t.p[0] == fence[0] && bx_str_is(bx_str_trim(t), fence);
}

/* key: or key = at the line's beginning. */
static bool is_key_line(bx_str t, char mark) {
    uint32_t n = 0;
    while (n < t.n && (((t.p[n] | 32) >= 'a' && (t.p[n] | 32) <= 'z') ||
                       (n && strchr("0123456789_-.", t.p[n]))))
        n++;
    uint32_t at = n;
    while (at < t.n && t.p[at] == ' ')
        at++;
    return n && at < t.n && t.p[at] == mark &&
           (mark == '=' || at + 1 == t.n || strchr(" \t", t.p[at + 1]));
}

/* Between two fences at the top: the offset of the closing one's line, with its end in *after. 0:
 * no closing fence. */
static uint32_t closing(lines *l, uint32_t from, const char *fence, const char *other,
                        uint32_t *after) {
    for (uint32_t at = from; read_line(l, at); at = l->next) {
        if (is_fence(l, fence) || (other && is_fence(l, other))) {
            *after = l->next;
            return l->start;
        }
    }
    return 0;
}

static bool has_key_line(bx_str s, uint32_t start, uint32_t end, char mark) {
    lines l = {.s = bx_str_sub(s, 0, end)};
    for (uint32_t at = start; read_line(&l, at); at = l.next) {
        bx_str t = line_text(&l);
        if (bx_str_trim(t).n && t.p[0] != '#')
            return is_key_line(t, mark);
    }
    return false;
}

static void warn(bx_report *report, uint32_t source, uint32_t start, uint32_t end,
                 const char *what) {
    bx_say(report, BX_D_FRONT_MATTER, (bx_span){source, start, end},
           "%s; what could be read of it is used", bx_word(report->words, what));
    bx_hint(report, "Write it as YAML between two lines of ---");
}

/* Pairs of `base` that `extra` does not have, after extra's own. */
static bx_yaml *merged(bx_arena *arena, bx_yaml *base, bx_yaml *extra) {
    bx_yaml *out = bx_new(arena, bx_yaml);
    *out = *base;
    out->keys = bx_new_n(arena, bx_yaml *, base->n + extra->n);
    out->items = bx_new_n(arena, bx_yaml *, base->n + extra->n);
    out->n = 0;
    bx_map there = bx_map_new(arena);
    for (uint32_t i = 0; i < base->n; i++)
        *bx_map_put(&there, base->keys[i]->text) = base->keys[i];
    for (int pass = 0; pass < 2; pass++) {
        const bx_yaml *from = pass ? extra : base;
        for (uint32_t i = 0; i < from->n; i++) {
            if (pass && bx_map_get(&there, from->keys[i]->text))
                continue;
            out->keys[out->n] = from->keys[i];
            out->items[out->n++] = from->items[i];
        }
    }
    return out;
}

static bx_yaml *read_yaml(bx_arena *arena, uint32_t source, uint32_t start, uint32_t end,
                          bx_report *report) {
    uint32_t before = report->list.n;
    if (!bx_within(report, BX_LIMIT_FRONT_MATTER, end - start, (bx_span){source, start, start}))
        return NULL;
    bx_yaml *map = bx_yaml_read(arena, source, start, end, true, report);
    bx_diag *last = NULL; /* what stopped the reader */
    for (uint32_t i = before; i < report->list.n; i++)
        if (report->list.at[i].code != BX_D_DUPLICATE_KEY)
            last = &report->list.at[i];
    if (!last)
        return map;
    last->message = bx_str_fmt(arena, "%.*s; what could be read of the front matter is used",
                               BX_STR_ARG(last->message));
    /* What stood before the fault is kept as YAML has it; lines read one by one give the rest. */
    bx_yaml *rest = bx_front_matter_salvage(arena, report, source, start, end);
    if (map->kind != BX_YAML_MAP)
        return rest;
    uint32_t line;
    bx_sources_line(report->sources, source, last->span.start, &line);
    while (map->n && map->items[map->n - 1]->span.end > line)
        map->n--; /* the faulty line's own value is cut short */
    return merged(arena, map, rest);
}

/* {:title "…" :tags ["…"]} of Clojure's generators, { "title": … } of Hugo's JSON. */
static bool braces(bx_arena *arena, uint32_t source, uint32_t at, bx_report *report,
                   bx_front_matter *out) {
    bx_str s = bx_sources_get(report->sources, source)->bytes;
    uint32_t depth = 0, end = at;
    bool quoted = false;
    for (; end < s.n; end++) {
        char c = s.p[end];
        if (c == '\\')
            end++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '{')
            depth++;
        else if (!quoted && c == '}' && --depth == 0)
            break;
    }
    if (end >= s.n)
        return false;
    uint32_t first = at + 1;
    while (first < end && strchr(" \t\r\n", s.p[first]))
        first++;
    bool edn = s.p[first] == ':';
    if (!edn && s.p[first] != '"')
        return false;
    warn(report, source, at, at + 1,
         edn ? "the front matter is EDN, not YAML" : "the front matter is JSON, not YAML");
    lines l = {.s = s};
    read_line(&l, end);
    out->body = l.next;
    out->map = edn ? bx_front_matter_edn(arena, report, source, at + 1, end)
                   : read_yaml(arena, source, at, end + 1, report);
    return true;
}

/* Keys from `at` on without both their lines: up to a closing line of ---, or a blank one when
 * there are enough of them. `what` is said at `place` when that is what they are. */
static bool bare_keys(bx_arena *arena, uint32_t source, uint32_t at, uint32_t fewest, bx_span place,
                      const char *what, bx_report *report, bx_front_matter *out) {
    bx_str s = bx_sources_get(report->sources, source)->bytes;
    lines l = {.s = s};
    uint32_t keys = 0, end = at, body = at;
    bool closed = false, known = false;
    for (uint32_t from = at; read_line(&l, from); from = l.next) {
        bx_str t = line_text(&l);
        end = l.start;
        body = l.next;
        if (is_fence(&l, "---")) {
            closed = true;
            break;
        }
        if (!bx_str_trim(t).n)
            break;
        bool key = is_key_line(t, ':');
        if (!key && t.p[0] != ' ' && t.p[0] != '\t' && t.p[0] != '-')
            return false;
        keys += key;
        static const char *const usual[] = {
            "title:", "date:", "layout:", "tags:", "author:", "Title:", "Date:"};
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
            known = known || bx_str_starts(t, bx_str_of(usual[i]));
        end = l.next;
    }
    if (!known || (keys < fewest && !closed))
        return false;
    warn(report, source, place.start, place.end, what);
    out->body = body;
    out->map = bx_front_matter_salvage(arena, report, source, at, end);
    return true;
}

bx_front_matter bx_front_matter_read(bx_arena *arena, uint32_t source, bx_report *report) {
    bx_str s = bx_sources_get(report->sources, source)->bytes;
    lines l = {.s = s};
    uint32_t start = bx_str_starts(s, BX_STR("\xEF\xBB\xBF")) ? 3 : 0;
    bx_front_matter out = {.body = start};
    uint32_t at = start;
    bool late = false;
    while (read_line(&l, at) && !bx_str_trim(line_text(&l)).n) {
        at = l.next;
        late = true;
    }
    if (!read_line(&l, at))
        return out;
    uint32_t inside = l.next, after = 0;
    if (is_fence(&l, "---")) {
        uint32_t close = closing(&l, inside, "---", "...", &after);
        bool empty = close && !bx_str_trim(bx_str_sub(s, inside, close)).n;
        if (close && (has_key_line(s, inside, close, ':') || (empty && !late))) {
            out.body = after;
            out.map = read_yaml(arena, source, inside, close, report);
        } else if (!close && has_key_line(s, inside, s.n, ':')) {
            bare_keys(arena, source, inside, 1, (bx_span){source, at, at + 3},
                      "the front matter is not closed by a second line of ---", report, &out);
        }
    } else if (is_fence(&l, "+++")) {
        uint32_t close = closing(&l, inside, "+++", NULL, &after);
        if (close) {
            warn(report, source, at, at + 3, "the front matter is TOML, not YAML");
            out.body = after;
            out.map = bx_front_matter_salvage(arena, report, source, inside, close);
        }
    } else if (is_fence(&l, ";;;")) {
        uint32_t close = closing(&l, inside, ";;;", NULL, &after);
        if (close) {
            warn(report, source, at, at + 3, "the front matter is JSON, not YAML");
            out.body = after;
            out.map = read_yaml(arena, source, inside, close, report);
        }
    } else if (s.p[at] == '{') {
        braces(arena, source, at, report, &out);
    } else if (!late) {
        bare_keys(arena, source, at, 2, (bx_span){source, at, at + 1},
                  "the front matter has no line of --- above it", report, &out);
    }
    if (out.map && out.map->kind != BX_YAML_MAP)
        out.map = NULL;
    return out;
}
