#include "score.hh"

#include <algorithm>
#include <cmath>
#include <functional>

#include "terms_afar.hh"
#include "weights.h"

namespace opcit
{

namespace
{

constexpr size_t MOST_PLACES = 16;       // of one word in one text
constexpr size_t LONGEST_TEXT = 1 << 16; // bytes looked at
constexpr uint32_t BESIDE = 2;           // words apart that still are neighbours
constexpr uint32_t OPENING = 6;          // words that say what a text is about
constexpr double SHORTEST = 0.5;         // part of the usual length that shortness still helps

uint32_t distance(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

bool any_within(const std::vector<uint32_t> &places, uint32_t at, uint32_t reach)
{
	return std::any_of(places.begin(), places.end(), [=](uint32_t p) { return distance(p, at) <= reach; });
}

double saturated(double said)
{
	return said * (OPCIT_SATURATION + 1) / (said + OPCIT_SATURATION);
}

} // namespace

Scorer::Scorer(opcit_index &opened, const Question &asked)
    : index(opened), question(asked),
      // The index knows the mean of text, headings and title together.
      usual_length(std::max(1.0, opened.db.get_average_length() * 0.8)), places(question.words.size()), lang(0),
      length(0), about(question.meaning)
{
	for (size_t u = 0; u < question.units.size(); u++)
		if (question.units[u].intent)
			intended.push_back(u);
	for (size_t l = 0; l < index.langs.size(); l++) {
		Stems &stems = index.stems_of(index.langs[l]);
		Language language{ stems, {}, {} };

		stems.trim();
		for (const auto &[stem, words] : question.stems(l)) {
			uint32_t number = stems.number(borrow(stem));

			if (number >= language.asked.size())
				language.asked.resize(number + 1);
			language.words.push_back(&words);
			language.asked[number] = static_cast<uint32_t>(language.words.size());
		}
		languages.push_back(std::move(language));
	}
}

Scorer::~Scorer() = default;

void Scorer::ask_ahead(const std::vector<Candidate *> &all)
{
	if (!index.remote)
		return;
	afar = std::make_unique<TermsAfar>(index);
	afar->ask(question.terms(), all);
}

// ---- reading one record ------------------------------------------------------

const std::vector<size_t> *Scorer::asked(uint32_t stem) const
{
	const Language &in = languages[lang];
	uint32_t place = stem < in.asked.size() ? in.asked[stem] : 0;

	return place ? in.words[place - 1] : nullptr;
}

uint32_t Scorer::meaning(uint32_t stem) const
{
	return question.meaning ? languages[lang].stems.meaning(stem, *question.meaning->table, borrow(index.langs[lang])) : 0;
}

void Scorer::read_heading(opcit_str stem)
{
	for (size_t u : intended) {
		const char *const *heading = question.units[u].intent->headings;

		for (; heading && *heading; heading++)
			if (opcit_str_starts(stem, *heading))
				cues[u] = std::max(cues[u], OPCIT_WEIGHT_HEADED);
	}
}

// False where no more of interest follow: the prefixed terms stand between digits and
// words: language, headings, title and fields, in this order.
bool Scorer::read_term(const std::string &term, Xapian::termcount wdf)
{
	if (term[0] > 'Z')
		return false;
	if (term.compare(0, 1, BY_LANG) == 0) {
		auto found = std::find(index.langs.begin(), index.langs.end(), term.substr(1));

		lang = found == index.langs.end() ? 0 : static_cast<size_t>(found - index.langs.begin());
	} else if (term[0] == 'X' || term[0] == 'Y') {
		size_t place = question.find_term(term);

		if (place < terms.size())
			terms[place] = true;
	} else if (term.compare(0, 1, IN_SECTION) == 0 || term.compare(0, 1, IN_TITLE) == 0) {
		opcit_str text = opcit_str_sub(borrow(term), 1, term.size());
		uint32_t stem = languages[lang].stems.number(text);
		bool section = term[0] == IN_SECTION[0];

		if (const std::vector<size_t> *found = asked(stem))
			for (size_t word : *found)
				(section ? in_section : in_title)[word] = wdf;
		if (section) {
			about.hear_above(meaning(stem));
			read_heading(text);
		}
	}
	return true;
}

void Scorer::read_terms(const Candidate &candidate)
{
	in_section.assign(question.words.size(), 0);
	in_title.assign(question.words.size(), 0);
	terms.assign(question.n_terms(), false);
	lang = 0;
	if (index.is_remote(candidate.id)) {
		for (const auto &[term, wdf] : afar->terms_of(candidate))
			read_term(term, wdf);
		return;
	}
	auto it = index.db.termlist_begin(candidate.id), end = index.db.termlist_end(candidate.id);

	for (it.skip_to(BY_LANG); it != end && read_term(*it, it.get_wdf()); ++it)
		;
}

// Notes of which kinds of statement the word, after the one before, is a cue; `before` is it then: some cues are two words.
void Scorer::read_cue(std::string &before, opcit_str word)
{
	for (size_t u : intended)
		if (opcit_intent_cued(question.units[u].intent, borrow(before), word))
			cues[u] = 1;
	before.assign(word.ptr, word.len);
}

void Scorer::read_text(Candidate &candidate)
{
	opcit_tokens tokens;
	opcit_token token;
	std::string before;
	uint32_t at = 0;

	for (auto &list : places)
		list.clear();
	candidate.n_words = 0;
	candidate.words.reset();
	opcit_tokens_init(&tokens, opcit_str_sub(candidate.text(), 0, LONGEST_TEXT));
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.part)
			continue;
		candidate.n_words++;
		candidate.words.set(opcit_str_hash(token.word) % candidate.words.size());
		if (!intended.empty())
			read_cue(before, token.word);
		uint32_t stem = languages[lang].stems.of_word(token.word);
		if (stem == Stems::STOP)
			continue;
		at++;
		about.hear(meaning(stem));
		if (const std::vector<size_t> *found = asked(stem))
			for (size_t word : *found)
				if (places[word].size() < MOST_PLACES)
					places[word].push_back(at);
	}
	length = at;
}

// ---- what it says of one thing --------------------------------------------------

// How often the words of a name stand near one another; a part of once where
// they are all there, but apart.
double Scorer::times(const Name &name) const
{
	uint32_t reach = static_cast<uint32_t>(name.words.size()) + BESIDE;
	double n = 0;

	for (size_t word : name.words)
		if (places[word].empty())
			return 0;
	if (name.words.size() == 1)
		return static_cast<double>(places[name.words[0]].size());
	for (uint32_t at : places[name.words[0]])
		n += std::all_of(name.words.begin(), name.words.end(),
				 [&](size_t word) { return any_within(places[word], at, reach); });
	return n > 0 ? n : OPCIT_WEIGHT_APART;
}

bool Scorer::opens_with(const Name &name) const
{
	return std::all_of(name.words.begin(), name.words.end(), [&](size_t word) {
		return !places[word].empty() && places[word][0] <= OPENING;
	});
}

// How much of what was typed for one thing is there, each word by itself.
double Scorer::part_of(const Unit &unit) const
{
	double have = 0, all = 0;

	for (const Part &part : unit.parts) {
		double best = 0;

		for (const Name &name : part.names)
			best = std::max(best, std::min(1.0, worth(name)) * (name.typed ? 1 : OPCIT_WEIGHT_PART_NAMED));
		have += part.rarity * best;
		all += part.rarity;
	}
	return all > 0 ? have / all : 0;
}

double Scorer::worth(const Name &name) const
{
	double n = times(name), section = 2, title = 1;
	double norm = 1 - OPCIT_LENGTH_COUNTS + OPCIT_LENGTH_COUNTS * length / usual_length;

	for (size_t word : name.words) {
		section = std::min(section, in_section[word]);
		title = std::min(title, in_title[word]);
	}
	double said = n / std::max(norm, SHORTEST) + (opens_with(name) ? OPCIT_WEIGHT_OPENING : 0) +
		      OPCIT_WEIGHT_IN_SECTION * section + OPCIT_WEIGHT_IN_TITLE * title;

	return said * name.weight;
}

bool Scorer::carries(const Unit &unit) const
{
	return std::any_of(unit.terms.begin(), unit.terms.end(), [&](size_t term) { return terms[term]; });
}

bool Scorer::tells(const Unit &unit) const
{
	return std::any_of(unit.names.begin(), unit.names.end(), [&](const Name &name) {
		return name.weight > OPCIT_WEIGHT_RELATED && times(name) >= 1;
	});
}

double Scorer::said_of(size_t u) const
{
	const Unit &unit = question.units[u];
	double said = 0;

	for (const Name &name : unit.names)
		said += worth(name);
	if (!unit.parts.empty() && times(unit.names[0]) == 0)
		said = std::max(said, part_of(unit));
	// A statement is of the kind that is asked for, or only speaks of such.
	if (unit.intent)
		return std::min(1.0, said * OPCIT_WEIGHT_SPEAKS_OF + carries(unit) + cues[u]);
	return said + carries(unit);
}

double Scorer::order() const
{
	const std::vector<size_t> &typed = question.typed;
	double met = 0;

	for (size_t i = 1; i < typed.size(); i++)
		met += std::any_of(places[typed[i - 1]].begin(), places[typed[i - 1]].end(), [&](uint32_t a) {
			return std::any_of(places[typed[i]].begin(), places[typed[i]].end(),
					   [=](uint32_t b) { return a != b && distance(a, b) <= BESIDE; });
		});
	return typed.size() < 2 ? 0 : met / static_cast<double>(typed.size() - 1);
}

// What is said in one breath belongs together; a long text may speak of each thing
// in another connection. Headings and neighbours do not count.
double Scorer::passage() const
{
	std::vector<std::pair<uint32_t, size_t>> met; // where a thing is said, and which
	std::vector<size_t> here(question.units.size());
	double all = 0, have = 0, most = 0;
	size_t from = 0;

	for (size_t u = 0; u < question.units.size(); u++) {
		size_t before = met.size();

		for (const Name &name : question.units[u].names)
			if (!question.units[u].intent && times(name) > 0)
				for (uint32_t at : places[name.words[0]])
					met.push_back({ at, u });
		all += met.size() > before ? question.units[u].importance : 0;
	}
	std::sort(met.begin(), met.end());
	for (const auto &last : met) {
		have += here[last.second]++ ? 0 : question.units[last.second].importance;
		for (; last.first - met[from].first > OPCIT_PASSAGE; from++)
			have -= --here[met[from].second] ? 0 : question.units[met[from].second].importance;
		most = std::max(most, have);
	}
	return all > 0 ? most / all : 1;
}

// Who types several words that stand in a text may well know it.
bool Scorer::whole() const
{
	constexpr size_t FEWEST = 4;

	return question.every.size() >= FEWEST &&
	       std::all_of(question.every.begin(), question.every.end(), [&](size_t word) { return !places[word].empty(); });
}

void Scorer::look(Candidate &candidate)
{
	cues.assign(question.units.size(), 0);
	about.begin();
	read_terms(candidate);
	read_text(candidate);
	candidate.said.clear();
	candidate.carries = candidate.tells = 0;
	for (size_t u = 0; u < question.units.size(); u++) {
		const Unit &unit = question.units[u];

		candidate.said.push_back(said_of(u));
		candidate.carries += !unit.intent && carries(unit);
		candidate.tells += !unit.intent && tells(unit);
	}
	candidate.order = order();
	candidate.passage = passage();
	candidate.whole = whole();
	candidate.meant = about.near();
}

// ---- all of them beside one another ---------------------------------------------

namespace
{

// What the candidates of one document say together.
struct File {
	double n = 0;
	std::vector<double> said;
};

double kind_weight(const Candidate &one)
{
	static const double weights[OPCIT_KIND_COUNT] = OPCIT_KIND_WEIGHTS;

	if (one.kind == OPCIT_KIND_PARAGRAPH && opcit_record_peek_label(one.record()).len == 0)
		return OPCIT_WEIGHT_UNNUMBERED;
	return one.kind < OPCIT_KIND_COUNT ? weights[one.kind] : 1;
}

// How much of what is asked for so many paragraphs say by words as a page shows, or all
// where they are fewer: the least of the best.
double found_by_words(const std::vector<Candidate> &all)
{
	std::vector<double> answered;

	for (const Candidate &one : all)
		if (one.kind >= OPCIT_KIND_PREAMBULAR && one.kind <= OPCIT_KIND_ITEM)
			answered.push_back(one.answered);
	if (answered.empty())
		return 0;
	auto last = answered.begin() + std::min<std::ptrdiff_t>(OPCIT_MEANT_PAGE, answered.end() - answered.begin()) - 1;
	std::nth_element(answered.begin(), last, answered.end(), std::greater<>());
	return *last;
}

double intent_weight(const opcit_intent &intent)
{
	return intent.alone ? OPCIT_WEIGHT_INTENDED_ALONE : OPCIT_WEIGHT_INTENDED;
}

} // namespace

// Of all that is asked for; of a kind of statement only where nothing else is.
double Scorer::importance() const
{
	double all = 0, kinds = 0;

	for (const Unit &unit : question.units)
		(unit.intent ? kinds : all) += unit.importance;
	return all > 0 ? all : kinds;
}

// A paragraph speaks of what its document and the paragraphs before and after
// it speak of, though it need not say so again.
void Scorer::settle(std::vector<Candidate> &all) const
{
	std::unordered_map<uint32_t, File> files;
	std::unordered_map<Xapian::docid, const Candidate *> by_id;
	size_t n = question.units.size();
	double asked = importance();
	bool subjects = std::any_of(question.units.begin(), question.units.end(),
				    [](const Unit &unit) { return !unit.intent; });

	for (const Candidate &one : all) {
		File &file = files[one.file];

		by_id[one.id] = &one;
		file.said.resize(n);
		file.n++;
		for (size_t u = 0; u < n; u++)
			file.said[u] += std::min(1.0, one.said[u]);
	}
	for (Candidate &one : all) {
		const File &file = files[one.file];
		double sum = 0, answered = 0, of_kind = 1;

		for (size_t u = 0; u < n; u++) {
			double said = one.said[u], beside = 0;

			for (Xapian::docid id : { index.beside(one.id, -1), index.beside(one.id, 1) }) {
				auto found = by_id.find(id);

				if (found != by_id.end() && found->second->file == one.file)
					beside = std::max(beside, std::min(1.0, found->second->said[u]));
			}
			said += OPCIT_WEIGHT_BESIDE * beside +
				OPCIT_WEIGHT_DOCUMENT * file.said[u] / (file.n + OPCIT_DOCUMENT_STEADY);
			if (question.units[u].intent && subjects) {
				of_kind *= 1 + intent_weight(*question.units[u].intent) * std::min(1.0, one.said[u]);
				continue;
			}
			sum += question.units[u].importance * saturated(said);
			answered += question.units[u].importance * std::min(1.0, said);
		}
		one.score = n == 0 ? one.weight
				   : sum * answered / asked * of_kind * (1 + OPCIT_WEIGHT_ORDER * one.order);
		one.score *= one.whole ? OPCIT_WEIGHT_WHOLE
				       : kind_weight(one) * (1 - OPCIT_WEIGHT_SCATTERED * (1 - one.passage));
		one.answered = n == 0 ? 0 : answered / asked;
	}
	double worth = OPCIT_WEIGHT_MEANT * asked * (1 - found_by_words(all));
	for (Candidate &one : all) {
		one.score += worth * one.meant * kind_weight(one);
		one.score = one.tier + std::min(one.score, OPCIT_TIER - 1.0);
	}
}

} // namespace opcit
