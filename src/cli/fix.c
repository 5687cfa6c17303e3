#include "cli/fix.h"

#include "batch/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct patch {
    uint32_t start, end; /* bytes of the file */
    bx_str text;
} patch;

typedef BX_VEC(patch) patches;

/* Diagnostics come in the order of their places; of two that overlap the first is taken. */
static patches gather(bx_arena *arena, bx_job *job, const char *path, uint32_t size) {
    patches list = {0};
    bx_diagnostic d;
    for (size_t i = 0; bx_job_diagnostic(job, i, &d); i++) {
        uint32_t done = list.n ? list.at[list.n - 1].end : 0;
        if (!d.fix || strcmp(d.file, path) != 0 || d.start < done || d.end > size)
            continue;
        bx_str text = bx_str_dup(arena, (bx_str){d.fix, (uint32_t)d.fix_length});
        bx_push(arena, &list, (patch){d.start, d.end, text});
    }
    return list;
}

static bx_str apply(bx_arena *arena, bx_str bytes, const patches *list) {
    bx_buf out = bx_buf_new(arena);
    uint32_t at = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        bx_buf_str(&out, bx_str_sub(bytes, at, list->at[i].start));
        bx_buf_str(&out, list->at[i].text);
        at = list->at[i].end;
    }
    bx_buf_str(&out, bx_str_sub(bytes, at, bytes.n));
    return bx_buf_view(&out);
}

/* The diff. No fix adds or removes a line end, so that lines correspond one to one. */

enum { CONTEXT = 2 };

typedef BX_VEC(bx_str) text_lines;

static text_lines split(bx_arena *arena, bx_str bytes) {
    text_lines list = {0};
    for (uint32_t from = 0, at = 0; from < bytes.n; from = at) {
        const char *end = memchr(bytes.p + from, '\n', bytes.n - from);
        at = end ? (uint32_t)(end - bytes.p) + 1 : bytes.n;
        bx_push(arena, &list, bx_str_sub(bytes, from, at));
    }
    return list;
}

static void put_line(char mark, bx_str line) {
    bool ended = line.n && line.p[line.n - 1] == '\n';
    bool shown = isatty(STDOUT_FILENO); /* which obeys what is in the text; a file is for patch */
    putchar(mark);
    if (shown)
        bx_cli_put(stdout, bx_str_sub(line, 0, line.n - ended));
    else
        fwrite(line.p, 1, line.n - ended, stdout);
    fputs(ended ? "\n" : "\n\\ No newline at end of file\n", stdout);
}

/* Lines [from, to) of both texts as one hunk. */
static void put_hunk(const text_lines *old, const text_lines *new, uint32_t from, uint32_t to) {
    printf("@@ -%u,%u +%u,%u @@\n", from + 1, to - from, from + 1, to - from);
    for (uint32_t i = from, end; i < to; i = end) {
        end = i + 1;
        if (bx_str_eq(old->at[i], new->at[i])) {
            put_line(' ', old->at[i]);
            continue;
        }
        while (end < to && !bx_str_eq(old->at[end], new->at[end]))
            end++;
        for (uint32_t k = i; k < end; k++)
            put_line('-', old->at[k]);
        for (uint32_t k = i; k < end; k++)
            put_line('+', new->at[k]);
    }
}

static void put_diff(bx_arena *arena, const char *path, bx_str before, bx_str after) {
    text_lines old = split(arena, before), new = split(arena, after);
    printf("--- %s\n+++ %s\n", path, path);
    for (uint32_t i = 0; i < old.n; i++) {
        if (bx_str_eq(old.at[i], new.at[i]))
            continue;
        uint32_t last = i; /* the last changed line of this hunk */
        for (uint32_t k = i; k < old.n && k <= last + 2 * CONTEXT; k++)
            if (!bx_str_eq(old.at[k], new.at[k]))
                last = k;
        uint32_t from = i > CONTEXT ? i - CONTEXT : 0;
        uint32_t to = last + CONTEXT + 1 < old.n ? last + CONTEXT + 1 : old.n;
        put_hunk(&old, &new, from, to);
        i = last;
    }
}

static bx_status refuse(const char *path) {
    bx_cli_say("cannot write %s: %s", path, bx_cli_reason(errno));
    return BX_EOUTPUT;
}

/* A link stays a link. */
static bool open_aside(bx_arena *arena, const char *path, bx_str bytes, bx_aside *aside) {
    char *target = realpath(path, NULL);
    bool may = target && access(target, W_OK) == 0;
    bool good = may && bx_file_aside(arena, bx_str_dup(arena, bx_str_of(target)).p, bytes, aside);
    int error = errno;
    free(target);
    errno = error;
    return good;
}

bx_status bx_cli_fix(const bx_args *args, bx_job *job, const char *path) {
    bx_arena *arena = args->arena;
    bx_str before;
    if (!bx_file_read(arena, path, &before)) {
        bx_cli_say("%s: %s", path, bx_cli_reason(errno));
        return BX_ENOINPUT;
    }
    patches list = gather(arena, job, path, before.n);
    if (!list.n)
        return BX_OK;
    bx_str after = apply(arena, before, &list);
    bx_aside aside;
    if (!open_aside(arena, path, after, &aside))
        return refuse(path);
    put_diff(arena, path, before, after);
    if (!bx_cli_flush()) { /* nothing is changed that was not shown */
        bx_file_drop(&aside);
        return BX_EIO;
    }
    return bx_file_put(&aside) ? BX_OK : refuse(path);
}
