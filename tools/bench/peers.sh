# What else Debian has for it, on the same files and in turn with ours: omindex and
# recollindex make one entry a file, FTS5 one a paragraph.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317,SC2086 # as in lib.sh; names without blanks
peers=$work/peers
mkdir -p "$peers/recoll"
cat >"$peers/recoll/recoll.conf" <<END
topdirs = $texts/files
loglevel = 1
noaspell = 1
idxniceprio = 0
END

ours() { first_ours "$peers/ours.db" "$texts/files" "$@"; }
one() { ours --jobs 1; }
two() { ours --jobs 2; }
omindex_first() { first "$peers/omindex.db" omindex --db "$peers/omindex.db" --url / "$texts/files"; }
recollindex_first() { first "$peers/recoll/xapiandb" recollindex -c "$peers/recoll" -z; }
fts5() { first_fts5 "$peers/fts5.db" "$work/list"; }

# Beside each of the others there is a run of ours. On two processors `ours` is `two`.
turns=(ours omindex_first ours recollindex_first ours fts5 ours one)
[ "$(nproc)" = 2 ] || turns+=(two)
in_turn "${turns[@]}"
[ "$(nproc)" != 2 ] || cp "$work/times/ours" "$work/times/two"

# compared NAME TURN DB COMMAND: a peer's rows, and for later its size and memory
sizes=() memories=()
ours_ms=$(median_of ours)
compared() {
	local ms
	ms=$(median_of "$2")
	row "  $1" "$(rate "$bytes" "$ms")" "" "$4"
	row "    ratio of our rate to it" "$(ratio "$ms" "$ours_ms")" "" ""
	sizes+=("$1 $(megabytes "$3")")
	memories+=("$1 $(memory_of "$2")")
}
row "indexing the texts, $(nproc) processors" "$(rate "$bytes" "$ours_ms")" "" "opcit index --db DB texts"
compared omindex omindex_first "$peers/omindex.db" "omindex --db DB --url / texts"
compared recollindex recollindex_first "$peers/recoll/xapiandb" "recollindex -c CONF -z"
compared FTS5 fts5 "$peers/fts5.db" "bench_fts5 index DB <list"
one_ms=$(median_of one)
row "  ours on one processor" "$(rate "$bytes" "$one_ms")" "" "opcit index --jobs 1"
row "    ratio of two to it" "$(ratio "$one_ms" "$(median_of two)")" "" "opcit index --jobs 2"

size=$(megabytes "$peers/ours.db")
row "size of the index" "$size MB" "" "du -s DB"
row "  ratio to the texts" "$(ratio "$size" "$((bytes / 1000000))")" "" ""
for peer in "${sizes[@]}"; do
	row "  ${peer% *}" "${peer#* } MB" "" "du -s DB"
	row "    ratio of ours to it" "$(ratio "$size" "${peer#* }")" "" ""
done
row "memory while indexing, all processes" "$(memory_of ours) MB" "" "bench_time --memory 1 opcit index"
row "  on one processor" "$(memory_of one) MB" "" "… --jobs 1"
for peer in "${memories[@]}"; do
	row "  ${peer% *}" "${peer#* } MB" "" "the same"
done

# Questions in a process that stays, both with the text of the ten best.
compare_searches "$peers/ours.db" "$peers/fts5.db" "the texts" 5
