/* parse.c: recursive descent over the query; the grammar is in parse.h. */
#include "parse.h"

#include <stdio.h>
#include <string.h>

#include "../lib/text.h"

enum kind { END, WORD, PHRASE, FIELD, OPEN, CLOSE, AND, OR, NOT };

struct lexeme {
	enum kind kind;
	struct opcit_str text; /* a word, a phrase's or a field's content */
	enum opcit_field field;
	size_t place;
};

struct parser {
	struct opcit_str input;
	size_t at;
	struct lexeme next;
	struct opcit_arena *arena;
	struct opcit_err *err;
	bool failed;
	size_t n_words;
	int depth;
};

static void fail(struct parser *p, size_t place, const char *message, const char *hint)
{
	if (p->failed)
		return;
	p->failed = true;
	opcit_err_set(p->err, OPCIT_USAGE, "%s", message);
	if (hint)
		opcit_err_hint(p->err, "%s", hint);
	if (p->err)
		p->err->place = (long)place;
}

/* ---- lexemes ------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of a quotation mark at `at`, of any shape, or 0. */
static size_t quote_at(struct opcit_str s, size_t at)
{
	static const char *const quotes[] = { "\"", "“", "”", "„", "«", "»", "‟" };
	size_t i;

	for (i = 0; i < sizeof quotes / sizeof *quotes; i++)
		if (opcit_str_starts(opcit_str_sub(s, at, s.len), quotes[i]))
			return strlen(quotes[i]);
	return 0;
}

/* What stands between the quotation mark at p->at and the next one. */
static struct opcit_str read_quoted(struct parser *p)
{
	size_t open = p->at, from = open + quote_at(p->input, open), at = from;

	while (at < p->input.len && !quote_at(p->input, at))
		at++;
	if (at == p->input.len) {
		fail(p, open, "a quotation mark is never closed", NULL);
		p->at = at;
		return (struct opcit_str){ NULL, 0 };
	}
	p->at = at + quote_at(p->input, at);
	return opcit_str_sub(p->input, from, at);
}

/* A run of text without blanks. A parenthesis inside belongs to it, as in
 * 67(h) or 1325(2000). */
static struct opcit_str read_word(struct parser *p)
{
	size_t from = p->at;
	int open = 0;

	for (; p->at < p->input.len && !is_blank(p->input.ptr[p->at]); p->at++) {
		char c = p->input.ptr[p->at];

		if (quote_at(p->input, p->at))
			break;
		if (c == '(')
			open++;
		if (c == ')' && open-- == 0)
			break;
		if (c == '*')
			fail(p, p->at, "there are no wildcards",
			     "a word is found in all its forms: write it in full");
	}
	return opcit_str_sub(p->input, from, p->at);
}

/* "cites:CRC art 37(b)", as it comes from a shell that took the quotation
 * marks away: the place belongs to the value. Where it ends. */
static size_t place_end(const struct parser *p)
{
	static const char *const units[] = { "art",  "arts",       "article", "articles",
					     "para", "paras",      "op",      "paragraph",
					     "pp",   "paragraphs", "fn" };
	size_t at = p->at, word, i;

	while (at < p->input.len && p->input.ptr[at] == ' ')
		at++;
	for (word = at; at < p->input.len && is_letter(p->input.ptr[at]);)
		at++;
	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (opcit_str_ieq(opcit_str_sub(p->input, word, at), opcit_str_of(units[i])))
			break;
	while (at < p->input.len && strchr(". ", p->input.ptr[at]))
		at++;
	if (i == sizeof units / sizeof *units || at == p->input.len || p->input.ptr[at] < '0' ||
	    p->input.ptr[at] > '9')
		return p->at;
	while (at < p->input.len && !strchr(" \"", p->input.ptr[at]))
		at++;
	return at;
}

static void read_field(struct parser *p, size_t colon)
{
	size_t from;
	char name[16];
	size_t i, len = colon - p->at;

	for (i = 0; i < len && i < sizeof name - 1; i++)
		name[i] = (char)(p->input.ptr[p->at + i] | 0x20);
	p->next.kind = FIELD;
	p->next.field = opcit_field_of((struct opcit_str){ name, len < sizeof name ? len : 0 });
	if (p->next.field == OPCIT_FIELD_COUNT)
		fail(p, p->at, "there is no such field",
		     "fields: doc body type kind act lang year label section country cites since until; "
		     "quote the words to search for them");
	p->at = colon + 1;
	from = p->at;
	p->next.text = quote_at(p->input, p->at) ? read_quoted(p) : read_word(p);
	if (p->next.field == OPCIT_FIELD_CITES && from < p->at && !quote_at(p->input, from)) {
		p->at = place_end(p);
		p->next.text = opcit_str_sub(p->input, from, p->at);
	}
	if (p->next.text.len == 0)
		fail(p, p->at, "the field has no value", NULL);
}

/* Is this the start of name:value? Gives the place of the colon. */
static bool field_here(const struct parser *p, size_t *colon)
{
	size_t at = p->at;

	while (at < p->input.len && is_letter(p->input.ptr[at]))
		at++;
	*colon = at;
	return at > p->at && at + 1 < p->input.len && p->input.ptr[at] == ':' &&
	       !is_blank(p->input.ptr[at + 1]);
}

static void advance(struct parser *p)
{
	size_t colon;
	char c;

	while (p->at < p->input.len && is_blank(p->input.ptr[p->at]))
		p->at++;
	p->next = (struct lexeme){ .kind = END, .place = p->at };
	if (p->at == p->input.len || p->failed)
		return;
	c = p->input.ptr[p->at];
	if (c == '(' || c == ')') {
		p->next.kind = c == '(' ? OPEN : CLOSE;
		p->at++;
	} else if (quote_at(p->input, p->at)) {
		p->next.kind = PHRASE;
		p->next.text = read_quoted(p);
	} else if (field_here(p, &colon)) {
		read_field(p, colon);
	} else {
		if (c == '-' && p->at + 1 < p->input.len && is_letter(p->input.ptr[p->at + 1]))
			fail(p, p->at, "a minus sign does not leave a word out",
			     "write NOT before it");
		p->next.text = read_word(p);
		p->next.kind = opcit_str_is(p->next.text, "AND")   ? AND
			       : opcit_str_is(p->next.text, "OR")  ? OR
			       : opcit_str_is(p->next.text, "NOT") ? NOT
								   : WORD;
	}
}

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

	for (i = 0; i < s.len; i++) {
		letter |= is_letter(s.ptr[i]);
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
	fail(p, place, message, NULL);
}

static void add_words(struct parser *p, struct items *items)
{
	struct opcit_str raw = strip_punctuation(p->next.text);
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
		node = parse_node(p->arena, OPCIT_QUERY_WORD, 0);
		node->text = opcit_str_sub(raw, token.start, token.end);
		push(p, &items->words, node);
		count_word(p, p->next.place);
	}
}

static void add_phrase(struct parser *p, struct items *items)
{
	struct opcit_phrase *phrase = opcit_phrase_new(p->next.text);
	struct opcit_query *node = parse_node(p->arena, OPCIT_QUERY_PHRASE, 0);

	if (!phrase && !p->failed)
		fail(p, p->next.place,
		     p->next.text.len > OPCIT_PHRASE_MAX
			     ? "the phrase is too long (more than 60 words)"
			     : "there is no word between the quotation marks",
		     NULL);
	opcit_phrase_free(phrase);
	node->text = p->next.text;
	push(p, &items->required, node);
	count_word(p, p->next.place);
}

static void add_field(struct parser *p, struct items *items)
{
	struct opcit_query *node = NULL;

	if (p->failed)
		return;
	if (parse_field(p->next.field, p->next.text, p->arena, &node, p->err) != OPCIT_OK) {
		p->failed = true;
		if (p->err)
			p->err->place = (long)p->next.place;
		return;
	}
	push(p, &items->fields, node);
	count_word(p, p->next.place);
}

static struct opcit_query *parse_or(struct parser *p);

static void add_group(struct parser *p, struct items *items)
{
	size_t place = p->next.place;
	struct opcit_query *node;

	if (++p->depth > PARSE_DEEPEST)
		fail(p, place, "too many parentheses inside one another (more than 50)", NULL);
	advance(p);
	node = p->failed ? NULL : parse_or(p);
	if (p->next.kind != CLOSE)
		fail(p, place, "a parenthesis is never closed", NULL);
	p->depth--;
	if (node)
		push(p, &items->required, node);
}

/* Put together what stands side by side. */
static struct opcit_query *compose(struct parser *p, struct items *items)
{
	struct opcit_query *found = over(p, OPCIT_QUERY_AND, &items->required);
	size_t i;

	if (!found) {
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
	if (found)
		push(p, &items->fields, found);
	return over(p, OPCIT_QUERY_AND, &items->fields);
}

static struct opcit_query *parse_some(struct parser *p)
{
	struct items items;
	struct opcit_query *found;

	memset(&items, 0, sizeof items);
	if (p->next.kind == NOT)
		fail(p, p->next.place, "there is nothing that NOT could leave out from",
		     "write what to look for before it");
	else if (p->next.kind == AND || p->next.kind == OR)
		fail(p, p->next.place, "there is nothing before this operator",
		     "in small letters it is an ordinary word");
	else if (p->next.kind == END || p->next.kind == CLOSE)
		fail(p, p->next.place,
		     p->at <= 1 ? "the query is empty" : "something is missing here", NULL);
	for (;; advance(p)) {
		if (p->failed)
			return NULL;
		if (p->next.kind == WORD)
			add_words(p, &items);
		else if (p->next.kind == PHRASE)
			add_phrase(p, &items);
		else if (p->next.kind == FIELD)
			add_field(p, &items);
		else if (p->next.kind == OPEN)
			add_group(p, &items);
		else
			break;
	}
	found = compose(p, &items);
	if (!found)
		fail(p, p->next.place, "there is no word to look for", NULL);
	return found;
}

static struct opcit_query *parse_and(struct parser *p)
{
	struct opcit_query *left = parse_some(p);

	while (!p->failed && (p->next.kind == AND || p->next.kind == NOT)) {
		bool not = p->next.kind == NOT;

		advance(p);
		if (!not &&p->next.kind == NOT) {
			not = true;
			advance(p);
		}
		left = pair(p, not ? OPCIT_QUERY_NOT : OPCIT_QUERY_AND, left, parse_some(p));
	}
	return left;
}

static struct opcit_query *parse_or(struct parser *p)
{
	struct nodes any = { NULL, 0, 0 };

	push(p, &any, parse_and(p));
	while (!p->failed && p->next.kind == OR) {
		advance(p);
		push(p, &any, parse_and(p));
	}
	return over(p, OPCIT_QUERY_OR, &any);
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
	if (opcit_str_trim(text).len == 0)
		return opcit_err_set(err, OPCIT_USAGE, "the query is empty");
	advance(&p);
	*query = parse_or(&p);
	if (!p.failed && p.next.kind == CLOSE)
		fail(&p, p.next.place, "this parenthesis was never opened", NULL);
	if (!p.failed)
		return OPCIT_OK;
	*query = NULL;
	return OPCIT_USAGE;
}
