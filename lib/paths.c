#include "paths.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *value_of(opcit_getenv_fn *env, const char *name)
{
	const char *value = env(name);

	return value && value[0] ? value : NULL;
}

opcit_status opcit_path_db(const char *option, opcit_getenv_fn *env, struct opcit_buf *path,
			   struct opcit_err *err)
{
	const char *value;

	if (option && !option[0])
		return opcit_err_set(err, OPCIT_USAGE, "the index folder after --db is empty");
	if (option || (option = value_of(env, "OPCIT_DB"))) {
		opcit_buf_puts(path, option);
		return OPCIT_OK;
	}
	value = value_of(env, "XDG_DATA_HOME");
	if (value && value[0] == '/') {
		opcit_buf_printf(path, "%s/opcit/index", value);
		return OPCIT_OK;
	}
	value = value_of(env, "HOME");
	if (value) {
		opcit_buf_printf(path, "%s/.local/share/opcit/index", value);
		return OPCIT_OK;
	}
	opcit_err_set(err, OPCIT_USAGE, "no index folder: HOME is not set");
	opcit_err_hint(err, "name one with --db DIR or OPCIT_DB");
	return OPCIT_USAGE;
}

opcit_status opcit_path_exe_dir(struct opcit_buf *path, struct opcit_err *err)
{
	char exe[4096], *slash;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);

	if (len < 0)
		return opcit_err_set(err, OPCIT_IO, "cannot find the program's own folder: %s",
				     strerror(errno));
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (!slash)
		return opcit_err_set(err, OPCIT_IO, "cannot find the program's own folder");
	opcit_buf_add(path, exe, slash == exe ? 1 : (size_t)(slash - exe));
	return OPCIT_OK;
}

opcit_status opcit_path_data(const char *exe_dir, opcit_getenv_fn *env, struct opcit_buf *path,
			     struct opcit_err *err)
{
	const char *value = value_of(env, "OPCIT_DATA");
	size_t start = path->len;

	if (value) {
		opcit_buf_puts(path, value);
	} else {
		opcit_buf_printf(path, "%s/data", exe_dir);
		if (access(path->ptr + start, R_OK | X_OK) == 0)
			return OPCIT_OK;
		path->len = start;
		opcit_buf_puts(path, OPCIT_DATADIR);
	}
	if (access(path->ptr + start, R_OK | X_OK) == 0)
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_IO, "cannot read the tables in '%s': %s", path->ptr + start,
		      strerror(errno));
	opcit_err_hint(err, value ? "OPCIT_DATA names this folder" :
				    "is opcit installed? OPCIT_DATA can name their folder");
	return OPCIT_IO;
}

/* The program's folder below what the variable names, or below $HOME. */
static opcit_status own_folder(opcit_getenv_fn *env, const char *name, const char *below,
			       struct opcit_buf *path)
{
	const char *base = env(name);

	if (base && base[0] == '/') {
		opcit_buf_printf(path, "%s/opcit", base);
		return OPCIT_OK;
	}
	base = env("HOME");
	if (!base || !base[0])
		return OPCIT_NOT_FOUND;
	opcit_buf_printf(path, "%s/%s/opcit", base, below);
	return OPCIT_OK;
}

opcit_status opcit_path_config(opcit_getenv_fn *env, struct opcit_buf *path)
{
	return own_folder(env, "XDG_CONFIG_HOME", ".config", path);
}

opcit_status opcit_path_state(opcit_getenv_fn *env, struct opcit_buf *path)
{
	return own_folder(env, "XDG_STATE_HOME", ".local/state", path);
}

opcit_status opcit_path_helper(const char *exe_dir, const char *name, struct opcit_buf *path,
			       struct opcit_err *err)
{
	size_t start = path->len;

	opcit_buf_printf(path, "%s/%s", exe_dir, name);
	if (access(path->ptr + start, X_OK) == 0)
		return OPCIT_OK;
	path->len = start;
	opcit_buf_printf(path, "%s/%s", OPCIT_LIBEXECDIR, name);
	if (access(path->ptr + start, X_OK) == 0)
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_IO, "cannot run '%s': %s", name, strerror(errno));
	opcit_err_hint(err, "looked in '%s' and in '%s'", exe_dir, OPCIT_LIBEXECDIR);
	return OPCIT_IO;
}

/* The length of the well-formed UTF-8 sequence at s, 0 where there is none. */
static size_t utf8_length(const unsigned char *s, size_t left)
{
	size_t len, i;

	if (s[0] < 0x80)
		return 1;
	len = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	if (s[0] < 0xC2 || s[0] > 0xF4 || left < len)
		return 0;
	for (i = 1; i < len; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
	    (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
		return 0;
	return len;
}

void opcit_path_utf8(struct opcit_str path, struct opcit_buf *out)
{
	const unsigned char *bytes = (const unsigned char *)path.ptr;
	size_t i = 0, len;

	while (i < path.len) {
		len = utf8_length(bytes + i, path.len - i);
		if (len)
			opcit_buf_add(out, bytes + i, len);
		else
			opcit_buf_printf(out, "\\x%02X", bytes[i]);
		i += len ? len : 1;
	}
}

void opcit_path_shown(struct opcit_str path, struct opcit_buf *out)
{
	const unsigned char *bytes = (const unsigned char *)path.ptr;
	size_t i = 0, len;

	while (i < path.len) {
		len = utf8_length(bytes + i, path.len - i);
		if (bytes[i] == '\n')
			opcit_buf_puts(out, "\\n");
		else if (bytes[i] == '\t')
			opcit_buf_puts(out, "\\t");
		else if (!len || bytes[i] < 0x20 || bytes[i] == 0x7F)
			opcit_buf_printf(out, "\\x%02X", bytes[i]);
		else if (len == 2 && bytes[i] == 0xC2 && bytes[i + 1] < 0xA0) /* C1 controls */
			opcit_buf_printf(out, "\\x%02X\\x%02X", bytes[i], bytes[i + 1]);
		else
			opcit_buf_add(out, bytes + i, len);
		i += len ? len : 1;
	}
}

void opcit_path_escape(struct opcit_str path, const char *plain, struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < path.len; i++) {
		char c = path.ptr[i];

		if (opcit_is_letter(c) || opcit_is_digit(c) || (c && strchr(plain, c)))
			opcit_buf_putc(out, c);
		else
			opcit_buf_printf(out, "%%%02X", (unsigned char)c);
	}
}

static int hex_of(char c)
{
	return opcit_is_digit(c) ? c - '0' : opcit_is_letter(c) && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

void opcit_path_unescape(struct opcit_str escaped, struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < escaped.len; i++) {
		const char *p = escaped.ptr + i;

		if (*p == '%' && i + 2 < escaped.len && hex_of(p[1]) >= 0 && hex_of(p[2]) >= 0) {
			opcit_buf_putc(out, (char)(hex_of(p[1]) << 4 | hex_of(p[2])));
			i += 2;
		} else {
			opcit_buf_putc(out, *p);
		}
	}
}

void opcit_path_absolute(struct opcit_str cwd, struct opcit_str path, struct opcit_buf *out)
{
	struct opcit_str parts[2] = { cwd, path };
	size_t start = out->len, i, at, end;

	for (i = path.len && path.ptr[0] == '/' ? 1 : 0; i < 2; i++)
		for (at = 0; at < parts[i].len; at = end + 1) {
			struct opcit_str part;

			for (end = at; end < parts[i].len && parts[i].ptr[end] != '/';)
				end++;
			part = opcit_str_sub(parts[i], at, end);
			if (part.len == 0 || opcit_str_is(part, "."))
				continue;
			if (opcit_str_is(part, "..")) {
				while (out->len > start && out->ptr[--out->len] != '/')
					;
				continue;
			}
			opcit_buf_putc(out, '/');
			opcit_buf_add_str(out, part);
		}
	if (out->len == start)
		opcit_buf_putc(out, '/');
	out->ptr[out->len] = '\0';
}
