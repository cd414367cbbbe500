/* Forms that a stemmer keeps apart: every one of the tables is found, and found by how it begins. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../lib/english.h"

Test(english, every_form_is_found)
{
	struct opcit_english_form form;
	size_t place = 0, n = 0;
	char buf[OPCIT_WORD_MAX];

	while (opcit_english_next(OPCIT_STR(""), &place, &form)) {
		struct opcit_str base = opcit_english_base(opcit_str_of(form.form), buf);

		cr_expect(opcit_str_is(base, form.base), "%s: %.*s", form.form, OPCIT_FMT(base));
		cr_expect_eq(*form.form, *form.base, "%s", form.form);
		n++;
	}
	cr_expect(n > 100);
}

Test(english, forms_by_their_beginning)
{
	struct opcit_english_form form;
	bool by_form = false, by_base = false, by_more = false;
	size_t place = 0;

	while (opcit_english_next(OPCIT_STR("soug"), &place, &form))
		by_form |= !strcmp(form.form, "sought");
	for (place = 0; opcit_english_next(OPCIT_STR("see"), &place, &form);)
		by_base |= !strcmp(form.form, "sought");
	for (place = 0; opcit_english_next(OPCIT_STR("paediatricia"), &place, &form);)
		by_more |= !strcmp(form.base, "pediatr");
	cr_expect(by_form && by_base && by_more);
	place = 0;
	cr_expect_not(opcit_english_next(OPCIT_STR("xylo"), &place, &form));
}

/* Words of any length stay in their bounds. */
Test(english, long_words)
{
	char word[OPCIT_WORD_MAX + 8], buf[OPCIT_WORD_MAX];
	const char *const starts[] = { "programmer", "centred", "labour", "manoeuvr" };
	const char *const ends[] = { "ise", "children", "wives", "women", "" };
	size_t len, i, k;

	for (len = 1; len < sizeof word; len++)
		for (i = 0; i < sizeof starts / sizeof *starts; i++)
			for (k = 0; k < sizeof ends / sizeof *ends; k++) {
				memset(word, 'x', sizeof word);
				memcpy(word, starts[i], strlen(starts[i]) < len ? strlen(starts[i]) : len);
				if (strlen(ends[k]) <= len)
					memcpy(word + len - strlen(ends[k]), ends[k], strlen(ends[k]));
				cr_assert(opcit_english_base((struct opcit_str){ word, len }, buf).len <= len + 1);
			}
}
