/* check_body.c: a body that is named with a number that only another one gives. */
#include "check_int.h"
#include "../lib/glyph.h"
#include "../lib/registry.h"
#include "../lib/rule.h"

#include <string.h>

/* Whose resolution the words say it is: "General Assembly resolution 599 (1987)",
 * "resolution 599 (1987) of the General Assembly". NULL where no body is named. */
static const struct opcit_body *named_in(const struct opcit_registry *registry, struct opcit_str raw)
{
	const char *p = raw.ptr, *end = raw.ptr + raw.len;
	const struct opcit_body *body;
	struct opcit_token word;
	struct opcit_str name;

	while (p < end) {
		word = opcit_token_at(p, end);
		if (!word.count) {
			p = opcit_glyph_next(p, end);
			continue;
		}
		if (word.upper) {
			const char *q = word.end;

			/* the longest name that begins here */
			for (body = NULL; q <= end; q = opcit_token_at(opcit_glyph_blank(q, end), end).end) {
				name = (struct opcit_str){ word.start, (size_t)(q - word.start) };
				body = opcit_registry_body(registry, name) ? opcit_registry_body(registry, name) : body;
				if (q == end || !opcit_token_at(opcit_glyph_blank(q, end), end).count)
					break;
			}
			if (body)
				return body;
		}
		p = word.end;
	}
	return NULL;
}

struct opcit_str check_against_body(struct checker *checker, const struct known *known, struct opcit_str raw)
{
	const struct opcit_body *body;

	/* the finder takes "N (YYYY)" for the Council's, whoever is named */
	if (!opcit_str_starts(known->reading.target, "S/RES/"))
		return (struct opcit_str){ NULL, 0 };
	body = named_in(checker->reader.registry, raw);
	if (!body || !body->resolution.len || opcit_rule_makes(body->resolution, "S/RES/"))
		return (struct opcit_str){ NULL, 0 };
	return opcit_arena_printf(checker->arena,
				  known->reading.n_entries
					  ? "the %.*s does not number its resolutions in this way; %.*s is the Security Council's"
					  : "the %.*s does not number its resolutions in this way; %.*s would be the Security Council's",
				  OPCIT_FMT(body->name), OPCIT_FMT(known->reading.target));
}
