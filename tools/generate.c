/* generate.c: documents in the likeness of real ones, as many as wanted.
 *
 *   generate [--seed N] [--documents N | --paragraphs N] [--only notices] [--lang en] DIR
 *
 * Writes resolutions, decisions and reports as plain texts to DIR, which is made and must be
 * empty, 500 to a folder: so many documents (1,000), or as many as it takes to reach so many
 * paragraphs, by which all records are meant, headings and notes too. The same seed gives the same
 * bytes everywhere, and a smaller number the first documents of a larger one. --only notices writes
 * one-paragraph decisions, for many small files. Prints documents, records and bytes,
 * separated by blanks.
 *
 * What the likeness is (docs/HACKING.md): lengths of paragraphs and documents, frequencies of
 * words and how new ones keep coming, citations and their forms, clauses that come back.
 */
#include "generate.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OF_A_FOLDER = 500, DEFAULT_DOCUMENTS = 1000 };

static const char usage[] =
	"usage: generate [--seed N] [--documents N | --paragraphs N] [--only notices] [--lang en] DIR\n";

__attribute__((noreturn)) static void fail(const char *what, const char *path)
{
	fprintf(stderr, "generate: cannot %s '%s': %s\n", what, path, strerror(errno));
	exit(3);
}

__attribute__((noreturn)) static void wrong(const char *message, const char *subject)
{
	fprintf(stderr, "generate: %s '%s'\n%s", message, subject, usage);
	exit(2);
}

static uint64_t number_of(const char *string)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(string, &end, 10);
	if (*string < '0' || *string > '9' || *end || errno)
		wrong("not a number:", string);
	return n;
}

static void make_empty_folder(const char *path)
{
	struct dirent *entry;
	DIR *dir;

	if (mkdir(path, 0777) == 0)
		return;
	if (errno != EEXIST || !(dir = opendir(path)))
		fail("make the folder", path);
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
			fprintf(stderr, "generate: '%s' is not empty\n", path);
			exit(3);
		}
	closedir(dir);
}

static void save(const char *root, const struct document *doc)
{
	char path[4096], symbol[64];
	char *p;
	size_t done = 0;
	ssize_t n;
	int fd;

	document_symbol(doc->kind, doc->number, symbol);
	for (p = symbol; *p && *p != ' '; p++)
		*p = *p == '/' ? '-' : *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	*p = '\0';
	if (doc->number % OF_A_FOLDER == 0) {
		snprintf(path, sizeof path, "%s/%05u", root, (unsigned)(doc->number / OF_A_FOLDER));
		if (mkdir(path, 0777) != 0)
			fail("make the folder", path);
	}
	snprintf(path, sizeof path, "%s/%05u/%s.txt", root, (unsigned)(doc->number / OF_A_FOLDER),
		 symbol);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		fail("write", path);
	for (; done < doc->text.len; done += (size_t)n) {
		n = write(fd, doc->text.bytes + done, doc->text.len - done);
		if (n < 0 && errno != EINTR)
			fail("write", path);
		n = n < 0 ? 0 : n;
	}
	if (close(fd) != 0)
		fail("write", path);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "documents", required_argument, NULL, 'd' },
		{ "paragraphs", required_argument, NULL, 'p' },
		{ "lang", required_argument, NULL, 'l' },
		{ "only", required_argument, NULL, 'o' },
		{ NULL, 0, NULL, 0 },
	};
	uint64_t seed = 1, documents = UINT64_MAX, paragraphs = UINT64_MAX, number, records = 0,
		 bytes = 0;
	static struct document doc;
	bool notices = false;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (option) {
		case 's': seed = number_of(optarg); break;
		case 'd': documents = number_of(optarg); break;
		case 'p': paragraphs = number_of(optarg); break;
		case 'l':
			if (strcmp(optarg, "en") != 0)
				wrong("only 'en' is known, not", optarg);
			break;
		case 'o':
			if (strcmp(optarg, "notices") != 0)
				wrong("only 'notices' can be asked for, not", optarg);
			notices = true;
			break;
		default: fputs(usage, stderr); return 2;
		}
	if (argc - optind != 1) {
		fputs(usage, stderr);
		return 2;
	}
	if (documents == UINT64_MAX && paragraphs == UINT64_MAX)
		documents = DEFAULT_DOCUMENTS;
	words_init();
	make_empty_folder(argv[optind]);
	for (number = 0; number < documents && records < paragraphs; number++) {
		document_write(&doc, seed, number,
			       notices ? KIND_NOTICE : document_kind(seed, number));
		save(argv[optind], &doc);
		records += doc.records;
		bytes += doc.text.len;
	}
	printf("%llu %llu %llu\n", (unsigned long long)number, (unsigned long long)records,
	       (unsigned long long)bytes);
	free(doc.text.bytes);
	return 0;
}
