/* Which language a text is in: one row a case. */
#include <criterion/criterion.h>

#include "../../lib/lang.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *text, *expected, *lang;
} rows[] = {
	{ "States should ensure that children are not detained.", "", "en" },
	{ "Les États devraient veiller à ce que les enfants ne soient pas détenus.", "", "fr" },
	{ "Los Estados deberían velar por que los niños no sean detenidos.", "", "es" },
	{ "Генеральная Ассамблея призывает государства защищать права мигрантов", "", "ru" },
	{ "تؤكد الجمعية العامة من جديد أهمية حماية حقوق المهاجرين", "", "ar" },
	{ "各国应确保被拘留的儿童与成年人分开关押。", "", "zh" },
	{ "大會重申《兒童權利公約》的各項規定，並籲請各國予以批准。", "", "zh" },
	{ "国は子どもの権利を保護しなければならない。", "", "ja" },
	{ "รัฐควรรับรองว่าเด็กจะไม่ถูกกักขัง", "", "th" },
	{ "Os Estados devem garantir que as crianças não sejam detidas.", "", "pt" },
	/* as like Galician as Spanish: the document decides */
	{ "Decide seguir examinando la cuestión en su nonagésimo primer período de sesiones.", "es", "es" },
	{ "196.866 290.156 285.953 276.303", "", "" },
	{ "", "", "" },
	{ "\xff\xfe not a text \xe2\x82", "", "" },
	{ "The Committee notes.", "xx", "en" },
};

Test(lang, detect)
{
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct opcit_str found = opcit_lang_detect(opcit_str_of(rows[i].text), opcit_str_of(rows[i].expected));

		cr_expect(opcit_str_is(found, rows[i].lang), "'%s' gave '%.*s'", rows[i].text, OPCIT_FMT(found));
	}
}

Test(lang, a_text_of_any_length_is_cut_between_characters)
{
	struct opcit_buf text = OPCIT_BUF_INIT;
	size_t n;

	while (text.len < 3 * OPCIT_LANG_LOOK)
		opcit_buf_puts(&text, "各国应确保被拘留的儿童与成年人分开关押。");
	for (n = OPCIT_LANG_LOOK - 4; n < OPCIT_LANG_LOOK + 4; n++)
		cr_expect(opcit_str_is(opcit_lang_detect((struct opcit_str){ text.ptr + n % 3 * 3, n - n % 3 }, OPCIT_STR("")), "zh"),
			  "%zu bytes", n);
	opcit_buf_release(&text);
}

/* Each word is found in its table, which is searched by halves. */
Test(lang, each_common_word_tells_its_language)
{
	static const struct {
		const char *lang, *two, *others;
	} words[] = {
		{ "en", "the of", "and been from had have its shall should that their these they this were which with" },
		{ "fr", "les des", "aux cette dans du et le par pour qui sur une" },
		{ "es", "los y", "del el las" },
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		char list[128], text[64], *word;

		snprintf(list, sizeof list, "%s", words[i].others);
		for (word = strtok(list, " "); word; word = strtok(NULL, " ")) {
			snprintf(text, sizeof text, "%s %s %s", words[i].two, word, word);
			cr_expect(opcit_str_is(opcit_lang_by_words(opcit_str_of(text)), words[i].lang), "'%s'", text);
		}
	}
}

Test(lang, common_words_tell_only_what_is_plain)
{
	static const struct {
		const char *text, *lang;
	} texts[] = {
		{ "The Committee notes that THEIR rights and those of the child were upheld.", "en" },
		{ "Les États et le Comité veillent à la protection des enfants dans les centres pour migrants.", "fr" },
		{ "Los Estados y el Comité velan por los derechos de las niñas y los niños del país.", "es" },
		/* too few, too thinly sown, of two languages, of another */
		{ "The rights of the child.", "" },
		{ "The Law on the Law of the Land: undang undang tentang perubahan atas undang undang nomor dua puluh tiga "
		  "tahun dua ribu dua tentang perlindungan anak dan peraturan pelaksanaannya yang baru", "" },
		{ "Speaking of the title of the law, \"Loi sur le statut des étrangers\", the author and the State agree.", "" },
		{ "Die Kinder haben das Recht auf Schutz und die Staaten sind verpflichtet, es zu achten.", "" },
		{ "Die Rechte des Kindes, des Staates und des Rates der Union: du sollst des Amtes walten.", "" },
		{ "", "" },
	};
	size_t i;

	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct opcit_str found = opcit_lang_by_words(opcit_str_of(texts[i].text));

		cr_expect(opcit_str_is(found, texts[i].lang), "'%s' gave '%.*s'", texts[i].text, OPCIT_FMT(found));
	}
}

Test(lang, codes)
{
	static const char *const codes[][2] = {
		{ "en", "en" },  { "en-GB", "en" },	  { "fra", "fr" }, { "fre", "fr" },
		{ "ENG", "en" }, { "zh_Hant_TW", "zh" }, { "iw", "he" },  { "mul", "" },
		{ "", "" },	 { "a language of no name", "" },
	};
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	size_t i;

	for (i = 0; i < sizeof codes / sizeof *codes; i++) {
		struct opcit_str code = opcit_lang_code(opcit_str_of(codes[i][0]), &arena);

		cr_expect(opcit_str_is(code, codes[i][1]), "'%s' gave '%.*s'", codes[i][0], OPCIT_FMT(code));
	}
	opcit_arena_release(&arena);
}
