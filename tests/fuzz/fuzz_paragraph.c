/* A paragraph: the first three bytes choose how it is set, the rest is its text. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const langs[] = {"zh-Hans", "zh-Hant", "ja", "ko", "en", "ar", "zh-HK", "x"};
    static const char *const kinsoku[] = {"none", "basic", "gb", "strict"};
    static const char *const punctuation[] = {"quanjiao", "kaiming", "banjiao", "plain"};
    static const char *const aligns[] = {"justify", "start"};
    if (size < 3 || size > 20000)
        return 0;
    bx_specimen s = BX_SPECIMEN;
    s.measure = data[0] == 255 ? BX_NO_LIMIT : data[0] * 256;
    s.lang = langs[data[1] & 7];
    s.kinsoku = kinsoku[data[1] >> 3 & 3];
    s.punctuation = punctuation[data[1] >> 5 & 3];
    s.align = aligns[data[1] >> 7];
    s.hang = data[2] & 1;
    s.markdown = data[2] & 2;
    s.indent = data[2] & 4 ? 2048 : 0;
    s.fit = data[2] & 8 ? (data[2] >> 4) * 1024 : BX_NO_LIMIT;
    bx_job_options options = {.limits = fuzz_limits};
    bx_job *job;
    if (bx_job_open(fuzz_press(), &options, &job) != BX_OK)
        return 0;
    bx_job_paragraph(job, &s, (const char *)data + 3, size - 3, fuzz_discard, NULL);
    bx_job_close(job);
    return 0;
}
