/* The table of files: what is written is what is read, and no bytes that are
 * not one are taken for one. */
#include <criterion/criterion.h>

#include "../../indexer/content.h"
#include "../../indexer/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct opcit_file *add(struct opcit_state *state, const char *path)
{
	cr_assert_null(opcit_state_find(state, opcit_str_of(path)));
	return opcit_state_add(state, opcit_str_of(path));
}

static void fill(struct opcit_state *state)
{
	struct opcit_file *file = add(state, "/docs/b.txt");

	file->stamp = (struct opcit_stamp){ 300, -5, INT64_MAX, UINT64_MAX - 1 };
	file->by_name = true;
	file->overrides = UINT64_MAX;
	file->reading = 7;
	file->n_records = 128;
	file->symbol = OPCIT_STR("A/65/156");
	file->lang = OPCIT_STR("en");
	file = add(state, "/docs/a\xE9\n.txt");
	file->outcome = OPCIT_FILE_SKIPPED;
	file->stamp = (struct opcit_stamp){ UINT64_MAX, INT64_MIN, INT64_MAX, 0 };
	file->reason = OPCIT_STR("a binary file");
	add(state, "/docs/bb/manifest.tsv")->outcome = OPCIT_FILE_MANIFEST;
	add(state, "/docs/gone.txt")->gone = true;
}

static void encode(struct opcit_state *state, struct opcit_buf *buf)
{
	opcit_buf_clear(buf);
	opcit_state_encode(state, buf);
}

Test(state, keeps_what_it_was_given)
{
	struct opcit_state state = OPCIT_STATE_INIT, back = OPCIT_STATE_INIT;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	const struct opcit_file *file;

	fill(&state);
	encode(&state, &buf);
	cr_assert_eq(opcit_state_decode(opcit_buf_str(&buf), &back, NULL), OPCIT_OK);
	cr_assert_eq(back.count, 3);
	cr_assert_null(opcit_state_find(&back, OPCIT_STR("/docs/gone.txt")));
	file = opcit_state_find(&back, OPCIT_STR("/docs/b.txt"));
	cr_assert_not_null(file);
	cr_assert_eq(file->stamp.size, 300);
	cr_assert_eq(file->stamp.mtime_ns, -5);
	cr_assert_eq(file->stamp.ctime_ns, INT64_MAX);
	cr_assert_eq(file->stamp.content, UINT64_MAX - 1);
	cr_assert(file->by_name);
	cr_assert_eq(file->outcome, OPCIT_FILE_INDEXED);
	cr_assert_eq(file->overrides, UINT64_MAX);
	cr_assert_eq(file->reading, 7);
	cr_assert_eq(file->n_records, 128);
	cr_assert(opcit_str_is(file->symbol, "A/65/156"));
	cr_assert(opcit_str_is(file->lang, "en"));
	file = opcit_state_find(&back, OPCIT_STR("/docs/a\xE9\n.txt"));
	cr_assert_eq(file->outcome, OPCIT_FILE_SKIPPED);
	cr_assert_not(file->by_name);
	cr_assert_eq(file->stamp.size, UINT64_MAX);
	cr_assert_eq(file->stamp.mtime_ns, INT64_MIN);
	cr_assert_eq(file->stamp.ctime_ns, INT64_MAX);
	cr_assert(opcit_str_is(file->reason, "a binary file"));
	file = opcit_state_find(&back, OPCIT_STR("/docs/bb/manifest.tsv"));
	cr_assert_eq(file->outcome, OPCIT_FILE_MANIFEST);
	opcit_state_release(&state);
	opcit_state_release(&back);
	opcit_buf_release(&buf);
}

Test(state, equal_tables_have_equal_bytes)
{
	struct opcit_state forth = OPCIT_STATE_INIT, back = OPCIT_STATE_INIT;
	struct opcit_buf a = OPCIT_BUF_INIT, b = OPCIT_BUF_INIT;
	char path[32];
	uint32_t i;

	for (i = 0; i < 3000; i++) { /* more than the first size of the hash table */
		snprintf(path, sizeof path, "/docs/%u.txt", i);
		add(&forth, path)->n_records = i;
		snprintf(path, sizeof path, "/docs/%u.txt", 2999 - i);
		add(&back, path)->n_records = 2999 - i;
	}
	encode(&forth, &a);
	encode(&back, &b);
	cr_assert(opcit_str_eq(opcit_buf_str(&a), opcit_buf_str(&b)));
	for (i = 0; i < 3000; i++) { /* found after sorting as before */
		snprintf(path, sizeof path, "/docs/%u.txt", i);
		cr_assert_eq(opcit_state_find(&back, opcit_str_of(path))->n_records, i);
	}
	opcit_state_release(&forth);
	opcit_state_release(&back);
	opcit_buf_release(&a);
	opcit_buf_release(&b);
}

Test(state, nothing_is_an_empty_table)
{
	struct opcit_state state = OPCIT_STATE_INIT;

	cr_assert_eq(opcit_state_decode((struct opcit_str){ NULL, 0 }, &state, NULL), OPCIT_OK);
	cr_assert_eq(state.count, 0);
	cr_assert_null(opcit_state_find(&state, OPCIT_STR("/docs")));
	opcit_state_release(&state);
}

/* Each damaged copy stands in a block of its own size, so that a sanitizer
 * sees any read beyond it. */
static opcit_status decode_copy(const char *bytes, size_t len)
{
	struct opcit_state state = OPCIT_STATE_INIT;
	char *copy = opcit_xmalloc(len);
	opcit_status status;

	memcpy(copy, bytes, len);
	status = opcit_state_decode((struct opcit_str){ copy, len }, &state, NULL);
	if (status != OPCIT_OK)
		cr_assert_eq(state.count, 0);
	opcit_state_release(&state);
	free(copy);
	return status;
}

Test(state, a_part_is_damaged)
{
	struct opcit_state state = OPCIT_STATE_INIT;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t len;

	fill(&state);
	encode(&state, &buf);
	for (len = 1; len < buf.len; len++)
		cr_assert_eq(decode_copy(buf.ptr, len), OPCIT_DAMAGED, "%zu bytes", len);
	opcit_buf_putc(&buf, 'x');
	cr_assert_eq(decode_copy(buf.ptr, buf.len), OPCIT_DAMAGED);
	opcit_state_release(&state);
	opcit_buf_release(&buf);
}

Test(state, any_changed_byte_is_survived)
{
	struct opcit_state state = OPCIT_STATE_INIT;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t at;
	int bit;

	fill(&state);
	encode(&state, &buf);
	for (at = 0; at < buf.len; at++)
		for (bit = 0; bit < 8; bit++) {
			opcit_status status;

			buf.ptr[at] ^= (char)(1 << bit);
			status = decode_copy(buf.ptr, buf.len);
			cr_assert(status == OPCIT_OK || status == OPCIT_DAMAGED);
			buf.ptr[at] ^= (char)(1 << bit);
		}
	opcit_state_release(&state);
	opcit_buf_release(&buf);
}

Test(state, another_version_is_told_apart_from_damage)
{
	struct opcit_state state = OPCIT_STATE_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;

	cr_assert_eq(opcit_state_decode(OPCIT_STR("\x01"), &state, &err), OPCIT_DAMAGED);
	cr_assert_not_null(strstr(err.message, "format 1"));
	cr_assert_neq(err.hint[0], '\0');
}

/* Two entries for one path would be two truths about one file. */
Test(state, paths_ascend)
{
	struct opcit_state state = OPCIT_STATE_INIT;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t entry;

	add(&state, "/a");
	encode(&state, &buf);
	cr_assert_eq(decode_copy(buf.ptr, buf.len), OPCIT_OK);
	entry = buf.len - 2; /* after the version and the count */
	opcit_buf_grow(&buf, entry);
	opcit_buf_add(&buf, buf.ptr + 2, entry);
	buf.ptr[1] = 2;
	cr_assert_eq(decode_copy(buf.ptr, buf.len), OPCIT_DAMAGED);
	opcit_state_release(&state);
	opcit_buf_release(&buf);
}

/* ---- contents ------------------------------------------------------------------ */

/* A byte more or less or another one anywhere is another content. */
Test(content, tells_files_apart)
{
	char bytes[200] = { 0 };
	uint64_t seen[sizeof bytes * 9 + 1], hash;
	size_t n = 0, len, at, i;

	for (len = 0; len <= sizeof bytes; len++)
		seen[n++] = opcit_content_hash((struct opcit_str){ bytes, len });
	for (at = 0; at < sizeof bytes; at++)
		for (i = 0; i < 8; i++) {
			bytes[at] = (char)(1 << i);
			hash = opcit_content_hash((struct opcit_str){ bytes, sizeof bytes });
			cr_assert_eq(hash, opcit_content_hash((struct opcit_str){ bytes, sizeof bytes }));
			seen[n++] = hash;
			bytes[at] = 0;
		}
	for (at = 0; at < n; at++) {
		cr_assert_neq(seen[at], 0);
		for (i = 0; i < at; i++)
			cr_assert_neq(seen[i], seen[at], "%zu and %zu", i, at);
	}
}

/* A bit changed moves about half of the bits: 32 of 64, over many. */
Test(content, spreads)
{
	char bytes[64] = "The harbour is open.";
	uint64_t before = opcit_content_hash((struct opcit_str){ bytes, sizeof bytes });
	size_t moved = 0, bit;

	for (bit = 0; bit < sizeof bytes * 8; bit++) {
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		moved += (size_t)__builtin_popcountll(before ^ opcit_content_hash((struct opcit_str){ bytes, sizeof bytes }));
		bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
	cr_assert_geq(moved, sizeof bytes * 8 * 31);
	cr_assert_leq(moved, sizeof bytes * 8 * 33);
}
