/* metadata_int.h: what the two halves of metadata finding share. */
#ifndef OPCIT_METADATA_INT_H
#define OPCIT_METADATA_INT_H

#include "metadata.h"

/* Whether text holds the words, ASCII case aside; whether one of its folded
 * words is this one; whether record i is still of the masthead. */
bool opcit_meta_contains(struct opcit_str text, const char *needle);
bool opcit_meta_has_word(struct opcit_str text, const char *wanted);
bool opcit_meta_is_title(const struct opcit_document *d, size_t i);

/* The number of a resolution or decision as its title gives it: "Resolution
 * 534 (1983)", "59 (1948). Resolution of", "64/166. Protection of migrants". */
struct opcit_act_number {
	unsigned first, second;
	bool year;      /* first (second): how the Security Council numbers */
	bool decision;
};
bool opcit_meta_act_number(struct opcit_str line, struct opcit_act_number *found);

/* metadata_symbol.c: fill meta.body and meta.symbol. `formula` is the enacting
 * formula, or empty. */
void opcit_meta_find_symbol(struct opcit_document *d, struct opcit_str formula, struct opcit_arena *arena);
bool opcit_meta_is_symbol_start(struct opcit_str s);
struct opcit_str opcit_meta_without_article(struct opcit_str text);

#endif
