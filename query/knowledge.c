#include "knowledge.h"

#include "../lib/tables.h"
#include "../lib/thesaurus.h"
#include "country.h"

#include <stdlib.h>

opcit_status knowledge_thesaurus(struct knowledge *known, struct opcit_err *err)
{
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	opcit_status status;
	const char *folders[2];
	size_t i;

	if (known->thesaurus)
		return OPCIT_OK;
	status = opcit_tables_find(&tables, getenv, err);
	for (i = 0; i < tables.n_folders; i++)
		folders[i] = tables.folders[i].ptr;
	if (status == OPCIT_OK)
		status = opcit_thesaurus_new(folders, tables.n_folders, &opcit_thesaurus_shipped, &known->thesaurus, err);
	opcit_tables_release(&tables);
	return status;
}

opcit_status knowledge_registry(struct knowledge *known, struct opcit_err *err)
{
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	opcit_status status;

	if (known->registry)
		return OPCIT_OK;
	status = opcit_tables_find(&tables, getenv, err);
	if (status == OPCIT_OK)
		status = opcit_tables_load(&tables, NULL, NULL, &known->registry, err);
	opcit_tables_release(&tables);
	return status;
}

opcit_status knowledge_countries(struct knowledge *known, struct opcit_err *err)
{
	return known->countries ? OPCIT_OK : country_load(&known->countries, err);
}

void knowledge_release(struct knowledge *known)
{
	opcit_thesaurus_free(known->thesaurus);
	opcit_registry_free(known->registry);
	opcit_countries_free(known->countries);
	*known = (struct knowledge)KNOWLEDGE_INIT;
}
