# The first index, and the run after which nothing is to be done.
# shellcheck shell=bash disable=SC2034,SC2154,SC2016,SC2317,SC2086 # as in lib.sh; names without blanks
need texts
row "first index of the texts" "$(rate "$bytes" "$(cut -d ' ' -f 1 "$work/first")")" "" "opcit index --db DB texts"
row "  size of the index" "$(megabytes "$work/texts.db") MB" "" "du -s DB"

# 5,000 small files in 50 folders, a third of a kilobyte each
many=$work/many
if [ "$(find "$many" -type f 2>/dev/null | wc -l)" != 5000 ]; then
	rm -rf "$many"
	for ((i = 0; i < 50; i++)); do
		mkdir -p "$many/$i"
		awk -v folder="$many/$i" -v i=$i 'BEGIN {
			for (j = 0; j < 100; j++) {
				name = folder "/note-" j ".txt"
				printf "Note %d of folder %d\n\n", j, i > name
				for (k = 1; k <= 3; k++)
					printf "%d. Paragraph %d says that State %d reported on measure %d.\n\n", k, k, j, i > name
				close(name)
			}
		}'
	done
fi
first_ours "$work/many.db" "$many" >/dev/null
unchanged "$work/many.db" "$many" "5,000" 21
