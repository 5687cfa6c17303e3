#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

static void close_library(void *library) { dlclose(library); }

void *bx_library_open(bx_arena *arena, const char *soname) {
    void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library)
        bx_defer(arena, close_library, library);
    return library;
}

bool bx_library_load(void *library, const char *name, void *place) {
    void *address = dlsym(library, name);
    memcpy(place, &address, sizeof address); /* POSIX lets a function's address be a void pointer */
    return address;
}
