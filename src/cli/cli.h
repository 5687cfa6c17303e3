/* What the commands share: their options, the folders to look in, and how findings are shown.
 *
 * Each command is one file cmd_NAME.c with one table of options, which drives both parsing and
 * --help. Only this folder reads the environment, and only it writes to the terminal. */
#ifndef BX_CLI_CLI_H
#define BX_CLI_CLI_H

#include "banxin.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/words.h"

#include <stdio.h>

/* Exit codes; those of sysexits.h where it has one. */
enum {
    BX_EXIT_DONE = 0,
    BX_EXIT_FINDINGS = 1,
    BX_EXIT_USAGE = 64,
    BX_EXIT_DATA = 65,
    BX_EXIT_NO_INPUT = 66,
    BX_EXIT_FONT = 69,
    BX_EXIT_BUG = 70,
    BX_EXIT_OUTPUT = 73,
    BX_EXIT_IO = 74,
    BX_EXIT_AGAIN = 75,
};
int bx_exit_code(bx_status status);

typedef BX_VEC(const char *) bx_texts; /* ends with NULL, which n does not count */

/* The values of all options of all commands; a command's table says which it takes. */
typedef struct bx_args {
    bx_arena *arena;
    double started; /* when the program was, as bx_cli_seconds tells it */
    bx_texts operands;
    bool help, version, quiet, verbose, strict, timings, json;
    const char *language;    /* of messages, as the environment asks for it; NULL: English */
    const char *diagnostics; /* "text", "json" or "sarif" */
    struct bx_sarif *sarif;  /* the document that findings go into; NULL: none */
    const char *max_findings;
    bool fix, sandbox, no_sandbox;
    bx_texts writes; /* folders that the command writes to: what a sandbox leaves open */
    const char *output, *deps, *layout, *assets, *standards;
    const char *jobs, *shard, *name_template;
    bx_texts layout_path, font_path, set, limit;
    const char *measure, *fit, *font, *size, *lang, *kinsoku, *punctuation, *autospace, *indent,
        *align, *hyphenation;
    bool hang, markdown;
    bool has_created; /* SOURCE_DATE_EPOCH was given */
    int64_t created;
} bx_args;

typedef enum bx_option_kind {
    BX_OPTION_FLAG, /* bool */
    BX_OPTION_TEXT, /* const char *: the last one given counts */
    BX_OPTION_LIST, /* bx_texts: may be given several times */
} bx_option_kind;

typedef struct bx_option {
    const char *name; /* without the dashes; NULL ends a table */
    char letter;      /* 0: none */
    bx_option_kind kind;
    size_t field;        /* offset in bx_args */
    const char *value;   /* what help calls its value */
    const char *choices; /* "a|b|c": anything else is an error; NULL: anything goes */
    const char *help;
} bx_option;

#define BX_OPTION(name, letter, kind, field, value, choices, help)                                 \
    { name, letter, BX_OPTION_##kind, offsetof(bx_args, field), value, choices, help }

/* Rows that several commands share. */
#define BX_OPTIONS_ALL                                                                             \
    BX_OPTION("diagnostics", 0, TEXT, diagnostics, "FORM", "text|json|sarif",                      \
              "how findings are written: text, one JSON object a line, or SARIF"),                 \
        BX_OPTION("max-findings", 0, TEXT, max_findings, "N", NULL,                                \
                  "of an issue, show this many as text; 0: all (default 100)"),                    \
        BX_OPTION("quiet", 'q', FLAG, quiet, NULL, NULL, "write errors only"),                     \
        BX_OPTION("help", 'h', FLAG, help, NULL, NULL, "show this help"),                          \
        BX_OPTION("version", 0, FLAG, version, NULL, NULL, "show the version")
#define BX_OPTION_SANDBOX                                                                          \
    BX_OPTION("sandbox", 0, FLAG, sandbox, NULL, NULL,                                             \
              "let the kernel keep it to the issue, fonts and layouts")
#define BX_OPTION_NO_SANDBOX                                                                       \
    BX_OPTION("no-sandbox", 0, FLAG, no_sandbox, NULL, NULL,                                       \
              "do without the kernel's fence round the run")
#define BX_OPTIONS_FONTS                                                                           \
    BX_OPTION("font-path", 0, LIST, font_path, "FOLDER", NULL,                                     \
              "look here for fonts first (may be repeated)")
#define BX_OPTION_VERBOSE BX_OPTION("verbose", 'v', FLAG, verbose, NULL, NULL, "say what was done")
#define BX_OPTIONS_LAYOUTS                                                                         \
    BX_OPTION("layout-path", 0, LIST, layout_path, "FOLDER", NULL,                                 \
              "look here for layouts first (may be repeated)")
#define BX_OPTIONS_ISSUE                                                                           \
    BX_OPTION("layout", 0, TEXT, layout, "NAME", NULL,                                             \
              "the layout, by name or path, instead of the issue's own"),                          \
        BX_OPTION("assets", 0, TEXT, assets, "FOLDER", NULL,                                       \
                  "a second folder in which pictures are looked for"),                             \
        BX_OPTION("set", 0, LIST, set, "KEY=VALUE", NULL,                                          \
                  "a key of the issue, as if its file said so (may be repeated)"),                 \
        BX_OPTION("pdf-standard", 0, TEXT, standards, "NAMES",                                     \
                  "a-2a,ua-1|a-3a,ua-1|a-2a|a-3a|ua-1|none",                                       \
                  "the PDF standards to keep, instead of the layout's choice"),                    \
        BX_OPTION("limit", 0, LIST, limit, "NAME=N", NULL,                                         \
                  "how much an issue may ask for: pages=5000, memory=2G (may be repeated)"),       \
        BX_OPTION("strict", 0, FLAG, strict, NULL, NULL, "treat warnings as errors")

typedef struct bx_command {
    const char *name, *operands, *summary, *details;
    const bx_option *options;
    int (*run)(bx_args *args); /* an exit code */
} bx_command;

extern const bx_command bx_cmd_batch, bx_cmd_build, bx_cmd_check, bx_cmd_fonts, bx_cmd_inspect,
    bx_cmd_layouts, bx_cmd_new, bx_cmd_paragraph, bx_cmd_schema, bx_cmd_seal, bx_cmd_verify;

/* The commands, ending with NULL. */
extern const bx_command *const bx_commands[];

/* Fills *args from the words after the command. False after a message: a usage error. */
bool bx_args_parse(const bx_command *command, int n, char **words, bx_args *args);
/* In a language; NULL is English. `command` NULL: of the program. */
void bx_help(const bx_command *command, const bx_words *words);

/* What the program says of itself goes to stderr in the language that the environment asks for: a
 * format or hint is said in Chinese when words_zh.c has it. Nothing in the arguments is obeyed by a
 * terminal. */
const char *bx_cli_language(void); /* "zh_CN.UTF-8"; NULL: none is asked for */
const bx_words *bx_cli_words(void);
/* "banxin: text", and the text by itself. */
void bx_cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void bx_cli_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "  hint: text", after what it belongs to. */
void bx_cli_hint(const char *hint);
/* "banxin: text" with a hint when there is one; returns BX_EXIT_USAGE. */
int bx_usage_error(const char *hint, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What an errno means. */
const char *bx_cli_reason(int error);
/* What is shown for a code point: itself, or a sign for one that a terminal would obey. */
uint32_t bx_cli_visible(uint32_t code_point);
/* A text as a terminal may have it. */
void bx_cli_put(FILE *file, bx_str text);

/* Puts a text at the end of a list; it is borrowed. */
void bx_add_text(bx_arena *arena, bx_texts *list, const char *text);

/* A press with the search order of layouts and fonts: options, environment, XDG folders, the build
 * tree or the installation. */
bx_status bx_cli_press(const bx_args *args, bx_press **press);
/* The folders in that order; each list ends with NULL. */
const char *const *bx_cli_layout_folders(const bx_args *args);
const char *const *bx_cli_font_folders(const bx_args *args);
/* Says which folders of the options are none: a search passes over what is not there, but one that
 * somebody asked for is most likely a slip of the pen. */
void bx_cli_miss_folders(const bx_args *args);
/* The data folders of a kind ("samples"), in the order to look in; ends with NULL. */
const char *const *bx_cli_folders(bx_arena *arena, const char *kind);

/* What a command does with one operand (NULL: it takes none). */
typedef bx_status (*bx_cli_work)(const bx_args *args, bx_job *job, const char *operand);

/* What the options say of each job; it borrows from args. */
bx_job_options bx_cli_job_options(const bx_args *args);
/* That this process may use: an engine may have bound it to fewer than there are. At least 1. */
unsigned bx_cli_processors(void);

/* Runs `work` with a press and a job as the options ask for them, shows what it found, closes both.
 * Returns an exit code. */
int bx_cli_run(const bx_args *args, const char *operand, bx_cli_work work);
/* The same for one job of an open press; *findings grows by the number of errors and warnings. */
bx_status bx_cli_run_job(const bx_args *args, bx_press *press, const char *operand,
                         bx_cli_work work, size_t *findings);
/* All of the standard input. False: it cannot be read. */
bool bx_cli_stdin(bx_arena *arena, bx_str *bytes);

/* Whether stderr has findings for programs, and is to have nothing else that can be left unsaid. */
bool bx_cli_for_programs(const bx_args *args);
/* Shows the job's diagnostics on stderr, and the status when they do not explain it. */
void bx_cli_report(const bx_args *args, bx_job *job, bx_status status);
/* Stages in milliseconds, wall time since the program's start and peak memory, on stderr. */
void bx_cli_timings(const bx_args *args, const bx_job *job);
/* "NAME: 5 pages, 219219 bytes" on stderr: what --verbose tells. */
void bx_cli_say_done(const char *name, bx_job *job);
/* A clock that only moves forward. */
double bx_cli_seconds(void);

/* A bx_write on a FILE. */
bool bx_cli_write(void *file, const void *bytes, size_t n);
/* Flushes stdout: false, with a message, when what was written could not be delivered. */
bool bx_cli_flush(void);

/* Columns that a terminal gives to a code point: 0, 1 or 2 (UAX #11, W and F). */
int bx_columns(uint32_t code_point);
/* Those of a string. */
int bx_columns_of(bx_str s);

#endif
