/* quote.c: whether a source says what a quotation says: see quote.h.
 *
 * The words of the quotation are aligned with a stretch of the source's
 * (quote_align.c); then each place where the two differ is judged by itself: a
 * hyphen, a note marker, or words.
 */
#include "quote.h"

#include <stdlib.h>
#include <string.h>

#include "quote_words.h"
#include "text_int.h"

enum {
	MOST_REPLACED = 10,  /* words more than brackets hold that they may stand for */
	SHORT_GAP = 4,       /* words; an ellipsis that leaves out no more may not hide a "not" */
	LEAST_KEPT = 4       /* words that two texts must share to be alike */
};

const char *opcit_quote_change_name(enum opcit_quote_change_kind kind)
{
	static const char *const names[] = {
		"the first letter", "an ellipsis", "brackets", "quotation marks", "hyphens", "spaces",
		"punctuation", "capital letters", "accents of capitals", "note markers", "numbers of items",
	};

	return kind < OPCIT_QUOTE_CHANGE_COUNT ? names[kind] : "";
}

struct opcit_quote {
	struct opcit_quote_words words;
	size_t n; /* those that are the source's */
	struct opcit_str piece;
};

/* ---- the quotation ------------------------------------------------------- */

struct opcit_quote *opcit_quote_read(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_quote *quote = opcit_arena_calloc(arena, sizeof *quote);
	size_t i, from = 0, longest = 0;

	opcit_quote_words_read(text, true, arena, &quote->words);
	for (i = 0; i <= quote->words.n; i++) {
		const struct opcit_quote_word *word = &quote->words.items[i];
		bool own = i < quote->words.n && !word->ellipsis && !word->bracketed;

		quote->n += own;
		if (own && !word->mended)
			continue;
		if (i - from > longest) {
			longest = i - from;
			quote->piece = opcit_str_sub(text, quote->words.items[from].span.start,
						     quote->words.items[i - 1].span.end);
		}
		from = i + 1;
	}
	return quote->n ? quote : NULL;
}

size_t opcit_quote_length(const struct opcit_quote *quote)
{
	return quote->n;
}

struct opcit_str opcit_quote_piece(const struct opcit_quote *quote)
{
	return quote->piece;
}

/* ---- judging ------------------------------------------------------------- */

struct judging {
	const struct opcit_quote_words *q, *s;
	struct opcit_quote_match *match;
	struct opcit_wdiff_run *kept; /* the run of kept words that is open, or NULL */
};

static struct opcit_span span_of(const struct opcit_quote_words *words, size_t from, size_t to)
{
	size_t at;

	if (from < to)
		return (struct opcit_span){ words->items[from].span.start, words->items[to - 1].span.end };
	at = from < words->n ? words->items[from].span.start : words->text.len;
	return (struct opcit_span){ at, at };
}

static void note(struct judging *j, enum opcit_quote_change_kind kind, struct opcit_span quote, struct opcit_span source)
{
	struct opcit_quote_match *match = j->match;

	match->kinds |= 1u << kind;
	if (match->n_changes < OPCIT_QUOTE_CHANGES_MOST)
		match->changes[match->n_changes++] = (struct opcit_quote_change){ kind, quote, source };
}

/* A place where the two differ: words [q0, q1) of the quotation, [s0, s1) of the source. */
struct gap {
	size_t q0, q1, s0, s1;
	size_t own;  /* words of the quotation there that are not in brackets */
	bool ellipsis, brackets, remark;
};

static struct opcit_str word_at(const struct opcit_quote_words *words, size_t i)
{
	return opcit_str_sub(words->text, words->items[i].span.start, words->items[i].span.end);
}

/* "with or without conditions" says neither. */
static bool is_alternative(const struct opcit_quote_words *words, size_t i)
{
	struct opcit_str before = i ? word_at(words, i - 1) : OPCIT_STR("");

	return opcit_str_is(before, "or") || opcit_str_is(before, "ou") || opcit_str_is(before, "o");
}

static bool is_negation(const struct opcit_quote_words *words, size_t i)
{
	static const char *const negations[] = { "not", "no", "nor", "never", "without", "cannot", "ne", "pas",
						 "ni", "jamais", "sans", "nunca", "sin", "non", "aucun", "aucune", "neither" };
	struct opcit_str word = word_at(words, i);
	size_t k;

	for (k = 0; k < sizeof negations / sizeof *negations; k++)
		if (opcit_str_ieq(word, opcit_str_of(negations[k])))
			return !is_alternative(words, i);
	return word.len > 2 && (opcit_str_starts(word, "n'") || opcit_str_starts(word, "n\xE2\x80\x99"));
}

/* Is a "not" among these words of the source that the words in brackets do not repeat? */
static bool hides_negation(const struct judging *j, const struct gap *gap)
{
	size_t i, k;

	for (i = gap->s0; i < gap->s1; i++) {
		if (!is_negation(j->s, i))
			continue;
		for (k = gap->q0; k < gap->q1; k++)
			if (j->q->items[k].bracketed && is_negation(j->q, k))
				return false;
		return true;
	}
	return false;
}

static bool all_are(const struct opcit_quote_words *words, size_t from, size_t to, bool markers)
{
	size_t i;

	for (i = from; i < to; i++)
		if (!(markers ? words->items[i].marker : words->items[i].number))
			return false;
	return true;
}

static bool has_hyphen(struct opcit_str text)
{
	size_t at, size;

	for (at = 0; at < text.len; at += size) {
		utf8proc_int32_t c = opcit_char_at(text, at, &size);

		if (c == '-' || (c >= 0x2010 && c <= 0x2015))
			return true;
	}
	return false;
}

/* The same words but for hyphens, spaces, markers? True when it was that. */
static bool judge_letters(struct judging *j, const struct gap *gap)
{
	struct opcit_span quote = span_of(j->q, gap->q0, gap->q1), source = span_of(j->s, gap->s0, gap->s1);
	struct opcit_str a = opcit_str_sub(j->q->text, quote.start, quote.end);
	struct opcit_str b = opcit_str_sub(j->s->text, source.start, source.end);

	if (all_are(j->q, gap->q0, gap->q1, true) && all_are(j->s, gap->s0, gap->s1, true)) {
		note(j, OPCIT_QUOTE_NOTES, quote, source);
	} else if ((a.len == 0 || b.len == 0) && all_are(j->q, gap->q0, gap->q1, false) &&
		   all_are(j->s, gap->s0, gap->s1, false)) {
		note(j, OPCIT_QUOTE_NUMBERS, quote, source);
	} else if (opcit_quote_same_letters(a, b)) {
		note(j, has_hyphen(a) || has_hyphen(b) ? OPCIT_QUOTE_HYPHENS : OPCIT_QUOTE_SPACES, quote, source);
	} else {
		return false;
	}
	return true;
}

static void add_run(struct judging *j, enum opcit_wdiff_op op, struct opcit_span source, struct opcit_span quote,
		    size_t words)
{
	struct opcit_wdiff *diff = &j->match->diff;

	j->kept = NULL;
	diff->runs[diff->n++] = (struct opcit_wdiff_run){ op, source, quote, words };
	if (op == OPCIT_WDIFF_KEPT)
		j->kept = &diff->runs[diff->n - 1];
}

/* Words that say the same, though not in the same letters, are kept. */
static void keep(struct judging *j, struct opcit_span source, struct opcit_span quote, size_t words)
{
	j->match->diff.kept += words;
	if (!j->kept) {
		add_run(j, OPCIT_WDIFF_KEPT, source, quote, words);
		return;
	}
	if (source.end > source.start)
		j->kept->a.end = source.end;
	if (quote.end > quote.start)
		j->kept->b.end = quote.end;
	j->kept->words += words;
}

static void differ(struct judging *j, const struct gap *gap, bool deleted)
{
	struct opcit_wdiff *diff = &j->match->diff;
	size_t from = gap->q0, to = gap->q1;

	while (from < to && (j->q->items[from].ellipsis || j->q->items[from].bracketed))
		from++;
	while (to > from && (j->q->items[to - 1].ellipsis || j->q->items[to - 1].bracketed))
		to--;
	if (deleted && gap->s1 > gap->s0) {
		add_run(j, OPCIT_WDIFF_DELETED, span_of(j->s, gap->s0, gap->s1), span_of(j->q, from, from),
			gap->s1 - gap->s0);
		diff->deleted += gap->s1 - gap->s0;
	}
	if (to > from) {
		add_run(j, OPCIT_WDIFF_INSERTED, span_of(j->s, gap->s1, gap->s1), span_of(j->q, from, to), to - from);
		diff->inserted += gap->own;
	}
	j->kept = NULL;
}

static void judge_gap(struct judging *j, const struct gap *gap)
{
	struct opcit_span quote = span_of(j->q, gap->q0, gap->q1), source = span_of(j->s, gap->s0, gap->s1);
	size_t left_out = gap->s1 - gap->s0, put_in = gap->q1 - gap->q0 - gap->own;

	if (gap->ellipsis) {
		bool bad = left_out <= SHORT_GAP && hides_negation(j, gap);

		if (left_out || put_in > 1)
			note(j, OPCIT_QUOTE_ELLIPSIS, quote, source);
		if (gap->own || bad)
			differ(j, gap, bad);
		j->kept = NULL;
	} else if (gap->brackets) {
		note(j, OPCIT_QUOTE_BRACKETS, quote, source);
		if (gap->own || left_out > put_in + MOST_REPLACED || hides_negation(j, gap) || (gap->remark && left_out))
			differ(j, gap, true);
		j->kept = NULL;
	} else if (judge_letters(j, gap)) {
		keep(j, source, quote, gap->q1 > gap->q0 && gap->s1 > gap->s0 ? gap->q1 - gap->q0 : 0);
	} else {
		differ(j, gap, true);
	}
}

/* The first letter alone is not the same. */
static bool only_first_letter(const struct judging *j, struct opcit_span a, struct opcit_span b)
{
	size_t size_a, size_b;
	utf8proc_int32_t x = opcit_char_at(j->q->text, a.start, &size_a);
	utf8proc_int32_t y = opcit_char_at(j->s->text, b.start, &size_b);

	return utf8proc_tolower(x) == utf8proc_tolower(y) &&
	       opcit_str_eq(opcit_str_sub(j->q->text, a.start + size_a, a.end),
			    opcit_str_sub(j->s->text, b.start + size_b, b.end));
}

static void judge_word(struct judging *j, size_t i, size_t k)
{
	const struct opcit_quote_word *a = &j->q->items[i], *b = &j->s->items[k];
	bool first = i == 0 || j->q->items[i - 1].ellipsis || j->q->items[i - 1].bracketed;

	keep(j, b->span, a->span, 1);
	if (a->mended || (a->bracketed && !b->bracketed))
		note(j, OPCIT_QUOTE_BRACKETS, a->span, b->span);
	else if (a->exact == b->exact)
		return;
	else if (a->lower != b->lower)
		note(j, OPCIT_QUOTE_ACCENTS, a->span, b->span);
	else if (first && only_first_letter(j, a->span, b->span))
		note(j, OPCIT_QUOTE_FIRST_LETTER, a->span, b->span);
	else
		note(j, OPCIT_QUOTE_CAPITALS, a->span, b->span);
}

/* ---- what stands between two words --------------------------------------- */

enum { MOST_BETWEEN = 32 };

struct between {
	utf8proc_int32_t stops[MOST_BETWEEN], marks[MOST_BETWEEN], dashes[MOST_BETWEEN];
	size_t n_stops, n_marks, n_dashes;
	bool notes;
};

static void put(utf8proc_int32_t *list, size_t *n, utf8proc_int32_t c)
{
	if (*n < MOST_BETWEEN)
		list[(*n)++] = c;
}

static void read_between(struct opcit_str text, struct between *b)
{
	size_t at, size;

	memset(b, 0, sizeof *b);
	for (at = 0; at < text.len; at += size) {
		utf8proc_int32_t c = opcit_char_at(text, at, &size);

		if (c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || opcit_char_is_invisible(c))
			continue;
		if (c == '-' || (c >= 0x2010 && c <= 0x2015))
			put(b->dashes, &b->n_dashes, c == 0x2010 || c == 0x2011 ? '-' : c);
		else if (c == '"' || c == 0xab || c == 0xbb || (c >= 0x201a && c <= 0x201f) || c == 0x2018 || c == 0x2039 ||
			 c == 0x203a || c == '\'' || c == 0x2019)
			put(b->marks, &b->n_marks, c == 0x2019 ? '\'' : c);
		else if (c == '*' || c == 0x2020 || c == 0x2021 || (c >= 0x2070 && c <= 0x2079) || c == 0xb9 || c == 0xb2 || c == 0xb3)
			b->notes = true;
		else
			put(b->stops, &b->n_stops, c);
	}
}

static bool same_list(const utf8proc_int32_t *a, size_t n_a, const utf8proc_int32_t *b, size_t n_b)
{
	return n_a == n_b && memcmp(a, b, n_a * sizeof *a) == 0;
}

/* Compare what stands between words i, i + 1 of the quotation and k, k + 1 of the source. */
static void judge_between(struct judging *j, size_t i, size_t k)
{
	struct opcit_span quote = { j->q->items[i].span.end, j->q->items[i + 1].span.start };
	struct opcit_span source = { j->s->items[k].span.end, j->s->items[k + 1].span.start };
	struct opcit_str a = opcit_str_sub(j->q->text, quote.start, quote.end);
	struct opcit_str b = opcit_str_sub(j->s->text, source.start, source.end);
	struct between x, y;
	size_t w;

	if (opcit_str_eq(a, b))
		return;
	for (w = i; w <= i + 1; w++)
		if (j->q->items[w].mended || j->q->items[w].bracketed != j->s->items[k + w - i].bracketed)
			return; /* brackets are told elsewhere */
	read_between(a, &x);
	read_between(b, &y);
	if (!same_list(x.marks, x.n_marks, y.marks, y.n_marks))
		note(j, OPCIT_QUOTE_MARKS, quote, source);
	if (!same_list(x.dashes, x.n_dashes, y.dashes, y.n_dashes))
		note(j, OPCIT_QUOTE_HYPHENS, quote, source);
	if (!same_list(x.stops, x.n_stops, y.stops, y.n_stops))
		note(j, OPCIT_QUOTE_PUNCTUATION, quote, source);
	if (x.notes != y.notes)
		note(j, OPCIT_QUOTE_NOTES, quote, source);
}

/* ---- all of it ----------------------------------------------------------- */

/* The gap that begins at step *at of the way; past it. */
static struct gap next_gap(const struct judging *j, const struct opcit_quote_way *way, size_t *at, size_t q, size_t s)
{
	struct gap gap = { .q0 = q, .q1 = q, .s0 = s, .s1 = s };

	for (; *at < way->n && way->steps[*at] != OPCIT_QUOTE_PAIR; (*at)++) {
		const struct opcit_quote_word *word;

		if (way->steps[*at] == OPCIT_QUOTE_SOURCE) {
			gap.s1++;
			continue;
		}
		word = &j->q->items[gap.q1];
		gap.ellipsis = gap.ellipsis || word->ellipsis;
		gap.brackets = gap.brackets || (word->bracketed && !word->marker);
		gap.remark = gap.remark || (word->bracketed && opcit_quote_is_remark(j->q, gap.q1));
		gap.own += !word->ellipsis && !(word->bracketed && !word->marker);
		gap.q1++;
	}
	return gap;
}

/* A bracket that is opened in the stretch is closed in it. */
static struct opcit_span with_bracket(struct opcit_str text, struct opcit_span span)
{
	size_t i, open = 0;

	for (i = span.start; i < span.end; i++)
		open = text.ptr[i] == '(' ? open + 1 : text.ptr[i] == ')' && open ? open - 1 : open;
	span.end += open && span.end < text.len && text.ptr[span.end] == ')';
	return span;
}

static void walk(struct judging *j, const struct opcit_quote_way *way)
{
	size_t at = 0, q = 0, s = way->from, first = SIZE_MAX, last = 0;
	bool beside = false; /* the words before were a pair */

	while (at < way->n) {
		struct gap gap;

		if (way->steps[at] == OPCIT_QUOTE_PAIR) {
			if (beside)
				judge_between(j, q - 1, s - 1);
			judge_word(j, q, s);
			first = first == SIZE_MAX ? s : first;
			last = s++;
			q++;
			at++;
			beside = true;
			continue;
		}
		gap = next_gap(j, way, &at, q, s);
		/* words that others stand for are of the stretch, too */
		if (gap.s1 > gap.s0 && !gap.ellipsis && !gap.brackets) {
			first = first == SIZE_MAX ? gap.s0 : first;
			last = gap.s1 - 1;
		}
		judge_gap(j, &gap);
		q = gap.q1;
		s = gap.s1;
		beside = false;
	}
	if (first != SIZE_MAX)
		j->match->source = with_bracket(j->s->text, span_of(j->s, first, last + 1));
}

static void conclude(struct opcit_quote_match *match, bool whole)
{
	const struct opcit_wdiff *diff = &match->diff;
	double kept = 2.0 * (double)diff->kept, apart = (double)(diff->deleted + diff->inserted);

	match->similarity = kept > 0 ? kept / (kept + apart) : 0;
	if (diff->kept == 0)
		match->verdict = OPCIT_QUOTE_NOT;
	else if (apart == 0)
		match->verdict = match->kinds ? OPCIT_QUOTE_EXACT_BUT : OPCIT_QUOTE_EXACT;
	else if (match->similarity >= OPCIT_QUOTE_LEAST && diff->kept >= LEAST_KEPT)
		match->verdict = OPCIT_QUOTE_DIFFERS;
	/* what was not compared is not known to be the same */
	if (!whole && match->verdict > OPCIT_QUOTE_DIFFERS)
		match->verdict = OPCIT_QUOTE_DIFFERS;
}

void opcit_quote_compare(const struct opcit_quote *quote, struct opcit_str source, struct opcit_arena *arena,
			 struct opcit_quote_match *match)
{
	struct opcit_quote_words words;
	struct opcit_quote_way way;
	struct judging j = { .q = &quote->words, .s = &words, .match = match };
	size_t steps;

	memset(match, 0, sizeof *match);
	opcit_quote_words_read(source, false, arena, &words);
	steps = quote->words.n + words.n + 1;
	match->cut = quote->words.cut || words.cut;
	match->changes = opcit_arena_alloc(arena, OPCIT_QUOTE_CHANGES_MOST * sizeof *match->changes);
	match->diff.runs = opcit_arena_alloc(arena, (2 * steps + 2) * sizeof *match->diff.runs);
	opcit_quote_align(&quote->words, &words, &way);
	walk(&j, &way);
	free(way.steps);
	conclude(match, !quote->words.cut);
	match->diff.cut = match->cut;
}
