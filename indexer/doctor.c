#include "doctor.h"
#include "conserve.h"
#include "load.h"

#include "../lib/paths.h"

#include <string.h>

enum { EXAMPLES = 3, EXAMPLE_BYTES = 24, IMBALANCES = 20 };

/* What was dropped for one reason. */
struct dropped {
	size_t count;      /* runs */
	size_t characters; /* code points in them */
	struct opcit_str examples[EXAMPLES];
	size_t n_examples;
};

/* All that there is to say of one file. */
struct account {
	const char *path;
	const struct opcit_loaded *loaded;
	struct opcit_conserved conserved;
	size_t kinds[OPCIT_KIND_COUNT];
	struct dropped dropped[OPCIT_DROP_COUNT];
};

static size_t code_points(struct opcit_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

static void add_drop(struct dropped *to, struct opcit_str bytes)
{
	size_t i;

	to->count++;
	to->characters += code_points(bytes);
	for (i = 0; i < to->n_examples; i++)
		if (opcit_str_eq(to->examples[i], bytes))
			return;
	if (i < EXAMPLES && opcit_str_trim(bytes).len)
		to->examples[to->n_examples++] = bytes;
}

static void make_account(struct account *account, struct opcit_arena *arena)
{
	const struct opcit_loaded *loaded = account->loaded;
	const struct opcit_drops *drops = &loaded->blocks.drops;
	size_t i;

	opcit_conserve(&loaded->blocks, &loaded->document, arena, &account->conserved);
	for (i = 0; i < loaded->document.n_records; i++)
		account->kinds[loaded->document.records[i].kind]++;
	for (i = 0; i < drops->count; i++)
		add_drop(&account->dropped[drops->items[i].reason], drops->items[i].bytes);
}

/* A UTF-8 prefix of at most EXAMPLE_BYTES bytes, on one line. */
static const char *example(struct opcit_str s, struct opcit_buf *buf)
{
	size_t end = opcit_str_char(s, EXAMPLE_BYTES);

	opcit_buf_clear(buf);
	opcit_path_shown(opcit_str_sub(s, 0, end), buf);
	if (end < s.len)
		opcit_buf_puts(buf, "…");
	return buf->ptr ? buf->ptr : "";
}

static void put_character(uint32_t c, struct opcit_buf *buf)
{
	char bytes[4];
	size_t n = 0;

	if (c < 0x80) {
		bytes[n++] = (char)c;
	} else if (c < 0x800) {
		bytes[n++] = (char)(0xC0 | c >> 6);
		bytes[n++] = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		bytes[n++] = (char)(0xE0 | c >> 12);
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[n++] = (char)(0x80 | (c & 0x3F));
	} else {
		bytes[n++] = (char)(0xF0 | c >> 18);
		bytes[n++] = (char)(0x80 | (c >> 12 & 0x3F));
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[n++] = (char)(0x80 | (c & 0x3F));
	}
	opcit_buf_clear(buf);
	opcit_path_shown((struct opcit_str){ bytes, n }, buf);
}

/* ---- as text ------------------------------------------------------------------- */

static void print_field(FILE *out, const char *name, struct opcit_str value, struct opcit_buf *buf)
{
	opcit_buf_clear(buf);
	opcit_path_shown(value, buf);
	if (value.len)
		fprintf(out, "  %-10s %s\n", name, buf->ptr);
}

static void print_records(FILE *out, const struct account *account)
{
	const char *separator = ": ";
	int k;

	fprintf(out, "  %-10s %zu", "records", account->loaded->document.n_records);
	for (k = 0; k < OPCIT_KIND_COUNT; k++)
		if (account->kinds[k]) {
			fprintf(out, "%s%zu %s", separator, account->kinds[k],
				opcit_kind_name((enum opcit_kind)k));
			separator = ", ";
		}
	fputc('\n', out);
}

static void print_drops(FILE *out, const struct account *account, struct opcit_buf *buf)
{
	const char *name = "dropped";
	size_t i;
	int k;

	for (k = 0; k < OPCIT_DROP_COUNT; k++) {
		const struct dropped *d = &account->dropped[k];

		if (!d->count)
			continue;
		fprintf(out, "  %-10s %zu %s", name, d->count,
			opcit_drop_name((enum opcit_drop_reason)k));
		for (i = 0; i < d->n_examples; i++)
			fprintf(out, "%s '%s'", i ? "," : ", such as",
				example(d->examples[i], buf));
		fputc('\n', out);
		name = "";
	}
	if (name[0])
		fprintf(out, "  %-10s nothing\n", name);
}

static void print_balance(FILE *out, const struct account *account, struct opcit_buf *buf)
{
	const struct opcit_conserved *c = &account->conserved;
	size_t i;

	fprintf(out, "  %-10s %zu, blanks aside\n", "characters", c->characters);
	fprintf(out, "  characters lost: %zu\n", c->lost);
	if (c->added)
		fprintf(out, "  characters added: %zu\n", c->added);
	for (i = 0; i < c->n_items && i < IMBALANCES; i++) {
		put_character(c->items[i].code_point, buf);
		fprintf(out, "    U+%04X '%s': %zu in the file, %zu accounted for\n",
			c->items[i].code_point, buf->ptr, c->items[i].source, c->items[i].kept);
	}
	if (i < c->n_items)
		fprintf(out, "    and %zu others\n", c->n_items - i);
}

static void print_text(FILE *out, const struct account *account)
{
	const struct opcit_loaded *loaded = account->loaded;
	const struct opcit_doc *meta = &loaded->document.meta;
	struct opcit_buf buf = OPCIT_BUF_INIT;

	opcit_path_shown(opcit_str_of(account->path), &buf);
	fprintf(out, "%s\n", buf.ptr);
	fprintf(out, "  %-10s %s, %s", "format", loaded->reader->name, loaded->blocks.encoding);
	if (loaded->blocks.replaced)
		fprintf(out, ", %zu malformed sequence%s replaced", loaded->blocks.replaced,
			loaded->blocks.replaced == 1 ? "" : "s");
	fputc('\n', out);
	if (loaded->blocks.n_ocr_pages)
		fprintf(out, "  %-10s %u page%s, %u %% sure\n", "recognised", (unsigned)loaded->blocks.n_ocr_pages,
			loaded->blocks.n_ocr_pages == 1 ? "" : "s", (unsigned)loaded->blocks.confidence);
	print_field(out, "document", meta->id, &buf);
	print_field(out, "symbol", meta->symbol, &buf);
	print_field(out, "title", meta->title, &buf);
	print_field(out, "body", meta->body, &buf);
	print_field(out, "type", meta->type, &buf);
	print_field(out, "date", meta->date, &buf);
	print_field(out, "session", meta->session, &buf);
	print_field(out, "language", meta->lang, &buf);
	print_records(out, account);
	print_drops(out, account, &buf);
	print_balance(out, account, &buf);
	opcit_buf_release(&buf);
}

/* ---- as JSON ------------------------------------------------------------------- */

void opcit_doctor_json(struct opcit_buf *buf, struct opcit_str s)
{
	size_t i;

	opcit_buf_putc(buf, '"');
	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c == '"' || c == '\\')
			opcit_buf_printf(buf, "\\%c", c);
		else if (c < 0x20 || c == 0x7F)
			opcit_buf_printf(buf, "\\u%04x", c);
		else
			opcit_buf_putc(buf, (char)c);
	}
	opcit_buf_putc(buf, '"');
}

static void put_member(struct opcit_buf *buf, const char *name, struct opcit_str value)
{
	opcit_buf_printf(buf, ",\"%s\":", name);
	opcit_doctor_json(buf, value);
}

static void put_drops(struct opcit_buf *buf, const struct account *account)
{
	const char *separator = "";
	size_t i;
	int k;

	opcit_buf_puts(buf, ",\"dropped\":[");
	for (k = 0; k < OPCIT_DROP_COUNT; k++) {
		const struct dropped *d = &account->dropped[k];

		if (!d->count)
			continue;
		opcit_buf_printf(buf,
				 "%s{\"reason\":\"%s\",\"count\":%zu,\"characters\":%zu,"
				 "\"examples\":[",
				 separator, opcit_drop_name((enum opcit_drop_reason)k), d->count,
				 d->characters);
		for (i = 0; i < d->n_examples; i++) {
			opcit_buf_puts(buf, i ? "," : "");
			opcit_doctor_json(buf, d->examples[i]);
		}
		opcit_buf_puts(buf, "]}");
		separator = ",";
	}
	opcit_buf_putc(buf, ']');
}

static void put_balance(struct opcit_buf *buf, const struct account *account)
{
	const struct opcit_conserved *c = &account->conserved;
	size_t i;

	opcit_buf_printf(buf, ",\"characters\":%zu,\"lost\":%zu,\"added\":%zu,\"differences\":[",
			 c->characters, c->lost, c->added);
	for (i = 0; i < c->n_items; i++)
		opcit_buf_printf(buf, "%s{\"character\":\"U+%04X\",\"source\":%zu,\"kept\":%zu}",
				 i ? "," : "", c->items[i].code_point, c->items[i].source,
				 c->items[i].kept);
	opcit_buf_putc(buf, ']');
}

static void print_json(FILE *out, const struct account *account)
{
	const struct opcit_loaded *loaded = account->loaded;
	const struct opcit_doc *meta = &loaded->document.meta;
	struct opcit_buf buf = OPCIT_BUF_INIT, source = OPCIT_BUF_INIT;
	int k;

	opcit_path_utf8(opcit_str_of(account->path), &source);
	opcit_buf_puts(&buf, "{\"v\":1");
	put_member(&buf, "source", opcit_buf_str(&source));
	put_member(&buf, "format", opcit_str_of(loaded->reader->name));
	put_member(&buf, "encoding", opcit_str_of(loaded->blocks.encoding));
	opcit_buf_printf(&buf, ",\"replaced\":%zu", loaded->blocks.replaced);
	if (loaded->blocks.n_ocr_pages)
		opcit_buf_printf(&buf, ",\"recognised\":{\"pages\":%u,\"confidence\":%u}",
				 (unsigned)loaded->blocks.n_ocr_pages, (unsigned)loaded->blocks.confidence);
	put_member(&buf, "doc", meta->id);
	put_member(&buf, "symbol", meta->symbol);
	put_member(&buf, "title", meta->title);
	put_member(&buf, "body", meta->body);
	put_member(&buf, "type", meta->type);
	put_member(&buf, "date", meta->date);
	put_member(&buf, "session", meta->session);
	put_member(&buf, "lang", meta->lang);
	opcit_buf_printf(&buf, ",\"records\":%zu,\"kinds\":{", loaded->document.n_records);
	for (k = 0; k < OPCIT_KIND_COUNT; k++)
		opcit_buf_printf(&buf, "%s\"%s\":%zu", k ? "," : "",
				 opcit_kind_name((enum opcit_kind)k), account->kinds[k]);
	opcit_buf_putc(&buf, '}');
	put_drops(&buf, account);
	put_balance(&buf, account);
	fprintf(out, "%s}\n", buf.ptr);
	opcit_buf_release(&buf);
	opcit_buf_release(&source);
}

/* ---- the examination ------------------------------------------------------ */

/* Put the path before a bare reason, in the words of all such messages. */
static void name_file(const char *path, struct opcit_err *err)
{
	struct opcit_buf shown = OPCIT_BUF_INIT;
	char why[sizeof err->message], hint[sizeof err->hint];

	if (!err)
		return;
	memcpy(why, err->message, sizeof why);
	memcpy(hint, err->hint, sizeof hint);
	opcit_path_shown(opcit_str_of(path), &shown);
	opcit_err_set(err, err->status, "cannot read '%.300s': %.150s", shown.ptr ? shown.ptr : "",
		      why);
	if (hint[0])
		opcit_err_hint(err, "%s", hint);
	opcit_buf_release(&shown);
}

opcit_status opcit_doctor_file(const char *path, const struct opcit_load_options *options, bool json,
			       FILE *out, bool *sound, struct opcit_err *err)
{
	struct account account = { .path = path };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf bytes = OPCIT_BUF_INIT;
	struct opcit_loaded loaded;
	struct opcit_stamp stamp;
	opcit_status status = opcit_load_bytes(path, &bytes, &stamp, err);

	if (status == OPCIT_NOT_FOUND)
		status = opcit_err_set(err, OPCIT_IO, "no such file");
	if (status == OPCIT_OK)
		status = opcit_load_document(path, opcit_buf_str(&bytes), options, &arena, &loaded, err);
	if (status == OPCIT_OK) {
		account.loaded = &loaded;
		make_account(&account, &arena);
		*sound = account.conserved.lost == 0;
		if (json)
			print_json(out, &account);
		else
			print_text(out, &account);
		opcit_loaded_release(&loaded);
	} else {
		name_file(path, err);
	}
	opcit_buf_release(&bytes);
	opcit_arena_release(&arena);
	return status;
}
