/* Where things are, and how a path is written. */
#include <criterion/criterion.h>

#include "../../lib/paths.h"

#include <string.h>

/* An environment in a constant: getenv has no context. */
static char home[] = "/home/x", data[] = "/data", relative[] = "data", named[] = "/named",
	    empty[] = "";

static char *home_only(const char *name)
{
	return strcmp(name, "HOME") == 0 ? home : NULL;
}

static char *data_home(const char *name)
{
	return strcmp(name, "XDG_DATA_HOME") == 0 ? data : home_only(name);
}

static char *relative_data_home(const char *name)
{
	return strcmp(name, "XDG_DATA_HOME") == 0 ? relative : home_only(name);
}

static char *all(const char *name)
{
	return strcmp(name, "OPCIT_DB") == 0 ? named : data_home(name);
}

static char *all_empty(const char *name)
{
	return strcmp(name, "HOME") == 0 ? home : empty;
}

static char *nothing(const char *name)
{
	(void)name;
	return NULL;
}

static const struct {
	const char *option;
	opcit_getenv_fn *env;
	const char *path; /* NULL: a usage error */
} places[] = {
	{ "given", all, "given" },
	{ NULL, all, "/named" },
	{ NULL, data_home, "/data/opcit/index" },
	{ NULL, relative_data_home, "/home/x/.local/share/opcit/index" },
	{ NULL, home_only, "/home/x/.local/share/opcit/index" },
	{ NULL, all_empty, "/home/x/.local/share/opcit/index" },
	{ NULL, nothing, NULL },
	{ "", all, NULL },
};

Test(paths, the_index)
{
	size_t i;

	for (i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct opcit_buf path = OPCIT_BUF_INIT;
		opcit_status status = opcit_path_db(places[i].option, places[i].env, &path, NULL);

		cr_expect_eq(status, places[i].path ? OPCIT_OK : OPCIT_USAGE, "place %zu", i);
		cr_expect(opcit_str_is(opcit_buf_str(&path), places[i].path ? places[i].path : ""),
			  "place %zu: %s", i, path.ptr ? path.ptr : "");
		opcit_buf_release(&path);
	}
}

static const struct {
	const char *path, *absolute, *utf8, *shown;
} forms[] = {
	{ "a.txt", "/d/e/a.txt", "a.txt", "a.txt" },
	{ "./a/../b//c/", "/d/e/b/c", "./a/../b//c/", "./a/../b//c/" },
	{ "../../../x", "/x", "../../../x", "../../../x" },
	{ "/", "/", "/", "/" },
	{ "..", "/d", "..", ".." },
	{ "/a/./b", "/a/b", "/a/./b", "/a/./b" },
	{ "caf\xC3\xA9", "/d/e/caf\xC3\xA9", "caf\xC3\xA9", "caf\xC3\xA9" },
	{ "caf\xE9", "/d/e/caf\xE9", "caf\\xE9", "caf\\xE9" },
	{ "\xED\xA0\x80", "/d/e/\xED\xA0\x80", "\\xED\\xA0\\x80", "\\xED\\xA0\\x80" },
	{ "\xC0\x80\xF4\x90\x80\x80", "/d/e/\xC0\x80\xF4\x90\x80\x80",
	  "\\xC0\\x80\\xF4\\x90\\x80\\x80", "\\xC0\\x80\\xF4\\x90\\x80\\x80" },
	{ "\xE2\x82", "/d/e/\xE2\x82", "\\xE2\\x82", "\\xE2\\x82" },
	{ "a\nb\x1B[m", "/d/e/a\nb\x1B[m", "a\nb\x1B[m", "a\\nb\\x1B[m" },
	{ "a\xC2\x9B", "/d/e/a\xC2\x9B", "a\xC2\x9B", "a\\xC2\\x9B" },
};

Test(paths, forms)
{
	size_t i;

	for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		struct opcit_str path = opcit_str_of(forms[i].path);
		struct opcit_buf buf = OPCIT_BUF_INIT;

		opcit_path_absolute(OPCIT_STR("/d/e"), path, &buf);
		cr_expect_str_eq(buf.ptr, forms[i].absolute);
		opcit_buf_clear(&buf);
		opcit_path_utf8(path, &buf);
		cr_expect_str_eq(buf.ptr, forms[i].utf8);
		opcit_buf_clear(&buf);
		opcit_path_shown(path, &buf);
		cr_expect_str_eq(buf.ptr, forms[i].shown);
		opcit_buf_release(&buf);
	}
}
