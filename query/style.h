/* style.h: a reference ready to paste, in eight ways of citing. */
#ifndef OPCIT_STYLE_H
#define OPCIT_STYLE_H

#include "reference.h"

/* What a style may make use of; a field that is not known is empty. */
struct cited {
	struct opcit_str id;     /* identifier: A/RES/64/166, CRC */
	struct opcit_str symbol; /* the same, or empty for what is known by its name */
	struct opcit_str title;
	struct opcit_str body;   /* id in the registry: "GA"; or empty */
	struct opcit_str issuer; /* the body's name: "General Assembly" */
	struct opcit_str family; /* id of the organisation it belongs to: "UN", "OAS" */
	struct opcit_str number; /* of a resolution or decision as it is spoken of: 64/166 */
	bool decision, resolution;
	bool instrument; /* a treaty or another text known by its name */
	struct opcit_str type, date, series, url;
	const struct opcit_str *pinpoints;
	size_t n_pinpoints;
};

struct style {
	const char *name, *about;
	void (*write)(const struct cited *cited, struct opcit_buf *out);
};

enum { N_STYLES = 8 };
extern const struct style styles[N_STYLES]; /* the first is what is used unasked */

/* NULL for an unknown name. */
const struct style *style_named(const char *name);

/* What is known of a reading: from the index where it is held, else from the
 * tables. Strings are borrowed or in the reader's arena. */
void style_cited(struct reference_reader *reader, const struct reading *reading,
		 struct cited *cited);

/* For the styles' own use (style.c, style_data.c). */
void style_bibtex(const struct cited *cited, struct opcit_buf *out);
void style_ris(const struct cited *cited, struct opcit_buf *out);
void style_csl(const struct cited *cited, struct opcit_buf *out);

/* "2009-12-18" taken apart; 0 for what is not known. */
struct style_date {
	int year, month, day;
};
struct style_date style_date(struct opcit_str iso);
/* Append "18 December 2009", or as much of it as is known. */
void style_date_write(struct style_date date, struct opcit_buf *out);

#endif
