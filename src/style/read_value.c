/* Values that are one scalar, or a short list of them. */
#include "style/reader.h"
#include "style/template.h"

static const char *const takes[] = {
    [BX_KEY_BOOL] = "yes or no",
    [BX_KEY_SWITCH] = "yes or no",
    [BX_KEY_INT] = "a whole number",
    [BX_KEY_RANGE] = "a count such as 3, 3+ or 2..8",
    [BX_KEY_WEIGHT] = "regular or bold",
    [BX_KEY_CHOICE] = "one of a few words",
    [BX_KEY_LENGTH] = "a length such as 5mm, 2em or 3 lines",
    [BX_KEY_SIZE] = "a size such as 五号, 10.5pt or 1.2em",
    [BX_KEY_AMOUNT] = "an amount such as 0.25em or 25%",
    [BX_KEY_COLOR] = "a colour such as \"#0F3D73\", brand or tint(brand, 6%)",
    [BX_KEY_TEXT] = "a text",
    [BX_KEY_TEXTS] = "a list of texts",
    [BX_KEY_FAMILY] = "the name of a family",
    [BX_KEY_ROLE] = "the name of a role",
    [BX_KEY_ROLES] = "a list of names of roles",
    [BX_KEY_LENGTHS] = "a list of lengths",
    [BX_KEY_INSETS] = "one, two or four lengths",
    [BX_KEY_SHEET] = "a sheet such as A4 or [210mm, 297mm]",
    [BX_KEY_BORDER] = "a length and a colour such as 0.4pt grey",
    [BX_KEY_BORDERS] = "a length and a colour such as 0.4pt grey",
    [BX_KEY_TEMPLATE] = "a template such as \"{series} · {date}\"",
    [BX_KEY_ASSET] = "logo, cover or the name of a file",
    [BX_KEY_WHEN] = "the name of a field",
    [BX_KEY_OBJECT] = "a mapping of keys to values",
    [BX_KEY_OBJECTS] = "a list of mappings",
    [BX_KEY_STEPS] = "a list, one entry a level",
    [BX_KEY_LEVELS] = "a mapping with the keys all, 1, 2 … 6",
    [BX_KEY_SIDES] = "a mapping with the keys all, first, recto, verso",
    [BX_KEY_PARTS] = "a list of parts",
    [BX_KEY_ROLE_MAP] = "a mapping of names to roles",
    [BX_KEY_COLOR_MAP] = "a mapping of names to colours",
    [BX_KEY_FONT_MAP] = "a mapping of names to families",
    [BX_KEY_SIZE_MAP] = "a mapping of names to lengths",
    [BX_KEY_TEXT_MAP] = "a mapping of names to texts",
    [BX_KEY_META] = "a name",
};

const char *bx_key_takes(const bx_key *key) { return takes[key->kind]; }

void bx_style_wrong_type(bx_style_reader *r, const bx_key *key, const bx_yaml *node) {
    static const char *const kinds[] = {"nothing", NULL, "a list", "a mapping"};
    const char *wanted = bx_word(r->report->words, bx_key_takes(key));
    if (node->kind == BX_YAML_SCALAR)
        bx_say(r->report, BX_D_WRONG_TYPE, node->span, "`%s` takes %s, not `%.*s`", key->name,
               wanted, BX_STR_ARG(node->text));
    else
        bx_say(r->report, BX_D_WRONG_TYPE, node->span, "`%s` takes %s, not %s", key->name, wanted,
               bx_word(r->report->words, kinds[node->kind]));
}

static bool read_bool(bx_str text, bool *out) {
    *out = bx_str_is(text, "yes") || bx_str_is(text, "true") || bx_str_is(text, "on");
    return *out || bx_str_is(text, "no") || bx_str_is(text, "false") || bx_str_is(text, "off");
}

static bool read_int(bx_str text, int64_t *out) {
    *out = 0;
    for (uint32_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || i > 9)
            return false;
        *out = *out * 10 + (text.p[i] - '0');
    }
    return text.n > 0;
}

static void store_int(void *field, uint32_t width, int64_t n) {
    if (width == 1)
        *(uint8_t *)field = (uint8_t)n;
    else if (width == 2)
        *(uint16_t *)field = (uint16_t)n;
    else
        *(uint32_t *)field = (uint32_t)n;
}

static void read_number(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *field) {
    int64_t n;
    if (!read_int(node->text, &n)) {
        bx_style_wrong_type(r, key, node);
    } else if (n < key->min || n > key->max) {
        bx_say(r->report, BX_D_BAD_VALUE, node->span, "`%s` is from %d to %d, not %.*s", key->name,
               key->min, key->max, BX_STR_ARG(node->text));
    } else {
        store_int(field, key->width, n);
    }
}

static void read_range(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_range *out) {
    bx_str text = node->text, first = text, last = text;
    int64_t dots = bx_str_find(text, BX_STR(".."));
    bool open = bx_str_ends(text, BX_STR("+"));
    int64_t least, greatest = UINT32_MAX;
    if (open) {
        first = bx_str_sub(text, 0, text.n - 1);
    } else if (dots >= 0) {
        first = bx_str_sub(text, 0, (uint32_t)dots);
        last = bx_str_sub(text, (uint32_t)dots + 2, text.n);
    }
    if (!read_int(first, &least) || (!open && !read_int(last, &greatest)) || least > greatest)
        bx_style_wrong_type(r, key, node);
    else
        *out = (bx_range){(uint32_t)least, (uint32_t)greatest, true};
}

/* The index of the word among the choices, or -1 after an error. */
static int read_choice(bx_style_reader *r, const bx_key *key, const bx_yaml *node) {
    bx_str words[16];
    int n = 0;
    bx_buf all = bx_buf_new(r->arena);
    for (; key->choices[n] && n < 16; n++) {
        words[n] = bx_str_of(key->choices[n]);
        if (bx_str_eq(words[n], node->text))
            return n;
        bx_buf_fmt(&all, "%s%s", n ? ", " : "", key->choices[n]);
    }
    bx_say(r->report, BX_D_BAD_VALUE, node->span, "`%s` cannot be `%.*s`", key->name,
           BX_STR_ARG(node->text));
    bx_str near = bx_guess(r->report, node->text, words, (size_t)n);
    if (near.n)
        bx_hint(r->report, "Did you mean `%.*s`?", BX_STR_ARG(near));
    else
        bx_hint(r->report, "It is one of %.*s", BX_STR_ARG(bx_buf_view(&all)));
    return -1;
}

static void read_weight(bx_style_reader *r, const bx_key *key, const bx_yaml *node, uint16_t *out) {
    if (bx_str_is(node->text, "regular") || bx_str_is(node->text, "400"))
        *out = 400;
    else if (bx_str_is(node->text, "bold") || bx_str_is(node->text, "700"))
        *out = 700;
    else
        bx_style_wrong_type(r, key, node);
}

static void read_length(bx_style_reader *r, const bx_key *key, bx_str text, bx_span span,
                        bx_len *out) {
    bool size = key->kind == BX_KEY_SIZE;
    bx_units units = {
        .em = size ? r->body_size : r->em,
        .line = size ? 0 : r->line,
        .whole = size                             ? 0
                 : (key->flags & BX_KEY_VERTICAL) ? r->depth
                                                  : r->measure,
        .sizes = &r->style->sizes,
    };
    bx_len length = 0;
    bx_str fault = bx_length_read(r->arena, r->report->words, text, &units, &length);
    if (fault.n) {
        bx_say(r->report, BX_D_BAD_LENGTH, span, "%.*s", BX_STR_ARG(fault));
    } else if (length < 0 && !(key->flags & BX_KEY_SIGNED)) {
        bx_say(r->report, BX_D_BAD_VALUE, span, "`%s` cannot be negative", key->name);
    } else if (length <= 0 && (key->flags & BX_KEY_POSITIVE || size)) {
        bx_say(r->report, BX_D_BAD_VALUE, span, "`%s` must be more than 0", key->name);
    } else {
        *out = length;
    }
}

static void read_amount(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_em *out) {
    bx_em amount = 0;
    bx_str fault = bx_amount_read(r->arena, r->report->words, node->text, &amount);
    if (fault.n)
        bx_say(r->report, BX_D_BAD_VALUE, node->span, "%.*s", BX_STR_ARG(fault));
    else if (amount < 0 && !(key->flags & BX_KEY_SIGNED))
        bx_say(r->report, BX_D_BAD_VALUE, node->span, "`%s` cannot be negative", key->name);
    else
        *out = amount;
}

static void say_color(bx_style_reader *r, bx_str fault, bx_str text, bx_span span) {
    const bx_map *tokens = &r->style->colors;
    bx_str *names = bx_new_n(r->arena, bx_str, tokens->entries.n);
    for (uint32_t i = 0; i < tokens->entries.n; i++)
        names[i] = tokens->entries.at[i].key;
    bx_say(r->report, BX_D_BAD_COLOR, span, "%.*s", BX_STR_ARG(fault));
    bx_str near = bx_guess(r->report, text, names, tokens->entries.n);
    if (bx_str_starts(text, BX_STR("tint(")) && !bx_str_ends(text, BX_STR(")")))
        bx_hint(r->report, "Quote the value: in { } and [ ] a comma ends it");
    else if (near.n)
        bx_hint(r->report, "Did you mean `%.*s`?", BX_STR_ARG(near));
}

static void read_color(bx_style_reader *r, const bx_yaml *node, bx_color *out) {
    bx_str fault = bx_color_read(r->arena, r->report->words, node->text, &r->style->colors, out);
    if (fault.n)
        say_color(r, fault, node->text, node->span);
}

/* "0.4pt grey": the length stands first; the colour may be a token or tint(…). */
static void read_border(bx_style_reader *r, const bx_key *key, const bx_yaml *node,
                        bx_border *out) {
    bx_str text = node->text;
    uint32_t at = 0, weight_end, errors = r->report->errors;
    bx_border border = {0};
    bx_str weight = bx_value_word(text, &at);
    weight_end = at;
    bx_str color = bx_str_trim(bx_str_sub(text, at, text.n));
    if (bx_str_is(text, "none")) {
        *out = border;
        return;
    }
    if (color.n == 0) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    uint32_t color_at = (uint32_t)(color.p - text.p);
    bx_span color_span = bx_yaml_span(node, color_at, color_at + color.n);
    read_length(r, key, weight, bx_yaml_span(node, weight_end - weight.n, weight_end),
                &border.weight);
    bx_str fault =
        bx_color_read(r->arena, r->report->words, color, &r->style->colors, &border.color);
    if (fault.n)
        say_color(r, fault, color, color_span);
    if (r->report->errors == errors)
        *out = border;
}

static void read_template(bx_style_reader *r, const bx_key *key, const bx_yaml *node,
                          bx_template *out) {
    bx_template_read(r->arena, node, key->fields, r->report, out);
    for (uint32_t i = 0; i < out->n; i++) {
        bx_str field = out->pieces[i].field;
        if (!bx_str_starts(field, BX_STR("words.")))
            continue;
        if (bx_map_get(&r->style->words, bx_str_sub(field, 6, field.n)))
            continue;
        int64_t at = bx_str_find(node->text, field);
        bx_say(r->report, BX_D_BAD_TEMPLATE,
               bx_yaml_span(node, (uint32_t)at, (uint32_t)at + field.n),
               "the layout's `words` have no `%.*s`", BX_STR_ARG(bx_str_sub(field, 6, field.n)));
    }
}

/* A file of the layout is named from the file that names it, whichever layout of the chain that is.
 */
static void read_asset(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_part *part,
                       bx_str *field) {
    for (const char *const *choice = key->choices; *choice; choice++)
        if (bx_str_is(node->text, *choice)) {
            *field = node->text;
            return;
        }
    bool safe = node->text.n && node->text.p[0] != '/' && bx_str_find(node->text, BX_STR("..")) < 0;
    if (!safe || bx_str_find(node->text, BX_STR(".")) < 0) {
        bx_say(r->report, BX_D_BAD_VALUE, node->span,
               "`%.*s` is no picture of the issue (logo, cover) and no file of the layout's folder",
               BX_STR_ARG(node->text));
        return;
    }
    for (uint32_t i = 0; i < r->chain->files.n; i++)
        if (r->chain->files.at[i].source == node->span.source)
            part->path = bx_str_fmt(r->arena, "%.*s/%.*s", BX_STR_ARG(r->chain->files.at[i].folder),
                                    BX_STR_ARG(node->text));
    if (part->path.n)
        bx_push(r->arena, &r->style->pictures, part->path);
}

/* `when`: a field, or the field's absence; the flag `unless` follows the text in the struct. */
static void read_when(bx_style_reader *r, const bx_yaml *node, bx_part *part) {
    static const char *const more[] = {"abstract",   "logo",    "cover",    "lead", "toc",
                                       "references", "contact", "sections", "meta"};
    bool unless = node->text.n && node->text.p[0] == '!';
    bx_str name = bx_str_sub(node->text, unless ? 1 : 0, node->text.n);
    uint32_t n;
    const bx_field_name *fields = bx_template_fields(&n);
    bool known = bx_str_starts(name, BX_STR("extra."));
    for (uint32_t i = 0; i < n; i++)
        known = known || ((fields[i].where & (BX_FIELDS_ISSUE | BX_FIELDS_SECTION)) &&
                          bx_str_is(name, fields[i].name));
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        known = known || bx_str_is(name, more[i]);
    if (!known)
        bx_say(r->report, BX_D_BAD_VALUE, node->span, "an issue has no field `%.*s`",
               BX_STR_ARG(name));
    part->when = name;
    part->unless = unless;
}

static void read_family(bx_style_reader *r, const bx_yaml *node, bx_str *out) {
    const bx_str *token = bx_map_get(&r->style->fonts, node->text);
    *out = token ? *token : node->text;
}

static void read_text(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_str *out) {
    if (!key->choices || read_choice(r, key, node) >= 0)
        *out = node->text;
}

static void read_sheet(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_len *out) {
    bx_str names[2] = {node->text, {0}};
    if (node->kind == BX_YAML_SCALAR && !bx_sheet_find(names[0], &out[0], &out[1]))
        bx_style_wrong_type(r, key, node);
    if (node->kind == BX_YAML_SCALAR)
        return;
    if (node->kind != BX_YAML_LIST || node->n != 2 || node->items[0]->kind != BX_YAML_SCALAR ||
        node->items[1]->kind != BX_YAML_SCALAR) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    bx_key side = *key;
    side.kind = BX_KEY_LENGTH;
    side.flags = BX_KEY_POSITIVE;
    for (int i = 0; i < 2; i++) {
        read_length(r, &side, node->items[i]->text, node->items[i]->span, &out[i]);
        if (out[i] > 0 && out[i] < 3 * BX_PT) /* ISO 19005-2, 6.1.13; no length is above its most */
            bx_say(r->report, BX_D_BAD_VALUE, node->items[i]->span,
                   "a sheet is at least 3pt wide and high");
    }
}

/* One length for all sides, two for above and beside, or four clockwise from the top. */
static void read_insets(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_len *out) {
    bool list = node->kind == BX_YAML_LIST;
    uint32_t n = list ? node->n : 1;
    if (node->kind == BX_YAML_MAP || (n != 1 && n != 2 && n != 4)) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    for (uint32_t i = 0; i < 4; i++) {
        const bx_yaml *item = list ? node->items[i % n] : node;
        if (item->kind != BX_YAML_SCALAR) {
            bx_style_wrong_type(r, key, item);
            return;
        }
        if (i < n)
            read_length(r, key, item->text, item->span, &out[i]);
        else
            out[i] = out[i % n];
    }
}

static void read_texts(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_str **out,
                       uint32_t *count) {
    bool list = node->kind == BX_YAML_LIST;
    uint32_t n = list ? node->n : 1;
    bx_str *texts = bx_new_n(r->arena, bx_str, n);
    for (uint32_t i = 0; i < n; i++) {
        const bx_yaml *item = list ? node->items[i] : node;
        if (item->kind == BX_YAML_SCALAR)
            read_text(r, key, item, &texts[i]);
        else
            bx_style_wrong_type(r, key, item);
    }
    *out = texts;
    *count = n;
}

/* Roles or lengths by level; the last one serves the levels below it. */
static void read_by_level(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *field) {
    bool list = node->kind == BX_YAML_LIST;
    uint32_t n = list ? node->n : 1;
    if (node->kind == BX_YAML_MAP || n == 0 || n > BX_LEVELS) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    for (uint32_t i = 0; i < BX_LEVELS; i++) {
        const bx_yaml *item = list ? node->items[i < n ? i : n - 1] : node;
        if (item->kind != BX_YAML_SCALAR) {
            bx_style_wrong_type(r, key, item);
            return;
        }
        if (key->kind == BX_KEY_ROLES)
            ((const bx_role **)field)[i] =
                i < n ? bx_style_role(r, item->text, item) : ((const bx_role **)field)[n - 1];
        else if (i < n)
            read_length(r, key, item->text, item->span, &((bx_len *)field)[i]);
        else
            ((bx_len *)field)[i] = ((bx_len *)field)[n - 1];
    }
}

/* Kinds that may be a list. */
static bool read_list_kind(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *field,
                           void *object) {
    switch (key->kind) {
    case BX_KEY_TEXTS:
        read_texts(r, key, node, field, (uint32_t *)((char *)object + key->count_at));
        return true;
    case BX_KEY_ROLES:
    case BX_KEY_LENGTHS:
        read_by_level(r, key, node, field);
        return true;
    case BX_KEY_INSETS:
        read_insets(r, key, node, field);
        return true;
    case BX_KEY_SHEET:
        read_sheet(r, key, node, field);
        return true;
    default:
        return false;
    }
}

bool bx_style_read_scalar(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *field,
                          void *object) {
    bool yes;
    int choice;
    if (read_list_kind(r, key, node, field, object))
        return true;
    if (key->kind >= BX_KEY_OBJECT)
        return false;
    if (node->kind != BX_YAML_SCALAR) {
        bx_style_wrong_type(r, key, node);
        return true;
    }
    switch (key->kind) {
    case BX_KEY_BOOL:
    case BX_KEY_SWITCH:
        if (!read_bool(node->text, &yes))
            bx_style_wrong_type(r, key, node);
        else if (key->kind == BX_KEY_BOOL)
            *(bool *)field = yes;
        else
            *(int8_t *)field = yes;
        break;
    case BX_KEY_INT:
        read_number(r, key, node, field);
        break;
    case BX_KEY_RANGE:
        read_range(r, key, node, field);
        break;
    case BX_KEY_WEIGHT:
        read_weight(r, key, node, field);
        break;
    case BX_KEY_CHOICE:
        choice = read_choice(r, key, node);
        if (choice >= 0)
            *(unsigned *)field = (unsigned)choice;
        break;
    case BX_KEY_LENGTH:
    case BX_KEY_SIZE:
        read_length(r, key, node->text, node->span, field);
        break;
    case BX_KEY_AMOUNT:
        read_amount(r, key, node, field);
        break;
    case BX_KEY_COLOR:
        read_color(r, node, field);
        break;
    case BX_KEY_TEXT:
        read_text(r, key, node, field);
        break;
    case BX_KEY_FAMILY:
        read_family(r, node, field);
        break;
    case BX_KEY_ROLE:
        *(const bx_role **)field = bx_style_role(r, node->text, node);
        break;
    case BX_KEY_BORDER:
        read_border(r, key, node, field);
        break;
    case BX_KEY_BORDERS:
        read_border(r, key, node, field);
        for (int i = 1; i < 4; i++)
            ((bx_border *)field)[i] = ((bx_border *)field)[0];
        break;
    case BX_KEY_TEMPLATE:
        read_template(r, key, node, field);
        break;
    case BX_KEY_ASSET:
        read_asset(r, key, node, object, field);
        break;
    case BX_KEY_WHEN:
        read_when(r, node, object);
        break;
    default:
        break;
    }
    return true;
}
