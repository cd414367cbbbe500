/* bench_fts5.c: SQLite's full-text search as somebody would use it for the same task.
 *
 *   bench_fts5 index DB <LIST             files' names, each ended by a NUL
 *   bench_fts5 search DB ROUNDS <QUESTIONS
 *
 * The index is a new file with one row a paragraph (what stands between blank lines), in one
 * transaction; prints the number of rows. A search finds the rows with any of a question's
 * words, the best ten by BM25, and fetches their text; time_questions (bench.h) says how the
 * questions are asked and what is printed. SQLite's settings are those it comes with.
 */
#include <sqlite3.h>

#include "bench.h"

__attribute__((noreturn)) static void fail(const char *what, const char *why)
{
	fprintf(stderr, "bench_fts5: cannot %s: %s\n", what, why);
	exit(1);
}

static void check(int code, sqlite3 *db, const char *what)
{
	if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
		fail(what, sqlite3_errmsg(db));
}

static void run(sqlite3 *db, const char *sql)
{
	check(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;

	check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), db, sql);
	return statement;
}

/* ---- indexing ---- */

static char *slurp(const char *path, size_t *len)
{
	static char *bytes;
	static size_t cap;
	FILE *file = fopen(path, "rb");
	size_t n;

	if (!file)
		fail("read", path);
	for (*len = 0;; *len += n) {
		if (cap - *len < 65536) {
			cap = 2 * cap + 131072;
			bytes = realloc(bytes, cap);
			if (!bytes)
				fail("read", "no memory");
		}
		n = fread(bytes + *len, 1, cap - *len, file);
		if (n == 0)
			break;
	}
	fclose(file);
	return bytes;
}

static unsigned long insert(sqlite3 *db, sqlite3_stmt *statement, const char *path)
{
	size_t len;
	const char *p = slurp(path, &len), *end = p + len, *stop;
	unsigned long rows = 0;

	for (; p < end; p = stop) {
		for (; p < end && *p == '\n'; p++)
			;
		stop = memmem(p, (size_t)(end - p), "\n\n", 2);
		stop = stop ? stop : end;
		if (stop == p)
			break;
		sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, p, (int)(stop - p), SQLITE_STATIC);
		check(sqlite3_step(statement), db, "add a row");
		sqlite3_reset(statement);
		rows++;
	}
	return rows;
}

static int build(sqlite3 *db)
{
	sqlite3_stmt *statement;
	unsigned long rows = 0;
	char *name = NULL;
	size_t cap = 0;

	run(db,
	    "CREATE VIRTUAL TABLE records USING fts5(source UNINDEXED, text, tokenize = 'porter unicode61')");
	run(db, "BEGIN");
	statement = prepare(db, "INSERT INTO records VALUES (?, ?)");
	while (getdelim(&name, &cap, '\0', stdin) > 0)
		rows += insert(db, statement, name);
	run(db, "COMMIT");
	sqlite3_finalize(statement);
	free(name);
	printf("%lu\n", rows);
	return 0;
}

/* ---- searching ---- */

/* "on detention" as "on" OR "detention", which quoted is never an operator. */
static void any_of(const char *question, char *out, size_t cap)
{
	static const char separators[] = " \t,;:.?!'\"()/-";
	size_t used = 0;

	out[0] = '\0';
	for (question += strspn(question, separators); *question;
	     question += strspn(question, separators)) {
		size_t len = strcspn(question, separators);

		used += (size_t)snprintf(out + used, cap - used, "%s\"%.*s\"", used ? " OR " : "",
					 (int)len, question);
		if (used >= cap)
			fail("ask", "the question is too long");
		question += len;
	}
}

static void ask(void *context, const char *question)
{
	sqlite3_stmt *statement = context;
	sqlite3 *db = sqlite3_db_handle(statement);
	static size_t fetched;
	char words[8000];
	int code;

	any_of(question, words, sizeof words);
	sqlite3_bind_text(statement, 1, words, -1, SQLITE_STATIC);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		fetched += strlen((const char *)sqlite3_column_text(statement, 1));
	check(code, db, "ask");
	sqlite3_reset(statement);
}

static int search(sqlite3 *db, size_t rounds)
{
	sqlite3_stmt *statement = prepare(
		db,
		"SELECT source, text FROM records WHERE records MATCH ? ORDER BY rank LIMIT 10");
	int code = time_questions(rounds, ask, statement);

	sqlite3_finalize(statement);
	return code;
}

int main(int argc, char **argv)
{
	size_t rounds = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	int indexing = argc == 3 && strcmp(argv[1], "index") == 0, code;
	sqlite3 *db;

	if (!indexing && (rounds == 0 || strcmp(argv[1], "search") != 0)) {
		fputs("usage: bench_fts5 index DB <LIST\n       bench_fts5 search DB ROUNDS <QUESTIONS\n",
		      stderr);
		return 2;
	}
	if (indexing)
		remove(argv[2]);
	check(sqlite3_open_v2(argv[2], &db,
			      indexing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
				       : SQLITE_OPEN_READONLY,
			      NULL),
	      db, "open the index");
	code = indexing ? build(db) : search(db, rounds);
	check(sqlite3_close(db), db, "close the index");
	return code;
}
