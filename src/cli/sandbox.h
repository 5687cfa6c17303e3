/* A second wall round the program: what careful code should never do, the kernel then refuses.
 *
 * Landlock lets it read below the folders of the issues, assets, layouts, fonts and the system's
 * libraries, and write below the output's; seccomp refuses sockets, other programs and tracing. A
 * kernel that has only one of them, or neither, gives as much of a wall as it can. */
#ifndef BX_CLI_SANDBOX_H
#define BX_CLI_SANDBOX_H

#include "cli/cli.h"

/* Shuts the process in for good, before any thread is started. `issues` are paths of files, or
 * NULL; `outputs` are paths of folders that are there already; both end with NULL. False: the
 * kernel has no such wall, and nothing has changed. */
bool bx_sandbox(const bx_args *args, bx_press *press, const char *const *issues,
                const char *const *outputs);

/* The folder that a file stands in. */
const char *bx_cli_folder_of(bx_arena *arena, const char *path);

#endif
