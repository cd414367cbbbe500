// entry.cc: see entry.hh.
#include "entry.hh"

#include <set>

#include "chapeau.hh"
#include "weights.h"

namespace opcit
{

namespace
{

// The record that introduces a lettered item: the nearest before it of the parent's
// label. NULL for what no other introduces.
const opcit_record *chapeau_of(const opcit_record *records, const opcit_record *item)
{
	opcit_str parent = chapeau_label(item->label);

	if (parent.len == 0)
		return nullptr;
	for (const opcit_record *at = item; at-- > records && item - at < FARTHEST_CHAPEAU;)
		if (opcit_str_eq(at->label, parent))
			return at;
	return nullptr;
}

} // namespace

EntryMaker::~EntryMaker()
{
	for (auto &pair : stemmers)
		opcit_stemmer_free(pair.second);
	opcit_buf_release(&buf);
}

opcit_stemmer *EntryMaker::stemmer(opcit_str lang)
{
	opcit_stemmer *&found = stemmers[std::string(lang.ptr ? lang.ptr : "", lang.len)];

	if (!found)
		found = opcit_stemmer_new(lang);
	return found;
}

// The terms of a text's words, stop words left out.
template <typename Use> void EntryMaker::each_word(const char *prefix, opcit_str text, opcit_str lang, Use use)
{
	opcit_stemmer *stems = stemmer(lang);
	opcit_tokens tokens;
	opcit_token token;
	std::string term;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.bound)
			continue;
		opcit_str stem = opcit_stem_unless_stop(stems, token.word);

		if (stem.len == 0)
			continue;
		term.assign(prefix).append(stem.ptr, stem.len);
		use(term);
	}
}

void EntryMaker::add_words(Xapian::Document &entry, const char *prefix, opcit_str text, opcit_str lang,
			   unsigned weight)
{
	each_word(prefix, text, lang, [&](const std::string &term) { entry.add_term(term, weight); });
}

// The same for a text that many records have.
void EntryMaker::add_again(Xapian::Document &entry, const char *prefix, opcit_str text, opcit_str lang,
			   unsigned weight)
{
	std::string key = prefix;

	key.append(lang.ptr ? lang.ptr : "", lang.len).append(1, '\0').append(text.ptr ? text.ptr : "", text.len);
	auto known = words.emplace(key, std::vector<std::string>());
	std::vector<std::string> &terms = known.first->second;

	if (known.second)
		each_word(prefix, text, lang, [&](const std::string &term) { terms.push_back(term); });
	for (const std::string &term : terms)
		entry.add_term(term, weight);
}

// The term of a name that most records of a document have.
const std::string &EntryMaker::key_of(const char *prefix, opcit_str name)
{
	std::string &term = keys[std::string(prefix).append(name.ptr ? name.ptr : "", name.len)];

	if (term.empty())
		term = key_term(prefix, name);
	return term;
}

void EntryMaker::add_fields(Xapian::Document &entry, const opcit_doc &doc, const opcit_record &record, uint32_t number)
{
	auto add = [&](const char *prefix, opcit_str name) {
		if (name.len)
			entry.add_boolean_term(key_of(prefix, name));
	};

	add(BY_NAME, doc.id);
	add(BY_NAME, doc.symbol);
	add(BY_NAME, doc.title);
	add(BY_BODY, doc.body);
	add(BY_TYPE, doc.type);
	// Also where it is unknown: the languages of an index are read off its terms.
	entry.add_boolean_term(key_of(BY_LANG, opcit_record_lang(&doc, &record)));
	add(BY_YEAR, opcit_str_sub(doc.date, 0, 4));
	add(BY_KIND, opcit_str_of(opcit_kind_name(record.kind)));
	add(BY_ACT, record.act);
	add(BY_LABEL, record.label);
	for (size_t i = 0; i < record.n_section; i++)
		add(BY_SECTION, record.section[i]);
	for (size_t i = 0; i < record.n_cites; i++) {
		const opcit_citation &cite = record.cites[i];

		add(BY_CITED, cite.target);
		for (size_t k = 0; cite.target.len && k < cite.n_pinpoints; k++)
			entry.add_boolean_term(pinpoint_term(cite.target, cite.pinpoints[k]));
	}
	if (doc.date.len)
		entry.add_value(SLOT_DATE, std::string(doc.date.ptr, doc.date.len));
	entry.add_value(SLOT_PLACE, number_bytes(number) + number_bytes(record.seq));
	entry.add_value(SLOT_KIND, std::string(1, static_cast<char>('0' + record.kind)));
}

// What the record, the headings above it and the document's title name.
void EntryMaker::add_countries(Xapian::Document &entry, const opcit_doc &doc,
			       const opcit_record &record)
{
	opcit_country_set all = OPCIT_COUNTRY_SET_INIT;
	const opcit_country *country;
	size_t at = 0;
	auto add = [&](opcit_str heading) {
		auto known = named.emplace(std::string(heading.ptr, heading.len),
					   opcit_country_set OPCIT_COUNTRY_SET_INIT);
		opcit_country_set &set = known.first->second;

		if (known.second)
			opcit_country_find(countries, heading, &set);
		for (size_t i = 0; i < OPCIT_COUNTRIES_MOST / 64; i++)
			all.bits[i] |= set.bits[i];
	};

	if (!countries)
		return;
	opcit_country_find(countries, record.text, &all);
	if (doc.title.len)
		add(doc.title);
	for (size_t i = 0; i < record.n_section; i++)
		if (record.section[i].len)
			add(record.section[i]);
	while ((country = opcit_country_next(countries, &all, &at)))
		entry.add_boolean_term(key_term(BY_COUNTRY, country->code));
}

// What the notes of a record say, and what a note says itself. No weight: a
// paragraph is not longer for its notes.
void EntryMaker::add_notes(Xapian::Document &entry, const Notes &notes,
			   const opcit_record &record, opcit_str lang)
{
	std::set<const opcit_record *> all;

	if (record.kind == OPCIT_KIND_FOOTNOTE)
		add_words(entry, IN_NOTE, record.text, lang, 0);
	for (size_t i = 0; i < record.n_notes; i++)
		if (const opcit_record *note = note_of(notes, &record, record.notes[i]))
			all.insert(note);
	for (const opcit_record *note : all)
		add_words(entry, IN_NOTE, opcit_str_sub(note->text, 0, LONGEST_NOTE), lang, 0);
}

Xapian::Document EntryMaker::make(const opcit_doc &doc, const opcit_record *records, const Notes &notes,
				  const opcit_record &record, uint32_t number)
{
	Xapian::Document entry;

	opcit_str lang = opcit_record_lang(&doc, &record);

	add_words(entry, "", record.text, lang, OPCIT_WDF_TEXT);
	// An item says what it says in its chapeau's sentence, under its headings.
	for (const opcit_record *at = &record; (at = chapeau_of(records, at));)
		add_again(entry, IN_SECTION, at->text, opcit_record_lang(&doc, at), OPCIT_WDF_SECTION);
	for (size_t i = 0; i < record.n_section; i++)
		add_again(entry, IN_SECTION, record.section[i], lang, OPCIT_WDF_SECTION);
	add_again(entry, IN_TITLE, doc.title, doc.lang, OPCIT_WDF_TITLE);
	add_notes(entry, notes, record, doc.lang);
	add_fields(entry, doc, record, number);
	add_countries(entry, doc, record);
	opcit_buf_clear(&buf);
	opcit_record_encode(&record, &buf);
	squeezer.store(entry, number, opcit_buf_str(&buf));
	return entry;
}

void EntryMaker::add(Xapian::WritableDatabase &db, uint32_t number, const opcit_doc &doc,
		     const opcit_record *records, size_t n)
{
	Notes notes = notes_of(records, n);

	named.clear();
	words.clear();
	keys.clear();
	for (size_t i = 0; i < n; i++)
		db.add_document(make(doc, records, notes, records[i], number));
}

} // namespace opcit
