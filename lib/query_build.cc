// query_build.cc: from the query tree to Xapian's. Xapian's own query parser
// is never used: it would read a symbol as a phrase of numbers and leave
// phrases unstemmed without a word.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "intent.h"
#include "open_index.hh"
#include "weights.h"

namespace
{

using Xapian::Query;

// Says for one record after the other whether a phrase stands in its text.
// Only asked about records that hold all the phrase's words, because it
// estimates itself as the longest list of all.
class PhraseSource : public Xapian::PostingSource
{
	std::string words;
	opcit_phrase *phrase;
	Xapian::Database db;
	Xapian::docid at = 0, last = 0;

	bool holds(Xapian::docid id)
	{
		try {
			std::string data = db.get_document(id, Xapian::DOC_ASSUME_VALID).get_data();
			opcit_str record = opcit_str_sub(opcit::borrow(data), 4, data.size());

			return opcit_phrase_find(phrase, opcit_record_peek_text(record), 0, nullptr,
						 nullptr);
		} catch (const Xapian::DocNotFoundError &) {
			return false; // a gap where a document was
		}
	}

	void settle()
	{
		while (at <= last && !holds(at))
			at++;
	}

      public:
	explicit PhraseSource(const std::string &text)
	    : words(text), phrase(opcit_phrase_new(opcit::borrow(words)))
	{
	}
	~PhraseSource() override
	{
		opcit_phrase_free(phrase);
	}
	PhraseSource(const PhraseSource &) = delete;
	PhraseSource &operator=(const PhraseSource &) = delete;

	PostingSource *clone() const override
	{
		return new PhraseSource(words);
	}
	Xapian::doccount get_termfreq_min() const override
	{
		return 0;
	}
	Xapian::doccount get_termfreq_est() const override
	{
		return db.get_doccount();
	}
	Xapian::doccount get_termfreq_max() const override
	{
		return db.get_doccount();
	}
	void init(const Xapian::Database &database) override
	{
		db = database;
		last = phrase ? db.get_lastdocid() : 0;
		at = 0;
	}
	void next(double) override
	{
		at++;
		settle();
	}
	void skip_to(Xapian::docid id, double) override
	{
		at = std::max(at, id);
		settle();
	}
	bool check(Xapian::docid id, double) override
	{
		at = std::max(at, id);
		return at > last || holds(at);
	}
	bool at_end() const override
	{
		return at > last;
	}
	Xapian::docid get_docid() const override
	{
		return at;
	}
	std::string get_description() const override
	{
		return "Phrase(" + words + ")";
	}
};

// Does a term match for its own sake, or only filter?
Query filter(const std::string &term)
{
	return Query(Query::OP_SCALE_WEIGHT, Query(term), 0);
}

// Exactly `weight` for every record that matches.
Query constant(const Query &query, double weight)
{
	Query fixed((new Xapian::FixedWeightPostingSource(weight))->release());

	return Query(Query::OP_FILTER, fixed, query);
}

// Who asks for "recommendations on …" wants the clauses that recommend, and
// they seldom use the word: they urge, call upon, request.
Query clauses_asked(opcit_str word)
{
	const opcit_intent *intent = opcit_intent_of(word);
	std::vector<Query> all;

	if (!intent || !intent->acts)
		return Query();
	for (const char *const *act = intent->acts; *act; act++)
		all.push_back(filter(opcit::key_term(opcit::BY_ACT, opcit_str_of(*act))));
	return constant(Query(Query::OP_OR, all.begin(), all.end()), OPCIT_WEIGHT_DIRECTIVE);
}

class Builder
{
	opcit_index &index;

	// A folded word's stems in the languages of the index; empty for a stop word.
	std::vector<std::string> stems_of(opcit_str word)
	{
		std::vector<std::string> stems;

		for (const std::string &lang : index.langs) {
			if (opcit_stop_word(word, opcit::borrow(lang)))
				continue;
			opcit_str stem = opcit_stem(index.stemmer(lang), word);
			std::string term(stem.ptr, stem.len);

			if (std::find(stems.begin(), stems.end(), term) == stems.end())
				stems.push_back(term);
		}
		return stems;
	}

	// One word, whatever its stems: Xapian takes them for one term. (The best of
	// them would do as well, but OP_MAX crashes in Xapian 1.4.22.)
	// Stems that no record has are left out: there are many languages.
	Query any_of(const std::vector<std::string> &stems, const char *prefix)
	{
		std::vector<Query> terms;

		for (const std::string &stem : stems)
			if (terms.empty() || index.db.term_exists(prefix + stem))
				terms.push_back(Query(prefix + stem));
		if (terms.size() < 2)
			return terms.empty() ? Query() : terms[0];
		return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
	}

	// A word in the text and in the fields with words, by all its stems.
	Query in_fields(opcit_str word)
	{
		std::vector<std::string> stems = stems_of(word);

		if (stems.empty())
			return Query();
		Query fields[] = {
			any_of(stems, ""),
			Query(Query::OP_SCALE_WEIGHT, any_of(stems, opcit::IN_SECTION), OPCIT_WEIGHT_SECTION),
			Query(Query::OP_SCALE_WEIGHT, any_of(stems, opcit::IN_TITLE), OPCIT_WEIGHT_TITLE),
		};

		return Query(Query::OP_OR, fields, fields + 3);
	}

	// A word as typed: a compound is found joined or by all its parts. Where a
	// record must hold it, what it may mean beside is left out.
	Query word(opcit_str text, bool required)
	{
		opcit_tokens tokens;
		opcit_token token;
		std::vector<Query> wholes, parts;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			Query query = token.bound ? Query() : in_fields(token.word);

			if (!query.empty())
				(token.part ? parts : wholes).push_back(query);
			if (!token.part && !required)
				wholes.push_back(clauses_asked(token.word));
		}
		if (parts.size() > 1)
			wholes.push_back(Query(Query::OP_AND, parts.begin(), parts.end()));
		return Query(Query::OP_OR, wholes.begin(), wholes.end());
	}

	// The records that hold all words of a phrase, looked at one by one. They
	// rank like their words.
	Query phrase(opcit_str text)
	{
		opcit_tokens tokens;
		opcit_token token;
		std::vector<Query> words;
		Query source((new PhraseSource(std::string(text.ptr, text.len)))->release());

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			// A compound may stand in the text joined or apart; a word without
			// spaces may be cut otherwise there, but has the same ideographs.
			bool elsewhere = token.spaceless ? (token.part ? token.bound : token.by_parts && token.span > 1)
							 : token.span > 1 || token.part;

			if (elsewhere)
				continue;
			Query query = stems_of_text(token.word);

			if (!query.empty())
				words.push_back(query);
		}
		if (words.empty())
			return source;
		return Query(Query::OP_FILTER, Query(Query::OP_AND, words.begin(), words.end()),
			     source);
	}

	// A word of a phrase in the text. In a language where it is a stop word it
	// may stand anywhere: then there is nothing to ask for.
	Query stems_of_text(opcit_str text)
	{
		return opcit_index_ignores(&index, text) ? Query() : any_of(stems_of(text), "");
	}

	static Query date(const opcit_query &query)
	{
		std::string bound(query.text.ptr, query.text.len);
		Query known(Query::OP_VALUE_GE, opcit::SLOT_DATE, std::string("0"));

		// "2010" until is all of 2010, and 2010-07 goes on to its last day.
		if (query.field == OPCIT_FIELD_UNTIL)
			return Query(Query::OP_AND, known,
				     Query(Query::OP_VALUE_LE, opcit::SLOT_DATE, bound + "~"));
		// A document dated only "2010" may be of the day asked for.
		std::vector<Query> any{ Query(Query::OP_VALUE_GE, opcit::SLOT_DATE, bound) };

		for (size_t len : { 4, 7 })
			if (bound.size() > len)
				any.push_back(Query(Query::OP_VALUE_RANGE, opcit::SLOT_DATE,
						    bound.substr(0, len), bound.substr(0, len)));
		return Query(Query::OP_OR, any.begin(), any.end());
	}

	static Query cites(opcit_str text)
	{
		const char *semicolon =
			static_cast<const char *>(std::memchr(text.ptr, ';', text.len));

		if (!semicolon)
			return filter(opcit::key_term(opcit::BY_CITED, text));
		size_t at = static_cast<size_t>(semicolon - text.ptr);

		return filter(opcit::pinpoint_term(opcit_str_sub(text, 0, at),
						   opcit_str_sub(text, at + 1, text.len)));
	}

	static Query field(const opcit_query &query)
	{
		static const char *const prefixes[OPCIT_FIELD_COUNT] = {
			opcit::BY_NAME,    opcit::BY_BODY, opcit::BY_TYPE, opcit::BY_KIND,
			opcit::BY_ACT,     opcit::BY_LANG, opcit::BY_YEAR, opcit::BY_LABEL,
			opcit::BY_SECTION, nullptr,        nullptr,        nullptr,
			opcit::BY_COUNTRY,
		};

		if (query.field == OPCIT_FIELD_CITES)
			return cites(query.text);
		if (query.field == OPCIT_FIELD_SINCE || query.field == OPCIT_FIELD_UNTIL)
			return Query(Query::OP_SCALE_WEIGHT, date(query), 0);
		return filter(opcit::key_term(prefixes[query.field], query.text));
	}

	// The paragraph that is asked for, and what cites just that.
	static void first_place(const opcit_query &query, std::vector<Query> &all)
	{
		opcit_str unit{ "para:", 5 };

		all.push_back(constant(filter(opcit::pinpoint_term(query.text, query.pinpoint)),
				       OPCIT_WEIGHT_CITING_PLACE));
		if (!opcit_str_starts(query.pinpoint, unit.ptr))
			return;
		opcit_str label = opcit_str_sub(query.pinpoint, unit.len, query.pinpoint.len);
		Query place(Query::OP_AND, filter(opcit::key_term(opcit::BY_NAME, query.text)),
			    filter(opcit::key_term(opcit::BY_LABEL, label)));

		all.push_back(constant(place, OPCIT_WEIGHT_PLACE));
	}

	Query first(const opcit_query &query)
	{
		std::vector<Query> all{
			constant(filter(opcit::key_term(opcit::BY_NAME, query.text)),
				 OPCIT_WEIGHT_NAMED),
			constant(filter(opcit::key_term(opcit::BY_CITED, query.text)),
				 OPCIT_WEIGHT_CITING),
			constant(phrase(query.text), OPCIT_WEIGHT_MENTIONING),
		};

		if (query.pinpoint.len)
			first_place(query, all);
		if (query.n_subs)
			all.push_back(build(*query.subs[0]));
		return Query(Query::OP_OR, all.begin(), all.end());
	}

	Query join(Query::op op, const opcit_query &query)
	{
		std::vector<Query> subs;

		for (size_t i = 0; i < query.n_subs; i++) {
			// A stop word asks for nothing, rather than for no record.
			if (query.subs[i]->op == OPCIT_QUERY_WORD &&
			    opcit_index_ignores(&index, query.subs[i]->text))
				continue;
			subs.push_back(op == Query::OP_OR ? loose(*query.subs[i])
							  : build(*query.subs[i]));
		}
		return Query(op, subs.begin(), subs.end());
	}

	void add_word(opcit_str text, std::vector<Query> &all, bool &used)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			if (token.part || opcit_index_ignores(&index, token.word))
				continue;
			std::vector<Query> terms;

			for (const std::string &stem : stems_of(token.word))
				if (index.db.term_exists(stem))
					terms.push_back(Query(stem));
			used = used && !terms.empty();
			all.push_back(Query(Query::OP_OR, terms.begin(), terms.end()));
		}
	}

	// The words of a name, or those that were typed.
	void add_words(const opcit_query &query, std::vector<Query> &all, bool &used)
	{
		size_t n = query.op == OPCIT_QUERY_CONCEPT ? 1 : query.n_subs;

		if (query.op == OPCIT_QUERY_WORD)
			add_word(query.text, all, used);
		for (size_t i = 0; i < n; i++)
			add_words(*query.subs[i], all, used);
	}

	// A name of a concept in the text: a word in all its forms, or all of
	// several. Empty when the index has it not.
	Query name_in_text(const opcit_query &query)
	{
		std::vector<Query> all;
		bool used = true;

		add_words(query, all, used);
		return used ? Query(Query::OP_AND, all.begin(), all.end()) : Query();
	}

	// An instrument by what cites it: worth one rare word, as another name is. The
	// words of its name stand in the query beside it.
	Query citing_any(const opcit_query &query)
	{
		std::vector<Query> all;
		double records = index.db.get_doccount(), citing = 0;

		for (size_t i = 1; i < query.n_subs; i++) {
			all.push_back(field(*query.subs[i]));
			citing += index.db.get_termfreq(opcit::key_term(opcit::BY_CITED, query.subs[i]->text));
		}
		if (citing == 0)
			return Query();
		return constant(Query(Query::OP_OR, all.begin(), all.end()),
				OPCIT_WEIGHT_SAME * std::max(0.5, std::log(records / citing)));
	}

	// What is called many names is one thing: its names together count as one
	// word, so that a rare name is worth no more than a common one.
	Query concept_of(const opcit_query &query)
	{
		if (query.n_subs > 1 && query.subs[1]->op == OPCIT_QUERY_FIELD)
			return citing_any(query);
		std::vector<Query> same, all;
		Query typed = name_in_text(*query.subs[0]), parts[3];
		size_t n = 0;

		for (size_t i = 1; i < query.n_subs; i++) {
			if (query.subs[i]->nearness == OPCIT_NEAR_RELATED)
				continue;
			Query one = name_in_text(*query.subs[i]);

			if (one.empty())
				continue;
			all.push_back(one);
			if (query.subs[i]->nearness == OPCIT_NEAR_SAME)
				same.push_back(one);
		}
		if (!typed.empty()) {
			all.push_back(typed);
			same.push_back(typed);
		}
		parts[n++] = loose(*query.subs[0]);
		if (same.size() > 1 || typed.empty())
			parts[n++] = Query(Query::OP_SYNONYM, same.begin(), same.end());
		if (all.size() > same.size())
			parts[n++] = Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_SYNONYM, all.begin(), all.end()),
					   OPCIT_WEIGHT_NARROWER_FOUND);
		return Query(Query::OP_OR, parts, parts + n);
	}

	// A loose word, or what stands in its place, need not be there.
	Query loose(const opcit_query &query)
	{
		return query.op == OPCIT_QUERY_WORD ? word(query.text, false) : build(query);
	}

	Query rank(const opcit_query &query)
	{
		std::vector<Query> more;

		for (size_t i = 1; i < query.n_subs; i++)
			more.push_back(loose(*query.subs[i]));
		return Query(Query::OP_AND_MAYBE, build(*query.subs[0]),
			     Query(Query::OP_OR, more.begin(), more.end()));
	}

      public:
	explicit Builder(opcit_index &opened) : index(opened)
	{
	}

	Query build(const opcit_query &query)
	{
		switch (query.op) {
		case OPCIT_QUERY_WORD: return word(query.text, true);
		case OPCIT_QUERY_PHRASE: return phrase(query.text);
		case OPCIT_QUERY_FIELD: return field(query);
		case OPCIT_QUERY_AND: return join(Query::OP_AND, query);
		case OPCIT_QUERY_OR: return join(Query::OP_OR, query);
		case OPCIT_QUERY_NOT:
			return Query(Query::OP_AND_NOT, build(*query.subs[0]),
				     build(*query.subs[1]));
		case OPCIT_QUERY_CONCEPT: return concept_of(query);
		case OPCIT_QUERY_RANK: return rank(query);
		case OPCIT_QUERY_FIRST: return first(query);
		case OPCIT_QUERY_ALL: return Query::MatchAll;
		}
		return Query();
	}
};

} // namespace

Xapian::Query opcit::build_query(opcit_index &index, const opcit_query &query)
{
	return Builder(index).build(query);
}

extern "C" bool opcit_index_names(struct opcit_index *index, struct opcit_str name)
{
	std::string as_document = opcit::key_term(opcit::BY_NAME, name);
	bool named = false;

	if (as_document == opcit::BY_NAME)
		return false;
	index->read(nullptr, [&] {
		named = index->db.term_exists(as_document) ||
			index->db.term_exists(opcit::key_term(opcit::BY_CITED, name));
		return OPCIT_OK;
	});
	return named;
}

extern "C" bool opcit_index_ignores(struct opcit_index *index, struct opcit_str word)
{
	opcit_tokens tokens;
	opcit_token token;

	opcit_tokens_init(&tokens, word);
	while (opcit_tokens_next(&tokens, &token)) {
		bool common = false;

		if (!index->spoken.empty())
			common = opcit_stop_word(token.word, opcit::borrow(index->spoken));
		else
			for (const std::string &lang : index->langs)
				common = common || opcit_stop_word(token.word, opcit::borrow(lang));
		if (!common)
			return false;
	}
	return true;
}
