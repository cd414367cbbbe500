/* The query language: what a query is understood as, and what is refused and where. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../query/highlight.h"
#include "../../query/parse.h"
#include "../../query/pinpoint.h"
#include "../../query/ref.h"

/* A tree as text: (and a b), (or …), (not a b), (rank required word …),
 * (first SYMBOL rest), (near a b/5), (concept typed …), "phrase", field=value. */
static void dump(const struct opcit_query *query, struct opcit_buf *out)
{
	static const char *const ops[] = { "",     "",      "",       "(and", "(or",
					   "(not", "(concept", "(rank", "(first", "all", "(near", "" };
	size_t i;

	switch (query->op) {
	case OPCIT_QUERY_WILD:
	case OPCIT_QUERY_WORD: opcit_buf_add_str(out, query->text); return;
	case OPCIT_QUERY_PHRASE: opcit_buf_printf(out, "\"%.*s\"", OPCIT_FMT(query->text)); return;
	case OPCIT_QUERY_FIELD:
		opcit_buf_printf(out, "%s=%.*s", opcit_field_name(query->field),
				 OPCIT_FMT(query->text));
		return;
	default: break;
	}
	opcit_buf_puts(out, ops[query->op]);
	if (query->op == OPCIT_QUERY_FIRST)
		opcit_buf_printf(out, " %.*s", OPCIT_FMT(query->text));
	for (i = 0; i < query->n_subs; i++) {
		opcit_buf_putc(out, ' ');
		dump(query->subs[i], out);
		if (query->op == OPCIT_QUERY_NEAR && i)
			opcit_buf_printf(out, "/%u", query->subs[i]->distance);
	}
	opcit_buf_putc(out, ')');
}

static const char *const understood[][2] = {
	{ "detention", "detention" },
	{ "detention of children", "(or detention of children)" },
	{ "children AND detention", "(and children detention)" },
	{ "a b AND c", "(and (or a b) c)" },
	{ "a OR b AND c", "(or a (and b c))" },
	{ "(a OR b) AND c", "(and (or a b) c)" },
	{ "a NOT b", "(not a b)" },
	{ "a AND NOT b", "(not a b)" },
	{ "a AND b NOT c", "(not (and a b) c)" },
	{ "a NOT b c kind:operative", "(not (and kind=operative (or a c)) b)" },
	{ "a NOT b AND c AND NOT (d OR \"e f\") g", "(not (and a (or c g)) (or b (or d \"e f\")))" },
	{ "a NOT b NEAR/2 c", "(not a (near b c/2))" },
	{ "a NOT S/RES/1(1946)", "(not a doc=S/RES/1(1946))" },
	{ "a AND S/RES/1(1946)", "(and a (or doc=S/RES/1(1946) cites=S/RES/1(1946)))" },
	{ "a OR S/RES/1(1946)", "(or a (first S/RES/1(1946)))" },
	{ "type:a type:b x", "(and (or type=a type=b) x)" },
	{ "kind:item,title kind:operative x", "(and (or (or kind=item kind=title) kind=operative) x)" },
	{ "type:a type:b type:c type:d", "(or (or (or type=a type=b) type=c) type=d)" },
	{ "cites:a cites:b", "(and cites=a cites=b)" },
	{ "body:\"A B\",\"C D\" x", "(and (or body=A B,C D body=A B body=C D) x)" },
	{ "lang:en,\"fr\"", "(or lang=en lang=fr)" },
	{ "a near/3 b", "(or a near 3 b)" },
	{ "and or not", "(or and or not)" },
	{ "\"best interests\"", "\"best interests\"" },
	{ "“best interests” child", "(rank \"best interests\" child)" },
	{ "« droits humains »", "\" droits humains \"" },
	{ "\"a b\" \"c d\" e", "(rank (and \"a b\" \"c d\") e)" },
	{ "(a OR b) c", "(rank (or a b) c)" },
	{ "(a) b", "(rank a b)" },
	{ "resolution 687 (1991) b", "(or resolution 687 1991 b)" },
	{ "body:\"Human Rights Council\" a", "(and body=Human Rights Council a)" },
	{ "kind:operative", "kind=operative" },
	{ "KIND:operative lang:fr x", "(and kind=operative lang=fr x)" },
	{ "since:2010 until:2011-05 x", "(and since=2010 until=2011-05 x)" },
	{ "A/RES/64/166", "(first A/RES/64/166)" },
	{ "a/65/156, children", "(first a/65/156 children)" },
	{ "S/RES/1325(2000)", "(first S/RES/1325(2000))" },
	{ "24/7", "(or 24 7)" },
	{ "human-rights-based", "human-rights-based" },
	{ "para 67(h)", "(or para 67 h)" },
	{ "what: this?", "(or what this)" },
	{ "((a))", "a" },
	{ "a NEAR b", "(near a b/10)" },
	{ "a NEAR/3 b NEAR/5 c", "(near a b/3 c/5)" },
	{ "x a NEAR/3 b y", "(rank (near a b/3) x y)" },
	{ "\"a b\" NEAR/1 (c OR de* OR \"e f\")", "(near \"a b\" (or c de* \"e f\")/1)" },
	{ "(a) NEAR/500 ~b", "(near a (concept b)/500)" },
	{ "24/7 NEAR S/RES/1325(2000)", "(near \"24/7\" \"S/RES/1325(2000)\"/10)" },
	{ "a NEAR/2 b AND c NEAR/2 d", "(and (near a b/2) (near c d/2))" },
	{ "a OR b NEAR/2 c", "(or a (near b c/2))" },
	{ "near NEAR/2 Near", "(near near Near/2)" },
	{ "detain* organi*ation, non-refoul*", "(or detain* organi*ation non-refoul*)" },
	{ "detain* AND NOT crim*", "(not detain* crim*)" },
	{ "~minors AND ~\"undocumented migrants\"", "(and (concept minors) (concept (and undocumented migrants)))" },
	{ "a ~b", "(or a (concept b))" },
	{ "type:resolution,decision", "(or type=resolution type=decision)" },
	{ "doc:A/65/156,A/88/341 x", "(and (or doc=A/65/156,A/88/341 doc=A/65/156 doc=A/88/341) x)" },
	{ "body:\"Third Committee, the\"", "(or body=Third Committee, the body=Third Committee body=the)" },
	{ "section:\"rights, and duties\"", "section=rights, and duties" },
	{ "year:2004..2010", "(and since=2004 until=2010)" },
	{ "year:2004.. year:..2010", "(and since=2004 until=2010)" },
	{ "year:2004,2006..2007", "(or year=2004 (and since=2006 until=2007))" },
	{ "year:2004..2004", "(and since=2004 until=2004)" },
	{ "note:Rapporteur", "note=Rapporteur" },
};

Test(query, understood)
{
	size_t i;

	for (i = 0; i < sizeof understood / sizeof *understood; i++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_err err = OPCIT_ERR_INIT;
		struct opcit_buf buf = OPCIT_BUF_INIT;
		struct opcit_query *query;

		cr_assert_eq(parse_query(opcit_str_of(understood[i][0]), &arena, &query, &err),
			     OPCIT_OK, "'%s': %s", understood[i][0], err.message);
		dump(query, &buf);
		cr_expect_str_eq(buf.ptr, understood[i][1], "'%s' gave %s", understood[i][0],
				 buf.ptr);
		opcit_buf_release(&buf);
		opcit_arena_release(&arena);
	}
}

static const struct {
	const char *query;
	long place;
} refused[] = {
	{ "", -1 },
	{ "   ", -1 },
	{ "a \"b c", 2 },
	{ "(a OR b", 0 },
	{ "a b)", 3 },
	{ "a AND", 5 },
	{ "AND a", 0 },
	{ "a OR OR b", 5 },
	{ "NOT a", 0 },
	{ "a OR NOT b", 5 },
	{ "a NOT", 5 },
	{ "foo:bar", 0 },
	{ "x year: 2010", 7 },
	{ "x kind:", 7 },
	{ "x kind:nonsense", 2 },
	{ "since:last", 0 },
	{ "x d*", 3 },
	{ "*tion", 0 },
	{ "*", 0 },
	{ "e\xcc\x81*", 3 }, /* one letter, of two characters */
	{ "and/or*", 6 },
	{ "\"deten* of\"", 6 },
	{ "doc:A/RES/*", 10 },
	{ "~detain*", 7 },
	{ "a ~", 2 },
	{ "~\"\"", 0 },
	{ "~(a OR b)", 0 },
	{ "~\"a b c d e f g h i\"", 0 },
	{ "NEAR a", 0 },
	{ "a NEAR", 6 },
	{ "a NEAR AND b", 7 },
	{ "a NEAR/0 b", 2 },
	{ "a NEAR/ b", 2 },
	{ "a NEAR/501 b", 2 },
	{ "a NEAR/99999999999999999999 b", 2 },
	{ "a NEAR/x b", 2 },
	{ "a NEAR (b c)", 7 },
	{ "a NEAR (b AND c)", 7 },
	{ "a NEAR kind:operative", 7 },
	{ "kind:operative NEAR a", 0 },
	{ "a NEAR , b", 7 },
	{ "year:2010..2004", 0 },
	{ "year:..", 0 },
	{ "year:20x4", 0 },
	{ "year:2004-2010", 0 },
	{ "year:2004...2010", 0 },
	{ "type:resolution,", 0 },
	{ "kind:operative,nonsense", 0 },
	{ "note:,", 0 },
	{ "a -b", 2 },
	{ "()", 1 },
	{ "\"\"", 0 },
	{ "\" , \"", 0 },
	{ ". , ;", 5 },
	{ "since:2010-13-011", 0 },
	{ "since:2010-13", 0 },
	{ "until:2010-00", 0 },
	{ "x until:2010-02-30", 2 },
	{ "since:2010-04-31", 0 },
	{ "since:2010-04-00", 0 },
};

Test(query, refused)
{
	size_t i;

	for (i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_err err = OPCIT_ERR_INIT;
		struct opcit_query *query;

		cr_expect_eq(parse_query(opcit_str_of(refused[i].query), &arena, &query, &err),
			     OPCIT_USAGE, "'%s'", refused[i].query);
		cr_expect_eq(err.place, refused[i].place, "'%s': %s at %ld", refused[i].query,
			     err.message, err.place);
		opcit_arena_release(&arena);
	}
}

Test(query, limits)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_query *query;
	int i;

	for (i = 0; i < 1000 * 1000; i++)
		opcit_buf_putc(&buf, 'x');
	cr_expect_eq(parse_query(opcit_buf_str(&buf), &arena, &query, NULL), OPCIT_USAGE);
	opcit_buf_clear(&buf);
	for (i = 0; i < PARSE_DEEPEST; i++)
		opcit_buf_putc(&buf, '(');
	opcit_buf_putc(&buf, 'x');
	for (i = 0; i < PARSE_DEEPEST; i++)
		opcit_buf_putc(&buf, ')');
	cr_expect_eq(parse_query(opcit_buf_str(&buf), &arena, &query, NULL), OPCIT_OK);
	opcit_buf_clear(&buf);
	for (i = 0; i < 10000; i++)
		opcit_buf_putc(&buf, '(');
	cr_expect_eq(parse_query(opcit_buf_str(&buf), &arena, &query, NULL), OPCIT_USAGE);
	opcit_buf_clear(&buf);
	for (i = 0; i <= PARSE_MOST_WORDS; i++)
		opcit_buf_puts(&buf, "x ");
	cr_expect_eq(parse_query(opcit_buf_str(&buf), &arena, &query, NULL), OPCIT_USAGE);
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}

/* What costs much is counted: so often it is understood, and once more refused. */
static const struct {
	const char *first, *again;
	int most;
} counted[] = {
	{ "a", " NEAR a", PARSE_MOST_NEARS },
	{ "a", " ab*", PARSE_MOST_WILDCARDS },
	{ "a", " ~b", PARSE_MOST_CONCEPTS },
	{ "type:report", ",note", PARSE_MOST_VALUES - 1 },
	{ "a", " \"b\"", PARSE_MOST_WORDS - 1 },
};

Test(query, counted)
{
	size_t i;

	for (i = 0; i < sizeof counted / sizeof *counted; i++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_buf buf = OPCIT_BUF_INIT;
		struct opcit_query *query;
		int k;

		opcit_buf_puts(&buf, counted[i].first);
		for (k = 0; k < counted[i].most; k++)
			opcit_buf_puts(&buf, counted[i].again);
		cr_expect_eq(parse_query(opcit_buf_str(&buf), &arena, &query, NULL), OPCIT_OK, "%s",
			     counted[i].again);
		opcit_buf_puts(&buf, counted[i].again);
		cr_expect_eq(parse_query(opcit_buf_str(&buf), &arena, &query, NULL), OPCIT_USAGE, "%s",
			     counted[i].again);
		opcit_buf_release(&buf);
		opcit_arena_release(&arena);
	}
}

static const struct {
	const char *text, *ranges; /* NULL where it is refused */
} pinpoints[] = {
	{ "67(h)", "67(h)" },
	{ "para 67(h)", "67(h)" },
	{ "Para. 67 (h)", "67(h)" },
	{ "paragraph 67h", "67(h)" },
	{ "¶67", "67" },
	{ "¶¶ 3-5", "3-5" },
	{ "27-29", "27-29" },
	{ "paras. 27–29 and 31", "27-29 31" },
	{ "27 to 29", "27-29" },
	{ "67(h), (i)", "67(h) 67(i)" },
	{ "67 (d)-(f)", "67(d)-67(f)" },
	{ "3 (a) (ii)", "3(a)(ii)" },
	{ "105.13", "105.13" },
	{ "footnote 4", "fn4" },
	{ "fn4", "fn4" },
	{ "fn*", "fn*" },
	{ "notes 4-6", "fn4-fn6" },
	{ "pp3", "pp3" },
	{ "preambular paragraph 3", "pp3" },
	{ "preambular para. 3", "pp3" },
	{ "op 8", "8" },
	{ "operative paragraph 4", "4" },
	{ "#12", "#12" },
	{ "record 12", "#12" },
	{ "blah", NULL },
	{ "67(h) blah", NULL },
	{ "(h)", NULL },
	{ "27-", NULL },
};

Test(query, pinpoints)
{
	size_t i, k;

	for (i = 0; i < sizeof pinpoints / sizeof *pinpoints; i++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_buf buf = OPCIT_BUF_INIT;
		struct ref ref = { NULL, 0, NULL, 0 };
		opcit_status status =
			ref_pinpoint(opcit_str_of(pinpoints[i].text), &arena, &ref, NULL);

		for (k = 0; k < ref.n_ranges && status == OPCIT_OK; k++) {
			opcit_buf_printf(&buf, "%s%.*s", k ? " " : "",
					 OPCIT_FMT(ref.ranges[k].from));
			if (!opcit_str_eq(ref.ranges[k].from, ref.ranges[k].to))
				opcit_buf_printf(&buf, "-%.*s", OPCIT_FMT(ref.ranges[k].to));
		}
		if (pinpoints[i].ranges)
			cr_expect_str_eq(buf.ptr ? buf.ptr : "", pinpoints[i].ranges,
					 "'%s' gave '%s'", pinpoints[i].text,
					 buf.ptr ? buf.ptr : "");
		else
			cr_expect_eq(status, OPCIT_USAGE, "'%s'", pinpoints[i].text);
		opcit_buf_release(&buf);
		opcit_arena_release(&arena);
	}
}

static const char *const written[][2] = {
	{ "27", "A/65/156, para. 27" },
	{ "67(h)", "A/65/156, para. 67 (h)" },
	{ "3(a)(ii)", "A/65/156, para. 3 (a) (ii)" },
	{ "fn4", "A/65/156, footnote 4" },
	{ "fn*", "A/65/156, footnote *" },
	{ "pp3", "A/65/156, preambular para. 3" },
	{ "5, 6, 7", "A/65/156, paras. 5, 6, 7" },
	{ "105.13", "A/65/156, para. 105.13" },
	{ "", "A/65/156" },
};

Test(query, pinpoints_ready_to_cite)
{
	struct opcit_doc doc = { .id = OPCIT_STR("A/65/156") };
	size_t i;

	for (i = 0; i < sizeof written / sizeof *written; i++) {
		struct opcit_record record = { .label = opcit_str_of(written[i][0]) };
		struct opcit_buf buf = OPCIT_BUF_INIT;

		pinpoint_write(&doc, &record, &buf);
		cr_expect_str_eq(buf.ptr, written[i][1]);
		opcit_buf_release(&buf);
	}
	cr_expect(opcit_str_is(pinpoint_parent(OPCIT_STR("67(h)")), "67"));
	cr_expect(opcit_str_is(pinpoint_parent(OPCIT_STR("3(a)(ii)")), "3(a)"));
	cr_expect_eq(pinpoint_parent(OPCIT_STR("67")).len, 0);
	cr_expect_eq(pinpoint_parent(OPCIT_STR(")")).len, 0);
}

/* The text with its highlights in brackets. */
static void highlighted(const char *query_text, const char *text, struct opcit_buf *out)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_query *query;
	struct highlighter *h;
	size_t(*ranges)[2], n, i, at = 0;
	struct opcit_str s = opcit_str_of(text);

	cr_assert_eq(parse_query(opcit_str_of(query_text), &arena, &query, NULL), OPCIT_OK);
	h = highlighter_new(query);
	highlight(h, s, OPCIT_STR("en"), &arena, &ranges, &n);
	for (i = 0; i < n; i++) {
		cr_assert(ranges[i][0] >= at && ranges[i][1] <= s.len);
		opcit_buf_add_str(out, opcit_str_sub(s, at, ranges[i][0]));
		opcit_buf_printf(out, "[%.*s]",
				 OPCIT_FMT(opcit_str_sub(s, ranges[i][0], ranges[i][1])));
		at = ranges[i][1];
	}
	opcit_buf_add_str(out, opcit_str_sub(s, at, s.len));
	highlighter_free(h);
	opcit_arena_release(&arena);
}

static const char *const marks[][3] = {
	{ "detention of children", "Detained children; the child of",
	  "Detained [children]; the [child] of" },
	{ "\"best interests\"", "best; best interests", "best; [best interests]" },
	{ "a NOT migrants", "migrants", "migrants" },
	{ "migrants", "no match", "no match" },
	{ "cooperation", "co-operation, cooperate", "[co-operation], [cooperate]" },
	{ "rights", "human-rights-based", "human-[rights]-based" },
	{ "A/RES/64/166", "see A/RES/64/166.", "see [A/RES/64/166]." },
};

Test(query, highlights)
{
	size_t i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct opcit_buf buf = OPCIT_BUF_INIT;

		highlighted(marks[i][0], marks[i][1], &buf);
		cr_expect_str_eq(buf.ptr, marks[i][2], "'%s' gave '%s'", marks[i][0], buf.ptr);
		opcit_buf_release(&buf);
	}
}

Test(query, snippets_end_between_words)
{
	char text[2001];
	size_t range[1][2] = { { 1500, 1504 } }, from, to;
	size_t i;

	for (i = 0; i < 2000; i++)
		text[i] = i % 5 == 4 ? ' ' : 'w';
	text[2000] = '\0';
	highlight_snippet(opcit_str_of(text), (const size_t(*)[2])range, 1, 240, &from, &to);
	cr_expect(from <= 1500 && to >= 1504);
	cr_expect_leq(to - from, 240);
	cr_expect_eq(text[from - 1], ' ');
	cr_expect_eq(text[to], ' ');
	/* one endless word */
	memset(text, 'x', 2000);
	highlight_snippet(opcit_str_of(text), NULL, 0, 240, &from, &to);
	cr_expect(to > from && to - from <= 240);
	highlight_snippet(OPCIT_STR(""), NULL, 0, 240, &from, &to);
	cr_expect_eq(to, from);
}
