/* What points at something else: citations, note marks, links. */
#include "issue/reader.h"

#include "base/utf8.h"
#include "input/cjk.h"

#include <unicode/uchar.h>

static void visit_field(const bx_field *f, void (*visit)(bx_node *, void *), void *user) {
    if (f->inlines)
        visit((bx_node *)f->inlines, user);
}

static void visit_fields(const bx_fields *f, void (*visit)(bx_node *, void *), void *user) {
    for (uint32_t i = 0; i < f->n; i++)
        visit_field(&f->at[i], visit, user);
}

static void visit_tree(const bx_node *n, void (*visit)(bx_node *, void *), void *user) {
    if (n)
        visit((bx_node *)n, user);
}

static void visit_reference(const bx_reference *ref, void (*visit)(bx_node *, void *), void *user) {
    const bx_field *const fields[] = {&ref->author, &ref->title,  &ref->publisher,
                                      &ref->place,  &ref->source, &ref->edition,
                                      &ref->pages,  &ref->volume, &ref->text};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        visit_field(fields[i], visit, user);
}

static void visit_contact(const bx_contact *c, void (*visit)(bx_node *, void *), void *user) {
    visit_field(&c->heading, visit, user);
    for (uint32_t i = 0; i < c->n_qr; i++)
        visit_fields(&c->qr[i].caption, visit, user);
    for (uint32_t i = 0; i < c->n_organizations; i++) {
        visit_field(&c->organizations[i].name, visit, user);
        visit_tree(c->organizations[i].text, visit, user);
    }
    visit_tree(c->text, visit, user);
}

void bx_issue_each_tree(const bx_issue *issue, void (*visit)(bx_node *, void *), void *user) {
    const bx_field *const fields[] = {&issue->series, &issue->title, &issue->subtitle,
                                      &issue->publisher, &issue->description};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        visit_field(fields[i], visit, user);
    visit_fields(&issue->partners, visit, user);
    visit_fields(&issue->authors, visit, user);
    visit_fields(&issue->keywords, visit, user);
    visit_tree(issue->abstract, visit, user);
    visit_tree(issue->lead, visit, user);
    for (const bx_section *s = issue->sections; s; s = bx_section_after(s)) {
        visit_field(&s->title, visit, user);
        visit_tree(s->body, visit, user);
    }
    if (issue->contact)
        visit_contact(issue->contact, visit, user);
    for (uint32_t i = 0; i < issue->n_notes; i++)
        visit_tree(issue->notes[i], visit, user);
}

typedef struct resolver {
    bx_reader *r;
    bx_map references; /* id → bx_reference */
    bx_map anchors;    /* id, slug of a title → the name of a place as bx_str* */
    bx_map slugs;      /* anchor of a title → how many titles have had it */
    BX_VEC(bx_str) ids;
    BX_VEC(bx_node *) notes;
    bx_reference **numbered; /* by number, where [3] in text is a citation; else NULL */
} resolver;

/* Citations */

static void cite(resolver *v, bx_node *n) {
    bx_reader *r = v->r;
    bx_reference *ref = bx_map_get(&v->references, n->id);
    if (ref) {
        ref->cited = true;
        n->number = (int32_t)ref->number;
    } else if (r->front_matter && r->issue->n_references == 0) {
        /* Nothing to cite in this issue: a name in brackets is a name in brackets. */
        n->kind = BX_NODE_TEXT;
        n->text = bx_str_fmt(r->arena, "[@%.*s]", BX_STR_ARG(n->id));
    } else {
        bx_say(r->report, BX_D_UNKNOWN_CITATION, n->span, "there is no reference “%.*s”",
               BX_STR_ARG(n->id));
        bx_str near = bx_guess(r->report, n->id, v->ids.at, v->ids.n);
        if (near.n)
            bx_hint(r->report, "Did you mean “%.*s”?", BX_STR_ARG(near));
        else
            bx_hint(r->report, "Add it under references:");
    }
}

/* [3] in the text of an issue whose references are a numbered list. */

enum { MOST_DIGITS = 4, NUMBERS = 10000 };

static bx_reference **by_number(const bx_reader *r) {
    bx_reference **list = bx_new_n(r->arena, bx_reference *, NUMBERS);
    for (uint32_t i = r->issue->n_references; i-- > 0;)
        if (r->issue->references[i].number < NUMBERS)
            list[r->issue->references[i].number] = &r->issue->references[i];
    return list;
}

static bx_reference *numbered(resolver *v, bx_str s, uint32_t at, uint32_t *end) {
    uint32_t n = 0, digits = 0;
    for (at++; at < s.n && digits < MOST_DIGITS && s.p[at] >= '0' && s.p[at] <= '9'; at++, digits++)
        n = n * 10 + (uint32_t)(s.p[at] - '0');
    if (!digits || at >= s.n || s.p[at] != ']')
        return NULL;
    *end = at + 1;
    return v->numbered[n];
}

static bx_node *piece(resolver *v, const bx_node *text, bx_node_kind kind, uint32_t start,
                      uint32_t end) {
    bx_span s = text->span;
    if (s.end - s.start == text->text.n)
        s = (bx_span){s.source, s.start + start, s.start + end};
    bx_node *n = bx_node_new(v->r->arena, kind, s);
    if (kind == BX_NODE_TEXT)
        n->text = bx_str_sub(text->text, start, end);
    return n;
}

/* Gives the node after the text and what became of it. */
static bx_node *cite_numbers(resolver *v, bx_node *text) {
    bx_str s = text->text;
    bx_node holder = {0};
    uint32_t done = 0;
    for (uint32_t at = bx_str_to(s, 0, '['); at < s.n; at = bx_str_to(s, at + 1, '[')) {
        uint32_t end;
        bx_reference *ref = numbered(v, s, at, &end);
        if (!ref)
            continue;
        if (at > done)
            bx_node_append(&holder, piece(v, text, BX_NODE_TEXT, done, at));
        bx_node *citation = piece(v, text, BX_NODE_CITATION, at, end);
        citation->id = ref->id;
        bx_node_append(&holder, citation);
        done = end;
        at = end - 1;
    }
    if (!holder.first)
        return text;
    if (done < s.n)
        bx_node_append(&holder, piece(v, text, BX_NODE_TEXT, done, s.n));
    bx_node_replace(text->parent, text, holder.first);
    return holder.first;
}

/* Notes */

static void note(resolver *v, bx_node *n) {
    bx_node *target = n->target;
    if (!target)
        return;
    if (!(target->flags & BX_NOTE_SEEN)) {
        target->flags |= BX_NOTE_SEEN;
        bx_push(v->r->arena, &v->notes, target);
        target->number = (int32_t)v->notes.n;
    }
    n->number = target->number;
}

/* Links */

const char bx_place_top[] = "issue:top";
const char bx_place_references[] = "issue:references";

bx_str bx_place_of_reference(bx_arena *arena, bx_str reference_id) {
    return bx_str_fmt(arena, "ref:%.*s", BX_STR_ARG(reference_id));
}

/* A heading's anchor as GitHub makes it: lower case, spaces become hyphens, marks go. */
static bx_str slug(bx_arena *arena, bx_str title) {
    bx_buf out = bx_buf_new(arena);
    title = bx_str_trim(title);
    bx_buf_room(&out, title.n);
    for (uint32_t at = 0; at < title.n;) {
        uint32_t from = at, c = bx_utf8_next(title, &at), lower = (uint32_t)u_tolower((UChar32)c);
        if (c == ' ' || c == '-')
            bx_buf_char(&out, '-');
        else if (c != '_' && !u_isalnum((UChar32)c) && u_charType((UChar32)c) != U_NON_SPACING_MARK)
            continue;
        else if (lower == c)
            bx_buf_add(&out, title.p + from, at - from);
        else
            bx_buf_rune(&out, lower);
    }
    return bx_buf_view(&out);
}

static void add_anchor(resolver *v, bx_str name, bx_str *place) {
    if (name.n && !bx_map_get(&v->anchors, name))
        *bx_map_put(&v->anchors, name) = place;
}

/* Headings that became the issue's title, and what every page of the web has: #top. */
static void index_other_headings(resolver *v) {
    bx_arena *arena = v->r->arena;
    const bx_issue *issue = v->r->issue;
    bx_str *top = bx_new(arena, bx_str);
    *top = bx_str_of(bx_place_top);
    add_anchor(v, slug(arena, issue->title.plain), top);
    add_anchor(v, slug(arena, issue->series.plain), top);
    add_anchor(v, BX_STR("top"), top);
}

static void index_anchors(resolver *v) {
    for (bx_section *s = v->r->issue->sections; s; s = bx_section_after(s))
        add_anchor(v, s->id, &s->id);
    for (bx_section *s = v->r->issue->sections; s; s = bx_section_after(s)) {
        bx_str name = slug(v->r->arena, s->title.plain);
        bool taken = bx_map_get(&v->anchors, name) != NULL;
        uint32_t *again = bx_map_get(&v->slugs, name);
        if (!again)
            *bx_map_put(&v->slugs, name) = again = bx_new(v->r->arena, uint32_t);
        /* The second of two titles is `title-1`. */
        add_anchor(v,
                   taken && *again ? bx_str_fmt(v->r->arena, "%.*s-%u", BX_STR_ARG(name), *again)
                                   : name,
                   &s->id);
        ++*again;
    }
}

/* <a id="x"></a> in a section's title or text leads to that section; at its text's very end it was
 * put above the next heading. */
static void anchors_in(resolver *v, const bx_node *root, bx_section *s) {
    for (const bx_node *at = root; at; at = bx_node_after(at, root)) {
        bx_node *n = (bx_node *)at;
        if (n->kind != BX_NODE_LINK || !n->id.n)
            continue;
        const bx_node *block = n;
        while (block->parent && block->parent != root)
            block = block->parent;
        bx_section *next = bx_section_after(s);
        bool above =
            root->kind == BX_NODE_DOCUMENT && block == root->last && !n->first && !n->next && next;
        add_anchor(v, n->id, above ? &next->id : &s->id);
    }
}

static void index_marked(resolver *v) {
    for (bx_section *s = v->r->issue->sections; s; s = bx_section_after(s)) {
        if (s->title.inlines)
            anchors_in(v, s->title.inlines, s);
        if (s->body)
            anchors_in(v, s->body, s);
    }
}

static void unlink_node(bx_node *n) {
    n->kind = BX_NODE_SPAN;
    n->url = n->title = n->id = (bx_str){0};
}

static void internal_link(resolver *v, bx_node *n) {
    bx_reader *r = v->r;
    bx_str name = n->url.n > 1 ? bx_str_sub(n->url, 1, n->url.n) : BX_STR("top");
    bx_str *place = bx_map_get(&v->anchors, name);
    if (!place)
        place = bx_map_get(&v->anchors, slug(r->arena, bx_percent_decode(r->arena, name)));
    if (place) {
        n->url = bx_str_fmt(r->arena, "#%.*s", BX_STR_ARG(*place));
    } else if (bx_map_get(&v->references, name)) {
        n->url = bx_str_fmt(r->arena, "#%.*s", BX_STR_ARG(bx_place_of_reference(r->arena, name)));
    } else {
        bx_say(r->report, BX_D_BROKEN_LINK, n->span, "nothing here has the id “%.*s”",
               BX_STR_ARG(name));
        bx_hint(r->report, "Give a section id: %.*s, or correct the link", BX_STR_ARG(name));
        unlink_node(n);
    }
}

static void external_link(resolver *v, bx_node *n) {
    bx_reader *r = v->r;
    bx_str url = bx_str_trim(n->url);
    if (bx_str_starts(url, BX_STR("//")))
        url = bx_str_fmt(r->arena, "https:%.*s", BX_STR_ARG(url));
    if (bx_url_is_live(url) && url.n <= BX_URL_MOST) {
        n->url = url;
        return;
    }
    const char *colon = url.n ? memchr(url.p, ':', url.n) : NULL;
    const char *slash = url.n ? memchr(url.p, '/', url.n) : NULL;
    if (!url.n)
        bx_say(r->report, BX_D_UNSAFE_LINK, n->span,
               "this link has no address; its text is printed");
    else if (url.n > BX_URL_MOST)
        bx_say(r->report, BX_D_UNSAFE_LINK, n->span,
               "an address of more than %d bytes is not made live; its text is printed",
               BX_URL_MOST);
    else if (colon && (!slash || colon < slash))
        bx_say(r->report, BX_D_UNSAFE_LINK, n->span,
               "a link to %.*s: is not made live; its text is printed", (int)(colon - url.p),
               url.p);
    else
        bx_say(r->report, BX_D_UNSAFE_LINK, n->span,
               "“%.*s” leads to a file beside the issue, not to an address; its text is printed",
               url.n > 80 ? 80 : (int)url.n, url.p);
    if (url.n <= BX_URL_MOST)
        bx_hint(r->report, "Use http, https, mailto or tel");
    unlink_node(n);
}

static void resolve_tree(bx_node *root, void *user) {
    resolver *v = user;
    for (const bx_node *at = root; at; at = bx_node_after(at, root)) {
        bx_node *n = (bx_node *)at;
        if (n->kind == BX_NODE_TEXT && v->numbered && n->parent && n->parent->kind != BX_NODE_LINK)
            at = n = cite_numbers(v, n);
        if (n->kind == BX_NODE_CITATION)
            cite(v, n);
        else if (n->kind == BX_NODE_NOTE_REF)
            note(v, n);
        else if (n->kind == BX_NODE_LINK && n->url.n && n->url.p[0] == '#')
            internal_link(v, n);
        else if (n->kind == BX_NODE_LINK && !n->url.n && n->id.n)
            unlink_node(n); /* a target, not a link */
        else if (n->kind == BX_NODE_LINK)
            external_link(v, n);
    }
}

void bx_issue_resolve(bx_reader *r) {
    bx_issue *issue = r->issue;
    resolver v = {.r = r, .references = bx_map_new(r->arena), .anchors = bx_map_new(r->arena)};
    v.slugs = bx_map_new(r->arena);
    for (uint32_t i = 0; i < issue->n_references; i++) {
        *bx_map_put(&v.references, issue->references[i].id) = &issue->references[i];
        bx_push(r->arena, &v.ids, issue->references[i].id);
    }
    index_anchors(&v);
    index_marked(&v);
    index_other_headings(&v);
    v.numbered = issue->references_at ? by_number(r) : NULL;
    bx_issue_each_tree(issue, resolve_tree, &v);
    for (uint32_t i = 0; i < v.notes.n; i++) /* notes may have marks of further notes */
        resolve_tree(v.notes.at[i], &v);
    v.numbered = NULL;
    for (uint32_t i = 0; i < issue->n_references; i++)
        visit_reference(&issue->references[i], resolve_tree, &v);
    issue->notes = v.notes.at;
    issue->n_notes = v.notes.n;
}
