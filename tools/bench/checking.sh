# A draft held against the index: at once, and in an editor.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317,SC2086 # as in lib.sh; names without blanks
need texts
need both
# 100 pages with a citation in every third line, some of them wrong
tools/long-draft "$work/texts.db" 100 >"$work/long.md"
check_ms=$(time_ms --cpu 5 sh -c 'opcit check --json --db "$1" "$2"; [ $? -le 1 ]' sh "$work/texts.db" "$work/long.md")
row "checking a draft of 100 pages, processor time" "$check_ms ms" "1000 ms" "opcit check --json draft.md, $(($(wc -c <"$work/long.md") / 1000)) kB"

# 800 citations of documents of the index over 100 pages of 400 words
draft=$work/draft.md
opcit list --db "$work/both.db" --json | jq -r 'select(.doc | contains("/")) | "\(.doc)\t\(.records)"' | awk -F '\t' '
	{ doc[NR] = $1; records[NR] = $2 }
	END {
		for (i = 1; i <= 800; i++) {
			at = i * 7919 % NR + 1
			printf "%d. ", i
			for (j = 1; j <= 48; j++) printf "word%d ", i * j % 997
			printf "(%s, para. %d).\n\n", doc[at], i % (records[at] / 4 + 2) + 1
		}
	}' >"$draft"
lsp_client opcit lsp --db "$work/both.db" >"$work/lsp.out" <<END
{"id":1,"method":"initialize","params":{"processId":null,"capabilities":{}}}
{"method":"initialized","params":{}}
open file://$draft markdown $draft
? textDocument/publishDiagnostics
hovers 500 file://$draft
END
figure() { jq -r "select(.hovers).$1" "$work/lsp.out"; }
row "a hover in a draft of 100 pages, texts and $(basename $seeds): median" "$(figure median) ms" "20 ms" "lsp_client opcit lsp"
row "  99th percentile" "$(figure p99) ms" "" "the same"
row "  the server's memory" "$(figure memory) MB" "100 MB" "the same"
