#include "names.h"

#include <stdlib.h>
#include <string.h>

struct opcit_names_edge {
	uint64_t hash;  /* of the word; 0 where the slot is free */
	uint32_t from, to;
	uint32_t keyword; /* on edges from the root */
};

struct opcit_names_state {
	uint32_t index[OPCIT_NAME_KINDS];
	bool acronym[OPCIT_NAME_KINDS];
};

enum { NAME_WORDS = 40 };

void opcit_names_release(struct opcit_names *names)
{
	free(names->edges);
	free(names->states);
	memset(names, 0, sizeof *names);
}

static size_t slot(const struct opcit_names *names, uint32_t from, uint64_t hash)
{
	uint64_t key = hash ^ (uint64_t)from * 0xD6E8FEB86659FD93u;

	return (size_t)(key ^ key >> 31) & (names->cap_edges - 1);
}

static struct opcit_names_edge *find(const struct opcit_names *names, uint32_t from, uint64_t hash)
{
	size_t at;

	if (!names->cap_edges || !hash)
		return NULL;
	for (at = slot(names, from, hash); names->edges[at].hash;
	     at = (at + 1) & (names->cap_edges - 1))
		if (names->edges[at].hash == hash && names->edges[at].from == from)
			return &names->edges[at];
	return NULL;
}

static struct opcit_names_edge *place(struct opcit_names *names, struct opcit_names_edge edge)
{
	size_t at = slot(names, edge.from, edge.hash);

	while (names->edges[at].hash)
		at = (at + 1) & (names->cap_edges - 1);
	names->edges[at] = edge;
	return &names->edges[at];
}

static void grow(struct opcit_names *names)
{
	struct opcit_names_edge *old = names->edges;
	size_t i, n = names->cap_edges;

	names->cap_edges = n ? n * 2 : 32768;
	names->edges = opcit_xcalloc(names->cap_edges, sizeof *old);
	for (i = 0; i < n; i++)
		if (old[i].hash)
			place(names, old[i]);
	free(old);
}

static uint32_t new_state(struct opcit_names *names)
{
	struct opcit_names_state *state;

	if (!names->cap_states) {
		names->cap_states = 16384;
		names->states = opcit_xmalloc(names->cap_states * sizeof *names->states);
	}
	OPCIT_GROW(names->states, names->n_states, names->cap_states);
	state = &names->states[names->n_states];
	memset(state, 0, sizeof *state);
	state->index[0] = state->index[1] = OPCIT_NAME_NONE;
	return (uint32_t)names->n_states++;
}

/* The edge for that word, made where there is none. Keyword edges lead to
 * state 0 until a name needs them. */
static struct opcit_names_edge *edge_for(struct opcit_names *names, uint32_t from, uint64_t hash)
{
	struct opcit_names_edge *edge = find(names, from, hash);

	if (!names->n_states)
		new_state(names); /* the root */
	if (edge)
		return edge;
	if (names->n_edges * 2 >= names->cap_edges)
		grow(names);
	names->n_edges++;
	return place(names, (struct opcit_names_edge){ .hash = hash, .from = from });
}

void opcit_filter_add(unsigned char *filter, const char *word, size_t len)
{
	static const char after[] = " .,)(:;'-/\t\n\r\xC2\xE2";
	char bytes[3];
	size_t i, j, n = sizeof after - 1;
	unsigned at;

	for (i = 0; i < n * n; i++) {
		for (j = 0; j < 3; j++)
			bytes[j] = j < len ? word[j] : after[j == 1 ? i / n : i % n];
		at = (bytes[0] & 31u) << 10 | (bytes[1] & 31u) << 5 | (bytes[2] & 31u);
		filter[at >> 3] |= (unsigned char)(1u << (at & 7));
		if (len >= 3)
			break;
	}
}

static void allow(struct opcit_names *names, const struct opcit_token *first)
{
	char word[3];
	const char *p = first->start;
	size_t len;

	for (len = 0; len < 3 && p < first->end; len++) {
		word[len] = (char)opcit_glyph_at(p, first->end);
		p = opcit_glyph_next(p, first->end);
	}
	opcit_filter_add(names->filter, word, len);
	if ((unsigned char)*first->start >= 0x80)
		opcit_filter_add(names->filter, first->start, 3);
}

static uint64_t article_hash(void)
{
	return opcit_token_hash("the");
}

const char *opcit_name_gap(const char *p, const char *end)
{
	bool stop = false;
	unsigned c;
	int i;

	for (i = 0; i < 6; i++) {
		c = opcit_glyph_at(p, end);
		if (opcit_glyph_is_word(c))
			return stop && !(c >= 'a' && c <= 'z') ? NULL : p;
		if (c == '.')
			stop = true;
		else if (c != ' ' && c != ',' && c != '\'' && c != '"' && c != '(' && c != ')' &&
		         c != '-')
			return NULL;
		p = opcit_glyph_next(p, end);
	}
	return NULL;
}

uint32_t opcit_names_add(struct opcit_names *names, struct opcit_str name,
                         enum opcit_name_kind kind, uint32_t index, bool replace)
{
	const char *p = name.ptr, *end = name.ptr + name.len;
	struct opcit_token word[NAME_WORDS];
	struct opcit_names_edge *edge;
	struct opcit_names_state *state;
	uint32_t at = 0, was, to;
	uint64_t the = article_hash();
	size_t n = 0, i;

	while (p < end && n < NAME_WORDS) {
		while (p < end && !opcit_glyph_is_word(opcit_glyph_at(p, end)))
			p = opcit_glyph_next(p, end);
		word[n] = opcit_token_at(p, end);
		p = word[n].end;
		if (word[n].hash && word[n].hash != the)
			n++;
	}
	if (!n || n == NAME_WORDS)
		return OPCIT_NAME_NONE;
	allow(names, &word[0]);
	for (i = 0; i < n; i++) {
		edge = edge_for(names, at, word[i].hash);
		if (!edge->to) {
			to = new_state(names);
			edge->to = to;
		}
		at = edge->to;
	}
	state = &names->states[at];
	was = state->index[kind];
	if (was == OPCIT_NAME_NONE || replace) {
		state->index[kind] = index;
		state->acronym[kind] = n == 1 && word[0].caps && !word[0].digits;
	}
	return was == index ? OPCIT_NAME_NONE : was;
}

void opcit_names_keyword(struct opcit_names *names, const char *word, unsigned keyword,
                         bool begins)
{
	struct opcit_token token = opcit_token_at(word, word + strlen(word));

	edge_for(names, 0, token.hash)->keyword = keyword;
	if (begins)
		allow(names, &token);
}

struct opcit_names_first opcit_names_first(const struct opcit_names *names, uint64_t hash)
{
	const struct opcit_names_edge *edge = find(names, 0, hash);

	if (!edge)
		return (struct opcit_names_first){ 0, 0 };
	return (struct opcit_names_first){ edge->to, edge->keyword };
}

uint32_t opcit_names_step(const struct opcit_names *names, uint32_t state, uint64_t hash)
{
	const struct opcit_names_edge *edge = find(names, state, hash);

	return edge ? edge->to : 0;
}

uint32_t opcit_names_accepts(const struct opcit_names *names, uint32_t state,
                             enum opcit_name_kind kind)
{
	return state ? names->states[state].index[kind] : OPCIT_NAME_NONE;
}

bool opcit_names_match(const struct opcit_names *names, const struct opcit_token *first,
                       const char *end, struct opcit_name_hit *hit)
{
	struct opcit_token word = *first;
	uint32_t state = 0;
	uint64_t the = 0;
	const struct opcit_names_state *s;
	const char *p;
	unsigned n;

	hit->words = 0;
	for (n = 0; n < NAME_WORDS; n++) {
		state = opcit_names_step(names, state, word.hash);
		if (!state)
			break;
		s = &names->states[state];
		if (s->index[0] != OPCIT_NAME_NONE || s->index[1] != OPCIT_NAME_NONE) {
			bool acronym = s->index[1] != OPCIT_NAME_NONE ? s->acronym[1] :
			                                                s->acronym[0];

			if (!acronym || word.caps) {
				hit->start = first->start;
				hit->end = word.end;
				memcpy(hit->index, s->index, sizeof hit->index);
				hit->acronym = acronym;
				hit->words = n + 1;
			}
		}
		p = opcit_name_gap(word.end, end);
		if (!p)
			break;
		word = opcit_token_at(p, end);
		if (!the)
			the = article_hash();
		if (word.hash == the) {
			p = opcit_name_gap(word.end, end);
			if (!p)
				break;
			word = opcit_token_at(p, end);
		}
	}
	return hit->words > 0;
}
