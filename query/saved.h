/* saved.h: searches that are kept by a name, and what was seen of each.
 *
 * A search is a file of arguments, one a line, in the user's configuration; a
 * person may edit it. What was seen is a file of numbers in the user's state:
 * one for each record, made of the document's identifier, the record's label
 * and its text. They do not change when files are indexed again, moved, or
 * found in another index; a record whose words change is new.
 */
#ifndef OPCIT_SAVED_H
#define OPCIT_SAVED_H

#include "../lib/search.h"
#include "options.h"

enum { SAVED_LONGEST_NAME = 64, SAVED_MOST_ARGUMENTS = 256, SAVED_LARGEST = 64 * 1024 };

/* Whether NAME may be one. OPCIT_USAGE for what is empty, hidden, a path, too
 * long, or has control characters. */
opcit_status saved_check(const char *name, struct opcit_err *err);

/* The name after --saved among arguments, or NULL. */
const char *saved_name(int argc, char **argv);

/* The arguments of a saved search, argv[0] before them and NULL after them, in
 * arena. OPCIT_NOT_FOUND when there is none of that name; OPCIT_DAMAGED when
 * its file is no list of arguments. */
opcit_status saved_read(const char *name, struct opcit_arena *arena, int *argc, char ***argv,
			struct opcit_err *err);

/* Whether there is a search of that name already: OPCIT_USAGE then. */
opcit_status saved_is_free(const char *name, struct opcit_err *err);

/* What is kept of a search: what is asked, not how it is shown. */
struct saved_question {
	const char *name, *db; /* db: as given with --db, or NULL */
	const struct filter_list *filters;
	bool literal;
	struct opcit_str text;
};
opcit_status saved_write(const struct saved_question *question, struct opcit_err *err);


/* Forget a search and what was seen of it. OPCIT_NOT_FOUND when there is none. */
opcit_status saved_delete(const char *name, struct opcit_err *err);

/* The names of all, sorted, in arena. */
opcit_status saved_names(struct opcit_arena *arena, char ***names, size_t *n,
			 struct opcit_err *err);

/* ---- what was seen ------------------------------------------------------- */

struct saved_seen {
	uint64_t *items; /* ascending up to n_sorted */
	size_t n, n_sorted, cap;
};
void saved_seen_release(struct saved_seen *seen);

/* What was seen of a search; nothing where it never ran with --new. */
opcit_status saved_seen_read(const char *name, struct saved_seen *seen, struct opcit_err *err);

/* Keep in results only what was not seen, at most `limit` of it. */
void saved_only_new(const struct saved_seen *seen, struct opcit_results *results, size_t limit);

/* Add results to what was seen. */
void saved_seen_add(struct saved_seen *seen, const struct opcit_results *results);

/* Write it in one step: a reader finds the old state or the new. */
opcit_status saved_seen_write(const char *name, struct saved_seen *seen, struct opcit_err *err);

/* ---- within `opcit search` ------------------------------------------------ */

/* Zero-initialised; the options put their values here. */
struct saved_options {
	const char *save, *name; /* of --save and --saved, or NULL */
	bool news;
	struct saved_seen seen; /* released by the caller */
};

/* After a message about a wrong query: say which saved search holds it, if one
 * does. Returns code. */
int saved_blame(const struct saved_options *options, int code);

/* Parse the options of a saved search and then those of the command line: of
 * two that exclude one another the last counts. Returns the number of words in
 * *argv, which become the saved ones, or -1 with *code as options_parse does. */
int saved_parse(struct saved_options *options, const struct usage *usage,
		const struct filter_list *filters, int argc, char ***argv,
		struct opcit_arena *arena, int *code);

/* Before searching: keep the search if --save says so, with all that it finds
 * now as seen; read what was seen for --new. */
opcit_status saved_begin(struct saved_options *options, struct opcit_index *index,
			 const struct opcit_query *query, const struct saved_question *question,
			 struct opcit_err *err);

/* With --new keep only what is. False when nothing is, and nothing shall be
 * printed. */
bool saved_filter(const struct saved_options *options, struct opcit_results *results, size_t limit);

/* Finish the output; with --new what was printed is seen from now on. Returns
 * the exit code. */
int saved_finish(struct saved_options *options, const struct opcit_results *results);

#endif
