/* What a PDF will be made from, told before it is made; and what its issue is listed under. */
#include "press/press.h"

#include "input/source_file.h"
#include "press/made_from.h"
#include "style/conformance.h"

typedef struct pieces {
    bx_job *job;
    BX_VEC(bx_str) list;
} pieces;

/* Each piece with its kind and length before it, so that no two lists run together alike. */
static void add(pieces *p, const char *kind, bx_str bytes) {
    bx_arena *arena = p->job->arena;
    bx_push(arena, &p->list, bx_str_fmt(arena, "%s %u\n", kind, bytes.n));
    bx_push(arena, &p->list, bytes);
}

static void add_picture(pieces *p, bx_str name) {
    if (!name.n)
        return;
    bx_fence fence = bx_issue_fence(p->job->issue, &p->job->issue_options, &p->job->report->limits);
    bx_asset asset = bx_fence_read(p->job->arena, &fence, name);
    add(p, asset.status == BX_ASSET_FOUND ? "picture" : "no picture", asset.bytes);
}

static void add_pictures_below(pieces *p, const bx_node *root) {
    for (const bx_node *node = root; node; node = bx_node_after(node, root))
        if (node->kind == BX_NODE_IMAGE)
            add_picture(p, node->url);
}

static void add_section_pictures(pieces *p, const bx_section *section) {
    for (; section; section = section->next) {
        add_pictures_below(p, section->title.inlines);
        add_pictures_below(p, section->body);
        add_section_pictures(p, section->first);
    }
}

static void add_contact_pictures(pieces *p, const bx_contact *contact) {
    for (uint32_t i = 0; i < contact->n_qr; i++)
        add_picture(p, contact->qr[i].image);
    for (uint32_t i = 0; i < contact->n_organizations; i++)
        add_pictures_below(p, contact->organizations[i].text);
    add_pictures_below(p, contact->text);
}

static void add_issue_pictures(pieces *p, const bx_issue *issue) {
    add_picture(p, issue->logo);
    add_picture(p, issue->cover);
    add_pictures_below(p, issue->abstract);
    add_pictures_below(p, issue->lead);
    add_section_pictures(p, issue->sections);
    for (uint32_t i = 0; i < issue->n_notes; i++)
        add_pictures_below(p, issue->notes[i]);
    if (issue->contact)
        add_contact_pictures(p, issue->contact);
}

static void add_layout_pictures(pieces *p, const bx_style *style) {
    for (uint32_t i = 0; i < style->pictures.n; i++) {
        bx_str path = style->pictures.at[i];
        bx_fence fence = {.folder = bx_path_folder(path)};
        path = bx_str_sub(path, fence.folder.n + (fence.folder.n > 1), path.n);
        add(p, "layout's picture", bx_fence_read(p->job->arena, &fence, path).bytes);
    }
}

static void add_options(pieces *p) {
    const bx_job *job = p->job;
    for (uint32_t i = 0; i < job->n_settings; i++)
        add(p, "set", job->settings[i]);
    if (job->report->strict)
        add(p, "strict", (bx_str){0});
    add(p, "standards", bx_standards_text(job->arena, job->standards));
    if (job->has_created)
        add(p, "created", bx_str_fmt(job->arena, "%lld", (long long)job->created));
}

static void add_libraries(pieces *p) {
    bx_record record = {0};
    bx_job_libraries(p->job, &record);
    for (uint32_t i = 0; i < record.libraries.n; i++)
        add(p, "library", record.libraries.at[i]);
}

/* The fonts and dictionaries of the press, hashed once. */
static void add_press(pieces *p, const bx_fonts *fonts, const bx_hyphens *hyphens) {
    bx_job *job = p->job;
    bx_press *press = job->press;
    bx_job_lock(job);
    if (!press->has_identity) {
        bx_digest digests[2];
        digests[0] = bx_fonts_identity(fonts, job->arena);
        digests[1] = bx_hyphens_identity(hyphens, job->arena);
        bx_str both = {(const char *)digests, sizeof digests};
        press->identity = bx_sha256(&both, 1);
        press->has_identity = true;
    }
    bx_digest identity = press->identity;
    bx_job_unlock(job);
    bx_str bytes = {(const char *)identity.byte, sizeof identity.byte};
    add(p, "press", bx_str_dup(job->arena, bytes));
}

static bx_status make_key(bx_job *job, void *arguments) {
    if (!job->was_read)
        return BX_EMISUSE;
    if (!job->issue || !job->style)
        return bx_job_status(job);
    const bx_fonts *fonts = bx_job_open_fonts(job);
    if (!fonts)
        return bx_job_status(job);
    pieces p = {.job = job};
    add(&p, "banxin", bx_str_of(bx_version()));
    /* Its ending says how the issue is read; a title or date that the text lacks comes from it. */
    add(&p, "name", bx_path_name(job->issue->path));
    add(&p, "issue", bx_sources_get(job->sources, job->issue->source)->bytes);
    add(&p, "layout",
        (bx_str){(const char *)job->style->chain.byte, sizeof job->style->chain.byte});
    for (uint32_t i = job->layout_sources[0]; i < job->layout_sources[1]; i++)
        add(&p, "layout's name", bx_job_layout_name(job, bx_sources_get(job->sources, i)->name));
    add_libraries(&p);
    add_options(&p);
    add_layout_pictures(&p, job->style);
    add_issue_pictures(&p, job->issue);
    add_press(&p, fonts, bx_job_hyphens(job));
    bx_digest digest = bx_sha256(p.list.at, p.list.n);
    memcpy(arguments, bx_digest_hex(job->arena, &digest).p, BX_KEY_SIZE);
    return BX_OK;
}

bx_status bx_job_key(bx_job *job, char key[BX_KEY_SIZE]) {
    *key = 0;
    return bx_job_run(job, make_key, key);
}

static const char *text_of(bx_job *job, const char *field) {
    bx_str text = {0};
    bx_issue_text(job->arena, job->issue, bx_str_of(field), BX_STR("、"), &text);
    return bx_cstr(job->arena, text);
}

static bx_status list_facts(bx_job *job, void *arguments) {
    if (!job->issue)
        return job->was_read ? bx_job_status(job) : BX_EMISUSE;
    const bx_date *date = &job->issue->date;
    bx_issue_facts *facts = arguments;
    facts->title = text_of(job, "title");
    facts->series = text_of(job, "series");
    facts->number = text_of(job, "number");
    if (date->year)
        facts->date =
            bx_str_fmt(job->arena, "%04d-%02u-%02u", date->year, date->month, date->day).p;
    if (job->style)
        facts->layout = bx_cstr(job->arena, job->style->name);
    return BX_OK;
}

bx_status bx_job_facts(bx_job *job, bx_issue_facts *facts) {
    *facts = (bx_issue_facts){"", "", "", "", ""};
    return bx_job_run(job, list_facts, facts);
}
