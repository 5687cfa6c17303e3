#include "cli/cli.h"

#include "base/diag.h"

#include <stdio.h>

/* "Did you mean --font-path?", or what to read instead. */
static const char *hint_for(const bx_command *command, bx_arena *arena, bx_str name) {
    BX_VEC(bx_str) names = {0};
    for (const bx_option *o = command->options; o->name; o++)
        bx_push(arena, &names, bx_str_of(o->name));
    bx_str near = bx_nearest(name, names.at, names.n);
    const bx_words *words = bx_cli_words();
    if (near.n)
        return bx_str_fmt(arena, bx_word(words, "Did you mean --%.*s?"), BX_STR_ARG(near)).p;
    return bx_str_fmt(arena, bx_word(words, "banxin %s --help lists the options"), command->name).p;
}

static const bx_option *find(const bx_command *command, bx_str name, char letter) {
    for (const bx_option *o = command->options; o->name; o++)
        if (letter ? o->letter == letter : bx_str_is(name, o->name))
            return o;
    return NULL;
}

static bool is_choice(const char *choices, const char *value) {
    size_t n = strlen(value);
    for (const char *at = choices; *at;) {
        size_t width = strcspn(at, "|");
        if (width == n && memcmp(at, value, n) == 0)
            return true;
        at += width + (at[width] == '|');
    }
    return false;
}

void bx_add_text(bx_arena *arena, bx_texts *list, const char *text) {
    bx_push(arena, list, text);
    bx_push(arena, list, NULL);
    list->n--;
}

static bool store(const bx_option *option, const char *value, bx_args *args) {
    void *field = (char *)args + option->field;
    if (value && option->choices && !is_choice(option->choices, value)) {
        bx_usage_error(NULL, "--%s takes one of %s, not \"%s\"", option->name, option->choices,
                       value);
        return false;
    }
    switch (option->kind) {
    case BX_OPTION_FLAG:
        *(bool *)field = true;
        break;
    case BX_OPTION_TEXT:
        *(const char **)field = value;
        break;
    case BX_OPTION_LIST:
        bx_add_text(args->arena, field, value);
        break;
    }
    return true;
}

/* --name, --name=value, --name value. *at is moved past what was used. */
static bool parse_long(const bx_command *command, int n, char **words, int *at, bx_args *args) {
    const char *word = words[*at] + 2;
    const char *equals = strchr(word, '=');
    bx_str name = {word, (uint32_t)(equals ? (size_t)(equals - word) : strlen(word))};
    const bx_option *option = find(command, name, 0);
    if (!option) {
        bx_usage_error(hint_for(command, args->arena, name), "%s has no option --%.*s",
                       command->name, BX_STR_ARG(name));
        return false;
    }
    const char *value = equals ? equals + 1 : NULL;
    if (option->kind == BX_OPTION_FLAG && value) {
        bx_usage_error(NULL, "--%s takes no value", option->name);
        return false;
    }
    if (option->kind != BX_OPTION_FLAG && !value) {
        if (*at + 1 >= n) {
            bx_usage_error(NULL, "--%s needs a value: --%s=%s", option->name, option->name,
                           option->value);
            return false;
        }
        value = words[++*at];
    }
    return store(option, value, args);
}

/* -q, -qv, -oFILE, -o FILE. */
static bool parse_short(const bx_command *command, int n, char **words, int *at, bx_args *args) {
    for (const char *c = words[*at] + 1; *c; c++) {
        const bx_option *option = find(command, (bx_str){0}, *c);
        if (!option) {
            bx_usage_error(hint_for(command, args->arena, (bx_str){0}), "%s has no option -%c",
                           command->name, *c);
            return false;
        }
        if (option->kind == BX_OPTION_FLAG) {
            store(option, NULL, args);
            continue;
        }
        if (!c[1] && *at + 1 >= n) {
            bx_usage_error(NULL, "-%c needs a value", *c);
            return false;
        }
        return store(option, c[1] ? c + 1 : words[++*at], args);
    }
    return true;
}

bool bx_args_parse(const bx_command *command, int n, char **words, bx_args *args) {
    bool only_operands = false;
    for (int at = 0; at < n; at++) {
        const char *word = words[at];
        if (!*word) {
            bx_usage_error("Is a variable of the script not set?", "%s: an empty word",
                           command->name);
            return false;
        }
        if (only_operands || word[0] != '-' || !word[1])
            bx_add_text(args->arena, &args->operands, word);
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (!(word[1] == '-' ? parse_long : parse_short)(command, n, words, &at, args))
            return false;
    }
    return true;
}

static void help_option(const bx_option *o, const bx_words *words) {
    char left[64];
    snprintf(left, sizeof left, "%c%c%s--%s%s%s", o->letter ? '-' : ' ',
             o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name, o->value ? "=" : "",
             o->value ? o->value : "");
    printf("  %-28s  %s\n", left, bx_word(words, o->help));
}

static void help_program(const bx_words *words) {
    printf("banxin 版心: %s\n\n%s: banxin COMMAND [OPTIONS]\n\n%s:\n",
           bx_word(words, "a typesetter for reports. Issue data in, a printed PDF out."),
           bx_word(words, "usage"), bx_word(words, "commands"));
    for (const bx_command *const *c = bx_commands; *c; c++)
        printf("  %-10s  %s\n", (*c)->name, bx_word(words, (*c)->summary));
    printf("\n%s\n",
           bx_word(words, "banxin COMMAND --help says more of one; banxin --version shows "
                          "the version."));
}

void bx_help(const bx_command *command, const bx_words *words) {
    if (!command) {
        help_program(words);
        return;
    }
    printf("%s: banxin %s [OPTIONS] %s\n\n%s%s\n", bx_word(words, "usage"), command->name,
           command->operands, bx_word(words, command->summary), words ? "。" : ".");
    if (command->details)
        printf("\n%s\n", bx_word(words, command->details));
    printf("\n%s:\n", bx_word(words, "options"));
    for (const bx_option *o = command->options; o->name; o++)
        help_option(o, words);
}
