# Reading, segmenting, finding citations: without index and, where not said, without process.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317,SC2086 # as in lib.sh; names without blanks
read -r _ records _ speed < <(bench_segment 5 - <"$work/list")
row "reading and segmenting, one core" "$speed MB/s" "60 MB/s" "bench_segment 5 - <list"
wc_ms=$(time_ms 3 xargs -0 -a "$work/list" wc -w)
row "  wc -w on the same files" "$(rate "$bytes" "$wc_ms")" "" "xargs -0 -a list wc -w"
row "  records found" "$records" "" ""

# ---- PDF: the one with the most pages, read and accounted for; processor time
pages() { pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'; }
pdf=$({ find ../shared/corpus tests/cli -name '*.pdf' 2>/dev/null || :; } | while read -r file; do
	echo "$(pages "$file") $file"
done | sort -n | tail -n 1 | cut -d ' ' -f 2-)
if [ -n "$pdf" ]; then
	pdf_ms=$(time_ms --cpu 5 opcit doctor "$pdf")
	poppler_ms=$(time_ms --cpu 5 pdftotext -layout "$pdf" /dev/null)
	row "a PDF read into records, processor time" "$pdf_ms ms" "" "opcit doctor $(basename "$pdf"), $(pages "$pdf") pages"
	row "  pdftotext -layout on the same" "$poppler_ms ms" "" "pdftotext -layout"
	row "  ratio" "$(ratio "$pdf_ms" "$poppler_ms")" "1.5 x" ""
fi

# ---- DOCX: a document of the tests, its text as often as makes some twenty megabytes of XML
docx=$work/large.docx
if [ ! -e "$docx" ]; then
	rm -rf "$work/docx"
	mkdir "$work/docx"
	unzip -q tests/formats/files/r-a-88-341.docx -d "$work/docx"
	awk 'BEGIN { RS = "\001" } {
		from = index($0, "<w:body>") + 8
		to = index($0, "</w:body>")
		body = substr($0, from, to - from)
		sub(/<w:sectPr.*/, "", body)
		printf "%s", substr($0, 1, from - 1)
		for (i = 0; i * length(body) < 2e7; i++)
			printf "%s", body
		printf "%s", substr($0, to)
	}' "$work/docx/word/document.xml" >"$work/docx/large"
	mv "$work/docx/large" "$work/docx/word/document.xml"
	(cd "$work/docx" && zip -q -1 -r ../large.docx .)
fi
xml=$(unzip -l "$docx" word/document.xml | awk '$4 == "word/document.xml" { print $1 }')
read -r _ _ seconds _ < <(bench_segment 5 "$docx")
row "a DOCX read into records, of its XML" "$(rate "$xml" "$(awk -v s="$seconds" 'BEGIN { print 1000 * s }')")" "20 MB/s" "bench_segment 5 large.docx"

# ---- citations: one folder for the program that measures, whatever the texts' own folders are
flat=$work/flat
rm -rf "$flat"
mkdir "$flat"
i=0
while IFS= read -r -d '' file; do
	ln -s "$file" "$flat/$((i += 1))-$(basename "$file")"
done <"$work/list"
cited=$(bench_cite data "$flat" 5)
row "finding citations, one core" "${cited##*, }" "150 MB/s" "bench_cite data texts 5"
row "  citations found" "$(sed 's/.*: \([0-9]*\) citations.*/\1/' <<<"$cited")" "" ""
row "  loading the registry" "$(sed 's/registry \([0-9.]* ms\).*/\1/' <<<"$cited")" "" ""
if command -v rg >/dev/null; then
	# Symbols with their pinpoints, and resolutions, articles and paragraphs in
	# words. (?-u) keeps to ASCII, which is rg's fast side.
	shapes='(?-u)\b(?:(?:A|S|E|T|ST|AG|CP|MC|TD|DP|CAT|CED|CRC|CMW|CCPR|CEDAW|CERD|CRPD|HRI|OEA|CAJP|UNEP|FCCC)/[A-Za-z0-9.-]+(?:/[A-Za-z0-9.-]+)*'
	shapes+='|[0-9]{4}/[0-9]{1,4}/E[CU]|OC-[0-9]{1,2}/[0-9]{2}|[Rr]esolutions? [0-9]+(?:/[0-9]+| ?\([0-9IVXLC-]+\))'
	shapes+='|(?:[Aa]rticles?|[Pp]aragraphs?|paras?\.|arts?\.) [0-9]+)'
	rg_ms=$(time_ms 3 sh -c 'xargs -0 -a "$1" cat | rg -j1 --count-matches "$2" -' sh "$work/list" "$shapes")
	row "  rg counting the same shapes, cat included" "$(rate "$bytes" "$rg_ms")" "" "rg -j1 --count-matches SHAPES"
fi
