#include "keyword.h"

struct entry {
	enum opcit_keyword class;
	unsigned stem;
	const char *words; /* between spaces; plurals fold away */
};

static const struct entry entries[] = {
	{ KW_RESOLUTION, 0, "resolution resolucion resoluciones res scr unscr" },
	{ KW_DECISION, 0, "decision decisiones dec" },
	{ KW_GENERAL, 0, "general" },
	{ KW_COMMENT, 0, "observation recommandation observacion recomendacion comentario" },
	{ KW_PIN, STEM_PARA, "paragraph para paragraphe parrafo parr par" },
	{ KW_PIN, STEM_ART, "article art articulo" },
	{ KW_PIN, STEM_CHAP, "chapter chap chapitre capitulo cap" },
	{ KW_PIN, STEM_ANNEX, "annex annexe anexo" },
	{ KW_PIN, STEM_SECT, "section sect seccion" },
	{ KW_PIN, STEM_PART, "part partie parte" },
	{ KW_PIN, STEM_PAGE, "page p pp pagina pag" },
	{ KW_PIN, STEM_SUBPARA, "subparagraph subpara alinea apartado apdo inciso" },
	{ KW_GENRE, STEM_CONVENTION, "convention convencion convenio" },
	{ KW_GENRE, STEM_COVENANT, "covenant pacte pacto" },
	{ KW_GENRE, STEM_PROTOCOL, "protocol protocole protocolo" },
	{ KW_GENRE, STEM_CHARTER, "charter charte carta" },
	{ KW_GENRE, STEM_DECLARATION, "declaration declaracion" },
	{ KW_GENRE, STEM_TREATY, "treaty treaties traite tratado" },
	{ KW_GENRE, STEM_STATUTE, "statute statut estatuto" },
	{ KW_GENRE, STEM_PROGRAMME, "programme program programa" },
	{ KW_GENRE, STEM_PLAN, "plan" },
	{ KW_GENRE, STEM_PRINCIPLES, "principle principe principio" },
	{ KW_GENRE, STEM_RULES, "rule regle regla" },
	{ KW_GENRE, STEM_GUIDELINES, "guideline directrice directrices" },
	{ KW_GENRE, STEM_COMPACT, "compact" },
	{ KW_GENRE, STEM_AGENDA, "agenda" },
	{ KW_GENRE, STEM_AGREEMENT, "agreement accord accords acuerdo" },
	{ KW_ORGAN, STEM_COUNCIL, "council conseil consejo" },
	{ KW_ORGAN, STEM_ASSEMBLY, "assembly assemblee asamblea" },
	{ KW_ORGAN, STEM_COMMISSION, "commission comision" },
	{ KW_ORGAN, STEM_COMMITTEE, "committee comite" },
	{ KW_ORGAN, STEM_BOARD, "board" },
	{ KW_ORGAN, STEM_CONFERENCE, "conference conferencia" },
	{ KW_IBID, 0, "ibid ibidem id" },
	{ KW_SUPRA, 0, "supra" },
	{ KW_OP, 0, "op" },
	{ KW_REPORTS, 0, "report" },
	{ KW_JOURNAL, 0, "official oj journal diario" },
	{ KW_APPLICATION, 0, "application appl app" },
	{ KW_ILO, 0, "ilo oit" },
	{ KW_OF, 0, "of du de des d del" },
	{ KW_FILLER, 0,
	  "the its in to this that said la le les l los las el al en un une un una "
	  "su sus sa ses son leur au aux present same both document documento annexed "
	  "united nations directive directiva regulation rapport informe" },
	{ KW_CHAIN, 0,
	  "and or read alone together with conjunction as well et ou y o e lu lus "
	  "leido conjointement conjuntamente con avec separately taken conjointly" },
	{ KW_LINK, 0,
	  "on against for concerning relating relative between sobre contra relativa "
	  "relativo pour contre regarding governing" },
	{ KW_NUMBER, 0, "no nos number n num nro numero" },
	{ KW_LEAD, 0,
	  "particular especially notably namely see at inter alia including "
	  "notamment particulier particularmente" },
};

static const char *const ordinals[] = {
	"first",     "second",      "third",      "fourth",     "fifth",
	"sixth",     "seventh",     "eighth",     "ninth",      "tenth",
	"eleventh",  "twelfth",     "thirteenth", "fourteenth", "fifteenth",
	"sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
};

static enum opcit_names_stop stop_of(enum opcit_keyword class)
{
	if (class >= KW_OF)
		return OPCIT_STOP_NEVER;
	if (class == KW_ORGAN || class == KW_ILO || class == KW_REPORTS || class == KW_JOURNAL)
		return OPCIT_STOP_CAPITAL;
	return OPCIT_STOP_ALWAYS;
}

void opcit_keywords_add(struct opcit_names *names)
{
	char word[32];
	const char *p;
	size_t i, n;

	for (i = 0; i < sizeof entries / sizeof *entries; i++)
		for (p = entries[i].words; *p;) {
			for (n = 0; p[n] && p[n] != ' '; n++)
				word[n] = p[n];
			word[n] = '\0';
			opcit_names_keyword(names, word,
					    (unsigned)entries[i].class << 8 | entries[i].stem,
					    stop_of(entries[i].class));
			p += n + (p[n] == ' ');
		}
	for (i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
		opcit_names_keyword(names, ordinals[i], KW_ORDINAL << 8 | (unsigned)(i + 1),
				    OPCIT_STOP_ALWAYS);
}
