/* Words as the index and the query see them: one row a case. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/text.h"

/* The words of a text, joined by spaces; a compound's parts in brackets, a
 * part that is no word of its own with a "!" before it. */
static char *words_of(const char *text)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, opcit_str_of(text));
	while (opcit_tokens_next(&tokens, &token))
		opcit_buf_printf(&buf, "%s%s%s%.*s%s", buf.len ? " " : "", token.part ? "[" : "",
				 token.bound ? "!" : "", OPCIT_FMT(token.word),
				 token.part ? "]" : "");
	return buf.ptr ? buf.ptr : opcit_xstrdup("");
}

static const char *const rows[][2] = {
	{ "", "" },
	{ " ,;-- ", "" },
	{ "The Rights of MIGRANTS", "the rights of migrants" },
	{ "Assemblée générale, Résolution", "assemblee generale resolution" },
	{ "l'Assemblée d’origine qu'elle", "assemblee origine elle" },
	{ "L’État aujourd'hui", "etat aujourdhui" },
	{ "the State's and States' duty", "the state and states duty" },
	{ "the State’s duty", "the state duty" },
	{ "O'Brien didn't", "obrien didnt" },
	{ "co-operation", "cooperation [!co] [!operation]" },
	{ "cooperation", "cooperation" },
	{ "co operation, Co. and co 2", "cooperation [co] [operation] co and co 2" },
	{ "co well-known", "cowell [co] [well] known" },
	{ "human-rights-based", "humanrightsbased [human] [rights] [based]" },
	{ "non‑refoulement", "nonrefoulement [non] [refoulement]" }, /* U+2011 */
	{ "24-26 October 2004-2005", "24 26 october 2004 2005" },
	{ "OC-16/99", "oc16 [oc] [16] 99" },
	{ "and/or", "and or" },
	{ "A/RES/64/166", "a res 64 166" },
	{ "para. 105.13, 14", "para 105.13 14" },
	{ "1,000 people; 3,4", "1000 people 3 4" },
	{ "the U.N. and O.A.S. met", "the un and oas met" },
	{ "A. Instruct", "a instruct" },
	{ "ﬁnal cœur Ærø Straße łódź", "final coeur aero strasse lodz" },
	{ "co\xc2\xadoperation zero\xe2\x80\x8bwidth", "cooperation zerowidth" },
	{ "e\xcc\x81tat", "etat" }, /* a combining accent */
	{ "\xcc\x81", "" },         /* a stray one */
	{ "права человека", "права человека" },
	{ "Ёлка и международный МЕЖДУНАРОДНЫЙ", "елка и международный международный" },
	{ "международныи\xcc\x86", "международный" }, /* й in two characters */
	{ "İstanbul Işık çocuğun", "istanbul isik cocugun" },
	/* Arabic: vowel marks, stretching, alefs, digits */
	{ "حُقُوقُ الإِنْسَانِ", "حقوق الانسان" },
	{ "حقـــوق أحمد آمن ٱلحق", "حقوق احمد امن الحق" },
	{ "القرار ٦٤/١٦٦ و۱۲", "القرار 64 166 و12" },
	{ "ﻻ ﺣﻖ", "لا حق" }, /* presentation forms */
	/* scripts without spaces */
	{ "人权 rights", "人权 [人] [权] rights" },
	{ "儿童权利公约", "儿童 [儿] [童] 权利 [权] [利] 公约 [公] [约]" },
	{ "被拘留的儿童。第64/166号决议", "被 拘留 [拘] [留] 的 儿童 [儿] [童] 第 64 166 号 决议 [决] [议]" },
	{ "子どもの権利", "子と\xe3\x82\x99も [子] [!と\xe3\x82\x99] [!も] の 権利 [権] [利]" },
	{ "データ ﾃﾞｰﾀ", "テ\xe3\x82\x99ータ [!テ\xe3\x82\x99] [!ー] [!タ] テ\xe3\x82\x99ータ [!テ\xe3\x82\x99] [!ー] [!タ]" },
	{ "สิทธิเด็ก ๑๒", "สิทธิ [!สิ] [!ท] [!ธิ] เด็ก [!เ] [!ด็] [!ก] 12" },
	{ "កុមារមិនត្រូវ", "កុមារ [!កុ] [!មា] [!រ] មិន [!មិ] [!ន] ត្រូវ [!ត្] [!រូ] [!វ]" },
	{ "UN人权-x", "un 人权 [人] [权] x" },
	{ "बच्चों के अधिकार १२", "बच्चों के अधिकार 12" },
	{ "bad\xff"
	  "byte \xe2\x82",
	  "bad byte" },
	{ "migrants²", "migrants" },
	{ "a-b-c-d-e-f-g-h-i", "abcdefgh [a] [b] [c] [d] [e] [f] [g] [h] i" },
	{ "trailing-", "trailing" },
	{ "'quoted' “words”", "quoted words" },
};

Test(text, words)
{
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *words = words_of(rows[i][0]);

		cr_expect_str_eq(words, rows[i][1], "'%s' gave '%s'", rows[i][0], words);
		free(words);
	}
}

Test(text, spans_are_of_the_text_and_positions_go_on)
{
	struct opcit_str text = OPCIT_STR("l’État co-opère déjà");
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	cr_assert(opcit_tokens_next(&tokens, &token));
	cr_expect(opcit_str_is(opcit_str_sub(text, token.start, token.end), "État"));
	cr_expect_eq(token.pos, 0);
	cr_assert(opcit_tokens_next(&tokens, &token));
	cr_expect(opcit_str_is(opcit_str_sub(text, token.start, token.end), "co-opère"));
	cr_expect_eq(token.pos, 1);
	cr_expect_eq(token.span, 2);
	cr_assert(opcit_tokens_next(&tokens, &token));
	cr_expect_eq(token.pos, 1);
	cr_assert(opcit_tokens_next(&tokens, &token));
	cr_expect_eq(token.pos, 2);
	cr_expect(opcit_str_is(opcit_str_sub(text, token.start, token.end), "opère"));
	cr_assert(opcit_tokens_next(&tokens, &token));
	cr_expect_eq(token.pos, 3);
	cr_expect_not(opcit_tokens_next(&tokens, &token));
}

Test(text, a_long_word_is_cut_between_characters)
{
	char text[4000];
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t i;

	/* Cyrillic letters: two bytes each, so that 64 falls between two; with
	 * one ASCII letter before them it does not. */
	text[0] = 'x';
	for (i = 1; i + 1 < sizeof text; i += 2)
		memcpy(text + i, "ж", 2);
	opcit_tokens_init(&tokens, (struct opcit_str){ text, i });
	cr_assert(opcit_tokens_next(&tokens, &token));
	cr_expect_leq(token.word.len, OPCIT_WORD_MAX);
	cr_expect_eq(token.word.len % 2, 1);
	cr_expect_not(opcit_tokens_next(&tokens, &token));
}

Test(text, any_bytes_end)
{
	unsigned seed = 1;
	int round;

	for (round = 0; round < 20000; round++) {
		size_t len = (size_t)(rand_r(&seed) % 40), i;
		char *bytes = opcit_xmalloc(len);
		struct opcit_buf key = OPCIT_BUF_INIT;
		struct opcit_tokens tokens;
		struct opcit_token token;
		static const char likely[] = "aB1'-.,/ \xe2\x80\x99\xc3\xa9\xcc\x81\xff\xad";

		for (i = 0; i < len; i++)
			bytes[i] = likely[(size_t)rand_r(&seed) % (sizeof likely - 1)];
		opcit_tokens_init(&tokens, (struct opcit_str){ bytes, len });
		while (opcit_tokens_next(&tokens, &token)) {
			cr_assert(token.start < token.end && token.end <= len);
			cr_assert(token.word.len > 0 && token.word.len <= OPCIT_WORD_MAX);
		}
		opcit_text_key((struct opcit_str){ bytes, len }, &key);
		opcit_buf_release(&key);
		free(bytes);
	}
}

/* However a text in scripts without spaces is cut: the spans are in order, and
 * any run of its characters is found as a phrase. */
Test(text, any_cut_ends)
{
	static const char *const likely[] = { "人", "权", "儿", "童", "ど", "ー", "ก", "ด็", "์", "ក", "်", "1", " ", "a", "。", "\xe2\x80\x8b", "\xff" };
	unsigned seed = 2;
	int round, i;

	for (round = 0; round < 2000; round++) {
		struct opcit_buf buf = OPCIT_BUF_INIT;
		struct opcit_tokens tokens;
		struct opcit_token token;
		size_t last = 0, n = 0;

		for (i = rand_r(&seed) % 400; i >= 0; i--)
			opcit_buf_puts(&buf, likely[(size_t)rand_r(&seed) % (sizeof likely / sizeof *likely)]);
		opcit_tokens_init(&tokens, opcit_buf_str(&buf));
		while (opcit_tokens_next(&tokens, &token)) {
			cr_assert(token.start < token.end && token.end <= buf.len && token.start >= last);
			cr_assert(token.word.len > 0 && token.word.len <= OPCIT_WORD_MAX);
			last = token.start;
			if (token.part && n++ == 0) {
				struct opcit_phrase *phrase =
					opcit_phrase_new(opcit_str_sub(opcit_buf_str(&buf), token.start, token.end));

				cr_expect(!phrase || opcit_phrase_find(phrase, opcit_buf_str(&buf), 0, NULL, NULL));
				opcit_phrase_free(phrase);
			}
		}
		opcit_buf_release(&buf);
	}
}

Test(text, keys)
{
	static const char *const keys[][2] = {
		{ "A/65/156", "a/65/156" },
		{ " a/65/ 156\n", "a/65/156" },
		{ "AG/RES. 2141 (XXXV–O/05)", "ag/res.2141(xxxv-o/05)" },
		{ "Comité des droits de l’homme", "comitedesdroitsdel'homme" },
		{ "A\xc2\xa0/\xe2\x80\x8b"
		  "65",
		  "a/65" },
		{ "", "" },
	};
	size_t i;

	for (i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct opcit_buf buf = OPCIT_BUF_INIT;

		opcit_text_key(opcit_str_of(keys[i][0]), &buf);
		cr_expect_str_eq(buf.ptr ? buf.ptr : "", keys[i][1]);
		opcit_buf_release(&buf);
	}
}

static const struct {
	const char *text, *phrase, *found; /* NULL where it is not there */
} phrases[] = {
	{ "the best interests of the child", "best interests", "best interests" },
	{ "the best interest of the child", "best interests", NULL },
	{ "interests, best", "best interests", NULL },
	{ "a best best interests case", "best interests", "best interests" },
	{ "in co-operation with", "cooperation with", "co-operation with" },
	{ "in cooperation with", "in co-operation", "in cooperation" },
	{ "a human rights based approach", "human-rights-based approach",
	  "human rights based approach" },
	{ "a human-rights-based approach", "human rights based", "human-rights-based" },
	{ "a human-rights-based approach", "rights based approach", "rights-based approach" },
	{ "l’Assemblée générale", "assemblee generale", "Assemblée générale" },
	{ "resolution A/RES/64/166 of", "a/res/64/166", "A/RES/64/166" },
	{ "of the", "the", "the" },
	{ "of", "of the", NULL },
	{ "", "x", NULL },
	{ "大会重申儿童权利公约", "儿童权利", "儿童权利" },
	{ "联合国人权事务高级专员", "合国人", "合国人" }, /* within what the dictionary cuts */
	{ "儿童的权利", "儿童权利", NULL },
	{ "รัฐควรรับรองว่าเด็กจะไม่ถูกกักขัง", "เด็กจะไม่ถูก", "เด็กจะไม่ถูก" },
	{ "国は子どもの権利を", "子どもの権利", "子どもの権利" },
	{ "القرار ٦٤ حُقوق الطفل", "64 حقوق", "٦٤ حُقوق" },
};

Test(text, phrases)
{
	size_t i, start, end;

	for (i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		struct opcit_phrase *phrase = opcit_phrase_new(opcit_str_of(phrases[i].phrase));
		struct opcit_str text = opcit_str_of(phrases[i].text);
		bool found = opcit_phrase_find(phrase, text, 0, &start, &end);

		cr_expect_eq(found, phrases[i].found != NULL, "'%s' in '%s'", phrases[i].phrase,
			     phrases[i].text);
		if (found && phrases[i].found)
			cr_expect(opcit_str_is(opcit_str_sub(text, start, end), phrases[i].found),
				  "'%.*s'", OPCIT_FMT(opcit_str_sub(text, start, end)));
		opcit_phrase_free(phrase);
	}
	cr_expect_null(opcit_phrase_new(OPCIT_STR(" ,. ")));
}

Test(text, a_phrase_too_long_is_refused)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_phrase *phrase;
	int i;

	for (i = 0; i < OPCIT_PHRASE_MAX; i++)
		opcit_buf_puts(&buf, "x ");
	phrase = opcit_phrase_new(opcit_buf_str(&buf));
	cr_expect_not_null(phrase);
	cr_expect(opcit_phrase_find(phrase, opcit_buf_str(&buf), 0, NULL, NULL));
	opcit_phrase_free(phrase);
	opcit_buf_puts(&buf, "x");
	cr_expect_null(opcit_phrase_new(opcit_buf_str(&buf)));
	opcit_buf_release(&buf);
}

Test(text, stems)
{
	struct opcit_stemmer *english = opcit_stemmer_new(OPCIT_STR("en"));
	struct opcit_stemmer *other = opcit_stemmer_new(OPCIT_STR("xx"));
	char word[32];
	int i;

	cr_expect(opcit_str_is(opcit_stem(english, OPCIT_STR("migrants")), "migrant"));
	cr_expect(opcit_str_is(opcit_stem(english, OPCIT_STR("detained")), "detain"));
	cr_expect(opcit_str_is(opcit_stem(other, OPCIT_STR("migrants")), "migrants"));
	/* more words than the cache keeps */
	for (i = 0; i < 100000; i++) {
		snprintf(word, sizeof word, "w%ds", i);
		cr_assert(opcit_stem(english, opcit_str_of(word)).len > 0);
	}
	cr_expect(opcit_str_is(opcit_stem(english, OPCIT_STR("migrants")), "migrant"));
	opcit_stemmer_free(english);
	opcit_stemmer_free(other);
}

/* Words that say little, and those of them that say nothing with others, either. */
Test(text, light_words)
{
	static const char *const hollow[] = { "about", "ways", "regarding", "Various", "sujet", "MANERA", "also" };
	static const char *const light[] = { "back", "home", "together", "sin", "about" };
	static const char *const others[] = { "detention", "aboutissement", "", "wayward" };
	size_t i;

	for (i = 0; i < sizeof hollow / sizeof *hollow; i++)
		cr_expect(opcit_hollow_word(opcit_str_of(hollow[i])) && opcit_light_word(opcit_str_of(hollow[i])), "%s",
			  hollow[i]);
	for (i = 0; i < sizeof light / sizeof *light; i++)
		cr_expect(opcit_light_word(opcit_str_of(light[i])), "%s", light[i]);
	cr_expect_not(opcit_hollow_word(OPCIT_STR("back")));
	for (i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect_not(opcit_light_word(opcit_str_of(others[i])) || opcit_hollow_word(opcit_str_of(others[i])));
}

/* Forms of one word, and of two. Words are folded first, as everywhere. */
static const struct {
	const char *lang, *a, *b;
	bool same;
} forms[] = {
	{ "en", "sought", "seeking", true },
	{ "en", "grandchildren", "grandchild", true },
	{ "en", "ombudsmen", "ombudsman", true },
	{ "en", "midwives", "midwife", true },
	{ "en", "stricter", "strict", true },
	{ "en", "easiest", "easy", true },
	{ "en", "pricier", "pricey", true },
	{ "en", "larger", "large", true },
	{ "en", "biggest", "big", true },
	{ "en", "drier", "dry", true },
	{ "en", "harbinger", "harbour", false },
	{ "en", "lowest", "lower", true },
	{ "en", "lowering", "low", false },
	{ "en", "labourers", "labor", true },
	{ "en", "labour", "laboratory", false },
	{ "en", "neighbouring", "neighboring", true },
	{ "en", "centred", "centered", true },
	{ "en", "programmes", "programs", true },
	{ "en", "programmer", "programme", true },
	{ "en", "practised", "practices", true },
	{ "en", "organisations", "organize", true },
	{ "en", "criminalising", "criminalization", true },
	{ "en", "analysed", "analyzes", true },
	{ "en", "supervised", "supervision", true },
	{ "en", "advertised", "advertisement", true },
	{ "en", "raised", "rasing", false },
	{ "en", "minorities", "minority", true },
	{ "en", "minorities", "minors", false },
	{ "en", "internally", "internment", false },
	{ "en", "universities", "universal", false },
	{ "en", "organised", "organs", false },
	{ "en", "authorities", "authors", false },
	{ "en", "transitional", "transit", false },
	{ "en", "respectively", "respect", false },
	{ "fr", "resolution", "resolutions", true },
	{ "ru", "мигрантов", "мигранты", true },
	{ "ru", "международный", "международного", true },
	{ "ru", "задержание", "задержания", true },
	{ "ru", "право", "правосудие", false },
	{ "ar", "المهاجرين", "مهاجر", true },
	{ "ar", "الحقوق", "حُقوق", true },
	{ "ar", "الدولة", "دول", true },
	{ "ar", "الأطفال", "اطفال", true },
	{ "ar", "حقوق", "اطفال", false },
	{ "de", "Kinder", "Kindern", true },
	{ "de", "Übereinkünfte", "Übereinkunft", true },
	{ "de", "Staaten", "Stadt", false },
	{ "tr", "çocuklar", "çocuğu", false }, /* ğ is k before a vowel: folding hides it */
	{ "tr", "çocukları", "çocuk", true },
	{ "tr", "hakları", "hak", true },
	{ "tr", "evleri", "ev", true },
	{ "tr", "devletler", "devlet", true },
	{ "pt", "resoluções", "resolução", true },
	{ "pt", "direitos", "direito", true },
	{ "it", "detenzioni", "detenzione", true },
	{ "nl", "staten", "staat", true },
	{ "ca", "resolucions", "resolució", true },
	{ "da", "flygtninge", "flygtningen", true },
	{ "no", "flyktninger", "flyktningene", true },
	{ "nb", "barnet", "barna", true },
	{ "sv", "flyktingarna", "flykting", true },
	{ "fi", "maassa", "maasta", true },
	{ "hu", "jogok", "jog", true },
	{ "ro", "drepturile", "drepturi", true },
	{ "hy", "երեխաների", "երեխաներ", true },
	{ "id", "memperhatikan", "perhatian", true },
	{ "lt", "vaikai", "vaikų", true },
	{ "ga", "ceartais", "ceartas", false },
	{ "zh", "儿童", "儿童", true },
	{ "xx", "rights", "right", false },
};

/* The stem of a text's one word. */
static void stem_of(const char *lang, const char *text, char stem[64])
{
	struct opcit_stemmer *stemmer = opcit_stemmer_new(opcit_str_of(lang));
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, opcit_str_of(text));
	cr_assert(opcit_tokens_next(&tokens, &token));
	snprintf(stem, 64, "%.*s", OPCIT_FMT(opcit_stem(stemmer, token.word)));
	opcit_stemmer_free(stemmer);
}

Test(text, forms_have_one_stem)
{
	char a[64], b[64];
	size_t i;

	for (i = 0; i < sizeof forms / sizeof *forms; i++) {
		stem_of(forms[i].lang, forms[i].a, a);
		stem_of(forms[i].lang, forms[i].b, b);
		cr_expect_eq(strcmp(a, b) == 0, forms[i].same, "%s: '%s' is '%s', '%s' is '%s'", forms[i].lang,
			     forms[i].a, a, forms[i].b, b);
	}
}

Test(text, stop_words)
{
	cr_expect(opcit_stop_word(OPCIT_STR("the"), OPCIT_STR("en")));
	cr_expect(opcit_stop_word(OPCIT_STR("your"), OPCIT_STR("en")));
	cr_expect(opcit_stop_word(OPCIT_STR("a"), OPCIT_STR("en")));
	cr_expect(opcit_stop_word(OPCIT_STR("les"), OPCIT_STR("fr")));
	cr_expect(opcit_stop_word(OPCIT_STR("ya"), OPCIT_STR("es")));
	cr_expect(opcit_stop_word(OPCIT_STR("а"), OPCIT_STR("ru")));
	cr_expect(opcit_stop_word(OPCIT_STR("которыми"), OPCIT_STR("ru")));
	cr_expect(opcit_stop_word(OPCIT_STR("этой"), OPCIT_STR("ru")));
	cr_expect_not(opcit_stop_word(OPCIT_STR("не"), OPCIT_STR("ru")));
	cr_expect(opcit_stop_word(OPCIT_STR("في"), OPCIT_STR("ar")));
	cr_expect(opcit_stop_word(OPCIT_STR("الى"), OPCIT_STR("ar")));
	cr_expect(opcit_stop_word(OPCIT_STR("pelos"), OPCIT_STR("pt")));
	cr_expect(opcit_stop_word(OPCIT_STR("uber"), OPCIT_STR("de")));
	cr_expect(opcit_stop_word(OPCIT_STR("zwischen"), OPCIT_STR("de")));
	cr_expect(opcit_stop_word(OPCIT_STR("degli"), OPCIT_STR("it")));
	cr_expect_not(opcit_stop_word(OPCIT_STR("the"), OPCIT_STR("fr")));
	cr_expect_not(opcit_stop_word(OPCIT_STR("not"), OPCIT_STR("en")));
	cr_expect_not(opcit_stop_word(OPCIT_STR("the"), OPCIT_STR("")));
	cr_expect_not(opcit_stop_word(OPCIT_STR(""), OPCIT_STR("en")));
}
