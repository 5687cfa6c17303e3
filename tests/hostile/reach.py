#!/usr/bin/env python3
"""Judges a log of trace.sh: no run of the program, and no test program that links its library, makes a socket,
starts another program, or opens a file outside its fence.

    reach.py LOG BUILD_DIR [--probe NAME] [--least N]

The fence of a run of `banxin` follows from its command line and environment alone: the folders of its
issues, --assets, layouts and fonts; what it may write is its output. Where an issue or an output is itself a
link that some program has made, what that names is inside; a folder on the way to an output may be opened, to sync it. A test program may read the sources,
and write what it has made itself. Runs that loaded the library --probe (probe.c, which reaches for what
nobody may) must be caught; --least is how many runs must have been seen."""
import argparse
import collections
import os
import re
import sys

import strace_log

SOURCES = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
# Shared libraries and their data (ICU's is one of them), fonts, hyphenation.
SYSTEM = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/fonts", "/usr/local/share/fonts",
          "/usr/share/hyphen", "/etc/ld.so.cache", "/etc/ld.so.preload", "/proc/self", "/dev/null"]
# What libraries read unasked: glibc's malloc for a second thread; GLib, its gettext, cairo and libselinux when librsvg
# is loaded.
SYSTEM += ["/proc/sys/vm/overcommit_memory", "/etc/localtime", "/usr/share/zoneinfo", "/etc/locale.alias",
           "/usr/share/locale/locale.alias", "/proc/filesystems"]
VALUED = {"output", "deps", "layout", "assets", "layout-path", "font-path", "diagnostics", "max-findings", "set",
          "limit", "pdf-standard", "jobs", "shard", "name-template", "measure", "fit", "font", "size", "lang", "kinsoku",
          "punctuation", "autospace", "indent", "align"}
LETTERS = {"o": "output", "j": "jobs"}
WRITES = re.compile(r"\bO_(WRONLY|RDWR|CREAT|TMPFILE)\b")
MAKERS = {"mkdir", "mkdirat", "linkat", "link"}
OPENERS = {"open", "openat", "openat2", "creat"}
CHANGERS = MAKERS | {"rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "symlink", "symlinkat"}


def parse(words):
    """The command, its operands, and its options as lists of values."""
    operands, options, rest = [], collections.defaultdict(list), list(words[2:])
    while rest:
        word = rest.pop(0)
        if word == "--":
            return operands + rest, options
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name in VALUED and not equals:
                value = rest.pop(0) if rest else ""
            options[name].append(value)
        elif word.startswith("-") and len(word) > 1:
            letters = word[1:]
            while letters:
                name, letters = LETTERS.get(letters[0], letters[0]), letters[1:]
                if name in VALUED:
                    options[name].append(letters or (rest.pop(0) if rest else ""))
                    break
        else:
            operands.append(word)
    return operands, options


class Fence:
    """Folders and files; a path is inside when it is one of them or below one."""

    def __init__(self, start):
        self.start = start or "/"
        self.reads, self.writes = list(SYSTEM), ["/dev/null", "/dev/full", "/proc/self/fd"]

    def full(self, path):
        return os.path.normpath(os.path.join(self.start, path))

    def read(self, *paths):
        self.reads += [self.full(p) for p in paths if p is not None]

    def write(self, *paths):
        self.writes += [self.full(p) for p in paths]

    @staticmethod
    def inside(path, list_):
        return any(path == p or path.startswith(p.rstrip("/") + "/") for p in list_)

    def leads(self, path):
        """Whether the path is a folder on the way to one that may be written."""
        return any(p.startswith(path.rstrip("/") + "/") for p in self.writes)

    def lets(self, path, writes):
        return self.inside(path, self.writes) or (not writes and self.inside(path, self.reads))


def folder_of(path):
    return os.path.dirname(path) or "."


def data_folders(environment, program, kind):
    """Where the program looks for layouts, fonts and samples (src/cli/folders.c)."""
    home = environment.get("HOME", "")
    out = [f"{environment.get('XDG_DATA_HOME') or home + '/.local/share'}/banxin/{kind}"]
    for folder in (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
        out.append(f"{folder}/banxin/{kind}")
    out.append(f"{SOURCES}/{kind}")
    out.append(os.path.join(folder_of(program), "..", "share", "banxin", kind))
    return out + [p for p in environment.get(f"BANXIN_{kind[:-1].upper()}_PATH", "").split(":") if p]


def links_made(images):
    """Full names of symbolic links → what they named, over the whole log."""
    links = collections.defaultdict(set)
    for image in images:
        for call in image.calls:
            if call.name in ("symlink", "symlinkat") and call.result == "0":
                (_, target), (folder, name) = call.names()
                full = os.path.join(folder or image.folder or "/", name)
                links[os.path.normpath(full)].add(os.path.normpath(os.path.join(folder_of(full), target)))
    return links


def fence_of_banxin(image, links):
    fence = Fence(image.folder)
    command = image.words[1] if len(image.words) > 1 else ""
    operands, options = parse(image.words)
    outputs = [o for o in options["output"] + options["deps"] if o != "-"]
    for kind, option in (("layouts", "layout-path"), ("fonts", "font-path")):
        fence.read(*data_folders(image.environment, image.path, kind), *options[option])
    fence.read(*options["assets"], *map(folder_of, options["layout"]), image.environment.get("LD_PRELOAD"))
    if command in ("build", "check", "inspect", "verify"):
        fence.read(*map(folder_of, operands), *(t for o in operands for t in links[fence.full(o)]))
        if command == "build":
            fence.write(*map(folder_of, outputs or operands))
            fence.write(*(folder_of(t) for o in outputs for t in links[fence.full(o)]))
        if "fix" in options:
            fence.write(*map(folder_of, operands))
    elif command in ("batch", "seal"):
        # A folder, or the folder of an issue, a pattern or a manifest, from which its paths start.
        fence.read(*operands, *(folder_of(re.split(r"[*?\[{]", o)[0]) for o in operands))
        fence.write(*outputs)
    elif command == "new":
        fence.read(*data_folders(image.environment, image.path, "samples"))
        fence.write(*operands, *(t for o in operands for t in links[fence.full(o)]))
    return fence


def fence_of_test(image, build):
    fence = Fence(image.folder)
    fence.read(SOURCES, build, "/usr/share/unicode", "/dev/stdin", *image.words[1:])
    fence.write(build)
    for call in image.calls:  # what it makes is its own
        made = call.result.isdigit() and (
            call.name in MAKERS or (call.name in OPENERS and re.search(r"O_EXCL|O_TMPFILE|O_CREAT", call.given)))
        if made:
            fence.write(call.behind.removesuffix(" (deleted)") or full_names(fence, call)[-1])
    return fence


def full_names(fence, call):
    return [os.path.normpath(os.path.join(folder or fence.start, name)) for folder, name in call.names()]


def faults_of(image, fence, is_test):
    for call in image.calls:
        if call.name in OPENERS:
            if "O_PATH" in call.given:
                continue
            path = strace_log.unescape(call.behind).removesuffix(" (deleted)") or full_names(fence, call)[0]
            path = re.sub(r"^/proc/\d+(/|$)", r"/proc/self\1", path)
            writes = bool(WRITES.search(call.given)) or call.name == "creat"
            missed = is_test and call.error == "ENOENT"  # tests ask for what is nowhere
            synced = "O_DIRECTORY" in call.given and not writes and fence.leads(path)  # the name of a new folder
            if not fence.lets(path, writes) and not missed and not synced:
                yield f"outside its fence: {call}"
        elif call.name in CHANGERS:
            for path in full_names(fence, call):
                if not fence.lets(path, True) and not (call.name in ("mkdir", "mkdirat") and fence.leads(path)):
                    yield f"writes outside its fence: {call}"
        elif call.name in ("execve", "execveat"):
            if not is_test:
                yield f"another program: {call}"
        else:
            yield f"the network: {call}"


def judge(options):
    build = os.path.realpath(options.build)
    runs = collections.Counter()
    faults = []
    images = strace_log.read(options.log)
    links = links_made(images)
    for image in images:
        is_banxin = os.path.basename(image.path) == "banxin"
        if not is_banxin and not image.path.startswith(f"{build}/tests/"):
            continue
        fence = fence_of_banxin(image, links) if is_banxin else fence_of_test(image, build)
        found = list(faults_of(image, fence, is_test=not is_banxin))
        if options.probe and any(options.probe in call.given for call in image.calls):
            runs["runs with the probe"] += 1
            found = [] if found else ["the probe goes uncaught"]
        else:
            runs["runs of banxin" if is_banxin else "of test programs"] += 1
        runs["calls"] += len(image.calls)
        faults += [f"{fault}\n    in {' '.join(image.words)[:300]}, started in {image.folder}" for fault in found]
    return runs, faults


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("log")
    options.add_argument("build")
    options.add_argument("--probe")
    options.add_argument("--least", type=int, default=1)
    options = options.parse_args()
    runs, faults = judge(options)
    if runs["runs of banxin"] < options.least:
        faults.append(f"only {runs['runs of banxin']} runs of banxin were traced")
    for fault in faults[:40]:
        print(fault)
    print("reach: " + ", ".join(f"{n} {what}" for what, n in sorted(runs.items())) + f", {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
