#include "stems.hh"

#include <cstring>

namespace opcit
{

namespace
{

constexpr size_t FIRST_SLOTS = 1 << 8;
constexpr size_t MOST_WORDS = 1 << 16; // are kept from one search to the next

} // namespace

Numbered::Numbered() : slots(FIRST_SLOTS)
{
}

void Numbered::make_room()
{
	std::vector<Slot> old(slots.size() * 2);

	old.swap(slots);
	for (const Slot &slot : old) {
		size_t at = slot.hash & (slots.size() - 1);

		if (!slot.place)
			continue;
		while (slots[at].place)
			at = (at + 1) & (slots.size() - 1);
		slots[at] = slot;
	}
}

uint32_t Numbered::add(opcit_str text)
{
	uint32_t hash = static_cast<uint32_t>(opcit_str_hash(text));
	size_t at = hash & (slots.size() - 1);

	for (; slots[at].place; at = (at + 1) & (slots.size() - 1)) {
		const std::string &known = texts[slots[at].place - 1];

		if (slots[at].hash == hash && known.size() == text.len && std::memcmp(known.data(), text.ptr, text.len) == 0)
			return slots[at].place - 1;
	}
	texts.emplace_back(text.ptr, text.len);
	slots[at] = { hash, static_cast<uint32_t>(texts.size()) };
	if (texts.size() * 2 > slots.size())
		make_room();
	return static_cast<uint32_t>(texts.size() - 1);
}

uint32_t Stems::of_word(opcit_str word)
{
	uint32_t number = words.add(word);

	while (of_words.size() <= number) {
		opcit_str stem = opcit_stem_unless_stop(stemmer, words.text(static_cast<uint32_t>(of_words.size())));

		of_words.push_back(stem.len ? stems.add(stem) : STOP);
	}
	return of_words[number];
}

uint32_t Stems::meaning(uint32_t stem, const opcit_meaning_table &table, opcit_str lang)
{
	constexpr uint32_t UNKNOWN = UINT32_MAX;

	if (meant != &table)
		meanings.clear();
	meant = &table;
	if (stem >= meanings.size())
		meanings.resize(stem + 1, UNKNOWN);
	if (meanings[stem] == UNKNOWN)
		meanings[stem] = static_cast<uint32_t>(opcit_meaning_word(&table, lang, stems.text(stem)));
	return meanings[stem];
}

void Stems::trim()
{
	if (words.size() + stems.size() > MOST_WORDS)
		*this = Stems(stemmer);
}

} // namespace opcit
