#include <criterion/criterion.h>

#include <string.h>

#include "../../lib/map.h"
#include "../../lib/paths.h"
#include "../../lib/text.h"

Test(str, fits_on_whole_words_and_characters)
{
	static const struct {
		const char *text;
		size_t most;
		const char *shown;
	} rows[] = {
		{ "one two", 7, "one two" },
		{ "one two three", 9, "one two" },
		{ "one two three", 7, "one two" },
		{ "a bcdefghij", 8, "a bcdefg" }, /* the blank is too early */
		{ "bcd\xC3\xA9\xC3\xA9", 6, "bcd\xC3\xA9" },
		{ "", 0, "" },
	};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct opcit_str text = opcit_str_of(rows[i].text);

		cr_expect_eq(opcit_str_fit(text, rows[i].most), strlen(rows[i].shown), "%zu", i);
	}
}

Test(str, begins_of_characters)
{
	struct opcit_str text = OPCIT_STR("a\xE2\x80\xA6z");

	cr_expect_eq(opcit_str_char(text, 0), 0);
	cr_expect_eq(opcit_str_char(text, 1), 1);
	cr_expect_eq(opcit_str_char(text, 3), 1);
	cr_expect_eq(opcit_str_char(text, 4), 4);
	cr_expect_eq(opcit_str_char(text, 9), text.len);
	cr_expect_eq(opcit_str_char(OPCIT_STR("\x80\x80"), 1), 0);
}

Test(str, finds)
{
	struct opcit_str text = OPCIT_STR("a/93/288/rev.1");

	cr_expect_eq(opcit_str_find(text, "/rev."), text.ptr + 8);
	cr_expect_null(opcit_str_find(text, "/corr."));
	cr_expect_null(opcit_str_find((struct opcit_str){ NULL, 0 }, "/"));
}

Test(text, clean_is_fit_for_a_page)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	cr_expect_str_eq(opcit_text_clean(OPCIT_STR("a\tb\x01\x7F\xC2\x85z"), &buf), "a b   z");
	cr_expect_str_eq(opcit_text_clean(OPCIT_STR("\xE2\x80\xAE\xFF\xC3\xA9"), &buf), " \xEF\xBF\xBD\xC3\xA9");
	cr_expect_str_eq(opcit_text_clean(OPCIT_STR(""), &buf), "");
	opcit_buf_release(&buf);
}

Test(paths, escaped_in_addresses)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	opcit_path_escape(OPCIT_STR("/a b/\xC3\xA9_(1).txt"), "/-._~", &buf);
	cr_expect_str_eq(buf.ptr, "/a%20b/%C3%A9_%281%29.txt");
	opcit_buf_clear(&buf);
	opcit_path_escape((struct opcit_str){ "(\0", 2 }, "()", &buf);
	cr_expect_str_eq(buf.ptr, "(%00");
	opcit_buf_clear(&buf);
	opcit_path_unescape(OPCIT_STR("/a%20b%C3%a9%2g%%41%"), &buf);
	cr_expect_str_eq(buf.ptr, "/a b\xC3\xA9%2g%A%");
	opcit_buf_release(&buf);
}

Test(map, keeps_what_it_was_given)
{
	enum { MANY = 1000 };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_map map = OPCIT_MAP_INIT;
	size_t i;
	int values[MANY];

	for (i = 0; i < MANY; i++) {
		void **place = opcit_map_at(&map, opcit_arena_printf(&arena, "key %zu", i));

		cr_assert_null(*place);
		*place = &values[i];
	}
	*opcit_map_at(&map, (struct opcit_str){ NULL, 0 }) = &map;
	for (i = 0; i < MANY; i++)
		cr_assert_eq(*opcit_map_at(&map, opcit_arena_printf(&arena, "key %zu", i)), (void *)&values[i]);
	cr_expect_eq(*opcit_map_at(&map, OPCIT_STR("")), (void *)&map);
	cr_expect_eq(map.n, MANY + 1);
	opcit_map_release(&map);
	opcit_arena_release(&arena);
}
