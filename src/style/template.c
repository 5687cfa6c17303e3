#include "style/template.h"

#include "style/counter.h"

static const bx_field_name fields[] = {
    {"series", BX_FIELD_TEXT, BX_FIELDS_ISSUE, "the periodical"},
    {"number", BX_FIELD_NUMBER, BX_FIELDS_ISSUE, "the issue's number"},
    {"volume", BX_FIELD_NUMBER, BX_FIELDS_ISSUE, "the volume"},
    {"total-number", BX_FIELD_NUMBER, BX_FIELDS_ISSUE, "the number counted over all volumes"},
    {"title", BX_FIELD_TEXT, BX_FIELDS_ISSUE, "the issue's title; the series when it has none"},
    {"title.undated", BX_FIELD_TEXT, BX_FIELDS_ISSUE,
     "the title without the issue's date at its end, for where that stands beside it"},
    {"subtitle", BX_FIELD_TEXT, BX_FIELDS_ISSUE, "the subtitle"},
    {"date", BX_FIELD_DATE, BX_FIELDS_ISSUE, "the date of issue"},
    {"publisher", BX_FIELD_TEXT, BX_FIELDS_ISSUE, "the publisher"},
    {"partners", BX_FIELD_LIST, BX_FIELDS_ISSUE, "the partners"},
    {"authors", BX_FIELD_LIST, BX_FIELDS_ISSUE, "the authors"},
    {"keywords", BX_FIELD_LIST, BX_FIELDS_ISSUE, "the keywords"},
    {"description", BX_FIELD_TEXT, BX_FIELDS_ISSUE, "the description"},
    {"website", BX_FIELD_TEXT, BX_FIELDS_ISSUE, "the web site of the contact block"},
    {"count.", BX_FIELD_NUMBER, BX_FIELDS_ISSUE,
     "how many sections there are at a level: `{count.2}`"},
    {"extra.", BX_FIELD_TEXT, BX_FIELDS_ISSUE,
     "any other key of the front matter: `{extra.weather}`"},
    {"words.", BX_FIELD_TEXT,
     BX_FIELDS_ISSUE | BX_FIELDS_PAGE | BX_FIELDS_COUNTER | BX_FIELDS_LEVELS | BX_FIELDS_SECTION,
     "a word of the layout: `{words.contents}`"},
    {"page", BX_FIELD_NUMBER, BX_FIELDS_PAGE, "the page's number"},
    {"pages", BX_FIELD_NUMBER, BX_FIELDS_PAGE, "how many pages there are"},
    {"section", BX_FIELD_TEXT, BX_FIELDS_PAGE, "the title of the section that the page is in"},
    {"n", BX_FIELD_NUMBER, BX_FIELDS_COUNTER, "the number of the item, note, figure or reference"},
    {"1", BX_FIELD_NUMBER, BX_FIELDS_LEVELS,
     "the number of the level-1 section; `{2}` … `{6}` likewise"},
    {"2", BX_FIELD_NUMBER, BX_FIELDS_LEVELS, NULL},
    {"3", BX_FIELD_NUMBER, BX_FIELDS_LEVELS, NULL},
    {"4", BX_FIELD_NUMBER, BX_FIELDS_LEVELS, NULL},
    {"5", BX_FIELD_NUMBER, BX_FIELDS_LEVELS, NULL},
    {"6", BX_FIELD_NUMBER, BX_FIELDS_LEVELS, NULL},
    {"own", BX_FIELD_TEXT, BX_FIELDS_LEVELS,
     "the number that the title brings; it is then taken out of the title"},
    {"section.title", BX_FIELD_TEXT, BX_FIELDS_SECTION, "the section's title"},
    {"meta.", BX_FIELD_TEXT, BX_FIELDS_SECTION,
     "a value of the row of labels that opens the section: `{meta.Source}`"},
    {"section.url", BX_FIELD_TEXT, BX_FIELDS_SECTION,
     "the first address in the section's title or opening paragraph"},
};
enum { N_FIELDS = sizeof fields / sizeof *fields };

const bx_field_name *bx_template_fields(uint32_t *n) {
    *n = N_FIELDS;
    return fields;
}

static bool names(const bx_field_name *field, bx_str name) {
    bx_str known = bx_str_of(field->name);
    if (known.p[known.n - 1] == '.')
        return name.n > known.n && bx_str_starts(name, known);
    return bx_str_eq(name, known);
}

static const bx_field_name *find_field(bx_str name, uint32_t where) {
    for (size_t i = 0; i < N_FIELDS; i++)
        if ((fields[i].where & where) && names(&fields[i], name))
            return &fields[i];
    return NULL;
}

static bool is_listed(bx_str format, const char *const *list) {
    for (; list && *list; list++)
        if (bx_str_is(format, *list))
            return true;
    return false;
}

static const char *const *formats_of(bx_field_kind kind) {
    return kind == BX_FIELD_NUMBER ? bx_number_formats
           : kind == BX_FIELD_DATE ? bx_date_formats
                                   : NULL;
}

typedef struct reader {
    bx_arena *arena;
    const bx_yaml *scalar;
    uint32_t where;
    bx_report *report;
    uint32_t at, group;
    BX_VEC(bx_piece) pieces;
    bool failed;
} reader;

static bx_span span_of(const reader *r, uint32_t start, uint32_t end) {
    return bx_yaml_span(r->scalar, start, end);
}

static void say_unknown_field(reader *r, bx_str name, bx_span span) {
    bx_str known[N_FIELDS];
    size_t n = 0;
    bool elsewhere = find_field(name, UINT32_MAX) != NULL;
    for (size_t i = 0; i < N_FIELDS; i++)
        if (fields[i].where & r->where)
            known[n++] = bx_str_of(fields[i].name);
    bx_say(r->report, BX_D_BAD_TEMPLATE, span,
           elsewhere ? "the field {%.*s} has no value here" : "there is no field {%.*s}",
           BX_STR_ARG(name));
    bx_str near = bx_guess(r->report, name, known, n);
    if (near.n && !elsewhere)
        bx_hint(r->report, "Did you mean {%.*s}?", BX_STR_ARG(near));
    else if (r->where & BX_FIELDS_ISSUE)
        bx_hint(r->report, "A key of the front matter is written {extra.%.*s}", BX_STR_ARG(name));
}

static void check_field(reader *r, bx_str name, bx_str format, uint32_t start, uint32_t from) {
    const bx_field_name *field = find_field(name, r->where);
    if (!field) {
        say_unknown_field(r, name, span_of(r, start, start + name.n));
        r->failed = true;
        return;
    }
    const char *const *formats = formats_of(field->kind);
    if (format.n == 0 || is_listed(format, formats))
        return;
    bx_say(r->report, BX_D_BAD_TEMPLATE, span_of(r, from, from + format.n),
           "{%.*s} has no format \"%.*s\"", BX_STR_ARG(name), BX_STR_ARG(format));
    bx_buf all = bx_buf_new(r->arena);
    for (; formats && *formats; formats++)
        bx_buf_fmt(&all, "%s%s", all.n ? ", " : "", *formats);
    if (all.n)
        bx_hint(r->report, "Its formats are %.*s", BX_STR_ARG(bx_buf_view(&all)));
    r->failed = true;
}

static void add_text(reader *r, uint32_t start, uint32_t end) {
    if (end > start)
        bx_push(r->arena, &r->pieces,
                (bx_piece){.text = bx_str_sub(r->scalar->text, start, end), .group = r->group});
}

/* Names between bars, which begin at `start`: each but the first is for when those before are
 * empty. */
static void add_fields(reader *r, bx_str names, bx_str format, uint32_t start) {
    bx_str rest = names;
    for (bool more = true, otherwise = false; more; otherwise = true) {
        int64_t bar = bx_str_find(rest, BX_STR("|"));
        more = bar >= 0;
        bx_str name = more ? bx_str_sub(rest, 0, (uint32_t)bar) : rest;
        if (name.n == 0) {
            bx_say(r->report, BX_D_BAD_TEMPLATE, span_of(r, start - 1, start + 1),
                   "%s names no field", names.n ? bx_word(r->report->words, "the bar") : "{}");
            r->failed = true;
            return;
        }
        check_field(r, name, format, start, start + rest.n + 1);
        bx_push(
            r->arena, &r->pieces,
            (bx_piece){.field = name, .format = format, .group = r->group, .otherwise = otherwise});
        start += name.n + 1;
        rest = bx_str_sub(rest, name.n + 1, rest.n);
    }
}

/* `at` is after the opening brace. */
static void read_field(reader *r) {
    bx_str text = r->scalar->text;
    uint32_t start = r->at, colon = 0, end = r->at;
    for (; end < text.n && text.p[end] != '}' && text.p[end] != '{'; end++)
        if (text.p[end] == ':' && !colon)
            colon = end;
    if (end == text.n || text.p[end] == '{') {
        bx_say(r->report, BX_D_BAD_TEMPLATE, span_of(r, start - 1, end), "this { is not closed");
        bx_hint(r->report, "Write {name}, or {{ for a brace");
        r->failed = true;
        r->at = text.n;
        return;
    }
    bx_str name = bx_str_sub(text, start, colon ? colon : end);
    bx_str format = colon ? bx_str_sub(text, colon + 1, end) : (bx_str){0};
    add_fields(r, name, format, start);
    r->at = end + 1;
}

static void open_group(reader *r, uint32_t brace) {
    if (r->group) {
        bx_say(r->report, BX_D_BAD_TEMPLATE, span_of(r, brace, brace + 2),
               "a {? group cannot stand inside another");
        r->failed = true;
    }
    r->group = r->pieces.n + 1; /* empty groups number nothing, so a number is at most n */
}

bool bx_template_read(bx_arena *arena, const bx_yaml *scalar, uint32_t where, bx_report *report,
                      bx_template *out) {
    reader r = {.arena = arena, .scalar = scalar, .where = where, .report = report};
    bx_str text = scalar->text;
    uint32_t plain = 0, group_at = 0;
    while (r.at < text.n) {
        char c = text.p[r.at], next = r.at + 1 < text.n ? text.p[r.at + 1] : 0;
        if (c != '{' && c != '}') {
            r.at++;
            continue;
        }
        add_text(&r, plain, r.at);
        if (c == next) {
            add_text(&r, r.at, r.at + 1);
            r.at += 2;
        } else if (c == '{' && next == '?') {
            group_at = r.at;
            open_group(&r, r.at);
            r.at += 2;
        } else if (c == '{') {
            r.at++;
            read_field(&r);
        } else if (r.group) {
            r.group = 0;
            r.at++;
        } else {
            bx_say(report, BX_D_BAD_TEMPLATE, span_of(&r, r.at, r.at + 1), "this } closes nothing");
            bx_hint(report, "Write }} for a brace");
            r.failed = true;
            r.at++;
        }
        plain = r.at;
    }
    add_text(&r, plain, r.at);
    if (r.group && !r.failed) {
        bx_say(report, BX_D_BAD_TEMPLATE, span_of(&r, group_at, group_at + 2),
               "this {? group is not closed");
        r.failed = true;
    }
    *out = (bx_template){r.pieces.at, r.pieces.n, scalar->span};
    return !r.failed;
}

/* "107" → 107; false for anything that is not all digits or too long for a counter. */
static bool as_number(bx_str text, int64_t *out) {
    int64_t n = 0;
    if (text.n == 0 || text.n > 12)
        return false;
    for (uint32_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        n = n * 10 + (text.p[i] - '0');
    }
    *out = n;
    return true;
}

static void write_value(bx_buf *buf, const bx_value *v, const bx_piece *piece,
                        const bx_template_env *env) {
    int64_t number = v->number;
    switch (v->kind) {
    case BX_VALUE_NONE:
        break;
    case BX_VALUE_NUMBER:
        bx_number_write(buf, number, piece->format);
        break;
    case BX_VALUE_TEXT:
        if (piece->format.n && as_number(v->text, &number))
            bx_number_write(buf, number, piece->format);
        else
            bx_buf_str(buf, v->text);
        break;
    case BX_VALUE_DATE:
        if (v->date.year)
            bx_date_write(buf, &v->date, piece->format, env->lang);
        break;
    case BX_VALUE_LIST:
        for (uint32_t i = 0; i < v->n; i++) {
            if (i)
                bx_buf_str(buf, env->separator.n ? env->separator : BX_STR("、"));
            bx_buf_str(buf, v->list[i]);
        }
        break;
    }
}

static bool is_word(const bx_piece *piece) { return bx_str_starts(piece->field, BX_STR("words.")); }

/* A word in the issue's language: under zh-Hant-HK, the first there is of contents@zh-Hant-HK,
 * contents@zh-Hant, contents@zh and contents. */
static const bx_str *find_word(bx_arena *arena, bx_str name, const bx_template_env *env) {
    bx_str lang = env->lang;
    if (!env->words)
        return NULL;
    while (lang.n) {
        const bx_str *word = bx_map_get(
            env->words, bx_str_fmt(arena, "%.*s@%.*s", BX_STR_ARG(name), BX_STR_ARG(lang)));
        if (word)
            return word;
        do
            lang.n--;
        while (lang.n && lang.p[lang.n] != '-');
    }
    return bx_map_get(env->words, name);
}

static bx_str write_piece(bx_arena *arena, const bx_piece *piece, const bx_template_env *env) {
    if (piece->field.n == 0)
        return piece->text;
    if (is_word(piece)) {
        const bx_str *word = find_word(arena, bx_str_sub(piece->field, 6, piece->field.n), env);
        return word ? *word : (bx_str){0};
    }
    bx_value value = env->value(env->user, piece->field);
    bx_buf buf = bx_buf_new(arena);
    write_value(&buf, &value, piece, env);
    return bx_buf_view(&buf);
}

bx_expansion bx_template_expand(bx_arena *arena, const bx_template *template,
                                const bx_template_env *env) {
    bx_str *texts = bx_new_n(arena, bx_str, template->n);
    bool any_field = false, any_value = false;
    bool given = false; /* one of the alternatives so far */
    bool *group_filled = bx_new_n(arena, bool, template->n + 1);
    for (uint32_t i = 0; i < template->n; i++) {
        const bx_piece *piece = &template->pieces[i];
        given = piece->otherwise && given;
        texts[i] = given ? (bx_str){0} : write_piece(arena, piece, env);
        given = given || texts[i].n;
        if (piece->field.n == 0 || is_word(piece))
            continue;
        any_field = true;
        any_value = any_value || texts[i].n;
        group_filled[piece->group] = group_filled[piece->group] || texts[i].n;
    }
    bx_buf buf = bx_buf_new(arena);
    bx_expanded *at = bx_new_n(arena, bx_expanded, template->n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < template->n; i++) {
        const bx_piece *piece = &template->pieces[i];
        if (texts[i].n == 0 || (piece->group && !group_filled[piece->group]))
            continue;
        uint32_t start = (uint32_t)buf.n;
        bx_buf_str(&buf, texts[i]);
        at[n++] = (bx_expanded){start, (uint32_t)buf.n, piece};
    }
    return (bx_expansion){bx_buf_view(&buf), at, n, any_field && !any_value};
}
