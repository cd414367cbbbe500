// query_field.cc: see query_field.hh.
#include "query_field.hh"

#include <cstring>

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
