// lang.cc: CLD2 behind C. It holds its tables in itself, keeps no state and
// asks the system for nothing but memory.
#include "lang.h"

#include <algorithm>
#include <cstdio> // CLD2's header forgets it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <cstring>
#include <unicode/uloc.h>

#include "guard.hh"

namespace
{

// At least so much of the text must be in the language.
constexpr int MOST_OF_IT = 70;

// CLD2's names of languages are ISO 639-1 but for a few.
opcit_str two_letters(CLD2::Language language)
{
	opcit_str code = opcit_str_of(CLD2::LanguageCode(language));

	if (opcit_str_is(code, "iw"))
		return OPCIT_STR("he");
	if (opcit_str_is(code, "jw"))
		return OPCIT_STR("jv");
	if (opcit_str_is(code, "nb"))
		return OPCIT_STR("no");
	if (code.len > 3 && code.ptr[2] == '-')
		code.len = 2;
	return code.len == 2 ? code : OPCIT_STR("");
}

// The detector's name of ISO 639-1.
std::string hint_of(opcit_str lang)
{
	return opcit_str_is(lang, "he") ? "iw" : std::string(lang.ptr ? lang.ptr : "", lang.len);
}

} // namespace

extern "C" struct opcit_str opcit_lang_detect(struct opcit_str text, struct opcit_str expected)
{
	opcit_str found = OPCIT_STR("");
	char bytes[OPCIT_LANG_LOOK + 8] = ""; // it may look a little past the end

	opcit::guard(nullptr, [&]() -> opcit_status {
		std::string hint = hint_of(expected);
		CLD2::CLDHints hints = { nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE };
		CLD2::Language languages[3];
		int shares[3], looked_at, valid = 0;
		double scores[3];
		bool reliable = false;
		size_t len = std::min<size_t>(text.len, OPCIT_LANG_LOOK);

		while (len && len < text.len && (static_cast<unsigned char>(text.ptr[len]) & 0xc0) == 0x80)
			len--;
		if (!hint.empty())
			hints.language_hint = CLD2::GetLanguageFromName(hint.c_str());
		if (len)
			std::memcpy(bytes, text.ptr, len);
		CLD2::ExtDetectLanguageSummaryCheckUTF8(bytes, static_cast<int>(len), true, &hints, 0, languages,
							shares, scores, nullptr, &looked_at, &reliable, &valid);
		if (reliable && static_cast<size_t>(valid) == len && shares[0] >= MOST_OF_IT)
			found = two_letters(languages[0]);
		return OPCIT_OK;
	});
	return found;
}

extern "C" struct opcit_str opcit_lang_code(struct opcit_str tag, struct opcit_arena *arena)
{
	// Librarians' codes, and the old one of Hebrew, which ICU does not know.
	static const char *const others[][2] = {
		{ "alb", "sq" }, { "arm", "hy" }, { "baq", "eu" }, { "bur", "my" }, { "chi", "zh" }, { "cze", "cs" },
		{ "dut", "nl" }, { "fre", "fr" }, { "geo", "ka" }, { "ger", "de" }, { "gre", "el" }, { "ice", "is" },
		{ "iw", "he" },  { "mac", "mk" }, { "may", "ms" }, { "per", "fa" }, { "rum", "ro" }, { "slo", "sk" },
		{ "wel", "cy" },
	};
	char name[12] = "", code[12] = "";
	UErrorCode status = U_ZERO_ERROR;

	for (size_t i = 0; i < tag.len && i + 1 < sizeof name && tag.ptr[i] != '-' && tag.ptr[i] != '_'; i++)
		name[i] = tag.ptr[i];
	uloc_getLanguage(name, code, sizeof code, &status);
	for (auto &other : others)
		if (std::strcmp(code, other[0]) == 0)
			return opcit_str_of(other[1]);
	if (U_FAILURE(status) || std::strlen(code) != 2)
		return OPCIT_STR("");
	return opcit_arena_dup(arena, opcit_str_of(code));
}
