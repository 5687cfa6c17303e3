/* What happens when the system has no memory left.
 *
 * The program's own stages expect it: an issue ends with BX_ENOMEM, a batch takes the next one. The
 * libraries under them do not all: HarfBuzz goes on as if a font's table were empty, and keeps
 * that; ICU 72 follows a null pointer, or goes round for ever; GLib, cairo and Rust abort. So in
 * the program a small request of theirs that fails ends the process, with a message and the exit
 * code for "try again". Nothing is left half written (press/publish.h). A large request only fails,
 * as ever: it may be what a picture claims to need, and who asks for so much looks at what comes.
 */
#ifndef BX_CLI_MEMORY_H
#define BX_CLI_MEMORY_H

#include <stddef.h>

/* For bx_memory and bx_press_options: the C library's realloc, which returns NULL when it fails. */
void *bx_cli_allocate(void *user, void *old, size_t size);

#endif
