#include "issue/issue.h"

static bool join(bx_arena *arena, const bx_fields *f, bx_str separator, bx_str *out) {
    bx_buf buf = bx_buf_new(arena);
    for (uint32_t i = 0; i < f->n; i++) {
        if (i)
            bx_buf_str(&buf, separator);
        bx_buf_str(&buf, f->at[i].plain);
    }
    *out = bx_buf_view(&buf);
    return f->n > 0;
}

static bool give(bx_str text, bx_str *out) {
    *out = text;
    return text.n > 0;
}

bool bx_issue_text(bx_arena *arena, const bx_issue *issue, bx_str name, bx_str separator,
                   bx_str *out) {
    *out = (bx_str){0};
    const struct {
        const char *name;
        bx_str text;
    } texts[] = {
        {"series", issue->series.plain},
        {"number", issue->number},
        {"volume", issue->volume},
        {"total-number", issue->total_number},
        {"subtitle", issue->subtitle.plain},
        {"publisher", issue->publisher.plain},
        {"description", issue->description.plain},
        {"lang", issue->lang},
        {"title", issue->title.plain.n ? issue->title.plain : issue->series.plain},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (bx_str_is(name, texts[i].name))
            return give(texts[i].text, out);
    if (bx_str_is(name, "partners"))
        return join(arena, &issue->partners, separator, out);
    if (bx_str_is(name, "authors"))
        return join(arena, &issue->authors, separator, out);
    if (bx_str_is(name, "keywords"))
        return join(arena, &issue->keywords, separator, out);
    const bx_str *extra = bx_map_get(&issue->extra, name);
    return extra && give(*extra, out);
}
