/* check_int.h: shared by the files that give citations their verdicts.
 *
 *   check_cite.c    the verdict of each citation: what counts before what
 *   check_settle.c  what a citation means in the end
 *   check_known.c   what an identifier means and what the index holds of it
 *   check_place.c   whether a place is in a document
 *   check_absent.c  what its numbers say of one that is not found
 *   check_words.c   words, dates and ordinals around a citation
 *   check_claims.c  what a draft says of the document beside the citation
 *   check_facts.c   whether that is so
 *   check_title.c   titles compared
 *   check_newer.c   what has taken a document's place, whose number it is
 *   check_habit.c, check_style.c  how things are cited
 */
#ifndef OPCIT_CHECK_INT_H
#define OPCIT_CHECK_INT_H

#include "checker.h"
#include "style.h"

struct check_facts;

/* ---- check_settle.c --------------------------------------------------------- */

/* Remember that the citation means this; in the draft's order. */
void check_settle(struct check_facts *facts, size_t record, const struct opcit_citation *cite, struct opcit_str target);
/* The target of a citation; of "ibid.", what the one before it was settled to mean. */
struct opcit_str check_follow(const struct checker *checker, size_t record, const struct opcit_citation *cite);

/* ---- check_known.c ---------------------------------------------------------- */

enum { KNOWN_DATES = 12, KNOWN_TITLES = 40 };

/* A cited identifier. All strings are the arena's. */
struct known {
	struct reading reading;
	bool head_read;
	struct style_date dates[KNOWN_DATES]; /* printed at head and end, and the document's own */
	size_t n_dates;
	struct style_date adopted; /* year 0: not known */
	struct opcit_str titles[KNOWN_TITLES], title_langs[KNOWN_TITLES];
	size_t n_titles;
	struct opcit_record **records; /* of each version, as they are asked for */
	struct newer *newer;           /* what has taken its place; NULL until asked for */
	bool mentioned;         /* the draft cites it in full */
	size_t first_mentioned; /* in this record first */
	bool introduced; /* it has been mentioned, for check_style.c */
	size_t usage;   /* for check_habit.c: 1 + where it counts how it is cited */
	bool year_asked, bodies_asked;
	struct opcit_str other_year;   /* the same number under another year */
	struct opcit_str *other_bodies; /* and of other bodies */
	size_t n_other_bodies;
};

/* A document of the index under its folded symbol. */
struct shelf_row {
	struct opcit_str key;
	const struct opcit_entry *entry;
};

/* What outlasts one citation. */
struct check_facts {
	struct opcit_map known;   /* struct known by target */
	struct opcit_map answers; /* struct place_answer by target and pinpoint */
	const struct opcit_instrument **treaties; /* those that the draft has named so far */
	size_t n_treaties, cap_treaties;
	size_t first_open; /* the record with the first short form that names nothing known */
	struct shelf_row *shelf; /* sorted by key; NULL until asked for */
	size_t n_shelf;
	struct words_table *words; /* months, ordinals */
	struct settled *settled;   /* in the draft's order */
	size_t n_settled, cap_settled;
};

/* A citation of the draft that means something else than its grammar could say. */
struct settled {
	size_t record, end; /* the citation that ends there */
	struct opcit_str target;
};

void check_facts_free(struct check_facts *facts);

/* What an identifier means. Borrowed until check_release. */
opcit_status check_known(struct checker *checker, struct opcit_str target, struct known **known,
			 struct opcit_err *err);
/* Read dates and titles from the head and the end of its files. */
opcit_status check_known_head(struct checker *checker, struct known *known, struct opcit_err *err);
/* All records of one of its versions, entry.doc.n_records of them. */
opcit_status check_known_records(struct checker *checker, struct known *known, size_t version,
				 struct opcit_record **records, struct opcit_err *err);
/* All documents with a symbol, by key. */
opcit_status check_shelf(struct checker *checker, const struct shelf_row **rows, size_t *n, struct opcit_err *err);
/* The first row whose key is not less than this one. */
size_t check_shelf_at(const struct shelf_row *rows, size_t n, struct opcit_str key);
struct opcit_instrument;
/* Has the draft named another instrument of its genre that has such an article? */
bool check_other_treaty(const struct check_facts *facts, const struct opcit_instrument *row, struct opcit_str pinpoint,
			const struct opcit_instrument **other);
/* How a document is spoken of: its symbol, or "the" and its name. */
struct opcit_str check_name(const struct known *known, struct opcit_arena *arena);
bool check_is_resolution(struct opcit_str target);

/* ---- check_place.c ---------------------------------------------------------- */

enum held { HELD, ABSENT, UNSURE };

struct place_answer {
	enum held held;
	struct opcit_str reason;   /* unless HELD */
	struct opcit_str at;       /* of the first record */
	struct opcit_str evidence;
};

/* Is the place in what the identifier means? For a document that is not in the
 * index only articles of a treaty of the table can be ABSENT. */
opcit_status check_place_in(struct checker *checker, struct known *known, struct opcit_str pinpoint,
			    const struct place_answer **answer, struct opcit_err *err);

/* ---- check_absent.c --------------------------------------------------------- */

/* Whether the numbers of a version's records show that it lacks a place that was
 * not found. HELD where it stands within another record. */
enum held check_absent(struct checker *checker, const struct known *known, size_t version,
		       struct opcit_record *records, struct opcit_str wanted, struct opcit_str *reason);
/* "12" and nothing else; the figures that a text begins with. */
bool check_is_number(struct opcit_str s);
unsigned check_number(struct opcit_str s);
/* "67(h)(ii)" is the part "ii" of "67(h)". */
bool check_part(struct opcit_str label, struct opcit_str *parent, struct opcit_str *part);

/* ---- check_claims.c --------------------------------------------------------- */

/* What is said beside a citation; year 0, session 0, title empty: nothing. */
struct claims {
	struct style_date date; /* month and day may be 0 */
	unsigned session;
	struct opcit_str title;
	bool entitled; /* it is said to be the title */
};

/* Why a citation without a target has none. */
struct opcit_str check_lacks(const struct checker *checker, const struct opcit_record *record,
			     const struct opcit_citation *cite);

/* What is wrong with the body that `raw` names; empty where nothing is. */
struct opcit_str check_against_body(struct checker *checker, const struct known *known, struct opcit_str raw);

void check_claims(struct check_facts *facts, struct opcit_str text, const struct opcit_citation *cite,
		  struct claims *claims);
/* How many words with a capital stand in what was cited, "Article",
 * "Resolution", "No." aside. */
size_t check_names_in(struct opcit_str raw);
/* Dates in a text, e.g. of a masthead: the first at or after byte *at, which
 * gets where it ends. False when there is none. */
bool check_date_in(struct check_facts *facts, struct opcit_str text, size_t *at, struct style_date *date);
void check_words_free(struct words_table *words);

/* ---- check_facts.c ---------------------------------------------------------- */

/* Why what is claimed cannot be; *reason stays empty where it is so or cannot
 * be told. */
opcit_status check_contradiction(struct checker *checker, struct known *known, const struct claims *claims,
				 struct opcit_str *reason, struct opcit_err *err);
/* Does the document bear what is claimed? Some of it, and nothing against it. */
opcit_status check_confirms(struct checker *checker, struct known *known, const struct claims *claims,
			    bool *confirms, struct opcit_err *err);

/* ---- check_title.c ---------------------------------------------------------- */

enum title_verdict { TITLE_SAME, TITLE_OTHER, TITLE_UNSURE };
/* Is `claimed` one of the titles, or a part of one? *nearest gets the title that
 * it is most like. */
enum title_verdict check_title(const struct opcit_str *titles, const struct opcit_str *langs, size_t n,
			       struct opcit_str claimed, bool entitled, size_t *nearest);
/* Are most of a title's words in this text? */
bool check_title_shown(struct opcit_str title, struct opcit_str text);
/* opcit_text_key_in, for files that read glyphs: lib/text.h has another opcit_token. */
struct opcit_str check_key(struct opcit_str text, struct opcit_arena *arena);

/* ---- check_newer.c ---------------------------------------------------------- */

struct newer {
	struct opcit_str reason; /* empty where there is none */
	struct opcit_str *others;
	size_t n_others;
	bool corrigendum; /* the others are, so that the document itself still holds */
};
opcit_status check_newer(struct checker *checker, struct known *known, const struct newer **newer,
			 struct opcit_err *err);
/* Documents of the index with the same number: fill other_year, other_bodies. */
opcit_status check_other_year(struct checker *checker, struct known *known, struct opcit_err *err);
opcit_status check_other_bodies(struct checker *checker, struct known *known, struct opcit_err *err);
/* Why no resolution can have that symbol, by the table of bodies; or empty. */
struct opcit_str check_impossible(struct checker *checker, struct opcit_str target);
/* What a citation that was left open may mean: identifiers, those held first. */
opcit_status check_candidates(struct checker *checker, struct opcit_str raw, struct opcit_str **others, size_t *n,
			      size_t *held, struct opcit_err *err);

/* ---- check_habit.c, check_style.c -------------------------------------------- */

/* Is it a form of which something may be said: not "ibid." and the like? */
bool check_is_full(const struct opcit_citation *cite);
/* The document's symbol as it is spelled there; empty for what has none. */
struct opcit_str check_spelling(struct opcit_str raw, struct opcit_str target);
/* What the house style asked for has otherwise. */
opcit_status check_house_style(struct checker *checker, struct opcit_err *err);

#endif
