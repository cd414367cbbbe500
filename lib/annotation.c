#include "annotation.h"
#include "pack.h"

enum { TAG_FILE = 'A', TAG_FAILURE = 'F' };

/* The least that a comment needs: three numbers and an empty string. */
enum { ANNOTATION_MIN = 4 };

void opcit_annotations_encode(const struct opcit_annotations *annotations, struct opcit_buf *buf)
{
	size_t i;

	opcit_pack_strs(buf, annotations->texts, annotations->n_texts);
	opcit_pack_number(buf, annotations->n);
	for (i = 0; i < annotations->n; i++) {
		const struct opcit_annotation *one = &annotations->items[i];

		opcit_pack_number(buf, one->record);
		opcit_pack_number(buf, one->start);
		opcit_pack_number(buf, one->end);
		opcit_pack_str(buf, one->text);
	}
}

opcit_status opcit_annotations_decode(struct opcit_str bytes, struct opcit_arena *arena,
				      struct opcit_annotations *annotations, struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(bytes);
	size_t i, last = 0;

	annotations->texts = opcit_unpack_strs(&in, arena, &annotations->n_texts);
	annotations->n = opcit_unpack_count(&in, ANNOTATION_MIN);
	annotations->items = opcit_arena_calloc(arena, (annotations->n + 1) * sizeof *annotations->items);
	for (i = 0; i < annotations->n && !in.bad; i++) {
		struct opcit_annotation *one = &annotations->items[i];

		one->record = opcit_unpack_number(&in, annotations->n_texts);
		if (one->record >= annotations->n_texts || one->record < last)
			in.bad = true;
		else
			one->end = annotations->texts[last = one->record].len; /* no more than that */
		one->start = opcit_unpack_number(&in, one->end);
		one->end = opcit_unpack_number(&in, one->end);
		one->text = opcit_unpack_str(&in);
		in.bad = in.bad || one->start > one->end;
	}
	return opcit_unpack_ended(&in) ? OPCIT_OK : opcit_err_set(err, OPCIT_BUG, "malformed comments");
}

void opcit_annotated_encode(const struct opcit_annotated *annotated, struct opcit_buf *buf)
{
	opcit_buf_putc(buf, TAG_FILE);
	opcit_pack_number(buf, annotated->placed);
	opcit_pack_number(buf, annotated->astray);
	opcit_pack_str(buf, annotated->file);
}

void opcit_annotated_encode_failure(const struct opcit_err *err, struct opcit_buf *buf)
{
	opcit_buf_putc(buf, TAG_FAILURE);
	opcit_pack_failure(buf, err);
}

opcit_status opcit_annotated_decode(struct opcit_str bytes, struct opcit_annotated *annotated,
				    struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(opcit_str_sub(bytes, 1, bytes.len));
	opcit_status failure = OPCIT_OK;

	*annotated = (struct opcit_annotated){ { NULL, 0 }, 0, 0 };
	if (bytes.len && bytes.ptr[0] == TAG_FAILURE) {
		failure = opcit_unpack_failure(&in, err);
	} else if (bytes.len && bytes.ptr[0] == TAG_FILE) {
		annotated->placed = opcit_unpack_number(&in, SIZE_MAX);
		annotated->astray = opcit_unpack_number(&in, SIZE_MAX);
		annotated->file = opcit_unpack_str(&in);
		if (opcit_unpack_ended(&in))
			return OPCIT_OK;
	}
	return failure != OPCIT_OK ? failure :
				     opcit_err_set(err, OPCIT_BUG, "the reading program gave a malformed answer");
}
