/* One paragraph by itself: `banxin paragraph`. */
#include "press/press.h"

#include "compose/stream.h"
#include "input/markdown.h"
#include "text/dump.h"

typedef struct request {
    const bx_specimen *specimen;
    const char *text;
    size_t n;
    bx_write write;
    void *user;
} request;

/* The index of a word in a list that ends with NULL; -1: it is not there. */
static int choice(const char *word, const char *const *list) {
    for (int i = 0; list[i]; i++)
        if (strcmp(word, list[i]) == 0)
            return i;
    return -1;
}

/* False: a word that the interface does not have. */
static bool read_setting(const bx_specimen *s, bx_setting *set) {
    static const char *const levels[] = {"gb", "none", "basic", "strict", NULL};
    static const char *const widths[] = {"quanjiao", "kaiming", "banjiao", "plain", NULL};
    static const char *const aligns[] = {"justify", "start", NULL};
    static const char *const divisions[] = {"auto", "off", "on", NULL};
    int kinsoku = choice(s->kinsoku, levels);
    int punctuation = choice(s->punctuation, widths);
    int align = choice(s->align, aligns);
    int hyphenation = choice(s->hyphenation, divisions);
    *set = (bx_setting){
        .align = (bx_align)align,
        .kinsoku = (bx_kinsoku)kinsoku,
        .punctuation = (bx_punctuation)punctuation,
        .hyphenation = (bx_hyphenation)hyphenation,
        .hang = s->hang,
        .autospace = s->autospace,
        .indent = bx_em_at(s->indent, s->size),
    };
    return kinsoku >= 0 && punctuation >= 0 && align >= 0 && hyphenation >= 0 && s->size > 0;
}

/* What marks change here: weight and slope, so that widths stay those of the font asked for. */
static void plain_style(bx_style *style) {
    for (int i = 0; i < BX_MARKS; i++)
        style->marks[i].italic = -1;
    style->marks[BX_MARK_STRONG].weight = 700;
    style->marks[BX_MARK_LEAD].weight = 700;
    style->marks[BX_MARK_EMPH].italic = 1;
}

/* The text with its inline Markdown as a stream. */
static bx_text_input input_of_markdown(bx_job *job, const bx_role *role, bx_str lang,
                                       const bx_fonts *fonts, bx_str text, uint32_t source) {
    bx_style *style = bx_new(job->arena, bx_style);
    bx_pages *pages = bx_new(job->arena, bx_pages);
    bx_composer *c = bx_new(job->arena, bx_composer);
    plain_style(style);
    pages->tags = bx_tags_new(job->arena, lang);
    pages->meta.lang = lang;
    *c = (bx_composer){
        .arena = job->arena,
        .blocks = job->arena,
        .out = job->arena,
        .scratch = job->arena,
        .draft = job->arena,
        .style = style,
        .fonts = fonts,
        .report = job->report,
        .pages = pages,
        .tags = pages->tags,
        .cited = bx_map_new(job->arena),
        .noted = bx_map_new(job->arena),
        .numbers = bx_map_new(job->arena),
    };
    bx_origin origin = bx_origin_plain(source, 0, text.n);
    const bx_node *nodes =
        bx_markdown_inlines(job->arena, bx_arena_side(job->arena), text, &origin, job->report);
    return bx_para_of_nodes(c, role, 1, nodes->first, NULL)->input;
}

static bx_text_input input_of_text(bx_job *job, const bx_role *role, bx_str lang, bx_str text,
                                   uint32_t source) {
    bx_text_span *span = bx_new(job->arena, bx_text_span);
    *span = (bx_text_span){.end = text.n,
                           .font = role->font,
                           .size = role->size,
                           .tag = 1,
                           .source = {source, 0, text.n}};
    return (bx_text_input){.text = text,
                           .spans = span,
                           .n_spans = text.n > 0,
                           .set = role->set,
                           .size = role->size,
                           .pitch = role->pitch,
                           .lang = lang};
}

static bx_status set_paragraph(bx_job *job, void *arguments) {
    const request *r = arguments;
    const bx_specimen *s = r->specimen;
    bx_role role = {
        .font = {bx_str_of(s->font), 400, false}, .size = s->size, .pitch = s->size * 2};
    if (!read_setting(s, &role.set) || r->n > UINT32_MAX)
        return BX_EMISUSE;
    job->subject = BX_STR("<stdin>");
    bx_str text = bx_str_dup(job->arena, (bx_str){r->text, (uint32_t)r->n});
    uint32_t source = bx_source_of_bytes(BX_STR("-"), text, job->report);
    const bx_fonts *fonts = source ? bx_job_open_fonts(job) : NULL;
    bx_str lang = bx_str_dup(job->arena, bx_str_of(s->lang));
    if (!fonts || !bx_fonts_check(fonts, role.font.family, lang, (bx_span){0}, job->report))
        return bx_job_status(job);

    bx_text_input input = s->markdown ? input_of_markdown(job, &role, lang, fonts, text, source)
                                      : input_of_text(job, &role, lang, text, source);
    input.edge_trim = s->measure != BX_NO_LIMIT || s->fit != BX_NO_LIMIT;
    input.hyphens = bx_job_hyphens(job);
    bx_paragraph *p = bx_paragraph_new(job->arena, fonts, &input, job->report);
    bx_len measure = s->fit != BX_NO_LIMIT       ? bx_em_at(s->fit, s->size)
                     : s->measure != BX_NO_LIMIT ? bx_em_at(s->measure, s->size)
                                                 : BX_NO_MEASURE;
    bx_lines lines = s->fit != BX_NO_LIMIT
                         ? bx_paragraph_fit(p, measure, job->arena)
                         : bx_paragraph_lines(p, measure, job->arena, job->report);
    bx_buf out = bx_buf_new(job->arena);
    bx_json json = bx_json_new(&out);
    bx_paragraph_dump(p, &lines, measure, s->size, &json);
    bx_buf_char(&out, '\n');
    bx_status status = bx_job_status(job);
    if (status != BX_OK)
        return status;
    return r->write(r->user, out.p, out.n) ? BX_OK : BX_EIO;
}

bx_status bx_job_paragraph(bx_job *job, const bx_specimen *specimen, const char *text, size_t n,
                           bx_write write, void *user) {
    return bx_job_run(job, set_paragraph, &(request){specimen, text, n, write, user});
}
