/* parse.c: recursive descent over the query; the grammar is in parse.h. */
#include "parse_int.h"

#include <stdio.h>
#include <string.h>

#include "../lib/text.h"
#include "../lib/wildcard.h"

/* ---- nodes --------------------------------------------------------------- */

struct opcit_query *parse_node(struct opcit_arena *arena, enum opcit_query_op op, size_t n)
{
	struct opcit_query *node = opcit_arena_calloc(arena, sizeof *node);

	node->op = op;
	node->subs = n ? opcit_arena_calloc(arena, n * sizeof *node->subs) : NULL;
	return node;
}

static struct opcit_query *pair(struct parser *p, enum opcit_query_op op, struct opcit_query *a,
				struct opcit_query *b)
{
	struct opcit_query *node = parse_node(p->arena, op, 2);

	node->subs[0] = a;
	node->subs[1] = b;
	node->n_subs = 2;
	return node;
}

/* A growing list of nodes. */
struct nodes {
	struct opcit_query **items;
	size_t n, cap;
};

static void push(struct parser *p, struct nodes *list, struct opcit_query *node)
{
	if (list->n == list->cap) {
		struct opcit_query **old = list->items;

		list->cap = list->cap ? list->cap * 2 : 8;
		list->items = opcit_arena_alloc(p->arena, list->cap * sizeof *list->items);
		if (list->n)
			memcpy(list->items, old, list->n * sizeof *old);
	}
	list->items[list->n++] = node;
}

/* One node over a list: the only one itself, else op over all. */
static struct opcit_query *over(struct parser *p, enum opcit_query_op op, struct nodes *list)
{
	struct opcit_query *node;

	if (list->n <= 1)
		return list->n ? list->items[0] : NULL;
	node = parse_node(p->arena, op, 0);
	node->subs = list->items;
	node->n_subs = list->n;
	return node;
}

/* ---- items --------------------------------------------------------------- */

static struct opcit_str strip_punctuation(struct opcit_str s)
{
	while (s.len && strchr(",.;:!?", s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* A document's symbol, by its looks: letters, digits and a slash. */
static bool looks_like_symbol(struct opcit_str s)
{
	bool letter = false, digit = false, slash = false;
	size_t i;

	if (opcit_str_ieq(opcit_str_sub(s, 0, 5), OPCIT_STR("near/")))
		return false;

	for (i = 0; i < s.len; i++) {
		letter |= opcit_is_letter(s.ptr[i]);
		digit |= s.ptr[i] >= '0' && s.ptr[i] <= '9';
		slash |= s.ptr[i] == '/' && i > 0;
	}
	return letter && digit && slash;
}

/* What adjacent items are made of, by what each does. */
struct items {
	struct nodes words, required, fields, symbols;
};

static void count_word(struct parser *p, size_t place)
{
	char message[64];

	if (++p->n_words <= PARSE_MOST_WORDS)
		return;
	snprintf(message, sizeof message, "the query has more than %d words", PARSE_MOST_WORDS);
	parse_fail(p, place, message, NULL);
}

static struct opcit_query *leaf(struct parser *p, enum opcit_query_op op, struct opcit_str text)
{
	struct opcit_query *node = parse_node(p->arena, op, 0);

	node->text = text;
	return node;
}

static void add_words(struct parser *p, const struct lexeme *lexeme, struct items *items)
{
	struct opcit_str raw = strip_punctuation(lexeme->text);
	struct opcit_query *node;
	struct opcit_tokens tokens;
	struct opcit_token token;

	if (looks_like_symbol(raw)) {
		node = parse_node(p->arena, OPCIT_QUERY_FIRST, 1);
		node->text = raw;
		push(p, &items->symbols, node);
		return;
	}
	opcit_tokens_init(&tokens, raw);
	while (!p->failed && opcit_tokens_next(&tokens, &token)) {
		if (token.part)
			continue;
		push(p, &items->words,
		     leaf(p, OPCIT_QUERY_WORD, opcit_str_sub(raw, token.start, token.end)));
		count_word(p, lexeme->place);
	}
}

static struct opcit_query *wild(struct parser *p, const struct lexeme *lexeme)
{
	struct opcit_str text = strip_punctuation(lexeme->text);
	const char *star = memchr(text.ptr, '*', text.len);
	struct opcit_wildcard wildcard;
	struct opcit_err err = OPCIT_ERR_INIT;

	if (!p->failed && opcit_wildcard_init(&wildcard, text, &err) != OPCIT_OK)
		parse_fail(p, lexeme->place + (size_t)(star - text.ptr), err.message, err.hint);
	if (++p->n_wildcards > PARSE_MOST_WILDCARDS)
		parse_fail(p, lexeme->place, "the query has more than 16 words with stars", NULL);
	count_word(p, lexeme->place);
	return leaf(p, OPCIT_QUERY_WILD, text);
}

static struct opcit_query *phrase(struct parser *p, const struct lexeme *lexeme)
{
	struct opcit_phrase *made = opcit_phrase_new(lexeme->text);

	if (!made && !p->failed)
		parse_fail(p, lexeme->place,
			   lexeme->text.len > OPCIT_PHRASE_MAX
				   ? "the phrase is too long (more than 60 words)"
				   : "there is no word between the quotation marks",
			   NULL);
	opcit_phrase_free(made);
	count_word(p, lexeme->place);
	return leaf(p, OPCIT_QUERY_PHRASE, lexeme->text);
}

/* A term of the thesaurus: subs[0] its word, or all of its words. What else it
 * is called is found out later (expand.h). */
static struct opcit_query *concept(struct parser *p, const struct lexeme *lexeme)
{
	struct opcit_query *node = parse_node(p->arena, OPCIT_QUERY_CONCEPT, 1);
	struct nodes words = { NULL, 0, 0 };
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, lexeme->text);
	while (opcit_tokens_next(&tokens, &token) && words.n <= PARSE_LONGEST_TERM)
		if (!token.part)
			push(p, &words, leaf(p, OPCIT_QUERY_WORD,
					     opcit_str_sub(lexeme->text, token.start, token.end)));
	if (words.n == 0 || words.n > PARSE_LONGEST_TERM)
		parse_fail(p, lexeme->place, "'~' wants a word, or a term of a few words in quotation marks",
			   "write ~minors or ~\"undocumented migrants\"");
	else if (++p->n_concepts > PARSE_MOST_CONCEPTS)
		parse_fail(p, lexeme->place, "the query has more than 32 words with '~'", NULL);
	node->subs[node->n_subs++] = over(p, OPCIT_QUERY_AND, &words);
	node->text = lexeme->text;
	node->forced = true;
	count_word(p, lexeme->place);
	return node;
}

static void add_field(struct parser *p, const struct lexeme *lexeme, struct items *items)
{
	struct opcit_query *node = NULL;

	if (p->failed)
		return;
	if (parse_field(lexeme->field, lexeme->text, p->arena, &node, p->err) != OPCIT_OK) {
		p->failed = true;
		if (p->err)
			p->err->place = (long)lexeme->place;
		return;
	}
	push(p, &items->fields, node);
	count_word(p, lexeme->place);
}

static struct opcit_query *parse_or(struct parser *p);

/* A query in parentheses; p->next is then the closing one. */
static struct opcit_query *group(struct parser *p)
{
	size_t place = p->next.place;
	struct opcit_query *node;

	if (++p->depth > PARSE_DEEPEST)
		parse_fail(p, place, "too many parentheses inside one another (more than 50)", NULL);
	p->side_by_side = false;
	parse_advance(p);
	node = p->failed ? NULL : parse_or(p);
	if (p->next.kind != CLOSE)
		parse_fail(p, place, "a parenthesis is never closed",
			   "write (unaccompanied OR separated) AND detention");
	p->depth--;
	return node;
}

/* ---- NEAR ---------------------------------------------------------------- */

static bool is_simple(const struct opcit_query *node)
{
	return node->op == OPCIT_QUERY_WORD || node->op == OPCIT_QUERY_PHRASE ||
	       node->op == OPCIT_QUERY_WILD || node->op == OPCIT_QUERY_CONCEPT;
}

/* What stands beside NEAR: one thing, or a group of such with OR. */
static struct opcit_query *near_unit(struct parser *p, const struct lexeme *lexeme,
				     struct opcit_query *inside)
{
	struct items items;
	bool good = inside && !p->side_by_side && (inside->op == OPCIT_QUERY_OR || is_simple(inside));
	size_t i;

	switch (lexeme->kind) {
	case WORD:
		memset(&items, 0, sizeof items);
		add_words(p, lexeme, &items);
		if (items.words.n == 1)
			return items.words.items[0];
		if (items.words.n || items.symbols.n)
			return phrase(p, lexeme); /* "24/7", a symbol: as it is printed */
		break;
	case WILD: return wild(p, lexeme);
	case PHRASE: return phrase(p, lexeme);
	case CONCEPT: return concept(p, lexeme);
	case OPEN:
		for (i = 0; good && inside->op == OPCIT_QUERY_OR && i < inside->n_subs; i++)
			good = is_simple(inside->subs[i]);
		if (good)
			return inside;
		break;
	default: break;
	}
	parse_fail(p, lexeme->place, "NEAR stands between words and phrases, or groups of them with OR",
		   "write detention NEAR/5 (child OR \"young person\")");
	return NULL;
}

static void add_near(struct parser *p, struct opcit_query *left, struct items *items)
{
	struct nodes units = { NULL, 0, 0 };

	push(p, &units, left);
	while (!p->failed && p->next.kind == NEAR) {
		struct opcit_query *inside = NULL, *unit;
		uint32_t distance = p->next.distance;
		struct lexeme lexeme;

		if (++p->n_nears > PARSE_MOST_NEARS)
			parse_fail(p, p->next.place, "the query says NEAR more than 16 times", NULL);
		parse_advance(p);
		lexeme = p->next;
		if (lexeme.kind == OPEN)
			inside = group(p);
		unit = p->failed ? NULL : near_unit(p, &lexeme, inside);
		if (p->failed)
			return;
		unit->distance = distance;
		push(p, &units, unit);
		parse_advance(p);
	}
	push(p, &items->required, over(p, OPCIT_QUERY_NEAR, &units));
}

/* "resolution 687 (1991)": a number in parentheses belongs to what is cited. */
static bool is_number(const struct opcit_query *query)
{
	size_t i;

	for (i = 0; i < query->text.len && query->text.ptr[i] >= '0' && query->text.ptr[i] <= '9'; i++)
		;
	return query->op == OPCIT_QUERY_WORD && i == query->text.len;
}

/* For parse_asked(). */
static void blank_out(struct parser *p, size_t from, size_t to)
{
	if (p->asked)
		memset(p->asked + from, ' ', to - from);
}

/* One item, and what NEAR ties to it. */
static void add_item(struct parser *p, struct items *items)
{
	struct lexeme lexeme = p->next;
	struct opcit_query *inside = lexeme.kind == OPEN ? group(p) : NULL, *left;

	if (lexeme.kind == PHRASE || lexeme.kind == FIELD)
		blank_out(p, lexeme.place, lexeme.end);
	parse_advance(p);
	if (p->failed)
		return;
	if (p->next.kind == NEAR) {
		left = near_unit(p, &lexeme, inside);
		if (!p->failed)
			add_near(p, left, items);
		return;
	}
	switch (lexeme.kind) {
	case WORD: add_words(p, &lexeme, items); break;
	case WILD: push(p, &items->words, wild(p, &lexeme)); break;
	case PHRASE: push(p, &items->required, phrase(p, &lexeme)); break;
	case CONCEPT: push(p, &items->words, concept(p, &lexeme)); break;
	case FIELD: add_field(p, &lexeme, items); break;
	default:
		if (inside)
			push(p, is_number(inside) ? &items->words : &items->required, inside);
	}
}

/* Put together what stands side by side. */
static struct opcit_query *compose(struct parser *p, struct items *items)
{
	struct opcit_query *found = over(p, OPCIT_QUERY_AND, &items->required);
	size_t i;

	for (i = 0; i < items->words.n; i++)
		items->words.items[i]->loose = true;
	if (!found) {
		p->side_by_side |= items->words.n > 1;
		found = over(p, OPCIT_QUERY_OR, &items->words);
	} else if (items->words.n) {
		struct nodes rank = { NULL, 0, 0 };

		push(p, &rank, found);
		for (i = 0; i < items->words.n; i++)
			push(p, &rank, items->words.items[i]);
		found = over(p, OPCIT_QUERY_RANK, &rank);
	}
	for (i = items->symbols.n; i-- > 0;) {
		struct opcit_query *first = items->symbols.items[i];

		first->subs[0] = found;
		first->n_subs = found != NULL;
		found = first;
	}
	if (items->fields.n == 0)
		return found;
	items->fields.n = parse_join_fields(items->fields.items, items->fields.n, p->arena);
	if (found)
		push(p, &items->fields, found);
	return over(p, OPCIT_QUERY_AND, &items->fields);
}

/* ---- what is required, and what is left out ------------------------------- */

/* A symbol ranks: its document first, and what cites it. Where it is required it
 * is one of these, where it is left out that document. */
static struct opcit_query *as_filter(struct parser *p, struct opcit_query *node, bool required)
{
	static const enum opcit_field fields[] = { OPCIT_FIELD_DOC, OPCIT_FIELD_CITES };
	struct opcit_query *any;
	size_t i;

	for (i = 0; node && i < node->n_subs; i++)
		node->subs[i] = as_filter(p, node->subs[i], required);
	if (!node || node->op != OPCIT_QUERY_FIRST)
		return node;
	any = parse_node(p->arena, OPCIT_QUERY_OR, 2);
	for (i = 0; i < (required ? 2 : 1); i++) {
		any->subs[i] = leaf(p, OPCIT_QUERY_FIELD, node->text);
		any->subs[i]->field = fields[i];
	}
	any->n_subs = i;
	if (!required)
		any = any->subs[0];
	return node->n_subs ? pair(p, required ? OPCIT_QUERY_AND : OPCIT_QUERY_OR, any, node->subs[0]) : any;
}

/* Is the next a NOT, or an AND NOT, of which the AND is passed then? */
static bool at_not(struct parser *p)
{
	struct parser ahead = *p;

	if (p->next.kind != AND)
		return p->next.kind == NOT;
	ahead.err = NULL;
	parse_advance(&ahead);
	if (ahead.next.kind != NOT)
		return false;
	parse_advance(p);
	return true;
}

/* The one item behind a NOT that began at `place`. */
static void parse_excluded(struct parser *p, size_t place, struct nodes *excluded)
{
	struct opcit_query *found = NULL;
	struct items items;

	memset(&items, 0, sizeof items);
	parse_advance(p);
	if (p->next.kind >= WORD && p->next.kind <= OPEN)
		add_item(p, &items);
	else
		parse_fail(p, p->next.place, "something is missing here", NULL);
	if (!p->failed)
		found = compose(p, &items);
	if (!found)
		parse_fail(p, place, "there is no word to look for", NULL);
	if (p->failed)
		return;
	push(p, excluded, as_filter(p, found, false));
	blank_out(p, place, p->next.place);
}

static struct opcit_query *parse_some(struct parser *p, struct nodes *excluded)
{
	struct items items;
	struct opcit_query *found;

	memset(&items, 0, sizeof items);
	if (p->next.kind == NOT)
		parse_fail(p, p->next.place, "there is nothing that NOT could leave out from",
		     "write what to look for before it: detention NOT criminal");
	else if (p->next.kind == AND || p->next.kind == OR || p->next.kind == NEAR)
		parse_fail(p, p->next.place, "there is nothing before this operator",
		     p->next.kind == NEAR
			     ? "write detention NEAR/5 children; in small letters it is an ordinary word"
			     : "write children AND detention; in small letters it is an ordinary word");
	else if (p->next.kind == END || p->next.kind == CLOSE)
		parse_fail(p, p->next.place,
		     p->at <= 1 ? "the query is empty" : "something is missing here", NULL);
	while (!p->failed) {
		size_t place = p->next.place;

		if (p->next.kind >= WORD && p->next.kind <= OPEN)
			add_item(p, &items);
		else if (at_not(p))
			parse_excluded(p, place, excluded);
		else
			break;
	}
	if (p->failed)
		return NULL;
	found = compose(p, &items);
	if (!found)
		parse_fail(p, p->next.place, "there is no word to look for", NULL);
	return found;
}

static struct opcit_query *parse_and(struct parser *p)
{
	struct nodes excluded = { NULL, 0, 0 };
	struct opcit_query *left = parse_some(p, &excluded);

	while (!p->failed && p->next.kind == AND) {
		parse_advance(p);
		left = pair(p, OPCIT_QUERY_AND, as_filter(p, left, true), as_filter(p, parse_some(p, &excluded), true));
	}
	return excluded.n ? pair(p, OPCIT_QUERY_NOT, left, over(p, OPCIT_QUERY_OR, &excluded)) : left;
}

static struct opcit_query *parse_or(struct parser *p)
{
	struct nodes any = { NULL, 0, 0 };

	push(p, &any, parse_and(p));
	while (!p->failed && p->next.kind == OR) {
		parse_advance(p);
		push(p, &any, parse_and(p));
	}
	return over(p, OPCIT_QUERY_OR, &any);
}

struct opcit_str parse_asked(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_str copy = opcit_arena_dup(arena, text);
	struct parser p = { .input = text, .arena = arena, .asked = (char *)copy.ptr };

	if (text.len && text.len <= PARSE_LONGEST) {
		parse_advance(&p);
		parse_or(&p);
	}
	return copy;
}

opcit_status parse_query(struct opcit_str text, struct opcit_arena *arena,
			 struct opcit_query **query, struct opcit_err *err)
{
	struct parser p = { .input = text, .arena = arena, .err = err };

	*query = NULL;
	if (text.len > PARSE_LONGEST) {
		opcit_err_set(err, OPCIT_USAGE, "the query is too long: %zu bytes", text.len);
		opcit_err_hint(err, "at most %d are read", PARSE_LONGEST);
		return OPCIT_USAGE;
	}
	if (opcit_str_trim(text).len == 0) {
		opcit_err_set(err, OPCIT_USAGE, "the query is empty");
		opcit_err_hint(err, "write what to look for: detention of children");
		return OPCIT_USAGE;
	}
	parse_advance(&p);
	*query = parse_or(&p);
	if (!p.failed && p.next.kind == CLOSE)
		parse_fail(&p, p.next.place, "this parenthesis was never opened", NULL);
	if (!p.failed)
		return OPCIT_OK;
	*query = NULL;
	return OPCIT_USAGE;
}
