/* What the file says of itself: Info, XMP, output intent. Info and XMP say the same. */
#include "output/pdf/srgb.h"
#include "output/pdf/writer.h"

#include "base/xml.h"

/* A moment in UTC by the proleptic Gregorian calendar. */
typedef struct bx_moment {
    int64_t year;
    int month, day, hour, minute, second;
} bx_moment;

/* Days are counted from 0000-03-01, so that a leap day ends its year; 719468 days lie between that
 * and 1970-01-01, and an era of 400 years has 146097. */
static bx_moment moment(int64_t seconds) {
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, day = days - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t in_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * in_year + 2) / 153;
    bx_moment m = {.year = year + era * 400 + (month >= 10),
                   .day = (int)(in_year - (153 * month + 2) / 5 + 1)};
    m.month = (int)(month < 10 ? month + 3 : month - 9);
    m.hour = (int)(rest / 3600);
    m.minute = (int)(rest / 60 % 60);
    m.second = (int)(rest % 60);
    return m;
}

bx_str bx_pdf_date(bx_writer *w) {
    bx_moment m = moment(w->options->created);
    return bx_str_fmt(w->arena, "D:%04lld%02d%02d%02d%02d%02dZ", (long long)m.year, m.month, m.day,
                      m.hour, m.minute, m.second);
}

static bx_str xmp_date(bx_writer *w) {
    bx_moment m = moment(w->options->created);
    return bx_str_fmt(w->arena, "%04lld-%02d-%02dT%02d:%02d:%02dZ", (long long)m.year, m.month,
                      m.day, m.hour, m.minute, m.second);
}

static bx_str joined(bx_arena *arena, const bx_str *list, uint32_t n) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            bx_buf_str(&out, BX_STR(", "));
        bx_buf_str(&out, list[i]);
    }
    return bx_buf_view(&out);
}

/* A document must have a title (ISO 14289-1, 7.1): the periodical's name stands in. */
static bx_str title_of(const bx_meta *meta) {
    return meta->title.n ? meta->title : meta->series.n ? meta->series : BX_STR("Untitled");
}

static void info_text(bx_buf *raw, const char *key, bx_str value) {
    if (value.n == 0)
        return;
    bx_buf_fmt(raw, "/%s", key);
    bx_pdf_text(raw, value);
}

bx_obj *bx_pdf_info(bx_writer *w) {
    const bx_meta *meta = &w->pages->meta;
    bx_obj *obj = bx_store_add(w->store);
    bx_buf *raw = bx_obj_raw(obj);
    info_text(raw, "Title", title_of(meta));
    info_text(raw, "Author", joined(w->arena, meta->authors, meta->n_authors));
    info_text(raw, "Subject", meta->subject);
    info_text(raw, "Keywords", joined(w->arena, meta->keywords, meta->n_keywords));
    info_text(raw, "Creator", w->options->producer);
    info_text(raw, "Producer", w->options->producer);
    info_text(raw, "CreationDate", bx_pdf_date(w));
    info_text(raw, "ModDate", bx_pdf_date(w));
    return obj;
}

/* A property of one value, as an attribute: half the length of an element. */
static void simple(bx_buf *out, const char *name, bx_str value) {
    if (value.n == 0)
        return;
    bx_buf_fmt(out, " %s=\"", name);
    bx_xml_text(out, value);
    bx_buf_char(out, '"');
}

static void alternative(bx_buf *out, const char *name, bx_str value) {
    if (value.n == 0)
        return;
    bx_buf_fmt(out, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    bx_xml_text(out, value);
    bx_buf_fmt(out, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void list(bx_buf *out, const char *name, const char *kind, const bx_str *items, uint32_t n) {
    if (n == 0)
        return;
    bx_buf_fmt(out, "<%s><rdf:%s>", name, kind);
    for (uint32_t i = 0; i < n; i++) {
        bx_buf_str(out, BX_STR("<rdf:li>"));
        bx_xml_text(out, items[i]);
        bx_buf_str(out, BX_STR("</rdf:li>"));
    }
    bx_buf_fmt(out, "</rdf:%s></%s>\n", kind, name);
}

/* A schema that PDF/A does not know is described in the file (ISO 19005-2, 6.6.2.3.3). */
typedef struct bx_schema {
    const char *schema, *uri, *prefix;
    struct {
        const char *name, *type, *category, *description;
    } properties[3];
} bx_schema;

static const bx_schema schemas[] = {
    {"PDF/UA identification",
     "http://www.aiim.org/pdfua/ns/id/",
     "pdfuaid",
     {{"part", "Integer", "internal", "Part of ISO 14289"}}},
    {"PRISM basic metadata",
     "http://prismstandard.org/namespaces/basic/2.0/",
     "prism",
     {{"publicationName", "Text", "external", "Name of the periodical"},
      {"number", "Text", "external", "Number of the issue"}}},
};

static void describe(bx_buf *out, const bx_schema *s) {
    bx_buf_fmt(out,
               "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>%s</pdfaSchema:schema>"
               "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>"
               "<pdfaSchema:prefix>%s</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\n",
               s->schema, s->uri, s->prefix);
    for (int i = 0; i < 3 && s->properties[i].name; i++)
        bx_buf_fmt(out,
                   "<rdf:li pdfaProperty:name=\"%s\" pdfaProperty:valueType=\"%s\""
                   " pdfaProperty:category=\"%s\" pdfaProperty:description=\"%s\"/>\n",
                   s->properties[i].name, s->properties[i].type, s->properties[i].category,
                   s->properties[i].description);
    bx_buf_str(out, BX_STR("</rdf:Seq></pdfaSchema:property></rdf:li>\n"));
}

static void extensions(bx_writer *w, bx_buf *out) {
    const bx_meta *meta = &w->pages->meta;
    bool ua = w->options->standards & BX_PDF_UA1, prism = meta->series.n || meta->number.n;
    if (!(w->options->standards & (BX_PDF_A2A | BX_PDF_A3A)) || !(ua || prism))
        return;
    bx_buf_str(out, BX_STR("<pdfaExtension:schemas><rdf:Bag>\n"));
    if (ua)
        describe(out, &schemas[0]);
    if (prism)
        describe(out, &schemas[1]);
    bx_buf_str(out, BX_STR("</rdf:Bag></pdfaExtension:schemas>\n"));
}

static void attributes(bx_writer *w, bx_buf *out) {
    const bx_meta *meta = &w->pages->meta;
    uint32_t standards = w->options->standards;
    bx_str date = xmp_date(w), hex = bx_digest_hex(w->arena, &w->options->identity);
    if (standards & (BX_PDF_A2A | BX_PDF_A3A)) {
        simple(out, "pdfaid:part", standards & BX_PDF_A3A ? BX_STR("3") : BX_STR("2"));
        simple(out, "pdfaid:conformance", BX_STR("A"));
    }
    if (standards & BX_PDF_UA1)
        simple(out, "pdfuaid:part", BX_STR("1"));
    simple(out, "dc:format", BX_STR("application/pdf"));
    simple(out, "dc:identifier", meta->identifier);
    simple(out, "pdf:Producer", w->options->producer);
    simple(out, "pdf:Keywords", joined(w->arena, meta->keywords, meta->n_keywords));
    simple(out, "xmp:CreatorTool", w->options->producer);
    simple(out, "xmp:CreateDate", date);
    simple(out, "xmp:ModifyDate", date);
    simple(out, "xmp:MetadataDate", date);
    simple(out, "xmpMM:DocumentID", bx_str_fmt(w->arena, "uuid:%.32s", hex.p));
    simple(out, "xmpMM:InstanceID", bx_str_fmt(w->arena, "uuid:%.32s", hex.p + 32));
    simple(out, "prism:publicationName", meta->series);
    simple(out, "prism:number", meta->number);
}

static void elements(bx_writer *w, bx_buf *out) {
    const bx_meta *meta = &w->pages->meta;
    alternative(out, "dc:title", title_of(meta));
    /* One name, as Info has it, so that the two agree. */
    bx_str authors = joined(w->arena, meta->authors, meta->n_authors);
    list(out, "dc:creator", "Seq", &authors, authors.n > 0);
    alternative(out, "dc:description", meta->subject);
    list(out, "dc:subject", "Bag", meta->keywords, meta->n_keywords);
    list(out, "dc:language", "Bag", &meta->lang, meta->lang.n > 0);
    list(out, "dc:publisher", "Bag", &meta->publisher, meta->publisher.n > 0);
    extensions(w, out);
}

void bx_pdf_metadata(bx_writer *w) {
    bx_buf out = bx_buf_new(w->arena);
    bx_buf_str(&out, BX_STR("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                            "<rdf:Description rdf:about=\"\""
                            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                            " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
                            " xmlns:prism=\"http://prismstandard.org/namespaces/basic/2.0/\""
                            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                            " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                            " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                            " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                            " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\""));
    attributes(w, &out);
    bx_buf_str(&out, BX_STR(">\n"));
    elements(w, &out);
    bx_buf_str(&out, BX_STR("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"));
    bx_obj *obj = bx_store_add(w->store);
    bx_obj_name(obj, "Type", "Metadata");
    bx_obj_name(obj, "Subtype", "XML");
    /* Left uncompressed: programs that know no PDF look for the packet in the bytes. */
    bx_obj_stream(obj, bx_buf_view(&out), BX_PACK_NONE);
    bx_obj_ref(w->catalog, "Metadata", obj);
}

void bx_pdf_output_intent(bx_writer *w) {
    bx_obj *profile = bx_store_add(w->store);
    bx_obj_int(profile, "N", 3);
    bx_obj_stream(profile, bx_srgb_profile, BX_PACK_DEFLATE);
    bx_buf_fmt(bx_obj_raw(w->catalog),
               "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier"
               "(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %u 0 R>>]",
               bx_obj_number(profile));
}
