#include "style/dump.h"

#include "style/keys.h"

#include <stddef.h>
#include <stdio.h>

typedef struct dumper {
    bx_buf *out;
    char path[256];
    uint32_t n;
} dumper;

static const void *at(const void *object, uint32_t offset) { return (const char *)object + offset; }

static void write_milli(bx_buf *out, int64_t value, const char *unit) {
    int64_t milli = (value * 1000 + (value >= 0 ? 512 : -512)) / 1024;
    bx_buf_fmt(out, "%s%lld", milli < 0 ? "-" : "", (long long)(milli < 0 ? -milli : milli) / 1000);
    int64_t rest = (milli < 0 ? -milli : milli) % 1000;
    if (rest)
        bx_buf_fmt(out,
                   rest % 100 == 0  ? ".%01lld"
                   : rest % 10 == 0 ? ".%02lld"
                                    : ".%03lld",
                   (long long)(rest % 100 == 0  ? rest / 100
                               : rest % 10 == 0 ? rest / 10
                                                : rest));
    bx_buf_fmt(out, "%s", unit);
}

static void write_color(bx_buf *out, bx_color c) {
    if (c.set)
        bx_buf_fmt(out, "#%02X%02X%02X", c.r, c.g, c.b);
    else
        bx_buf_fmt(out, "none");
}

static void write_border(bx_buf *out, const bx_border *b) {
    write_milli(out, b->weight, "pt ");
    write_color(out, b->color);
}

void bx_template_dump(bx_buf *out, const bx_template *t) {
    bx_buf_char(out, '"');
    uint32_t group = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        const bx_piece *p = &t->pieces[i];
        if (p->group != group)
            bx_buf_fmt(out, "%s%s", group ? "}" : "", p->group ? "{?" : "");
        group = p->group;
        if (p->field.n)
            bx_buf_fmt(out, "{%s%.*s%s%.*s}", p->otherwise ? "|" : "", BX_STR_ARG(p->field), p->format.n ? ":" : "",
                       BX_STR_ARG(p->format));
        else
            bx_buf_str(out, p->text);
    }
    bx_buf_fmt(out, "%s\"", group ? "}" : "");
}

static void begin(dumper *d, const char *name) {
    bx_buf_fmt(d->out, "%.*s%s: ", (int)d->n, d->path, name);
}

static void write_int(bx_buf *out, const void *field, uint32_t width) {
    bx_buf_fmt(out, "%u",
               width == 1   ? *(const uint8_t *)field
               : width == 2 ? *(const uint16_t *)field
                            : *(const uint32_t *)field);
}

static bool is_zero(const void *field, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (((const char *)field)[i])
            return false;
    return true;
}

static void write_range(bx_buf *out, const bx_range *range) {
    bx_buf_fmt(out, "%u", range->least);
    if (range->greatest == UINT32_MAX)
        bx_buf_char(out, '+');
    else if (range->greatest != range->least)
        bx_buf_fmt(out, "..%u", range->greatest);
}

/* Kinds of one value. False when the kind is another. */
static bool write_scalar(bx_buf *out, const bx_key *key, const void *field) {
    switch (key->kind) {
    case BX_KEY_BOOL:
        bx_buf_fmt(out, "yes");
        break;
    case BX_KEY_SWITCH:
        bx_buf_fmt(out, "%s", *(const int8_t *)field ? "yes" : "no");
        break;
    case BX_KEY_INT:
    case BX_KEY_WEIGHT:
        write_int(out, field, key->width);
        break;
    case BX_KEY_RANGE:
        write_range(out, field);
        break;
    case BX_KEY_CHOICE:
        bx_buf_fmt(out, "%s", key->choices[*(const unsigned *)field]);
        break;
    case BX_KEY_LENGTH:
    case BX_KEY_SIZE:
        write_milli(out, *(const bx_len *)field, "pt");
        break;
    case BX_KEY_AMOUNT:
        write_milli(out, *(const bx_em *)field, "em");
        break;
    case BX_KEY_COLOR:
        write_color(out, *(const bx_color *)field);
        break;
    case BX_KEY_TEXT:
    case BX_KEY_FAMILY:
    case BX_KEY_ASSET:
    case BX_KEY_WHEN:
        bx_buf_str(out, *(const bx_str *)field);
        break;
    case BX_KEY_ROLE:
        bx_buf_str(out, (*(const bx_role *const *)field)->name);
        break;
    case BX_KEY_BORDER:
        write_border(out, field);
        break;
    case BX_KEY_TEMPLATE:
        bx_template_dump(out, field);
        break;
    default:
        return false;
    }
    return true;
}

static uint32_t width_of(const bx_key *key) {
    switch (key->kind) {
    case BX_KEY_ROLES:
        return BX_LEVELS * sizeof(bx_role *);
    case BX_KEY_LENGTHS:
        return BX_LEVELS * sizeof(bx_len);
    case BX_KEY_SHEET:
        return 2 * sizeof(bx_len);
    case BX_KEY_INSETS:
        return 4 * sizeof(bx_len);
    case BX_KEY_TEMPLATE:
        return offsetof(bx_template, span);
    case BX_KEY_TEXT:
    case BX_KEY_FAMILY:
    case BX_KEY_WHEN:
    case BX_KEY_ASSET:
        return sizeof(bx_str);
    default:
        return key->width;
    }
}

static bool is_absent(const bx_key *key, const void *field) {
    if (key->kind == BX_KEY_SWITCH)
        return *(const int8_t *)field < 0;
    if (key->kind == BX_KEY_TEMPLATE)
        return ((const bx_template *)field)->n == 0;
    if (key->kind == BX_KEY_TEXT || key->kind == BX_KEY_FAMILY || key->kind == BX_KEY_WHEN ||
        key->kind == BX_KEY_ASSET)
        return ((const bx_str *)field)->n == 0;
    return is_zero(field, width_of(key));
}

static void write_lengths(bx_buf *out, const bx_len *lengths, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        bx_buf_fmt(out, "%s", i ? " " : "");
        write_milli(out, lengths[i], "pt");
    }
}

static void write_texts(bx_buf *out, const bx_str *texts, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        bx_buf_fmt(out, "%s%.*s", i ? " | " : "", BX_STR_ARG(texts[i]));
}

static bool write_row(bx_buf *out, const bx_key *key, const void *field, const void *object) {
    const bx_role *const *roles = field;
    switch (key->kind) {
    case BX_KEY_ROLES:
        for (uint32_t i = 0; i < BX_LEVELS; i++)
            bx_buf_fmt(out, "%s%.*s", i ? " " : "",
                       BX_STR_ARG(roles[i] ? roles[i]->name : BX_STR("-")));
        return true;
    case BX_KEY_LENGTHS:
        write_lengths(out, field, BX_LEVELS);
        return true;
    case BX_KEY_SHEET:
        write_lengths(out, field, 2);
        return true;
    case BX_KEY_INSETS:
        write_lengths(out, field, 4);
        return true;
    case BX_KEY_TEXTS:
        write_texts(out, *(const bx_str *const *)field,
                    *(const uint32_t *)at(object, key->count_at));
        return true;
    default:
        return write_scalar(out, key, field);
    }
}

static void dump_object(dumper *d, const bx_keys *keys, const void *object);

static bool is_flat(const bx_keys *keys) {
    for (uint32_t i = 0; i < keys->n; i++)
        if (keys->at[i].kind >= BX_KEY_OBJECT && keys->at[i].kind != BX_KEY_META)
            return false;
    return true;
}

/* An object of plain values, on one line; nothing when all of them are absent. */
static void dump_flat(dumper *d, const bx_keys *keys, const void *object) {
    bool any = false;
    for (uint32_t i = 0; i < keys->n; i++) {
        const bx_key *key = &keys->at[i];
        const void *field = at(object, key->at);
        if (key->kind == BX_KEY_META || key->kind == BX_KEY_BORDERS || is_absent(key, field))
            continue;
        if (any)
            bx_buf_fmt(d->out, ", %s ", key->name);
        else
            bx_buf_fmt(d->out, "%.*s: %s ", (int)d->n - 1, d->path, key->name);
        write_row(d->out, key, field, object);
        any = true;
    }
    if (any)
        bx_buf_char(d->out, '\n');
}

static void dump_at(dumper *d, const char *name, const char *sub, const bx_keys *keys,
                    const void *object) {
    uint32_t n = d->n;
    int more = snprintf(d->path + n, sizeof d->path - n, "%s%s.", name, sub);
    if (more > 0 && n + (uint32_t)more < sizeof d->path) {
        d->n = n + (uint32_t)more;
        if (is_flat(keys))
            dump_flat(d, keys, object);
        else
            dump_object(d, keys, object);
    }
    d->n = n;
}

static void dump_list(dumper *d, const bx_key *key, const bx_keys *keys, const char *items,
                      uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        char index[16];
        snprintf(index, sizeof index, "[%u]", i);
        dump_at(d, key->name, index, keys, items + (size_t)i * keys->size);
    }
}

static void dump_map(dumper *d, const bx_key *key, const bx_map *map) {
    for (uint32_t i = 0; i < map->entries.n; i++) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", BX_STR_ARG(map->entries.at[i].key));
        const void *value = map->entries.at[i].value;
        if (key->kind == BX_KEY_ROLE_MAP) {
            dump_at(d, "roles.", name, &bx_role_keys, value);
            continue;
        }
        bx_buf_fmt(d->out, "%.*s%s.%s: ", (int)d->n, d->path, key->name, name);
        if (key->kind == BX_KEY_COLOR_MAP)
            write_color(d->out, *(const bx_color *)value);
        else if (key->kind == BX_KEY_SIZE_MAP)
            write_milli(d->out, *(const bx_len *)value, "pt");
        else
            bx_buf_str(d->out, *(const bx_str *)value);
        bx_buf_char(d->out, '\n');
    }
}

static void dump_key(dumper *d, const bx_key *key, const void *object) {
    static const char *const sides[] = {".first", ".recto", ".verso"};
    const void *field = at(object, key->at);
    uint32_t n = key->count_at ? *(const uint32_t *)at(object, key->count_at) : 0;
    char level[] = ".1";
    switch (key->kind) {
    case BX_KEY_META:
    case BX_KEY_BORDERS: /* the four sides have keys of their own */
        break;
    case BX_KEY_OBJECT:
        dump_at(d, key->name, "", key->keys, field);
        break;
    case BX_KEY_OBJECTS:
        dump_list(d, key, key->keys, *(char *const *)field, n);
        break;
    case BX_KEY_PARTS:
        dump_list(d, key, &bx_part_keys, *(char *const *)field, n);
        break;
    case BX_KEY_STEPS:
    case BX_KEY_LEVELS:
        for (; level[1] <= '0' + BX_LEVELS; level[1]++)
            dump_at(d, key->name, level, key->keys,
                    (const char *)field + (size_t)(level[1] - '1') * key->keys->size);
        break;
    case BX_KEY_SIDES:
        for (int i = 0; i < BX_PAGE_SIDES; i++)
            dump_at(d, key->name, sides[i], key->keys, (const char *)field + i * key->keys->size);
        break;
    case BX_KEY_ROLE_MAP:
    case BX_KEY_COLOR_MAP:
    case BX_KEY_FONT_MAP:
    case BX_KEY_SIZE_MAP:
    case BX_KEY_TEXT_MAP:
        dump_map(d, key, field);
        break;
    default:
        if (is_absent(key, field))
            break;
        begin(d, key->name);
        write_row(d->out, key, field, object);
        bx_buf_char(d->out, '\n');
    }
}

/* Several of a part's keys fill the same field; only those of its kind are shown. */
static bool is_other_part(const bx_keys *keys, const bx_key *key, const void *object) {
    if (keys != &bx_part_keys)
        return false;
    bx_part_kind kind = ((const bx_part *)object)->kind;
    if (key->flags & BX_KEY_PART)
        return (bx_part_kind)key->min != kind;
    bool height = key->kind == BX_KEY_LENGTH && strcmp(key->name, "height") == 0;
    bool parts = key->kind == BX_KEY_PARTS;
    bool frame = key->kind == BX_KEY_OBJECT;
    return (height && kind == BX_PART_SPACE) || (parts && kind != BX_PART_BOX) ||
           (frame && kind != BX_PART_TAGS);
}

static void dump_object(dumper *d, const bx_keys *keys, const void *object) {
    for (uint32_t i = 0; i < keys->n; i++)
        if (!is_other_part(keys, &keys->at[i], object))
            dump_key(d, &keys->at[i], object);
}

void bx_style_dump(bx_buf *out, const bx_style *style) {
    dumper d = {.out = out};
    dump_object(&d, &bx_layout_keys, style);
    const bx_page_style *p = &style->page;
    bx_buf_fmt(out, "margins: ");
    write_lengths(out, (const bx_len[]){p->top, p->outer, p->bottom, p->left}, 4);
    bx_buf_fmt(out, "\n");
}
