#include "issue/reader.h"

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

/* The least so many bytes at whose end only what may be a date in figures is left. */
static uint32_t before_figures(bx_str text) {
    static const char *const signs[] = {"年", "月", "日", "-", "/", "."};
    uint32_t end = text.n;
    for (uint32_t step = 1; step && end > 0; end -= step) {
        bx_str left = bx_str_sub(text, 0, end);
        step = left.p[end - 1] >= '0' && left.p[end - 1] <= '9';
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !step; i++)
            step = bx_str_ends(left, bx_str_of(signs[i])) ? bx_str_of(signs[i]).n : 0;
    }
    while (end < text.n && (text.p[end] < '0' || text.p[end] > '9'))
        end++;
    return end;
}

/* Without the white and the marks at its end that divide it from what followed. */
static uint32_t before_marks(bx_str text) {
    static const char *const marks[] = {" ", "|",  "·", "-", "–",  "—",
                                        ":", "：", "#", ",", "，", "｜"};
    uint32_t end = text.n;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bx_str mark = bx_str_of(marks[i]);
        if (bx_str_ends(bx_str_sub(text, 0, end), mark)) {
            end -= mark.n;
            i = (size_t)-1; /* from the start again */
        }
    }
    return end;
}

uint32_t bx_issue_undated(bx_arena *arena, const bx_issue *issue) {
    bx_str title = issue->title.plain;
    bx_date own = issue->date, date = {0};
    uint32_t end = before_figures(title);
    if (!own.year || !bx_parse_date(arena, bx_str_sub(title, end, title.n), false, &date) ||
        date.year != own.year || date.month != own.month || date.day != own.day)
        return title.n;
    uint32_t left = before_marks(bx_str_sub(title, 0, end));
    return left ? left : title.n;
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
        {"title.undated", issue->title.plain.n
                              ? bx_str_sub(issue->title.plain, 0, bx_issue_undated(arena, issue))
                              : issue->series.plain},
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
