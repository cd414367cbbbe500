// query_build.cc: from the query tree to Xapian's. Xapian's own query parser
// is never used: it would read a symbol as a phrase of numbers and leave
// phrases unstemmed without a word.
#include <algorithm>
#include <cmath>
#include <map>

#include "any_name.hh"
#include "intent.h"
#include "query_field.hh"
#include "query_words.hh"
#include "text_test.hh"
#include "weights.h"

namespace
{

using Xapian::Query;
using opcit::clauses_asked;
using opcit::constant;
using opcit::filter;

// How many records are few: a part of all, but at least and at most so many.
struct Few {
	double part, least, most;
};
constexpr Few FEW_PLAIN{ 0.01, 300, 3000 }; // of what documents say for a plain word
constexpr Few FEW_MEANT{ 0.005, 100, 300 }; // of the names of what the words are about together

class Builder
{
	opcit_index &index;
	opcit::Tests &tests;
	opcit::WordQueries by_words;

	// A heading of that name, or one that holds all the words. (A lettered item's
	// chapeau is found by the same terms: that is why headings are looked at.)
	Query section(opcit_str text)
	{
		Query whole = filter(opcit::key_term(opcit::BY_SECTION, text));
		std::vector<Query> words = by_words.field_words(text, opcit::IN_SECTION);

		if (words.empty())
			return whole;
		return Query(Query::OP_OR, whole,
			     tests.held(Query(Query::OP_AND, words.begin(), words.end()),
					opcit::heading_test(index, text)));
	}

	Query note(opcit_str text)
	{
		std::vector<Query> words = by_words.field_words(text, opcit::IN_NOTE);

		return Query(Query::OP_AND, words.begin(), words.end());
	}

	Query field(const opcit_query &query)
	{
		if (query.field == OPCIT_FIELD_CITES)
			return opcit::cites_query(query.text);
		if (query.field == OPCIT_FIELD_SECTION)
			return section(query.text);
		if (query.field == OPCIT_FIELD_NOTE)
			return note(query.text);
		if (query.field == OPCIT_FIELD_SINCE || query.field == OPCIT_FIELD_UNTIL)
			return Query(Query::OP_SCALE_WEIGHT, opcit::date_query(query), 0);
		return filter(opcit::field_term(query));
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

	// The tiers of one document that is named.
	Query tiers(const opcit_query &query)
	{
		std::vector<Query> all{
			constant(filter(opcit::key_term(opcit::BY_NAME, query.text)),
				 OPCIT_WEIGHT_NAMED),
			constant(filter(opcit::key_term(opcit::BY_CITED, query.text)),
				 OPCIT_WEIGHT_CITING),
			constant(by_words.phrase(query.text), OPCIT_WEIGHT_MENTIONING),
		};

		if (query.pinpoint.len)
			first_place(query, all);
		return Query(Query::OP_OR, all.begin(), all.end());
	}

	// Of several documents the highest tier counts: who cites two of them is neither.
	Query first(const opcit_query &query)
	{
		const opcit_query *rest = &query;
		std::vector<Query> all;

		for (; rest && rest->op == OPCIT_QUERY_FIRST; rest = rest->n_subs ? rest->subs[0] : nullptr)
			all.push_back(tiers(*rest));
		Query named = all.size() == 1 ? all[0] : Query(Query::OP_MAX, all.begin(), all.end());

		return rest ? Query(Query::OP_OR, named, build(*rest)) : named;
	}

	// The one word that was typed, or NULL.
	const opcit_query *typed_word(const opcit_query &query)
	{
		const opcit_query *word = query.op == OPCIT_QUERY_CONCEPT ? query.subs[0] : &query;

		return word->op != OPCIT_QUERY_WORD || opcit_index_ignores(&index, word->text) ? nullptr : word;
	}

	// Two loose words side by side may be one in the text: "e mail", "non
	// refoulement". Empty when the index has no such word.
	Query joined(const opcit_query &query, size_t i)
	{
		const opcit_query *a = typed_word(*query.subs[i]),
				  *b = a && i + 1 < query.n_subs ? typed_word(*query.subs[i + 1]) : nullptr;
		std::vector<Query> found;

		// Typed side by side, with a blank between and no OR.
		if (!b || b->text.ptr != a->text.ptr + a->text.len + 1)
			return Query();
		std::string both = std::string(a->text.ptr, a->text.len) + "-" + std::string(b->text.ptr, b->text.len);
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, opcit::borrow(both));
		if (both.find_first_of("0123456789") == std::string::npos &&
		    opcit_tokens_next(&tokens, &token) && token.span == 2)
			for (const std::string &stem : by_words.stems_of(token.word))
				if (index.holds(stem))
					found.push_back(Query(stem));
		return opcit::synonym(index, found);
	}

	// Is it a word that says little, whatever else it is called?
	static bool is_light(const opcit_query &query)
	{
		const opcit_query &word = query.op == OPCIT_QUERY_CONCEPT ? *query.subs[0] : query;

		return word.op == OPCIT_QUERY_WORD && word.loose && opcit_light_word(word.text) && !opcit_intent_of(word.text);
	}

	// A stop word asks for nothing, rather than for no record; so does a group of such.
	bool is_ignored(const opcit_query &query)
	{
		if (query.op == OPCIT_QUERY_WORD)
			return opcit_index_ignores(&index, query.text);
		return (query.op == OPCIT_QUERY_OR || query.op == OPCIT_QUERY_AND) && query.n_subs &&
		       std::all_of(query.subs, query.subs + query.n_subs,
				   [&](const opcit_query *sub) { return is_ignored(*sub); });
	}

	Query join(Query::op op, const opcit_query &query)
	{
		constexpr std::ptrdiff_t ENOUGH = 2; // things to find records by: "way" and "about" only weigh beside them
		std::vector<Query> subs;
		bool enough = std::count_if(query.subs, query.subs + query.n_subs, [&](const opcit_query *sub) {
			return sub->op != OPCIT_QUERY_MEANING && !is_light(*sub) && !is_ignored(*sub);
		}) >= ENOUGH;

		for (size_t i = 0; i < query.n_subs; i++) {
			if (op == Query::OP_OR)
				subs.push_back(joined(query, i));
			if (is_ignored(*query.subs[i]) || (op == Query::OP_OR && enough && is_light(*query.subs[i])))
				continue;
			subs.push_back(op == Query::OP_OR ? loose(*query.subs[i])
							  : build(*query.subs[i]));
		}
		return Query(op, subs.begin(), subs.end());
	}

	void add_word(opcit_str text, opcit_str lang, opcit::NameWords &all, bool &used)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			if (token.part || opcit::is_ignored(index, token.word, lang))
				continue;
			std::vector<Query> terms;
			std::string key;
			double records = 0;

			for (const std::string &stem : by_words.stems_of(token.word)) {
				Xapian::doccount holding = index.records_with(stem);

				if (holding == 0)
					continue;
				terms.push_back(Query(stem));
				key += stem + " ";
				records += holding;
			}
			used = used && !terms.empty();
			all[key] = { Query(Query::OP_OR, terms.begin(), terms.end()), records };
		}
	}

	// The words of a name, or those that were typed.
	void add_words(const opcit_query &query, opcit::NameWords &all, bool &used)
	{
		size_t n = query.op == OPCIT_QUERY_CONCEPT ? 1 : query.n_subs;

		if (query.op == OPCIT_QUERY_WORD)
			add_word(query.text, query.lang, all, used);
		for (size_t i = 0; i < n; i++)
			add_words(*query.subs[i], all, used);
	}

	// A name of a concept in the text: a word in all its forms, or all of
	// several. Empty when the index has it not.
	opcit::NameWords name_in_text(const opcit_query &query)
	{
		opcit::NameWords all;
		bool used = true;

		add_words(query, all, used);
		return used ? all : opcit::NameWords();
	}

	// An instrument by what cites it: worth one rare word, as another name is. The
	// words of its name stand in the query beside it.
	Query carrying_any(const opcit_query &query)
	{
		std::vector<Query> all;
		double records = index.db.get_doccount(), carrying = 0;

		for (size_t i = 1; i < query.n_subs; i++) {
			all.push_back(field(*query.subs[i]));
			carrying += index.records_with(opcit::field_term(*query.subs[i]));
		}
		if (carrying == 0)
			return Query();
		return constant(Query(Query::OP_OR, all.begin(), all.end()),
				OPCIT_WEIGHT_SAME * std::max(0.5, std::log(records / carrying)));
	}

	// Does a name hold a word that is a name by itself? Then it finds nothing more.
	bool holds_one_of(const std::vector<std::string> &names, const opcit_query &name)
	{
		return std::any_of(name.subs, name.subs + name.n_subs, [&](const opcit_query *word) {
			return std::find(names.begin(), names.end(), first_stem(word->text)) != names.end();
		});
	}

	std::string first_stem(opcit_str text)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		if (!opcit_tokens_next(&tokens, &token))
			return "";
		opcit_str stem = opcit_stem(index.stemmer(index.langs[0]), token.word);
		return std::string(stem.ptr, stem.len);
	}

	// Does a word of a name stand in few records? The others would cost more time than they find.
	bool is_rare(const opcit::NameWords &name, const Few &few)
	{
		double many = std::clamp(few.part * index.db.get_doccount(), few.least, few.most);

		return std::any_of(name.begin(), name.end(),
				   [=](const auto &word) { return word.second.records < many; });
	}

	// What is called many names is one thing: its names together count as one
	// word, so that a rare name is worth no more than a common one.
	Query concept_of(const opcit_query &query)
	{
		if (query.n_subs > 1 && query.subs[1]->op == OPCIT_QUERY_FIELD)
			return carrying_any(query);
		std::vector<opcit::NameWords> same, narrower;
		std::vector<std::string> words; // that are names
		opcit::NameWords typed = name_in_text(*query.subs[0]);
		Query parts[3];
		size_t n = 0;

		for (size_t i = 0; i < query.n_subs; i++)
			if (query.subs[i]->op == OPCIT_QUERY_WORD && query.subs[i]->nearness != OPCIT_NEAR_RELATED)
				words.push_back(first_stem(query.subs[i]->text));
		for (size_t i = 1; i < query.n_subs; i++) {
			const opcit_query &sub = *query.subs[i];

			if (sub.nearness == OPCIT_NEAR_RELATED || holds_one_of(words, sub))
				continue;
			opcit::NameWords one = name_in_text(sub);

			if (one.empty() || (sub.nearness == OPCIT_NEAR_PLAIN && !is_rare(one, FEW_PLAIN)))
				continue;
			(sub.nearness <= OPCIT_NEAR_PLAIN ? same : narrower).push_back(one);
		}
		// One word is looked for by itself below; its records need not be gone through twice.
		bool alone = query.subs[0]->op == OPCIT_QUERY_WORD;
		if (!typed.empty() && !alone)
			same.push_back(typed);
		parts[n++] = query.forced ? build(*query.subs[0]) : loose(*query.subs[0]);
		if (same.size() > 1 || (!same.empty() && (alone || typed.empty())))
			parts[n++] = opcit::synonym(index, opcit::any_name(same));
		if (!narrower.empty())
			parts[n++] = Query(Query::OP_SCALE_WEIGHT,
					   opcit::synonym(index, opcit::any_name(narrower)),
					   OPCIT_WEIGHT_NARROWER_FOUND);
		return Query(Query::OP_OR, parts, parts + n);
	}

	// What the question is about, whatever it was called there: each concept by those of
	// its names that not very many records hold.
	Query meant(const opcit_query &query)
	{
		std::vector<Query> all;

		for (size_t i = 0; i < query.n_subs; i++) {
			std::vector<opcit::NameWords> names;

			for (size_t k = 0; k < query.subs[i]->n_subs; k++) {
				opcit::NameWords name = name_in_text(*query.subs[i]->subs[k]);

				if (is_rare(name, FEW_MEANT))
					names.push_back(name);
			}
			if (!names.empty())
				all.push_back(opcit::synonym(index, opcit::any_name(names)));
		}
		return Query(Query::OP_OR, all.begin(), all.end());
	}

	// A loose word, or what stands in its place, need not be there.
	Query loose(const opcit_query &query)
	{
		return query.op == OPCIT_QUERY_WORD ? by_words.word(query.text, false) : build(query);
	}

	// What a test has still to tell is not left out yet.
	Query without(const Query &found, const opcit_query &query)
	{
		size_t open = tests.open();
		Query unwanted = build(query);

		return tests.open() > open ? found : Query(Query::OP_AND_NOT, found, unwanted);
	}

	Query rank(const opcit_query &query)
	{
		std::vector<Query> more;

		for (size_t i = 1; i < query.n_subs; i++) {
			more.push_back(joined(query, i));
			more.push_back(loose(*query.subs[i]));
		}
		Query any(Query::OP_OR, more.begin(), more.end());

		return is_ignored(*query.subs[0]) ? any : Query(Query::OP_AND_MAYBE, build(*query.subs[0]), any);
	}

      public:
	Builder(opcit_index &opened, opcit::Tests &asked) : index(opened), tests(asked), by_words(opened, asked)
	{
	}

	Query build(const opcit_query &query)
	{
		switch (query.op) {
		case OPCIT_QUERY_WORD: return by_words.word(query.text, true);
		case OPCIT_QUERY_PHRASE: return by_words.phrase(query.text);
		case OPCIT_QUERY_FIELD: return field(query);
		case OPCIT_QUERY_AND: return join(Query::OP_AND, query);
		case OPCIT_QUERY_OR: return join(Query::OP_OR, query);
		case OPCIT_QUERY_NOT:
			return without(build(*query.subs[0]), *query.subs[1]);
		case OPCIT_QUERY_CONCEPT: return concept_of(query);
		case OPCIT_QUERY_RANK: return rank(query);
		case OPCIT_QUERY_FIRST: return first(query);
		case OPCIT_QUERY_ALL: return Query::MatchAll;
		case OPCIT_QUERY_NEAR: return by_words.near(query);
		case OPCIT_QUERY_WILD: return by_words.wild(query.text);
		case OPCIT_QUERY_MEANING: return meant(query);
		}
		return Query();
	}
};

// What tells a query from others; empty where a test of ours does not say.
std::string key_of(const Query &query)
{
	try {
		return query.serialise();
	} catch (const Xapian::UnimplementedError &) {
		return "";
	}
}

// What one of several names asks for may be just what another does: it is gone through
// once, and weighs as much.
void collect(const Query &query, std::vector<Query> &all, std::map<std::string, double> &times)
{
	if (query.get_type() == Query::OP_OR) {
		for (size_t i = 0; i < query.get_num_subqueries(); i++)
			collect(query.get_subquery(i), all, times);
		return;
	}
	std::string key = key_of(query);

	if (key.empty() || times[key]++ == 0)
		all.push_back(query);
}

Query each_once(const Query &query)
{
	std::vector<Query> all;
	std::map<std::string, double> times;

	if (query.get_type() != Query::OP_OR)
		return query;
	collect(query, all, times);
	for (Query &one : all) {
		double n = times[key_of(one)];

		if (n > 1)
			one = Query(Query::OP_SCALE_WEIGHT, one, n);
	}
	return Query(Query::OP_OR, all.begin(), all.end());
}

} // namespace

bool opcit::is_ignored(opcit_index &index, opcit_str word, opcit_str lang)
{
	return lang.len ? opcit_stop_word(word, lang) : opcit_index_ignores(&index, word);
}

Xapian::Query opcit::build_query(opcit_index &index, const opcit_query &query)
{
	Tests tests(index);
	Xapian::Query built = Builder(index, tests).build(query);

	if (tests.open() == 0)
		return each_once(built);
	tests.narrow(built);
	return Builder(index, tests).build(query);
}

Xapian::Query opcit::build_loosely(opcit_index &index, const opcit_query &query)
{
	Tests tests(index);
	Xapian::Query built = Builder(index, tests).build(query);

	return tests.open() ? built : Xapian::Query();
}

extern "C" bool opcit_index_names(struct opcit_index *index, struct opcit_str name)
{
	std::string as_document = opcit::key_term(opcit::BY_NAME, name);
	bool named = false;

	if (as_document == opcit::BY_NAME)
		return false;
	index->read(nullptr, [&] {
		named = index->holds(as_document) ||
			index->holds(opcit::key_term(opcit::BY_CITED, name));
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
