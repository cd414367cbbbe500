/* The PDF reader: pages that are only an image, rendered by poppler and read by
 * Tesseract. What comes out are fragments, as from a text layer. */
#include "pdf_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

enum { DPI = 300, MAX_PIXELS = 40 * 1000 * 1000, LINES_MAX = 2000 };

struct opcit_pdf_ocr {
	TessBaseAPI *api;
	double confidence; /* sum over words */
	size_t words;
};

/* English, French and Spanish, as far as they are installed. */
static void choose_languages(char *languages, size_t size)
{
	static const char *const wanted[] = { "eng", "fra", "spa", NULL };
	TessBaseAPI *api = TessBaseAPICreate();
	char **installed = TessBaseAPIInit3(api, NULL, NULL) == 0 ? TessBaseAPIGetAvailableLanguagesAsVector(api) : NULL;
	size_t i, k;

	languages[0] = '\0';
	for (i = 0; wanted[i]; i++)
		for (k = 0; installed && installed[k]; k++)
			if (strcmp(installed[k], wanted[i]) == 0 && strlen(languages) + 5 < size) {
				strcat(languages, languages[0] ? "+" : "");
				strcat(languages, wanted[i]);
			}
	if (!languages[0])
		strcpy(languages, "eng");
	if (installed)
		TessDeleteTextArray(installed);
	TessBaseAPIDelete(api);
}

struct opcit_pdf_ocr *opcit_pdf_ocr_new(struct opcit_err *err)
{
	struct opcit_pdf_ocr *ocr = opcit_xcalloc(1, sizeof *ocr);
	char languages[32];

	choose_languages(languages, sizeof languages);
	ocr->api = TessBaseAPICreate();
	if (TessBaseAPIInit3(ocr->api, NULL, languages) != 0) {
		opcit_err_set(err, OPCIT_IO, "Tesseract finds no language to read it with");
		opcit_err_hint(err, "install the package tesseract-ocr-eng");
		opcit_pdf_ocr_free(ocr);
		return NULL;
	}
	return ocr;
}

void opcit_pdf_ocr_free(struct opcit_pdf_ocr *ocr)
{
	if (!ocr)
		return;
	TessBaseAPIEnd(ocr->api);
	TessBaseAPIDelete(ocr->api);
	free(ocr);
}

unsigned opcit_pdf_ocr_confidence(const struct opcit_pdf_ocr *ocr)
{
	return ocr && ocr->words ? (unsigned)lround(ocr->confidence / (double)ocr->words) : 0;
}

/* The page as pixels, NULL when it has no size. *scale: pixels to a point. */
static cairo_surface_t *rendered(PopplerPage *source, double *scale)
{
	double width, height;
	cairo_surface_t *surface;
	cairo_t *cairo;

	poppler_page_get_size(source, &width, &height);
	if (!(width > 1 && height > 1 && width < 1e6 && height < 1e6))
		return NULL;
	*scale = DPI / 72.0;
	if (width * height * *scale * *scale > MAX_PIXELS)
		*scale = sqrt(MAX_PIXELS / (width * height));
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * *scale) + 1, (int)(height * *scale) + 1);
	cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, *scale, *scale);
	poppler_page_render(source, cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	return surface;
}

/* How sure Tesseract is of a word, 1 … 100. */
static uint8_t percent(const TessResultIterator *words)
{
	float confidence = TessResultIteratorConfidence(words, RIL_WORD);

	return confidence >= 1 ? (uint8_t)fminf(roundf(confidence), 100) : 1;
}

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* How tall a line is comes of its letters as well as of its type: what is not
 * far from the most of the page has that size. */
static void settle_sizes(struct pdf_frag *frags, size_t n)
{
	float *sizes = opcit_xmalloc((n + 1) * sizeof *sizes), usual;
	size_t i;

	for (i = 0; i < n; i++)
		sizes[i] = frags[i].size;
	if (n)
		qsort(sizes, n, sizeof *sizes, by_size);
	usual = n ? roundf(sizes[n / 2]) : 0;
	for (i = 0; i < n; i++)
		frags[i].size = frags[i].size > 0.65F * usual && frags[i].size < 1.5F * usual ? usual
			                                                                      : roundf(frags[i].size);
	free(sizes);
}

/* What stands apart at the head of a line is its number: "l." is 1., and "12:"
 * or "12;" is 12., which are read so from worn print. */
static struct opcit_str as_number(struct opcit_str word, struct opcit_arena *arena)
{
	char number[8];
	size_t i;

	if (word.len < 2 || word.len > 4)
		return word;
	for (i = 0; i + 1 < word.len; i++) {
		number[i] = word.ptr[i] == 'l' || word.ptr[i] == '|' ? '1' : word.ptr[i];
		if (number[i] < '0' || number[i] > '9')
			return word;
	}
	if (!strchr(".:;,", word.ptr[i]))
		return word;
	number[i++] = '.';
	return opcit_arena_dup(arena, (struct opcit_str){ number, i });
}

/* The words found, as fragments; those of one line have one baseline and size. */
static void take_words(struct opcit_pdf_ocr *ocr, struct pdf_doc *doc, struct pdf_page *page, double scale)
{
	TessResultIterator *words = TessBaseAPIGetIterator(ocr->api);
	TessPageIterator *place = words ? TessResultIteratorGetPageIterator(words) : NULL;
	struct pdf_frag *frags = NULL;
	size_t n = 0, cap = 0, i;
	int x1, y1, x2, y2;
	float base = 0, size = 10;

	if (!words)
		return;
	do {
		char *text = TessResultIteratorGetUTF8Text(words, RIL_WORD);
		struct opcit_str word = opcit_str_trim(opcit_str_of(text));

		if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) &&
		    TessPageIteratorBoundingBox(place, RIL_TEXTLINE, &x1, &y1, &x2, &y2)) {
			/* from the top of an l to the foot of a p */
			size = fmaxf((float)((y2 - y1) / scale) / 0.9F, 4);
			base = (float)(y2 / scale) - 0.2F * size;
			if (TessPageIteratorBaseline(place, RIL_TEXTLINE, &x1, &y1, &x2, &y2))
				base = (float)((y1 + y2) / (2 * scale));
		}
		if (word.len && g_utf8_validate(word.ptr, (gssize)word.len, NULL) &&
		    TessPageIteratorBoundingBox(place, RIL_WORD, &x1, &y1, &x2, &y2)) {
			OPCIT_GROW(frags, n, cap);
			frags[n++] = (struct pdf_frag){ .text = opcit_arena_dup(doc->arena, word),
				                        .x1 = (float)(x1 / scale), .x2 = (float)(x2 / scale),
				                        .base = base, .size = size, .space_after = true,
				                        .confidence = percent(words) };
			ocr->confidence += TessResultIteratorConfidence(words, RIL_WORD);
			ocr->words++;
		}
		TessDeleteText(text);
	} while (TessResultIteratorNext(words, RIL_WORD));
	TessResultIteratorDelete(words);
	settle_sizes(frags, n);
	for (i = 0; i < n; i++) {
		bool begins = i == 0 || frags[i - 1].base != frags[i].base;

		if (begins && i + 1 < n && frags[i + 1].base == frags[i].base && frags[i + 1].x1 - frags[i].x2 > frags[i].size)
			frags[i].text = as_number(frags[i].text, doc->arena);
		opcit_buf_putc(&doc->decoded, begins ? '\n' : ' ');
		opcit_buf_add_str(&doc->decoded, frags[i].text);
	}
	page->n_frags = (uint32_t)n;
	page->frags = opcit_arena_alloc(doc->arena, (n ? n : 1) * sizeof *frags);
	if (n)
		memcpy(page->frags, frags, n * sizeof *frags);
	free(frags);
}

void opcit_pdf_ocr_page(struct opcit_pdf_ocr *ocr, struct pdf_doc *doc, PopplerPage *source,
                        struct pdf_page *page)
{
	double scale = 1;
	cairo_surface_t *surface = rendered(source, &scale);

	if (surface && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
		TessBaseAPISetImage(ocr->api, cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
		                    cairo_image_surface_get_height(surface), 4, cairo_image_surface_get_stride(surface));
		TessBaseAPISetSourceResolution(ocr->api, (int)(72 * scale));
		if (TessBaseAPIRecognize(ocr->api, NULL) == 0)
			take_words(ocr, doc, page, scale);
		TessBaseAPIClear(ocr->api);
	}
	if (surface)
		cairo_surface_destroy(surface);
	page->read_by_ocr = true;
}
