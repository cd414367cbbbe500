/* Quoted passages, and whether a source says them. */
#include "../../lib/quote.h"

#include <criterion/criterion.h>
#include <string.h>

static struct opcit_arena arena;

static void teardown(void)
{
	opcit_arena_release(&arena);
}
TestSuite(quote, .fini = teardown);

static const char *kept(struct opcit_buf *out)
{
	const char *text = opcit_arena_dup(&arena, opcit_buf_str(out)).ptr;

	opcit_buf_release(out);
	return text ? text : "";
}

/* ---- finding ------------------------------------------------------------- */

/* "[words]" for each passage, "…" where it is open, "+" where it goes on. */
static const char *passages_of(const char *text, enum opcit_quote_style left_open)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	struct opcit_str all = opcit_str_of(text);
	struct opcit_passage *found;
	size_t n, i, last = 0;

	opcit_quote_find(all, left_open, &arena, &found, &n);
	for (i = 0; i < n; i++) {
		cr_expect(found[i].whole.start >= last && found[i].whole.start <= found[i].words.start &&
				  found[i].words.start <= found[i].words.end && found[i].words.end <= found[i].whole.end &&
				  found[i].whole.end <= all.len,
			  "spans of '%s'", text);
		last = found[i].whole.end;
		opcit_buf_puts(&out, found[i].goes_on ? "+[" : "[");
		opcit_buf_add_str(&out, opcit_str_sub(all, found[i].words.start, found[i].words.end));
		opcit_buf_puts(&out, found[i].open ? "…" : "]");
	}
	return kept(&out);
}

static const struct {
	const char *text, *passages;
	enum opcit_quote_style left_open;
} passages[] = {
	{ "no marks at all", "", 0 },
	{ "", "", 0 },
	{ "it \"requests a report\" now", "[requests a report]", 0 },
	{ "it “requests a report”.", "[requests a report]", 0 },
	{ "„Alle Staaten“ und “all”", "[Alle Staaten][all]", 0 },
	{ "”odd marks” too", "[odd marks]", 0 },
	{ "“mixed marks\" here", "[mixed marks]", 0 },
	{ "“twice the same“, she said", "[twice the same]", 0 },
	{ "``old type'' and ''two''", "[old type][two]", 0 },
	{ "<<typed>> marks", "[typed]", 0 },
	/* French, Spanish */
	{ "prie « tous les États » de", "[tous les États]", 0 },
	{ "prie «\xC2\xA0tous\xE2\x80\xAF» de", "[tous]", 0 },
	{ "de l’« État partie » et d'«autres»", "[État partie][autres]", 0 },
	{ "l’“accord” d'aujourd'hui", "[accord]", 0 },
	{ "pide «a los “Estados partes” que» informen", "[a los “Estados partes” que]", 0 },
	{ "‹ un › et »anders herum«", "[un][anders herum]", 0 },
	{ "« a « b » c »", "[a « b » c]", 0 },
	{ "\" spaced like guillemets \" here", "[spaced like guillemets]", 0 },
	/* single marks and apostrophes */
	{ "the States' duties and the child's", "", 0 },
	{ "the ‘blue economy’ and the States’ duties", "[blue economy]", 0 },
	{ "‘the States’ obligations to protect’ stand", "[the States’ obligations to protect]", 0 },
	{ "'the States' obligations to protect' stand", "[the States' obligations to protect]", 0 },
	{ "rock 'n roll, 'tis, '90s", "", 0 },
	{ "he said 'no' and 'yes'", "[no][yes]", 0 },
	{ "l'article 3 de l'annexe", "", 0 },
	{ "(‘in brackets’)", "[in brackets]", 0 },
	/* nested */
	{ "“outer ‘inner’ outer”", "[outer ‘inner’ outer]", 0 },
	{ "‘outer “inner” outer’", "[outer “inner” outer]", 0 },
	{ "\"he said \"no\" to me\" twice", "[he said \"no\" to me]", 0 },
	{ "“the ‘inner never closes” goes", "[the ‘inner never closes]", 0 },
	{ "\"'all' of it\"", "['all' of it]", 0 },
	{ "“a” and (“b”) – “c”—“d”", "[a][b][c][d]", 0 },
	{ "“[t]he State”, “…and so on”", "[[t]he State][…and so on]", 0 },
	{ "“with a note.”12 Then", "[with a note.]", 0 },
	{ "\"with a note.\"12 Then", "[with a note.]", 0 },
	/* never closed */
	{ "it “requests all States", "[requests all States…", 0 },
	{ "it “requests. It “urges” all", "[requests. It…[urges]", 0 },
	{ "it “requests. It ‘urges’ «all» of", "[requests. It ‘urges’ «all» of…", 0 },
	{ "‘opens the text and", "[opens the text and…", 0 },
	{ "closes” only, » too", "", 0 },
	/* over paragraphs */
	{ "“goes on", "+[goes on…", OPCIT_QUOTE_DOUBLE },
	{ "“goes on and closes” here “again”", "+[goes on and closes][again]", OPCIT_QUOTE_DOUBLE },
	{ "» va plus loin » ici", "+[va plus loin]", OPCIT_QUOTE_ANGLE },
	{ "« va plus loin » ici", "+[va plus loin]", OPCIT_QUOTE_ANGLE },
	{ "not opened again, but closed” here", "+[not opened again, but closed]", OPCIT_QUOTE_DOUBLE },
	{ "“another” « one »", "[another][one]", OPCIT_QUOTE_ANGLE },
	{ "says “nothing of it”", "[nothing of it]", OPCIT_QUOTE_DOUBLE },
};

Test(quote, passages)
{
	size_t i;

	for (i = 0; i < sizeof passages / sizeof *passages; i++) {
		const char *found = passages_of(passages[i].text, passages[i].left_open);

		cr_expect_str_eq(found, passages[i].passages, "'%s' has '%s', not '%s'", passages[i].text, found,
				 passages[i].passages);
	}
}

Test(quote, words_are_counted)
{
	struct opcit_passage *found;
	size_t n;

	opcit_quote_find(OPCIT_STR("“a co-operation of the State's l'Assemblée, 64/166”"), 0, &arena, &found, &n);
	cr_assert_eq(n, 1u);
	cr_expect_eq(found[0].n_words, 8u, "%zu", found[0].n_words);
}

/* Marks that never close, in any number, cost no more than their text. */
Test(quote, hostile_marks)
{
	static const char *const marks[] = { "“", "\" ", " \"", "« ", " '", "‘a ", "”", "’ ", "“‘«‹", "[", "(…", "" };
	struct opcit_passage *found;
	size_t i, k, n;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct opcit_buf text = OPCIT_BUF_INIT;

		for (k = 0; k < 10000; k++)
			opcit_buf_puts(&text, marks[i]);
		opcit_quote_find(opcit_buf_str(&text), OPCIT_QUOTE_DOUBLE, &arena, &found, &n);
		cr_expect(n <= 10000, "'%s'", marks[i]);
		opcit_quote_read(opcit_buf_str(&text), &arena);
		opcit_buf_release(&text);
	}
}

/* ---- comparing ----------------------------------------------------------- */

/* "exact", "but: hyphens, spaces", "differs: = kept - deleted + inserted", "not". */
static const char *verdict_of(const char *quote, const char *source)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	struct opcit_quote *read = opcit_quote_read(opcit_str_of(quote), &arena);
	struct opcit_quote_match match;
	const char *before = " ";
	unsigned kind;
	size_t i;

	if (!read)
		return "no words";
	opcit_quote_compare(read, opcit_str_of(source), &arena, &match);
	cr_expect(match.source.start <= match.source.end && match.source.end <= strlen(source), "'%s'", quote);
	switch (match.verdict) {
	case OPCIT_QUOTE_EXACT: return "exact";
	case OPCIT_QUOTE_NOT: return "not";
	case OPCIT_QUOTE_EXACT_BUT:
		opcit_buf_puts(&out, "but:");
		for (kind = 0; kind < OPCIT_QUOTE_CHANGE_COUNT; kind++)
			if (match.kinds & 1u << kind) {
				opcit_buf_printf(&out, "%s%s", before, opcit_quote_change_name(kind));
				before = ", ";
			}
		return kept(&out);
	default:
		opcit_buf_puts(&out, "differs:");
	}
	for (i = 0; i < match.diff.n; i++) {
		const struct opcit_wdiff_run *run = &match.diff.runs[i];
		bool old = run->op == OPCIT_WDIFF_DELETED;

		opcit_buf_printf(&out, " %c ", "=-+"[run->op]);
		opcit_buf_add_str(&out, old ? opcit_str_sub(opcit_str_of(source), run->a.start, run->a.end)
					    : opcit_str_sub(opcit_str_of(quote), run->b.start, run->b.end));
	}
	return kept(&out);
}

#define SOURCE                                                                                                    \
	"Requests the Secretary-General to submit to the General Assembly, at its sixty-fifth session, a report on " \
	"the implementation of the present resolution, and shall not be bound by it;"
#define FRENCH "Prie le Secrétaire général de présenter à l’Assemblée générale, à sa session, un rapport sur l'application de la présente résolution ;"
#define SPANISH "Exhorta a los Estados a que no detengan a los niños migrantes, según su situación, y a que los protejan;"

static const struct {
	const char *quote, *source, *verdict;
} comparisons[] = {
	{ "a report on the implementation of the present resolution", SOURCE, "exact" },
	{ "a report on the implementation of the present resolution.", SOURCE, "exact" },
	{ "a report  on the\nimplementation of the present resolution,", SOURCE, "exact" },
	{ "requests the Secretary-General to submit to the General Assembly", SOURCE, "but: the first letter" },
	{ "A report on the implementation of the present resolution", SOURCE, "but: the first letter" },
	/* openly changed */
	{ "Requests the Secretary-General to submit … a report on the implementation", SOURCE, "but: an ellipsis" },
	{ "Requests the Secretary-General to submit ... a report on", SOURCE, "but: an ellipsis" },
	{ "Requests the Secretary-General to submit . . . a report on", SOURCE, "but: an ellipsis" },
	{ "Requests the Secretary-General to submit […] a report on", SOURCE, "but: an ellipsis" },
	{ "Requests the Secretary-General to submit [. . .] a report on", SOURCE, "but: an ellipsis" },
	{ "Requests the Secretary-General to submit (...) a report on", SOURCE, "but: an ellipsis" },
	{ "Requests the Secretary-General to submit (…), a report on … and shall not be bound", SOURCE, "but: an ellipsis" },
	{ "… to submit to the General Assembly, at its sixty-fifth session …", SOURCE, "exact" },
	{ "Requests the Secretary-General … A report on the implementation", SOURCE, "but: the first letter, an ellipsis" },
	{ "[r]equests the Secretary-General to submit to the General Assembly", SOURCE, "but: brackets" },
	{ "request[ed] the Secretary-General to submit to the General Assembly", SOURCE, "but: brackets" },
	{ "Requests [him] to submit to the General Assembly, at its sixty-fifth session, a report", SOURCE, "but: brackets" },
	{ "Requests the Secretary-General to submit [sic] to the General Assembly", SOURCE, "but: brackets" },
	{ "Requests the Secretary-General to submit to the General Assembly [emphasis added]", SOURCE, "but: brackets" },
	{ "Requests the Secretary-General [of the United Nations] to submit to the General Assembly", SOURCE, "but: brackets" },
	{ "the Committee [on the Rights] of the Child and its members", "the Committee [on the Rights] of the Child and its members", "exact" },
	{ "the Committee [on the Rights] of the Child and its members", "the Committee on the Rights of the Child and its members", "but: brackets" },
	/* a printer's matters */
	{ "Requests the Secretary General to submit to the General Assembly", SOURCE, "but: hyphens" },
	{ "Requests the Secretary–General to submit to the General Assembly", SOURCE, "but: hyphens" },
	{ "international cooperation in the fight against crimes of all kinds", "international co-operation in the fight against crimes of all kinds", "but: hyphens" },
	{ "a human rights based approach to the duties of all", "a human-rights-based approach to the duties of all", "but: hyphens" },
	{ "the States can not be bound by what they said", "the States cannot be bound by what they said", "but: spaces" },
	{ "theStates cannot be bound by what they said here", "the States cannot be bound by what they said here", "but: spaces" },
	{ "to submit to the General Assembly at its sixty-fifth session", SOURCE, "but: punctuation" },
	{ "the so-called “blue economy” of the sea and its people", "the so-called \"blue economy\" of the sea and its people", "but: quotation marks" },
	{ "the so-called ‘blue economy’ of the sea and its people", "the so-called “blue economy” of the sea and its people", "but: quotation marks" },
	{ "the State's duty to its people and to all others", "the State’s duty to its people and to all others", "exact" },
	{ "requests the secretary-general to submit to the general assembly", SOURCE, "but: the first letter, capital letters" },
	{ "urges all Governments to protect the rights of migrants", "URGES all Governments to protect the rights of migrants", "but: capital letters" },
	{ "l'Etat partie doit respecter les droits de la personne humaine", "L’État partie doit respecter les droits de la personne humaine", "but: accents of capitals" },
	{ "the human rights of migrants and of their families", "the human rights of migrants3 and of their families", "but: note markers" },
	{ "the human rights of migrants,4 and of their families", "the human rights of migrants, and of their families", "but: note markers" },
	{ "the human rights of migrants and of their families", "the human rights of migrants³ and of their families", "but: note markers" },
	{ "urges all States: to act; and to report to it soon", "urges all States: (a) to act; and (b) to report to it soon", "but: numbers of items" },
	{ "le cœur du système des droits de la personne", "le coeur du système des droits de la personne", "exact" },
	/* other words */
	{ "Requests the Secretary-General to submit to the General Council", SOURCE, "differs: = Requests the Secretary-General to submit to the General - Assembly + Council" },
	{ "resolution, and shall be bound by it", SOURCE, "differs: = resolution, and shall - not = be bound by it" },
	{ "resolution, and should not be bound by it", SOURCE, "differs: = resolution, and - shall + should = not be bound by it" },
	{ "resolution, and shall not ever be bound by it", SOURCE, "differs: = resolution, and shall not + ever = be bound by it" },
	{ "resolution, and shall … be bound by it", SOURCE, "differs: = resolution, and shall - not = be bound by it" },
	{ "resolution, and shall [well] be bound by it", SOURCE, "differs: = resolution, and shall - not = be bound by it" },
	{ "resolution, and shall [sic] be bound by it", SOURCE, "differs: = resolution, and shall - not = be bound by it" },
	{ "a report on the present resolution … to the General Assembly", SOURCE, NULL },
	{ "the States duty to its people and to all others", "the State's duty to its people and to all others", "differs: = the - State's + States = duty to its people and to all others" },
	{ "pay 1.5 million to the fund for all victims", "pay 15 million to the fund for all victims", "differs: = pay - 15 + 1.5 = million to the fund for all victims" },
	{ "see article 12 of the Covenant and its two protocols", "see article 14 of the Covenant and its two protocols", "differs: = see article - 14 + 12 = of the Covenant and its two protocols" },
	{ "the sea is blue and the sky is green over there", SOURCE, "not" },
	/* French, Spanish */
	{ "prie le Secrétaire général de présenter à l'Assemblée générale", FRENCH, "but: the first letter" },
	{ "un rapport sur l’application de la présente résolution", FRENCH, "exact" },
	{ "a child who lives in the community … while the case is heard",
	  "a child who lives in the community, with or without conditions, while the case is heard", "but: an ellipsis" },
	{ "a child who is held … is to be heard", "a child who is held without a reason is to be heard",
	  "differs: = a child who is held - without a reason = is to be heard" },
	{ "Prie le Secrétaire général de présenter […] un rapport sur l’application", FRENCH, "but: an ellipsis" },
	{ "[p]rie le Secrétaire général de présenter à l’Assemblée", FRENCH, "but: brackets" },
	{ "Prie le Secrétaire général de présenter au Conseil un rapport", FRENCH, NULL },
	{ "à sa session, un rapport sur la présente résolution", FRENCH, "differs: = à sa session, un rapport sur - l'application de = la présente résolution" },
	{ "Exhorta a los Estados a que no detengan a los niños migrantes", SPANISH, "exact" },
	{ "exhorta a los Estados a que detengan a los niños migrantes", SPANISH, "differs: = exhorta a los Estados a que - no = detengan a los niños migrantes" },
	{ "a los ninos migrantes, según su situación, y a que los protejan", SPANISH, "differs: = a los - niños + ninos = migrantes, según su situación, y a que los protejan" },
	{ "[e]xhorta a los Estados (…) a que los protejan", SPANISH, "but: an ellipsis, brackets" },
	/* little to compare */
	{ "… [sic] …", SOURCE, "no words" },
	{ "«» \xD9\x80", SOURCE, "no words" },
	{ "one two three four five six seven eight", "\xD9\x80[one \xD9\x80", "not" },
	{ "one two three four five six seven eight", "", "not" },
	{ "one two three four five six seven eight", "— … —", "not" },
};

Test(quote, comparisons)
{
	size_t i;

	for (i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
		const char *found = verdict_of(comparisons[i].quote, comparisons[i].source);

		if (comparisons[i].verdict)
			cr_expect_str_eq(found, comparisons[i].verdict, "'%s' is '%s', not '%s'", comparisons[i].quote,
					 found, comparisons[i].verdict);
		else
			cr_expect(opcit_str_starts(opcit_str_of(found), "differs"), "'%s' is '%s'", comparisons[i].quote, found);
	}
}

/* The stretch of the source that the quotation is. */
Test(quote, stretch)
{
	static const char source[] = "First, it requests the States to report. Then it urges the States to act, and so on.";
	struct opcit_quote *quote = opcit_quote_read(OPCIT_STR("[The Council] urge[d] the States to act"), &arena);
	struct opcit_quote_match match;

	cr_assert(quote);
	cr_expect_eq(opcit_quote_length(quote), 5u);
	cr_expect(opcit_str_is(opcit_quote_piece(quote), "the States to act"));
	opcit_quote_compare(quote, OPCIT_STR(source), &arena, &match);
	cr_expect_eq(match.verdict, OPCIT_QUOTE_EXACT_BUT);
	cr_expect(opcit_str_is(opcit_str_sub(OPCIT_STR(source), match.source.start, match.source.end),
			       "urges the States to act"));
	quote = opcit_quote_read(OPCIT_STR("… it urged the States to report …"), &arena);
	opcit_quote_compare(quote, OPCIT_STR(source), &arena, &match);
	cr_expect(opcit_str_is(opcit_str_sub(OPCIT_STR(source), match.source.start, match.source.end),
			       "it requests the States to report"));
	quote = opcit_quote_read(OPCIT_STR("It requests all States to act"), &arena);
	opcit_quote_compare(quote, OPCIT_STR(source), &arena, &match);
	cr_expect(opcit_str_is(opcit_str_sub(OPCIT_STR(source), match.source.start, match.source.end),
			       "it requests the States to report"));
	quote = opcit_quote_read(OPCIT_STR("[The Council] urge[d] the States to act"), &arena);
	opcit_quote_compare(quote, OPCIT_STR(source), &arena, &match);
	cr_assert_eq(match.n_changes, 2u);
	cr_expect_eq(match.changes[1].kind, OPCIT_QUOTE_BRACKETS);
	cr_expect(opcit_str_is(opcit_str_sub(OPCIT_STR(source), match.changes[1].source.start, match.changes[1].source.end),
			       "urges"));
}

/* Long texts are cut, and a quotation that is cut is never called exact. */
Test(quote, long_texts)
{
	struct opcit_buf text = OPCIT_BUF_INIT, brackets = OPCIT_BUF_INIT;
	struct opcit_quote_match match;
	size_t i;

	for (i = 0; i < OPCIT_WORDS_MOST + 10; i++) {
		opcit_buf_printf(&text, "w%zu ", i);
		opcit_buf_printf(&brackets, "w[%zu] ", i);
	}
	opcit_quote_compare(opcit_quote_read(opcit_buf_str(&text), &arena), opcit_buf_str(&text), &arena, &match);
	cr_expect(match.cut);
	cr_expect_eq(match.verdict, OPCIT_QUOTE_DIFFERS);
	opcit_quote_compare(opcit_quote_read(OPCIT_STR("w5 w6 w7 w8 w9 w10 w11 w12"), &arena), opcit_buf_str(&text),
			    &arena, &match);
	cr_expect_eq(match.verdict, OPCIT_QUOTE_EXACT);
	cr_expect(match.cut);
	opcit_quote_compare(opcit_quote_read(opcit_buf_str(&brackets), &arena), opcit_buf_str(&text), &arena, &match);
	cr_expect(match.n_changes <= OPCIT_QUOTE_CHANGES_MOST);
	opcit_buf_release(&text);
	opcit_buf_release(&brackets);
}
