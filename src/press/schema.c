#include "press/press.h"

#include "issue/schema.h"
#include "style/read.h"

typedef struct request {
    bx_schema schema;
    bx_write write;
    void *user;
} request;

static bx_status write_schema(bx_job *job, void *arguments) {
    const request *r = arguments;
    bx_buf out = bx_buf_new(job->arena);
    if (r->schema == BX_SCHEMA_ISSUE)
        bx_issue_schema(&out);
    else
        bx_layout_schema(&out);
    return r->write(r->user, out.p, out.n) ? BX_OK : BX_EIO;
}

bx_status bx_job_schema(bx_job *job, bx_schema schema, bx_write write, void *user) {
    return bx_job_run(job, write_schema, &(request){schema, write, user});
}
