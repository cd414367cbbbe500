#include "registry.h"

#include "keyword.h"
#include "tsv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct loading {
	struct opcit_registry *registry;
	opcit_registry_report report;
	void *data;
	bool replace;                       /* names of earlier folders give way */
	size_t old_bodies, old_instruments; /* rows of earlier folders */
};

static void __attribute__((format(printf, 3, 4)))
complain(const struct loading *load, const struct opcit_tsv *tsv, const char *format, ...)
{
	char message[300];
	va_list ap;

	if (!load->report)
		return;
	va_start(ap, format);
	vsnprintf(message, sizeof message, format, ap);
	va_end(ap);
	load->report(load->data, tsv->path, tsv->line, message);
}

/* The next of several values between semicolons; false at the end. */
static bool next_value(struct opcit_str *rest, struct opcit_str *value)
{
	const char *semicolon;

	while (rest->len) {
		semicolon = memchr(rest->ptr, ';', rest->len);
		*value = opcit_str_sub(*rest, 0,
				       semicolon ? (size_t)(semicolon - rest->ptr) : rest->len);
		*rest = opcit_str_sub(*rest, semicolon ? value->len + 1 : rest->len, rest->len);
		*value = opcit_str_trim(*value);
		if (value->len > 3 && value->ptr[2] == ':' && value->ptr[0] >= 'a' &&
		    value->ptr[0] <= 'z' && value->ptr[1] >= 'a' && value->ptr[1] <= 'z')
			*value = opcit_str_trim(opcit_str_sub(*value, 3, value->len));
		if (value->len)
			return true;
	}
	return false;
}

/* The first or else the last word of a name that says what the thing is. */
static uint64_t genre_of(const struct opcit_registry *registry, struct opcit_str name,
			 enum opcit_keyword wanted)
{
	const char *p = name.ptr, *end = p + name.len;
	struct opcit_names_first first;
	struct opcit_token token;

	while (p < end) {
		if (!opcit_glyph_is_word(opcit_glyph_at(p, end))) {
			p = opcit_glyph_next(p, end);
			continue;
		}
		token = opcit_token_at(p, end);
		first = opcit_names_first(&registry->names, token.hash);
		if (opcit_keyword_class(first.keyword) == wanted)
			return opcit_keyword_stem(first.keyword);
		p = token.end;
	}
	return 0;
}

static void add_name(const struct loading *load, const struct opcit_tsv *tsv, struct opcit_str name,
		     enum opcit_name_kind kind, size_t index)
{
	struct opcit_registry *registry = load->registry;
	uint32_t other = opcit_names_add(&registry->names, name, kind, (uint32_t)index, false);
	bool old;

	if (other == OPCIT_NAME_NONE)
		return;
	old = other < (kind == OPCIT_NAME_BODY ? load->old_bodies : load->old_instruments);
	if (load->replace && old) {
		opcit_names_add(&registry->names, name, kind, (uint32_t)index, true);
		return;
	}
	complain(load, tsv, "the name '%.*s' already means '%.*s'", OPCIT_FMT(name),
		 OPCIT_FMT(kind == OPCIT_NAME_BODY ? registry->bodies[other].id
						   : registry->instruments[other].id));
}

static void add_names(const struct loading *load, const struct opcit_tsv *tsv,
		      struct opcit_str names, enum opcit_name_kind kind, size_t index)
{
	struct opcit_str name;

	while (next_value(&names, &name))
		add_name(load, tsv, name, kind, index);
}

static bool load_body(const struct loading *load, struct opcit_tsv *tsv)
{
	struct opcit_registry *registry = load->registry;
	struct opcit_body body = {
		.id = opcit_tsv_get(tsv, "id"),
		.name = opcit_tsv_get(tsv, "name"),
		.parent = opcit_tsv_get(tsv, "parent"),
		.resolution = opcit_tsv_get(tsv, "resolution"),
		.decision = opcit_tsv_get(tsv, "decision"),
		.general_comment = opcit_tsv_get(tsv, "general_comment"),
		.session_from = opcit_tsv_get(tsv, "session_from"),
		.number_to = opcit_tsv_get(tsv, "number_to"),
		.from = opcit_tsv_get(tsv, "from"),
		.until = opcit_tsv_get(tsv, "until"),
	};
	size_t at;

	if (!body.id.len || !body.name.len) {
		complain(load, tsv, "a body needs an id and a name");
		return false;
	}
	body.organ = genre_of(registry, body.name, KW_ORGAN);
	for (at = 0; at < registry->n_bodies; at++)
		if (opcit_str_ieq(registry->bodies[at].id, body.id))
			break;
	if (at < registry->n_bodies && at >= load->old_bodies) {
		complain(load, tsv, "a second row for the body '%.*s'", OPCIT_FMT(body.id));
		return false;
	}
	if (at == registry->n_bodies) {
		OPCIT_GROW(registry->bodies, registry->n_bodies, registry->cap_bodies);
		registry->n_bodies++;
	}
	registry->bodies[at] = body;
	add_name(load, tsv, body.name, OPCIT_NAME_BODY, at);
	add_name(load, tsv, body.id, OPCIT_NAME_BODY, at);
	add_names(load, tsv, opcit_tsv_get(tsv, "other_names"), OPCIT_NAME_BODY, at);
	return true;
}

static bool load_instrument(const struct loading *load, struct opcit_tsv *tsv)
{
	struct opcit_registry *registry = load->registry;
	struct opcit_str parallel = opcit_tsv_get(tsv, "parallel"), rest = parallel, value;
	struct opcit_instrument row = {
		.id = opcit_tsv_get(tsv, "id"),
		.name = opcit_tsv_get(tsv, "name"),
		.date = opcit_tsv_get(tsv, "date"),
		.adopted_by = opcit_tsv_get(tsv, "adopted_by"),
		.series = opcit_tsv_get(tsv, "series"),
		.articles = opcit_tsv_get(tsv, "articles"),
	};
	size_t at;

	if (!row.id.len || !row.name.len) {
		complain(load, tsv, "an instrument needs an id and a name");
		return false;
	}
	while (next_value(&rest, &value))
		row.n_parallel++;
	row.parallel =
		opcit_arena_alloc(&registry->arena, (row.n_parallel + 1) * sizeof *row.parallel);
	for (at = 0; next_value(&parallel, &value); at++)
		row.parallel[at] = value;
	row.genre = genre_of(registry, row.name, KW_GENRE);
	for (at = 0; at < registry->n_instruments; at++)
		if (opcit_str_ieq(registry->instruments[at].id, row.id))
			break;
	if (at < registry->n_instruments && at >= load->old_instruments) {
		complain(load, tsv, "a second row for the instrument '%.*s'", OPCIT_FMT(row.id));
		return false;
	}
	if (at == registry->n_instruments) {
		OPCIT_GROW(registry->instruments, registry->n_instruments,
			   registry->cap_instruments);
		registry->n_instruments++;
	}
	registry->instruments[at] = row;
	add_name(load, tsv, row.name, OPCIT_NAME_INSTRUMENT, at);
	add_name(load, tsv, row.id, OPCIT_NAME_INSTRUMENT, at);
	add_names(load, tsv, opcit_tsv_get(tsv, "other_names"), OPCIT_NAME_INSTRUMENT, at);
	return true;
}

static uint64_t head_hash(struct opcit_str head)
{
	uint64_t hash = opcit_str_hash(head);

	return hash ^ hash >> 33 ? hash ^ hash >> 33 : 1;
}

enum { HEADS = 1024 }; /* slots; half of them may be taken */

static size_t head_slot(const struct opcit_registry *registry, uint64_t hash)
{
	size_t at = hash & (HEADS - 1);

	while (registry->heads[at] && registry->heads[at] != hash)
		at = (at + 1) & (HEADS - 1);
	return at;
}

bool opcit_registry_head(const struct opcit_registry *registry, struct opcit_str head)
{
	return registry->heads[head_slot(registry, head_hash(head))] != 0;
}

static bool load_series(const struct loading *load, struct opcit_tsv *tsv)
{
	struct opcit_registry *registry = load->registry;
	struct opcit_series row = {
		.prefix = opcit_tsv_get(tsv, "prefix"),
		.body = opcit_tsv_get(tsv, "body"),
		.parts = opcit_tsv_get(tsv, "parts"),
		.url = opcit_tsv_get(tsv, "url"),
	};
	const char *slash;
	struct opcit_str head;
	size_t at;

	if (!row.prefix.len) {
		complain(load, tsv, "a series needs a prefix");
		return false;
	}
	OPCIT_GROW(registry->series, registry->n_series, registry->cap_series);
	registry->series[registry->n_series++] = row;
	slash = memchr(row.prefix.ptr, '/', row.prefix.len);
	head = opcit_str_sub(row.prefix, 0,
			     slash ? (size_t)(slash - row.prefix.ptr) : row.prefix.len);
	at = head_slot(registry, head_hash(head));
	if (registry->heads[at])
		return true;
	if (registry->n_heads * 2 >= HEADS) {
		complain(load, tsv, "more than %d different beginnings of symbols", HEADS / 2);
		return false;
	}
	registry->heads[at] = head_hash(head);
	registry->n_heads++;
	return true;
}

/* A body may not be its own ancestor; the row that closes a ring loses its
 * parent. */
static void break_rings(const struct loading *load)
{
	struct opcit_registry *registry = load->registry;
	char path[] = "bodies.tsv";
	struct opcit_tsv nowhere = { .path = path };
	const struct opcit_body *up;
	size_t i, steps;

	for (i = 0; i < registry->n_bodies; i++) {
		up = &registry->bodies[i];
		for (steps = 0; up && up->parent.len && steps <= 16; steps++)
			up = opcit_registry_body(registry, up->parent);
		if (steps <= 16)
			continue;
		complain(load, &nowhere, "the parents of the body '%.*s' go round in a ring",
			 OPCIT_FMT(registry->bodies[i].id));
		registry->bodies[i].parent = (struct opcit_str){ NULL, 0 };
	}
}

static opcit_status load_table(const struct loading *load, const char *folder, const char *name,
			       bool (*row)(const struct loading *, struct opcit_tsv *),
			       struct opcit_err *err)
{
	struct opcit_tsv tsv;
	opcit_status status = opcit_tsv_open(&tsv, folder, name, &load->registry->arena, err);

	if (status == OPCIT_NOT_FOUND)
		return OPCIT_OK;
	if (status != OPCIT_OK)
		return status;
	while (opcit_tsv_next(&tsv)) {
		if (tsv.fault)
			complain(load, &tsv, "%s", tsv.fault);
		else
			row(load, &tsv);
	}
	return OPCIT_OK;
}

opcit_status opcit_registry_load(const char *const *folders, size_t n_folders,
				 opcit_registry_report report, void *data,
				 struct opcit_registry **registry, struct opcit_err *err)
{
	struct loading load = { .report = report, .data = data };
	opcit_status status = OPCIT_OK;
	size_t i;

	*registry = NULL;
	load.registry = opcit_xcalloc(1, sizeof *load.registry);
	load.registry->heads = opcit_xcalloc(HEADS, sizeof *load.registry->heads);
	opcit_keywords_add(&load.registry->names);
	for (i = 0; i < n_folders && status == OPCIT_OK; i++) {
		load.replace = i > 0;
		load.old_bodies = load.registry->n_bodies;
		load.old_instruments = load.registry->n_instruments;
		status = load_table(&load, folders[i], "bodies.tsv", load_body, err);
		if (status == OPCIT_OK)
			status = load_table(&load, folders[i], "series.tsv", load_series, err);
		if (status == OPCIT_OK)
			status = load_table(&load, folders[i], "instruments.tsv", load_instrument,
					    err);
	}
	if (status != OPCIT_OK) {
		opcit_registry_free(load.registry);
		return status;
	}
	break_rings(&load);
	*registry = load.registry;
	return OPCIT_OK;
}

void opcit_registry_free(struct opcit_registry *registry)
{
	if (!registry)
		return;
	opcit_names_release(&registry->names);
	free(registry->bodies);
	free(registry->series);
	free(registry->instruments);
	free(registry->heads);
	opcit_arena_release(&registry->arena);
	free(registry);
}

static uint32_t named(const struct opcit_registry *registry, struct opcit_str name,
		      enum opcit_name_kind kind)
{
	const char *p, *end = name.ptr + name.len;
	struct opcit_name_hit hit;
	struct opcit_token first;

	for (p = name.ptr; p < end; p = opcit_glyph_next(p, end))
		if (opcit_glyph_is_word(opcit_glyph_at(p, end)))
			break;
	first = opcit_token_at(p, end);
	if (first.hash == opcit_token_hash("the")) {
		p = opcit_name_gap(first.end, end);
		if (p)
			first = opcit_token_at(p, end);
	}
	first.caps = true; /* an identifier in small letters is one all the same */
	if (!opcit_names_match(&registry->names, &first, end, &hit))
		return OPCIT_NAME_NONE;
	for (p = hit.end; p < end; p = opcit_glyph_next(p, end))
		if (opcit_glyph_is_word(opcit_glyph_at(p, end)))
			return OPCIT_NAME_NONE;
	return hit.index[kind];
}

const struct opcit_instrument *opcit_registry_instrument(const struct opcit_registry *registry,
							 struct opcit_str name)
{
	uint32_t at = named(registry, name, OPCIT_NAME_INSTRUMENT);

	return at == OPCIT_NAME_NONE ? NULL : &registry->instruments[at];
}

const struct opcit_body *opcit_registry_body(const struct opcit_registry *registry,
					     struct opcit_str name)
{
	uint32_t at = named(registry, name, OPCIT_NAME_BODY);

	return at == OPCIT_NAME_NONE ? NULL : &registry->bodies[at];
}

const struct opcit_instrument *opcit_registry_same(const struct opcit_registry *registry,
						   struct opcit_str target)
{
	size_t i, j;

	for (i = 0; i < registry->n_instruments; i++) {
		if (opcit_str_ieq(registry->instruments[i].id, target))
			return &registry->instruments[i];
		for (j = 0; j < registry->instruments[i].n_parallel; j++)
			if (opcit_str_ieq(registry->instruments[i].parallel[j], target))
				return &registry->instruments[i];
	}
	return NULL;
}

const struct opcit_series *opcit_registry_series(const struct opcit_registry *registry,
						 struct opcit_str symbol)
{
	const struct opcit_series *best = NULL;
	size_t i;

	for (i = 0; i < registry->n_series; i++) {
		const struct opcit_series *s = &registry->series[i];

		if (symbol.len >= s->prefix.len && (!best || s->prefix.len > best->prefix.len) &&
		    strncasecmp(symbol.ptr, s->prefix.ptr, s->prefix.len) == 0)
			best = s;
	}
	return best;
}
