// stem.cc: Xapian's stemmers behind C, with a cache: in legal prose nine
// words in ten were stemmed a moment ago.
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "guard.hh"
#include "text.h"

namespace
{

// Powers of two. A query stems five words and must not pay for a table that
// an indexing run fills.
constexpr size_t FIRST_SLOTS = 1 << 8, MOST_SLOTS = 1 << 16;

struct Entry {
	std::string word, stem;
	bool stop;
};

uint32_t hash_of(opcit_str word)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < word.len; i++)
		hash = (hash ^ static_cast<unsigned char>(word.ptr[i])) * 16777619u;
	return hash ^ hash >> 15;
}

// The languages that Xapian stems. Folded words lose some of what its rules look
// at (Turkish and Hungarian vowels), which leaves a few forms apart.
const char *stemmer_name(opcit_str lang)
{
	static const char *const names[][2] = {
		{ "ar", "arabic" },  { "ca", "catalan" },    { "da", "danish" },    { "de", "german" },
		{ "en", "english" }, { "es", "spanish" },    { "eu", "basque" },    { "fi", "finnish" },
		{ "fr", "french" },  { "ga", "irish" },      { "hu", "hungarian" }, { "hy", "armenian" },
		{ "id", "indonesian" }, { "it", "italian" }, { "lt", "lithuanian" }, { "nb", "norwegian" },
		{ "ne", "nepali" },  { "nl", "dutch" },      { "nn", "norwegian" }, { "no", "norwegian" },
		{ "pt", "portuguese" }, { "ro", "romanian" }, { "ru", "russian" },  { "sv", "swedish" },
		{ "ta", "tamil" },   { "tr", "turkish" },
	};

	for (auto &name : names)
		if (opcit_str_is(lang, name[0]))
			return name[1];
	return "none";
}

// Plurals that no rule of endings finds, in words that clauses are about.
opcit_str english_singular(opcit_str word)
{
	static const char *const plurals[][2] = {
		{ "children", "child" }, { "women", "woman" },       { "men", "man" },
		{ "lives", "life" },     { "wives", "wife" },        { "criteria", "criterion" },
		{ "crises", "crisis" },  { "analyses", "analysis" },
	};

	for (auto &plural : plurals)
		if (opcit_str_is(word, plural[0]))
			return opcit_str_of(plural[1]);
	return word;
}

// Snowball keeps the s of a plural whose only vowel stands before it, for the
// sake of "gas"; but "NGOs" and "NHRIs" are many of an NGO and an NHRI.
void cut_plural(std::string &stem)
{
	if (stem.size() > 2 && stem.back() == 's' && std::strchr("aeiou", stem[stem.size() - 2]) &&
	    stem.find_first_of("aeiouy") == stem.size() - 2)
		stem.pop_back();
}

// Turkish endings follow the vowel before them: after an a it was an ı to which
// folding gave a dot (hakları), and the stemmer looks for it.
std::string with_turkish_vowels(const std::string &word)
{
	std::string text;
	char before = 0;

	for (char c : word) {
		if (c == 'i' && before == 'a') {
			text += "ı";
			continue;
		}
		text += c;
		if (std::strchr("aeiou", c))
			before = c;
	}
	return text;
}

// Endings that folding has made unknown to the stemmer: -ções of -ção, -cions of -ció.
std::string singular(const std::string &stemmer, opcit_str word)
{
	static const char *const endings[][3] = {
		{ "portuguese", "oes", "ao" },
		{ "catalan", "ions", "io" },
	};

	if (stemmer == "english")
		word = english_singular(word);
	std::string root(word.ptr, word.len);

	for (auto &ending : endings)
		if (stemmer == ending[0] && opcit_str_ends(word, ending[1]))
			root.replace(root.size() - std::strlen(ending[1]), std::string::npos, ending[2]);
	return stemmer == "turkish" ? with_turkish_vowels(root) : root;
}

} // namespace

struct opcit_stemmer {
	Xapian::Stem stem;
	std::string name, lang;
	bool none;
	std::vector<Entry> slots;
	size_t used = 0;

	opcit_stemmer(const char *called, opcit_str code)
	    : stem(called), name(called), lang(code.ptr ? code.ptr : "", code.len), none(name == "none")
	{
	}

	size_t place_of(opcit_str word) const
	{
		size_t i = hash_of(word) & (slots.size() - 1);

		while (!slots[i].word.empty() &&
		       (slots[i].word.size() != word.len ||
			std::memcmp(slots[i].word.data(), word.ptr, word.len) != 0))
			i = (i + 1) & (slots.size() - 1);
		return i;
	}

	// Twice as many slots, or at the limit an empty table.
	void make_room()
	{
		std::vector<Entry> old = std::move(slots);

		slots = std::vector<Entry>(old.empty() ? FIRST_SLOTS
						       : std::min(old.size() * 2, MOST_SLOTS));
		if (old.size() == MOST_SLOTS) {
			used = 0;
			return;
		}
		for (Entry &entry : old)
			if (!entry.word.empty()) {
				opcit_str word = { entry.word.data(), entry.word.size() };
				size_t i = place_of(word);
				slots[i] = std::move(entry);
			}
	}

	// The slot of a word, filled or free.
	Entry &slot_of(opcit_str word)
	{
		if (used * 2 >= slots.size())
			make_room();
		return slots[place_of(word)];
	}
};

extern "C" struct opcit_stemmer *opcit_stemmer_new(struct opcit_str lang)
{
	opcit_stemmer *stemmer = nullptr;

	opcit::guard(nullptr, [&] {
		stemmer = new opcit_stemmer(stemmer_name(lang), lang);
		return OPCIT_OK;
	});
	return stemmer;
}

// The slot of a word, filled; NULL when there is no memory for it.
static const Entry *entry_of(opcit_stemmer &stemmer, opcit_str word)
{
	const Entry *found = nullptr;

	opcit::guard(nullptr, [&] {
		Entry &entry = stemmer.slot_of(word);

		if (entry.word.empty()) {
			entry.stem = stemmer.stem(singular(stemmer.name, word));
			if (stemmer.name == "english")
				cut_plural(entry.stem);
			entry.stop = opcit_stop_word(word, opcit_str{ stemmer.lang.data(), stemmer.lang.size() });
			entry.word.assign(word.ptr, word.len);
			stemmer.used++;
		}
		found = &entry;
		return OPCIT_OK;
	});
	return found;
}

extern "C" struct opcit_str opcit_stem(struct opcit_stemmer *stemmer, struct opcit_str word)
{
	const Entry *entry = stemmer && !stemmer->none && word.len ? entry_of(*stemmer, word) : nullptr;

	return entry ? opcit_str{ entry->stem.data(), entry->stem.size() } : word;
}

extern "C" struct opcit_str opcit_stem_unless_stop(struct opcit_stemmer *stemmer, struct opcit_str word)
{
	const Entry *entry = stemmer && !stemmer->none && word.len ? entry_of(*stemmer, word) : nullptr;

	if (!entry)
		return word;
	return entry->stop ? opcit_str{ nullptr, 0 } : opcit_str{ entry->stem.data(), entry->stem.size() };
}

extern "C" void opcit_stemmer_free(struct opcit_stemmer *stemmer)
{
	delete stemmer;
}
