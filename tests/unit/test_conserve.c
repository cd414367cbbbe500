/* The account of characters: what it must notice and what it must not. */
#include <criterion/criterion.h>

#include "../../indexer/conserve.h"

/* A document of one record, all but its texts empty. */
static const struct {
	const char *source, *text, *printed, *note, *drop;
	size_t characters, lost, added;
} cases[] = {
	{ "1. Ab c", "Ab c", "1.", "", "", 5, 0, 0 },
	{ "a\xC2\xA0\xE3\x80\x80"
	  "b\t\n",
	  "a b", "", "", "", 2, 0, 0 }, /* blanks */
	{ "\xEF\xBB\xBF"
	  "a",
	  "a", "", "", "", 1, 0, 0 },                            /* byte order mark */
	{ "a\xC2\xB9\xE2\x81\xB4", "a", "", "14", "", 3, 0, 0 }, /* superscripts */
	{ "**a**", "a", "", "", "****", 5, 0, 0 },
	{ "abc", "ab", "", "", "", 3, 1, 0 },
	{ "abc", "abcc", "", "", "", 3, 0, 1 },
	{ "abc", "abd", "", "", "", 3, 1, 1 },
	{ "\xF0\x9F\x98\x80"
	  "b",
	  "b", "", "", "", 2, 1, 0 }, /* beyond the 16-bit range */
	{ "", "", "", "", "", 0, 0, 0 },
};

Test(conserve, cases)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_str note = opcit_str_of(cases[i].note);
		struct opcit_str printed = opcit_str_of(cases[i].printed);
		struct opcit_record record = { .text = opcit_str_of(cases[i].text),
					       .notes = &note,
					       .n_notes = 1 };
		struct opcit_document document = { .records = &record,
						   .n_records = 1,
						   .printed = &printed };
		struct opcit_blocks blocks = { .decoded = opcit_str_of(cases[i].source) };
		struct opcit_conserved conserved;

		opcit_drops_add(&blocks.drops, OPCIT_DROP_EMPHASIS, opcit_str_of(cases[i].drop));
		opcit_conserve(&blocks, &document, &arena, &conserved);
		cr_expect_eq(conserved.characters, cases[i].characters, "case %zu", i);
		cr_expect_eq(conserved.lost, cases[i].lost, "case %zu", i);
		cr_expect_eq(conserved.added, cases[i].added, "case %zu", i);
		cr_expect_eq(conserved.n_items, cases[i].lost + cases[i].added, "case %zu", i);
		opcit_drops_release(&blocks.drops);
		opcit_arena_release(&arena);
	}
}

Test(conserve, names_the_characters)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_document document = { .n_records = 0 };
	struct opcit_blocks blocks = { .decoded = OPCIT_STR("z\xC3\xA9z") };
	struct opcit_conserved conserved;

	opcit_conserve(&blocks, &document, &arena, &conserved);
	cr_assert_eq(conserved.n_items, 2);
	cr_assert_eq(conserved.items[0].code_point, 'z');
	cr_assert_eq(conserved.items[0].source, 2);
	cr_assert_eq(conserved.items[0].kept, 0);
	cr_assert_eq(conserved.items[1].code_point, 0xE9);
	opcit_arena_release(&arena);
}
