#include "expand.h"

#include "../lib/intent.h"
#include "../lib/meaning.h"
#include "../lib/text.h"
#include "../lib/thesaurus.h"
#include "guess.h"
#include "parse.h"

#include <ctype.h>
#include <string.h>

struct expander {
	struct opcit_index *index;
	struct opcit_arena *arena;
	struct opcit_str *langs; /* of the index */
	size_t n_langs;
	struct knowledge *known;
	enum expand_by by;
	struct opcit_err *err;
};

static bool in_index(const struct expander *e, struct opcit_str lang)
{
	size_t i;

	for (i = 0; i < e->n_langs; i++)
		if (opcit_str_eq(e->langs[i], lang))
			return true;
	return opcit_str_is(lang, "en"); /* in which most other languages are quoted */
}

/* The language whose texts a term stands in: a name with capitals ("UNICEF") is the same in all. */
static struct opcit_str lang_of(const struct opcit_thesaurus_term *term)
{
	size_t i;

	for (i = 0; i < term->text.len; i++)
		if (isupper((unsigned char)term->text.ptr[i]))
			return OPCIT_STR("");
	return term->lang;
}

/* A term as a node: one word, or all of several. */
static struct opcit_query *term_node(struct expander *e, const struct opcit_thesaurus_term *term)
{
	static const enum opcit_nearness nearness[] = { OPCIT_NEAR_SAME, OPCIT_NEAR_PLAIN, OPCIT_NEAR_NARROWER,
							OPCIT_NEAR_RELATED };
	struct opcit_query *node = parse_node(e->arena, OPCIT_QUERY_AND, OPCIT_THESAURUS_WORDS);
	struct opcit_str rest = term->text;

	while (rest.len && node->n_subs < OPCIT_THESAURUS_WORDS) {
		const char *blank = memchr(rest.ptr, ' ', rest.len);
		size_t n = blank ? (size_t)(blank - rest.ptr) : rest.len;
		struct opcit_query *word = parse_node(e->arena, OPCIT_QUERY_WORD, 0);

		word->text = opcit_str_sub(rest, 0, n);
		word->lang = lang_of(term);
		if (n)
			node->subs[node->n_subs++] = word;
		rest = opcit_str_sub(rest, n + 1, rest.len);
	}
	if (node->n_subs == 1)
		node = node->subs[0];
	else
		node->text = term->text;
	node->nearness = nearness[term->relation];
	return node;
}

static struct opcit_query *named_node(struct expander *e, struct opcit_query **words,
				      const struct opcit_concept *concept);

/* What was typed for a concept: its words, those that name something by
 * themselves as that. */
static struct opcit_query *typed_node(struct expander *e, struct opcit_query **words,
				      const struct opcit_concept *concept)
{
	struct opcit_query *typed = parse_node(e->arena, OPCIT_QUERY_OR, OPCIT_THESAURUS_WORDS);
	uint64_t taken = 0;
	size_t i, k = 0;

	for (i = 0; i < OPCIT_THESAURUS_WORDS; i++) {
		if (k < concept->n_parts && concept->parts[k].words >> i & 1) {
			taken |= concept->parts[k].words;
			typed->subs[typed->n_subs++] = named_node(e, words, &concept->parts[k++]);
		} else if (concept->words >> i & 1 && !(taken >> i & 1)) {
			typed->subs[typed->n_subs++] = words[i];
		}
	}
	return typed->n_subs == 1 ? typed->subs[0] : typed;
}

static struct opcit_query *concept_node(struct expander *e, struct opcit_query **words,
					const struct opcit_concept *concept)
{
	struct opcit_query *node = parse_node(e->arena, OPCIT_QUERY_CONCEPT, concept->n_terms + 1);
	size_t i;

	node->text = concept->name;
	node->guessed = concept->guessed;
	node->subs[node->n_subs++] = typed_node(e, words, concept);
	for (i = 0; i < concept->n_terms; i++)
		if (in_index(e, concept->terms[i].lang))
			node->subs[node->n_subs++] = term_node(e, &concept->terms[i]);
	return node;
}

/* The same; where no other name is of a language of the index, what was typed. */
static struct opcit_query *named_node(struct expander *e, struct opcit_query **words,
				      const struct opcit_concept *concept)
{
	struct opcit_query *node = concept_node(e, words, concept);

	return node->n_subs > 1 ? node : node->subs[0];
}

/* The first names of a concept in each language of the index, any of them. */
static struct opcit_query *names_node(struct expander *e, const char *name)
{
	enum { NAMES = 5 };
	const struct opcit_concept *concept = opcit_thesaurus_concept(e->known->thesaurus, name, e->arena);
	struct opcit_query *node = parse_node(e->arena, OPCIT_QUERY_OR, concept ? concept->n_terms : 0);
	struct opcit_str lang = OPCIT_STR("");
	size_t n = 0, i;

	node->text = opcit_str_of(name);
	for (i = 0; concept && i < concept->n_terms; i++) {
		n = opcit_str_eq(concept->terms[i].lang, lang) ? n + 1 : 0;
		lang = concept->terms[i].lang;
		if (n < NAMES && in_index(e, lang))
			node->subs[node->n_subs++] = term_node(e, &concept->terms[i]);
	}
	return node;
}

/* What the words are about together. */
static struct opcit_meaning *meaning_of(struct expander *e, struct opcit_str lang, const struct opcit_str *words,
					size_t n_words)
{
	struct opcit_meaning *meaning = opcit_arena_calloc(e->arena, sizeof *meaning);

	opcit_thesaurus_mean(e->known->thesaurus, &opcit_meanings, lang, words, n_words, meaning);
	return meaning;
}

/* That, and names by which it is found. */
static struct opcit_query *meaning_node(struct expander *e, const struct opcit_meaning *meaning)
{
	enum { CONCEPTS = 3 };
	static const float least = 0.2f; /* of a concept */
	struct opcit_query *node = parse_node(e->arena, OPCIT_QUERY_MEANING, CONCEPTS);
	size_t i;

	node->meaning = meaning;
	for (i = 0; i < meaning->n && i < CONCEPTS && meaning->of[i].weight >= least; i++)
		node->subs[node->n_subs++] = names_node(e, opcit_meaning_concept(&opcit_meanings, meaning->of[i].concept));
	return node;
}

/* A node with one sub more. */
static struct opcit_query *with_sub(struct expander *e, const struct opcit_query *node, struct opcit_query *sub)
{
	struct opcit_query *more = parse_node(e->arena, node->op, node->n_subs + 1), **subs = more->subs;

	*more = *node;
	more->subs = memcpy(subs, node->subs, node->n_subs * sizeof *subs);
	more->subs[more->n_subs++] = sub;
	return more;
}

/* The words that tell together what a question is about, the others empty: "last resort" is about neither
 * lasting nor resorts, "recommendations" say what is asked for, "ways" and "about" nothing. */
static void find_speaking(const struct opcit_str *words, size_t n_words, const struct opcit_concept *concepts, size_t n,
			  struct opcit_str *speaking)
{
	uint64_t phrases = 0;
	size_t i;

	for (i = 0; i < n; i++)
		phrases |= concepts[i].said ? concepts[i].words : 0;
	for (i = 0; i < n_words; i++)
		if (phrases >> i & 1 || opcit_intent_of(words[i]) || opcit_hollow_word(words[i]))
			speaking[i] = OPCIT_STR("");
		else
			speaking[i] = words[i];
}

/* The loose words among subs[from, …) of a node: each concept stands where its first
 * word stood. */
static opcit_status expand_words(struct expander *e, struct opcit_query *node, size_t from)
{
	struct opcit_str words[OPCIT_THESAURUS_WORDS], speaking[OPCIT_THESAURUS_WORDS], lang;
	struct opcit_query *subs[OPCIT_THESAURUS_WORDS] = { NULL };
	const struct opcit_meaning *meaning = NULL;
	struct opcit_concept *concepts;
	uint64_t taken = 0;
	size_t n_words = 0, n, at, i, k, kept;
	opcit_status status = knowledge_thesaurus(e->known, e->err);

	if (status != OPCIT_OK)
		return status;
	for (i = from; i < node->n_subs && n_words < OPCIT_THESAURUS_WORDS; i++)
		if (node->subs[i]->op == OPCIT_QUERY_WORD) {
			subs[n_words] = node->subs[i];
			words[n_words++] = node->subs[i]->text;
		}
	if (!n_words)
		return OPCIT_OK;
	lang = opcit_thesaurus_listen(e->known->thesaurus, words, n_words);
	/* Small words of a language that the index has not, or hardly, are known by this only. */
	if (lang.len) {
		node->lang = lang;
		opcit_index_listen(e->index, node);
	}
	/* What is no word to search for names nothing either: "des", "son". */
	for (i = 0; i < n_words; i++)
		if (opcit_index_ignores(e->index, words[i]))
			words[i] = OPCIT_STR("");
	opcit_thesaurus_find(e->known->thesaurus, lang, words, n_words, e->arena, &concepts, &n);
	if (e->by == EXPAND_BY_MEANING) {
		find_speaking(words, n_words, concepts, n, speaking);
		meaning = meaning_of(e, lang, speaking, n_words);
		guess_concepts(e->known->thesaurus, meaning, lang, speaking, n_words, e->arena, &concepts, &n);
	}
	for (at = kept = from, i = k = 0; at < node->n_subs; at++) {
		if (i == n_words || node->subs[at] != subs[i]) {
			node->subs[kept++] = node->subs[at];
			continue;
		}
		if (k < n && concepts[k].words >> i & 1) {
			taken |= concepts[k].words;
			node->subs[kept++] = named_node(e, subs, &concepts[k++]);
		} else if (!(taken >> i & 1)) {
			node->subs[kept++] = subs[i];
		}
		i++;
	}
	node->n_subs = kept;
	if (meaning && meaning->n)
		*node = *with_sub(e, node, meaning_node(e, meaning));
	return OPCIT_OK;
}

/* A term with "~": only as a whole. It keeps its one name where the
 * thesaurus has no more. */
static opcit_status expand_forced(struct expander *e, struct opcit_query **place)
{
	struct opcit_query *node = *place, *typed = node->subs[0];
	struct opcit_query **words = typed->op == OPCIT_QUERY_WORD ? node->subs : typed->subs;
	size_t n_words = typed->op == OPCIT_QUERY_WORD ? 1 : typed->n_subs, n, i;
	struct opcit_str texts[OPCIT_THESAURUS_WORDS];
	struct opcit_concept *concepts;
	opcit_status status = knowledge_thesaurus(e->known, e->err);

	if (status != OPCIT_OK)
		return status;
	for (i = 0; i < n_words && i < OPCIT_THESAURUS_WORDS; i++)
		texts[i] = words[i]->text;
	opcit_thesaurus_find(e->known->thesaurus, OPCIT_STR(""), texts, i, e->arena, &concepts, &n);
	if (n != 1)
		return OPCIT_OK;
	for (i = 0; i < n_words; i++)
		if (!(concepts[0].words >> i & 1) && !opcit_index_ignores(e->index, texts[i]))
			return OPCIT_OK;
	*place = concept_node(e, words, &concepts[0]);
	(*place)->subs[0] = typed;
	(*place)->forced = true;
	(*place)->text = node->text;
	(*place)->distance = node->distance;
	return OPCIT_OK;
}

/* Every term with "~" in the query, wherever it stands. */
static opcit_status expand_all_forced(struct expander *e, struct opcit_query **place)
{
	opcit_status status = OPCIT_OK;
	size_t i;

	if ((*place)->op == OPCIT_QUERY_CONCEPT)
		return (*place)->forced && (*place)->n_subs == 1 ? expand_forced(e, place) : OPCIT_OK;
	for (i = 0; status == OPCIT_OK && i < (*place)->n_subs; i++)
		status = expand_all_forced(e, &(*place)->subs[i]);
	return status;
}

static opcit_status expand_node(struct expander *e, struct opcit_query **place)
{
	struct opcit_query *node = *place, *alone;
	const enum expand_by by = e->by;
	opcit_status status = OPCIT_OK;
	size_t required = 0, i;

	switch (node->op) {
	case OPCIT_QUERY_WORD: /* a query of one word */
		alone = parse_node(e->arena, OPCIT_QUERY_OR, 1);
		alone->subs[alone->n_subs++] = node;
		status = expand_words(e, alone, 0);
		*place = alone->n_subs == 1 ? alone->subs[0] : alone;
		return status;
	case OPCIT_QUERY_RANK:
		return expand_words(e, node, 1);
	case OPCIT_QUERY_OR: /* groups first: what comes in the place of words may be one */
		for (i = 0; status == OPCIT_OK && i < node->n_subs; i++)
			if (node->subs[i]->op != OPCIT_QUERY_CONCEPT && node->subs[i]->op != OPCIT_QUERY_WORD)
				status = expand_node(e, &node->subs[i]);
		return status == OPCIT_OK ? expand_words(e, node, 0) : status;
	case OPCIT_QUERY_FIRST: /* who names a document asks for that */
		e->by = EXPAND_BY_NAMES;
		status = node->n_subs ? expand_node(e, &node->subs[0]) : OPCIT_OK;
		e->by = by;
		return status;
	case OPCIT_QUERY_AND: /* of filters and a group of loose words, or of what must all be there */
		for (i = 0; i < node->n_subs; i++)
			required += node->subs[i]->op != OPCIT_QUERY_FIELD;
		if (required > 1)
			e->by = EXPAND_BY_NAMES;
		for (i = 0; status == OPCIT_OK && i < node->n_subs; i++)
			if (node->subs[i]->op != OPCIT_QUERY_WORD || required == 1) /* beside filters it is a loose one */
				status = expand_node(e, &node->subs[i]);
		e->by = by;
		return status;
	case OPCIT_QUERY_NOT: return expand_node(e, &node->subs[0]);
	default:
		return OPCIT_OK;
	}
}

opcit_status expand_query(struct opcit_index *index, enum expand_by by, struct knowledge *known, struct opcit_arena *arena,
			  struct opcit_query **query, struct opcit_err *err)
{
	struct expander e = { .index = index, .known = known, .arena = arena, .by = by, .err = err };
	opcit_status status;

	if (!*query)
		return OPCIT_OK;
	status = opcit_index_langs(index, arena, &e.langs, &e.n_langs, err);
	if (status == OPCIT_OK && by != EXPAND_NOTHING)
		status = expand_node(&e, query);
	if (status == OPCIT_OK)
		status = expand_all_forced(&e, query);
	return status;
}

void expand_names(const struct opcit_query *query, struct opcit_buf *out)
{
	enum { SHOWN = 6 }; /* of each concept */
	size_t i;

	if (query->op == OPCIT_QUERY_CONCEPT && query->n_subs > 1 && query->subs[1]->op == OPCIT_QUERY_FIELD)
		return; /* what carries it: identifiers, not names */
	for (i = 1; query->op == OPCIT_QUERY_CONCEPT && i < query->n_subs && i <= SHOWN; i++)
		opcit_buf_printf(out, "%s%.*s", out->len ? ", " : "", OPCIT_FMT(query->subs[i]->text));
	if (query->op == OPCIT_QUERY_CONCEPT && query->n_subs > SHOWN + 1)
		opcit_buf_puts(out, " …");
	for (i = 0; query->op != OPCIT_QUERY_CONCEPT && i < query->n_subs; i++)
		expand_names(query->subs[i], out);
}

/* ---- more that is asked for --------------------------------------------------- */

static struct opcit_query *appended(const struct opcit_query *node, enum opcit_query_op op,
				    struct opcit_query *const *more, size_t n, struct opcit_arena *arena)
{
	struct opcit_query *copy = parse_node(arena, op, node->n_subs + n + 1);
	size_t i;

	copy->lang = op == node->op ? node->lang : OPCIT_STR("");
	if (op == node->op)
		for (i = 0; i < node->n_subs; i++)
			copy->subs[copy->n_subs++] = node->subs[i];
	else
		copy->subs[copy->n_subs++] = (struct opcit_query *)node;
	for (i = 0; i < n; i++)
		copy->subs[copy->n_subs++] = more[i];
	return copy;
}

void expand_append(struct opcit_query **place, struct opcit_query *const *more, size_t n, struct opcit_arena *arena)
{
	struct opcit_query *node = *place, **loose = NULL;
	size_t i, groups = 0;

	switch (node->op) {
	case OPCIT_QUERY_WORD:
	case OPCIT_QUERY_CONCEPT:
	case OPCIT_QUERY_OR: *place = appended(node, OPCIT_QUERY_OR, more, n, arena); return;
	case OPCIT_QUERY_RANK: *place = appended(node, OPCIT_QUERY_RANK, more, n, arena); return;
	case OPCIT_QUERY_FIRST:
	case OPCIT_QUERY_NOT:
		if (node->n_subs)
			expand_append(&node->subs[0], more, n, arena);
		return;
	case OPCIT_QUERY_AND:
		for (i = 0; i < node->n_subs; i++)
			if (node->subs[i]->op != OPCIT_QUERY_FIELD) {
				loose = &node->subs[i];
				groups++;
			}
		if (groups == 1 && groups < node->n_subs)
			expand_append(loose, more, n, arena);
		return;
	default: return;
	}
}
