/* generate_words.c: chance, the built-in words, and the long tail of made-up ones. */
#include "generate.h"

#include <string.h>

struct chance chance_of(uint64_t seed, uint32_t kind, uint64_t number)
{
	struct chance chance = { seed ^ (uint64_t)kind << 56 };

	chance.state = chance_next(&chance) + number;
	chance.state = chance_next(&chance);
	return chance;
}

uint64_t chance_next(struct chance *chance)
{
	uint64_t z = chance->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

uint32_t chance_below(struct chance *chance, uint32_t n)
{
	return (uint32_t)((chance_next(chance) >> 32) * n >> 32);
}

bool chance_percent(struct chance *chance, uint32_t percent)
{
	return chance_below(chance, 100) < percent;
}

/* ---- the built-in words ----------------------------------------------------------
 *
 * Each list by frequency: the word of rank r is drawn in proportion to 1 / (r + flat). */

struct list {
	uint32_t flat; /* in tenths */
	const char *words;
};

static const struct list lists[WORD_CLASSES] = {
	[WORDS_DETERMINER] = { 0,
			       "the the the the the a its his this that any their all such no her an these other "
			       "each every both several another those certain many some" },
	[WORDS_PREPOSITION] = { 20,
				"of in to of for by on with from under against between before without within "
				"during at through after concerning including among regarding despite beyond "
				"pursuant_to in_accordance_with with_a_view_to in_respect_of as_a_result_of "
				"in_the_light_of with_regard_to in_cooperation_with on_the_basis_of in_the_case_of" },
	[WORDS_CONJUNCTION] = { 2,
				"and and and or as that which but where when because while if whether although since "
				"unless whereas" },
	[WORDS_ADVERB] = { 50,
			   "also not therefore only however further fully still already effectively promptly "
			   "immediately clearly sufficiently duly accordingly previously reportedly seriously "
			   "particularly inter_alia unanimously freely equally directly adequately widely publicly "
			   "jointly voluntarily moreover again thus nevertheless subsequently allegedly properly "
			   "thoroughly systematically gradually urgently regularly arbitrarily unlawfully" },
	[WORDS_ADJECTIVE] = { 60,
			      "human national domestic effective international fundamental criminal competent relevant public civil "
			      "legal necessary present political social administrative economic humanitarian regional available "
			      "appropriate full United independent family local medical federal adequate impartial further special "
			      "serious cultural particular final detailed constitutional inhuman degrading arbitrary fair "
			      "irregular unaccompanied vulnerable religious general peaceful armed judicial personal "
			      "inadmissible admissible reasonable equal separate private urgent sustainable global joint written "
			      "unlawful prolonged financial foreign military indigenous voluntary safe common permanent sufficient "
			      "comprehensive remedial disciplinary specific transparent bilateral technical universal mandatory "
			      "conditional supreme provincial municipal ethnic linguistic rural urban temporary consular ordinary "
			      "lawful proportionate accountable accessible inclusive credible grave interim preventive punitive" },
	[WORDS_NOUN] = { 60,
			 "State Committee article Convention Government right law court communication paragraph violation "
			 "decision Council complaint party protection information report resolution person police detention "
			 "procedure implementation case Covenant security cooperation trial Protocol situation author counsel "
			 "evidence remedy judgment access claim country period Commission family torture practice development "
			 "Secretary-General process respect authority investigation lack legislation treatment appeal basis "
			 "support request risk peace proceedings assistance discrimination training policy return hearing "
			 "liberty education programme health application life work residence order force date member fact "
			 "arrest sentence obligation mission prison expression opinion framework freedom conflict territory "
			 "matter origin administration prosecutor asylum compensation nationality code "
			 "principle population society dignity status participation reply delay agreement review region "
			 "promotion impact mandate deportation environment conclusion session observation judge settlement "
			 "property house employment dialogue examination representative water justice conduct "
			 "prohibition institution exhaustion responsibility custody statement interest charge crime age "
			 "convention consent reservation interpretation accession ratification secretariat registration "
			 "jurisdiction hospital lawyer ministry constitution passport visa border interview oversight "
			 "monitoring capacity resource strategy mechanism budget survey guidance standard restraint "
			 "identity documentation privacy correspondence assembly association election ballot census permit "
			 "licence contract wage remittance recruitment journey harbour vessel convoy ceasefire embargo "
			 "observer envoy verification disarmament reconstruction famine drought climate flood shelter food" },
	[WORDS_PLURAL] = { 60,
			   "rights States authorities children persons measures women migrants courts parties resolutions facts "
			   "Parties recommendations proceedings allegations members obligations victims officers laws grounds "
			   "remedies Nations refugees articles workers provisions documents efforts activities institutions "
			   "families governments reports years rules conditions acts purposes cases procedures organizations "
			   "circumstances needs services views regulations nationals detainees standards observers communities "
			   "minors guardians alternatives programmes crimes mechanisms limitations groups interests schools "
			   "resources prisoners judges lawyers doctors witnesses officials policies practices safeguards "
			   "resolutions consultations weapons civilians hostages borders camps elections candidates minorities "
			   "languages lands forests rivers vessels convoys sanctions assets accounts observers mediators girls "
			   "boys pupils teachers patients nurses employers contracts wages remittances visas permits records" },
	[WORDS_VERB] = { 60,
			 "is was has had does did considers claims notes submits states observes recalls argues was_not has_been "
			 "may should shall must can concludes decided requested failed adopted provided rejected refers "
			 "requires found established concerns constitutes dismissed ordered informed remains contends "
			 "affirms violated applies appealed ensures filed reported received violates confirmed explained "
			 "allowed denied detained arrested invoked ratified protects guarantees prohibits indicates "
			 "reiterates maintains welcomes expressed examined convicted sentenced released interviewed "
			 "transferred removed expelled deported threatened promoted undertook supported financed trained "
			 "monitored published amended abolished suspended extended renewed deployed verified condemned" },
	[WORDS_INFINITIVE] = { 60,
			       "ensure provide take be have consider protect make submit prevent respect promote adopt participate "
			       "investigate implement continue strengthen support examine comply establish report cooperate "
			       "obtain exercise seek apply give facilitate review ratify guarantee combat eliminate return amend "
			       "prosecute compensate refrain grant determine challenge appeal release address develop train "
			       "monitor encourage improve publish disseminate assist contribute accede withdraw lift resume extend" },
	[WORDS_COUNTRY] = { 200,
			    "Angola Australia Austria Belarus Bolivia Botswana Cameroon Canada Chile Colombia Cyprus Denmark Ecuador "
			    "Egypt Finland France Gabon Ghana Greece Guatemala Guyana Haiti Honduras Iceland Ireland Italy Jamaica "
			    "Japan Kazakhstan Kenya Kyrgyzstan Lebanon Lithuania Malawi Mexico Mongolia Morocco Namibia Nepal "
			    "Netherlands Norway Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Rwanda Senegal "
			    "Serbia Slovenia Spain Sweden Switzerland Tajikistan Togo Tunisia Ukraine Uruguay Uzbekistan Zambia" },
	[WORDS_MONTH] = { 10000,
			  "January February March April May June July August September October November December" },
};

/* A topic's phrases; the first names it in titles. */
static const char *const topics[TOPICS] = {
	"detention of children;best interests of the child;unaccompanied children;alternatives to detention;"
	"deprivation of liberty;children in detention;guardians;age assessment;juvenile justice;separated children;minors",
	"human rights of migrants;migrant workers;irregular migration;status of migrants;undocumented migrants;"
	"labour migration;xenophobia;migrant women;readmission agreements;countries of destination;family members",
	"right to a fair trial;presumption of innocence;independent tribunal;legal aid;defence counsel;criminal charge;"
	"interpretation in court;public hearing;equality of arms;retrial;death penalty",
	"prohibition of torture;ill-treatment;medical examination;non-refoulement;forced return;confession;"
	"impunity;prompt and impartial investigation;degrading treatment;places of detention;solitary confinement",
	"racial discrimination;intolerance;hate speech;equal treatment;minorities;ethnic origin;profiling;"
	"incitement to hatred;affirmative measures;segregation",
	"trafficking in persons;victims of trafficking;smuggling of migrants;forced labour;exploitation;"
	"organized crime;safe return;reintegration;identification of victims;slavery",
	"equality of women;violence against women;domestic violence;women and peace and security;maternity;"
	"gender mainstreaming;harmful practices;equal pay;women in public life;girls",
	"protection of refugees;asylum-seekers;refugee status;internal displacement;voluntary repatriation;"
	"stateless persons;temporary protection;resettlement;refugee camps;country of origin",
	"right to health;access to health care;essential medicines;mental health;epidemics;hospitals;vaccination;"
	"reproductive health;informed consent;disability benefits",
	"right to education;access to education;primary schools;literacy;teachers;school attendance;"
	"language of instruction;scholarships;human rights education;vocational training",
	"drinking water and sanitation;environment;climate change;pollution;toxic wastes;biodiversity;"
	"natural disasters;environmental impact;rivers and lakes;forests",
	"peacekeeping operations;ceasefire;military observers;disengagement;mandate of the mission;"
	"peace agreement;safe corridors;protection of civilians;demobilization;withdrawal of forces",
	"arms embargo;sanctions;assets freeze;travel ban;panel of experts;illicit trade;foreign fighters;"
	"financing of terrorism;exemptions;listing criteria",
	"disarmament;nuclear weapons;landmines;small arms;verification;non-proliferation;chemical weapons;"
	"ammunition;confidence-building measures;test ban",
	"sustainable development;eradication of poverty;external debt;technical cooperation;capacity-building;"
	"least developed countries;trade;food security;transfer of technology;rural development",
	"rights of persons with disabilities;reasonable accommodation;accessibility;legal capacity;"
	"independent living;sign language;inclusive education;assistive devices",
	"indigenous peoples;free, prior and informed consent;traditional lands;cultural heritage;"
	"natural resources;self-determination;sacred sites;customary law",
	"freedom of expression;journalists;peaceful assembly;censorship;defamation;access to information;"
	"freedom of association;demonstration;human rights defenders;privacy",
	"free and fair elections;electoral observation;political parties;right to vote;voter registration;"
	"transition to democracy;constitutional order;rule of law",
	"cost of remittances;social security;recruitment agencies;conditions of work;wages;trade unions;"
	"domestic workers;child labour;seasonal workers;portability of pensions",
	"border management;border officials;training of police;entry and stay;expulsion of aliens;"
	"collective expulsion;rescue at sea;identity documents;pushbacks",
	"family reunification;respect for family life;custody of children;adoption;birth registration;"
	"right of access;parental responsibility;marriage",
	"consular assistance;consular notification;detained nationals;diplomatic protection;"
	"travel documents;consular officers;repatriation of nationals",
	"missing persons;enforced disappearance;exhumation;right to truth;commission of inquiry;"
	"reparation;relatives of the disappeared;amnesty;international criminal court",
};

/* Drawn by one look into a table that holds each word as often as it is wanted. */
enum { PLACES = 4096, PHRASES = 64 };
static struct word drawn[WORD_CLASSES][PLACES];
static struct word phrases[TOPICS][PHRASES];
static struct word names[TOPICS];
static char room[32768];

/* The parts of a list, at most `max`, copied to `room`, with blanks for underlines. How many. */
static unsigned split(const char *string, const char *separator, struct word *out, unsigned max,
		      char **to)
{
	unsigned n = 0;
	size_t len, i;

	for (; *string && n < max; string += len + (string[len] != '\0')) {
		len = strcspn(string, separator);
		for (i = 0; i < len; i++)
			(*to)[i] = string[i] == '_' ? ' ' : string[i];
		out[n].bytes = *to;
		out[n++].len = (uint32_t)len;
		*to += len;
	}
	return n;
}

void words_init(void)
{
	struct word words[512];
	unsigned class, n, i, topic, place;
	char *to = room;

	for (class = 0; class < WORD_CLASSES; class ++) {
		uint64_t sum = 0, upto = 0;

		n = split(lists[class].words, " ", words, 512, &to);
		for (i = 0; i < n; i++)
			sum += 10000000 / (10 * (i + 1) + lists[class].flat);
		for (i = 0, place = 0; i < n; i++) {
			upto += 10000000 / (10 * (i + 1) + lists[class].flat);
			for (; place < PLACES && place * sum < upto * PLACES; place++)
				drawn[class][place] = words[i];
		}
	}
	for (topic = 0; topic < TOPICS; topic++) {
		n = split(topics[topic], ";", words, 512, &to);
		names[topic] = words[0];
		/* squared: the first phrases are the frequent ones */
		for (i = 0; i < PHRASES; i++)
			phrases[topic][i] = words[i * i * n / (PHRASES * PHRASES)];
	}
}

struct word word_draw(enum word_class class, struct chance *chance)
{
	return drawn[class][chance_next(chance) >> 52];
}

struct word word_of_topic(unsigned topic, struct chance *chance)
{
	return phrases[topic][chance_next(chance) >> 58];
}

struct word word_name_of_topic(unsigned topic)
{
	return names[topic];
}

/* ---- the long tail ----------------------------------------------------------------- */

enum { BUILT_IN = 1000, KNOWN = 4000 };

uint64_t tail_rank(struct chance *chance)
{
	uint64_t u = (chance_next(chance) >> 20) + 1; /* 44 bits */

	/* half are from its beginning, where real texts have more than the law says */
	if (chance_percent(chance, 50))
		return chance_below(chance, chance_below(chance, KNOWN) + 1);
	return ((uint64_t)BUILT_IN << 44) / u - BUILT_IN;
}

static const char syllables[][4] = {
	"ba",  "ra",  "to",  "mi",   "le",  "ka",  "sa",  "no",  "di", "re",  "lo",  "ma",
	"ti",  "ve",  "co",  "pa",   "ne",  "li",  "da",  "so",  "ta", "ri",  "mo",  "be",
	"ga",  "na",  "si",  "fe",   "do",  "la",  "pe",  "vi",  "ro", "te",  "sha", "bo",
	"cha", "se",  "po",  "va",   "gra", "ni",  "tra", "fo",  "ju", "bre", "me",  "za",
	"sto", "gi",  "plo", "su",   "kri", "the", "wo",  "clu", "ho", "qua", "ge",  "fla",
	"nu",  "pre", "ya",  "sche", "dro", "ble", "ku",  "spi", "vo", "zhi", "ulu",
};
enum { SYLLABLES = sizeof syllables / sizeof *syllables };

/* Three words come of one stem, so that a stemmer has its work. */
static const char *const endings[][3] = {
	{ "", "s", "al" },
	{ "t", "ted", "ting" },
	{ "n", "ns", "ned" },
	{ "tion", "tions", "tional" },
	{ "r", "rs", "ring" },
	{ "l", "ls", "lly" },
	{ "ment", "ments", "mental" },
	{ "nce", "nces", "nt" },
	{ "ve", "ves", "vely" },
	{ "ze", "zed", "zing" },
	{ "s", "st", "sts" },
	{ "ty", "ties", "tive" },
};

uint32_t tail_word(uint64_t rank, bool name, char out[TAIL_WORD])
{
	uint64_t stem = rank / 3 + SYLLABLES;
	const char *ending = name ? (rank % 2 ? "" : "n") : endings[stem % 12][rank % 3];
	uint32_t len = 0;

	/* lowest digit first: neighbours in rank do not begin alike */
	for (; stem && len < TAIL_WORD - 16; stem /= SYLLABLES) {
		const char *syllable = syllables[stem % SYLLABLES];

		while (*syllable)
			out[len++] = *syllable++;
	}
	while (*ending)
		out[len++] = *ending++;
	if (name)
		out[0] = (char)(out[0] - 'a' + 'A');
	return len;
}
