#include "input/origin.h"

bx_origin bx_origin_plain(uint32_t source, uint32_t start, uint32_t end) {
    return (bx_origin){.source = source, .start = start, .end = end};
}

/* The last piece that starts at or before `at`; n > 0. */
static uint32_t piece_at(const bx_origin *o, uint32_t at) {
    uint32_t low = 0, high = o->n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (o->pieces[middle].text <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t clamp(const bx_origin *o, uint64_t at) {
    return at < o->start ? o->start : at > o->end ? o->end : (uint32_t)at;
}

uint32_t bx_origin_at(const bx_origin *o, uint32_t at) {
    if (!o->n)
        return clamp(o, (uint64_t)o->start + at);
    const bx_origin_piece *p = &o->pieces[piece_at(o, at)];
    if (at < p->text)
        return clamp(o, p->source);
    return clamp(o, (uint64_t)p->source + (at - p->text));
}

bx_span bx_origin_span(const bx_origin *o, uint32_t start, uint32_t end) {
    if (!o->source)
        return (bx_span){0};
    uint32_t from = bx_origin_at(o, start);
    if (end <= start)
        return (bx_span){o->source, from, from};
    /* The end is where the last byte stands, plus one: what was taken out after it is not covered.
     */
    uint32_t to = bx_origin_at(o, end - 1) + 1;
    if (to <= from)
        to = from + 1;
    return (bx_span){o->source, from, to > o->end ? o->end : to};
}

void bx_origin_add(bx_origin_builder *b, uint32_t text, uint32_t source) {
    if (b->list.n) {
        bx_origin_piece *last = &b->list.at[b->list.n - 1];
        if (source >= last->source && text - last->text == source - last->source)
            return; /* goes on as before */
        if (last->text == text) {
            last->source = source;
            return;
        }
    }
    bx_push(b->arena, &b->list, (bx_origin_piece){text, source});
}

bx_origin bx_origin_through(const bx_origin *outer, bx_origin_builder *b) {
    bx_origin out = *outer;
    if (!b->list.n)
        return out;
    if (!outer->n) {
        for (uint32_t i = 0; i < b->list.n; i++)
            b->list.at[i].source += outer->start;
        out.pieces = b->list.at;
        out.n = b->list.n;
        return out;
    }
    /* Each inner piece is cut at the outer pieces' borders that fall inside it. */
    bx_origin_builder cut = {.arena = b->arena};
    for (uint32_t i = 0; i < b->list.n; i++) {
        bx_origin_piece inner = b->list.at[i];
        uint32_t length = i + 1 < b->list.n ? b->list.at[i + 1].text - inner.text : UINT32_MAX;
        bx_origin_add(&cut, inner.text, bx_origin_at(outer, inner.source));
        for (uint32_t k = piece_at(outer, inner.source) + 1; k < outer->n; k++) {
            uint32_t ahead = outer->pieces[k].text - inner.source;
            if (outer->pieces[k].text <= inner.source)
                continue;
            if (ahead >= length)
                break;
            bx_origin_add(&cut, inner.text + ahead, outer->pieces[k].source);
        }
    }
    out.pieces = cut.list.at;
    out.n = cut.list.n;
    return out;
}
