/* options.c: see options.h. getopt_long is not used, because its messages
 * are not ours and its state is global. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "output.h"

static void print_help(const struct usage *usage)
{
	size_t i;

	printf("usage: %s\n\n%s", usage->synopsis, usage->about);
	if (usage->n_options)
		printf("\nOptions:\n");
	for (i = 0; i < usage->n_options; i++) {
		const struct option *option = &usage->options[i];
		char left[64];

		snprintf(left, sizeof left, "%s%c%s--%s%s%s", option->letter ? "-" : " ",
			 option->letter ? option->letter : ' ', option->letter ? ", " : "  ",
			 option->name, option->value ? " " : "",
			 option->value ? option->value : "");
		printf("  %-24s %s\n", left, option->help);
	}
	printf("  %-24s %s\n", "    --help", "this text");
	if (usage->after)
		printf("\n%s", usage->after);
}

static const struct option *find(const struct usage *usage, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < usage->n_options; i++)
		if (strlen(usage->options[i].name) == len &&
		    memcmp(usage->options[i].name, name, len) == 0)
			return &usage->options[i];
	return NULL;
}

static const struct option *find_letter(const struct usage *usage, char letter)
{
	size_t i;

	for (i = 0; i < usage->n_options; i++)
		if (usage->options[i].letter == letter && letter)
			return &usage->options[i];
	return NULL;
}

static int usage_error(const struct usage *usage, const char *what, const char *name)
{
	struct opcit_err err;
	char command[64];
	size_t words = strcspn(usage->synopsis, "[<ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	snprintf(command, sizeof command, "%.*s", (int)words, usage->synopsis);
	opcit_err_set(&err, OPCIT_USAGE, "%s '%.100s'", what, name);
	opcit_err_hint(&err, "`%s--help` lists the options", command);
	return output_error(&err);
}

/* Say why store() refused a value. */
static int value_error(const struct option *option, const char *value)
{
	struct opcit_err err;

	if (option->kind == OPTION_FILTER)
		opcit_err_set(&err, OPCIT_USAGE, "too many filters: at most %d", FILTERS_MOST);
	else if (value && *value && !value[strspn(value, "0123456789")])
		opcit_err_set(&err, OPCIT_USAGE, "--%s is at most %d, not '%.40s'", option->name, NUMBER_MOST,
			      value);
	else
		opcit_err_set(&err, OPCIT_USAGE, "--%s wants a number, not '%.40s'", option->name, value ? value : "");
	return output_error(&err);
}

/* Store a value; 0 when it is not one of that kind. */
static int store(const struct option *option, const char *value)
{
	struct filter_list *list = option->target;
	char *end;
	unsigned long number;

	switch (option->kind) {
	case OPTION_FLAG: *(bool *)option->target = true; return 1;
	case OPTION_TEXT: *(const char **)option->target = value; return 1;
	case OPTION_NUMBER:
		number = strtoul(value, &end, 10);
		if (*value < '0' || *value > '9' || *end || number > NUMBER_MOST)
			return 0;
		*(size_t *)option->target = number;
		return 1;
	case OPTION_FILTER:
		if (list->n == FILTERS_MOST)
			return 0;
		list->items[list->n].name = option->name;
		list->items[list->n++].value = value;
		return 1;
	}
	return 0;
}

int options_parse(const struct usage *usage, int argc, char **argv, int *code)
{
	int kept = 1, i;

	for (i = 1; i < argc; i++) {
		const char *arg = argv[i], *value = NULL;
		const struct option *option;

		if (strcmp(arg, "--") == 0) {
			for (i++; i < argc; i++)
				argv[kept++] = argv[i];
			break;
		}
		if (arg[0] != '-' || arg[1] == '\0') {
			argv[kept++] = argv[i];
			continue;
		}
		if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
			print_help(usage);
			*code = output_finish(EXIT_DONE);
			return -1;
		}
		if (arg[1] == '-') {
			size_t len = strcspn(arg + 2, "=");

			option = find(usage, arg + 2, len);
			value = arg[2 + len] ? arg + 2 + len + 1 : NULL;
		} else {
			option = find_letter(usage, arg[1]);
			value = arg[2] ? arg + 2 : NULL;
		}
		if (!option) {
			*code = usage_error(usage, "unknown option", arg);
			return -1;
		}
		if (option->kind == OPTION_FLAG && value) {
			*code = usage_error(usage, "this option takes no value:", arg);
			return -1;
		}
		if (option->kind != OPTION_FLAG && !value && ++i < argc)
			value = argv[i];
		if (option->kind != OPTION_FLAG && !value) {
			*code = usage_error(usage, "a value is missing after", arg);
			return -1;
		}
		if (!store(option, value)) {
			*code = value_error(option, value);
			return -1;
		}
	}
	argv[kept] = NULL;
	return kept - 1;
}
