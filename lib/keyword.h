/* keyword.h: the single words that the grammar of citations turns on, in
 * English, French and Spanish, folded like the words of names. */
#ifndef OPCIT_KEYWORD_H
#define OPCIT_KEYWORD_H

#include "names.h"

/* What a word does. */
enum opcit_keyword {
	KW_NONE,
	KW_RESOLUTION,
	KW_DECISION,
	KW_GENERAL, /* "general" before a comment */
	KW_COMMENT, /* comment, recommendation, observation */
	KW_PIN,     /* paragraph, article, annex … */
	KW_GENRE,   /* convention, covenant, declaration … */
	KW_ORGAN,   /* council, assembly, committee … */
	KW_IBID,
	KW_SUPRA,
	KW_OP,          /* op. cit.; typed, operative */
	KW_REPORTS,     /* I.C.J. Reports */
	KW_JOURNAL,     /* Official Journal */
	KW_APPLICATION, /* application No. */
	KW_ORDINAL,     /* fifth preambular paragraph */
	KW_ILO,
	/* words that begin nothing, only looked up beside others */
	KW_OF,     /* of, du, de … */
	KW_FILLER, /* between a pinpoint and its document: of, the, its … */
	KW_CHAIN,  /* between two pinpoints of one document: read with, and … */
	KW_LINK,   /* after a word like Convention, opens its full name: on, against … */
	KW_NUMBER, /* No., number, n° */
	KW_LEAD    /* before a pinpoint: in particular, see … */
};

/* A keyword with its stem: its meaning within the class, one for all
 * languages ("article" for artículo). A stem is an index; 0 is none. */
enum opcit_stem {
	STEM_NONE,
	/* pins */
	STEM_PARA,
	STEM_ART,
	STEM_CHAP,
	STEM_ANNEX,
	STEM_SECT,
	STEM_PART,
	STEM_PAGE,
	STEM_SUBPARA,
	/* genres */
	STEM_CONVENTION,
	STEM_COVENANT,
	STEM_PROTOCOL,
	STEM_CHARTER,
	STEM_DECLARATION,
	STEM_TREATY,
	STEM_STATUTE,
	STEM_PROGRAMME,
	STEM_PLAN,
	STEM_PRINCIPLES,
	STEM_RULES,
	STEM_GUIDELINES,
	STEM_COMPACT,
	STEM_AGENDA,
	STEM_AGREEMENT,
	/* organs */
	STEM_COUNCIL,
	STEM_ASSEMBLY,
	STEM_COMMISSION,
	STEM_COMMITTEE,
	STEM_BOARD,
	STEM_CONFERENCE
};

static inline enum opcit_keyword opcit_keyword_class(unsigned keyword)
{
	return (enum opcit_keyword)(keyword >> 8);
}
static inline unsigned opcit_keyword_stem(unsigned keyword)
{
	return keyword & 255;
}

/* Hang all keywords on the root of names. */
void opcit_keywords_add(struct opcit_names *names);

#endif
