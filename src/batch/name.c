/* Names of outputs: the template, its fields, and what no name may be. */
#include "base/utf8.h"
#include "batch/planner.h"

typedef struct issue_name {
    bx_str issue;        /* its path */
    bx_str folder, stem; /* of the path, as outputs may be named after it */
    const bx_json_fields *columns;
    bx_issue_facts facts; /* read when a field first asks for them */
    bool was_read, is_good;
} issue_name;

/* The path without what leads out of a folder: a root, ".", "..". */
static bx_str tame(bx_arena *arena, bx_str path) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t at = 0; at < path.n;) {
        uint32_t end = at;
        while (end < path.n && path.p[end] != '/')
            end++;
        bx_str part = bx_str_sub(path, at, end);
        at = end + 1;
        if (!part.n || bx_str_is(part, ".") || bx_str_is(part, ".."))
            continue;
        if (out.n)
            bx_buf_char(&out, '/');
        bx_buf_str(&out, part);
    }
    return bx_buf_view(&out);
}

static issue_name name_of(bx_planner *p, bx_str issue, bx_str below,
                          const bx_json_fields *columns) {
    bool is_below = below.n && bx_str_starts(issue, below);
    bx_str path = tame(p->scratch, bx_str_sub(issue, is_below ? below.n : 0, issue.n));
    uint32_t slash = path.n, dot = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    for (uint32_t i = slash + 1; i < path.n; i++)
        if (path.p[i] == '.')
            dot = i;
    return (issue_name){
        .issue = issue,
        .folder = bx_str_sub(path, 0, slash ? slash - 1 : 0),
        .stem = bx_str_sub(path, slash, dot),
        .columns = columns,
    };
}

/* Fields that the issue itself has. */
static const struct {
    const char *name;
    size_t at;           /* in bx_issue_facts */
    uint32_t start, end; /* the part of it that is meant */
} facts[] = {
    {"title", offsetof(bx_issue_facts, title), 0, UINT32_MAX},
    {"series", offsetof(bx_issue_facts, series), 0, UINT32_MAX},
    {"number", offsetof(bx_issue_facts, number), 0, UINT32_MAX},
    {"date", offsetof(bx_issue_facts, date), 0, UINT32_MAX},
    {"year", offsetof(bx_issue_facts, date), 0, 4},
    {"month", offsetof(bx_issue_facts, date), 5, 7},
    {"day", offsetof(bx_issue_facts, date), 8, 10},
};

/* A slash in a title must not make a folder. */
static bx_str without_slashes(bx_arena *arena, bx_str s) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t i = 0; i < s.n; i++)
        bx_buf_char(&out, s.p[i] == '/' ? '-' : s.p[i]);
    return bx_buf_view(&out);
}

static void read_facts(bx_planner *p, issue_name *name) {
    if (name->was_read)
        return;
    name->was_read = true;
    name->is_good = p->options->facts(p->options->user, p->scratch,
                                      bx_cstr(p->scratch, name->issue), &name->facts);
}

typedef enum found { FOUND, NO_FIELD, NO_VALUE, BAD_ISSUE } found;

static found fact_of(bx_planner *p, issue_name *name, bx_str field, bx_str *value) {
    size_t i = 0;
    while (i < sizeof facts / sizeof *facts && !bx_str_is(field, facts[i].name))
        i++;
    if (i == sizeof facts / sizeof *facts || !p->options->facts)
        return NO_FIELD;
    read_facts(p, name);
    bx_str whole = bx_str_of(*(const char **)((char *)&name->facts + facts[i].at));
    uint32_t end = facts[i].end < whole.n ? facts[i].end : whole.n;
    *value = whole.n > facts[i].start ? bx_str_sub(whole, facts[i].start, end) : (bx_str){0};
    *value = without_slashes(p->scratch, *value);
    return value->n ? FOUND : name->is_good ? NO_VALUE : BAD_ISSUE;
}

static found field_of(bx_planner *p, issue_name *name, bx_str field, bx_str *value) {
    for (uint32_t i = 0; i < name->columns->n; i++)
        if (bx_str_eq(name->columns->at[i].name, field)) {
            *value = name->columns->at[i].value;
            return FOUND;
        }
    bool folder = bx_str_is(field, "folder"), stem = bx_str_is(field, "stem");
    *value = folder ? name->folder : name->stem;
    return folder || stem ? FOUND : fact_of(p, name, field, value);
}

static bool refuse_field(bx_planner *p, const issue_name *name, bx_str field, found why) {
    if (why == NO_VALUE)
        return bx_plan_refuse(p, "give it one, or name it in a manifest",
                              "%.*s: it has no %.*s, which the name template asks for",
                              BX_STR_ARG(name->issue), BX_STR_ARG(field));
    return bx_plan_refuse(
        p,
        "fields are {folder}, {stem}, {title}, {series}, {number}, {date}, {year}, "
        "{month}, {day} and the columns of the manifest",
        "the name template has no field “%.*s”", BX_STR_ARG(field));
}

static bool expand(bx_planner *p, issue_name *name, bx_str template, bx_str *out) {
    bx_buf buf = bx_buf_new(p->scratch);
    for (uint32_t at = 0; at < template.n; at++) {
        if (template.p[at] != '{') {
            bx_buf_char(&buf, template.p[at]);
            continue;
        }
        uint32_t end = at + 1;
        while (end < template.n && template.p[end] != '}')
            end++;
        bx_str field = bx_str_sub(template, at + 1, end), value;
        found why = end < template.n ? field_of(p, name, field, &value) : NO_FIELD;
        if (why == BAD_ISSUE)
            return expand(p, name, BX_STR(BX_PLAN_TEMPLATE), out);
        if (why != FOUND)
            return refuse_field(p, name, field, why);
        bx_buf_str(&buf, value);
        at = end;
    }
    *out = bx_buf_view(&buf);
    return true;
}

enum { LONGEST_NAME = 255 }; /* bytes: what file systems allow */

/* Seen before the first issue is made: a night's run should not end at a title. */
static bool has_long_name(bx_str path) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < path.n && n <= LONGEST_NAME; i++)
        n = path.p[i] == '/' ? 0 : n + 1;
    return n > LONGEST_NAME;
}

static bool has_control(bx_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return true;
    return false;
}

bool bx_plan_name(bx_planner *p, bx_str issue, bx_str below, const bx_json_fields *columns,
                  bx_str *output) {
    const char *template = p->options->name_template;
    issue_name name = name_of(p, issue, below, columns);
    bx_str given = bx_json_line_get(columns, "output");
    if (!given.n && !expand(p, &name, bx_str_of(template ? template : BX_PLAN_TEMPLATE), &given))
        return false;
    *output = bx_str_dup(p->arena, tame(p->scratch, given));
    if (bx_utf8_invalid(issue) >= 0 || bx_utf8_invalid(*output) >= 0)
        return bx_plan_refuse(
            p,
            "ledgers hold UTF-8: save the manifest so, or rename the file (convmv turns "
            "whole folders over)",
            "%.*s: the name is not UTF-8", BX_STR_ARG(issue));
    if (has_long_name(*output))
        return bx_plan_refuse(
            p, "use a shorter field in --name-template, or a column output in a manifest",
            "%.*s: its output “%.*s” has a name of more than %d bytes", BX_STR_ARG(issue),
            BX_STR_ARG(*output), LONGEST_NAME);
    bool climbs = bx_str_starts(given, BX_STR("../")) || bx_str_find(given, BX_STR("/../")) >= 0;
    if (climbs || has_control(given) || !bx_str_ends(*output, BX_STR(".pdf")) || output->n < 5)
        return bx_plan_refuse(p, "it is a path below the output folder that ends in .pdf",
                              "%.*s: its output cannot be “%.*s”", BX_STR_ARG(issue),
                              BX_STR_ARG(given));
    return true;
}
