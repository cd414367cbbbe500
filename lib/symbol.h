/* symbol.h: the shapes of document symbols and of resolution numbers.
 *
 * The grammar itself is symbol.re. It sees text through glyph.h, so a
 * non-breaking space, a dash or a zero-width mark inside a symbol costs
 * nothing, and the spans are those of the original bytes.
 */
#ifndef OPCIT_SYMBOL_H
#define OPCIT_SYMBOL_H

#include "glyph.h"

enum {
	OPCIT_SYMBOL_MAX = 120, /* bytes of a canonical symbol: longer is no symbol */
	OPCIT_SYMBOL_SPAN = 400 /* bytes of text that one symbol may take */
};

enum opcit_shape {
	OPCIT_SHAPE_NONE,
	/* symbols */
	OPCIT_SHAPE_SYMBOL,  /* A/HRC/13/5, S/PV.3082, CAJP/GT/TM-24/05 rev. 7 */
	OPCIT_SHAPE_SESSION, /* A/RES/217(III), S/RES/1325 (2000) */
	OPCIT_SHAPE_OAS,     /* AG/RES. 2141 (XXXV-O/05), CP/RES. 759 (1217/99) */
	OPCIT_SHAPE_EU,      /* 2008/115/EC */
	OPCIT_SHAPE_OPINION, /* OC-18/03 */
	OPCIT_SHAPE_PRST,    /* PRST/8/1, 8/PRST/1 */
	/* numbers after "resolution" */
	OPCIT_SHAPE_YEAR,      /* 1325 (2000) */
	OPCIT_SHAPE_ROMAN,     /* 2200 A (XXI), 217 (III) A, 2248(S-V) */
	OPCIT_SHAPE_REGULAR,   /* 2141 (XXXV-O/05) */
	OPCIT_SHAPE_SLASH,     /* 64/166, 49/60 A */
	OPCIT_SHAPE_SPECIAL,   /* S-10/1 */
	OPCIT_SHAPE_EMERGENCY, /* ES-10/19 */
	OPCIT_SHAPE_BARE       /* 1325 */
};

struct opcit_symbol {
	enum opcit_shape shape;
	const char *start, *end;
	char text[OPCIT_SYMBOL_MAX + 1]; /* canonical, NUL-terminated */
	size_t len;
	unsigned first,
		second; /* the numbers of a number: 64 and 166; 1325 and 2000; 2200 and 21 */
};

/* The longest symbol that starts exactly at p and ends by `end`; false when
 * there is none. `typed` accepts small letters throughout. That its head is a
 * known series is the caller's business. Looks at OPCIT_SYMBOL_SPAN bytes at
 * most. */
bool opcit_symbol_scan(const char *p, const char *end, bool typed, struct opcit_symbol *symbol);

/* Likewise the number of a resolution or decision. */
bool opcit_number_scan(const char *p, const char *end, bool typed, struct opcit_symbol *number);

/* Value of a Roman numeral of up to 12 letters, 0 when it is none. */
unsigned opcit_roman(const char *p, size_t len);

#endif
