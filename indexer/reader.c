#include "reader.h"

#include "encoding.h"

#include <string.h>

/* From this score on the content, with the name or without it, is recognised. */
enum { CERTAIN = 41 };

/* Formats that are recognised only to say what they are. */
static const struct {
	const char *magic;
	size_t at, len;
	const char *what;
} foreign[] = {
	{ "PK\3\4", 0, 4, "a ZIP container" },
	{ "\x89PNG", 0, 4, "an image" },
	{ "\xFF\xD8\xFF", 0, 3, "an image" },
	{ "GIF8", 0, 4, "an image" },
	{ "\x7F" "ELF", 0, 4, "a program" },
	{ "\x1F\x8B", 0, 2, "a compressed file" },
	{ "\xFD" "7zXZ", 0, 5, "a compressed file" },
};

static bool named_like(const char *path, const struct opcit_reader *reader)
{
	const char *dot = path ? strrchr(path, '.') : NULL;
	const char *const *suffix;

	if (!dot || strchr(dot, '/'))
		return false;
	for (suffix = reader->suffixes; *suffix; suffix++)
		if (strcasecmp(dot + 1, *suffix) == 0)
			return true;
	return false;
}

const struct opcit_reader *opcit_reader_for(struct opcit_str bytes, const char *path,
                                            const char **why)
{
	struct opcit_str head = opcit_str_sub(bytes, 0, OPCIT_SNIFF);
	const struct opcit_reader *best = NULL;
	int best_score = 0;
	size_t i;

	for (i = 0; opcit_readers[i]; i++) {
		int sure = opcit_readers[i]->sniff(head);
		/* A name decides only between formats that the content allows. */
		int score = sure ? sure * 2 + named_like(path, opcit_readers[i]) : 0;

		if (score > best_score) {
			best = opcit_readers[i];
			best_score = score;
		}
	}
	*why = best ? NULL : "a binary file";
	/* Plain text is what is left when nothing else is recognised. */
	for (i = 0; best_score < CERTAIN && i < sizeof foreign / sizeof *foreign; i++) {
		if (head.len >= foreign[i].at + foreign[i].len &&
		    memcmp(head.ptr + foreign[i].at, foreign[i].magic, foreign[i].len) == 0) {
			*why = foreign[i].what;
			return NULL;
		}
	}
	return best;
}
