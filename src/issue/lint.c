#include "issue/lint.h"

#include "issue/lint_text.h"
#include "issue/reader.h"

static bool holds_inlines(const bx_node *n) {
    return !bx_node_is_inline(n->kind) && n->first && bx_node_is_inline(n->first->kind);
}

typedef struct linter {
    bx_lint_text text, next; /* a paragraph and the one after it, whose beginning matters */
    const bx_node *block;    /* that `text` is of; NULL: none yet */
} linter;

static void finish_block(linter *l, const bx_lint_text *next) {
    if (!l->block)
        return;
    if (l->text.chinese) {
        bx_lint_marks(&l->text);
        bx_lint_pairs(&l->text, next);
    }
    bx_lint_dates(&l->text);
}

/* Each block is looked at when the one after it is known. */
static void visit(bx_node *root, void *user) {
    linter *l = user;
    l->block = NULL;
    for (const bx_node *n = root; n;) {
        if (!holds_inlines(n)) {
            n = bx_node_after(n, root);
            continue;
        }
        bx_lint_gather(&l->next, n);
        bool same_kind = l->block && l->block->kind == n->kind;
        finish_block(l, same_kind ? &l->next : NULL);
        bx_lint_text swap = l->text;
        l->text = l->next;
        l->next = swap;
        l->block = n;
        n = bx_node_past(n, root);
    }
    finish_block(l, NULL);
}

/* A list that the text never cites is for further reading; one that it cites in part has a gap. */
static void uncited(const bx_issue *issue, bx_report *report) {
    bool any = false;
    for (uint32_t i = 0; i < issue->n_references; i++)
        any |= issue->references[i].cited;
    for (uint32_t i = 0; any && i < issue->n_references; i++) {
        const bx_reference *ref = &issue->references[i];
        if (ref->cited)
            continue;
        bx_say(report, BX_D_UNCITED, ref->span, "the text does not cite [%u]", ref->number);
        bx_hint(report, "Write [@%.*s] where it is used, or take it out", BX_STR_ARG(ref->id));
    }
}

void bx_issue_lint(bx_arena *arena, const bx_issue *issue, bx_report *report) {
    bx_lint_text text = {.arena = arena, .report = report, .issue = issue};
    text.chinese = bx_str_starts(issue->lang, BX_STR("zh"));
    linter l = {.text = text, .next = text};
    bx_issue_each_tree(issue, visit, &l);
    uncited(issue, report);
}
