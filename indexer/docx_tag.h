/* docx_tag.h: the elements of WordprocessingML that the reader knows. */
#ifndef OPCIT_DOCX_TAG_H
#define OPCIT_DOCX_TAG_H

enum docx_tag {
	T_OTHER, T_FALLBACK, T_B, T_BR, T_CR, T_DEL, T_ENDNOTE, T_ENDNOTE_MARK, T_ENDNOTE_REFERENCE,
	T_FLD_CHAR, T_FLD_SIMPLE, T_FOOTNOTE, T_FOOTNOTE_MARK, T_FOOTNOTE_REFERENCE, T_HYPERLINK, T_I, T_ILVL,
	T_INSTR, T_MOVE_FROM, T_NO_BREAK_HYPHEN, T_NUM_ID, T_OUTLINE, T_P, T_PPR, T_PSTYLE, T_R,
	T_RPR, T_RSTYLE, T_SYM, T_T, T_TAB, T_TBL, T_TC, T_TR, T_VANISH, T_VERT_ALIGN
};

/* The element with that name (without its prefix), T_OTHER for all others. */
enum docx_tag docx_tag_of(const char *name);

#endif
