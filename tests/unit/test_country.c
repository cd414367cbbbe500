/* The countries that a text names. */
#include "../../lib/country.h"

#include <criterion/criterion.h>
#include <string.h>

static struct opcit_countries *countries;
static const char *const folders[] = { "data" };

static void complain(void *data, const char *file, unsigned line, const char *message)
{
	(void)data;
	cr_expect(0, "%s:%u: %s", file, line, message);
}

static void setup(void)
{
	cr_assert_eq(opcit_countries_load(folders, 1, complain, NULL, &countries, NULL), OPCIT_OK);
}

static void teardown(void)
{
	opcit_countries_free(countries);
}
TestSuite(country, .init = setup, .fini = teardown);

/* The codes of a text, in the order of the alphabet as the table has it. */
static void expect(const char *text, const char *codes, bool typed)
{
	struct opcit_country_set set = OPCIT_COUNTRY_SET_INIT;
	const struct opcit_country *country;
	char found[256] = "";
	size_t at = 0;

	(typed ? opcit_country_find_typed : opcit_country_find)(countries, opcit_str_of(text), &set);
	while ((country = opcit_country_next(countries, &set, &at)) != NULL) {
		strcat(found, found[0] ? " " : "");
		strncat(found, country->code.ptr, country->code.len);
	}
	cr_expect_str_eq(found, codes, "'%s' names '%s', not '%s'", text, found, codes);
}

static const struct {
	const char *text, *codes;
} rows[] = {
	{ "the situation in Kenya", "KE" },
	{ "la situation au Kenya et en Égypte", "EG KE" },
	{ "la situación en Haití, el Líbano y Túnez", "HT LB TN" },
	{ "AFGHANISTAN", "AF" },
	{ "kenya", "" },
	{ "Kenyan courts", "" },
	{ "Iran (Islamic Republic of)", "IR" },
	{ "the Islamic Republic of Iran", "IR" },
	{ "l’Iran et l'Iraq", "IQ IR" },
	{ "the Iran-Iraq war", "IQ IR" },
	{ "Bolivia (Plurinational State of), Bosnia and Herzegovina", "BA BO" },
	{ "Côte d'Ivoire and COTE D’IVOIRE", "CI" },
	{ "Türkiye", "TR" },
	{ "Turkey", "TR" },
	{ "the Democratic People's Republic of Korea", "KP" },
	{ "the Republic of Korea", "KR" },
	{ "Korea", "" },
	/* the longest name wins */
	{ "Equatorial Guinea", "GQ" },
	{ "Papua New Guinea", "PG" },
	{ "Guinea-Bissau", "GW" },
	{ "Guinea Bissau", "GW" },
	{ "Guinea", "GN" },
	{ "the Gulf of Guinea", "" },
	{ "South Sudan", "SS" },
	{ "Sudan and South Sudan", "SD SS" },
	{ "the Democratic Republic of the Congo", "CD" },
	{ "the Republic of the Congo", "CG" },
	{ "Dominica", "DM" },
	{ "the Dominican Republic", "DO" },
	{ "Niger, Nigeria", "NE NG" },
	{ "the United Kingdom of Great Britain and Northern Ireland", "GB" },
	{ "Ireland", "IE" },
	{ "the former Yugoslav Republic of Macedonia", "MK" },
	{ "South Georgia", "GS" },
	{ "New Mexico", "" },
	{ "the United States Virgin Islands", "VI" },
	{ "Taiwan Province of China", "TW" },
	{ "China, Hong Kong Special Administrative Region", "HK" },
	/* former states */
	{ "Zaire", "CD" },
	{ "the Federal Republic of Yugoslavia (Serbia and Montenegro)", "YUCS" },
	{ "the USSR and Yugoslavia", "SUHH YUCS" },
	{ "the Union of Soviet Socialist Republics", "SUHH" },
	{ "the German Democratic Republic and the Federal Republic of Germany", "DE DDDE" },
	{ "Upper Volta", "BF" },
	/* names that others bear */
	{ "Jordan", "JO" },
	{ "In Jordan and in Chad,", "JO TD" },
	{ "the Government of Jordan", "JO" },
	{ "THE SITUATION IN JORDAN", "JO" },
	{ "Michael Jordan", "" },
	{ "Mr. Jordan said", "" },
	{ "the Jordan Valley", "" },
	{ "the Israel-Jordan General Armistice Agreement", "IL JO" },
	{ "the Niger Delta", "" },
	{ "la République du Niger", "NE" },
	{ "M. Maurice Ravel", "" },
	{ "Chad Smith", "" },
	{ "Jordan, Lebanon", "JO LB" },
	{ "the Hashemite Kingdom of Jordan", "JO" },
	{ "Réunion d’experts", "" },
	{ "la provincia de Santa Elena; Santa Lucía y Granada", "GD LC" },
	{ "el barrio Santa Lucía Norte", "" },
	{ "the Philippine delegation, the Philippines", "PH" },
	{ "UK nationals", "GB" },
	{ "uk", "" },
	{ "", "" },
	{ "Kenya \xc3", "KE" },
};

Test(country, rows)
{
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		expect(rows[i].text, rows[i].codes, false);
}

static const struct {
	const char *text, *codes;
} typed[] = {
	{ "detention in libya", "LY" },
	{ "Detention in Libya", "LY" },
	{ "refugees from jordan and chad", "JO TD" },
	{ "grenade attacks", "" },
	{ "papua new guinea", "PG" },
	{ "côte d'ivoire elections", "CI" },
	{ "uk or us law", "" },
	{ "UK law", "GB" },
	{ "gulf of guinea", "" },
	{ "", "" },
};

Test(country, typed)
{
	size_t i;

	for (i = 0; i < sizeof typed / sizeof *typed; i++)
		expect(typed[i].text, typed[i].codes, true);
}

static const struct {
	const char *name, *code;
} names[] = {
	{ "Kenya", "KE" },	 { "kenya", "KE" },  { "ke", "KE" },	     { " KE ", "KE" },
	{ "cote d'ivoire", "CI" }, { "uk", "GB" },	 { "Royaume-Uni", "GB" }, { "yucs", "YUCS" },
	{ "georgia", "GE" },	 { "the gambia", "GM" }, { "Kenya and Chad", NULL }, { "", NULL },
	{ "-", NULL },	 { "New Mexico", NULL }, { "zz", NULL },	     { "TUVALU", "TV" },
	{ "Iran, Islamic Republic of", "IR" },
};

Test(country, names)
{
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		const struct opcit_country *found =
			opcit_country_of(countries, opcit_str_of(names[i].name));

		cr_expect(names[i].code ? found && opcit_str_is(found->code, names[i].code) : !found,
			  "'%s' is %s", names[i].name, found ? found->code.ptr : "none");
	}
}

/* Every row has a name to show, in English. */
Test(country, shown)
{
	static const char *const shown[][2] = { { "KE", "Kenya" },	   { "JO", "Jordan" },
						{ "MU", "Mauritius" },	   { "DM", "Dominica" },
						{ "KR", "Republic of Korea" }, { "GE", "Georgia" } };
	struct opcit_country_set all;
	const struct opcit_country *country;
	size_t at = 0, i, n = 0;

	memset(&all, 0xff, sizeof all);
	for (; (country = opcit_country_next(countries, &all, &at)) != NULL; n++)
		cr_expect(country->name.len > 0, "%s", country->code.ptr);
	cr_expect_gt(n, 220u);
	for (i = 0; i < sizeof shown / sizeof *shown; i++)
		cr_expect(opcit_str_is(opcit_country_of(countries, opcit_str_of(shown[i][0]))->name,
				       shown[i][1]));
}
