/* Blocks that need no fonts, and spaces to set them in. */
#ifndef BX_TESTS_COMPOSE_DESK_H
#define BX_TESTS_COMPOSE_DESK_H

#include "compose/composer.h"
#include "compose/stack.h"

enum { PAGE = 100 * BX_PT, GRID = 10 * BX_PT };

typedef struct desk {
    bx_memory memory;
    bx_style style;
    bx_composer c;
} desk;

void open_desk(desk *d);
void close_desk(desk *d);

/* n lines of a height, each a rectangle whose width is its number: what a test looks for on pages.
 */
typedef struct lines {
    bx_block base;
    uint32_t n, first, least; /* least: at a foot and at a head */
    bx_len pitch;
} lines;

lines *add_lines(desk *d, bx_stack *stack, uint32_t first, uint32_t n, int pitch);

/* One unbreakable block with a number. */
bx_block *add_solid(desk *d, bx_stack *stack, uint32_t id, int height);

typedef struct seen {
    uint32_t id;
    bx_len y;
} seen;

typedef struct page {
    seen at[256];
    uint32_t n;
    bx_len h;
} page;

/* Adds what stands in a frame, that itself at y. */
void look(const bx_frame *frame, bx_len y, page *p);

bx_space page_space(void);

/* Pages until the block has ended; fails when it does not. */
uint32_t paginate(desk *d, bx_block *block, page *pages, uint32_t most);

/* "1 2 | 3": ids page by page. */
void assert_pages(desk *d, bx_block *block, const char *wanted);
/* The same of pages that were filled already. */
void assert_ids(desk *d, const page *pages, uint32_t n, const char *wanted);

#endif
