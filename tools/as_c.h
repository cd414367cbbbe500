/* as_c.h: texts and numbers on standard output as C, for the tools that make tables. */
#ifndef OPCIT_AS_C_H
#define OPCIT_AS_C_H

#include "../lib/str.h"

#include <inttypes.h>
#include <stdio.h>

/* A text as a line of a string, with what ends it: "\\0", or nothing. */
static inline void print_text(struct opcit_str text, const char *end)
{
	size_t i;

	putchar('"');
	for (i = 0; i < text.len; i++)
		if (text.ptr[i] == '"' || text.ptr[i] == '\\' || (unsigned char)text.ptr[i] >= 0x80)
			printf("\\%03o", (unsigned)(unsigned char)text.ptr[i]);
		else
			putchar(text.ptr[i]);
	printf("%s\"\n", end);
}

/* A static array of that name. */
static inline void print_numbers(const char *name, const uint32_t *numbers, size_t n)
{
	size_t i;

	printf("static const uint32_t %s[] = {", name);
	for (i = 0; i < n; i++)
		printf("%s%" PRIu32 ",", i % 16 ? " " : "\n\t", numbers[i]);
	puts("\n};\n");
}

/* What has been printed is out. Returns what main returns. */
static inline int printed(void)
{
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}

#endif
