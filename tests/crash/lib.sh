# What the points and cases of this suite have in common.
# shellcheck shell=bash disable=SC2154,SC2034 # what one file sets and another uses
set -u

# A run of `opcit index` with the fault library: faulty DB [NAME=VALUE...] -- ARGUMENT...
# It has a process group of its own, which a fault kills as a whole; its output
# goes to $T/out and $T/err, its exit code to $rc.
faulty() {
	local db=$1 settings=()
	shift
	while [ "$1" != -- ]; do
		settings+=("$1")
		shift
	done
	shift
	rm -rf "$T/counts" "$T/shadow"
	mkdir "$T/shadow"
	rc=0
	{
		env FAULT_DIR="$db" FAULT_STATE="$T/counts" FAULT_SHADOW="$T/shadow" "${settings[@]}" \
			LD_PRELOAD="$OPCIT_BUILD/fault.so" setsid --wait opcit index --db "$db" "$@" >"$T/out" 2>"$T/err" || rc=$?
	} 2>/dev/null # the shell's own word of a kill
}

# What a disk whose power failed has of an index: see fault.c.
cut_power() {
	local file durable
	find "$1" -type f | while IFS= read -r file; do
		durable=$T/shadow/$(stat -c %i "$file")
		[ ! -e "$durable" ] || cp --no-preserve=all "$durable" "$file"
	done
}

# All that an index says: its records, and what searches find. Fails where one
# of the commands does.
state() {
	opcit export --db "$1" || return
	for query in 'protection of children in detention' 'council OR resolution'; do
		opcit search --db "$1" --json -n 20 "$query" 2>&1 || (($? == 1)) || return
	done
}

# An index as one that is too large for a seal: it may be changed in place.
unseal() { find "$1" -name sums -printf '%h\n' | xargs -r -n 1 "$OPCIT_BUILD/by_blocks"; }

# states DB FILE: that of an index, and of each of its shards in FILE.SHARD.
states() {
	local shard
	state "$1" >"$2" || return
	for shard in $(shards "$1"); do
		state "$1/$shard" >"$2.$shard" || return
	done
}
shards() { (cd "$1" && ls -d shard-* 2>/dev/null); }

# The files of an index, whatever their sizes and the number of the generation.
files() {
	(cd "$1" && find . | sed -E 's#/[0-9]+(/|$)#/N\1#' | sort)
}

# What a search may say where there was no index before: that there is none, or that
# it is empty.
is_nothing() {
	local code=0 said
	said=$(opcit search --db "$1" 'council OR resolution' 2>&1) || code=$?
	case $code:$said in
	"3:opcit: there is no index in "* | "3:opcit: "*" is not an index"* | 1:*) return 0 ;;
	esac
	printf 'exit code %s: %s\n' "$code" "$said"
	return 1
}

# wrong WHAT [FILE...]: what is not as it must be, once for a point.
wrong() {
	echo "$1"
	shift
	for file; do
		head -c 600 "$file" | sed 's/^/      /'
	done
}
