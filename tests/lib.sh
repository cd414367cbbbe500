# What the suites have in common. shellcheck shell=bash
set -u
n_passed=0 n_failed=0 n_skipped=0

pass() { n_passed=$((n_passed + 1)); }
fail() { n_failed=$((n_failed + 1)); printf 'FAIL  %s\n' "$*"; }
skip() { n_skipped=$((n_skipped + 1)); printf 'skip  %s\n' "$*"; }

# check NAME COMMAND...: the command succeeds, or what it printed is shown.
check() {
	local name=$1 output
	shift
	if output=$("$@" 2>&1); then
		pass
	else
		fail "$name"
		printf '%s\n' "$output" | sed 's/^/      /'
	fi
}

# at_least NAME FIGURE LIMIT
at_least() {
	if awk -v a="$2" -v b="$3" 'BEGIN { exit !(a != "" && a + 0 >= b + 0) }'; then
		pass
	else
		fail "$1: ${2:-nothing}, not $3"
	fi
}

finish() {
	echo "$n_passed passed, $n_failed failed, $n_skipped skipped"
	[ "$n_failed" -eq 0 ]
}
