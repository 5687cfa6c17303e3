/* families.yaml → the set. */
#include "font/set.h"

#include <hb.h>
#include <sys/stat.h>

typedef struct reader {
    bx_fonts *fonts;
    bx_report *report;
} reader;

static bx_str keep(reader *r, const bx_yaml *scalar) {
    return bx_str_dup(r->fonts->arena, scalar->text);
}

static bool expect(reader *r, const bx_yaml *y, bx_yaml_kind kind, const char *what) {
    if (y->kind == kind)
        return true;
    bx_say(r->report, BX_D_WRONG_TYPE, y->span, "%s expected", what);
    return false;
}

/* Reports keys of a map that are none of `known` (ended by NULL). */
static void check_keys(reader *r, const bx_yaml *map, const char *const *known) {
    bx_str names[16];
    uint32_t n = 0;
    for (; known[n]; n++)
        names[n] = bx_str_of(known[n]);
    for (uint32_t i = 0; i < map->n; i++) {
        bool found = false;
        for (uint32_t k = 0; k < n && !found; k++)
            found = bx_str_eq(map->keys[i]->text, names[k]);
        if (found)
            continue;
        bx_say(r->report, BX_D_UNKNOWN_KEY, map->keys[i]->span, "unknown key “%.*s”",
               BX_STR_ARG(map->keys[i]->text));
        bx_str near = bx_guess(r->report, map->keys[i]->text, names, n);
        if (near.n)
            bx_hint(r->report, "Did you mean “%.*s”?", BX_STR_ARG(near));
    }
}

font_family *bx_font_family_named(bx_fonts *fonts, bx_str name) {
    static const char *const ending[FONT_STYLES] = {"Regular", "Bold", "Italic", "BoldItalic"};
    font_family *family = bx_map_get(&fonts->family_by_name, name);
    if (family)
        return family;
    family = bx_new(fonts->arena, font_family);
    family->name = bx_str_dup(fonts->arena, name);
    family->package = fonts->package;
    family->scale = BX_EM;
    bx_buf squeezed = bx_buf_new(fonts->arena);
    for (uint32_t i = 0; i < name.n; i++)
        if (name.p[i] != ' ')
            bx_buf_char(&squeezed, name.p[i]);
    for (int i = 0; i < FONT_STYLES; i++) {
        family->wanted[i] =
            bx_str_fmt(fonts->arena, "%.*s-%s.ttf", BX_STR_ARG(bx_buf_view(&squeezed)), ending[i]);
        family->slot[i].number = (uint16_t)fonts->n_slots++;
    }
    *bx_map_put(&fonts->family_by_name, family->name) = family;
    return family;
}

static font_family *family_of(reader *r, const bx_yaml *y) {
    if (!expect(r, y, BX_YAML_SCALAR, "the name of a family"))
        return NULL;
    return bx_font_family_named(r->fonts, y->text);
}

/* `size`: per cent, a whole number. */
static void read_scale(reader *r, font_family *family, const bx_yaml *y) {
    uint32_t percent = 0;
    for (uint32_t i = 0; i < y->text.n && percent < 1000; i++)
        percent = y->text.p[i] >= '0' && y->text.p[i] <= '9'
                      ? percent * 10 + (uint32_t)(y->text.p[i] - '0')
                      : 1000;
    if (percent < 50 || percent > 200)
        bx_say(r->report, BX_D_BAD_VALUE, y->span, "a size is from 50 to 200 per cent");
    else
        family->scale = bx_muldiv(percent, BX_EM, 100);
}

static void read_families(reader *r, const bx_yaml *map) {
    static const char *const known[] = {"package",     "regular", "bold", "italic",
                                        "bold-italic", "size",    NULL};
    for (uint32_t i = 0; i < map->n; i++) {
        const bx_yaml *entry = map->items[i];
        if (!expect(r, entry, BX_YAML_MAP, "a family's files"))
            continue;
        check_keys(r, entry, known);
        font_family *family = bx_font_family_named(r->fonts, map->keys[i]->text);
        const bx_yaml *package = bx_yaml_get(entry, "package");
        if (package)
            family->package = keep(r, package);
        const bx_yaml *size = bx_yaml_get(entry, "size");
        if (size)
            read_scale(r, family, size);
        for (int s = 0; s < FONT_STYLES; s++) {
            const bx_yaml *file = bx_yaml_get(entry, known[1 + s]);
            if (file && expect(r, file, BX_YAML_SCALAR, "a file name"))
                family->wanted[s] = keep(r, file);
        }
    }
}

static font_families family_list(reader *r, const bx_yaml *list) {
    font_families families = {0};
    if (!list || !expect(r, list, BX_YAML_LIST, "a list of families"))
        return families;
    families.at = bx_new_n(r->fonts->arena, font_family *, list->n);
    for (uint32_t i = 0; i < list->n; i++) {
        font_family *family = family_of(r, list->items[i]);
        if (family)
            families.at[families.n++] = family;
    }
    return families;
}

static int64_t language_index(const bx_fonts *fonts, bx_str name) {
    for (uint32_t i = 0; i < fonts->languages.n; i++)
        if (bx_str_eq(fonts->languages.at[i], name))
            return i;
    return -1;
}

static font_key *key_named(reader *r, const bx_yaml *name) {
    for (uint32_t i = 0; i < r->fonts->keys.n; i++)
        if (bx_str_eq(r->fonts->keys.at[i]->name, name->text))
            return r->fonts->keys.at[i];
    bx_say(r->report, BX_D_BAD_VALUE, name->span, "there is no key “%.*s”", BX_STR_ARG(name->text));
    return NULL;
}

/* The printed languages are those that any key names, in the order they first stand. */
static void gather_languages(reader *r, const bx_yaml *keys) {
    for (uint32_t i = 0; i < keys->n; i++) {
        const bx_yaml *han = bx_yaml_get(keys->items[i], "han");
        for (uint32_t k = 0; han && k < han->n && han->kind == BX_YAML_MAP; k++)
            if (language_index(r->fonts, han->keys[k]->text) < 0)
                bx_push(r->fonts->arena, &r->fonts->languages, keep(r, han->keys[k]));
    }
}

static bool is_true(const bx_yaml *map, const char *key) {
    const bx_yaml *y = bx_yaml_get(map, key);
    return y && y->kind == BX_YAML_SCALAR && bx_str_is(y->text, "true");
}

static void read_key(reader *r, font_key *key, const bx_yaml *entry) {
    static const char *const known[] = {"required",   "serif",        "han",
                                        "latin",      "latin-italic", "latin-more",
                                        "han-italic", "fallback",     NULL};
    bx_fonts *fonts = r->fonts;
    check_keys(r, entry, known);
    key->required = is_true(entry, "required");
    key->serif = is_true(entry, "serif");
    key->han = bx_new_n(fonts->arena, font_family *, fonts->languages.n);
    const bx_yaml *han = bx_yaml_get(entry, "han");
    for (uint32_t i = 0; han && i < han->n; i++) {
        int64_t at = language_index(fonts, han->keys[i]->text);
        if (at >= 0)
            key->han[at] = family_of(r, han->items[i]);
    }
    if (!key->han[fonts->language]) {
        bx_say(r->report, BX_D_MISSING_KEY, entry->span, "no family for %.*s",
               BX_STR_ARG(fonts->languages.at[fonts->language]));
        return;
    }
    for (uint32_t i = 0; i < fonts->languages.n; i++)
        if (!key->han[i])
            key->han[i] = key->han[fonts->language];
    const bx_yaml *y;
    if ((y = bx_yaml_get(entry, "latin")))
        key->latin = family_of(r, y);
    if ((y = bx_yaml_get(entry, "latin-italic")))
        key->latin_italic = family_of(r, y);
    if ((y = bx_yaml_get(entry, "latin-more")))
        key->latin_more = family_of(r, y);
    if ((y = bx_yaml_get(entry, "han-italic")))
        key->han_italic = key_named(r, y);
    if ((y = bx_yaml_get(entry, "fallback")) && expect(r, y, BX_YAML_LIST, "a list of keys")) {
        key->fallback = bx_new_n(fonts->arena, font_key *, y->n);
        for (uint32_t i = 0; i < y->n; i++) {
            font_key *other = key_named(r, y->items[i]);
            if (other)
                key->fallback[key->n_fallback++] = other;
        }
    }
}

static void read_keys(reader *r, const bx_yaml *root, const bx_yaml *keys) {
    bx_fonts *fonts = r->fonts;
    gather_languages(r, keys);
    const bx_yaml *y = bx_yaml_get(root, "language");
    int64_t language = y ? language_index(fonts, y->text) : 0;
    if (language < 0 || !fonts->languages.n) {
        bx_say(r->report, BX_D_BAD_VALUE, y ? y->span : keys->span,
               "no key has a family for the default language");
        return;
    }
    fonts->language = (uint32_t)language;
    for (uint32_t i = 0; i < keys->n; i++) {
        if (!expect(r, keys->items[i], BX_YAML_MAP, "a key's families"))
            return;
        font_key *key = bx_new(fonts->arena, font_key);
        key->name = keep(r, keys->keys[i]);
        bx_push(fonts->arena, &fonts->keys, key);
    }
    for (uint32_t i = 0; i < keys->n; i++)
        read_key(r, fonts->keys.at[i], keys->items[i]);
    y = bx_yaml_get(root, "default");
    fonts->fallback_key = y ? key_named(r, y) : fonts->keys.at[0];
}

/* `tag: language` pairs; a printed language stands for itself. */
static void read_tags(reader *r, const bx_yaml *map) {
    bx_fonts *fonts = r->fonts;
    for (uint32_t i = 0; i < fonts->languages.n; i++)
        bx_push(fonts->arena, &fonts->tags, (font_tag){fonts->languages.at[i], i});
    if (!map || !expect(r, map, BX_YAML_MAP, "tags and their languages"))
        return;
    for (uint32_t i = 0; i < map->n; i++) {
        int64_t at = language_index(fonts, map->items[i]->text);
        if (at < 0)
            bx_say(r->report, BX_D_BAD_VALUE, map->items[i]->span, "no key has this language");
        else
            bx_push(fonts->arena, &fonts->tags, (font_tag){keep(r, map->keys[i]), (uint32_t)at});
    }
}

static void read_scripts(reader *r, const bx_yaml *map) {
    static const char *const known[] = {"serif", "sans", NULL};
    if (!map || !expect(r, map, BX_YAML_MAP, "scripts and their families"))
        return;
    for (uint32_t i = 0; i < map->n; i++) {
        bx_str tag = map->keys[i]->text;
        const bx_yaml *entry = map->items[i];
        font_script script = {.script = hb_tag_from_string(tag.p, (int)tag.n)};
        if (entry->kind == BX_YAML_MAP) {
            check_keys(r, entry, known);
            const bx_yaml *serif = bx_yaml_get(entry, "serif"), *sans = bx_yaml_get(entry, "sans");
            script.serif = serif ? family_of(r, serif) : NULL;
            script.sans = sans ? family_of(r, sans) : script.serif;
            if (!script.serif)
                script.serif = script.sans;
        } else {
            script.serif = script.sans = family_of(r, entry);
        }
        if (script.serif)
            bx_push(r->fonts->arena, &r->fonts->scripts, script);
    }
}

/* Folders of the table come after those of the caller; relative ones start at the table. */
static void read_folders(reader *r, const bx_yaml *list, bx_str table) {
    if (!list || !expect(r, list, BX_YAML_LIST, "a list of folders"))
        return;
    uint32_t slash = table.n;
    while (slash > 0 && table.p[slash - 1] != '/')
        slash--;
    for (uint32_t i = 0; i < list->n; i++) {
        bx_str folder = list->items[i]->text;
        if (bx_str_is(folder, "."))
            folder = slash ? bx_str_sub(table, 0, slash - 1 ? slash - 1 : 1) : folder;
        else if (folder.n && folder.p[0] != '/')
            folder =
                bx_str_fmt(r->fonts->arena, "%.*s%.*s", (int)slash, table.p, BX_STR_ARG(folder));
        bx_push(r->fonts->arena, &r->fonts->folders, bx_str_dup(r->fonts->arena, folder));
    }
}

static void read_root(reader *r, const bx_yaml *root, bx_str path) {
    static const char *const known[] = {"folders",  "default",  "language", "languages",
                                        "package",  "families", "keys",     "emoji",
                                        "rare-han", "symbols",  "scripts",  NULL};
    bx_fonts *fonts = r->fonts;
    check_keys(r, root, known);
    read_folders(r, bx_yaml_get(root, "folders"), path);
    const bx_yaml *y = bx_yaml_get(root, "package");
    if (y)
        fonts->package = keep(r, y);
    if ((y = bx_yaml_get(root, "families")) && expect(r, y, BX_YAML_MAP, "families"))
        read_families(r, y);
    y = bx_yaml_get(root, "keys");
    if (!y || y->kind != BX_YAML_MAP || !y->n) {
        bx_say(r->report, BX_D_MISSING_KEY, root->span, "the table of fonts has no keys");
        return;
    }
    read_keys(r, root, y);
    read_tags(r, bx_yaml_get(root, "languages"));
    read_scripts(r, bx_yaml_get(root, "scripts"));
    fonts->symbols = family_list(r, bx_yaml_get(root, "symbols"));
    fonts->rare_han = family_list(r, bx_yaml_get(root, "rare-han"));
    if ((y = bx_yaml_get(root, "emoji")))
        fonts->emoji = family_of(r, y);
}

bool bx_font_table_read(bx_fonts *fonts, bx_str path, bx_report *report) {
    reader r = {fonts, report};
    uint32_t errors = report->errors;
    struct stat st;
    const char *name = bx_cstr(fonts->arena, path);
    bool is_file =
        stat(name, &st) == 0 && S_ISREG(st.st_mode); /* a FIFO would hold the night's run */
    hb_blob_t *blob = is_file ? hb_blob_create_from_file_or_fail(name) : NULL;
    if (!blob) {
        bx_say(report, BX_D_INPUT_MISSING, (bx_span){0}, "the table of fonts “%.*s” cannot be read",
               BX_STR_ARG(path));
        return false;
    }
    /* The report prints lines of its sources, so the bytes live as long as it does. */
    unsigned length;
    const char *bytes = hb_blob_get_data(blob, &length);
    bx_str text = bx_str_dup(report->arena, (bx_str){bytes, length});
    fonts->table = bx_sha256(&text, 1);
    hb_blob_destroy(blob);
    uint32_t source = bx_sources_add(report->sources, bx_str_dup(report->arena, path), text);
    const bx_yaml *root = bx_yaml_read(report->arena, source, 0, text.n, false, report);
    if (!root)
        return false;
    if (expect(&r, root, BX_YAML_MAP, "the table of fonts"))
        read_root(&r, root, path);
    return report->errors == errors;
}
