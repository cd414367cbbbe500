#include "facets.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/registry.h"
#include "country.h"
#include "json.h"
#include "output.h"
#include "reference.h"

enum { SHOWN = 10 };

static const struct {
	const char *name;
	enum opcit_field field;
} known[FACETS_MOST] = {
	{ "body", OPCIT_FIELD_BODY },	     { "type", OPCIT_FIELD_TYPE },
	{ "kind", OPCIT_FIELD_KIND },	     { "act", OPCIT_FIELD_ACT },
	{ "year", OPCIT_FIELD_YEAR },	     { "lang", OPCIT_FIELD_LANG },
	{ "country", OPCIT_FIELD_COUNTRY }, { "instrument", OPCIT_FIELD_CITES },
};

opcit_status facets_read(const char *list, struct facets *facets, struct opcit_err *err)
{
	struct opcit_str rest = opcit_str_of(list), name;
	size_t i, k;

	memset(facets, 0, sizeof *facets);
	while (rest.len) {
		const char *comma = memchr(rest.ptr, ',', rest.len);
		size_t len = comma ? (size_t)(comma - rest.ptr) : rest.len;

		name = opcit_str_trim(opcit_str_sub(rest, 0, len));
		rest = opcit_str_sub(rest, len + 1, rest.len);
		if (name.len == 0)
			continue;
		for (i = 0; i < FACETS_MOST && !opcit_str_ieq(name, opcit_str_of(known[i].name));)
			i++;
		if (i == FACETS_MOST) {
			opcit_err_set(err, OPCIT_USAGE, "there is no facet '%.*s'",
				      (int)(name.len < 40 ? name.len : 40), name.ptr);
			opcit_err_hint(err, "facets: body,type,kind,act,year,lang,country,instrument");
			return OPCIT_USAGE;
		}
		for (k = 0; k < facets->n && facets->names[k] != known[i].name;)
			k++;
		if (k < facets->n) /* named twice */
			continue;
		facets->names[facets->n] = known[i].name;
		facets->items[facets->n++].field = known[i].field;
	}
	if (facets->n)
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_USAGE, "no facet is named after --facets");
	opcit_err_hint(err, "facets: body,type,kind,act,year,lang,country,instrument");
	return OPCIT_USAGE;
}

/* ---- counting ------------------------------------------------------------ */

/* Each instrument of the registry with its identifiers, in arena. */
static opcit_status name_instruments(struct opcit_facet *facet, struct opcit_arena *arena,
				     struct opcit_err *err)
{
	struct reference_reader reader;
	struct opcit_facet_group *groups;
	size_t i, k;
	opcit_status status = reference_reader_init(&reader, NULL, arena, false, err);

	if (status != OPCIT_OK)
		return status;
	facet->n_groups = reader.registry->n_instruments;
	groups = opcit_arena_alloc(arena, (facet->n_groups + 1) * sizeof *groups);
	for (i = 0; i < facet->n_groups; i++) {
		const struct opcit_instrument *row = &reader.registry->instruments[i];
		struct opcit_str *targets =
			opcit_arena_alloc(arena, (row->n_parallel + 1) * sizeof *targets);

		targets[0] = opcit_arena_dup(arena, row->id);
		for (k = 0; k < row->n_parallel; k++)
			targets[k + 1] = opcit_arena_dup(arena, row->parallel[k]);
		groups[i] = (struct opcit_facet_group){ opcit_arena_dup(arena, row->name), targets,
							row->n_parallel + 1 };
	}
	facet->groups = groups;
	reference_reader_release(&reader);
	return OPCIT_OK;
}

/* Names in the place of codes. One that the table no longer knows stays. */
static opcit_status name_countries(struct opcit_facet *facet, struct opcit_arena *arena,
				   struct opcit_err *err)
{
	struct opcit_countries *countries;
	opcit_status status = country_load(&countries, err);
	size_t i;

	if (status != OPCIT_OK)
		return status;
	for (i = 0; i < facet->n; i++) {
		const struct opcit_country *country =
			opcit_country_of(countries, facet->values[i].value);

		if (country)
			facet->values[i].value = opcit_arena_dup(arena, country->name);
	}
	opcit_countries_free(countries);
	return OPCIT_OK;
}

opcit_status facets_count(struct facets *facets, struct opcit_index *index,
			  const struct opcit_query *query, struct opcit_arena *arena,
			  struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < facets->n && status == OPCIT_OK; i++)
		if (facets->items[i].field == OPCIT_FIELD_CITES)
			status = name_instruments(&facets->items[i], arena, err);
	if (status == OPCIT_OK)
		status = opcit_index_facets(index, query, facets->items, facets->n,
					    &facets->records, arena, err);
	for (i = 0; i < facets->n && status == OPCIT_OK; i++)
		if (facets->items[i].field == OPCIT_FIELD_COUNTRY)
			status = name_countries(&facets->items[i], arena, err);
	return status;
}

/* ---- printing ------------------------------------------------------------ */

static void print_json(const struct facets *facets)
{
	json_t *o = json_object(), *all = json_object();
	size_t i, k;

	for (i = 0; i < facets->n; i++) {
		json_t *values = json_array();

		for (k = 0; k < facets->items[i].n; k++) {
			const struct opcit_facet_value *value = &facets->items[i].values[k];
			json_t *one = json_object();

			json_object_set_new(one, "value", json_text(value->value));
			json_object_set_new(one, "count", json_integer((json_int_t)value->count));
			json_array_append_new(values, one);
		}
		json_object_set_new(all, facets->names[i], values);
	}
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "records", json_integer((json_int_t)facets->records));
	json_object_set_new(o, "facets", all);
	json_print(o, stdout);
}

void facets_print(const struct facets *facets, bool json)
{
	size_t i, k;

	if (json) {
		print_json(facets);
		return;
	}
	printf("%zu record%s in all\n", facets->records, facets->records == 1 ? "" : "s");
	for (i = 0; i < facets->n; i++) {
		const struct opcit_facet *facet = &facets->items[i];

		output_colour(STRONG);
		printf("\n%s\n", facets->names[i]);
		output_colour(PLAIN);
		for (k = 0; k < facet->n && k < SHOWN; k++) {
			printf("%7zu  ", facet->values[k].count);
			output_text(facet->values[k].value);
			putchar('\n');
		}
		if (facet->n > SHOWN)
			printf("         and %zu more\n", facet->n - SHOWN);
		if (facet->n == 0)
			printf("         (none)\n");
	}
}
