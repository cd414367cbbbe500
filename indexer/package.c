#include "package.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { RATIO_FROM = 1 << 20 };

struct opcit_package {
	zip_t *zip;
	uint64_t unpacked; /* so far */
};

opcit_status opcit_package_open(struct opcit_str bytes, struct opcit_package **package,
                                struct opcit_err *err)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *zip = NULL;
	opcit_status status = OPCIT_OK;

	zip_error_init(&error);
	source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
	if (source)
		zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (zip) {
		*package = opcit_xcalloc(1, sizeof **package);
		(*package)->zip = zip;
	} else {
		status = opcit_err_set(err, OPCIT_IO, "a damaged ZIP container: %s",
		                       zip_error_strerror(&error));
		opcit_err_hint(err, "it may not have been received in full; get it again");
		zip_source_free(source);
	}
	zip_error_fini(&error);
	return status;
}

static opcit_status bomb(struct opcit_err *err)
{
	opcit_err_set(err, OPCIT_LIMIT, "it unpacks to more than a document can hold (a ZIP bomb)");
	opcit_err_hint(err, "if it is a document, save it anew with the program that wrote it");
	return OPCIT_LIMIT;
}

/* The sizes that the container tells may be lies: what comes is counted. */
static opcit_status unpack(struct opcit_package *package, zip_file_t *file, const zip_stat_t *st,
                           const char *name, struct opcit_arena *arena, struct opcit_str *part,
                           struct opcit_err *err)
{
	char *to = opcit_arena_alloc(arena, st->size + 1);
	uint64_t len = 0;
	zip_int64_t got = 1;

	while (got > 0 && len <= st->size) {
		got = zip_fread(file, to + len, st->size + 1 - len);
		len += got > 0 ? (uint64_t)got : 0;
	}
	if (got < 0)
		return opcit_err_set(err, OPCIT_IO, "its part %s is damaged: %s", name,
		                     zip_error_strerror(zip_file_get_error(file)));
	if (len > st->size)
		return bomb(err);
	package->unpacked += len;
	*part = (struct opcit_str){ to, len };
	return OPCIT_OK;
}

opcit_status opcit_package_read(struct opcit_package *package, const char *name,
                                struct opcit_arena *arena, struct opcit_str *part,
                                struct opcit_err *err)
{
	const zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
	zip_stat_t st;
	zip_file_t *file;
	opcit_status status;

	if (zip_stat(package->zip, name, 0, &st) != 0 || (st.valid & wanted) != wanted)
		return opcit_err_set(err, OPCIT_NOT_FOUND, "without its part %s", name);
	if (st.size > OPCIT_PACKAGE_MAX || package->unpacked + st.size > OPCIT_PACKAGE_MAX ||
	    (st.size > RATIO_FROM && st.size / OPCIT_PACKAGE_RATIO > st.comp_size))
		return bomb(err);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE) {
		opcit_err_set(err, OPCIT_IO, "protected by a password");
		opcit_err_hint(err, "save it without one");
		return OPCIT_IO;
	}
	file = zip_fopen(package->zip, name, 0);
	if (!file)
		return opcit_err_set(err, OPCIT_IO, "its part %s is damaged: %s", name,
		                     zip_strerror(package->zip));
	status = unpack(package, file, &st, name, arena, part, err);
	zip_fclose(file);
	return status;
}

bool opcit_package_has(struct opcit_package *package, const char *prefix)
{
	zip_int64_t i, n = zip_get_num_entries(package->zip, 0);

	for (i = 0; i < n; i++) {
		const char *name = zip_get_name(package->zip, (zip_uint64_t)i, 0);

		if (name && strncmp(name, prefix, strlen(prefix)) == 0)
			return true;
	}
	return false;
}

void opcit_package_close(struct opcit_package *package)
{
	if (!package)
		return;
	zip_discard(package->zip);
	free(package);
}
