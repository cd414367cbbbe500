# What the chapters have in common: the texts, the indexes, how a row looks.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317 # names that one file sets and another uses
work=$build/bench
export PATH=$build:$PATH LC_ALL=C.UTF-8
export HOME=$work/home # nothing of the user's gets in, nothing gets out
unset OPCIT_DB XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
mkdir -p "$HOME"
runs=${RUNS:-5}

# row WHAT FIGURE WANTED COMMAND
row() { printf '%-58s %12s %10s   %s\n' "$1" "$2" "$3" "$4"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f x", a / b }'; }
# rate BYTES MILLISECONDS
rate() { awk -v bytes="$1" -v ms="$2" 'BEGIN { printf "%.1f MB/s", bytes / 1e3 / ms }'; }
time_ms() { bench_time "$@"; }
median() { sort -n | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
megabytes() { du -s --block-size=1000000 "$1" | cut -f 1; }

# in_turn NAME...: each function NAME prints one line of figures; they run one after the other,
# $runs times over, so that what else the machine does hits all alike. A name may come again.
in_turn() {
	local name i
	mkdir -p "$work/times"
	for name; do : >"$work/times/$name"; done
	for ((i = 0; i < runs; i++)); do
		for name; do "$name" >>"$work/times/$name"; done
	done
}
# median_of NAME [COLUMN]: of what in_turn noted
median_of() { cut -d ' ' -f "${2:-1}" "$work/times/$1" | median; }

# ---- the texts ----------------------------------------------------------------------
# The real documents beside some checkouts (../shared) are used where they are;
# without them made-up ones like them take their place.
texts=$work/texts
if [ ! -e "$texts/complete" ]; then
	rm -rf "$texts"
	mkdir -p "$texts"
	if [ -e ../shared/corpus/jurisprudence.tar.xz ]; then
		mkdir "$texts/files"
		tar -C "$texts/files" -xf ../shared/corpus/jurisprudence.tar.xz
	else
		generate --paragraphs 100000 "$texts/files" >/dev/null
	fi
	: >"$texts/complete"
fi
# list_of FOLDER: names, each ended by a NUL
list_of() { find "$1" -type f \( -name '*.txt' -o -name '*.md' \) -print0 | sort -z; }
list_of "$texts/files" >"$work/list"
n=$(tr -dc '\0' <"$work/list" | wc -c)
bytes=$(xargs -0 cat <"$work/list" | wc -c)

seeds=../shared/corpus/seeds
[ -d $seeds ] || seeds=corpus
gold=../shared/gold/queries.tsv
[ -e $gold ] || gold=tests/gold/queries.tsv
question="recommendations on detention of children"

# ---- indexes ------------------------------------------------------------------------
# first DB COMMAND...: milliseconds of a command that makes DB. What others have written
# goes to the disk before, not meanwhile.
first() {
	rm -rf "$1"
	shift
	sync
	bench_time ${watched:+"$watched"} 1 sh -c 'exec "$@" 2>/dev/null' sh "$@"
}
# memory_of NAME: megabytes of the memory of a function that uses first. Looking takes time
# of a processor, so the run is not one of those whose time counts.
watched=
memory_of() {
	local watched=--memory
	"$1" | cut -d ' ' -f 2
}
# first_ours DB FOLDER [OPTION...], first_fts5 DB LIST: the same of ours, and of FTS5
first_ours() { first "$1" opcit index --quiet --db "$@"; }
first_fts5() { first "$1" sh -c 'exec bench_fts5 index "$1" <"$2"' sh "$1" "$2"; }
# The index of the texts, of the seeds, and of both, made when a chapter first wants it.
need() {
	[ ! -e "$work/$1.db" ] || return 0
	case $1 in
	texts) first_ours "$work/texts.db" "$texts/files" >"$work/first" ;;
	seeds) first_ours "$work/seeds.db" $seeds >/dev/null ;;
	both)
		need texts
		cp -r "$work/texts.db" "$work/both.db"
		opcit index --quiet --db "$work/both.db" $seeds
		;;
	esac
}
# unchanged DB FOLDER FILES TIMES: the rows of a run that finds nothing to do
unchanged() {
	local find_ms again_ms
	find_ms=$(time_ms "$4" find "$2" -printf '%s %T@\n')
	again_ms=$(time_ms "$4" opcit index --quiet --db "$1" "$2")
	row "second run over $3 unchanged files" "$again_ms ms" "" "opcit index --quiet --db DB $(basename "$2")"
	row "  find over the same folder" "$find_ms ms" "" "find $(basename "$2") -printf '%s %T@\\n'"
	row "  ratio" "$(ratio "$again_ms" "$find_ms")" "2 x" ""
}
# compare_searches OURS FTS5 OF TIMES: the rows of the judged questions, asked in turn
compare_searches() {
	local times=$4 ours=$1 fts5=$2
	search_ours() { bench_search "$ours" "$times" <"$gold"; }
	search_fts5() { bench_fts5 search "$fts5" "$times" <"$gold"; }
	in_turn search_ours search_fts5
	row "a judged question, $3: median" "$(median_of search_ours) ms" "" "bench_search DB $times <queries.tsv"
	row "  99th percentile" "$(median_of search_ours 2) ms" "" "the same"
	row "  FTS5, any of the words, the ten best: median" "$(median_of search_fts5) ms" "" "bench_fts5 search DB $times <queries.tsv"
	row "  99th percentile" "$(median_of search_fts5 2) ms" "" "the same"
	row "  ratio of our median to its" "$(ratio "$(median_of search_ours)" "$(median_of search_fts5)")" "" ""
	row "  ratio of our 99th percentile to its" "$(ratio "$(median_of search_ours 2)" "$(median_of search_fts5 2)")" "" ""
}
