/* parse_int.h: what parse_lex.c and parse.c share: the reader of a query. */
#ifndef OPCIT_PARSE_INT_H
#define OPCIT_PARSE_INT_H

#include "parse.h"

enum lexeme_kind { END, WORD, WILD, PHRASE, CONCEPT, FIELD, OPEN, CLOSE, AND, OR, NOT, NEAR };

struct lexeme {
	enum lexeme_kind kind;
	struct opcit_str text; /* a word, a phrase's or a field's content */
	enum opcit_field field;
	uint32_t distance; /* of NEAR */
	size_t place, end;
};

struct parser {
	struct opcit_str input;
	size_t at;
	struct lexeme next;
	struct opcit_arena *arena;
	struct opcit_err *err;
	bool failed;
	size_t n_words, n_concepts, n_wildcards, n_nears;
	int depth;
	bool side_by_side; /* loose words stood beside each other in what was read last */
	char *asked;       /* parse_asked(): a copy of the input, to be blanked out; or NULL */
};

/* Refuse the query: the first message counts. `hint` may be NULL. */
void parse_fail(struct parser *p, size_t place, const char *message, const char *hint);
/* Read the next lexeme into p->next; END after a failure. */
void parse_advance(struct parser *p);

#endif
