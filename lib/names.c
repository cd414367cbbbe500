#include "names.h"

#include <stdlib.h>
#include <string.h>

/* A first word: keyword, beginning of names, or both. hash 0 is a free slot. */
struct opcit_names_root {
	uint64_t hash;
	uint32_t state, keyword;
};

struct opcit_names_edge {
	uint64_t hash; /* of the word; 0 where the slot is free */
	uint32_t from, to;
};

struct opcit_names_state {
	uint32_t index[OPCIT_NAME_KINDS];
	bool acronym[OPCIT_NAME_KINDS];
	bool plural[OPCIT_NAME_KINDS];
};

enum { NAME_WORDS = 40 };

void opcit_names_release(struct opcit_names *names)
{
	free(names->roots);
	free(names->edges);
	free(names->states);
	memset(names, 0, sizeof *names);
}

static size_t root_slot(const struct opcit_names *names, uint64_t hash)
{
	size_t at = (size_t)(hash ^ hash >> 31) & (names->cap_roots - 1);

	while (names->roots[at].hash && names->roots[at].hash != hash)
		at = (at + 1) & (names->cap_roots - 1);
	return at;
}

static size_t slot(const struct opcit_names *names, uint32_t from, uint64_t hash)
{
	uint64_t key = hash ^ (uint64_t)from * 0xD6E8FEB86659FD93u;
	size_t at = (size_t)(key ^ key >> 31) & (names->cap_edges - 1);

	while (names->edges[at].hash &&
	       (names->edges[at].hash != hash || names->edges[at].from != from))
		at = (at + 1) & (names->cap_edges - 1);
	return at;
}

static void grow_roots(struct opcit_names *names)
{
	struct opcit_names_root *old = names->roots;
	size_t i, n = names->cap_roots;

	names->cap_roots = n ? n * 2 : 4096;
	names->roots = opcit_xcalloc(names->cap_roots, sizeof *old);
	for (i = 0; i < n; i++)
		if (old[i].hash)
			names->roots[root_slot(names, old[i].hash)] = old[i];
	free(old);
}

static void grow_edges(struct opcit_names *names)
{
	struct opcit_names_edge *old = names->edges;
	size_t i, n = names->cap_edges;

	names->cap_edges = n ? n * 2 : 32768;
	names->edges = opcit_xcalloc(names->cap_edges, sizeof *old);
	for (i = 0; i < n; i++)
		if (old[i].hash)
			names->edges[slot(names, old[i].from, old[i].hash)] = old[i];
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

static struct opcit_names_root *root_for(struct opcit_names *names, uint64_t hash)
{
	struct opcit_names_root *root;

	if (names->n_roots * 2 >= names->cap_roots)
		grow_roots(names);
	root = &names->roots[root_slot(names, hash)];
	if (!root->hash) {
		root->hash = hash;
		names->n_roots++;
	}
	return root;
}

/* The state that the word leads to, made where there is none. */
static uint32_t state_for(struct opcit_names *names, uint32_t from, uint64_t hash)
{
	struct opcit_names_edge *edge;
	struct opcit_names_root *root;

	if (!names->n_states)
		new_state(names); /* the root has number 0 */
	if (!from) {
		root = root_for(names, hash);
		if (!root->state)
			root->state = new_state(names);
		return root->state;
	}
	if (names->n_edges * 2 >= names->cap_edges)
		grow_edges(names);
	edge = &names->edges[slot(names, from, hash)];
	if (!edge->hash) {
		*edge = (struct opcit_names_edge){ hash, from, new_state(names) };
		names->n_edges++;
	}
	return edge->to;
}

/* The word in small letters; the filter is told of its capital apart. */
static void set_slot(unsigned char *filter, const char *word, unsigned len, bool capital)
{
	uint64_t bytes = 0;
	unsigned at, i;

	for (i = 0; i < len && i < OPCIT_FILTER_LETTERS; i++)
		bytes |= (uint64_t)(unsigned char)word[i] << 8 * i;
	if (opcit_glyph_is_letter((unsigned char)word[0])) {
		at = opcit_filter_slot(bytes & ~0x20ull, len);
		filter[at >> 3] |= (unsigned char)(1u << (at & 7));
		if (capital)
			return;
	}
	at = opcit_filter_slot(bytes, len);
	filter[at >> 3] |= (unsigned char)(1u << (at & 7));
}

/* Each s as s or z, in what the filter looks at. */
static void set_spellings(unsigned char *filter, char *word, unsigned len, unsigned from,
			  bool capital)
{
	for (; from < len && from < OPCIT_FILTER_LETTERS; from++)
		if (word[from] == 's' || word[from] == 'z') {
			word[from] = 'z';
			set_spellings(filter, word, len, from + 1, capital);
			word[from] = 's';
		}
	set_slot(filter, word, len, capital);
}

/* Singular and plural, for words long enough to have their s folded away. */
static void set_numbers(unsigned char *filter, char *word, unsigned len, bool capital)
{
	set_spellings(filter, word, len, 0, capital);
	if (len > 3 && word[len - 1] == 's')
		set_spellings(filter, word, len - 1, 0, capital);
	word[len] = 's';
	if (len >= 3)
		set_spellings(filter, word, len + 1, 0, capital);
}

void opcit_filter_add(unsigned char *filter, const char *word, const char *end, bool capital)
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
	set_numbers(filter, other, len, capital);
	our = strstr(plain, "our");
	if (our) {
		memcpy(other, plain, len + 1);
		memmove(other + (our - plain) + 1, other + (our - plain) + 2, strlen(our) - 1);
		set_numbers(filter, other, len - 1, capital);
	}
	our = strstr(plain, "or");
	if (our && len + 2 < sizeof plain) {
		memcpy(other, plain, (size_t)(our - plain) + 1);
		other[our - plain + 1] = 'u';
		memcpy(other + (our - plain) + 2, our + 1, strlen(our));
		set_numbers(filter, other, len + 1, capital);
	}
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
	struct opcit_names_state *state;
	uint32_t at = 0, was;
	bool acronym;
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
	acronym = n == 1 && word[0].caps && !word[0].digits;
	opcit_filter_add(names->filter, word[0].start, word[0].end,
			 n < OPCIT_NAME_LONG || word[0].count <= 3);
	for (i = 0; i < n; i++)
		at = state_for(names, at, word[i].hash);
	state = &names->states[at];
	was = state->index[kind];
	if (was == OPCIT_NAME_NONE || replace) {
		state->index[kind] = index;
		state->acronym[kind] = acronym;
		state->plural[kind] = word[n - 1].plural;
	}
	return was == index ? OPCIT_NAME_NONE : was;
}

void opcit_names_keyword(struct opcit_names *names, const char *word, unsigned keyword,
			 enum opcit_names_stop stop)
{
	struct opcit_token token = opcit_token_at(word, word + strlen(word));

	root_for(names, token.hash)->keyword = keyword;
	if (stop != OPCIT_STOP_NEVER)
		opcit_filter_add(names->filter, word, token.end, stop == OPCIT_STOP_CAPITAL);
}

struct opcit_names_first opcit_names_first(const struct opcit_names *names, uint64_t hash)
{
	const struct opcit_names_root *root;

	if (!hash || !names->cap_roots)
		return (struct opcit_names_first){ 0, 0 };
	root = &names->roots[root_slot(names, hash)];
	return (struct opcit_names_first){ root->state, root->keyword };
}

uint32_t opcit_names_step(const struct opcit_names *names, uint32_t state, uint64_t hash)
{
	if (!hash)
		return 0;
	if (!state)
		return opcit_names_first(names, hash).state;
	return names->cap_edges ? names->edges[slot(names, state, hash)].to : 0;
}

uint32_t opcit_names_accepts(const struct opcit_names *names, uint32_t state,
			     enum opcit_name_kind kind)
{
	return state ? names->states[state].index[kind] : OPCIT_NAME_NONE;
}

/* Whether a name ends at this word. A short one must agree in number ("Paris
 * Agreements" is not the Paris Agreement), an acronym stand in capitals. */
static bool ends_here(const struct opcit_names_state *state, const struct opcit_token *word,
		      unsigned words, struct opcit_name_hit *hit)
{
	uint32_t index[OPCIT_NAME_KINDS];
	bool any = false, acronym = false;
	int kind;

	for (kind = 0; kind < OPCIT_NAME_KINDS; kind++) {
		index[kind] = state->index[kind];
		if (index[kind] == OPCIT_NAME_NONE)
			continue;
		if ((state->acronym[kind] && !word->caps) ||
		    (words < OPCIT_NAME_LONG && state->plural[kind] != word->plural)) {
			index[kind] = OPCIT_NAME_NONE;
			continue;
		}
		any = true;
		acronym = state->acronym[kind];
	}
	if (!any)
		return false;
	memcpy(hit->index, index, sizeof index);
	hit->acronym = acronym;
	return true;
}

/* "Convention de 1961 sur …": past two words that only tell the year, unless
 * some name goes on with them. */
static void skip_year(const struct opcit_names *names, uint32_t state, struct opcit_token *word,
		      const char *end)
{
	struct opcit_token year;
	const char *p;

	if (word->count > 3 || (p = opcit_name_gap(word->end, end)) == NULL ||
	    !opcit_glyph_is_digit(opcit_glyph_at(p, end)))
		return;
	year = opcit_token_at(p, end);
	if (!year.digits || year.count != 4 || (p = opcit_name_gap(year.end, end)) == NULL)
		return;
	state = opcit_names_step(names, state, word->hash);
	if (!state || !opcit_names_step(names, state, year.hash))
		*word = opcit_token_at(p, end);
}

bool opcit_names_match(const struct opcit_names *names, const struct opcit_token *first,
		       const char *end, struct opcit_name_hit *hit)
{
	struct opcit_token word = *first;
	uint32_t state = 0;
	const char *p;
	unsigned n;

	hit->words = 0;
	for (n = 0; n < NAME_WORDS; n++) {
		if (n)
			skip_year(names, state, &word, end);
		state = opcit_names_step(names, state, word.hash);
		if (!state)
			break;
		if (ends_here(&names->states[state], &word, n + 1, hit)) {
			hit->start = first->start;
			hit->end = word.end;
			hit->words = n + 1;
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
