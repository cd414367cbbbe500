/* libFuzzer: a text and a source, parted by the first NUL byte: the passages of the
 * text, as it stands and as what goes on, each compared with the source. */
#include "../../lib/quote.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COMPARED = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_inside(struct opcit_span span, size_t len)
{
	return span.start <= span.end && span.end <= len;
}

static void check_match(const struct opcit_quote_match *match, struct opcit_str quote, struct opcit_str source)
{
	size_t i, at_a = 0, at_b = 0;

	if (!is_inside(match->source, source.len) || match->n_changes > OPCIT_QUOTE_CHANGES_MOST ||
	    match->similarity < 0 || match->similarity > 1 ||
	    (match->verdict == OPCIT_QUOTE_EXACT && (match->kinds || match->diff.deleted || match->diff.inserted)))
		abort();
	for (i = 0; i < match->n_changes; i++)
		if (!is_inside(match->changes[i].quote, quote.len) || !is_inside(match->changes[i].source, source.len))
			abort();
	for (i = 0; i < match->diff.n; i++) {
		const struct opcit_wdiff_run *run = &match->diff.runs[i];

		if (!is_inside(run->a, source.len) || !is_inside(run->b, quote.len) || run->a.start < at_a ||
		    run->b.start < at_b)
			abort();
		at_a = run->a.end;
		at_b = run->b.end;
	}
}

static void check(struct opcit_str text, struct opcit_str source, enum opcit_quote_style left_open)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_passage *passages;
	size_t n, i, last = 0;

	opcit_quote_find(text, left_open, &arena, &passages, &n);
	for (i = 0; i < n; i++) {
		const struct opcit_passage *passage = &passages[i];
		struct opcit_str words = opcit_str_sub(text, passage->words.start, passage->words.end);
		struct opcit_quote *quote;
		struct opcit_quote_match match;

		if (passage->whole.start < last || !is_inside(passage->whole, text.len) ||
		    !is_inside(passage->words, passage->whole.end) || passage->words.start < passage->whole.start)
			abort();
		last = passage->whole.end;
		quote = i < MOST_COMPARED ? opcit_quote_read(words, &arena) : NULL;
		if (!quote)
			continue;
		opcit_quote_compare(quote, source, &arena, &match);
		check_match(&match, words, source);
	}
	opcit_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = memchr(data, 0, size);
	struct opcit_str text = { (const char *)data, nul ? (size_t)(nul - data) : size };
	struct opcit_str source = { (const char *)data + text.len, size - text.len };

	check(text, source, OPCIT_QUOTE_NONE);
	check(text, source, OPCIT_QUOTE_ANGLE);
	check(source, text, OPCIT_QUOTE_DOUBLE);
	return 0;
}
