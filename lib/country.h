/* country.h: the countries that a text names, in English, French or Spanish.
 *
 * Names are Unicode's and those of countries.tsv; docs/countries.md says what
 * counts as one. A table is loaded once and then only read: any number of
 * threads may share it.
 */
#ifndef OPCIT_COUNTRY_H
#define OPCIT_COUNTRY_H

#include "status.h"
#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_country {
	struct opcit_str code; /* ISO 3166-1 alpha-2, of a former state ISO 3166-3: "KE", "YUCS" */
	struct opcit_str name; /* to show, in English */
};

struct opcit_countries;

enum { OPCIT_COUNTRIES_MOST = 512 };

/* A set of countries. Zero-initialise with OPCIT_COUNTRY_SET_INIT. */
struct opcit_country_set {
	uint64_t bits[OPCIT_COUNTRIES_MOST / 64];
};
#define OPCIT_COUNTRY_SET_INIT { { 0 } }

/* Called for each row that was skipped. */
typedef void (*opcit_countries_report)(void *data, const char *file, unsigned line,
				       const char *message);

/* Load countries.tsv from each folder in turn; a later one adds rows, and names
 * to those of the same code. A table that is absent is empty. OPCIT_IO when
 * one exists and cannot be read. `report` may be NULL. The caller frees
 * *countries. About three milliseconds. */
opcit_status opcit_countries_load(const char *const *folders, size_t n_folders,
				  opcit_countries_report report, void *data,
				  struct opcit_countries **countries, struct opcit_err *err);
void opcit_countries_free(struct opcit_countries *countries); /* NULL is allowed */

/* Add the countries that text names to the set; returns how many names there
 * are. `countries` may be NULL: then none. Linear; 300 MB a second. */
size_t opcit_country_find(const struct opcit_countries *countries, struct opcit_str text,
			  struct opcit_country_set *set);

/* The same for what a person types: names count in small letters too, but of
 * those that people and places bear only the one that is shown ("jordan" is
 * one, "grenade" none). */
size_t opcit_country_find_typed(const struct opcit_countries *countries, struct opcit_str text,
				struct opcit_country_set *set);

/* The next country of a set: start with *at 0; NULL at the end. Borrowed until
 * the table is freed. */
const struct opcit_country *opcit_country_next(const struct opcit_countries *countries,
					       const struct opcit_country_set *set, size_t *at);

/* The country of a code or of any of its names, whatever the case, accents and
 * blanks around it; NULL when there is none. Borrowed likewise. */
const struct opcit_country *opcit_country_of(const struct opcit_countries *countries,
					     struct opcit_str name);

#ifdef __cplusplus
}
#endif
#endif
