/* arguments.c: see command.h. */
#include "command.h"
#include "memo.h"
#include "watch.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_MAX = 1024, SHARDS_MAX = 64 };

enum { OPTION_DB = 256, OPTION_MANIFEST, OPTION_DRY_RUN, OPTION_FORCE, OPTION_SHARDS, OPTION_JOBS, OPTION_MEMORY,
       OPTION_JSON, OPTION_OCR, OPTION_WATCH, OPTION_WATCH_DELAY, OPTION_WATCHED };

const struct option opcit_index_options[] = {
	{ "db", required_argument, NULL, OPTION_DB },
	{ "manifest", required_argument, NULL, OPTION_MANIFEST },
	{ "dry-run", no_argument, NULL, OPTION_DRY_RUN },
	{ "force", no_argument, NULL, OPTION_FORCE },
	{ "ocr", no_argument, NULL, OPTION_OCR },
	{ "shards", required_argument, NULL, OPTION_SHARDS },
	{ "jobs", required_argument, NULL, OPTION_JOBS },
	{ "memory", required_argument, NULL, OPTION_MEMORY },
	{ "watch", no_argument, NULL, OPTION_WATCH },
	{ "watch-delay", required_argument, NULL, OPTION_WATCH_DELAY },
	{ "watched", required_argument, NULL, OPTION_WATCHED }, /* what a watch runs: watch.c */
	{ "verbose", no_argument, NULL, 'v' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};
const struct option opcit_doctor_options[] = {
	{ "db", required_argument, NULL, OPTION_DB },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "ocr", no_argument, NULL, OPTION_OCR },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

/* A number from `least` to `most`, or -1. */
static long number_of(const char *text, long least, long most)
{
	char *end;
	long n = strtol(text, &end, 10);

	return end != text && !*end && n >= least && n <= most ? n : -1;
}

/* "500M", "2G": bytes by the thousand and twenty-four. */
static bool parse_memory(const char *text, uint64_t *memory)
{
	static const char units[] = "KMG";
	char *end;
	uint64_t n = opcit_is_digit(text[0]) ? strtoull(text, &end, 10) : 0;
	const char *unit = n && *end ? strchr(units, *end & ~0x20) : NULL;

	if (!unit || end[1] || n >> 40)
		return false;
	*memory = n << 10 * (unit - units + 1);
	return true;
}

int opcit_arguments_parse(const char *command, const struct option *options, int argc, char **argv,
			  struct opcit_arguments *args)
{
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, options == opcit_index_options ? ":vqh" : ":h", options,
				NULL)) != -1)
		switch (c) {
		case OPTION_DB: args->db = optarg; break;
		case OPTION_OCR: args->ocr = true; break;
		case OPTION_MANIFEST: args->manifest = optarg; break;
		case OPTION_DRY_RUN: args->dry_run = true; break;
		case OPTION_FORCE: args->force = true; break;
		case OPTION_JSON: args->json = true; break;
		case 'v': args->verbosity = OPCIT_VERBOSE; break;
		case 'q': args->verbosity = OPCIT_QUIET; break;
		case 'h': args->help = true; break;
		case OPTION_JOBS:
			args->jobs = number_of(optarg, 1, JOBS_MAX);
			if (args->jobs < 0)
				return opcit_command_usage(command, "not a number of jobs:", optarg);
			args->jobs_word = optarg;
			break;
		case OPTION_SHARDS:
			args->shards = number_of(optarg, 1, SHARDS_MAX);
			if (args->shards < 0)
				return opcit_command_usage(command, "not a number of shards:", optarg);
			args->shards_word = optarg;
			break;
		case OPTION_MEMORY:
			if (!parse_memory(optarg, &args->memory))
				return opcit_command_usage(command, "not an amount of memory, such as 500M or 2G:", optarg);
			args->memory_word = optarg;
			break;
		case OPTION_WATCH: args->watch = true; break;
		case OPTION_WATCH_DELAY:
			if (number_of(optarg, 10, OPCIT_WATCH_DELAY_MAX) < 0)
				return opcit_command_usage(command, "not a delay from 10 to 60000 milliseconds:", optarg);
			args->watch_delay = (unsigned)number_of(optarg, 10, OPCIT_WATCH_DELAY_MAX);
			break;
		case OPTION_WATCHED:
			args->memo = (int)number_of(optarg, 0, INT_MAX);
			if (!opcit_memo_is(args->memo))
				return opcit_command_usage(command, "only a watch gives this option:", "--watched");
			break;
		case ':':
			return opcit_command_usage(command, "an argument is missing after",
					   argv[optind - 1]);
		default:
			return opcit_command_usage(command, "unknown or ambiguous option",
					   argv[optind - 1]);
		}
	args->argv = argv - 1; /* the program's own: the command is its second word */
	args->paths = argv + optind;
	args->n_paths = (size_t)(argc - optind);
	return 0;
}
