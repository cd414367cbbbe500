// stem.cc: Xapian's stemmers behind C, with a cache: in legal prose nine
// words in ten were stemmed a moment ago.
#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "english.h"
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

// What the stemmer should see. Folding has made some endings unknown to it: -ções of -ção, -cions of -ció.
std::string stemmed_for(const std::string &stemmer, opcit_str word)
{
	static const char *const endings[][3] = {
		{ "portuguese", "oes", "ao" },
		{ "catalan", "ions", "io" },
	};

	char buf[OPCIT_WORD_MAX];

	if (stemmer == "english")
		word = opcit_english_base(word, buf);
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
	// In the order they came: frequent words come early, and so stand close together.
	std::vector<Entry> entries;
	// By the hash of a word: its place among the entries, counted from one; 0 is free.
	std::vector<uint16_t> slots;

	opcit_stemmer(const char *called, opcit_str code)
	    : stem(called), name(called), lang(code.ptr ? code.ptr : "", code.len), none(name == "none"),
	      slots(FIRST_SLOTS)
	{
	}

	uint16_t &slot_of(std::string_view word)
	{
		size_t i = std::hash<std::string_view>()(word) & (slots.size() - 1);

		while (slots[i] && entries[slots[i] - 1u].word != word)
			i = (i + 1) & (slots.size() - 1);
		return slots[i];
	}

	// Twice as many slots, or at the limit an empty table.
	void make_room()
	{
		if (slots.size() == MOST_SLOTS)
			entries.clear();
		slots.assign(std::min(slots.size() * 2, MOST_SLOTS), 0);
		for (size_t i = 0; i < entries.size(); i++)
			slot_of(entries[i].word) = static_cast<uint16_t>(i + 1);
	}

	Entry made(opcit_str word)
	{
		Entry entry;

		entry.word.assign(word.ptr, word.len);
		std::string root = stemmed_for(name, word);
		opcit_str own = name == "english" ? opcit_english_stem({ root.data(), root.size() }) : opcit_str{ nullptr, 0 };
		entry.stem = own.len ? std::string(own.ptr, own.len) : stem(root);
		if (name == "english")
			cut_plural(entry.stem);
		entry.stop = opcit_stop_word(word, opcit_str{ lang.data(), lang.size() });
		return entry;
	}

	const Entry *find(opcit_str word)
	{
		uint16_t place = slot_of({ word.ptr, word.len });

		return place ? &entries[place - 1u] : nullptr;
	}

	const Entry *add(opcit_str word)
	{
		if (entries.size() * 2 >= slots.size())
			make_room();
		entries.push_back(made(word));
		slot_of({ word.ptr, word.len }) = static_cast<uint16_t>(entries.size());
		return &entries.back();
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

// NULL where words are left as they are, or there is no memory for it.
static const Entry *entry_of(opcit_stemmer *stemmer, opcit_str word)
{
	if (!stemmer || stemmer->none || word.len == 0)
		return nullptr;
	const Entry *entry = stemmer->find(word);

	if (!entry)
		opcit::guard(nullptr, [&] {
			entry = stemmer->add(word);
			return OPCIT_OK;
		});
	return entry;
}

extern "C" struct opcit_str opcit_stem(struct opcit_stemmer *stemmer, struct opcit_str word)
{
	const Entry *entry = entry_of(stemmer, word);

	return entry ? opcit_str{ entry->stem.data(), entry->stem.size() } : word;
}

extern "C" struct opcit_str opcit_stem_unless_stop(struct opcit_stemmer *stemmer, struct opcit_str word)
{
	const Entry *entry = entry_of(stemmer, word);

	if (!entry)
		return word;
	return entry->stop ? opcit_str{ nullptr, 0 } : opcit_str{ entry->stem.data(), entry->stem.size() };
}

extern "C" void opcit_stemmer_free(struct opcit_stemmer *stemmer)
{
	delete stemmer;
}
