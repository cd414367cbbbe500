/* parse.h: what a person types into `opcit search`, as a query tree.
 *
 *   query  = either { "OR" either }
 *   either = some { "AND" some }
 *   some   = item { item | ["AND"] "NOT" item }
 *   item   = unit { "NEAR" ["/" number] unit } | field:value
 *   unit   = word | wild*card | "phrase" | ~word | ~"phrase" | ( query )
 *
 * Loose words rank: a record needs one of them, the more the better. Phrases,
 * what stands NEAR, and groups in parentheses beside loose words are required,
 * and so is every field. A group beside NEAR holds words and phrases with OR
 * between them. Operators are in capitals. For people: man/opcit-query.7.
 */
#ifndef OPCIT_PARSE_H
#define OPCIT_PARSE_H

#include "../lib/search.h"
#include "options.h"

enum {
	PARSE_LONGEST = 16 * 1024, /* bytes of a query */
	PARSE_MOST_WORDS = 512,
	PARSE_MOST_CONCEPTS = 32, /* words with "~": each reads the thesaurus */
	PARSE_MOST_WILDCARDS = 16, /* each may stand for OPCIT_WILDCARD_TERMS */
	PARSE_MOST_NEARS = 16,     /* each looks into the texts */
	PARSE_MOST_VALUES = 64, /* of one field */
	PARSE_LONGEST_TERM = 8,   /* words of one of them */
	PARSE_NEAR = 10,          /* words, of NEAR without a number */
	PARSE_FARTHEST = 500,
	PARSE_DEEPEST = 50 /* parentheses in parentheses */
};

/* Parse text into *query, in arena. OPCIT_USAGE with the place in err, also
 * for a query that is longer than a limit or holds nothing to look for. */
opcit_status parse_query(struct opcit_str text, struct opcit_arena *arena,
			 struct opcit_query **query, struct opcit_err *err);

/* The text with blanks in the place of phrases, fields and what its NOTs leave out, in arena: what it
 * asks for in loose words. */
struct opcit_str parse_asked(struct opcit_str text, struct opcit_arena *arena);

/* Of several filters by one field that a record has once ("type:report type:note") any is
 * enough: they become one node. Returns how many there are then. */
size_t parse_join_fields(struct opcit_query **fields, size_t n, struct opcit_arena *arena);

/* Append filters that were given as options to the subs of an AND, which has room for them. */
opcit_status parse_filters(const struct filter_list *filters, struct opcit_arena *arena, struct opcit_query *all,
			   struct opcit_err *err);

/* A filter as a node: --body "Human Rights Council" and body:"Human Rights
 * Council" alike. Checks kinds and dates, with the message in err. */
opcit_status parse_field(enum opcit_field field, struct opcit_str value, struct opcit_arena *arena,
			 struct opcit_query **query, struct opcit_err *err);

/* A note of nothing but words that every text holds finds nothing, whatever
 * stands beside it: OPCIT_USAGE. */
opcit_status parse_check_notes(struct opcit_index *index, const struct opcit_query *query,
			       struct opcit_err *err);

/* A node with room for n subs. */
struct opcit_query *parse_node(struct opcit_arena *arena, enum opcit_query_op op, size_t n);

/* Say in one line what a query was understood as, and in indented lines below it
 * what of it is left out and what else is looked for. */
void parse_explain(struct opcit_index *index, const struct opcit_query *query,
		   struct opcit_buf *out);

#endif
