/* Front-matter keys of Hugo, Hexo, Jekyll, Astro, Hextra, VitePress … that mean what one of ours
 * does. Everything else that is a word is kept for templates; none is an error. */
#include "issue/schema.h"

static const bx_alias aliases[] = {
    {"author", "authors"},      {"creator", "authors"},
    {"writer", "authors"},      {"tags", "keywords"},
    {"tag", "keywords"},        {"summary", "abstract"},
    {"excerpt", "abstract"},    {"coverImage", "cover"},
    {"cover_image", "cover"},   {"cover-image", "cover"},
    {"image", "cover"},         {"banner", "cover"},
    {"thumbnail", "cover"},     {"featured_image", "cover"},
    {"featuredImage", "cover"}, {"heroImage", "cover"},
    {"hero", "cover"},          {"ogImage", "cover"},
    {"og_image", "cover"},      {"language", "lang"},
    {"locale", "lang"},         {"pubDate", "date"},
    {"pubDatetime", "date"},    {"publishDate", "date"},
    {"publishedAt", "date"},    {"published_at", "date"},
    {"published", "date"},      {"created", "date"},
    {"created_at", "date"},     {"createdAt", "date"},
    {"issue", "number"},        {"issue_number", "number"},
    {"sub_title", "subtitle"},  {"Title", "title"},
    {"Date", "date"},           {"Author", "authors"},
    {"Tags", "keywords"},       {"Summary", "abstract"},
};

const bx_alias *bx_schema_aliases(uint32_t *n) {
    *n = sizeof aliases / sizeof *aliases;
    return aliases;
}

const bx_alias *bx_schema_alias(bx_str name) {
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (bx_str_is(name, aliases[i].name))
            return &aliases[i];
    return NULL;
}
