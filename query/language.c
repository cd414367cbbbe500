/* language.c: `opcit help query`: opcit-query(7) on one screen. */
#include <stdio.h>

#include "command.h"
#include "output.h"

static const char text[] =
	"The query of `opcit search`. Put it into apostrophes.\n"
	"\n"
	"  detention of children           words: any of them, the more the better, in all forms\n"
	"  \"best interests\"                a phrase, word for word; every phrase is required\n"
	"  child AND detention             both; also OR, NOT and parentheses, in capitals\n"
	"  detention NEAR/5 children       both, at most five words apart, in any order\n"
	"  a NEAR/3 (b OR \"c d\")           words, phrases, and groups of them with OR\n"
	"  detain*  organi*ation           a word as printed, any letters for the star\n"
	"  ~minors  ~\"irregular migrants\"  all that the thesaurus calls so, also beside AND and NOT\n"
	"  A/RES/64/166   GA res 64/166    that document first, then what cites it\n"
	"\n"
	"Fields, each required; where a star stands, a,b means any of them:\n"
	"\n"
	"  doc:* body:* type:* lang:*      the document: symbol or title, who issued it ...\n"
	"  kind:* act:* label:*            the paragraph: operative, recommends, 67(h)\n"
	"  year:2010*  year:2004..2010     also year:2004.. and year:..2010\n"
	"  since:2010-07  until:2011       dates, that day included\n"
	"  section:liberty                 a heading above it, or words of one\n"
	"  note:Rapporteur                 words of its footnotes\n"
	"  country:Chad                    a country that it, a heading or the title names\n"
	"  cites:\"CRC art 37\"              what cites a document or a place in it\n"
	"\n"
	"The manual page opcit-query(7) says more, with examples.\n";

int cmd_language(void)
{
	fputs(text, stdout);
	return output_finish(EXIT_DONE);
}
