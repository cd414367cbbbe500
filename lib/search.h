/* search.h: the reading half of the index: documents, records by place or by
 * label, and ranked search. index.h is the writing half.
 *
 * Everything that is returned is allocated in the caller's arena and lives
 * until that is released or reset; it stays valid when the index changes. An
 * index that is being written meanwhile is re-read inside; only when that
 * does not help does OPCIT_LOCKED come out.
 */
#ifndef OPCIT_SEARCH_H
#define OPCIT_SEARCH_H

#include "record.h"
#include "status.h"
#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_index;

/* One indexed file. */
struct opcit_entry {
	uint32_t number; /* stable while the file stays indexed */
	uint32_t first;  /* internal: where its records begin */
	struct opcit_doc doc;
};

/* How an index of several parts (docs/scaling.md) is to be read. */
struct opcit_open {
	bool partial; /* go on without a part that does not answer */
	/* Told when a part is left out, and when a limit left something unread: a
	 * sentence without a full stop. May be NULL. It is called while the index is being
	 * read, and must not use it. */
	void (*notice)(void *to, const char *message);
	void *to; /* outlives the index */
	/* An index of so many records, in one part, is searched by two threads where there are
	 * two processors. 0: as many as are worth it (lib/halves.hh). */
	uint32_t halved_from;
};

/* Open an index for reading: its folder; a file that lists its shards, or the
 * folder of a file corpus.shards. `how` may be NULL. OPCIT_IO when there is none,
 * it cannot be read or a shard does not answer, OPCIT_DAMAGED when it is damaged or
 * of an unknown version. The caller owns *index. About a millisecond; at most five
 * seconds for each shard elsewhere that does not answer at all. */
opcit_status opcit_index_open_with(const char *path, const struct opcit_open *how, struct opcit_index **index,
				   struct opcit_err *err);
/* The same with `how` NULL. */
opcit_status opcit_index_open(const char *path, struct opcit_index **index, struct opcit_err *err);
void opcit_index_close(struct opcit_index *index); /* NULL is allowed */

/* Does the path name shards, not one index? Nothing is opened. */
bool opcit_index_is_sharded(const char *path);

/* Is it one shard by itself? Then the table of its files is elsewhere. */
bool opcit_index_is_shard(struct opcit_index *index);

/* A number that changes with every commit to the index, as far as it is on this
 * machine: who stays open for long opens again when it does. 0 where there is
 * none. Microseconds. */
uint64_t opcit_index_stamp(const char *path);

/* All files in the order in which they were first indexed. */
opcit_status opcit_index_entries(struct opcit_index *index, struct opcit_arena *arena,
				 struct opcit_entry **entries, size_t *n, struct opcit_err *err);

/* The files of the document called `name`: its identifier, symbol or title,
 * whatever the case, accents and spaces; else a path as indexed. Two files
 * may claim one symbol. OPCIT_NOT_FOUND (without a message) when none. */
opcit_status opcit_index_find(struct opcit_index *index, struct opcit_str name,
			      struct opcit_arena *arena, struct opcit_entry **entries, size_t *n,
			      struct opcit_err *err);

/* Record `seq` (from 1) of a file. OPCIT_NOT_FOUND past its last one, or when
 * the file has meanwhile left the index. */
opcit_status opcit_index_record(struct opcit_index *index, const struct opcit_entry *entry,
				uint32_t seq, struct opcit_arena *arena,
				struct opcit_record *record, struct opcit_err *err);

/* The seqs of the file's records with that label ("67(h)", case and spaces
 * ignored), in order. None is OPCIT_OK with *n 0. */
opcit_status opcit_index_label(struct opcit_index *index, const struct opcit_entry *entry,
			       struct opcit_str label, struct opcit_arena *arena, uint32_t **seqs,
			       size_t *n, struct opcit_err *err);

/* The same for the file's records of one kind. */
opcit_status opcit_index_kind(struct opcit_index *index, const struct opcit_entry *entry,
			      enum opcit_kind kind, struct opcit_arena *arena, uint32_t **seqs,
			      size_t *n, struct opcit_err *err);

/* A shard of an index. */
struct opcit_shard {
	struct opcit_str name; /* as in the file of shards */
	size_t records;
	bool remote;
	struct opcit_str missing; /* why it is left out; empty where it is not */
};

struct opcit_stats {
	size_t files, documents, records;
	uint64_t bytes;              /* of the index on disk, as far as it is on this machine */
	const char *schema;          /* static */
	struct opcit_str *languages; /* ISO 639-1, sorted */
	size_t n_languages;
	struct opcit_shard *shards; /* none where the index is one */
	size_t n_shards;
};
/* The languages of the records, ISO 639-1, sorted. */
opcit_status opcit_index_langs(struct opcit_index *index, struct opcit_arena *arena,
			       struct opcit_str **langs, size_t *n, struct opcit_err *err);
opcit_status opcit_index_stats(struct opcit_index *index, struct opcit_arena *arena,
			       struct opcit_stats *stats, struct opcit_err *err);

/* ---- the citator --------------------------------------------------------- */

/* Something that records cite. */
struct opcit_target {
	struct opcit_str key; /* its identifier, folded (opcit_text_key) and bounded */
	uint32_t records;     /* how many cite it */
	bool held;            /* a document of that name is in the index */
};

/* Everything that records cite, by key. Reads the citation terms only: about
 * a microsecond for each. */
opcit_status opcit_index_targets(struct opcit_index *index, struct opcit_arena *arena,
				 struct opcit_target **targets, size_t *n, struct opcit_err *err);

/* The identifier of a target as records have it, from its key. Decodes one
 * record. OPCIT_NOT_FOUND, with *name the key, when nothing cites it any more. */
opcit_status opcit_index_target_name(struct opcit_index *index, struct opcit_str key,
				     struct opcit_arena *arena, struct opcit_str *name,
				     struct opcit_err *err);

/* The pinpoints with which `target` is cited, folded: "art:37(b)", "para:3-5".
 * Very long identifiers (over 240 bytes with the pinpoint) are not found. */
opcit_status opcit_index_pinpoints(struct opcit_index *index, struct opcit_str target,
				   struct opcit_arena *arena, struct opcit_str **pinpoints,
				   size_t *n, struct opcit_err *err);

/* ---- queries ------------------------------------------------------------- */

/* What a filter looks at. The order is that of opcit_field_name. */
enum opcit_field {
	OPCIT_FIELD_DOC, /* the document's identifier, symbol or title */
	OPCIT_FIELD_BODY,
	OPCIT_FIELD_TYPE,
	OPCIT_FIELD_KIND,
	OPCIT_FIELD_ACT,
	OPCIT_FIELD_LANG,
	OPCIT_FIELD_YEAR,
	OPCIT_FIELD_LABEL,
	OPCIT_FIELD_SECTION, /* a heading above the record: all of it, or words that stand in it */
	OPCIT_FIELD_CITES,   /* citation target, or target;pinpoint */
	OPCIT_FIELD_SINCE,   /* ISO date or its beginning, that day included */
	OPCIT_FIELD_UNTIL,
	OPCIT_FIELD_NOTE, /* words of a note that the record carries, or is */
	OPCIT_FIELD_COUNTRY, /* code of a country that the record, a heading above it or the
				document's title names */
	OPCIT_FIELD_COUNT
};
const char *opcit_field_name(enum opcit_field field);
/* OPCIT_FIELD_COUNT for an unknown name. */
enum opcit_field opcit_field_of(struct opcit_str name);

enum opcit_query_op {
	OPCIT_QUERY_WORD,   /* text: a word or hyphenated compound, in all its forms */
	OPCIT_QUERY_PHRASE, /* text: words exactly in that order, no more than OPCIT_PHRASE_MAX */
	OPCIT_QUERY_FIELD,  /* field, text */
	OPCIT_QUERY_AND,    /* every sub */
	OPCIT_QUERY_OR,     /* any sub, the more the better */
	OPCIT_QUERY_NOT,    /* subs[0] without subs[1] */
	OPCIT_QUERY_CONCEPT, /* text; subs[0] as typed (of several words OR, those that name
			       something by themselves CONCEPT), the others what else it is
			       called: all the names together rank as one word. A FIELD among
			       them is what carries the thing: a country, what cites a treaty */
	OPCIT_QUERY_RANK,   /* subs[0] decides what is found, the others only move it up */
	OPCIT_QUERY_FIRST,  /* document `text` before all, its place `pinpoint` first, then what
			       cites it, then subs[0] if any */
	OPCIT_QUERY_ALL,    /* every record */
	OPCIT_QUERY_NEAR,   /* every sub, each near the one before it: WORD, PHRASE, WILD or
			       CONCEPT, or OR of them */
	OPCIT_QUERY_WILD,   /* text: a word as printed, with stars (wildcard.h) */
	OPCIT_QUERY_MEANING /* meaning: what the words beside it are about together; subs: names
			       of that, by which it is found */
};

/* How a name belongs to the concept that it stands in. */
enum opcit_nearness {
	OPCIT_NEAR_SAME,     /* the same thing's */
	OPCIT_NEAR_PLAIN,    /* what documents say for a plain word */
	OPCIT_NEAR_NARROWER, /* a narrower thing's */
	OPCIT_NEAR_RELATED   /* of something that is often spoken of with it */
};

/* A query as a tree; all memory is the caller's. */
struct opcit_query {
	enum opcit_query_op op;
	enum opcit_field field;
	struct opcit_str text;
	struct opcit_str pinpoint; /* OPCIT_QUERY_FIRST only: "para:8"; or empty */
	enum opcit_nearness nearness; /* of a name in a concept */
	struct opcit_str lang;        /* of a word of a name: in which it is one; of an OR or RANK: that which its
				      words are known to be in; or empty */
	const struct opcit_meaning *meaning; /* OPCIT_QUERY_MEANING only: not empty */
	bool loose;                /* of a word: typed beside others, any of which may be there */
	bool guessed;              /* of a concept: its words are no name of it */
	bool forced;               /* of a concept: asked for with "~", and no less than any of its
				      names will do where it is required */
	uint32_t distance;         /* of a sub of NEAR: at most so many words from the one before,
				      1 where they are neighbours */
	struct opcit_query **subs;
	size_t n_subs;
};

/* Find out which language a question is in: the one that the query says, else that of the index, by its
 * stop words and by the records that hold its words. Only that language's stop words are
 * ignored. It holds until the next question; NULL forgets it.
 * opcit_index_search does it itself. Less than a millisecond. */
void opcit_index_listen(struct opcit_index *index, const struct opcit_query *query);

/* Is it a stop word in the language of the question: one that no record is
 * found by, except inside a phrase? `word` is as typed. Where the language is
 * not known, one of any language of this index. (In a French record it may be
 * a word, but who asks in English does not mean that.) */
bool opcit_index_ignores(struct opcit_index *index, struct opcit_str word);

/* How many stems a word with stars (wildcard.h) is looked up by at most: the
 * most frequent ones, when the index has more. */
enum { OPCIT_WILDCARD_TERMS = 500 };
/* How many stems that is: *used of *found. OPCIT_USAGE when it is no such word.
 * Reads all terms with the same two first letters: some milliseconds. */
opcit_status opcit_index_wildcard(struct opcit_index *index, struct opcit_str text, size_t *used,
				  size_t *found, struct opcit_err *err);

/* Where what an OPCIT_QUERY_NEAR names stands near each other in a text: the
 * bytes [*start, *end) of one such place. False where it does not. Linear. */
bool opcit_index_near(struct opcit_index *index, const struct opcit_query *query,
		      struct opcit_str text, size_t *start, size_t *end);

/* What may have been meant by a word that no record holds, or hardly any: a word
 * of the records, in small letters, that a slip or two make of it. *suggestion
 * is empty when there is none, or when the word needs none; *found says whether
 * a record holds the word. Numbers are left alone. About ten milliseconds. */
opcit_status opcit_index_suggest(struct opcit_index *index, struct opcit_str word,
				 struct opcit_arena *arena, struct opcit_str *suggestion,
				 bool *found, struct opcit_err *err);

/* The bodies whose documents the index holds and whose names stand in the text,
 * whatever the case, accents and spaces, as a document has them; of names that
 * stand in others the longest. */
opcit_status opcit_index_bodies(struct opcit_index *index, struct opcit_str text, struct opcit_arena *arena,
				struct opcit_str **bodies, size_t *n, struct opcit_err *err);

/* Is `name` an indexed document's identifier, symbol or title, or something
 * that a record cites? */
bool opcit_index_names(struct opcit_index *index, struct opcit_str name);

enum opcit_order {
	OPCIT_ORDER_SCORE,
	OPCIT_ORDER_FOLDED, /* by score; what says the same in other documents under the newest of them */
	OPCIT_ORDER_INDEX, /* as indexed: by file, then by place in it */
	OPCIT_ORDER_NEWEST, /* by the document's date, newest first, then as indexed */
	OPCIT_ORDER_DOC,   /* by the document's symbol, 9 before 10, then by place in it */
	OPCIT_ORDER_CITED  /* how many records cite the document, most first, then as indexed */
};

struct opcit_hit {
	double score; /* higher is better; 0 unless ordered by score */
	uint32_t cited; /* how many records cite its document; 0 unless ordered by that */
	const struct opcit_entry *entry;
	struct opcit_record record;
	struct opcit_hit *older; /* folded under it, newest first; newer ones too where the question names a year */
	size_t n_older;
	struct opcit_hit *versions; /* the same record in its document's other languages */
	size_t n_versions;
};

struct opcit_results {
	struct opcit_hit *hits; /* best first */
	size_t n;
	size_t total; /* an estimate of how many there are in all */
	bool cut;     /* more match than were looked at for folding: a hit may have more older ones */
};

/* Who asks for more than so many of the best may get other first ones (query/page.h gives the same): records
 * are weighed beside all that were looked at for the limit. */
enum { OPCIT_SEARCH_STEADY = 60 };

/* The best `limit` records for a query. No result is OPCIT_OK with n 0. */
opcit_status opcit_index_search(struct opcit_index *index, const struct opcit_query *query,
				enum opcit_order order, size_t limit, struct opcit_arena *arena,
				struct opcit_results *results, struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
