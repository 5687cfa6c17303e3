#include "cli/plan.h"
#include "cli/sandbox.h"

#include <errno.h>

typedef struct facts_reader {
    const bx_args *args;
    bx_press *press; /* opened when a name first asks for what an issue says */
} facts_reader;

static bool read_facts(void *user, bx_arena *arena, const char *issue, bx_issue_facts *facts) {
    facts_reader *r = user;
    bx_job_options options = bx_cli_job_options(r->args);
    bx_job *job = NULL;
    *facts = (bx_issue_facts){.title = "", .series = "", .number = "", .date = "", .layout = ""};
    if (!r->press && bx_cli_press(r->args, &r->press) != BX_OK)
        return false;
    if (bx_job_open(r->press, &options, &job) != BX_OK)
        return false;
    bool good = bx_job_read_file(job, issue) == BX_OK; /* why not is told when it is made */
    bx_job_facts(job, facts);
    const char **texts[] = {&facts->title, &facts->series, &facts->number, &facts->date,
                            &facts->layout};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = bx_str_dup(arena, bx_str_of(*texts[i])).p;
    bx_job_close(job);
    return good;
}

static int say_fault(const bx_plan *plan) {
    bx_cli_say("%.*s", BX_STR_ARG(plan->fault));
    if (plan->hint.n)
        bx_cli_hint(plan->hint.p);
    return plan->unreadable ? BX_EXIT_NO_INPUT : BX_EXIT_DATA;
}

int bx_cli_plan(const bx_args *args, bx_plan *plan) {
    facts_reader reader = {.args = args};
    if (!args->no_sandbox)
        bx_sandbox_calls(); /* what follows may read issues, for their titles */
    bx_plan_options options = {.inputs = args->operands.at,
                               .name_template = args->name_template,
                               .words = bx_cli_words(),
                               .facts = read_facts,
                               .user = &reader};
    for (uint32_t i = 0; i < args->operands.n; i++) {
        bool is_input = strcmp(args->operands.at[i], "-") == 0;
        if (is_input && !bx_cli_stdin(args->arena, &options.standard_input)) {
            bx_cli_say("the standard input cannot be read: %s", bx_cli_reason(errno));
            return BX_EXIT_NO_INPUT;
        }
    }
    bool good = bx_plan_make(args->arena, &options, plan);
    bx_press_close(reader.press);
    return good ? BX_EXIT_DONE : say_fault(plan);
}

void bx_cli_plan_shut_in(bx_args *args, bx_press *press, const bx_plan *plan) {
    bx_texts issues = {0};
    if (args->no_sandbox)
        return;
    bx_add_text(args->arena, &args->writes, args->output);
    for (uint32_t i = 0; i < plan->items.n; i++)
        bx_add_text(args->arena, &issues, plan->items.at[i].issue.p);
    bx_sandbox_files(args, press, issues.at);
}
