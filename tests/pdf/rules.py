#!/usr/bin/env python3
"""Checks a PDF from outside, through `qpdf --json`, against the rules of PDF/A-2a and PDF/UA-1 that matter
most; docs/pdf-standards.md says which clause each stands for.

    rules.py FILE...                  every rule must hold
    rules.py --mutants FILE           each deliberate fault in a good file must be found
    rules.py --positions FILE LIST    every glyph stands where the list says, to 1/1000 em

Nothing here shares code with the writer: content streams, trees and maps are read again from their bytes.
"""
import base64
import copy
import json
import re
import subprocess
import sys
from xml.etree import ElementTree

STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP
Warichu WT WP Figure Formula Form""".split())
PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "Tj", "TJ", "'", '"', "BI"}


class File:
    """The objects of a file, by number, with stream data decoded."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.bytes = f.read()
        out = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                             capture_output=True, check=True).stdout
        parsed = json.loads(out)["qpdf"][1]
        self.objects = {k[4:]: v for k, v in parsed.items() if k.startswith("obj:")}
        self.trailer = parsed["trailer"]["value"]

    def get(self, x):
        """Follows a reference; a stream gives its dictionary."""
        while isinstance(x, str) and re.fullmatch(r"\d+ \d+ R", x):
            o = self.objects.get(x)
            if o is None:
                return None
            x = o["stream"]["dict"] if "stream" in o else o["value"]
        return x

    def data(self, ref):
        o = self.objects.get(ref, {})
        return base64.b64decode(o["stream"].get("data", "")) if "stream" in o else b""

    def set_data(self, ref, data):
        self.objects[ref]["stream"]["data"] = base64.b64encode(data).decode()

    @property
    def catalog(self):
        return self.get(self.trailer["/Root"])

    def pages(self):
        def walk(ref):
            node = self.get(ref)
            if node.get("/Type") == "/Pages":
                for kid in node["/Kids"]:
                    yield from walk(kid)
            else:
                yield ref, node
        yield from walk(self.catalog["/Pages"])


def text(s):
    """A string of qpdf's JSON as Unicode, or bytes as Latin-1."""
    return s[2:] if isinstance(s, str) and s[:2] in ("u:", "b:") else s


def tree(pdf, root, key):
    """The pairs of a name or number tree, in file order."""
    node = pdf.get(root)
    pairs = node.get(key, [])
    yield from zip(pairs[0::2], pairs[1::2])
    for kid in node.get("/Kids", []):
        yield from tree(pdf, kid, key)


TOKEN = re.compile(rb"\s+|%[^\r\n]*|(?P<name>/[^\s()<>\[\]{}/%]*)|(?P<dict><<|>>)|(?P<hex><[0-9A-Fa-f\s]*>)|"
                   rb"(?P<bracket>[\[\]])|(?P<open>\()|(?P<number>[-+]?(\d+\.?\d*|\.\d+))|(?P<op>[A-Za-z'\"][A-Za-z0-9*]*)")
ESCAPES = {ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("b"): 8, ord("f"): 12}


def literal(data, at):
    """A literal string that begins after its parenthesis: its bytes, and where it ends."""
    out, depth = bytearray(), 1
    while True:
        c = data[at]
        at += 1
        if c == 0x5C:
            c = data[at]
            at += 1
            if 0x30 <= c <= 0x37:
                octal = re.match(rb"[0-7]{1,3}", data[at - 1:]).group()
                at += len(octal) - 1
                out.append(int(octal, 8) & 255)
            elif c not in (10, 13):
                out.append(ESCAPES.get(c, c))
            continue
        depth += (c == 0x28) - (c == 0x29)
        if depth == 0:
            return bytes(out), at
        out.append(c)


def operations(data):
    """(operator, operands) of a content stream. A dictionary is given as a Python dict of what is needed."""
    stack, frames, at = [], [], 0
    while at < len(data):
        m = TOKEN.match(data, at)
        if not m:
            raise ValueError("content stream cannot be read at byte %d" % at)
        at = m.end()
        if m.group("open"):
            s, at = literal(data, at)
            stack.append(s)
        elif m.group("hex"):
            h = re.sub(rb"\s", b"", m.group()[1:-1])
            stack.append(bytes.fromhex((h + b"0" * (len(h) % 2)).decode()))
        elif m.group("name"):
            stack.append(m.group().decode("latin-1"))
        elif m.group("number"):
            stack.append(float(m.group()))
        elif m.group() in (b"<<", b"["):
            frames.append(stack)
            stack = []
        elif m.group() == b">>":
            value = dict(zip(stack[0::2], stack[1::2]))
            stack = frames.pop()
            stack.append(value)
        elif m.group() == b"]":
            value = stack
            stack = frames.pop()
            stack.append(value)
        elif m.group("op"):
            yield m.group().decode(), stack
            stack = []


def mapped(pdf, font):
    """The codes that a font's ToUnicode maps, with their texts."""
    out = {}
    data = pdf.data(font.get("/ToUnicode", ""))
    uni = lambda h: bytes.fromhex(h.decode()).decode("utf-16-be", "replace")
    for body in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        for code, to in re.findall(rb"<(\w+)>\s*<(\w*)>", body):
            out[int(code, 16)] = uni(to)
    for body in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
        for a, texts in re.findall(rb"<(\w+)>\s*<\w+>\s*\[(.*?)\]", body, re.S):
            for i, to in enumerate(re.findall(rb"<(\w*)>", texts)):
                out[int(a, 16) + i] = uni(to)
        body = re.sub(rb"\[.*?\]", b"[]", body, flags=re.S)
        for a, b, to in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            for i in range(int(a, 16), int(b, 16) + 1):
                base = uni(to)
                out[i] = base[:-1] + chr(ord(base[-1]) + i - int(a, 16))
    return out


def file_form(pdf, bad):
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", pdf.bytes):
        bad("header", "the header is not that of PDF/A")
    if not re.search(rb"%%EOF\n?$", pdf.bytes):
        bad("header", "something follows the end of the file")
    ident = pdf.trailer.get("/ID")
    if not ident or len(ident) != 2:
        bad("id", "no file identifier")
    if "/Encrypt" in pdf.trailer:
        bad("encrypt", "the file is encrypted")


def catalog(pdf, bad):
    c = pdf.catalog
    if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text(c.get("/Lang", "")) or ""):
        bad("lang", "no language on the catalog")
    if pdf.get(c.get("/MarkInfo", {})).get("/Marked") is not True:
        bad("marked", "MarkInfo does not say Marked")
    if pdf.get(c.get("/ViewerPreferences", {})).get("/DisplayDocTitle") is not True:
        bad("display-title", "the title is not shown")
    intents = [pdf.get(x) for x in pdf.get(c.get("/OutputIntents", []))]
    profiles = [x for x in intents if x.get("/S") == "/GTS_PDFA1" and pdf.data(x.get("/DestOutputProfile", ""))[36:40] == b"acsp"]
    if not profiles:
        bad("output-intent", "no output intent with a profile")
    for forbidden in ("/AA", "/OCProperties", "/AcroForm", "/Requirements", "/NeedsRendering"):
        if forbidden in c:
            bad("forbidden", "%s in the catalog" % forbidden)


NAMES = {"http://purl.org/dc/elements/1.1/": "dc", "http://ns.adobe.com/pdf/1.3/": "pdf",
         "http://www.aiim.org/pdfa/ns/id/": "pdfaid", "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
         "http://ns.adobe.com/xap/1.0/": "xmp", "http://prismstandard.org/namespaces/basic/2.0/": "prism"}


def xmp_of(pdf):
    """The properties of the XMP packet: attributes and elements alike, lists by their first item."""
    out = {}
    try:
        root = ElementTree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", pdf.data(pdf.catalog.get("/Metadata", ""))))
    except ElementTree.ParseError:
        return out
    short = lambda q: NAMES.get(q[1:].split("}")[0], "?") + ":" + q.split("}")[-1]
    for description in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
        out.update({short(k): v for k, v in description.attrib.items()})
        for child in description:
            out[short(child.tag)] = next((li.text for li in child.iter() if li.text and li.text.strip()), None)
    return out


def metadata(pdf, bad):
    xmp, info = xmp_of(pdf), pdf.get(pdf.trailer.get("/Info", {})) or {}
    if xmp.get("pdfaid:part") not in ("2", "3") or xmp.get("pdfaid:conformance") != "A":
        bad("pdfaid", "XMP does not claim PDF/A")
    if xmp.get("pdfuaid:part") != "1":
        bad("pdfuaid", "XMP does not claim PDF/UA")
    for key, name in (("/Title", "dc:title"), ("/Subject", "dc:description"), ("/Author", "dc:creator"),
                      ("/Keywords", "pdf:Keywords"), ("/Producer", "pdf:Producer"), ("/Creator", "xmp:CreatorTool")):
        if xmp.get(name) != text(info.get(key)):
            bad("agree", "Info and XMP differ in %s: %r, %r" % (key, text(info.get(key)), xmp.get(name)))
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if re.sub(r"\D", "", text(info.get(key, ""))) != re.sub(r"\D", "", xmp.get(name, "x")):
            bad("agree", "Info and XMP differ in %s" % key)
    if not info.get("/Title"):
        bad("title", "no title")


class Walker:
    """One page's content: what is marked, with what, and which codes of which fonts are shown."""

    def __init__(self, pdf, page, number, bad, codes):
        self.pdf, self.bad, self.number, self.codes = pdf, bad, number, codes
        self.resources = pdf.get(page.get("/Resources")) or {}
        self.marks, self.mcids, self.q, self.text, self.font = [], [], 0, False, None
        contents = page.get("/Contents")
        data = b"\n".join(pdf.data(c) for c in (contents if isinstance(contents, list) else [contents]))
        for op, args in operations(data):
            self.operation(op, args)
        if self.marks or self.q or self.text:
            bad("balance", "page %d leaves something open" % number)

    def mark(self, op, args):
        tag, props = args[0], args[1] if op == "BDC" else {}
        if tag == "/Artifact" and any(m[0] == "tag" for m in self.marks):
            self.bad("artifact-in-tag", "an artifact inside tagged content on page %d" % self.number)
        if "/MCID" in props:
            if self.marks:
                self.bad("tag-nested", "tagged content inside marked content on page %d" % self.number)
            self.mcids.append(int(props["/MCID"]))
            self.marks.append(("tag", self.text))
        else:
            self.marks.append(("artifact" if tag == "/Artifact" else "span", self.text))

    def operation(self, op, args):
        bad, number = self.bad, self.number
        if op in ("BDC", "BMC"):
            self.mark(op, args)
        elif op == "EMC":
            if not self.marks:
                bad("balance", "EMC without BDC on page %d" % number)
            elif self.marks.pop()[1] != self.text:
                bad("balance", "marked content crosses a text object on page %d" % number)
        elif op in ("BT", "ET"):
            if self.text == (op == "BT"):
                bad("balance", "%s out of place on page %d" % (op, number))
            self.text = op == "BT"
        elif op in ("q", "Q"):
            self.q += 1 if op == "q" else -1
            if self.q > 28 or self.q < 0:
                bad("balance", "q and Q on page %d" % number)
        elif op == "Tf":
            self.font = self.pdf.get(self.resources.get("/Font", {})).get(args[0])
            if self.font is None:
                bad("resources", "no font %s on page %d" % (args[0], number))
        if op in PAINT and not any(m[0] in ("tag", "artifact") for m in self.marks):
            bad("unmarked", "%s outside marked content on page %d" % (op, number))
        if op in ("Tj", "TJ"):
            for s in (args[0] if op == "TJ" else args):
                if isinstance(s, bytes):
                    self.show(s)
        if op == "Do" and args[0] not in self.pdf.get(self.resources.get("/XObject", {})):
            bad("resources", "no XObject %s on page %d" % (args[0], number))

    def show(self, s):
        wide = self.pdf.get(self.font).get("/Subtype") == "/Type0"
        codes = [s[i] << 8 | s[i + 1] for i in range(0, len(s) - 1, 2)] if wide else list(s)
        if wide and len(s) % 2:
            self.bad("codes", "half a code on page %d" % self.number)
        self.codes.setdefault(self.font, set()).update(codes)


def contents(pdf, bad):
    """Everything is marked, every font sound. Returns the MCIDs by page reference."""
    codes, mcids = {}, {}
    for number, (ref, page) in enumerate(pdf.pages(), 1):
        if page.get("/Tabs") != "/S" and page.get("/Annots"):
            bad("tabs", "page %d does not tab by structure" % number)
        walker = Walker(pdf, page, number, bad, codes)
        mcids[ref] = walker.mcids
        if sorted(walker.mcids) != list(range(len(walker.mcids))):
            bad("mcid", "page %d: marked content is not numbered 0, 1, 2 ..." % number)
    for ref, used in codes.items():
        font_rules(pdf, pdf.get(ref), used, bad)
    return mcids


def font_rules(pdf, font, used, bad):
    name = font.get("/BaseFont", "a Type 3 font")
    unicode_map = mapped(pdf, font)
    for code in sorted(used):
        if not unicode_map.get(code, "").strip("\0\ufeff\ufffe"):
            bad("to-unicode", "%s: code %d has no text" % (name, code))
            break
    if any(0x2F00 <= ord(c) <= 0x2FDF for t in unicode_map.values() for c in t):
        bad("kangxi", "%s maps to Kangxi radicals" % name)
    if font.get("/Subtype") == "/Type3":
        return
    if 0 in used:
        bad("notdef", "%s: .notdef is shown" % name)
    cid = pdf.get(font["/DescendantFonts"][0])
    descriptor = pdf.get(cid.get("/FontDescriptor", {}))
    program = descriptor.get("/FontFile3") or descriptor.get("/FontFile2")
    if not program or len(pdf.data(program)) < 100:
        bad("embedded", "%s is not embedded" % name)
    if not re.match(r"/[A-Z]{6}\+", cid.get("/BaseFont", "")):
        bad("subset-name", "%s has no subset tag" % name)
    if cid.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in cid:
        bad("cid-to-gid", "%s has no CIDToGIDMap" % name)


class Structure:
    """The structure tree: who holds what, and whether the nesting is lawful."""

    def __init__(self, pdf, bad):
        self.pdf, self.bad = pdf, bad
        self.held = {}      # (page, mcid) → element reference
        self.objects = {}   # annotation reference → element reference
        self.ids, self.heading, self.elements = [], 0, {}
        self.root_ref = pdf.catalog.get("/StructTreeRoot")
        self.root = pdf.get(self.root_ref) or {}
        if not self.root:
            bad("structure", "no structure tree")
            return
        self.roles = pdf.get(self.root.get("/RoleMap", {}))
        kids = self.root.get("/K")
        for kid in kids if isinstance(kids, list) else [kids]:
            self.element(kid, self.root_ref, None)

    def type_of(self, e):
        name, seen = e.get("/S", "/"), set()
        while name[1:] not in STANDARD and name in self.roles and name not in seen:
            seen.add(name)
            name = self.roles[name]
        if name[1:] not in STANDARD:
            self.bad("role", "%s is no standard type and has no role" % e.get("/S"))
        return name[1:]

    def element(self, ref, parent_ref, parent_type):
        pdf, bad, e = self.pdf, self.bad, self.pdf.get(ref)
        if ref in self.elements:
            bad("tree", "%s stands twice in the tree" % ref)
            return
        if e.get("/P") != parent_ref:
            bad("parent", "%s does not name its parent" % ref)
        kind = self.elements[ref] = self.type_of(e)
        self.nesting(kind, parent_type, ref)
        self.own_rules(e, kind, ref)
        kids = e.get("/K", [])
        types = []
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                self.hold((e.get("/Pg"), kid), ref)
            elif isinstance(kid, dict) and kid.get("/Type") == "/MCR":
                self.hold((kid.get("/Pg", e.get("/Pg")), kid["/MCID"]), ref)
            elif isinstance(kid, dict):
                self.objects[kid.get("/Obj")] = ref
                if kind != "Link":
                    bad("link", "an annotation under %s" % kind)
            else:
                types.append(self.pdf.get(kid).get("/S", "/")[1:])
                self.element(kid, ref, kind)
        if kind == "Table":
            self.table(e, types)

    def hold(self, key, ref):
        if key in self.held:
            self.bad("mcid-twice", "content %s is held twice" % (key,))
        self.held[key] = ref

    def nesting(self, kind, parent, ref):
        needs = {"LI": ("L",), "LBody": ("LI",), "TR": ("Table", "THead", "TBody", "TFoot"), "TH": ("TR",), "TD": ("TR",),
                 "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",), "TOCI": ("TOC",),
                 "RB": ("Ruby",), "RT": ("Ruby",), "RP": ("Ruby",)}
        allows = {"L": ("L", "LI", "Caption"), "LI": ("Lbl", "LBody"), "TR": ("TH", "TD"), "THead": ("TR",), "TBody": ("TR",),
                  "Table": ("TR", "THead", "TBody", "TFoot", "Caption"), "TOC": ("TOC", "TOCI", "Caption")}
        if kind in needs and parent not in needs[kind] or parent in allows and kind not in allows[parent]:
            self.bad("nesting", "%s (%s) inside %s" % (kind, ref, parent))

    def attribute(self, e, owner, key):
        for a in e.get("/A") if isinstance(e.get("/A"), list) else [e.get("/A") or {}]:
            a = self.pdf.get(a)
            if a.get("/O") == owner and key in a:
                return a[key]
        return None

    def own_rules(self, e, kind, ref):
        bad = self.bad
        m = re.fullmatch(r"H([1-6])", kind)
        if m:
            level = int(m.group(1))
            if level > self.heading + 1:
                bad("heading", "H%d follows H%d" % (level, self.heading))
            self.heading = level
        if kind == "Figure" and not e.get("/Alt") and not e.get("/ActualText"):
            bad("alt", "%s: a figure without alternative text" % ref)
        if kind == "TH" and not self.attribute(e, "/Table", "/Scope"):
            bad("scope", "%s: a header cell without scope" % ref)
        if "/ID" in e:
            self.ids.append((e["/ID"], ref))
        elif kind == "Note":
            bad("note-id", "%s: a note without ID" % ref)
        if "/Lang" in e and not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text(e["/Lang"])):
            bad("lang", "%s: %s is no language" % (ref, e["/Lang"]))

    def table(self, e, types):
        if types.count("THead") > 1 or types.count("TBody") == 0 and "THead" in types:
            self.bad("nesting", "a table's groups: %s" % types)
        rows, filled = [], {}
        def gather(x):
            for kid in x.get("/K", []):
                k = self.pdf.get(kid)
                if isinstance(k, dict) and k.get("/S") in ("/TR", "/THead", "/TBody", "/TFoot"):
                    rows.append(k) if k["/S"] == "/TR" else gather(k)
        gather(e)
        for r, row in enumerate(rows):
            c = 0
            for cell in (self.pdf.get(k) for k in row.get("/K", [])):
                while (r, c) in filled:
                    c += 1
                for dr in range(self.attribute(cell, "/Table", "/RowSpan") or 1):
                    for dc in range(self.attribute(cell, "/Table", "/ColSpan") or 1):
                        if (r + dr, c + dc) in filled:
                            self.bad("table", "two cells share a place")
                        filled[(r + dr, c + dc)] = True
        widths = {sum(1 for (y, _) in filled if y == r) for r in range(len(rows))}
        if len(widths) > 1 or any(y >= len(rows) for (y, _) in filled):
            self.bad("table", "a table's rows are not of one length")


def structure(pdf, mcids, bad):
    s = Structure(pdf, bad)
    if not s.root:
        return
    parents = dict(tree(pdf, s.root["/ParentTree"], "/Nums")) if "/ParentTree" in s.root else {}
    for ref, page in pdf.pages():
        row = pdf.get(parents.get(page.get("/StructParents"), []))
        if len(row) != len(mcids[ref]):
            bad("parent-tree", "%s: the parent tree has %d entries for %d pieces" % (ref, len(row), len(mcids[ref])))
        for mcid in mcids[ref]:
            owner = s.held.get((ref, mcid))
            if owner is None:
                bad("unreached", "%s: content %d is not in the tree" % (ref, mcid))
            elif mcid < len(row) and row[mcid] != owner:
                bad("parent-tree", "%s: content %d belongs to another element" % (ref, mcid))
        for annotation in pdf.get(page.get("/Annots", [])):
            annotation_rules(pdf, s, parents, annotation, bad)
    for (page, mcid) in s.held:
        if mcid not in mcids.get(page, []):
            bad("empty", "the tree names content %s of %s, which is not there" % (mcid, page))
    ids = [i for i, _ in s.ids]
    if len(set(ids)) != len(ids):
        bad("ids", "an ID stands twice")
    listed = list(tree(pdf, s.root["/IDTree"], "/Names")) if "/IDTree" in s.root else []
    if sorted(s.ids) != sorted((k, v) for k, v in listed):
        bad("ids", "the ID tree is not what the elements say")
    for ref in s.elements:
        for header in s.attribute(pdf.get(ref), "/Table", "/Headers") or []:
            if header not in ids:
                bad("headers", "%s names a header that is not there" % ref)


def annotation_rules(pdf, s, parents, ref, bad):
    a = pdf.get(ref)
    owner = s.objects.get(ref)
    if owner is None or parents.get(a.get("/StructParent")) != owner:
        bad("annotation", "%s is not tied to the tree" % ref)
    if not text(a.get("/Contents", "")):
        bad("contents", "%s says nothing of itself" % ref)
    if a.get("/F", 0) & 0x127 != 4:
        bad("flags", "%s is not printed as it is seen" % ref)
    if "/AA" in a or (pdf.get(a.get("/A")) or {}).get("/S", "/URI") != "/URI":
        bad("forbidden", "%s does what an archive may not" % ref)


def destinations(pdf, bad):
    names = pdf.get(pdf.catalog.get("/Names", {})) or {}
    pairs = list(tree(pdf, names["/Dests"], "/Names")) if "/Dests" in names else []
    keys = [k for k, _ in pairs]
    raw = [k[2:].encode() if k.isascii() else b"\xfe\xff" + k[2:].encode("utf-16-be") for k in keys]
    if raw != sorted(raw) or len(set(raw)) != len(raw):
        bad("name-tree", "the destinations are not in order")
    pages = {ref for ref, _ in pdf.pages()}
    if any(pdf.get(v)[0] not in pages for _, v in pairs):
        bad("destination", "a destination leads to no page")
    used = [pdf.get(a).get("/Dest") for _, p in pdf.pages() for a in pdf.get(p.get("/Annots", []))]

    def outline(ref, parent):
        while ref:
            node = pdf.get(ref)
            if node.get("/Parent") != parent or not text(node.get("/Title", "")):
                bad("outline", "%s of the outline" % ref)
            used.append(node.get("/Dest"))
            outline(node.get("/First"), ref)
            ref = node.get("/Next")
    if "/Outlines" in pdf.catalog:
        outline(pdf.get(pdf.catalog["/Outlines"]).get("/First"), pdf.catalog["/Outlines"])
    for name in used:
        if isinstance(name, str) and name not in keys:
            bad("destination", "%s is named but not there" % text(name))


def attachments(pdf, bad):
    part = xmp_of(pdf).get("pdfaid:part")
    for ref in pdf.catalog.get("/AF", []):
        spec = pdf.get(ref)
        if part != "3":
            bad("attachment", "only PDF/A-3 may hold files")
        if spec.get("/AFRelationship") not in ("/Source", "/Data") or not spec.get("/UF") or not spec.get("/F"):
            bad("attachment", "%s does not say what it is" % ref)
        if not pdf.data(pdf.get(spec["/EF"])["/F"]):
            bad("attachment", "%s is empty" % ref)


def check(pdf):
    found = []
    bad = lambda rule, message: found.append((rule, message))
    file_form(pdf, bad)
    catalog(pdf, bad)
    metadata(pdf, bad)
    mcids = contents(pdf, bad)
    structure(pdf, mcids, bad)
    destinations(pdf, bad)
    attachments(pdf, bad)
    return found


# Faults. Each takes a copy of a good file, spoils one thing, and names the rule that must notice.

def first(pdf, test):
    return next(ref for ref in pdf.objects if isinstance(pdf.get(ref), dict) and test(pdf.get(ref)))


def elements(pdf, kind):
    return [pdf.get(r) for r in pdf.objects if isinstance(pdf.get(r), dict) and pdf.get(r).get("/S") == "/" + kind and "/P" in pdf.get(r)]


def edit_content(pdf, old, new, count=1):
    for _, page in pdf.pages():
        data = pdf.data(page["/Contents"])
        if re.search(old, data, re.S):
            pdf.set_data(page["/Contents"], re.sub(old, new, data, count=count, flags=re.S))
            return
    raise ValueError("nothing to spoil: %r" % old)


def edit_xmp(pdf, old, new):
    ref = pdf.catalog["/Metadata"]
    assert old in pdf.data(ref)
    pdf.set_data(ref, pdf.data(ref).replace(old, new))


def first_page(pdf):
    return next(iter(pdf.pages()))[1]


def type0(pdf):
    return pdf.get(first(pdf, lambda o: o.get("/Subtype") == "/Type0"))


def annotation(pdf):
    return pdf.get(first(pdf, lambda o: o.get("/Subtype") == "/Link"))


def drop_program(pdf):
    descriptor = pdf.get(first(pdf, lambda o: o.get("/Type") == "/FontDescriptor"))
    for key in ("/FontFile2", "/FontFile3"):
        descriptor.pop(key, None)


def swap_parent_tree(pdf):
    for ref in pdf.objects:
        node = pdf.get(ref)
        if isinstance(node, dict) and "/Nums" in node:
            for row in node["/Nums"]:
                if isinstance(row, list) and len(set(row)) > 1:
                    row.reverse()
                    return
    raise ValueError("no row to spoil")


def stray_names(pdf):
    node = pdf.get(pdf.get(pdf.catalog["/Names"])["/Dests"])
    node["/Names"] = node["/Names"][2:] + node["/Names"][:2]


def heading_jump(pdf):
    elements(pdf, "H1")[0]["/S"] = "/H3"


def row_short(pdf):
    elements(pdf, "TR")[-1]["/K"].pop()


def twice(pdf):
    holder = next(e for e in elements(pdf, "P") if isinstance(e.get("/K", [None])[0], int))
    holder["/K"].append(holder["/K"][0])


def unreached(pdf):
    holder = next(e for e in elements(pdf, "P") if isinstance(e.get("/K", [None])[0], int))
    holder["/K"].pop(0)


MUTANTS = [
    ("header", lambda p: setattr(p, "bytes", p.bytes.replace(b"%PDF-1.7", b"%PDF-2.0", 1))),
    ("header", lambda p: setattr(p, "bytes", p.bytes + b"x")),
    ("id", lambda p: p.trailer.pop("/ID")),
    ("encrypt", lambda p: p.trailer.update({"/Encrypt": {}})),
    ("lang", lambda p: p.catalog.pop("/Lang")),
    ("lang", lambda p: elements(p, "Em")[0].update({"/Lang": "u:en_US"})),
    ("marked", lambda p: p.catalog.pop("/MarkInfo")),
    ("display-title", lambda p: p.catalog.pop("/ViewerPreferences")),
    ("output-intent", lambda p: p.catalog.pop("/OutputIntents")),
    ("forbidden", lambda p: p.catalog.update({"/AA": {}})),
    ("pdfaid", lambda p: edit_xmp(p, b'pdfaid:conformance="A', b'pdfaid:conformance="B')),
    ("pdfuaid", lambda p: edit_xmp(p, b'pdfuaid:part="1', b'pdfuaid:part="2')),
    ("agree", lambda p: edit_xmp(p, b'xmp:CreateDate="2', b'xmp:CreateDate="3')),
    ("agree", lambda p: p.get(p.trailer["/Info"]).update({"/Title": "u:other"})),
    ("unmarked", lambda p: edit_content(p, rb"/Artifact BMC\n(.*?)EMC\n", rb"\1")),
    ("balance", lambda p: edit_content(p, rb"EMC\n", b"")),
    ("balance", lambda p: edit_content(p, rb"ET\n", b"")),
    ("artifact-in-tag", lambda p: edit_content(p, rb"(BDC\n)", rb"\1/Artifact BMC EMC\n")),
    ("tag-nested", lambda p: edit_content(p, rb"(/P<</MCID \d+>>BDC\n)(.*?EMC)", rb"\1/P<</MCID 999>>BDC\n\2 EMC")),
    ("mcid", lambda p: edit_content(p, rb"/MCID 0", rb"/MCID 77")),
    ("unreached", unreached),
    ("mcid-twice", twice),
    ("empty", lambda p: elements(p, "P")[0]["/K"].append(4711)),
    ("parent-tree", swap_parent_tree),
    ("parent", lambda p: elements(p, "P")[0].update({"/P": elements(p, "P")[1]["/P"] + "x"})),
    ("role", lambda p: p.get(p.catalog["/StructTreeRoot"]).pop("/RoleMap")),
    ("nesting", lambda p: elements(p, "LI")[0].update({"/S": "/P"})),
    ("nesting", lambda p: elements(p, "TD")[0].update({"/S": "/P"})),
    ("table", row_short),
    ("heading", heading_jump),
    ("alt", lambda p: elements(p, "Figure")[0].pop("/Alt")),
    ("scope", lambda p: elements(p, "TH")[0].pop("/A")),
    ("note-id", lambda p: elements(p, "Note")[0].pop("/ID")),
    ("ids", lambda p: elements(p, "Note")[0].update({"/ID": elements(p, "TH")[0]["/ID"]})),
    ("headers", lambda p: elements(p, "TD")[0]["/A"].update({"/Headers": ["b:00"]})),
    ("annotation", lambda p: annotation(p).pop("/StructParent")),
    ("contents", lambda p: annotation(p).pop("/Contents")),
    ("flags", lambda p: annotation(p).update({"/F": 2})),
    ("forbidden", lambda p: annotation(p).update({"/A": {"/S": "/JavaScript"}})),
    ("tabs", lambda p: first_page(p).pop("/Tabs")),
    ("embedded", drop_program),
    ("to-unicode", lambda p: type0(p).pop("/ToUnicode")),
    ("notdef", lambda p: edit_content(p, rb"\[?\([^()\\]{2}", lambda m: m.group()[:-2] + b"\0\0")),
    ("kangxi", lambda p: p.set_data(type0(p)["/ToUnicode"], p.data(type0(p)["/ToUnicode"]).replace(b"endcmap", b"1 beginbfchar\n<FFFE><2F00>\nendbfchar\nendcmap"))),
    ("name-tree", stray_names),
    ("destination", lambda p: annotation(p).update({"/Dest": "u:nowhere"})),
    ("structure", lambda p: p.catalog.pop("/StructTreeRoot")),
]


def mutants(path):
    good, missed = File(path), 0
    if check(good):
        print("the file is not good to begin with:", check(good))
        return 1
    for i, (rule, spoil) in enumerate(MUTANTS):
        pdf = copy.deepcopy(good)
        spoil(pdf)
        found = {r for r, _ in check(pdf)}
        if rule not in found:
            print("mutant %d: %s went unnoticed (found: %s)" % (i, rule, sorted(found)))
            missed += 1
    print("%d mutants, %d missed" % (len(MUTANTS), missed))
    return 1 if missed else 0


def widths(pdf, font):
    """Advance by code, 1/1000 em, and the advance of all other codes."""
    if font["/Subtype"] == "/Type3":
        return {font["/FirstChar"] + i: w for i, w in enumerate(font["/Widths"])}, 0
    cid = pdf.get(font["/DescendantFonts"][0])
    out, w = {}, pdf.get(cid.get("/W", []))
    for code, row in zip(w[0::2], w[1::2]):
        out.update({code + i: x for i, x in enumerate(row)})
    return out, cid.get("/DW", 1000)


def glyphs(pdf, page):
    """(x, y, size) of every glyph outside pictures, from the text operators alone (ISO 32000-1, 9.4.4); but for blanks
    that are stretched over the white between cells."""
    fonts, font, size, spacing, line, x, depth = pdf.get(pdf.get(page["/Resources"])["/Font"]), None, 0, 0, [0, 0], 0, 0
    blanks, scale = False, 100
    for op, args in operations(pdf.data(page["/Contents"])):
        depth += (op == "q") - (op == "Q")
        if depth:
            continue
        if op == "Tf":
            font, size = pdf.get(fonts[args[0]]), args[1]
            known, other = widths(pdf, font)
        elif op == "BDC":
            blanks = args[1].get("/ActualText") == b"  "
        elif op == "Tz":
            scale = args[0]
        elif op == "Tc":
            spacing = args[0]
        elif op == "BT":
            line = [0, 0]
        elif op == "Td":
            line = [line[0] + args[0], line[1] + args[1]]
            x = line[0]
        elif op in ("Tj", "TJ") and not (blanks and scale != 100):
            for part in args[0] if op == "TJ" else args:
                if isinstance(part, float):
                    x -= part / 1000 * size
                    continue
                step = 2 if font["/Subtype"] == "/Type0" else 1
                for i in range(0, len(part), step):
                    yield x, line[1], size
                    x += known.get(int.from_bytes(part[i:i + step], "big"), other) / 1000 * size + spacing


def positions(path, listing):
    pdf, wanted = File(path), {}
    with open(listing) as f:
        for row in f:
            page, x, y = row.split()
            wanted.setdefault(int(page), []).append((float(x), float(y)))
    order = lambda g: (round(g[1], 1), g[0])
    for number, (_, page) in enumerate(pdf.pages()):
        found, want = sorted(glyphs(pdf, page), key=order), sorted(wanted.get(number, []), key=order)
        if len(found) != len(want):
            print("page %d: %d glyphs, not %d" % (number + 1, len(found), len(want)))
            return 1
        for g, w in zip(found, want):
            if abs(g[0] - w[0]) > g[2] * 0.001 + 0.001 or abs(g[1] - w[1]) > 0.001:
                print("page %d: a glyph at %.4f %.4f, not at %.4f %.4f" % (number + 1, g[0], g[1], w[0], w[1]))
                return 1
    return 0


def main(args):
    if args and args[0] == "--mutants":
        return mutants(args[1])
    if args and args[0] == "--positions":
        return positions(args[1], args[2])
    failed = 0
    for path in args:
        for rule, message in check(File(path)):
            print("%s: %s: %s" % (path, rule, message))
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
