/* One document with everything that the writer knows: each kind of text, picture, link and tag. */
#include "pdf/sheet.h"

#include <stdio.h>

static const bx_color black = {0, 0, 0, true}, blue = {15, 61, 115, true}, none = {0, 0, 0, false},
                      pale = {230, 238, 246, true};

static void front(sheet *s) {
    sheet_page(s, 420, 595, "");
    sheet_rect(s, BX_ARTIFACT, 0, 0, 420, 60, 0, blue, none, 0);
    uint32_t title = sheet_tag(s, 1, BX_TAG_TITLE);
    sheet_style(s, "hei", 700, false, blue);
    sheet_text(s, title, 24, 40, 120, "技术每日分析 Daily");
    sheet_style(s, "song", 400, false, black);
    uint32_t lead = sheet_tag(s, 1, BX_TAG_P);
    sheet_rect(s, BX_ARTIFACT, 40, 150, 340, 80, 6, pale, blue, 0.5);
    sheet_lines(s, lead, 10.5, 48, 170, "摘要：本周产量稳步上升，“效率”与 OpenAI 的 fi 接口——",
                "温度 25℃……第107期，共 3 页。", 300);
    uint32_t toc = sheet_tag(s, 1, BX_TAG_TOC), toci = sheet_tag(s, toc, BX_TAG_TOCI);
    uint32_t reference = sheet_tag(s, toci, BX_TAG_REFERENCE);
    uint32_t link = sheet_tag(s, reference, BX_TAG_LINK);
    sheet_text(s, link, 10.5, 40, 270, "一、第一节");
    sheet_text(s, BX_ARTIFACT, 10.5, 140, 270, "…………");
    sheet_text(s, link, 10.5, 370, 270, "2");
    sheet_link(s, link, 40, 260, 340, 14, NULL, "第一节", "一、第一节，第 2 页");
}

static void words(sheet *s) {
    sheet_page(s, 420, 595, "1");
    sheet_text(s, BX_ARTIFACT, 8, 40, 30, "AI 技术每日分析 · 2026-04-17");
    uint32_t sect = sheet_tag(s, 1, BX_TAG_SECT);
    uint32_t h1 = sheet_tag(s, sect, BX_TAG_H1);
    sheet_anchor(s, "第一节", 60);
    sheet_outline(s, 1, "一、第一节", "第一节");
    sheet_style(s, "hei", 700, false, blue);
    sheet_text(s, h1, 16, 40, 76, "一、第一节");
    sheet_style(s, "song", 400, false, black);
    uint32_t p = sheet_tag(s, sect, BX_TAG_P);
    double x = 40 + sheet_text(s, p, 10.5, 40, 100, "正文里有");
    uint32_t strong = sheet_tag(s, p, BX_TAG_STRONG);
    sheet_style(s, "song", 700, false, black);
    x += sheet_text(s, strong, 10.5, x, 100, "粗体");
    sheet_style(s, "song", 400, false, black);
    x += sheet_text(s, p, 10.5, x, 100, "，有");
    uint32_t link = sheet_tag(s, p, BX_TAG_LINK);
    sheet_style(s, "song", 400, false, blue);
    double w = sheet_text(s, link, 10.5, x, 100, "连接");
    sheet_link(s, link, x, 90, w, 13, "https://example.org/路径?q=(a)", NULL, "例子网站");
    sheet_style(s, "song", 400, false, black);
    x += w;
    sheet_text(s, p, 10.5, x, 100, "，也有楷体。");
    sheet_style(s, "kai", 400, false, black);
    sheet_text(s, sheet_tag(s, sect, BX_TAG_P), 10.5, 40, 118, "楷体一行\n接着");
    sheet_style(s, "song", 400, true, black);
    uint32_t em = sheet_tag(s, sheet_tag(s, sect, BX_TAG_P), BX_TAG_EM);
    bx_tags_at(s->pages->tags, em)->lang = BX_STR("en");
    w = sheet_text(s, em, 10.5, 40, 136, "An italic office affair, hy");
    sheet_hyphen(s, em, 10.5, 40 + w, 136);
    sheet_text(s, em, 10.5, 40, 154, "phenated cafe\xCC\x81");
    sheet_style(s, "song", 400, false, black);
    uint32_t odd = sheet_tag(s, sect, BX_TAG_P);
    sheet_text(s, odd, 12, 40, 180, "👍🏽 和 👨‍👩‍👧‍👦 完");
    odd = sheet_tag(s, sect, BX_TAG_P);
    sheet_text(s, odd, 12, 40, 200, "𠮷野家 \xF3\xB0\x80\x80 缺字");
    uint32_t arabic = sheet_tag(s, sect, BX_TAG_P);
    bx_tags_at(s->pages->tags, arabic)->lang = BX_STR("ar");
    sheet_text(s, arabic, 12, 40, 225, "السلام عليكم");
    sheet_style(s, "mono", 400, false, black);
    uint32_t code = sheet_tag(s, sect, BX_TAG_CODE_BLOCK);
    sheet_text(s, code, 9, 40, 250, "for (int i = 0; i < 8; i++) \\(a)");
    sheet_style(s, "song", 400, false, black);
}

static void list(sheet *s, uint32_t sect) {
    uint32_t l = sheet_tag(s, sect, BX_TAG_L);
    bx_tags_at(s->pages->tags, l)->list = "Decimal";
    for (int i = 0; i < 2; i++) {
        uint32_t li = sheet_tag(s, l, BX_TAG_LI);
        sheet_text(s, sheet_tag(s, li, BX_TAG_LBL), 10.5, 40, 300 + 18 * i, i ? "2." : "1.");
        uint32_t body = sheet_tag(s, li, BX_TAG_LBODY);
        sheet_text(s, sheet_tag(s, body, BX_TAG_P), 10.5, 60, 300 + 18 * i, "条目文字");
    }
}

static void table(sheet *s, uint32_t sect) {
    static const char *const cells[3][2] = {{"名称", "数量"}, {"甲", "12"}, {"乙", ""}};
    uint32_t t = sheet_tag(s, sect, BX_TAG_TABLE), heads[2] = {0, 0};
    uint32_t groups[2] = {sheet_tag(s, t, BX_TAG_THEAD), sheet_tag(s, t, BX_TAG_TBODY)};
    for (int r = 0; r < 3; r++) {
        uint32_t tr = sheet_tag(s, groups[r > 0], BX_TAG_TR);
        for (int c = 0; c < 2; c++) {
            uint32_t cell = sheet_tag(s, tr, r ? BX_TAG_TD : BX_TAG_TH);
            bx_tag *tag = bx_tags_at(s->pages->tags, cell);
            if (r == 0) {
                tag->scope = BX_SCOPE_COLUMN;
                heads[c] = cell;
            } else {
                tag->headers[0] = heads[c];
            }
            sheet_text(s, cell, 10.5, 40 + 80 * c, 60 + 20 * r, cells[r][c]);
        }
        sheet_rect(s, BX_ARTIFACT, 40, 64 + 20 * r, 160, 0.5, 0, black, none, 0);
    }
}

static const bx_path *zigzag(sheet *s) {
    bx_path *path = bx_new(s->arena, bx_path);
    path->n = 4;
    path->ops = bx_new_n(s->arena, bx_path_op, 4);
    path->ops[0] = (bx_path_op){BX_MOVE, {0}, {0}};
    path->ops[1] = (bx_path_op){BX_LINE, {30 * BX_PT}, {10 * BX_PT}};
    path->ops[2] =
        (bx_path_op){BX_CURVE, {30 * BX_PT, 10 * BX_PT, 0}, {30 * BX_PT, 30 * BX_PT, 30 * BX_PT}};
    path->ops[3] = (bx_path_op){.verb = BX_CLOSE};
    path->fill = pale;
    path->stroke = blue;
    path->weight = BX_PT;
    path->dash[0] = path->dash[1] = 2 * BX_PT;
    return path;
}

static void figures(sheet *s, uint32_t sect) {
    static const int kinds[] = {1, 3, 'a', 'p', 16, 3};
    for (int i = 0; i < 6; i++) {
        uint32_t figure = sheet_tag(s, sect, BX_TAG_FIGURE);
        bx_tags_at(s->pages->tags, figure)->alt = BX_STR("一幅试验图");
        sheet_image(s, figure, 40 + 50 * i, 140, 40, 30, sheet_picture(s, kinds[i], 40, 30));
    }
    uint32_t figure = sheet_tag(s, sect, BX_TAG_FIGURE);
    bx_tags_at(s->pages->tags, figure)->alt = BX_STR("矢量图");
    bx_frame *drawing = bx_frame_new(s->arena, 100 * BX_PT, 50 * BX_PT), *page = s->frame;
    s->frame = drawing;
    sheet_item(s, 0, 5, 5, (bx_item){.kind = BX_ITEM_PATH, .path = zigzag(s)});
    sheet_text(s, 0, 12, 40, 30, "图中字");
    s->frame = page;
    bx_image *vector = bx_new(s->arena, bx_image);
    *vector = (bx_image){.kind = BX_IMAGE_VECTOR, .drawing = drawing};
    sheet_image(s, figure, 40, 180, 200, 100, vector);
    uint32_t caption = sheet_tag(s, sect, BX_TAG_CAPTION);
    sheet_text(s, caption, 9, 40, 295, "图 1");
    sheet_item(s, BX_ARTIFACT, 300, 200, (bx_item){.kind = BX_ITEM_PATH, .path = zigzag(s)});
}

sheet *sample_sheet(void) {
    sheet *s = sheet_new("zh-Hans");
    bx_meta *meta = &s->pages->meta;
    meta->title = BX_STR("技术每日分析 <107> & 更多");
    meta->series = BX_STR("技术每日分析");
    meta->number = BX_STR("107");
    meta->subject = BX_STR("试验");
    meta->publisher = BX_STR("委员会");
    meta->authors = bx_new_n(s->arena, bx_str, 2);
    meta->authors[0] = BX_STR("Ada & <Bo>");
    meta->authors[1] = BX_STR("李 \"四\"");
    meta->n_authors = 2;
    meta->keywords = bx_new_n(s->arena, bx_str, 2);
    meta->keywords[0] = BX_STR("人工智能");
    meta->keywords[1] = BX_STR("chips");
    meta->n_keywords = 2;
    front(s);
    words(s);
    uint32_t sect = sheet_tag(s, 1, BX_TAG_SECT);
    sheet_outline(s, 2, "一之二", "第一节");
    list(s, sect);
    uint32_t broken = sheet_tag(s, sect, BX_TAG_P);
    sheet_text(s, broken, 10.5, 40, 560, "这段文字跨页，上半");
    sheet_page(s, 420, 595, "2");
    sheet_text(s, broken, 10.5, 40, 30, "下半在此。");
    table(s, sect);
    figures(s, sect);
    uint32_t note = sheet_tag(s, sect, BX_TAG_NOTE);
    sheet_text(s, note, 8, 40, 500, "1 脚注文字。");
    uint32_t ruby = sheet_tag(s, sheet_tag(s, sect, BX_TAG_P), BX_TAG_RUBY);
    uint32_t rb = sheet_tag(s, ruby, BX_TAG_RB), rt = sheet_tag(s, ruby, BX_TAG_RT);
    sheet_text(s, rb, 10.5, 40, 530, "漢字");
    sheet_text(s, rt, 5, 42, 518, "hànzì");
    sheet_anchor(s, "end", 540);
    sheet_link(s, BX_ARTIFACT, 40, 540, 60, 14, NULL, "end", "");
    sheet_outline(s, 1, "二、完", "end");
    return s;
}

sheet *long_sheet(void) {
    enum { PAGES = 70 };
    sheet *s = sheet_new("en");
    char name[16], label[16], next[16];
    for (int i = 0; i < PAGES; i++) {
        snprintf(name, sizeof name, "s%d", i);
        snprintf(next, sizeof next, "s%d", (i + 7) % PAGES);
        snprintf(label, sizeof label, i < 2 ? (i ? "ii" : "i") : "%d", i - 1);
        const char *kept = bx_cstr(s->arena, bx_str_of(name));
        sheet_page(s, 300, 300, bx_cstr(s->arena, bx_str_of(label)));
        uint32_t sect = sheet_tag(s, 1, BX_TAG_SECT);
        sheet_text(s, sheet_tag(s, sect, BX_TAG_H1), 14, 20, 40, kept);
        sheet_anchor(s, kept, 20);
        sheet_outline(s, 1 + i % 3, kept, kept);
        for (int k = 0; k < 12; k++) {
            uint32_t p = sheet_tag(s, sect, BX_TAG_P), link = sheet_tag(s, p, BX_TAG_LINK);
            double w = sheet_text(s, p, 9, 20, 60 + 14 * k, "A line and a ");
            sheet_text(s, link, 9, 20 + w, 60 + 14 * k, "link");
            sheet_link(s, link, 20 + w, 52 + 14 * k, 18, 10, NULL,
                       bx_cstr(s->arena, bx_str_of(next)), "Another page");
        }
    }
    return s;
}

sheet *turned_sheet(void) {
    static const char greys[] = "\x10\x50\xA0\xF0"; /* A B above C D */
    sheet *s = sheet_new("en");
    sheet_page(s, 160, 20, "1");
    for (int i = 0; i < 8; i++) {
        bx_image *image = bx_new(s->arena, bx_image);
        *image = (bx_image){.width = 2, .height = 2, .components = 1, .bits = 8};
        image->kind = BX_IMAGE_RASTER;
        image->orientation = (uint8_t)(i + 1);
        image->bytes = (bx_str){greys, 4};
        sheet_image(s, BX_ARTIFACT, 20 * i, 0, 20, 20, image);
    }
    return s;
}
