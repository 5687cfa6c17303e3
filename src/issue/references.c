#include "issue/reader.h"

void bx_finish_references(bx_reader *r) {
    bx_map ids = bx_map_new(r->arena);
    for (uint32_t i = 0; i < r->issue->n_references; i++) {
        bx_reference *ref = &r->issue->references[i];
        if (!ref->number)
            ref->number = i + 1;
        if (!ref->title.inlines && !ref->text.inlines && !ref->url.n && ref->span.source) {
            bx_say(r->report, BX_D_MISSING_KEY, ref->span,
                   "this reference has neither title nor text nor url");
            bx_hint(r->report, "Add title:");
        }
        if (!ref->id.n)
            continue;
        if (bx_map_get(&ids, ref->id)) {
            bx_say(r->report, BX_D_DUPLICATE_ID, ref->span, "two references have the id “%.*s”",
                   BX_STR_ARG(ref->id));
            bx_hint(r->report, "Give each its own");
        } else {
            *bx_map_put(&ids, ref->id) = ref;
        }
    }
    for (uint32_t i = 0; i < r->issue->n_references; i++) {
        bx_reference *ref = &r->issue->references[i];
        if (!ref->id.n) {
            bx_str id = bx_str_fmt(r->arena, "ref-%u", ref->number);
            while (bx_map_get(&ids, id))
                id = bx_str_fmt(r->arena, "%.*sx", BX_STR_ARG(id));
            ref->id = id;
            *bx_map_put(&ids, id) = ref;
        }
    }
}
