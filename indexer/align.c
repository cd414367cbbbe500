#include "align.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 24,        /* letters by which a record's beginning is known */
	NEAR = 16384,     /* letters after the last record in which it is looked for first */
	RESYNC = 4096,    /* letters of the source that may be left out inside a record */
	LEAST = 4,        /* letters by which one is known where no more agree */
	SURE = 8,         /* letters that must agree where the two meet again */
	SEARCHES = 256    /* how often the whole source may be searched */
};

/* All bytes beyond ASCII count as letters: a mark among them that a record
 * leaves out is stepped over like a digit of a note. */
static bool is_letter(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* The bytes of a space, hyphen or mark at s[i] that is beyond ASCII and not
 * seen: a record has another in its place, or none. */
static size_t unseen(struct opcit_str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.ptr + i;
	size_t left = s.len - i;

	if (left >= 2 && p[0] == 0xC2 && (p[1] == 0xA0 || p[1] == 0xAD)) /* no-break space, soft hyphen */
		return 2;
	if (left >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] <= 0x91 || p[2] >= 0xA8) && p[2] <= 0xAF)
		return 3; /* U+2000 to U+2011, U+2028 to U+202F */
	if (left >= 3 && p[0] == 0xE2 && p[1] == 0x81 && p[2] >= 0xA0 && p[2] <= 0xAF)
		return 3; /* U+2060 to U+206F */
	if (left >= 3 && ((p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) || (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80)))
		return 3;
	return 0;
}

static size_t letters_of(struct opcit_str s, char *letters, size_t *offsets)
{
	size_t i, n = 0, skip;

	for (i = 0; i < s.len; i++)
		if ((skip = unseen(s, i))) {
			i += skip - 1;
		} else if (is_letter((unsigned char)s.ptr[i])) {
			letters[n] = s.ptr[i];
			offsets[n++] = i;
		}
	return n;
}

void opcit_align_begin(struct opcit_align *align, struct opcit_str source)
{
	memset(align, 0, sizeof *align);
	align->letters = opcit_xmalloc(source.len + 1);
	align->offsets = opcit_xmalloc((source.len + 1) * sizeof *align->offsets);
	align->n = letters_of(source, align->letters, align->offsets);
	align->budget = align->n * SEARCHES;
}

void opcit_align_release(struct opcit_align *align)
{
	free(align->letters);
	free(align->offsets);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Where the letters stand in [from, to) of the source; SIZE_MAX: nowhere. */
static size_t find(struct opcit_align *align, size_t from, size_t to, const char *letters, size_t n)
{
	const char *hit;

	if (to <= from || to - from < n)
		return SIZE_MAX;
	hit = memmem(align->letters + from, to - from, letters, n);
	return hit ? (size_t)(hit - align->letters) : SIZE_MAX;
}

/* Where a record begins in [from, to). The marker of a note may stand among
 * its first letters: then what follows those tells. */
static size_t begin_in(struct opcit_align *align, size_t from, size_t to, const char *letters, size_t n)
{
	size_t at = find(align, from, to, letters, least(n, HEAD)), before;

	if (at != SIZE_MAX || n < 2 * SURE)
		return at;
	at = find(align, from, to, letters + SURE, least(n - SURE, HEAD));
	if (at == SIZE_MAX)
		return at;
	before = find(align, at > from + 2 * SURE ? at - 2 * SURE : from, at, letters, LEAST);
	return before == SIZE_MAX ? at : before;
}

/* The same near the cursor, near that of what stood elsewhere, a little before
 * (a note in the middle of its paragraph), and anywhere. */
static size_t begin(struct opcit_align *align, const char *letters, size_t n, size_t **cursor)
{
	size_t near = least(align->n, align->at + NEAR), at;

	*cursor = &align->at;
	at = begin_in(align, align->at, near, letters, n);
	if (at == SIZE_MAX && n > LEAST && n < 2 * SURE)
		at = find(align, align->at, near, letters, LEAST);
	if (at != SIZE_MAX)
		return at;
	*cursor = &align->aside;
	at = begin_in(align, align->aside, least(align->n, align->aside + NEAR), letters, n);
	if (at == SIZE_MAX)
		at = begin_in(align, align->at > NEAR ? align->at - NEAR : 0, align->at, letters, n);
	if (at == SIZE_MAX && align->budget >= align->n) {
		align->budget -= align->n;
		at = begin_in(align, 0, align->n, letters, n);
	}
	if (at == SIZE_MAX && n >= 2 * SURE) { /* with markers in all of its parts */
		*cursor = &align->at;
		at = find(align, align->at, near, letters, SURE);
	}
	return at;
}

/* How many letters of the source at `at` are left out before it goes on with
 * the record's; SIZE_MAX where it does not, or where enough was searched. */
static size_t left_out(struct opcit_align *align, size_t at, const char *letters, size_t n)
{
	size_t sure = least(n, SURE), end = least(align->n, at + RESYNC), skip;

	for (skip = 1; at + skip + sure <= end && align->budget; skip++, align->budget--)
		if (memcmp(align->letters + at + skip, letters, sure) == 0)
			return skip;
	return SIZE_MAX;
}

/* Walk along both from the place where they begin together. A letter that is
 * not the source's was repaired: one stands for one. */
static size_t follow(struct opcit_align *align, size_t at, const char *letters,
		     const size_t *offsets, size_t n, struct opcit_stretches *stretches)
{
	size_t i;

	for (i = 0; i < n && at < align->n; i++, at++) {
		const struct opcit_stretch *last = &stretches->items[stretches->n - 1];

		if (align->letters[at] != letters[i]) {
			size_t skip = left_out(align, at, letters + i, n - i);

			if (skip == SIZE_MAX)
				continue;
			at += skip;
		}
		if (align->offsets[at] - last->source == offsets[i] - last->text)
			continue;
		if (last->text == offsets[i]) /* it was taken to begin too early */
			stretches->n--;
		stretches->items[stretches->n++] = (struct opcit_stretch){ offsets[i], align->offsets[at] };
	}
	return at;
}

void opcit_align_next(struct opcit_align *align, struct opcit_str text, struct opcit_arena *arena,
		      struct opcit_stretches *stretches)
{
	char *letters = opcit_xmalloc(text.len + 1);
	size_t *offsets = opcit_xmalloc((text.len + 1) * sizeof *offsets);
	size_t n = letters_of(text, letters, offsets), at;
	struct opcit_stretches found = { NULL, 0 };
	size_t *cursor;

	*stretches = found;
	at = n ? begin(align, letters, n, &cursor) : SIZE_MAX;
	if (at != SIZE_MAX) {
		size_t before = least(offsets[0], align->offsets[at]);

		found.items = opcit_xmalloc((n + 1) * sizeof *found.items);
		found.items[found.n++] = (struct opcit_stretch){ 0, align->offsets[at] - before };
		if (before != offsets[0])
			found.items[found.n++] = (struct opcit_stretch){ offsets[0], align->offsets[at] };
		*cursor = follow(align, at, letters, offsets, n, &found);
		stretches->n = found.n;
		stretches->items = opcit_arena_alloc(arena, found.n * sizeof *found.items);
		memcpy(stretches->items, found.items, found.n * sizeof *found.items);
	}
	free(found.items);
	free(letters);
	free(offsets);
}

/* The first letter of the source at or after a byte. */
static size_t letter_at(const struct opcit_align *align, size_t offset)
{
	size_t low = 0, high = align->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (align->offsets[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool opcit_align_find(const struct opcit_align *align, struct opcit_str text, size_t near, size_t *from,
		      size_t *to)
{
	char *letters = opcit_xmalloc(text.len + 1);
	size_t *offsets = opcit_xmalloc((text.len + 1) * sizeof *offsets);
	size_t n = letters_of(text, letters, offsets), wanted = letter_at(align, near), best = SIZE_MAX, at;
	size_t end = least(align->n, wanted + NEAR + n);

	if (n && wanted + n <= align->n && memcmp(align->letters + wanted, letters, n) == 0)
		best = wanted;
	for (at = wanted > NEAR ? wanted - NEAR : 0; n && best != wanted && at + n <= end; at++) {
		const char *hit = memmem(align->letters + at, end - at, letters, n);

		if (!hit)
			break;
		at = (size_t)(hit - align->letters);
		if (best == SIZE_MAX || at <= wanted || at - wanted < wanted - best)
			best = at;
		if (at >= wanted)
			break;
	}
	if (best != SIZE_MAX) {
		size_t last = best + n - 1, before = best ? align->offsets[best - 1] + 1 : 0;

		*from = align->offsets[best] - least(offsets[0], align->offsets[best] - before);
		*to = align->offsets[last] + text.len - offsets[n - 1];
		if (last + 1 < align->n)
			*to = least(*to, align->offsets[last + 1]);
	}
	free(letters);
	free(offsets);
	return best != SIZE_MAX;
}
