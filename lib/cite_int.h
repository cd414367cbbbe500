/* cite_int.h: what the files of the citation finder share. */
#ifndef OPCIT_CITE_INT_H
#define OPCIT_CITE_INT_H

#include "cite.h"
#include "keyword.h"
#include "symbol.h"

/* A run of pinpoints: "paras. 105.13, 14 and 15". */
struct cite_pins {
	const char *start, *end;
	struct opcit_str *list;   /* in the arena */
	struct opcit_span *spans; /* parallel: where each is printed */
	size_t n, cap;
	unsigned stem; /* STEM_PARA … of the last group */
	bool plural;
};

/* A short form that the document defines. */
struct cite_short {
	uint64_t word[6];
	unsigned n;
	struct opcit_str target;
};

/* Something that the document has cited by name. */
struct cite_seen {
	struct opcit_str target;
	uint64_t genre;
	uint32_t instrument; /* OPCIT_NAME_NONE when it is no row */
	uint32_t seq;
};

/* What stood in a footnote. */
struct cite_note {
	struct opcit_str label, target; /* target empty unless it cites one thing only */
};

enum { CITE_SHORTS = 64, CITE_SEEN = 256, CITE_DECLARED = 32, CITE_ORGANS = STEM_CONFERENCE + 1, CITE_PENDING = 400 };

struct opcit_cite_context {
	const struct opcit_registry *registry;
	struct opcit_arena *arena;
	const unsigned char *filter; /* the registry's, or a copy that knows short forms */
	struct opcit_str own;        /* the document's symbol */
	uint32_t own_body;           /* index or OPCIT_NAME_NONE */
	unsigned year;               /* of the document, 0 when unknown */
	bool typed;

	/* the document so far */
	uint32_t organ[CITE_ORGANS]; /* last body of that kind that was named */
	struct cite_short shorts[CITE_SHORTS];
	size_t n_shorts;
	struct cite_seen seen[CITE_SEEN];
	size_t n_seen;
	struct opcit_str declared[CITE_DECLARED]; /* declarations of no table, by name */
	size_t n_declared;
	struct cite_note *notes;
	size_t n_notes, cap_notes;
	struct opcit_str last_note; /* the one target of the footnote before this record */
	struct opcit_str last_text; /* what an "ibid." in the text after this record means */
	bool ilo;                   /* the ILO was named in this record */

	/* the record */
	const struct opcit_record *record;
	const char *text, *end;
	const char *pos;  /* all before it is consumed */
	const char *dead; /* slashes before it belong to a token that is no symbol */
	struct opcit_citation *cites;
	size_t n_cites, cap_cites;
	uint32_t body; /* last body named in the record, or OPCIT_NAME_NONE */
	const char *body_start, *body_end;
	struct cite_pins pending; /* pinpoints that wait for their document */
};

typedef struct opcit_cite_context cite_ctx;

/* ---- cite_scan.c: where something may begin ---- */

/* Call cite_word at each word that may begin something and cite_slash at
 * each slash, left to right. */
void cite_scan(cite_ctx *ctx);
void cite_word(cite_ctx *ctx, const char *p);
void cite_slash(cite_ctx *ctx, const char *p);

/* ---- cite.c: pushing and settling; cite_symbol.c has cite_slash ---- */

struct opcit_citation *cite_push(cite_ctx *ctx, const char *start, const char *end,
				 struct opcit_str target, const char *form);
/* Give the citations from `first` on their pinpoints from either side, learn
 * a short form that is defined behind them, and consume all of it. */
void cite_settle(cite_ctx *ctx, size_t first);
struct opcit_str cite_string(cite_ctx *ctx, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
unsigned cite_keyword(const cite_ctx *ctx, const struct opcit_token *token);
/* Whether nothing but spaces, commas and words of these two classes stands
 * between. */
bool cite_only(const cite_ctx *ctx, const char *from, const char *to, enum opcit_keyword a,
	       enum opcit_keyword b);
/* Words that may stand before a document's name: of, the, its. */
bool cite_is_filler(const cite_ctx *ctx, const struct opcit_token *token);
/* Whether a sentence ends between the two places, or they are over 400 bytes
 * apart. */
bool cite_sentence_between(const cite_ctx *ctx, const char *from, const char *to);
/* The word that ends right before p (spaces aside); hash 0 when there is none
 * within 40 bytes. */
struct opcit_token cite_before(const cite_ctx *ctx, const char *p);
/* Past spaces, then the word there. */
struct opcit_token cite_next(const cite_ctx *ctx, const char *p);
const char *cite_skip(const cite_ctx *ctx,
		      const char *p); /* past a word's abbreviating stop and spaces */
const char *cite_skip_number_sign(const cite_ctx *ctx, const char *p); /* past "No." */

/* ---- cite_item.c ---- */

enum { CITE_ITEM = 48 };

/* One item of a list: "105.13", "6 (d)", "IV", "(e)". */
struct cite_item {
	char base[CITE_ITEM]; /* "105.13", "6"; empty for "(e)" alone */
	char subs[CITE_ITEM]; /* "(d)", or empty */
	unsigned first, last; /* 105 and 13; 6 and 0 */
	bool dotted, number;
	const char *start, *end;
};

/* Read the item at p; `loose` lets a space into "115. 23". */
bool cite_item_read(const cite_ctx *ctx, const char *p, unsigned stem, bool loose,
		    struct cite_item *item);

bool cite_is_month(const struct opcit_token *token);

/* ---- cite_pin.c ---- */

/* Read a group of pinpoints at its keyword; false when there is none. */
bool cite_pins_read(cite_ctx *ctx, const struct opcit_token *word, unsigned stem,
		    struct cite_pins *pins);
/* Read bare items ("105.13, 14") as pinpoints of that kind. */
bool cite_pins_items(cite_ctx *ctx, const char *p, unsigned stem, bool plural,
		     struct cite_pins *pins);
/* Read the groups that follow a citation's end: ", annex I, para. 3". */
bool cite_pins_after(cite_ctx *ctx, const char *p, struct cite_pins *pins);
/* Typed only: the bare items behind a citation, articles of what is cited by
 * name and paragraphs of all else: "a/hrc/13/5 105.13". */
bool cite_pins_bare(cite_ctx *ctx, const char *p, struct opcit_str form, struct cite_pins *pins);
/* A keyword of pinpoints in running text: let it wait for its document. */
bool cite_pins_wait(cite_ctx *ctx, const struct opcit_token *word, unsigned stem);
bool cite_pins_ordinal(cite_ctx *ctx, const struct opcit_token *word, unsigned count);
/* Read "sixth preambular paragraph" and the like at its first word. */
bool cite_pins_read_ordinal(cite_ctx *ctx, const struct opcit_token *word, unsigned count,
			    struct cite_pins *pins);
/* Read "footnote 4" and "fn. 4", which is para:fn4. */
bool cite_pins_read_note(cite_ctx *ctx, const struct opcit_token *word, struct cite_pins *pins);
void cite_pins_add(cite_ctx *ctx, struct cite_pins *pins, struct opcit_str pin, const char *from,
		   const char *to);

/* ---- cite_tail.c: what stands between a citation and its place ---- */

/* Like cite_pins_after, past a date and where the text is printed: "of 22
 * February 1993, paragraph 1", "(Oct. 31, 2000), ¶ 4". */
bool cite_pins_later(cite_ctx *ctx, const char *p, struct cite_pins *pins);
/* Past blanks, and a comma with blanks behind it. */
const char *cite_past_comma(const cite_ctx *ctx, const char *p);
/* Can the number be a year? */
bool cite_is_year(const struct opcit_token *word);
/* Whether a quotation that began before `start` ends between the two places:
 * what follows is not of what was cited within. */
bool cite_quote_ends(const cite_ctx *ctx, const char *start, const char *from, const char *to);

/* ---- cite_body.c: the bodies that a text names ---- */

/* Note that the text names this body (OPCIT_NAME_NONE: one that is not known). */
void cite_mention(cite_ctx *ctx, uint32_t body, const char *start, const char *end);
bool cite_organ(cite_ctx *ctx, const struct opcit_token *word, unsigned stem);
/* The body whose name is the text at p; sets *end. */
uint32_t cite_body_at(const cite_ctx *ctx, const char *p, const char **end);
/* The document's own body where the name means that one. */
uint32_t cite_body_map(const cite_ctx *ctx, uint32_t body, const char *start, const char *end);
/* Whether the last body named stands right before p. */
bool cite_body_adjacent(const cite_ctx *ctx, const char *p);
/* The body behind a number: "of the General Assembly"; sets *end. */
uint32_t cite_body_after(const cite_ctx *ctx, const char *p, const char **end);
/* The first body that the rest of the sentence names. */
uint32_t cite_body_ahead(const cite_ctx *ctx, const char *p);
/* The body of an abbreviation right before p: "SC", "U.N.S.C."; sets *start. */
uint32_t cite_body_abbreviated(const cite_ctx *ctx, const char *p, const char **start);
/* The first body of the table whose resolutions have symbols that begin so. */
uint32_t cite_body_making(const cite_ctx *ctx, const char *prefix);

/* ---- cite_word.c: resolutions and decisions; cite_comment.c ---- */

bool cite_resolution(cite_ctx *ctx, const struct opcit_token *word, bool decision);
bool cite_comment(cite_ctx *ctx, const struct opcit_token *word, bool french);
/* Past " of 25 September 1991", in three languages. */
const char *cite_skip_date(const cite_ctx *ctx, const char *p);
/* The place of the next number of an enumeration, or NULL. */
const char *cite_next_number(const cite_ctx *ctx, const char *p);
/* The year of that resolution of the Security Council, 0 when not known. */
unsigned cite_security_council_year(unsigned number);
/* Whether that body can have such a resolution by the document's date. */
bool cite_body_fits(const cite_ctx *ctx, uint32_t at, const struct opcit_symbol *n, bool decision);
struct opcit_str cite_body_symbol(cite_ctx *ctx, uint32_t at, const struct opcit_symbol *n,
				  bool decision);

/* ---- cite_name.c: named instruments and defined short forms ---- */

bool cite_name(cite_ctx *ctx, const struct opcit_token *word, uint32_t state);
bool cite_short_form(cite_ctx *ctx, const struct opcit_token *word);
void cite_seen_add(cite_ctx *ctx, struct opcit_str target, uint32_t instrument);
/* Push the instrument of that row; returns its identifier. */
struct opcit_str cite_instrument(cite_ctx *ctx, const char *start, const char *end, uint32_t at,
				 const char *form);
/* Learn a short form in brackets behind the citation; returns where it ends. */
const char *cite_define(cite_ctx *ctx, const char *p, const struct opcit_citation *cite);
bool cite_ilo_numbers(cite_ctx *ctx, const struct opcit_token *word);
bool cite_ilo_bracket(cite_ctx *ctx, const struct opcit_token *word);
bool cite_unknown_declaration(cite_ctx *ctx, const struct opcit_token *word);

/* ---- cite_short.c: "the Convention" ---- */

bool cite_genre(cite_ctx *ctx, const struct opcit_token *word, unsigned stem);
/* "article 3 of the Optional Protocol to the Convention on the Rights of the
 * Child": a place in one of several, or of one that no table has, and none of
 * the treaty. It stands at [start, end). */
void cite_open_protocol(cite_ctx *ctx, const char *start, const char *end);
/* Pinpoints with nothing behind them ("in its article 16", "(art. 7)") belong
 * to the one instrument that their sentence has named. */
bool cite_pins_belong(cite_ctx *ctx, const struct cite_pins *pins);

/* ---- cite_back.c: ibid., supra, reports, journals ---- */

bool cite_ibid(cite_ctx *ctx, const struct opcit_token *word);
bool cite_supra(cite_ctx *ctx, const struct opcit_token *word);
bool cite_op_cit(cite_ctx *ctx, const struct opcit_token *word);
bool cite_reports(cite_ctx *ctx, const struct opcit_token *word);
bool cite_journal(cite_ctx *ctx, const struct opcit_token *word);
bool cite_application(cite_ctx *ctx, const struct opcit_token *word);
void cite_note_end(cite_ctx *ctx);
void cite_text_end(cite_ctx *ctx);

#endif
