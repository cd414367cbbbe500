/* generate_kinds.c: what a resolution, a decision and a report are made of. The tables hold
 * what was measured on 602 resolutions, 2,168 decisions and reports. */
#include "generate.h"

#include <string.h>

/* Words of a record, and records of a document; quantile_draw says how to read a row. */
static const uint32_t preambular_words[QUANTILES] = { 6, 9, 11, 16, 25, 36, 50, 59, 87, 160 };
static const uint32_t operative_words[QUANTILES] = { 6, 8, 13, 19, 30, 45, 61, 75, 118, 240 };
static const uint32_t item_words[QUANTILES] = { 4, 5, 6, 9, 15, 25, 38, 48, 60, 90 };
static const uint32_t note_words[QUANTILES] = { 4, 5, 6, 8, 13, 20, 30, 40, 61, 90 };
static const uint32_t decision_words[QUANTILES] = { 12, 28, 34, 56, 93, 147, 209, 255, 365, 900 };
static const uint32_t report_words[QUANTILES] = { 12, 16, 22, 34, 55, 97, 158, 212, 260, 400 };
static const uint32_t resolution_records[QUANTILES] = { 4, 5, 6, 8, 12, 19, 25, 31, 45, 173 };
static const uint32_t decision_records[QUANTILES] = { 6, 12, 16, 24, 38, 53, 69, 80, 106, 234 };
static const uint32_t report_records[QUANTILES] = { 20, 27, 32, 40, 57, 97, 155, 210, 340, 400 };

/* What opens a clause; the first ones are the frequent ones. */
static const char *const preambular[] = {
	"Recalling %D",
	"Reaffirming %D",
	"Recalling %D and %D,",
	"Noting with appreciation the %n of %t",
	"Taking note of the report of the Secretary-General of %Y",
	"Bearing in mind %A",
	"Recalling also %I",
	"Having considered the report of the Secretary-General on %t",
	"Noting that the %n",
	"Concerned that the %s",
	"Expressing its concern at the %n of %t",
	"Reaffirming also its commitment to %t",
	"Emphasizing the need for %t",
	"Guided by the purposes and principles of the Charter of the United Nations",
	"Stressing that %t",
	"Recognizing that the %s of %C",
	"Welcoming the efforts of %C",
	"Deeply concerned by the %n of %s in %C",
	"Convinced that the %a %n",
	"Mindful of the %n",
	"Determining that the situation in %C",
	"Deploring the %n of %s",
};
static const char *const operative[] = {
	"Requests the Secretary-General to %i",
	"Calls upon all States to %i",
	"Decides to %i the %n",
	"Reaffirms that the %n",
	"Notes with concern that the %s",
	"Urges the parties to %i",
	"Welcomes the %n of %t",
	"Condemns the %n of %s",
	"Demands that the parties %i",
	"Recommends that States %i the %n of %t",
	"Encourages Member States to %i",
	"Takes note of the report of the Secretary-General",
	"Affirms the %n of %t",
	"Invites the Government of %C to %i",
	"Recognizes the %n of %t",
	"Calls upon the Government of %C to %i",
	"Expresses its appreciation to the %s for",
	"Stresses that %t",
	"Decides to extend the mandate of the %n",
	"Requests the Secretary-General to report to it at its next session on the implementation of the present resolution and",
	"Decides to remain seized of the matter and to %i",
	"Appeals to all Governments to %i",
	"Recommends the adoption of measures on %t",
	"Emphasizes the role of national human rights institutions in",
};
static const char *const decided[] = {
	"The author claims that the %n",
	"The State party submits that the %n",
	"The Committee notes the author’s claim that the %n",
	"On %Y, the %n",
	"The Committee recalls that the %n",
	"The Committee considers that the %s",
	"In %y, the author",
	"The author states that %d %n",
	"The State party notes that the author",
	"As to the merits, the %n of %t",
	"The Committee takes note of the State party’s argument that the author has not exhausted the available domestic remedies because",
	"With regard to the claim under %A, the Committee",
	"The Committee observes that %d %n",
	"In the light of the above, the Committee",
	"The author adds that %t",
	"By submission of %Y, the State party",
	"The Committee therefore concludes that the %n",
	"In the absence of any pertinent information from the State party, the Committee",
};
static const char *const reported[] = {
	"The Government of %C stated that the %n",
	"In %y, the %n",
	"The Special Rapporteur noted that %s",
	"In its resolution, the %n",
	"The Committee recommended that the State party",
	"States should %i the %n of %t",
	"According to the %n, the %s",
	"The Office of the High Commissioner",
	"The recommendations on %t",
	"During the period under review, the %n",
	"National human rights institutions",
	"It was recommended that the %n of %t",
	"The %a %n of %t",
	"Many %s",
};
static const char *const headings[] = {
	"Introduction",
	"Information received from Governments",
	"Legal standards on %T",
	"Activities of the %N Office",
	"Work of the %N Committee on %T",
	"Findings concerning %T",
	"Measures taken by %C",
	"Cooperation with %C on %o",
	"Status of ratification",
	"Challenges and good practices",
	"Visits to %C and %C",
	"Conclusions and recommendations",
};

/* One of `table`, its first entries oftener. */
#define pick(doc, table) (table)[pick_below((doc), sizeof(table) / sizeof *(table))]

static uint32_t pick_below(struct document *doc, uint32_t n)
{
	return chance_below(&doc->chance, chance_below(&doc->chance, n) + 1);
}

static void begin(struct document *doc)
{
	struct text *text = &doc->text;

	if (text->len)
		put(text, "\n\n", 2);
	text->line = text->len;
	text->words = 0;
	doc->n_recent = 0;
	doc->records++;
}

/* A line of the masthead: a record, too. */
static void line(struct document *doc, const char *pattern)
{
	begin(doc);
	put_pattern(doc, pattern);
}

static void paragraph_number(struct document *doc, uint32_t number, uint32_t sub)
{
	put_number(&doc->text, number);
	put_string(&doc->text, ".");
	if (sub)
		put_number(&doc->text, sub);
	put_string(&doc->text, sub ? ". " : " ");
}

/* Another word somewhere after `from`: a clause as a later year has it. */
static void change_a_word(struct document *doc, size_t from)
{
	struct text *text = &doc->text;
	size_t at = from + chance_below(&doc->chance, (uint32_t)(text->len - from)), end, rest;
	char *blank = memchr(text->bytes + at, ' ', text->len - at), *next;
	char kept[16384];

	next = blank ? memchr(blank + 1, ' ', text->len - (size_t)(blank + 1 - text->bytes)) : NULL;
	if (!next)
		return;
	at = (size_t)(blank + 1 - text->bytes);
	end = (size_t)(next - text->bytes);
	rest = text->len - end;
	if (rest > sizeof kept)
		return;
	memcpy(kept, next, rest);
	text->len = at;
	put_pattern(doc, "%a");
	put(text, kept, rest);
}

/* One of the 24 clauses that other documents of the kind and topic have too, the first ones
 * oftener; in two of five with a word changed. */
static void put_stock(struct document *doc, const char *const *openers, uint32_t n, uint32_t words,
		      const char *stop)
{
	uint32_t which = pick_below(doc, 24);
	struct document stock = *doc;
	size_t from = doc->text.len;

	memset(stock.remembered, 0, sizeof stock.remembered);
	stock.number = doc->topic;
	stock.year = 1991;
	stock.chance = chance_of(doc->seed, 2 + doc->kind, doc->topic * 24 + which);
	stock.text.words = 0;
	stock.n_recent = 0;
	put_pattern(&stock, openers[pick_below(&stock, n)]);
	put_sentences(&stock, words * (50 + chance_below(&stock.chance, 100)) / 100, true, "");
	doc->text = stock.text;
	if (chance_percent(&doc->chance, 40))
		change_a_word(doc, from);
	put_string(&doc->text, stop);
	doc->n_recent = 0; /* a word was moved */
}

#define COUNT(table) (uint32_t)(sizeof(table) / sizeof *(table))

/* A clause of its own, or in `percent` of 100 one that comes back. */
static void clause(struct document *doc, const char *const *openers, uint32_t n,
		   const uint32_t *table, uint32_t percent, const char *stop)
{
	uint32_t words;

	if (chance_percent(&doc->chance, percent)) {
		put_stock(doc, openers, n, table[4], stop);
		return;
	}
	words = quantile_draw(table, &doc->chance);
	put_pattern(doc, openers[pick_below(doc, n)]);
	put_sentences(doc, words, true, stop);
}

/* A marker now and then, which note() answers below. */
static void anchor(struct document *doc, uint32_t percent)
{
	if (doc->pending_note || !chance_percent(&doc->chance, percent))
		return;
	doc->pending_note = ++doc->notes;
	put_anchor(&doc->text, doc->notes);
}

static void note(struct document *doc)
{
	if (!doc->pending_note)
		return;
	begin(doc);
	put_anchor(&doc->text, doc->pending_note);
	put_string(&doc->text, chance_percent(&doc->chance, 70) ? " See " : " The text of ");
	put_pattern(doc, "%D");
	put_sentences(doc, quantile_draw(note_words, &doc->chance), true, ".");
	doc->pending_note = 0;
}

/* ---- resolutions -------------------------------------------------------------------------- */

static uint32_t items(struct document *doc, uint32_t most, const char *last)
{
	uint32_t n = 2 + chance_below(&doc->chance, 5), i;

	n = n > most ? most : n;
	for (i = 0; i < n; i++) {
		char letter[] = { '(', (char)('a' + i), ')', ' ', '\0' };

		begin(doc);
		put_string(&doc->text, letter);
		put_pattern(doc, "To %i the %n");
		put_sentences(doc, quantile_draw(item_words, &doc->chance), true,
			      i + 1 < n ? ";" : last);
	}
	return n;
}

static void clauses(struct document *doc, uint32_t records)
{
	uint32_t number = 0, n, i;

	/* two records in five of the body are preambular */
	for (n = records * 2 / 5 + 1, i = 0; i < n; i++) {
		begin(doc);
		clause(doc, preambular, COUNT(preambular), preambular_words, 22, ",");
	}
	for (n = records - n; n;) {
		begin(doc);
		paragraph_number(doc, ++number, 0);
		if (n > 4 && chance_percent(&doc->chance, 8)) {
			put_pattern(doc, "Calls upon States, in the field of %t, and to that end:");
			n -= 1 + items(doc, n - 2, ";");
		} else {
			clause(doc, operative, COUNT(operative), operative_words, 22,
			       --n ? ";" : ".");
		}
	}
}

static void council(struct document *doc, const char *symbol)
{
	doc->text.wrap = true;
	begin(doc);
	put_string(&doc->text, "Resolution ");
	put_string(&doc->text, symbol + strlen("S/RES/"));
	put_string(&doc->text, "\nof ");
	put_date(doc, doc->year);
	line(doc, "The Security Council,");
	clauses(doc, quantile_draw(resolution_records, &doc->chance) - 2);
	line(doc, "Adopted unanimously at the ");
	put_number(&doc->text, 100 + doc->number % 8000);
	put_string(&doc->text, "th meeting.");
}

static void assembly(struct document *doc, const char *symbol)
{
	line(doc, "United Nations");
	line(doc, symbol);
	line(doc, "General Assembly");
	line(doc, "Distr.: General\n");
	put_date(doc, doc->year);
	line(doc, "Resolution adopted by the General Assembly on ");
	put_date(doc, doc->year);
	begin(doc);
	put_string(&doc->text, symbol + strlen("A/RES/"));
	put_pattern(doc, ". Measures on %T, including %o");
	line(doc, "The General Assembly,");
	clauses(doc, quantile_draw(resolution_records, &doc->chance));
}

/* ---- decisions ---------------------------------------------------------------------------- */

static void decision_head(struct document *doc, const char *symbol)
{
	line(doc, symbol);
	line(doc, "Human Rights Committee");
	line(doc, "Decision adopted by the Committee on ");
	put_date(doc, doc->year);
	put_string(&doc->text, " concerning communication No. ");
	put_number(&doc->text, doc->number + 1);
	put_string(&doc->text, "/");
	put_number(&doc->text, doc->year);
}

static void decision(struct document *doc, const char *symbol)
{
	uint32_t records, number = 1, sub = 0, left = 0;

	decision_head(doc, symbol);
	for (records = quantile_draw(decision_records, &doc->chance); records; records--) {
		begin(doc);
		if (left) {
			sub++;
			left--;
		} else {
			number += doc->records > 4;
			left = chance_below(&doc->chance, 10);
			sub = left ? 1 : 0;
		}
		paragraph_number(doc, number, sub);
		if (doc->records == 4)
			put_pattern(doc,
				    "The author of the communication is %N %N, a national of %C. ");
		clause(doc, decided, COUNT(decided), decision_words, 7, ".");
	}
}

static void notice(struct document *doc, const char *symbol)
{
	decision_head(doc, symbol);
	begin(doc);
	put_pattern(
		doc,
		"1. At its meeting on %Y, the Committee, having lost contact with the author, %N %N, decided to "
		"discontinue the consideration of communication No. ");
	put_number(&doc->text, doc->number + 1);
	put_string(&doc->text, "/");
	put_number(&doc->text, doc->year);
	put_pattern(doc, ", which concerned the %n of %t in %C.");
}

/* ---- reports ------------------------------------------------------------------------------ */

static void roman(struct text *text, uint32_t number)
{
	static const char *const tens[] = { "", "X", "XX", "XXX", "XL", "L" };
	static const char *const units[] = { "",  "I",  "II",  "III",  "IV",
					     "V", "VI", "VII", "VIII", "IX" };

	put_string(text, tens[number / 10 % 6]);
	put_string(text, units[number % 10]);
}

static void report(struct document *doc, const char *symbol)
{
	uint32_t records = quantile_draw(report_records, &doc->chance), number = 0, section = 0,
		 left = 0, n;

	line(doc, "General Assembly");
	line(doc, symbol);
	line(doc, "Distr.: General\n");
	put_date(doc, doc->year);
	line(doc, "Report of the Secretary-General on %T, including %o");
	for (; records > doc->records;) {
		if (!left--) {
			left = 3 + chance_below(&doc->chance, 14);
			begin(doc);
			roman(&doc->text, ++section);
			put_string(&doc->text, ". ");
			put_pattern(doc, section == 1
						 ? headings[0]
						 : headings[1 + chance_below(&doc->chance,
									     COUNT(headings) - 1)]);
			continue;
		}
		begin(doc);
		paragraph_number(doc, ++number, 0);
		if (chance_percent(&doc->chance, 6)) {
			put_pattern(doc, "The %n of %t recommended the following measures:");
			n = items(doc, 7, ".");
			left -= left < n ? left : n;
			continue;
		}
		clause(doc, reported, COUNT(reported), report_words, 6, ".");
		anchor(doc, 18);
		note(doc);
	}
}

void document_write(struct document *doc, uint64_t seed, uint64_t number, enum document_kind kind)
{
	static void (*const write[KINDS])(struct document *, const char *) = {
		[KIND_COUNCIL] = council, [KIND_ASSEMBLY] = assembly, [KIND_DECISION] = decision,
		[KIND_REPORT] = report,   [KIND_NOTICE] = notice,
	};
	struct text text = doc->text;
	char symbol[64];

	text.len = text.line = text.words = 0;
	text.wrap = false;
	memset(doc, 0, sizeof *doc);
	doc->seed = seed;
	doc->number = number;
	doc->kind = kind;
	doc->text = text;
	doc->chance = chance_of(seed, 0, number);
	doc->topic = chance_below(&doc->chance, TOPICS);
	doc->other_topic = (doc->topic + 1 + chance_below(&doc->chance, TOPICS - 1)) % TOPICS;
	doc->year = document_year(number);
	document_symbol(kind, number, symbol);
	write[kind](doc, symbol);
	put(&doc->text, "\n", 1);
}
