/* banxin: the program. Finds the command, parses its options, runs it. */
#include "cli/cli.h"
#include "cli/memory.h"
#include "cli/sarif.h"

#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const bx_command *const bx_commands[] = {
    &bx_cmd_build, &bx_cmd_batch,   &bx_cmd_seal,    &bx_cmd_verify,    &bx_cmd_check,  &bx_cmd_new,
    &bx_cmd_fonts, &bx_cmd_layouts, &bx_cmd_inspect, &bx_cmd_paragraph, &bx_cmd_schema, NULL,
};

int bx_exit_code(bx_status status) {
    switch (status) {
    case BX_OK:
        return BX_EXIT_DONE;
    case BX_EDATA:
        return BX_EXIT_DATA;
    case BX_ENOINPUT:
        return BX_EXIT_NO_INPUT;
    case BX_EFONT:
        return BX_EXIT_FONT;
    case BX_EOUTPUT:
        return BX_EXIT_OUTPUT;
    case BX_EIO:
        return BX_EXIT_IO;
    case BX_ENOMEM:
        return BX_EXIT_AGAIN;
    case BX_EDIFFERS:
        return BX_EXIT_FINDINGS;
    case BX_EMISUSE:
    case BX_EINTERNAL:
        return BX_EXIT_BUG;
    }
    return BX_EXIT_BUG;
}

static int write_error; /* errno of the first write to the standard output that failed; 0: none */

bool bx_cli_write(void *file, const void *bytes, size_t n) {
    bool good = fwrite(bytes, 1, n, file) == n;
    if (!good && !write_error)
        write_error = errno;
    return good;
}

bool bx_cli_flush(void) {
    bool failed = ferror(stdout);
    if (fflush(stdout) == 0 && !failed)
        return true;
    bx_cli_say("cannot write to the standard output: %s",
               bx_cli_reason(write_error ? write_error : errno));
    return false;
}

static int unknown_command(bx_arena *arena, const char *word) {
    bx_str names[16];
    size_t n = 0;
    for (const bx_command *const *c = bx_commands; *c && n < 16; c++)
        names[n++] = bx_str_of((*c)->name);
    bx_str near = bx_nearest(bx_str_of(word), names, n);
    const char *hint =
        near.n
            ? bx_str_fmt(arena, bx_word(bx_cli_words(), "Did you mean %.*s?"), BX_STR_ARG(near)).p
            : "banxin --help lists the commands";
    return bx_usage_error(hint, "there is no command %s", word);
}

/* SOURCE_DATE_EPOCH, as reproducible builds set it. */
static bool read_created(bx_args *args) {
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (!text || !*text)
        return true;
    char *end;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (errno || *end || seconds < 0 || seconds > 253402300799) { /* the end of the year 9999 */
        bx_usage_error("It is a number of seconds since 1970",
                       "SOURCE_DATE_EPOCH cannot be read: %s", text);
        return false;
    }
    args->has_created = true;
    args->created = seconds;
    return true;
}

/* --limit, looked at before anything is read. */
static bool check_limits(const bx_args *args) {
    bx_limits limits = bx_limits_default();
    for (uint32_t i = 0; i < args->limit.n; i++) {
        bx_str setting = bx_str_of(args->limit.at[i]), names[BX_LIMIT_COUNT];
        if (bx_limits_set(&limits, setting))
            continue;
        const char *equals = strchr(setting.p, '=');
        bx_str name = bx_str_sub(setting, 0, equals ? (uint32_t)(equals - setting.p) : setting.n);
        for (int k = 0; k < BX_LIMIT_COUNT; k++)
            names[k] = bx_str_of(bx_limit_name((bx_limit)k));
        bx_str near = bx_nearest(name, names, BX_LIMIT_COUNT);
        const char *hint =
            !near.n || bx_str_eq(near, name)
                ? "It is a name, = and a number, as in pages=5000 or memory=2G"
                : bx_str_fmt(args->arena, bx_word(bx_cli_words(), "Did you mean %.*s?"),
                             BX_STR_ARG(near))
                      .p;
        bx_usage_error(hint, "--limit cannot be read: %s", setting.p);
        return false;
    }
    return true;
}

static bool findings_options(bx_args *args) {
    const char *n = args->max_findings;
    if (n && (!*n || strlen(n) > 9 || strspn(n, "0123456789") != strlen(n))) {
        bx_usage_error(NULL, "--max-findings takes a number, not \"%s\"", n);
        return false;
    }
    return true;
}

/* A SARIF document is begun before the first finding and ended after the last one. */
static int run_with_findings(const bx_command *command, bx_args *args) {
    if (!args->diagnostics || strcmp(args->diagnostics, "sarif") != 0)
        return command->run(args);
    bx_sarif sarif;
    bx_buf out = bx_buf_new(args->arena);
    bx_sarif_begin(&sarif, &out);
    fwrite(out.p, 1, out.n, stderr);
    args->sarif = &sarif;
    int code = command->run(args);
    out.n = 0;
    bx_sarif_end(&sarif, &out);
    fwrite(out.p, 1, out.n, stderr);
    return code;
}

static int run_command(const bx_command *command, int n, char **words, bx_arena *arena) {
    bx_args args = {.arena = arena, .started = bx_cli_seconds(), .language = bx_cli_language()};
    if (!bx_args_parse(command, n, words, &args) || !read_created(&args) ||
        !findings_options(&args) || !check_limits(&args))
        return BX_EXIT_USAGE;
    if (!args.help && !args.version) {
        bx_cli_miss_folders(&args);
        return run_with_findings(command, &args);
    }
    if (args.help)
        bx_help(command, bx_cli_words());
    else
        printf("banxin %s\n", bx_version());
    return bx_cli_flush() ? BX_EXIT_DONE : BX_EXIT_IO;
}

static int run(int n, char **words, bx_arena *arena) {
    if (n < 2) {
        bx_help(NULL, bx_cli_words());
        bx_cli_flush();
        return BX_EXIT_USAGE;
    }
    const char *word = words[1];
    for (const bx_command *const *c = bx_commands; *c; c++)
        if (strcmp(word, (*c)->name) == 0)
            return run_command(*c, n - 2, words + 2, arena);
    if (strcmp(word, "--version") == 0)
        printf("banxin %s\n", bx_version());
    else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
        bx_help(NULL, bx_cli_words());
    else
        return word[0] == '-' ? bx_usage_error("banxin --help lists the commands",
                                               "an option without a command: %s", word)
                              : unknown_command(arena, word);
    return bx_cli_flush() ? BX_EXIT_DONE : BX_EXIT_IO;
}

/* A full disk and a closed pipe are errors to be told of, not signals to die of. A standard
 * descriptor that is closed gets one that cannot be used, so that no file we open takes its place.
 */
static void settle_in(void) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int n, char **words) {
    settle_in();
    bx_memory memory = {.allocate = bx_cli_allocate};
    jmp_buf trap;
    bx_arena *volatile arena = NULL;
    int code;
    if (setjmp(trap) == 0) {
        memory.trap = &trap;
        arena = bx_arena_new(&memory);
        code = run(n, words, arena);
    } else {
        bx_cli_say("out of memory");
        code = BX_EXIT_AGAIN;
    }
    bx_arena_drop(arena);
    return code;
}
