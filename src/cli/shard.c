#include "cli/shard.h"

#include <stdlib.h>

enum { SHARDS_MAX = 100000 };

/* A whole number of digits alone. */
static bool read_number(const char *text, size_t n, uint32_t *out) {
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9' || value > SHARDS_MAX)
            return false;
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    *out = value;
    return n > 0 && value <= SHARDS_MAX;
}

static bool read_engine(uint32_t n_shards, uint32_t *shard) {
    static const char *const names[] = {"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = getenv(names[i]);
        if (!text || !*text)
            continue;
        uint32_t task;
        if (!read_number(text, strlen(text), &task) || task >= n_shards) {
            bx_usage_error("tasks are numbered from 0: --array=0-7 goes with --shard=8",
                           "%s=%s is none of %u shards", names[i], text, n_shards);
            return false;
        }
        *shard = task + 1;
        return true;
    }
    bx_usage_error("--shard=I/N says it outright",
                   "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX says which shard this is");
    return false;
}

bool bx_shard_parse(const char *text, uint32_t *shard, uint32_t *n_shards) {
    *shard = *n_shards = 1;
    if (!text)
        return true;
    const char *slash = strchr(text, '/');
    const char *count = slash ? slash + 1 : text;
    bool good = read_number(count, strlen(count), n_shards) && *n_shards > 0;
    if (good && slash)
        good =
            read_number(text, (size_t)(slash - text), shard) && *shard > 0 && *shard <= *n_shards;
    if (!good) {
        bx_usage_error(
            "--shard=3/8 is the third of eight; --shard=8 leaves the number to the engine",
            "--shard cannot be read: %s", text);
        return false;
    }
    return slash || read_engine(*n_shards, shard);
}
