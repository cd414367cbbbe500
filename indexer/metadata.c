#include "metadata.h"

#include "piece.h"

#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_NAME = 80, LANGUAGE_WORDS = 300 };

static bool contains(struct opcit_str text, const char *needle)
{
	size_t i, n = strlen(needle);

	for (i = 0; i + n <= text.len; i++)
		if (strncasecmp(text.ptr + i, needle, n) == 0)
			return true;
	return false;
}

/* Whether the folded words of text include this one. */
static bool has_word(struct opcit_str text, const char *wanted)
{
	struct opcit_words words = opcit_words_of(text);
	char word[24];

	while (opcit_word_next(&words, word, sizeof word))
		if (strcmp(word, wanted) == 0)
			return true;
	return false;
}

static bool is_title(const struct opcit_document *d, size_t i)
{
	return i < d->n_records && d->records[i].kind == OPCIT_KIND_TITLE;
}

/* ---- the symbol ------------------------------------------------------------- */

static bool is_symbol_start(struct opcit_str s)
{
	size_t i = 0;

	while (i < s.len && isupper((unsigned char)s.ptr[i]))
		i++;
	return i > 0 && i <= 6 && i < s.len && s.ptr[i] == '/' && i + 1 < s.len &&
	       (isalnum((unsigned char)s.ptr[i + 1]));
}

/* The symbol that a masthead line holds: "A/65/156", "United Nations S/RES/1454
 * (2002)", "AG/RES. 2141 (XXXV-O/05)". Empty when it holds none. */
static struct opcit_str symbol_in(struct opcit_str line, struct opcit_arena *arena)
{
	struct opcit_str none = { "", 0 };
	size_t i, end;
	char *copy;

	for (i = 0; i < line.len; i++) {
		struct opcit_str rest = opcit_str_sub(line, i, line.len);

		if (i && line.ptr[i - 1] != ' ')
			continue;
		if (!is_symbol_start(rest))
			continue;
		if (i && strchr("*[(", line.ptr[i - 1]))
			continue;
		if (opcit_str_starts(rest, "AG/RES.") || opcit_str_starts(rest, "CP/RES.") ||
		    opcit_str_starts(rest, "AG/DEC.")) {
			const char *close = memchr(rest.ptr, ')', rest.len < 48 ? rest.len : 48);

			if (close)
				return opcit_str_sub(rest, 0, (size_t)(close - rest.ptr) + 1);
		}
		for (end = 0; end < rest.len && rest.ptr[end] != ' '; end++)
			;
		while (end && strchr(".,;*", rest.ptr[end - 1]))
			end--;
		if (!end || !isdigit((unsigned char)rest.ptr[end - 1]))
			continue;
		/* "S/RES/1454 (2002)" is one symbol, written without the space. */
		if (rest.len >= end + 7 && rest.ptr[end] == ' ' && rest.ptr[end + 1] == '(' &&
		    isdigit((unsigned char)rest.ptr[end + 2]) && rest.ptr[end + 6] == ')') {
			copy = opcit_arena_alloc(arena, end + 7);
			memcpy(copy, rest.ptr, end);
			memcpy(copy + end, rest.ptr + end + 1, 6);
			copy[end + 6] = '\0';
			return (struct opcit_str){ copy, end + 6 };
		}
		return opcit_str_sub(rest, 0, end);
	}
	return none;
}

/* The number of a resolution or decision as its title gives it: "Resolution
 * 534 (1983)", "59 (1948). Resolution of", "64/166. Protection of migrants". */
struct act_number {
	unsigned first, second;
	bool year;      /* first (second): how the Security Council numbers */
	bool decision;
};

static unsigned read_number(struct opcit_str s, size_t *i)
{
	unsigned value = 0;

	while (*i < s.len && isdigit((unsigned char)s.ptr[*i]) && value < 100000)
		value = value * 10 + (unsigned)(s.ptr[(*i)++] - '0');
	return value;
}

static bool is_act_word(const char *word)
{
	return strcmp(word, "resolution") == 0 || strcmp(word, "decision") == 0 ||
	       strcmp(word, "resolucion") == 0;
}

/* The year at the end of a title line, 0 when there is none. */
static unsigned last_year(struct opcit_str line)
{
	size_t i = line.len >= 4 ? line.len - 4 : line.len;
	unsigned year = read_number(line, &i);

	return i == line.len && year > 1900 && year < 2200 ? year : 0;
}

static bool act_number_in(struct opcit_str line, struct act_number *found)
{
	size_t i = 0, at;
	struct opcit_words words = opcit_words_of(line);
	char word[16];

	*found = (struct act_number){ 0 };
	if (!opcit_word_next(&words, word, sizeof word))
		return false;
	if (is_act_word(word)) {
		found->decision = word[0] == 'd';
		i = words.at;
		while (i < line.len && !isdigit((unsigned char)line.ptr[i]) && i < words.at + 4)
			i++;
	}
	at = i;
	found->first = read_number(line, &i);
	if (i == at || !found->first)
		return false;
	if (i < line.len && line.ptr[i] == '/') {
		i++;
		found->second = read_number(line, &i);
		return found->second && (i >= line.len || line.ptr[i] == '.' || line.ptr[i] == ' ');
	}
	if (i < line.len && line.ptr[i] == ' ')
		i++;
	found->year = true;
	if (i < line.len && line.ptr[i] == '(') {
		i++;
		found->second = read_number(line, &i);
		if (found->second > 1900 && i < line.len && line.ptr[i] == ')')
			return true;
	}
	/* "Resolution 290 of 8 December 1970": the date has the year. */
	found->second = line.len > 4 && words.at < line.len ? last_year(line) : 0;
	return found->second > 0 && is_act_word(word);
}

bool opcit_is_act_title(struct opcit_str line)
{
	struct act_number number;

	return act_number_in(line, &number) &&
	       (contains(line, "resolution") || contains(line, "decision") || contains(line, "resoluci") ||
	        contains(line, "d\xC3\xA9" "cision"));
}

/* ---- the issuing body ------------------------------------------------------- */

static const struct {
	const char *prefix; /* of the symbol */
	const char *body;
	const char *symbol; /* of its resolutions cited by number; NULL: no such */
} bodies[] = {
	{ "A/HRC/", "Human Rights Council", "A/HRC/" },
	{ "A/C.", "General Assembly", NULL },
	{ "A/", "General Assembly", "A/" },
	{ "S/", "Security Council", "S/" },
	{ "E/CN.4/Sub.2/", "Sub-Commission on the Promotion and Protection of Human Rights", "E/CN.4/Sub.2/" },
	{ "E/CN.4/", "Commission on Human Rights", "E/CN.4/" },
	{ "E/C.12/", "Committee on Economic, Social and Cultural Rights", NULL },
	{ "E/", "Economic and Social Council", "E/" },
	{ "CCPR/", "Human Rights Committee", NULL },
	{ "CRC/", "Committee on the Rights of the Child", NULL },
	{ "CEDAW/", "Committee on the Elimination of Discrimination against Women", NULL },
	{ "CERD/", "Committee on the Elimination of Racial Discrimination", NULL },
	{ "CAT/", "Committee against Torture", NULL },
	{ "CMW/", "Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families", NULL },
	{ "CRPD/", "Committee on the Rights of Persons with Disabilities", NULL },
	{ "CED/", "Committee on Enforced Disappearances", NULL },
	{ "AG/", "OAS General Assembly", NULL },
	{ "CP/", "OAS Permanent Council", NULL },
	{ "OEA/", "Organization of American States", NULL },
	{ "MC/", "IOM Council", NULL },
	{ "ST/", "United Nations Secretariat", NULL },
};

/* Names in a formula or masthead line, longest first; folded. */
static const struct {
	const char *name, *body;
} body_names[] = {
	{ "human rights council", "Human Rights Council" },
	{ "conseil des droits de l'homme", "Human Rights Council" },
	{ "consejo de derechos humanos", "Human Rights Council" },
	{ "security council", "Security Council" },
	{ "conseil de s\xC3\xA9" "curit\xC3\xA9", "Security Council" },
	{ "consejo de seguridad", "Security Council" },
	{ "economic and social council", "Economic and Social Council" },
	{ "conseil \xC3\xA9" "conomique et social", "Economic and Social Council" },
	{ "consejo econ\xC3\xB3mico y social", "Economic and Social Council" },
	{ "commission on human rights", "Commission on Human Rights" },
	{ "general assembly", "General Assembly" },
	{ "assembl\xC3\xA9" "e g\xC3\xA9n\xC3\xA9rale", "General Assembly" },
	{ "asamblea general", "General Assembly" },
};

static struct opcit_str body_of_symbol(struct opcit_str symbol)
{
	size_t i;

	for (i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (opcit_str_starts(symbol, bodies[i].prefix))
			return opcit_str_of(bodies[i].body);
	return OPCIT_STR("");
}

/* "The Santa Cruz Declaration" is known without its article, "We, the Heads of
 * State" without the pronoun. */
static struct opcit_str without_article(struct opcit_str text)
{
	static const char *const articles[] = { "We, the ", "The ", "THE ", "La ", "Le ", "LA ", "LE ", "El ", "EL ",
		                                "L'", "L\xE2\x80\x99", "Les ", "Los ", "Las " };
	size_t i;

	for (i = 0; i < sizeof articles / sizeof *articles; i++)
		if (opcit_str_starts(text, articles[i]))
			return opcit_str_sub(text, strlen(articles[i]), text.len);
	return text;
}

/* A formula names a body that the table may not know: "The Eighth Conference
 * of …," gives what stands between article and comma. */
static struct opcit_str body_of_formula(struct opcit_str text)
{
	size_t i;

	for (i = 0; i < sizeof body_names / sizeof *body_names; i++)
		if (contains(text, body_names[i].name))
			return opcit_str_of(body_names[i].body);
	text = without_article(text);
	while (text.len && strchr(",. ", text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static struct opcit_str body_of_masthead(const struct opcit_document *d)
{
	size_t i, j;

	for (i = 0; is_title(d, i); i++)
		for (j = 0; j < sizeof body_names / sizeof *body_names; j++)
			if (d->records[i].text.len < strlen(body_names[j].name) + 40 &&
			    contains(d->records[i].text, body_names[j].name))
				return opcit_str_of(body_names[j].body);
	return OPCIT_STR("");
}

/* ---- dates ------------------------------------------------------------------ */

/* The last date in a text, as ISO 8601: "21 July 2010", "June 7, 2005", "13-15
 * October 2004", "octobre 2004". Empty when there is none. */
static struct opcit_str date_in(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_words words = opcit_words_of(text);
	struct opcit_str found = { "", 0 };
	char word[24], before[24] = "", before2[24] = "";
	int month = 0, day = 0;

	while (opcit_word_next(&words, word, sizeof word)) {
		int here = opcit_month_of(word);
		int number = isdigit((unsigned char)word[0]) ? atoi(strrchr(word, '-') ? strrchr(word, '-') + 1 : word) : 0;

		if (here) {
			const char *d = strcmp(before, "de") == 0 ? before2 : before;

			month = here;
			day = isdigit((unsigned char)d[0]) ? atoi(strrchr(d, '-') ? strrchr(d, '-') + 1 : d) : 0;
			if (day < 1 || day > 31)
				day = 0;
		} else if (month && number > 1800 && number < 2200) {
			found = day ? opcit_arena_printf(arena, "%04d-%02d-%02d", number, month, day)
			            : opcit_arena_printf(arena, "%04d-%02d", number, month);
			month = day = 0;
		} else if (month && !day && number >= 1 && number <= 31) {
			day = number;
		} else if (strcmp(word, "de") != 0 && strcmp(word, "du") != 0 && strcmp(word, "del") != 0) {
			month = day = 0;
		}
		memcpy(before2, before, sizeof before2);
		memcpy(before, word, sizeof before);
	}
	return found;
}

static void find_date(struct opcit_document *d, struct opcit_arena *arena)
{
	struct opcit_str date, first = { "", 0 };
	struct act_number number;
	size_t i;

	for (i = 0; i < d->n_records; i++) {
		if (d->records[i].kind != OPCIT_KIND_TITLE)
			continue;
		date = date_in(d->records[i].text, arena);
		if (date.len && contains(d->records[i].text, "distr")) {
			first = date; /* the date of distribution is the document's */
			break;
		}
		if (date.len > first.len && !(first.len && i > 12))
			first = date;
	}
	for (i = 0; !first.len && is_title(d, i); i++)
		if (act_number_in(d->records[i].text, &number) && number.year)
			first = opcit_arena_printf(arena, "%u", number.second);
	d->meta.date = first;
}

/* ---- title, session, type --------------------------------------------------- */

/* Masthead lines that are not the title: places, dates, sessions, agenda items. */
static bool is_masthead(struct opcit_str text)
{
	static const char *const starts[] = { "distr", "original", "agenda item", "item ", "united nations", "point ",
		                              "tema ", "general assembly", "security council", "a/", "s/", "e/",
		                              "[", "(adopted", "adopted", "resolution adopted", "english", "nations unies",
		                              "naciones unidas", "human rights council", "economic and social council",
		                              "assembl", "asamblea general", "conseil", "consejo", "commission on", NULL };
	size_t i;

	for (i = 0; starts[i]; i++)
		if (text.len >= strlen(starts[i]) && strncasecmp(text.ptr, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* "The Santa Cruz Declaration", "Déclaration de Port-Calvert": a line that names
 * the declaration that the document is. */
static bool is_declaration_name(struct opcit_str text)
{
	return text.len < 90 && (has_word(text, "declaration") || has_word(text, "declaracion")) &&
	       !has_word(text, "report") && !has_word(text, "implementation");
}

static bool is_session(struct opcit_str text)
{
	return text.len < 60 && (contains(text, "session") || contains(text, "per\xC3\xADodo de sesiones"));
}

/* "Ninety-first session" out of "Ninety-first session Agenda item 69 (b)". */
static struct opcit_str session_in(struct opcit_str text)
{
	struct opcit_words words = opcit_words_of(text);
	size_t before = 0, start = 0;
	char word[24];

	while (opcit_word_next(&words, word, sizeof word)) {
		if (strcmp(word, "session") == 0)
			return opcit_str_sub(text, before, words.at);
		if (strcmp(word, "sesiones") == 0)
			return opcit_str_sub(text, start, words.at);
		if (strcmp(word, "periodo") == 0)
			start = before;
		before = words.start;
	}
	return text;
}

/* The title: the longest line of the masthead that is none of its fixed parts,
 * the last such when several are as long as a title may be. */
static void find_title(struct opcit_document *d)
{
	struct opcit_str best = { "", 0 };
	size_t i;

	for (i = 0; is_title(d, i); i++) {
		struct opcit_str text = d->records[i].text;

		if (is_session(text) && !d->meta.session.len)
			d->meta.session = session_in(text);
		if (is_masthead(text) || is_session(text) || text.len < 4 || is_symbol_start(text))
			continue;
		if (is_declaration_name(text)) {
			best = text;
			break;
		}
		if (text.len >= best.len || (text.len > 40 && i > 4))
			best = text;
	}
	if (!best.len && d->n_records && d->records[0].kind == OPCIT_KIND_TITLE)
		best = d->records[0].text;
	if (!best.len && d->n_records && d->records[0].kind == OPCIT_KIND_HEADING)
		best = d->records[0].text;
	d->meta.title = best;
}

/* "Convention on …", "Optional Protocol to …": the title of a treaty's text. */
static bool is_treaty_name(struct opcit_str title)
{
	static const char *const firsts[] = { "convention", "covenant", "protocol", "treaty", "charter", "statute",
		                              "agreement", "pact", "convenio", "convencion", "pacto", "tratado",
		                              "traite", "pacte", "protocole", "protocolo", NULL };
	struct opcit_words words = opcit_words_of(title);
	char word[24];
	size_t i, n;

	for (n = 0; n < 3 && opcit_word_next(&words, word, sizeof word); n++)
		for (i = 0; firsts[i]; i++)
			if (strcmp(word, firsts[i]) == 0)
				return true;
	return false;
}

static void find_type(struct opcit_document *d, bool enacts)
{
	static const struct {
		const char *word, *type;
	} words[] = {
		{ "general comment", "other" },   { "observation g", "other" },    { "observaci\xC3\xB3n general", "other" },
		{ "declaration", "declaration" }, { "declaracion", "declaration" }, { "decision", "decision" },
		{ "report", "report" },           { "rapport", "report" },          { "informe", "report" },
		{ "note by", "note" },            { "note verbale", "note" },       { "nota de", "note" },
		{ "note du", "note" },            { "judgment", "judgment" },       { "views adopted", "judgment" },
		{ "communication no", "judgment" },
	};
	struct opcit_str symbol = d->meta.symbol;
	const char *type = "";
	size_t i, j;

	if (contains(symbol, "/RES") || contains(symbol, "RES."))
		type = "resolution";
	else if (contains(symbol, "/DEC"))
		type = "decision";
	else if (contains(symbol, "/D/"))
		type = "judgment";
	for (i = 0; !type[0] && is_title(d, i); i++) {
		struct act_number number;

		if (act_number_in(d->records[i].text, &number))
			type = number.decision ? "decision" : "resolution";
	}
	for (j = 0; !type[0] && j < sizeof words / sizeof *words; j++)
		for (i = 0; is_title(d, i); i++)
			if (contains(d->records[i].text, words[j].word) || has_word(d->records[i].text, words[j].word)) {
				type = words[j].type;
				break;
			}
	if (!type[0] && is_treaty_name(d->meta.title))
		type = "treaty";
	if (!type[0])
		type = enacts ? "resolution" : "other";
	d->meta.type = opcit_str_of(type);
}

/* ---- language --------------------------------------------------------------- */

static void find_language(struct opcit_document *d)
{
	static const struct {
		const char *word;
		int language;
	} marks[] = {
		{ "the", 0 }, { "of", 0 }, { "and", 0 }, { "to", 0 }, { "in", 0 },
		{ "les", 1 }, { "des", 1 }, { "et", 1 }, { "du", 1 }, { "le", 1 }, { "une", 1 }, { "aux", 1 }, { "dans", 1 },
		{ "los", 2 }, { "las", 2 }, { "del", 2 }, { "el", 2 }, { "y", 2 }, { "una", 2 }, { "por", 2 }, { "que", 2 },
	};
	static const char *const languages[] = { "en", "fr", "es" };
	size_t seen[3] = { 0, 0, 0 }, i, j, words = 0, other = 0;
	int best;

	for (i = 0; i < d->n_records && words < LANGUAGE_WORDS; i++) {
		struct opcit_words walk = opcit_words_of(d->records[i].text);
		char word[16];

		while (words < LANGUAGE_WORDS && opcit_word_next(&walk, word, sizeof word)) {
			words++;
			other += word[0] == 'x' && (unsigned char)walk.text.ptr[walk.start] >= 0xD0;
			for (j = 0; j < sizeof marks / sizeof *marks; j++)
				if (strcmp(word, marks[j].word) == 0)
					seen[marks[j].language]++;
		}
	}
	best = seen[1] > seen[0] ? 1 : 0;
	best = seen[2] > seen[best] ? 2 : best;
	d->meta.lang = OPCIT_STR("");
	if (other * 2 > words) {
		unsigned char c = 0;

		for (i = 0; i < d->n_records && !c; i++)
			for (j = 0; j < d->records[i].text.len && c < 0xD0; j++)
				c = (unsigned char)d->records[i].text.ptr[j];
		d->meta.lang = opcit_str_of(c == 0xD0 || c == 0xD1 ? "ru" : c >= 0xD8 && c <= 0xDB ? "ar" :
		                            c >= 0xE3 && c <= 0xE9 ? "zh" : "");
	} else if (seen[best]) {
		d->meta.lang = opcit_str_of(languages[best]);
	}
}

/* ---- putting it together ---------------------------------------------------- */

/* A short name for a document without symbol: its title without article, up to
 * the first date or a length that can still be typed. */
static struct opcit_str short_name(struct opcit_str title, struct opcit_arena *arena)
{
	struct opcit_words words;
	char word[24];
	size_t end = 0;

	title = without_article(title);
	words = opcit_words_of(title);
	while (opcit_word_next(&words, word, sizeof word) && words.at <= SHORT_NAME) {
		if (end > 12 && isdigit((unsigned char)word[0]))
			break;
		end = words.at;
	}
	return opcit_arena_dup(arena, opcit_str_trim(opcit_str_sub(title, 0, end ? end : title.len)));
}

static void find_symbol(struct opcit_document *d, struct opcit_arena *arena)
{
	struct act_number number;
	const char *series = NULL;
	size_t i, j;

	d->meta.symbol = OPCIT_STR("");
	for (i = 0; is_title(d, i); i++) {
		struct opcit_str text = d->records[i].text;

		if (text.len > 120 || (text.len && strchr("[(*", text.ptr[0])))
			continue;
		d->meta.symbol = symbol_in(text, arena);
		if (d->meta.symbol.len)
			return;
	}
	for (j = 0; j < sizeof bodies / sizeof *bodies && !series; j++)
		if (bodies[j].symbol && opcit_str_is(d->meta.body, bodies[j].body))
			series = bodies[j].symbol;
	for (i = 0; series && is_title(d, i); i++) {
		if (!act_number_in(d->records[i].text, &number))
			continue;
		if (number.year && strcmp(series, "S/") == 0)
			d->meta.symbol = opcit_arena_printf(arena, "S/RES/%u(%u)", number.first, number.second);
		else if (!number.year)
			d->meta.symbol = opcit_arena_printf(arena, "%s%s/%u/%u", series,
			                                    number.decision ? "DEC" : "RES", number.first, number.second);
		if (d->meta.symbol.len)
			return;
	}
}

/* Only the Security Council numbers its resolutions "534 (1983)". */
static bool numbered_by_year(const struct opcit_document *d)
{
	struct act_number number;
	size_t i;

	for (i = 0; is_title(d, i); i++)
		if (act_number_in(d->records[i].text, &number) && number.year)
			return true;
	return false;
}

void opcit_metadata_find(struct opcit_document *document, struct opcit_arena *arena)
{
	struct opcit_doc *meta = &document->meta;
	struct opcit_str formula = { "", 0 };
	size_t i;

	*meta = (struct opcit_doc){ .source = OPCIT_STR(""), .url = OPCIT_STR(""), .session = OPCIT_STR("") };
	for (i = 0; i < document->n_records && !formula.len; i++)
		if (document->records[i].kind == OPCIT_KIND_HEADING && opcit_is_formula(document->records[i].text, false))
			formula = document->records[i].text;
	meta->body = formula.len ? body_of_formula(formula) : body_of_masthead(document);
	if (!meta->body.len && numbered_by_year(document))
		meta->body = OPCIT_STR("Security Council");
	find_symbol(document, arena);
	if (body_of_symbol(meta->symbol).len)
		meta->body = body_of_symbol(meta->symbol);
	find_title(document);
	find_type(document, formula.len > 0);
	find_date(document, arena);
	find_language(document);
	meta->id = meta->symbol.len ? meta->symbol : short_name(meta->title, arena);
	if (!meta->id.len)
		meta->id = OPCIT_STR("untitled");
}
