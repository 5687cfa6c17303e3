/* PDFs with their source inside: the record, the walk over a file's streams, and files that lie. */
#include "banxin.h"
#include "output/pdf/embedded.h"
#include "press/record.h"
#include "support/cmocka_all.h"
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
static const char *const fonts[] = {BX_SOURCE_DIR "/fonts", NULL};
static const char issue[] = "layout: committee-daily\nseries: 观察\ndate: 2026-05-20\n"
                            "embed-source: true\nsections: [{title: 甲, body: 正文。}]\n";

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_press *press;
    bx_str pdf;
    char path[64]; /* of a file that a test may write over */
} fixture;

static bool take(void *user, const void *p, size_t n) {
    bx_buf_add(user, p, n);
    return true;
}

static int open_fixture(void **state) {
    static fixture f;
    f = (fixture){.path = "/tmp/banxin-verify-XXXXXX"};
    f.arena = bx_arena_new(&f.memory);
    close(mkstemp(f.path));
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    bx_job *job;
    bx_buf out = bx_buf_new(f.arena);
    assert_int_equal(bx_press_open(&options, &f.press), BX_OK);
    assert_int_equal(bx_job_open(f.press, NULL, &job), BX_OK);
    assert_int_equal(bx_job_read(job, "issue.yaml", issue, sizeof issue - 1), BX_OK);
    assert_int_equal(bx_job_build(job, take, &out), BX_OK);
    bx_job_close(job);
    f.pdf = bx_buf_view(&out);
    *state = &f;
    return 0;
}

static int close_fixture(void **state) {
    fixture *f = *state;
    unlink(f->path);
    bx_press_close(f->press);
    bx_arena_drop(f->arena);
    return 0;
}

static bx_status verify(const fixture *f, bx_str pdf) {
    FILE *file = fopen(f->path, "wb");
    assert_int_equal(fwrite(pdf.p, 1, pdf.n, file), pdf.n);
    fclose(file);
    bx_job *job;
    bx_provenance provenance;
    assert_int_equal(bx_job_open(f->press, NULL, &job), BX_OK);
    bx_status status = bx_job_verify(job, f->path, NULL, &provenance);
    if (status == BX_EDIFFERS)
        assert_true(bx_job_errors(job) > 0); /* there is a reason */
    bx_job_close(job);
    return status;
}

static void knows_its_own(void **state) {
    const fixture *f = *state;
    assert_int_equal(verify(f, f->pdf), BX_OK);
}

/* Wherever one byte is another, it is not the file that was made. */
static void finds_any_byte(void **state) {
    const fixture *f = *state;
    char *copy = bx_alloc(f->arena, f->pdf.n);
    memcpy(copy, f->pdf.p, f->pdf.n);
    for (uint32_t i = 0; i < 48; i++) {
        uint32_t at = (uint32_t)(bx_hash(&i, sizeof i, 7) % f->pdf.n);
        copy[at] = (char)(copy[at] ^ (1 << i % 8));
        bx_status status = verify(f, (bx_str){copy, f->pdf.n});
        assert_true(status == BX_EDIFFERS || status == BX_EDATA);
        copy[at] = f->pdf.p[at];
    }
}

/* Bytes of the record, where a change can lead the program astray. */
static void survives_false_records(void **state) {
    const fixture *f = *state;
    static const char letters[] = "\"{}[],:9-/\\\0a";
    char *copy = bx_alloc(f->arena, f->pdf.n);
    memcpy(copy, f->pdf.p, f->pdf.n);
    int64_t start = bx_str_find(f->pdf, BX_STR("/Type /EmbeddedFile"));
    int64_t end = bx_str_find(f->pdf, BX_STR("\n}\n\nendstream"));
    assert_true(start > 0 && end > start);
    for (uint32_t i = 0; i < 400; i++) {
        uint64_t random = bx_hash(&i, sizeof i, 11);
        uint32_t at = (uint32_t)(start + (int64_t)(random % (uint64_t)(end - start)));
        copy[at] = letters[(random >> 32) % sizeof letters];
        bool same = copy[at] == f->pdf.p[at];
        bx_status status = verify(f, (bx_str){copy, f->pdf.n});
        assert_true(status == BX_EDIFFERS || status == BX_EDATA || same);
        copy[at] = f->pdf.p[at];
    }
}

/* A file that was cut, or a part of which is elsewhere, twice, gone, or something else; in what is
 * not outlines and pictures for the most part. */
static bx_str mutated(const fixture *f, bx_arena *arena, uint32_t i) {
    enum { PLACES = 4 };
    uint64_t random = bx_hash(&i, sizeof i, 23);
    const uint32_t n = f->pdf.n, part = 1 + (uint32_t)(random >> 8) % (i % 3 ? 16 : 4096);
    static const char *const signs[PLACES] = {"/Type /EmbeddedFile", "/Type /ObjStm", "/Type /XRef",
                                              "startxref"};
    int64_t sign = bx_str_find(f->pdf, bx_str_of(signs[random % PLACES]));
    assert_true(sign > 0);
    uint32_t at =
        i % 4 ? (uint32_t)sign + (uint32_t)(random >> 20) % 3000 : (uint32_t)(random >> 20);
    at %= n;
    uint32_t end = at + part < n ? at + part : n, to = (uint32_t)(random >> 40) % n;
    bx_buf out = bx_buf_new(arena);
    bx_buf_str(&out, bx_str_sub(f->pdf, 0, at));
    switch (random >> 4 & 7) {
    case 0: /* cut */
        return bx_buf_view(&out);
    case 1: /* gone */
        break;
    case 2: /* twice */
        bx_buf_str(&out, bx_str_sub(f->pdf, at, end));
        bx_buf_str(&out, bx_str_sub(f->pdf, at, end));
        break;
    case 3: /* another part of it */
        bx_buf_str(&out, bx_str_sub(f->pdf, to, to + part < n ? to + part : n));
        break;
    case 4: /* other numbers */
        for (; at < end; at++)
            bx_buf_char(&out, f->pdf.p[at] >= '0' && f->pdf.p[at] <= '9' ? '9' : f->pdf.p[at]);
        break;
    default: /* anything */
        for (; at < end; at++)
            bx_buf_char(&out, (char)(bx_hash(&at, sizeof at, random) & 0xFF));
    }
    bx_buf_str(&out, bx_str_sub(f->pdf, end, n));
    return bx_buf_view(&out);
}

/* BANXIN_MUTATIONS of them; in the suite a few. */
static void survives_mutations(void **state) {
    const fixture *f = *state;
    const char *asked = getenv("BANXIN_MUTATIONS");
    uint32_t n = asked ? (uint32_t)strtoul(asked, NULL, 10) : 150;
    bx_arena *arena = bx_arena_side(f->arena);
    bx_mark mark = bx_arena_mark(arena);
    for (uint32_t i = 0; i < n; i++) {
        bx_str pdf = mutated(f, arena, i);
        bx_status status = bx_str_eq(pdf, f->pdf) ? BX_EDIFFERS : verify(f, pdf);
        if (status != BX_EDIFFERS && status != BX_EDATA && status != BX_EFONT)
            fail_msg("mutation %u: %s", i, bx_status_text(status));
        bx_arena_rewind(arena, mark);
    }
}

static uint32_t pieces_of(const fixture *f, const char *after_header, bx_pdf_pieces *out) {
    bx_str pdf = bx_str_fmt(f->arena, "%s%s", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", after_header);
    *out = (bx_pdf_pieces){0};
    assert_true(bx_pdf_walk(f->arena, pdf, out));
    return out->n;
}

#define STREAM(number, dictionary, data)                                                           \
    number " 0 obj\n<<\n" dictionary ">>\nstream\n" data "\nendstream\nendobj\n"

static void walks_what_has_the_form(void **state) {
    const fixture *f = *state;
    bx_pdf_pieces p;
    bx_str bytes;
    assert_false(bx_pdf_walk(f->arena, BX_STR(""), &p));
    assert_false(bx_pdf_walk(f->arena, BX_STR("%PDF-1.4\n"), &p));
    assert_int_equal(pieces_of(f, "", &p), 0);
    assert_int_equal(pieces_of(f, "startxref\n0\n", &p), 0);
    assert_int_equal(
        pieces_of(f, STREAM("1", "/Length 3\n", "abc") STREAM("2", "/Length 0\n", ""), &p), 2);
    assert_int_equal(p.at[1].number, 2);
    assert_int_equal(pieces_of(f, STREAM("1", "/Length 4\n", "abc"), &p), 0);
    assert_int_equal(pieces_of(f, STREAM("1", "/Length 999999999\n", "abc"), &p), 0);
    assert_int_equal(pieces_of(f, STREAM("1", "/Length 99999999999999999999\n", "abc"), &p), 0);
    assert_int_equal(pieces_of(f, STREAM("1", "/Length -1\n", "abc"), &p), 0);
    assert_int_equal(pieces_of(f, STREAM("1", "", "abc"), &p), 0);
    assert_int_equal(pieces_of(f, STREAM("99999999999", "/Length 3\n", "abc"), &p), 0);
    assert_int_equal(pieces_of(f, "1 0 obj\n<<\n/Length 3\n", &p), 0);

    const char *file = STREAM("1", "/Type /EmbeddedFile\n/Length 3\n/Params<</Size 3>>", "abc")
        STREAM("2", "/Type /EmbeddedFile\n/Length 3\n/Params<</Size 4>>", "abc") STREAM(
            "3", "/Type /EmbeddedFile\n/Filter /FlateDecode\n/Length 3\n/Params<</Size 900000000>>",
            "abc");
    assert_int_equal(pieces_of(f, file, &p), 3);
    assert_true(bx_pdf_is_file(&p.at[0]));
    assert_true(bx_pdf_file_bytes(f->arena, &p.at[0], 3, &bytes));
    assert_true(bx_str_is(bytes, "abc"));
    assert_false(bx_pdf_file_bytes(f->arena, &p.at[0], 2, &bytes));
    assert_false(bx_pdf_file_bytes(f->arena, &p.at[1], 100, &bytes));
    assert_false(bx_pdf_file_bytes(f->arena, &p.at[2], UINT32_MAX, &bytes));
}

static void records_come_back(void **state) {
    const fixture *f = *state;
    bx_record record = {.program = BX_STR("Banxin 9"),
                        .standards = BX_STR("a-3a"),
                        .created = 12,
                        .has_created = true},
              back;
    bx_record_font font = {BX_STR("Song"), BX_STR("Version “1”"), BX_STR("00ff")};
    bx_push(f->arena, &record.libraries, BX_STR("Lib 1"));
    bx_push(f->arena, &record.settings, BX_STR("title=\"甲\"\\乙\n丙"));
    bx_push(f->arena, &record.fonts, font);
    bx_record_add(f->arena, &record, BX_FILE_ISSUE, BX_STR("a.md"), BX_STR("a.md"), BX_STR("x"));
    bx_record_add(f->arena, &record, BX_FILE_PICTURE, BX_STR("p/q.png"), BX_STR("p/q.png"),
                  BX_STR("y"));
    bx_record_add(f->arena, &record, BX_FILE_PICTURE, BX_STR("q.png"), BX_STR("q.png"),
                  BX_STR("z"));
    bx_record_add(f->arena, &record, BX_FILE_PICTURE, BX_STR("banxin.json"), BX_STR("banxin.json"),
                  BX_STR("z"));
    bx_str text = bx_record_write(f->arena, &record);
    assert_true(bx_record_read(f->arena, text, &back));
    assert_true(bx_str_eq(text, bx_record_write(f->arena, &back)));
    assert_true(bx_str_eq(back.settings.at[0], record.settings.at[0]));
    assert_true(bx_str_is(back.files.at[2].name, "2-q.png"));
    assert_true(bx_str_is(back.files.at[3].name, "2-banxin.json"));
    assert_int_equal(back.created, 12);

    bx_report *report = bx_report_new(f->arena, bx_sources_new(f->arena));
    assert_int_equal(bx_record_compare(f->arena, &record, &back, report), 0);
    back.files.n = 3;
    back.fonts.at[0].content = BX_STR("00fe");
    back.program = BX_STR("Banxin 10");
    assert_int_equal(bx_record_compare(f->arena, &record, &back, report), 3);
    assert_int_equal(report->errors, 3);
}

static void refuses_what_is_no_record(void **state) {
    const fixture *f = *state;
    static const char *const wrong[] = {
        "",
        "[]",
        "{",
        "{\"program\": 1}",
        "\xFF",
        "{\"program\": \"a\", \"standards\": \"a-3a\", \"libraries\": [], \"fonts\": [], "
        "\"files\": 1}",
        "{\"program\": \"a\", \"standards\": \"a-3a\", \"libraries\": [], \"fonts\": [1], "
        "\"files\": []}",
        "{\"program\": \"a\", \"standards\": \"a-3a\", \"libraries\": [], \"fonts\": [], "
        "\"files\": "
        "[{\"role\": \"spy\", \"name\": \"a\", \"size\": 1, \"sha256\": \"\"}]}",
        "{\"program\": \"a\", \"standards\": \"a-3a\", \"libraries\": [], \"fonts\": [], "
        "\"files\": "
        "[{\"role\": \"issue\", \"name\": \"a\", \"size\": 99999999999, \"sha256\": \"\"}]}",
    };
    bx_record record;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(bx_record_read(f->arena, bx_str_of(wrong[i]), &record));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_its_own),
        cmocka_unit_test(finds_any_byte),
        cmocka_unit_test(survives_mutations),
        cmocka_unit_test(survives_false_records),
        cmocka_unit_test(walks_what_has_the_form),
        cmocka_unit_test(records_come_back),
        cmocka_unit_test(refuses_what_is_no_record),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
