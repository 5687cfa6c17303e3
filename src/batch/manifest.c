/* Manifests: CSV (RFC 4180), JSON lines, and lists with a path a line. */
#include "batch/planner.h"

typedef BX_VEC(bx_str) row;

typedef struct csv {
    bx_arena *arena;
    const char *p, *end;
    uint32_t line; /* of the row read last, from 1 */
    uint32_t next; /* of what follows */
} csv;

/* A field in quotation marks, in which two of them stand for one. False: it is not closed. */
static bool read_quoted(csv *c, bx_buf *out) {
    c->p++;
    while (c->p < c->end) {
        char byte = *c->p++;
        if (byte == '"') {
            if (c->p == c->end || *c->p != '"')
                return true;
            c->p++;
        }
        c->next += byte == '\n';
        bx_buf_char(out, byte);
    }
    return false;
}

/* Next row; blank lines are passed over. False at the end, or with *broken after a fault. */
static bool read_row(csv *c, row *fields, bool *broken) {
    *fields = (row){0};
    while (c->p < c->end && (*c->p == '\n' || *c->p == '\r'))
        c->next += *c->p++ == '\n';
    c->line = c->next;
    while (c->p < c->end) {
        bx_buf out = bx_buf_new(c->arena);
        if (*c->p == '"') {
            *broken = !read_quoted(c, &out);
        } else {
            while (c->p < c->end && *c->p != ',' && *c->p != '\n' && *c->p != '\r')
                bx_buf_char(&out, *c->p++);
        }
        bx_push(c->arena, fields, bx_str_trim(bx_buf_view(&out)));
        *broken |= c->p < c->end && *c->p != ',' && *c->p != '\n' && *c->p != '\r';
        if (*broken)
            return false;
        if (c->p == c->end || *c->p != ',')
            break;
        if (++c->p == c->end) /* an empty field ends the file */
            bx_push(c->arena, fields, (bx_str){0});
    }
    return fields->n > 0;
}

static bx_str folder_of(bx_str path) {
    uint32_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return bx_str_sub(path, 0, n);
}

static bool add_row(bx_planner *p, bx_str manifest, uint32_t line, const bx_json_fields *fields) {
    bx_str issue = bx_json_line_get(fields, "issue");
    if (!issue.n || memchr(issue.p, 0, issue.n))
        return bx_plan_refuse(p, "each row names an issue",
                              "%.*s:%u: there is no issue in this row", BX_STR_ARG(manifest), line);
    bx_str folder = folder_of(manifest);
    if (issue.p[0] == '/')
        folder = (bx_str){0};
    bx_str path = bx_str_fmt(p->scratch, "%.*s%.*s", BX_STR_ARG(folder), BX_STR_ARG(issue));
    return bx_plan_add(p, path, folder, fields);
}

/* A row of a CSV whose columns have these names. */
static bool add_fields(bx_planner *p, bx_str manifest, uint32_t line, const row *head,
                       const row *fields, const char *hint) {
    bx_json_fields named = {0};
    if (fields->n > head->n)
        return bx_plan_refuse(p, hint, "%.*s:%u: more columns than the head has",
                              BX_STR_ARG(manifest), line);
    for (uint32_t i = 0; i < fields->n; i++)
        bx_push(p->scratch, &named, ((bx_json_field){head->at[i], fields->at[i]}));
    return add_row(p, manifest, line, &named);
}

/* By semicolons or tabs, as spreadsheets do in some languages. */
static bool is_divided_otherwise(bx_str head) {
    for (uint32_t at = 0; at < head.n; at++) {
        uint32_t end = at;
        while (end < head.n && head.p[end] != ';' && head.p[end] != '\t')
            end++;
        if (bx_str_is(bx_str_trim(bx_str_sub(head, at, end)), "issue"))
            return head.n > 5;
        at = end;
    }
    return false;
}

static bool add_csv(bx_planner *p, bx_str bytes, bx_str manifest) {
    bx_arena *scratch = p->scratch;
    csv c = {scratch, bytes.p, bytes.p + bytes.n, 1, 1};
    row head, fields;
    bool good = true, broken = false, has_head = false;
    bx_str only = BX_STR("issue");
    if (read_row(&c, &head, &broken)) {
        for (uint32_t i = 0; i < head.n; i++)
            has_head |= bx_str_is(head.at[i], "issue");
        if (!has_head && head.n == 1 && is_divided_otherwise(head.at[0]))
            return bx_plan_refuse(p, "save it as CSV with commas",
                                  "%.*s:1: columns are divided by commas", BX_STR_ARG(manifest));
        if (!has_head) {
            c = (csv){scratch, bytes.p, bytes.p + bytes.n, 1, 1};
            head = (row){&only, 1, 1};
        }
    }
    const char *hint = has_head ? NULL : "a head with the column issue comes first";
    bx_mark mark = bx_arena_mark(scratch);
    while (good && !broken && read_row(&c, &fields, &broken)) {
        good = add_fields(p, manifest, c.line, &head, &fields, hint);
        bx_arena_rewind(scratch, mark);
    }
    if (good && broken)
        return bx_plan_refuse(
            p, NULL, "%.*s:%u: a quotation mark that is not closed, or text after one that is",
            BX_STR_ARG(manifest), c.line);
    return good;
}

static bool add_object(bx_planner *p, bx_str text, bx_str manifest, uint32_t line) {
    bx_json_fields fields;
    if (!text.n)
        return true;
    if (!bx_json_line_read(p->scratch, text, &fields))
        return bx_plan_refuse(p, NULL, "%.*s:%u: this is not one JSON object", BX_STR_ARG(manifest),
                              line);
    return add_row(p, manifest, line, &fields);
}

static bool add_json_lines(bx_planner *p, bx_str bytes, bx_str manifest) {
    bx_mark mark = bx_arena_mark(p->scratch);
    bool good = true;
    for (uint32_t at = 0, end, line = 1; good && at < bytes.n; at = end + 1, line++) {
        const char *newline = memchr(bytes.p + at, '\n', bytes.n - at);
        end = newline ? (uint32_t)(newline - bytes.p) : bytes.n;
        good = add_object(p, bx_str_trim(bx_str_sub(bytes, at, end)), manifest, line);
        bx_arena_rewind(p->scratch, mark);
    }
    return good;
}

bool bx_plan_add_manifest(bx_planner *p, bx_str bytes, bx_str manifest) {
    if (bx_str_starts(bytes, BX_STR("\xFF\xFE")) || bx_str_starts(bytes, BX_STR("\xFE\xFF")))
        return bx_plan_refuse(p, "save it as UTF-8", "%.*s: this is UTF-16", BX_STR_ARG(manifest));
    if (bx_str_starts(bytes, BX_STR("\xEF\xBB\xBF")))
        bytes = bx_str_sub(bytes, 3, bytes.n);
    return bx_str_starts(bx_str_trim(bytes), BX_STR("{")) ? add_json_lines(p, bytes, manifest)
                                                          : add_csv(p, bytes, manifest);
}
