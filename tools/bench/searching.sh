# Questions, as a process and in one that stays; who cites a document.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317,SC2086 # as in lib.sh; names without blanks
need texts
need seeds
need both
row "search as a process, $(basename $seeds)" "$(time_ms 101 opcit search --db "$work/seeds.db" $question) ms" "25 ms" "opcit search $question"
row "  on the index of the texts" "$(time_ms 51 opcit search --db "$work/texts.db" $question) ms" "" "the same"
# the judged questions, in a process that stays; beside it Xapian's own query
# program on the same index, which ranks by words alone
read -r median slowest < <(bench_search "$work/texts.db" 5 <tests/gold/paraphrases.tsv)
row "a question in the process, index of the texts: median" "$median ms" "15 ms" "bench_search DB 5 <tests/gold/paraphrases.tsv"
row "  99th percentile" "$slowest ms" "60 ms" "the same"
search_ms=$(time_ms 51 opcit search --db "$work/texts.db" --json "$question")
# its stems carry a prefix that ours do not, so it is given them
stems="recommend detent child"
quest_ms=$(time_ms 51 quest --db="$work/texts.db" --msize=10 --stemmer=none "$stems")
row "  quest, the same words as a process" "$quest_ms ms" "" "quest --db=DB --msize=10 --stemmer=none $stems"
row "  ratio of opcit search to it" "$(ratio "$search_ms" "$quest_ms")" "" ""
cited=A/HRC/13/5
[ $seeds != corpus ] || cited=A/88/341
row "cited-by as a process, texts and $(basename $seeds)" "$(time_ms 51 opcit cited-by --db "$work/both.db" $cited) ms" "15 ms" "opcit cited-by $cited"
row "  doing nothing" "$(time_ms 101 opcit --version) ms" "" "opcit --version"
row "symbols for shell completion as a process, the same index" "$(time_ms 51 opcit complete --db "$work/both.db" C) ms" "50 ms" "opcit complete C"
