#include "html.h"

static void escaped(bx_buf *out, bx_str s) {
    for (uint32_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '<':
            bx_buf_str(out, BX_STR("&lt;"));
            break;
        case '>':
            bx_buf_str(out, BX_STR("&gt;"));
            break;
        case '&':
            bx_buf_str(out, BX_STR("&amp;"));
            break;
        case '"':
            bx_buf_str(out, BX_STR("&quot;"));
            break;
        default:
            bx_buf_char(out, s.p[i]);
        }
    }
}

static void address(bx_buf *out, bx_str s) {
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
                     (c && strchr("-_.+!*(),%#@?=;:/$~", c));
        if (c == '&')
            bx_buf_str(out, BX_STR("&amp;"));
        else if (c == '\'')
            bx_buf_str(out, BX_STR("&#x27;"));
        else if (plain)
            bx_buf_char(out, c);
        else
            bx_buf_fmt(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static void attribute(bx_buf *out, const char *name, bx_str value) {
    if (!value.n)
        return;
    bx_buf_fmt(out, " %s=\"", name);
    escaped(out, value);
    bx_buf_char(out, '"');
}

static void line(bx_buf *out) {
    if (out->n && out->p[out->n - 1] != '\n')
        bx_buf_char(out, '\n');
}

static void write_node(bx_buf *out, const bx_node *n);

static void children(bx_buf *out, const bx_node *n) {
    for (const bx_node *c = n->first; c; c = c->next)
        write_node(out, c);
}

static void inside(bx_buf *out, const bx_node *n, const char *tag) {
    bx_buf_fmt(out, "<%s>", tag);
    children(out, n);
    bx_buf_fmt(out, "</%s>", tag);
}

static void list(bx_buf *out, const bx_node *n) {
    line(out);
    if (n->number == BX_BULLETS)
        bx_buf_str(out, BX_STR("<ul>\n"));
    else if (n->number == 1)
        bx_buf_str(out, BX_STR("<ol>\n"));
    else
        bx_buf_fmt(out, "<ol start=\"%d\">\n", n->number);
    children(out, n);
    bx_buf_fmt(out, "</%s>\n", n->number == BX_BULLETS ? "ul" : "ol");
}

static void item(bx_buf *out, const bx_node *n) {
    line(out);
    bx_buf_str(out, BX_STR("<li>"));
    if (n->flags & BX_TASK)
        bx_buf_fmt(out, "<input type=\"checkbox\" %sdisabled=\"\" /> ",
                   n->flags & BX_TASK_DONE ? "checked=\"\" " : "");
    children(out, n);
    bx_buf_str(out, BX_STR("</li>\n"));
}

static void paragraph(bx_buf *out, const bx_node *n) {
    const bx_node *list = n->parent && n->parent->kind == BX_NODE_ITEM ? n->parent->parent : NULL;
    if (list && list->flags & BX_LIST_TIGHT) {
        children(out, n);
        return;
    }
    line(out);
    inside(out, n, "p");
    bx_buf_char(out, '\n');
}

static void code_block(bx_buf *out, const bx_node *n) {
    line(out);
    bx_buf_str(out, BX_STR("<pre><code"));
    uint32_t word = 0;
    while (word < n->title.n && !strchr(" \t\n", n->title.p[word]))
        word++;
    if (word) {
        bx_buf_str(out, BX_STR(" class=\"language-"));
        escaped(out, bx_str_sub(n->title, 0, word));
        bx_buf_char(out, '"');
    }
    bx_buf_char(out, '>');
    escaped(out, n->text);
    bx_buf_str(out, BX_STR("</code></pre>\n"));
}

static void row(bx_buf *out, const bx_node *n) {
    bool head = n->flags & BX_HEAD;
    line(out);
    if (head)
        bx_buf_str(out, BX_STR("<thead>\n"));
    bx_buf_str(out, BX_STR("<tr>\n"));
    for (const bx_node *cell = n->first; cell; cell = cell->next) {
        static const char *const aligns[] = {"", " align=\"left\"", " align=\"center\"",
                                             " align=\"right\""};
        bx_buf_fmt(out, "<t%c%s>", head ? 'h' : 'd', aligns[cell->number]);
        children(out, cell);
        bx_buf_fmt(out, "</t%c>\n", head ? 'h' : 'd');
    }
    bx_buf_str(out, BX_STR("</tr>\n"));
    if (head)
        bx_buf_str(out, BX_STR("</thead>\n"));
    if (head && n->next)
        bx_buf_str(out, BX_STR("<tbody>\n"));
    if (!head && !n->next)
        bx_buf_str(out, BX_STR("</tbody>\n"));
}

static void link(bx_buf *out, const bx_node *n) {
    bx_buf_str(out, BX_STR("<a href=\""));
    address(out, n->url);
    bx_buf_char(out, '"');
    attribute(out, "title", n->title);
    bx_buf_char(out, '>');
    children(out, n);
    bx_buf_str(out, BX_STR("</a>"));
}

static void image(bx_buf *out, const bx_node *n) {
    bx_buf_str(out, BX_STR("<img src=\""));
    address(out, n->url);
    bx_buf_str(out, BX_STR("\" alt=\""));
    escaped(out, n->text);
    bx_buf_char(out, '"');
    attribute(out, "title", n->title);
    bx_buf_str(out, BX_STR(" />"));
}

static void write_node(bx_buf *out, const bx_node *n) {
    switch (n->kind) {
    case BX_NODE_PARAGRAPH:
        paragraph(out, n);
        break;
    case BX_NODE_HEADING:
        line(out);
        inside(out, n, (const char *const[]){"h1", "h2", "h3", "h4", "h5", "h6"}[n->number - 1]);
        bx_buf_char(out, '\n');
        break;
    case BX_NODE_LIST:
        list(out, n);
        break;
    case BX_NODE_ITEM:
        item(out, n);
        break;
    case BX_NODE_QUOTE:
        line(out);
        bx_buf_str(out, BX_STR("<blockquote>\n"));
        children(out, n);
        line(out);
        bx_buf_str(out, BX_STR("</blockquote>\n"));
        break;
    case BX_NODE_CODE_BLOCK:
        code_block(out, n);
        break;
    case BX_NODE_BREAK:
        line(out);
        bx_buf_str(out, BX_STR("<hr />\n"));
        break;
    case BX_NODE_TABLE:
        line(out);
        bx_buf_str(out, BX_STR("<table>\n"));
        children(out, n);
        bx_buf_str(out, BX_STR("</table>\n"));
        break;
    case BX_NODE_ROW:
        row(out, n);
        break;
    case BX_NODE_TEXT:
        escaped(out, n->text);
        break;
    case BX_NODE_SOFT_BREAK:
        bx_buf_char(out, '\n');
        break;
    case BX_NODE_LINE_BREAK:
        bx_buf_str(out, BX_STR("<br />\n"));
        break;
    case BX_NODE_CODE:
        bx_buf_str(out, BX_STR("<code>"));
        escaped(out, n->text);
        bx_buf_str(out, BX_STR("</code>"));
        break;
    case BX_NODE_STRONG:
        inside(out, n, "strong");
        break;
    case BX_NODE_EMPH:
        inside(out, n, "em");
        break;
    case BX_NODE_STRIKE:
        inside(out, n, "del");
        break;
    case BX_NODE_LINK:
        link(out, n);
        break;
    case BX_NODE_IMAGE:
        image(out, n);
        break;
    default:
        children(out, n);
    }
}

void bx_node_html(bx_buf *out, const bx_node *root) { write_node(out, root); }
