#!/usr/bin/env bash
# The source inside a PDF, and making the PDF again from it.
source "$(dirname "$0")/lib.sh"

# A picture of one grey point.
point() {
    python3 - "$1" <<'END'
import struct, sys, zlib
chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
                        chunk(b"IDAT", zlib.compress(bytes([0, int(sys.argv[1])]))) + chunk(b"IEND", b""))
END
}
issue() {
    mkdir -p pictures layouts/house
    given issue.yaml <<'END'
layout: house
series: 每日观察
date: 2026-05-20
sections:
  - title: 第一节
    body: |
      正文有 *italic* 与图：

      ![一个点](pictures/dot.png)
END
    given layouts/house/layout.yaml <<'END'
extends: committee-daily
embed-source: true
blocks:
  cover:
    parts:
      - image: mark.png
        height: 2em
END
    point 128 >pictures/dot.png
    point 255 >layouts/house/mark.png
}
build() {
    issue
    run build issue.yaml --layout-path=layouts -o out.pdf "$@"
    expect_code 0
}
# Writes over a place of a file: spoil FILE OLD NEW, both of one length.
spoil() {
    python3 - "$@" <<'END' || fault "nothing to spoil"
import sys
path, old, new = sys.argv[1:]
data = open(path, "rb").read()
assert old.encode() in data and len(old.encode()) == len(new.encode())
open(path, "wb").write(data.replace(old.encode(), new.encode(), 1))
END
}

it "says yes to what was built, from the PDF alone, and from what"
build
mkdir elsewhere
mv out.pdf elsewhere
rm -r issue.yaml pictures layouts
run verify elsewhere/out.pdf
expect_code 0
expect_out '^elsewhere/out\.pdf: the same, byte for byte$'
expect_out "^  program    Banxin [0-9.]+$"
expect_out '^  fonts      Noto.*, Version 2'
expect_out 'issue\.yaml, SHA-256 [0-9a-f]{64}$'
expect_out 'house\.layout\.yaml, SHA-256 '
expect_out 'base\.layout\.yaml, SHA-256 '
expect_out 'dot\.png, SHA-256 '
expect_out 'mark\.png, SHA-256 '
expect_out '^  standards  a-3a,ua-1$'
[[ $(sed -n 's/^  SHA-256    //p' "$top/out") == "$(sha256sum <elsewhere/out.pdf | cut -d' ' -f1)" ]] ||
    fault "another hash"

it "gives the files out as they were"
build
pdfdetach -saveall -o . out.pdf >/dev/null 2>&1
cmp -s mark.png layouts/house/mark.png || fault "the layout's picture"
cmp -s house.layout.yaml layouts/house/layout.yaml || fault "the layout"
cmp -s dot.png pictures/dot.png || fault "the picture"
grep -q '"program"' banxin.json || fault "the record"

it "has the same bytes wherever the issue and its layout lie"
build
cp out.pdf first.pdf
mkdir -p deep/er
mv issue.yaml pictures layouts deep/er
cd deep/er || exit 2
run build issue.yaml --layout-path=layouts -o out.pdf
cmp -s out.pdf ../../first.pdf || fault "the two differ"

it "knows the layout of an issue that names none"
printf -- '---\ntitle: 随笔\ndate: 2026-05-20\n---\n\n正文 ![点](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7) 有图。\n' >essay.md
run build essay.md --set embed-source=true -o out.pdf
expect_code 0
rm essay.md
run verify out.pdf
expect_code 0
[[ $(grep -c ', SHA-256 ' "$top/out") == 3 ]] || fault "other files than the essay and two layouts"

it "takes the options that it was made with from the record"
build --set title=另题 --pdf-standard=a-3a
run verify out.pdf
expect_code 0
expect_out '^  standards  a-3a$'
SOURCE_DATE_EPOCH=86400 "$program" build issue.yaml --layout-path=layouts -o dated.pdf
run verify dated.pdf
expect_code 0
pdfinfo -isodates dated.pdf | grep -q '^CreationDate: *1970-01-02T' || fault "another date"

it "says what has changed on the disk: the text"
build
sed -i s/正文/本文/ issue.yaml
run verify out.pdf issue.yaml --layout-path=layouts
expect_code 1
expect_out '^out\.pdf: not the same$'
expect_err '^out\.pdf:1:1: error\[not-reproduced\]: the issue issue\.yaml has changed$'
run verify out.pdf
expect_code 0

it "the layout"
build
sed -i 's/2em/3em/' layouts/house/layout.yaml
run verify out.pdf issue.yaml --layout-path=layouts
expect_code 1
expect_err 'the layout house/layout\.yaml has changed$'
expect_no_err 'the issue'

it "a picture"
build
cp layouts/house/mark.png pictures/dot.png
run verify out.pdf issue.yaml --layout-path=layouts
expect_code 1
expect_err 'the picture pictures/dot\.png has changed$'

it "nothing"
build
run verify out.pdf issue.yaml --layout-path=layouts
expect_code 0

it "says that the program is another"
build
version=$("$program" --version | sed 's/.* //')
spoil out.pdf "\"program\": \"Banxin $version" "\"program\": \"Banxin ${version%?}x"
run verify out.pdf
expect_code 1
expect_err "the program was Banxin ${version%?}x, this is Banxin $version\$"

it "says that a library is another"
build
spoil out.pdf '"HarfBuzz ' '"HarfFuzz '
run verify out.pdf
expect_code 1
expect_err 'the libraries were cmark-gfm [^,]*, HarfFuzz '

it "says that a font is another"
build
font=$(fc-list -f '%{file}\n' 'P052:style=Italic' | grep '\.otf$')
mkdir fonts
python3 - "$font" fonts/P052-Italic.otf <<'END'
import sys
data = open(sys.argv[1], "rb").read()
for name in ("Version 1.00", "Version 1.00".encode("utf-16-be").decode("latin-1")):
    data = data.replace(name.encode("latin-1"), name.replace("1", "7").encode("latin-1"))
open(sys.argv[2], "wb").write(data)
END
run verify out.pdf --font-path=fonts
expect_code 1
expect_err 'the font P052-Italic was “Version 1\.00”, here it is “Version 7\.00”$'

it "says where the bytes differ when nothing else does"
build
printf x >>out.pdf
run verify out.pdf
expect_code 1
expect_err 'the bytes differ from byte [0-9]+ on$'
build
spoil out.pdf 'pdfaid:part="3"' 'pdfaid:part="2"'
run verify out.pdf
expect_code 1
expect_err 'the bytes differ from byte [0-9]+ on, in the metadata \(object [0-9]+\)$'

it "says that a file inside was changed"
build
python3 - out.pdf <<'END'
import re, sys, zlib
data = open(sys.argv[1], "rb").read()
for m in re.finditer(rb"\d+ 0 obj\n<<\n/Type /EmbeddedFile\n/Filter /FlateDecode\n/Length (\d+)\n(.*?)>>\nstream\n", data, re.S):
    end = m.end() + int(m[1])
    text = b"# longer\n" + zlib.decompress(data[m.end():end])
    packed = zlib.compress(text)
    head = m[0].replace(b"/Length " + m[1], b"/Length %d" % len(packed))
    head = re.sub(rb"/Size \d+", b"/Size %d" % len(text), head)
open(sys.argv[1], "wb").write(data[:m.start()] + head + packed + data[end:])
END
run verify out.pdf
expect_code 1
expect_err 'the layout base/layout\.yaml has changed$'

it "needs a source inside, or an issue"
build --set embed-source=false
run verify out.pdf
expect_code 65
expect_err '^out\.pdf:1:1: error\[bad-value\]: this PDF has no source inside$'
expect_err 'hint: Name the issue'
run verify out.pdf issue.yaml --layout-path=layouts --set embed-source=false
expect_code 64
sed -i '/embed-source/d' layouts/house/layout.yaml
run build issue.yaml --layout-path=layouts -o out.pdf
run verify out.pdf issue.yaml --layout-path=layouts
expect_code 0
sed -i s/正文/本文/ issue.yaml
run verify out.pdf issue.yaml --layout-path=layouts
expect_code 1
expect_err 'the bytes differ from byte [0-9]+ on, in '

it "refuses what it did not make"
: >empty.pdf
head -c 3000 /dev/zero >zeros.pdf
printf '%%PDF-1.4\n1 0 obj\n<<>>\nendobj\n' >other.pdf
build
head -c 5000 out.pdf >cut.pdf
qpdf out.pdf --object-streams=disable anew.pdf
for file in empty zeros other cut anew; do
    run verify $file.pdf
    expect_code 65
    expect_err "^$file\\.pdf:1:1: error\\[bad-value\\]: "
done
run verify missing.pdf
expect_code 66
run verify .
expect_code 66
run verify
expect_code 64
run verify out.pdf issue.yaml more
expect_code 64

it "does not read the disk for what the PDF should hold"
build
spoil out.pdf '"pictures/dot.png"' '"pictures/dat.png"'
run verify out.pdf
expect_code 65
expect_err 'issue\.yaml:9:7: error\[image-missing\]'

it "keeps the standard that is asked for"
build --set embed-source=false
grep -aq 'pdfaid:part="2"' out.pdf || fault "not A-2"
build --set embed-source=false --pdf-standard=none
! grep -aqE 'pdf(a|ua)id:part' out.pdf || fault "a standard"
run verify out.pdf issue.yaml --layout-path=layouts
build
grep -aq 'pdfaid:part="3"' out.pdf || fault "not A-3"

it "does not put the source into PDF/A-2"
issue
run build issue.yaml --layout-path=layouts --pdf-standard=a-2a,ua-1
expect_code 65
expect_err '^layouts/house/layout\.yaml:2:15: error\[conformance\]: PDF/A-2 may not hold the source'
echo 'embed-source: true' >>issue.yaml
run check issue.yaml --layout-path=layouts --pdf-standard=a-2a
expect_err '^issue\.yaml:10:15: error\[conformance\]'
echo 'conformance: [a-2a, ua-1]' >>layouts/house/layout.yaml
run build issue.yaml --layout-path=layouts
expect_code 65
expect_err '^issue\.yaml:10:15: error\[conformance\]'

it "refuses standards that do not go together"
issue
run build issue.yaml --pdf-standard=a-2a,a-3a
expect_code 64
run build issue.yaml --pdf-standard=a-9
expect_code 64
echo 'conformance: [a-2a, a-3a]' >>layouts/house/layout.yaml
run build issue.yaml --layout-path=layouts
expect_code 65
expect_err '^layouts/house/layout\.yaml:8:14: error\[bad-value\]: a file is PDF/A-2 or PDF/A-3, not both$'

finish
