/* paths.h: where things are, and how a path is written.
 *
 * The library reads no environment: a program hands in its getenv. A path on
 * disk is any bytes; what the index stores and what a message prints are not,
 * hence the two ways of writing one.
 */
#ifndef OPCIT_PATHS_H
#define OPCIT_PATHS_H

#include "status.h"
#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef char *opcit_getenv_fn(const char *name);

/* Append the index folder: `option` (the argument of --db; NULL where it was
 * not given), else $OPCIT_DB, else $XDG_DATA_HOME/opcit/index, else
 * $HOME/.local/share/opcit/index. Empty values count as unset, and so does a
 * relative $XDG_DATA_HOME. OPCIT_USAGE when nothing says where. */
opcit_status opcit_path_db(const char *option, opcit_getenv_fn *env, struct opcit_buf *path,
			   struct opcit_err *err);

/* Append the folder of the running program, without a slash at its end. */
opcit_status opcit_path_exe_dir(struct opcit_buf *path, struct opcit_err *err);

/* Append the folder of the registry's tables: $OPCIT_DATA where it is set,
 * else `data` beside the program (a source tree), else the installed one. */
opcit_status opcit_path_data(const char *exe_dir, opcit_getenv_fn *env, struct opcit_buf *path,
			     struct opcit_err *err);

/* Append the folder of the user's own tables: $XDG_CONFIG_HOME/opcit, else
 * $HOME/.config/opcit. OPCIT_NOT_FOUND when nothing says where. */
opcit_status opcit_path_config(opcit_getenv_fn *env, struct opcit_buf *path);

/* Append the folder of what the program remembers: $XDG_STATE_HOME/opcit, else
 * $HOME/.local/state/opcit. OPCIT_NOT_FOUND when nothing says where. */
opcit_status opcit_path_state(opcit_getenv_fn *env, struct opcit_buf *path);

/* Append the path of the helper program `name` ("opcit-index"): beside the
 * program that runs, else in the installation's libexec folder. OPCIT_IO when
 * it is in neither. */
opcit_status opcit_path_helper(const char *exe_dir, const char *name, struct opcit_buf *path,
			       struct opcit_err *err);

/* Append `path` as UTF-8: valid text unchanged, any other byte as \xE9. This
 * is the form in which the index stores a path. */
void opcit_path_utf8(struct opcit_str path, struct opcit_buf *out);

/* Append `path` fit for one line of a terminal: as opcit_path_utf8, and
 * control characters as \n or \x1B. */
void opcit_path_shown(struct opcit_str path, struct opcit_buf *out);

/* Append `path` as a part of an address: every byte that is no ASCII letter or digit
 * and not in `plain` ("/-._~") is written as %XX. */
void opcit_path_escape(struct opcit_str path, const char *plain, struct opcit_buf *out);

/* Append an escaped part of an address with each %XX as the byte that it stands for; any
 * other "%" stays. */
void opcit_path_unescape(struct opcit_str escaped, struct opcit_buf *out);

/* Append the absolute form of `path`: relative ones below `cwd`, then ".",
 * ".." and repeated slashes resolved as text, without looking at the disk. */
void opcit_path_absolute(struct opcit_str cwd, struct opcit_str path, struct opcit_buf *out);

#ifdef __cplusplus
}
#endif
#endif
