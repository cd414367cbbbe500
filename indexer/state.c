#include "state.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 2, NONE = 0, FIRST_BUCKETS = 1024, BY_NAME = 4 };

uint64_t opcit_hash(uint64_t hash, const void *bytes, size_t len)
{
	const unsigned char *byte = bytes;

	while (len--)
		hash = (hash ^ *byte++) * UINT64_C(0x100000001b3);
	return hash;
}

void opcit_state_release(struct opcit_state *state)
{
	free(state->entries);
	free(state->buckets);
	opcit_arena_release(&state->arena);
	*state = (struct opcit_state)OPCIT_STATE_INIT;
}

static uint32_t *bucket_of(const struct opcit_state *state, struct opcit_str path)
{
	uint64_t hash = opcit_hash(OPCIT_HASH_INIT, path.ptr, path.len);

	return &state->buckets[(hash ^ hash >> 32) & (state->n_buckets - 1)];
}

/* A chain holds indexes + 1, so that a cleared bucket is an empty one. */
static void chain(struct opcit_state *state, size_t index)
{
	uint32_t *bucket = bucket_of(state, state->entries[index].path);

	state->entries[index].next = *bucket;
	*bucket = (uint32_t)index + 1;
}

static void rehash(struct opcit_state *state, size_t n_buckets)
{
	size_t i;

	free(state->buckets);
	state->buckets = opcit_xcalloc(n_buckets, sizeof *state->buckets);
	state->n_buckets = n_buckets;
	for (i = 0; i < state->count; i++)
		chain(state, i);
}

/* A walk meets the files nearly in the order of the table, so that where
 * nothing changed there is little to hash. */
struct opcit_file *opcit_state_find(struct opcit_state *state, struct opcit_str path)
{
	size_t n_buckets = FIRST_BUCKETS;
	uint32_t at;

	if (state->guess < state->count && opcit_str_eq(state->entries[state->guess].path, path))
		return &state->entries[state->guess++];
	if (!state->count)
		return NULL;
	if (!state->n_buckets) {
		while (n_buckets < state->count)
			n_buckets *= 2;
		rehash(state, n_buckets);
	}
	for (at = *bucket_of(state, path); at != NONE; at = state->entries[at - 1].next)
		if (opcit_str_eq(state->entries[at - 1].path, path)) {
			state->guess = at;
			return &state->entries[at - 1];
		}
	return NULL;
}

struct opcit_file *opcit_state_enter(struct opcit_state *state, struct opcit_str path)
{
	struct opcit_file *entry;

	OPCIT_GROW(state->entries, state->count, state->cap);
	entry = &state->entries[state->count];
	memset(entry, 0, sizeof *entry);
	entry->path = path;
	state->count++;
	if (state->n_buckets && state->count > state->n_buckets)
		rehash(state, state->n_buckets * 2);
	else if (state->n_buckets)
		chain(state, state->count - 1);
	return entry;
}

struct opcit_file *opcit_state_add(struct opcit_state *state, struct opcit_str path)
{
	return opcit_state_enter(state, opcit_arena_dup(&state->arena, path));
}

struct opcit_str opcit_state_keep(struct opcit_state *state, struct opcit_str s)
{
	if (s.len && !opcit_str_eq(s, state->kept))
		state->kept = opcit_arena_dup(&state->arena, s);
	return s.len ? state->kept : (struct opcit_str){ NULL, 0 };
}

/* ---- writing ---------------------------------------------------------------- */

static void put_number(struct opcit_buf *buf, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		opcit_buf_putc(buf, (char)(n | 0x80));
	opcit_buf_putc(buf, (char)n);
}

static void put_signed(struct opcit_buf *buf, int64_t n)
{
	put_number(buf, (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0));
}

/* A hash is no small number: eight bytes, the lowest first. */
static void put_hash(struct opcit_buf *buf, uint64_t hash)
{
	int i;

	for (i = 0; i < 8; i++)
		opcit_buf_putc(buf, (char)(hash >> 8 * i));
}

static void put_str(struct opcit_buf *buf, struct opcit_str s)
{
	put_number(buf, s.len);
	opcit_buf_add_str(buf, s);
}

static int by_path(const void *a, const void *b)
{
	return opcit_str_cmp((*(struct opcit_file *const *)a)->path, (*(struct opcit_file *const *)b)->path);
}

/* Those that are not gone, by path. The caller frees it. */
static const struct opcit_file **sorted(const struct opcit_state *state, size_t *n)
{
	const struct opcit_file **live = opcit_xcalloc(state->count, sizeof *live);
	size_t i;

	*n = 0;
	for (i = 0; i < state->count; i++)
		if (!state->entries[i].gone)
			live[(*n)++] = &state->entries[i];
	if (*n)
		qsort(live, *n, sizeof *live, by_path);
	return live;
}

static size_t common_prefix(struct opcit_str a, struct opcit_str b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
		i++;
	return i;
}

void opcit_state_encode(const struct opcit_state *state, struct opcit_buf *buf)
{
	const struct opcit_str none = { NULL, 0 };
	struct opcit_str before = none;
	size_t i, shared, n;
	const struct opcit_file **files = sorted(state, &n);

	put_number(buf, VERSION);
	put_number(buf, n);
	for (i = 0; i < n; i++) {
		const struct opcit_file *entry = files[i];

		shared = common_prefix(before, entry->path);
		before = entry->path;
		put_number(buf, shared);
		put_str(buf, opcit_str_sub(entry->path, shared, entry->path.len));
		put_number(buf, entry->outcome | (entry->by_name ? BY_NAME : 0));
		put_number(buf, entry->stamp.size);
		put_signed(buf, entry->stamp.mtime_ns);
		put_signed(buf, (int64_t)((uint64_t)entry->stamp.ctime_ns -
					  (uint64_t)entry->stamp.mtime_ns));
		put_hash(buf, entry->stamp.content);
		put_hash(buf, entry->overrides);
		put_hash(buf, entry->reading);
		put_number(buf, entry->n_records);
		put_str(buf, entry->outcome == OPCIT_FILE_SKIPPED ? entry->reason : none);
		put_str(buf, entry->outcome == OPCIT_FILE_INDEXED ? entry->symbol : none);
		put_str(buf, entry->lang);
	}
	free(files);
}

/* ---- reading ---------------------------------------------------------------- */

/* What is left to read; bad is sticky, so that it is checked once an entry. */
struct cursor {
	const char *at, *end;
	bool bad;
};

static uint64_t get_number(struct cursor *in)
{
	uint64_t n = 0;
	unsigned shift;
	unsigned char byte;

	for (shift = 0; shift < 64 && in->at < in->end; shift += 7) {
		byte = (unsigned char)*in->at++;
		n |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return n;
	}
	in->bad = true;
	return 0;
}

static int64_t get_signed(struct cursor *in)
{
	uint64_t n = get_number(in);

	return (int64_t)(n >> 1 ^ (~(n & 1) + 1));
}

static struct opcit_str get_bytes(struct cursor *in, uint64_t len)
{
	struct opcit_str s = { in->at, 0 };

	if (in->bad || len > (uint64_t)(in->end - in->at)) {
		in->bad = true;
		return s;
	}
	s.len = len;
	in->at += len;
	return s;
}

static struct opcit_str get_str(struct cursor *in)
{
	return get_bytes(in, get_number(in));
}

static uint64_t get_hash(struct cursor *in)
{
	struct opcit_str s = get_bytes(in, 8);
	uint64_t hash = 0;
	size_t i;

	for (i = 0; i < s.len; i++)
		hash |= (uint64_t)(unsigned char)s.ptr[i] << 8 * i;
	return hash;
}

/* The path shares its first bytes with the one before it. */
static struct opcit_str get_path(struct cursor *in, struct opcit_str before,
				 struct opcit_arena *arena)
{
	uint64_t shared = get_number(in);
	struct opcit_str rest = get_str(in);
	struct opcit_str path = { NULL, 0 };
	char *copy;

	if (in->bad || shared > before.len || shared + rest.len == 0 ||
	    (rest.len && memchr(rest.ptr, '\0', rest.len))) {
		in->bad = true;
		return path;
	}
	copy = opcit_arena_alloc(arena, shared + rest.len + 1);
	if (shared)
		memcpy(copy, before.ptr, shared);
	if (rest.len)
		memcpy(copy + shared, rest.ptr, rest.len);
	copy[shared + rest.len] = '\0';
	return (struct opcit_str){ copy, shared + rest.len };
}

/* Equal or descending paths would be two entries for one file. */
static bool get_entry(struct cursor *in, struct opcit_state *state)
{
	struct opcit_str before = { NULL, 0 }, path, reason, symbol;
	struct opcit_file *entry;
	uint64_t outcome;

	if (state->count)
		before = state->entries[state->count - 1].path;
	path = get_path(in, before, &state->arena);
	if (in->bad || opcit_str_cmp(before, path) >= 0)
		return false;
	entry = opcit_state_enter(state, path);
	outcome = get_number(in);
	entry->by_name = outcome & BY_NAME;
	outcome &= ~(uint64_t)BY_NAME;
	entry->outcome = (enum opcit_outcome)(outcome % OPCIT_FILE_OUTCOMES);
	entry->stamp.size = get_number(in);
	entry->stamp.mtime_ns = get_signed(in);
	entry->stamp.ctime_ns =
		(int64_t)((uint64_t)entry->stamp.mtime_ns + (uint64_t)get_signed(in));
	entry->stamp.content = get_hash(in);
	entry->overrides = get_hash(in);
	entry->reading = get_hash(in);
	entry->n_records = (uint32_t)get_number(in);
	reason = get_str(in);
	symbol = get_str(in);
	if (entry->outcome == OPCIT_FILE_SKIPPED)
		entry->reason = opcit_state_keep(state, reason);
	else if (entry->outcome == OPCIT_FILE_INDEXED && symbol.len)
		entry->symbol = opcit_arena_dup(&state->arena, symbol);
	entry->lang = opcit_state_keep(state, get_str(in));
	return !in->bad && outcome < OPCIT_FILE_OUTCOMES;
}

opcit_status opcit_state_decode(struct opcit_str bytes, struct opcit_state *state,
				struct opcit_err *err)
{
	struct cursor in = { bytes.ptr, bytes.ptr ? bytes.ptr + bytes.len : NULL, false };
	uint64_t version, left;

	if (bytes.len == 0)
		return OPCIT_OK;
	version = get_number(&in);
	if (!in.bad && version != VERSION) {
		opcit_err_set(err, OPCIT_DAMAGED,
			      "the index's table of files has format %llu, "
			      "this program knows %d",
			      (unsigned long long)version, VERSION);
		opcit_err_hint(err, "use the program that made the index, or delete the index "
				    "folder and index again");
		return OPCIT_DAMAGED;
	}
	for (left = get_number(&in); left && !in.bad; left--)
		if (!get_entry(&in, state))
			in.bad = true;
	if (!in.bad && in.at == in.end)
		return OPCIT_OK;
	opcit_state_release(state);
	opcit_err_set(err, OPCIT_DAMAGED, "the index's table of files is damaged");
	opcit_err_hint(err, "delete the index folder and index again");
	return OPCIT_DAMAGED;
}
