#include "draw/qr.h"

#include <errno.h>
#include <qrencode.h>

enum { QUIET = 4 };

/* Directions, clockwise with y downward. */
enum { RIGHT, DOWN, LEFT, UP };
static const int step_x[] = {1, 0, -1, 0}, step_y[] = {0, 1, 0, -1};

typedef struct tracer {
    const unsigned char *cells; /* libqrencode: the lowest bit of each is 1 where dark */
    int n;
    uint8_t *seen; /* of each vertex: that the edge to its right was followed */
    bx_arena *arena;
    bx_len module;
    BX_VEC(bx_path_op) ops;
} tracer;

static bool dark(const tracer *t, int x, int y) {
    return x >= 0 && y >= 0 && x < t->n && y < t->n && (t->cells[y * t->n + x] & 1);
}

/* Whether an outline runs from the vertex in this direction: dark at its right hand, light at its
 * left. */
static bool edge(const tracer *t, int x, int y, int direction) {
    switch (direction) {
    case RIGHT:
        return dark(t, x, y) && !dark(t, x, y - 1);
    case DOWN:
        return dark(t, x - 1, y) && !dark(t, x, y);
    case LEFT:
        return dark(t, x - 1, y - 1) && !dark(t, x - 1, y);
    default:
        return dark(t, x, y - 1) && !dark(t, x - 1, y - 1);
    }
}

static void add(tracer *t, bx_path_verb verb, int x, int y) {
    bx_path_op op = {.verb = verb};
    op.x[0] = (x + QUIET) * t->module;
    op.y[0] = (y + QUIET) * t->module;
    bx_push(t->arena, &t->ops, op);
}

/* Follows one outline from the start of an edge to the right, back to it. Where two dark cells
 * touch at a corner it turns right, so that they stay apart. Corners alone are kept. */
static void trace(tracer *t, int x0, int y0) {
    int x = x0, y = y0, direction = RIGHT;
    add(t, BX_MOVE, x, y);
    do {
        if (direction == RIGHT)
            t->seen[y * (t->n + 1) + x] = 1;
        x += step_x[direction];
        y += step_y[direction];
        int turn = (direction + 1) % 4;
        if (!edge(t, x, y, turn))
            turn = edge(t, x, y, direction) ? direction : (direction + 3) % 4;
        if (turn != direction && (x != x0 || y != y0))
            add(t, BX_LINE, x, y);
        direction = turn;
    } while (x != x0 || y != y0 || direction != RIGHT);
    add(t, BX_CLOSE, x0, y0);
}

static void free_code(void *code) { QRcode_free(code); }

static QRcode *encode(bx_arena *arena, bx_str data, bx_span asked, bx_report *report) {
    if (!data.n) {
        bx_say(report, BX_D_BAD_VALUE, asked, "a QR code has nothing to say");
        return NULL;
    }
    QRcode *code = data.n > 2331 ? NULL
                                 : QRcode_encodeData((int)data.n, (const unsigned char *)data.p, 0,
                                                     QR_ECLEVEL_M);
    if (code)
        bx_defer(arena, free_code, code);
    else if (data.n <= 2331 && errno == ENOMEM)
        bx_out_of_memory(arena);
    else
        bx_say(report, BX_D_QR_TOO_LONG, asked,
               "%u bytes do not fit in a QR code, which holds 2331", data.n);
    return code;
}

bool bx_qr_make(bx_arena *arena, bx_str data, bx_len side, bx_color ink, bx_span asked,
                bx_report *report, bx_qr_code *out) {
    QRcode *code = encode(arena, data, asked, report);
    if (!code)
        return false;
    int n = code->width, modules = n + 2 * QUIET;
    tracer t = {.cells = code->data, .n = n, .arena = arena, .module = side / modules};
    t.seen = bx_alloc(arena, (size_t)(n + 1) * (size_t)(n + 1));
    for (int y = 0; y < n; y++)
        for (int x = 0; x < n; x++)
            if (edge(&t, x, y, RIGHT) && !t.seen[y * (n + 1) + x])
                trace(&t, x, y);
    bx_path *path = bx_new(arena, bx_path);
    path->ops = t.ops.at;
    path->n = t.ops.n;
    path->fill = ink;
    *out = (bx_qr_code){path, t.module * modules, t.module, (uint32_t)modules};
    return true;
}
