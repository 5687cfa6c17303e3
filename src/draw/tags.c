#include "draw/tags.h"

#include <assert.h>

bx_tags *bx_tags_new(bx_arena *arena, bx_str lang) {
    bx_tags *tags = bx_new(arena, bx_tags);
    tags->arena = arena;
    bx_push_zero(arena, &tags->list); /* 0: artifacts belong to no node */
    bx_tag *root = bx_push_zero(arena, &tags->list);
    root->kind = BX_TAG_DOCUMENT;
    root->lang = lang;
    return tags;
}

uint32_t bx_tags_add(bx_tags *tags, uint32_t parent, bx_tag_kind kind) {
    assert(parent > 0 && parent < tags->list.n);
    bx_tag *tag = bx_push_zero(tags->arena, &tags->list);
    tag->kind = kind;
    tag->parent = parent;
    return tags->list.n - 1;
}

bx_tag *bx_tags_at(bx_tags *tags, uint32_t id) {
    assert(id < tags->list.n);
    return &tags->list.at[id];
}

const char *bx_tag_name(bx_tag_kind kind) {
    static const char *const names[] = {
        [BX_TAG_NONE] = "Artifact",
        [BX_TAG_DOCUMENT] = "Document",
        [BX_TAG_PART] = "Part",
        [BX_TAG_SECT] = "Sect",
        [BX_TAG_DIV] = "Div",
        [BX_TAG_H1] = "H1",
        [BX_TAG_H2] = "H2",
        [BX_TAG_H3] = "H3",
        [BX_TAG_H4] = "H4",
        [BX_TAG_H5] = "H5",
        [BX_TAG_H6] = "H6",
        [BX_TAG_TITLE] = "Title",
        [BX_TAG_P] = "P",
        [BX_TAG_L] = "L",
        [BX_TAG_LI] = "LI",
        [BX_TAG_LBL] = "Lbl",
        [BX_TAG_LBODY] = "LBody",
        [BX_TAG_QUOTE_BLOCK] = "BlockQuote",
        [BX_TAG_CODE_BLOCK] = "CodeBlock",
        [BX_TAG_CODE] = "Code",
        [BX_TAG_TABLE] = "Table",
        [BX_TAG_THEAD] = "THead",
        [BX_TAG_TBODY] = "TBody",
        [BX_TAG_TR] = "TR",
        [BX_TAG_TH] = "TH",
        [BX_TAG_TD] = "TD",
        [BX_TAG_FIGURE] = "Figure",
        [BX_TAG_CAPTION] = "Caption",
        [BX_TAG_TOC] = "TOC",
        [BX_TAG_TOCI] = "TOCI",
        [BX_TAG_REFERENCE] = "Reference",
        [BX_TAG_BIBENTRY] = "BibEntry",
        [BX_TAG_NOTE] = "Note",
        [BX_TAG_LINK] = "Link",
        [BX_TAG_SPAN] = "Span",
        [BX_TAG_STRONG] = "Strong",
        [BX_TAG_EM] = "Em",
        [BX_TAG_QUOTE] = "Quote",
        [BX_TAG_RUBY] = "Ruby",
        [BX_TAG_RB] = "RB",
        [BX_TAG_RT] = "RT",
        [BX_TAG_ASIDE] = "Aside",
    };
    return kind >= 0 && (size_t)kind < sizeof names / sizeof *names ? names[kind] : "Artifact";
}
