/* evaluate.c: how well a search finds.
 *
 *   evaluate QUERIES QRELS [--before FILE] -- COMMAND [ARGUMENT...]
 *   evaluate --known-item EXPORT N SEED -- COMMAND [ARGUMENT...]
 *
 * COMMAND is run once for each question, with the question as its last
 * argument, and prints JSON Lines with source and seq, best first: `opcit
 * search --json -n 10`.
 *
 * QUERIES has lines "id TAB question", QRELS "id TAB document TAB seq
 * TAB grade" (1 related, 2 answers), judged over all records; a document is the
 * base name of its source, with or without suffix. Prints for each question
 * nDCG@10 and the share of answers among the first ten, and the means with MRR;
 * also of each kind of question (the first letter of its id, where there are
 * several); with --before, what an earlier output of it had.
 *
 * --known-item: of N records of EXPORT (`opcit export`) chosen by SEED, 5 to 8 of
 * their words, common ones dropped, are the question; prints in how many of
 * the cases the record, one with the same text, or one that it stands under as
 * an older clause that says the same, is among the first three.
 */
#include "../lib/text.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOP = 10, FIRST = 3, ID = 32 };

static _Noreturn void die(const char *what, const char *subject)
{
	fprintf(stderr, "evaluate: %s '%s'\n", what, subject);
	exit(2);
}

/* ---- asking ------------------------------------------------------------------------ */

struct hit {
	char source[200];
	long seq;
	char *text;
	json_t *record; /* as printed */
};

/* The base name of a path, without its suffix where the judgments have none. */
static void base_name(const char *path, char *to, size_t size)
{
	const char *slash = strrchr(path, '/');

	snprintf(to, size, "%s", slash ? slash + 1 : path);
}

static bool same_source(const char *found, const char *judged)
{
	size_t n = strlen(judged);

	return strncmp(found, judged, n) == 0 && (found[n] == '\0' || found[n] == '.');
}

/* Run the command with the question; the hits, at most TOP. */
static size_t ask(char **command, const char *question, struct hit hits[TOP])
{
	int ends[2], status;
	size_t n = 0, argc = 0, cap = 0;
	char *line = NULL, **argv;
	FILE *out;
	pid_t pid;

	while (command[argc])
		argc++;
	argv = calloc(argc + 2, sizeof *argv);
	if (!argv || pipe(ends) != 0)
		die("cannot run", command[0]);
	memcpy(argv, command, argc * sizeof *argv);
	argv[argc] = (char *)question;
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		if (!freopen("/dev/null", "w", stderr))
			_exit(127);
		execvp(argv[0], argv);
		_exit(127);
	}
	close(ends[1]);
	free(argv);
	out = pid > 0 ? fdopen(ends[0], "r") : NULL;
	if (!out)
		die("cannot run", command[0]);
	while (getline(&line, &cap, out) > 0) {
		json_t *o = json_loads(line, 0, NULL);
		const char *source = json_string_value(json_object_get(o, "source"));
		const char *text = json_string_value(json_object_get(o, "text"));

		if (source && n < TOP) {
			base_name(source, hits[n].source, sizeof hits[n].source);
			hits[n].seq = (long)json_integer_value(json_object_get(o, "seq"));
			hits[n].record = json_incref(o);
			hits[n++].text = strdup(text ? text : "");
		}
		json_decref(o);
	}
	free(line);
	fclose(out);
	if (waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 2) /* 2: refused */
		die("the search fails for", question);
	return n;
}

static void forget(struct hit hits[TOP], size_t n)
{
	while (n--) {
		free(hits[n].text);
		json_decref(hits[n].record);
	}
}

/* ---- judged questions --------------------------------------------------------------- */

struct judgment {
	char id[ID], source[200];
	long seq;
	int grade;
};

struct judgments {
	struct judgment *items;
	size_t count, cap;
};

static void read_judgments(const char *path, struct judgments *all)
{
	FILE *file = fopen(path, "r");
	char line[1000];
	struct judgment one;

	if (!file)
		die("cannot read", path);
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%31[^\t]\t%199[^\t]\t%ld\t%d", one.id, one.source, &one.seq, &one.grade) != 4)
			continue;
		OPCIT_GROW(all->items, all->count, all->cap);
		all->items[all->count++] = one;
	}
	fclose(file);
}

static int grade_of(const struct judgments *all, const char *id, const struct hit *hit)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (strcmp(all->items[i].id, id) == 0 && all->items[i].seq == hit->seq &&
		    same_source(hit->source, all->items[i].source))
			return all->items[i].grade;
	return 0;
}

struct figures {
	double ndcg, mrr, recall;
	size_t n;
};

static double gain(int grade, size_t rank)
{
	return (exp2(grade) - 1) / log2((double)rank + 2);
}

static struct figures judge(const struct judgments *all, const char *id, const struct hit *hits, size_t n)
{
	struct figures f = { .n = 1 };
	double reached = 0, ideal = 0;
	size_t of_grade[3] = { 0, 0, 0 }, found = 0, i, rank = 0;
	int grade;

	for (i = 0; i < all->count; i++)
		if (strcmp(all->items[i].id, id) == 0 && all->items[i].grade > 0 && all->items[i].grade < 3)
			of_grade[all->items[i].grade]++;
	for (grade = 2; grade > 0; grade--)
		for (i = 0; i < of_grade[grade] && rank < TOP; i++)
			ideal += gain(grade, rank++);
	for (i = 0; i < n; i++) {
		grade = grade_of(all, id, &hits[i]);
		reached += gain(grade, i);
		found += grade == 2;
		if (grade && f.mrr == 0)
			f.mrr = 1.0 / (double)(i + 1);
	}
	f.ndcg = ideal > 0 ? reached / ideal : 0;
	f.recall = of_grade[2] ? (double)found / (double)(of_grade[2] < TOP ? of_grade[2] : TOP) : 1;
	return f;
}

/* nDCG of that question in an earlier output, or -1. */
static double before(const char *path, const char *id)
{
	FILE *file = path ? fopen(path, "r") : NULL;
	char line[1000], one[ID];
	double ndcg, found = -1;

	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "%31s nDCG@10 %lf", one, &ndcg) == 2 && strcmp(one, id) == 0)
			found = ndcg;
	if (file)
		fclose(file);
	return found;
}

static void add(struct figures *sum, const struct figures *one)
{
	sum->ndcg += one->ndcg;
	sum->mrr += one->mrr;
	sum->recall += one->recall;
	sum->n++;
}

static int questions(const char *queries, const char *qrels, const char *earlier, char **command)
{
	struct judgments all = { NULL, 0, 0 };
	struct figures sum = { .n = 0 }, kinds[256] = { { .n = 0 } };
	int kind;
	FILE *file = fopen(queries, "r");
	char line[1000];

	if (!file)
		die("cannot read", queries);
	read_judgments(qrels, &all);
	while (fgets(line, sizeof line, file)) {
		struct hit hits[TOP];
		char *tab = strchr(line, '\t');
		struct figures f;
		double was;
		size_t n;

		line[strcspn(line, "\n")] = '\0';
		if (!tab)
			continue;
		*tab = '\0';
		n = ask(command, tab + 1, hits);
		f = judge(&all, line, hits, n);
		forget(hits, n);
		was = before(earlier, line);
		printf("%s nDCG@10 %.4f  answers %.2f", line, f.ndcg, f.recall);
		if (was >= 0)
			printf("  %+.4f", f.ndcg - was);
		printf("  %s\n", tab + 1);
		add(&sum, &f);
		add(&kinds[(unsigned char)line[0]], &f);
	}
	fclose(file);
	free(all.items);
	if (!sum.n)
		die("no question in", queries);
	for (kind = 0; kind < 256; kind++)
		if (kinds[kind].n && kinds[kind].n < sum.n)
			printf("of kind %c %zu  nDCG@10 %.4f\n", kind, kinds[kind].n,
			       kinds[kind].ndcg / (double)kinds[kind].n);
	printf("questions %zu  nDCG@10 %.4f  MRR %.4f  answers in the first ten %.4f\n", sum.n,
	       sum.ndcg / (double)sum.n, sum.mrr / (double)sum.n, sum.recall / (double)sum.n);
	return 0;
}

/* ---- known items --------------------------------------------------------------------- */

struct item {
	char source[200], *text;
	long seq;
};

static size_t read_export(const char *path, struct item **items)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0, n = 0, room = 0;

	if (!file)
		die("cannot read", path);
	*items = NULL;
	while (getline(&line, &cap, file) > 0) {
		json_t *o = json_loads(line, 0, NULL);
		const char *kind = json_string_value(json_object_get(o, "kind"));
		const char *text = json_string_value(json_object_get(o, "text"));

		if (kind && text && strlen(text) > 80 &&
		    (strcmp(kind, "operative") == 0 || strcmp(kind, "preambular") == 0 || strcmp(kind, "paragraph") == 0)) {
			OPCIT_GROW(*items, n, room);
			base_name(json_string_value(json_object_get(o, "source")), (*items)[n].source,
				  sizeof (*items)[n].source);
			(*items)[n].seq = (long)json_integer_value(json_object_get(o, "seq"));
			(*items)[n++].text = strdup(text);
		}
		json_decref(o);
	}
	free(line);
	fclose(file);
	return n;
}

/* The same numbers on every machine (Numerical Recipes' constants). */
static unsigned next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* 5 to 8 of the text's words, without common ones, in their order. */
static bool make_question(const char *text, unsigned *state, struct opcit_buf *question)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t at[400][2], n = 0, want = 5 + next_random(state) % 4, i;

	opcit_tokens_init(&tokens, opcit_str_of(text));
	while (n < 400 && opcit_tokens_next(&tokens, &token)) {
		if (token.part || token.word.len < 2 || opcit_stop_word(token.word, OPCIT_STR("en")))
			continue;
		at[n][0] = token.start;
		at[n++][1] = token.end;
	}
	opcit_buf_clear(question);
	if (n < want)
		return false;
	for (i = 0; i < n && want; i++) /* each with the chance that fills the rest */
		if (next_random(state) % (n - i) < want) {
			opcit_buf_printf(question, "%s%.*s", question->len ? " " : "", (int)(at[i][1] - at[i][0]),
					 text + at[i][0]);
			want--;
		}
	return true;
}

static bool is_item(const char *source, long seq, const struct item *item)
{
	return seq == item->seq && strcmp(source, item->source) == 0;
}

/* Is the item one of those that stand under the hit? */
static bool is_folded(const struct hit *hit, const struct item *item)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(hit->record, "older"), i, one) {
		char source[200];

		base_name(json_string_value(json_object_get(one, "source")), source, sizeof source);
		if (is_item(source, (long)json_integer_value(json_object_get(one, "seq")), item))
			return true;
	}
	return false;
}

static int known_items(const char *path, size_t wanted, unsigned seed, char **command)
{
	struct item *items;
	size_t n = read_export(path, &items), asked = 0, found = 0, i;
	struct opcit_buf question = OPCIT_BUF_INIT;

	while (n && asked < wanted) {
		const struct item *item = &items[next_random(&seed) % n];
		struct hit hits[TOP];
		size_t got;
		bool here = false;

		if (!make_question(item->text, &seed, &question))
			continue;
		got = ask(command, question.ptr, hits);
		for (i = 0; i < got && i < FIRST; i++)
			here = here || is_item(hits[i].source, hits[i].seq, item) || strcmp(hits[i].text, item->text) == 0 ||
			       is_folded(&hits[i], item);
		if (!here)
			printf("missed  %s %ld  %s\n", item->source, item->seq, question.ptr);
		forget(hits, got);
		asked++;
		found += here;
	}
	printf("known items %zu  among the first %d %.4f\n", asked, FIRST, (double)found / (double)(asked ? asked : 1));
	for (i = 0; i < n; i++)
		free(items[i].text);
	free(items);
	opcit_buf_release(&question);
	return 0;
}

int main(int argc, char **argv)
{
	int dashes = 1;

	while (dashes < argc && strcmp(argv[dashes], "--") != 0)
		dashes++;
	if (dashes + 1 < argc && (dashes == 3 || (dashes == 5 && strcmp(argv[3], "--before") == 0)))
		return questions(argv[1], argv[2], dashes == 5 ? argv[4] : NULL, argv + dashes + 1);
	if (dashes + 1 < argc && strcmp(argv[1], "--known-item") == 0 && dashes == 5)
		return known_items(argv[2], (size_t)strtoul(argv[3], NULL, 10), (unsigned)strtoul(argv[4], NULL, 10),
				   argv + dashes + 1);
	fputs("usage: evaluate QUERIES QRELS [--before FILE] -- COMMAND...\n"
	      "       evaluate --known-item EXPORT N SEED -- COMMAND...\n", stderr);
	return 2;
}
