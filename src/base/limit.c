#include "base/limit.h"

static const struct {
    const char *name, *what;
    uint64_t value;
} rows[] = {
#define BX_LIMIT(id, name, value, what) {name, what, value},
#include "base/limit_rows.h"
#undef BX_LIMIT
};

bx_limits bx_limits_default(void) {
    bx_limits limits;
    for (int i = 0; i < BX_LIMIT_COUNT; i++)
        limits.at[i] = rows[i].value;
    return limits;
}

const char *bx_limit_name(bx_limit limit) { return rows[limit].name; }
const char *bx_limit_what(bx_limit limit) { return rows[limit].what; }

static bool read_value(bx_str s, uint64_t *value) {
    if (bx_str_is(s, "none")) {
        *value = UINT64_MAX;
        return true;
    }
    static const char units[] = "KMG";
    const char *unit = s.n > 1 ? strchr(units, s.p[s.n - 1]) : NULL;
    uint32_t digits = unit ? s.n - 1 : s.n;
    *value = 0;
    for (uint32_t i = 0; i < digits; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || *value > UINT32_MAX)
            return false;
        *value = *value * 10 + (uint64_t)(s.p[i] - '0');
    }
    if (unit)
        *value <<= 10 * (unit - units + 1);
    return digits > 0;
}

bool bx_limits_set(bx_limits *limits, bx_str setting) {
    const char *equals = setting.n ? memchr(setting.p, '=', setting.n) : NULL;
    if (!equals)
        return false;
    uint32_t n = (uint32_t)(equals - setting.p);
    uint64_t value;
    if (!read_value(bx_str_sub(setting, n + 1, setting.n), &value))
        return false;
    for (int i = 0; i < BX_LIMIT_COUNT; i++)
        if (bx_str_is(bx_str_sub(setting, 0, n), rows[i].name)) {
            limits->at[i] = value;
            return true;
        }
    return false;
}

uint64_t bx_limits_memory(const bx_limits *limits, uint64_t input) {
    uint64_t memory = limits->at[BX_LIMIT_MEMORY], needed = input * 64;
    bool is_default = memory == bx_limits_default().at[BX_LIMIT_MEMORY];
    return is_default && needed > memory ? needed : memory;
}
