#include "issue/schema.h"

#include "issue/issue.h"

#define AT(type, field) ((int)offsetof(type, field))
#define COUNT(keys) ((uint32_t)(sizeof(keys) / sizeof *(keys)))
#define NO BX_KEY_NOWHERE

static const bx_key reference_keys[] = {
    {"id", BX_KEY_ID, AT(bx_reference, id), NO, NULL, false, "The name that `[@id]` cites.",
     "openai-agents"},
    {"author", BX_KEY_LINE, AT(bx_reference, author), NO, NULL, false, "Who wrote it.", "OpenAI"},
    {"title", BX_KEY_LINE, AT(bx_reference, title), NO, NULL, false, "Its title.", NULL},
    {"source", BX_KEY_LINE, AT(bx_reference, source), NO, NULL, false,
     "The journal, newspaper or site that it stands in.", "经济日报"},
    {"publisher", BX_KEY_LINE, AT(bx_reference, publisher), NO, NULL, false, "Who published it.",
     NULL},
    {"place", BX_KEY_LINE, AT(bx_reference, place), NO, NULL, false, "Where it was published.",
     "北京"},
    {"edition", BX_KEY_LINE, AT(bx_reference, edition), NO, NULL, false, "The edition.", "2 版"},
    {"volume", BX_KEY_LINE, AT(bx_reference, volume), NO, NULL, false, "Volume and issue.",
     "12(3)"},
    {"pages", BX_KEY_LINE, AT(bx_reference, pages), NO, NULL, false, "Pages.", "15-21"},
    {"type", BX_KEY_STRING, AT(bx_reference, type), NO, NULL, false,
     "What it is: webpage, article, book, report, news, standard, thesis, patent, dataset, "
     "software …",
     "webpage"},
    {"url", BX_KEY_URL, AT(bx_reference, url), NO, NULL, false, "Its address.",
     "https://example.org/a"},
    {"doi", BX_KEY_STRING, AT(bx_reference, doi), NO, NULL, false, "Its DOI.", "10.1000/182"},
    {"date", BX_KEY_PERIOD, AT(bx_reference, date), NO, NULL, false, "When it was published.",
     "2026-04-15"},
    {"accessed", BX_KEY_PERIOD, AT(bx_reference, accessed), NO, NULL, false, "When it was read.",
     "2026-04-17"},
    {"text", BX_KEY_LINE, AT(bx_reference, text), NO, NULL, false,
     "The whole entry as it is to be printed, instead of its elements.", NULL},
};

static const bx_object reference_object = {
    "reference",
    "An entry of the list of references; its elements are those of GB/T 7714—2015.",
    sizeof(bx_reference),
    AT(bx_reference, span),
    "text",
    reference_keys,
    COUNT(reference_keys)};

static const bx_key qr_keys[] = {
    {"data", BX_KEY_STRING, AT(bx_qr, data), NO, NULL, false,
     "What the code says, usually an address.", "https://example.org"},
    {"image", BX_KEY_FILE, AT(bx_qr, image), NO, NULL, false,
     "A picture instead of a code made from `data`.", "wechat.png"},
    {"caption", BX_KEY_LINES, AT(bx_qr, caption), NO, NULL, false, "The lines under it.",
     "[官方网站, example.org]"},
    {"alt", BX_KEY_STRING, AT(bx_qr, alt), NO, NULL, false,
     "What it is, for readers who do not see it.", NULL},
};

static const bx_object qr_object = {"qr",   "A QR code.", sizeof(bx_qr), AT(bx_qr, span),
                                    "data", qr_keys,      COUNT(qr_keys)};

static const bx_key organization_keys[] = {
    {"name", BX_KEY_LINE, AT(bx_organization, name), NO, NULL, true, "Its name.", NULL},
    {"text", BX_KEY_TEXT, AT(bx_organization, text), NO, NULL, false, "What it does.", NULL},
};

static const bx_object organization_object = {"organization",
                                              "An organisation that readers may turn to.",
                                              sizeof(bx_organization),
                                              NO,
                                              "name",
                                              organization_keys,
                                              COUNT(organization_keys)};

static const bx_key contact_keys[] = {
    {"heading", BX_KEY_LINE, AT(bx_contact, heading), NO, NULL, false,
     "The heading of the contact block.", "联系我们，请扫描二维码"},
    {"qr", BX_KEY_OBJECTS, AT(bx_contact, qr), AT(bx_contact, n_qr), &qr_object, false,
     "QR codes, side by side.", NULL},
    {"organizations", BX_KEY_OBJECTS, AT(bx_contact, organizations),
     AT(bx_contact, n_organizations), &organization_object, false,
     "Organisations with a few words on each.", NULL},
    {"website", BX_KEY_URL, AT(bx_contact, website), AT(bx_contact, website_span), NULL, false,
     "A web site.", "https://example.org"},
    {"text", BX_KEY_TEXT, AT(bx_contact, text), NO, NULL, false, "Free text.", NULL},
};

static const bx_object contact_object = {"contact",
                                         "The contact block at the end.",
                                         sizeof(bx_contact),
                                         AT(bx_contact, span),
                                         "text",
                                         contact_keys,
                                         COUNT(contact_keys)};

static const bx_key section_keys[] = {
    {"title", BX_KEY_LINE, AT(bx_section, title), NO, NULL, true, "The heading.", NULL},
    {"id", BX_KEY_ID, AT(bx_section, id), NO, NULL, false,
     "The name that links `[…](#id)` lead to.", "market"},
    {"numbered", BX_KEY_BOOL, AT(bx_section, numbered), NO, NULL, false,
     "Whether it takes a number. A title that brings its own number, such as 一、 or 1., is never "
     "numbered again.",
     "false"},
    {"body", BX_KEY_TEXT, AT(bx_section, body), NO, NULL, false,
     "The text. Headings in it become subsections.", NULL},
    {"sections", BX_KEY_SECTIONS, AT(bx_section, first), NO, NULL, false, "Subsections.", NULL},
};

const bx_object bx_schema_section = {"section",
                                     "A section with its heading, text and subsections.",
                                     sizeof(bx_section),
                                     AT(bx_section, span),
                                     NULL,
                                     section_keys,
                                     COUNT(section_keys)};

static const bx_key issue_keys[] = {
    {"layout", BX_KEY_STRING, AT(bx_issue, layout), AT(bx_issue, layout_span), NULL, false,
     "The layout: a name under layouts/, or a path. When absent, what the issue has decides.",
     "committee-daily"},
    {"lang", BX_KEY_LANG, AT(bx_issue, lang), NO, NULL, false,
     "The language: zh-Hans, zh-Hant, zh-HK, ja, ko, en. Guessed from the text when absent.",
     "zh-Hans"},
    {"series", BX_KEY_LINE, AT(bx_issue, series), NO, NULL, false, "The periodical.",
     "AI 技术每日分析"},
    {"number", BX_KEY_STRING, AT(bx_issue, number), AT(bx_issue, number_span), NULL, false,
     "The issue's number.", "107"},
    {"volume", BX_KEY_STRING, AT(bx_issue, volume), NO, NULL, false, "The volume.", "3"},
    {"total-number", BX_KEY_STRING, AT(bx_issue, total_number), NO, NULL, false,
     "The number counted from the first issue on.", "1207"},
    {"title", BX_KEY_LINE, AT(bx_issue, title), NO, NULL, false,
     "The issue's title; the series' when absent.", NULL},
    {"subtitle", BX_KEY_LINE, AT(bx_issue, subtitle), NO, NULL, false, "A line under the title.",
     NULL},
    {"date", BX_KEY_DATE, AT(bx_issue, date), NO, NULL, false, "The day of publication.",
     "2026-04-17"},
    {"publisher", BX_KEY_LINE, AT(bx_issue, publisher), NO, NULL, false, "Who publishes it.", NULL},
    {"partners", BX_KEY_LINES, AT(bx_issue, partners), NO, NULL, false,
     "Partners of the publisher.", NULL},
    {"authors", BX_KEY_LINES, AT(bx_issue, authors), NO, NULL, false, "Who wrote it.", NULL},
    {"keywords", BX_KEY_LINES, AT(bx_issue, keywords), NO, NULL, false, "Keywords.", NULL},
    {"description", BX_KEY_LINE, AT(bx_issue, description), NO, NULL, false,
     "One sentence for the file's metadata.", NULL},
    {"abstract", BX_KEY_TEXT, AT(bx_issue, abstract), NO, NULL, false, "The abstract.", NULL},
    {"logo", BX_KEY_FILE, AT(bx_issue, logo), AT(bx_issue, logo_span), NULL, false,
     "The publisher's mark: a picture.", "logo.png"},
    {"cover", BX_KEY_FILE, AT(bx_issue, cover), AT(bx_issue, cover_span), NULL, false,
     "A picture for the first page.", "cover.jpg"},
    {"lead", BX_KEY_TEXT, AT(bx_issue, lead), NO, NULL, false, "Text before the first section.",
     NULL},
    {"sections", BX_KEY_SECTIONS, AT(bx_issue, sections), NO, NULL, false, "The sections.", NULL},
    {"references", BX_KEY_OBJECTS, AT(bx_issue, references), AT(bx_issue, n_references),
     &reference_object, false, "What `[@id]` in the text cites, in the order printed.", NULL},
    {"contact", BX_KEY_OBJECT, AT(bx_issue, contact), NO, &contact_object, false,
     "The contact block.", NULL},
    {"embed-source", BX_KEY_BOOL, AT(bx_issue, embed_source), AT(bx_issue, embed_source_span), NULL,
     false,
     "Whether this file, its layout and its pictures are attached to the PDF, which then is "
     "PDF/A-3a; `banxin verify` makes it again from them. What it says goes before the layout's "
     "word.",
     "true"},
};

const bx_object bx_schema_issue = {
    "issue",          "One issue of a publication.", sizeof(bx_issue), NO, NULL, issue_keys,
    COUNT(issue_keys)};

const bx_key *bx_schema_key(const bx_object *object, bx_str name) {
    for (uint32_t i = 0; i < object->n; i++)
        if (bx_str_is(name, object->keys[i].name))
            return &object->keys[i];
    return NULL;
}

bx_str *bx_schema_names(bx_arena *arena, const bx_object *object) {
    bx_str *names = bx_new_n(arena, bx_str, object->n);
    for (uint32_t i = 0; i < object->n; i++)
        names[i] = bx_str_of(object->keys[i].name);
    return names;
}
