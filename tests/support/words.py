#!/usr/bin/env python3
"""Looks whether every message of the sources has its Chinese, and every row is a message.

    words.py SOURCE_DIR

Messages are the texts given to bx_say, bx_hint, bx_word and the functions that pass them on; a text
is also said when it stands in a table of such texts, so that a row counts as used when its English
is in the sources at all. Formats must have the same conversions in both languages."""
import pathlib
import re
import sys

# The function, and which of its arguments are messages.
SPEAKERS = {"bx_say": [3], "bx_say_first": [4], "bx_hint": [1], "bx_word": [1], "bx_image_broken": [1], "bx_pdf_refuse": [2],
            "refuse": [2], "refuse_errno": [2], "wrong_type": [3], "alone": [2], "bx_cli_say": [0],
            "bx_cli_tell": [0], "bx_cli_hint": [0], "bx_usage_error": [0, 1], "bx_plan_refuse": [1, 2]}
STRING = r'"(?:[^"\\]|\\.)*"'
# Faults of the program itself, said to those who mend it.
INNER = {"%s", "%.*s", "%s: %s", "%.*s: %s", "the structure of the document: %s %s %s"}


def arguments(text, start):
    """The arguments of the call whose parenthesis opens before `start`."""
    out, depth, begin = [], 1, start
    for token in re.finditer(STRING + r"|'(?:[^'\\]|\\.)*'|[(){}\[\],]", text[start:]):
        mark, at = token.group(), start + token.start()
        if mark in ("(", "[", "{"):
            depth += 1
        elif mark in (")", "]", "}"):
            depth -= 1
        if (mark == "," and depth == 1) or depth == 0:
            out.append(text[begin:at])
            begin = at + 1
        if depth == 0:
            return out
    return out


def unescape(literal):
    return literal.replace('\\"', '"').replace("\\\\", "\\")


def texts(expression):
    """The string literals in an expression, adjacent ones joined."""
    joined = re.findall(STRING + r"(?:\s*" + STRING + r")*", expression)
    return ["".join(unescape(s[1:-1]) for s in re.findall(STRING, one)) for one in joined]


def conversions(text):
    return re.findall(r"%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:ll|l|z)?[a-zA-Z%]", text)


def main(source):
    code = {p: p.read_text(encoding="utf-8") for p in sorted(source.rglob("*.[ch]"))}
    table = "".join(code.pop(source / "base" / name) for name in ("words_zh.c", "words_zh_program.h"))
    rows = {}
    faults = []
    for pair in re.findall(r"\{(" + STRING + r"(?:\s*" + STRING + r")*),\s*(" + STRING +
                           r"(?:\s*" + STRING + r")*)\}", table):
        english, here = (texts(p)[0] for p in pair)
        if english in rows:
            faults.append(f"stands twice: {english}")
        rows[english] = here
        if conversions(english) != conversions(here):
            faults.append(f"conversions differ: {english} / {here}")
    said, every = set(), set()
    for path, text in code.items():
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
        every.update(texts(text))
        for call in re.finditer(r"\b(%s)\(" % "|".join(SPEAKERS), text):
            given = arguments(text, call.end())
            for i in SPEAKERS[call.group(1)]:
                said.update(texts(given[i]) if i < len(given) else [])
    for message in sorted(said - set(rows) - INNER):
        faults.append(f"no Chinese for: {message}")
    system = {"No such file or directory", "Permission denied", "No space left on device",
              "Read-only file system", "Not a directory", "File too large", "Disk quota exceeded", "Is a directory",
              "Directory not empty", "File exists", "File name too long", "Operation not permitted",
              "Too many levels of symbolic links", "Input/output error", "Bad file descriptor", "Broken pipe",
              "it is no file"}
    for message in sorted(set(rows) - said - every - system):
        faults.append(f"nobody says: {message}")
    print("\n".join(faults), end="\n" if faults else "")
    print(f"{len(rows)} rows, {len(said)} messages, {len(faults)} faults")
    return 1 if faults or len(said) < 150 else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
