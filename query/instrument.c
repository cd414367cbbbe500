/* instrument.c: see instrument.h. */
#include "instrument.h"

#include "../lib/registry.h"
#include "expand.h"
#include "parse.h"

#include <string.h>
#include <strings.h>

enum {
	LONGEST = 400, /* bytes: a longer question is a text */
	MOST = 4,      /* instruments of one question */
	ACRONYM = 3    /* capitals in a row */
};

/* ---- does the question name any? --------------------------------------------- */

/* How words begin of which names of instruments are made. */
static const char *const marks[] = {
	"accord",  "acuerdo", "agenda",	    "agreement", "carta",    "charte",	    "compact",	"constituti", "conven",
	"covenan", "declara", "déclara", "directri", "estatuto", "framework", "guideline", "marco", "pacte",
	"pacto",   "plan",    "plataforma", "platform",	 "principe", "principi",    "principl", "programm",   "protoc",
	"regla",   "regle",   "règle", "rule",    "statut",   "tratado",	    "treat",	"trait",
};

static bool begins_mark(struct opcit_str text, size_t at)
{
	size_t i, len;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		len = strlen(marks[i]);
		if (text.len - at >= len && strncasecmp(text.ptr + at, marks[i], len) == 0)
			return true;
	}
	return false;
}

static bool may_name(struct opcit_str text)
{
	size_t i, capitals = 0;
	bool found = false;

	for (i = 0; i < text.len; i++) {
		capitals = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? capitals + 1 : 0;
		found = found || capitals >= ACRONYM || ((i == 0 || text.ptr[i - 1] == ' ') && begins_mark(text, i));
	}
	return found && text.len <= LONGEST;
}

/* ---- what is added ----------------------------------------------------------- */

struct named {
	struct opcit_query *nodes[MOST];
	size_t n;
};

static void add_target(struct opcit_index *index, struct opcit_arena *arena, struct opcit_query *node,
		       struct opcit_str target)
{
	struct opcit_query *cites;

	if (!opcit_index_names(index, target))
		return;
	cites = parse_node(arena, OPCIT_QUERY_FIELD, 0);
	cites->field = OPCIT_FIELD_CITES;
	cites->text = opcit_arena_dup(arena, target);
	node->subs[node->n_subs++] = cites;
}

/* The name as it was typed, word by word. */
static struct opcit_query *typed_words(struct opcit_str name, struct opcit_arena *arena)
{
	struct opcit_query *all = parse_node(arena, OPCIT_QUERY_OR, name.len), *word;
	size_t at, end;

	for (at = 0; at < name.len; at = end + 1) {
		for (end = at; end < name.len && name.ptr[end] != ' ';)
			end++;
		if (end == at)
			continue;
		word = parse_node(arena, OPCIT_QUERY_WORD, 0);
		word->text = opcit_str_sub(name, at, end);
		all->subs[all->n_subs++] = word;
	}
	return all;
}

static void add_instrument(struct opcit_index *index, struct opcit_arena *arena,
			   const struct opcit_instrument *row, struct opcit_str name, struct named *named)
{
	struct opcit_query *node = parse_node(arena, OPCIT_QUERY_CONCEPT, row->n_parallel + 2);
	size_t i;

	node->text = opcit_arena_dup(arena, row->name);
	node->subs[node->n_subs++] = typed_words(opcit_arena_dup(arena, name), arena);
	for (i = 0; i < named->n; i++)
		if (opcit_str_eq(named->nodes[i]->text, node->text))
			return;
	add_target(index, arena, node, row->id);
	for (i = 0; i < row->n_parallel; i++)
		add_target(index, arena, node, row->parallel[i]);
	if (node->n_subs > 1 && named->n < MOST)
		named->nodes[named->n++] = node;
}

/* Every name in the text, the longest at each place, but not where it is all of it, unless
 * `whole`. A single word counts only as an acronym, in capitals. */
static void find_names(struct opcit_index *index, const struct opcit_registry *registry, struct opcit_str text,
		       bool whole, struct opcit_arena *arena, struct named *named)
{
	const char *end = text.ptr + text.len, *p = opcit_glyph_settle(text.ptr, end);
	struct opcit_name_hit hit;
	struct opcit_token word;

	while (p < end) {
		word = opcit_token_at(p, end);
		if (!word.count) {
			p = opcit_glyph_next(p, end);
			continue;
		}
		p = word.end;
		if (!word.hash || !opcit_names_match(&registry->names, &word, end, &hit) ||
		    hit.index[OPCIT_NAME_INSTRUMENT] == OPCIT_NAME_NONE || (hit.words < 2 && !hit.acronym))
			continue;
		if ((hit.start > text.ptr || hit.end < end) != whole)
			add_instrument(index, arena, &registry->instruments[hit.index[OPCIT_NAME_INSTRUMENT]],
				       (struct opcit_str){ hit.start, (size_t)(hit.end - hit.start) }, named);
		p = hit.end;
	}
}

/* The names of concepts in the query that may be instruments': "the treaty on migrant labour". */
static void find_concepts(const struct opcit_query *query, struct opcit_str *names, size_t *n)
{
	size_t i;

	if (query->op == OPCIT_QUERY_CONCEPT && *n < MOST && may_name(query->text))
		names[(*n)++] = query->text;
	for (i = 0; i < query->n_subs; i++)
		find_concepts(query->subs[i], names, n);
}

opcit_status instrument_expand(struct opcit_index *index, struct opcit_str text, struct knowledge *known,
			       struct opcit_arena *arena, struct opcit_query **query, struct opcit_err *err)
{
	struct named named = { .n = 0 };
	struct opcit_str concepts[MOST];
	size_t n = 0, i;
	opcit_status status;

	text = opcit_str_trim(text);
	if (*query)
		find_concepts(*query, concepts, &n);
	if (!*query || (!may_name(text) && !n))
		return OPCIT_OK;
	status = knowledge_registry(known, err);
	if (status == OPCIT_OK) {
		if (may_name(text))
			find_names(index, known->registry, text, false, arena, &named);
		for (i = 0; i < n; i++)
			find_names(index, known->registry, concepts[i], true, arena, &named);
		if (named.n)
			expand_append(query, named.nodes, named.n, arena);
	}
	return status;
}
