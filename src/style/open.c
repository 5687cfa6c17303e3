#include "style/chain.h"
#include "style/read.h"
#include "style/reader.h"

/* The body's size and the page's pitch are what em and line mean everywhere, so they are read
 * ahead. What is wrong with them is said when their own objects are read. */
static void read_basics(bx_style_reader *r) {
    bx_report *loud = r->report;
    bx_role body = {.size = 21 * BX_PT / 2};
    bx_page_style page = {.pitch = 18 * BX_PT};
    const bx_yaml *roles = bx_yaml_given(r->root, "roles"), *sheet = bx_yaml_given(r->root, "page");
    r->report = bx_report_new(r->arena, loud->sources);
    r->body_size = body.size;
    const bx_yaml *sizes = bx_yaml_given(bx_yaml_given(r->root, "tokens"), "sizes");
    if (sizes && sizes->kind == BX_YAML_MAP)
        bx_style_read_tokens(r, &(bx_key){.name = "sizes", .kind = BX_KEY_SIZE_MAP}, sizes,
                             &r->style->sizes);
    const bx_yaml *size = bx_yaml_given(roles, "body")
                              ? bx_yaml_given(bx_style_role_node(r, roles, BX_STR("body")), "size")
                              : NULL;
    if (size)
        bx_style_read_value(r, bx_style_key(&bx_role_keys, "size"), size, &body);
    r->body_size = r->em = body.size;
    if (bx_yaml_given(sheet, "pitch"))
        bx_style_read_value(r, bx_style_key(&bx_page_keys, "pitch"), bx_yaml_given(sheet, "pitch"),
                            &page);
    r->line = page.pitch;
    r->style->sizes = bx_map_new(r->arena);
    r->report = loud;
}

/* The name is the folder's that holds layout.yaml; a file of another name gives its own. */
static bx_str name_of(const bx_layout_file *file) {
    bx_str name = file->folder;
    if (!bx_str_ends(file->path, BX_STR("layout.yaml")))
        name = bx_str_sub(file->path, 0,
                          file->path.n - (bx_str_ends(file->path, BX_STR(".yaml")) ? 5 : 0));
    for (uint32_t i = name.n; i-- > 0;)
        if (name.p[i] == '/')
            return bx_str_sub(name, i + 1, name.n);
    return name;
}

static bx_digest digest_of(bx_arena *arena, const bx_layout_chain *chain) {
    bx_str *pieces = bx_new_n(arena, bx_str, chain->files.n * 2);
    for (uint32_t i = 0; i < chain->files.n; i++) {
        pieces[2 * i] = bx_str_fmt(arena, "%u:", chain->files.at[i].bytes.n);
        pieces[2 * i + 1] = chain->files.at[i].bytes;
    }
    return bx_sha256(pieces, chain->files.n * 2);
}

static bool is_same(const bx_diag *a, const bx_diag *b) {
    return a->code == b->code && a->span.source == b->span.source &&
           a->span.start == b->span.start && bx_str_eq(a->message, b->message);
}

/* A value that several roles inherit is read for each of them, and what is wrong with it said once.
 */
static void pass_on(const bx_report *from, bx_report *to) {
    for (uint32_t i = 0; i < from->list.n; i++) {
        const bx_diag *d = &from->list.at[i];
        uint32_t k = 0;
        while (k < i && !is_same(d, &from->list.at[k]))
            k++;
        if (k < i)
            continue;
        bx_say(to, d->code, d->span, "%.*s", BX_STR_ARG(d->message));
        if (d->hint.n)
            bx_hint(to, "%.*s", BX_STR_ARG(d->hint));
    }
}

/* `found` has what was wrong with the files; what is wrong with their sense joins it. */
static const bx_style *read_chain(bx_arena *arena, const bx_layout_chain *chain, bx_report *found) {
    bx_style *style = bx_new(arena, bx_style);
    style->files = chain;
    style->name = name_of(&chain->files.at[0]);
    style->path = chain->files.at[0].path;
    style->roles = bx_map_new(arena);
    style->words = bx_map_new(arena);
    style->colors = bx_map_new(arena);
    style->fonts = bx_map_new(arena);
    style->sizes = bx_map_new(arena);
    style->chain = digest_of(arena, chain);
    bx_style_reader r = {
        .arena = arena, .report = found, .style = style, .chain = chain, .root = chain->merged};
    read_basics(&r);
    bx_style_read_object(&r, &bx_layout_keys, chain->merged, style, false);
    return found->errors ? NULL : style;
}

const bx_style *bx_style_read(bx_arena *arena, bx_str path, bx_str bytes,
                              const bx_layout_search *search, bx_report *report) {
    bx_layout_chain *chain = bx_new(arena, bx_layout_chain);
    bx_report *found = bx_report_new(arena, report->sources);
    const bx_style *style = NULL;
    if (bx_layout_chain_load(arena, chain, path, bytes, search, found))
        style = read_chain(arena, chain, found);
    pass_on(found, report);
    return style;
}

const bx_style *bx_style_take(bx_arena *arena, const bx_bundle *files, bx_report *report) {
    bx_layout_chain *chain = bx_new(arena, bx_layout_chain);
    bx_report *found = bx_report_new(arena, report->sources);
    const bx_style *style = NULL;
    if (bx_layout_chain_take(arena, chain, files, found))
        style = read_chain(arena, chain, found);
    pass_on(found, report);
    return style;
}

const bx_style *bx_style_open(bx_arena *arena, bx_str layout, bx_span asked,
                              const bx_layout_search *search, bx_report *report) {
    bx_str path = bx_layout_locate(arena, layout, search->from, asked, search, report), bytes;
    if (path.n == 0 || !bx_layout_file_read(arena, path, asked, &bytes, report))
        return NULL;
    return bx_style_read(arena, path, bytes, search, report);
}

bool bx_style_stands(bx_arena *arena, const bx_style *style, bx_str layout,
                     const bx_layout_search *search, bx_report *report) {
    return bx_layout_chain_stands(arena, style->files, layout, search, report);
}

bool bx_style_same(const bx_style *a, const bx_style *b) {
    const bx_layout_chain *x = a->files, *y = b->files;
    bool same = x->files.n == y->files.n && x->files.at[0].source == y->files.at[0].source;
    for (uint32_t i = 0; same && i < x->files.n; i++)
        same = bx_str_eq(x->files.at[i].path, y->files.at[i].path) &&
               bx_str_eq(x->files.at[i].bytes, y->files.at[i].bytes);
    return same;
}
