/* What a job's pages were made from, as a record; and those files, to be attached. */
#include "press/made_from.h"

#include "base/map.h"
#include "input/markdown.h"

#include <libdeflate.h>
#include <unicode/uversion.h>

void bx_job_libraries(bx_job *job, bx_record *record) {
    UVersionInfo numbers;
    char icu[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(numbers);
    u_versionToString(numbers, icu);
    const struct {
        const char *name, *version;
    } libraries[] = {
        {"cmark-gfm", bx_markdown_library_version()},
        {"HarfBuzz", bx_font_library_version()},
        {"ICU", icu},
        {"libdeflate", LIBDEFLATE_VERSION_STRING},
    };
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        bx_push(job->arena, &record->libraries,
                bx_str_fmt(job->arena, "%s %s", libraries[i].name, libraries[i].version));
}

static void add_face(bx_job *job, bx_record *record, const bx_face *face) {
    const bx_face_info *info = bx_face_get(face);
    for (uint32_t i = 0; i < record->fonts.n; i++)
        if (bx_str_eq(record->fonts.at[i].name, info->postscript_name))
            return;
    bx_record_font font = {
        .name = info->postscript_name,
        .version = bx_face_version(face, job->arena),
        .content = bx_str_fmt(job->arena, "%016llx", (unsigned long long)info->content),
    };
    bx_push(job->arena, &record->fonts, font);
}

static void add_faces(bx_job *job, bx_record *record, const bx_frame *frame) {
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME)
            add_faces(job, record, item->frame);
        else if (item->kind == BX_ITEM_IMAGE && item->picture.image->drawing)
            add_faces(job, record, item->picture.image->drawing);
        else if (item->kind == BX_ITEM_GLYPHS)
            for (uint32_t k = 0; k <= item->more; k++)
                if (item->run[k].n > 0)
                    add_face(job, record, item->run[k].face);
    }
}

bx_str bx_job_layout_name(const bx_job *job, bx_str path) {
    bx_str folder = bx_path_folder(path), name = bx_path_name(folder);
    bx_str above = bx_path_folder(folder);
    if (job->given) /* the name that the record has */
        return name;
    for (uint32_t i = 0; i < job->press->n_layout_folders; i++) {
        bx_str searched = job->press->layout_folders[i];
        bool slash = searched.n > 1 && bx_str_ends(searched, BX_STR("/"));
        if (bx_str_eq(bx_str_sub(searched, 0, searched.n - slash), above))
            return name;
    }
    return BX_STR("layout");
}

/* The layouts' folders, by names that are the same on every machine, with a number where two are
 * called alike. */
static bx_str layout_folder(bx_job *job, const bx_record *record, bx_str path) {
    bx_str name = bx_job_layout_name(job, path);
    uint32_t alike = 1;
    for (uint32_t i = 0; i < record->files.n; i++)
        alike += record->files.at[i].role == BX_FILE_LAYOUT &&
                 bx_str_eq(bx_path_folder(record->files.at[i].as), name);
    return alike == 1 ? name : bx_str_fmt(job->arena, "%.*s-%u", BX_STR_ARG(name), alike);
}

static void add_layouts(bx_job *job, bx_record *record, bx_str *folders) {
    for (uint32_t i = job->layout_sources[0]; i < job->layout_sources[1]; i++) {
        const bx_source *source = bx_sources_get(job->sources, i);
        bx_str folder = layout_folder(job, record, source->name);
        bx_str as = bx_str_fmt(job->arena, "%.*s/%.*s", BX_STR_ARG(folder),
                               BX_STR_ARG(bx_path_name(source->name)));
        bx_str name = bx_str_fmt(job->arena, "%.*s.%.*s", BX_STR_ARG(folder),
                                 BX_STR_ARG(bx_path_name(source->name)));
        folders[i - job->layout_sources[0]] = folder;
        bx_record_add(job->arena, record, BX_FILE_LAYOUT, as, name, source->bytes);
    }
}

/* A picture of a layout is asked for by its path, which begins with the folder of the layout that
 * names it. */
static bx_str picture_of_layout(bx_job *job, const bx_str *folders,
                                const bx_picture_read *picture) {
    bx_str own = bx_sources_get(job->sources, picture->layout)->name;
    bx_str rest = bx_str_sub(picture->path, bx_path_folder(own).n, picture->path.n);
    while (rest.n && rest.p[0] == '/')
        rest = bx_str_sub(rest, 1, rest.n);
    return bx_str_fmt(job->arena, "%.*s/%.*s",
                      BX_STR_ARG(folders[picture->layout - job->layout_sources[0]]),
                      BX_STR_ARG(rest));
}

static void add_pictures(bx_job *job, bx_record *record, const bx_str *folders) {
    for (uint32_t i = 0; i < job->pictures.n; i++) {
        const bx_picture_read *picture = &job->pictures.at[i];
        bx_str as = picture->path;
        if (picture->layout)
            as = picture_of_layout(job, folders, picture);
        bx_record_add(job->arena, record,
                      picture->layout ? BX_FILE_LAYOUT_PICTURE : BX_FILE_PICTURE, as, as,
                      picture->bytes);
    }
}

const bx_record *bx_job_record(bx_job *job) {
    bx_record *record = bx_new(job->arena, bx_record);
    record->program = bx_str_fmt(job->arena, "Banxin %s", bx_version());
    record->standards = bx_standards_text(job->arena, job->standards);
    record->has_created = job->has_created;
    record->created = job->created;
    bx_job_libraries(job, record);
    for (uint32_t i = 0; i < job->n_settings; i++)
        bx_push(job->arena, &record->settings, job->settings[i]);
    for (uint32_t i = 0; i < job->pages->list.n; i++)
        add_faces(job, record, job->pages->list.at[i].frame);
    bx_str path = bx_path_name(job->issue_options.path);
    bx_str bytes = bx_sources_get(job->sources, job->issue->source)->bytes;
    bx_record_add(job->arena, record, BX_FILE_ISSUE, path,
                  bx_str_is(path, "-") ? BX_STR("issue") : path, bytes);
    bx_str *folders =
        bx_new_n(job->arena, bx_str, job->layout_sources[1] - job->layout_sources[0] + 1);
    add_layouts(job, record, folders);
    add_pictures(job, record, folders);
    return record;
}

static bx_str mime_of(bx_str name) {
    static const struct {
        const char *end, *mime;
    } kinds[] = {
        {".md", "text/markdown"},     {".markdown", "text/markdown"}, {".yaml", "application/yaml"},
        {".yml", "application/yaml"}, {".json", "application/json"},  {".png", "image/png"},
        {".jpg", "image/jpeg"},       {".jpeg", "image/jpeg"},        {".svg", "image/svg+xml"},
        {".webp", "image/webp"},      {".avif", "image/avif"},        {".gif", "image/gif"},
        {".txt", "text/plain"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (bx_str_ends(name, bx_str_of(kinds[i].end)))
            return bx_str_of(kinds[i].mime);
    return BX_STR("application/octet-stream");
}

const bx_attachment *bx_record_attachments(bx_arena *arena, const bx_record *record, bx_str text,
                                           uint32_t *n) {
    static const char *const what[] = {"The issue that this file was made from",
                                       "A layout that this file was made with",
                                       "A picture of the issue", "A picture of a layout"};
    bx_attachment *list = bx_new_n(arena, bx_attachment, record->files.n + 1);
    list[0] = (bx_attachment){.name = BX_STR(BX_RECORD_NAME),
                              .mime = BX_STR("application/json"),
                              .description = BX_STR("What this file was made from"),
                              .bytes = text,
                              .relationship = "Data",
                              .plain = true};
    for (uint32_t i = 0; i < record->files.n; i++)
        list[i + 1] = (bx_attachment){.name = record->files.at[i].name,
                                      .mime = mime_of(record->files.at[i].name),
                                      .description = bx_str_of(what[record->files.at[i].role]),
                                      .bytes = record->files.at[i].bytes};
    *n = record->files.n + 1;
    return list;
}
