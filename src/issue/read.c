#include "issue/read.h"

#include "issue/reader.h"

const char *const bx_reference_headings[] = {
    "参考文献", "参考资料",   "參考文獻",  "參考資料",     "参考",        "引用",     "参考链接",
    "参考来源", "References", "Reference", "Bibliography", "Works Cited", "Sources",  "参照",
    "参照文献", "出典",       "참고문헌",  "참고 문헌",    "참고 자료",   "참고자료", NULL,
};

static bool ends_with_any(bx_str path, const char *const *endings) {
    for (; *endings; endings++) {
        size_t n = strlen(*endings);
        if (path.n > n && strncasecmp(path.p + path.n - n, *endings, n) == 0)
            return true;
    }
    return false;
}

static bx_str first_line(bx_str *s) {
    uint32_t n = 0;
    while (n < s->n && s->p[n] != '\n' && s->p[n] != '\r')
        n++;
    bx_str line = bx_str_sub(*s, 0, n);
    if (n < s->n && s->p[n] == '\r')
        n++;
    if (n < s->n && s->p[n] == '\n' && (n == 0 || s->p[n - 1] == '\r' || n == line.n))
        n++;
    *s = bx_str_sub(*s, n, s->n);
    return line;
}

static bool is_key_line(bx_str line) {
    uint32_t n = 0;
    while (n < line.n && ((line.p[n] | 32) >= 'a' && (line.p[n] | 32) <= 'z'))
        n++;
    while (n && n < line.n &&
           (strchr("-_", line.p[n]) || ((line.p[n] | 32) >= 'a' && (line.p[n] | 32) <= 'z')))
        n++;
    return n && n < line.n && line.p[n] == ':' && (n + 1 == line.n || line.p[n + 1] == ' ');
}

/* Without a name that tells: text between two lines of --- is front matter; otherwise YAML begins
 * with a key. */
static bx_issue_format guess_format(bx_str text) {
    bool opened = false;
    if (bx_str_starts(text, BX_STR("\xEF\xBB\xBF")))
        text = bx_str_sub(text, 3, text.n);
    for (uint32_t i = 0; text.n && i < 1000; i++) {
        bx_str line = first_line(&text), trimmed = bx_str_trim(line);
        if (bx_str_is(trimmed, "---")) {
            if (opened)
                return BX_FORMAT_MARKDOWN;
            opened = true;
        } else if (!opened && trimmed.n && trimmed.p[0] != '#') {
            return is_key_line(line) ? BX_FORMAT_YAML : BX_FORMAT_MARKDOWN;
        } else if (!opened && bx_str_starts(trimmed, BX_STR("# ")) && i == 0 &&
                   bx_str_trim(text).n == 0) {
            return BX_FORMAT_MARKDOWN;
        }
    }
    return opened ? BX_FORMAT_YAML : BX_FORMAT_MARKDOWN;
}

static bx_issue_format format_of(const bx_issue_options *o, bx_str text) {
    static const char *const yaml[] = {".yaml", ".yml", ".json", NULL};
    static const char *const markdown[] = {".md",  ".markdown", ".mdx", ".mkd",
                                           ".qmd", ".rmd",      ".txt", NULL};
    if (o->format != BX_FORMAT_AUTO)
        return o->format;
    if (ends_with_any(o->path, yaml))
        return BX_FORMAT_YAML;
    if (ends_with_any(o->path, markdown))
        return BX_FORMAT_MARKDOWN;
    return guess_format(text);
}

/* Whether a key is absent, or stands there for nothing. What is wrong with its value has been said.
 */
static bool lacks(const bx_yaml *root, const char *key) {
    const bx_yaml *y = bx_yaml_get(root, key);
    if (!y || y->kind == BX_YAML_NULL)
        return true;
    return y->kind == BX_YAML_SCALAR ? !bx_str_trim(y->text).n : y->n == 0;
}

/* A YAML issue needs a name and something to print. */
static void check_whole(bx_reader *r, const bx_yaml *root) {
    bx_span at = {root->span.source, root->span.start, root->span.start};
    if (lacks(root, "series") && lacks(root, "title")) {
        bx_say(r->report, BX_D_MISSING_KEY, at, "the issue has neither “series” nor “title”");
        bx_hint(r->report, "Add title: …");
    }
    if (lacks(root, "sections") && lacks(root, "abstract") && lacks(root, "lead")) {
        bx_say(r->report, BX_D_MISSING_KEY, at,
               "the issue has nothing to print: no “sections”, “abstract” or “lead”");
        bx_hint(r->report, "Add sections: with “- title: …” and “  body: |” below it");
    }
}

static void read_yaml(bx_reader *r, uint32_t source, uint32_t start) {
    bx_str bytes = bx_sources_get(r->report->sources, source)->bytes;
    bx_yaml *root = bx_yaml_read(r->scratch, source, start, bytes.n, false, r->report);
    if (!root)
        return;
    root = bx_apply_sets(r, root);
    if (root->kind != BX_YAML_MAP) {
        bx_say(r->report, BX_D_WRONG_TYPE, root->span,
               root->kind == BX_YAML_NULL ? "the issue is empty"
                                          : "an issue is a mapping of keys to values");
        bool wide = bx_str_find(root->text, BX_STR("：")) >= 0;
        bx_hint(r->report, wide ? "Write a half-width colon and a blank after each key: title: …"
                                : "Begin with title: …");
        return;
    }
    bx_read_object(r, root, &bx_schema_issue, r->issue);
    check_whole(r, root);
    if (r->issue->lead)
        r->issue->lead = bx_split_sections(r, (bx_node *)r->issue->lead, NULL, &r->issue->sections);
}

const bx_issue *bx_issue_read(bx_arena *arena, const bx_issue_options *options, bx_report *report) {
    uint32_t source = options->has_bytes ? bx_source_of_bytes(options->path, options->bytes, report)
                                         : bx_source_open(arena, options->path, report);
    if (!source)
        return NULL;
    report->now = (bx_span){source, 0, 0};
    bx_issue *issue = bx_new(arena, bx_issue);
    issue->path = options->path;
    issue->source = source;
    issue->extra = bx_map_new(arena);
    issue->folder = options->folder.n ? options->folder : bx_path_folder(options->path);
    bx_reader r = {.arena = arena,
                   .scratch = bx_arena_side(arena),
                   .report = report,
                   .options = options,
                   .issue = issue};
    bx_str bytes = bx_sources_get(report->sources, source)->bytes;
    uint32_t bom = bx_str_starts(bytes, BX_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (format_of(options, bytes) == BX_FORMAT_YAML) {
        read_yaml(&r, source, bom);
    } else {
        report->lenient = source;
        bx_read_markdown(&r, source);
        issue->layout_optional = true;
    }
    if (!issue->lang.n)
        issue->lang = bx_guess_lang(bytes);
    bx_finish_sections(&r);
    bx_finish_references(&r);
    bx_issue_resolve(&r);
    bx_arena_clear(r.scratch);
    return issue;
}

bx_fence bx_issue_fence(const bx_issue *issue, const bx_issue_options *options,
                        const bx_limits *limits) {
    uint64_t most = limits->at[BX_LIMIT_INPUT];
    return (bx_fence){.folder = issue->folder,
                      .assets = options->assets,
                      .n_assets = options->n_assets,
                      .limit = most < UINT32_MAX ? (uint32_t)most : UINT32_MAX};
}
