/* The whole: bytes of an issue become a PDF. YAML when they begin with a key, else Markdown. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    bx_job_options options = {.limits = fuzz_limits};
    bx_job *job;
    if (size > 50000 || bx_job_open(fuzz_press(), &options, &job) != BX_OK)
        return 0;
    if (bx_job_read(job, "issue", data, size) == BX_OK)
        bx_job_build(job, fuzz_discard, NULL);
    bx_diagnostic d;
    for (size_t i = 0; bx_job_diagnostic(job, i, &d); i++) {
    }
    bx_job_close(job);
    return 0;
}
