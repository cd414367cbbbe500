/* options.h: the options of one command, parsed from and explained by one table. */
#ifndef OPCIT_OPTIONS_H
#define OPCIT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { FILTERS_MOST = 64, NUMBER_MOST = 1000000000 };

enum option_kind {
	OPTION_FLAG,   /* bool * */
	OPTION_TEXT,   /* const char **, the last one given counts */
	OPTION_NUMBER, /* size_t * */
	OPTION_FILTER  /* struct filter_list *: may be given more than once */
};

struct option {
	const char *name; /* without its dashes */
	char letter;      /* or 0 */
	enum option_kind kind;
	void *target;
	const char *value; /* what to call the value in the help: "DIR" */
	const char *help;
};

/* Which index, and whether to go on where a part of it is out of reach. */
struct db_option {
	const char *path; /* NULL: the environment names it */
	bool partial;
};

/* The options that several commands have, the same in each; `at` is the target. */
#define OPTION_ROW_DB_FOLDER(at) { "db", 0, OPTION_TEXT, &(at)->path, "DIR", "the index (default $OPCIT_DB)" }
#define OPTION_ROW_DB(at) \
	{ "db", 0, OPTION_TEXT, &(at)->path, "DIR", "the index (default $OPCIT_DB), or a file of shards" }, \
	{ "partial", 0, OPTION_FLAG, &(at)->partial, NULL, "go on without a shard that does not answer" }
#define OPTION_ROW_BODY(at) { "body", 0, OPTION_FILTER, at, "BODY", "only documents of this body" }
#define OPTION_ROW_TYPE(at) \
	{ "type", 0, OPTION_FILTER, at, "TYPE", \
	  "declaration, resolution, decision, report, note, treaty, judgment, other" }
#define OPTION_ROWS_DATES(at) \
	{ "since", 0, OPTION_FILTER, at, "DATE", \
	  "documents of this date or later: 2010, 2010-07 or 2010-07-21" }, \
	{ "until", 0, OPTION_FILTER, at, "DATE", "documents of this date or earlier" }

/* What a question may be narrowed by. */
#define OPTION_ROWS_QUESTION(at) \
	{ "doc", 0, OPTION_FILTER, at, "REF", "only this document (symbol or title)" }, \
	OPTION_ROW_BODY(at), \
	OPTION_ROW_TYPE(at), \
	{ "kind", 0, OPTION_FILTER, at, "KIND", \
	  "title, heading, preambular, operative, paragraph, item, footnote, toc" }, \
	{ "act", 0, OPTION_FILTER, at, "ACT", \
	  "only clauses that do this: recommends, urges, requests, decides ..." }, \
	{ "country", 0, OPTION_FILTER, at, "NAME", \
	  "only what names this country, or stands under a heading that does" }, \
	OPTION_ROWS_DATES(at), \
	{ "lang", 0, OPTION_FILTER, at, "LANG", "only records in this language: en, fr, ar" }

/* Values of repeated filters, in the order given. */
struct filter_list {
	struct {
		const char *name, *value;
	} items[FILTERS_MOST];
	size_t n;
};

struct usage {
	const char *synopsis; /* "opcit search [options] QUERY..." */
	const char *about;    /* paragraphs, each line ended */
	const char *after;    /* printed after the options: examples */
	const struct option *options;
	size_t n_options;
};

/* Read the options out of argv, which keeps the other arguments (from 1) and
 * gets a NULL at its end. Returns how many there are, or -1 when the command
 * is to end with *code: after --help, or after a usage error, which has been
 * reported. A lone "--" ends the options. */
int options_parse(const struct usage *usage, int argc, char **argv, int *code);

#endif
