/* lang.h: which language a text is in. */
#ifndef OPCIT_LANG_H
#define OPCIT_LANG_H

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No more of a text is looked at than this many bytes: the language of a
 * paragraph shows in its first sentences. */
enum { OPCIT_LANG_LOOK = 240 };

/* The language in which `text` (UTF-8) begins, as ISO 639-1: "en". Static;
 * empty when the detector is not sure, or knows no two letters for it.
 * `expected` (ISO 639-1, may be empty) tips the scale between two languages
 * that are alike, as Spanish and Galician. Some ten microseconds. */
struct opcit_str opcit_lang_detect(struct opcit_str text, struct opcit_str expected);

/* The same by the commonest words alone: English, French or Spanish where those
 * of one stand close together and none of another, else empty. Static. A tenth
 * of the detector's time. */
struct opcit_str opcit_lang_by_words(struct opcit_str text);

/* The ISO 639-1 code of a language as documents state it: "en" of "en-GB",
 * "eng" and "EN_us". Of the arena; empty for what has none. */
struct opcit_str opcit_lang_code(struct opcit_str tag, struct opcit_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
