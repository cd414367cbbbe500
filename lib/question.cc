#include "question.hh"

#include <algorithm>
#include <cmath>

#include "query_field.hh"
#include "thesaurus.h"
#include "vocabulary.hh"
#include "weights.h"

namespace opcit
{

namespace
{

// Beyond these a query is a text, not a question: what follows counts in Xapian's
// weight only, and of more words only those that were typed.
constexpr size_t MOST_WORDS = 1200, MOST_UNITS = 64;

// Words all of which stand together are rarer than the rarest of them.
constexpr double TOGETHER = 0.5;

// Does a word of a name in one language mean it in records of another? For some the thesaurus
// has names of their own; what is typed is looked for in all.
bool means_it(opcit_str lang, const std::string &in)
{
	return lang.len == 0 || opcit_str_eq(lang, borrow(in)) || !opcit_thesaurus_speaks(borrow(in));
}

} // namespace

double Question::rarity(double records) const
{
	double all = index.db.get_doccount();

	return std::log(1 + (all - std::min(records, all) + 0.5) / (records + 0.5));
}

size_t Question::word_of(opcit_str text, opcit_str lang)
{
	Word word{ {}, -1 };

	for (const std::string &in : index.langs) {
		opcit_str stem = means_it(lang, in) ? opcit_stem(index.stemmer(in), text) : opcit_str{ "", 0 };

		word.stems.emplace_back(stem.ptr, stem.len);
	}
	size_t any = 0; // language in which it is a word
	while (any + 1 < word.stems.size() && word.stems[any].empty())
		any++;
	for (size_t i : by_stem[any][word.stems[any]])
		if (words[i].stems == word.stems)
			return i;
	for (size_t i = 0; i < word.stems.size(); i++)
		if (!word.stems[i].empty())
			by_stem[i][word.stems[i]].push_back(words.size());
	words.push_back(word);
	return words.size() - 1;
}

// The words of a text; of a name's in a language, but those that count in no text of that.
void Question::read_words(opcit_str text, opcit_str lang, Name &name)
{
	opcit_tokens tokens;
	opcit_token token;

	opcit_tokens_init(&tokens, text);
	while ((name.typed || words.size() < MOST_WORDS) && opcit_tokens_next(&tokens, &token))
		if (!token.part && !is_ignored(index, token.word, lang))
			name.words.push_back(word_of(token.word, lang));
}

// The words of a name; of what was typed for a concept, those.
void Question::read_name(const opcit_query &query, Name &name)
{
	size_t n = query.op == OPCIT_QUERY_CONCEPT ? 1 : query.n_subs;

	if (query.op == OPCIT_QUERY_WORD || query.op == OPCIT_QUERY_PHRASE)
		read_words(query.text, query.lang, name);
	for (size_t i = 0; i < n; i++)
		read_name(*query.subs[i], name);
}

Name Question::name_of(const opcit_query &query, double weight, bool is_typed)
{
	Name name{ {}, weight, is_typed };

	read_name(query, name);
	if (!is_typed && words.size() >= MOST_WORDS)
		name.words.clear(); // half a name is another
	return name;
}

// That which was typed first.
std::vector<Name> Question::names_of(const opcit_query &concept)
{
	static const double weights[] = { OPCIT_WEIGHT_SAME, OPCIT_WEIGHT_PLAIN, OPCIT_WEIGHT_NARROWER,
					  OPCIT_WEIGHT_RELATED };
	std::vector<Name> names;

	for (size_t i = 0; i < concept.n_subs; i++) {
		Name name = name_of(*concept.subs[i], i ? weights[concept.subs[i]->nearness] : 1, i == 0);

		name.plain = i && concept.subs[i]->nearness == OPCIT_NEAR_PLAIN;
		if (!name.words.empty())
			names.push_back(name);
	}
	weigh_plain(names);
	return names;
}

// What documents say for a plain word is worth more the fewer records have that word, or what is called the same.
void Question::weigh_plain(std::vector<Name> &names)
{
	double same = 0, plain = 0;

	for (const Name &name : names)
		if (name.plain)
			plain = std::max(plain, records_of(name));
		else if (name.weight >= OPCIT_WEIGHT_SAME)
			same = std::max(same, records_of(name));
	for (Name &name : names)
		if (name.plain && plain > same)
			name.weight += (OPCIT_WEIGHT_PLAIN_ALONE - OPCIT_WEIGHT_PLAIN) * (1 - same / plain);
}

void Question::add_parts(const opcit_query &query, Unit &unit)
{
	if (query.op != OPCIT_QUERY_OR)
		return;
	for (size_t i = 0; i < query.n_subs; i++) {
		const opcit_query &sub = *query.subs[i];
		Part part{ {}, 0 };

		if (sub.op == OPCIT_QUERY_CONCEPT)
			part.names = names_of(sub);
		else
			part.names.push_back(name_of(sub, 1, true));
		if (part.names.empty() || part.names[0].words.empty())
			continue;
		for (const Name &name : part.names)
			part.rarity = std::max(part.rarity, records_of(name));
		part.rarity = rarity(part.rarity);
		unit.parts.push_back(part);
	}
}

size_t Question::term_of(const std::string &term)
{
	return by_term.emplace(term, by_term.size()).first->second;
}

// Looked up where it is asked for: a concept has hundreds of names.
double Question::records_of(Word &word)
{
	if (word.records >= 0)
		return word.records;
	word.records = 0;
	for (auto stem = word.stems.begin(); stem != word.stems.end(); ++stem)
		if (!stem->empty() && std::find(word.stems.begin(), stem, *stem) == stem)
			word.records += index.records_with(*stem);
	return word.records;
}

double Question::records_of(const Name &name)
{
	double least = index.db.get_doccount();

	for (size_t word : name.words)
		least = std::min(least, records_of(words[word]));
	return name.words.size() > 1 ? least * TOGETHER : least;
}

void Question::add_field(const opcit_query &field, Unit &unit)
{
	std::string term = field_term(field);

	if (term.empty())
		return;
	unit.terms.push_back(term_of(term));
	unit.carried += index.records_with(term);
	unit.bound = field.field == OPCIT_FIELD_COUNTRY || field.field == OPCIT_FIELD_YEAR;
}

// A thing is as common as the most common of its names and narrower ones; one that took several
// words to ask for is worth more than one word.
void Question::finish(Unit &unit)
{
	double records = 0, more = 0;

	for (const Name &name : unit.names) {
		if (name.weight > OPCIT_WEIGHT_RELATED)
			records = std::max(records, records_of(name));
		if (name.typed)
			more = static_cast<double>(name.words.size()) - 1;
	}
	// What carries a field is as common as that, however long its name.
	if (!unit.terms.empty())
		records = std::max(records, unit.carried);
	unit.importance = rarity(records) * (1 + OPCIT_WEIGHT_MORE_WORDS * more) * (unit.bound ? OPCIT_WEIGHT_BOUND : 1);
	if (unit.intent) {
		unit.importance = OPCIT_WEIGHT_INTENT;
		for (const char *const *act = unit.intent->acts; act && *act; act++)
			unit.terms.push_back(term_of(key_term(BY_ACT, opcit_str_of(*act))));
	} else if (unit.names[0].typed) {
		typed.insert(typed.end(), unit.names[0].words.begin(), unit.names[0].words.end());
	}
	if (unit.names[0].typed)
		every.insert(every.end(), unit.names[0].words.begin(), unit.names[0].words.end());
	units.push_back(unit);
}

// What was typed for the last thing may be a word that says little.
void Question::lighten(const opcit_query &word)
{
	Unit &unit = units.back();

	if (!unit.intent && unit.names[0].words.size() == 1 && opcit_light_word(word.text))
		unit.importance *= OPCIT_WEIGHT_LIGHT;
}

void Question::add_typed(const opcit_query &query)
{
	Unit unit;

	unit.names.push_back(name_of(query, 1, true));
	if (unit.names[0].words.empty())
		return;
	if (query.op == OPCIT_QUERY_WORD)
		unit.intent = opcit_intent_of(query.text);
	finish(unit);
	lighten(query);
}

void Question::add_concept(const opcit_query &query)
{
	Unit unit;

	unit.names = names_of(query);
	if (unit.names.empty())
		return;
	for (size_t i = 1; i < query.n_subs; i++)
		if (query.subs[i]->op == OPCIT_QUERY_FIELD)
			add_field(*query.subs[i], unit);
	// The name of what carries a field stands among the loose words as well, or
	// is the one that is shown: it was not typed here.
	if (!unit.terms.empty())
		unit.names[0].typed = false;
	if (query.subs[0]->op == OPCIT_QUERY_WORD)
		unit.intent = opcit_intent_of(query.subs[0]->text);
	add_parts(*query.subs[0], unit);
	finish(unit);
	lighten(*query.subs[0]);
}

// A word with stars is one word by many stems.
void Question::add_wildcard(const opcit_query &query)
{
	opcit_wildcard wildcard;
	Word word{ { std::string(query.text.ptr, query.text.len) }, 0 };
	Unit unit;

	if (opcit_wildcard_init(&wildcard, query.text, nullptr) != OPCIT_OK)
		return;
	WildTerms terms = wild_terms(index, wildcard);

	for (const auto *list : { &terms.sure, &terms.open })
		for (const std::string &stem : *list) {
			word.records = std::max<double>(word.records, index.records_with(stem));
			for (auto &stems : by_stem)
				stems[stem].push_back(words.size());
		}
	unit.names.push_back({ { words.size() }, 1, true });
	words.push_back(word);
	finish(unit);
}

void Question::collect(const opcit_query &query)
{
	size_t n = query.op == OPCIT_QUERY_NOT ? 1 : query.n_subs;

	if (units.size() == MOST_UNITS)
		return;
	if (query.op == OPCIT_QUERY_WORD || query.op == OPCIT_QUERY_PHRASE)
		add_typed(query);
	else if (query.op == OPCIT_QUERY_CONCEPT)
		return add_concept(query);
	else if (query.op == OPCIT_QUERY_WILD)
		return add_wildcard(query);
	if (query.op == OPCIT_QUERY_MEANING)
		meaning = query.meaning;
	for (size_t i = 0; i < n && query.op != OPCIT_QUERY_MEANING; i++)
		collect(*query.subs[i]);
}

Question::Question(opcit_index &opened, const opcit_query &query) : index(opened), by_stem(opened.langs.size())
{
	collect(query);
}

std::vector<std::string> Question::terms() const
{
	std::vector<std::string> all;

	for (const auto &term : by_term)
		all.push_back(term.first);
	return all;
}

size_t Question::find_term(const std::string &term) const
{
	auto found = by_term.find(term);

	return found == by_term.end() ? by_term.size() : found->second;
}

} // namespace opcit
