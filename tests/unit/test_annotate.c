/* A copy of a DOCX with comments: where the marks go, and that nothing else
 * changes. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../indexer/annotate.h"
#include "../../indexer/package.h"
#include "../../indexer/package_write.h"
#include "../../indexer/reader.h"
#include "../../indexer/xml.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* ---- making a DOCX -------------------------------------------------------------- */

static struct opcit_str make(const char *space, const char *body, const char *notes, const char *comments,
			     struct opcit_arena *arena)
{
	static const char empty[22] = "PK\5\6";
	struct opcit_part parts[6] = {
		{ "[Content_Types].xml",
		  OPCIT_STR("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
			    "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>") },
		{ "_rels/.rels",
		  OPCIT_STR("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
			    "<Relationship Id=\"a\" Type=\"" R "/officeDocument\" Target=\"word/document.xml\"/>"
			    "</Relationships>") },
		{ "word/document.xml",
		  opcit_arena_printf(arena, "<w:document xmlns:w=\"%s\"><w:body>%s</w:body></w:document>", space, body) },
		{ "word/vbaProject.bin", OPCIT_STR("\1\2 macros") },
	};
	struct opcit_buf file = OPCIT_BUF_INIT;
	struct opcit_str docx;
	size_t n = 4;

	if (notes)
		parts[n++] = (struct opcit_part){
			"word/footnotes.xml",
			opcit_arena_printf(arena, "<w:footnotes xmlns:w=\"%s\">%s</w:footnotes>", space, notes)
		};
	if (comments) {
		parts[n++] = (struct opcit_part){
			"word/comments.xml",
			opcit_arena_printf(arena, "<w:comments xmlns:w=\"%s\">%s</w:comments>", space, comments)
		};
	}
	cr_assert_eq(opcit_package_rewrite((struct opcit_str){ empty, sizeof empty }, parts, n, &file, NULL), OPCIT_OK);
	docx = opcit_arena_dup(arena, opcit_buf_str(&file));
	opcit_buf_release(&file);
	return docx;
}

static struct opcit_str part_of(struct opcit_str docx, const char *name, struct opcit_arena *arena)
{
	struct opcit_package *package;
	struct opcit_str part = { NULL, 0 };

	cr_assert_eq(opcit_package_open(docx, &package, NULL), OPCIT_OK);
	opcit_package_read(package, name, arena, &part, NULL);
	opcit_package_close(package);
	return part;
}

/* Between the body's tags. */
static struct opcit_str body_of(struct opcit_str document)
{
	const char *from = memmem(document.ptr, document.len, "<w:body>", 8);
	const char *to = memmem(document.ptr, document.len, "</w:body>", 9);

	cr_assert(from && to);
	return (struct opcit_str){ from + 8, (size_t)(to - from - 8) };
}

static struct opcit_annotated annotate(struct opcit_str docx, const struct opcit_annotations *annotations,
				       struct opcit_arena *arena)
{
	struct opcit_buf answer = OPCIT_BUF_INIT;
	struct opcit_annotated annotated;
	struct opcit_err err = OPCIT_ERR_INIT;

	cr_assert_eq(opcit_annotate(docx, annotations, &answer, &err), OPCIT_OK, "%s", err.message);
	cr_assert_eq(opcit_annotated_decode(opcit_arena_dup(arena, opcit_buf_str(&answer)), &annotated, &err), OPCIT_OK,
		     "%s", err.message);
	opcit_buf_release(&answer);
	return annotated;
}

/* ---- where the marks go ------------------------------------------------------------- */

#define FROM(id) "<w:commentRangeStart w:id=\"" id "\"/>"
#define TO(id) "<w:commentRangeEnd w:id=\"" id "\"/>"
#define REF(id) "<w:r><w:commentReference w:id=\"" id "\"/></w:r>"
#define P(x) "<w:p>" x "</w:p>"
#define T(x) "<w:r><w:t>" x "</w:t></w:r>"
#define KEPT(x) "<w:r><w:t xml:space=\"preserve\">" x "</w:t></w:r>"
#define B(x) "<w:r><w:rPr><w:b/></w:rPr><w:t>" x "</w:t></w:r>"
#define NOTE(id) "<w:r><w:footnoteReference w:id=\"" id "\"/></w:r>"
#define BOX(x) \
	"<w:r><w:pict><w:txbxContent>" P(T(x)) "</w:txbxContent></w:pict></w:r>"

static const struct row {
	const char *name, *body, *notes;
	const char *record, *raw; /* the text and what in it is commented on */
	const char *expected;     /* the body with comment 1 */
	bool astray;
} rows[] = {
	{ "a part of a run", P(T("See A/1 now.")), NULL, "See A/1 now.", "A/1",
	  P(KEPT("See ") FROM("1") KEPT("A/1") TO("1") REF("1") KEPT(" now.")), false },
	{ "a whole run", P(T("See ") T("A/1") T(".")), NULL, "See A/1.", "A/1",
	  P(T("See ") FROM("1") T("A/1") TO("1") REF("1") T(".")), false },
	{ "properties are kept", P(B("See A/1.")), NULL, "See A/1.", "A/1",
	  P("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">See </w:t></w:r>" FROM(
		  "1") "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">A/1</w:t></w:r>" TO("1")
		    REF("1") "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">.</w:t></w:r>"),
	  false },
	{ "over several runs", P(T("See A/R") B("ES/1, pa") T("ra. 2.")), NULL, "See A/RES/1, para. 2.", "A/RES/1, para. 2",
	  P(KEPT("See ") FROM("1") KEPT("A/R") B("ES/1, pa") KEPT("ra. 2") TO("1") REF("1") KEPT(".")), false },
	{ "a run with a tab", P("<w:r><w:t>1.</w:t><w:tab/><w:t>A/1 says</w:t></w:r>"), NULL, "A/1 says", "A/1",
	  P("<w:r><w:t>1.</w:t><w:tab/></w:r>" FROM("1") KEPT("A/1") TO("1") REF("1") KEPT(" says")), false },
	{ "over paragraphs", P(T("See A/1,")) P(T("para. 2.")), NULL, "See A/1, para. 2.", "A/1, para. 2",
	  P(KEPT("See ") FROM("1") KEPT("A/1,")) P(KEPT("para. 2") TO("1") REF("1") KEPT(".")), false },
	{ "in a link", P("<w:hyperlink>" T("see A/1") "</w:hyperlink>"), NULL, "see A/1", "A/1",
	  P("<w:hyperlink>" KEPT("see ") FROM("1") KEPT("A/1") TO("1") "</w:hyperlink>" REF("1")), false },
	{ "tracked changes", P("<w:del><w:r><w:delText>A/0</w:delText></w:r></w:del><w:ins>" T("A/1") "</w:ins>" T(".")), NULL,
	  "A/1.", "A/1",
	  P("<w:del><w:r><w:delText>A/0</w:delText></w:r></w:del><w:ins>" FROM("1") T("A/1")
		    TO("1") "</w:ins>" REF("1") T(".")),
	  false },
	{ "in a table", "<w:tbl><w:tr><w:tc>" P(T("A/1")) "</w:tc></w:tr></w:tbl>", NULL, "A/1", "A/1",
	  "<w:tbl><w:tr><w:tc>" P(FROM("1") T("A/1") TO("1") REF("1")) "</w:tc></w:tr></w:tbl>", false },
	{ "in a note", P(T("Text") NOTE("2") T(" goes on.")), "<w:footnote w:id=\"2\">" P(T("See A/1.")) "</w:footnote>",
	  "See A/1.", "A/1", P(T("Text") FROM("1") NOTE("2") TO("1") REF("1") T(" goes on.")), false },
	{ "a note within", P(T("See A/1,") NOTE("2") T(" para. 2.")), "<w:footnote w:id=\"2\">" P(T("Words.")) "</w:footnote>",
	  "See A/1, para. 2.", "A/1, para. 2",
	  P(KEPT("See ") FROM("1") KEPT("A/1,") NOTE("2") KEPT(" para. 2") TO("1") REF("1") KEPT(".")), false },
	{ "in a text box", P(T("Text") BOX("See A/1.")), NULL, "See A/1.", "A/1",
	  P(T("Text") FROM("1") BOX("See A/1.") TO("1") REF("1")), false },
	{ "in a field", P(T("See ") "<w:fldSimple w:instr=\"REF x\">" T("A/1") "</w:fldSimple>"), NULL, "See A/1", "A/1",
	  P(T("See ") FROM("1") "<w:fldSimple w:instr=\"REF x\">" T("A/1") "</w:fldSimple>" TO("1") REF("1")), false },
	{ "what is elsewhere", P("<w:pPr><w:jc/></w:pPr>" T("Text.")), NULL, "A/1 of a header", "A/1",
	  P("<w:pPr><w:jc/></w:pPr>" REF("1") T("Text.")), true },
	{ "marks at its ends", P(T("He said \"Stop, A/1.\" Then")), NULL, "He said \"Stop, A/1.\" Then", "\"Stop, A/1.\"",
	  P(KEPT("He said ") FROM("1") KEPT("\"Stop, A/1.\"") TO("1") REF("1") KEPT(" Then")), false },
	{ "what is repeated", P(T("ibid. ibid. ibid., para. 3")), NULL, "ibid. ibid. ibid., para. 3", "ibid., para. 3",
	  P(KEPT("ibid. ibid. ") FROM("1") KEPT("ibid., para. 3") TO("1") REF("1")), false },
	{ "between two characters", P(T("A/1.") T(" So")), NULL, "A/1. So", "",
	  P(FROM("1") KEPT("A") TO("1") REF("1") KEPT("/1.") T(" So")), false },
	{ "elements in a text", P("<w:r><w:t>See <w:x/>A/1</w:t></w:r>") P(T("End")), NULL, "See A/1", "A/1",
	  P(FROM("1") "<w:r><w:t>See <w:x/>A/1</w:t></w:r>" TO("1") REF("1")) P(T("End")), false },
	{ "in no paragraph", P(T("Text.")) T("See A/1."), NULL, "See A/1.", "A/1",
	  P(REF("1") T("Text.")) T("See A/1."), false },
	{ "no Latin letters", P(T("\xD0\xA1\xD0\xBC. \xD0\x9F\xD0\xB0\xD0\xBA\xD1\x82, 2")), NULL,
	  "\xD0\xA1\xD0\xBC. \xD0\x9F\xD0\xB0\xD0\xBA\xD1\x82, 2", "\xD0\x9F\xD0\xB0\xD0\xBA\xD1\x82",
	  P(KEPT("\xD0\xA1\xD0\xBC. ") FROM("1") KEPT("\xD0\x9F\xD0\xB0\xD0\xBA\xD1\x82") TO("1") REF("1") KEPT(", 2")), false },
};

Test(annotate, puts_marks_around_the_words)
{
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_str text = opcit_str_of(row->record), got;
		size_t start = (size_t)(strstr(row->record, row->raw) - row->record);
		struct opcit_annotation one = { 0, start, start + strlen(row->raw), OPCIT_STR("why") };
		struct opcit_annotations all = { &text, 1, &one, 1 };
		struct opcit_annotated annotated = annotate(make(W, row->body, row->notes, NULL, &arena), &all, &arena);

		got = body_of(part_of(annotated.file, "word/document.xml", &arena));
		cr_expect(opcit_str_is(got, row->expected), "%s:\n%.*s\ninstead of\n%s", row->name, OPCIT_FMT(got),
			  row->expected);
		cr_expect_eq(annotated.astray, row->astray, "%s", row->name);
		cr_expect_eq(annotated.placed, !row->astray, "%s", row->name);
		opcit_arena_release(&arena);
	}
}

Test(annotate, several_comments_at_one_place)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text = OPCIT_STR("A/1 and A/2."), got;
	struct opcit_annotation notes[] = { { 0, 0, 3, OPCIT_STR("a") },
					    { 0, 0, 3, OPCIT_STR("b") },
					    { 0, 0, 11, OPCIT_STR("c") },
					    { 0, 3, 11, OPCIT_STR("d") } };
	struct opcit_annotations all = { &text, 1, notes, 4 };
	struct opcit_annotated annotated = annotate(make(W, P(T("A/1 and A/2.")), NULL, NULL, &arena), &all, &arena);

	got = body_of(part_of(annotated.file, "word/document.xml", &arena));
	cr_expect(opcit_str_is(got, P(FROM("1") FROM("2") FROM("3") KEPT("A/1") TO("1") REF("1") TO("2") REF("2")
					      FROM("4") KEPT(" and A/2") TO("3") REF("3") TO("4")
						      REF("4") KEPT("."))),
		  "%.*s", OPCIT_FMT(got));
	opcit_arena_release(&arena);
}

static bool has(struct opcit_str text, const char *what)
{
	return memmem(text.ptr, text.len, what, strlen(what)) != NULL;
}

/* Comments that are there stay, and no number is given twice; a part that the
 * relations do not know is left alone. */
Test(annotate, numbers_and_parts)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text = OPCIT_STR("A/1"), docx, part;
	struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("first <line> \x01\xFF\nsecond & last") };
	struct opcit_annotations all = { &text, 1, &one, 1 };
	struct opcit_annotated annotated;

	docx = make(W, P(FROM("7") T("A/1") TO("7") REF("7")), NULL, "<w:comment w:id=\"7\"/>", &arena);
	annotated = annotate(docx, &all, &arena);
	cr_expect(opcit_str_eq(part_of(docx, "word/comments.xml", &arena), part_of(annotated.file, "word/comments.xml", &arena)));
	cr_expect(opcit_str_eq(part_of(docx, "word/vbaProject.bin", &arena), part_of(annotated.file, "word/vbaProject.bin", &arena)));
	part = part_of(annotated.file, "word/comments-opcit.xml", &arena);
	cr_expect(has(part, "w:id=\"8\" w:author=\"opcit\""), "%.*s", OPCIT_FMT(part));
	cr_expect(has(part, "first &lt;line&gt;  \xEF\xBF\xBD</w:t>"), "%.*s", OPCIT_FMT(part));
	cr_expect(has(part, ">second &amp; last</w:t>"), "%.*s", OPCIT_FMT(part));
	cr_expect(has(part_of(annotated.file, "[Content_Types].xml", &arena), "PartName=\"/word/comments-opcit.xml\""));
	cr_expect(has(part_of(annotated.file, "word/_rels/document.xml.rels", &arena), "Target=\"comments-opcit.xml\""));
	/* once more: now the relations know the part, and it grows */
	docx = annotated.file;
	annotated = annotate(docx, &all, &arena);
	part = part_of(annotated.file, "word/comments-opcit.xml", &arena);
	cr_expect(has(part, "w:id=\"8\"") && has(part, "w:id=\"9\""), "%.*s", OPCIT_FMT(part));
	cr_expect(opcit_str_eq(part_of(docx, "word/_rels/document.xml.rels", &arena),
			       part_of(annotated.file, "word/_rels/document.xml.rels", &arena)));
	opcit_arena_release(&arena);
}

Test(annotate, strict_name_spaces)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text = OPCIT_STR("A/1"), part;
	struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("why") };
	struct opcit_annotations all = { &text, 1, &one, 1 };
	struct opcit_annotated annotated = annotate(make(STRICT, P(T("A/1")), NULL, NULL, &arena), &all, &arena);

	part = part_of(annotated.file, "word/comments.xml", &arena);
	cr_expect(has(part, "xmlns:w=\"" STRICT "\""), "%.*s", OPCIT_FMT(part));
	part = part_of(annotated.file, "word/_rels/document.xml.rels", &arena);
	cr_expect(has(part, "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"), "%.*s", OPCIT_FMT(part));
	opcit_arena_release(&arena);
}

/* The same twice, and no comment at all: the document as it is. */
Test(annotate, is_the_same_each_time)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text = OPCIT_STR("A/1"), docx = make(W, P(T("A/1")), NULL, NULL, &arena);
	struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("why") };
	struct opcit_annotations all = { &text, 1, &one, 1 }, none = { &text, 1, &one, 0 };

	cr_expect(opcit_str_eq(annotate(docx, &all, &arena).file, annotate(docx, &all, &arena).file));
	cr_expect(opcit_str_eq(part_of(annotate(docx, &none, &arena).file, "word/document.xml", &arena),
			       part_of(docx, "word/document.xml", &arena)));
	opcit_arena_release(&arena);
}

/* What the parser hands on in other pieces once it is divided is the same text. */
Test(annotate, is_read_as_before)
{
	static const char *const bodies[] = { P(T("A/1 here.\r\r\rThere &amp;\nelsewhere")), P(T("A/1\r\n and")) P(T("\nthat")),
					      P("<w:r><w:t>A/1</w:t><w:br/><w:t>next\r</w:t><w:cr/></w:r>") };
	size_t i, k;

	for (i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_str text = OPCIT_STR("A/1"), docx = make(W, bodies[i], NULL, NULL, &arena);
		struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("why") };
		struct opcit_annotations all = { &text, 1, &one, 1 };
		struct opcit_blocks was = { .encoding = "" }, is = { .encoding = "" };

		cr_assert_eq(opcit_reader_docx.read(docx, &arena, &was, NULL), OPCIT_OK);
		cr_assert_eq(opcit_reader_docx.read(annotate(docx, &all, &arena).file, &arena, &is, NULL), OPCIT_OK);
		cr_assert_eq(was.n_lines, is.n_lines, "%zu", i);
		for (k = 0; k < was.n_lines; k++)
			cr_expect(opcit_str_eq(was.lines[k].text, is.lines[k].text), "%zu: '%.*s' instead of '%.*s'", i,
				  OPCIT_FMT(is.lines[k].text), OPCIT_FMT(was.lines[k].text));
		opcit_drops_release(&was.drops);
		opcit_drops_release(&is.drops);
		opcit_arena_release(&arena);
	}
}

/* A picture that stands before the text, and is most of the file. */
Test(annotate, keeps_a_long_beginning)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf picture = OPCIT_BUF_INIT, file = OPCIT_BUF_INIT;
	struct opcit_str text = OPCIT_STR("A/1"), docx = make(W, P(T("A/1")), NULL, NULL, &arena);
	struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("why") };
	struct opcit_annotations all = { &text, 1, &one, 1 };
	struct opcit_part parts[6] = { { "word/media/1.png", { NULL, 0 } } };
	static const char empty[22] = "PK\5\6";
	static const char *const names[] = { "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels",
					     "word/comments.xml", "word/document.xml" };
	struct opcit_annotated annotated = annotate(docx, &all, &arena);
	uint32_t noise = 1;
	size_t i;

	for (i = 0; i < 20000; i++)
		opcit_buf_putc(&picture, (char)((noise = noise * 1664525 + 1013904223) >> 24));
	parts[0].content = opcit_buf_str(&picture);
	for (i = 0; i < 5; i++)
		parts[i + 1] = (struct opcit_part){ names[i], part_of(annotated.file, names[i], &arena) };
	cr_assert_eq(opcit_package_rewrite((struct opcit_str){ empty, sizeof empty }, parts, 6, &file, NULL), OPCIT_OK);
	annotated = annotate(opcit_arena_dup(&arena, opcit_buf_str(&file)), &all, &arena);
	cr_expect_eq(annotated.placed, 1);
	cr_expect(opcit_str_eq(part_of(annotated.file, "word/media/1.png", &arena), opcit_buf_str(&picture)));
	opcit_buf_release(&picture);
	opcit_buf_release(&file);
	opcit_arena_release(&arena);
}

/* What the relations take for the comments, and is the text, is not written over. */
Test(annotate, leaves_what_are_no_comments)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text = OPCIT_STR("A/1"), docx = make(W, P(T("A/1")), NULL, NULL, &arena);
	struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("why") };
	struct opcit_annotations all = { &text, 1, &one, 1 };
	struct opcit_part relations = { "word/_rels/document.xml.rels",
					OPCIT_STR("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
						  "<Relationship Id=\"a\" Type=\"" R "/comments\" Target=\"document.xml\"/>"
						  "</Relationships>") };
	struct opcit_buf file = OPCIT_BUF_INIT, answer = OPCIT_BUF_INIT;
	struct opcit_annotated annotated;

	cr_assert_eq(opcit_package_rewrite(docx, &relations, 1, &file, NULL), OPCIT_OK);
	cr_assert_eq(opcit_annotate(opcit_buf_str(&file), &all, &answer, NULL), OPCIT_OK);
	cr_expect_eq(opcit_annotated_decode(opcit_buf_str(&answer), &annotated, NULL), OPCIT_IO);
	opcit_buf_release(&file);
	opcit_buf_release(&answer);
	opcit_arena_release(&arena);
}

/* ---- what is hostile ------------------------------------------------------------------ */

Test(annotate, refuses_what_does_harm)
{
	static const struct {
		const char *body;
		opcit_status status;
	} bad[] = { { "<w:p>", OPCIT_IO }, { "", OPCIT_IO } };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text = OPCIT_STR("A/1");
	struct opcit_annotation one = { 0, 0, 3, OPCIT_STR("why") };
	struct opcit_annotations all = { &text, 1, &one, 1 };
	struct opcit_buf answer = OPCIT_BUF_INIT, deep = OPCIT_BUF_INIT;
	struct opcit_annotated annotated;
	size_t i;

	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		opcit_buf_clear(&answer);
		cr_expect_eq(opcit_annotate(make(W, bad[i].body, NULL, NULL, &arena), &all, &answer, NULL), OPCIT_OK);
		cr_expect_eq(opcit_annotated_decode(opcit_buf_str(&answer), &annotated, NULL), bad[i].status, "%zu", i);
	}
	for (i = 0; i < OPCIT_XML_DEPTH + 1; i++)
		opcit_buf_puts(&deep, "<w:ins>");
	for (i = 0; i < OPCIT_XML_DEPTH + 1; i++)
		opcit_buf_puts(&deep, "</w:ins>");
	opcit_buf_clear(&answer);
	opcit_annotate(make(W, deep.ptr, NULL, NULL, &arena), &all, &answer, NULL);
	cr_expect_eq(opcit_annotated_decode(opcit_buf_str(&answer), &annotated, NULL), OPCIT_LIMIT);
	opcit_buf_clear(&answer);
	opcit_annotate(OPCIT_STR("PK\3\4 no container"), &all, &answer, NULL);
	cr_expect_eq(opcit_annotated_decode(opcit_buf_str(&answer), &annotated, NULL), OPCIT_IO);
	opcit_buf_release(&answer);
	opcit_buf_release(&deep);
	opcit_arena_release(&arena);
}

/* Cut or changed anywhere, what is handed over is refused or is something else,
 * but is read within its bounds. */
Test(annotate, hands_over)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str texts[] = { OPCIT_STR("one"), OPCIT_STR("two") };
	struct opcit_annotation notes[] = { { 0, 0, 2, OPCIT_STR("x") }, { 1, 1, 3, OPCIT_STR("y\nz") } };
	struct opcit_annotations all = { texts, 2, notes, 2 }, got;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i, k;

	opcit_annotations_encode(&all, &buf);
	cr_assert_eq(opcit_annotations_decode(opcit_buf_str(&buf), &arena, &got, NULL), OPCIT_OK);
	cr_expect_eq(got.n, 2);
	cr_expect(got.items[1].record == 1 && got.items[1].start == 1 && got.items[1].end == 3);
	cr_expect(opcit_str_is(got.items[1].text, "y\nz"));
	for (i = 0; i < buf.len; i++)
		cr_expect_eq(opcit_annotations_decode(opcit_str_sub(opcit_buf_str(&buf), 0, i), &arena, &got, NULL), OPCIT_BUG);
	for (i = 0; i < buf.len; i++) {
		buf.ptr[i] ^= 0x55;
		if (opcit_annotations_decode(opcit_buf_str(&buf), &arena, &got, NULL) == OPCIT_OK)
			for (k = 0; k < got.n; k++)
				cr_expect(got.items[k].record < got.n_texts && got.items[k].start <= got.items[k].end &&
					  got.items[k].end <= got.texts[got.items[k].record].len);
		buf.ptr[i] ^= 0x55;
	}
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}
