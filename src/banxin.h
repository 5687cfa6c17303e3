/* Banxin 版心: structured issue data in, a printed report in PDF out.
 *
 * This is the library's whole public interface. Three things to know:
 *
 *   bx_press   what is opened once: where layouts and fonts are, and the fonts themselves.
 *              Threads may share it.
 *   bx_job     one piece of work for one issue, with the diagnostics it gives rise to. A job
 *              belongs to one thread at a time.
 *   bx_write   the function that takes what a job makes, piece by piece.
 *
 * To print an issue:
 *
 *     bx_press *press;
 *     bx_job *job;
 *     if (bx_press_open(&(bx_press_options){.layout_folders = layouts, .font_folders = fonts},
 *                       &press) == BX_OK &&
 *         bx_job_open(press, NULL, &job) == BX_OK) {
 *         if (bx_job_read_file(job, "issue.yaml") == BX_OK)
 *             bx_job_build_file(job, "issue.pdf");
 *         for (size_t i = 0; bx_job_diagnostic(job, i, &d); i++)
 *             fprintf(stderr, "%s:%u:%u: %s\n", d.file, d.line, d.column, d.message);
 *         bx_job_close(job);
 *     }
 *     bx_press_close(press);
 *
 * The library prints nothing and reads neither the environment, the locale nor the time of day: the
 * same inputs, fonts and version give the same bytes. It uses no network, and of files only those
 * in the folders it was told of and in the issue's own.
 *
 * Text is UTF-8 and terminated by NUL unless a length goes with it. Strings and arrays that the
 * library hands out are borrowed: they live as long as the job (or press) they came from, unless it
 * is said otherwise. Structures passed in are read during the call only. A structure filled with
 * zeros asks for the defaults.
 *
 * Every function that can fail returns a bx_status and is safe against a failed allocation: the
 * call then returns BX_ENOMEM and the job or press may only be closed. */
#ifndef BANXIN_H
#define BANXIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BX_API __attribute__((visibility("default")))

/* "0.1.0". */
BX_API const char *bx_version(void);

typedef enum bx_status {
    BX_OK = 0,
    BX_EDATA,     /* the issue or its layout is wrong: the diagnostics say where */
    BX_ENOINPUT,  /* the issue's file cannot be read */
    BX_EFONT,     /* a font family that is needed is not installed, or its file is damaged */
    BX_EOUTPUT,   /* the output cannot be created */
    BX_EIO,       /* writing failed half-way */
    BX_ENOMEM,    /* out of memory */
    BX_EMISUSE,   /* a call that the interface does not allow, such as building before reading */
    BX_EINTERNAL, /* a fault in the library */
    BX_EDIFFERS,  /* a PDF is not what its source gives */
} bx_status;

/* A status in a few words, in English: "the output cannot be created". */
BX_API const char *bx_status_text(bx_status status);

/* Takes `n` bytes. False stops the call, which then returns BX_EIO. Called from the thread that
 * made the call; it may not use the same job. */
typedef bool (*bx_write)(void *user, const void *bytes, size_t n);

/* ------------------------------------------------------------------------------------- press */

typedef struct bx_press bx_press;

typedef struct bx_press_options {
    /* Folders in which to look for layouts (NAME/layout.yaml) and fonts, the first found wins; each
     * list ends with NULL. The font folder that has a families.yaml says which families are used;
     * folders that are not there are passed over. */
    const char *const *layout_folders;
    const char *const *font_folders;
    /* Folders with hyph_LANG.dic files (libhyphen); NULL: /usr/share/hyphen. */
    const char *const *hyphen_folders;
    /* Nothing else in the process uses fontconfig. Its default configuration is then made an empty
     * one before the first drawing with text is set: Pango would read the machine's, in a thread,
     * though it is told to use another. */
    bool owns_fontconfig;
    /* realloc's meaning: size 0 frees and returns NULL. NULL: the C library's. Called from every
     * thread that uses the press. */
    void *(*allocate)(void *user, void *old, size_t size);
    void *user;
} bx_press_options;

/* Opens a press. Nothing is read yet: fonts and layouts are opened when a job first needs them, and
 * what is wrong with them is that job's diagnostic. On failure *press is NULL. */
BX_API bx_status bx_press_open(const bx_press_options *options, bx_press **press);

/* Closes it; its jobs must have been closed before. NULL is allowed. */
BX_API void bx_press_close(bx_press *press);

/* --------------------------------------------------------------------------------------- job */

typedef struct bx_job bx_job;

typedef struct bx_job_options {
    const char *layout;          /* name or path; NULL: the issue's own choice */
    const char *assets_folder;   /* a second folder in which pictures are looked for */
    const char *const *settings; /* "key=value", which overrule the issue; ends with NULL */
    const char *standards;     /* "a-2a,ua-1", "a-3a,ua-1", "a-2a", "a-3a", "ua-1", "none": the PDF
                                  standards that are kept; NULL: the layout's choice */
    const char *const *limits; /* "pages=5000" and the like (docs/security.md); ends with NULL */
    bool strict;               /* warnings become errors */
    const char *messages;      /* language of messages: "zh…"; others and NULL: English */
    const int64_t *created; /* date of the file, seconds since 1970 UTC; NULL: the issue's date */
    unsigned threads;       /* that may work on the job: the caller's, and from 2 on a second one,
                               which ends with the job. 0: the caller's alone */
    bool leaves_folder;     /* the caller, who prints many issues into it, syncs the folder now and
                               then: bx_job_build_file does not */
} bx_job_options;

/* Opens a job; NULL options ask for the defaults. On failure *job is NULL. */
BX_API bx_status bx_job_open(bx_press *press, const bx_job_options *options, bx_job **job);

/* Frees the job and all that was borrowed from it. NULL is allowed. */
BX_API void bx_job_close(bx_job *job);

/* Reads the issue, once a job: from a file (YAML, or Markdown with front matter; "-" is the
 * standard input), or from bytes, with the path they are to be known by: it is shown in messages,
 * and relative paths in the issue start from its folder. All errors found are gathered. */
BX_API bx_status bx_job_read_file(bx_job *job, const char *path);
BX_API bx_status bx_job_read(bx_job *job, const char *path, const void *bytes, size_t n);

/* What the PDF will be made from, as one SHA-256 in hexadecimal: the issue and its file's name, the
 * pictures it names, its layout with those it extends, the fonts and hyphenation dictionaries of
 * the press, the versions of the program and of the libraries that show in the bytes, and the job's
 * options. Two jobs with the same key give the same bytes; the folders it all stands in do not
 * count. After reading. */
enum { BX_KEY_SIZE = 65 };
BX_API bx_status bx_job_key(bx_job *job, char key[BX_KEY_SIZE]);

/* What an issue is listed under. Plain text; what it does not have is empty. After reading. The
 * layout is the one it is set in: asked for, named by the issue, or chosen by what the issue has.
 */
typedef struct bx_issue_facts {
    const char *title, *series, *number;
    const char *date; /* 2026-05-20 */
    const char *layout;
} bx_issue_facts;
BX_API bx_status bx_job_facts(bx_job *job, bx_issue_facts *facts);

/* Composes the issue and throws the pages away: for the diagnostics. */
BX_API bx_status bx_job_check(bx_job *job);

/* Adds what an editor would want to know before printing, as warnings: marks, quotation marks and
 * dates of the text, references never cited, a number or date that does not follow those of the
 * other issues in the folder. After reading. */
BX_API bx_status bx_job_lint(bx_job *job);

/* Builds the PDF. `write` gets the first byte only when the pages are composed. */
BX_API bx_status bx_job_build(bx_job *job, bx_write write, void *user);

/* Builds the PDF and publishes it under `path`: written beside it without a name where the file
 * system can do that, synced, and renamed over it, so that whatever stood there stays unless all
 * went well; then the folder is synced. A program killed in the moment of renaming can leave a
 * `.NAME.banxin-0.tmp`, which the next takes away that publishes under `path`. A device or pipe is
 * written to directly, after the PDF is complete; "-" and /dev/stdout are the standard output.
 * Refuses to write over the issue itself. Signals are held back for the moment of renaming. */
BX_API bx_status bx_job_build_file(bx_job *job, const char *path);

/* The composed pages as one JSON object:
 * {"pages":[{"number":1,"width":…,"height":…,"items":[{"kind":"text","x":…,"y":…,…},…]},…]}
 * Lengths are in points with three decimals, the origin is at the page's top left. */
BX_API bx_status bx_job_inspect(bx_job *job, bx_write write, void *user);

/* What a PDF says it was made from. Lists end with NULL. */
typedef struct bx_provenance {
    const char *program;          /* "Banxin 0.1.0"; NULL: it has no source inside */
    const char *const *libraries; /* "HarfBuzz 6.0.0" … */
    const char *const *fonts;     /* "NotoSerifCJKsc-Regular, Version 2.003" … */
    const char *const *files; /* "issue.yaml, SHA-256 9f86d0…": the issue, layouts, pictures */
    const char *standards;    /* "a-3a,ua-1" */
    const char *record;       /* SHA-256 over all of that: the file's identity */
    const char *digest;       /* SHA-256 of the file itself */
} bx_provenance;

/* Takes a PDF's source out of it (it was made with `embed-source: true`), builds it again, and
 * compares the bytes. With `issue`, a path, that file is built instead, with its layout and
 * pictures from the disk: is the PDF still what its source gives? Then the PDF needs no source
 * inside. NULL: the one inside.
 *
 * BX_OK: every byte is the same. BX_EDIFFERS: not so, and diagnostics (not-reproduced) say why:
 * what has changed of program, fonts and files, or where the bytes differ first. Otherwise, as for
 * building; BX_EDATA too for a file that is not a PDF of this program, or has no source inside.
 * Once a job, instead of reading. Nothing in a PDF, however hostile, makes it read other files. */
BX_API bx_status bx_job_verify(bx_job *job, const char *pdf, const char *issue,
                               bx_provenance *provenance);

/* ------------------------------------------------------------------------------- diagnostics */

typedef enum bx_level { BX_LEVEL_WARNING, BX_LEVEL_ERROR } bx_level;

typedef struct bx_diagnostic {
    bx_level level;
    const char *code;              /* "unknown-key": stable */
    const char *message;           /* one sentence without a full stop */
    const char *hint;              /* what to do about it; may be empty */
    const char *file;              /* as the user named it; empty: it is about no file */
    uint32_t line, column;         /* 1-based, columns in characters; 1:1 for the file as a whole,
                                      0 when there is no file */
    uint32_t end_line, end_column; /* just past the last character */
    const char *text;              /* the line itself, without its end; not terminated */
    size_t text_length;
    const char *fix;   /* NULL, or: what in place of the bytes from `start` to `end` of the
                          file mends it and leaves the meaning as it is */
    size_t fix_length; /* may be 0: they are taken out */
    uint32_t start, end;
} bx_diagnostic;

/* Diagnostic `i`, ordered by file and place. False when there are no more. Those of all calls on
 * the job so far are there. */
BX_API bool bx_job_diagnostic(bx_job *job, size_t i, bx_diagnostic *diagnostic);

/* How many errors and warnings there are. */
BX_API size_t bx_job_errors(const bx_job *job);
BX_API size_t bx_job_warnings(const bx_job *job);

/* The files that the job has read (issue, layouts, pictures), in the order of reading, ending with
 * NULL: what a build tool must watch. */
BX_API bx_status bx_job_files(bx_job *job, const char *const **files);

/* Where the time and space went, so far. Nanoseconds by a clock that only moves forward. */
typedef struct bx_timings {
    uint64_t read, style, fonts, compose; /* stages, in the order they run */
    uint64_t subset, deflate, emit, publish;
    uint64_t peak_bytes; /* most memory that the job's arenas held at once */
    uint64_t output_bytes;
    uint32_t pages;
    uint32_t rounds; /* until the page numbers settled */
} bx_timings;

BX_API void bx_job_timings(const bx_job *job, bx_timings *timings);

/* ------------------------------------------------------------------------------- paragraphs */

/* One paragraph, set as the text engine sets it: to see why a line breaks where it does. Begin with
 * BX_SPECIMEN. Amounts are in 1/1024 em. */
typedef struct bx_specimen {
    int32_t measure;         /* BX_NO_LIMIT: one line, its edges not trimmed */
    int32_t fit;             /* BX_NO_LIMIT, or: one line forced to this width */
    const char *font;        /* a family's name, or a key of the fonts table; NULL: its default */
    int32_t size;            /* 1/1024 pt */
    const char *lang;        /* BCP 47 */
    const char *kinsoku;     /* none, basic, gb, strict */
    const char *punctuation; /* quanjiao, kaiming, banjiao, plain */
    const char *align;       /* justify, start */
    const char *hyphenation; /* off, auto (narrow measures), on */
    int32_t autospace;       /* between Chinese and Latin; 256 is a quarter em */
    int32_t indent;          /* of the first line */
    bool hang;               /* a full stop or comma may hang in the margin */
    bool markdown;           /* the text has inline Markdown in it */
} bx_specimen;

enum { BX_NO_LIMIT = -1 };
#define BX_SPECIMEN                                                                                \
    {                                                                                              \
        .measure = BX_NO_LIMIT, .fit = BX_NO_LIMIT, .size = 10 * 1024, .lang = "zh-Hans",          \
        .kinsoku = "gb", .punctuation = "quanjiao", .align = "justify", .hyphenation = "off",      \
        .autospace = 256                                                                           \
    }

/* Sets the text and writes one JSON object, lengths in em with three decimals. */
BX_API bx_status bx_job_paragraph(bx_job *job, const bx_specimen *specimen, const char *text,
                                  size_t n, bx_write write, void *user);

/* ------------------------------------------------------------------------- what there is */

typedef struct bx_layout_row {
    const char *name, *title, *description;
    const char *path; /* of its layout.yaml */
} bx_layout_row;

/* The layouts found, by name; of two with one name the one in the earlier folder. */
BX_API bx_status bx_job_layouts(bx_job *job, const bx_layout_row **list, size_t *n);

typedef struct bx_font_row {
    const char *use;     /* what the table uses it for: "song zh-Hans", "hei latin", "emoji" … */
    const char *family;  /* Noto Serif CJK SC */
    const char *package; /* the Debian package that has it */
    const char *path;    /* of the file; NULL: not found */
    const char *face;    /* PostScript name; NULL: not found */
    uint32_t index;      /* in the file, when it is a collection */
    uint32_t weight;     /* 400, 700 */
    bool italic, required;
} bx_font_row;

/* The fonts that the table in the font folders names, in its order, there or not. */
BX_API bx_status bx_job_fonts(bx_job *job, const bx_font_row **list, size_t *n);

typedef enum bx_schema { BX_SCHEMA_ISSUE, BX_SCHEMA_LAYOUT } bx_schema;

/* The JSON Schema (draft 2020-12) of issues or layouts, from the tables that the readers use. */
BX_API bx_status bx_job_schema(bx_job *job, bx_schema schema, bx_write write, void *user);

#ifdef __cplusplus
}
#endif

#endif
