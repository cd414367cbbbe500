#include "package_write.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

static opcit_status failure(const char *why, struct opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "its ZIP container cannot be written anew: %s", why);
}

/* What is added is as old as what was there: the clock has no part in it. */
static time_t age_of(zip_t *zip, zip_uint64_t i)
{
	zip_stat_t st;

	return zip_stat_index(zip, i, 0, &st) == 0 && (st.valid & ZIP_STAT_MTIME) ? st.mtime : 315532800;
}

static bool put_part(zip_t *zip, const struct opcit_part *part)
{
	zip_int64_t at = zip_name_locate(zip, part->name, 0);
	time_t age = age_of(zip, at < 0 ? 0 : (zip_uint64_t)at);
	zip_source_t *content = zip_source_buffer(zip, part->content.ptr, part->content.len, 0);

	if (content && at >= 0 && zip_file_replace(zip, (zip_uint64_t)at, content, 0) == 0)
		return zip_file_set_mtime(zip, (zip_uint64_t)at, age, 0) == 0;
	if (content && at < 0 && (at = zip_file_add(zip, part->name, content, ZIP_FL_ENC_UTF_8)) >= 0)
		return zip_file_set_mtime(zip, (zip_uint64_t)at, age, 0) == 0;
	zip_source_free(content);
	return false;
}

static bool read_back(zip_source_t *source, struct opcit_buf *out)
{
	enum { CHUNK = 1 << 16 };
	zip_int64_t got = -1;

	if (zip_source_open(source) != 0)
		return false;
	do {
		opcit_buf_grow(out, CHUNK);
		got = zip_source_read(source, out->ptr + out->len, CHUNK);
		out->len += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	zip_source_close(source);
	return got == 0;
}

/* The container as a source to read and write. libzip builds upon its beginning
 * where that stays, and then frees it even where it was only lent: so it gets one
 * of its own. */
static zip_source_t *source_of(struct opcit_str bytes, zip_error_t *error)
{
	char *own = opcit_xmalloc(bytes.len + 1);
	zip_source_t *source;

	memcpy(own, bytes.ptr, bytes.len);
	source = zip_source_buffer_create(own, bytes.len, 1, error);
	if (!source)
		free(own);
	return source;
}

opcit_status opcit_package_rewrite(struct opcit_str bytes, const struct opcit_part *parts, size_t n,
				   struct opcit_buf *out, struct opcit_err *err)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *zip = NULL;
	opcit_status status = OPCIT_OK;
	size_t i;

	zip_error_init(&error);
	source = source_of(bytes, &error);
	if (source)
		zip = zip_open_from_source(source, 0, &error);
	if (!zip) {
		status = failure(zip_error_strerror(&error), err);
		zip_source_free(source);
		zip_error_fini(&error);
		return status;
	}
	zip_source_keep(source); /* it holds the new container once the old is closed */
	for (i = 0; i < n && status == OPCIT_OK; i++)
		if (!put_part(zip, &parts[i]))
			status = failure(zip_strerror(zip), err);
	if (status == OPCIT_OK && zip_close(zip) != 0)
		status = failure(zip_strerror(zip), err);
	else if (status == OPCIT_OK)
		zip = NULL;
	if (zip)
		zip_discard(zip);
	if (status == OPCIT_OK && !read_back(source, out))
		status = failure("no memory", err);
	zip_source_free(source);
	zip_error_fini(&error);
	return status;
}
