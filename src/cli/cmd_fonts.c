#include "cli/cli.h"

#include "base/json.h"

#include <stdio.h>

static void row_as_json(bx_json *j, const bx_font_row *row) {
    bx_json_object(j);
    bx_json_key(j, "use");
    bx_json_cstr(j, row->use);
    bx_json_key(j, "family");
    bx_json_cstr(j, row->family);
    bx_json_key(j, "weight");
    bx_json_int(j, row->weight);
    bx_json_key(j, "italic");
    bx_json_bool(j, row->italic);
    bx_json_key(j, "required");
    bx_json_bool(j, row->required);
    bx_json_key(j, "package");
    bx_json_cstr(j, row->package);
    if (row->path) {
        bx_json_key(j, "path");
        bx_json_cstr(j, row->path);
        bx_json_key(j, "index");
        bx_json_int(j, row->index);
        bx_json_key(j, "face");
        bx_json_cstr(j, row->face);
    }
    bx_json_end(j);
}

static void print_json(bx_arena *arena, const bx_font_row *list, size_t n) {
    bx_buf out = bx_buf_new(arena);
    bx_json j = bx_json_new(&out);
    j.indent = 2;
    bx_json_array(&j);
    for (size_t i = 0; i < n; i++)
        row_as_json(&j, &list[i]);
    bx_json_end(&j);
    bx_buf_char(&out, '\n');
    bx_cli_write(stdout, out.p, out.n);
}

static void print_table(const bx_args *args, const bx_font_row *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const bx_font_row *r = &list[i];
        const char *style = r->italic         ? (r->weight > 400 ? "bold italic" : "italic")
                            : r->weight > 400 ? "bold"
                                              : "regular";
        printf("%-20s %-26s %-11s ", r->use, r->family, style);
        if (!r->path)
            printf("%s: install %s\n", r->required ? "MISSING" : "not installed", r->package);
        else if (args->verbose)
            printf("%s %s#%u\n", r->face, r->path, r->index);
        else
            printf("%s\n", r->face);
    }
}

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    (void)operand;
    const bx_font_row *list;
    size_t n;
    bx_status status = bx_job_fonts(job, &list, &n);
    if (status != BX_OK)
        return status;
    if (args->json)
        print_json(args->arena, list, n);
    else
        print_table(args, list, n);
    for (size_t i = 0; i < n; i++)
        if (list[i].required && !list[i].path)
            status = BX_EFONT;
    return status;
}

static int run(bx_args *args) {
    if (args->operands.n)
        return bx_usage_error(NULL, "fonts takes no operands");
    return bx_cli_run(args, NULL, work);
}

static const bx_option options[] = {
    BX_OPTIONS_FONTS,
    BX_OPTION("json", 0, FLAG, json, NULL, NULL, "print JSON"),
    BX_OPTION("verbose", 'v', FLAG, verbose, NULL, NULL, "show the files too"),
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_fonts = {
    .name = "fonts",
    .operands = "",
    .summary = "List the fonts that the table in fonts/ names, and whether they are there",
    .details = "The exit code is 69 when a family that is required is missing.",
    .options = options,
    .run = run,
};
