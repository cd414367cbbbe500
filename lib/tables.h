/* tables.h: where a program finds the registry's tables, and opening them. */
#ifndef OPCIT_TABLES_H
#define OPCIT_TABLES_H

#include "country.h"
#include "paths.h"
#include "registry.h"

/* The folders of the tables, the program's own first, the user's after it. */
struct opcit_tables {
	struct opcit_buf folders[2];
	size_t n_folders;
};
#define OPCIT_TABLES_INIT { { OPCIT_BUF_INIT, OPCIT_BUF_INIT }, 0 }

/* Find the folders with the program's getenv. OPCIT_IO when the program's own
 * place cannot be told. */
opcit_status opcit_tables_find(struct opcit_tables *tables, opcit_getenv_fn *env,
                               struct opcit_err *err);
void opcit_tables_release(struct opcit_tables *tables);

/* A number that changes when a table is written, added or removed; costs one
 * stat for each possible table. */
uint64_t opcit_tables_stamp(const struct opcit_tables *tables);

/* Load the registry from those folders; see opcit_registry_load. */
opcit_status opcit_tables_load(const struct opcit_tables *tables, opcit_registry_report report,
                               void *data, struct opcit_registry **registry,
                               struct opcit_err *err);

/* Load the countries from those folders; see opcit_countries_load. */
opcit_status opcit_tables_countries(const struct opcit_tables *tables,
				    opcit_registry_report report, void *data,
				    struct opcit_countries **countries, struct opcit_err *err);

#endif
