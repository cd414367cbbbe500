/* test_pinpoint.c: pinpoints of citations, compared and written. */
#include <criterion/criterion.h>

#include "../../query/pinpoint.h"

Test(pinpoint, covers)
{
	static const struct {
		const char *asked, *cited;
		bool covers;
	} rows[] = {
		{ "art:37", "art:37", true },
		{ "art:37", "art:37(b)", true },
		{ "art:37(b)", "art:37", false },
		{ "art:37", "art:371", false },
		{ "art:37", "para:37", false },
		{ "para:15", "para:14-16", true },
		{ "para:15(a)", "para:14-16", true },
		{ "para:17", "para:14-16", false },
		{ "para:14-16", "para:15", true },
		{ "para:105.13", "para:105.10-105.20", true },
		{ "para:105.13", "para:105.10-20", true },
		{ "para:106.13", "para:105.10-105.20", false },
		{ "para:5", "para:105.1-105.9", false },
		{ "para:PP3", "para:pp3", true },
		{ "annex:I", "annex:i", true },
		{ "annex:I", "annex:II", false },
		{ "para:", "para:3", false },
		{ "", "", false },
		{ "para:99999999999999999999", "para:1-4000000000", false },
	};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(
			pinpoint_covers(opcit_str_of(rows[i].asked), opcit_str_of(rows[i].cited)),
			rows[i].covers, "%s, %s", rows[i].asked, rows[i].cited);
}

Test(pinpoint, written)
{
	static const struct {
		const char *pinpoints[4];
		const char *un, *plain;
	} rows[] = {
		{ { "para:67(h)" }, "para. 67 (h)", "para 67(h)" },
		{ { "para:3", "para:5(a)", "para:7" },
		  "paras. 3, 5 (a) and 7",
		  "paras 3, 5(a) and 7" },
		{ { "para:3-5" }, "paras. 3–5", "paras 3-5" },
		{ { "art:2(1)", "art:26", "annex:I" },
		  "arts. 2 (1) and 26, annex I",
		  "arts 2(1) and 26, annex I" },
		{ { "para:pp3" }, "preambular para. 3", "pp3" },
		{ { "para:fn4" }, "footnote 4", "fn4" },
		{ { "page:5" }, "p. 5", "page 5" },
		{ { "strange:1" }, "1", "1" },
	};
	size_t i, n;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct opcit_buf buf = OPCIT_BUF_INIT;
		struct opcit_str list[4];

		for (n = 0; n < 4 && rows[i].pinpoints[n]; n++)
			list[n] = opcit_str_of(rows[i].pinpoints[n]);
		pinpoint_list(list, n, &PINPOINT_UN, &buf);
		cr_expect_str_eq(buf.ptr, rows[i].un);
		opcit_buf_clear(&buf);
		pinpoint_list(list, n, &PINPOINT_PLAIN, &buf);
		cr_expect_str_eq(buf.ptr, rows[i].plain);
		opcit_buf_release(&buf);
	}
}
