/* Reads an issue: YAML, or Markdown with or without front matter, becomes the model of issue.h.
 *
 *     bx_issue_options o = {.path = BX_STR("daily/107.yaml")};        // "-" reads stdin
 *     o.assets = folders; o.n_assets = n;                             // --assets DIR …
 *     o.sets = (bx_str[]){BX_STR("number=108")}; o.n_sets = 1;        // --set number=108
 *     const bx_issue *issue = bx_issue_read(arena, &o, report);
 *     if (!issue || report->errors) …
 *
 * Bytes that the caller already has (an editor's buffer) are given as `bytes` with `has_bytes`;
 * `path` then only names them and says where relative paths start. `folder` overrides where they
 * start.
 *
 * An override is `key=value` with a key path of the schema ("number", "contact.website") and a
 * value that is read as YAML ("108", "[a, b]"); it replaces what the issue says, and messages about
 * it name
 * `--set`. The format is told by the name's ending (.yaml .yml .json, .md .markdown …), else by the
 * text.
 *
 * All that is wrong is gathered in the report; the model is given whenever anything could be read,
 * so that later stages can report more, and is NULL when not. It lives in `arena`, with the
 * source's bytes, and is constant. Threads: one arena, one thread. */
#ifndef BX_ISSUE_READ_H
#define BX_ISSUE_READ_H

#include "input/source_file.h"
#include "issue/issue.h"

typedef enum bx_issue_format { BX_FORMAT_AUTO, BX_FORMAT_YAML, BX_FORMAT_MARKDOWN } bx_issue_format;

typedef struct bx_issue_options {
    bx_str path;
    bx_str bytes;
    bool has_bytes;
    bx_issue_format format;
    bx_str folder;
    const bx_str *assets; /* folders where pictures may lie beside the issue's own */
    uint32_t n_assets;
    const bx_str *sets; /* "key=value" */
    uint32_t n_sets;
    /* Called once the issue's layout is known (empty when it names none) and before the body is
     * divided: the layout's headings that hold the references of a Markdown issue, or NULL for
     * bx_reference_headings. May be NULL. */
    const bx_str *(*reference_headings)(void *user, bx_str layout, uint32_t *n);
    void *user;
} bx_issue_options;

const bx_issue *bx_issue_read(bx_arena *arena, const bx_issue_options *options, bx_report *report);

/* The fence for the pictures of an issue that was read with these options. */
bx_fence bx_issue_fence(const bx_issue *issue, const bx_issue_options *options,
                        const bx_limits *limits);

/* 参考文献, 参考资料, References … in the languages of issues, ended by NULL. */
extern const char *const bx_reference_headings[];

#endif
