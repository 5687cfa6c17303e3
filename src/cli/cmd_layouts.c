#include "cli/cli.h"

#include "base/json.h"

#include <stdio.h>

static void print_json(bx_arena *arena, const bx_layout_row *list, size_t n) {
    bx_buf out = bx_buf_new(arena);
    bx_json j = bx_json_new(&out);
    j.indent = 2;
    bx_json_array(&j);
    for (size_t i = 0; i < n; i++) {
        bx_json_object(&j);
        bx_json_key(&j, "name");
        bx_json_cstr(&j, list[i].name);
        bx_json_key(&j, "title");
        bx_json_cstr(&j, list[i].title);
        bx_json_key(&j, "description");
        bx_json_cstr(&j, list[i].description);
        bx_json_key(&j, "path");
        bx_json_cstr(&j, list[i].path);
        bx_json_end(&j);
    }
    bx_json_end(&j);
    bx_buf_char(&out, '\n');
    bx_cli_write(stdout, out.p, out.n);
}

static void print_table(const bx_args *args, const bx_layout_row *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        printf("%-20s %s\n", list[i].name, list[i].title);
        if (*list[i].description)
            printf("%-20s %s\n", "", list[i].description);
        if (args->verbose)
            printf("%-20s %s\n", "", list[i].path);
    }
}

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    (void)operand;
    const bx_layout_row *list;
    size_t n;
    bx_status status = bx_job_layouts(job, &list, &n);
    if (status != BX_OK)
        return status;
    if (args->json)
        print_json(args->arena, list, n);
    else
        print_table(args, list, n);
    return status;
}

static int run(bx_args *args) {
    if (args->operands.n)
        return bx_usage_error(NULL, "layouts takes no operands");
    return bx_cli_run(args, NULL, work);
}

static const bx_option options[] = {
    BX_OPTIONS_LAYOUTS,
    BX_OPTION("json", 0, FLAG, json, NULL, NULL, "print JSON"),
    BX_OPTION("verbose", 'v', FLAG, verbose, NULL, NULL, "show the files too"),
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_layouts = {
    .name = "layouts",
    .operands = "",
    .summary = "List the layouts that are there",
    .options = options,
    .run = run,
};
