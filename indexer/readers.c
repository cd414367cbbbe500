/* The table of readers, and with it the libraries they rest on. Starting those
 * takes longer than finding that nothing has changed, so the program that
 * plans a run has the table of readers_plan.c instead. */
#include "reader.h"

/* Every format, the most particular first. */
const struct opcit_reader *const opcit_readers[] = {
	&opcit_reader_pdf,  &opcit_reader_docx, &opcit_reader_odt, &opcit_reader_akn,
	&opcit_reader_html, &opcit_reader_doc,  &opcit_reader_rtf, &opcit_reader_text,
	NULL,
};

const char *const opcit_reading_program = NULL;
