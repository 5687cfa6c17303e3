"""Reads what trace.sh writes: which program made which call, over forks, threads and numbers of processes
that come round again."""
import dataclasses
import re

CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?|0x[0-9a-f]+)(?:<((?:[^>\\]|\\.)*)>)?(?: (E\w+))?")
TEXT = r'"((?:[^"\\]|\\.)*)"'
NAMED = re.compile(r"(?:(?:AT_FDCWD|\d+)<((?:[^>\\]|\\.)*)>, )?" + TEXT)
FORKS = {"clone", "clone3", "fork", "vfork"}


def unescape(text):
    """A name as bytes decoded for show: strace writes others than ASCII in octal."""
    if "\\" not in text:
        return text
    simple = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}

    def one(match):
        token = match.group(1)
        return chr(int(token, 8)) if token[0].isdigit() else simple.get(token, token)

    return re.sub(r"\\([0-7]{1,3}|.)", one, text).encode("latin-1", "replace").decode("utf-8", "replace")


@dataclasses.dataclass
class Call:
    name: str
    given: str       # the arguments, as strace writes them
    result: str
    behind: str      # what the new descriptor names; empty without one
    error: str       # "ENOENT"; empty without one

    def names(self):
        """(folder, name) of each path among the arguments; the folder is None when the name needs none."""
        for folder, name in NAMED.findall(self.given):
            yield unescape(folder), unescape(name)

    def __str__(self):
        error = f" {self.error}" if self.error else ""
        return f"{self.name}({self.given[:300]}) = {self.result}{error}"


@dataclasses.dataclass
class Image:
    """A program as it was started once: what it and its threads asked for until they ended."""
    path: str
    words: list
    environment: dict
    calls: list = dataclasses.field(default_factory=list)
    folder: str = None   # that it was started in

    def add(self, call):
        if self.folder is None and "AT_FDCWD<" in call.given:
            self.folder = unescape(re.search(r"AT_FDCWD<((?:[^>\\]|\\.)*)>", call.given).group(1))
        self.calls.append(call)


class Life:
    """A number of a process from its birth to its end; before it starts a program of its own it goes on
    with its parent's."""

    def __init__(self):
        self.image = None
        self.parent = None       # (life, its image at the time)
        self.before = []         # calls while `image` was None

    def inherited(self):
        life, image = self, None
        while image is None and life.parent:
            life, image = life.parent
        return image


def started(call):
    lists = re.findall(r"\[((?:" + TEXT + r"(?:, )?)*)\]", call.given)
    words, environment = ([unescape(t) for t in re.findall(TEXT, one[0])] for one in (lists + [("",)] * 2)[:2])
    path = next(call.names())[1]
    return Image(path, words, dict(e.split("=", 1) for e in environment if "=" in e))


def lines_of(log):
    """(process, text) of each line, calls that another process interrupted made whole again."""
    unfinished = {}
    for line in log:
        process, _, text = line.rstrip("\n").partition(" ")
        text = text.lstrip()
        if text.endswith(" <unfinished ...>"):
            unfinished[process] = text[: -len(" <unfinished ...>")]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", text)
        if resumed:
            text = unfinished.pop(process, "") + resumed.group(1)
        yield process, text


def read(path):
    """All images, in the order in which they were started."""
    living, lives, births, images = {}, {}, {}, []
    with open(path, encoding="utf-8", errors="replace") as log:
        for process, text in lines_of(log):
            life = living.get(process)
            if not life:
                life = living[process] = Life()
                lives.setdefault(process, []).append(life)
                if len(lives) == 1 and len(lives[process]) == 1:
                    births[process] = [None]     # the first of all has no parent here
            if text.startswith("+++"):
                del living[process]
                continue
            match = CALL.match(text)
            if not match:
                continue
            call = Call(*(g or "" for g in match.groups()))
            if call.name in FORKS:
                if call.result.isdigit():
                    births.setdefault(call.result, []).append((life, life.image))
            elif call.name == "execve" and call.result == "0":
                life.image = started(call)
                images.append(life.image)
            elif life.image:
                life.image.add(call)
            else:
                life.before.append(call)
    # The n-th time that a number was given is the n-th life under it.
    every = [(process, n, life) for process, list_ in lives.items() for n, life in enumerate(list_)]
    for process, n, life in every:
        given = births.get(process, [])
        life.parent = given[n] if n < len(given) else None
    for _, _, life in every:
        image = life.inherited() if life.before else None
        for call in life.before if image else []:
            image.add(call)
    return images
