/* Fontconfig, loaded when it is first asked: of most issues it is not. */
#ifndef BX_FONT_FONTCONFIG_H
#define BX_FONT_FONTCONFIG_H

#include "base/library.h"
#include "font/set.h"

#include <fontconfig/fontconfig.h>

typedef struct font_config_api {
    BX_FUNCTION(FcConfigCreate);
    BX_FUNCTION(FcConfigDestroy);
    BX_FUNCTION(FcConfigAppFontAddFile);
    BX_FUNCTION(FcConfigGetFonts);
    BX_FUNCTION(FcConfigParseAndLoadFromMemory);
    BX_FUNCTION(FcConfigSetCurrent);
    BX_FUNCTION(FcPatternGetString);
    BX_FUNCTION(FcPatternGetInteger);
    BX_FUNCTION(FcPatternGetBool);
} font_config_api;

/* Lives as long as the set. NULL: it is not installed. Under the set's lock, or while it is opened.
 */
const font_config_api *bx_font_config_api(bx_fonts *fonts);

#endif
