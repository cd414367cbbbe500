/* How similar two texts are, and which words differ. */
#include "../../lib/wdiff.h"

#include <criterion/criterion.h>
#include <string.h>

static struct opcit_arena arena;

static void teardown(void)
{
	opcit_arena_release(&arena);
}
TestSuite(wdiff, .fini = teardown);

/* "= kept - deleted + inserted", as the runs say; kept words are b's. */
static const char *runs_of(const char *a, const char *b)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	struct opcit_words x, y;
	struct opcit_wdiff diff;
	size_t i;

	opcit_words_read(opcit_str_of(a), &arena, &x);
	opcit_words_read(opcit_str_of(b), &arena, &y);
	opcit_words_diff(&x, &y, &arena, &diff);
	for (i = 0; i < diff.n; i++) {
		const struct opcit_wdiff_run *run = &diff.runs[i];
		bool old = run->op == OPCIT_WDIFF_DELETED;

		opcit_buf_printf(&out, "%s%c ", i ? " " : "", "=-+"[run->op]);
		opcit_buf_add_str(&out, old ? opcit_str_sub(opcit_str_of(a), run->a.start, run->a.end)
					    : opcit_str_sub(opcit_str_of(b), run->b.start, run->b.end));
	}
	cr_expect_eq(diff.kept + diff.deleted, x.n, "all of '%s' is accounted for", a);
	cr_expect_eq(diff.kept + diff.inserted, y.n, "all of '%s' is accounted for", b);
	opcit_buf_puts(&out, "");
	a = opcit_arena_dup(&arena, opcit_buf_str(&out)).ptr;
	opcit_buf_release(&out);
	return a ? a : "";
}

static double similarity(const char *a, const char *b, double least)
{
	struct opcit_words x, y;

	opcit_words_read(opcit_str_of(a), &arena, &x);
	opcit_words_read(opcit_str_of(b), &arena, &y);
	return opcit_words_similarity(&x, &y, least);
}

static const struct {
	const char *a, *b, *runs;
	double similarity;
} rows[] = {
	{ "urges all States", "Urges all states;", "= Urges all states", 1 },
	{ "urges all States", "urges States", "= urges - all = States", 0.8 },
	{ "urges States", "urges all States", "= urges + all = States", 0.8 },
	{ "one two three four", "one 2 three four", "= one - two + 2 = three four", 0.75 },
	{ "a b", "c d e", "- a b + c d e", 0 },
	{ "one two", "one two three", "= one two + three", 0.8 },
	{ "zero one two", "one two", "- zero = one two", 0.8 },
	{ "no co-operation", "no cooperation", "= no cooperation", 1 },
	{ "l’État, c’est moi", "L'ETAT c'est MOI", "= ETAT c'est MOI", 1 },
	{ "", "one", "+ one", 0 },
	{ "", "", "", 0 },
	{ "a a a b", "a b b b", "= a - a a + b b = b", 0.5 },
	{ "x y z x y", "y z x", "- x = y z x - y", 0.75 },
};

Test(wdiff, rows)
{
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		double found = similarity(rows[i].a, rows[i].b, 0);

		cr_expect_str_eq(runs_of(rows[i].a, rows[i].b), rows[i].runs, "'%s' to '%s' is '%s'",
				 rows[i].a, rows[i].b, runs_of(rows[i].a, rows[i].b));
		cr_expect_float_eq(found, rows[i].similarity, 0.0001, "'%s' and '%s': %f", rows[i].a,
				   rows[i].b, found);
		cr_expect_float_eq(similarity(rows[i].b, rows[i].a, 0), found, 0.0001);
	}
}

/* A least similarity refuses what is below it, and nothing else. */
Test(wdiff, least)
{
	cr_expect_float_eq(similarity("one two three four", "one 2 three four", 0.75), 0.75, 0.0001);
	cr_expect_eq(similarity("one two three four", "one 2 three four", 0.76), 0);
	cr_expect_float_eq(similarity("one two", "one two", 1), 1, 0.0001);
	cr_expect_eq(similarity("one two", "two one", 0.6), 0, "the same words in another order");
}

/* The walk and the table agree on texts of few different words. */
Test(wdiff, agrees)
{
	unsigned seed = 1, i, k;

	for (i = 0; i < 300; i++) {
		struct opcit_words words[2];
		struct opcit_wdiff diff;
		char text[2][80];

		for (k = 0; k < 2; k++) {
			size_t n = 0, length = (seed = seed * 1103515245u + 12345u) >> 16 & 15;

			for (; length; length--) {
				seed = seed * 1103515245u + 12345u;
				text[k][n++] = (char)('a' + (seed >> 16) % 4);
				text[k][n++] = ' ';
			}
			text[k][n] = '\0';
			opcit_words_read(opcit_str_of(text[k]), &arena, &words[k]);
		}
		opcit_words_diff(&words[0], &words[1], &arena, &diff);
		cr_expect_float_eq(opcit_words_similarity(&words[0], &words[1], 0) *
					   (double)(words[0].n + words[1].n),
				   words[0].n && words[1].n ? 2.0 * (double)diff.kept : 0, 0.001, "'%s' '%s'", text[0],
				   text[1]);
	}
}

/* A long text is cut, and says so; the worst pair is bounded. */
Test(wdiff, long_texts)
{
	struct opcit_buf a = OPCIT_BUF_INIT, b = OPCIT_BUF_INIT;
	struct opcit_words x, y;
	struct opcit_wdiff diff;
	int i;

	for (i = 0; i < OPCIT_WORDS_MOST + 10; i++) {
		opcit_buf_printf(&a, "w%d ", i);
		opcit_buf_printf(&b, "w%d ", OPCIT_WORDS_MOST + 10 - i);
	}
	opcit_words_read(opcit_buf_str(&a), &arena, &x);
	opcit_words_read(opcit_buf_str(&b), &arena, &y);
	cr_assert(x.cut && y.cut);
	cr_expect_eq(x.n, (size_t)OPCIT_WORDS_MOST);
	opcit_words_diff(&x, &y, &arena, &diff);
	cr_expect(diff.cut);
	cr_expect_eq(diff.kept, 1u);
	cr_expect(opcit_words_similarity(&x, &y, 0) > 0);
	opcit_buf_release(&a);
	opcit_buf_release(&b);
}
