// query_field.cc: see query_field.hh.
#include "query_field.hh"

#include <algorithm>
#include <cstring>
#include <set>

#include "intent.h"
#include "weights.h"

namespace opcit
{

using Xapian::Query;

Query filter(const std::string &term)
{
	return Query(Query::OP_SCALE_WEIGHT, Query(term), 0);
}

Query constant(const Query &query, double weight)
{
	Query fixed((new Xapian::FixedWeightPostingSource(weight))->release());

	return Query(Query::OP_FILTER, fixed, query);
}

Query clauses_asked(opcit_str word)
{
	const opcit_intent *intent = opcit_intent_of(word);
	std::vector<Query> all;

	if (!intent || !intent->acts)
		return Query();
	for (const char *const *act = intent->acts; *act; act++)
		all.push_back(filter(key_term(BY_ACT, opcit_str_of(*act))));
	return constant(Query(Query::OP_OR, all.begin(), all.end()), OPCIT_WEIGHT_DIRECTIVE);
}

std::string field_term(const opcit_query &query)
{
	static const char *const prefixes[OPCIT_FIELD_COUNT] = {
		BY_NAME, BY_BODY, BY_TYPE, BY_KIND, BY_ACT,   BY_LANG, BY_YEAR,
		BY_LABEL, nullptr, BY_CITED, nullptr, nullptr, nullptr, BY_COUNTRY,
	};

	return prefixes[query.field] ? key_term(prefixes[query.field], query.text) : std::string();
}

Query date_query(const opcit_query &query)
{
	std::string bound(query.text.ptr, query.text.len);
	Query known(Query::OP_VALUE_GE, SLOT_DATE, std::string("0"));

	// "2010" until is all of 2010, and 2010-07 goes on to its last day.
	if (query.field == OPCIT_FIELD_UNTIL)
		return Query(Query::OP_AND, known,
			     Query(Query::OP_VALUE_LE, SLOT_DATE, bound + "~"));
	// A document dated only "2010" may be of the day asked for.
	std::vector<Query> any{ Query(Query::OP_VALUE_GE, SLOT_DATE, bound) };

	for (size_t len : { 4, 7 })
		if (bound.size() > len)
			any.push_back(Query(Query::OP_VALUE_RANGE, SLOT_DATE,
					    bound.substr(0, len), bound.substr(0, len)));
	return Query(Query::OP_OR, any.begin(), any.end());
}

Query cites_query(opcit_str text)
{
	const char *semicolon =
		static_cast<const char *>(std::memchr(text.ptr, ';', text.len));

	if (!semicolon)
		return filter(key_term(BY_CITED, text));
	size_t at = static_cast<size_t>(semicolon - text.ptr);

	return filter(pinpoint_term(opcit_str_sub(text, 0, at),
					   opcit_str_sub(text, at + 1, text.len)));
}

} // namespace opcit

// A body's name as a document of its has it, from its key.
static opcit_str name_as_printed(opcit_index &index, const std::string &key, opcit_arena *arena)
{
	std::string term = opcit::BY_BODY + key;
	std::string data = index.data_of(opcit::first_with(index, term));
	opcit_entry entry;
	uint32_t number;

	if (opcit::bytes_number(data, 0, number) && index.load_entry(number, arena, entry))
		return entry.doc.body;
	throw Xapian::DatabaseCorruptError("a record belongs to no document");
}

namespace opcit
{

namespace
{

// A text as a key, and where its words begin there: a name stands between two of these ("CAT", but not in "education").
class WordKeys
{
	std::string text;
	std::set<size_t> bounds{ 0 };

      public:
	explicit WordKeys(opcit_str words)
	{
		for (size_t at = 0, end; at < words.len; at = end + 1) {
			for (end = at; end < words.len && !opcit_is_blank(words.ptr[end]); end++)
				;
			text += key_term("", opcit_str_sub(words, at, end));
			bounds.insert(text.size());
			for (size_t last = text.size(); last && std::strchr(",.;:!?)", text[last - 1]); last--)
				bounds.insert(last - 1);
		}
	}

	bool hold(const std::string &key) const
	{
		for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1))
			if (bounds.count(at) && bounds.count(at + key.size()))
				return true;
		return false;
	}
};

} // namespace

} // namespace opcit

extern "C" opcit_status opcit_index_bodies(struct opcit_index *index, struct opcit_str text,
					   struct opcit_arena *arena, struct opcit_str **bodies, size_t *n,
					   struct opcit_err *err)
{
	*n = 0;
	return index->read(err, [&]() -> opcit_status {
		opcit::WordKeys asked(text);
		std::vector<std::string> found;

		for (const std::string &key : index->bodies())
			if (asked.hold(key))
				found.push_back(key);
		*bodies = static_cast<opcit_str *>(opcit_arena_alloc(arena, (found.size() + 1) * sizeof(opcit_str)));
		*n = 0;
		for (const std::string &key : found)
			if (std::none_of(found.begin(), found.end(), [&](const std::string &other) {
				    return other.size() > key.size() && other.find(key) != std::string::npos;
			    }))
				(*bodies)[(*n)++] = name_as_printed(*index, key, arena);
		return OPCIT_OK;
	});
}
