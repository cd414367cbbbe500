#include "tables.h"

#include <sys/stat.h>

opcit_status opcit_tables_find(struct opcit_tables *tables, opcit_getenv_fn *env,
                               struct opcit_err *err)
{
	struct opcit_buf exe_dir = OPCIT_BUF_INIT;
	opcit_status status = opcit_path_exe_dir(&exe_dir, err);

	tables->n_folders = 0;
	if (status == OPCIT_OK)
		status = opcit_path_data(exe_dir.ptr, env, &tables->folders[0], err);
	opcit_buf_release(&exe_dir);
	if (status != OPCIT_OK)
		return status;
	tables->n_folders = 1;
	if (opcit_path_config(env, &tables->folders[1]) == OPCIT_OK)
		tables->n_folders = 2;
	return OPCIT_OK;
}

void opcit_tables_release(struct opcit_tables *tables)
{
	opcit_buf_release(&tables->folders[0]);
	opcit_buf_release(&tables->folders[1]);
	tables->n_folders = 0;
}

uint64_t opcit_tables_stamp(const struct opcit_tables *tables)
{
	static const char *const names[] = { "bodies.tsv", "series.tsv", "instruments.tsv",
					     "countries.tsv" };
	struct opcit_buf path = OPCIT_BUF_INIT;
	uint64_t stamp = 0;
	struct stat st;
	size_t i, j;

	for (i = 0; i < tables->n_folders; i++) {
		for (j = 0; j < sizeof names / sizeof *names; j++) {
			uint64_t one = 0;

			opcit_buf_clear(&path);
			opcit_buf_printf(&path, "%s/%s", tables->folders[i].ptr, names[j]);
			if (stat(path.ptr, &st) == 0)
				one = (uint64_t)st.st_size * 1000003u + (uint64_t)st.st_mtim.tv_sec * 31u +
				      (uint64_t)st.st_mtim.tv_nsec + 1;
			stamp = stamp * 0x9E3779B97F4A7C15u + one;
		}
	}
	opcit_buf_release(&path);
	return stamp;
}

opcit_status opcit_tables_countries(const struct opcit_tables *tables,
				    opcit_registry_report report, void *data,
				    struct opcit_countries **countries, struct opcit_err *err)
{
	const char *folders[2];
	size_t i;

	for (i = 0; i < tables->n_folders; i++)
		folders[i] = tables->folders[i].ptr;
	return opcit_countries_load(folders, tables->n_folders, report, data, countries, err);
}

opcit_status opcit_tables_load(const struct opcit_tables *tables, opcit_registry_report report,
                               void *data, struct opcit_registry **registry,
                               struct opcit_err *err)
{
	const char *folders[2];
	size_t i;

	for (i = 0; i < tables->n_folders; i++)
		folders[i] = tables->folders[i].ptr;
	return opcit_registry_load(folders, tables->n_folders, report, data, registry, err);
}
