# What every case can use; see ./run.

# End the case as skipped, with the reason.
skip() {
	echo "skip: $*"
	exit 77
}

# Run a command to which file permissions apply, even where the tests run as root.
unprivileged() {
	if [ "$(id -u)" != 0 ]; then
		"$@"
		return
	fi
	local caps=-dac_override,-dac_read_search
	setpriv --inh-caps $caps --bounding-set $caps true 2>/dev/null ||
		skip "root here cannot give up its right to read every file"
	setpriv --inh-caps $caps --bounding-set $caps "$@"
}

# A small document: document FILE SYMBOL TITLE PARAGRAPH...
document() {
	local file=$1 symbol=$2 title=$3 n=0 text
	shift 3
	mkdir -p "$(dirname "$file")"
	{
		printf '%s\n\n%s\n\nSummary\n\nWhat follows was noted.\n' "$symbol" "$title"
		for text; do
			n=$((n + 1))
			printf '\n%d. %s\n' $n "$text"
		done
	} >"$file"
}

# So many files that reading them takes a moment.
many_files() {
	local folder=$1
	mkdir -p "$folder"
	awk -v folder="$folder" 'BEGIN {
		for (i = 1000; i < 4000; i++) {
			name = folder "/" i ".txt"
			for (k = 1; k <= 20; k++)
				printf "%d. The meeting took note of item %d of list %d.\n\n", k, i, k > name
			close(name)
		}
	}'
}

# Start a run over the arguments, and hold the process that gives out the work when
# the first of it is being done. $pid is that process; `release_run` lets it go on
# and leaves its exit code in $code.
start_stuck_run() {
	local building=$XDG_DATA_HOME/opcit/index/building
	opcit index "$@" >lines 2>errors &
	pid=$!
	until [ -n "$(ls "$building" 2>/dev/null)" ] || ! kill -0 "$pid" 2>/dev/null; do :; done
	kill -STOP "$pid"
}

release_run() {
	kill -CONT "$pid"
	code=0
	wait "$pid" || code=$?
}

# The identifiers of the documents in the index, one a line.
documents() {
	opcit list --json "$@" | sed 's/.*"doc":"\([^"]*\)".*/\1/'
}

# pdf FILE CONTENT [EXTRA]: a PDF of one page that shows CONTENT (page operators;
# /F is a typewriter font). EXTRA objects may be numbered from 6.
pdf() {
	cat >"$1" <<PDF
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>> endobj
4 0 obj <</Length ${#2}>> stream
$2
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Times-Roman>> endobj
${3:-}
trailer <</Root 1 0 R>>
%%EOF
PDF
}

# The findings of `opcit check` on standard input's draft, one a line: what was cited,
# the verdict, why, what else it may be, what to write.
verdicts() {
	opcit check --json "$@" |
		jq -r 'select(.kind != "quotation") | [.raw, .verdict, .reason, (.others | join(" ")), .fix] |
			map(select(. != "" and . != null)) | join(" | ")' || true
}
