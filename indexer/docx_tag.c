#include "docx_tag.h"

#include <stddef.h>
#include <string.h>

/* In the order of strcmp. */
static const struct {
	const char *name;
	enum docx_tag tag;
} tags[] = {
	{ "Fallback", T_FALLBACK }, { "b", T_B }, { "br", T_BR }, { "cr", T_CR }, { "del", T_DEL },
	{ "endnote", T_ENDNOTE }, { "endnoteRef", T_ENDNOTE_MARK },
	{ "endnoteReference", T_ENDNOTE_REFERENCE }, { "fldChar", T_FLD_CHAR },
	{ "fldSimple", T_FLD_SIMPLE }, { "footnote", T_FOOTNOTE }, { "footnoteRef", T_FOOTNOTE_MARK },
	{ "footnoteReference", T_FOOTNOTE_REFERENCE }, { "hyperlink", T_HYPERLINK }, { "i", T_I }, { "ilvl", T_ILVL },
	{ "instrText", T_INSTR }, { "moveFrom", T_MOVE_FROM },
	{ "noBreakHyphen", T_NO_BREAK_HYPHEN }, { "numId", T_NUM_ID }, { "outlineLvl", T_OUTLINE },
	{ "p", T_P }, { "pPr", T_PPR }, { "pStyle", T_PSTYLE }, { "r", T_R }, { "rPr", T_RPR },
	{ "rStyle", T_RSTYLE }, { "sym", T_SYM }, { "t", T_T }, { "tab", T_TAB }, { "tbl", T_TBL },
	{ "tc", T_TC }, { "tr", T_TR }, { "vanish", T_VANISH }, { "vertAlign", T_VERT_ALIGN },
};

enum docx_tag docx_tag_of(const char *name)
{
	size_t from = 0, to = sizeof tags / sizeof *tags;

	while (from < to) {
		size_t at = (from + to) / 2;
		int order = strcmp(name, tags[at].name);

		if (order == 0)
			return tags[at].tag;
		if (order < 0)
			to = at;
		else
			from = at + 1;
	}
	return T_OTHER;
}
