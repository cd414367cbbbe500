/* A document's symbol and the body that issued it. */
#include "metadata_int.h"

#include "word.h"

#include <ctype.h>
#include <string.h>

/* ---- the symbol ------------------------------------------------------------- */

bool opcit_meta_is_symbol_start(struct opcit_str s)
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
		if (!opcit_meta_is_symbol_start(rest))
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

bool opcit_meta_act_number(struct opcit_str line, struct opcit_act_number *found)
{
	size_t i = 0, at;
	struct opcit_words words = opcit_words_of(line);
	char word[16];

	*found = (struct opcit_act_number){ 0 };
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
	struct opcit_act_number number;

	return opcit_meta_act_number(line, &number) &&
	       (opcit_meta_contains(line, "resolution") || opcit_meta_contains(line, "decision") || opcit_meta_contains(line, "resoluci") ||
	        opcit_meta_contains(line, "d\xC3\xA9" "cision"));
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
struct opcit_str opcit_meta_without_article(struct opcit_str text)
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
		if (opcit_meta_contains(text, body_names[i].name))
			return opcit_str_of(body_names[i].body);
	text = opcit_meta_without_article(text);
	while (text.len && strchr(",. ", text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static struct opcit_str body_of_masthead(const struct opcit_document *d)
{
	size_t i, j;

	for (i = 0; opcit_meta_is_title(d, i); i++)
		for (j = 0; j < sizeof body_names / sizeof *body_names; j++)
			if (d->records[i].text.len < strlen(body_names[j].name) + 40 &&
			    opcit_meta_contains(d->records[i].text, body_names[j].name))
				return opcit_str_of(body_names[j].body);
	return OPCIT_STR("");
}
static void find_symbol(struct opcit_document *d, struct opcit_arena *arena)
{
	struct opcit_act_number number;
	const char *series = NULL;
	size_t i, j;

	d->meta.symbol = OPCIT_STR("");
	for (i = 0; opcit_meta_is_title(d, i); i++) {
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
	for (i = 0; series && opcit_meta_is_title(d, i); i++) {
		if (!opcit_meta_act_number(d->records[i].text, &number))
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
	struct opcit_act_number number;
	size_t i;

	for (i = 0; opcit_meta_is_title(d, i); i++)
		if (opcit_meta_act_number(d->records[i].text, &number) && number.year)
			return true;
	return false;
}

void opcit_meta_find_symbol(struct opcit_document *d, struct opcit_str formula, struct opcit_arena *arena)
{
	struct opcit_doc *meta = &d->meta;

	meta->body = formula.len ? body_of_formula(formula) : body_of_masthead(d);
	if (!meta->body.len && numbered_by_year(d))
		meta->body = OPCIT_STR("Security Council");
	find_symbol(d, arena);
	if (body_of_symbol(meta->symbol).len)
		meta->body = body_of_symbol(meta->symbol);
}
