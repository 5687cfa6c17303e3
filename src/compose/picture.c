#include "compose/picture.h"

#include "draw/qr.h"
#include "input/data_url.h"

const bx_image *bx_picture_load(bx_composer *c, bx_str path, bx_span asked) {
    if (!c->assets || !c->assets->image)
        return NULL;
    static const bx_image missing;
    void **known = bx_map_put(&c->pictures, path);
    if (!*known) {
        const bx_image *image = c->assets->image(c->assets->user, c->arena, path, asked, c->report);
        *known = (void *)(image ? image : &missing);
    }
    return *known == &missing ? NULL : *known;
}

static bx_str file_name(bx_str address) {
    if (bx_is_data_url(address))
        return bx_data_url_name(address);
    uint32_t end = 0;
    while (end < address.n && !strchr("?#", address.p[end]))
        end++;
    uint32_t start = end;
    while (start && address.p[start - 1] != '/')
        start--;
    return start < end ? bx_str_sub(address, start, end) : address;
}

bx_str bx_picture_words(const bx_node *image) {
    if (bx_str_trim(image->text).n)
        return image->text;
    return image->title.n ? image->title : file_name(image->url);
}

/* One word in ASCII says nothing to readers: image, screenshot_2, IMG-0012.png. */
static bool is_name(bx_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ' || (s.p[i] & 0x80))
            return false;
    return true;
}

bx_str bx_picture_caption(const bx_node *image) {
    if (image->title.n)
        return image->title;
    bx_str alt = bx_str_trim(image->text);
    return is_name(alt) ? (bx_str){0} : alt;
}

bool bx_picture_is_remote(const bx_node *image) {
    return bx_str_starts(image->url, BX_STR("http:")) ||
           bx_str_starts(image->url, BX_STR("https:"));
}

/* Its own size: what its resolution says, else 96 pixels an inch. */
static bx_len own_length(uint32_t pixels, uint32_t dpi) {
    return bx_muldiv((int64_t)pixels * 72, BX_PT, dpi >= 30 && dpi <= 2400 ? dpi : 96);
}

const bx_frame *bx_picture_frame(bx_composer *c, const bx_image *image, bx_len width, bx_len height,
                                 uint32_t tag) {
    bx_image_view view = bx_image_upright(image);
    int64_t pw = view.width ? view.width : 1, ph = view.height ? view.height : 1;
    bx_len w = width ? width : own_length(view.width, view.dpi_x);
    bx_len h = bx_muldiv(w, ph, pw);
    if (height && h > height) {
        h = height;
        w = bx_muldiv(h, pw, ph);
    }
    bx_frame *frame = bx_frame_new(c->out, w, h);
    bx_item item = {.kind = BX_ITEM_IMAGE, .tag = tag};
    item.picture.image = image;
    item.picture.w = w;
    item.picture.h = h;
    bx_frame_add(c->out, frame, item);
    return frame;
}

bx_len bx_picture_height(const bx_image *image) { return own_length(image->height, image->dpi_y); }

typedef struct fitted {
    bx_block base;
    const bx_image *image;
    bx_len greatest;
    uint32_t tag, link, link_tag;
} fitted;

static bx_fragment set_fitted(bx_composer *c, bx_block *block, bx_space space,
                              const bx_token *token) {
    (void)token;
    fitted *self = (fitted *)block;
    bx_len most = self->greatest ? bx_len_min(self->greatest, space.full) : space.full;
    bx_image_view view = bx_image_upright(self->image);
    bx_len w = bx_len_min(own_length(view.width, view.dpi_x), space.width);
    const bx_frame *picture = bx_picture_frame(c, self->image, w, most, self->tag);
    if (picture->h > space.height) {
        /* A third off is better than a hole where the page is nearly long enough. */
        if (!space.fresh && (int64_t)space.height * 3 < (int64_t)picture->h * 2)
            return (bx_fragment){0};
        picture = bx_picture_frame(c, self->image, w, bx_len_max(space.height, BX_PT), self->tag);
    }
    bx_frame *frame = bx_frame_new(c->out, space.width, picture->h);
    bx_len x = (space.width - picture->w) / 2;
    bx_frame_place(c->out, frame, picture, x, 0);
    if (self->link) {
        bx_link_item *link = bx_new(c->out, bx_link_item);
        *link = c->links.at[self->link];
        link->w = picture->w;
        link->h = picture->h;
        bx_frame_add(c->out, frame,
                     (bx_item){.kind = BX_ITEM_LINK, .tag = self->link_tag, .dx = x, .link = link});
    }
    return (bx_fragment){.frame = frame};
}

bx_block *bx_fitted_new(bx_composer *c, const bx_image *image, bx_len greatest, uint32_t tag,
                        uint32_t link, uint32_t link_tag) {
    static const bx_block_class fitted_class = {"picture", set_fitted, NULL};
    fitted *self = bx_new(c->blocks, fitted);
    self->base.class = &fitted_class;
    self->image = image;
    self->greatest = greatest;
    self->tag = tag;
    self->link = link;
    self->link_tag = link_tag;
    return &self->base;
}

static bool is_address(bx_str data) {
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (bx_str_starts(data, bx_str_of(schemes[i])))
            return true;
    }
    return false;
}

const bx_frame *bx_qr_frame(bx_composer *c, bx_str data, bx_len side, bx_span asked,
                            uint32_t parent_tag) {
    bx_qr_code code;
    bx_color ink = {0, 0, 0, true};
    if (!bx_qr_make(c->arena, data, side, ink, asked, c->report, &code))
        return NULL;
    bx_frame *frame = bx_frame_new(c->arena, code.side, code.side);
    uint32_t link_tag =
        is_address(data) ? bx_tags_add(c->tags, parent_tag, BX_TAG_LINK) : parent_tag;
    uint32_t tag = bx_tags_add(c->tags, link_tag, BX_TAG_FIGURE);
    bx_tags_at(c->tags, tag)->alt = bx_str_fmt(c->arena, "QR: %.*s", BX_STR_ARG(data));
    bx_frame_add(c->arena, frame, (bx_item){.kind = BX_ITEM_PATH, .tag = tag, .path = code.path});
    if (link_tag != parent_tag) {
        bx_link_item *link = bx_new(c->arena, bx_link_item);
        *link = (bx_link_item){.w = code.side, .h = code.side, .url = data, .title = data};
        bx_frame_add(c->arena, frame,
                     (bx_item){.kind = BX_ITEM_LINK, .tag = link_tag, .link = link});
    }
    return frame;
}
