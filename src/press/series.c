/* An issue among the others of its series: the files beside it, each read once a press. */
#include "press/series.h"

#include "base/calendar.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A folder of more issues than this is an archive: what it lacks is for `seal` to say. */
enum { MOST_SIBLINGS = 5000, MOST_SECONDS = 8 /* of processor time, to read them */ };

static bool is_issue_name(const char *name) {
    static const char *const endings[] = {".yaml", ".yml", ".md", ".markdown"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t e = strlen(endings[i]);
        if (name[0] != '.' && n > e && strcmp(name + n - e, endings[i]) == 0)
            return true;
    }
    return false;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef BX_VEC(const char *) file_names;

static file_names list_folder(bx_arena *arena, const char *folder) {
    file_names list = {0};
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && list.n <= MOST_SIBLINGS && (e = readdir(dir));)
        if (is_issue_name(e->d_name))
            bx_push(arena, &list, bx_cstr(arena, bx_str_of(e->d_name)));
    if (dir)
        closedir(dir);
    if (list.n > MOST_SIBLINGS)
        list.n = 0;
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, by_text);
    return list;
}

static int64_t whole_number(bx_str s) {
    int64_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i > 9)
            return -1;
        n = n * 10 + (s.p[i] - '0');
    }
    return s.n ? n : -1;
}

static bx_sibling facts_of(bx_arena *arena, const bx_issue *issue, bx_str path) {
    return (bx_sibling){
        .path = bx_str_dup(arena, path),
        .series = bx_str_dup(arena, issue->series.plain),
        .number = whole_number(issue->number),
        .year = issue->date.year,
        .month = issue->date.month,
        .day = issue->date.day,
    };
}

/* Reads one issue for its facts; what is wrong with it is said when it is checked itself. False: it
 * asks for more than an issue may, which is no fault of the one that is checked. */
static bool read_sibling(bx_job *job, bx_folder *folder, bx_str path, uint64_t deadline) {
    bx_press *press = job->press;
    bx_memory memory = {.allocate = job->memory.allocate,
                        .user = job->memory.user,
                        .most = job->memory.most,
                        .deadline = deadline};
    jmp_buf trap, *outer = press->memory.trap;
    bx_arena *volatile scratch = NULL;
    volatile bool done = false;
    memory.trap = press->memory.trap = &trap;
    if (setjmp(trap) == 0) {
        scratch = bx_arena_new(&memory);
        bx_report *unheard = bx_report_new(scratch, bx_sources_new(scratch));
        const bx_issue *issue = bx_issue_read(scratch, &(bx_issue_options){.path = path}, unheard);
        if (issue && issue->series.plain.n)
            bx_push(press->arena, &folder->issues, facts_of(press->arena, issue, path));
        done = true;
    }
    press->memory.trap = outer;
    bx_arena_drop(scratch);
    return done;
}

static bool is_file(bx_job *job, bx_str path) {
    struct stat st;
    return stat(bx_cstr(job->arena, path), &st) == 0 && S_ISREG(st.st_mode);
}

/* All issues of a folder, or, when that takes too long, none: a gap that is none must not be told
 * of. */
static void read_folder(bx_job *job, bx_folder *folder) {
    bx_str path = folder->path;
    file_names list = list_folder(job->arena, path.n ? bx_cstr(job->arena, path) : ".");
    uint64_t deadline = bx_thread_time() + MOST_SECONDS * UINT64_C(1000000000);
    bool whole = true;
    for (uint32_t i = 0; whole && i < list.n; i++) {
        const char *join = !path.n || path.p[path.n - 1] == '/' ? "" : "/";
        bx_str file = bx_str_fmt(job->arena, "%.*s%s%s", BX_STR_ARG(path), join, list.at[i]);
        whole = !is_file(job, file) || read_sibling(job, folder, file, deadline);
    }
    if (!whole)
        folder->issues.n = 0;
}

static const bx_folder *open_folder(bx_job *job, bx_str path) {
    bx_press *press = job->press;
    for (uint32_t i = 0; i < press->folders.n; i++)
        if (bx_str_eq(press->folders.at[i].path, path))
            return &press->folders.at[i];
    bx_folder folder = {.path = bx_str_dup(press->arena, path)};
    read_folder(job, &folder);
    bx_push(press->arena, &press->folders, folder);
    return &press->folders.at[press->folders.n - 1];
}

/* The rules. `mine` is the issue in question, `others` those of its series. */

typedef struct series {
    bx_report *report;
    const bx_issue *issue;
    bx_sibling mine;
    BX_VEC(const bx_sibling *) others;
} series;

static bool same_day(const bx_sibling *a, const bx_sibling *b) {
    return a->year && a->year == b->year && a->month == b->month && a->day == b->day;
}

static int64_t day_of(const bx_sibling *s) {
    return s->year ? bx_days_since_1970(s->year, s->month, s->day) : INT64_MIN;
}

static void duplicates(series *s) {
    for (uint32_t i = 0; i < s->others.n; i++) {
        const bx_sibling *o = s->others.at[i];
        if (s->mine.number >= 0 && o->number == s->mine.number) {
            bx_say(s->report, BX_D_SERIES, s->issue->number_span, "%.*s is number %lld too",
                   BX_STR_ARG(o->path), (long long)o->number);
            bx_hint(s->report, "Give each issue its own number");
        }
        if (same_day(&s->mine, o)) {
            bx_say(s->report, BX_D_SERIES, s->issue->date.span, "%.*s is of the same day",
                   BX_STR_ARG(o->path));
            bx_hint(s->report, "Correct the date of one of them");
        }
    }
}

/* The issue whose number comes before this one's should be the one before it. */
static void predecessor(series *s) {
    const bx_sibling *before = NULL;
    for (uint32_t i = 0; i < s->others.n; i++) {
        const bx_sibling *o = s->others.at[i];
        if (o->number >= 0 && o->number < s->mine.number && (!before || o->number > before->number))
            before = o;
    }
    if (!before)
        return;
    if (before->number + 1 < s->mine.number) {
        bx_say(s->report, BX_D_SERIES, s->issue->number_span,
               "number %lld is missing: the issue before this one is number %lld (%.*s)",
               (long long)s->mine.number - 1, (long long)before->number, BX_STR_ARG(before->path));
        bx_hint(s->report, "Correct the number, or add the issue that is missing");
    }
    if (before->year && s->mine.year && day_of(before) > day_of(&s->mine)) {
        bx_say(s->report, BX_D_SERIES, s->issue->date.span,
               "number %lld (%.*s) is of a later day, %04d-%02d-%02d", (long long)before->number,
               BX_STR_ARG(before->path), before->year, before->month, before->day);
        bx_hint(s->report, "Correct the date or the number");
    }
}

/* A weekly keeps its day: at least three other issues agree on one that this issue is not of. */
static void weekday(series *s) {
    static const char *const names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
    if (!s->mine.year)
        return;
    int usual = -1;
    uint32_t dated = 0;
    for (uint32_t i = 0; i < s->others.n; i++) {
        const bx_sibling *o = s->others.at[i];
        if (!o->year)
            continue;
        int day = bx_weekday(o->year, o->month, o->day);
        if (dated++ && day != usual)
            return;
        usual = day;
    }
    int mine = bx_weekday(s->mine.year, s->mine.month, s->mine.day);
    if (dated < 3 || mine == usual)
        return;
    bx_say(s->report, BX_D_SERIES, s->issue->date.span,
           "this day is a %s; the other issues are of a %s", bx_word(s->report->words, names[mine]),
           bx_word(s->report->words, names[usual]));
    bx_hint(s->report, "Correct the date");
}

/* Both lie in one folder: their names decide. */
static bool same_file(bx_str a, bx_str b) {
    uint32_t in_a = bx_path_folder(a).n, in_b = bx_path_folder(b).n;
    return bx_str_eq(bx_str_sub(a, in_a, a.n), bx_str_sub(b, in_b, b.n));
}

void bx_job_check_series(bx_job *job) {
    const bx_issue *issue = job->issue;
    if (!issue->series.plain.n || bx_str_is(issue->path, "-") || job->issue_options.has_bytes)
        return;
    series s = {job->report, issue, facts_of(job->arena, issue, issue->path), {0}};
    bx_job_lock(job);
    const bx_folder *folder = open_folder(job, bx_path_folder(issue->path));
    for (uint32_t i = 0; i < folder->issues.n; i++) {
        const bx_sibling *o = &folder->issues.at[i];
        if (bx_str_eq(o->series, issue->series.plain) && !same_file(o->path, issue->path))
            bx_push(job->arena, &s.others, o);
    }
    bx_job_unlock(job);
    duplicates(&s);
    predecessor(&s);
    weekday(&s);
}
