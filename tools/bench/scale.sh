# A million paragraphs, and 100,000 files: made by `generate`, the same everywhere.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317,SC2086 # as in lib.sh; names without blanks
scale=$work/scale
mkdir -p "$scale"

# generated NAME ARGUMENT...: a folder of texts, kept until there is another generator
generated() {
	[ ! "$scale/$1.made" -nt "$build/generate" ] || return 0
	rm -rf "${scale:?}/$1"
	generate "${@:2}" "$scale/$1" >"$scale/$1.said"
	mv "$scale/$1.said" "$scale/$1.made"
}
generated hundred --paragraphs 100000
generated million --paragraphs 1000000
generated files --documents 100000 --only notices
generated more --paragraphs 100000 --seed 2
bytes_of() { cut -d ' ' -f 3 "$scale/$1.made"; }

# ---- growth -------------------------------------------------------------------------
hundred() { first_ours "$scale/hundred.db" "$scale/hundred"; }
million() { first_ours "$scale/million.db" "$scale/million"; }
runs=2 in_turn hundred million hundred
hundred_ms=$(median_of hundred)
million_ms=$(median_of million)
row "indexing 100,000 paragraphs" "$(rate "$(bytes_of hundred)" "$hundred_ms")" "" "generate --paragraphs 100000; opcit index"
row "indexing 1,000,000 paragraphs" "$(rate "$(bytes_of million)" "$million_ms")" "" "generate --paragraphs 1000000; opcit index"
row "  ratio of the rates" "$(awk -v b="$(bytes_of million)" -v ms="$million_ms" -v b0="$(bytes_of hundred)" -v ms0="$hundred_ms" \
	'BEGIN { printf "%.2f x", b / ms / (b0 / ms0) }')" ">= 0.85 x" ""
row "  memory, 100,000 paragraphs" "$(memory_of hundred) MB" "" "bench_time --memory 1 opcit index"
row "  memory, 1,000,000 paragraphs" "$(memory_of million) MB" "" "the same"
row "  size of the index of 1,000,000" "$(megabytes "$scale/million.db") MB" "" "du -s DB"
row "  ratio to the texts" "$(ratio "$(megabytes "$scale/million.db")" "$(($(bytes_of million) / 1000000))")" "" ""

# ---- questions ------------------------------------------------------------------------
list_of "$scale/million" >"$scale/million.list"
first_fts5 "$scale/fts5.db" "$scale/million.list" >"$work/times/fts5_million"
row "FTS5 indexing the same" "$(rate "$(bytes_of million)" "$(median_of fts5_million)")" "" "bench_fts5 index DB <list"
runs=1 compare_searches "$scale/million.db" "$scale/fts5.db" "1,000,000 paragraphs" 3
rm -f "$scale/fts5.db"

# ---- one more document: from the start of `opcit index` until a search finds it -------------
mkdir -p "$scale/new"
one_more() {
	local word
	word=quillfeather$(date +%N)
	printf 'Note on %s\n\n1. The State party reported that the %s had been counted.\n' "$word" "$word" >"$scale/new/$word.txt"
	time_ms 1 timeout 60 sh -c 'opcit index --quiet --db "$1" "$2" && until opcit search --db "$1" -n 1 "$3"; do :; done' \
		sh "$scale/million.db" "$scale/new/$word.txt" "$word"
}
in_turn one_more
row "one document more in 1,000,000 paragraphs, until found" "$(median_of one_more) ms" "500 ms" "opcit index --db DB FILE; opcit search WORD"
rm -rf "$scale/new"

# ---- nothing to do ------------------------------------------------------------------------
first_ours "$scale/files.db" "$scale/files" >/dev/null
unchanged "$scale/files.db" "$scale/files" "100,000" 5

# ---- four readers beside a writer -----------------------------------------------------------
# Each asks without a pause until told to stop, and notes how long each answer took.
mapfile -t questions < <(cut -f 2 "$gold")
trap ': >"$scale/stop"' EXIT # nobody goes on asking when this ends early
reader() {
	local i=$1 status start end
	while [ ! -e "$scale/stop" ]; do
		start=${EPOCHREALTIME/./} status=0
		opcit search --json --db "$scale/million.db" "${questions[i++ % ${#questions[@]}]}" >/dev/null 2>&1 || status=$?
		end=${EPOCHREALTIME/./}
		[ $status -le 1 ] || echo "exit code $status" >>"$scale/errors" # 1 is that nothing was found
		echo $(((end - start) / 1000)) >>"$scale/asked.$1"
	done
}
# readers_during COMMAND...: the number of searches, the slowest in milliseconds, and the errors
readers_during() {
	local pids=() i
	rm -f "$scale"/stop "$scale"/errors "$scale"/asked.*
	for i in 0 1 2 3; do
		reader $i &
		pids+=($!)
	done
	"$@" >/dev/null 2>&1 || echo "the writer failed" >>"$scale/errors"
	: >"$scale/stop"
	wait "${pids[@]}"
	touch "$scale/errors"
	echo "$(cat "$scale"/asked.* | wc -l) $(sort -n "$scale"/asked.* | tail -n 1) $(wc -l <"$scale/errors")"
}
read -r asked quiet errors < <(readers_during sleep 20)
row "four readers, no writer: slowest of $asked searches" "$quiet ms" "" "opcit search, four processes at a time"
read -r asked busy wrong < <(readers_during opcit index --quiet --db "$scale/million.db" "$scale/more")
row "  while a run adds 100,000 paragraphs: of $asked" "$busy ms" "" "opcit index --db DB more"
row "  ratio" "$(ratio "$busy" "$quiet")" "5 x" ""
row "  searches or runs that failed" "$((errors + wrong))" "0" ""
rm -rf "$scale"/*.db
