#include "meaning.h"

#include <math.h>
#include <string.h>

/* FNV-1a over "lang:stem". */
static uint32_t hash_on(uint32_t hash, struct opcit_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * 16777619u;
	return hash;
}

uint32_t opcit_meaning_hash(struct opcit_str lang, struct opcit_str stem)
{
	return hash_on(hash_on(hash_on(2166136261u, lang), OPCIT_STR(":")), stem);
}

const char *opcit_meaning_concept(const struct opcit_meaning_table *table, size_t concept)
{
	return table->text + table->concepts[concept];
}

size_t opcit_meaning_place(const struct opcit_meaning_table *table, struct opcit_str name)
{
	size_t i = 0;

	while (i < table->n_concepts && !opcit_str_is(name, opcit_meaning_concept(table, i)))
		i++;
	return i;
}

static bool is_word(const struct opcit_meaning_table *table, size_t place, struct opcit_str lang, struct opcit_str stem)
{
	const char *word = table->text + table->words[place].word;

	return table->words[place].len == lang.len + 1 + stem.len && memcmp(word, lang.ptr, lang.len) == 0 &&
	       memcmp(word + lang.len + 1, stem.ptr, stem.len) == 0;
}

size_t opcit_meaning_word(const struct opcit_meaning_table *table, struct opcit_str lang, struct opcit_str stem)
{
	uint32_t hash = opcit_meaning_hash(lang, stem), slot;
	size_t at = hash & (table->n_slots - 1);

	for (; (slot = table->slots[at]); at = (at + 1) & (table->n_slots - 1))
		if (slot >> 16 == hash >> 16 && is_word(table, (slot & 0xffff) - 1, lang, stem))
			return (slot & 0xffff) - 1;
	return table->n_words;
}

void opcit_meaning_add(const struct opcit_meaning_table *table, size_t word, float times, float *sums)
{
	const struct opcit_meaning_link *link = table->links + table->words[word].first;
	const struct opcit_meaning_link *end = link + table->words[word].n;

	for (; link < end; link++)
		sums[link->concept] += times * (float)link->weight * (1 / 65535.0f);
}

float opcit_meaning_weight(const struct opcit_meaning_table *table, size_t word, size_t concept)
{
	const struct opcit_meaning_link *link = table->links + table->words[word].first;
	const struct opcit_meaning_link *end = link + table->words[word].n;

	while (link < end && link->concept != concept)
		link++;
	return link < end ? (float)link->weight * (1 / 65535.0f) : 0;
}

/* What several words speak of together weighs more than what one does alone. */
static float together(float sum)
{
	return sum * sqrtf(sum);
}

void opcit_meaning_keep(const struct opcit_meaning_table *table, const float *sums, struct opcit_meaning *meaning)
{
	double squares = 0;
	size_t i, k;

	meaning->table = table;
	meaning->n = 0;
	for (i = 0; i < table->n_concepts; i++) {
		float weight = together(sums[i]);

		if (weight <= 0 || (meaning->n == OPCIT_MEANING_KEPT && weight <= meaning->of[meaning->n - 1].weight))
			continue;
		k = meaning->n < OPCIT_MEANING_KEPT ? meaning->n++ : meaning->n - 1;
		for (; k > 0 && meaning->of[k - 1].weight < weight; k--)
			meaning->of[k] = meaning->of[k - 1];
		meaning->of[k].concept = (uint16_t)i;
		meaning->of[k].weight = weight;
	}
	for (i = 0; i < meaning->n; i++)
		squares += (double)meaning->of[i].weight * meaning->of[i].weight;
	for (i = 0; i < meaning->n; i++)
		meaning->of[i].weight /= (float)sqrt(squares);
}

double opcit_meaning_near(const struct opcit_meaning *meaning, const float *sums)
{
	double squares = 0, both = 0;
	size_t i;

	for (i = 0; i < meaning->table->n_concepts; i++)
		squares += (double)sums[i] * sums[i] * sums[i]; /* of together() */
	for (i = 0; i < meaning->n; i++)
		both += (double)meaning->of[i].weight * together(sums[meaning->of[i].concept]);
	return squares > 0 ? both / sqrt(squares) : 0;
}
