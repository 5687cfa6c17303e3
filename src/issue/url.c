/* Which addresses become links. */
#include "issue/reader.h"

bool bx_url_is_live(bx_str url) {
    static const char *const live[] = {"http://", "https://", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof live / sizeof *live; i++) {
        size_t n = strlen(live[i]);
        if (url.n > n && strncasecmp(url.p, live[i], n) == 0)
            return true;
    }
    return false;
}
