#include "press/record.h"

#include "base/json.h"
#include "input/source_file.h"
#include "input/yaml.h"

enum { MOST_FILES = 4096, MOST_BYTES = 64 << 20 };

static const char *const roles[] = {"issue", "layout", "picture", "layout-picture"};
enum { N_ROLES = sizeof roles / sizeof *roles };

static bool has_name(const bx_record *record, bx_str name) {
    if (bx_str_is(name, BX_RECORD_NAME))
        return true;
    for (uint32_t i = 0; i < record->files.n; i++)
        if (bx_str_eq(record->files.at[i].name, name))
            return true;
    return false;
}

/* The last part of a path or address, in characters that every file system takes. */
static bx_str plain_name(bx_arena *arena, bx_str path) {
    bx_buf out = bx_buf_new(arena);
    uint32_t start = path.n;
    while (start > 0 && path.p[start - 1] != '/')
        start--;
    for (uint32_t i = start; i < path.n && i < start + 200; i++)
        bx_buf_char(&out,
                    (uint8_t)path.p[i] < 0x20 || strchr("\\:*?\"<>|", path.p[i]) ? '_' : path.p[i]);
    return out.n ? bx_buf_view(&out) : BX_STR("file");
}

void bx_record_add(bx_arena *arena, bx_record *record, bx_role_of_file role, bx_str as, bx_str name,
                   bx_str bytes) {
    bx_str plain = plain_name(arena, name);
    bx_digest digest = bx_sha256(&bytes, 1);
    bx_record_file file = {.role = role, .as = as, .name = plain, .bytes = bytes, .size = bytes.n};
    file.sha256 = bx_digest_hex(arena, &digest);
    for (uint32_t k = 2; has_name(record, file.name); k++)
        file.name = bx_str_fmt(arena, "%u-%.*s", k, BX_STR_ARG(plain));
    bx_push(arena, &record->files, file);
}

static void key_str(bx_json *j, const char *key, bx_str value) {
    bx_json_key(j, key);
    bx_json_str(j, value);
}

static void write_list(bx_json *j, const char *key, const bx_str *list, uint32_t n) {
    bx_json_key(j, key);
    bx_json_array(j);
    for (uint32_t i = 0; i < n; i++)
        bx_json_str(j, list[i]);
    bx_json_end(j);
}

static void write_fonts(bx_json *j, const bx_record *record) {
    bx_json_key(j, "fonts");
    bx_json_array(j);
    for (uint32_t i = 0; i < record->fonts.n; i++) {
        bx_json_object(j);
        key_str(j, "name", record->fonts.at[i].name);
        key_str(j, "version", record->fonts.at[i].version);
        key_str(j, "content", record->fonts.at[i].content);
        bx_json_end(j);
    }
    bx_json_end(j);
}

static void write_files(bx_json *j, const bx_record *record) {
    bx_json_key(j, "files");
    bx_json_array(j);
    for (uint32_t i = 0; i < record->files.n; i++) {
        const bx_record_file *file = &record->files.at[i];
        bx_json_object(j);
        bx_json_key(j, "role");
        bx_json_cstr(j, roles[file->role]);
        key_str(j, "name", file->name);
        if (!bx_str_eq(file->as, file->name))
            key_str(j, "as", file->as);
        bx_json_key(j, "size");
        bx_json_int(j, file->size);
        key_str(j, "sha256", file->sha256);
        bx_json_end(j);
    }
    bx_json_end(j);
}

bx_str bx_record_write(bx_arena *arena, const bx_record *record) {
    bx_buf out = bx_buf_new(arena);
    bx_json j = bx_json_new(&out);
    j.indent = 1;
    bx_json_object(&j);
    key_str(&j, "program", record->program);
    write_list(&j, "libraries", record->libraries.at, record->libraries.n);
    key_str(&j, "standards", record->standards);
    if (record->has_created) {
        bx_json_key(&j, "created");
        bx_json_int(&j, record->created);
    }
    if (record->settings.n)
        write_list(&j, "set", record->settings.at, record->settings.n);
    write_fonts(&j, record);
    write_files(&j, record);
    bx_json_end(&j);
    bx_buf_char(&out, '\n');
    return bx_buf_view(&out);
}

/* JSON is YAML, and the YAML reader has its limits against hostile text. */

static bool read_text(const bx_yaml *map, const char *key, bx_str *out) {
    const bx_yaml *value = bx_yaml_get(map, key);
    if (!value || value->kind != BX_YAML_SCALAR)
        return false;
    *out = value->text;
    return true;
}

static bool read_number(const bx_yaml *map, const char *key, int64_t most, int64_t *out) {
    bx_str text;
    if (!read_text(map, key, &text) || text.n == 0 || text.n > 15)
        return false;
    *out = 0;
    for (uint32_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        *out = *out * 10 + (text.p[i] - '0');
    }
    return *out <= most;
}

static const bx_yaml *read_list(const bx_yaml *map, const char *key) {
    const bx_yaml *list = bx_yaml_get(map, key);
    return list && list->kind == BX_YAML_LIST ? list : NULL;
}

static bool read_file(const bx_yaml *item, bx_record_file *file) {
    bx_str role;
    int64_t size;
    if (item->kind != BX_YAML_MAP || !read_text(item, "role", &role) ||
        !read_text(item, "name", &file->name) || !read_text(item, "sha256", &file->sha256) ||
        !read_number(item, "size", MOST_BYTES, &size))
        return false;
    file->size = (uint32_t)size;
    if (!read_text(item, "as", &file->as))
        file->as = file->name;
    int k = 0;
    while (k < N_ROLES && !bx_str_is(role, roles[k]))
        k++;
    file->role = (bx_role_of_file)k;
    return k < N_ROLES;
}

static bool read_font(const bx_yaml *item, bx_record_font *font) {
    return item->kind == BX_YAML_MAP && read_text(item, "name", &font->name) &&
           read_text(item, "version", &font->version) && read_text(item, "content", &font->content);
}

static bool read_lists(bx_arena *arena, const bx_yaml *root, bx_record *record) {
    const bx_yaml *libraries = read_list(root, "libraries"), *fonts = read_list(root, "fonts");
    const bx_yaml *settings = read_list(root, "set"), *files = read_list(root, "files");
    if (!libraries || !fonts || !files || files->n > MOST_FILES)
        return false;
    for (uint32_t i = 0; i < libraries->n; i++)
        bx_push(arena, &record->libraries, libraries->items[i]->text);
    for (uint32_t i = 0; settings && i < settings->n; i++)
        bx_push(arena, &record->settings, settings->items[i]->text);
    for (uint32_t i = 0; i < fonts->n; i++)
        if (!read_font(fonts->items[i], bx_push_zero(arena, &record->fonts)))
            return false;
    for (uint32_t i = 0; i < files->n; i++)
        if (!read_file(files->items[i], bx_push_zero(arena, &record->files)))
            return false;
    return true;
}

bool bx_record_read(bx_arena *arena, bx_str json, bx_record *record) {
    bx_report *quiet = bx_report_new(arena, bx_sources_new(arena));
    uint32_t source = bx_source_of_bytes(BX_STR("record"), json, quiet);
    const bx_yaml *root = source ? bx_yaml_read(arena, source, 0, json.n, NULL, quiet) : NULL;
    *record = (bx_record){0};
    if (!root || quiet->errors || root->kind != BX_YAML_MAP ||
        !read_text(root, "program", &record->program) ||
        !read_text(root, "standards", &record->standards))
        return false;
    record->has_created = read_number(root, "created", INT64_C(253402300799), &record->created);
    return read_lists(arena, root, record);
}

/* Comparing. Each difference is one sentence. */

typedef struct comparison {
    bx_arena *arena;
    bx_report *report;
    uint32_t n;
} comparison;

#define DIFFERS(c, ...)                                                                            \
    ((c)->n++, bx_say((c)->report, BX_D_NOT_REPRODUCED, (bx_span){0}, __VA_ARGS__))

static bx_str joined(bx_arena *arena, const bx_str *list, uint32_t n) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t i = 0; i < n; i++)
        bx_buf_fmt(&out, "%s%.*s", i ? ", " : "", BX_STR_ARG(list[i]));
    return bx_buf_view(&out);
}

static void compare_program(comparison *c, const bx_record *then, const bx_record *now) {
    if (!bx_str_eq(then->program, now->program))
        DIFFERS(c, "the program was %.*s, this is %.*s", BX_STR_ARG(then->program),
                BX_STR_ARG(now->program));
    bx_str a = joined(c->arena, then->libraries.at, then->libraries.n);
    bx_str b = joined(c->arena, now->libraries.at, now->libraries.n);
    if (!bx_str_eq(a, b))
        DIFFERS(c, "the libraries were %.*s, these are %.*s", BX_STR_ARG(a), BX_STR_ARG(b));
    if (!bx_str_eq(then->standards, now->standards))
        DIFFERS(c, "the PDF standards were %.*s, now they are %.*s", BX_STR_ARG(then->standards),
                BX_STR_ARG(now->standards));
}

static const bx_record_font *font_called(const bx_record *record, bx_str name) {
    for (uint32_t i = 0; i < record->fonts.n; i++)
        if (bx_str_eq(record->fonts.at[i].name, name))
            return &record->fonts.at[i];
    return NULL;
}

static void compare_fonts(comparison *c, const bx_record *then, const bx_record *now) {
    for (uint32_t i = 0; i < then->fonts.n; i++) {
        const bx_record_font *a = &then->fonts.at[i], *b = font_called(now, a->name);
        if (!b)
            DIFFERS(c, "the font %.*s is not used any more", BX_STR_ARG(a->name));
        else if (!bx_str_eq(a->version, b->version))
            DIFFERS(c, "the font %.*s was “%.*s”, here it is “%.*s”", BX_STR_ARG(a->name),
                    BX_STR_ARG(a->version), BX_STR_ARG(b->version));
        else if (!bx_str_eq(a->content, b->content))
            DIFFERS(c, "the font %.*s has changed, though its version is the same",
                    BX_STR_ARG(a->name));
    }
    for (uint32_t i = 0; i < now->fonts.n; i++)
        if (!font_called(then, now->fonts.at[i].name))
            DIFFERS(c, "the font %.*s was not used", BX_STR_ARG(now->fonts.at[i].name));
}

static const bx_record_file *file_as(const bx_record *record, const bx_record_file *like) {
    for (uint32_t i = 0; i < record->files.n; i++) {
        const bx_record_file *file = &record->files.at[i];
        bool same = bx_str_eq(file->as, like->as) || like->role == BX_FILE_ISSUE;
        if (file->role == like->role && same)
            return file;
    }
    return NULL;
}

static void compare_files(comparison *c, const bx_record *then, const bx_record *now) {
    static const char *const what[] = {"the issue", "the layout", "the picture",
                                       "the layout's picture"};
    for (uint32_t i = 0; i < then->files.n; i++) {
        const bx_record_file *a = &then->files.at[i], *b = file_as(now, a);
        if (!b)
            DIFFERS(c, "%s %.*s is not used any more", what[a->role], BX_STR_ARG(a->as));
        else if (!bx_str_eq(a->sha256, b->sha256))
            DIFFERS(c, "%s %.*s has changed", what[a->role], BX_STR_ARG(a->as));
    }
    for (uint32_t i = 0; i < now->files.n; i++)
        if (!file_as(then, &now->files.at[i]))
            DIFFERS(c, "%s %.*s was not used", what[now->files.at[i].role],
                    BX_STR_ARG(now->files.at[i].as));
}

uint32_t bx_record_compare(bx_arena *arena, const bx_record *then, const bx_record *now,
                           bx_report *report) {
    comparison c = {arena, report, 0};
    compare_program(&c, then, now);
    compare_fonts(&c, then, now);
    compare_files(&c, then, now);
    return c.n;
}
