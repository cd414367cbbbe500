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

static void set_slot(unsigned char *filter, const char *word, unsigned len)
{
	uint64_t bytes = 0;
	unsigned slot, i;

	for (i = 0; i < len && i < OPCIT_FILTER_LETTERS; i++)
		bytes |= (uint64_t)(unsigned char)word[i] << 8 * i;
	slot = opcit_filter_slot(bytes, len);
	filter[slot >> 3] |= (unsigned char)(1u << (slot & 7));
}

/* Each s as s or z, in what the filter looks at. */
static void set_spellings(unsigned char *filter, char *word, unsigned len, unsigned from)
{
	for (; from < len && from < OPCIT_FILTER_LETTERS; from++)
		if (word[from] == 's' || word[from] == 'z') {
			word[from] = 'z';
			set_spellings(filter, word, len, from + 1);
			word[from] = 's';
		}
	set_slot(filter, word, len);
}

static void set_numbers(unsigned char *filter, char *word, unsigned len)
{
	set_spellings(filter, word, len, 0);
	if (word[len - 1] == 's')
		set_spellings(filter, word, len - 1, 0);
	word[len] = 's';
	set_spellings(filter, word, len + 1, 0);
}

void opcit_filter_add(unsigned char *filter, const char *word, const char *end)
{
	char plain[24], other[24];
	unsigned len = 0;
	const char *our;

	while (word < end && len < 16 && opcit_glyph_is_word((unsigned char)*word))
		plain[len++] = *word++ | 0x20;
	if (!len)
		return;
	plain[len] = '\0';
	memcpy(other, plain, len + 1);
	set_numbers(filter, other, len);
	our = strstr(plain, "our");
	if (our) {
		memcpy(other, plain, len + 1);
		memmove(other + (our - plain) + 1, other + (our - plain) + 2, strlen(our) - 1);
		set_numbers(filter, other, len - 1);
	}
	our = strstr(plain, "or");
	if (our && len + 2 < sizeof plain) {
		memcpy(other, plain, (size_t)(our - plain) + 1);
		other[our - plain + 1] = 'u';
		memcpy(other + (our - plain) + 2, our + 1, strlen(our));
		set_numbers(filter, other, len + 1);
	}
}

static void allow(struct opcit_names *names, const struct opcit_token *first)
{
	opcit_filter_add(names->filter, first->start, first->end);
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
	uint64_t the;
	size_t n = 0, i;

	if (!names->the)
		names->the = opcit_token_hash("the");
	the = names->the;
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
		if (word.hash == names->the) {
			p = opcit_name_gap(word.end, end);
			if (!p)
				break;
			word = opcit_token_at(p, end);
		}
	}
	return hit->words > 0;
}
