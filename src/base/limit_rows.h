/* The limits: BX_LIMIT(id, name, default, what), where `what` completes "more than N …".
 *
 * Included with BX_LIMIT defined (no include guard on purpose). A name, once published, keeps its
 * meaning; docs/security.md lists them all. */

/* Reading */
BX_LIMIT(INPUT, "input", 64 << 20, "bytes in a file")
BX_LIMIT(FRONT_MATTER, "front-matter", 1 << 20, "bytes of front matter")
BX_LIMIT(LAYOUT, "layout", 1 << 20, "bytes in a layout's file")
BX_LIMIT(YAML_DEPTH, "yaml-depth", 64, "levels of YAML in each other")
BX_LIMIT(YAML_VALUES, "yaml-values", 200000, "YAML values, each alias counted as what it names")
BX_LIMIT(DEPTH, "depth", 200, "levels of Markdown or HTML in each other")
BX_LIMIT(COLUMNS, "columns", 256, "cells in a row")
BX_LIMIT(CELLS, "cells", 100000, "cells in a table")
/* Pictures */
BX_LIMIT(PIXELS, "pixels", 100000000, "pixels in a picture")
BX_LIMIT(SVG_BYTES, "svg-bytes", 8 << 20, "bytes of SVG")
BX_LIMIT(SVG_DEPTH, "svg-depth", 200, "levels of SVG elements in each other")
BX_LIMIT(SVG_ELEMENTS, "svg-elements", 200000, "SVG elements, each use counted as what it names")
/* Setting */
BX_LIMIT(PARAGRAPH, "paragraph", 400000, "characters in a paragraph")
BX_LIMIT(PAGES, "pages", 20000, "pages")
/* The job as a whole */
BX_LIMIT(MEMORY, "memory", 448 << 20, "bytes of memory")
BX_LIMIT(TIME, "time", 60, "seconds of processor time")
