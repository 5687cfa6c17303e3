#include "batch/seal.h"

#include "base/json.h"
#include "base/xml.h"
#include "batch/file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static bx_str in_folder(bx_arena *arena, bx_str folder, bx_str name) {
    return bx_str_fmt(arena, "%.*s/%.*s", BX_STR_ARG(folder), BX_STR_ARG(name));
}

bool bx_seal_look(bx_arena *arena, const bx_plan *plan, bx_str folder, bx_seal *seal) {
    bx_ledger ledger;
    if (!bx_ledger_read(arena, folder, &ledger)) {
        seal->unreadable = ledger.unreadable;
        return false;
    }
    bx_arena *scratch = bx_arena_new(bx_arena_memory(arena));
    bx_mark mark = bx_arena_mark(scratch);
    for (uint32_t i = 0; i < plan->items.n; i++) {
        const bx_plan_item *item = &plan->items.at[i];
        bx_str bytes;
        bool there = bx_file_read(scratch, in_folder(scratch, folder, item->output).p, &bytes);
        const char *why = there ? "not in a ledger" : errno == ENOENT ? "not there" : "unreadable";
        const bx_ledger_row *row = NULL;
        if (there) {
            bx_digest sha256 = bx_sha256(&bytes, 1);
            row = bx_ledger_find(&ledger, item->output, &sha256, NULL);
        }
        if (row)
            bx_push(arena, &seal->rows, row);
        else
            bx_push(arena, &seal->gaps, (bx_seal_gap){item, why});
        bx_arena_rewind(scratch, mark);
    }
    bx_arena_drop(scratch);
    return true;
}

bx_str bx_seal_gaps(bx_arena *arena, const bx_seal *seal) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t i = 0; i < seal->gaps.n; i++) {
        const bx_seal_gap *gap = &seal->gaps.at[i];
        bx_json j = bx_json_new(&out);
        bx_json_object(&j);
        bx_json_key(&j, "issue");
        bx_json_str(&j, gap->item->issue);
        bx_json_key(&j, "output");
        bx_json_str(&j, gap->item->output);
        bx_json_key(&j, "why");
        bx_json_cstr(&j, gap->why);
        bx_json_end(&j);
        bx_buf_char(&out, '\n');
    }
    return bx_buf_view(&out);
}

/* ------------------------------------------------------------------------------ contents page */

/* A path as a relative URL (RFC 3986): what is not unreserved or a slash is percent-encoded. "./"
 * keeps a colon in the first component from being read as a scheme's. */
static void put_link(bx_buf *out, bx_str path) {
    bx_buf_str(out, BX_STR("./"));
    for (uint32_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain)
            bx_buf_char(out, (char)c);
        else
            bx_buf_fmt(out, "%%%02X", c);
    }
}

/* Latest first, those without a date last; then by output. */
static int by_date(const void *a, const void *b) {
    const bx_ledger_row *x = *(const bx_ledger_row *const *)a,
                        *y = *(const bx_ledger_row *const *)b;
    int order = bx_str_cmp(y->date, x->date);
    return order ? order : bx_str_cmp(x->output, y->output);
}

static void put_row(bx_buf *out, const bx_ledger_row *row) {
    bx_str title = row->title.n ? row->title : row->series.n ? row->series : row->output;
    bx_buf_str(out, BX_STR("<li>"));
    if (row->date.n) {
        bx_buf_str(out, BX_STR("<time>"));
        bx_xml_text(out, row->date);
        bx_buf_str(out, BX_STR("</time> "));
    }
    bx_buf_str(out, BX_STR("<a href=\""));
    put_link(out, row->output);
    bx_buf_str(out, BX_STR("\">"));
    bx_xml_text(out, title);
    bx_buf_str(out, BX_STR("</a>"));
    if (row->number.n) {
        bx_buf_str(out, BX_STR(" <span>"));
        bx_xml_text(out, row->number);
        bx_buf_str(out, BX_STR("</span>"));
    }
    bx_buf_str(out, BX_STR("</li>\n"));
}

static bx_str month_of(const bx_ledger_row *row) {
    return bx_str_sub(row->date, 0, row->date.n < 7 ? row->date.n : 7);
}

static bx_str contents_page(bx_arena *arena, const bx_seal *seal) {
    bx_buf out = bx_buf_new(arena);
    const bx_ledger_row **rows = bx_new_n(arena, const bx_ledger_row *, seal->rows.n);
    memcpy(rows, seal->rows.at, seal->rows.n * sizeof *rows);
    if (seal->rows.n)
        qsort(rows, seal->rows.n, sizeof *rows, by_date);
    bx_buf_str(&out,
               BX_STR("<!doctype html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width\">\n"
                      "<title>目录</title>\n<style>\n"
                      "body { max-width: 42em; margin: 2em auto; padding: 0 1em;"
                      " font-family: serif; line-height: 1.7 }\n"
                      "ul { list-style: none; padding: 0 }\n"
                      "time, span { color: #666; font-variant-numeric: tabular-nums }\n"
                      "</style>\n</head>\n<body>\n<h1>目录</h1>\n"));
    bx_str month = {0};
    for (uint32_t i = 0; i < seal->rows.n; i++) {
        if (i == 0 || !bx_str_eq(month, month_of(rows[i]))) {
            month = month_of(rows[i]);
            if (i > 0)
                bx_buf_str(&out, BX_STR("</ul>\n"));
            bx_buf_str(&out, BX_STR("<h2>"));
            bx_xml_text(&out, month.n ? month : BX_STR("无日期"));
            bx_buf_str(&out, BX_STR("</h2>\n<ul>\n"));
        }
        put_row(&out, rows[i]);
    }
    bx_buf_str(&out,
               seal->rows.n ? BX_STR("</ul>\n</body>\n</html>\n") : BX_STR("</body>\n</html>\n"));
    return bx_buf_view(&out);
}

/* Two archives of the same issues have the same index. */
static bx_str index_lines(bx_arena *arena, const bx_seal *seal) {
    bx_buf out = bx_buf_new(arena);
    bx_arena *scratch = bx_arena_new(bx_arena_memory(arena));
    bx_mark mark = bx_arena_mark(scratch);
    for (uint32_t i = 0; i < seal->rows.n; i++) {
        bx_buf_str(&out, bx_index_line(scratch, seal->rows.at[i]));
        bx_arena_rewind(scratch, mark);
    }
    bx_arena_drop(scratch);
    return bx_buf_view(&out);
}

bool bx_seal_write(bx_arena *arena, const bx_seal *seal, bx_str folder) {
    return bx_file_replace(arena, in_folder(arena, folder, BX_STR("index.html")).p,
                           contents_page(arena, seal)) &&
           bx_file_replace(arena, in_folder(arena, folder, BX_STR("index.jsonl")).p,
                           index_lines(arena, seal));
}

bool bx_seal_break(bx_arena *arena, bx_str folder) {
    static const char *const names[] = {"index.jsonl", "index.html"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (unlink(in_folder(arena, folder, bx_str_of(names[i])).p) != 0 && errno != ENOENT)
            return false;
    return true;
}
