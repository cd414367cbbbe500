// terms_afar.cc: see terms_afar.hh.
#include "terms_afar.hh"

#include <algorithm>

#include "chapeau.hh"
#include "text_test.hh"
#include "weights.h"

namespace opcit
{

using Terms = std::map<std::string, unsigned>;

void TermsAfar::ask(const std::vector<std::string> &terms, const std::vector<Candidate *> &all)
{
	Places places;

	for (const Candidate *one : all) {
		uint32_t seq;

		if (index.is_remote(one->id) && bytes_number(one->place, 4, seq))
			places[one->file].push_back(seq);
	}
	for (auto &file : places)
		std::sort(file.second.begin(), file.second.end());
	for (const std::string &term : terms)
		if (term.compare(0, 2, BY_COUNTRY) == 0 && !places.empty()) {
			Xapian::Query query(Xapian::Query::OP_FILTER, Xapian::Query(term), just(index, places));

			for (const Match &match : in_order(index, query, all.size()).all)
				holders[term].insert(match.id);
		}
}

void TermsAfar::add_words(const char *prefix, opcit_str text, opcit_str lang, unsigned weight, Terms &terms)
{
	opcit_stemmer *stemmer = index.stemmer(std::string(lang.ptr ? lang.ptr : "", lang.len));
	opcit_tokens tokens;
	opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		opcit_str stem = token.bound ? opcit_str{ nullptr, 0 } : opcit_stem_unless_stop(stemmer, token.word);

		if (stem.len)
			terms[prefix + std::string(stem.ptr, stem.len)] += weight;
	}
}

// The record that introduces a lettered item, as the indexer finds it.
bool TermsAfar::chapeau(const opcit_entry &entry, const opcit_record &item, opcit_record &found)
{
	opcit_str parent = chapeau_label(item.label);
	uint32_t number;

	if (parent.len == 0)
		return false;
	std::vector<uint32_t> seqs = index.seqs_of(entry, key_term(BY_LABEL, parent));

	for (auto seq = seqs.rbegin(); seq != seqs.rend(); ++seq) {
		if (*seq >= item.seq || item.seq - *seq >= FARTHEST_CHAPEAU)
			continue;
		index.load_record(index.id_of(entry, *seq), memory, found, number);
		if (opcit_str_eq(found.label, parent))
			return true;
	}
	return false;
}

Terms TermsAfar::terms_of(const Candidate &candidate)
{
	auto known = entries.find(candidate.file);
	opcit_record record, item;
	Terms terms;

	if (known == entries.end()) {
		known = entries.emplace(candidate.file, opcit_entry()).first;
		if (!index.load_entry(candidate.file, memory, known->second))
			throw Xapian::DatabaseCorruptError("a record belongs to no document");
	}
	const opcit_entry &entry = known->second;
	const opcit_doc &doc = entry.doc;

	if (opcit_record_decode(candidate.record(), memory, &record, nullptr) != OPCIT_OK)
		throw Xapian::DatabaseCorruptError("a record cannot be decoded");
	opcit_str lang = opcit_record_lang(&doc, &record), year = opcit_str_sub(doc.date, 0, 4);
	auto add = [&](const char *prefix, opcit_str name) {
		if (name.len)
			terms[key_term(prefix, name)] = 0;
	};

	terms[key_term(BY_LANG, lang)] = 0;
	for (size_t i = 0; i < record.n_section; i++)
		add_words(IN_SECTION, record.section[i], lang, OPCIT_WDF_SECTION, terms);
	item = record;
	for (opcit_record found; chapeau(entry, item, found); item = found)
		add_words(IN_SECTION, found.text, opcit_record_lang(&doc, &found), OPCIT_WDF_SECTION, terms);
	add_words(IN_TITLE, doc.title, doc.lang, OPCIT_WDF_TITLE, terms);
	add(BY_BODY, doc.body);
	add(BY_TYPE, doc.type);
	add(BY_YEAR, year);
	add(BY_KIND, opcit_str_of(opcit_kind_name(record.kind)));
	add(BY_ACT, record.act);
	add(BY_LABEL, record.label);
	for (size_t i = 0; i < record.n_cites; i++)
		add(BY_CITED, record.cites[i].target);
	for (const auto &[term, ids] : holders)
		if (ids.count(candidate.id))
			terms[term] = 0;
	return terms;
}

} // namespace opcit
