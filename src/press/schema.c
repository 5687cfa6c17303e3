#include "press/press.h"

#include "issue/schema.h"
#include "style/read.h"

static bool make_schema(bx_schema schema, bx_memory *memory, bx_buf *out) {
    jmp_buf trap;
    if (setjmp(trap))
        return false;
    memory->trap = &trap;
    *out = bx_buf_new(bx_arena_new(memory));
    if (schema == BX_SCHEMA_ISSUE)
        bx_issue_schema(out);
    else
        bx_layout_schema(out);
    return true;
}

bx_status bx_write_schema(bx_schema schema, bx_write write, void *user) {
    bx_memory memory = {0};
    bx_buf out = {0};
    bool made = make_schema(schema, &memory, &out);
    bx_status status = !made                         ? BX_ENOMEM
                       : write(user, out.p, out.n) ? BX_OK
                                                   : BX_EIO;
    bx_arena_drop(out.arena);
    return status;
}
