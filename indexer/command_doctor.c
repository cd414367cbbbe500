/* command_doctor.c: `opcit doctor`. */
#include "command.h"
#include "doctor.h"
#include "reader.h"

#include "../lib/paths.h"
#include "../lib/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char doctor_help[] =
	"usage: opcit doctor [OPTIONS] [FILE...]\n"
	"\n"
	"Account for every character of a file: how it was read, what it was found to be,\n"
	"its records by kind, and each mark that stands in none of them. Without a file,\n"
	"read the whole index and say whether it is sound, and which of its files have\n"
	"changed or are gone since.\n"
	"\n"
	"  --db DIR    the index (else $OPCIT_DB, else ~/.local/share/opcit/index)\n"
	"  --json      print one JSON object a line\n"
	"  --ocr       read scanned pages of PDFs too\n"
	"  -h, --help  print this\n"
	"\n"
	"Exit codes: 0 nothing is lost, 1 a character is lost or a file is no document,\n"
	"2 wrong usage, 3 a file or the index could not be read, 4 the index is damaged.\n";

static int doctor_files(const struct opcit_arguments *args)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_buf cache = OPCIT_BUF_INIT;
	struct opcit_load_options options = { .ocr = args->ocr };
	int code = 0, one;
	size_t i;

	if (opcit_reading_program) {
		opcit_command_hand_over(args->argv, &err);
		return opcit_command_finish(opcit_command_error(&err));
	}
	opcit_command_cache(&cache);
	options.cache = cache.len ? cache.ptr : NULL;
	for (i = 0; i < args->n_paths; i++) {
		bool sound = true;
		opcit_status status =
			opcit_doctor_file(args->paths[i], &options, args->json, stdout, &sound, &err);

		fflush(stdout);
		one = status == OPCIT_OK ? (sound ? 0 : OPCIT_EXIT_FAULTS) : opcit_command_error(&err);
		code = one > code ? one : code;
	}
	opcit_buf_release(&cache);
	return opcit_command_finish(code);
}

/* What a file lists may be anywhere. */
static opcit_status is_one_index(const char *db, struct opcit_err *err)
{
	struct stat st;

	if (stat(db, &st) != 0 || S_ISDIR(st.st_mode) || !opcit_index_is_sharded(db))
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_IO, "'%s' is not the folder of one index", db);
	opcit_err_hint(err, "doctor looks at one shard at a time: name its folder with --db");
	return OPCIT_IO;
}

static int doctor_index(const struct opcit_arguments *args)
{
	struct opcit_buf db = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	opcit_status status = opcit_path_db(args->db, getenv, &db, &err);
	int code = 0;

	if (status == OPCIT_OK)
		status = is_one_index(db.ptr, &err);
	if (status == OPCIT_OK)
		status = opcit_doctor_index(db.ptr, args->json, stdout, &err);
	if (status != OPCIT_OK)
		code = opcit_command_error(&err);
	opcit_buf_release(&db);
	return opcit_command_finish(code);
}

int opcit_command_doctor(int argc, char **argv)
{
	struct opcit_arguments args = { .verbosity = OPCIT_NORMAL };
	int code = opcit_arguments_parse("doctor", opcit_doctor_options, argc, argv, &args);

	if (code)
		return code;
	if (args.help) {
		fputs(doctor_help, stdout);
		return opcit_command_finish(0);
	}
	return args.n_paths ? doctor_files(&args) : doctor_index(&args);
}
